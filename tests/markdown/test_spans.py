"""Marks in HTML are found again, whatever stands around them."""

import re

from hypothesis import given
from hypothesis import strategies as st

from notegen.markdown.spans import take_spans
from notegen.text.html_tags import TAG

SECRET = "k" + "0123456789abcdef" * 2
OTHER = "k" + "f" * 32
PIECES = st.sampled_from([
    f"{SECRET}(61;", f"{SECRET});", f"{SECRET})61;", f"{SECRET}(", f"{OTHER}(61;", f'<p title="{SECRET}(61;">',
    f"<p {SECRET}(61;>", f"<b {OTHER}>", f"<{SECRET}(61;>", f"<{SECRET}>", SECRET, "<", ">", '"', "k", "kk", "<k>",
    '<a href="k<b>">', "<p>", "</p>", "text", " ", "<a k", f"<a {SECRET}(61;", ";",
])  # fmt: skip


@given(st.lists(PIECES, max_size=12))
def test_spans_are_those_of_looking_at_each_tag(pieces: list[str]) -> None:
    """Passing over the tags without marks within the pattern changes nothing, however broken the HTML is."""
    html = "".join(pieces)
    assert take_spans(html, SECRET) == taken_slowly(html, SECRET)


def taken_slowly(html: str, secret: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """Each mark and each tag by itself."""
    mark = rf"{secret}(?P<side>[()])(?P<named>(?:[0-9a-f]{{2}})*);"
    rest, end, starts, spans = "", 0, dict[str, int](), dict[str, tuple[int, int]]()
    for match in re.finditer(rf"{mark}|{TAG}", html):
        rest, end = rest + html[end : match.start()], match.end()
        if match["side"] is None:
            rest += re.sub(mark, "", match[0])
            continue
        name = bytes.fromhex(match["named"]).decode()
        if match["side"] == "(":
            starts[name] = len(rest)
        elif name in starts:
            spans[name] = (starts[name], len(rest))
    return rest + html[end:], spans
