"""What generators do not publish of a folder: what lies beside their pages, what their lists have, code, slips."""

from collections.abc import Iterator

from tests.support.way import Way

_NOTE = "# Public\n\nA public note that links [[b]].\n"
_SHOWN = ("public note",)
_BESIDE = {"TODO.md": "SECRET\n", "own/b.md": "SECRET\n"}


def site_ways() -> Iterator[Way]:
    """One after the other."""
    yield from _beside()
    yield from _lists()
    yield from _hugo()
    yield from _quarto()
    yield from _dendron()
    yield from _cells()
    yield from _words()


def _beside() -> Iterator[Way]:
    settings = {
        "mkdocs.yml": ("site_name: x\n", "docs"),
        "mkdocs.yaml": ("docs_dir: ./my docs/\n", "my docs"),
        "hugo.toml": ("title = 'x'\n", "content"),
        "hugo.yaml": ("contentDir: pub/notes\n", "pub/notes"),
        "config.toml": ('base_url = "https://x.org"\n', "content"),
        "docusaurus.config.js": ("module.exports = {}\n", "docs"),
        "docusaurus.config.ts": ("docs: { path: 'manual' }\n", "manual"),
        "pelicanconf.py": ("PATH = 'content'\n", "content"),
        "_config.yml": ("source: site\n", "site"),
        ".eleventy.js": ("return { dir: { input: './src', output: 'x' } }\n", "src"),
        "eleventy.config.mjs": ("c.setInputDirectory('[src]')\n", "[src]"),
        ".vitepress/config.mts": ("export default { srcDir: 'docs' }\n", "docs"),
        "astro.config.mjs": ("", "src/content"),
        "dendron.yml": ("version: 5\nworkspace:\n  vaults:\n  - fsPath: one\n", "one"),
    }
    for name, (text, place) in settings.items():
        files = {name: text, f"{place}/a.md": _NOTE, **_BESIDE}
        yield Way(f"beside the pages: {name}", files, _SHOWN, ("beside-content",))
    for name, text, place in (
        ("mkdocs.yml", "docs_dir: .\n", "x"),
        ("hugo.toml", "title = 'x'\n", "posts"),
        ("hugo.toml", "title = [\n", "posts"),
        (".eleventy.js", "return { dir: { input: '.' } }\n", "posts"),
        ("dendron.yml", "workspace:\n  vaults:\n  - {fsPath: ., selfContained: true}\n", "notes"),
    ):
        other = "content/x.md" if "[" in text else "y.md"
        yield Way(
            f"published: {name} {text}",
            {name: text, f"{place}/b.md": "A public note.\n", other: "x\n"},
            _SHOWN,
        )
    shown = {"mkdocs.yml": "site_name: x\n", "docs/a.md": "![](../img/p.png)\n", "img/p.png": "x"}
    named = {**shown, "docs/a.md": "[so](../x.md/p.pdf)\n", "x.md/p.pdf": "A public note."}
    yield Way("published: a file in a folder that is called as a note", named, _SHOWN)
    says = {**shown, "b.md": "---\npublish: true\n---\nA public note.\n"}
    yield Way("published: beside the pages, as it says so", says, (*_SHOWN,))


