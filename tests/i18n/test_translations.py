"""The bundled translations: whole, with the same places, and with the forms that their languages count by."""

import re

import pytest

from notegen.bundled import bundled
from notegen.i18n.locales import categories_of
from notegen.i18n.messages import PLACEHOLDER, Message, read_messages
from notegen.theme_folder import LANGUAGES_FOLDER

THEME = bundled("templates")
TRANSLATIONS = sorted(file.stem for file in (THEME / LANGUAGES_FOLDER).glob("*.toml") if file.stem != "en")


def own_messages(tag: str) -> dict[str, Message]:
    """Those of the language's file alone."""
    return {
        key: message
        for key, message in read_messages(tag, [THEME]).items()
        if message.language == tag or tag == "en"
    }


ENGLISH = own_messages("en")


@pytest.mark.promise("in seven languages")
def test_there_are_translations() -> None:
    """Those that were promised."""
    assert {"ar", "de", "es", "fr", "ja", "zh"} <= set(TRANSLATIONS)


@pytest.mark.promise("in seven languages")
@pytest.mark.parametrize("tag", TRANSLATIONS)
def test_a_translation_says_all_that_english_says(tag: str) -> None:
    """A key that English has not is refused when it is read."""
    assert ENGLISH.keys() - own_messages(tag).keys() == set()


@pytest.mark.parametrize("tag", TRANSLATIONS)
def test_a_translation_fills_the_same_places(tag: str) -> None:
    """In its general form; one that speaks of one or two may leave the number to the noun."""
    other = {key: message.forms["other"] for key, message in own_messages(tag).items()}
    assert {
        key: text
        for key, text in other.items()
        if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(ENGLISH[key].forms["other"]))
    } == {}


@pytest.mark.parametrize("tag", ["en", *TRANSLATIONS])
def test_what_counts_has_every_form_of_the_language(tag: str) -> None:
    """As CLDR has them, no more and no fewer."""
    wanted = categories_of(tag)
    assert {
        key: sorted(message.forms)
        for key, message in own_messages(tag).items()
        if len(ENGLISH[key].forms) > 1 and message.forms.keys() != wanted
    } == {}


@pytest.mark.parametrize("tag", ["en", *TRANSLATIONS])
def test_what_is_seen_in_part_is_said_whole(tag: str) -> None:
    """Of these messages only the place is seen, and the rest read aloud: each form must have it."""
    messages = own_messages(tag)
    for key, place in (("scripts.search.tag_notes", "{count}"), ("scripts.search.found_by", "{why}")):
        assert all(place in form for form in messages[key].forms.values()), key


@pytest.mark.parametrize("tag", TRANSLATIONS)
def test_no_message_was_forgotten_in_english(tag: str) -> None:
    """What is the same in both is a word at most, such as a name."""
    assert {
        key: text
        for key, message in own_messages(tag).items()
        if (text := message.forms["other"]) == ENGLISH[key].forms["other"]
        and len(re.findall(r"[a-z]{2,}", PLACEHOLDER.sub("", text), re.IGNORECASE)) > 1
    } == {}
