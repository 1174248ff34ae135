"""A branch: one commit more, pushed only if nobody else did, and nothing of the person who publishes is touched."""

import re
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from notegen.errors import NotegenError
from notegen.publish import make_plan
from notegen.targets import without_credentials
from notegen.write import locks
from tests.support.published import KeptBranch, contents, git, publish, site_of, target_of

PAGES = {"a b.html": "one\n", "sea/köln.html": "line\r\n", "notegen/style.0123abcd.css": "p {}"}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person without a name whose git signs, changes line endings and runs hooks everywhere."""
    folder = tmp_path / "home"
    hooks = folder / "hooks"
    hooks.mkdir(parents=True)
    for name in ("pre-commit", "commit-msg", "pre-push", "post-commit"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch '{folder}/ran'\nexit 1\n")
        (hooks / name).chmod(stat.S_IRWXU)
    (folder / ".gitconfig").write_text(
        "[commit]\ngpgsign = true\n[push]\ngpgSign = if-asked\n[gpg]\nprogram = false\n"
        f"[core]\nautocrlf = true\nhooksPath = {hooks}\n[fetch]\nprune = true\n[init]\ntemplateDir = {folder}\n"
    )
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    return folder


@pytest.fixture
def kept(tmp_path: Path) -> KeptBranch:
    """A bare repository with nothing in it."""
    return KeptBranch(tmp_path / "remote.git")


def state_of(repository: Path) -> dict[str, bytes]:
    """Every file of a repository, its working tree, index, branches and objects."""
    return {str(path): path.read_bytes() for path in sorted(repository.rglob("*")) if path.is_file()}


def test_the_repository_of_the_notes_is_as_it_was(tmp_path: Path, kept: KeptBranch, home: Path) -> None:
    """To the byte, with half of a change in its index; and no hook runs there or in the repository of our own."""
    notes = tmp_path / "notes"
    notes.mkdir()
    git(notes, "init", "--quiet", "--initial-branch=main")
    git(notes, "config", "core.hooksPath", str(home / "hooks"))
    git(notes, "remote", "add", "origin", "../remote.git")
    (notes / "a.md").write_text("staged")
    git(notes, "add", "a.md")
    (notes / "a.md").write_text("not yet")
    before = state_of(notes)
    site = site_of(tmp_path, PAGES)
    publish(target_of(tmp_path, ""), site)
    assert kept.files() == contents(site)
    assert state_of(notes) == before
    assert not (home / "ran").exists()


def test_the_bytes_and_the_name_are_nobodys_settings(tmp_path: Path, kept: KeptBranch) -> None:
    """No line ending is changed; where git has no name, the machine's is not told."""
    site = site_of(tmp_path, PAGES)
    publish(target_of(tmp_path, kept.to), site)
    assert kept.files()["sea/köln.html"] == b"line\r\n"
    who = git(kept.folder, "log", "-1", "--format=%an %ae %cn %ce", "gh-pages").decode().split()
    assert who == ["notegen", "notegen@localhost"] * 2


def test_history_is_kept_or_is_one_commit(tmp_path: Path, kept: KeptBranch) -> None:
    """What others have there stays in either case."""
    publish(target_of(tmp_path, kept.to), site_of(tmp_path, PAGES))
    kept.put("CNAME", "notes.example.org")
    publish(target_of(tmp_path, kept.to), site_of(tmp_path, {**PAGES, "new.html": ""}))
    assert kept.commits() == ["Publish: 1 added, 1 changed", "Another's", "Publish: 6 added"]
    site = site_of(tmp_path, PAGES)
    publish(target_of(tmp_path, kept.to, history=False), site)
    assert kept.commits() == ["Publish: 1 changed, 1 removed"]
    assert kept.files() == {**contents(site), "CNAME": b"notes.example.org"}


def test_only_what_changed_is_sent(tmp_path: Path, kept: KeptBranch) -> None:
    """By the objects that are new there: the file, the list that did not change is not among them, and the trees."""
    publish(target_of(tmp_path, kept.to), site_of(tmp_path, PAGES))
    before = set(objects_of(kept))
    publish(target_of(tmp_path, kept.to), site_of(tmp_path, {**PAGES, "a b.html": "more"}))
    kinds = [kind for one, kind in objects_of(kept).items() if one not in before]
    assert sorted(kinds) == ["blob", "commit", "tree"]


def objects_of(kept: KeptBranch) -> dict[str, str]:
    """The objects of the repository, each with its kind."""
    listed = git(kept.folder, "cat-file", "--batch-check", "--batch-all-objects").decode().splitlines()
    return {line.split()[0]: line.split()[1] for line in listed}