def _lists() -> Iterator[Way]:
    below = {"own/b.md": "SECRET\n", "a.md": _NOTE}
    lists = {
        "gatsby-config.js": "options: { ignore: [`**/own/**`] }",
        "nuxt.config.ts": "content: { ignores: ['own'] }",
        "content.config.ts": "source: { include: '**/*.md', exclude: ['own/**'] }",
        "contentlayer.config.ts": "makeSource({ contentDirExclude: ['own'] })",
        "retype.yml": "exclude:\n  - own/\n",
        "couscous.yml": "exclude: [own]\n",
        ".zk/config.toml": '[note]\nexclude = ["own/*"]\n',
        ".export-ignore": "own/\n",
        ".neuronignore": "own/**\n",
        "_config.toml": "exclude = ['own']\n",
        "own/_metadata.yml": "draft: true\n",
        "own/.meta.yml": "publish: false\n",
    }
    for name, text in lists.items():
        yield Way(f"a list: {name}", {name: text, **below}, _SHOWN)
    for name in (".eleventy.js", "quartz.config.ts"):
        yield Way(f"what git ignores: {name}", {name: "", ".gitignore": "own/\n", **below}, _SHOWN)
    public = {".gitignore": "own/\n", "own/b.md": "A public note.\n"}
    yield Way("published: what git ignores", public, _SHOWN)
    kept = {**public, ".eleventy.js": "c.setUseGitIgnore(false);"}
    yield Way("published: what git ignores, of Eleventy that does not", kept, _SHOWN)
    pattern = "glob({ pattern: ['**/*.md', '!own/**'], base: './src/content' })"
    site = {"astro.config.mjs": "", "src/content.config.ts": pattern}
    yield Way(
        "Astro's pattern", {**site, "src/content/a.md": _NOTE, "src/content/own/b.md": "SECRET\n"}, _SHOWN
    )
    docs = {f"docs/{path}": text for path, text in below.items()}
    for name, files in {
        "INHERIT": {"mkdocs.yml": "INHERIT: base.yml\n", "base.yml": "exclude_docs: own/\n"},
        "a theme": {
            "mkdocs.yml": "site_name: x\n",
            "docs/templates/c.md": "SECRET\n",
            "docs/own/b.md": "x\n",
        },
        "plugins by name": {"mkdocs.yml": "plugins:\n  exclude: {glob: ['own/*']}\n"},
    }.items():
        yield Way(f"MkDocs: {name}", {**docs, **files}, _SHOWN)
    locked = {"mkdocs.yml": "plugins:\n- encryptcontent: {global_password: x}\n", "docs/b.md": "SECRET\n"}
    yield Way("MkDocs: a password for all", locked)
    current = {"docs/b.md": "SECRET\n", "versioned_docs/version-1.0/a.md": _NOTE}
    for text, files in (
        ("docs: { includeCurrentVersion: false }", current),
        (
            "docs: { onlyIncludeVersions: ['1.0'] }",
            {**current, "versioned_docs/version-0.9/b.md": "SECRET\n"},
        ),
        ("docs: {}", {"docs/a.md": _NOTE, "docs/__tests__/b.md": "SECRET\n", "docs/c.test.md": "SECRET\n"}),
    ):
        yield Way(f"Docusaurus: {text}", {"docusaurus.config.js": text, **files}, _SHOWN)


def _hugo() -> Iterator[Way]:
    french = {"content/a.md": _NOTE, "content/b.fr.md": "SECRET\n", "content/fr/c.md": "SECRET\n"}
    for name, text in {
        "hugo.toml": "[languages.en]\n[languages.fr]\ndisabled = true\n",
        "hugo.yaml": "disableLanguages: [fr]\n",
        "config/_default/languages.toml": "[fr]\ndisabled = true\n",
    }.items():
        yield Way(f"Hugo, a language that is off: {name}", {name: text, **french}, _SHOWN)
    own = "[languages.en]\ncontentDir='content/en'\n[languages.fr]\ncontentDir='content/french'\ndisabled=true\n"
    folders = {"content/en/a.md": _NOTE, "content/french/b.md": "---\ndraft: false\n---\nSECRET\n"}
    yield Way("Hugo, a language that is off, in a folder", {"hugo.toml": own, **folders}, _SHOWN)
    mount = "[[module.mounts]]\nsource = 'content/public'\ntarget = 'content'\n"
    folders = {"content/public/a.md": _NOTE, "content/own/b.md": "SECRET\n"}
    yield Way("Hugo, what is not mounted", {"hugo.toml": mount, **folders}, _SHOWN)


def _quarto() -> Iterator[Way]:
    below = {"a.md": _NOTE, "own/b.md": "SECRET\n", "_c.md": "SECRET\n", "_own/d.md": "SECRET\n"}
    for text in (
        "project:\n  render: ['*.md', '!own/']\n",
        "project:\n  render: [a.md]\n",
        "project:\n  render:\n  - '!own/**'\n",
        "website:\n  drafts: own/b.md\n",
        "project: {type: book}\nbook:\n  chapters:\n  - part: One\n    chapters: [a.md]\n",
    ):
        yield Way(f"Quarto: {text}", {"_quarto.yml": text, **below}, _SHOWN)
    broken = {**below, "_quarto.yml": "project:\n  render: [\n"}
    yield Way("Quarto, broken", {**broken, "a.md": "SECRET\n"}, problems=("tool-settings-invalid",))


def _dendron() -> Iterator[Way]:
    both = {"one/a.md": _NOTE, "one/b.md": "x\n", "two/b.md": "SECRET\n"}
    vaults = "version: 5\nworkspace:\n  vaults:\n  - {fsPath: one, name: first}\n  - fsPath: two\n"
    for payload in ("{vault: {fsPath: one}}", "[first, two]"):
        behavior = f"publishing:\n  duplicateNoteBehavior: {{action: useVault, payload: {payload}}}\n"
        yield Way(f"Dendron, of two notes one: {payload}", {"dendron.yml": vaults + behavior, **both}, _SHOWN)
    local = "workspace:\n  vaults:\n  - {fsPath: two, visibility: private}\n"
    yield Way(
        "Dendron, a vault of one's own", {"dendron.yml": vaults, "dendronrc.yml": local, **both}, _SHOWN
    )


