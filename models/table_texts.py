"""Rules that turn dictionary entries, sentences and headings into the kinds of text people type into a search box.

Owns every rule that writes a training text for the query table; reads no file (`table_sources.py` does) and trains
nothing (`train_table.py` does).
A training text needs no answer and need not be true or even grammatical: the teacher gives its vector, and the table
learns which words of a short text carry its meaning.
So the rules aim at the variety of queries: single words, two to four keywords, titles, whole questions, notes to
oneself.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

MAX_WORDS = 20
"""Texts are cut here: queries are short, and a text twice as long costs the teacher twice the time."""

STOP_WORDS = frozenset(
    "a about above after again all also an and any are as at be because been before being below between "
    "both but by can could did do does doing down during each etc few for from further had has have "
    "having he her here hers him his how i if in into is it its itself just me more most my no nor not "
    "of off on once only or other our out over own same she should so some such than that the their them "
    "then there these they this those through to too under until up used very was we were what when "
    "where which while who whom whose why will with without would you your".split()
)
"""English words that keyword queries leave out."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning in a dictionary (a synset of WordNet)."""

    words: tuple[str, ...]
    """Its words and phrases, the commonest first, as written in running text."""
    topic: str
    """WordNet's name for the kind of thing, for instance `noun.artifact`."""
    gloss: str
    """The definition, without examples."""
    examples: tuple[str, ...] = ()
    """Sentences or phrases that use it."""
    broader: str = ""
    """A word for the more general meaning; empty when the entry has none."""
    instance: bool = False
    """Whether it is one person, place or event (Paris) rather than a kind of thing (city)."""


def choices(text: str) -> tuple[str, ...]:
    """The alternatives in a text that parts them by `|`."""
    return tuple(text.split("|"))


QUESTIONS: dict[str, tuple[str, ...]] = {
    "noun": choices(
        "what is {w}|what is a {w}|what are {w}s|what does {w} mean|{w} meaning|{w} definition|"
        "define {w}|examples of {w}|types of {w}|why is {w} important|how does {w} work|is {w} a {b}|"
        "notes on {w}|{w} explained|introduction to {w}|history of {w}|what did i write about {w}|"
        "how is {w} different from {b}|tell me about {w}|the {w} of the {b}|ideas about {w}|"
        "questions about {w}|everything about {w}|when should i use {w}"
    ),
    "noun.person": choices(
        "who was {w}|who is {w}|when was {w} born|when did {w} die|what did {w} do|what is {w} known for|"
        "where did {w} live|what does a {w} do|how to become a {w}|conversation with {w}|"
        "meeting with {w}|what did {w} say|books by {w}|which {b} was {w}|who did {w} work with|"
        "biography of {w}"
    ),
    "noun.location": choices(
        "where is {w}|how do i get to {w}|what is the capital of {w}|what is the population of {w}|"
        "trip to {w}|travel to {w}|things to do in {w}|weather in {w}|when was {w} founded|"
        "which country is {w} in|history of {w}|living in {w}|who lives in {w}"
    ),
    "noun.state": choices(
        "symptoms of {w}|what causes {w}|how is {w} treated|treatment for {w}|can you die from {w}|"
        "how do i prevent {w}|is {w} contagious|how long does {w} last|what is {w}|living with {w}|"
        "how do i know if i have {w}|effects of {w}|risk of {w}|why am i in {w}"
    ),
    "noun.artifact": choices(
        "how does a {w} work|how to use a {w}|who invented the {w}|what is a {w} used for|"
        "how do i fix my {w}|where can i buy a {w}|how much does a {w} cost|best {w} for {b}|"
        "my {w} is broken|how to build a {w}|parts of a {w}|when was the {w} invented"
    ),
    "noun.food": choices(
        "how to cook {w}|{w} recipe|is {w} healthy|how to make {w}|what goes well with {w}|"
        "calories in {w}|how long does {w} keep"
    ),
    "noun.animal": choices(
        "what do {w}s eat|where do {w}s live|how long does a {w} live|how big is a {w}|"
        "is the {w} endangered|is a {w} a {b}|how fast is a {w}"
    ),
    "noun.plant": choices(
        "how to grow {w}|where does {w} grow|is {w} poisonous|when does {w} flower|uses of {w}|"
        "is {w} a {b}|{w} leaves"
    ),
    "noun.substance": choices(
        "what is {w} made of|properties of {w}|is {w} toxic|uses of {w}|melting point of {w}|"
        "how is {w} produced|how is {w} measured"
    ),
    "noun.event": choices(
        "when did the {w} happen|who won the {w}|what caused the {w}|how many people died in the {w}|"
        "after the {w}|consequences of {w}"
    ),
    "noun.feeling": choices(
        "why do i feel {w}|how to deal with {w}|how i felt about {w}|how can i overcome {w}|"
        "what helps against {w}|a day full of {w}"
    ),
    "verb": choices(
        "how to {w}|how do i {w}|how can i {w}|what does it mean to {w}|why do people {w}|"
        "when should you {w}|should i {w}|is it safe to {w}|can i {w}|best way to {w}|todo {w}|"
        "i want to {w}|what happens when you {w}|how often should i {w}|tips to {w}|ways to {w} better|"
        "{w} meaning|did we {w}|is it possible to {w}|who can {w}|do i need to {w}|"
        "how long does it take to {w}|what if i {w}"
    ),
    "adj": choices(
        "what does {w} mean|{w} meaning|how to be {w}|why is it {w}|is it {w}|being {w}|"
        "what makes something {w}|how {w} is it|the most {w} one"
    ),
    "adv": choices("what does {w} mean|{w} definition|how to do it {w}|why does it happen {w}|working {w}"),
}
"""Questions by topic, most special first, then by part of speech; `{w}` is the entry's word, `{b}` its broader word."""