def test_a_push_in_between_is_noticed_and_kept(tmp_path: Path, kept: KeptBranch) -> None:
    """The second try publishes on top of it."""
    publish(target_of(tmp_path, kept.to), site_of(tmp_path, PAGES))
    site = site_of(tmp_path, {**PAGES, "new.html": ""})
    for settings in ({}, {"history": False}):
        target = target_of(tmp_path, kept.to, **settings)
        sight = target.look(site)
        kept.put("other.txt", f"{settings}")
        before = kept.files()
        with pytest.raises(NotegenError, match="somebody else pushed to branch `gh-pages` of"):
            target.send(make_plan(site, sight, "there"), site, lambda stage, done, total: None)
        assert kept.files() == before
    publish(target_of(tmp_path, kept.to), site)
    assert kept.files() == {**contents(site), "other.txt": b"{'history': False}"}


def test_the_cache_may_be_gone_or_spoiled(tmp_path: Path, kept: KeptBranch) -> None:
    """What it knew of the branch is fetched again."""
    publish(target_of(tmp_path, kept.to), site_of(tmp_path, PAGES))
    (repository,) = (tmp_path / "cache/published").iterdir()
    (repository / "HEAD").unlink()
    site = site_of(tmp_path, {**PAGES, "new.html": ""})
    publish(target_of(tmp_path, kept.to), site)
    assert kept.files() == contents(site)
    assert kept.commits() == ["Publish: 1 added, 1 changed", "Publish: 6 added"]


def _lock(repository: Path, name: str) -> None:
    (repository / name).touch()


def _empty_all(repository: Path, name: str) -> None:
    for path in (repository / "objects").rglob("*"):
        if path.is_file():
            path.chmod(stat.S_IRUSR | stat.S_IWUSR)
            path.write_bytes(b"")


@pytest.mark.parametrize("pushed", [False, True])
@pytest.mark.parametrize(
    ("spoil", "name"),
    [
        (_lock, "shallow.lock"),
        (_lock, "packed-refs.lock"),
        (_lock, "refs/notegen/there/gh-pages.lock"),
        (_empty_all, "objects"),
        (lambda repository, name: (repository / name).write_text("["), "config"),
        (lambda repository, name: shutil.rmtree(repository / name), "objects"),
    ],
)
def test_what_a_killed_git_leaves_behind_stops_nothing(
    tmp_path: Path, kept: KeptBranch, spoil: Callable[[Path, str], None], name: str, *, pushed: bool
) -> None:
    """Its locks, files that a disk without room or power left empty; also where there is something to fetch."""
    publish(target_of(tmp_path, kept.to), site_of(tmp_path, PAGES))
    (repository,) = (tmp_path / "cache/published").iterdir()
    spoil(repository, name)
    if pushed:
        kept.put("mine", "mine")
    site = site_of(tmp_path, {**PAGES, "new.html": ""})
    publish(target_of(tmp_path, kept.to), site)
    assert kept.files() == {**contents(site), **({"mine": b"mine"} if pushed else {})}
    assert kept.commits()[0] == "Publish: 1 added, 1 changed"


def _begin_anew(repository: Path, name: str) -> None:
    shutil.rmtree(repository)
    git(repository.parent, "init", "--quiet", "--bare", repository.name)


@pytest.mark.parametrize(
    "spoil", [_empty_all, _begin_anew, lambda repository, name: shutil.rmtree(repository)]
)
def test_the_cache_may_change_between_looking_and_sending(
    tmp_path: Path, kept: KeptBranch, spoil: Callable[[Path, str], None]
) -> None:
    """By another publish too; what somebody pushed meanwhile is not taken for what was looked at."""
    publish(target_of(tmp_path, kept.to), site_of(tmp_path, PAGES))
    for number, pushed in enumerate([False, True]):
        site = site_of(tmp_path, {**PAGES, "new.html": f"{number}"})
        target = target_of(tmp_path, kept.to)
        plan = make_plan(site, target.look(site), "there")
        spoil(next((tmp_path / "cache/published").iterdir()), "objects")
        if not pushed:
            target.send(plan, site, lambda stage, done, total: None)
            assert kept.files() == contents(site)
            continue
        kept.put("new.html", "theirs")
        with pytest.raises(NotegenError, match="somebody else pushed"):
            target.send(plan, site, lambda stage, done, total: None)
        assert kept.files()["new.html"] == b"theirs"


