"""Ways to keep the notes of a folder private by what lies beside or above them: each tool's settings of folders."""

from collections.abc import Iterator

from tests.support.way import Way

_BELOW = {"posts/b.md": "SECRET\n", "a.md": "# Public\n\nA public note that links [[b]].\n"}
_SHOWN = ("public note",)


def folder_ways() -> Iterator[Way]:
    """Every way, by tool."""
    yield from _cascades()
    yield from _site_cascades()
    yield from _sections()
    yield from _jekyll()
    yield from _data_files()
    yield from _left_out()
    yield from _scripts()
    yield from _own_words()
    yield from _own_lists()
    yield from _published()


def _cascades() -> Iterator[Way]:
    """Hugo's `cascade` in the note of a section."""
    heads = [
        "cascade: {draft: true}",
        "cascade:\n  draft: true",
        "cascade:\n- draft: true",
        "CASCADE: {Draft: Yes}",
        "cascade: {params: {private: true}}",
        "cascade: {build: {render: never, list: never}}",
        "cascade: {_build: {list: never}}",
        "cascade:\n- {build: {render: link}}",
        "cascade: {publish: false}",
        "cascade: {headless: true}",
        "cascade: {visibility: private}",
        "cascade: {tags: [private]}",
        "cascade: {draft: true, target: {path: /posts/**}}",
        "cascade: {draft: true, _target: {path: '/posts/*'}}",
        "cascade: {draft: true, target: {path: '{/posts,/posts/**}'}}",
        "cascade: {draft: true, target: {kind: page}}",
        "cascade: {draft: true, target: {kind: '{page,section}'}}",
        "cascade: {draft: true, target: {lang: en}}",
        "cascade: {draft: true, target: {environment: production}}",
        "cascade: {draft: true, target: {path: '**'}}",
        "cascade: {draft: true, target: {path: '/Posts/B*'}}",
        "cascade: {draft: true, target: {path: '/posts/[bc]'}}",
        "cascade:\n- {color: red, target: {kind: page}}\n- {draft: true}",
        "cascade: {encrypt: true}",
        "cascade:\n- {draft: false, target: {path: /posts/b}}\n- {draft: true}",
        "title: x\ncascade: {draft: true}\ndraft: false",
        'cascade: {"draft": true, "target": {"path": "/posts/b"}}',
    ]
    for head in heads:
        yield Way(f"cascade: {head}", {"posts/_index.md": f"---\n{head}\n---\n", **_BELOW}, _SHOWN)
    doubtful = {
        'draft: "true"': "flag-unclear",
        "draft: maybe": "flag-unclear",
        "private: {a: b}": "flag-unclear",
        "target: {path: '[/x'}, draft: true": "tool-settings-invalid",
        "target: {path: '/*a*b*c*d*e*f*g*h*i*'}, draft: true": "tool-settings-invalid",
    }
    for said, code in doubtful.items():
        head = f"---\ncascade: {{{said}}}\n---\n"
        yield Way(f"cascade, in doubt: {said}", {"posts/_index.md": head, **_BELOW}, _SHOWN, (code,))
    yield Way(
        "cascade, broken",
        {"posts/_index.md": "---\ntitle: [\ncascade:\n  draft: true\n---\n", **_BELOW},
        _SHOWN,
        ("front-matter-invalid",),
    )
    texts = {
        "TOML": "+++\n[cascade]\ndraft = true\n+++\n",
        "TOML, several": "+++\n[[cascade]]\nx = 1\n[[cascade]]\ndraft = true\n"
        "[cascade.target]\npath = '/posts/**'\n+++\n",
        "TOML, dotted": "+++\ncascade.params.private = true\n+++\n",
        "JSON": '{\n  "cascade": {"draft": true}\n}\n\nx\n',
        "a byte order mark": "\ufeff---\ncascade: {draft: true}\n---\n",
        "an alias": "---\nx: &d {draft: true}\ncascade: *d\n---\n",
        "a merge": "---\nx: &d {draft: true}\ncascade: {<<: *d}\n---\n",
    }
    for name, text in texts.items():
        yield Way(f"cascade, {name}", {"posts/_index.md": text, **_BELOW}, _SHOWN)
    cascade = "---\ncascade: {draft: true}\n---\n"
    yield Way("cascade, UTF-16", {"posts/_index.md": cascade.encode("utf-16"), **_BELOW}, _SHOWN)
    files = {
        "a folder deeper": {"posts/_index.md": cascade, "posts/x/y/b.md": "SECRET\n"},
        "another section between": {
            "posts/_index.md": cascade,
            "posts/x/_index.md": "---\ncascade: {color: red}\n---\n",
            "posts/x/b.md": "SECRET\n",
        },
        "a nearer one": {
            "posts/_index.md": "---\ncascade: {draft: false}\n---\n",
            "posts/x/_index.md": cascade,
            "posts/x/b.md": "SECRET\n",
        },
        "the section's own note": {"posts/_index.md": cascade + "SECRET\n"},
        "a bundle": {"posts/_index.md": cascade, "posts/b/index.md": "SECRET\n"},
        "another ending": {"posts/_index.markdown": cascade, "posts/b.md": "SECRET\n"},
        "a section in HTML": {"posts/_index.html": cascade, "posts/b.md": "SECRET\n"},
        "of all notes": {"content/_index.md": cascade, "content/posts/b.md": "SECRET\n"},
        "below content": {
            "content/posts/_index.md": "---\ncascade: {draft: true, target: {path: /posts/b}}\n---\n",
            "content/posts/b.md": "SECRET\n",
        },
        "below a language": {
            "content/en/posts/_index.md": "---\ncascade: {draft: true, target: {path: /posts/**}}\n---\n",
            "content/en/posts/b.md": "SECRET\n",
        },
        "another language": {"posts/_index.fr.md": cascade, "posts/b.fr.md": "SECRET\n"},
        "a name with spaces": {
            "my posts/_index.md": "---\ncascade: {draft: true, target: {path: /my-posts/**}}\n---\n",
            "my posts/b.md": "SECRET\n",
        },
        "a canvas": {
            "posts/_index.md": cascade,
            "posts/b.canvas": '{"nodes":[{"id":"1","type":"text","text":"SECRET"}]}',
        },
        "a file that is linked": {
            "posts/_index.md": cascade,
            "posts/SECRET.png": "x",
            "c.md": "![[SECRET.png]]\n",
        },
        "a note that says nothing clear": {
            "posts/_index.md": cascade,
            "posts/b.md": "---\ndraft:\ntitle: x\n---\nSECRET\n",
        },
        "a note that says another key": {
            "posts/_index.md": cascade,
            "posts/b.md": "---\npublish: true\n---\nSECRET\n",
        },
        "a vault below": {
            "posts/_index.md": cascade,
            "posts/.obsidian/app.json": "{}",
            "posts/b.md": "SECRET\n",
        },
        "names of what is below": {
            "posts/_index.md": cascade,
            "posts/SECRET.md": "x\n",
            "c.md": "[[SECRET]] [x](posts/SECRET.md)\n",
        },
    }
    for name, content in files.items():
        yield Way(f"cascade, {name}", {"a.md": _BELOW["a.md"], **content}, _SHOWN)


