"""A picture or film of the user's as it is published: without what it says of place, time and people."""

from pathlib import Path

from notegen.config import AttachmentMetadata
from notegen.metadata import cleaned_file
from notegen.model import OutputFile


def published_file(file: OutputFile, metadata: AttachmentMetadata) -> OutputFile:
    """A file of the notes or the theme as readers get it; one that cannot be read is left to whoever copies it.

    Args:
        metadata: the setting `attachment_metadata`.
    """
    if metadata == "keep" or not isinstance(file.content, Path):
        return file
    try:
        cleaned = cleaned_file(file.content)
    except OSError:
        return file
    return file if cleaned is None else OutputFile(file.url, cleaned)
