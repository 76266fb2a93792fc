"""A table in a text: its delimiter found out, its columns known by their names, line by line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.library.codebooks.remarks import Remarks
from desktop_app.library.codebooks.soundness import MOST_TAGS, Unsound
from desktop_app.library.spreadsheet_cells import LIKE_A_FORMULA

_DELIMITERS = (",", ";", "\t", "|")
_SAID_DELIMITER = re.compile(r"sep=(.)\r?\n", re.I)
_MOST_LINES = 5_000_000
_LONGEST_HEAD = 20_000
_LONGEST_TEXT, _LONGEST_CELL = 1_000_000, 100_000
_OF_ANY_LENGTH = {"definition", "use_when", "not_when", "examples"}
# A cell that a spreadsheet would run has an apostrophe before it. This table is read back as well,
# so a cell that begins with apostrophes of its own before the like gets one more, to be taken off.
_FORMULA = re.compile(f"'*{LIKE_A_FORMULA}")
_FREED = re.compile(f"'(?='*{LIKE_A_FORMULA})")

# What other programs and people call the columns; folded, with single blanks for `_` and `-`.
_NAMES = {
    "path": "path",
    "tag path": "path",
    "code path": "path",
    "full path": "path",
    "name": "name",
    "code": "name",
    "code name": "name",
    "label": "name",
    "tag name": "name",
    "tag": "tag",
    "parent": "parent",
    "parent code": "parent",
    "parent tag": "parent",
    "colour": "colour",
    "color": "colour",
    "definition": "definition",
    "description": "definition",
    "comment": "definition",
    "memo": "definition",
    "aliases": "aliases",
    "alias": "aliases",
    "synonyms": "aliases",
    "count": "count",
    "documents": "count",
    "frequency": "count",
    "number of documents": "count",
    "number of highlights": "highlights",
    "use when": "use_when",
    "when to use": "use_when",
    "not when": "not_when",
    "when not to use": "not_when",
    "examples": "examples",
    "example": "examples",
    "key": "key",
    "pattern": "pattern",
    "letters": "letters",
    "archived": "archived",
    "uuid": "uuid",
    "guid": "uuid",
    "formerly": "formerly",
    "related": "related",
    "opposite": "opposite",
}
_TELLING = ("path", "name", "tag")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table. number: as a person counts them in an editor, the last of its lines."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: the columns that are known, and its lines (read as they are asked for)."""

    columns: frozenset[str]
    lines: Iterator[Line]


def read_sheet(text: str, remarks: Remarks) -> Sheet:
    """Find out how a table is written; raises Unsound for what is none."""
    if text.count("\n") + text.count("\r") > _MOST_LINES:
        raise Unsound(f"it has more than {_MOST_LINES:,} lines.")
    # The limit is one for the whole process: others may rely on a higher one.
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_TEXT))
    skipped = 0
    delimiters: Sequence[str] = _DELIMITERS
    if said := _SAID_DELIMITER.match(text):
        delimiters, skipped, text = (said[1],), 1, text[said.end() :]
    best: list[str | None] = []
    delimiter = ","
    for each in delimiters:
        found = _known(_head(text, each))
        if sum(map(bool, found)) > sum(map(bool, best)):
            best, delimiter = found, each
    if not set(_TELLING) & set(best):
        raise Unsound("its first line names no column with the tags: path, name, tag or code.")
    names = _once(_head(text, delimiter), best, remarks)
    lines = _lines(text, delimiter, names, skipped, remarks)
    return Sheet(frozenset(name for name in names if name), lines)


def written_sheet(columns: Sequence[str], rows: Iterable[Sequence[object]], *, free: bool) -> str:
    """Write a table as RFC 4180 has it. free: leave cells that look like formulas as they are."""
    written = io.StringIO(newline="")
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(columns)
    for row in rows:
        table.writerow([cell if free else _harmless(cell) for cell in row])
    return written.getvalue()


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def _head(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(text[:_LONGEST_HEAD], newline=""), delimiter=delimiter))
    except (csv.Error, StopIteration):
        return []


def _known(head: Sequence[str]) -> list[str | None]:
    return [_NAMES.get(" ".join(re.split(r"[\s_-]+", cell.strip().casefold()))) for cell in head]


def _once(head: Sequence[str], known: Sequence[str | None], remarks: Remarks) -> list[str | None]:
    """Each column once, the first of its name; what is left out is said."""
    names: list[str | None] = []
    for cell, name in zip(head, known, strict=True):
        if name in names:
            name = None
        names.append(name)
        if name is None and cell.strip():
            remarks.add(
                "The column “{name}” is not known here, and was left out.",
                "{count} columns are not known here, and were left out; the first is “{name}”.",
                cell.strip()[:60],
            )
    return names


def _lines(
    text: str, delimiter: str, names: Sequence[str | None], skipped: int, remarks: Remarks
) -> Iterator[Line]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    # Only Postil's own has paths, and puts the apostrophe there.
    ours = "path" in names
    try:
        next(rows)
        count = 0
        for row in rows:
            if not any(map(str.strip, row)):
                continue
            number = rows.line_num + skipped
            if any(map(str.strip, row[len(names) :])):
                raise Unsound(f"line {number:,} has more cells than the first line.")
            count += 1
            if count > MOST_TAGS:
                raise Unsound(f"it has more than {MOST_TAGS:,} lines with tags.")
            cells = {
                name: cell[1:] if ours and _FREED.match(cell) else cell
                for name, cell in zip(names, row, strict=False)
                if name
            }
            for name, cell in cells.items():
                if len(cell) > _LONGEST_CELL and name not in _OF_ANY_LENGTH:
                    raise Unsound(f"line {number:,} has {len(cell):,} characters as its {name}.")
            yield Line(number, cells)
    except csv.Error as error:
        line = rows.line_num + skipped
        why = "is not written as a table’s is"
        if "limit" in str(error):
            why = f"has a cell of more than {_LONGEST_TEXT:,} characters"
        raise Unsound(f"line {line:,} {why}; a quotation mark may be missing.") from error
