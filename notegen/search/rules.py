"""The constants of ranking, and of the index's format, each with its reason.

Those that a page needs travel in the manifest as `rules` (`page_rules`), so that TypeScript has none of its own. Others
have done their work when the index is written. Only what one module uses to make the index smaller or faster to load
stays there: bits of vectors, sizes of clusters and shards.
nDCG@10 is over the labelled sets of `notes/how-it-works/search-quality.md` where nothing else is said.
"""

from notegen.text.tokens import MAX_TOKEN_LENGTH, MIN_PREFIX_LENGTH
from notegen.text.wordpiece import MAX_WORD_LENGTH

# Words, by BM25.

TITLE_WEIGHT, HEADING_WEIGHT, BODY_WEIGHT = 4, 2, 1
"""What an occurrence counts for. Of the tried ones (title 1 to 8, heading 1 to 3) all from 2 up are within .006."""

K1, B = 1.2, 0.75
"""Robertson's usual values; around them (k1 .9 to 2, b .4 to .9) nDCG@10 moves by .01, no two sets the same way."""

MAX_IMPACT = 63
"""The highest impact, 63 of 64: one base-64 digit. 15 steps cost .007 nDCG@10, 31 cost .002, 63 nothing."""

INFLECTION_WEIGHT = 0.6
"""What an occurrence of a word counts in another form than the query's. Over the labelled sets, nDCG@10 by words is
.770 with 1, .772 with .8, .774 with .6 and .772 with .3; with meaning, .824, .825, .826 and .826."""

MAX_PINNED = 3
"""Notes that a query of one word puts first for having it just so. Without that, one in four of the words that only one
note has lost that note, to others with another form of it or by meaning."""

MIN_COMMON_LENGTH = 4000
MIN_COMMON_SHARE = 0.25
"""A word in more notes than this share, whose postings have more characters than MIN_COMMON_LENGTH, is left out of a
query that has better ones: `the` in a large garden costs tens of kilobytes and says nothing."""

# Words that are half typed or misspelt.

MAX_COMPLETIONS = 50
"""Forms, in order, that a prefix stands for."""

COMPLETION_WEIGHT = 0.5
"""What a completion is worth beside the word itself, times the share of it that has been typed."""

MAX_ENDING_LENGTH = 6
MIN_STEM_LENGTH = 3
"""Characters: `happine` is looked for among the forms of `happin`, `happi` and so on, down to these."""

CORRECTION_WEIGHT = 0.5
"""What a word is worth that was looked for instead of one that no note has."""

MIN_CORRECTED_LENGTH = 4
"""Letters from which a word is corrected; one edit makes too many words of a shorter one."""

MIN_TWO_EDITS_LENGTH = 8
"""Letters from which a word may have two edits."""

SHORT_END, LONG_END = 2, 3
MIN_LONG_START_LENGTH, MIN_LONG_END_LENGTH = 6, 7
"""Letters at the beginning, or else at the end, of a misspelt word that must be right: SHORT_END of them, or LONG_END
in a word with so many letters. That bounds the words to look through."""

MAX_CORRECTIONS = 3
"""Words that are looked for instead of a misspelt one: of equally near words, those in the most notes."""

MAX_VOCABULARY_SIZE = 50_000
"""Words that may be meant: of more, those in the most notes, which keeps what a page loads below 15 kB."""

# Meaning, and both together.

MIN_COSINE = 0.25
"""Cosine below which a note that shares no word with the query is not shown: something always is the closest.
With the bundled model, 97 of 100 questions of the labelled sets have an answer above it, and 98 of 100 made-up words
have none in a small garden; in a large one such a word does come near to something.
"""

MIN_COSINE_RANGE = 1e-9
"""From the mean to the best note; with less between them, all notes count as the best."""

UNSCANNED_SIMILARITY = 0.5
"""How similar a note counts that has the words but whose passages were not looked at, between the mean and the best:
from .35 to .65 the labelled sets are within .003 nDCG@10."""

WHY_THRESHOLDS = (0.1, 0.5)
"""From what score by words, and by meaning, a note counts as brought by it."""

SCORE_STEPS = 1_000_000
"""Scores are compared in whole numbers of these, so that the last bits of a sum, which languages may add in another
order, decide nothing."""

