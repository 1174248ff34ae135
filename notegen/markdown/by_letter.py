"""Which rules can match at a given character, so that the parser asks no others.

The parser would ask every rule at every character and line, though nearly all look at one letter first and say no. Most
of the time of parsing went into these questions: asking by letter takes a third less, for the same tokens. A rule that
is not listed here is asked everywhere, so a new one works without a place in this file.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from markdown_it import ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

Rule = TypeVar("Rule", bound=Callable[..., bool])

BLOCK_LETTERS: Mapping[str, str] = {
    "math_block": "$",
    "bracket_block": "\\",
    "line_block": "|",
    "grid_table": "+",
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "footnote_def": "[",
    "reference": "[",
    "admonition": "!?",
    "content_tab": "=",
    "fenced_div": ":",
    "end_of_block": "^",
    "markdown_html": "<",
    "html_block": "<",
    "heading": "#",
    "callout_title": "[",
}
"""The letters that a line may begin with for a rule to match, behind its indentation."""

INLINE_LETTERS: Mapping[str, str] = {
    "newline": "\n",
    "math_after_digit": "$",
    "math_inline": "$",
    "comment": "%",
    "bracket_formula": "\\",
    "escape": "\\",
    "backticks": "`",
    "script_in_word": "^~",
    "strikethrough": "~",
    "highlight": "=",
    "script": "^_",
    "emphasis": "*_",
    "link_around": "[",
    "wiki_link": "![",
    "wiki_link_words": "{",
    "keys": "+",
    "critic": "{",
    "attribute_list": "{",
    "bracketed_span": "[",
    "tag": "#",
    "emoji": ":",
    "empty_link": "[",
    "link": "[",
    "image": "!",
    "footnote_inline": "^",
    "footnote_ref": "[",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
    "gfm_autolink_www": "w",
    "gfm_autolink_protocol": ":",
    "gfm_autolink_email": "@",
}
"""The letters that stand where a rule matches; `text.py` knows them too."""


class _ByLetter(dict[str, list[Any]]):
    """The rules of a chain that may match at a letter, in order; all of them at a space or at the end."""

    def __init__(self, rules: Sequence[tuple[str, Any]], letters: Mapping[str, str]) -> None:
        super().__init__()
        self._rules, self._letters = rules, letters

    def __missing__(self, letter: str) -> list[Any]:
        anywhere = not letter or (letter.isspace() and letter != "\n")
        rules = [rule for name, rule in self._rules if anywhere or letter in self._letters.get(name, letter)]
        self[letter] = rules
        return rules


class _RulesByLetter(ruler.Ruler[Rule]):
    """The rules of another ruler, of each chain as one that asks those which may match."""

    def __init__(self, rules: ruler.Ruler[Rule], letters: Mapping[str, str]) -> None:
        super().__init__()
        self.__rules__ = rules.__rules__
        self._letters = letters
        self._asked: dict[str, list[Rule]] = {}

    def getRules(self, chainName: str = "") -> list[Rule]:
        """One rule that stands for all."""
        if chainName not in self._asked:
            rules = [
                (rule.name, rule.fn)
                for rule in self.__rules__
                if rule.enabled and (not chainName or chainName in rule.alt)
            ]
            self._asked[chainName] = [self._ask(_ByLetter(rules, self._letters))]
        return self._asked[chainName]

    def _ask(self, rules: _ByLetter) -> Any:
        raise NotImplementedError


class BlockRules(_RulesByLetter[Callable[[StateBlock, int, int, bool], bool]]):
    """The block rules by what a line begins with."""

    def _ask(self, rules: _ByLetter) -> Any:
        def ask(state: StateBlock, line: int, end: int, silent: bool) -> bool:
            start = state.bMarks[line] + state.tShift[line]
            for rule in rules[state.src[start : start + 1]]:  # noqa: SIM110 -- a generator costs as much as a rule
                if rule(state, line, end, silent):
                    return True
            return False

        return ask


class InlineRules(_RulesByLetter[Callable[[StateInline, bool], bool]]):
    """The inline rules by the letter at hand."""

    def _ask(self, rules: _ByLetter) -> Any:
        def ask(state: StateInline, silent: bool) -> bool:
            for rule in rules[state.src[state.pos : state.pos + 1]]:  # noqa: SIM110 -- a generator costs as much as a rule
                if rule(state, silent):
                    return True
            return False

        return ask
