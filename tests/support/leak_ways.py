"""Ways to keep something private, one after the other: each some files in which SECRET must reach no byte of a site."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tests.support.elsewhere_ways import elsewhere_ways
from tests.support.folder_ways import folder_ways
from tests.support.head_ways import head_ways
from tests.support.schedule_ways import schedule_ways
from tests.support.site_ways import site_ways
from tests.support.tool_ways import tool_ways
from tests.support.way import Way

_PUBLIC = "# Public\n\nA public note that links [[b]].\n"
_UUID = "64ab0000-0000-4000-8000-00000000abcd"


def _heads() -> Iterator[Way]:
    """Front matter that says private."""
    plain = [
        "private: true", "draft: true", "publish: false", "published: false", "public: false", "dg-publish: false",
        "share: false", "nopublish: true", "headless: true", "visibility: private", "visibility: Hidden",
        "status: Private",
        "tags: {private: }",
        "build:\n  render: never", "build:\n  list: never", "_build: {render: never, list: never}",
        "_build:\n  render: false", "params:\n  private: true", "extra: {draft: true}", "dg_publish: false",
        "dgPublish: false", "isPrivate: true", "tags: [private]", "tags: private", "tags: [a, Private/deep]",
        "tags:\n- '#private'", "tag: a, private", "tags: a private", "PRIVATE: TRUE", "Draft: Yes", "Publish: NO",
        "published: off", "private: on", "draft: 1", "publish: 0", "private: y", "private : true",
        "encrypt: true", "Encrypted: yes", 'encrypt: "on"', "params: {encrypt: true}", "publish: true\nencrypt: true",
        "draft: false\nencrypt: 1", "encrypt: true\nprivate: true",
        '"private": true', "'draft': true", "? private\n: true", "private: !!bool true",
        "build: {list: Off}", "params: {draft: Yes}", "PUBLIC: No", "publish: OFF", "<<: {private: true}",
        "post_status: draft", "post_status: trash", "publishStatus: private", "wp_status: pending", "draft.of: x",
        "access: members", "visibility: paid", "share: team", "type: private", "state: private", "acl: private",
        "sharing: private", "classification: restricted", "audience: internal",
        "keywords: [private]", "categories: private, x", "topics: [private]", "labels:\n- private",
        "taxonomies:\n  tags: [private]", "params: {tags: [a, private]}", "tags: x;private", "tags: a | private",
        "tags:\n- name: private", 'tags: ["[[private]]"]', "data: {draft: true}", "metadata:\n  private: true",
        "pr\u0456vate: true", "publi\u0441: false", "dr\u0430ft: yes",
        "password: hello", "access: private", "privacy: Private", "post_status: private", "scope: private",
        "classification: confidential", "if: visitor.claims.member", "audience: confidential",
    ]  # fmt: skip
    for head in plain:
        yield Way(head, {"b.md": f"---\n{head}\n---\nSECRET\n"})
    doubtful = {
        'publish: "false"': "flag-unclear", "draft: maybe": "flag-unclear", "private: '{{yes}}'": "flag-unclear",
        "public: friends": "flag-unclear", "publish: not yet": "flag-unclear", "draft: [true]": "flag-unclear",
        "private: true\nprivate: false": "flag-twice", "publish: true\ntitle: x\npublish: false": "flag-twice",
        "Private: true\nprivate: false": "flag-twice", "draft: false\nDRAFT: true": "flag-twice",
        "dg-publish: true\ndg_publish: false": "flag-twice", "published: true\nPublished: no": "flag-twice",
        "public: false\npublic: yes\npublic: true": "flag-twice",
        "public: []": "flag-unclear", "draft: {}": "flag-unclear",
        "encrypt: maybe": "flag-unclear", "encrypt: with my key": "flag-unclear", "encrypt: 2024-01-02": "flag-unclear",
        "encrypt: true\nEncrypt: false": "flag-twice", "title: [\nencrypt: true": "front-matter-invalid",
        "encrypted = true": "front-matter-invalid", "encrypt:true": "front-matter-invalid",
        "title: [\nprivate: true": "front-matter-invalid", "title: [\ndraft: maybe": "front-matter-invalid",
        '{title: "x, private: true}': "front-matter-invalid", "{private: true": "front-matter-invalid",
        "title: a: b\nPublish : no": "front-matter-invalid", "\tprivate: true\nx: [": "front-matter-invalid",
        "title: 'it's'\ntags: [x, private]": "front-matter-invalid",
        "x: {{a}}\nvisibility: private": "front-matter-invalid",
        "a: *nowhere\n_build:\n  render: never": "front-matter-invalid", "a: [\n- 'draft' : on": "front-matter-invalid",
        "title: x\n  private: true": "front-matter-invalid", "private:true": "front-matter-invalid",
        "- private: true": "front-matter-invalid", "private = true": "front-matter-invalid",
        "private：true": "front-matter-invalid", "just text\nprivate: true": "front-matter-invalid",
    }  # fmt: skip
    guessed = [
        "status: draft", "Status: Hidden", "unpublish: true", "trashed: yes", "deleted: true", "is_conflict: 1",
        "restricted: true", "internal: true", "personal: yes", "sensitive: true", "protected: true", "exclude: true",
        "hide: true", "members_only: true", "login_required: 1", "visible: false", "shared: no", "listed: 0",
        "privat: true", "privé: oui\nprivé: true", "entwurf: true", "черновик: true", "草稿: true",
        "visible: false\ndraft: false", "status: draft\npublished: 2020-01-02",
    ]  # fmt: skip
    for head in guessed:
        yield Way(head, {"b.md": f"---\n{head}\n---\nSECRET\n"}, problems=("flag-unclear",))
    meant_otherwise = [
        "status: growing", "status: done", "visible: true", "hide: [navigation]", "type: note", "scope: internal api",
        "category: private lessons", "keywords: [private equity]", "status: draft\npublish: true",
        "personal: true\nprivate: false", "internal: links", "post_status: publish", "access: public",
        "shared: true", "protected: src/*", "privacy: ours", "deleted: 2020-01-02",
    ]  # fmt: skip
    for head in meant_otherwise:
        yield Way(f"published: {head}", {"b.md": f"---\n{head}\n---\nA public note.\n"}, ("a public note",))
    for head, code in doubtful.items():
        yield Way(head, {"b.md": f"---\n{head}\n---\nSECRET\n"}, problems=(code,))
    yield Way("a key with a space in quotes", {"b.md": '---\n"private ": true\n---\nSECRET\n'})
    yield Way("a key with a zero-width space", {"b.md": "---\nprivate\u200b: true\n---\nSECRET\n"})
    yield Way("TOML", {"b.md": "+++\ndraft = true\n+++\nSECRET\n"})
    yield Way(
        "TOML, broken",
        {"b.md": '+++\ntitle = "x\ndraft = true\n+++\nSECRET\n'},
        problems=("front-matter-invalid",),
    )
    yield Way("TOML, a table", {"b.md": "+++\n[build]\nrender = 'never'\n+++\nSECRET\n"})
    yield Way(
        "TOML, twice",
        {"b.md": "+++\ndraft = true\ndraft = false\n+++\nSECRET\n"},
        problems=("front-matter-invalid",),
    )
    yield Way("JSON", {"b.md": '{\n  "draft": true\n}\n\nSECRET\n'})
    yield Way("JSON on a line", {"b.md": '{"title": "x", "params": {"private": true}}\nSECRET\n'})
    yield Way(
        "JSON, twice",
        {"b.md": '{"title": "x", "draft": true, "draft": false}\nSECRET\n'},
        problems=("flag-twice",),
    )
    yield Way("a byte order mark", {"b.md": "\ufeff---\nprivate: true\n---\nSECRET\n"})
    yield Way("UTF-16", {"b.md": "---\nprivate: true\n---\nSECRET\n".encode("utf-16")})
    yield Way(
        "UTF-16 without a mark", {"b.md": "---\nprivate: true\n---\nSECRET and more\n".encode("utf-16-le")}
    )
    yield Way("Windows' line ends", {"b.md": "---\r\nprivate: true\r\n---\r\nSECRET\r\n"})
    yield Way("old Mac's line ends", {"b.md": "---\rprivate: true\r---\rSECRET\r"})
    yield Way("a language", {"b.md": "---yaml\nprivate: true\n---\nSECRET\n"})
    yield Way("a language, apart", {"b.md": "--- TOML\ndraft = true\n---\nSECRET\n"})
    yield Way("a language of braces", {"b.md": '---json\n{\n\t"private": true\n}\n---\nSECRET\n'})
    yield Way("closed by dots", {"b.md": "---\nprivate: true\n...\nSECRET\n"})


def _misplaced() -> Iterator[Way]:
    """What nobody reads as front matter, and somebody meant as such."""
    block = "---\nprivate: true\n---\nSECRET\n"
    texts = {
        "under a title": f"# Title\n{block}",
        "under a title and a blank line": f"# Title\n\n{block}",
        "under an underlined title": f"Title\n=====\n{block}",
        "under a plain title": f"Title\n{block}",
        "under a comment": f"<!-- made by x -->\n{block}",
        "under a comment over lines": f"<!-- made\nby x -->\n\n{block}",
        "under an Obsidian comment": f"%% made by x %%\n{block}",
        "under blank lines": f"\n\n \n{block}",
        "under a tag": f"#tag #other\n\n{block}",
        "behind a zero-width space": f"\u200b{block}",
        "behind three marks": f"\ufeff\ufeff\ufeff{block}",
        "behind a space": f" {block}",
        "behind a no-break space": f"\u00a0{block}",
        "in a quote": "> ---\n> private: true\n> ---\n\nSECRET\n",
        "four dashes": "----\nprivate: true\n----\nSECRET\n",
        "a name of the block": "---js\nprivate: true\n---\nSECRET\n",
        "a name of the block, apart": "--- front\nprivate: true\n---\nSECRET\n",
        "a name with a plus": "+++ toml\ndraft = true\n+++\nSECRET\n",
        "dashes that were improved": "—-\nprivate: true\n—-\nSECRET\n",
        "never closed": "---\nprivate: true\n\nSECRET\n",
        "closed by two dashes": "---\nprivate: true\n--\nSECRET\n",
        "no fence": "private: true\n\nSECRET\n",
        "no fence, among others": "title: x\npublish: false\ntags: y\n\nSECRET\n",
        "JSON, not closed": '{\n  "draft": true,\n\nSECRET\n',
        "JSON between semicolons": ';;;\n"draft": true\n;;;\n\nSECRET\n',
        "a second block": "---\ntitle: x\n---\n---\nprivate: true\n---\nSECRET\n",
        "a second block, under a title": "---\ntitle: x\n---\n# T\n\n---\ndraft: yes\n---\nSECRET\n",
        "under a plain line": f"Title\n\n{block}",
        "under a picture": f"![cover](x.png)\n\n{block}",
        "under a subtitle": f"# T\n*sub*\n\n{block}",
        "in a comment": "<!-- private: true -->\n\nSECRET\n",
        "in a comment of Obsidian's": "%% draft: yes %%\n\nSECRET\n",
        "a fence of code on top": "```yaml\nprivate: true\n```\n\nSECRET\n",
        "other line ends": "---\u2028private: true\u2028---\u2028SECRET\n",
        "wide letters": "----\n\uff50rivate: \uff54rue\n----\nSECRET\n",
        "an item": "- private: true\n- SECRET\n",
        "Org's keyword": "#+PRIVATE: true\n\nSECRET\n",
        "a drawer": ":PROPERTIES:\n:public: false\n:END:\nSECRET\n",
        "in plain words": "---\n\ndraft - true\n---\nSECRET\n",
        "encrypt under a title": "# Title\n---\nencrypt: true\n---\nSECRET\n",
        "encrypt in plain words": "---\n\nencrypt - yes\n---\nSECRET\n",
        "encrypt in a comment": "<!-- encrypted: true -->\n\nSECRET\n",
    }
    for name, text in texts.items():
        yield Way(name, {"b.md": text}, problems=("front-matter-invalid",))
    inline = {
        "a property that encrypts": "encrypt:: true\n\n- SECRET\n",
        "a property that encrypts, in the first bullet": "- encrypted:: yes\n- SECRET\n",
        "Dataview's field that encrypts": "[encrypt:: true]\n\nSECRET\n",
        "Logseq's property": "public:: false\n\n- SECRET\n",
        "Logseq's property without a space": "private::true\n- SECRET\n",
        "in the first bullet": "- draft:: true\n- SECRET\n",
        "Dataview's field": "[publish:: false]\n\nSECRET\n",
        "under the title": "# T\n\npublished:: no\n\nSECRET\n",
        "in a first line": "Some words [x](y)\npublish:: no\n\nSECRET\n",
        "in a list": "* Private:: yes\n* SECRET\n",
        "a tag": "SECRET #private\n",
        "a tag of many words": "SECRET #[[private]]\n",
        "a tag on the title": "# SECRET #private\n\nSECRET\n",
        "a tag in a comment": "%% #private %%\n\nSECRET\n",
        "a tag below it": "SECRET #private/family\n",
        "a field of tags": "Words\n\ntags:: a, private\n\nSECRET\n",
        "a field of tags in brackets": "Words [tags:: private] and (tag:: #x)\n\nSECRET\n",
        "a tag above front matter": "#private\n---\ntitle: SECRET\n---\n# SECRET\n",
        "tags above a rule": "# SECRET\n\n#a #private\n---\n\n# SECRET\n",
    }
    for name, text in inline.items():
        yield Way(name, {"b.md": text})


def _settings() -> Iterator[Way]:
    """What tools' settings keep out, whatever lies beside or below."""
    work = {"Work/b.md": "SECRET\n", "a.md": _PUBLIC}
    excluded = '{"excluded": ["Work"]}'
    publish = ".obsidian/publish.json"
    forms: dict[str, str | bytes] = {
        "plain": excluded,
        "a byte order mark": f"\ufeff{excluded}",
        "UTF-16": excluded.encode("utf-16"),
        "a trailing comma": '{"excluded": ["Work",],}',
        "comments": '{ // mine\n "excluded": /* what */ ["Work"]}',
        "another case": '{"excluded": ["WORK/"]}',
        "a slash before": '{"excluded": ["/Work"]}',
        "one text": '{"excluded": "Work"}',
    }
    for name, text in forms.items():
        yield Way(f"publish.json, {name}", {publish: text, **work}, shown=("Public",))
    for name, text in {
        "cut off": '{"excluded": ["Wo',
        "empty": "",
        "a list": '["Work"]',
        "HTML": "<html>",
    }.items():
        yield Way(f"publish.json, {name}", {publish: text, **work}, ("Public",), ("tool-settings-invalid",))
    below: dict[str, dict[str, str | bytes]] = {
        "a vault below": {"Work/.obsidian/app.json": "{}"},
        "posts below": {"Work/_posts/2024-01-01-c.md": "SECRET\n"},
        "foam.json below": {"Work/foam.json": "{}"},
        ".foam below": {"Work/.foam/x": ""},
        "a graph below": {"Work/logseq/config.edn": "{}", "Work/pages/c.md": "- SECRET\n"},
        "dendron.yml below": {"Work/dendron.yml": "version: 5\n"},
        "index.yaml beside": {"index.yaml": "page:\n  siteTitle: x\n"},
        "index.yaml below": {"Work/index.yaml": "page:\n  siteTitle: x\n"},
        ".emanoteignore beside": {".emanoteignore": "x\n"},
        "a graph beside": {"logseq/config.edn": "{}"},
        "posts beside": {"_posts/2024-01-01-c.md": "x\n"},
        "dendron.yml beside": {"dendron.yml": "version: 5\n"},
    }
    for name, files in below.items():
        yield Way(f"excluded, {name}", {publish: excluded, **work, **files})
    yield Way(
        "an excluded file that is linked",
        {publish: excluded, "Work/SECRET.png": "x", "a.md": "# Public\n![[SECRET.png]]\n"},
    )
    yield Way(
        "templates",
        {".obsidian/templates.json": '{"folder":"tpl"}', "tpl/b.md": "SECRET {{date}}\n", "a.md": _PUBLIC},
    )
    yield Way(
        "Templater's templates",
        {
            ".obsidian/plugins/templater-obsidian/data.json": '{"templates_folder":"T/x",}',
            "T/x/b.md": "SECRET\n",
            "T/a.md": _PUBLIC,
        },
        shown=("Public",),
    )
    yield Way(
        "a day's template",
        {".obsidian/daily-notes.json": '{"template":"T/Day"}', "T/Day.md": "SECRET\n", "T/a.md": _PUBLIC},
        ("Public",),
    )
    graph = {"pages/b.md": "public:: false\n\n- SECRET\n", "pages/a.md": "- Public block\n"}
    yield Way("a graph", {"logseq/config.edn": "{}", **graph}, ("public block",))
    yield Way(
        "a page that only a private one names",
        {
            "logseq/config.edn": "{}",
            "pages/b.md": "public:: false\ntags:: SECRET\n\n- [[SECRET]] #SECRET [[SECRET/x]] {{embed [[SECRET]]}}\n",
            "pages/a.md": "- Public block of [[Ines]]\n",
        },
        ("public block", "tags/Ines.html"),
    )
    yield Way(
        "what would lie below a private page",
        {
            "logseq/config.edn": "{}",
            "pages/SECRET.md": "public:: false\n\n- x\n",
            "pages/a.md": "- Public block [[SECRET/Money]] #[[SECRET/Money]] [[SECRET/a/b|SECRET/a]] ![[SECRET/c]]\n",
        },
        ("public block",),
    )
    yield Way(
        "what would lie below a private note",
        {
            "SECRET.md": "---\nprivate: true\n---\nx\n",
            "a.md": "Public text [[SECRET/Money]] [x](SECRET/b.md)\n",
        },
        ("public text",),
    )
    yield Way(
        "a private page named as a tag",
        {
            "logseq/config.edn": "{}",
            "pages/SECRET.md": "public:: false\n\n- x\n",
            "pages/a.md": "tags:: SECRET, Ines\nup:: #SECRET, [[SECRET]] and #[[SECRET]]\n\n"
            "- Public block #SECRET [[SECRET]]\n",
        },
        ("public block", "tags/Ines.html"),
    )
    yield Way(
        "a graph with .obsidian",
        {"logseq/config.edn": "{}", ".obsidian/app.json": "{}", **graph},
        ("public block",),
    )
    only = {"pages/b.md": "- SECRET\n", "pages/a.md": "public:: true\n\n- Public block\n"}
    setting = "{:publishing/all-pages-public? false}"
    for name, beside in {
        "plain": {},
        "with .obsidian": {".obsidian/app.json": "{}"},
        "with foam": {"foam.json": "{}"},
        "with index.yaml": {"index.yaml": "page:\n  siteTitle: x\n"},
    }.items():
        yield Way(
            f"pages that must say public, {name}",
            {"logseq/config.edn": setting, **only, **beside},
            ("public block",),
        )
    broken: dict[str, str | bytes] = {
        "broken": '{:macros {"a" "b"\n :publishing/all-pages-public? false]',
        "a text never closed before it": '{:x "never closed\n :publishing/all-pages-public? false}',
        "a byte order mark": f"\ufeff{setting}",
        "UTF-16": setting.encode("utf-16"),
    }
    for name, content in broken.items():
        yield Way(f"config.edn, {name}", {"logseq/config.edn": content, **only}, ("public block",))
    yield Way(
        "hidden in a graph",
        {"logseq/config.edn": '{:hidden ["/x"]}', "x/b.md": "- SECRET\n", ".obsidian/app.json": "{}"},
    )
    yield Way(
        "hidden in a broken graph",
        {"logseq/config.edn": '{:y "open\n :hidden ["/x"]}', "x/b.md": "- SECRET\n"},
    )
    vaults = "workspace:\n  vaults:\n  - fsPath: priv\n    visibility: private\n  - fsPath: pub\n"
    yield Way(
        "Dendron's private vault",
        {"dendron.yml": vaults, "priv/b.md": "SECRET\n", "pub/a.md": _PUBLIC},
        ("Public",),
    )
    yield Way(
        "Dendron's old settings",
        {"dendron.yml": "vaults:\n- {fsPath: ./priv, visibility: Private}\n", "priv/b.md": "SECRET\n"},
    )
    yield Way(
        "Dendron's broken settings",
        {"dendron.yml": f"{vaults}  x: [\n", "priv/b.md": "SECRET\n"},
        problems=("tool-settings-invalid",),
    )
    yield Way(
        "Dendron's hierarchies",
        {
            "dendron.yml": "publishing:\n  siteHierarchies: [open]\n",
            "open.md": _PUBLIC,
            "home.b.md": "SECRET\n",
        },
        ("Public",),
    )
    yield Way(
        "Dendron's hierarchy that must say so",
        {
            "dendron.yml": "publishing:\n  hierarchy:\n    log: {publishByDefault: false}\n",
            "log.b.md": "SECRET\n",
        },
    )
    for folder in ("_drafts", "blog/_drafts/x", "_Drafts"):
        yield Way(
            f"a draft in {folder}",
            {f"{folder}/b.md": "SECRET\n", ".obsidian/app.json": "{}", "a.md": _PUBLIC},
            ("Public",),
        )
    yield Way(
        ".emanoteignore", {".emanoteignore": "Work/**\n", ".obsidian/app.json": "{}", **work}, ("Public",)
    )
    for path in (
        "logseq/bak/pages/b.md", "logseq/version-files/b.md", "logseq/.recycle/b.md", ".trash/b.md", ".obsidian/b.md",
        ".git/b.md", "b.sync-conflict-20240101-120000-ABCDEFG.md", "b (Ines's conflicted copy 2024-01-01).md",
        "b.md.bak", "b.md~", "b.md.orig", ".b.md.swp", "#b.md#", "$RECYCLE.BIN/b.md",
        "b (Conflicted copy laptop 202503011200).md", "b (In Konflikt stehende Kopie von Ines 2025-03-01).md",
        "b_conflict-20250301-120000.md", "b (SFConflict ines@a.example 2025-03-07-11-30-28).md",
        "b_laptop_Mar-01-1200-2025_Conflict.md", "conflict-files-obsidian-git.md",
    ):  # fmt: skip
        link = f"# Public\n\n[x](<{path}>) [[{path}]]\n"
        yield Way(
            f"a copy at {path}", {path: "SECRET\n", "pages/a.md": link, "journals/x.md": "x"}, ("Public",)
        )
    words = (
        "We leave the house in spring, sell the boat, and tell nobody before the bank has said yes: SECRET.\n"
    )
    for path, head in (
        ("Plan 2.md", "private: true"), ("Plan (1).md", "draft: true"), ("Plan - Kopie.md", "tags: [private]"),
        ("Copy of Plan.md", "publish: false"), ("Plan-DESKTOP-4F2A1B.md", "encrypt: true"),
    ):  # fmt: skip
        yield Way(
            f"a copy of a private note, {path}",
            {"Plan.md": f"---\n{head}\n---\n{words}And more.\n", path: words, "a.md": "# Public\n"},
            ("Public",),
            ("copy-of-private-note",),
        )
    for suffix in (".mdx", ".txt", ".org", ".rst", ".html", ".md.txt", ".excalidraw", ".mdown", ".json", ""):
        yield Way(
            f"a linked file that is private, b{suffix}",
            {
                f"b{suffix}": "---\nprivate: true\n---\nSECRET\n",
                "a.md": f"# Public\n[[b{suffix}]] [x](b{suffix})\n",
            },
            ("Public",),
        )
    yield Way(
        "a canvas that is private",
        {
            "b.canvas": '{"metadata":{"frontmatter":{"Draft":true}},"nodes":[{"id":"1","type":"text","text":"SECRET"}]}'
        },
    )
    yield Way(
        "a card that hides something",
        {
            "b.canvas": '{"nodes":[{"id":"1","type":"text","text":"shown %%SECRET"},'
            '{"id":"2","type":"text","text":"second"}]}'
        },
        ("second",),
        ("comment-open",),
    )


