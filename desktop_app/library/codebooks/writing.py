"""Write a tag collection to a file in one of the formats that are known."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop_app.core.codebook import Codebook, CodebookTag
from desktop_app.core.errors import BadUsage, Problem
from desktop_app.core.tag_looks import FIRST_SCHEME, Pattern
from desktop_app.durable import write_file
from desktop_app.library.codebooks.forms import CodebookForm
from desktop_app.library.codebooks.qdc import not_in_xml, written_qdc
from desktop_app.library.codebooks.reading import largest
from desktop_app.library.codebooks.table import written_table
from desktop_app.library.codebooks.tagset import written_tagset
from desktop_app.library.codebooks.taguette import too_much, written_taguette
from desktop_app.library.highlight_tables import not_saved

_WRITERS: Mapping[CodebookForm, Callable[[Codebook], bytes]] = {
    CodebookForm.TAGSET: written_tagset,
    CodebookForm.CSV: written_table,
    CodebookForm.TAGUETTE: written_taguette,
    CodebookForm.QDC: written_qdc,
}
# What of a tag neither Taguette nor the standard has room for.
_ONLY_OURS: Mapping[str, Callable[[CodebookTag], bool]] = {
    "the key is": lambda tag: tag.key is not None,
    "the pattern and letters are": lambda tag: (
        bool(tag.letters) or tag.pattern is not Pattern.PLAIN
    ),
    "that it is archived is": lambda tag: tag.archived,
    "the links to other tags are": lambda tag: bool(tag.related or tag.opposite),
    "the former identities are": lambda tag: bool(tag.formerly),
}


@dataclass(frozen=True, slots=True)
class Written:
    """What a file holds now. left_out: whole sentences, what its format cannot hold."""

    tags: int
    codings: int
    left_out: tuple[str, ...] = ()


def write_codebook(codebook: Codebook, path: Path, *, taguette: bool = False) -> Written:
    """Write a file, whole or not at all, in the format that its ending means.

    taguette: write a `.csv` as Taguette reads it.
    """
    form = check_ending(path, taguette=taguette)
    content = content_of(codebook, form)
    if len(content) > largest(form):
        raise Problem(
            f"“{path.name}” would be too large to be read again.",
            "Nothing has been written. Write fewer tags, or leave out what they are on.",
        )
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "it is a folder")
        write_file(path, content, "codebook")
    except OSError as error:
        raise not_saved(path, error) from error
    codings = len(codebook.codings) if form.holds_codings else 0
    return Written(len(codebook.tags), codings, what_is_left_out(codebook, form))


def check_ending(path: Path, *, taguette: bool = False) -> CodebookForm:
    """The format that a file is to be written in; BadUsage where its ending means none."""
    form = CodebookForm.of(path)
    if form is None:
        raise BadUsage(
            f"“{path.name}” does not end in .tagset.json, .csv or .qdc.",
            "The ending says in which format the tags are to be written.",
        )
    if not taguette:
        return form
    if form is not CodebookForm.CSV:
        raise BadUsage(f"“{path.name}” does not end in .csv, as Taguette’s tables do.")
    return CodebookForm.TAGUETTE


def content_of(codebook: Codebook, form: CodebookForm) -> bytes:
    """What a file of a format holds of a collection."""
    return _WRITERS[form](codebook)


def what_is_left_out(codebook: Codebook, form: CodebookForm) -> tuple[str, ...]:
    """What a format cannot hold of a collection, each in a sentence; () where it holds all."""
    return tuple(f"{said[:1].upper()}{said[1:]}." for said in _left_out(codebook, form))


def _left_out(codebook: Codebook, form: CodebookForm) -> Iterator[str]:
    if form is CodebookForm.TAGSET:
        return
    if codebook.codings:
        uses = len(codebook.codings)
        yield f"what the tags are on is left out ({uses:,} {'place' if uses == 1 else 'places'})"
    said = [
        word
        for word, value in (
            ("description", codebook.description),
            ("author", codebook.author),
            ("licence", codebook.licence),
            ("version", codebook.version),
            ("colours for new tags", codebook.scheme not in ("", FIRST_SCHEME)),
        )
        if value
    ]
    if said:
        yield f"what is said of the collection is left out: {', '.join(said)}"
    if form is CodebookForm.CSV:
        return
    for what, held in _ONLY_OURS.items():
        if count := sum(map(held, codebook.tags)):
            yield f"{what} left out, of {count:,} {'tag' if count == 1 else 'tags'}"
    if form is CodebookForm.TAGUETTE:
        if count := sum(bool(tag.colour) for tag in codebook.tags):
            yield f"the colours are left out, of {count:,} {'tag' if count == 1 else 'tags'}"
        yield from too_much(codebook)
    elif codebook.counts:
        yield "how often each tag is used is left out"
    if form is CodebookForm.QDC and (count := not_in_xml(codebook)):
        yield f"characters that XML cannot hold were replaced, in {count:,} tags"