def _site_cascades() -> Iterator[Way]:
    """The same in the settings of a site, and what else these leave out."""
    below = {"content/posts/b.md": "SECRET\n", "content/a.md": _BELOW["a.md"]}
    settings = {
        "hugo.toml": "baseURL = 'x'\n[[cascade]]\ndraft = true\n[cascade.target]\npath = '/posts/**'\n",
        "hugo.yaml": "cascade:\n- draft: true\n  target: {path: '{/posts,/posts/**}'}\n",
        "hugo.json": '{"cascade": {"draft": true, "target": {"path": "/posts/**"}}}',
        "config.toml": 'baseURL = "x"\n[cascade.params]\nprivate = true\n[cascade.target]\npath = "/posts/*"\n',
        "config.yaml": "baseurl: x\ncascade: {build: {render: never}, _target: {path: /posts/**}}\n",
        "config/_default/hugo.toml": "[[cascade]]\ndraft = true\n[cascade.target]\npath = '/posts/**'\n",
        "config/_default/cascade.yaml": "- draft: true\n  target: {path: /posts/**}\n",
        "config/_default/cascade.toml": "draft = true\n[target]\npath = '/posts/**'\n",
        "config/production/config.toml": "[[cascade]]\ndraft = true\n[cascade.target]\npath = '/posts/**'\n",
        "hugo.yml": "ignoreFiles: ['/posts/.*\\.md$']\n",
        "hugo.toml, a mount": "[[module.mounts]]\nsource = 'content'\ntarget = 'content'\n"
        "excludeFiles = ['posts/**']\n",
        "hugo.toml, a mount's files": "[[module.mounts]]\nsource='content'\ntarget='content'\n"
        "files=['**', '! posts/**']\n",
    }
    for name, text in settings.items():
        yield Way(f"site: {name}", {name.partition(",")[0]: text, **below}, _SHOWN)
    yield Way(
        "site: another content folder",
        {
            "hugo.toml": "contentDir = 'pages'\n[[cascade]]\ndraft = true\n[cascade.target]\npath = '/posts/**'\n",
            "pages/posts/b.md": "SECRET\n",
            "pages/a.md": _BELOW["a.md"],
        },
        _SHOWN,
    )
    yield Way(
        "site: broken settings",
        {"hugo.toml": "[[cascade]\ndraft = true\n", **below},
        problems=("tool-settings-invalid",),
    )