def _near_links() -> Iterator[Way]:
    """Links that are none, or not quite to the note, and what is left of them in the text."""
    hidden = {"SECRET.md": "---\nprivate: true\n---\nx\n"}
    yield Way(
        "a card that links to a private note's file",
        {
            **hidden,
            "b.canvas": '{"nodes":[{"id":"1","type":"link","url":"SECRET.md"},'
            '{"id":"2","type":"text","text":"Public text"}]}',
        },
        ("public text",),
    )
    yield Way(
        "a link around a link to a private note",
        {**hidden, "a.md": "Public text [see [[SECRET]]](SECRET.md)\n"},
        ("public text",),
    )
    yield Way(
        "a link to a block without its number sign",
        {**hidden, "a.md": "Public text [[SECRET^x1]] ![[SECRET^x1]]\n"},
        ("public text",),
    )
    yield Way(
        "a reference of Hugo's in the text",
        {**hidden, "a.md": 'Public text {{< ref "SECRET" >}} and {{< relref "SECRET.md" >}}\n'},
        ("public text",),
    )
    yield Way(
        "a longer path that ends in a private name",
        {**hidden, "a.md": "Public text [[Work/SECRET]] ![[a/b/SECRET.md]] [x](a/SECRET/b)\n"},
        ("public text",),
    )
    yield Way(
        "a path of a private note in prose",
        {**hidden, "a.md": "Public text, see SECRET.md, or (SECRET.md).\n"},
        ("public text",),
    )
    yield Way(
        "what a query of Logseq's asks for",
        {
            "logseq/config.edn": "{}",
            "pages/SECRET.md": "public:: false\n\n- x\n",
            "pages/a.md": "- Public block {{query [[SECRET]]}}\n"
            '- #+BEGIN_QUERY\n  {:query [:find ?p :where [?p :block/name "SECRET"]]}\n  #+END_QUERY\n',
        },
        ("public block",),
    )
    yield Way(
        "an address of another tool's in a Logseq graph",
        {
            "logseq/config.edn": "{}",
            "pages/SECRET.md": "public:: false\n\n- x\n",
            "pages/a.md": "- Public block [[dendron://v/SECRET]] [[SECRET^x1]] [[Work/SECRET]]\n",
        },
        ("public block",),
    )
    yield Way(
        "words before a target that is not there, in Dendron",
        {"dendron.yml": "version: 5\n", **hidden, "a.md": "Public text [[SECRET#x|]] | [[SECRET\\|w]] |\n"},
        ("public text",),
    )


