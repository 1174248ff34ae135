"""Blocks that nobody is to see: by a property of their own, or as Org has it; with all that is below them."""

from collections.abc import Sequence

from notegen.model import Place
from notegen.read.logseq.blocks import Block
from notegen.read.logseq.page import flags_in
from notegen.read.visibility import read_flags


def take_out_private(blocks: Sequence[Block]) -> None:
    """Takes out each block whose flags, `private:: true`, would keep a page back or encrypt it.

    A page's own flags, those of its first block, are not looked at here.
    """
    hidden_below: int | None = None
    for block in blocks:
        if hidden_below is not None and block.level <= hidden_below:
            hidden_below = None
        if hidden_below is None and _is_private(block):
            hidden_below = block.level
        if hidden_below is not None:
            take_out(block)


def take_out(block: Block) -> None:
    """Leave nothing of a block but its lines' number."""
    block.texts[:] = [None] * len(block.texts)


def _is_private(block: Block) -> bool:
    flags = flags_in([block])
    said = read_flags(flags.items(), lambda key: Place("")) if flags else None
    return said is not None and (said.withheld or said.encrypted)
