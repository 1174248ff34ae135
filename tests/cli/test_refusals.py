"""What the world refuses is one message, and Ctrl-C, a closed pipe and a poor terminal are no fault."""
# ruff: noqa: E501  # messages whole, on a line

import os
import re
import signal
import subprocess
import sys
import time
from errno import ENOSPC
from pathlib import Path

import pytest

from notegen.errors import as_refusal
from tests.conftest import ROOT
from tests.support.waiting import PATIENCE
from tests.support.warm_process import run_warm

NOTEGEN = f'"{sys.executable}" -m notegen'
"""The command, in a shell's words."""
NOTE = "---\ndate: 2024-01-01\n---\n[[缺]] and words.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a folder of notes in it."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/日記.md").write_text(NOTE, encoding="utf-8")
    return tmp_path


def run(folder: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """`notegen` with these words, in the folder, its cache in there too."""
    return run_warm(*words, folder=folder, variables={"NOTEGEN_CACHE": str(folder / "cache"), **variables})


def run_alone(folder: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """The same in a Python that opens its streams as the variables say."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "NOTEGEN_CACHE": str(folder / "cache"), **variables}
    return subprocess.run(
        [sys.executable, "-m", "notegen", *words], cwd=folder, env=env, capture_output=True, check=False
    )


def in_shell(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """A script of the shell's, run in the folder."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    return subprocess.run(["sh", "-c", script], cwd=folder, env=env, capture_output=True, check=False)


def said(ended: subprocess.CompletedProcess[bytes]) -> tuple[int, str]:
    """The exit status, and what stands on standard error."""
    return ended.returncode, ended.stderr.decode()


@pytest.mark.parametrize("pattern", ["!", "[z-a]", "drafts/[b-a]*", "!x[9-0]"])
def test_a_pattern_that_is_none_is_named(folder: Path, pattern: str) -> None:
    """Whatever is wrong with it."""
    (folder / "notes/notegen.toml").write_text(f"ignore = ['{pattern}']\n")
    status, message = said(run(folder, "check"))
    assert (status, message.splitlines()[0]) == (2, f"error: `ignore` has `{pattern}`, which is no pattern")


def test_a_pattern_with_a_class_is_quiet(folder: Path) -> None:
    """Python's warnings about it are none for whoever writes notes."""
    (folder / "notes/notegen.toml").write_text('ignore = ["[[:digit:]]*"]\n')
    assert said(run(folder, "build", "--no-semantic")) == (0, "")


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ('theme = "~nobody-at-all/x"', "`theme` is `~nobody-at-all/x`, but must be a folder of somebody this system knows"),
        ('out = "a\\u0000b"', "`out` is `a\0b`, but must be a text without the character NUL"),
        ('language = "../../x"', "`language` is `../../x`, but must be the tag of a language, such as `en` or `pt-BR`"),
        ("cache = " + "[" * 3000, None),
        ("related.count = " + "1" * 5000, "cannot be read: its tables lie too deep in each other, or a number in it is too long"),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_is_named(folder: Path, setting: str, message: str | None) -> None:
    """One message, and the status of a refusal."""
    (folder / "notes/notegen.toml").write_text(f"{setting}\n")
    status, error = said(run(folder, "build", "--no-semantic"))
    assert status == 2
    assert error.startswith("error: ")
    assert "Traceback" not in error
    if message:
        assert message in error.splitlines()[0]


@pytest.mark.parametrize(
    "words",
    [
        ("build", "x" * 300),
        ("build", "notes", "-o", "x" * 300),
        ("build", "loop"),
        ("build", "notes", "-o", "loop"),
        ("build", "notes", "-o", "loop/site"),
        ("build", "pipe"),
        ("build", "notes", "-o", "pipe"),
        ("check", "notes/日記.md"),
        ("check", "notes", "--config", "loop"),
        ("check", "notes", "--config", "notes"),
        ("new", "x" * 300),
        ("new", "x", "--notes", "notes/日記.md"),
        ("new", "x", "--edit"),
        ("related", "日記", "--notes", "pipe"),
        ("serve", "loop"),
        ("serve", "--host", "nowhere.invalid"),
    ],
)
def test_a_path_that_cannot_be_used_is_named(folder: Path, words: tuple[str, ...]) -> None:
    """Too long, a loop, a pipe, a file where a folder is wanted."""
    (folder / "loop").symlink_to("loop")
    os.mkfifo(folder / "pipe")
    status, error = said(run(folder, *words, "--no-semantic" if words[0] in ("build", "serve") else "", EDITOR="/none")
                         if words[0] in ("build", "serve") else run(folder, *words, EDITOR="/none"))  # fmt: skip
    assert (status, error[:7], "Traceback" in error) == (2, "error: ", False)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("build", ""), "NOTES"),
        (("build", "notes", "-o", ""), "--out"),
        (("check", "--config", ""), "--config"),
        (("publish", "notes", "--to", ""), "--to"),
        (("search", "", "x"), "NOTES"),
        (("new", "x", "--notes", ""), "--notes"),
    ],
)
def test_an_empty_word_names_nothing(folder: Path, words: tuple[str, ...], name: str) -> None:
    """A variable of the shell's that is not set would otherwise be the current folder, and all in it published."""
    assert said(run(folder, *words)) == (
        2,
        f"error: `{name}` is empty\n  hint: perhaps by a variable of the shell's that is not set; the current folder is `.`\n",
    )