def _near_names() -> Iterator[Way]:
    """Names that are not quite the note's, as people write them who mean it, and as queries ask for them."""
    hidden = {
        "Anna's big SECRET.md": "---\nprivate: true\n---\nx\n",
        "SECRET.md": "---\ndraft: true\n---\nx\n",
    }
    texts = {
        "printed quotes": "[[Anna’s big SECRET]] ![[Anna‘s big SECRET]]",
        "dashes for spaces": "[[annas-big-SECRET]] [x](Annas-big-SECRET.md) [[Anna's_big_SECRET]]",
        "spaces left out": "[[AnnasBigSECRET|AnnasBigSECRET]]",
        "wide letters": "[[\uff21nna's big SECRET]]",
        "a bracket that is escaped": "\\[[SECRET]] more",
        "a link that is broken off": "[[SECRET\n]] and [[SECRET]\n",
        "a query of Dataview's": '\n\n```dataview\nLIST FROM [[SECRET]] OR "SECRET"\n```\n',
        "a query of Obsidian's": "\n\n```query\nfile:SECRET path:(SECRET) [[SECRET]]\n```\n",
        "a query of Tasks'": "\n\n```tasks\npath includes SECRET\n(filename includes Anna's big SECRET)\n```\n",
        "a pattern of a query of Tasks'": "\n\n```tasks\nfilename regex matches /SECRET/i\n```\n",
        "values of a query of Obsidian's lists": "\n\n```base\nviews:\n  - name: SECRET\n    a:\n      - SECRET\n```\n",
        "strings of a query in JavaScript": "\n\n```dataviewjs\ndv.list(dv.page('SECRET').file.tasks)\n```\n",
        "a click of a diagram": '\n\n```mermaid\ngraph TD\n A-->B\n click A "SECRET.html" "SECRET"\n```\n',
        "a click with an address": '\n\n```mermaid\ngraph TD\n A-->B\n click A href "SECRET.md"\n```\n',
        "a link of a sequence": "\n\n```mermaid\nsequenceDiagram\n participant A\n link A: x @ SECRET.md\n```\n",
        "a link in a plugin's box": "\n\n```ad-note\ntitle: [[SECRET]]\n[[SECRET|SECRET]] ![[SECRET]]\n```\n",
        "a link in a plugin's map": "\n\n```leaflet\nid: x\nmarker: default, 1, 2, [[SECRET]]\n```\n",
        "a link in a plugin's chart": "\n\n~~~chart\nlabels: [[[SECRET]]]\n~~~\n",
        "a link in code that is indented": "\n\n    [[SECRET]] [x](SECRET.md) ![[SECRET|a]]\n",
        "a link of Dendron's in a block": "\n\n```md\n[[see|SECRET]] [[a|dendron://x/SECRET]]\n```\n",
        "an address of Dendron's": "\n\nSee dendron://x/SECRET now.\n\n```\ndendron://x/SECRET\n```\n",
        "a link in a block of Markdown": "\n\n```md\nsee [SECRET](SECRET.md)\n```\n",
        "a path in a plugin's block": "\n\n```embed\nSECRET.md\n```\n",
        "a kind of a link": "[[author::SECRET]] [[include:SECRET.md]] [[see::SECRET|SECRET]]",
        "elements in a link in HTML": 'x <a href="SECRET.md"><b>SECRET</b></a> <a href=SECRET.md><i>SECRET</i></a>',
        "a link in a drawing": "x <svg><a xlink:href='SECRET.md'><text>SECRET</text></a></svg>",
        "what a quotation is from": "<blockquote cite='SECRET.md'>y</blockquote> x <q cite='SECRET.md'>z</q>",
        "a link in a formula": "$\\href{SECRET.md}{x}$\n\n$$\n\\url{SECRET.md}\n$$\n",
        "what is imported": "\n\nimport X from './SECRET.md'\n\n{{#include ./SECRET.md:2:10}}\n",
        "a query within a line": "`= [[SECRET]].author` and `$= dv.page('x', \"SECRET\")`",
        "an address of Obsidian's": "obsidian://open?vault=v&file=Anna's%20big%20SECRET&pane=x",
        "a short address of Obsidian's": "obsidian://vault/v/Anna's%20big%20SECRET [x](obsidian://vault/v/SECRET)",
        "an address in an address": "obsidian://advanced-uri?vault=v&filepath=Anna's%2520big%2520SECRET.md",
        "an address of Logseq's": "go to logseq://graph/v?page=SECRET now",
        "an address on a disk": "[SECRET](file:///home/x/Anna's%20big%20SECRET.md) ![](FILE:///x/SECRET.md) <file:///x/SECRET>",
        "what a server is asked": "[SECRET](SECRET.md?plain=1) ![SECRET](SECRET.md?raw=true)",
        "an address of Bear's": "[SECRET](bear://x-callback-url/open-note?title=SECRET&new=yes) bear://open?title=SECRET",
        "an address of NotePlan's": "[SECRET](noteplan://x-callback-url/openNote?noteTitle=Anna%27s%20big%20SECRET)",
        "an address of iA Writer's": "[x](ia-writer://open?path=/Locations/iCloud/SECRET.md)",
        "words of Obsidian's for a heading": "[SECRET > Money](SECRET.md#Money) [[SECRET#Money|SECRET > Money]]",
        "an address with spaces": "[Anna's big SECRET](Anna's big SECRET.md) ![x](Anna's big SECRET.md)",
        "an address of Obsidian's with spaces": "[x](obsidian://open?vault=v&file=Anna's big SECRET)",
        "an editor's address in a block of HTML": "\n\n<div>\n[x](cursor://file/C:/v/Anna's big SECRET.md)\n</div>\n",
        "a link in a block of HTML": "\n\n<div>\n[[SECRET]] ![[SECRET|SECRET]] [SECRET](SECRET.md) SECRET.md\n</div>\n",
        "a link in a box of code": "\n\n<CodeBlock>{`\n[[SECRET]] SECRET.md\n`}</CodeBlock>\n",
        "a title of a container": "\n\n::: {.note title='[[SECRET]]'}\nx\n:::\n",
        "Quarto's title": "\n\n::: {.callout-tip}\n## [[SECRET]]\nx\n:::\n",
        "an element of raw text": "<textarea>[[SECRET]] <textarea rows=2>[[SECRET]]",
        "an address from a site's top": "[SECRET](@/SECRET.md) ![SECRET](@site/SECRET.md) <a href='@/SECRET.md'>x</a>",
        "a shortcode of Zola's": '{{ image(src="SECRET.md", alt="x") }} {% box() %}[[SECRET]]{% end %}',
        "a title above code": '\n\n```py title="hide/SECRET.md"\nx\n```\n',
        "what Quarto includes": '{{< include SECRET.md >}} {{< embed SECRET#fig >}} {{< include "SECRET.md" >}}',
        "what Jekyll and Hexo link": "{% post_url SECRET %} {% post_link SECRET 'x' %} {%- link SECRET.md %}",
        "what is inserted between braces": "{{SECRET}} {{ SECRET }} {{SECRET.md}}",
        "what AsciiDoc includes": "xref:SECRET.md[x] link:SECRET[y] include::SECRET.md[]",
        "a role of MyST's": "{doc}`SECRET` {doc}`x <SECRET>` {download}`SECRET.md` {ref}`SECRET`",
        "a list of MyST's": "\n\n```{toctree}\n:maxdepth: 2\nSECRET\nx <SECRET.md>\n```\n",
        "CriticMarkup": "{++[[SECRET]]++}{--[SECRET](SECRET.md)--}{~~[[SECRET]]~>![[SECRET]]~~}{>>[[SECRET|SECRET]]<<}",
    }
    for name, text in texts.items():
        yield Way(f"nearly a name: {name}", {**hidden, "a.md": f"Public text {text}\n"}, ("public text",))
    stated = {
        "of Obsidian's": "obsidian://open?vault=v&file=Anna's%20big%20SECRET",
        "of Logseq's, among words": "go to logseq://graph/v?page=SECRET now",
        "of Bear's, in a link": "'[SECRET](bear://x-callback-url/open-note?title=SECRET)'",
    }
    for name, value in stated.items():
        yield Way(
            f"an address in a property, {name}",
            {**hidden, "a.md": f"---\nsource: {value}\n---\nPublic text\n"},
            ("public text",),
        )
    asked = ["heading includes SECRET plan", "(heading includes SECRET)", "heading regex matches /SECRET plan/i",
             "heading does not include secret PLAN", "NOT (heading includes SECRET plan)"]  # fmt: skip
    for query in asked:
        yield Way(
            f"a heading that a query of Tasks' asks for: {query}",
            {
                "b.md": "---\ndraft: true\n---\n# Plans\n\n## SECRET plan\n\n- [ ] x\n",
                "a.md": f"## Shown plan\n\nPublic text\n\n```tasks\nheading includes Shown plan\n{query}\n```\n",
            },
            ("public text", "includes shown plan"),
        )
    yield Way(
        "a person of Dendron's",
        {
            "dendron.yml": "version: 5\n",
            "user.SECRET.md": "---\nprivate: true\n---\nx\n",
            "a.md": "Public text @SECRET [[SECRET|user.SECRET]]\n",
        },
        ("public text",),
    )


