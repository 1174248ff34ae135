"""Notes whose day has not come, or is over: in 2090, or before 2001; and days that keep nothing back."""

from collections.abc import Iterator

from tests.support.way import Way

_NOTE = "# Public\n\nA public note that links [[b]].\n"
_SHOWN = ("public note",)
_TOLD, _UNCLEAR = ("note-scheduled",), ("schedule-unclear",)


def schedule_ways() -> Iterator[Way]:
    """One after the other."""
    yield from _heads()
    yield from _places()
    yield from _generators()
    yield from _beside()
    yield from _names()
    yield from _shown()


def _heads() -> Iterator[Way]:
    heads = [
        "publishDate: 2090-01-01", "PublishDate: 2090-01-01", "publish_date: 2090-01-01", "publish-date: 2090-01-01",
        "Publish Date: 2090-01-01", '"publishDate": "2090-01-01"', "publishDate: !!str 2090-01-01",
        "pubdate: 2090-01-01", "pubDatetime: 2090-01-01T09:00:00Z", "published: 2090-01-01", "publish: 2090-01-01",
        "dg-publish: 2090-01-01", "published_at: 2090-01-01T00:00:00.000Z", "publish_on: 2090-01-01", "goLiveAt: 2090",
        "publishDate: 2090-01-01T00:00:00+02:00", "publishDate: 2090-01-01 09:00:00 -0500",
        "publishDate: 2090-01-01 9pm", "publishDate: 2090-01-01 21h30", "publishDate: 2090-01-01 09:00 CET",
        "publishDate: 2090-01-01T09:00:00[Europe/Berlin]", "publishDate: 2090-01-01 at noon",
        "publishDate: 3786912000", "publishDate: 3786912000000", "publishDate: 20900101",
        "publishDate: 20900101T090000",
        "publishDate: 2090", "publishDate: 2090-01", "publishDate: January 2090", "publishDate: Jan 1, 2090",
        "publishDate: 1st of January 2090", "publishDate: Sun, 1 Jan 2090 10:00:00 +0000", "publishDate: 01.02.2090",
        "publishDate: 1/2/2090", "publishDate: 5 de enero de 2090", "publishDate: 2090年1月1日",
        'publishDate: "[[2090-01-01]]"', "publishDate: [2090-01-01]", "publishDate:\n- 2000-01-01\n- 2090-01-01",
        "publishDate: 2000-01-01\npublished: 2090-01-01", "publishDate: 2000-01-01\npublishDate: 2090-01-01",
        "params:\n  publishDate: 2090-01-01", "extra: {publishDate: 2090-01-01}", "publsihDate: 2090-01-01",
        "date: 2000-01-01\npublishDate: 2090-01-01", "draft: false\npublishDate: 2090-01-01",
        "publish: true\npublishDate: 2090-01-01", "Veröffentlichungsdatum: 1.2.2090", "公開日: 2090-01-01",
        "status: future\ndate: 2090-01-01", "status: scheduled\ndate: 2090-01-01", "publishDate: 9999-12-31",
        "pub\u200blishDate: 2090-01-01", "publ\u0456shDate: 2090-01-01", "publishDate: 2090-01-01 # a remark",
        "expiryDate: 2000-01-01", "unpublishdate: 2000-01-01T10:00:00Z", "unpublish_date: 2000-01-01",
        "unpublish: 2000-01-01", "expiry_date: 1/2/2000", "expiryDate: [2090-01-01, 2000-01-01]",
        "publishDate: 2090-01-01\nexpiryDate: 2090-02-01", "publishDate: 1999-01-01\nexpiryDate: 2000-02-01",
        "encrypt: true\npublishDate: 2090-01-01",
    ]  # fmt: skip
    for head in heads:
        yield Way(f"day: {head}", {"b.md": f"---\n{head}\n---\nSECRET\n", "a.md": _NOTE}, _SHOWN, _TOLD)
    unclear = [
        "publishDate: soon", "publishDate: 2027-13-45", "publishDate: 2020-02-30", "publishDate: '{{date}}'",
        "publishDate: 2020-01-01 or 2090-01-01", "publishDate: 民國116年1月1日", "publishDate: 2027-W01",
        "publishDate: true", "publishDate: {year: 2020}", "publishDate: tomorrow", "publishDate: never",
        "expiryDate: when it is over", "pubdate: TBD", "publishDate: [2020-01-01, later]",
    ]  # fmt: skip
    for head in unclear:
        yield Way(f"day: {head}", {"b.md": f"---\n{head}\n---\nSECRET\n"}, problems=_UNCLEAR)


