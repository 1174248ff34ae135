"""How languages speak: dates, numbers, plural forms, directions, and names that keep their own."""

from datetime import date

import pytest

from notegen.bundled import bundled
from notegen.i18n import Language, load_language
from notegen.i18n.locales import chain_of, direction_of, first_weekday, locale_of

DAY = date(2023, 11, 5)


def language(tag: str) -> Language:
    """The language with the bundled messages."""
    return load_language(tag, [bundled("templates")])


@pytest.mark.parametrize(
    ("tag", "day", "month", "year"),
    [
        ("en", "5 November 2023", "November 2023", "2023"),
        ("en-US", "November 5, 2023", "November 2023", "2023"),
        ("de", "5. November 2023", "November 2023", "2023"),
        ("de-AT", "5. November 2023", "November 2023", "2023"),
        ("es", "5 de noviembre de 2023", "noviembre de 2023", "2023"),
        ("pl", "5 listopada 2023", "listopad 2023", "2023"),
        ("ja", "2023年11月5日", "2023年11月", "2023年"),
        ("ar", "5 نوفمبر 2023", "نوفمبر 2023", "2023"),
        ("ar-EG", "٥ نوفمبر ٢٠٢٣", "نوفمبر ٢٠٢٣", "٢٠٢٣"),
        ("ar-u-nu-arab", "٥ نوفمبر ٢٠٢٣", "نوفمبر ٢٠٢٣", "٢٠٢٣"),
        ("fa", "۵ نوامبر ۲۰۲۳", "نوامبر ۲۰۲۳", "۲۰۲۳"),
        ("tlh", "5 November 2023", "November 2023", "2023"),
    ],
)
def test_dates_are_written_as_the_language_does(tag: str, day: str, month: str, year: str) -> None:
    """In its order, its words and its digits; in English where nobody knows it."""
    speaks = language(tag)
    assert (speaks.day(DAY), speaks.month(2023, 11), speaks.year(2023)) == (day, month, year)


@pytest.mark.parametrize(
    ("tag", "number", "percent", "decimal"),
    [
        ("en", "1,204", "12%", "0.30"),
        ("de", "1.204", "12\N{NO-BREAK SPACE}%", "0,30"),
        ("fr", "1\N{NARROW NO-BREAK SPACE}204", "12\N{NO-BREAK SPACE}%", "0,30"),
        ("ar-EG", "١٬٢٠٤", "١٢%", "٠٫٣٠"),
    ],
)
def test_numbers_are_grouped_as_the_language_does(tag: str, number: str, percent: str, decimal: str) -> None:
    """A space in one does not break."""
    speaks = language(tag)
    assert (speaks.number(1204), speaks.percent(0.12), speaks.decimal(0.3)) == (number, percent, decimal)


def test_one_language_leaves_the_names_of_another_alone() -> None:
    """Babel shares what it finds for a month alone between languages that have no name of their own for it."""
    for tag in ("zh", "ja", "ar", "th"):
        language(tag).month_alone(11)
    assert [language(tag).month_alone(11) for tag in ("zh", "ja", "ar", "th")] == [
        "十一月",
        "11月",
        "نوفمبر",
        "พฤศจิกายน",
    ]


@pytest.mark.parametrize(
    ("tag", "names"),
    [
        ("en", "Su Mo Tu We Th Fr Sa"),
        ("de", "Mo Di Mi Do Fr Sa So"),
        ("zh", "一 二 三 四 五 六 日"),
        ("ar", "س ح ن ث ر خ ج"),
    ],
)
def test_a_column_of_the_calendar_has_room_for_its_day(tag: str, names: str) -> None:
    """From the day on which weeks begin; the initial where a short name is too long."""
    assert [short for short, _ in language(tag).weekdays()] == names.split()


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "لا ملاحظات"),
        (1, "ملاحظة واحدة"),
        (2, "ملاحظتان"),
        (3, "3 ملاحظات"),
        (11, "11 ملاحظة"),
        (100, "100 ملاحظة"),
    ],
)
def test_arabic_counts_in_six_ways(count: int, said: str) -> None:
    """As CLDR tells its numbers apart."""
    assert language("ar").translate("count.notes", count=count) == said


def test_a_message_that_falls_back_counts_as_english_does() -> None:
    """Thai has one form for all numbers, and no file of messages."""
    assert language("th").translate("count.notes", count=1) == "1 note"


@pytest.mark.parametrize(
    ("tag", "chain"),
    [
        ("de-AT", ("de-AT", "de", "en")),
        ("zh-Hant-TW", ("zh-Hant-TW", "zh-Hant", "zh", "en")),
        ("en-GB", ("en-GB", "en")),
        ("ar-u-nu-arab", ("ar", "en")),
        ("", ("", "en")),
    ],
)
def test_the_nearest_language_is_asked_first(tag: str, chain: tuple[str, ...]) -> None:
    """English last, and once."""
    assert chain_of(tag) == chain


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        ("ar", "rtl"),
        ("he-IL", "rtl"),
        ("ckb", "rtl"),
        ("dv", "rtl"),
        ("az-Arab", "rtl"),
        ("ar-Latn", "ltr"),
        ("ja", "ltr"),
        ("", ""),
        ("not a tag", ""),
    ],
)
def test_the_direction_is_the_scripts(tag: str, direction: str) -> None:
    """Of the tag's, or of the one that the language is mostly written in."""
    assert direction_of(tag) == direction


@pytest.mark.parametrize(
    ("tag", "day"),
    [
        ("en", 6),
        ("en-GB", 0),
        ("de", 0),
        ("ar", 5),
        ("ar-MA", 0),
        ("pt-BR", 6),
        ("pt-PT", 6),
        ("zh-Hant-TW", 6),
        ("dv", 4),
        ("fr-CA", 6),
        ("", 0),
        ("tlh", 0),
    ],
)
def test_a_week_begins_as_the_language_has_it(tag: str, day: int) -> None:
    """By territory where one is named, else by the language's own; Monday where nothing is known."""
    assert first_weekday(tag) == day


def test_arrows_point_as_text_runs() -> None:
    """What comes after is on the left in Arabic."""
    assert (language("de").back, language("de").forth) == ("←", "→")
    assert (language("ar").back, language("ar").forth) == ("→", "←")


def test_a_name_keeps_its_own_direction_in_arabic() -> None:
    """Else the brackets of a Latin title would turn round; numbers need no such marks."""
    said = language("ar").translate("local_graph.both_ways", title="Tides (old)")
    assert said == "\N{FIRST STRONG ISOLATE}Tides (old)\N{POP DIRECTIONAL ISOLATE} (في الاتجاهين)"
    assert language("de").translate("local_graph.both_ways", title="Tides") == "Tides (gegenseitig)"


def test_faces_are_chosen_for_simplified_characters() -> None:
    """A page that says only `zh` leaves it to the reader's system."""
    assert language("zh").tag == "zh-Hans"
    assert language("zh-TW").tag == "zh-TW"


def test_an_underscore_is_taken_for_a_hyphen() -> None:
    """As POSIX writes it."""
    assert language("de_AT").tag == "de-AT"


def test_an_unknown_message_is_loud() -> None:
    """In `render`, which has no one to blame but itself."""
    with pytest.raises(KeyError):
        language("en").translate("page.serch")


def test_the_world_speaks_for_a_language_without_a_territory() -> None:
    """`en` is not American."""
    assert str(locale_of("en")) == "en_001"
