"""Front matter within bounds, and the same on every run."""

import subprocess
import sys
from time import process_time

import pytest

from notegen.errors.problems import word_problem
from notegen.read.front_matter import split_front_matter
from notegen.read.visibility import Visibility, read_visibility

LAUGHS = "a0: &a0 [lol, lol, lol]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)
MERGES = "a0: &a0 {k: v}\n" + "".join(
    f"a{n}: &a{n}\n  <<: [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)
LONG = f"a: &a {'x' * 50_000}\n"
TOO_LARGE = "it is longer than 200,000 letters, or would be, once each alias in it stood for what it names"
TOO_DEEP = "its lists and tables lie deeper than 32 in each other"


@pytest.mark.parametrize(
    ("head", "properties"),
    [
        ("title:\u00a0Low\u00a0water\ntags:\n-\u00a0a\n- b", {"title": "Low\u00a0water", "tags": ["a", "b"]}),
        ("title:\u00a0Only", {"title": "Only"}),
        ("title: Two\u2028lines\ntags: [c]", {"title": "Two lines", "tags": ["c"]}),
        ("depth: 10\u00a0m", {"depth": "10\u00a0m"}),
    ],
)
def test_what_looks_like_a_space_is_one(head: str, properties: object) -> None:
    """A space that does not break behind a key, a separator of lines within one: pastes bring both."""
    front = split_front_matter(f"---\n{head}\n---\ntext", "n.md")
    assert (front.properties, front.problems) == (properties, ())


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (f"{LAUGHS}title: *a11", TOO_LARGE),
        (f"{LAUGHS}tags: *a11", TOO_LARGE),
        (f"{LAUGHS}b:\n  c: [{{d: *a11}}]", TOO_LARGE),
        (f"{LAUGHS}? *a11\n: b", TOO_LARGE),
        (MERGES, TOO_LARGE),
        (f"{LONG}tags: [{', '.join(['*a'] * 100)}]", TOO_LARGE),
        ("a: " + "b " * 200_000, TOO_LARGE),
        ("a: &a [*a]", "an alias in it stands inside what it names"),
        ("image: &a [*a]", "an alias in it stands inside what it names"),
        ("a: &a {b: {c: *a}}", "an alias in it stands inside what it names"),
        ("a: " + "[" * 40 + "]" * 40, TOO_DEEP),
        ("- " * 900 + "a", TOO_DEEP),
        ("a: " + "[" * 5000, "exceeded maximum nesting depth"),
        ("a: !!int " + "1" * 3000, "a number in it is too long"),
        ("a: !!int " + "1" * 100_000, "a number in it is too long"),
        ("a: !!int 0x" + "f" * 3000, "a number in it is too long"),
        ("a: !!int " + ":".join(["1"] * 5000), "a number in it is too long"),
        ("a: !!float ''", "a value is not of the kind that its tag says"),
        ("a: !!bool maybe", "a value is not of the kind that its tag says"),
        ("a: !!set [b]", "a value is not of the kind that its tag says"),
        ("a: !!omap [b]", "a value is not of the kind that its tag says"),
    ],
)
def test_yaml_beyond_bounds_is_no_front_matter(head: str, reason: str) -> None:
    """It is refused in time, and the problem says why."""
    before = process_time()
    front = split_front_matter(f"---\n{head}\n---\ntext", "n.md")
    assert process_time() - before < 2
    assert front.properties == {}
    assert front.body == "text"
    assert [word_problem(problem) for problem in front.problems] == [
        f"the front matter is not valid YAML: {reason}"
    ]


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ("a = " + "[" * 3000, TOO_DEEP),
        ("a = " + "{a = " * 3000, TOO_DEEP),
        ("a = " + "[" * 40 + "]" * 40, TOO_DEEP),
        ("a." * 5000 + "a = 1", TOO_DEEP),
        ("'a'. " * 5000 + "a = 1", TOO_DEEP),
        ("b = {" + "a." * 5000 + "a = 1}", TOO_DEEP),
        ("[" + "a." * 5000 + "a]", TOO_DEEP),
        ("a = " + "1" * 3000, "a number in it is too long"),
        ("a = " + "1" * 5000, "a number in it is too long"),
        ("a = 0x" + "f" * 3000, "a number in it is too long"),
        ("a = '" + "b" * 200_000 + "'", TOO_LARGE),
    ],
)
def test_toml_beyond_bounds_is_no_front_matter(head: str, reason: str) -> None:
    """It is refused in time, and the problem says why."""
    before = process_time()
    front = split_front_matter(f"+++\n{head}\n+++\ntext", "n.md")
    assert process_time() - before < 2
    assert [word_problem(problem) for problem in front.problems] == [
        f"the front matter is not valid YAML: {reason}"
    ]


