"""The constants of ranking, and of the index's format, each with its reason.

Those that a page needs travel in the manifest as `rules` (`page_rules`), so that TypeScript has none of its own. Others
have done their work when the index is written. Only what one module uses to make the index smaller or faster to load
stays there: bits of vectors, sizes of clusters and shards.
nDCG@10 is over the labelled sets of `notes/how-it-works/search-quality.md` where nothing else is said.
"""

from notegen.text.familiarity import (
    MAX_FAMILIARITY,
    MAX_KNOWN_SHARE,
    MIN_FAMILIARITY,
    MIN_KNOWN_SHARE,
    QUESTION_PRIOR_WORDS,
    SHARE_UNIT,
)
from notegen.text.tokens import MAX_TOKEN_LENGTH, MIN_PREFIX_LENGTH
from notegen.text.wordpiece import MAX_WORD_LENGTH
from notegen.text.written_forms import MAX_JOINED, MIN_AFTER_APOSTROPHE, MIN_HUMP

# Words, by BM25.

TITLE_WEIGHT, HEADING_WEIGHT, BODY_WEIGHT = 4, 2, 1
"""What an occurrence counts for. Of the tried ones (title 1 to 8, heading 1 to 3) all from 2 up are within .006."""

K1, B = 1.2, 0.75
"""Robertson's usual values; around them (k1 .9 to 2, b .4 to .9) nDCG@10 moves by .01, no two sets the same way."""

INFLECTION_WEIGHT = 0.6
"""What an occurrence of a word counts in another form than the query's. Over the labelled sets, nDCG@10 by words is
.770 with 1, .772 with .8, .774 with .6 and .772 with .3; with meaning, .824, .825, .826 and .826."""

MAX_PINNED = 1
"""Notes that a query of one word puts first for having it just so. Without that, one in four of the words that only one
note has lost that note, to others with another form of it or by meaning; with 3, nDCG@10 of aliases is .008 lower."""

MIN_COMMON_LENGTH = 4000
MIN_COMMON_SHARE = 0.25
"""A common word is left out of a query that has better ones: one in more notes than this share, whose postings, each
step from note to note counted as one character, are longer than MIN_COMMON_LENGTH. In a large garden `the` would cost
tens of kilobytes and say nothing."""

MAX_STOP_WORD_IDF = 0.5
"""What a stop word counts at most, as much as a word that six notes of ten have, however rare it is in a small garden;
and it counts only in notes that have another word of the query. nDCG@10 by words of covid-faq, 131 notes that begin
with questions: .733 as rare as it is, .728 with .3, .738 with .7, .707 where stop words are left out.
"""

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

# Names of notes.

MAX_NAME_LENGTH = 120
"""Characters of what can be a name: a question that is longer is none, and of no longer name is anything looked for."""

MAX_HEADING_NOTES = 3
"""Notes that a heading may name: one that more notes have, such as `Introduction`, names none of them."""

MAX_NEAR_WORDS = 8
"""Words of a question that may be nearly a name; a longer one must equal it."""

MAX_NAME_EDITS = 2
"""Letters by which a question may differ from a name in all; each word as misspelt words do."""

MAX_SWAPPED_LENGTH = 6
"""Letters of an unknown word of which every two that are side by side are swapped to look for a name: `cdi` for CID."""

MIN_BEGUN_LENGTH = 3
MAX_BEGUN = 5
"""Characters of a question from which it may be the beginning of names, and the notes that it may begin a name of: what
begins more names is a word like others."""

NAME_END_RANGE = 3
NAMES_FOR_LONGER_ENDS = (4_000, 40_000)
"""Half of a name's characters must be right at one end, but 3 at least and 6 at most. In gardens with more names than
these it is one more each, so that a page looks through a few dozen names."""

# Meaning, and both together.

MAX_WORD_CLUSTERS_NOTES = 10
"""The best notes by words, whose clusters are always looked at: as many as are shown."""