def _hidden_places() -> Iterator[Way]:
    """Links to what a public note hides, and to the headings of a private day."""
    notes = {
        "b.md": "# Shown\n\n## SECRET plan! #private\n\nx ^SECRET-1\n\n## Last\n\n%%\n\nSECRET\n===\n\n%%\n",
        "2024-05-01.md": "---\nprivate: true\n---\n# SECRET\n",
    }
    texts = {
        "a heading": "[[b#SECRET plan!]] ![[b#SECRET plan!]] [[b#Shown#SECRET plan!|SECRET plan]]",
        "a heading by its anchor": "[SECRET plan](b.md#SECRET-plan) ![](b.md#SECRET-plan) [[b#SECRET-plan]]",
        "a heading with an underline": "[[b#SECRET]] <a href='b.md#SECRET'>SECRET</a>",
        "a block": "[[b#^SECRET-1]] ![[b#^SECRET-1]] [[b#^SECRET-1|SECRET-1]]",
        "a heading of a day": "[[2024-05-01#SECRET]]",
        "a node of a diagram": "\n\n```mermaid\ngraph TD\n  A[b#SECRET]:::internal-link --> B\n```\n",
    }
    for name, text in texts.items():
        yield Way(
            f"a hidden place: {name}",
            {**notes, "a.md": f"Public text {text}\n"},
            ("public text", "shown", "last"),
        )
    yield Way(
        "a hidden place: in front matter",
        {**notes, "a.md": '---\nup: "[[b#SECRET plan!]]"\nsee: "[SECRET](b.md#SECRET)"\n---\nPublic text\n'},
        ("public text",),
    )
    yield Way(
        "a hidden place: of a note that is called as a private folder",
        {
            **notes,
            "x/b/c.md": "---\ndraft: true\n---\n",
            "a.md": f"Public text {texts['a heading']} {texts['a block']}\n",
        },
        ("public text", "shown", "last"),
    )
    yield Way(
        "a hidden place: of the note itself",
        {
            "b.md": "Public text [[#SECRET]] ![[#SECRET]] [SECRET](#SECRET)\n\n# SECRET #private\n\nx\n\n# Last\n"
        },
        ("public text", "last"),
    )


