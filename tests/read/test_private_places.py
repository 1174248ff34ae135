"""Private places by other ways: through symbolic links, by names as people write them, in files of other programs."""

import os
from pathlib import Path

import pytest

from notegen.config import Config
from notegen.read import read_sources
from tests.support.files import write_named
from tests.support.leaks import build_in_memory, leaks

SECRET = "zqxsecret"


@pytest.mark.promise("Private means absent")
def test_what_a_symbolic_link_leads_to_stays_private(tmp_path: Path) -> None:
    """By its folder, by what other tools exclude, in a bin, among drafts, ignored or hidden: the note or the file."""
    places = {"hush": "", ".trash": "", "_drafts": "", "ig": "", "ex": "", ".git": ""}
    for number, place in enumerate(places):
        write_named(tmp_path, **{f"{place}__q_dot_md": SECRET, f"{place}__q_dot_txt": SECRET})
        os.symlink(f"{place}/q.md", tmp_path / f"n{number}.md")
        os.symlink(f"{place}/q.txt", tmp_path / f"f{number}.txt")
        os.symlink(place, tmp_path / f"d{number}")
    write_named(
        tmp_path,
        _dot_obsidian__publish_dot_json='{"excluded": ["ex"]}',
        p_dot_md="---\nprivate: true\n---\nx",
    )
    os.symlink("p.md", tmp_path / "open.md")
    links = " ".join(f"![[f{number}.txt]] [[n{number}]] [[d{number}/q]]" for number in range(len(places)))
    write_named(tmp_path, a_dot_md=f"Public {links}", shown__s_dot_md="Words.")
    os.symlink("shown", tmp_path / "again")
    files, problems = build_in_memory(tmp_path, Config(private_folders=("hush",), ignore=("ig/",)))
    assert leaks(files, [SECRET]) == {}
    assert {"a.html", "again/s.html", "shown/s.html"} <= files.keys()
    told = {dict(one.facts)["target"] for one in problems if one.code.value == "symlink-outside"}
    assert {".git", ".trash/q.md", "ig"} <= told


def test_a_name_of_two_lines_opens_no_private_folder(tmp_path: Path) -> None:
    """Whichever note of the folder is asked for first."""
    write_named(tmp_path, **{"Clients__a\nb_dot_md": SECRET, "Clients__c_dot_md": SECRET, "d_dot_md": "x"})
    reading = read_sources(tmp_path, Config(private_folders=("Clients",)))
    assert [source.id for source in reading.sources] == ["d.md"]


@pytest.mark.parametrize(
    "written",
    ["Clients", "clients/", "/x/Clients", "x\\Clients", '"x/Clients"', "x//Clients/.", "[[Clients]]", "x/Clients/**",
     "Clients/*", "C*", "Client?", "!Clients", " Clients ", "x/Clients/b.md", "b.md"],
)  # fmt: skip
def test_a_private_folder_as_people_write_it(tmp_path: Path, written: str) -> None:
    """With slashes of Windows, in quotes and brackets, as a pattern; or a note, where one is named."""
    write_named(tmp_path, x__Clients__b_dot_md=SECRET, a_dot_md="x", Client_dot_md="x")
    reading = read_sources(tmp_path, Config(private_folders=(written,)))
    assert [source.id for source in reading.sources] == ["Client.md", "a.md"]
    assert reading.problems == ()


@pytest.mark.parametrize("setting", ["private_folders", "encrypt_folders"])
def test_a_folder_of_the_settings_that_is_not_there_is_told(tmp_path: Path, setting: str) -> None:
    """Else a slip of the pen publishes what it should keep back."""
    write_named(tmp_path, Clients__b_dot_md="x")
    config = Config(**{setting: ("Client", "clients")})  # type: ignore[arg-type]
    found = [dict(one.facts) for one in read_sources(tmp_path, config).problems]
    assert found == [{"setting": setting, "folder": "Client"}]
    assert read_sources(tmp_path, Config()).problems == ()


@pytest.mark.parametrize("setting", ["private_tags", "encrypt_tags"])
def test_a_tag_of_the_settings_that_no_note_has_is_told(tmp_path: Path, setting: str) -> None:
    """Wherever a note has it: in front matter, in its text, on a heading, in another case, as one above it."""
    write_named(
        tmp_path,
        a_dot_md="---\ntags: [One]\n---\nx",
        b_dot_md="#two/more",
        c_dot_md="x\n\n## h #three\n\ny",
        d_dot_md="#[[four five]]",
        e_dot_md="six",
    )
    config = Config(**{setting: ("one", "#two", "three", "four five", "six", "Seven", "private")})  # type: ignore[arg-type]
    found = [dict(one.facts) for one in read_sources(tmp_path, config).problems]
    assert found == [{"setting": setting, "tag": "six"}, {"setting": setting, "tag": "seven"}]
    assert read_sources(tmp_path, Config()).problems == ()


@pytest.mark.promise("Private means absent")
def test_files_that_programs_write_say_no_name_of_a_private_note(tmp_path: Path) -> None:
    """Drawings and lists that are copied as they are, settings, and what Windows puts beside."""
    write_named(
        tmp_path,
        **{
            f"{SECRET}_dot_md": "---\nprivate: true\n---\nx",
            "d_dot_excalidraw": f'{{"elements": [{{"text": "[[{SECRET}]]"}}]}}',
            "x_dot_base": f'filters: file.hasLink("{SECRET}")\n',
            "y_dot_base": "filters: file.name == 'a'\n",
            "mkdocs_dot_yml": f"exclude_docs: {SECRET}\n",
            "Thumbs_dot_db": SECRET,
            "a_dot_md": "![[d.excalidraw]] ![[x.base]] [[y.base]] [x](plain.txt)",
            "plain_dot_txt": "x",
        },
    )
    for attachments in ("used", "all"):
        files, _ = build_in_memory(tmp_path, Config(attachments=attachments))
        assert leaks(files, [SECRET]) == {}
        assert {"y.base", "plain.txt"} <= files.keys()


def test_names_of_many_levels_are_hidden_in_one_reading_of_them(tmp_path: Path) -> None:
    """A title with 100,000 strokes, of which the square is a time that nobody waits for, and 80 folders in each other.

    The whole path, the name, and folders on the way down stay hidden.
    """
    deep = "/".join(f"secret{level}" for level in range(80))
    (tmp_path / deep).mkdir(parents=True)
    (tmp_path / deep / "zebulon.md").write_text("---\nprivate: true\n---\nx\n", encoding="utf-8")
    (tmp_path / "long.md").write_text(
        f"---\nprivate: true\n---\n# {'a/' * 100_000}zebulon\n", encoding="utf-8"
    )
    links = (f"{deep}/zebulon", "zebulon", "secret79/zebulon", "secret0/secret1", "secret2")
    text = "A tide. " + " ".join(f"[[{link}]] ![[{link}]]" for link in links)
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    files, _ = build_in_memory(tmp_path)
    assert not leaks(files, ["zebulon", "secret0", "secret2", "secret79"])
