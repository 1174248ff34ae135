"""What topics are called: the words that their notes say more often than the others do.

A word counts once a note, so that one long note does not label its topic alone, and more where it is in the title.
Only prose counts: code, formulas and addresses say how something is written down, not what it is about.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from notegen.exact import logarithm
from notegen.model import Garden, Note, NoteId
from notegen.text.scripts import is_no_space_script
from notegen.text.stems import algorithms_of, stems_of
from notegen.text.tokens import find_words, tokens_of

MAX_WORDS = 3
"""Words of a label."""

_TOP_WORDS = 40  # words of a topic by which its languages are known
_MIN_STOP_SHARE = 0.4  # the share of these that must be stop words of a language
_MAX_CHARACTERS = (
    3000  # of a note: it says early what it is about, and a book is not read twice for three words
)
_TITLE_WEIGHT = 2
"""What a word in a note's title counts; one in its text counts 1. With 4 a few titles name a topic of seventy notes."""

_MARKUP = re.compile(r"://|\bwww\.|\w\.\w+/|\w@\w|\\[A-Za-z]|[{}<>=^|`]|\w\(\)|\w::\w")
"""Of what stands between two spaces: an address, or code or a formula that nothing marks as such."""

_MIN_LETTERS = 3  # of a word, in scripts with spaces
_MIN_NOTES = 2  # notes of a topic that must say a word
_MIN_SHARE = 0.08  # of the topic's notes


def label_topics(
    garden: Garden, topics: Sequence[Sequence[NoteId]], language: str
) -> tuple[tuple[str, ...], ...]:
    """For each topic at most three words, the most distinctive first; no word is in two labels.

    Stop words of the languages that the topic's notes are in are left out. A topic without distinctive words has none.

    Args:
        topics: every note in one of them.
        language: BCP 47 tag of the language most notes are in.

    A word's score is its part of the divergence between the topic and the rest: the share of the topic's notes that say
    it, times the logarithm of how many times the share of the others that is. The z of a log-odds ratio, which is
    common, and class-based TF-IDF prefer rarer words: the first names of those who wrote on a topic.
    """
    notes = [garden.notes[note] for note in garden.notes]
    tags = {tag for tag in (language, *(note.language for note in notes)) if tag}
    algorithms = algorithms_of(tags)
    spelled: Counter[str] = Counter()
    counts, sayers = [], []
    for topic in topics:
        count: Counter[str] = Counter()
        by_notes: Counter[str] = Counter()
        for note in map(garden.notes.__getitem__, topic):
            in_note: set[str] = set()
            for text, weight in ((note.title, _TITLE_WEIGHT), (_prose_of(note), 1)):
                pieces = {piece for piece in text.split() if not _MARKUP.search(piece)}
                spelled.update(pieces)
                stems = {stem for piece in pieces for stem in _stems(piece, algorithms)}
                count.update(dict.fromkeys(stems, weight))
                in_note |= stems
            by_notes.update(in_note)
        counts.append(count)
        sayers.append(by_notes)
    spellings = _spellings(spelled, algorithms)
    said = {stem: min(forms, key=lambda form: (-forms[form], form)) for stem, forms in spellings.items()}
    stops = [_stop_words(count, said, tags) for count in counts]
    return _choose(_scores(counts, sayers, [len(topic) for topic in topics]), stops, said, spellings)


