"""The history of imports: what was asked for, and what became of each file.

Written in the transaction that brings in the documents, so that neither is there without the other.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from desktop_app.store.columns import from_ms, to_json
from desktop_app.store.tables import import_outcome, import_run, tag


class RunState(StrEnum):
    """How far an import has come."""

    RUNNING = "running"
    STOPPED = "stopped"  # by the user; can be resumed
    TROUBLE = "trouble"  # such as a full disk; can be resumed
    INTERRUPTED = "interrupted"  # by a crash; can be resumed
    DONE = "done"
    DISMISSED = "dismissed"  # was not done, and is not to be resumed


@dataclass(frozen=True, slots=True)
class Run:
    """An import. counts: how many files had which outcome. tag: for all of its documents.

    undo_step: the step that takes it back; None where nothing was brought in yet.
    """

    id: int
    started_at: datetime
    ended_at: datetime | None
    state: RunState
    paths: tuple[Path, ...]
    tag: int | None
    counts: Mapping[str, int]
    undo_step: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a file, as it was told. path: where it lies, from the root."""

    path: bytes
    kind: str
    document: int | None
    title: str
    reason: str


class ReadImportRuns:
    """The history of imports as one snapshot has it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, run: int) -> Run | None:
        """An import, or None where the history no longer has it."""
        row = self._connection.execute(select(import_run).where(import_run.c.id == run)).first()
        return None if row is None else _run_of(row)

    def all(self, *states: RunState) -> list[Run]:
        """The imports in some states (none named: in any), newest first."""
        rows = select(import_run).order_by(import_run.c.id.desc())
        if states:
            rows = rows.where(import_run.c.state.in_([state.value for state in states]))
        return [_run_of(row) for row in self._connection.execute(rows)]

    def tag(self, run: int) -> int | None:
        """The tag that an import gives to what it brings in, if it gives one that is there."""
        rows = select(tag.c.id).join(import_run, import_run.c.tag == tag.c.id)
        return self._connection.execute(rows.where(import_run.c.id == run)).scalar()

    def giving(self, tag_id: int) -> list[int]:
        """The imports that give a tag and have not come to their end."""
        over = [RunState.DONE.value, RunState.DISMISSED.value]
        rows = select(import_run.c.id).where(
            import_run.c.tag == tag_id, import_run.c.state.not_in(over)
        )
        return sorted(self._connection.execute(rows).scalars())

    def told(
        self, run: int, *, kinds: Collection[str] = (), start: int = 0, limit: int = -1
    ) -> list[Told]:
        """What was told of an import's files, in order. kinds: only these; none named: all."""
        rows = select(import_outcome).where(import_outcome.c.run == run)
        if kinds:
            rows = rows.where(import_outcome.c.kind.in_(list(kinds)))
        rows = rows.order_by(import_outcome.c.number).limit(limit).offset(start)
        return [
            Told(row.path, row.kind, row.document, row.title, row.reason)
            for row in self._connection.execute(rows)
        ]

    def paths_told(self, run: int) -> Counter[bytes]:
        """How often each path of an import was told of."""
        rows = select(import_outcome.c.path).where(import_outcome.c.run == run)
        return Counter(self._connection.execute(rows).scalars())

    def documents(self, run: int, kinds: Collection[str]) -> list[int]:
        """The documents of an import's outcomes of some kinds, in order."""
        rows = (
            select(import_outcome.c.document)
            .where(import_outcome.c.run == run, import_outcome.c.kind.in_(list(kinds)))
            .where(import_outcome.c.document.is_not(None))
            .order_by(import_outcome.c.number)
        )
        return list(self._connection.execute(rows).scalars())


class ImportRuns(ReadImportRuns):
    """The history of imports that can be written inside a transaction."""

    def __init__(self, connection: Connection, now_ms: int) -> None:
        super().__init__(connection)
        self._now_ms = now_ms

    def begin(self, paths: Sequence[Path], tag: int | None, *, keep: int) -> int:
        """Note that an import begins; of those before it only the newest stay, `keep` in all.

        Those that were not done stay until they are, or are dismissed.
        """
        made = self._connection.execute(
            insert(import_run).values(
                started_at=self._now_ms,
                state=RunState.RUNNING.value,
                paths=b"\0".join(os.fsencode(path) for path in paths),
                tag=tag,
                counts="{}",
            )
        )
        key = made.inserted_primary_key
        assert key is not None
        newest = select(import_run.c.id).order_by(import_run.c.id.desc()).limit(keep)
        over = [RunState.DONE.value, RunState.DISMISSED.value]
        self._connection.execute(
            delete(import_run).where(import_run.c.id.not_in(newest), import_run.c.state.in_(over))
        )
        return int(key[0])

    def tell(self, run: int, told: Sequence[Told]) -> None:
        """Note what became of more files of an import."""
        if not told:
            return
        last = select(func.max(import_outcome.c.number)).where(import_outcome.c.run == run)
        number = self._connection.execute(last).scalar()
        first = 0 if number is None else number + 1
        self._connection.execute(insert(import_outcome), list(_rows(run, first, told)))
        known = select(import_run.c.counts).where(import_run.c.id == run)
        counts = Counter(json.loads(self._connection.execute(known).scalar_one()))
        counts.update(each.kind for each in told)
        self._set(run, counts=to_json(counts))

    def hand_over(self, runs: Collection[int], tag_id: int, to: int) -> None:
        """Let those of some imports that give a tag give another one."""
        here = (import_run.c.id.in_(sorted(runs)), import_run.c.tag == tag_id)
        self._connection.execute(update(import_run).where(*here).values(tag=to))

    def forget(self, run: int) -> None:
        """Take an import out of the history."""
        self._connection.execute(delete(import_run).where(import_run.c.id == run))

    def set_state(self, run: int, state: RunState) -> None:
        """Note how far an import has come; one that runs again has no end any more."""
        ended = None if state is RunState.RUNNING else self._now_ms
        self._set(run, state=state.value, ended_at=ended)

    def set_undo_step(self, run: int, undo_step: int) -> None:
        """Note which step takes an import back."""
        self._set(run, undo_step=undo_step)

    def _set(self, run: int, **values: object) -> None:
        self._connection.execute(update(import_run).where(import_run.c.id == run).values(**values))


def _rows(run: int, first: int, told: Sequence[Told]) -> Iterator[dict[str, object]]:
    for number, each in enumerate(told, first):
        yield {
            "run": run,
            "number": number,
            "path": each.path,
            "kind": each.kind,
            "document": each.document,
            "title": each.title,
            "reason": each.reason,
        }


def _run_of(row: Any) -> Run:
    return Run(
        row.id,
        from_ms(row.started_at),
        None if row.ended_at is None else from_ms(row.ended_at),
        RunState(row.state),
        tuple(Path(os.fsdecode(path)) for path in row.paths.split(b"\0") if path),
        row.tag,
        json.loads(row.counts),
        row.undo_step,
    )
