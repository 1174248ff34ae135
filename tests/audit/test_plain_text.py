"""What a public text can look like on a page, which is no find wherever else it is said."""

from notegen.audit.plain_text import renditions


def test_a_formula_looks_as_search_and_feeds_read_it() -> None:
    """On one line and over several, beside links; the signs of a command are no escapes of letters."""
    looks = set(
        renditions("The [[mean|limits]] are $UCL_{\\bar{X}} = 1$ of\n$$\n\\hat{Q} \\ne n\n$$\nthe flow.")
    )
    assert "The limits are UCL_(X̄) = 1 of\nQ̂ ≠ n\nthe flow." in looks
