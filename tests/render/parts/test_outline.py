"""The levels of headings below a page's title."""

import pytest

from notegen.render.parts.outline import level_headings


@pytest.mark.parametrize(
    ("body", "levelled"),
    [
        ('<h2 id="a">A</h2><h3>B</h3><h2>C</h2>', '<h2 id="a">A</h2><h3>B</h3><h2>C</h2>'),
        ('<h3 id="a">A</h3><h5>B</h5><h3>C</h3>', '<h2 id="a">A</h2><h3>B</h3><h2>C</h2>'),
        ("<h1>A</h1><h2>B</h2><h2>C</h2>", "<h2>A</h2><h3>B</h3><h3>C</h3>"),
        ("<h4>A</h4><h2>B</h2><h3>C</h3>", "<h2>A</h2><h2>B</h2><h3>C</h3>"),
        (
            "<h1>1</h1><h2>2</h2><h3>3</h3><h4>4</h4><h5>5</h5><h6>6</h6>",
            "<h2>1</h2><h3>2</h3><h4>3</h4><h5>4</h5><h6>5</h6><h6>6</h6>",
        ),
        ("<hr><header>A</header>&lt;h3>", "<hr><header>A</header>&lt;h3>"),
    ],
    ids=["as it should be", "skips", "beside the title", "begins deep", "six below a title", "no headings"],
)
def test_a_heading_is_one_level_below_what_it_stands_under(body: str, levelled: str) -> None:
    """The page's title is of level 1, and six is the deepest that there is."""
    assert level_headings(body) == levelled
