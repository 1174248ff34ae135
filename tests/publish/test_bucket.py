"""A bucket: several gardens in one, what a browser is told of each file, and buckets that give ETags of their own."""

import json
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from notegen.errors import NotegenError
from notegen.publish.bucket import SENT
from notegen.publish.served_as import AN_HOUR, ASK_EACH_TIME, FOR_EVER, cache_control, content_type
from tests.publish.conftest import bucket_of
from tests.support.published import KeptBucket, contents, publish, site_of, target_of

PAGES = {"a b.html": "one", "sea/köln.html": "drei", "notegen/style.0123abcd.css": "p {}"}


@pytest.mark.usefixtures("s3")
def test_gardens_share_a_bucket_by_their_prefixes(tmp_path: Path) -> None:
    """One at its top, one under a prefix, and one under a longer prefix that begins like it."""
    top = bucket_of("")
    kept = [top, *(KeptBucket(top.client, top.bucket, prefix) for prefix in ("a/", "ab/"))]
    sites = {}
    for number, one in enumerate(kept):
        folder = tmp_path / str(number)
        sites[one.prefix] = site_of(folder, {**PAGES, f"own-{number}.html": ""}, title=f"Garden {number}")
        publish(target_of(folder, f"s3://{one.bucket}/{one.prefix.rstrip('/')}"), sites[one.prefix])
    for number, one in enumerate(kept):
        folder = tmp_path / str(number)
        sites[one.prefix] = site_of(folder, {}, title=f"Garden {number}")
        publish(target_of(folder, one.to), sites[one.prefix])
        assert publish(target_of(folder, one.to), sites[one.prefix]).is_empty
    wanted = {prefix + url: text for prefix, site in sites.items() for url, text in contents(site).items()}
    assert top.files() == wanted


@pytest.mark.usefixtures("s3")
def test_each_object_says_what_it_is_and_how_long_it_is_good(tmp_path: Path) -> None:
    """To whoever asks for it."""
    kept = bucket_of("")
    publish(target_of(tmp_path, kept.to), site_of(tmp_path, PAGES))
    client: Any = kept.client
    page = client.head_object(Bucket=kept.bucket, Key="sea/köln.html")
    assert (page["ContentType"], page["CacheControl"]) == ("text/html; charset=utf-8", "no-cache")
    style = client.head_object(Bucket=kept.bucket, Key="notegen/style.0123abcd.css")
    assert (style["ContentType"], style["CacheControl"]) == ("text/css; charset=utf-8", FOR_EVER)


@pytest.mark.parametrize(
    ("url", "kind", "kept"),
    [
        ("index.html", "text/html; charset=utf-8", ASK_EACH_TIME),
        ("notegen/search.js", "text/javascript; charset=utf-8", ASK_EACH_TIME),
        ("notegen/previews/0123456789ab/v0.js", "text/javascript; charset=utf-8", FOR_EVER),
        ("notegen/search/012345/w-0123ab.js", "text/javascript; charset=utf-8", AN_HOUR),
        ("notegen/search/manifest.js", "text/javascript; charset=utf-8", ASK_EACH_TIME),
        ("notegen/files.txt", "text/plain; charset=utf-8", ASK_EACH_TIME),
        ("notegen/locked/0123456789abcdef.js", "text/javascript; charset=utf-8", ASK_EACH_TIME),
        ("notegen.json", "application/json; charset=utf-8", ASK_EACH_TIME),
        ("feed.xml", "application/atom+xml; charset=utf-8", ASK_EACH_TIME),
        ("tags/sea.xml", "application/atom+xml; charset=utf-8", AN_HOUR),
        ("notegen/early.js", "text/javascript; charset=utf-8", ASK_EACH_TIME),
        ("sitemap.xml", "application/xml; charset=utf-8", ASK_EACH_TIME),
        ("images/harbour.PNG", "image/png", AN_HOUR),
        ("sea/film.mp4", "video/mp4", AN_HOUR),
        ("sea/map.svg", "image/svg+xml; charset=utf-8", AN_HOUR),
        ("sea/note.md", "text/markdown; charset=utf-8", AN_HOUR),
        ("sea/photo.avif", "image/avif", AN_HOUR),
        ("sea/unknown.xyzzy", "application/octet-stream", AN_HOUR),
        ("notegen-0123abcd.css/x.css", "text/css; charset=utf-8", AN_HOUR),
    ],
)
def test_a_file_is_served_alike_from_every_machine(url: str, kind: str, kept: str) -> None:
    """By tables of our own."""
    assert (content_type(url), cache_control(url)) == (kind, kept)