def _sections() -> Iterator[Way]:
    """Sections that are drafts."""
    draft = "+++\ndraft = true\n+++\n"
    zola = {
        "config.toml": 'base_url = "https://x.org"\n',
        "content/posts/_index.md": draft,
        "content/a.md": _BELOW["a.md"],
    }
    yield Way("Zola's section", {**zola, "content/posts/b.md": "SECRET\n"}, _SHOWN)
    yield Way("Zola's section, deeper", {**zola, "content/posts/x/b.md": "SECRET\n"}, _SHOWN)
    yield Way(
        "Zola's section, whatever a note says",
        {**zola, "content/posts/b.md": "+++\ndraft = false\n+++\nSECRET\n"},
        _SHOWN,
    )
    yield Way(
        "Zola's section, a file",
        {**zola, "content/posts/SECRET.png": "x", "content/c.md": "![](posts/SECRET.png)\n"},
        _SHOWN,
    )
    yield Way(
        "Zola's ignored content",
        {"config.toml": 'base_url = "x"\nignored_content = ["posts/*"]\n', "content/posts/b.md": "SECRET\n"},
    )
    for head in ("draft: true", "private: true", "publish: false", "unlisted: yes"):
        yield Way(
            f"a section of nobody knows whose: {head}",
            {"posts/_index.md": f"---\n{head}\n---\n", **_BELOW},
            _SHOWN,
            ("folder-unclear",),
        )


def _jekyll() -> Iterator[Way]:
    """Jekyll's defaults, collections and exclusions, and Hexo's."""
    entries = {
        "a path": "- scope: {path: posts}\n  values: {published: false}",
        "a path with a slash": "- scope: {path: posts/}\n  values: {published: no}",
        "a pattern": "- scope: {path: 'posts/*'}\n  values: {published: false}",
        "a draft": "- scope: {path: posts}\n  values: {draft: true}",
        "all": "- scope: {path: ''}\n  values: {private: true}\n- scope: {path: a.md}\n  values: {private: false}",
        "a longer path": "- scope: {path: posts/b.md}\n  values: {published: false}\n"
        "- scope: {path: posts}\n  values: {published: true}",
        "a type": "- scope: {path: posts, type: pages}\n  values: {published: false}",
        "another key": "- scope: {path: posts}\n  values: {layout: x, hidden: true}",
    }
    for name, text in entries.items():
        yield Way(f"defaults, {name}", {"_config.yml": f"defaults:\n{text}\n", **_BELOW}, _SHOWN)
    typed = "defaults:\n- scope: {path: '', type: %s}\n  values: {published: false}\n"
    for kind, path in {
        "posts": "_posts/2024-01-02-b.md",
        "recipes": "_recipes/b.md",
        "post": "x/_posts/2024-01-02-b.md",
    }.items():
        more = "collections: {recipes: {output: true}}\n"
        yield Way(
            f"defaults, the type {kind}",
            {"_config.yml": more + typed % kind, path: "SECRET\n", "a.md": _BELOW["a.md"]},
            _SHOWN,
        )
    settings = {
        "exclude": "exclude: [posts]\n",
        "exclude, a slash": "exclude:\n- posts/\n",
        "exclude, stars": "exclude: ['*b.md']\n",
        "exclude, one": "exclude: posts\n",
        "ignore": "ignore: ['**/posts/*']\n",
    }
    for name, text in settings.items():
        yield Way(f"_config.yml, {name}", {"_config.yml": text, **_BELOW}, _SHOWN)
    collections = {
        "without pages": "collections: {recipes: {output: false}}\n",
        "by default": "collections: {recipes: {}}\n",
        "a list": "collections: [recipes]\n",
        "nothing": "collections:\n  recipes:\n",
    }
    for name, text in collections.items():
        yield Way(
            f"a collection, {name}",
            {"_config.yml": text, "_recipes/b.md": "SECRET\n", "a.md": _BELOW["a.md"]},
            _SHOWN,
        )
    yield Way(
        "defaults, broken", {"_config.yml": "defaults:\n- [\n", **_BELOW}, problems=("tool-settings-invalid",)
    )


