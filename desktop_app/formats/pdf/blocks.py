"""The lines of all pages of a PDF to blocks: page breaks, headings, list items, rows, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.core.text import Block, BlockKind
from desktop_app.formats.limits import Limits
from desktop_app.formats.pdf.furniture import PageLines, body_size, furniture
from desktop_app.formats.pdf.joining import Link, block_of
from desktop_app.formats.pdf.paragraphs import Form, Group, leads_to_page, paragraphs_of
from desktop_app.formats.pdf.plain import plain_paragraphs
from desktop_app.formats.pdf.vocabulary import Vocabulary

_LARGER = 1.12
_LONGEST_HEADING = 200
_LONGEST_BOLD = 120
_MOST_LINES = 4
_BULLET = re.compile(r"[•◦▪▫●○■□‣⁃∙➢➤✓✔❑❖\uf0b7\uf0a7\uf0d8\uf076\uf0fc]\s*(?=\S)")
_NUMBER = re.compile(r"(\d{1,3})[.)]\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and where on its page it begins. top, size: in points, y upward; 0 for a break.

    apart: whether it is a running head, a page number, or written onto the page.
    """

    block: Block
    top: float = 0.0
    size: float = 0.0
    apart: bool = False


def blocks_of_pages(
    pages: Sequence[PageLines], links: Mapping[int, Sequence[Link]], limits: Limits
) -> list[Placed]:
    """Make the blocks of a document, a page break before each page. links: by page number."""
    body = body_size(pages)
    apart = furniture(pages)
    vocabulary = Vocabulary()
    for page in pages:
        vocabulary.learn([line.plain for line in page.lines])
    grouped = {
        page.number: (plain_paragraphs if page.plain else paragraphs_of)(
            page.lines, apart.get(page.number, frozenset())
        )
        for page in pages
    }
    levels = _levels(grouped, body)
    made: list[Placed] = []
    for page in pages:
        made.append(Placed(Block(BlockKind.PAGE_BREAK, "", page=page.number)))
        for group in grouped[page.number]:
            shape = _shape(group, body, levels)
            block = block_of(
                group.lines,
                shape.kind,
                page.number,
                vocabulary,
                links=links.get(page.number, ()),
                level=shape.level,
                number=shape.number,
                without=shape.without,
            )
            if block.text:
                line = group.lines[0]
                placed = Placed(block, line.base + line.size, line.size, group.form is Form.APART)
                made.append(placed)
        for note in page.notes:
            kind = BlockKind.QUOTATION if note.comment else BlockKind.PARAGRAPH
            made.append(Placed(Block(kind, note.text, page=page.number), apart=True))
        limits.check_blocks(len(made))
    return made


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a group becomes. without: as in block_of."""

    kind: BlockKind
    level: int = 0
    number: int | None = None
    without: int = 0


def _shape(group: Group, body: float, levels: Mapping[float, int]) -> _Shape:
    if group.form is Form.ROW:
        return _Shape(BlockKind.TABLE_ROW)
    if group.form is Form.APART:
        return _Shape(BlockKind.PARAGRAPH)
    if _is_heading(group, body):
        return _Shape(BlockKind.HEADING, levels.get(_rank(group, body), 6))
    text = group.plain
    if bullet := _BULLET.match(text):
        return _Shape(BlockKind.LIST_ITEM, 1, without=bullet.end())
    if number := _NUMBER.match(text):
        return _Shape(BlockKind.LIST_ITEM, 1, int(number[1]), number.end())
    return _Shape(BlockKind.PARAGRAPH)


def _is_heading(group: Group, body: float) -> bool:
    """Tell a heading by letters larger than the body's, or bold where it stands alone."""
    text = group.plain
    if group.form is not Form.TEXT or len(group.lines) > _MOST_LINES:
        return False
    if sum(map(str.isalpha, text)) < 2 or group.lines[0].turned or leads_to_page(text):
        return False
    if _size(group) >= _LARGER * body:
        return len(text) <= _LONGEST_HEADING
    bold = all(line.bold for line in group.lines)
    plain_end = not text.endswith((".", ",", ";", ":", "-")) or len(text.split()) < 2
    return (
        bold
        and len(group.lines) <= 2
        and len(text) <= _LONGEST_BOLD
        and plain_end
        and _size(group) >= 0.95 * body
        and _BULLET.match(text) is None
    )


def _size(group: Group) -> float:
    return max(line.size for line in group.lines)


def _rank(group: Group, body: float) -> float:
    """What headings of one level share: their size; those told by bold alone come last."""
    size = round(_size(group) * 2) / 2
    return size if size >= _LARGER * body else body


def _levels(grouped: Mapping[int, Sequence[Group]], body: float) -> dict[float, int]:
    """Levels by rank, the largest letters first."""
    ranks = {_rank(g, body) for groups in grouped.values() for g in groups if _is_heading(g, body)}
    order = sorted(ranks, reverse=True)
    return {rank: min(level, 6) for level, rank in enumerate(order, 1)}


def largest_heading(placed: Sequence[Placed]) -> Placed | None:
    """The heading in the largest letters on the first page that has text; None without one."""
    first = next((p.block.page for p in placed if p.block.text), None)
    headings = [p for p in _on(placed, first) if p.block.kind is BlockKind.HEADING]
    headings = [p for p in headings if len(p.block.text) > 3]
    return max(headings, key=lambda p: p.size, default=None)


def _on(placed: Sequence[Placed], page: int | None) -> Iterator[Placed]:
    return (one for one in placed if one.block.page == page)
