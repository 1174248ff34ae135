"""Each kind of flag in each kind of block that is meant as front matter and cannot be read as such."""

from collections.abc import Iterator

from tests.support.way import Way

_FLAGS = (
    "hidden: true", "unlisted: yes", "Access: private", "tlp: red", "visible: false", "entwurf: true", "privte: true",
    "password: so", "categories: [tide, private]", "status: draft", "eleventyExcludeFromCollections: true",
)  # fmt: skip
_BLOCKS = {
    "broken above": "---\ntitle: [\n{}\n---\nSECRET\n",
    "broken by braces of a template": "---\ntitle: {{{{title}}}}\n{}\n---\nSECRET\n",
    "broken in braces": '---\n{{title: "x, {}}}\n---\nSECRET\n',
    "under a title": "# Title\n---\n{}\n---\nSECRET\n",
    "under YAML's own first line": "%YAML 1.2\n---\n{}\n---\nSECRET\n",
    "behind a letter nobody sees": "\u200b---\n{}\n---\nSECRET\n",
    "in a second block": "---\ntitle: x\n---\n---\n{}\n---\nSECRET\n",
    "never closed": "---\n{}\n\nSECRET\n",
    "in braces that are no JSON": '{{\n  "title": "x",\n  "{}",\n}}\n\nSECRET\n',
}
_IN_PROSE = (
    "# A firm\nType: private\nState: restricted\n\nA public note.\n",
    "# A test server\n\nUser: tide\nPassword: low-water\n\nA public note.\n",
    "Internal: true\nVisible: no\n\nA public note.\n",
    "access: the key is at the private office\n\nA public note.\n",
    "```yaml\ninternal: true\nhide: true\n```\n\nA public note.\n",
)


_FILES = {
    "b.ics": "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nclass:private\r\nSUMMARY:SECRET\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    "c.ics": "BEGIN:VCALENDAR\n" + "X-A:b\n" * 3000 + "CLASS;X=1:CONFIDENTIAL\nSUMMARY:SECRET\n",
    "b.vcf": "BEGIN:VCARD\nCLASS:PRIVATE\nFN:SECRET\nEND:VCARD\n",
    "b.rst": "Title\n=====\n\n:status: draft\n\nSECRET\n",
    "c.rst": ".. title: x\n.. status: private\n\nSECRET\n",
    "b.adoc": "= Title\n:page-published: false\n\nSECRET\n",
    "b.org": "#+TITLE: x\n#+HUGO_DRAFT: true\nSECRET\n",
    "b.py": "#!/usr/bin/python\n# private: true\nx = 'SECRET'\n",
    "b.sql": "-- draft: true\nSELECT 'SECRET';\n",
    "b.bib": "% publish: no\n@book{SECRET}\n",
    "b.csv": "# private: yes\na,b\nSECRET,1\n",
}
_PUBLIC_FILES = {
    "b.ics": "BEGIN:VCALENDAR\nBEGIN:VEVENT\nCLASS:PUBLIC\nSUMMARY:A public note\nEND:VEVENT\nEND:VCALENDAR\n",
    "b.py": "# type: private, says mypy\nprint('a public note')\n",
    "b.css": "/* a public note */\nb {\n  visibility: hidden;\n}\n",
}
_CARD = '"nodes":[{"id":"1","type":"text","text":"SECRET"}]'


def head_ways() -> Iterator[Way]:
    """One after the other."""
    for name, text in _FILES.items():
        link = f"# Public\n[[{name}]] [x]({name}) <a href='{name}'>y</a>\n"
        yield Way(f"a file that says so, {name}", {name: text, "a.md": link}, ("public",))
    for name, text in _PUBLIC_FILES.items():
        yield Way(
            f"a file that says no such thing, {name}",
            {f"x/{name}": text, "a.md": f"[y](x/{name})\n"},
            (text,),
        )
    for flag in ('"private":true,', '"metadata":{"draft":true},', '"Unlisted":"yes",'):
        yield Way(f"a board that says so: {flag}", {"b.canvas": f"{{{flag}{_CARD}}}"})
    for name, text in (
        ("b.yaml", "access: private\n"),
        ("b.toml", "tlp = 'red'\n"),
        ("x.json", '{"internal": true}'),
    ):
        data = {f"x/{name}": text, "x/b.md": "SECRET\n", "a.md": "A public note.\n"}
        yield Way(f"data: {name}, {text}", data, ("a public note",))
    for name, block in _BLOCKS.items():
        for flag in _FLAGS:
            said = flag.replace(": ", '": "', 1) if "JSON" in name else flag
            text = block.format(said)
            yield Way(f"{flag}, {name}", {"b.md": text}, problems=("front-matter-invalid",))
    for number, text in enumerate(_IN_PROSE):
        yield Way(f"no flag in prose, {number}", {"b.md": text}, ("a public note",))
    for flag in ("tags: [private]\nTags: tide", "Tags: private\ntags: tide", "categories: |\n  private\ntags: tide",
                 "metadata: {params: {unlisted: true}}"):  # fmt: skip
        yield Way(f"outdone: {flag}", {"b.md": f"---\n{flag}\n---\nSECRET\n"})
    for field in ("hidden:: true", "Access:: private", "- unlisted:: yes"):
        yield Way(f"a field: {field}", {"b.md": f"{field}\n\n- SECRET\n"})
    for field in ("type:: private", "password:: low-water"):
        yield Way(
            f"a field that is none: {field}", {"b.md": f"{field}\n\n- A public note\n"}, ("a public note",)
        )
