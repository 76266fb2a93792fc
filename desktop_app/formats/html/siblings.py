"""What was overlooked of an article, and menus that were taken for a part of it.

Pages cut an article into parts with advertisements between them, in elements that are named like
those of the first part. They set quotations of other sites among the paragraphs, and notes at the
foot of the page. Where hardly an article is found, menus are chosen with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lxml import etree

from desktop_app.core.text import Block, BlockKind, SpanKind
from desktop_app.formats.html.tree import inner_text

_PROSE = 80  # letters of a paragraph that cannot be a label
_SHARE = 0.3  # of the chosen prose that stands in places of one kind

_NEAR = 3  # blocks above the first paragraph and below the last
_ROW = 8  # short links in a row that are a menu

_Kind = tuple[tuple[str, str], ...]


def overlooked(
    blocks: Sequence[Block], origins: Sequence[etree._Element | None], chosen: Sequence[bool]
) -> set[int]:
    """The indexes of blocks that belong to the chosen ones.

    origins: the element that each block stands in.
    """
    kinds: dict[etree._Element, _Kind] = {}
    letters: Counter[_Kind] = Counter()
    for number, block in enumerate(blocks):
        if chosen[number] and _is_prose(block):
            letters[_kind_of(origins[number], kinds)] += len(block.text)
    total = letters.total()
    usual = {kind for kind, count in letters.items() if count > _SHARE * total}
    first = chosen.index(True) if True in chosen else len(chosen)
    last = max((number for number, yes in enumerate(chosen) if yes), default=0)
    found = {
        number
        for number in range(first + 1, len(blocks))
        if not chosen[number]
        and (
            (number < last and blocks[number].kind is BlockKind.QUOTATION)
            or (_is_prose(blocks[number]) and _kind_of(origins[number], kinds) in usual)
        )
    }
    found |= _pictures_beside(blocks, origins, chosen)
    marked = {
        span.target
        for number, block in enumerate(blocks)
        if chosen[number] or number in found
        for span in block.spans
        if span.kind is SpanKind.NOTE
    }
    if marked:
        found |= {n for n, b in enumerate(blocks) if b.note in marked and not chosen[n]}
    return found


def _pictures_beside(
    blocks: Sequence[Block], origins: Sequence[etree._Element | None], chosen: Sequence[bool]
) -> set[int]:
    """The pictures in the file right above and below the prose, inside what holds it all."""
    prose = [n for n, block in enumerate(blocks) if chosen[n] and _is_prose(block)]
    if not prose:
        return set()
    first, last = prose[0], prose[-1]
    near = [*range(max(first - _NEAR, 0), first), *range(last + 1, last + 1 + _NEAR)]
    pictures = [
        number
        for number in near
        if number < len(blocks)
        and not chosen[number]
        and (picture := blocks[number].picture)
        and picture.hash
    ]
    if not pictures:
        return set()
    around = _around(origins[first])
    for number in prose[1:]:
        own = set(_around(origins[number]))
        around = [element for element in around if element in own]
    return {number for number in pictures if around and around[0] in _around(origins[number])}


def _around(element: etree._Element | None) -> list[etree._Element]:
    """An element and all around it, innermost first."""
    return [] if element is None else [element, *element.iterancestors()]


def menus(
    blocks: Sequence[Block], origins: Sequence[etree._Element | None], chosen: Sequence[bool]
) -> set[int]:
    """The indexes of chosen blocks in long rows of short links; none where no prose is left."""
    found: set[int] = set()
    row: list[int] = []
    links: dict[etree._Element | None, bool] = {None: False}
    prose = False
    for number, block in enumerate(blocks):
        if not chosen[number]:
            continue
        origin = origins[number]
        if origin is not None and origin not in links:
            links[origin] = _is_link(origin)
        if len(block.text) < _PROSE and links[origin]:
            row.append(number)
            if len(row) == _ROW:
                found.update(row)
            elif len(row) > _ROW:
                found.add(number)
            continue
        prose = prose or _is_prose(block)
        row = []
    return found if prose else set()


def _is_link(element: etree._Element) -> bool:
    """Whether nearly all that stands in an element is the text of links."""
    linked = sum(_letters(link) for link in element.iter("a"))
    return linked > 0 and linked >= 0.8 * _letters(element)


def _letters(element: etree._Element) -> int:
    return len("".join(inner_text(element).split()))


def _is_prose(block: Block) -> bool:
    if block.kind is not BlockKind.PARAGRAPH or len(block.text) < _PROSE:
        return False
    linked = sum(span.end - span.start for span in block.spans if span.kind is SpanKind.LINK)
    return linked * 2 < len(block.text)


def _kind_of(element: etree._Element | None, kinds: dict[etree._Element, _Kind]) -> _Kind:
    """The names and classes of an element and all around it."""
    if element is None:
        return ()
    known = kinds.get(element)
    if known is None:
        known = (
            *_kind_of(element.getparent(), kinds),
            (str(element.tag), element.get("class") or ""),
        )
        kinds[element] = known
    return known
