"""What one writes for a target, and what is meant by it."""

import pytest

from notegen.targets import (
    BucketTarget,
    FolderTarget,
    GitTarget,
    RsyncTarget,
    TargetChoice,
    local_path,
    read_target,
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", GitTarget("origin")),
        ("git:upstream", GitTarget("upstream")),
        ("git:../site", GitTarget("../site")),
        ("git:https://example.org/notes", GitTarget("https://example.org/notes")),
        ("git://example.org/notes", GitTarget("git://example.org/notes")),
        ("https://github.com/me/notes", GitTarget("https://github.com/me/notes")),
        ("ssh://git@example.org:22/notes.git", GitTarget("ssh://git@example.org:22/notes.git")),
        ("file:///srv/notes", GitTarget("file:///srv/notes")),
        ("git@github.com:me/notes", GitTarget("git@github.com:me/notes")),
        ("me@example.org:notes.git", GitTarget("me@example.org:notes.git")),
        ("/srv/notes.git", GitTarget("/srv/notes.git")),
        ("notes.git/", GitTarget("notes.git/")),
        ("me@example.org:/srv/www", RsyncTarget("me@example.org:/srv/www")),
        ("example.org:", RsyncTarget("example.org:")),
        ("me@[::1]:www", RsyncTarget("me@[::1]:www")),
        ("rsync://example.org/www", RsyncTarget("rsync://example.org/www")),
        ("rsync:/mnt/stick", RsyncTarget("/mnt/stick")),
        ("s3://notes", BucketTarget("notes", "")),
        ("s3://notes//a/b/", BucketTarget("notes", "a/b/")),
        ("public", FolderTarget("public")),
        ("~/public", FolderTarget("~/public")),
        ("C:\\site", FolderTarget("C:\\site")),
        ("D:/site", FolderTarget("D:/site")),
        ("a b/ü", FolderTarget("a b/ü")),
        ("./10:30", FolderTarget("./10:30")),
        ("repository/.git", FolderTarget("repository/.git")),
        ("s3://", None),
        ("ftp://example.org/www", None),
        ("git:--upload-pack=x", None),
        ("rsync:", None),
    ],
)
def test_a_target_is_read(text: str, meant: TargetChoice | None) -> None:
    """By its form alone."""
    assert read_target(text) == meant


def test_a_path_counts_from_a_folder_and_an_address_does_not() -> None:
    """What a notegen.toml names by path lies beside it."""
    texts = [
        "public",
        "../notes.git",
        "me@h.example:x",
        "s3://b",
        "git:origin",
        "https://x.example/n.git",
        "",
    ]
    assert [local_path(text) for text in texts] == ["public", "../notes.git", "", "", "", "", ""]