def _data_files() -> Iterator[Way]:
    """Files of data beside notes."""
    files = {
        "posts/posts.json": '{"draft": true}',
        "posts/posts.11tydata.json": '{"permalink": false}',
        "posts/posts.11tydata.js": "// x\nmodule.exports = {\n  permalink: false,\n};\n",
        "posts/posts.11tydata.mjs": 'export default { "draft": true };',
        "posts/posts.11tydata.cjs": "module.exports = () => ({ eleventyExcludeFromCollections: true });",
        "posts/b.11tydata.json": '{"eleventyExcludeFromCollections": true}',
        "posts/b.json": '{"private": true,}',
        "posts/_data.yml": "draft: true\n",
        "posts/_defaults.yml": "published: false\n",
        "posts/_directory.yaml": "published: no\n",
        "_data.json": '{"draft": true}',
    }
    for name, text in files.items():
        public = "---\ndraft: false\npublished: true\n---\nA public note.\n"
        yield Way(f"data: {name}", {name: text, **_BELOW, "a.md": public}, _SHOWN)
    doubtful = {
        "posts/posts.json": '{"draft": true',
        "posts/posts.11tydata.js": "module.exports = { draft: process.env.X === '1' };",
        "posts/_data.yml": "draft: maybe\n",
    }
    for name, text in doubtful.items():
        code = "flag-unclear" if name.endswith("yml") else "tool-settings-invalid"
        yield Way(f"data, in doubt: {name}", {name: text, **_BELOW}, _SHOWN, (code,))


def _left_out() -> Iterator[Way]:
    """Lists of what a site leaves out."""
    docs = {"docs/posts/b.md": "SECRET\n", "docs/a.md": _BELOW["a.md"]}
    mkdocs = {
        "exclude_docs": "site_name: x\nexclude_docs: |\n  posts/\n",
        "draft_docs": "draft_docs: |\n  # ours\n  /posts/\n",
        "a star": "exclude_docs: |\n  b.*\n",
        "tags of Python": "x: !!python/name:a.b\nexclude_docs: 'posts/'\n",
        "a plugin": "plugins:\n- search\n- exclude:\n    glob: [posts/*]\n",
        "a plugin's expression": "plugins:\n- exclude:\n    regex: ['posts/.*\\.md']\n",
    }
    for name, text in mkdocs.items():
        yield Way(f"mkdocs.yml, {name}", {"mkdocs.yml": text, **docs}, _SHOWN)
    yield Way(
        "mkdocs.yml, broken", {"mkdocs.yml": "exclude_docs: [\n", **docs}, problems=("tool-settings-invalid",)
    )
    yield Way(
        "mkdocs.yml, another folder",
        {
            "mkdocs.yml": "docs_dir: d\nexclude_docs: posts/\n",
            "d/posts/b.md": "SECRET\n",
            "d/a.md": _BELOW["a.md"],
        },
        _SHOWN,
    )
    for name in (".eleventyignore", ".mintignore", ".bookignore", ".mkdocsignore"):
        yield Way(name, {name: "# ours\nposts/\n", **_BELOW}, _SHOWN)
    yield Way("an ignore file in a folder", {"posts/.eleventyignore": "b.md\n", **_BELOW}, _SHOWN)


