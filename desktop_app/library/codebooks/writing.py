"""Write a tag collection to a file in one of the formats that are known."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path

from desktop_app.core.codebook import Codebook
from desktop_app.core.errors import BadUsage, Problem
from desktop_app.durable import write_file
from desktop_app.library.codebooks.forms import CodebookForm
from desktop_app.library.codebooks.reading import LARGEST_BYTES
from desktop_app.library.codebooks.tagset import written_tagset
from desktop_app.library.highlight_tables import not_saved


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
    form = CodebookForm.of(path)
    if form is None:
        raise BadUsage(
            f"“{path.name}” does not end in .tagset.json, .csv or .qdc.",
            "The ending says in which format the tags are to be written.",
        )
    content = written_tagset(codebook)
    codings, left_out = len(codebook.codings), ()
    if len(content) > LARGEST_BYTES:
        raise Problem(
            f"“{path.name}” would be too large to be read again.",
            "Nothing has been written; without what the tags are on, it can be.",
        )
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "it is a folder")
        write_file(path, content, "codebook")
    except OSError as error:
        raise not_saved(path, error) from error
    return Written(len(codebook.tags), codings, left_out)
