"""Gather what RTF says between its marks into paragraphs, list items, headings and table rows."""

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
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_DEEPEST_LIST = 12


@dataclass(frozen=True, slots=True)
class Form:
    """How a paragraph is set. heading: 0 for none. depth: of a list item, from 1."""

    heading: int = 0
    in_table: bool = False
    depth: int = 1
    marker: str | None = None


@dataclass(slots=True)
class Body:
    """A flow of text: the document's, a note's, or a text box's."""

    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    cells: list[list[Run]] = field(default_factory=list)
    beside: list[Block] = field(default_factory=list)  # to stand behind what is being gathered

    def add(self, text: str, kinds: Kinds = ()) -> None:
        self.runs.append((text, kinds))

    def picture(self, picture: Picture | None, words: str) -> None:
        """Put a picture behind the paragraph or row at hand."""
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
            self.blocks.append(block_of_runs(BlockKind.TABLE_ROW, runs))
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
            self.blocks.append(block)
        self._put_beside()

    def end(self, form: Form) -> list[Block]:
        """End what is being gathered, and give all blocks."""
        if self.cells:
            self.end_row()
        self.end_paragraph(replace(form, in_table=False))
        return self.blocks

    def _taken(self) -> list[Run]:
        runs, self.runs = self.runs, []
        return runs

    def _put_beside(self) -> None:
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
    return block_of_runs(BlockKind.PARAGRAPH, list(runs))


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
