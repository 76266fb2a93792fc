"""`postil verify`, `reindex`, `backup` and `restore`: that nothing is lost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app import paths
from desktop_app.cli.call import (
    Call,
    Output,
    reading,
    stopped_by_interrupt,
    writing,
    writing_if_free,
)
from desktop_app.core.errors import BadUsage, DiskTrouble, LibraryDamaged

if TYPE_CHECKING:
    from desktop_app.library.library import Library


def run_verify(call: Call) -> int:
    """Look through the library; 1 where something is wrong, or was and could not be repaired."""
    parser = call.parser("Look for damage. Exit code 0: none was found.")
    parser.add_argument("--repair", action="store_true", help="mend what can be mended")
    options = call.read(parser)
    out = Output(json=options.json)
    opened = writing(options.library) if options.repair else writing_if_free(options.library)
    with opened as library:
        if library is None:
            return 0
        if not library.read_only:
            _bring_up_to_date(library, out)
        findings = library.verify(repair=options.repair)
        for finding in findings:
            out.answer(
                {"what": finding.what, "hint": finding.hint, "repairable": finding.repairable},
                f"{finding.what} {finding.hint}".strip(),
            )
    if not findings and not options.json:
        out.note("All is well.")
    return 1 if findings else 0


def _bring_up_to_date(library: Library, out: Output) -> None:
    """Let what waits be done first; a disk that lets nothing be written does not matter here."""
    try:
        library.wait_until_searchable()
    except DiskTrouble as trouble:
        out.note(f"What waits to be done could not be done: {trouble.message}")


def run_reindex(call: Call) -> int:
    """Make the index for searching anew; return when it holds everything.

    With --extract: read the originals again first; 1 where some could not be read.
    """
    parser = call.parser("Make the index for searching anew.")
    parser.add_argument(
        "--extract",
        action="store_true",
        help="read the kept originals again; what was set by hand stays",
    )
    options = call.read(parser)
    out = Output(json=options.json)
    if options.extract:
        return _read_again(options.library, out)
    with writing(options.library) as library:
        library.reindex()
        library.wait_until_searchable()
        documents = library.counts().all
    out.answer({"documents": documents}, f"{documents:,} documents can be searched")
    return 0


def _read_again(folder: Path, out: Output) -> int:
    with writing(folder, index="process") as library, stopped_by_interrupt() as stop:
        done = library.read_again(stop=stop)
        if not stop.is_set():
            library.wait_until_searchable()
    for document in done.failed:
        out.answer(
            {"id": document.document, "title": document.title, "reason": document.reason},
            f"{document.document:>6}  not read  {document.title}: {document.reason}",
        )
    out.answer(
        {
            "documents": done.of,
            "changed": len(done.changed),
            "same": done.same,
            "failed": len(done.failed),
            "stopped": done.stopped,
        },
        f"{done.of:,} documents: {len(done.changed):,} changed, {done.same:,} the same, "
        f"{len(done.failed):,} could not be read and keep their text",
    )
    if done.stopped:
        out.note("Stopped. What was read until then has been kept.")
    return 1 if done.failed or done.stopped else 0


def run_backup(call: Call) -> int:
    """Make a checked backup: of everything with --out, else of the database in the library."""
    parser = call.parser("Make a checked backup of the database; with --out, of everything.")
    parser.add_argument("--out", type=Path, metavar="PATH", help="a file or folder for one zip")
    options = call.read(parser)
    out = Output(json=options.json)
    if options.out is None:
        with writing(options.library) as writer:
            made = writer.backup()
    else:
        # It only reads, so it may be made while the window is open.
        with reading(options.library) as reader:
            if reader is None:
                raise BadUsage(f"There is no library in {options.library}.")
            made = reader.backup(options.out)
    out.answer({"path": str(made), "bytes": made.stat().st_size}, f"Backed up to {made}")
    return 0


def run_restore(call: Call) -> int:
    """Put a backup in the library's place, after a backup of what is there."""
    parser = call.parser("Put a backup in the library's place; what is there is backed up first.")
    parser.add_argument("path", type=Path, metavar="PATH")
    options = call.read(parser)
    out = Output(json=options.json)
    if not options.path.is_file():
        raise BadUsage(f"There is no file “{options.path}”.", "Nothing has been changed.")
    try:
        with writing(options.library, make=True) as library:
            missing = len(library.restore(options.path).missing)
            documents = _searchable(library)
    except LibraryDamaged:
        # Either of the two is; a damaged backup is refused again, before anything is changed.
        missing, documents = _rescue(options.library, options.path)
    out.answer(
        {"path": str(options.path), "documents": documents, "originals_missing": missing},
        f"Restored from {options.path}: {documents:,} documents",
    )
    if missing:
        out.note(f"{missing:,} originals are missing; the texts of their documents are there.")
    return 0


def _rescue(folder: Path, backup: Path) -> tuple[int, int]:
    """Put a backup in a damaged library's place; originals that are nowhere, and documents."""
    from desktop_app.library.library import Library

    library = Library.rescue(folder, backup, cache=paths.cache())
    try:
        documents = _searchable(library)
        missing = sum(finding.what.startswith("The original of") for finding in library.verify())
    finally:
        library.close()
    return missing, documents


def _searchable(library: Library) -> int:
    library.wait_until_searchable()
    return library.counts().all
