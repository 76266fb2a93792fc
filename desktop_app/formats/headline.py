"""The headline that the body repeats: the reader draws the title above the text, so it is folded."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.core.text import Block, BlockKind, Fold, canonical_of
from desktop_app.core.words import name_key

_BLOCKS = 6


def headline_folds(blocks: Sequence[Block], title: str | None) -> tuple[Fold, ...]:
    """Fold every copy of the title among the first blocks; neighbours become one fold.

    Nothing is folded where nothing else would be left.
    """
    if not title:
        return ()
    key = name_key(title)
    told = [number for number, block in enumerate(blocks) if block.text]
    copies = [number for number in told[:_BLOCKS] if name_key(blocks[number].text) == key]
    if not copies or len(copies) == len(told):
        return ()
    if len(copies) == 1 and _is_sentence(blocks[copies[0]]):
        return ()
    _, starts = canonical_of(blocks)
    ranges: list[tuple[int, int]] = []
    for number in copies:
        start, end = starts[number], starts[number] + len(blocks[number].text)
        if ranges and start == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], end)
        else:
            ranges.append((start, end))
    times = "once" if len(copies) == 1 else f"{len(copies)} times"
    rule = f"the title stands {times} in the text"
    return tuple(Fold(start, end, "headline", rule) for start, end in ranges)


def _is_sentence(block: Block) -> bool:
    """A first sentence that had to serve as the title is part of the text."""
    return block.kind is not BlockKind.HEADING and block.text.endswith((".", ":", ";", ","))
