"""How well the encoder knows the notes of a garden."""

from itertools import chain

from msgspec.structs import replace

from notegen.bundled import bundled_model
from notegen.encoder import load_table
from notegen.model import Familiarity, QueryTable
from notegen.semantic.familiarity import familiarity_of, unfamiliar_notes
from notegen.semantic.passages import passages_of
from tests.support.gardens import grow
from tests.support.word_encoder import TABLE

ENGLISH = (
    "The tide comes in twice a day, and the boats in the harbour rise with it until they float again. " * 3
)
GERMAN = (
    "Zweimal am Tag kommt die Flut, und die Boote im Hafen heben sich, bis sie wieder schwimmen können. " * 3
)
RUSSIAN = "Дважды в день приходит прилив, и лодки в гавани поднимаются, пока снова не поплывут. " * 3
CODE = (
    "Call `readFile(path)` first, then `JSON.parse` what it gives, and write `null` where there was nothing. "
    * 3
)


def _familiarity(texts: dict[str, str], table: QueryTable | None) -> Familiarity | None:
    garden = grow({f"{name}.md": (f"# Note\n\n{text}", {}) for name, text in texts.items()})
    passages = tuple(chain.from_iterable(map(passages_of, garden.notes.values())))
    return familiarity_of(garden, passages, table)


def test_the_bundled_model_knows_english() -> None:
    """In a garden of several languages each note has its own level; code in English is English."""
    texts = {"a-english": ENGLISH, "b-german": GERMAN, "c-russian": RUSSIAN, "d-code": CODE}
    found = _familiarity(texts, load_table(bundled_model()))
    assert found is not None
    english, german, russian, code = found.levels
    assert (english, russian) == (8, 1)
    assert german <= 3
    assert code >= 7
    assert found.language == "en"
    assert unfamiliar_notes(found) == 2


def test_a_garden_in_english_is_known_as_a_whole() -> None:
    """Also its notes of a name or two."""
    found = _familiarity({"a": ENGLISH, "b": "Kierkegaard.", "c": "", "d": CODE}, load_table(bundled_model()))
    assert found is not None
    assert set(found.levels) == {8}
    assert unfamiliar_notes(found) == 0


def test_what_an_encoder_of_many_languages_knows_is_not_known() -> None:
    """Its words are pieces in all of them."""
    assert _familiarity({"a": ENGLISH}, replace(TABLE, language="")) is None
    assert _familiarity({"a": ENGLISH}, None) is None
    assert unfamiliar_notes(None) == 0


def test_a_garden_without_words_is_known() -> None:
    """There is nothing that could be misread."""
    assert _familiarity({}, replace(TABLE, language="en")) == Familiarity(1000, (), "en")
