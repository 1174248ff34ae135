"""Data as scripts, and names that change with what is in a file."""

from notegen.page_data import data_file, data_script, hashed_file, hashed_folder, numbered_shards, shard_file


def test_data_is_a_script_that_adds_it_to_the_page() -> None:
    """Letters of every script as they are, a lone surrogate, which UTF-8 cannot write, as JSON's escape."""
    script = data_script("days", {"5": ["Ebbe, été, 海", "\ud800"]})
    assert script == 'notegen.add("days",{"5":["Ebbe, été, 海","\\ud800"]})'.encode()


def test_a_name_changes_with_the_content_and_with_nothing_else() -> None:
    """The same for the same, in another place for something else; the ending stays."""
    first, same, other = (hashed_file("style.css", content) for content in (b"a", b"a", b"b"))
    assert (first.url, first.content) == (same.url, b"a")
    assert first.url != other.url
    assert [url.split(".")[0] for url in (first.url, other.url)] == ["notegen/style"] * 2
    assert first.url.endswith(".css")


def test_a_folder_is_named_by_all_its_parts() -> None:
    """Wherever they are cut; a shard in it by its own name."""
    assert hashed_folder("search", [b"a", b"bc"]) == hashed_folder("search", [b"ab", b"c"])
    contents = [{"a": 1, "é": "\ud800"}, {"b": [2]}]
    folder, files = numbered_shards("previews", "v", contents)
    assert folder == hashed_folder("previews", [b'notegen.add[{"a":1,"\xc3\xa9":"\\ud800"},{"b":[2]}]'])
    assert folder != numbered_shards("previews", "v", [{"a": 2}])[0]
    assert list(files) == [shard_file(folder, f"v{number}", one) for number, one in enumerate(contents)]


def test_data_of_one_file_is_named_by_itself() -> None:
    """What it is called in the page and what its file is called need not be the same."""
    file = data_file("graph-data", "graph", [1])
    assert file == hashed_file("graph-data.js", b'notegen.add("graph",[1])')
