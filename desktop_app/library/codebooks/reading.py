"""Read a tag collection from a file of any format that is known."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_app.core.codebook import Codebook
from desktop_app.core.errors import BadUsage, Problem
from desktop_app.core.tag_names import LONGEST_NAME, checked_collection_name
from desktop_app.core.text import one_line
from desktop_app.library.codebooks.forms import CodebookForm
from desktop_app.library.codebooks.letters import decoded
from desktop_app.library.codebooks.qdc_reading import read_qdc
from desktop_app.library.codebooks.remarks import Remarks
from desktop_app.library.codebooks.sheet import read_sheet
from desktop_app.library.codebooks.soundness import Unsound
from desktop_app.library.codebooks.table import read_table
from desktop_app.library.codebooks.tagset import read_tagset
from desktop_app.library.codebooks.taguette import is_taguette, read_taguette

_LARGEST = 128_000_000
_LARGEST_WITHOUT = 50_000_000  # of formats that have no room for what the tags are on

_BLANK = b" \t\r\n\0\xef\xbb\xbf\xff\xfe"
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
        form, codebook = _read(path, content, remarks)
    except Unsound as unsound:
        raise Problem(
            f"“{path.name}” cannot be read as a tag collection: {unsound}", _UNCHANGED
        ) from unsound
    return Read((codebook,), form, remarks.said())


def largest(form: CodebookForm) -> int:
    """The bytes of the largest file of a format that is read."""
    return _LARGEST if form.holds_codings else _LARGEST_WITHOUT


def _content(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise Problem(f"“{path.name}” is not a file.", _UNCHANGED)
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as error:
        raise Problem(
            f"“{path.name}” could not be read: {error.strerror or error}.", _UNCHANGED
        ) from error
    if len(content) > _LARGEST:
        raise Problem(
            f"“{path.name}” is larger than {_LARGEST // 1_000_000} MB, as no tag collection is.",
            _UNCHANGED,
        )
    return content


def _read(path: Path, content: bytes, remarks: Remarks) -> tuple[CodebookForm, Codebook]:
    form = _form(path, content)
    if form is CodebookForm.TAGSET:
        return form, read_tagset(content, remarks)
    if len(content) > largest(form):
        raise Unsound(f"it is larger than {largest(form) // 1_000_000} MB.")
    name = _name(path)
    if form is CodebookForm.QDC:
        codebook = read_qdc(content, name, remarks)
    else:
        text = decoded(content, remarks)
        sheet = read_sheet(text, remarks)
        if is_taguette(sheet):
            form = CodebookForm.TAGUETTE
            codebook = read_taguette(sheet, name, text, remarks)
        else:
            codebook = read_table(sheet, name, text, remarks)
    remarks.add("The file has no name for the collection; it was named after the file.")
    return form, codebook


def _form(path: Path, content: bytes) -> CodebookForm:
    """The format by the ending, and where that is no format's by how the file begins."""
    start = content[:4]
    if start.startswith(b"PK"):
        raise Unsound(
            "it is a packed file; of a spreadsheet, save the table as CSV, and of a project, "
            "export the codebook as .qdc."
        )
    if not content.strip():
        raise Unsound("it is empty.")
    if form := CodebookForm.of(path):
        return form
    ending = path.suffix.lower()
    first = content.lstrip(_BLANK)[:1]
    if first == b"{" or ending == ".json":
        return CodebookForm.TAGSET
    if first == b"<" or ending == ".xml":
        return CodebookForm.QDC
    if ending in (".tsv", ".tab", ".txt"):
        return CodebookForm.CSV
    raise Unsound("its name does not end as that of one, in .tagset.json, .csv or .qdc.")


def _name(path: Path) -> str:
    """What a collection is called whose file does not say it: as the file."""
    name = one_line(path.stem).replace("::", " ").rstrip(": ")[:LONGEST_NAME]
    try:
        return checked_collection_name(name)
    except BadUsage:
        return "Imported tags"
