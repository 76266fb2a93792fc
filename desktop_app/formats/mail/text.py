"""The plain text of a mail as blocks: what it quotes, and lines that were made to flow.

Quoted text becomes quotations; a quotation within one keeps its ">". Format=flowed is RFC 3676.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from desktop_app.core.text import Block, BlockKind, clean
from desktop_app.formats.text.paragraphs import paragraphs

_QUOTED = re.compile(r"(?:>[ \t]?)+")
_STANZAS = re.compile(r"\n[ \t]*(?=\n)")
# Addresses below each other are a list, however long they are.
_ADDRESSES = re.compile(
    r"(?m)^([ \t]*<?(?:https?://|www\.)\S+)[ \t]*\n(?=[ \t]*<?(?:https?://|www\.))"
)
_NARROWEST = 55  # shorter lines are a signature, an address or verses
_WIDEST = 110
_SIGNATURE = "-- "
_DEEPEST = 50


def mail_blocks(text: str, *, flowed: bool = False, joined: bool = False) -> Iterator[Block]:
    """The blocks of a mail's text.

    flowed: lines that end with a space go on in the next one. joined: the space does not count
    (RFC 3676's delsp).
    """
    lines = [_parted(line) for line in clean(text).replace("\f", "\n\n").split("\n")]
    if flowed:
        lines = list(_flown(lines, joined=joined))
    for depth, group in groupby(_bridged(lines), key=lambda line: line[0]):
        said = "\n".join(line for _, line in group)
        # Each line that was made to flow is a paragraph; the others are wrapped.
        blocks = _each_line(said) if flowed else _wrapped(said)
        for block in blocks:
            yield block if not depth else _quotation(block, depth)


def _parted(line: str) -> tuple[int, str]:
    """How deep a line is quoted, and what it says."""
    found = _QUOTED.match(line)
    if not found:
        return 0, line
    return min(found[0].count(">"), _DEEPEST), line[found.end() :]


def _bridged(lines: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """A quoted line that says nothing belongs to what stands before it."""
    before = 0
    for depth, line in lines:
        if depth and not line.strip():
            depth = before or depth
        before = depth
        yield depth, line


def _flown(lines: Sequence[tuple[int, str]], *, joined: bool) -> Iterator[tuple[int, str]]:
    """Join the lines that flow."""
    depth_of: int | None = None
    parts: list[str] = []
    for depth, line in lines:
        if line.startswith(" ") and not depth:
            line = line[1:]  # put there so that "From " or ">" could stand at its start
        if parts and (depth != depth_of or line == _SIGNATURE):
            yield depth_of or 0, "".join(parts)
            parts = []
        depth_of = depth
        if line.endswith(" ") and line != _SIGNATURE:
            parts.append(line[:-1] if joined else line)
            continue
        yield depth, "".join(parts) + line
        parts = []
    if parts:
        yield depth_of or 0, "".join(parts)


def _wrapped(text: str) -> Iterator[Block]:
    """Join lines that were wrapped, at whichever column: what is pasted in has one of its own."""
    for stanza in _STANZAS.split(_ADDRESSES.sub("\\1\n\n", text)):
        if stanza.strip():
            yield from paragraphs(stanza, width=_column(stanza.split("\n")))


def _column(lines: Sequence[str]) -> int:
    """The column at which lines were wrapped; 0 where they were not."""
    usual = [length for line in lines if (length := len(line.rstrip())) <= _WIDEST]
    widest = max(usual, default=0)
    return widest if widest >= _NARROWEST and len(usual) * 3 > len(lines) * 2 else 0


def _each_line(text: str) -> Iterator[Block]:
    """Each line as a paragraph; those that only divide are left out."""
    for line in text.split("\n"):
        if line.strip("-_=*~ \t"):
            yield Block(BlockKind.PARAGRAPH, line.strip())


def _quotation(block: Block, depth: int) -> Block:
    text = block.text
    if depth > 1:
        text = f"{'> ' * (depth - 1)}{text}"
    return Block(BlockKind.QUOTATION, text)
