"""Errors about packages that come with an extra and are not installed."""

from notegen.errors import NotegenError


def no_cryptography() -> NotegenError:
    return NotegenError(
        "some notes are to be encrypted, and the Python package `cryptography` is not installed",
        hint="install it: `pip install 'notegen[encrypt]'`",
    )


def _package_missing(what: str, package: str, extra: str) -> NotegenError:
    return NotegenError(
        f"{what} needs the Python package `{package}`, which is not installed",
        hint=f"install it: `pip install 'notegen[{extra}]'`",
    )


def no_mcp() -> NotegenError:
    return _package_missing("`notegen mcp`", "mcp", "mcp")


def no_distributed() -> NotegenError:
    return _package_missing("`--cluster`", "distributed", "cluster")


def no_boto3() -> NotegenError:
    return _package_missing("publishing to a bucket", "boto3", "s3")