def _places() -> Iterator[Way]:
    """Where a day may stand beside front matter that is read."""
    block = "---\npublishDate: 2090-01-01\n---\nSECRET\n"
    texts = {
        "TOML": "+++\npublishDate = 2090-01-01\n+++\nSECRET\n",
        "TOML with a time": "+++\npublishDate = 2090-01-01T09:00:00Z\n+++\nSECRET\n",
        "TOML, local": "+++\npublishDate = 2090-01-01 09:00:00\n+++\nSECRET\n",
        "TOML, in a text": "+++\npublishDate = '2090-01-01'\n+++\nSECRET\n",
        "JSON": '{\n  "title": "x",\n  "publishDate": "2090-01-01"\n}\nSECRET\n',
        "JSON between fences": '---json\n{"publishDate": "2090-01-01"}\n---\nSECRET\n',
        "YAML that cannot be read": "---\ntitle: [\npublishDate: 2090-01-01\n---\nSECRET\n",
        "TOML that cannot be read": "+++\ntitle = x\npublishDate = 2090-01-01\n+++\nSECRET\n",
        "JSON that cannot be read": '{"title": "x", "publishDate": "2090-01-01",}\nSECRET\n',
        "a list": "---\n- publishDate: 2090-01-01\n---\nSECRET\n",
        "under a title": f"# Title\n{block}",
        "under a title and a blank line": f"# Title\n\n{block}",
        "under blank lines": f"\n\n{block}",
        "in a comment": "<!--\npublishDate: 2090-01-01\n-->\nSECRET\n",
        "in a fence of code": "```yaml\npublishDate: 2090-01-01\n```\nSECRET\n",
        "never closed": "---\ntitle: x\npublishDate: 2090-01-01\n\nSECRET\n",
        "MultiMarkdown": "Title: x\nPublishDate: 2090-01-01\n\nSECRET\n",
        "Pelican": "Title: x\nDate: 2020-01-01\nPublish_Date: 2090-01-01\n\nSECRET\n",
        "without a fence": "publishDate: 2090-01-01\n\nSECRET\n",
        "Logseq": "publishDate:: 2090-01-01\n\n- SECRET\n",
        "Logseq, a link": "title:: x\npublish-date:: [[2090-01-01]]\n\n- SECRET\n",
        "Dataview": "# Title\npublishDate:: 2090-01-01\n\nSECRET\n",
        "Dataview in brackets": "[publishDate:: 2090-01-01] SECRET\n",
        "Org's keyword": "#+PUBLISHDATE: 2090-01-01\n\nSECRET\n",
        "MDX": "export const metadata = { publishDate: '2090-01-01' }\n\nSECRET\n",
        "Notion": "# Title\n\nPublish Date: January 1, 2090\nTags: a\n\nSECRET\n",
        "in bold": "**publishDate**:: 2090-01-01\n\nSECRET\n",
        "Nikola's": ".. title: x\n.. publishdate: 2090-01-01\n\nSECRET\n",
    }
    for name, text in texts.items():
        yield Way(f"day, {name}", {"b.md": text, "a.md": _NOTE}, _SHOWN)