def test_what_aliases_are_for_is_read() -> None:
    """A value that stands in several places, and a table that takes over another's keys."""
    front = split_front_matter("---\na: &a {b: 1}\nc: *a\nd:\n  <<: *a\n  e: 2\n---\n", "n.md")
    assert front.properties == {"a": {"b": "1"}, "c": {"b": "1"}, "d": {"b": "1", "e": "2"}}


@pytest.mark.parametrize(
    ("head", "properties"),
    [
        ("title: !important Call Ines", {"title": "Call Ines"}),
        ("a: !secret [x, !b y]\nc: !d\n  e: 1", {"a": ["x", "y"], "c": {"e": "1"}}),
        ("a: !!python/object/apply:os.getcwd []", {"a": []}),
        ("a: !x '01'\nb: !!str 2", {"a": "01", "b": "2"}),
        ("a: !x", {"a": ""}),
    ],
)
def test_a_tag_that_nobody_knows_is_as_if_not_there(head: str, properties: dict[str, object]) -> None:
    """Obsidian warns and goes on; without that a title such as `!important` would cost a note all its front matter."""
    front = split_front_matter(f"---\n{head}\n---\n", "n.md")
    assert (front.properties, front.problems) == (properties, ())


@pytest.mark.parametrize(
    "head",
    ["publish: !x false", "publish: !x no", "private: !x true", "draft: !x [true]", "!x publish: false"],
)
def test_a_flag_behind_such_a_tag_keeps_the_note_back(head: str) -> None:
    """In doubt nothing is published."""
    assert read_visibility(split_front_matter(f"---\n{head}\n---\ntext", "n.md"), "n.md").withheld


WORDS = """---
start: 9:30
postcode: 01234
country: NO
answer: yes
sign: =
arrow: <<
version: 1.10
commit: 12e45
colour: 0x1F
thousand: 1_000
half: .5
day: 2024-02-30
list: [on, ~, Off, =, <<, 8:00, +49]
NO: a key
12:30: a time
nothing:
nothing too: ~
null too: Null
quoted: "yes"
---
"""


def test_what_yaml_of_old_makes_of_words_is_no_matter() -> None:
    """Times, postcodes, countries and signs stay as written; only nothing is nothing."""
    assert split_front_matter(WORDS, "n.md").properties == {
        "start": "9:30",
        "postcode": "01234",
        "country": "NO",
        "answer": "yes",
        "sign": "=",
        "arrow": "<<",
        "version": "1.10",
        "commit": "12e45",
        "colour": "0x1F",
        "thousand": "1_000",
        "half": ".5",
        "day": "2024-02-30",
        "list": ["on", None, "Off", "=", "<<", "8:00", "+49"],
        "no": "a key",
        "12:30": "a time",
        "nothing": None,
        "nothing too": None,
        "null too": None,
        "quoted": "yes",
    }


def test_numbers_of_toml_and_of_any_length_stay_as_written() -> None:
    """TOML's fractions keep their last nought; what YAML does not compute with has no bound of its own."""
    assert split_front_matter("+++\nversion = 1.10\n+++\n", "n.md").properties == {"version": "1.10"}
    assert split_front_matter(f"---\na: {'1' * 5000}\n---\n", "n.md").properties == {"a": "1" * 5000}