def test_a_problem_of_a_setting_has_its_line(folder: Path) -> None:
    """In the file that says it, wherever that lies."""
    settings = (
        'title = "T"\nprivate_folders = ["nowhere"]\nheader_links = ["[[gone]]"]\nhome.pinned = ["lost"]\n'
    )
    (folder / "notegen.toml").write_text(settings)
    lines = run(folder, "check", "notes", "--format", "plain").stdout.decode().splitlines()
    assert [line.partition(": ")[0] for line in lines if "toml" in line] == [
        "notes/../notegen.toml:2:1",
        "notes/../notegen.toml:3:1",
        "notes/../notegen.toml:4:6",
    ]


def test_a_folder_that_is_gone_is_named(folder: Path) -> None:
    """The one that the command runs in."""
    ended = in_shell(f"mkdir gone && cd gone && rmdir ../gone && {NOTEGEN} build", folder)
    assert said(ended) == (
        2, "error: the current folder is no longer there\n  hint: change to another folder\n"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cache", "words"),
    [
        ("notes/日記.md", ()), ("loop/x", ("--no-semantic",)), ("/dev/null/x", ("--no-semantic",)),
        ("/proc/x", ("--no-semantic",)),
    ],
)  # fmt: skip
def test_a_cache_that_cannot_be_is_done_without(folder: Path, cache: str, words: tuple[str, ...]) -> None:
    """The site is made, once with meaning, whose vectors would be in it too, and the report says so."""
    (folder / "loop").symlink_to("loop")
    ended = run(folder, "build", "--json", *words, NOTEGEN_CACHE=cache)
    assert ended.returncode == 0
    assert b'"code": "cache-unusable"' in ended.stdout


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        (("check",), "cp1252"), (("check",), "ascii"), (("stats",), "ascii"), (("search", "words"), "cp1252"),
        (("related",), "ascii"), (("build",), "cp1252"), (("build",), "ascii"), (("check", "--format", "plain"), "latin-1"),
    ],
)  # fmt: skip
def test_a_letter_that_a_terminal_lacks_is_escaped(
    folder: Path, words: tuple[str, ...], encoding: str
) -> None:
    """No command ends for want of one; all print by way of one stream, so not each is tried in each encoding."""
    more = ["--no-semantic"] if words[0] != "related" else []
    ended = run(folder, *words, *more, PYTHONIOENCODING=encoding)
    assert b"Traceback" not in ended.stderr
    ended.stdout.decode(encoding)
    if words[0] == "check":
        assert b"\\u65e5\\u8a18.md" in ended.stdout


def test_a_refusal_is_escaped_too(folder: Path) -> None:
    """What the terminal lacks was seen to as the command began, and is again as it ends."""
    ended = run(folder, "build", "日記", PYTHONIOENCODING="ascii")
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert ended.stderr.startswith(b"error: ")
    assert b"\\u65e5\\u8a18" in ended.stderr


@pytest.mark.parametrize("words", [("check", "--json"), ("search", "words", "--json")])
def test_json_is_utf_8_whatever_the_terminal_has(folder: Path, words: tuple[str, ...]) -> None:
    """Machines read it."""
    ended = run_alone(folder, *words, "--no-semantic", PYTHONIOENCODING="cp1252")
    assert "日記" in ended.stdout.decode("utf-8")


def test_a_reader_that_goes_away_ends_a_command_quietly(folder: Path) -> None:
    """As `head` does."""
    many = "\n".join(f"[[nobody {number}]]" for number in range(3000))
    (folder / "notes/a.md").write_text(f"---\ndate: 2024-01-01\n---\n{many}\n")
    ended = in_shell(f"({NOTEGEN} check --all; echo $? >&2) | head -n 1", folder)
    assert ended.stderr == b"141\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has it")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(("words", "full"), [("build nowhere", "2>"), ("check", ">"), ("check --json", ">")])
