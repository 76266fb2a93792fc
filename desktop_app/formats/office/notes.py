"""The blocks of footnotes, endnotes and comments, which stand behind the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.core.text import Block, BlockKind

_LONGEST_INITIALS = 20


def comment_mark(number: int, initials: str, by: str) -> str:
    """The mark of a comment, "[JD1]", which is never that of a note. by: who wrote it."""
    letters = initials.strip()[:_LONGEST_INITIALS] or "".join(word[0] for word in by.split())
    return f"[{letters[:_LONGEST_INITIALS] or '*'}{number}]"


def noted(
    blocks: Sequence[Block], label: str, *, number: int | None = None, by: str = ""
) -> list[Block]:
    """Blocks as those of a note. number: goes before the first. by: who wrote it, said in front."""
    made = [replace(block, note=label) for block in blocks]
    if made and by:
        made.insert(0, Block(BlockKind.PARAGRAPH, f"{by}:", note=label))
    if made and number is not None and made[0].kind is BlockKind.PARAGRAPH:
        made[0] = replace(made[0], kind=BlockKind.LIST_ITEM, level=1, number=number)
    return made
