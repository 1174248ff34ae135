"""Sites where the world is in the way: mounts, rights, full disks. Real ones, where a test may have them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from notegen.write import write_site
from tests.conftest import ROOT
from tests.support.faults import tree, version

NOBODY = 65534


def in_namespace(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs a shell script in `folder` with mounts of its own; `$write SITE NUMBER` writes a site of that version."""
    command = ["unshare", "-m", "--propagation", "private", "sh", "-euc", script]
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "write": f"{sys.executable} -m tests.support.faults write",
    }
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def _may_mount() -> bool:
    if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("unshare"):
        return False
    return subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode == 0


needs_mounts = pytest.mark.skipif(not _may_mount(), reason="only root on Linux may mount")


@pytest.fixture
def nobody() -> list[str]:
    """What runs a command as a user who is not root."""
    if os.name == "nt" or os.geteuid() != 0 or not shutil.which("setpriv"):
        pytest.skip("only root can become somebody else")
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]


@pytest.fixture
def common() -> Iterator[Path]:
    """A folder that this user may enter, which pytest's own are not."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def write_as(nobody: list[str], site: Path, number: int) -> subprocess.CompletedProcess[str]:
    """Writes a version of the site as that user."""
    command = [*nobody, sys.executable, "-m", "tests.support.faults", "write", str(number), str(site)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd="/", env=environment, capture_output=True, text=True, check=False)


def contents(number: int) -> dict[str, str]:
    """What a version of a site holds, without the list of its files."""
    return {
        str(file.url): file.content.decode() for file in version(number) if isinstance(file.content, bytes)
    }


def found(site: Path) -> dict[str, str]:
    """What a site holds, without that list."""
    return {name: text for name, text in tree(site).items() if name != "notegen/files.txt"}


@needs_mounts
def test_a_mount_point_is_filled(tmp_path: Path) -> None:
    """Empty, and then with a site in it."""
    done = in_namespace(
        "mkdir site; mount -t tmpfs tmpfs site; echo me > site/CNAME;"
        "$write 1 site; $write 2 site; cp -r site seen; ls -A",
        tmp_path,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert found(tmp_path / "seen") == contents(2) | {"CNAME": "me\n"}
    assert done.stdout.split() == ["seen", "site"]


@needs_mounts
@pytest.mark.parametrize("where", ["pub", "srv"])
def test_a_server_that_has_the_folder_mounted_sees_the_new_site(tmp_path: Path, where: str) -> None:
    """Whichever of the two names the build is given."""
    done = in_namespace(
        f"$write 1 pub; mkdir srv; mount --bind pub srv; $write 2 {where}; cp -r srv seen; cp -r pub too; ls -A",
        tmp_path,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert found(tmp_path / "seen") == found(tmp_path / "too") == contents(2)
    assert done.stdout.split() == ["pub", "seen", "srv", "too"]


@needs_mounts
@pytest.mark.parametrize("site", ["disk/site", "disk"])
def test_a_full_disk_leaves_the_old_site(tmp_path: Path, site: str) -> None:
    """Beside the site and in it; the next build, with room, works."""
    done = in_namespace(
        f"mkdir disk; mount -t tmpfs -o size=600k tmpfs disk; $write 1 {site}; cp -r {site} before;"
        f"head -c 10M /dev/zero > disk/fill || true; $write 2 {site} || echo refused;"
        f"rm -f disk/fill; cp -r {site} after;"
        f"ls -A disk; $write 2 {site}; cp -r {site} seen",
        tmp_path,
    )
    assert "No space left on device" in done.stderr
    assert "the previous site is as it was" in done.stderr
    assert "refused" in done.stdout
    assert ".new-" not in done.stdout
    assert found(tmp_path / "before") == found(tmp_path / "after") == contents(1)
    assert found(tmp_path / "seen") == contents(2)


def test_only_the_folder_itself_is_writable(common: Path, nobody: list[str]) -> None:
    """A web root, whose parent is root's."""
    site = common / "www/html"
    site.mkdir(parents=True)
    os.chown(site, NOBODY, NOBODY)
    for number in (1, 2):
        assert write_as(nobody, site, number).stderr == ""
        assert found(site) == contents(number)
    assert [path.name for path in site.parent.iterdir()] == ["html"]


@pytest.mark.parametrize("owner", [0, NOBODY])
def test_a_closed_folder_in_the_old_site_stops_no_build(common: Path, nobody: list[str], owner: int) -> None:
    """Closed by the person who builds, or by another: the new site is there, and what is left is named."""
    common.chmod(0o777)
    site = common / "site"
    assert write_as(nobody, site, 1).stderr == ""
    for folder in (site / "changed/1", site / "only/1"):
        os.chown(folder, owner, owner)
        folder.chmod(0o555)
    for number in (2, 1, 2):
        done = write_as(nobody, site, number)
        assert (done.returncode, done.stderr) == (0, "")
        assert found(site) == contents(number)
        left = {path.name for path in common.iterdir()} - {"site"}
        assert all(name in done.stdout for name in left)
        assert bool(left) == (owner == 0)
    if owner == NOBODY:
        assert (site / "changed/1").stat().st_mode & 0o777 == 0o555


def test_a_closed_folder_in_place_is_refused_before_anything_moves(common: Path, nobody: list[str]) -> None:
    """The folder above is closed, and so is one in the site, which is another's."""
    site = common / "www/html"
    site.mkdir(parents=True)
    os.chown(site, NOBODY, NOBODY)
    assert write_as(nobody, site, 1).stderr == ""
    os.chown(site / "changed/1", 0, 0)
    done = write_as(nobody, site, 2)
    assert f"`{site}/changed/1` cannot be written: Permission denied" in done.stderr
    assert "the previous site is as it was" in done.stderr
    assert found(site) == contents(1)
    assert not list(site.glob(".notegen-*"))


def test_a_repository_that_belongs_to_another_stays(common: Path, nobody: list[str]) -> None:
    """Its files cannot have a second name, and it need not be readable."""
    common.chmod(0o777)
    site = common / "site"
    assert write_as(nobody, site, 1).stderr == ""
    (site / ".git").mkdir(mode=0o700)
    (site / ".git/HEAD").write_text("ref")
    (site / "CNAME").write_text("me")
    inode = site.stat().st_ino
    for number in (2, 1):
        assert write_as(nobody, site, number).stderr == ""
        assert found(site) == contents(number) | {".git/HEAD": "ref", "CNAME": "me"}
    assert site.stat().st_ino == inode
    assert [path.name for path in common.iterdir()] == ["site"]


@pytest.mark.skipif(not shutil.which("rsync"), reason="no rsync here")
def test_rsync_sees_only_what_changed(tmp_path: Path) -> None:
    """Nothing between two equal builds."""
    site = tmp_path / "site"
    write_site(version(1), site)
    subprocess.run(["rsync", "-a", f"{site}/", f"{tmp_path}/copy/"], check=True)
    write_site(version(1), site)
    seen = subprocess.run(
        ["rsync", "-anO", "--itemize-changes", f"{site}/", f"{tmp_path}/copy/"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert seen.stdout == ""