def _scripts() -> Iterator[Way]:
    """Settings in JavaScript."""
    below = {"content/own/b.md": "SECRET\n", "content/a.md": _BELOW["a.md"]}
    lists = {
        "plain": 'ignorePatterns: ["own", "templates", ".obsidian"],',
        "a path": "ignorePatterns: ['own/**'],",
        "stars": "ignorePatterns: [\n  // ours\n  `**/own`,\n],",
        "not": 'ignorePatterns: ["!(a*)/**"],',
    }
    for name, text in lists.items():
        yield Way(f"Quartz, {name}", {"quartz.config.ts": f"const config = {{ {text} }}\n", **below}, _SHOWN)
    yield Way(
        "Quartz, YAML",
        {"quartz.config.yaml": "configuration:\n  ignorePatterns: [own]\n", **below},
        _SHOWN,
    )
    said = {"content/a.md": "---\npublish: true\n---\nA public note.\n", "content/b.md": "SECRET\n"}
    yield Way(
        "Quartz, only what says so",
        {"quartz.config.ts": "filters: [Plugin.ExplicitPublish()],", **said},
        _SHOWN,
    )
    yield Way(
        "Quartz, only what says so, YAML",
        {
            "quartz.config.yaml": "plugins:\n- {source: 'github:quartz-community/explicit-publish', enabled: true}\n",
            **said,
        },
        _SHOWN,
    )
    yield Way(
        "VitePress",
        {".vitepress/config.mts": "export default defineConfig({ srcExclude: ['posts/**'] })", **_BELOW},
        _SHOWN,
    )
    yield Way(
        "VuePress",
        {".vuepress/config.js": "module.exports = { pagePatterns: ['**/*.md', '!posts/**'] }", **_BELOW},
        _SHOWN,
    )
    yield Way(
        "Docusaurus",
        {
            "docusaurus.config.js": "docs: { exclude: ['posts/**'] }",
            "docs/a.md": _BELOW["a.md"],
            "docs/posts/c.md": "SECRET\n",
        },
        _SHOWN,
    )
    metas = {
        "_meta.json": '{"posts": {"title": "x", "display": "hidden"}}',
        "_meta.js": "export default { posts: { display: 'hidden' } }",
        "posts/_meta.ts": "export default {\n  'b': {\n    title: 'x', display: 'hidden',\n  } }",
    }
    for name, text in metas.items():
        yield Way(f"Nextra, {name}", {name: text, **_BELOW}, _SHOWN)


def _own_words() -> Iterator[Way]:
    """Keys of these tools in a note itself."""
    heads = [
        "unlisted: true",
        "hidden: true",
        "permalink: false",
        "render: false",
        "eleventyExcludeFromCollections: true",
        "Secret: true",
        "confidential: yes",
        "extra: {hidden: true}",
        "Unlisted: 1",
    ]
    for head in heads:
        yield Way(f"a page: {head}", {"b.md": f"---\n{head}\n---\nSECRET\n"})
    yield Way("a page in TOML: render = false", {"b.md": "+++\nrender = false\n+++\nSECRET\n"})
    yield Way(
        "a page: unlisted: maybe", {"b.md": "---\nunlisted: maybe\n---\nSECRET\n"}, problems=("flag-unclear",)
    )


