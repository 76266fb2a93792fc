"""Imports of the past in words: when each was, what came of it, whether it can go on."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.dates import PartialDate
from desktop_app.core.file_names import shown_name
from desktop_app.core.typed_dates import in_words
from desktop_app.library.outcomes import OutcomeKind, Progress

if TYPE_CHECKING:
    from desktop_app.library.import_runs import ImportRun


@dataclass(frozen=True, slots=True)
class RunEntry:
    """An import as it stands in the list of imports.

    id: None for the one that runs now. of: what was to be brought in, in short. unfinished: it can
    be resumed, or dismissed. root: the folder before all of its paths, "" where there is none.
    trouble: how it ended by trouble, and how far it had come.
    """

    id: int | None
    when: str
    said: str
    unfinished: bool = False
    root: str = ""
    of: str = ""
    trouble: str = ""


def moment_of_run(started: datetime, now: datetime) -> str:
    """Write when an import was: `Today 14:03`, `Yesterday 9:12`, `3 March 2026, 18:40`."""
    started, now = started.astimezone(), now.astimezone()
    days = (now.date() - started.date()).days
    clock = f"{started:%H:%M}"
    if days in (0, 1):
        return f"{('Today', 'Yesterday')[days]} {clock}"
    day = in_words(PartialDate(started.year, started.month, started.day))
    return f"{day}, {clock}"


def told_in_words(counts: Mapping[OutcomeKind, int], state: str) -> str:
    """Write what came of an import in a line: `412 of 530 · stopped`."""
    total = sum(counts.values())
    here = counts.get(OutcomeKind.IMPORTED, 0) + counts.get(OutcomeKind.WARNING, 0)
    files = "1 file" if total == 1 else f"{total:,} files"
    said = files if here == total else f"{here:,} of {total:,}"
    return f"{said} · {state}" if state else said


def ended_in_words(counts: Mapping[OutcomeKind, int], *, word: str) -> str:
    """Say what an import came to; word: how it ended, with how far it came where that is known."""
    warnings = counts.get(OutcomeKind.WARNING, 0)
    parts = [f"{counts.get(OutcomeKind.IMPORTED, 0) + warnings:,} imported"]
    if warnings:
        parts.append(f"{warnings:,} of them with a warning")
    if known := counts.get(OutcomeKind.KNOWN, 0):
        parts.append(f"{known:,} already here")
    if refused := counts.get(OutcomeKind.REFUSED, 0):
        parts.append(f"{refused:,} refused")
    between = "; " if ":" in word else ": "
    return f"{word}{between}{', '.join(parts)}."


def progress_in_words(progress: Progress) -> str:
    """Say how far an import has come: count, rate, time left."""
    found = f"{progress.found:,}" + (" or more" if progress.counting else "")
    parts = [f"{progress.done:,} of {found}"]
    if progress.rate >= 1:
        parts.append(f"{progress.rate:,.0f} a second")
    if progress.left_s is not None and not progress.counting:
        parts.append(f"{time_in_words(progress.left_s)} left")
    return " · ".join(parts)


def time_in_words(seconds: float) -> str:
    """Say how long something takes, roughly."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{round(minutes / 60)} h"


_STATES = {
    "running": "importing",
    "stopped": "stopped",
    "trouble": "ended by trouble",
    "interrupted": "interrupted",
}


def live_entry(paths: Sequence[Path] = ()) -> RunEntry:
    """The entry of the import that runs. paths: what it was asked to bring in."""
    return RunEntry(None, "Now", "importing", root=root_of(paths), of=of_in_words(paths))


def entry_of(run: ImportRun, now: datetime, *, found: int = 0) -> RunEntry:
    """The entry of an import of the past. found: how many files it had to read, 0: not known."""
    said = told_in_words(run.counts, _STATES.get(run.state, ""))
    trouble = "Ended by trouble" if run.state == "trouble" else ""
    if trouble and found:
        trouble = f"{trouble}: {sum(run.counts.values()):,} of {found:,}"
    return RunEntry(
        run.id,
        moment_of_run(run.started_at, now),
        said,
        unfinished=run.resumable,
        root=root_of(run.paths),
        of=of_in_words(run.paths),
        trouble=trouble,
    )


def of_in_words(paths: Sequence[Path]) -> str:
    """Say what an import was of: `report.pdf`, `articles and 3 more`."""
    if not paths:
        return ""
    first = shown_name(paths[0].name or os.fspath(paths[0]))
    return first if len(paths) == 1 else f"{first} and {len(paths) - 1:,} more"


def root_of(paths: Sequence[Path]) -> str:
    """The folder in which all paths of an import lie; "" where it tells nothing."""
    folders = [os.fspath(path.parent) for path in paths if path.is_absolute()]
    if len(folders) < len(paths) or not folders:
        return ""
    try:
        root = os.path.commonpath(folders)
    except ValueError:  # on several drives
        return ""
    return "" if root == os.path.dirname(root) else root  # noqa: PTH120
