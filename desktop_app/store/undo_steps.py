"""The undo log: what takes each change back, kept so that it survives a restart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from desktop_app.store.columns import from_ms
from desktop_app.store.tables import undo_step


@dataclass(frozen=True, slots=True)
class UndoStep:
    """One change that can be taken back, or, when it is undone, done again.

    commands: JSON, what was done; the library's to write and to read.
    """

    id: int
    name: str
    done_at: datetime
    undone: bool
    commands: str


class ReadUndoSteps:
    """The undo log as one snapshot has it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def newest(self, *, undone: bool) -> UndoStep | None:
        """What undo takes back next (undone False), or what redo does next (undone True)."""
        # Steps are undone from the newest down: the next to redo is the oldest that is undone.
        order = undo_step.c.id if undone else undo_step.c.id.desc()
        rows = select(undo_step).where(undo_step.c.undone == int(undone)).order_by(order).limit(1)
        row = self._connection.execute(rows).one_or_none()
        return None if row is None else _step_of(row)

    def undone(self) -> int:
        """How many steps are undone."""
        rows = select(func.count()).select_from(undo_step).where(undo_step.c.undone == 1)
        return self._connection.execute(rows).scalar_one()

    def get(self, step_id: int) -> UndoStep | None:
        """A step, or None where the log no longer has it."""
        rows = select(undo_step).where(undo_step.c.id == step_id)
        row = self._connection.execute(rows).one_or_none()
        return None if row is None else _step_of(row)

    def all(self, limit: int) -> list[UndoStep]:
        """The newest steps, newest first, undone ones among them."""
        rows = select(undo_step).order_by(undo_step.c.id.desc()).limit(limit)
        return [_step_of(row) for row in self._connection.execute(rows)]

    def listed(self, limit: int) -> list[UndoStep]:
        """The newest steps as `all` gives them, without their commands, which may be long."""
        rows = (
            select(undo_step.c.id, undo_step.c.name, undo_step.c.done_at, undo_step.c.undone)
            .order_by(undo_step.c.id.desc())
            .limit(limit)
        )
        return [
            UndoStep(row.id, row.name, from_ms(row.done_at), bool(row.undone), "")
            for row in self._connection.execute(rows)
        ]


class UndoSteps(ReadUndoSteps):
    """The undo log that can be written inside a transaction."""

    def __init__(self, connection: Connection, now_ms: int) -> None:
        super().__init__(connection)
        self._now_ms = now_ms

    def add(self, name: str, commands: str) -> int:
        """Note a change that has just been made; returns the step's id."""
        made = self._connection.execute(
            insert(undo_step).values(name=name, done_at=self._now_ms, undone=0, commands=commands)
        )
        key = made.inserted_primary_key
        assert key is not None
        return int(key[0])

    def extend(self, step_id: int, name: str, commands: str) -> None:
        """Note that a change has gone on: the step takes back all of it."""
        self._connection.execute(
            update(undo_step).where(undo_step.c.id == step_id).values(name=name, commands=commands)
        )

    def mark(self, step_id: int, *, undone: bool) -> None:
        """Note that a step was undone, or done again."""
        self._connection.execute(
            update(undo_step).where(undo_step.c.id == step_id).values(undone=int(undone))
        )

    def forget_undone(self) -> None:
        """Forget what could be redone, since something else was done."""
        self._connection.execute(delete(undo_step).where(undo_step.c.undone == 1))

    def thin(self, keep: int = 1000) -> None:
        """Forget all but the newest steps."""
        newest = select(undo_step.c.id).order_by(undo_step.c.id.desc()).limit(keep)
        self._connection.execute(delete(undo_step).where(undo_step.c.id.not_in(newest)))


def _step_of(row: Any) -> UndoStep:
    return UndoStep(row.id, row.name, from_ms(row.done_at), bool(row.undone), row.commands)