def _own_lists() -> Iterator[Way]:
    """What generators leave out by a name, or since no list of pages has it."""
    note = {"a.md": _BELOW["a.md"]}
    underscored = {"_posts2/b.md": "SECRET\n", "x/_b.md": "SECRET\n", "_c/d/e.md": "SECRET\n"}
    for name in ("_config.yml", "docusaurus.config.js", "astro.config.mjs"):
        yield Way(f"names with _: {name}", {name: "title: x\n", **underscored, **note}, _SHOWN)
    for posts in ("source/_posts", "category/_posts"):
        yield Way(
            f"posts in a folder: {posts}",
            {
                "_config.yml": "url: x\n",
                f"{posts}/a.md": _BELOW["a.md"],
                "_private/_posts/b.md": "SECRET\n",
                "_x/y/_posts/c.md": "SECRET\n",
                "category/_z/d.md": "SECRET\n",
            },
            _SHOWN,
        )
    yield Way("Hexo's discarded", {"_config.yml": "url: x\n", "source/_discarded/b.md": "SECRET\n"})
    yield Way(
        "an included folder's file with _",
        {"_config.yml": "include: [_pages]\n", "_pages/_b.md": "SECRET\n", "_pages/a.md": _BELOW["a.md"]},
        _SHOWN,
    )
    python = {
        "conf.py": "import os\nexclude_patterns = ['_build', 'posts/**'] + x\n",
        "pelicanconf.py": "PATH = 'content'\nARTICLE_EXCLUDES = [\n  'posts',\n]\n",
    }
    for name, text in python.items():
        yield Way(f"Python: {name}", {name: text, **_BELOW}, _SHOWN)
    summary = "# Summary\n\n- [A](./a.md)\n  - [Of b](x/c%20d.md#e)\n- [Later]()\n"
    listed = {"a.md": _BELOW["a.md"], "SUMMARY.md": summary, "x/c d.md": "Found.\n", "posts/b.md": "SECRET\n"}
    yield Way(
        "mdBook's summary",
        {"book.toml": "[book]\ntitle = 'x'\n", **{f"src/{name}": text for name, text in listed.items()}},
        (*_SHOWN, "found."),
    )
    yield Way("mdBook's own folder", {"book.toml": "[book]\nsrc = '.'\n", **listed}, _SHOWN)
    yield Way("GitBook's summary", {".gitbook.yaml": "root: ./\n", **listed}, _SHOWN)
    toc = {"_toc.yml": "format: jb-book\nroot: a\nchapters:\n- file: x/c\n", "x/c.md": "Found.\n", **_BELOW}
    yield Way(
        "Jupyter Book's list", {"_config.yml": "only_build_toc_files: true\n", **toc}, (*_SHOWN, "found.")
    )
    yield Way("Jupyter Book's patterns", {"_config.yml": "exclude_patterns: [posts/*]\n", **toc}, _SHOWN)
    yield Way("MyST's patterns", {"myst.yml": "project:\n  exclude: [posts/**]\n", **_BELOW}, _SHOWN)
    yield Way(
        "Eleventy's parts",
        {".eleventy.js": "x => { x.ignores.add('posts') }", "_includes/c.md": "SECRET\n", **_BELOW},
        _SHOWN,
    )
    yield Way(
        "Antora's parts",
        {"antora.yml": "name: x\n", "modules/ROOT/partials/b.md": "SECRET\n", **note},
        _SHOWN,
    )
    yield Way(
        "Hugo's archetypes",
        {
            "hugo.toml": "",
            "archetypes/b.md": "SECRET\n",
            "themes/x/b.md": "SECRET\n",
            "content/a.md": _BELOW["a.md"],
        },
        _SHOWN,
    )
    for folder in ("private", "x/Private", "_private", "Drafts"):
        yield Way(f"a folder that is called so: {folder}", {f"{folder}/b.md": "SECRET\n", **note}, _SHOWN)


