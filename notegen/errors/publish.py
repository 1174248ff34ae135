"""Errors of `notegen publish`: the site, the target, and the programs that send."""

import re
from collections.abc import Sequence

from notegen.errors import NotegenError
from notegen.errors.phrases import as_argument, in_backticks

_NOT_SENT = "nothing was sent"
_GOES_ON = "run the same command again: it goes on where this one ended"


def no_site_to_publish(site: str) -> NotegenError:
    return NotegenError(f"`{site}` is no site that this notegen has built", hint="`notegen build` makes one")


def site_built_meanwhile(site: str) -> NotegenError:
    return NotegenError(
        f"another build has changed the site `{site}` meanwhile",
        hint=f"does `notegen serve` write there? {_GOES_ON[0].upper()}{_GOES_ON[1:]}",
    )


def target_unknown(text: str) -> NotegenError:
    return NotegenError(
        f"nothing can be published to `{text}`",
        hint="name a folder, `git:origin`, the address of a repository, `user@host:folder` for rsync, or "
        "`s3://bucket/prefix`",
    )


def target_has_no_branch(option: str, target: str) -> NotegenError:
    return NotegenError(
        f"`{option}` is for a repository, and the site would go to `{target}`",
        hint=f"leave it out, or name a repository, such as `git:origin` or `git:{target}`",
    )


def must_be_told(notes: str) -> NotegenError:
    return NotegenError(
        "there is nobody to ask whether to publish",
        hint=f"`notegen publish {as_argument(notes)} --yes` does not ask, `--dry-run` shows what would be sent",
    )


def published_by_others(target: str, files: Sequence[str]) -> NotegenError:
    count = f"{len(files):,} files that are" if len(files) > 1 else "a file that is"
    return NotegenError(
        f"{target} has {count} not of this site, where it needs the place: {in_backticks(files, most=3)}",
        hint=f"{_NOT_SENT}; remove or rename them there, or publish elsewhere",
    )


def published_other_garden(target: str, title: str, own: str) -> NotegenError:
    return NotegenError(
        f"{target} has another site, `{title}`, and this one is `{own}`",
        hint=f"{_NOT_SENT}; publish elsewhere, or say `--replace` if this one is to take its place",
    )


def publish_removes_most(target: str, gone: int, notes: int) -> NotegenError:
    return NotegenError(
        f"{target} has {notes:,} pages of notes, and {gone:,} of them would be removed",
        hint=f"{_NOT_SENT}; is it the right folder of notes, and whole? If it is meant, say `--replace`",
    )


def another_publish(target: str) -> NotegenError:
    return NotegenError(
        f"another publish to {target} has begun meanwhile",
        hint="wait until it has ended, then run this again; nothing of its was removed",
    )


def folder_is_notes(path: str) -> NotegenError:
    return NotegenError(
        f"`{path}` holds notes, and the site would lie among them", hint=f"{_NOT_SENT}; name another folder"
    )


def folder_is_site(path: str) -> NotegenError:
    return NotegenError(
        f"`{path}` is where the site is built, or holds it", hint=f"{_NOT_SENT}; name another folder"
    )


def folder_too_far_up(path: str) -> NotegenError:
    return NotegenError(
        f"`{path}` is a home folder, the top of a disk, or above the folder that you are in",
        hint=f"{_NOT_SENT}; name a folder in it",
    )


def folder_is_repository(path: str, *, is_bare: bool, example: str = "") -> NotegenError:
    if is_bare:
        return NotegenError(
            f"`{path}` is a git repository without a working tree",
            hint=f"{_NOT_SENT}; `--to git:{as_argument(path)}` publishes to a branch of it",
        )
    if not example:
        return NotegenError(f"`{path}` is git's own", hint=f"{_NOT_SENT}; name another folder")
    return NotegenError(
        f"`{path}` is a git repository with other things in it, such as `{example}`",
        hint=f"{_NOT_SENT}; name a folder in it, or publish to a branch of it: "
        f"`--to {as_argument(f'git:{path}')}`",
    )


def folder_unwritable(path: str, reason: str, folder: str) -> NotegenError:
    return NotegenError(
        f"`{path}` cannot be used: {reason}",
        hint=f"who may write in `{folder}`, and is there room? Then {_GOES_ON}",
    )


def workflow_there(path: str, service: str) -> NotegenError:
    return NotegenError(
        f"there is a `{path}` already",
        hint=f"it is as it was; `notegen publish --init {service} --replace` writes it anew",
    )


def workflow_outside(notes: str, top: str) -> NotegenError:
    return NotegenError(
        f"`{notes}` is not in `{top or '.'}`, where the file would lie",
        hint="run this in the repository that the notes are in",
    )


def git_missing() -> NotegenError:
    return NotegenError("publishing to a branch needs git, which is not installed", hint="install it")


def git_failed(command: str, reason: str) -> NotegenError:
    hint = _NOT_SENT
    if "space" in reason.lower():  # "No space left on device", "Out of diskspace"
        hint += (
            "; make room for the cache, or name another folder by `cache` in notegen.toml, or NOTEGEN_CACHE"
        )
    return NotegenError(f"`git {command}` fails: {reason}", hint=hint)


