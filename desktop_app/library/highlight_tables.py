"""Highlights out as a table: CSV for spreadsheets, Markdown for people."""

from __future__ import annotations

import csv
import errno
import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from desktop_app.core.errors import DiskTrouble
from desktop_app.core.typed_dates import in_words
from desktop_app.durable import write_file
from desktop_app.library.quotation_words import (
    Quotation,
    by_document,
    markdown_quote,
    markdown_text,
    where,
)
from desktop_app.library.spreadsheet_cells import harmless

COLUMNS = (
    "quote",
    "note",
    "tags",
    "colour",
    "style",
    "document",
    "authors",
    "source",
    "date",
    "url",
    "page",
    "paragraph",
    "start",
    "end",
    "state",
    "made",
    "uuid",
)

_TAG_LIKE = re.compile(r"<(?=[A-Za-z/!?])(?!https?://|mailto:)")
_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


class TableForm(StrEnum):
    """How a table of highlights is written."""

    CSV = "csv"
    MARKDOWN = "markdown"

    @property
    def suffix(self) -> str:
        """The ending of its files."""
        return ".csv" if self is TableForm.CSV else ".md"

    @classmethod
    def of(cls, target: Path) -> TableForm | None:
        """The form that the ending of a file's name means; None for any other."""
        endings = {".csv": cls.CSV, ".md": cls.MARKDOWN, ".markdown": cls.MARKDOWN}
        return endings.get(target.suffix.lower())


def as_csv(quotations: Iterable[Quotation]) -> str:
    """Write quotations as RFC 4180 has it, a line of column names first.

    A cell that a spreadsheet could take for a formula begins with an apostrophe. Several tags and
    authors are parted by a semicolon. start and end count code points of the text in use, and are
    empty for a lost one.
    """
    written = io.StringIO(newline="")
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for each in quotations:
        rows.writerow([harmless(cell) for cell in _cells(each)])
    return written.getvalue()


def as_markdown(quotations: Sequence[Quotation]) -> str:
    """Write quotations with their notes and tags, document by document."""
    groups = by_document(quotations)
    counted = _counted(len(quotations), "highlight"), _counted(len(groups), "document")
    parts = ["# Highlights", f"{counted[0]} in {counted[1]}."]
    for group in groups:
        document = group[0].document
        parts.append(f"## {markdown_text(' '.join(document.title.split()))}")
        if said := _under_title(group[0]):
            parts.append(said)
        for each in group:
            parts.append(markdown_quote(each.passage))
            if below := _below(each):
                parts.append(below)
            if each.highlight.note:
                parts.append(_TAG_LIKE.sub(r"\\<", each.highlight.note))
    return "\n\n".join(parts) + "\n"


def save(quotations: Sequence[Quotation], target: Path, form: TableForm) -> int:
    """Write a table to a file, whole or not at all; return how many rows it has."""
    if form is TableForm.CSV:
        # The mark at its start tells spreadsheets that it is UTF-8.
        content = as_csv(quotations).encode("utf-8-sig")
    else:
        content = as_markdown(quotations).encode("utf-8")
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "it is a folder")
        write_file(target, content, "highlights")
    except OSError as error:
        raise not_saved(target, error) from error
    return len(quotations)


def not_saved(target: Path, error: OSError) -> DiskTrouble:
    """Say why a file could not be written, and what is safe."""
    name = f"“{target.name}” was not saved"
    kept = "Nothing was half written, and the library is untouched."
    if error.errno in _FULL:
        return DiskTrouble(f"{name}: the disk is full.", f"Make room and save again. {kept}")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return DiskTrouble(
            f"{name}: {target.parent} may not be written.", f"Choose another folder. {kept}"
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return DiskTrouble(
            f"{name}: there is no folder {target.parent}.", f"Choose another folder. {kept}"
        )
    return DiskTrouble(
        f"{name}: {error.strerror or error}.", f"Choose another name or folder. {kept}"
    )


def _cells(quotation: Quotation) -> list[str | int | None]:
    highlight, facts = quotation.highlight, quotation.document.facts
    place = highlight.place
    return [
        quotation.passage,
        highlight.note,
        "; ".join(quotation.tags),
        highlight.colour,
        highlight.style.value,
        facts.title,
        "; ".join(facts.authors),
        facts.source,
        str(facts.published) if facts.published else None,
        facts.url,
        quotation.page,
        quotation.paragraph,
        place.start if place else None,
        place.end if place else None,
        highlight.standing.value,
        _time(highlight.made_at),
        highlight.uuid,
    ]


def _time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _under_title(quotation: Quotation) -> str:
    facts = quotation.document.facts
    parts = [markdown_text(", ".join(facts.authors)), markdown_text(facts.source or "")]
    parts.append(in_words(facts.published) if facts.published else "")
    address = facts.url or ""
    parts.append(markdown_text(address))
    return " · ".join(part for part in parts if part)


def _below(quotation: Quotation) -> str:
    tags = ", ".join(markdown_text(tag) for tag in quotation.tags)
    parts = [where(quotation), f"Tags: {tags}" if tags else ""]
    return " · ".join(part for part in parts if part)


def _counted(number: int, word: str) -> str:
    return f"1 {word}" if number == 1 else f"{number:,} {word}s"