OPENINGS = choices(
    "what is the|what are the|what was the|what does|what do|what kind of|what happens if|"
    "what happens when|what happened to|what percentage of|what year did|what type of|what did|"
    "what should i do if|what causes|how do i|how does|how do|how did|how can i|how can we|how many|"
    "how much|how long does|how often|how is|how are|how to|how to fix|how was|why is|why are|why does|"
    "why do|why did|when did|when was|when is|when should i|where is|where can i find|where does|"
    "where are|which of the|which|who was the first|who is|who was the|who did|is it possible to|"
    "is there a|is it safe to|is it true that|are there|are|does|did|do i need to|can i|can you|can a|"
    "should i|should we|will|could|would it be|best way to|tips for|notes on|my notes about|ideas for|"
    "reading list|meeting about|thoughts on|summary of|list of|introduction to|guide to|example of|"
    "examples of|explain|compare|difference between|problem with|error|trying to|learning|lecture|"
    "review of|draft|the|a|on|about|in"
)
"""Beginnings put before a fragment of a sentence."""

ENDINGS = choices(
    "meaning|definition|example|examples|tutorial|explained|error|not working|vs|notes|in python|"
    "in javascript|list|guide|theory|history|statistics|law|2019|2020|2021|2022|2023|2024|2025|today|"
    "this week|last year|for beginners|pdf|paper|book|project|ideas|summary|effects|symptoms|for kids|"
    "online|at home|at work"
)
"""Ends put after a keyword."""

MONTHS = "january february march april may june july august september october november december".split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
DATED = choices(
    "{m} {y}|{d} {m} {y}|{m} {d}|{m} {d} {y}|{y}-{mm:02d}-{d:02d}|{w} {m} {d}|notes from {m} {y}|"
    "what happened in {y}|what did i do in {m}|week {d} of {y}|{y}|{w} meeting|plans for {m}|chapter {d}|"
    "section {d}|version {mm}.{d}|{w} morning|in the summer of {y}|top {d} of {y}|lecture {d}|day {d}|"
    "year {y} review|journal {y} {m}|{d} percent of|{d} years ago|page {d}|exercise {mm}.{d}"
)


PAIRS = choices(
    "{a} {b}|{a} {b}|{a} and {b}|{a} vs {b}|difference between {a} and {b}|{a} or {b}|{a} in {b}|"
    "{a} of {b}|{a} for {b}|how does {a} affect {b}|relation between {a} and {b}|is {a} better than {b}|"
    "{a} without {b}|from {a} to {b}|effect of {a} on {b}"
)
"""Ways to set `{a}` and `{b}` side by side."""


def texts_of_entry(entry: Entry, rng: random.Random) -> Iterator[str]:
    """Yield an entry's examples, and with some luck its gloss, word, a question, keywords, word and broader word."""
    word = entry.words[0]
    yield from (clip(example) for example in entry.examples)
    if rng.random() < 0.6:
        yield clip(entry.gloss)
    if rng.random() < 0.45:
        yield rng.choice(entry.words)
    if rng.random() < 0.6:
        yield question_of_entry(entry, rng)
    if rng.random() < 0.3 and (query := keywords_of(f"{word} {entry.gloss}", rng)):
        yield query
    if entry.broader and rng.random() < 0.15:
        yield f"{word} {entry.broader}"
    if rng.random() < 0.08:
        yield f"{word} {rng.choice(ENDINGS)}"


