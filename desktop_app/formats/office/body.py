"""Gather runs of text into paragraphs, list items, headings and table rows, for office files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from desktop_app.core.text import Block, BlockKind, Picture, SpanKind, block_of_runs

Kinds = tuple[tuple[SpanKind, str | None], ...]
Run = tuple[str, Kinds]

_NUMBER = re.compile(r"[(\[]?(?:\d+\.)*(\d{1,6})[.)\]:]*")
_LETTER = re.compile(r"[(\[]?([a-zA-Z])[.)\]]+")
_ROMAN = re.compile(r"(?i)[(\[]?([ivxlc]{2,8})[.)\]]+")
_FILE_NAME = re.compile(
    r"(?i).*\.(?:jpe?g|png|gif|bmp|tiff?|emf|wmf|webp|svg)|(?:picture|image|grafik|bild|graphics?)\s*\d*|\W*"
)
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_DEEPEST_LIST = 12
DEEPEST_FLOW = 20  # boxes in boxes; what lies deeper is text of the last


@dataclass(frozen=True, slots=True)
class Form:
    """How a paragraph is set.

    heading: its level, 0 for none. depth: of a list item, from 1. marker: what stands before a list
    item or a heading ("3.", "2.1"), empty for a dot, None for nothing. kind: of what is no heading
    and no list item.
    """

    heading: int = 0
    in_table: bool = False
    depth: int = 1
    marker: str | None = None
    kind: BlockKind = BlockKind.PARAGRAPH


@dataclass(slots=True)
class Body:
    """A flow of text: the document's, a note's, or a text box's."""

    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    cells: list[list[Run]] = field(default_factory=list)
    beside: list[Block] = field(default_factory=list)  # to stand behind what is being gathered
    lines: list[str] = field(default_factory=list)  # that belong to the last block

    def add(self, text: str, kinds: Kinds = ()) -> None:
        self.runs.append((text, kinds))

    def mark(self, text: str, label: str) -> None:
        """Put the mark of a note."""
        self.add(text, ((SpanKind.SUPERSCRIPT, None), (SpanKind.NOTE, label)))

    def picture(self, picture: Picture | None, words: str) -> None:
        """Put a picture behind the paragraph or row at hand."""
        if _FILE_NAME.fullmatch(words.strip()):
            words = ""
        if picture or words:
            image = block_of_runs(BlockKind.IMAGE, [(" ".join(words.split()), ())])
            self.beside.append(replace(image, picture=picture))

    def end_cell(self) -> None:
        self.cells.append(self._taken())

    def end_row(self) -> None:
        """Make a row of the cells; a last one that was not ended belongs to it."""
        if any(text.strip() for text, _ in self.runs):
            self.end_cell()
        self.runs.clear()
        cells, self.cells = self.cells, []
        runs: list[Run] = []
        for number, cell in enumerate(cells):
            runs += [("\t", ())] if number else []
            runs += _one_line(cell)
        if any(text.strip() for text, _ in runs):
            self._put(block_of_runs(BlockKind.TABLE_ROW, runs))
        self._put_beside()

    def end_paragraph(self, form: Form) -> None:
        """Make a block of what was gathered; within a table, its cell goes on."""
        if form.in_table:
            self.add(" ")
            return
        if self.cells:
            self.end_row()
            return
        runs = self._taken()
        block = _block(runs, form)
        if block.text:
            self._put(block)
        self._put_beside()

    def end(self, form: Form) -> list[Block]:
        """End what is being gathered, and give all blocks."""
        if self.cells:
            self.end_row()
        self.end_paragraph(replace(form, in_table=False))
        self._join_lines()
        return self.blocks

    def _put(self, block: Block) -> None:
        """Add a block; lines that are set as they stand make one."""
        last = self.blocks[-1] if self.blocks else None
        alike = last and last.kind is block.kind is BlockKind.PREFORMATTED
        if last and alike and not (last.spans or block.spans):
            self.lines.append(block.text)
        else:
            self._join_lines()
            self.blocks.append(block)

    def _join_lines(self) -> None:
        if self.lines:
            joined = "\n".join((self.blocks[-1].text, *self.lines))
            self.blocks[-1] = replace(self.blocks[-1], text=joined)
            self.lines.clear()

    def _taken(self) -> list[Run]:
        runs, self.runs = self.runs, []
        return runs

    def _put_beside(self) -> None:
        if self.beside:
            self._join_lines()
            self.blocks += self.beside
            self.beside.clear()


def _block(runs: Sequence[Run], form: Form) -> Block:
    marker = (form.marker or "").strip()
    if form.heading:
        plain = [
            (text, tuple(kind for kind in kinds if kind[0] is not SpanKind.BOLD))
            for text, kinds in runs
        ]
        if marker and re.search(r"\w", marker):
            plain.insert(0, (marker + " ", ()))
        return block_of_runs(BlockKind.HEADING, plain, level=form.heading)
    if form.marker is not None:
        level = min(form.depth, _DEEPEST_LIST)
        return block_of_runs(
            BlockKind.LIST_ITEM, list(runs), level=level, number=number_of_marker(marker)
        )
    return block_of_runs(form.kind, list(runs))


def number_of_marker(marker: str) -> int | None:
    """The number that stands before a list item: 3 of "3.", "2.3", "c)" and "iii."."""
    if found := _NUMBER.fullmatch(marker):
        return int(found[1])
    if found := _ROMAN.fullmatch(marker):
        digits = [_ROMAN_DIGITS[letter] for letter in found[1].lower()]
        pairs = zip(digits, [*digits[1:], 0], strict=True)
        return sum(-digit if digit < after else digit for digit, after in pairs)
    if found := _LETTER.fullmatch(marker):
        return 1 if found[1].lower() == "i" else ord(found[1].lower()) - ord("a") + 1
    return None


def _one_line(runs: Sequence[Run]) -> list[Run]:
    """The runs of a cell without white space at the ends, and with no line or tab in them."""
    flat = [(" ".join(re.split(r"[\n\t]+", text)), kinds) for text, kinds in runs]
    while flat and not flat[0][0].strip():
        flat.pop(0)
    while flat and not flat[-1][0].strip():
        flat.pop()
    if flat:
        flat[0] = (flat[0][0].lstrip(), flat[0][1])
        flat[-1] = (flat[-1][0].rstrip(), flat[-1][1])
    return flat