ONE_WORD_SHARE = 0.6
"""For a question with one word that says something, so much less of a large garden is looked at:
the notes with the word come first, and their clusters are looked at anyway. In a garden of 3,900 passages the 174 links
of at most one such word have .735 nDCG@10 with three quarters, .738 with a half and .733 with all of it; 65 aliases
have .803 in place of .797. With words alone such a question costs least too."""

MIN_SEVERAL_WORDS = 2
SEVERAL_WORDS_SHARE = 1.25
"""For a question with so many words that say something, so much more of a large garden is looked at, since it may mean
more of it: seven sets of 2,000 passages and more have .726 nDCG@10 in place of .723. With words alone such a question
costs more too."""

UNKNOWN_MIN_COSINE = 0.38
"""Cosine below which nothing is shown for a question most of whose words neither the garden nor the model has: of 200
made-up words 95 % had answers in a garden of 749 notes with MIN_COSINE, 7 % with .40."""

MAX_UNKNOWN_SHARE = 0.5
"""The share of a question's words that may be unknown; with more of them, UNKNOWN_MIN_COSINE is asked for."""

MIN_SCRIPT_SHARE = 0.01
"""Of a garden's forms, from which on it is written in a script. With a model of many languages a word in another is no
unknown one: of 150 questions in Hindi about passages in English 53 had no answer, and nDCG@10 rises from .345 to .511;
in Thai from .246 to .329, in Greek from .515 to .541."""

FAR_MIN_COSINE = 0.14
"""Cosine from which on notes are named as the nearest where no note is near enough to be a hit. Of forty questions to a
garden of twelve notes ten have no hit: the answer is the nearest of six, and among the nearest of eight. Of
375 questions about other things than the fifteen notes that they were put to 95 have none, and 58 nothing nearer
than this.
"""

MAX_FAR = 3
"""Notes that are named so."""

MIN_COSINE = 0.25
"""Cosine below which a note that shares no word with the query is not shown: something always is the closest.
With the bundled model, 97 of 100 questions of the labelled sets have an answer above it, and 98 of 100 made-up words
have none in a small garden; in a large one such a word does come near to something.
"""

FOREIGN_MIN_COSINE = 0.15
"""The same for a question in another language than the notes', which a model of many languages knows."""

MIN_COSINE_RANGE = 1e-9
"""From the mean to the best note; with less between them, all notes count as the best."""

MIN_PRECISE_WORDS = 4
LENGTH_DISCOUNT = 0.04
LENGTH_UNIT = 3
"""A question with so many words that say something asks for one thing, and a long note has some passage near it by
chance. With n passages more than the shortest note, a note counts LENGTH_DISCOUNT x ln(1 + n / LENGTH_UNIT) less close.
Of the sixty questions of `bench/questions.py`, 39 then have an answer among the first three and 44 among five, in place
of 37 and 40; with the full model 41 and 47, in place of 40 and 43. Shorter questions name a subject, and the long note
on it is as often the right one: discounted there too, links into GIMP's manual have .438 nDCG@10 in place of .574.
"""

MIN_MEANT_FAMILIARITY = 3
"""How well the model must know a note that has no word of the question, and the question, for that note to be shown.
Below it meaning is a part of what the words say, not added to it: of 40 questions in Arabic nDCG@10 is then .591 by
.592 of words alone, where it was .571, in Korean .675 by .677, where it was .661, and 12 other languages are at words
or above.
"""

UNSCANNED_SIMILARITY = 0.5
"""How similar a note counts that has the words but whose passages were not looked at, between the mean and the best:
from .35 to .65 the labelled sets are within .003 nDCG@10."""

NEAR_SIMILARITY = 0.5
"""From what similarity, between the mean and the best, a note counts as brought by meaning."""

SCORE_STEPS = 1_000_000
"""Scores are compared in whole numbers of these, so that the last bits of a sum, which languages may add in another
order, decide nothing."""

# Filters.

MAX_CHECKED_NOTES = 200
"""Notes whose texts are read to see whether a phrase is in them, best first: a page has to load these texts."""

