"""English spells many words in two ways: `decentralised` and `decentralized`, `colour` and `color`.

`browser/src/search/engine/spellings.ts` is the same in TypeScript.
"""

from notegen.regex import regex

_RULES = (
    # Not `revise` and `improvise`, which nobody writes with a z: `improvized` would be a form of `improve`.
    (regex("([aeiouy](?:.*(?:[^v]|iv))?)is(e|ed|es|er|ers|ing|ation|ations|able)$"), r"\1iz\2"),
    (regex("([aeiouy].*l)ys(e|ed|es|er|ers|ing)$"), r"\1yz\2"),
    (regex("([aeiouy].*)our(|s|ed|ing|al|able|ite|ites|er|ers|hood|hoods|ful|less)$"), r"\1or\2"),
    # Few words: `timbre` is no timber, and `watre` a typing error.
    (regex("(cent|theat|met|lit|fib|calib|spect|lust)re(|s)$"), r"\1er\2"),
    (regex("(cent|fib|met)red$"), r"\1ered"),
    (regex("([aeiouy].*)ogue(|s)$"), r"\1og\2"),
)
"""British words and what is written for them in America. A vowel comes before an ending: `scouring` is no score."""


_ENDS = (
    *("is" + end for end in "e ed es er ers ing ation ations able".split()),
    *("ys" + end for end in "e ed es er ers ing".split()),
    *("our", *("our" + end for end in "s ed ing al able ite ites er ers hood hoods ful less".split())),
    *("re", "res", "red", "ogue", "ogues"),
)
"""What a word ends in to which a rule may apply: most words are told by it, in a fifth of the time."""


def american(word: str) -> str:
    """A word in small letters as it is spelt in America; others than British ones stay as they are."""
    if not word.endswith(_ENDS):
        return word
    for british, ending in _RULES:
        found = british.sub(ending, word)
        if found != word:
            return found
    return word