def question_of_entry(entry: Entry, rng: random.Random) -> str:
    """A question or note title about the entry's first word, from the patterns of its topic or its part of speech."""
    speech = entry.topic.partition(".")[0]
    special = QUESTIONS.get(entry.topic, ())
    patterns = special if special and (entry.instance or rng.random() < 0.7) else QUESTIONS[speech]
    return rng.choice(patterns).format(w=entry.words[0], b=entry.broader or "thing")


def texts_of_pair(first: str, second: str, rng: random.Random) -> Iterator[str]:
    """Yield one text that sets two words side by side."""
    yield rng.choice(PAIRS).format(a=first, b=second)


def texts_of_sentence(sentence: str, rng: random.Random) -> Iterator[str]:
    """Yield a sentence, and with some luck a keyword query and a question begun with one of its fragments."""
    yield clip(sentence)
    if rng.random() < 0.35 and (query := keywords_of(sentence, rng)):
        yield query
    if rng.random() < 0.35 and (fragment := fragment_of(sentence, rng)):
        yield f"{rng.choice(OPENINGS)} {fragment}"


def texts_of_title(title: str, rng: random.Random) -> Iterator[str]:
    """Yield a heading or one-line description, and with some luck a question made of it."""
    yield clip(title)
    if rng.random() < 0.4:
        yield clip(f"{rng.choice(OPENINGS)} {title[:1].lower()}{title[1:]}")


def texts_of_word(word: str, partner: str, rng: random.Random) -> Iterator[str]:
    """Yield a word of the vocabulary alone, beside another, or as somebody or something asked about."""
    if rng.random() < 0.5:
        yield word
    yield f"{word} {partner}" if rng.random() < 0.5 else f"{partner} {word}"
    if rng.random() < 0.5:
        yield f"{rng.choice(OPENINGS)} {word}"


def texts_of_dates(count: int, rng: random.Random) -> Iterator[str]:
    """Yield `count` queries that hold a date, a number or a place in a book."""
    for _ in range(count):
        yield rng.choice(DATED).format(
            m=rng.choice(MONTHS),
            mm=rng.randint(1, 12),
            d=rng.randint(1, 31),
            y=rng.randint(1900, 2030),
            w=rng.choice(WEEKDAYS),
        )


def keywords_of(text: str, rng: random.Random) -> str:
    """Two to four distinct content words of a text in their order; empty when it has fewer than two."""
    words = list(
        dict.fromkeys(
            word
            for word in re.findall(r"[\w'+#-]+", text.lower())
            if word not in STOP_WORDS and len(word) > 1
        )
    )
    if len(words) < 2:
        return ""
    chosen = sorted(rng.sample(range(len(words)), min(len(words), rng.choice((2, 2, 3, 3, 4)))))
    return " ".join(words[at] for at in chosen)


def fragment_of(sentence: str, rng: random.Random) -> str:
    """Two to eight neighbouring words of a sentence, not ending in a stop word; empty when it is too short."""
    words = re.sub(r"[.!?;:,()\"]", "", sentence).split()
    if len(words) < 4:
        return ""
    length = rng.randint(2, min(8, len(words) - 1))
    at = rng.randint(0, len(words) - length)
    fragment = words[at : at + length]
    while fragment and fragment[-1].lower() in STOP_WORDS:
        fragment.pop()
    return " ".join(fragment)


def clip(text: str) -> str:
    """A text on one line, at most `MAX_WORDS` words."""
    return " ".join(text.split()[:MAX_WORDS])


def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a paragraph that read as prose: 4 to 40 words, mostly letters."""
    found = re.split(r"(?<=[.!?])\s+(?=[A-Z\"'(])", " ".join(text.split()))
    return tuple(sentence for sentence in found if 4 <= len(sentence.split()) <= 40 and is_prose(sentence))


def is_prose(text: str) -> bool:
    """Whether at least four fifths of a text's characters are letters or spaces, so that code and tables stay out."""
    return bool(text) and sum(letter.isalpha() or letter == " " for letter in text) >= 0.8 * len(text)


def distinct(texts: Iterable[str], *, known: Sequence[str] = ()) -> tuple[str, ...]:
    """Texts that differ in more than case and spaces, in order of first sight; not empty, not in `known`."""
    seen = {normal(text) for text in known} | {""}
    kept = []
    for text in texts:
        key = normal(text)
        if key not in seen:
            seen.add(key)
            kept.append(text)
    return tuple(kept)


def normal(text: str) -> str:
    """A text as the uncased tokenizer mostly sees it: lower case, single spaces."""
    return " ".join(text.lower().split())