def _prose_of(note: Note) -> str:
    """What the note says first, without its code and formulas."""
    texts: list[str] = []
    room = _MAX_CHARACTERS
    for section in note.sections:
        literal: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, start, end in section.literal:
            literal[number].append((start, end))
        for number, paragraph in enumerate(section.paragraphs):
            if room <= 0:
                return "\n".join(texts)
            text = _without(paragraph, literal[number])[:room]
            texts.append(text)
            room -= len(text)
    return "\n".join(texts)


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with a space for each span."""
    kept, position = [], 0
    for start, end in sorted(spans):
        kept.append(text[position:start])
        position = max(position, end)
    return " ".join([*kept, text[position:]])


@lru_cache(maxsize=1 << 18)
def _stems(piece: str, algorithms: tuple[str, ...]) -> Mapping[str, str]:
    """What a text between two spaces counts as, to how it is written there; no numbers, nothing too short for a label.

    By piece, since finding words is costly in a text with a single curly quote, and most pieces recur.
    """
    found = {}
    for token in (token for word in find_words(piece) for token in tokens_of(word)):
        no_spaces = is_no_space_script(token.form)
        if len(token.form) >= (2 if no_spaces else _MIN_LETTERS) and any(map(str.isalpha, token.form)):
            found[stems_of(token, algorithms)[0]] = token.form if no_spaces else token.lower
    return found


def _spellings(spelled: Mapping[str, int], algorithms: tuple[str, ...]) -> Mapping[str, Counter[str]]:
    """How each stem is written, and in how many titles and texts."""
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for piece, count in spelled.items():
        for stem, form in _stems(piece, algorithms).items():
            spellings[stem][form] += count
    return spellings


def _scores(
    counts: Sequence[Counter[str]], sayers: Sequence[Counter[str]], sizes: Sequence[int]
) -> list[dict[str, float]]:
    """For each topic the stems that enough of its notes say, with how distinctive they are.

    Only those above zero, and above what the best of all words would have among notes drawn at random: a score times
    the topic's notes is the logarithm of how unlikely chance makes it, and there are as many chances as words.

    Args:
        counts: how often each topic says a stem, titles weighted.
        sayers: how many of its notes do.
        sizes: how many notes it has.
    """
    garden: Counter[str] = Counter()
    for count in counts:
        garden.update(count)
    notes = sum(sizes)
    by_chance = logarithm(max(1, len(garden)))
    scores = []
    for count, by_notes, size in zip(counts, sayers, sizes, strict=True):
        least = max(_MIN_NOTES, _MIN_SHARE * size)
        found = {}
        for stem, said in count.items():
            inside, outside = said / size, (garden[stem] - said + 1) / (notes - size + 1)
            if by_notes[stem] >= least and inside > outside:
                score = inside * logarithm(inside / outside)
                if score * size > by_chance:
                    found[stem] = score
        scores.append(found)
    return scores


def _choose(
    scores: Sequence[Mapping[str, float]],
    stops: Sequence[frozenset[str]],
    said: Mapping[str, str],
    spellings: Mapping[str, Counter[str]],
) -> tuple[tuple[str, ...], ...]:
    """The best words of each topic, each word only where it scores best."""
    owner: dict[str, tuple[float, int]] = {}
    for number, found in enumerate(scores):
        for stem, score in found.items():
            owner[stem] = max(owner.get(stem, (0.0, 0)), (score, -number))
    labels = []
    for number, found in enumerate(scores):
        best = sorted(
            (-score, said[stem])
            for stem, score in found.items()
            if owner[stem][1] == -number and not stops[number].intersection(spellings[stem])
        )
        labels.append(tuple(word for _, word in best[:MAX_WORDS]))
    return tuple(labels)


def _stop_words(count: Counter[str], said: Mapping[str, str], tags: Iterable[str]) -> frozenset[str]:
    """Of the languages that are declared, and of those that the topic's most widespread words are stop words of.

    Notes seldom declare their language, and in a garden of two languages topics would be called `und` and `nicht`.
    """
    widespread = {
        said[stem] for stem, _ in sorted(count.items(), key=lambda item: (-item[1], item[0]))[:_TOP_WORDS]
    }
    declared = {tag.replace("_", "-").partition("-")[0].lower() for tag in tags}
    return frozenset().union(
        *(
            words
            for language, words in _lists().items()
            if language in declared or len(widespread & words) >= _MIN_STOP_SHARE * len(widespread)
        )
    )


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    """The stop words of each language, as written and in their parts: `don't` is two words to notegen."""
    import stopwordsiso  # at first use: it reads all languages' lists

    return {
        language: frozenset([*words, *find_words("\n".join(words))])
        for language in sorted(stopwordsiso.langs())
        for words in [sorted(stopwordsiso.stopwords(language))]
    }