def _hidden_boxes() -> Iterator[Way]:
    """Boxes, sections and spans whose kind says it, and further ways to write a comment or a style that hides."""
    texts = {
        "a container": "Shown\n\n:::private\nSECRET\n:::\n\nlast\n",
        "a container with classes": "Shown\n\n:::: {#x .hidden}\nSECRET\n\n::: note\n:::\n\nSECRET\n::::\n\nlast\n",
        "a container with a fence in it": "Shown\n\n::: comment\n```\n:::\n```\nSECRET\n:::\n\nlast\n",
        "a container never closed": "Shown last\n\n::: private\nSECRET\n",
        "Quarto's": "Shown\n\n::: {.content-hidden}\nSECRET\n:::\n\nlast\n",
        "Quarto's in HTML": 'Shown\n\n::: {.content-hidden when-format="html"}\nSECRET\n:::\n\nlast\n',
        "Quarto's for paper": 'Shown\n\n::: {.content-visible when-format="pdf"}\nSECRET\n:::\n\nlast\n',
        "Quarto's for some": 'Shown\n\n::: {.content-visible when-profile="us"}\nSECRET\n:::\n\nlast\n',
        "Quarto's title": "Shown\n\n::: {.callout-tip}\n## SECRET #private\nSECRET\n:::\n\n## last\n",
        "a title of a container": "Shown\n\n::: {.private title='SECRET'}\nSECRET\n:::\n\n## last\n",
        "a callout": "Shown\n\n> [!private]- Plans\n> SECRET\n>\n> - SECRET\nSECRET\n\nlast\n",
        "a callout in a list": "- Shown\n  > [!Hidden|x]\n  > SECRET\n\nlast\n",
        "what GitBook shows to some visitors": (
            "Shown\n\n{% if visitor.claims.unsigned.team %}\nSECRET\n\n# SECRET\n{% endif %}\n\nlast\n"
        ),
        "a script that ends behind what it is in": (
            'Shown\n\n<object "<"><script></object>SECRET</script>\n\n<div hidden><script></div>SECRET</script>\n\n'
            "a <template><template></template>SECRET</template> b\n\nlast\n"
        ),
        "a tag on two lines of a quote": "Shown\n\n> a <b\n> hidden>SECRET</b> c\n\nlast\n",
        "a tag on two lines of a quote in a list": (
            'Shown\n\n- > a <b class="x"\n  > style="display: none">SECRET</b> c\n\nlast\n'
        ),
        "a tag that ends on a line of its own": "Shown\n\n> [!note] x\n> a <b\n> hidden\n> >SECRET</b> c\n\nlast\n",
        "a box": 'Shown\n\n!!! private "Plans"\n\n    SECRET\n\n    SECRET\n\nlast\n',
        "a box that folds": "Shown\n\n???+ hidden\n    SECRET\n\nlast\n",
        "a block of PyMdown's": "Shown\n\n/// private | Plans\nSECRET\n///\n\nlast\n",
        "a heading's class": "# Shown\n\n## SECRET {.private}\n\nSECRET\n\n### SECRET\n\n## last\n",
        "kramdown's class": "# Shown\n\n## SECRET {: #x .hidden}\n\nSECRET\n\n## last\n",
        "a span": "Shown [SECRET]{.hidden} and [SECRET]{#x .comment} last\n",
        "Jinja's without space": "Shown {#- SECRET -#} last\n",
        "Liquid's in a line": "Shown {% # SECRET %} and {%- # SECRET -%} last\n",
        "LaTeX's": "Shown\n\n\\begin{comment}\nSECRET\n\\end{comment}\n\n\\iffalse\nSECRET\n\\fi\n\nlast\n",
        "a style with a reference": "Shown <b style='display:&#110;one'>SECRET</b> last\n",
        "a style with an escape": "Shown <b style='display:no\\6e e'>SECRET</b> last\n",
        "a style with a remark": "Shown <b style='display:/**/none'>SECRET</b> last\n",
        "a style without colour": "Shown <b style='opacity: 0'>SECRET</b> <i style='font-size:0px;'>SECRET</i> last\n",
        "a diagram's remark in braces": "Shown\n\n```mermaid\ngraph TD\n%%{SECRET}%%\nA-->B\n```\n\nlast\n",
    }
    for name, text in texts.items():
        yield Way(f"hidden boxes: {name}", {"b.md": text}, ("shown", "last"))
    shown = {
        "Quarto's in HTML": '::: {.content-visible when-format="html"}\nA public text\n:::\n',
        "Quarto's not on paper": '::: {.content-hidden when-format="pdf"}\nA public text\n:::\n',
        "in code": "```\n::: private\n```\n\nA public text `[x]{.hidden}`\n",
        "a kind that begins so": "::: hidden-gems\nA public text\n:::\n",
        "prose": "A public text of !!! private matters, \\iffalse and {.private}.\n",
        "half seen": "<b style='opacity: 0.5; font-size: 0.8em'>A public text</b>\n",
    }
    for name, text in shown.items():
        yield Way(f"shown boxes: {name}", {"b.md": text}, ("a public text",))