def test_one_publish_at_a_time_is_at_work_in_the_cache(
    tmp_path: Path, kept: KeptBranch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another, which might make it anew, waits and then says so; a killed one is in nobody's way."""
    site = site_of(tmp_path, PAGES)
    publish(target_of(tmp_path, kept.to), site)
    (repository,) = (tmp_path / "cache/published").iterdir()
    lock = repository.with_name(f"{repository.name}.lock")
    monkeypatch.setattr(locks, "PATIENCE", 0)
    monkeypatch.setattr(locks, "MAX_WAIT", 0)
    said = re.escape("another publish to branch `gh-pages`")
    with (
        locks.lock_held(lock, lambda: None, lambda: NotegenError("busy")),
        pytest.raises(NotegenError, match=said),
    ):
        publish(target_of(tmp_path, kept.to), site)
    lock.touch()
    assert publish(target_of(tmp_path, kept.to), site).is_empty


def test_what_a_killed_publish_did_not_send_is_forgotten(tmp_path: Path, kept: KeptBranch) -> None:
    """It is as large as the site, and would be kept for ever, withdrawn pages with it; what was seen stays."""
    publish(target_of(tmp_path, kept.to), site_of(tmp_path, PAGES))
    (repository,) = (tmp_path / "cache/published").iterdir()
    git(repository, "update-ref", "refs/notegen/4711-0a1b2c3d", "refs/notegen/there/gh-pages")
    left = [repository / "objects/pack/tmp_pack_l3pHmA", repository / "fast_import_crash_4711"]
    for path in left:
        path.touch()
    publish(target_of(tmp_path, kept.to), site_of(tmp_path, {**PAGES, "new.html": ""}))
    assert not any(path.exists() for path in left)
    assert git(repository, "for-each-ref", "--format=%(refname)").decode().split() == [
        "refs/notegen/there/gh-pages"
    ]


def test_a_push_that_arrived_without_a_word_of_it_is_one(
    tmp_path: Path, kept: KeptBranch, home: Path
) -> None:
    """The connection ended when the branch had changed: nobody is told that nothing was sent."""
    publish(target_of(tmp_path, kept.to), site_of(tmp_path, PAGES))
    hook = home / "hooks/reference-transaction"
    hook.write_text("#!/bin/sh\nif [ $1 = committed ]; then kill -9 $PPID; fi\n")
    hook.chmod(stat.S_IRWXU)
    site = site_of(tmp_path, {**PAGES, "new.html": ""})
    publish(target_of(tmp_path, kept.to), site)
    assert kept.files() == contents(site)
    before = kept.files()
    hook.write_text("#!/bin/sh\nif [ $1 = prepared ]; then kill -9 $PPID; fi\n")
    with pytest.raises(NotegenError, match="refuses"):
        publish(target_of(tmp_path, kept.to), site_of(tmp_path, PAGES))
    assert kept.files() == before


def test_a_branch_may_be_called_like_the_folder_of_another(tmp_path: Path, kept: KeptBranch) -> None:
    """`pages/site`, once `pages` is gone there."""
    site = site_of(tmp_path, PAGES)
    publish(target_of(tmp_path, kept.to, branch="pages"), site)
    git(kept.folder, "branch", "--move", "pages", "pages/site")
    assert publish(target_of(tmp_path, kept.to, branch="pages/site"), site).is_empty
    publish(target_of(tmp_path, kept.to, branch="pages/other"), site)


def test_settings_of_the_notes_repository_reach_its_host(tmp_path: Path, kept: KeptBranch) -> None:
    """As build services put a token there; here, what an address stands for."""
    notes = tmp_path / "notes"
    notes.mkdir()
    git(notes, "init", "--quiet", "--initial-branch=main")
    git(notes, "config", f"url.{tmp_path}/.insteadOf", "https://host.example/")
    git(notes, "remote", "add", "origin", "https://host.example/remote.git")
    publish(target_of(tmp_path, "git:https://host.example/remote.git"), site_of(tmp_path, PAGES))
    assert kept.commits() == ["Publish: 6 added"]


@pytest.mark.parametrize("kind", ["sha1", "sha256"])
def test_each_kind_of_repository_is_known(tmp_path: Path, kind: str) -> None:
    """Also one with longer digests."""
    kept = KeptBranch(tmp_path / "other.git")
    git(tmp_path, "init", "--quiet", "--bare", f"--object-format={kind}", str(tmp_path / "made.git"))
    kept.folder, kept.to = tmp_path / "made.git", str(tmp_path / "made.git")
    kept.put("mine", "mine")
    site = site_of(tmp_path, PAGES)
    publish(target_of(tmp_path, kept.to), site)
    assert publish(target_of(tmp_path, kept.to), site).is_empty
    assert kept.files() == {**contents(site), "mine": b"mine"}


def test_a_link_of_somebody_is_no_file_of_ours(
    tmp_path: Path, kept: KeptBranch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even if its name is; and the environment of a hook that publishes does not lead elsewhere."""
    kept.put("x", "x")
    tree = git(kept.folder, "rev-parse", "gh-pages^{tree}").decode().strip()
    blob = git(kept.folder, "rev-parse", "gh-pages:x").decode().strip()
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    git(kept.folder, "read-tree", tree)
    git(kept.folder, "update-index", "--add", "--cacheinfo", f"120000,{blob},a b.html")
    made = git(kept.folder, "write-tree").decode().strip()
    commit = git(kept.folder, "commit-tree", "-m", "A link", made).decode().strip()
    git(kept.folder, "update-ref", "refs/heads/gh-pages", commit)
    with pytest.raises(NotegenError, match=r"needs the place: `a b\.html`"):
        publish(target_of(tmp_path, kept.to), site_of(tmp_path, PAGES))


def test_what_the_world_refuses_is_said_in_one_message(tmp_path: Path, kept: KeptBranch, home: Path) -> None:
    """No repository, no such remote, the branch of the notes, an address that leads nowhere, a name that is none."""
    site = site_of(tmp_path, PAGES)

    def refusal(to: str, **settings: str) -> str:
        with pytest.raises(NotegenError) as refused:
            publish(target_of(tmp_path, to, **settings), site)
        return f"{refused.value.message} | {refused.value.hint}".replace(str(tmp_path), "HERE")

    assert refusal("").startswith("`HERE/notes` is in no git repository, so that there is no remote `origin`")
    git(tmp_path / "notes", "init", "--quiet", "--initial-branch=main")
    assert refusal("") == (
        "the repository of the notes has no remote `origin` | there is none; `git remote add` makes one"
    )
    git(tmp_path / "notes", "remote", "add", "origin", kept.to)
    assert refusal("git:orgin") == ("the repository of the notes has no remote `orgin` | there are `origin`")
    assert refusal("", branch="main").startswith("`main` is the branch that your notes are on")
    git(tmp_path / "notes", "symbolic-ref", "HEAD", "refs/heads/gh-pages")
    assert refusal("").endswith("is the branch that your notes are on | publish to another: `--branch pages`")
    assert refusal(f"{tmp_path}/none.git").startswith(
        "`HERE/none.git` refuses: 'HERE/none.git' does not appear"
    )
    assert refusal(kept.to, branch="a..b").startswith("no branch can be called `a..b`")
    hook = home / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho Checking >&2\necho 'error: No pushes on Fridays' >&2\nexit 1\n")
    hook.chmod(stat.S_IRWXU)
    assert "(pre-receive hook declined): error: No pushes on Fridays" in refusal(kept.to)
    assert kept.commits() == []


@pytest.mark.parametrize(
    "who", ["ines:secret", "ines:secret@", "ines:sec/secret", "ines:se@cret", "secret", ":secret"]
)
def test_no_password_of_an_address_is_shown(tmp_path: Path, who: str) -> None:
    """Nor the user's name that stands with it, nor a part of one with signs that an address cannot have."""
    with pytest.raises(NotegenError) as refused:
        publish(target_of(tmp_path, f"https://{who}@127.0.0.1:9/notes.git"), site_of(tmp_path, PAGES))
    said = f"{refused.value.message} {refused.value.hint}"
    assert "127.0.0.1:9/notes.git" in said
    assert not any(part in said for part in ("secret", "sec/", "cret"))


@pytest.mark.parametrize("to", ["ftp://ines:secret@host.example/www", "rsync://ines:secret@[/www"])
def test_no_password_is_shown_of_an_address_that_is_none(tmp_path: Path, to: str) -> None:
    """Where nothing can be sent, or nobody is reached."""
    with pytest.raises(NotegenError) as refused:
        publish(target_of(tmp_path, to), site_of(tmp_path, PAGES))
    assert "secret" not in f"{refused.value.message} {refused.value.hint}"


@pytest.mark.parametrize(
    "address", ["https://host.example:8443/@ines/notes.git", "ssh://git@host.example/a.git"]
)
def test_an_address_without_a_password_is_shown_whole(address: str) -> None:
    """Or it could not be found again."""
    assert without_credentials(address) == address