def _generators() -> Iterator[Way]:
    """Where a `date` alone keeps its note back."""
    later, b = "---\ndate: 2090-01-01\n---\nSECRET\n", "b.md"
    cases: dict[str, dict[str, str]] = {
        "Hugo": {"hugo.toml": "", f"content/{b}": later},
        "Hugo, YAML": {"config.yaml": "baseURL: https://x.org\n", f"content/{b}": later},
        "Hugo, a folder": {"config/_default/hugo.toml": "title = 'x'\n", f"content/{b}": later},
        "Hugo, only at home": {
            "config/_default/hugo.toml": "title = 'x'\n",
            "config/development/hugo.toml": "buildFuture = true\n",
            f"content/{b}": later,
        },
        "Hugo, a remark": {"hugo.toml": "# buildFuture = true\n", f"content/{b}": later},
        "Hugo, its change": {"hugo.toml": "", f"content/{b}": later.replace("date", "lastmod")},
        "Hugo, names": {
            "hugo.toml": "[frontmatter]\ndate = [':filename']\n",
            "content/2090-01-01-b.md": "SECRET\n",
        },
        "Hugo, cascade": {
            "content/p/_index.md": "---\ncascade:\n  publishDate: 2090-01-01\n---\n",
            f"content/p/{b}": "SECRET\n",
        },
        "Hugo, a bundle": {"hugo.toml": "", "content/p/index.md": later, "content/p/more.md": "SECRET\n"},
        "Jekyll": {"_config.yml": "title: x\n", "_posts/2020-01-01-b.md": later},
        "Jekyll, a name": {"_config.yml": "title: x\n", "_posts/2090-01-01-b.md": "SECRET\n"},
        "Jekyll, a collection": {"_config.yml": "collections: {r: {output: true}}\n", "_r/b.md": later},
        "Jekyll, deep": {"_config.yml": "title: x\n", "blog/_posts/x/2090-01-01-b.md": "SECRET\n"},
        "Jekyll, without settings": {"_posts/2090-01-01-b.md": "SECRET\n"},
        "Bridgetown": {
            "bridgetown.config.yml": "template_engine: erb\n",
            "src/_posts/2090-01-01-b.md": "SECRET\n",
        },
        "Hexo": {"_config.yml": "source_dir: source\nfuture: false\n", f"source/_posts/{b}": later},
        "Nikola": {
            "conf.py": "BLOG_TITLE = 'x'\n",
            f"posts/{b}": ".. title: x\n.. date: 2090-01-01\n\nSECRET\n",
        },
        "Nikola, YAML": {"conf.py": "POSTS = ()\n", f"posts/{b}": later},
        "ABlog": {"conf.py": "extensions = ['ablog']\n", f"posts/{b}": later},
        "Pelican": {
            "pelicanconf.py": "WITH_FUTURE_DATES = False\n",
            f"content/{b}": "Title: x\nDate: 2090-01-01\n\nSECRET\n",
        },
        "MkDocs": {"mkdocs.yml": "plugins:\n- blog:\n    draft_if_future_date: true\n", f"docs/{b}": later},
        "MkDocs, a table": {
            "mkdocs.yml": "plugins:\n- blog:\n    draft_if_future_date: true\n",
            f"docs/{b}": "---\ndate:\n  created: 2090-01-01\n---\nSECRET\n",
        },
        "Middleman": {
            "config.rb": "activate :blog do |blog|\nend\n",
            "source/2090-01-01-b.html.md": "SECRET\n",
        },
    }
    for name, files in cases.items():
        yield Way(f"later date: {name}", files)


def _beside() -> Iterator[Way]:
    """What lies beside notes, or above them, and gives them a day."""
    day = "publishDate: 2090-01-01\n"
    cases = {
        "a file of the note's": {"b.md": "SECRET\n", "b.md.meta": f"title: x\n{day}"},
        "Nikola's": {
            "conf.py": "POSTS = ()\n",
            "b.md": "SECRET\n",
            "b.meta": ".. title: x\n.. date: 2090-01-01\n",
        },
        "Eleventy's JSON": {"p/b.md": "SECRET\n", "p/p.json": '{"publishDate": "2090-01-01"}'},
        "Eleventy's script": {
            "p/b.md": "SECRET\n",
            "p/p.11tydata.js": "module.exports = {publishDate: '2090-01-01'}",
        },
        "Jekyll's defaults": {
            "_config.yml": "defaults:\n- scope: {path: x}\n  values: {publishDate: 2090-01-01}\n",
            "x/b.md": "SECRET\n",
        },
        "Lume's": {"_data.yml": day, "b.md": "SECRET\n"},
    }
    for name, files in cases.items():
        yield Way(f"a day beside: {name}", files)


def _names() -> Iterator[Way]:
    """Where a note that waits could be named."""
    files = {
        "b.md": "---\ntitle: SECRET\naliases: [SECRET alias]\ntags: [SECRETtag]\npublishDate: 2090-01-01\n---\n"
        "# SECRET heading\n\n![[SECRET.png]] [[SECRET]] SECRET\n",
        "SECRET.png": "x",
        "folder/SECRET.md": "---\npublishDate: 2090-01-01\n---\nx\n",
        "SECRETs/x.md": "---\npublishDate: 2090-01-01\n---\nx\n",
        "a.md": "# Public\n\nA public note that links [[SECRET alias]], [[b]], [[folder/SECRET]], ![[SECRET]] and "
        "[it](b.md#SECRET-heading), [[SECRETs/x]].\n",
        "c.canvas": '{"nodes": [{"id": "1", "type": "file", "file": "folder/SECRET.md", "x": 0, "y": 0, "width": 9, '
        '"height": 9}], "edges": []}',
    }
    yield Way("day, names of the note", files, _SHOWN)
    page = "<!-- --->\n---\npublishDate: 2090-01-01\n---\nSECRET\n"
    yield Way(
        "day, a file that is no note", {"b.mdown": page[10:], "a.md": "A public note. [x](b.mdown)\n"}, _SHOWN
    )


