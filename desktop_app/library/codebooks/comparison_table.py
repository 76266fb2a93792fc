"""A comparison as tables for spreadsheets: the numbers of its tags, and what only one tagged."""

from __future__ import annotations

import csv
import errno
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from desktop_app.durable import write_file
from desktop_app.library.codebooks.agreement import Agreement
from desktop_app.library.codebooks.comparing import Comparison, Lone, Side
from desktop_app.library.highlight_tables import not_saved
from desktop_app.library.spreadsheet_cells import harmless

Cell = str | int | None


def save_tags(comparison: Comparison, target: Path) -> int:
    """Write the numbers of every tag, of passages and of texts; return how many tags there are."""
    a, b = comparison.names
    heads: list[Cell] = ["tag", "only among the tags of"]
    for unit in ("passages", "texts"):
        heads += [f"{unit}: both", f"{unit}: only {a}", f"{unit}: only {b}"]
        heads += ["texts: neither"] if unit == "texts" else []
        heads += [f"{unit}: agreement", f"{unit}: kappa"]
    rows: list[list[Cell]] = []
    for tag in (*comparison.tags, comparison.total):
        only = "" if tag.only_in is None else comparison.names[tag.only_in is Side.B]
        cells: list[Cell] = [tag.path or "(all tags that both have)", only]
        rows.append([*cells, *_cells(tag.passages), *_cells(tag.texts)])
    _save([heads, *rows], target)
    return len(comparison.tags)


def save_lone(comparison: Comparison, lone: Sequence[Lone], target: Path) -> int:
    """Write what only one of the two tagged; return how many rows there are."""
    heads: list[Cell] = ["tag", "tagged only by", "text", "start", "end", "passage", "note"]
    rows = [[*heads, "in common with the nearest of the other"]]
    for each in lone:
        whole = not each.quote
        rows.append(
            [
                each.tag,
                comparison.names[each.side is Side.B],
                each.title,
                None if whole else each.start,
                None if whole else each.end,
                each.quote,
                each.note,
                "" if whole else _number(each.share),
            ]
        )
    _save(rows, target)
    return len(lone)


def _cells(agreement: Agreement) -> list[Cell]:
    cells: list[Cell] = [agreement.both, agreement.only_a, agreement.only_b]
    if agreement.neither is not None:
        cells.append(agreement.neither)
    return [*cells, _number(agreement.share), _number(agreement.kappa)]


def _number(value: float | None) -> str:
    """A number with three places behind its point; "" for none."""
    return "" if value is None else f"{value:.3f}"


def _save(rows: Iterable[Sequence[Cell]], target: Path) -> None:
    written = io.StringIO(newline="")
    table = csv.writer(written, lineterminator="\r\n")
    for row in rows:
        table.writerow([cell if _is_number(cell) else harmless(cell) for cell in row])
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "it is a folder")
        # The mark at its start tells spreadsheets that it is UTF-8.
        write_file(target, written.getvalue().encode("utf-8-sig"), "comparison")
    except OSError as error:
        raise not_saved(target, error) from error


def _is_number(cell: Cell) -> bool:
    if not isinstance(cell, str):
        return True
    try:
        float(cell)
    except ValueError:
        return False
    return True
