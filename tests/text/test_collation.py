"""What stands before what in a list of names."""

from notegen.text.collation import sort_key


def test_names_are_in_the_order_in_which_they_are_looked_up() -> None:
    """Numbers by their value, wherever they stand; accents and case do not count."""
    names = [
        "Chapter 10",
        "chapter 2b",
        "Zoë",
        "Äpfel",
        "Apfel",
        "v1.10",
        "v1.9",
        "1984",
        "007",
        "Ёлка",
        "Жук",
        "Дом",
    ]
    assert sorted(names, key=sort_key) == [
        "007", "1984", "Äpfel", "Apfel", "chapter 2b", "Chapter 10", "v1.9", "v1.10", "Zoë", "Дом", "Ёлка", "Жук"
    ]  # fmt: skip
    assert sort_key("Note 007") == sort_key("nòte 7")
