"""Go the whole way once, without a screen, in a library that is thrown away afterwards.

Import, read, tag, search, undo, verify, and a picture of the window: each step is printed as it is
done, and the first that fails ends it. Nothing of the user's own is touched.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop_app import paths
from desktop_app.core.errors import Problem
from desktop_app.core.model import Document
from desktop_app.core.words import placed_words
from desktop_app.library.commands import AddTag
from desktop_app.library.library import Library
from desktop_app.library.outcomes import Outcome, OutcomeKind
from desktop_app.library.starter import DOCUMENT_SUFFIXES
from desktop_app.library.tags.commands import CreateTag

_SEARCHABLE_S = 60.0
_TAG = "self-check/tried"


class CheckFailed(Exception):
    """A step did not give what it must."""


def run(words: Sequence[str]) -> int:
    """Go the whole way with the files named, or else with the starter documents; 0 if all went well.

    words: the files and folders, perhaps after `--`.
    """
    files = [Path(word).absolute() for word in words if word != "--"]
    place = Path(tempfile.mkdtemp(prefix="postil-self-check-"))
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={_screen(place)}"
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        os.environ[f"XDG_{name}_HOME"] = str(place / name.lower())
    print("Trying everything once, in a library of its own.", flush=True)
    try:
        _go(files or _starter_documents(), place)
    except (CheckFailed, Problem) as failed:
        print(f"FAILED: {failed}", file=sys.stderr, flush=True)
        return 1
    finally:
        _clear(place)
    print("OK", flush=True)
    return 0


def _screen(place: Path) -> Path:
    """Describe the screen that is not there; without this it is 800 pixels wide."""
    config = place / "config"
    config.mkdir()
    screen = {"name": "none", "x": 0, "y": 0, "width": 1440, "height": 900}
    file = config / "screen.json"
    file.write_text(
        json.dumps({"screens": [screen | {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}]}),
        encoding="utf-8",
    )
    return file


def _starter_documents() -> list[Path]:
    found = sorted(path for path in paths.seeds().iterdir() if path.suffix in DOCUMENT_SUFFIXES)
    _expect(bool(found), "the starter documents are missing")
    return found


def _go(files: Sequence[Path], place: Path) -> None:
    folder = place / "library"
    library = Library.open(folder, cache=paths.cache())
    try:
        _step("import", lambda: _import(library, files))
        document = library.documents(list(library.search("").ids))[-1]
        word = _longest_word(library, document)
        _step("read", lambda: _read(library, document))
        _step("tag", lambda: _tag(library, document))
        _step("search", lambda: _search(library, document, word))
        _step("undo", lambda: _undo(library, document))
        _step("verify", lambda: _verify(library))
    finally:
        library.close()
    _step("window", lambda: _picture(folder, place / "window.png", document, word))


def _step(name: str, do: Callable[[], str]) -> None:
    started = time.monotonic()
    said = do()
    print(f"{name:<8}{said} ({time.monotonic() - started:.1f} s)", flush=True)


def _expect(right: bool, otherwise: str) -> None:
    if not right:
        raise CheckFailed(otherwise)


def _import(library: Library, files: Sequence[Path]) -> str:
    refused: list[Outcome] = []

    def note(outcome: Outcome) -> None:
        if outcome.kind is OutcomeKind.REFUSED:
            refused.append(outcome)

    done = library.import_files(files, on_outcome=note)
    for outcome in refused:
        print(f"        refused {outcome.path}: {outcome.reason}", flush=True)
    imported = done.imported + done.warnings
    _expect(imported > 0, "none of the files could be imported")
    _expect(library.counts().all == imported, "the library does not hold what was imported")
    documents = "1 document" if imported == 1 else f"{imported:,} documents"
    return f"{documents}, {done.refused:,} refused"


def _read(library: Library, document: Document) -> str:
    text = library.text(document.id)
    _expect(bool(text.canonical), f"“{document.title}” has no text")
    middle = len(text.canonical) // 2
    library.set_progress(document.id, progress=0.5, position=middle)
    kept = library.documents([document.id])[0]
    _expect(kept.position == middle, "the place in the document was not remembered")
    return f"“{document.title}”, {document.words:,} words in {len(text.blocks):,} blocks"


def _longest_word(library: Library, document: Document) -> str:
    text = library.text(document.id).canonical[:5_000]
    found = [text[placed.start : placed.end] for placed in placed_words(text)]
    _expect(bool(found), f"“{document.title}” has no words")
    return max(found, key=len)


def _tag(library: Library, document: Document) -> str:
    library.run(CreateTag(_TAG))
    tag = library.tag_tree().find(_TAG)
    if tag is None:
        raise CheckFailed("the tag that was made is not there")
    library.run(AddTag(tag.id, (document.id,)))
    answer = library.search(f"tag:{_TAG}")
    _expect(list(answer.ids) == [document.id], "the tag does not lead to the document")
    return f"“{document.title}” carries {_TAG}"


def _search(library: Library, document: Document, word: str) -> str:
    _expect(library.wait_until_searchable(_SEARCHABLE_S), "the index did not catch up in a minute")
    answer = library.search(f'"{word}"')
    _expect(document.id in answer.ids, f"a search for “{word}” does not find the document")
    hit = library.hits(answer, [document.id]).get(document.id)
    if hit is None or not hit.passages:
        raise CheckFailed(f"“{word}” is found, but not the place where it stands")
    return f"“{word}” is found, with the place where it stands"


def _undo(library: Library, document: Document) -> str:
    report = library.undo()
    if report is None or report.refused:
        raise CheckFailed(report.refused if report and report.refused else "nothing to undo")
    _expect(not library.documents([document.id])[0].tags, "the undone tag is still there")
    return report.name


def _verify(library: Library) -> str:
    findings = library.verify()
    _expect(not findings, " ".join(finding.what for finding in findings))
    return "nothing is wrong"


def _picture(folder: Path, out: Path, document: Document, word: str) -> str:
    from desktop_app import main

    main.picture(folder, out, query=f'"{word}"', document=document.id)
    _expect(out.is_file() and out.stat().st_size > 0, "the picture of the window was not saved")
    return f"a picture of it is {out}"


def _clear(place: Path) -> None:
    """Throw everything away but the picture."""
    for path in place.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
    if not any(place.iterdir()):
        place.rmdir()
