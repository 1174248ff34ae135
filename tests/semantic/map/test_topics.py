"""Topics: which notes belong together, and what they are called."""

import numpy as np
import pytest
from numpy.typing import NDArray

from notegen.config import Config
from notegen.semantic.map.topic_labels import label_topics
from notegen.semantic.map.topics import cluster_notes, first_centroids, topic_count
from tests.support.gardens import grow


def groups_of(rows: NDArray[np.float64]) -> tuple[tuple[int, ...], ...]:
    """The groups of these rows."""
    return cluster_notes(rows, first_centroids(rows, topic_count(len(rows))))


def test_how_many_topics_a_garden_has() -> None:
    """Two at least, twelve at most, in between half the root of its notes."""
    assert [topic_count(notes) for notes in (12, 45, 200, 576, 100_000)] == [2, 3, 7, 12, 12]


def test_groups_that_lie_apart_are_found_the_largest_first() -> None:
    """Three clouds of 50, 30 and 20 in a plane: three of the five groups looked for cut none of them in two."""
    random = np.random.default_rng(1)
    sizes = (30, 50, 20)
    centroids = np.array([[0.0, 0], [10, 0], [0, 10]])
    rows = np.concatenate(
        [centroid + random.normal(size=(size, 2)) for centroid, size in zip(centroids, sizes, strict=True)]
    )
    groups = groups_of(rows)
    assert sorted(row for group in groups for row in group) == list(range(100))
    assert [len(group) for group in groups] == sorted(map(len, groups), reverse=True)
    clouds = np.repeat([0, 1, 2], sizes)
    assert all(len(set(clouds[list(group)])) == 1 for group in groups)


def test_the_row_closest_to_the_middle_comes_first_and_equal_rows_are_one_group() -> None:
    """Of five on a line the third; of rows that do not differ no group can be cut."""
    line = np.array([[0.0, 0], [1, 0], [2, 0], [3, 0], [4, 0]])
    same = np.ones((8, 3))
    assert groups_of(same) == (tuple(range(8)),)
    assert groups_of(np.concatenate([line, line + np.array([100, 0])]))[0][0] == 2


def names(topics: dict[str, list[str]], language: str = "en") -> tuple[tuple[str, ...], ...]:
    """The names of topics whose notes have these texts."""
    notes = {f"{topic}-{i}.md": text for topic, texts in topics.items() for i, text in enumerate(texts)}
    garden = grow({id: f"# {id[:-3]}\n\n{text}" for id, text in notes.items()})
    groups = [[id for id in notes if id.startswith(f"{topic}-")] for topic in topics]
    return label_topics(garden, groups, language)


@pytest.mark.promise("with their topics")
def test_a_topic_is_called_by_what_its_notes_say_and_others_do_not() -> None:
    """Whatever both say is in neither name, nor are the words that tie sentences together."""
    found = names(
        {
            "one": [
                "The tide and the boat",
                "The tides are with the boats",
                "A boat in the tide of the house",
            ],
            "two": ["The bread in the oven", "Breads and the ovens of the house", "An oven for the bread"],
        }
    )
    assert [set(words) - {"one", "two"} for words in found] == [{"boat", "tide"}, {"bread", "oven"}]


def test_words_that_tie_sentences_together_are_left_out_in_languages_nobody_declared() -> None:
    """A garden in English has a topic in German: its name is not `und` and `nicht`."""
    found = names(
        {
            "one": [
                "The tide and the boat were here",
                "There is a boat on the tide",
                "Such a tide, what a boat",
            ],
            "two": [
                "Das Brot und der Ofen sind nicht hier, aber auch nicht dort",
                "Ein Ofen ist für das Brot, und das Brot ist nicht für ihn",
                "Wenn der Ofen nicht warm ist, wird auch das Brot nicht gut",
            ],
        }
    )
    assert {"brot", "ofen"} <= set(found[1])
    assert not set(found[1]) & {"und", "nicht", "das", "der", "ist", "auch"}


def test_scripts_without_spaces_name_their_topics_by_pairs_of_characters() -> None:
    """And no single character or number is a name."""
    found = names(
        {
            "one": ["潮汐 1 2 3", "潮汐很高 7", "今天的潮汐 2024"],
            "two": ["boats x y", "a boat z", "boats 2024"],
        },
        Config().language,
    )
    assert found[0][0] == "潮汐"
    assert "boats" in found[1]
    assert not {word for words in found for word in words if word.isdigit()}


