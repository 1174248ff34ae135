"""rsync and git over a real ssh, to a server of our own on this machine."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from notegen.errors import NotegenError
from notegen.errors.publish import rsync_failed
from tests.conftest import ROOT
from tests.support.published import KeptBranch, KeptFolder, contents, has_rsync, publish, site_of, target_of
from tests.support.real_servers import listening, started

PAGES = {"a b.html": "one", "sea/köln.html": "two"}


@pytest.fixture
def ssh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server that knows one key, and the command that reaches it."""
    if not (shutil.which("ssh") and has_rsync()):
        pytest.skip("there is no ssh, or no rsync 3, on this machine (Debian: openssh-client, rsync)")
    folder = tmp_path / "ssh"
    folder.mkdir(mode=0o700)
    for key in ("host", "key"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / key)], check=True)
    with listening() as (ours, port):
        command = (
            f"ssh -F none -p {port} -i {folder}/key -o IdentitiesOnly=yes -o StrictHostKeyChecking=no"
            f" -o UserKnownHostsFile={folder}/known -o LogLevel=ERROR -o BatchMode=yes"
        )
        monkeypatch.setenv("RSYNC_RSH", command)
        monkeypatch.setenv("GIT_SSH_COMMAND", command)
        monkeypatch.setenv("PYTHONPATH", str(ROOT))
        server = [sys.executable, "-m", "tests.support.ssh_server", str(folder), str(ours.fileno())]
        with started(server, ours):
            yield command


def test_a_folder_on_a_server(ssh: str, tmp_path: Path) -> None:
    """Whatever it is called; it is made if the one above is there.

    The server's own words can be lost with the connection, on a busy machine: then rsync's status says it.
    """
    kept = KeptFolder(tmp_path / "a b [x]*ü", f"127.0.0.1:{tmp_path / 'a b [x]*ü'}")
    site = site_of(tmp_path, PAGES)
    publish(target_of(tmp_path, kept.to), site)
    assert kept.files() == contents(site)
    assert publish(target_of(tmp_path, kept.to), site).is_empty
    with pytest.raises(NotegenError, match=r"No such file or directory|11, error in file IO") as refused:
        publish(target_of(tmp_path, f"127.0.0.1:{tmp_path}/none/below"), site)
    assert refused.value.hint.startswith("make the folder above it first")


def test_a_branch_on_a_server(ssh: str, tmp_path: Path) -> None:
    """By the short form of an address."""
    kept = KeptBranch(tmp_path / "remote.git")
    site = site_of(tmp_path, PAGES)
    publish(target_of(tmp_path, f"127.0.0.1:{kept.to}"), site)
    assert kept.files() == contents(site)


@pytest.mark.parametrize("to", ["127.0.0.1:{}/www", "127.0.0.1:{}/remote.git"])
def test_a_server_that_does_not_know_the_key_is_named_with_its_words(
    to: str, ssh: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what to do about it."""
    for name in ("RSYNC_RSH", "GIT_SSH_COMMAND"):
        monkeypatch.setenv(name, ssh.replace("/key ", "/host "))
    with pytest.raises(NotegenError, match=r"Permission denied \(publickey") as refused:
        publish(target_of(tmp_path, to.format(tmp_path)), site_of(tmp_path, PAGES))
    assert "work from here" in refused.value.hint


@pytest.mark.parametrize(
    ("status", "said", "hint"),
    [
        (11, "rsync ended with status 11, error in file IO", "make the folder above it first"),
        (30, "rsync ended with status 30, timed out in data send/receive", "is the host's name right"),
        (99, "rsync ended with status 99", "see what rsync says"),
    ],
)
def test_a_failure_without_words_is_told_by_its_status(status: int, said: str, hint: str) -> None:
    """Each with what is to be done about it."""
    refused = rsync_failed("`host:www`", "", status)
    assert str(refused) == f"`host:www` cannot be reached or written: {said}"
    assert refused.hint.startswith(hint)
