"""How fast files become durable, and how fast they can be found.

python -m tests.benchmarks.import_rate [FOLDER] [--documents N]

Imports FOLDER (or N made articles) into a new library and prints documents and megabytes a second,
first until the last one is durable, then until all can be found; where the time of the importing
thread goes; and, where `recollindex` is installed, what it needs for the same folder in this run.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop_app.formats.process.worker import Worker
from desktop_app.library import import_batches
from desktop_app.library.library import Library
from desktop_app.library.outcomes import Outcome
from desktop_app.library.reading_ahead import ReadingAhead
from desktop_app.store.documents import Documents
from desktop_app.store.import_runs import ImportRuns
from desktop_app.store.originals import Originals
from tests.benchmarks.volume import write_articles


def timed(spent: dict[str, float], name: str, work: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, with the time inside it added up under a name."""

    def run(*arguments: Any, **named: Any) -> Any:
        begun = time.perf_counter()
        try:
            return work(*arguments, **named)
        finally:
            spent[name] = spent.get(name, 0.0) + time.perf_counter() - begun

    return run


def watch(spent: dict[str, float]) -> None:
    """Add up where the importing thread is."""
    ReadingAhead.chunk = timed(spent, "reading files", ReadingAhead.chunk)  # type: ignore[method-assign]
    import_batches.facts_from = timed(spent, "choosing facts", import_batches.facts_from)
    Worker.answer = timed(spent, "waiting for the worker", Worker.answer)  # type: ignore[method-assign]
    Worker.submit = timed(spent, "handing to the worker", Worker.submit)  # type: ignore[method-assign]
    Originals.keep = timed(spent, "originals to the disk", Originals.keep)  # type: ignore[method-assign]
    ImportRuns.tell = timed(spent, "writing the history", ImportRuns.tell)  # type: ignore[method-assign]
    Documents.add_many = timed(spent, "writing rows", Documents.add_many)  # type: ignore[method-assign]


def recoll(folder: Path, scratch: Path) -> float | None:
    """Seconds that recollindex needs for the folder; None where it is not installed."""
    program = shutil.which("recollindex")
    if program is None:
        return None
    config = scratch / "recoll"
    config.mkdir()
    (config / "recoll.conf").write_text(f"topdirs = {folder}\nloglevel = 1\n")
    begun = time.perf_counter()
    subprocess.run([program, "-c", str(config), "-z"], check=True, capture_output=True)
    return time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--documents", type=int, default=10_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="postil-rate-") as temporary:
        scratch = Path(temporary)
        folder = asked.folder
        if folder is None:
            folder = scratch / "articles"
            write_articles(folder, asked.documents)
        folder = folder.resolve()
        beside = recoll(folder, scratch)
        spent: dict[str, float] = {}
        watch(spent)
        library = Library.open(scratch / "library", cache=scratch / "cache")
        told = begun = time.perf_counter()

        def acknowledged(outcome: Outcome) -> None:
            nonlocal told
            told = time.perf_counter()

        last = library.import_files([folder], on_outcome=acknowledged)
        durable = told - begun
        library.wait_until_searchable()
        searchable = time.perf_counter() - begun
        library.close()
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6

    print(f"{last.done:,} files, {size:,.1f} MB; {last.imported:,} imported, ", end="")
    print(f"{last.warnings:,} with a warning, {last.known:,} known, {last.refused:,} refused\n")
    print(f"{'':24}{'seconds':>9}{'documents/s':>13}{'MB/s':>8}{'of recollindex':>17}")
    rows = [("durable", durable), ("searchable", searchable)]
    if beside is not None:
        rows.append(("recollindex", beside))
    for name, seconds in rows:
        ratio = f"{seconds / beside:.2f}x" if beside else "not installed"
        print(f"{name:24}{seconds:9.1f}{last.done / seconds:13.0f}{size / seconds:8.2f}{ratio:>17}")
    print("\nwhere the importing thread's time goes")
    spent["the rest (hashing, committing, telling)"] = durable - sum(spent.values())
    for name, seconds in sorted(spent.items(), key=lambda row: -row[1]):
        print(f"  {name:40}{seconds:8.1f} s{100 * seconds / durable:6.0f} %")


if __name__ == "__main__":
    main()