# Filters.

MAX_CHECKED_NOTES = 200
"""Notes whose texts are read to see whether a phrase is in them, best first: a page has to load these texts."""

MAX_SCANNED_SHARE = 0.5
"""Where filters let through at most this share of the notes, only these notes' passages are compared; the nearest of
more notes are among the nearest of all."""

# Snippets.

HIGHLIGHT_IDF_SHARE = 1 / 3
"""A word of less than this share of the rarest one's idf is not marked in a passage that holds a better one, nor is the
snippet cut to show it: of `how does sleep help memory` that leaves sleep and memory."""

MAX_SNIPPET_LENGTH = 240
"""Characters: three lines of the search box."""

MAX_SNIPPET_LEAD = 60
"""Characters of context before the first marked word."""

MAX_WORD_START_SHIFT = 20
"""Characters by which a snippet may begin earlier, to begin with a word."""

MAX_WORD_END_SHIFT = 40
"""Characters by which a snippet may end earlier, to end with a word."""

# Vectors as whole numbers.

HALF_LEVELS = (
    (),
    (7979,),
    (4528, 15104),
    (2451, 7560, 13439, 21520),
    (1284, 3881, 6568, 9424, 12562, 16181, 20690, 27326),
)
LEVEL_UNIT = 10_000
"""What the upper half of the levels of 0 to 4 bits stand for, in LEVEL_UNITths of a dimension's deviation.

Source:
    Max, "Quantizing for minimum distortion", IRE 1960, for a Gaussian.
"""

PRODUCT_PRECISION = 1024
"""Products are rounded to 1 / (LEVEL_UNIT x PRODUCT_PRECISION), so that their sums are whole numbers."""

SCALE_STEPS = 4095
"""Steps, scales and norms are whole numbers up to it, which are two base-64 digits."""

PASSAGES_A_SHARD = 8192
"""Passages of a shard that says which cluster each is in."""


def page_rules() -> dict[str, object]:
    """What a page must know of all this: `rules` in its manifest, which `browser/src/search/engine/rules.ts` types."""
    return {
        "maxTokenLength": MAX_TOKEN_LENGTH,
        "minPrefixLength": MIN_PREFIX_LENGTH,
        "maxWordLength": MAX_WORD_LENGTH,
        "maxImpact": MAX_IMPACT,
        "inflectionWeight": INFLECTION_WEIGHT,
        "maxPinned": MAX_PINNED,
        "maxCompletions": MAX_COMPLETIONS,
        "completionWeight": COMPLETION_WEIGHT,
        "maxEndingLength": MAX_ENDING_LENGTH,
        "minStemLength": MIN_STEM_LENGTH,
        "correctionWeight": CORRECTION_WEIGHT,
        "minCorrectedLength": MIN_CORRECTED_LENGTH,
        "minTwoEditsLength": MIN_TWO_EDITS_LENGTH,
        "shortEnd": SHORT_END,
        "longEnd": LONG_END,
        "minLongStartLength": MIN_LONG_START_LENGTH,
        "minLongEndLength": MIN_LONG_END_LENGTH,
        "maxCorrections": MAX_CORRECTIONS,
        "minCosine": MIN_COSINE,
        "minCosineRange": MIN_COSINE_RANGE,
        "unscannedSimilarity": UNSCANNED_SIMILARITY,
        "whyThresholds": WHY_THRESHOLDS,
        "scoreSteps": SCORE_STEPS,
        "maxCheckedNotes": MAX_CHECKED_NOTES,
        "maxScannedShare": MAX_SCANNED_SHARE,
        "highlightIdfShare": HIGHLIGHT_IDF_SHARE,
        "maxSnippetLength": MAX_SNIPPET_LENGTH,
        "maxSnippetLead": MAX_SNIPPET_LEAD,
        "maxWordStartShift": MAX_WORD_START_SHIFT,
        "maxWordEndShift": MAX_WORD_END_SHIFT,
        "halfLevels": HALF_LEVELS,
        "levelUnit": LEVEL_UNIT,
        "productPrecision": PRODUCT_PRECISION,
        "scaleSteps": SCALE_STEPS,
        "passagesAShard": PASSAGES_A_SHARD,
    }
