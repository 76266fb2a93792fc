"""The formats that a tag collection is written in and read from, and what each can hold."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path


class CodebookForm(StrEnum):
    """A format of tag collections."""

    TAGSET = "tagset"  # Postil's own: it holds everything
    CSV = "csv"  # a table with a line for each tag
    TAGUETTE = "taguette"  # the table that Taguette reads and writes
    QDC = "qdc"  # the codebook of the REFI-QDA standard, which most programs of the kind read

    @property
    def ending(self) -> str:
        """The ending of its files."""
        return _ENDINGS[self]

    @property
    def shown_as(self) -> str:
        """What it is called where one chooses it."""
        return _TITLES[self]

    @property
    def holds_codings(self) -> bool:
        """Whether it has room for what the tags are on."""
        return self is CodebookForm.TAGSET

    @classmethod
    def of(cls, path: Path) -> CodebookForm | None:
        """The format that the ending of a file's name means; None for any other."""
        name = path.name.casefold()
        return next((form for form, ending in _ENDINGS.items() if name.endswith(ending)), None)


_ENDINGS = {
    CodebookForm.TAGSET: ".tagset.json",
    CodebookForm.CSV: ".csv",
    CodebookForm.TAGUETTE: ".csv",
    CodebookForm.QDC: ".qdc",
}
_TITLES = {
    CodebookForm.TAGSET: "Postil tag collection",
    CodebookForm.CSV: "Table (CSV)",
    CodebookForm.TAGUETTE: "Taguette codebook (CSV)",
    CodebookForm.QDC: "REFI-QDA codebook",
}
