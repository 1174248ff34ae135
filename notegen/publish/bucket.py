"""A bucket of S3, or of what speaks like it, as a target. The only importer of boto3.

What a bucket says of an object is its ETag: mostly the MD5 of its content, but nothing of the kind where it encrypts
by keys of its own. So each ETag is kept with the digest of what was sent, in a file beside the list of files.

What is there already under another name, as a piece of the search index is that did not change, is copied there and
not sent again.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from msgspec import Struct

from notegen.errors.packages import no_boto3
from notegen.errors.publish import bucket_missing, bucket_refused, bucket_without_keys
from notegen.model import Url
from notegen.paths import INTERNAL
from notegen.publish.in_order import send_in_order
from notegen.publish.plan import Plan, Sight
from notegen.publish.served_as import cache_control, content_type
from notegen.publish.site_files import IDENTITY, SiteFiles, read_identity, urls_in
from notegen.targets import BucketTarget, without_credentials
from notegen.write.manifest import MANIFEST

SENT: Url = f"{INTERNAL}/sent.json"
"""What was sent: for each file the digest of its content and the ETag that the bucket gave it."""

AT_ONCE = 8
"""Objects that are sent at the same time."""

_SECONDS = 20
_MISSING = frozenset({"404", "NoSuchBucket", "NoSuchKey"})


class _Sent(Struct, frozen=True):
    digest: str
    etag: str


class Bucket:
    """A bucket that is there, from a prefix on."""

    host = None
    keeps_past = False

    def __init__(self, target: BucketTarget, endpoint: str) -> None:
        self._bucket = target.bucket
        self._prefix = target.prefix
        self.name = f"`s3://{target.bucket}/{target.prefix}`"
        self._client = _client(endpoint, self.name)
        self._etags: dict[str, str] = {}

    def look(self, site: SiteFiles) -> Sight:
        """What lies under the prefix.

        Raises:
            NotegenError: the bucket is not there, or does not let us in.
        """
        with self._worded():
            self._etags = dict(self._list())
            here = _InBucket(self._client, self._bucket, self._prefix, site, self._read_sent())
            listed = urls_in(self._read(MANIFEST) or b"")
            there = [url for url in site.sources if url in self._etags]
            return Sight(
                ours=listed.intersection(self._etags),
                listed=listed,
                identity=read_identity(self._read(IDENTITY) or b""),
                missing=frozenset(url for url in site.sources if url not in self._etags),
                different=frozenset(url for url in there if not here.is_same(url, self._etags[url])),
            )

    def send(self, plan: Plan, site: SiteFiles, progress: Callable[[str, int, int], None]) -> None:
        """Do what the plan says.

        Raises:
            NotegenError: the bucket refuses, or another publish has begun.
        """
        with self._worded():
            here = _InBucket(self._client, self._bucket, self._prefix, site, self._read_sent())
            here.there = {etag: url for url, etag in self._etags.items()}
            send_in_order(here, plan, site, self.name, progress)
            here.keep_sent()

    def _list(self) -> Iterator[tuple[str, str]]:
        pages = self._client.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self._bucket, Prefix=self._prefix):
            for one in page.get("Contents", ()):
                yield one["Key"].removeprefix(self._prefix), one["ETag"].strip('"')

    def _read(self, url: Url) -> bytes | None:
        return _read(self._client, self._bucket, self._prefix + url) if url in self._etags else None

    def _read_sent(self) -> dict[Url, _Sent]:
        try:
            rows = json.loads(self._read(SENT) or b"{}")
            return {url: _Sent(digest, etag) for url, (digest, etag) in rows.items()}
        except (ValueError, AttributeError, TypeError):
            return {}

    @contextmanager
    def _worded(self) -> Iterator[None]:
        from boto3.exceptions import Boto3Error
        from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

        try:
            yield
        except NoCredentialsError as error:
            raise bucket_without_keys(self.name) from error
        except ClientError as error:
            facts = error.response.get("Error", {})
            if str(facts.get("Code")) in _MISSING:
                raise bucket_missing(self._bucket) from error
            raise bucket_refused(
                self.name, str(facts.get("Message") or facts.get("Code") or error)
            ) from error
        except (Boto3Error, BotoCoreError, ValueError) as error:
            raise bucket_refused(self.name, without_credentials(str(error))) from error


class _InBucket:
    """The objects in it, by address."""

    def __init__(
        self, client: Any, bucket: str, prefix: str, site: SiteFiles, sent: dict[Url, _Sent]
    ) -> None:
        self._client = client
        self._bucket = bucket
        self._prefix = prefix
        self._site = site
        self._sent = sent
        self.there: dict[str, Url] = {}
        """Objects that are there until the end, by their ETags; those that are no digest are the content of nothing."""

    def is_same(self, url: Url, etag: str) -> bool:
        """Whether an object with this ETag holds what the site has."""
        content = self._site.content(url)
        if etag == hashlib.md5(content, usedforsecurity=False).hexdigest():
            return True
        return self._sent.get(url) == _Sent(_digest(content), etag)

    def read_list(self) -> bytes | None:
        return _read(self._client, self._bucket, self._prefix + MANIFEST)

    def put_list(self, text: bytes) -> None:
        self._put(MANIFEST, text)

    def put(self, urls: Sequence[Url], done: Callable[[int], None]) -> None:
        with ThreadPoolExecutor(AT_ONCE) as workers:
            for _ in workers.map(lambda url: self._put(url, self._site.content(url)), urls):
                done(1)

    def remove(self, urls: Sequence[Url]) -> None:
        # One by one: not every bucket that speaks like S3 knows how to remove several.
        with ThreadPoolExecutor(AT_ONCE) as workers:
            list(workers.map(self._remove, urls))

    def keep_sent(self) -> None:
        """Keep the ETags that are no digest of the content; where all are, nothing is kept."""
        wanted = {url: [one.digest, one.etag] for url, one in sorted(self._sent.items())}
        if wanted:
            self._put(SENT, json.dumps(wanted, indent=0, ensure_ascii=False).encode())

    def _put(self, url: Url, content: bytes) -> None:
        digest = hashlib.md5(content, usedforsecurity=False).hexdigest()
        about = {
            "Bucket": self._bucket,
            "Key": self._prefix + url,
            "ContentType": content_type(url),
            "CacheControl": cache_control(url),
        }
        if (source := self.there.get(digest)) and self._copied(source, about):
            return
        answer = self._client.put_object(**about, Body=content)
        etag = str(answer.get("ETag", "")).strip('"')
        if etag == digest:
            self._sent.pop(url, None)
        elif url != SENT:
            self._sent[url] = _Sent(_digest(content), etag)

    def _copied(self, source: Url, about: dict[str, str]) -> bool:
        """Whether the bucket itself could copy an object."""
        from botocore.exceptions import ClientError

        whence = {"Bucket": self._bucket, "Key": self._prefix + source}
        try:
            self._client.copy_object(**about, CopySource=whence, MetadataDirective="REPLACE")
        except ClientError:  # not every one can, or may, and a file may be gone by now
            return False
        return True

    def _remove(self, url: Url) -> None:
        self._client.delete_object(Bucket=self._bucket, Key=self._prefix + url)
        self._sent.pop(url, None)


def _client(endpoint: str, name: str) -> Any:
    try:
        import boto3
        from botocore.config import Config
        from botocore.exceptions import BotoCoreError
    except ImportError as error:
        raise no_boto3() from error
    settings = Config(
        connect_timeout=_SECONDS,
        read_timeout=3 * _SECONDS,
        max_pool_connections=AT_ONCE,
        # Elsewhere than at Amazon's, a bucket is seldom a name of its own that is known everywhere.
        s3={"addressing_style": "path"} if endpoint else None,
        retries={"mode": "standard", "total_max_attempts": 4},
        # What speaks like S3 often knows nothing of its newer checksums.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    try:
        return boto3.session.Session().client("s3", endpoint_url=endpoint or None, config=settings)
    except (BotoCoreError, ValueError) as error:
        raise bucket_refused(name, str(error)) from error


def _read(client: Any, bucket: str, key: str) -> bytes | None:
    from botocore.exceptions import ClientError

    try:
        content: bytes = client.get_object(Bucket=bucket, Key=key)["Body"].read()
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") in ("404", "NoSuchKey"):
            return None
        raise
    return content


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