def test_an_endpoint_may_be_a_setting(tmp_path: Path, s3: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bucket is then a part of the path there, as those that speak like S3 all know."""
    kept = bucket_of("")
    monkeypatch.delenv("AWS_ENDPOINT_URL_S3")
    target = target_of(tmp_path, kept.to, endpoint=s3.replace("127.0.0.1", "localhost"))
    client: Any = target._client  # type: ignore[attr-defined]
    site = site_of(tmp_path, PAGES)
    publish(target, site)
    assert kept.files() == contents(site)
    signed = client.generate_presigned_url("get_object", Params={"Bucket": "notes", "Key": "x"})
    assert signed.startswith(f"{client.meta.endpoint_url}/notes/x")


@pytest.mark.parametrize("may_copy", [True, False])
@pytest.mark.usefixtures("s3")
def test_what_is_there_under_another_name_is_not_sent_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, may_copy: bool
) -> None:
    """It is copied there, with what is said of the new name; where that is not allowed, it is sent."""
    kept = bucket_of("a b/")
    publish(
        target_of(tmp_path, kept.to), site_of(tmp_path, {"notegen/search/0123456789ab/ü 1.js": "x" * 5000})
    )
    target = target_of(tmp_path, kept.to)
    client: Any = target._client  # type: ignore[attr-defined]
    sent: list[int] = []
    put = client.put_object

    def count_and_put(**words: Any) -> Any:
        sent.append(len(words["Body"]))
        return put(**words)

    monkeypatch.setattr(client, "put_object", count_and_put)
    if not may_copy:
        refused = client.exceptions.ClientError({"Error": {"Code": "NotImplemented"}}, "CopyObject")
        monkeypatch.setattr(client, "copy_object", Mock(side_effect=refused))
    site = site_of(tmp_path, {"notegen/search/ba9876543210/ü 1.js": "x" * 5000, "moved.html": "x" * 5000})
    publish(target, site)
    assert kept.files() == contents(site)
    assert sum(length == 5000 for length in sent) == (0 if may_copy else 2)
    page = client.head_object(Bucket=kept.bucket, Key="a b/moved.html")
    assert (page["ContentType"], page["CacheControl"]) == ("text/html; charset=utf-8", "no-cache")


@pytest.mark.usefixtures("s3")
def test_a_bucket_with_etags_of_its_own_gets_only_what_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one that encrypts by keys of its own: what was sent is kept beside the list."""
    kept = bucket_of("")
    target = target_of(tmp_path, kept.to)
    real: Any = target._client  # type: ignore[attr-defined]

    class Encrypting:
        """Says of each object what nobody can tell from its content."""

        def __getattr__(self, name: str) -> Any:
            return getattr(real, name)

        def put_object(self, **words: Any) -> Any:
            return {**real.put_object(**words), "ETag": other(words["Body"])}

        def get_paginator(self, name: str) -> Any:
            class Pages:
                def paginate(self, **words: Any) -> Any:
                    for page in real.get_paginator(name).paginate(**words):
                        for one in page.get("Contents", ()):
                            body = real.get_object(Bucket=words["Bucket"], Key=one["Key"])["Body"].read()
                            one["ETag"] = other(body)
                        yield page

            return Pages()

    def other(body: bytes) -> str:
        return f'"x{hash(body)}"'

    monkeypatch.setattr("notegen.publish.bucket._client", lambda *words: Encrypting())
    publish(target_of(tmp_path, kept.to), site_of(tmp_path, PAGES))
    assert json.loads(kept.files()[SENT]).keys() == {
        *PAGES,
        "index.html",
        "notegen/files.txt",
        "notegen/published.json",
    }
    site = site_of(tmp_path, {**PAGES, "a b.html": "more"})
    assert publish(target_of(tmp_path, kept.to), site).changed == ("a b.html",)
    assert publish(target_of(tmp_path, kept.to), site).is_empty


@pytest.mark.usefixtures("s3")
def test_what_a_bucket_refuses_is_said_in_one_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No such bucket, nobody there, no keys, and a name that none can have."""
    site = site_of(tmp_path, PAGES)

    def refusal(to: str, **settings: str) -> str:
        with pytest.raises(NotegenError) as refused:
            publish(target_of(tmp_path, to, **settings), site)
        return refused.value.message

    assert refusal("s3://none-there") == "there is no bucket `none-there`"
    assert refusal("s3://no bucket!").startswith("`s3://no bucket!/` refuses: ")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    assert "Could not connect" in refusal("s3://notes", endpoint="http://127.0.0.1:9")
    assert refusal("s3://notes", endpoint="nowhere").startswith("`s3://notes/` refuses: Invalid endpoint")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    assert refusal("s3://notes") == "`s3://notes/` wants to know who you are, and nothing here says so"


def test_without_boto3_the_package_to_install_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other targets need none."""
    monkeypatch.setitem(__import__("sys").modules, "boto3", None)
    with pytest.raises(NotegenError) as refused:
        target_of(tmp_path, "s3://notes")
    assert refused.value.hint == "install it: `pip install 'notegen[s3]'`"
