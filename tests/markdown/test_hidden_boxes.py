"""Whether a text may hide a box is known by its signs; what they pass over is searched by nobody."""

from itertools import product

from notegen.markdown.hidden_boxes import hidden_boxes, may_have_boxes

BEFORE = ("::: ", "/// ", "/// {.", "> [!", "!!! ", "???+\t", "## So {#a .", "[so]{.", "- [so]{.c .")
KINDS = ("private", "Hidden", "comment", "pr\u0131vate", "h\u0130dden", "content-visible", "content-hidden")
BEHIND = ("", "}", "]", "|x]", "]-", "-too}", ' unless-format="html"}')
CELLS = (
    "```{r, echo=FALSE}",
    "```{r include = F}",
    "```{python}\n#| echo: no",
    "```{r}\n#|include:false",
    "```{code-cell}\n:tags: remove-cell",
    "```{code-cell}\ntags: [remove_input]",
)


def test_every_text_with_a_box_is_looked_through() -> None:
    """Also one in letters that a pattern takes for others."""
    boxes = ["".join(parts) for parts in product(BEFORE, KINDS, BEHIND)]
    hidden = [text for text in boxes if [*hidden_boxes(text, set())]]
    hidden += [text for text in CELLS if [*hidden_boxes(text, {0, 1})]]
    assert len(hidden) > 100
    assert [text for text in hidden if not may_have_boxes(text)] == []
