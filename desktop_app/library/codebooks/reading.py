"""Read a tag collection from a file of any format that is known."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_app.core.codebook import Codebook
from desktop_app.core.errors import Problem
from desktop_app.library.codebooks.forms import CodebookForm
from desktop_app.library.codebooks.remarks import Remarks
from desktop_app.library.codebooks.soundness import Unsound
from desktop_app.library.codebooks.tagset import read_tagset

LARGEST_BYTES = 128_000_000

_UNCHANGED = "Nothing has been changed."


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds. notes: whole sentences, what was guessed or left out."""

    codebooks: tuple[Codebook, ...]
    format: CodebookForm
    notes: tuple[str, ...] = ()


def read_codebook(path: Path) -> Read:
    """Read a file; a Problem says what is wrong with it."""
    content = _content(path)
    remarks = Remarks()
    try:
        form = _form(path, content)
        codebook = read_tagset(content, remarks)
    except Unsound as unsound:
        raise Problem(
            f"“{path.name}” cannot be read as a tag collection: {unsound}", _UNCHANGED
        ) from unsound
    return Read((codebook,), form, remarks.said())


def _content(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise Problem(f"“{path.name}” is not a file.", _UNCHANGED)
        with path.open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise Problem(
            f"“{path.name}” could not be read: {error.strerror or error}.", _UNCHANGED
        ) from error
    if len(content) > LARGEST_BYTES:
        raise Problem(
            f"“{path.name}” is larger than {LARGEST_BYTES // 1_000_000} MB, as no tag collection is.",
            _UNCHANGED,
        )
    return content


def _form(path: Path, content: bytes) -> CodebookForm:
    """The format by the ending, and where the ending says nothing by the first letter."""
    if form := CodebookForm.of(path):
        return form
    if content.lstrip()[:1] == b"{" or path.suffix.lower() == ".json":
        return CodebookForm.TAGSET
    raise Unsound("its name does not end as that of one, in .tagset.json, .csv or .qdc.")
