"""What other programs keep for themselves, and names that only look like the ones for private."""

from collections.abc import Iterator

from notegen.text.comments import NOT_SHOWN, SHOWN_INSTEAD
from tests.support.way import Way

_ID, _TAG, _LINK = "0123456789abcdef0123456789abcdef", "1" * 32, "2" * 32
_NOTE = "Public words\n"
_LOOKS = ("PRİVATE", "ｐｒｉｖａｔｅ", "prıvate", "pri\u200bvate", "рrivate", "\u202eprivate")


def tool_ways() -> Iterator[Way]:
    """One after the other."""
    yield from _looks()
    yield from _joplin()
    yield from _tiddlywiki()
    yield from _bundles()
    yield from _scripts()
    yield from _bins()
    yield from _notion()
    yield from _first_pages()
    yield from _components()
    private = {"SECRET.md": "---\nprivate: true\n---\nx\n", "p.png": "x"}
    for number, link in enumerate(
        (
            "[x](https://me.example '[[SECRET]]')",
            '![x](p.png "see [[SECRET]]")',
            "[x](vscode://file/home/me/notes/SECRET.md:12:3)",
            "[x](cursor://file/C:/notes/SECRET.md)",
            "[x](obsidian://open?file=SECRET&line=3)",
            "seen #[[SECRET]] there",
        )
    ):
        yield Way(f"a name in a link, {number}", {**private, "a.md": f"{_NOTE}\n{link}\n"}, ("public words",))
    for head in ("tlp: red", "TLP: 'TLP:AMBER+STRICT'", "tlp: green", "access: me", "visibility: only me",
                 "share: friends", "not_public: true", "not-published: yes", 'tags: ["private:"]'):  # fmt: skip
        yield Way(f"a word: {head}", {"b.md": f"---\n{head}\n---\nSECRET\n"})
    for head in (
        "tags: #private",
        "Tags:  #sea #private # a remark",
        "tags:\n- #sea\n  \n- #private",
        "keyword: #Private",
    ):
        yield Way(f"tags that YAML takes for a comment: {head}", {"b.md": f"---\n{head}\n---\nSECRET\n"})
    for head in ("tlp: clear", "TLP: WHITE", "not_public: false"):
        yield Way(f"a word for public: {head}", {"b.md": f"---\n{head}\n---\n{_NOTE}"}, ("public words",))


def _looks() -> Iterator[Way]:
    for number, name in enumerate((*_LOOKS, "private ", "Dra\u200bfts")):
        yield Way(
            f"a folder that looks so, {number}",
            {f"{name}/b.md": "SECRET\n", "a.md": _NOTE},
            ("public words",),
        )
    for number, name in enumerate(_LOOKS):
        yield Way(f"a tag that looks so, {number}", {"b.md": f"---\ntags: [{name}]\n---\nSECRET\n"})
        if not name.startswith("\u202e"):
            yield Way(f"a tag that looks so in the text, {number}", {"b.md": f"SECRET #{name}\n"})
            files = {"b.md": f"{_NOTE}\n## Hush #{name}\n\nSECRET\n\n## Last\n"}
            yield Way(f"a section whose tag looks so, {number}", files, ("public words", "last"))
    yield Way("a key that looks so", {"b.md": "---\nPRİVATE: true\nprıvate: true\n---\nSECRET\n"})
    yield Way(
        "a tag that looks otherwise",
        {"b.md": "#приватно #pirate #privé\n\nPublic words\n"},
        ("public words",),
    )


def _components() -> Iterator[Way]:
    for name in (*NOT_SHOWN, *SHOWN_INSTEAD):
        tag = name.capitalize()
        for suffix, text in (
            (".mdx", f"<Tabs>\n<{tag}>\nSECRET\n</{tag}>\n</Tabs>"),
            (".md", f"<Card/> in <{tag} a={{b}}>SECRET</{tag}> a line"),
        ):
            yield Way(f"a component, {tag}{suffix}", {f"a{suffix}": f"{_NOTE}\n{text}\n"}, ("public words",))


def _joplin() -> Iterator[Way]:
    def item(text: str, type: int, **fields: object) -> str:
        lines = {
            "id": _ID,
            "created_time": "2020-01-01T00:00:00.000Z",
            "is_conflict": 0,
            **fields,
            "type_": type,
        }
        return f"{text}\n\n" + "\n".join(f"{key}: {value}" for key, value in lines.items())

    kept_back = {
        "a conflict": item("T\n\nSECRET", 1, is_conflict=1),
        "in the bin": item("T\n\nSECRET", 1, deleted_time=1577836800000),
        "encrypted": item("SECRET", 1, encryption_applied=1),
        "a file": item("SECRET.pdf", 4, mime="application/pdf"),
        "a folder": item("SECRET", 2),
        "a tag": item("SECRET", 5),
    }
    for name, text in kept_back.items():
        yield Way(f"Joplin, {name}", {f"{_ID}.md": text, "a.md": _NOTE}, ("public words",))
    place = item(
        "T\n\nPublic words", 1, latitude="48.2SECRET", author="SECRET", source_url="https://SECRET.example"
    )
    yield Way("Joplin, what it knows of a note", {f"{_ID}.md": place}, ("public words",))
    tagged = {
        f"{_ID}.md": item("T\n\nSECRET", 1),
        f"{_TAG}.md": item("private", 5, id=_TAG),
        f"{_LINK}.md": item("", 6, id=_LINK, note_id=_ID, tag_id=_TAG).lstrip(),
        "a.md": _NOTE,
    }
    yield Way("Joplin, a tag in a third file", tagged, ("public words",))


