"""Asks the library for highlights, and shows at once what they will be.

The window never waits for the disk: what is asked is shown as pending, and goes away with a
sentence where the library refuses it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.core.highlights import (
    LONGEST_QUOTE,
    Highlight,
    MarkStyle,
    Place,
    anchor_at,
    whole_letters,
)
from desktop_app.library.highlight_commands import (
    AddHighlight,
    DeleteHighlights,
    MoveHighlight,
    SetLooks,
    TagHighlights,
    new_uuid,
)
from desktop_app.ui.reader.pending import Change, Edit
from desktop_app.ui.session import Session

if TYPE_CHECKING:
    from desktop_app.core.changes import Changes
    from desktop_app.library.commands import Command
    from desktop_app.ui.reader.pane import ReaderPane

_provisional = itertools.count(-1, -1)  # ids of highlights that the library has not named yet


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What is to be done once the library has named highlights that were just made."""

    uuids: tuple[str, ...]
    then: Callable[[tuple[int, ...]], None]
    edit: Edit | None


class Marker(QObject):
    """Makes, changes and deletes highlights of what the reader shows."""

    def __init__(self, session: Session, pane: ReaderPane, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._pane = pane
        self._waiting: list[_Waiting] = []
        pane.marks_changed.connect(self._look_for_named)

    def mark(
        self, start: int, end: int, *, tags: tuple[int, ...] = (), more: str = ""
    ) -> Highlight | None:
        """Mark a range as the settings say; what is shown of it until the library has it.

        None where it cannot be shown beforehand; the library then says why. more: see Session.do.
        """
        surface, settings = self._pane.surface, self._session.settings.now
        text, document = surface.text, surface.document_id
        if text is None or document is None:
            return None
        command = AddHighlight(
            document,
            text.version,
            start,
            end,
            settings.mark_colour,
            MarkStyle(settings.mark_style),
            tags=tags,
            quads=surface.quads(start, end),
            uuid=new_uuid(),
        )
        first, past = whole_letters(text.canonical, start, end)
        if not 0 < past - first <= LONGEST_QUOTE:
            self._session.do(command)
            return None
        now = datetime.now(UTC)
        made = Highlight(
            id=next(_provisional),
            uuid=command.uuid,
            document=document,
            anchor=anchor_at(text.version, text.canonical, first, past),
            colour=command.colour,
            style=command.style,
            note="",
            made_at=now,
            changed_at=now,
            tags=tags,
            place=Place(first, past),
        )
        self._run(command, Edit(document, added=made), more)
        return made

    def set_looks(
        self, marked: Highlight, *, colour: str | None = None, style: MarkStyle | None = None
    ) -> None:
        """Give a highlight a colour, a style, or both."""

        def changed(each: Highlight) -> Highlight:
            return replace(each, colour=colour or each.colour, style=style or each.style)

        self._change(marked, changed, lambda ids: SetLooks(ids, colour, style))

    def tag(self, marked: Highlight, tag: int, *, tagged: bool) -> None:
        """Put a tag on a highlight, or take it off."""

        def changed(each: Highlight) -> Highlight:
            others = tuple(other for other in each.tags if other != tag)
            return replace(each, tags=(*others, tag) if tagged else others)

        self._change(marked, changed, lambda ids: TagHighlights(tag, ids, tagged))

    def preview(self, marked: Highlight, start: int, end: int) -> Edit:
        """Show a highlight at another place, without asking for it yet."""
        edit = self._moved(marked, start, end)
        self._pane.pending.add(edit)
        return edit

    def move(self, marked: Highlight, version: str, start: int, end: int) -> None:
        """Let a highlight be another passage of the text that is shown, if that is the version."""
        quads = self._pane.surface.quads(start, end)
        edit = self._moved(marked, start, end)
        self._ask(marked, edit, lambda ids: MoveHighlight(ids[0], version, start, end, quads))

    def delete(self, marked: Highlight) -> None:
        """Delete a highlight with its note and tags."""
        self._change(marked, lambda _each: None, DeleteHighlights)

    def when_named(self, marked: Highlight, then: Callable[[int], None]) -> None:
        """Do something with the id of a highlight, once the library has given it one."""
        self._when_named((marked,), lambda ids: then(ids[0]), None)

    # How it is asked.

    def _moved(self, marked: Highlight, start: int, end: int) -> Edit:
        place = Place(start, end)
        return Edit(
            marked.document,
            uuids=frozenset((marked.uuid,)),
            change=lambda each: replace(each, place=place),
        )

    def _change(
        self, marked: Highlight, change: Change, command: Callable[[tuple[int, ...]], Command]
    ) -> None:
        edit = Edit(marked.document, uuids=frozenset((marked.uuid,)), change=change)
        self._ask(marked, edit, command)

    def _ask(
        self, marked: Highlight, edit: Edit, command: Callable[[tuple[int, ...]], Command]
    ) -> None:
        self._pane.pending.add(edit)
        self._when_named((marked,), lambda ids: self._do(command(ids), edit), edit)

    def _run(self, command: Command, edit: Edit, more: str = "") -> None:
        self._pane.pending.add(edit)
        self._do(command, edit, more)

    def _do(self, command: Command, edit: Edit, more: str = "") -> None:
        pending = self._pane.pending

        def done(changes: Changes) -> None:
            if changes:
                pending.settle(edit)  # what the library says next has it
            else:
                pending.take_back(edit)
            if edit.added is not None:
                self._ask_for_name(edit.added)

        def failed(error: Exception) -> None:
            pending.take_back(edit)
            self._forget(edit)
            self._session.say_problem(error)

        self._session.do(command, done, failed, more=more)

    def _when_named(
        self,
        marked: Sequence[Highlight],
        then: Callable[[tuple[int, ...]], None],
        edit: Edit | None,
    ) -> None:
        if all(each.id > 0 for each in marked):
            then(tuple(each.id for each in marked))
            return
        self._waiting.append(_Waiting(tuple(each.uuid for each in marked), then, edit))
        self._look_for_named()

    def _ask_for_name(self, made: Highlight) -> None:
        """Ask for the id of a highlight that something waits for: its document may be closed now."""
        if any(made.uuid in each.uuids for each in self._waiting):
            self._session.read(lambda library: library.marks.of(made.document), self._name)

    def _look_for_named(self) -> None:
        if self._waiting:
            self._name(self._pane.surface.marks.all)

    def _name(self, highlights: Sequence[Highlight]) -> None:
        named = {each.uuid: each.id for each in highlights if each.id > 0}
        ready = [each for each in self._waiting if all(uuid in named for uuid in each.uuids)]
        for waiting in ready:
            self._waiting.remove(waiting)
            waiting.then(tuple(named[uuid] for uuid in waiting.uuids))

    def _forget(self, refused: Edit) -> None:
        """Do nothing more with a highlight that was not made after all."""
        if refused.added is None:
            return
        gone = [each for each in self._waiting if refused.added.uuid in each.uuids]
        for waiting in gone:
            self._waiting.remove(waiting)
            if waiting.edit is not None:
                self._pane.pending.take_back(waiting.edit)
