"""A parsed page to flat blocks, by a list of what is allowed; everything else gives only its text.

Scripts, forms and whatever is embedded are left out. No address is followed and no image fetched:
an image is its caption or its alternative text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from desktop_app.core.text import Block, BlockKind, SpanKind, block_of_runs
from desktop_app.formats.html_elements import (
    BLOCKS,
    HEADINGS,
    is_beside,
    is_of_data,
    number_of,
    target_of,
)

_SKIPPED = frozenset(
    {
        "script", "style", "noscript", "template", "head", "iframe", "frame", "object", "embed",
        "applet", "svg", "canvas", "audio", "video", "map", "select", "datalist", "textarea",
        "button", "input", "progress", "meter", "dialog", "title", "link", "meta", "base",
    }
)  # fmt: skip
_INLINE = {
    "b": SpanKind.BOLD,
    "strong": SpanKind.BOLD,
    "i": SpanKind.ITALIC,
    "em": SpanKind.ITALIC,
    "cite": SpanKind.ITALIC,
    "dfn": SpanKind.ITALIC,
    "var": SpanKind.ITALIC,
    "code": SpanKind.CODE,
    "kbd": SpanKind.CODE,
    "samp": SpanKind.CODE,
    "tt": SpanKind.CODE,
    "sub": SpanKind.SUBSCRIPT,
    "sup": SpanKind.SUPERSCRIPT,
}
_PRE = frozenset({"pre", "listing", "xmp", "plaintext"})
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_SPACE = re.compile(r"[ \t\n\r\f\x0b\u2028\u2029]+")
_FILE_NAME = re.compile(
    r"(?i)\S+\.(?:jpe?g|png|gif|webp|svg|bmp|tiff?)|image|img|photo|picture|\W*"
)
_DEEPEST_LIST = 12

_Kinds = tuple[tuple[SpanKind, str | None], ...]


@dataclass(slots=True)
class _List:
    ordered: bool
    next: int = 1


@dataclass(slots=True)
class _Walk:
    """Where the walk stands, and the runs of the block that is being gathered."""

    base: str | None
    whole_page: bool
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
    images: list[str] = field(default_factory=list)
    figures: list[str | None] = field(default_factory=list)  # None: it has its caption
    done: list[Block] = field(default_factory=list)

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
                self.done.append(block)
        images, self.images = self.images, []
        self.done.extend(block_of_runs(BlockKind.IMAGE, [(text, ())]) for text in images)

    def _block(self, runs: list[tuple[str, _Kinds]]) -> Block:
        if self.in_row:
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
            if self.figures:
                self.figures[-1] = None
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
        if tag in _INLINE:
            self.kinds.append((element, _INLINE[tag], None))
        elif tag == "a":
            target = target_of(element.get("href"), self.base)
            if target:
                self.kinds.append((element, SpanKind.LINK, target))
        elif tag in HEADINGS:
            self.heading = HEADINGS[tag]
        elif tag in _LISTS:
            self.lists.append(_List(tag == "ol", number_of(element.get("start"), 1)))
        elif tag == "li":
            self._begin_item(element)
        elif tag == "blockquote":
            self.quotes += 1
        elif tag in _PRE:
            self.pre += 1
        elif tag == "figure":
            self.figures.append("")
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
        elif tag == "img":
            self._image(element)

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
        elif tag in _LISTS:
            if self.lists:
                self.lists.pop()
        elif tag == "li":
            self.in_item -= 1
            self.number = None
        elif tag == "blockquote":
            self.quotes -= 1
        elif tag in _PRE:
            self.pre -= 1
        elif tag == "figure":
            if alternative := self.figures.pop():
                self.done.append(block_of_runs(BlockKind.IMAGE, [(alternative, ())]))
        elif tag == "figcaption":
            self.caption -= 1

    def _image(self, element: etree._Element) -> None:
        alternative = " ".join((element.get("alt") or "").split())
        if not alternative:
            return
        if len(alternative) <= 2 and not alternative.isalnum():
            self.add(alternative)  # a smiley
            return
        small = [element.get(name) in ("0", "1", "2") for name in ("width", "height")]
        if any(small) or _FILE_NAME.fullmatch(alternative):
            return
        if self.figures:
            if self.figures[-1] == "":
                self.figures[-1] = alternative
        elif not self.in_row:
            self.images.append(alternative)


def blocks_of(
    root: etree._Element, *, base: str | None = None, whole_page: bool = False
) -> Iterator[Block]:
    """The blocks of a parsed page, in its order.

    base: the address that relative links are seen from; None leaves them out. whole_page: leave out
    what stands beside the text: navigation, footers, what is hidden.
    """
    walk = _Walk(base, whole_page)
    steps = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in steps:
        if event == "start":
            tag = _tag(element)
            if tag in _SKIPPED or (whole_page and element is not root and is_beside(element, tag)):
                steps.skip_subtree()
                if tag == "button":
                    walk.add(" ")
                continue
            walk.begin(element, tag)
            walk.add(element.text)
        else:
            if event == "end":
                tag = _tag(element)
                if tag not in _SKIPPED:
                    walk.end(element, tag)
            if element is not root:
                walk.add(element.tail)
        if walk.done:
            yield from walk.done
            walk.done.clear()
    walk.flush()
    yield from walk.done


def _tag(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