FLAGS = [
    "draft: On", "draft: YES", "private: yes", "publish: no", "published: Off", "public: NO", "params: {draft: on}",
    "build: {render: off}", "build:\n  list: No", "draft: !!bool on", "share: FALSE",
]  # fmt: skip


@pytest.mark.parametrize("head", FLAGS)
def test_words_that_yaml_of_old_takes_for_true_or_false_still_say_so_of_a_flag(head: str) -> None:
    """They keep their note back without a complaint; in quotes, with one."""
    assert read_visibility(split_front_matter(f"---\n{head}\n---\n", "n.md"), "n.md") == Visibility(True)


@pytest.mark.parametrize("head", ["draft: off", "published: yes", "public: On", "build: {render: always}"])
def test_and_they_say_the_opposite_too(head: str) -> None:
    """A note that is to be published is, without a complaint."""
    said = read_visibility(split_front_matter(f"---\n{head}\n---\n", "n.md"), "n.md")
    assert (said.withheld, said.problems) == (False, ())


DATED = [
    "publish: 2005", "publish: 2019-05", "publish: 2024-9-5", "published: March 2019", "published: März 2019",
    "published: 5 août 2019", "published: Spring 2020", "published: Herbst 2020", "published: c. 1954",
    "published: Tue, 05 Jan 2021 10:00:00 +0000", "published: Wednesday, September 25th 2024, 2:30:00 pm",
    "published: Wed Sep 25 2024 14:30:00 GMT+0200 (CEST)", "publish: 1662379200000", "published: '[[2024-09-25]]'",
    "published: 2024年9月",
]  # fmt: skip


@pytest.mark.parametrize("head", DATED)
def test_a_day_of_publishing_is_no_flag(head: str) -> None:
    """A year, a month, a season or a date, in any form."""
    assert read_visibility(split_front_matter(f"---\n{head}\n---\n", "n.md"), "n.md") == Visibility()


@pytest.mark.parametrize(
    "head",
    [
        "publish: no 2019",
        "published: not yet, 2024-05-01",
        "publish: 12",
        "published: in may",
        "publish: n.d.",
    ],
)
def test_words_beside_a_date_are_in_doubt(head: str) -> None:
    """Their note is kept back, with a warning."""
    said = read_visibility(split_front_matter(f"---\n{head}\n---\n", "n.md"), "n.md")
    assert (said.withheld, [problem.code for problem in said.problems]) == (True, ["flag-unclear"])


ODD = """---
set: !!set {cc, aa, bb, dd, ee}
in it: [!!set {cc, aa}]
ordered: !!omap [b: 1, a: 2]
pairs: !!pairs [b: 1, b: 2]
time: !!timestamp 2001-12-14t21:59:43.10-05:00
no time: !!timestamp 2001-99-99
bytes: !!binary |
  aGVs
  bG8=
---
"""


def test_yaml_without_an_order_keeps_the_order_it_is_written_in() -> None:
    """Sets, ordered maps and pairs; times and bytes are their text."""
    assert split_front_matter(ODD, "n.md").properties == {
        "set": ["cc", "aa", "bb", "dd", "ee"],
        "in it": [["cc", "aa"]],
        "ordered": {"b": "1", "a": "2"},
        "pairs": [{"b": "1"}, {"b": "2"}],
        "time": "2001-12-14t21:59:43.10-05:00",
        "no time": "2001-99-99",
        "bytes": "aGVs bG8=",
    }


def test_front_matter_is_the_same_with_any_hash_seed() -> None:
    """What Python makes of it is printed by four processes."""
    code = f"from notegen.read.front_matter import split_front_matter as s; print(s({ODD!r}, 'n.md'))"
    printed = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "2", "3")
    }
    assert len(printed) == 1