MAX_SCANNED_SHARE = 0.5
"""Where filters let through at most this share of the notes, only these notes' passages are compared; the nearest of
more notes are among the nearest of all."""

# Times.

TIME_WEIGHT = 0.4
"""What it counts beside the words of a question that speaks of a time when a note is of that time."""

# Snippets.

HIGHLIGHT_IDF_SHARE = 1 / 3
"""A word whose idf is less than this share of the rarest one's is not marked in a passage that holds a better word, and
the snippet is not cut to show it: `how does sleep help memory` marks sleep and memory."""

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


def page_rules() -> dict[str, object]:
    """What a page must know of all this: `rules` in its manifest, which `browser/src/search/engine/rules.ts` types."""
    return {
        "maxTokenLength": MAX_TOKEN_LENGTH,
        "minPrefixLength": MIN_PREFIX_LENGTH,
        "maxJoined": MAX_JOINED,
        "minAfterApostrophe": MIN_AFTER_APOSTROPHE,
        "minHump": MIN_HUMP,
        "maxWordLength": MAX_WORD_LENGTH,
        "k1": K1,
        "b": B,
        "inflectionWeight": INFLECTION_WEIGHT,
        "maxPinned": MAX_PINNED,
        "maxStopWordIdf": MAX_STOP_WORD_IDF,
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
        "maxNameLength": MAX_NAME_LENGTH,
        "maxNearWords": MAX_NEAR_WORDS,
        "maxNameEdits": MAX_NAME_EDITS,
        "maxSwappedLength": MAX_SWAPPED_LENGTH,
        "minBegunLength": MIN_BEGUN_LENGTH,
        "maxBegun": MAX_BEGUN,
        "nameEndRange": NAME_END_RANGE,
        "maxWordClustersNotes": MAX_WORD_CLUSTERS_NOTES,
        "oneWordShare": ONE_WORD_SHARE,
        "minSeveralWords": MIN_SEVERAL_WORDS,
        "severalWordsShare": SEVERAL_WORDS_SHARE,
        "unknownMinCosine": UNKNOWN_MIN_COSINE,
        "maxUnknownShare": MAX_UNKNOWN_SHARE,
        "minCosine": MIN_COSINE,
        "farMinCosine": FAR_MIN_COSINE,
        "maxFar": MAX_FAR,
        "minCosineRange": MIN_COSINE_RANGE,
        "minPreciseWords": MIN_PRECISE_WORDS,
        "lengthDiscount": LENGTH_DISCOUNT,
        "lengthUnit": LENGTH_UNIT,
        "minMeantFamiliarity": MIN_MEANT_FAMILIARITY,
        "maxFamiliarity": MAX_FAMILIARITY,
        "minFamiliarity": MIN_FAMILIARITY,
        "minKnownShare": MIN_KNOWN_SHARE,
        "maxKnownShare": MAX_KNOWN_SHARE,
        "shareUnit": SHARE_UNIT,
        "questionPriorWords": QUESTION_PRIOR_WORDS,
        "unscannedSimilarity": UNSCANNED_SIMILARITY,
        "nearSimilarity": NEAR_SIMILARITY,
        "scoreSteps": SCORE_STEPS,
        "maxCheckedNotes": MAX_CHECKED_NOTES,
        "maxScannedShare": MAX_SCANNED_SHARE,
        "timeWeight": TIME_WEIGHT,
        "highlightIdfShare": HIGHLIGHT_IDF_SHARE,
        "maxSnippetLength": MAX_SNIPPET_LENGTH,
        "maxSnippetLead": MAX_SNIPPET_LEAD,
        "maxWordStartShift": MAX_WORD_START_SHIFT,
        "maxWordEndShift": MAX_WORD_END_SHIFT,
        "halfLevels": HALF_LEVELS,
        "levelUnit": LEVEL_UNIT,
        "productPrecision": PRODUCT_PRECISION,
        "scaleSteps": SCALE_STEPS,
    }
