"""A query's tokens, for the query table: the tokenizer alone, without the model."""

from collections.abc import Callable, Sequence
from pathlib import Path

from notegen.errors import model_file_unreadable


def load_query_tokens(folder: Path) -> Callable[[str], Sequence[int]]:
    """Gives the token ids of a text, no special ones added and none cut off; the page's WordPiece gives the same.

    Raises:
        NotegenError: the folder's tokenizer cannot be read.
    """
    from tokenizers import Tokenizer  # 0.1 s that other commands do without

    path = folder / "tokenizer.json"
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises no narrower class
        raise model_file_unreadable(str(path), str(error)) from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.encode_special_tokens = True  # `[MASK]` in a question is a word like any other

    def tokens(text: str) -> Sequence[int]:
        ids: list[int] = tokenizer.encode(text, add_special_tokens=False).ids
        return ids

    return tokens
