"""By which language's rules search reads notes that name none."""

from msgspec.structs import replace

from notegen.model import Garden
from notegen.search.engine import open_search, search_garden
from notegen.search.inverted_index import make_inverted_index
from notegen.search.note_languages import note_languages
from notegen.semantic.passages import passages_of
from tests.support.gardens import grow

ENGLISH = "The tide was high and we went to the shore before it was dark, and then we came back."
GERMAN = "Das Wasser war kalt und die Flut war hoch, also gingen wir an den Strand, bis es dunkel war."
RUSSIAN = "Вода была холодная, и прилив был высокий, так что мы пошли на берег, когда уже стемнело."


def told(garden: Garden, language: str = "en") -> list[str]:
    """The language of each note, in the garden's order."""
    return [*note_languages(garden, language).values()]


def test_a_note_has_the_language_that_its_text_tells() -> None:
    """Each its own, and what tells none that of most others."""
    notes = grow({"a.md": GERMAN, "b.md": ENGLISH, "c.md": "Milch, Butter, Brot", "d.md": GERMAN})
    assert told(notes) == ["de", "en", "de", "de"]


def test_what_is_said_comes_first() -> None:
    """By the note, by its file's name, or by the settings where these say another than English."""
    notes = grow({"a.md": (GERMAN, {"lang": "fr"}), "b.md": RUSSIAN, "sub/index.es.md": ENGLISH})
    assert told(notes) == ["fr", "ru", "es"]
    assert told(notes, "pt-BR") == ["fr", "pt-BR", "es"]


def test_a_site_in_english_of_some_place_keeps_its_tag() -> None:
    """Of the notes that are in English, or tell nothing."""
    assert told(grow({"a.md": ENGLISH, "b.md": "Milk"}), "en-GB") == ["en-GB", "en-GB"]
    assert told(grow({"a.md": "Milk"}), "en-GB") == ["en-GB"]
    assert told(grow({})) == []


def test_one_note_among_many_brings_no_rules() -> None:
    """A text of a quotation costs no reader the rules of another language."""
    texts = {f"{number}.md": ENGLISH for number in range(39)}
    assert told(grow({**texts, "z.md": GERMAN})) == ["en"] * 40
    assert told(grow({**dict([*texts.items()][:18]), "z.md": GERMAN}))[-1] == "de"


def test_languages_without_rules_keep_those_of_english_words() -> None:
    """Polish has none, and Japanese has no endings; an English word among theirs has."""
    polish = "Woda była zimna, ale przypływ był wysoki, więc poszliśmy na brzeg, gdzie już się ściemniało."
    assert (
        told(grow({"a.md": polish, "b.md": "潮が高く水は冷たいので、海へ行った。", "c.md": "Mleko"}))
        == ["en"] * 3
    )


def test_a_question_finds_other_forms_where_nobody_says_the_language() -> None:
    """German and Russian ones, and English ones within these."""
    garden = grow(
        {
            "hafen.md": f"{GERMAN} Fischer verkaufen ihren Fang.",
            "порт.md": f"{RUSSIAN} Рыбаки продают рыбу из containers.",
            "nichts.md": GERMAN,
        }
    )
    passages = [passage for note in garden.notes.values() for passage in passages_of(note)]
    ready = open_search(garden, passages, None)
    for question, note in {
        "wann wird Fang verkauft": "hafen.md",
        "рыбак": "порт.md",
        "container": "порт.md",
    }.items():
        assert search_garden(ready, question, weight=0)[0].note == note
    index = make_inverted_index(garden, passages)
    assert index.algorithms == ("english", "german", "russian")
    assert {"wann", "wird"} <= index.stop_words


def test_a_note_is_told_by_its_beginning() -> None:
    """What it says in another language further down is not asked."""
    garden = grow({"a.md": f"{GERMAN}\n\n" * 30 + f"{ENGLISH}\n\n" * 90})
    assert [note.told_language for note in garden.notes.values()] == ["de"]
    named = replace(garden, notes={id: replace(note, language="de") for id, note in garden.notes.items()})
    assert told(named) == ["de"]
