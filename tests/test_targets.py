"""What one writes for a target, and what is meant by it."""

from pathlib import Path

import pytest

from notegen.targets import (
    BucketTarget,
    FolderTarget,
    GitTarget,
    RsyncTarget,
    TargetChoice,
    from_folder,
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
        ("me@h:", RsyncTarget("me@h:")),
        ("me@h:www", RsyncTarget("me@h:www")),
        ("me@example.org", None),
        ("./me@example.org", FolderTarget("./me@example.org")),
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


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("public", "/notes/public"),
        ("/srv/www", "/srv/www"),
        ("../site.git", "git:/notes/../site.git"),
        ("git:../site", "git:/notes/../site"),
        ("rsync:stick", "rsync:/notes/stick"),
        ("git:origin", "git:origin"),
        ("", ""),
        ("me@h.example:x", "me@h.example:x"),
        ("git@h.example:me/x.git", "git@h.example:me/x.git"),
        ("https://h.example/x.git", "https://h.example/x.git"),
        ("s3://bucket/x", "s3://bucket/x"),
        ("ftp://h.example", "ftp://h.example"),
    ],
)
def test_a_path_counts_from_a_folder_and_an_address_does_not(text: str, there: str) -> None:
    """What a notegen.toml names by path lies beside it."""
    assert from_folder(text, Path("/notes")) == there


def test_a_home_is_that_of_who_publishes(monkeypatch: pytest.MonkeyPatch) -> None:
    """In every kind of path."""
    monkeypatch.setenv("HOME", "/home/ines")
    texts = ["~/public", "git:~/site.git", "rsync:~/stick"]
    assert [from_folder(text, Path("/notes")) for text in texts] == [
        "/home/ines/public",
        "git:/home/ines/site.git",
        "rsync:/home/ines/stick",
    ]