def _shown() -> Iterator[Way]:
    heads = [
        "publishDate: 2000-01-01", "publishDate: 2000-01-01T23:00:00-10:00", "publishDate:", "publishDate: ''",
        "publishDate: null", "publishDate: 0001-01-01", "expiryDate: 0001-01-01T00:00:00Z", "expiryDate: never",
        "expiryDate: 2090-01-01", "expiryDate:", "published: 2019", "published: March 2019", "published: true",
        "date: 2090-01-01", "created: 2090-01-01", "due: 2090-01-01", "scheduled: 2090-01-01", "deadline: 2090-01-01",
        "releaseDate: 2090-01-01", "expires: 2000-01-01", "expired: 2000-01-01", "start: 2090-01-01", "event: 2090",
        "status: scheduled", "status: future\ndate: 2000-01-01", "publisher: 2090", "publication: Nature 2090",
        "publishDate: 14 September 2023", "publishDate: 2023-09-14 (first draft)", "lastmod: 2090-01-01",
        "publishDate: 1000000000", "publishDate: 2000-01-01\ndate: 2090-01-01", "unpublished: 2090-01-01",
        "embargo: of oil", "publishDate: 2000-01-01\nexpiryDate: 2090-01-01",
    ]  # fmt: skip
    for head in heads:
        yield Way(f"shown: {head}", {"b.md": f"---\n{head}\n---\nA public note.\n"}, _SHOWN)
    later = "---\ndate: 2090-01-01\n---\nA public note.\n"
    cases = {
        "a diary": {"Journal/2090-01-01.md": "A public note.\n"},
        "Obsidian": {".obsidian/app.json": "{}", "b.md": later},
        "Hugo, publishDate": {
            "hugo.toml": "",
            "content/b.md": later.replace("---\nA", "publishDate: 2000-01-01\n---\nA"),
        },
        "Hugo, buildFuture": {"hugo.toml": "buildFuture = true\n", "content/b.md": later},
        "Hugo, another day": {"hugo.toml": "", "content/b.md": later.replace("date", "created")},
        "Hugo, a name": {"hugo.toml": "", "content/2090-01-01-b.md": "A public note.\n"},
        "Hugo, own over cascade": {
            "content/p/_index.md": "---\ncascade:\n  publishDate: 2090-01-01\n---\n",
            "content/p/b.md": "---\npublishDate: 2000-01-01\n---\nA public note.\n",
        },
        "Jekyll, future": {"_config.yml": "future: true\n", "_posts/2090-01-01-b.md": "A public note.\n"},
        "Jekyll, a page": {"_config.yml": "title: x\n", "b.md": later},
        "Jekyll, its own date": {
            "_config.yml": "title: x\n",
            "_posts/2090-01-01-b.md": later.replace("2090", "2000"),
        },
        "Hexo": {"_config.yml": "source_dir: source\n", "source/_posts/b.md": later},
        "Nikola": {"conf.py": "POSTS = ()\nFUTURE_IS_NOW = True\n", "posts/b.md": later},
        "Pelican": {"pelicanconf.py": "AUTHOR = 'x'\n", "content/b.md": later},
        "Zola": {"zola.toml": "base_url = 'https://x.org'\n", "content/b.md": later},
        "MkDocs": {"mkdocs.yml": "plugins: [blog]\n", "docs/b.md": later},
        "Sphinx": {"conf.py": "project = 'x'\n", "b.md": later},
        "a plan in Logseq": {
            "logseq/config.edn": "{}",
            "pages/b.md": "- A public note.\n  SCHEDULED: <2090-01-01 Sun>\n",
        },
        "a sentence": {"b.md": "# Title\n\nA public note.\n\npublishDate: 2090-01-01 is what Hugo has.\n"},
        "code": {"b.md": "A public note.\n\n```yaml\npublishDate: 2090-01-01\n```\n"},
    }
    for name, files in cases.items():
        yield Way(f"shown: {name}", files, _SHOWN)
