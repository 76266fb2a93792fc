"""The starter library: made once, in a folder of its own, from the documents in `seeds`."""

from __future__ import annotations

import shutil
from pathlib import Path

from desktop_app.core.errors import Problem
from desktop_app.durable import move_into_place, sync_folders
from desktop_app.library.codebooks.applying import ImportCodebook
from desktop_app.library.codebooks.reading import read_codebook
from desktop_app.library.library import Library
from desktop_app.library.outcomes import Outcome, OutcomeKind

DOCUMENT_SUFFIXES = (".html", ".md", ".txt")


def make_starter(folder: Path, seeds: Path, *, cache: Path) -> Path:
    """Make the starter library in a folder and return it; one that is there already is kept.

    It is made beside and moved into place whole, so that one cut short is made anew.
    """
    if folder.exists():
        return folder
    beside = folder.with_name(f"{folder.name}.part")
    if beside.exists():
        shutil.rmtree(beside)
    library = Library.open(beside, cache=cache, index="inline")
    try:
        refused = _fill(library, seeds)
    finally:
        library.close()
    if refused:
        raise Problem(
            f"The starter document “{Path(refused[0].path).name}” could not be read.",
            refused[0].reason,
        )
    move_into_place(beside, folder, "starter")
    sync_folders([folder.parent], "starter")
    return folder


def _fill(library: Library, seeds: Path) -> list[Outcome]:
    # The list shows the newest first, and the welcome is to stand at its top.
    found = (path for path in seeds.iterdir() if path.suffix in DOCUMENT_SUFFIXES)
    documents = sorted(found, reverse=True)
    refused: list[Outcome] = []

    def note(outcome: Outcome) -> None:
        if outcome.kind is OutcomeKind.REFUSED:
            refused.append(outcome)

    library.import_files(documents, on_outcome=note)
    for path in sorted(seeds.glob("*.tagset.json")):
        for codebook in read_codebook(path).codebooks:
            library.run(ImportCodebook(codebook, codings=True))
    # The first undo of a new reader is to be of something that they did themselves.
    library.forget_history()
    return refused