def test_endings_name_no_topic() -> None:
    """Of Korean, whose words have their endings on them, of Japanese and of Thai, whoever declared them or not."""
    found = names(
        {
            "고래": ["고래에서는 바다에서 헤엄친다", "바다에서는 고래에게 마다", "고래마다 바다까지 간다"],
            "山": [
                "山にはしずかに登るものです",
                "山からはとおくの町がみえるものです",
                "山にもとおくに登るものです",
            ],
            "ทะเล": ["ทะเลสวยงามมาก", "ทะเลสวยงามเสมอ", "ทะเลสวยงามทุกวัน"],
            "tide": ["The tide and the harbour", "A harbour tide", "Harbour at low tide"],
        }
    )
    said = {word for topic in found for word in topic}
    assert not said & {"에서", "에는", "에게", "마다", "もの", "ので", "です", "には", "ทะ", "เล", "สว"}
    assert {"고래", "바다"} <= said
    assert found[-1]


def test_no_word_is_in_two_names() -> None:
    """It belongs to the topic that says it most."""
    found = names(
        {
            "one": ["tide boat shared", "tide boat shared", "tide boat shared"],
            "two": ["bread oven shared", "bread oven", "bread oven"],
            "three": ["chess gambit", "chess gambit", "chess gambit"],
        }
    )
    flat = [word for words in found for word in words]
    assert len(flat) == len(set(flat))
    assert "shared" not in found[1]


def test_code_formulas_and_addresses_name_no_topic() -> None:
    """Whether they are marked as such or not: in a block, in a line, as a link, with a dollar that is never closed."""
    formula = (
        "The tide $\\frac{a}{b}$ is `undertow()`\n\n$$\n\\sum_{swell} x\n$$\n\n```\nimport breaker\n```\n\n"
        "See https://example.com/surf and example.org/spray, or \\mathbb{foam} at $5, harbour::open, mole@example.com."
    )
    found = names({"one": [formula] * 6, "two": ["Bread in the oven"] * 6})
    assert found == (("tide",), ("bread", "oven"))


def test_a_diary_is_not_called_by_its_days() -> None:
    """Months and weekdays say when, in English beside other languages too; what may be something else stays."""
    diary = ["Oct 5th, 2020 Monday rowed", "Jan 6th, 2021 Friday rowed", "Dec 7th, Oktober rowed"] * 2
    found = names({"Oct": diary, "two": ["Mars the planet"] * 6})
    assert found[0] == ("rowed",)
    assert "mars" in found[1]
    polish = ["w listopadzie i w lutego pływałem łodzią"] * 6
    assert "lutego" not in names({"one": polish, "two": ["chleb"] * 6}, "pl")[0]


def test_words_of_titles_count_more() -> None:
    """Both are said by every note of the topic; one is in their titles too."""
    found = names({"gull": ["Some gull and some mast"] * 4, "two": ["Bread"] * 4})
    assert found[0] == ("gull", "mast")


def test_a_topic_whose_words_may_be_chance_has_no_name() -> None:
    """Two of six notes say a word that no other does, among hundreds of words that one note says."""
    random = np.random.default_rng(2)

    def text(*words: str) -> str:
        return " ".join([*words, *("".join(random.choice(list("bcdfgklm"), 9)) for _ in range(40))])

    notes = {f"{i}.md": f"# {text()}\n\n{text('quince') if i < 2 else text()}" for i in range(12)}
    garden = grow(notes)
    six = [[f"{i}.md" for i in range(6)], [f"{i}.md" for i in range(6, 12)]]
    assert label_topics(garden, six, "en") == ((), ())
    said = {id: text.replace("\n\n", "\n\nquince ") for id, text in notes.items() if id in six[0]}
    assert label_topics(grow({**notes, **said}), six, "en")[0] == ("quince",)


def test_one_title_names_no_topic_of_several_notes() -> None:
    """However much titles count, two notes must say a word."""
    notes = {f"{i}.md": "# Tide\n\nThe tide" if i else "# Quince\n\nA quince" for i in range(3)}
    topics = [list(notes), ["bread.md"]]
    assert label_topics(grow({**notes, "bread.md": "Bread"}), topics, "en")[0] == ("tide",)