def _hidden_values() -> Iterator[Way]:
    """Comments within the values of front matter."""
    heads = [
        'title: "Shown %%SECRET%% last"', 'title: "Shown last <!-- SECRET -->"', 'aliases: ["Shown last %%SECRET%%"]',
        'description: "Shown words, %% SECRET %% to the last one"', "tags: [shown, last, '%%SECRET%%']",
        "x: {a: ['shown %%SECRET%% last', {b: '<!--SECRET'}]}", '"%%SECRET%%shown": last',
        "title: 'Shown {# SECRET #} last'", "title: 'Shown {{/* SECRET */}} last'", "title: Shown <%# SECRET %> last",
        "title: 'Shown {% comment %}SECRET{% endcomment %} last'", "title: 'Shown {/* SECRET */} last'",
        "title: 'Shown last {{comment: SECRET {{x}} SECRET}}'", "title: 'Shown {::comment}SECRET{:/comment} last'",
        "title: Shown <span hidden>SECRET</span> last", "title: Shown last <i hidden>SECRET",
        "title: Shown <b hidden><b>x</b>SECRET</b>last", "title: 'Shown <p style=\"display: none\">SECRET</p> last'",
        "title: Shown <template>SECRET</template> last", "title: Shown <title>SECRET</title> last",
        "title: 'Shown [SECRET]{.hidden} last'",
    ]  # fmt: skip
    for head in heads:
        yield Way(f"a comment in front matter: {head}", {"b.md": f"---\n{head}\n---\nx\n"}, ("shown", "last"))
    yield Way(
        "a comment in Logseq's properties",
        {
            "logseq/config.edn": "{}",
            "pages/b.md": "title:: Shown %%SECRET%%\nalias:: a %%SECRET%%\n\n- last\n",
        },
        ("shown", "last"),
    )
    yield Way(
        "a comment in a title that Dendron's links show",
        {
            "dendron.yml": "version: 5\n",
            "b.md": "---\ntitle: 'Shown %%SECRET%%'\n---\nx\n",
            "a.md": "Public text [[b]] last\n",
        },
        ("shown", "last"),
    )


def _parts() -> Iterator[Way]:
    """What is hidden within a note that is published."""
    texts = {
        "in a line": "Shown %%SECRET%% last.",
        "over paragraphs": "Shown %%one\n\nSECRET\n\ntwo%% last.",
        "over a heading": "Shown %%\n\n# SECRET\n\n%%\n\nlast.",
        "over items": "- Shown %%SECRET\n- SECRET%%\n- last",
        "over items of different levels": "- Shown %%a\n  - SECRET\n\n    SECRET\n- b%%\n- last",
        "over cells": "| Shown | b |\n|--|--|\n| %%x | SECRET%% |\n| last | d |",
        "in a cell": "| Shown | b |\n|--|--|\n| %%SECRET%% | last |",
        "over rows": "| Shown | b |\n|--|--|\n| %%x | SECRET |\n| SECRET%% | last |",
        "over tabs": "Shown\tb\tc\n%%x\tSECRET\ty%%\n1\t2\tlast",
        "over an attribute": 'Shown <b title="%%SECRET%%">last</b>',
        "a template's, over an attribute": 'Shown <b title="{# SECRET #}">last</b>',
        "over elements": "Shown <b>%%x</b> <i>SECRET</i>%% last",
        "over a block of HTML": "Shown\n\n<div>\n%%<p>SECRET</p>\n\nSECRET%%\n</div>\n\nlast",
        "in a callout": "> [!note] Shown %%SECRET%%\n> %%SECRET\n> SECRET%%\n> last",
        "out of a quote": "> Shown %%a\n\n# SECRET\n\n%%\n\nlast",
        "over code": "Shown\n\n%%\n```\nSECRET 100%% sure\n```\nSECRET\n%%\n\nlast",
        "over code in a line": "Shown %% `%%` SECRET %% last",
        "after code": "Shown `%%` %%SECRET%% last",
        "after code in a quote that is never closed": "Shown\n\n> ```\n> code\n\n%%SECRET%%\n\nlast",
        "after backticks that are no code": "Shown ` %%SECRET%% last",
        "after backticks that are escaped": "Shown \\` %%SECRET%% \\` last",
        "over a footnote": "Shown[^1] last\n\n[^1]: words %%SECRET%%\n",
        "in a heading": "# Shown %%SECRET%%\n\nlast",
        "in a link": "Shown [words %%SECRET%%](x.md) [[y|z %%SECRET%%]] last",
        "in an address": "Shown [words](a%%SECRET%%.md) last",
        "a tag and a block in it": "Shown %%#SECRET ^SECRET%% last",
        "a link in it": "Shown %%[[SECRET]] ![[SECRET.png]]%% last",
        "a formula": "Shown\n\n$$\nx %% SECRET\n$$\n\nlast",
        "a diagram": "Shown\n\n```mermaid\ngraph TD\n  %% SECRET SECRET SECRET\n  A --> B\n```\n\nlast",
        "a diagram in braces": "Shown\n\n```{mermaid}\npie\n%% SECRET\n```\n\nlast",
        "a diagram in a quote": "Shown\n\n> - ```mermaid\n>   %%SECRET\n>   pie\n>   ```\n\nlast",
        "escaped": "Shown \\%%SECRET%% last",
        "an HTML comment": "Shown <!-- SECRET --> last",
        "an HTML comment over paragraphs": "Shown <!-- a\n\n# SECRET\n\n--> last",
        "an HTML comment over cells": "| Shown | b |\n|--|--|\n| <!-- x | SECRET --> |\n\nlast",
        "an HTML comment in a heading": "# Shown <!-- SECRET -->\n\nlast",
        "an HTML comment over items": "- Shown <!-- SECRET\n- SECRET -->\n- last",
        "an HTML comment with another": "Shown <!-- a %% b --> <!-- SECRET %% --> last",
        "a comment with HTML's": "Shown %% <!-- %% <!-- SECRET --> last",
        "a template": "Shown <template>SECRET</template> last",
        "a template over paragraphs": "Shown\n\n<template>\n\nSECRET\n\n</template>\n\nlast",
        "a template in a template": "Shown <template><template>x</template>SECRET</template> last",
        "noscript": "Shown <noscript>SECRET</noscript> last",
        "a script": "Shown <script>SECRET</script> last",
        "a style": "Shown <style>SECRET</style> last",
        "hidden": "Shown <span hidden>SECRET</span> last",
        "hidden with a value": 'Shown <span class="a" hidden="">SECRET</span> last',
        "HIDDEN over blocks": "Shown\n\n<div HIDDEN><div>x</div>\n\nSECRET\n\n</div>\n\nlast",
        "not displayed": "Shown <span style='display: none'>SECRET</span> last",
        "not visible": 'Shown <span style="color:red;visibility:hidden">SECRET</span> last',
        "what a film says where it cannot be shown": 'Shown <video src="x.mp4">SECRET</video> last',
        "Liquid's comment": "Shown {% comment %}SECRET{% endcomment %} last",
        "Liquid's comment over paragraphs": "Shown\n\n{%- comment -%}\n\n# SECRET\n\n{%- endcomment -%}\n\nlast",
        "a template's comment": "Shown {{/* SECRET */}} {{- /* SECRET */ -}} last",
        "Jinja's comment": "Shown {# SECRET\n\nSECRET #} last",
        "MDX's comment": "Shown {/* SECRET\n\n- SECRET */} last",
        "ERB's comments": "Shown <%# SECRET %> <%-- SECRET --%> last",
        "collapsed": "Shown <p style='visibility:collapse'>SECRET</p> last",
        "a short comment with an end": "Shown <!--> SECRET --> last",
        "a dialog": "Shown <dialog>SECRET</dialog> last",
        "a list of data": "Shown <datalist><option>SECRET</option></datalist> last",
        "a section": "Shown\n\n## S #private\n\nSECRET\n\n### SECRET\n\nSECRET\n\n## Last",
        "a section, underlined": "Shown\n\nS #private\n---\n\nSECRET\n\n# Last",
        "a section of a deeper tag": "# Shown\n\n## SECRET #private/x\nSECRET\n# Last",
        "a section to the end": "# Shown last\n\n## SECRET #Private\n\nSECRET\n",
        "a box in a quote": "Shown\n\n> !!! private\n>     SECRET\n>\n>     SECRET\n>\n> last",
        "a section with a class in a quote": "Shown\n\n> ## SECRET {.private}\n> SECRET\n\nlast",
        "a section in a quote": "Shown\n\n> ## SECRET #private\n> SECRET\n\nlast",
        "a section in an item": "- Shown\n- ## SECRET #private\n  - SECRET\n- last",
        "a section whose next heading is hidden": "# Shown\n\n## S #private\n\n%%\n## x\n%%\n\nSECRET\n\n## Last",
    }  # fmt: skip
    for name, text in texts.items():
        yield Way(f"hidden: {name}", {"b.md": f"{text}\n", "SECRET.png": "x"}, ("shown", "last"))
    opened = {
        "to the end": "Shown %%\n\nSECRET\n\n# SECRET",
        "of a line": "Shown %%SECRET",
        "in an item": "- Shown %%SECRET\n- SECRET",
        "HTML's": "Shown <!-- SECRET\n\nSECRET",
        "HTML's with another end": "Shown <!-- a --!> SECRET",
        "a template": "Shown <template>SECRET\n\nSECRET",
        "an element": "Shown <div hidden>SECRET\n\nSECRET",
    }
    for name, text in opened.items():
        yield Way(f"never closed: {name}", {"b.md": f"{text}\n"}, ("shown",), ("comment-open",))


