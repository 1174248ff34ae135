"""The audit takes nothing for hidden that pages show: else it would refuse the site of somebody who hides nothing."""

import random
import re

import pytest

from notegen.audit.parts import end_at, hidden_in
from notegen.markdown.hidden import leave_out_hidden
from notegen.markdown.parser import parser

MARKS = (
    "%%|%%|<!--|-->|`|``|```\n|\n```\n|~~~\n|<template>|</template>|<style>|</style>|<noscript>|</noscript>|<dialog>"
    "|<dialog open>|</dialog>|<title>|</title>|$$|\n$$\n|\n\n|\n|\n> |\n- |<div hidden>|</div>|<a title='%%'>|[[|]]"
    "|\n## h #private\n|\n# g\n|\n### i\n|\\|```mermaid\n|%%{init: {}}%%|{::comment}|{:/comment}|<textarea>|<p>|%|\n%% "
).split("|")
TOLD_APART = (
    "\n    %% SHOWN",
    "a %%]]>%% SHOWN",
    "<desc><!--</desc> SHOWN",
    "{::comment}%%{:/comment} SHOWN",
    "<dialog open> SHOWN </dialog>",
    "<input hidden/>\n$$\n% SHOWN\n$$",
    "words\n$$\n%% a %% SHOWN\n$$",
    "<dialog open>\n# g\n## h #private\nSHOWN",
    "<noscript> SHOWN <noscript></noscript>",
    "## h #private\n words\n- \n SHOWN",
    "<math><style><!--</style><img title='--&gt;'> SHOWN",
    "the tag <title> and %%hidden%% SHOWN",
    "```mermaid\n%%{init: {}}%% SHOWN\n```",
)
READER = parser(is_flat=True)


@pytest.mark.parametrize("text", TOLD_APART)
def test_what_is_shown_is_not_taken_for_hidden(text: str) -> None:
    """Where marks are code, letters of a name, or within something else."""
    assert shown_though_hidden(f"{text}\n") == []
    assert "SHOWN" in leave_out_hidden(READER, text, path="a.md", private_tags=["private"]).text


def test_nor_is_it_in_texts_of_any_marks() -> None:
    """Three hundred, of up to a dozen marks between words."""
    chance = random.Random(5)
    for _ in range(300):
        marks = chance.choices(MARKS, k=chance.randrange(3, 12))
        text = "".join(f"{mark} word{number} " for number, mark in enumerate(marks)) + "\n"
        assert shown_though_hidden(text) == [], text


def shown_though_hidden(text: str) -> list[str]:
    """The words that the audit takes for hidden, and that the page shows."""
    hidden = hidden_in(text, frozenset({"private"}))
    shown = leave_out_hidden(READER, text, path="a.md", private_tags=["private"]).text.split()
    return [
        word[0]
        for word in re.finditer(r"SHOWN|word\d+", text)
        if end_at(hidden, word.start()) and word[0] in shown
    ]
