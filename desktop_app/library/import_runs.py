"""The history of imports: what was brought in when, what came of it, and what can go on."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.errors import BadUsage, Problem
from desktop_app.library import undoing
from desktop_app.library.document_steps import TrashStep
from desktop_app.library.outcomes import Outcome, OutcomeKind
from desktop_app.store.import_runs import Run, RunState
from desktop_app.store.store import Store, Work

__all__ = ["ImportRun", "RunState"]

KEPT_RUNS = 100

_BROUGHT = (OutcomeKind.IMPORTED.value, OutcomeKind.WARNING.value)
_RESUMABLE = (RunState.STOPPED, RunState.TROUBLE, RunState.INTERRUPTED)


@dataclass(frozen=True, slots=True)
class ImportRun:
    """An import as the history has it. counts: how many files had which outcome.

    ended_at: None while it runs. paths: what was asked for, from the root.
    """

    id: int
    started_at: datetime
    ended_at: datetime | None
    state: RunState
    paths: tuple[Path, ...]
    counts: Mapping[OutcomeKind, int]
    tag: int | None = None

    @property
    def resumable(self) -> bool:
        """Whether it was not done and can go on."""
        return self.state in _RESUMABLE


@dataclass(frozen=True, slots=True)
class Ending:
    """How an import ended. watched: it was of a watched folder, and stays in the history only where
    it told of anything but files that were here already."""

    state: RunState
    watched: bool = False


def runs(store: Store) -> list[ImportRun]:
    """The imports of the history, newest first."""
    with store.read() as snapshot:
        return [_run_of(run) for run in snapshot.imports.all()]


def outcomes(
    store: Store,
    run: int,
    *,
    kinds: Collection[OutcomeKind] = (),
    start: int = 0,
    limit: int | None = None,
) -> list[Outcome]:
    """What was told of an import's files, in order. kinds: only these; none named: all of them."""
    with store.read() as snapshot:
        told = snapshot.imports.told(
            run,
            kinds=[kind.value for kind in kinds],
            start=start,
            limit=-1 if limit is None else limit,
        )
    return [
        Outcome(os.fsdecode(t.path), OutcomeKind(t.kind), t.document, t.title, t.reason)
        for t in told
    ]


def dismiss(store: Store, run: int) -> None:
    """Note that an import is not to be resumed; what it brought in stays."""
    with store.write() as work:
        if known(work, run).state in _RESUMABLE:
            work.imports.set_state(run, RunState.DISMISSED)


def known(work: Work, run: int) -> Run:
    """An import; BadUsage where the history no longer has it."""
    found = work.imports.get(run)
    if found is None:
        raise BadUsage("The history of imports no longer has that import.", "Import again.")
    return found


def begin_again(work: Work, run: int) -> Run:
    """Take up an import that was not done; Problem where there is nothing to go on with."""
    found = known(work, run)
    if found.state not in _RESUMABLE:
        raise Problem("That import has come to its end.", "There is nothing to resume.")
    work.imports.set_state(run, RunState.RUNNING)
    return found


def end(work: Work, run: int, ending: Ending) -> frozenset[int]:
    """Note how an import ended and make all of it one step of undo; the documents it brought in.

    Undone, an import lies in the trash: nothing that was brought in is lost by a key.
    """
    state, found = ending.state, known(work, run)
    if ending.watched and not found.counts.keys() - {OutcomeKind.KNOWN.value}:
        work.imports.forget(run)
        return frozenset()
    if state in _RESUMABLE and (ending.watched or not all(p.is_absolute() for p in found.paths)):
        # Attachments do not lie on the disk; what comes into a watched folder is taken in any case.
        state = RunState.DISMISSED
    work.imports.set_state(run, state)
    ids = work.imports.documents(run, _BROUGHT)
    if not ids:
        return frozenset()
    before = known(work, run).undo_step
    if before is not None:
        if undoing.extend(work, before, _name(ids), [_step(ids)]):
            return frozenset(ids)
        # What was brought in earlier has been undone, or the log has forgotten it.
        ids = [found.id for found in work.documents.many(ids) if found.trashed_at is None]
    if ids:
        work.imports.set_undo_step(run, undoing.remember(work, _name(ids), [_step(ids)]))
    return frozenset(ids)


def ended_by_a_crash(store: Store) -> dict[int, Ending]:
    """Which imports a crash has ended. Only for who has the library, while none runs."""
    with store.read() as snapshot:
        running = snapshot.imports.all(RunState.RUNNING)
    return {run.id: Ending(RunState.INTERRUPTED) for run in running}


class Endings:
    """How imports ended, until it is written down: on a full disk that can take a while.

    tell: is called with what an ending changed.
    """

    def __init__(self, store: Store, tell: Callable[[Changes], object]) -> None:
        self._store = store
        self._tell = tell
        self._noting = threading.Lock()
        self._waiting: dict[int, Ending] = {}

    def add(self, ended: Mapping[int, Ending]) -> None:
        """Take in how imports ended, and write it down if the disk lets it."""
        self._waiting |= ended
        self.note()

    def note(self) -> Problem | None:
        """Write down what could not be written before; what keeps it from that still."""
        if not self._waiting:
            return None
        brought: frozenset[int] = frozenset()
        with self._noting:
            try:
                with self._store.write() as work:
                    noted = dict(self._waiting)
                    for run, ending in noted.items():
                        found = work.imports.get(run)
                        if found is not None and found.state is RunState.RUNNING:
                            brought |= end(work, run, ending)
            except Problem as problem:
                return problem
            for run in noted:
                self._waiting.pop(run, None)
        if brought:
            self._tell(Changes(brought, frozenset([Kind.STATE])))
        return None

    def known(self, runs: Sequence[ImportRun]) -> list[ImportRun]:
        """Imports with what is known of their ends beyond what is written down."""
        if not self._waiting:
            return list(runs)
        now = datetime.now(UTC)
        waiting = dict(self._waiting)
        return [
            replace(run, state=waiting[run.id].state, ended_at=now) if run.id in waiting else run
            for run in runs
        ]


def _step(ids: Collection[int]) -> TrashStep:
    return TrashStep(tuple(ids), datetime.now(UTC), None)


def _name(ids: Collection[int]) -> str:
    return "Import 1 document" if len(ids) == 1 else f"Import {len(ids):,} documents"


def _run_of(run: Run) -> ImportRun:
    counts = {OutcomeKind(kind): number for kind, number in run.counts.items()}
    return ImportRun(run.id, run.started_at, run.ended_at, run.state, run.paths, counts, run.tag)
