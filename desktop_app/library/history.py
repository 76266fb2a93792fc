"""Back to a step of the history, over many at once: all of them in one transaction, or none."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from desktop_app.core.changes import Changes
from desktop_app.core.errors import BadUsage
from desktop_app.library.step_values import GroundChanged
from desktop_app.library.undoing import KEPT_STEPS, take_kept
from desktop_app.store.store import Store, Work


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One step of the history. undone: it has been taken back and can be done again."""

    id: int
    name: str
    done_at: datetime
    undone: bool


@dataclass(frozen=True, slots=True)
class Went:
    """How going to a step went.

    undone, redone: how many steps were taken back or done again. refused: why nothing was, a whole
    sentence. stopper: the step that stands in the way; passable: how many could be taken before it.
    """

    undone: int = 0
    redone: int = 0
    changes: Changes = field(default_factory=Changes)
    refused: str | None = None
    stopper: int | None = None
    passable: int = 0


def lines(store: Store, limit: int = KEPT_STEPS) -> list[HistoryLine]:
    """The newest steps, newest first; those that are undone come before all others."""
    with store.read() as snapshot:
        kept = snapshot.undo_steps.listed(limit)
    return [HistoryLine(step.id, step.name, step.done_at, step.undone) for step in kept]


class _Stopped(Exception):
    """Leave the transaction without a trace."""

    def __init__(self, went: Went) -> None:
        super().__init__(went.refused)
        self.went = went


def go_to(store: Store, step: int | None) -> Went:
    """Make the library what it was right after a step; None: before the oldest that is kept.

    BadUsage where the step is no longer in the history.
    """
    try:
        with store.write() as work:
            return _go_to(work, step)
    except _Stopped as stopped:
        return stopped.went


def _go_to(work: Work, step: int | None) -> Went:
    target = None if step is None else work.undo_steps.get(step)
    if step is not None and target is None:
        raise BadUsage(
            "That step is no longer in the history.",
            "Something else was done since. Nothing has been changed.",
        )
    redoing = target is not None and target.undone
    changes, count = Changes(), 0
    while True:
        kept = work.undo_steps.newest(undone=redoing)
        if kept is None or (not redoing and kept.id == step):
            break
        try:
            changes |= take_kept(work, kept)
        except GroundChanged as reason:
            raise _Stopped(_refusal(kept.name, str(reason), kept.id, count, redoing)) from reason
        count += 1
        if redoing and kept.id == step:
            break
    return Went(0 if redoing else count, count if redoing else 0, changes)


def _refusal(name: str, reason: str, stopper: int, count: int, redoing: bool) -> Went:
    verb, past = ("be done again", "done again") if redoing else ("be undone", "undone")
    sentence = f"“{name}” cannot {verb}: {reason}. Nothing has been changed."
    if count:
        before = "The step before it" if count == 1 else f"The {count:,} steps before it"
        sentence += f" {before} can still be {past}."
    return Went(refused=sentence, stopper=stopper, passable=count)