def _cells() -> Iterator[Way]:
    cells = {
        "R Markdown": "```{r setup, include=FALSE}\nSECRET\n```\n\n```{r, fig.width=4, echo = F}\nSECRET\n```",
        "Quarto": "```{python}\n#| label: x\n#| echo: false\nSECRET\n```\n\n~~~{ojs}\n//| include: false\nSECRET\n~~~",
        "MyST": "```{code-cell} python\n:tags: [remove-input, x]\nSECRET\n```",
        "MyST, YAML": "```{code-cell}\n---\ntags: [remove-cell]\n---\nSECRET\n```",
        "in a quote": "> ```{r, echo=FALSE}\n> SECRET\n> ```",
        "for all": "```{r}\nknitr::opts_chunk$set(echo = FALSE)\n```\n\n```{r x, fig.width=3}\nSECRET\n```",
        "spans": '[SECRET]{.content-hidden} [SECRET]{.content-visible when-format="pdf"}',
        "Liquid": "{% if false %}SECRET{% endif %}{%- unless true -%}\nSECRET\n{%- endunless -%}",
        "Liquid, there": "{% if jekyll.environment == 'development' %}SECRET{% endif %}",
        "Handlebars": "{{!-- SECRET }} SECRET --}}",
    }
    for name, text in cells.items():
        yield Way(f"hidden code: {name}", {"a.md": f"{_NOTE}\n{text}\n\nlast\n"}, (*_SHOWN, "last"))
    yield Way("hidden code: never closed", {"a.md": f"{_NOTE}\n```{{r, echo=FALSE}}\nSECRET\n"}, _SHOWN)
    head = "---\nexecute: {echo: false}\n---\n"
    text = f"{head}{_NOTE}\n```{{python}}\nSECRET\n```\n\n```{{python}}\n#| echo: true\nseen\n```\n"
    yield Way("hidden code: in front matter", {"a.md": text}, (*_SHOWN, "seen"))
    shown = "```r\necho=FALSE\n```\n\n```{r, echo=TRUE}\nseen # include=FALSE\n```\n"
    yield Way("published: code", {"a.md": f"{_NOTE}\n{shown}"}, (*_SHOWN, "seen"))


def _words() -> Iterator[Way]:
    for head in (
        "privte: true", "prviate: yes", "drfat: true", "darft: true", "draaft: on", "publsih: false", "pubish: no",
        "publised: false", "pubilc: false", "encypt: true", "encrytped: true", "params: {privte: true}",
        "do_not_publish: true", "dont-publish: true", "not for publication: yes", "noexport: 1", "export: false",
        "ignored: true", "routable: false", "embargoed: true", "isTrashed: true", "status: embargoed", "status: skip",
        "status: Not published",
    ):  # fmt: skip
        yield Way(f"a guess: {head}", {"b.md": f"---\n{head}\n---\nSECRET\n"}, problems=("flag-unclear",))
    for head in (
        "access: {site.login: true}", "protect: logged_in", "permalink: {build: false}",
        "classification: strictly confidential", "confidentiality: internal use only", "permissions: private",
        "visibility: loggedin",
    ):  # fmt: skip
        yield Way(f"for some: {head}", {"b.md": f"---\n{head}\n---\nSECRET\n"})
    for head in (
        "craft: true", "drift: true", "raft: true", "drafts: 3", "privte: maybe", "pubish: 2020-01-01", "draft: false",
        "privte: true\nprivate: false", "protect: false",
        "groups: [admin]", "access: [stairs, lift]", "export: pdf", "sensitivity: low",
        "permalink: {build: /x/}", "ignored: some birds",
    ):  # fmt: skip
        yield Way(f"published: no guess: {head}", {"b.md": f"---\n{head}\n---\nA public note.\n"}, _SHOWN)
    texts = (
        {"b.md": "<!--\n.. title: x\n.. status: draft\n-->\n\nSECRET\n"},
        {"b.meta": ".. title: x\n.. status: private\n", "b.md": "SECRET\n"},
        {"b.md": "---js\n{ permalink: false }\n---\nSECRET\n"},
    )
    for number, files in enumerate(texts):
        yield Way(f"Nikola and Eleventy, {number}", files)
