"""The undo log: what was done, under the name the menu shows, kept in the library itself.

Undo takes the steps of the newest thing done back, in reverse; redo takes them again. Each step
looks first whether the library is still as it expects; where it is not, nothing at all is changed
and the person is told what stands in the way.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop_app.core.changes import Changes
from desktop_app.core.errors import BadUsage
from desktop_app.core.model import Tag
from desktop_app.library.commands import Command, counted
from desktop_app.library.highlight_commands import counted_highlights
from desktop_app.library.step_values import GroundChanged
from desktop_app.library.steps import Step, Taking, reversed_steps, step_from_json
from desktop_app.library.tags.many_steps import (
    HighlightTaggingsStep,
    TaggingsStep,
    TagLinksStep,
    TagsStep,
    pairs_of,
)
from desktop_app.library.tags.steps import BinStep, RedirectStep, TagStep
from desktop_app.store.store import Store, Work
from desktop_app.store.undo_steps import UndoStep

KEPT_STEPS = 1_000


@dataclass(frozen=True, slots=True)
class UndoReport:
    """What an undo or redo did. refused: why it did nothing, a whole sentence; None where it did."""

    name: str
    changes: Changes
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """One line of the history. undone: it has been taken back and can be done again."""

    name: str
    done_at: datetime
    undone: bool


def do(store: Store, command: Command) -> Changes:
    """Carry a command out in one transaction and keep its steps for undo."""
    with store.write() as work:
        taking = Taking(work)
        name = command.do(taking)
        if taking.steps:
            remember(work, name, taking.steps)
    return taking.changes


def remember(work: Work, name: str, steps: Sequence[Step]) -> int:
    """Put steps that have been taken on top of the log; what was undone cannot be redone now.

    Returns the id by which `extend` finds them.
    """
    work.undo_steps.forget_undone()
    number = work.undo_steps.add(name, _written(steps))
    work.undo_steps.thin(keep=KEPT_STEPS)
    return number


def extend(work: Work, number: int, name: str, steps: Sequence[Step]) -> bool:
    """Let a step of the log take back more; False where it is gone or has been undone."""
    kept = work.undo_steps.get(number)
    if kept is None or kept.undone:
        return False
    work.undo_steps.extend(number, name, _written(steps))
    return True


def _written(steps: Sequence[Step]) -> str:
    # Step by step: while one of tens of thousands is written or read, no other thread has its turn.
    return f"[{', '.join(json.dumps(step.to_json(), ensure_ascii=False) for step in steps)}]"


def _read(commands: str) -> Iterator[Any]:
    decode = json.JSONDecoder().raw_decode
    end = 0
    while commands[end : end + 1] in ("[", ","):
        start = end + 1
        while commands[start].isspace():
            start += 1
        if commands[start] == "]":
            return
        raw, end = decode(commands, start)
        yield raw
    if commands[end:] != "]":
        raise json.JSONDecodeError("a list that does not end", commands, end)


def undo(store: Store) -> UndoReport | None:
    """Take back the newest thing done; None where there is nothing."""
    return _again(store, undone=False)


def redo(store: Store) -> UndoReport | None:
    """Do again what was undone last; None where there is nothing."""
    return _again(store, undone=True)


class _Refused(Exception):
    """Leave the transaction without a trace."""


def _again(store: Store, *, undone: bool) -> UndoReport | None:
    name = ""
    try:
        with store.write() as work:
            kept = work.undo_steps.newest(undone=undone)
            if kept is None:
                return None
            name = kept.name
            try:
                changes = take_kept(work, kept)
            except GroundChanged as reason:
                raise _Refused(str(reason)) from reason
    except _Refused as reason:
        verb = "done again" if undone else "undone"
        return UndoReport(
            name, Changes(), f"“{name}” cannot be {verb}: {reason}. Nothing has been changed."
        )
    return UndoReport(name, changes)


def take_kept(work: Work, kept: UndoStep) -> Changes:
    """Take a step of the log back, or do it again where it is undone; GroundChanged where not."""
    steps = [step_from_json(raw) for raw in _read(kept.commands)]
    todo = steps if kept.undone else reversed_steps(steps)
    # Done again, a merge would lose what the tag was put on meanwhile instead of handing it over,
    # and the trash of tags would hold less than is deleted.
    as_it_was = kept.undone or any(isinstance(step, BinStep) and step.after for step in todo)
    merged = {step.uuid for step in todo if isinstance(step, RedirectStep) and step.after}
    taking = Taking(work)
    try:
        for step in todo:
            hanging = hanging_on(work, step)
            if hanging and as_it_was:
                raise GroundChanged(_said_of(work, hanging[0]))
            if kept.undone:
                _refuse_given(work, [tag for tag in _taken_away(step) if tag.uuid in merged])
            taking.take_all([*hanging, step])
    except BadUsage as refused:  # a name that is taken, a place that is gone
        reason = refused.message.removesuffix(".")
        raise GroundChanged(reason[:1].lower() + reason[1:]) from refused
    if len(taking.steps) > len(steps):
        work.undo_steps.extend(kept.id, kept.name, _written(reversed_steps(taking.steps)))
    work.undo_steps.mark(kept.id, undone=not kept.undone)
    return taking.changes


def hanging_on(work: Work, step: Step) -> list[Step]:
    """What has to be taken first, where a step takes tags away on which something hangs by now.

    An import may have given a tag meanwhile, which is no step of its own; taken with the tag it
    comes back with it. GroundChanged where other tags stand below one.
    """
    gone = {tag.id: tag for tag in _taken_away(step)}
    if len(gone) == 1 and not work.tags.bears(*gone):
        return []
    if not gone:
        return []
    if above := work.many_tags.above_others(gone):
        raise GroundChanged(f"other tags have been put under “{gone[above[0]].name}” since")
    found: list[Step] = []
    if documents := work.many_taggings.documents.of(gone):
        found.append(TaggingsStep(pairs_of(documents), False))
    if highlights := work.many_taggings.highlights.of(gone):
        found.append(HighlightTaggingsStep(pairs_of(highlights), False))
    if links := sorted(work.tag_links.of(gone)):
        found.append(TagLinksStep(tuple(links), False))
    found += [RedirectStep(uuid, tag_id, None) for uuid, tag_id in work.many_tags.leading_to(gone)]
    return found


def _taken_away(step: Step) -> list[Tag]:
    match step:
        case TagStep(before=Tag() as tag, after=None):
            return [tag]
        case TagsStep():
            return step.gone
        case _:
            return []


def _said_of(work: Work, hanging: Step) -> str:
    """What has come to hang on a tag, as the end of a sentence."""
    match hanging:
        case TaggingsStep(pairs=((tag, ids), *_)):
            return f"the tag “{_name(work, tag)}” has been put on {counted(ids)} since"
        case HighlightTaggingsStep(pairs=((tag, ids), *_)):
            return f"the tag “{_name(work, tag)}” has been put on {counted_highlights(ids)} since"
        case TagLinksStep(links=(link, *_)):
            one, other = _name(work, link.one), _name(work, link.other)
            return f"the tags “{one}” and “{other}” have been linked since"
        case RedirectStep(before=int() as tag):
            return f"another tag has been merged into “{_name(work, tag)}” since"
        case _:
            raise AssertionError(hanging)


def _name(work: Work, tag: int) -> str:
    return work.many_tags.names([tag])[tag]


def _refuse_given(work: Work, merged: Sequence[Tag]) -> None:
    """GroundChanged where what comes in would be given a tag that is merged into another."""
    for tag in merged:
        if work.watched.giving(tag.id):
            raise GroundChanged(f"a watched folder gives the tag “{tag.name}” since")
        if work.imports.giving(tag.id):
            raise GroundChanged(f"an import gives the tag “{tag.name}” since")


def history(store: Store, limit: int) -> list[Done]:
    """The newest things done, newest first."""
    with store.read() as snapshot:
        kept = snapshot.undo_steps.all(limit)
    return [Done(step.name, step.done_at, step.undone) for step in kept]
