"""The four kinds of places, each with nothing in it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.support.published import Kept, KeptBranch, KeptBucket, KeptFolder, has_rsync

KINDS = ("folder", "branch", "rsync", "bucket")


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that speaks like S3."""
    server = pytest.importorskip("moto.server").ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "ines")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.setenv("AWS_CONFIG_FILE", str(tmp_path_factory.getbasetemp() / "none"))
        patch.setenv("AWS_ENDPOINT_URL_S3", f"http://{host}:{port}")
        yield f"http://{host}:{port}"
    server.stop()


def bucket_of(prefix: str) -> KeptBucket:
    """A bucket of its own."""
    import boto3

    client = boto3.client("s3")
    name = f"notes-{uuid4().hex}"
    client.create_bucket(Bucket=name)
    return KeptBucket(client, name, prefix)


@pytest.fixture(params=KINDS)
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Kept:
    """A place of each kind."""
    makers: dict[str, Callable[[], Kept]] = {
        "folder": lambda: KeptFolder(tmp_path / "public", str(tmp_path / "public")),
        "branch": lambda: KeptBranch(tmp_path / "remote.git"),
        "rsync": lambda: KeptFolder(tmp_path / "far ü", f"rsync:{tmp_path / 'far ü'}"),
        "bucket": lambda: bucket_of("notes/"),
    }
    if request.param == "bucket":
        request.getfixturevalue("s3")
    if request.param == "rsync" and not has_rsync():
        pytest.skip("there is no rsync 3")
    return makers[request.param]()