def test_what_cannot_be_written_leaves_the_status(
    folder: Path, words: str, full: str, unbuffered: str
) -> None:
    """As where output goes into a file on a full disk: a refusal, of which errors tell where they can be written."""
    script = f"{NOTEGEN} {words} {full} /dev/full; echo $? > status"
    ran = in_shell(script, folder, PYTHONUNBUFFERED=unbuffered)
    assert (folder / "status").read_text() == "2\n"
    assert ran.stderr == (b"error: the system refuses: No space left on device\n" if full == ">" else b"")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RuntimeError("[ONNXRuntimeError] : 6 : Status Message: std::bad_alloc"), "too little memory"),
        (ImportError("nh3.abi3.so: failed to map segment from shared object"), "too little memory"),
        (
            BaseException('IOError(Os { message: "Resource temporarily unavailable" })'),
            "starts no more threads",
        ),
        (RuntimeError("can't start new thread"), "starts no more threads"),
        (BlockingIOError(11, "Resource temporarily unavailable"), "starts no more threads"),
        (RuntimeError("can't"), None),
    ],
)
def test_what_a_small_machine_refuses_is_no_fault(error: BaseException, said: str | None) -> None:
    """In the words of whichever library asked for it."""
    refusal = as_refusal(error)
    assert (refusal is None) if said is None else (refusal is not None and said in refusal.message)


def test_of_a_copy_to_a_full_disk_the_copy_is_named() -> None:
    """That lies there, not what is copied; and its rights do not help."""
    refusal = as_refusal(OSError(ENOSPC, "No space left on device", "site/a.css", None, "/tmp/kept/a.css"))
    assert refusal is not None
    assert refusal.message == "`/tmp/kept/a.css` cannot be used: No space left on device"
    assert refusal.hint == "make room on the disk that it lies on"


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&-"])
def test_a_closed_stream_is_no_fault(folder: Path, closed: str) -> None:
    """Of output, of errors, of input."""
    in_shell(f"{NOTEGEN} build --no-semantic {closed}; echo $? > status", folder)
    assert (folder / "status").read_text() == "0\n"


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1", "TERM": "xterm"}, {"TERM": "dumb"}])
def test_colours_can_be_switched_off(folder: Path, variables: dict[str, str]) -> None:
    """On a terminal, by either variable."""
    script = f'import pty, sys; sys.exit(pty.spawn(["{sys.executable}", "-m", "notegen", "check", "--suggest", "--no-semantic"]) >> 8)'
    env = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    ended = subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        env=env,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert "日記.md" in ended.stdout.decode()
    assert not re.search(rb"\x1b\[[\d;]*m", ended.stdout)  # the bar moves the cursor


MOMENTS = [0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 0.9, 1.2, 1.6]


@pytest.mark.parametrize(
    ("words", "first", "step"),
    [
        (("build",), 0, 1), (("check",), 0, 2), (("search", "words"), 1, 2), (("stats",), 0, 2),
        (("serve", "--port", "0"), 1, 2),
    ],
)  # fmt: skip
def test_ctrl_c_stops_a_command_at_any_moment(
    folder: Path, words: tuple[str, ...], first: int, step: int
) -> None:
    """It says so, with status 130, or is done already; while modules load too.

    The commands that load what `build` loads share its moments, every other one each.
    """
    for number in range(30):
        (folder / f"notes/{number}.md").write_text(
            NOTE.replace("words", f"words {number} " * 50), encoding="utf-8"
        )
    env = {**os.environ, "PYTHONPATH": str(ROOT), "NOTEGEN_CACHE": str(folder / "cache")}
    for moment in MOMENTS[first::step]:
        process = subprocess.Popen(
            [sys.executable, "-X", "importtime", "-m", "notegen", *words], cwd=folder, env=env,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )  # fmt: skip
        assert process.stderr is not None
        # What Python itself does before it comes to us is not ours.
        for line in process.stderr:
            if b"click" in line:
                break
        time.sleep(moment)
        process.send_signal(signal.SIGINT)
        out, errors = process.communicate(timeout=PATIENCE)
        shown = b"".join(line for line in errors.splitlines(True) if not line.startswith(b"import time:"))
        assert b"Traceback" not in shown, (moment, shown)
        stopped = process.returncode == 130 and shown.endswith(b"stopped\n")
        done = process.returncode in (0, 1, -signal.SIGINT) and (
            words[0] != "serve" or out.endswith(b"stopped\n")
        )
        assert stopped or done, (moment, process.returncode, shown, out)


def test_a_folder_without_files_is_no_site_in_which_nothing_was_found(folder: Path) -> None:
    """An empty one, and one of empty folders; one file, of whatever kind, is searched."""
    (folder / "copied/deep").mkdir(parents=True)
    words = ["audit", "copied", "--notes", "notes", "--no-semantic", "--quiet"]
    status, message = said(run(folder, *words))
    assert (status, message.splitlines()[0]) == (2, "error: there is no site in `copied`: it has no file")
    (folder / "copied/deep/x.bin").write_bytes(b"x")
    assert said(run(folder, *words)) == (0, "")
