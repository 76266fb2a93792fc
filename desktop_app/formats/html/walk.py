"""Where a walk through a page stands: what begins and ends there, and the block being gathered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from desktop_app.core.text import Block, BlockKind, SpanKind, block_of_runs
from desktop_app.formats.html.elements import (
    BLOCKS,
    HEADINGS,
    INLINE,
    LISTS,
    PRE,
    is_of_data,
    number_of,
    tag_of,
)
from desktop_app.formats.html.images import Image, Images, formula_of
from desktop_app.formats.html.notes import Notes
from desktop_app.formats.text.links import target_of

_SPACE = re.compile(r"[ \t\n\r\f\x0b\u2028\u2029]+")
_DEEPEST_LIST = 12

_Kinds = tuple[tuple[SpanKind, str | None], ...]


@dataclass(slots=True)
class _List:
    ordered: bool
    next: int = 1


@dataclass(slots=True)
class _Figure:
    images: list[Image] = field(default_factory=list)
    captions: list[Block] = field(default_factory=list)

    def blocks(self) -> Iterator[Block]:
        """Its pictures, each with its words; the last one has the caption."""
        captions = self.captions
        for number, image in enumerate(self.images, 1):
            if number == len(self.images) and captions:
                yield replace(captions[0], picture=image.picture)
                captions = captions[1:]
            else:
                yield _image_block(image)
        yield from captions


@dataclass(slots=True)
class Walk:
    """The state between two elements of a page; done holds the blocks that are complete.

    count: of all blocks so far. marked: the elements that it stands in of which somebody asks for
    the blocks, and where the indexes of those that are complete there are put down.
    """

    base: str | None
    shown: Images
    notes: Notes
    runs: list[tuple[str, _Kinds]] = field(default_factory=list)
    kinds: list[tuple[etree._Element, SpanKind, str | None]] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    number: int | None = None  # of the list item whose first block is still to come
    in_item: int = 0
    heading: int = 0
    quotes: int = 0
    pre: int = 0
    caption: int = 0
    breaks: int = 0
    tables: list[bool] = field(default_factory=list)  # innermost last; True: of data, in rows
    cells: int = 0  # of the row so far
    images: list[Image] = field(default_factory=list)  # in the block that is being gathered
    figures: list[_Figure] = field(default_factory=list)
    within: list[str] = field(default_factory=list)  # the labels of the notes that it stands in
    done: list[Block] = field(default_factory=list)
    count: int = 0
    marked: list[tuple[etree._Element, set[int]]] = field(default_factory=list)
    open: list[etree._Element] = field(default_factory=list)  # the block elements, innermost last
    origins: list[etree._Element | None] | None = None

    def add(self, text: str | None) -> None:
        """Take in text as it stands between tags."""
        if not text:
            return
        if not self.pre:
            text = _SPACE.sub(" ", text)
            if text == " " and not self.runs:
                return
            if text[0] == " " and (not self.runs or self.runs[-1][0][-1:] in (" ", "\n", "\t")):
                text = text[1:]
            if not text:
                return
        self.breaks = 0
        self.runs.append((text, tuple((kind, target) for _, kind, target in self.kinds)))

    def line_break(self) -> None:
        """One break is a new line, two are a new paragraph; in a table row, a space."""
        if self.pre:
            self.runs.append(("\n", ()))
        elif self.in_row:
            self.add(" ")
        elif self.breaks:
            self.flush()
        elif self.runs:
            if self.runs[-1][0].endswith(" "):
                self.runs[-1] = (self.runs[-1][0].rstrip(" "), self.runs[-1][1])
            self.runs.append(("\n", ()))
            self.breaks = 1

    @property
    def in_row(self) -> bool:
        return bool(self.tables) and self.tables[-1]

    def edge(self) -> None:
        """The edge of a block element: it ends the block, but within a table row only the word."""
        if self.in_row:
            self.add(" ")
        else:
            self.flush()

    def flush(self) -> None:
        """End the block that is being gathered."""
        runs, self.runs, self.breaks = self.runs, [], 0
        if runs:
            block = self._block(runs)
            if block.text.strip():
                self.put(block)
        images, self.images = self.images, []
        for image in images:
            self.put(_image_block(image))

    def put(self, block: Block) -> None:
        if self.caption and self.figures:
            self.figures[-1].captions.append(block)
        else:
            self.done.append(replace(block, note=self.within[-1]) if self.within else block)
            for _, indexes in self.marked:
                indexes.add(self.count)
            if self.origins is not None:
                self.origins.append(self.open[-1] if self.open else None)
            self.count += 1

    def _block(self, runs: list[tuple[str, _Kinds]]) -> Block:
        if self.in_row:
            runs[-1] = (runs[-1][0].rstrip(" "), runs[-1][1])
            return block_of_runs(BlockKind.TABLE_ROW, runs)
        if self.pre:
            # The line end right behind the tag and those at the end are not part of the text.
            first, kinds = runs[0]
            runs = [(first.removeprefix("\n"), kinds), *runs[1:]]
            while runs and not runs[-1][0].rstrip():
                runs.pop()
            if runs:
                runs[-1] = (runs[-1][0].rstrip(), runs[-1][1])
            return block_of_runs(BlockKind.PREFORMATTED, runs)
        if self.caption:
            return block_of_runs(BlockKind.IMAGE, runs)
        if self.heading:
            return block_of_runs(BlockKind.HEADING, runs, level=self.heading)
        if self.lists and self.in_item:
            number, self.number = self.number, None
            level = min(len(self.lists), _DEEPEST_LIST)
            return block_of_runs(BlockKind.LIST_ITEM, runs, level=level, number=number)
        kind = BlockKind.QUOTATION if self.quotes else BlockKind.PARAGRAPH
        return block_of_runs(kind, runs)

    def begin(self, element: etree._Element, tag: str) -> None:
        if tag in BLOCKS and tag not in ("td", "th"):
            self.edge()
        if tag in BLOCKS:
            self.open.append(element)
        if self.notes.bodies and element in self.notes.bodies:
            self.within.append(self.notes.bodies[element])
        if tag in INLINE:
            self.kinds.append((element, INLINE[tag], None))
        elif tag == "a":
            self._begin_link(element)
        elif tag in HEADINGS:
            self.heading = HEADINGS[tag]
        elif tag in LISTS:
            self.lists.append(_List(tag == "ol", number_of(element.get("start"), 1)))
        elif tag == "li":
            self._begin_item(element)
        elif tag == "blockquote":
            self.quotes += 1
        elif tag in PRE:
            self.pre += 1
        elif tag == "figure":
            self.figures.append(_Figure())
        elif tag == "figcaption":
            self.caption += 1
        elif tag == "tr":
            self.cells = 0
        elif tag == "table":
            self.tables.append(is_of_data(element))
        elif tag == "caption":
            self.tables.append(False)  # it is above the rows, not one of them
        elif tag in ("td", "th"):
            if not self.in_row:
                self.flush()
            else:
                self._begin_cell()
        elif tag == "br":
            self.line_break()
        elif tag == "rt":
            self.add("(")  # how the word before it is read aloud
        elif tag in ("img", "amp-img"):
            self.image(element)

    def _begin_link(self, element: etree._Element) -> None:
        href = element.get("href")
        if href and (label := self.notes.marks.get(href.strip())):
            self.kinds.append((element, SpanKind.NOTE, label))
        elif target := target_of(href, self.base):
            self.kinds.append((element, SpanKind.LINK, target))

    def _begin_cell(self) -> None:
        if self.cells:
            if self.runs:
                self.runs[-1] = (self.runs[-1][0].rstrip(" "), self.runs[-1][1])
            self.runs.append(("\t", ()))
        self.cells += 1

    def _begin_item(self, element: etree._Element) -> None:
        self.in_item += 1
        self.number = None
        if self.lists and self.lists[-1].ordered:
            self.number = number_of(element.get("value"), self.lists[-1].next)
            self.lists[-1].next = self.number + 1

    def end(self, element: etree._Element, tag: str) -> None:
        if self.kinds and self.kinds[-1][0] is element:
            self.kinds.pop()
        if tag == "rt":
            self.add(")")
        if tag not in BLOCKS:
            return
        if tag == "tr" and self.in_row:
            self.flush()
        elif tag in ("table", "caption"):
            self.flush()
            self.tables.pop()
        elif tag not in ("td", "th") or not self.in_row:
            self.edge()
        if tag in HEADINGS:
            self.heading = 0
        elif tag in LISTS:
            if self.lists:
                self.lists.pop()
        elif tag == "li":
            self.in_item -= 1
            self.number = None
        elif tag == "blockquote":
            self.quotes -= 1
        elif tag in PRE:
            self.pre -= 1
        elif tag == "figure":
            figure = self.figures.pop()
            if self.in_row:
                self.images += figure.images
            else:
                for block in figure.blocks():
                    self.put(block)
        elif tag == "figcaption":
            self.caption -= 1
        if self.within and element in self.notes.bodies:
            self.within.pop()
        self.open.pop()

    def image(self, element: etree._Element) -> None:
        """Take in an image where it stands: words among words, the rest behind the block."""
        alternative = element.get("alt") or ""
        formula = formula_of(element, "img")
        if formula or (0 < len(alternative) <= 2 and not alternative.isalnum()):
            self.add(formula or alternative)  # or a smiley
        elif image := self.shown.of(element, in_figure=bool(self.figures)):
            self._take(image)

    def drawing(self, element: etree._Element) -> None:
        """Take in an svg: the pictures that it only frames, or its words."""
        framed = [one for one in element.iter() if tag_of(one) == "image"]
        for one in framed:
            self.image(one)
        if framed:
            return
        if image := self.shown.drawing(element, in_figure=bool(self.figures)):
            self._take(image)

    def _take(self, image: Image) -> None:
        (self.figures[-1].images if self.figures and not self.caption else self.images).append(
            image
        )


def _image_block(image: Image) -> Block:
    return replace(block_of_runs(BlockKind.IMAGE, [(image.text, ())]), picture=image.picture)