def _links() -> Iterator[Way]:
    """What public notes say of private ones."""
    private = {
        "hide/SECRET.md": "---\nprivate: true\ntitle: The SECRET title\naliases: [SECRET alias, [SECRET nested]]\n---\n"
        "- x\n"
        f"  id:: {_UUID}\n"
    }
    texts = [
        "[[SECRET]]", "[[hide/SECRET]]", "[[SECRET#Head]]", "[[SECRET#^block]]", "[[SECRET|SECRET]]", "[[SECRET.md]]",
        "[[secret]]", "[[SECRET alias]]", "[[The SECRET title]]", "[[hide/SECRET|hide/SECRET]]", "![[SECRET]]",
        "[[SECRET nested]]",
        "![[SECRET|300]]", "![[hide/SECRET#Head]]", "![[SECRET|SECRET|300x200]]", "[](hide/SECRET.md)",
        "[SECRET](hide/SECRET.md)", "[**SECRET**](hide/SECRET.md)", "[SECRET.md](/hide/SECRET.md)",
        "[`SECRET`](hide/SECRET)",
        '[x](hide/SECRET.md "SECRET")', "![SECRET](hide/SECRET.md)", "![](hide/SECRET.md)",
        "[SECRET][r]\n\n[r]: hide/SECRET.md",
        "[words](hide%2FSECRET.md)", "[SECRET](./hide/SECRET.html)", '<a href="hide/SECRET.md">SECRET</a>',
        '<p><a href="hide/SECRET.md" title="SECRET"><b>SECRET</b></a></p>', '<img src="hide/SECRET.md" alt="SECRET">',
        "# About [[SECRET]]", "- [ ] [[SECRET]]", "> [!note] [[SECRET]]\n> [[SECRET]]",
        "| a | [[SECRET\\|SECRET]] |\n|--|--|\n| [[SECRET]] | b |",
        "x[^1]\n\n[^1]: [[SECRET]]", "```mermaid\ngraph TD\n  A[SECRET]:::internal-link --> B\n```", "[[hide/SECRET/]]",
        "[[../hide/SECRET]]", "[[SECRET#Head|]]", "[[SECRET|]]", "[[SECRET\u00a0alias]]", "[[SECRET\\|SECRET]]",
        "## On [[SECRET]] {#anchor}", "## On [[SECRET]] and <b>more</b>", "![see [[SECRET]]](p.png)",
        "![see [w](hide/SECRET.md)](p.png)", "![[p.png|see [w](hide/SECRET.md)]]",
        "[w](https://e.org 'see [w](SECRET.md)')",
        '<b title="see [[SECRET]]">x</b>', '<div title="see [[SECRET]]">x</div>', "a^[[SECRET]]",
        "a $5 for [[SECRET]] or 6$",
        "$5 for [w](SECRET.md) or 6$", "[w][r]\n\n[r]: https://e.org 'see [w](SECRET.md)'",
        '<a href="obsidian://open?file=SECRET">SECRET</a>', '<div><a href="bear://x?title=SECRET">SECRET</a></div>',
    ]  # fmt: skip
    for text in texts:
        yield Way(
            f"a link: {text}",
            {
                **private,
                "a.md": f"Public words and {text}\n"
                if text[0] not in "#->|`<"
                else f"Public words\n\n{text}\n",
            },
            ("public words",),
        )
    heads = [
        'up: "[[SECRET]]"', "up: [[SECRET]]", "up: ['[[SECRET|SECRET]]', '[[hide/SECRET]]']", "up: hide/SECRET.md",
        'see: "[x](hide/SECRET.md)"', 'description: "About [[SECRET]] and more words than a few, for a list"',
        'title: "On [[SECRET]]"', '"[[SECRET]]": words', 'see: {"[[SECRET]]": words, all: [a, "[[hide/SECRET]]"]}',
        "title: On <a href='hide/SECRET.md'>SECRET</a>", "title: On [w](obsidian://open?file=SECRET)",
        "see: <img src='hide/SECRET.md'> and <a href=bear://x?title=SECRET>it</a>",
        "tags: [[SECRET]]", "tags: 'a, [[SECRET]]'", "aliases: [[SECRET]]", "tags: [b, [[SECRET|SECRET]]]",
        "see: [{who: hide/SECRET.md}, {how: '[SECRET](hide/SECRET.md)'}]", "see: [[[SECRET]], {b: [[SECRET|SECRET]]}]",
    ]  # fmt: skip
    for head in heads:
        yield Way(
            f"front matter: {head}",
            {**private, "a.md": f"---\n{head}\n---\nPublic words\n"},
            ("public words",),
        )
    card = '{"id":"1","type":"file","file":"hide/SECRET.md","x":0,"y":0,"width":1,"height":1}'
    text = '{"id":"2","type":"text","text":"[[SECRET]]","x":0,"y":9,"width":1,"height":1}'
    edge = '"edges":[{"id":"e","fromNode":"1","toNode":"2"}]'
    yield Way("a card", {**private, "c.canvas": f'{{"nodes":[{card}]}}'})
    for words in (
        "see ![[SECRET]]", "see [SECRET](hide/SECRET.md)", "see <a href='hide/SECRET.md'>SECRET</a>",
        "$5 [[SECRET]] 6$",
        "![see [[SECRET]]](p.png)", "<b title='[[SECRET]]'>see</b>", "see^[[SECRET]]", "> [!private] SECRET",
        "see words enough that a name is cut off within itself [[The SECRET title]]", "[SECRET]{.hidden} x",
        "## SECRET {.private}\n\nx", "!!! private\n    SECRET", "::: private\nSECRET\n:::",
    ):  # fmt: skip
        first = json.dumps(
            {"id": "1", "type": "text", "text": words, "x": 0, "y": 0, "width": 1, "height": 1}
        )
        last = json.dumps(
            {"id": "2", "type": "text", "text": "last", "x": 0, "y": 9, "width": 1, "height": 1}
        )
        board = f'{{"nodes":[{first},{last}],{edge}}}'
        yield Way(f"a card with an arrow: {words}", {**private, "c.canvas": board}, ("last",))
    for words in (
        "^[[SECRET]]", "on <b title='[[SECRET]]'>x</b>", '<img alt="[[SECRET]]" src="p.png">', "[[SECRET#x]]",
        "&#91;&#91;SECRET]]", "obsidian://open?file=SECRET", '[so]{title="[[SECRET]]"}',
    ):  # fmt: skip
        group = {"id": "1", "type": "group", "label": words, "x": 0, "y": 0, "width": 9, "height": 9}
        headed = {
            "id": "2",
            "type": "text",
            "text": f"## {words} {{#so}}\n\nlast",
            "x": 1,
            "y": 1,
            "width": 1,
        }
        board = json.dumps({"nodes": [group, headed], "edges": [{"fromNode": "1", "toNode": "2"}]})
        yield Way(f"a group and a card's heading: {words}", {**private, "c.canvas": board}, ("last",))
    yield Way("a card with an arrow", {**private, "c.canvas": f'{{"nodes":[{card},{text}],{edge}}}'})
    yield Way(
        "a name in its folder",
        {
            "SECRET/b.md": "---\ndraft: true\n---\n",
            "a.md": "Public words [[SECRET/]] [[SECRET]] [x](SECRET/) [[SECRET/other]]\n",
        },
        ("public words",),
    )
    yield Way(
        "a level of a name",
        {
            "x.SECRET.md": "---\nprivate: true\n---\n",
            "x.md": "Public words [[x.SECRET]]\n",
            "dendron.yml": "version: 5\n",
        },
        ("public words",),
    )
    yield Way(
        "tags of a private note",
        {"b.md": "---\ndraft: true\ntags: [SECRET]\n---\n#SECRET\n", "a.md": "Public words\n"},
        ("public words",),
    )
    yield Way(
        "addresses of a private note",
        {"b.md": "---\ndraft: true\npermalink: /SECRET/\nredirect_from: [/SECRET2]\n---\n"},
    )
    yield Way(
        "a page by its title",
        {
            "logseq/config.edn": "{}",
            "pages/b.md": "title:: SECRET\npublic:: false\n\n- x\n",
            "pages/a.md": "- Public words [[SECRET]] {{embed [[SECRET]]}}\n",
        },
        ("public words",),
    )
    yield Way(
        "a page in a link with words",
        {
            "logseq/config.edn": "{}",
            "pages/SECRET.md": "public:: false\n",
            "pages/a.md": "- Public words [SECRET]([[SECRET]]) #SECRET\n".replace(" #SECRET", ""),
        },
        ("public words",),
    )
    yield Way(
        "a link within a property",
        {
            "logseq/config.edn": "{}",
            "pages/SECRET.md": "public:: false\n",
            "pages/a.md": "description:: A description that is long enough, of [[SECRET]] and more\n\n- Public words\n",
        },
        ("public words", "long enough"),
    )
    for words in (
        "title:: Plans of [[SECRET]]", "title:: Plans [so]([[SECRET]])", 'title:: "Plans of [[SECRET]]"',
        "alias:: [[SECRET]] notes, other", "aliases:: notes of [[SECRET]]", 'place:: "of [[SECRET]]"',
        '---\ntitle: "Plans of [[SECRET]]"\nalias: ["of [[SECRET]]"]\n---',
    ):  # fmt: skip
        yield Way(
            f"a link in what is flattened: {words}",
            {
                "logseq/config.edn": "{}",
                "pages/SECRET.md": "public:: false\n",
                "pages/a.md": f"{words}\n\n- Public words\n",
                "pages/c.md": "- [[a]]\n",
            },
            ("public words",),
        )
    yield Way(
        "a link in an attribute of Hiccup's",
        {
            "logseq/config.edn": "{}",
            "pages/SECRET.md": "public:: false\n",
            "pages/a.md": '- Public words [:b {:title "see [[SECRET]]"} "x"]\n',
        },
        ("public words",),
    )
    yield Way(
        "a comment in a list of Bases",
        {
            "x.base": "# SECRET\nviews:\n  - type: table # SECRET\n",
            "a.md": "Public words [so](x.base) ![[x.base]]\n",
        },
        ("public words",),
    )
    yield Way(
        "a title above code, and words in a diagram",
        {
            **private,
            "a.md": 'Public words\n\n```py title="on [[SECRET]]"\nx\n```\n\n'
            "```mermaid\ngraph TD\nA[\"<a href='hide/SECRET.md'>SECRET</a>\"] --> B\n```\n",
        },
        ("public words",),
    )
    yield Way(
        "a title that asks",
        {
            "logseq/config.edn": "{}",
            "pages/x SECRET%3F.md": "public:: false\n",
            "pages/a.md": "- Public words [[x SECRET?]] and [[x SECRET?]]\n",
        },
        ("public words",),
    )
    yield Way(
        "a link to another vault of Dendron's",
        {
            "dendron.yml": "version: 5\n",
            "b.SECRET.md": "---\nprivate: true\ntitle: The SECRET\n---\n",
            "a.md": "Public words [[The SECRET|dendron://vault/b.SECRET]] [[dendron://vault/b.SECRET]]\n",
        },
        ("public words",),
    )
    yield Way(
        "tags that are pages",
        {
            "logseq/config.edn": "{}",
            "pages/x___SECRET.md": "public:: false\n",
            "pages/a.md": "tags:: x/SECRET\nup:: [[x/SECRET]], [[y]]\n\n- Public words #[[x/SECRET]] #x/SECRET\n",
        },
        ("public words",),
    )
    yield Way(
        "a link for Obsidian",
        {**private, "a.md": "Public words [SECRET](obsidian://open?vault=v&file=hide%2FSECRET)\n"},
        ("public words",),
    )
    yield Way(
        "a board that cannot be read",
        {
            **private,
            "b.canvas": '{"nodes": [{"file": "hide/SECRET.md"',
            "a.md": "Public words [[b.canvas]]\n",
        },
        ("public words",),
    )
    yield Way(
        "an Org page by its tag",
        {"logseq/config.edn": "{}", "pages/b.org": "* SECRET :private:\n", "pages/a.md": "- Public words\n"},
        ("public words",),
    )
    graph = {"logseq/config.edn": "{}"}
    for flag in ("private:: true", "public:: false", "draft:: yes", "encrypt:: true"):
        yield Way(
            f"a block in a graph: {flag}",
            {
                **graph,
                "pages/a.md": f"- Public words\n- SECRET\n  {flag}\n\t- SECRET\n\t\t- SECRET\n- last\n",
            },
            ("public words", "last"),
        )
    headlines = {
        "a comment": "* COMMENT SECRET",
        "a task that is a comment": "* TODO COMMENT SECRET",
        "no export": "* SECRET :noexport:",
        "no export, among tags": "* SECRET :a:noexport:b:",
    }
    for name, headline in headlines.items():
        yield Way(
            f"an Org headline: {name}",
            {**graph, "pages/a.org": f"* Public words\n{headline}\nSECRET\n** SECRET\nSECRET\n* last\n"},
            ("public words", "last"),
        )
    yield Way(
        "a picture of a private note",
        {"b.md": "---\ndraft: true\n---\n![[SECRET.png]]\n", "SECRET.png": "x", "a.md": "Public words\n"},
        ("public words",),
    )
    yield Way(
        "a name that a public note mentions",
        {"hide/SECRET.md": "---\ndraft: true\n---\nWritten to [[a]].\n", "a.md": "Public words\n"},
        ("public words",),
    )


