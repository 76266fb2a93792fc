"""Which of a page's blocks are its article: trafilatura chooses, the page's own nodes are kept.

trafilatura gives the text of the article but loses what is inside it (its options for links and
images change what it chooses). So its fragments are looked up in the text of the page's blocks,
white space aside, and the blocks that they cover are kept as they were.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace

from lxml import etree
from trafilatura import bare_extraction

from desktop_app.core.text import Block, BlockKind, Span, clean
from desktop_app.formats.html.elements import BLOCKS, is_hidden_word, tag_of
from desktop_app.formats.html.siblings import menus, overlooked
from desktop_app.formats.html.tree import inner_text

_SPACE = re.compile(r"\s+")
_SENTENCE = re.compile(r"\n+|(?<=[.!?…”])\s+")
_SHORT = 25  # a shorter fragment may stand in the page more than once
_NEAR = 4_000
_ENOUGH = 0.5
_BETWEEN = frozenset({BlockKind.HEADING, BlockKind.IMAGE})
_MOST_BETWEEN = 5


def main_blocks(
    tree: etree._Element, blocks: Sequence[Block], origins: Sequence[etree._Element | None]
) -> list[Block]:
    """The blocks of the article; empty where trafilatura finds none.

    blocks: all of the page's, in order. origins: the element that each stands in.
    """
    body = chosen_body(tree)
    if body is None:
        return []
    page = _Page(blocks)
    extra: dict[int, list[str]] = {}
    for missing in page.cover_parts(body):
        extra.setdefault(page.block_at_cursor(), []).append(missing)
    shares = [page.share(number) for number in range(len(blocks))]
    for number in menus(blocks, origins, [share >= _ENOUGH for share in shares]):
        shares[number] = 0.0
    for number in overlooked(blocks, origins, [share >= _ENOUGH for share in shares]):
        shares[number] = 1.0
    return list(_kept(page, shares, extra))


def chosen_body(tree: etree._Element) -> etree._Element | None:
    """What trafilatura takes for the article, in its own elements."""
    copy = deepcopy(tree)
    # Words that are not shown would come back as a sentence that stands nowhere on the page.
    for one in copy.iter():
        if one.attrib and tag_of(one) and tag_of(one) not in BLOCKS and is_hidden_word(one):
            one.text = None
            for below in one.iterdescendants():
                below.text = below.tail = None
    document = bare_extraction(copy, fast=True, include_comments=False, with_metadata=False)
    body: etree._Element | None = getattr(document, "body", None)
    return body


class _Page:
    """The text of a page's blocks without white space, and what of it is covered."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.starts: list[int] = []
        parts: list[str] = []
        length = 0
        for block in blocks:
            squeezed = _SPACE.sub("", block.text)
            self.starts.append(length)
            parts.append(squeezed)
            length += len(squeezed)
        self.text = "".join(parts)
        self.covered = bytearray(length)
        self.cursor = 0

    def cover_parts(self, element: etree._Element) -> Iterator[str]:
        """Cover the text of an element of trafilatura's part by part; yields what is not there."""
        yield from self._cover_pieces(element.text)
        for child in element:
            text = inner_text(child)
            if not self._cover_text(clean(text)):
                if len(child):
                    yield from self.cover_parts(child)
                else:
                    yield from self._cover_pieces(text)
            yield from self._cover_pieces(child.tail)

    def _cover_pieces(self, text: str | None) -> Iterator[str]:
        """Cover a run of text, as a whole or sentence by sentence."""
        if not text or not text.strip() or self._cover_text(clean(text)):
            return
        for piece in _SENTENCE.split(clean(text)):
            if piece.strip() and not self._cover_text(piece):
                yield piece

    def _cover_text(self, text: str) -> bool:
        squeezed = _SPACE.sub("", text)
        if not squeezed:
            return True
        end = self.cursor + _NEAR if len(squeezed) < _SHORT else len(self.text)
        at = self.text.find(squeezed, self.cursor, end)
        if at < 0:
            at = self.text.find(squeezed)
            if at < 0:
                return False
            again = self.text.find(squeezed, at + 1)
            if len(squeezed) < _SHORT and again >= 0:
                return True  # it cannot be told which; leave it to the blocks around
        self.covered[at : at + len(squeezed)] = b"\x01" * len(squeezed)
        self.cursor = at + len(squeezed)
        return True

    def block_at_cursor(self) -> int:
        return bisect_right(self.starts, max(self.cursor - 1, 0)) - 1

    def share(self, number: int) -> float:
        """How much of a block is covered, 0 to 1."""
        start = self.starts[number]
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
        return self.covered.count(1, start, end) / (end - start) if end > start else 0.0


def _kept(page: _Page, shares: Sequence[float], extra: Mapping[int, list[str]]) -> Iterator[Block]:
    for number, block in enumerate(page.blocks):
        if shares[number] >= _ENOUGH or _belongs(page.blocks, shares, number):
            yield block
        elif shares[number]:
            part = _covered_part(page, number)
            if part is not None:
                yield part
        for text in extra.get(number, ()):
            yield Block(BlockKind.PARAGRAPH, " ".join(text.split()))


def _belongs(blocks: Sequence[Block], shares: Sequence[float], number: int) -> bool:
    """A heading or image between two blocks of the article is part of it, images aside."""
    if blocks[number].kind not in _BETWEEN:
        return False
    before, after = number - 1, number + 1
    least, most = max(before - _MOST_BETWEEN, 0), min(after + _MOST_BETWEEN, len(blocks) - 1)
    while before >= least and shares[before] < _ENOUGH and blocks[before].kind is BlockKind.IMAGE:
        before -= 1
    while after <= most and shares[after] < _ENOUGH and blocks[after].kind is BlockKind.IMAGE:
        after += 1
    inside = before >= 0 and after < len(blocks)
    return inside and shares[before] >= _ENOUGH and shares[after] >= _ENOUGH


def _covered_part(page: _Page, number: int) -> Block | None:
    """What of a block lies between its first and its last covered letter."""
    block = page.blocks[number]
    start = page.starts[number]
    letters = [place for place, character in enumerate(block.text) if not character.isspace()]
    covered = [place for place in range(len(letters)) if page.covered[start + place]]
    first, last = letters[covered[0]], letters[covered[-1]] + 1
    text = block.text[first:last]
    spans = tuple(
        Span(max(span.start, first) - first, min(span.end, last) - first, span.kind, span.target)
        for span in block.spans
        if span.start < last and span.end > first
    )
    return replace(block, text=text, spans=spans)
