"""On which day a week begins, as readers of a language expect it.

Source:
    The Unicode Common Locale Data Repository, release 47, supplemental `weekData` and `likelySubtags`.
"""

MONDAY, FRIDAY, SATURDAY, SUNDAY = 0, 4, 5, 6

_BY_TERRITORY = {
    FRIDAY: "mv",
    SATURDAY: "af bh dj dz eg iq ir jo kw ly om qa sd sy",
    SUNDAY: (
        "ag as bd br bs bt bw bz ca co dm do et gt gu hk hn id il in is jm jp ke kh kr la mh mm mo mt mx mz ni np pa"
        " pe ph pk pr pt py sa sg sv th tt tw um us ve vi ws ye za zw"
    ),
}

# For a tag without a territory: that of the territory where most who speak the language live.
_BY_LANGUAGE = {
    FRIDAY: "dv",
    SATURDAY: "ar ckb fa ps",
    SUNDAY: (
        "af am as bh bn dz en fil gn gu he hi id is ja jv ki km kn ko ks lo mh ml mr mt my nd ne nr or om pa pt qu sd"
        " sm sn ss st su ta te th ti tn ts ur ve xh yue zh zu"
    ),
}

_TERRITORIES = {territory: day for day, some in _BY_TERRITORY.items() for territory in some.split()}
_LANGUAGES = {language: day for day, some in _BY_LANGUAGE.items() for language in some.split()}


def first_weekday(language: str) -> int:
    """The day on which weeks begin for a BCP 47 tag: 0 for Monday, also where nothing is known, to 6 for Sunday."""
    primary, *rest = language.lower().split("-")
    territory = next((part for part in rest if len(part) == 2 and part.isalpha()), "")
    if territory:
        return _TERRITORIES.get(territory, MONDAY)
    return _LANGUAGES.get(primary, MONDAY)