WAYS: tuple[Way, ...] = (
    *_heads(), *_misplaced(), *_settings(), *_parts(), *_links(), *_near_links(), *_near_names(), *_hidden_places(),
    *_hidden_values(), *_hidden_boxes(), *folder_ways(), *tool_ways(), *elsewhere_ways(), *site_ways(),
    *schedule_ways(), *head_ways(),
)  # fmt: skip


def secret_of(number: int) -> str:
    """A word that is in no language, the way's own: `qxabqzk`."""
    letters = ""
    for _ in range(3):
        number, digit = divmod(number, 20)
        letters += "bcdfghjklmnpqrstvwxz"[digit]
    return f"qx{letters}qzk"


@dataclass(frozen=True, slots=True)
class Planted:
    """A way in its folder."""

    way: Way
    folder: str
    secret: str
    files: Mapping[str, bytes] = field(default_factory=dict)


def planted(ways: tuple[Way, ...] = WAYS) -> tuple[Planted, ...]:
    """Each way in a folder of its own, with a secret of its own."""
    return tuple(_planted(number, way) for number, way in enumerate(ways))


def _planted(number: int, way: Way) -> Planted:
    secret, folder = secret_of(number), f"w{number:03}"
    files = {}
    for path, content in way.files.items():
        if isinstance(content, bytes):
            wide = "SECRET".encode("utf-16-le")
            content = content.replace(wide, secret.encode("utf-16-le"))
        else:
            content = content.replace("SECRET", secret).replace("secret", secret).encode()
        files[f"{folder}/{path.replace('SECRET', secret)}"] = content
    return Planted(way, folder, secret, files)
