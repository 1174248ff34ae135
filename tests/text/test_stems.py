"""Stemmers of the two sides: Python's and those that hatch_build.py puts into pages, on thousands of words each."""

import json
import random
import subprocess
import sys
from collections.abc import Iterator

import pytest
from babel import Locale
from stopwordsiso import has_lang, stopwords

from hatch_build import node_executable
from notegen.bundled import bundled
from notegen.text.stems import ALGORITHMS, BUILT_IN, algorithms_of, snowball, stems_of
from notegen.text.tokens import Token, find_words, tokens_of

SYLLABLES = {
    "arabic": "ال كتاب مكتب ون ين ات ها هم نا وال يست مدرس ة ي ء أ",
    "armenian": "այն գիրք եր ները ություն ական ում ված մարդ",
    "greek": "βιβλι ανθρωπ ος ων ους ματα εις ηση ικος αγαπ ησ αμε ότητα",
    "hindi": "किताब ों में ियाँ ता लड़क े ी ने वाला",
    "nepali": "किताब हरू ले लाई मा को बाट घर",
    "russian": "книг ами ость ующий читай те йся дом ого ыми ейш ё и вши",
    "serbian": "књиг ама ост ујући кућ ицама ски ijama ovanje ić đ",
    "tamil": "புத்தக ங்கள் இல் உக்கு ஆல் வீடு கள்",
    "turkish": "kitap lar ımız dan ev ler inde ci lik çı ğı ıyor şehir",
    "yiddish": "בוך ביכער ען ונג ליך געגאַנגען הויז עס",
}
LATIN = (
    "a e i o u y ä ö ü é è ê á í ó ú ã õ ç ñ ß ij lijk heid ge be ung keit isch lich ement ation izar ando ção "
    "ciones mente ità ist het arna else ande ness ing ed ies ss tt nn ck qu str pl gr bh ts cc zz ős ja kuu sta ssa "
    "llä tion 's x1 9s"
)
WORDS_A_LANGUAGE = 3000


@pytest.mark.parametrize("algorithm", sorted({*ALGORITHMS.values()} - BUILT_IN))
def test_the_page_stems_as_python_does(algorithm: str) -> None:
    """Real words, and words from syllables and endings of many languages: most are none, and walk through all rules."""
    made, real = list(made_words(algorithm)), real_words(algorithm)
    assert len(made) == WORDS_A_LANGUAGE
    assert len(real) > 400
    assert differences(algorithm, [*made, *real]) == []


def test_a_language_names_its_rules_by_its_first_part() -> None:
    """In any case; a language without rules names none."""
    assert algorithms_of(["de-AT", "EN_us", "nb", "nn", "ja", ""]) == ("english", "german", "norwegian")


def test_every_algorithm_is_built_for_pages_and_no_other() -> None:
    """By its name."""
    assert {file.stem for file in (bundled("browser") / "stemmers").iterdir()} == {
        *ALGORITHMS.values()
    } - BUILT_IN


def test_accents_are_optional() -> None:
    """A word typed without them has a stem of the one with them, and rules that need them apply where they stand."""
    (with_accents, without, other) = (
        stems_of(token, ("french",))
        for word in find_words("étudiée etudiee étudiants")
        for token in tokens_of(word)
    )
    assert set(with_accents) & set(without)
    assert set(with_accents) & set(other)


@pytest.mark.parametrize("algorithm", ["english", "german", "russian"])
def test_stems_are_the_same_without_the_compiled_ones(
    algorithm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no wheel of them."""
    words = real_words(algorithm)[:300]
    compiled = [*map(snowball(algorithm), words)]
    monkeypatch.setitem(sys.modules, "Stemmer", None)
    monkeypatch.setattr("snowballstemmer.cext_available", False)
    plain = snowball(algorithm)
    assert plain.__self__.__class__.__module__.startswith("snowballstemmer")  # type: ignore[attr-defined]
    assert [*map(plain, words)] == compiled


def test_a_plural_without_a_vowel_is_a_plural() -> None:
    """Which Snowball does not see."""
    assert stems_of(Token("crdts", "crdts"), ("english",)) == ("crdt",)


def made_words(algorithm: str) -> Iterator[str]:
    """Always the same ones."""
    chance = random.Random(algorithm)
    parts = SYLLABLES.get(algorithm, LATIN).split()
    letters = "".join(parts)
    for number in range(WORDS_A_LANGUAGE):
        if number % 3 == 0:
            yield "".join(chance.choices(letters, k=chance.randint(1, 14)))
        else:
            yield "".join(chance.choices(parts, k=chance.randint(1, 5)))


def real_words(algorithm: str) -> list[str]:
    """What CLDR calls languages, scripts, countries and currencies, in all their words, and the commonest words."""
    words: set[str] = set()
    for language in (tag for tag, name in ALGORITHMS.items() if name == algorithm):
        names = Locale.parse(language)
        for called in (names.languages, names.scripts, names.territories, names.currencies):
            words.update(word for name in called.values() for word in name.lower().split())
        if has_lang(language):
            words.update(word.lower() for word in stopwords(language))
    return sorted(words)


def differences(algorithm: str, words: list[str]) -> list[tuple[str, str, str]]:
    """The words that the two sides stem differently, with both stems."""
    script = bundled("browser") / f"stemmers/{algorithm}.js"
    program = """
        const [, script, words] = process.argv;
        const { readFileSync } = require("node:fs");
        let make;
        new Function("notegen", readFileSync(script, "utf8"))({ add: (_, brought) => { make = brought; } });
        const stem = make();
        console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(stem)));
    """
    command = [str(node_executable()), "-e", program, str(script)]
    run = subprocess.run(command, input=json.dumps(words), capture_output=True, text=True, check=True)
    there: list[str] = json.loads(run.stdout)
    here = [*map(snowball(algorithm), words)]
    return [facts for facts in zip(words, here, there, strict=True) if facts[1] != facts[2]]