def git_refused(address: str, reason: str) -> NotegenError:
    low = reason.lower()
    hints = (
        (("username", "authentication", "permission denied (", "403", "401", "denied to", "publickey"),
         "let git in: an SSH key, a token, or a credential helper; `git push` must work from here"),
        (("dubious ownership",), "`git config --global --add safe.directory FOLDER` if you trust it"),
        (("not found", "does not exist", "not appear to be", "repository access"),
         "is it there, under this address, and may you see it?"),
        (("resolve host", "connect", "network", "timed out"), "is this machine online, and the address right?"),
        (("currently checked out",), "that branch is checked out there: publish to another, or to a bare repository"),
        (("protected", "hook declined"), "the repository's rules forbid it: let this user push to the branch"),
    )  # fmt: skip
    hint = next((hint for words, hint in hints if any(word in low for word in words)), "see what git says")
    return NotegenError(f"`{address}` refuses: {reason}", hint=f"{_NOT_SENT}; {hint}")


def git_not_trusted(folder: str, reason: str) -> NotegenError:
    path = re.search(r"'([^']+)'", reason)
    return NotegenError(
        f"git does not trust the repository of `{folder}`, since it belongs to somebody else",
        hint=f"`git config --global --add safe.directory {as_argument(path[1] if path else folder)}` if you do",
    )


def no_git_repository(notes: str, remote: str) -> NotegenError:
    return NotegenError(
        f"`{notes}` is in no git repository, so that there is no remote `{remote}` to publish to",
        hint="say where: `--to` takes the address of a repository, a folder, `user@host:folder` or "
        "`s3://bucket/prefix`; `publishing.to` in notegen.toml keeps it",
    )


def no_git_remote(remote: str, known: Sequence[str]) -> NotegenError:
    there = f"there are {in_backticks(known)}" if known else "there is none; `git remote add` makes one"
    return NotegenError(f"the repository of the notes has no remote `{remote}`", hint=there)


def publish_to_own_branch(branch: str) -> NotegenError:
    other = "gh-pages" if branch != "gh-pages" else "pages"
    return NotegenError(
        f"`{branch}` is the branch that your notes are on", hint=f"publish to another: `--branch {other}`"
    )


def branch_name_invalid(branch: str) -> NotegenError:
    return NotegenError(f"no branch can be called `{branch}`", hint="such as `--branch gh-pages`")


def branch_moved(target: str) -> NotegenError:
    return NotegenError(
        f"somebody else pushed to {target} meanwhile", hint=f"{_NOT_SENT}; run the same command again"
    )


def cannot_keep_branch(path: str, reason: str) -> NotegenError:
    return NotegenError(
        f"`{path}` cannot be made: {reason}",
        hint=f"{_NOT_SENT}; `cache` in notegen.toml, or NOTEGEN_CACHE, names another folder",
    )


def publish_at_work(target: str) -> NotegenError:
    return NotegenError(
        f"another publish to {target} is at work on this machine",
        hint=f"{_NOT_SENT}; run the same command again when it has ended",
    )


def bucket_missing(bucket: str) -> NotegenError:
    return NotegenError(
        f"there is no bucket `{bucket}`",
        hint=f"{_NOT_SENT}; make it, or is it at another `publishing.endpoint`?",
    )


def bucket_without_keys(target: str) -> NotegenError:
    return NotegenError(
        f"{target} wants to know who you are, and nothing here says so",
        hint=f"{_NOT_SENT}; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run `aws configure`",
    )


def bucket_refused(target: str, reason: str) -> NotegenError:
    return NotegenError(
        f"{target} refuses: {reason}",
        hint=f"check the keys, what they may do, and `publishing.endpoint`; then {_GOES_ON}",
    )


def rsync_missing() -> NotegenError:
    return NotegenError(
        "publishing there needs rsync, which is not installed",
        hint="install it here, and on the other machine",
    )


_RSYNC_STATUSES = {
    2: "protocol incompatibility",
    3: "errors selecting input/output files, dirs",
    5: "error starting client-server protocol",
    10: "error in socket IO",
    11: "error in file IO",
    12: "error in rsync protocol data stream",
    14: "error in IPC code",
    23: "partial transfer due to error",
    24: "partial transfer due to vanished source files",
    30: "timed out in data send/receive",
    35: "timed out waiting for daemon connection",
}
"""What rsync's manual says of those that a publish can meet."""


def rsync_failed(target: str, reason: str, status: int) -> NotegenError:
    if not reason:  # what the other side said can be lost with the connection
        meaning = _RSYNC_STATUSES.get(status)
        reason = f"rsync ended with status {status}" + (f", {meaning}" if meaning else "")
    low = reason.lower()
    hints = (
        (("permission denied (", "host key verification"), "`ssh` to that host must work from here without a question"),
        (("permission denied", "read-only"), "may this user write in that folder?"),
        (("resolve hostname", "connection refused", "timed out", "no route", "connection closed"),
         "is the host's name right, and may it be reached?"),
        (("not found",), "rsync must be installed on the other machine too"),
        (("no such file", "file io"), "make the folder above it first"),
        (("unknown option", "unrecognized option"), "rsync 3.1 or newer is needed, on both sides"),
    )  # fmt: skip
    hint = next((hint for words, hint in hints if any(word in low for word in words)), "see what rsync says")
    return NotegenError(f"{target} cannot be reached or written: {reason}", hint=f"{hint}; then {_GOES_ON}")
