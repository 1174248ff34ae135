"""What hosts refuse of a site, at their limits and one beyond."""

from collections.abc import Mapping

import pytest

from notegen.check.hosts import HOSTS, MIB, HostName, host_problems, limits_of
from notegen.errors.problems import word_problem
from notegen.paths import asset_url, page_url


def said(sizes: Mapping[str, int], host: HostName) -> list[str]:
    """Each problem with its place."""
    return [f"{one.place.path}: {word_problem(one)}" for one in host_problems(sizes, host)]


def test_a_file_may_be_as_large_as_the_host_says_and_no_larger() -> None:
    """25 MiB at Cloudflare, 100 at GitHub."""
    sizes = {"a.bin": 25 * MIB, "b.bin": 25 * MIB + 1, "c.bin": 100 * MIB + 1}
    assert said(sizes, "cloudflare") == [
        "b.bin: `cloudflare` refuses it: it has 25.0 MiB, and a file may have 25",
        "c.bin: `cloudflare` refuses it: it has 100.0 MiB, and a file may have 25",
    ]
    assert said(sizes, "github") == ["c.bin: `github` refuses it: it has 100.0 MiB, and a file may have 100"]
    assert said(sizes, "netlify") == []


def test_a_site_may_have_as_many_files_as_the_host_says() -> None:
    """At GitLab folders count too."""
    assert said({f"{number}.html": 1 for number in range(20_000)}, "cloudflare") == []
    sizes = {f"{number}.html": 1 for number in range(20_001)}
    assert said(sizes, "cloudflare") == [
        ".: `cloudflare` refuses the site: it has 20,001 files, and may have 20,000"
    ]
    sizes = {f"{number}/index.html": 1 for number in range(100_000)}
    assert said(sizes, "gitlab") == [
        ".: `gitlab` refuses the site: it has 200,001 files, and may have 200,000"
    ]


def test_a_site_may_be_as_large_as_the_host_says() -> None:
    """1 GB at GitHub and GitLab."""
    sizes = {f"{number}.bin": 50 * 10**6 for number in range(20)}
    assert said(sizes, "github") == []
    assert said({**sizes, "a.html": 10**7}, "github") == [
        ".: `github` refuses the site: it has 1.01 GB, and may have 1"
    ]


@pytest.mark.parametrize(
    "name", ["con.html", "a/NUL", "a./b.html", "a b /c.html", 'a"b.html', "a:b.html", "a\tb"]
)
def test_windows_refuses_names(name: str) -> None:
    """Its devices, its signs, and dots and spaces at the end of a name; other systems have them."""
    assert [one.code for one in host_problems({name: 1}, "windows")] == ["host-name-refused"]
    if "\t" not in name:
        assert host_problems({name: 1}, "github") == ()


def test_names_may_be_as_long_as_the_file_system_says() -> None:
    """255 bytes each, and for Windows 199 letters in all."""
    assert said({"ü" * 127 + "x": 1}, "github") == []
    assert said({"a/" + "ü" * 128: 1}, "github") == [
        "a/" + "ü" * 128 + ": `github` refuses it: its name is too long, 256 > 255"
    ]
    long = f"{'a' * 100}/{'b' * 98}"
    assert said({long: 1}, "windows") == []
    assert said({f"{long}c": 1}, "windows") == [
        f"{long}c: `windows` refuses it: its name is too long, 200 > 199"
    ]


def test_names_that_differ_in_case_are_one_to_windows() -> None:
    """And two elsewhere."""
    sizes = {"Tide.html": 1, "tide.html": 1}
    assert said(sizes, "windows") == [
        "tide.html: `windows` takes it for `Tide.html`, which differs only in upper and lower case"
    ]
    assert said(sizes, "github") == []


def test_any_has_the_narrowest_limits_of_all() -> None:
    """Whatever one host refuses."""
    sizes = {"a#b.html": 1, "con.html": 1, "big.bin": 26 * MIB}
    refused = {one.place.path for host in HOSTS if host != "any" for one in host_problems(sizes, host)}
    assert {one.place.path for one in host_problems(sizes, "any")} == refused == sizes.keys()
    assert limits_of("any").files == 20_000


@pytest.mark.parametrize(
    "note", ["con.md", 'what? "yes": a/b|c*.md', "a. /b .md", "#tag.md", "ü" * 300 + ".md"]
)
def test_the_addresses_of_notes_and_files_are_names_that_every_host_takes(note: str) -> None:
    """Whatever they are called."""
    urls = {page_url(note): 1, asset_url(note.replace(".md", ".png")): 1}
    assert [one for one in host_problems(urls, "any") if one.code != "host-name-too-long"] == []