def _published() -> Iterator[Way]:
    """What these settings do not keep back, which has to be published."""
    note, draft = "A public note.\n", "---\ncascade: {draft: true}\n---\n"
    open_note = f"---\ndraft: false\n---\n{note}"
    files = {
        "a note says otherwise": {"posts/_index.md": draft, "posts/b.md": open_note},
        "a note says otherwise, of being built": {
            "posts/_index.md": "---\ncascade: {build: {render: never}}\n---\n",
            "posts/b.md": f"---\nbuild: {{render: always}}\n---\n{note}",
        },
        "a note says otherwise, as a parameter": {
            "posts/_index.md": "---\ncascade: {params: {private: true}}\n---\n",
            "posts/b.md": f"---\nparams: {{private: false}}\n---\n{note}",
        },
        "a nearer cascade": {
            "posts/_index.md": draft,
            "posts/x/_index.md": "---\ncascade: {draft: false}\n---\n",
            "posts/x/b.md": note,
        },
        "another section": {"posts/_index.md": draft, "posts2/b.md": note},
        "another path": {
            "posts/_index.md": "---\ncascade: {draft: true, target: {path: /posts/x/**}}\n---\n",
            "posts/b.md": note,
        },
        "sections only": {
            "posts/_index.md": "---\ncascade: {draft: true, target: {kind: section}}\n---\n",
            "posts/b.md": note,
        },
        "lists of tags only": {
            "_index.md": "---\ncascade: {build: {list: never}, target: {kind: '{term,taxonomy}'}}\n---\n",
            "posts/b.md": note,
        },
        "another language": {
            "posts/_index.md": "---\ncascade: {draft: true, target: {lang: fr}}\n---\n",
            "posts/b.md": note,
        },
        "another language's section": {"posts/_index.fr.md": draft, "posts/b.md": note},
        "while it is developed": {
            "posts/_index.md": "---\ncascade: {draft: true, target: {environment: development}}\n---\n",
            "posts/b.md": note,
        },
        "another key": {
            "posts/_index.md": "---\ncascade: {color: red, build: {list: local}}\n---\n",
            "posts/b.md": note,
        },
        "Hugo's draft of a section": {
            "hugo.toml": "",
            "content/posts/_index.md": "---\ndraft: true\n---\n",
            "content/posts/b.md": note,
        },
        "Zola's section without a page": {
            "config.toml": 'base_url = "x"\n',
            "content/posts/_index.md": "+++\nrender = false\n+++\n",
            "content/posts/b.md": note,
        },
        "Jekyll's type": {
            "_config.yml": "defaults:\n- scope: {path: '', type: posts}\n  values: {published: false}\n",
            "b.md": note,
        },
        "Jekyll's longer path": {
            "_config.yml": "defaults:\n- scope: {path: posts}\n  values: {published: true}\n"
            "- scope: {path: ''}\n  values: {published: false}\n",
            "posts/b.md": note,
        },
        "Jekyll's note": {
            "_config.yml": "defaults:\n- scope: {path: ''}\n  values: {published: false}\n",
            "b.md": f"---\npublished: true\n---\n{note}",
        },
        "Jekyll's collection": {
            "_config.yml": "collections: {recipes: {output: true}}\n",
            "_recipes/b.md": note,
        },
        "Jekyll's exclusion, below another folder": {
            "_config.yml": "exclude: [posts]\n",
            "x/posts/b.md": note,
        },
        "data of another name": {"posts/other.json": '{"draft": true}', "posts/b.md": note},
        "data of a folder, outdone": {"posts/posts.json": '{"draft": true}', "posts/b.md": open_note},
        "data of a note, outdone": {
            "posts/posts.json": '{"permalink": false}',
            "posts/b.json": '{"permalink": "/b/"}',
            "posts/b.md": note,
        },
        "data of a script that works it out": {
            "posts/posts.11tydata.js": "module.exports = { eleventyComputed: { permalink: (data) => data.x } };",
            "posts/b.md": note,
        },
        "MkDocs, taken back": {
            "mkdocs.yml": "exclude_docs: |\n  posts/*\n  !posts/b.md\n",
            "docs/posts/b.md": note,
        },
        "MkDocs, in no menu": {"mkdocs.yml": "not_in_nav: |\n  posts/\n", "docs/posts/b.md": note},
        "Quartz, outside": {"quartz.config.ts": "ignorePatterns: ['private']", "content/public/b.md": note},
        "Quartz, in a comment": {
            "quartz.config.ts": "// ignorePatterns: ['posts'],\n",
            "content/posts/b.md": note,
        },
        "Quartz, a plugin that is off": {
            "quartz.config.yaml": "plugins:\n- {source: 'x/explicit-publish', enabled: false}\n",
            "content/b.md": note,
        },
        "Hexo, files that are not rendered": {"_config.yml": "skip_render: 'x/**'\n", "source/x/b.md": note},
        "Jekyll's names": {"_config.yml": "collections: {x: {output: true}}\n", "_x/b.md": note},
        "Jekyll's included": {"_config.yml": "include: [_pages, .x]\n", "_pages/x/b.md": note},
        "names with _ of nobody's": {"_x/_b.md": note},
        "Hugo's section, with a Jekyll site": {"_config.yml": "title: x\n", "posts/_index.md": note},
        "a summary of nobody's": {"SUMMARY.md": "[x](x.md)\n", "b.md": note},
        "a picture in a folder with _": {
            "_config.yml": "title: x\n",
            "_media/x.png": "x",
            "b.md": f"![](_media/x.png) {note}",
        },
        "a folder that is called private": {"Private/b.md": f"---\npublish: true\n---\n{note}"},
        "a folder of much that is private": {"private lessons/b.md": note, "drafts.md": note},
        "Nextra, another page": {"_meta.json": '{"x": {"display": "hidden"}, "b": "B"}', "b.md": note},
    }
    for name, content in files.items():
        yield Way(f"published: {name}", content, _SHOWN)