def _tiddlywiki() -> Iterator[Way]:
    for name, meta in {
        "a tag": "title: B\ntags: [[other one]] private\n",
        "a draft": "title: Draft of B\ndraft.of: B\n",
        "of the system": "title: $:/B\n",
        "a flag": "published: no\n",
    }.items():
        yield Way(
            f"TiddlyWiki, {name}", {"b.md": "SECRET\n", "b.md.meta": meta, "a.md": _NOTE}, ("public words",)
        )
    files = {"SECRET.png": "x", "SECRET.png.meta": "tags: private\n", "a.md": f"{_NOTE}\n![[SECRET.png]]\n"}
    yield Way("TiddlyWiki, a picture", files, ("public words",))
    public = {"b.md": _NOTE, "b.md.meta": "tags: tide\ntitle: B\nmodifier: SECRET\n"}
    yield Way("TiddlyWiki, fields of a public note", public, ("public words",))


def _bins() -> Iterator[Way]:
    for name in ("trash", "Trash", "@Trash", "Notes/Recently Deleted", "vx_recycle_bin"):
        files = {f"{name}/SECRET.md": "SECRET\n", f"{name}/SECRET.png": "x", "a.md": f"{_NOTE}\n[[SECRET]]\n"}
        yield Way(f"a bin, {name}", files, ("public words",))


def _notion() -> Iterator[Way]:
    for title, before in (
        ("SECRET plan", ""),
        ("SECRET, plan (new)", ""),
        ("SECRET", f"A (A%20{_TAG}.md), "),
    ):
        related = f"{before}{title} (x/SECRET%20plan%20{_ID}.md)"
        files = {
            f"x/SECRET plan {_ID}.md": f"# {title}\n\nPrivate: Yes\n\nx\n",
            f"A {_TAG}.md": f"# A\n\nGoes with: {related}\n\nPublic words\n",
        }
        yield Way(f"Notion, a relation: {related}", files, ("public words",))
    secret, public = "# SECRET\n\nPrivate: Yes\n\nx\n", "# B\n\nPrivate: No\n\nPublic words\n"
    for number, (table, folder) in enumerate(
        ((f"T {_ID}", f"T {_ID}"), (f"T {_ID}", "T"), (f"T {_ID}_all", "T"))
    ):
        files = {
            f"{table}.csv": "Name,Private\nB,No\nSECRET,Yes\n",
            f"{folder}/SECRET {_TAG}.md": secret,
            f"{folder}/B {_LINK}.md": public,
            f"A {_TAG}.md": f"# A\n\n[T]({table.replace(' ', '%20')}.csv)\n",
        }
        yield Way(f"Notion, a database with a private page, {number}", files, ("public words",))
    files = {
        f"T {_ID}.csv": f"Name,With\nB,SECRET (../U/SECRET%20plan%20{_TAG}.md)\n",
        f"T/B {_LINK}.md": public,
        f"U/SECRET plan {_TAG}.md": secret,
        f"A {_TAG}.md": f"# A\n\n[T](T%20{_ID}.csv)\n",
    }
    yield Way("Notion, a database that relates to a private page", files, ("public words",))


def _first_pages() -> Iterator[Way]:
    private = {"SECRET.md": "---\nprivate: true\n---\nx\n"}
    for number, stated in enumerate(
        (
            "hero:\n  text: Public words\n  tagline: 'x %%SECRET%% <!-- SECRET -->'",
            "hero:\n  text: Public words\n  actions:\n  - text: SECRET\n    link: /SECRET",
            "hero: {text: Public words}\nfeatures:\n- title: SECRET\n  link: SECRET.md\n- details: '[[SECRET]]'",
        )
    ):
        yield Way(
            f"a first page, {number}", {**private, "index.md": f"---\n{stated}\n---\n"}, ("public words",)
        )


def _bundles() -> Iterator[Way]:
    site = {"hugo.toml": "title = 'x'\n", "content/a.md": f"{_NOTE}\n![](b/SECRET.png)\n"}
    page = {"content/b/SECRET.png": "x", "content/b/more.md": "SECRET\n", "content/b/deep/c.md": "SECRET\n"}
    for head in ("draft: true", "private: true", "draft: maybe"):
        files = {**site, **page, "content/b/index.md": f"---\n{head}\n---\nx\n"}
        yield Way(f"Hugo, a bundle: {head}", files, ("public words",))
    files = {**site, "content/b/index.fr.md": "---\ndraft: true\n---\nx\n", **page}
    yield Way("Hugo, a bundle in French", files, ("public words",))


def _scripts() -> Iterator[Way]:
    for number, script in enumerate(
        (
            "<%* const k = 'SECRET'; %>",
            "<%-*\nconst k = 'SECRET';\n\nawait f(k)\n-%>",
            "<%_* let a = 'SECRET' _%>",
            "{{comment: SECRET}}",
            "{{[[comment]]: SECRET [[b]]}}",
            "{{[[comment]]: {{[[TODO]]}} SECRET\n\nSECRET}}",
        )
    ):
        yield Way(
            f"a script or remark, {number}",
            {"a.md": f"{_NOTE}\n{script}\n\nlast\n"},
            ("public words", "last"),
        )
    code = {"a.md": f"{_NOTE}\n```\n<%* shown %> {{{{comment: seen}}}}\n```\n"}
    yield Way("a script in code", code, ("public words", "shown", "seen"))
