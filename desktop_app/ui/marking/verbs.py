"""What the actions of the Mark menu do: to the passage that is selected, or the highlight chosen.

The last used colour and style are those of the next highlight.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop_app.core.highlights import MARK_COLOURS, Highlight, MarkStyle
from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.actions.marking import RESIZES
from desktop_app.ui.marking.aim import MarkAim
from desktop_app.ui.marking.marker import Marker
from desktop_app.ui.marking.resizing import Resizing
from desktop_app.ui.marking.tags import MarkTags
from desktop_app.ui.reader.chosen import stepped
from desktop_app.ui.reader.pane import ReaderPane
from desktop_app.ui.session import Session


class MarkVerbs(QObject):
    """Marks, changes and deletes what a person means by a key, a menu or a button."""

    note_asked = Signal(object)  # the Highlight whose note is to be written; it may be new
    tags_asked = Signal(int)  # the highlight whose tags are to be chosen

    def __init__(
        self, session: Session, actions: Actions, pane: ReaderPane, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._actions = actions
        self._pane = pane
        self.marker = Marker(session, pane, self)
        self.aim = MarkAim(session, pane, self.marker, self)
        self.tags = MarkTags(session, actions, pane, self.aim, self.marker)
        self.resizing = Resizing(self.marker, pane, self)
        self._connect()
        self._show_looks()

    def _connect(self) -> None:
        on = self._actions.on
        on("mark.highlight", self.highlight)
        on("mark.note", self.note)
        on("mark.tags", self.pick_tags)
        for colour in MARK_COLOURS:
            on(f"mark.colour_{colour}", partial(self.take_colour, colour))
        for style in MarkStyle:
            on(f"mark.style_{style}", partial(self.take_style, style))
        for action in RESIZES:
            on(action, partial(self._resize, action.removeprefix("mark.")))
        on("mark.next", partial(self.step, 1))
        on("mark.previous", partial(self.step, -1))
        on("mark.delete", self.delete)
        on("view.caret", lambda: self.turn_caret(self._actions["view.caret"].isChecked()))
        view = self._pane.view
        view.resize_asked.connect(self._drag)
        view.chosen_entered.connect(self._enter)
        self._pane.pages.resize_asked.connect(self._drag)
        view.caret_turned.connect(self._actions["view.caret"].setChecked)
        self._pane.installEventFilter(self)
        self._session.closing.connect(self.resizing.finish)

    # What is meant.

    def choose(self, highlight: int) -> None:
        """Choose one of the highlights of the document."""
        self._pane.surface.select(0, 0)
        self._pane.surface.choose(highlight)

    def is_marked(self) -> bool:
        """Tell whether a highlight is what is meant."""
        return isinstance(self.aim.target(), Highlight)

    @property
    def document(self) -> int | None:
        """The document that is open in the reader."""
        return self._pane.surface.document_id

    def name_of(self, highlight: int) -> str | None:
        """The uuid of a highlight of the document; None where it has no such highlight."""
        found = self._pane.surface.marks.with_id(highlight)
        return found.uuid if found is not None else None

    # The verbs.

    def highlight(self) -> None:
        """Mark what is selected."""
        match self.aim.target():
            case Highlight():
                self.aim.tell(
                    self.tr("This is highlighted already. Delete takes the highlight away.")
                )
            case None:
                self.aim.tell_to_select()
            case start, end:
                self.aim.mark(start, end)

    def note(self) -> None:
        """Ask for the note of the highlight; what is selected is marked first."""
        marked = self.aim.marked()
        if marked is not None:
            self.note_asked.emit(marked)

    def pick_tags(self) -> None:
        """Ask for the tags of the highlight; what is selected is marked first."""
        marked = self.aim.marked()
        if marked is not None:
            self.marker.when_named(marked, self.tags_asked.emit)

    def take_colour(self, colour: str) -> None:
        """Use a colour from now on, and at once for what is selected or chosen."""
        self._session.settings.change(mark_colour=colour)
        self._show_looks()
        self._use(lambda marked: self.marker.set_looks(marked, colour=colour))

    def take_style(self, style: MarkStyle) -> None:
        """Use a style from now on, and at once for what is selected or chosen."""
        self._session.settings.change(mark_style=style.value)
        self._show_looks()
        self._use(lambda marked: self.marker.set_looks(marked, style=style))

    def delete(self) -> None:
        """Delete the highlight; undo brings it back."""
        target = self.aim.target()
        if isinstance(target, Highlight):
            self.resizing.finish()
            self._pane.surface.choose(None)
            self.marker.delete(target)
        elif target is not None:
            self.aim.tell(self.tr("Nothing is highlighted here, so nothing has been deleted."))

    def step(self, by: int) -> None:
        """Choose the next highlight, or the previous one."""
        surface = self._pane.surface
        selected = surface.selection()
        caret = self._pane.view.caret
        place = caret if caret is not None else surface.position()
        found = stepped(surface.marks, surface.chosen, selected[0] if selected else place, by)
        if found is not None:
            surface.select(0, 0)
            self._pane.go_to_highlight(found.id)
        elif len(surface.marks):
            where = self.tr("last") if by > 0 else self.tr("first")
            self.aim.tell(self.tr("That was the {0} highlight of the document.").format(where))

    def let_go(self) -> bool:
        """Let go of one thing: the sticky tag, the chosen highlight, or what is selected."""
        surface = self._pane.surface
        self.resizing.finish()
        if self.tags.sticky is not None:
            self.tags.unstick()
        elif surface.chosen is not None:
            surface.choose(None)
        elif surface.selection() is not None:
            surface.select(0, 0)
        else:
            return False
        return True

    def turn_caret(self, on: bool) -> None:
        """Move a caret through the text by keys, or scroll by them again."""
        if on and self._pane.surface is not self._pane.view:
            self._actions["view.caret"].setChecked(False)
            self.aim.tell(self.tr("The caret is for the text: O shows it in place of the pages."))
            return
        self._pane.view.turn_caret(on)
        if on:
            self._pane.focus_text()
            self.aim.tell(self.tr("Arrows move the caret, Shift selects with it. F7 ends that."))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # In the reader, Delete is about the highlight: the window's own would trash the document.
        if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Delete:
            return False
        if event.modifiers() or self._session.read_only:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            if self.aim.target() is not None:
                self.delete()
            elif not event.isAutoRepeat():
                self.aim.tell(
                    self.tr("No highlight is chosen. In the list, Delete trashes the document.")
                )
            return True
        return False

    # How it is done.

    def _use(self, change: Callable[[Highlight], None]) -> None:
        match self.aim.target():
            case Highlight() as marked:
                change(marked)
            case start, end:
                self.aim.mark(start, end)

    def _resize(self, step: str) -> None:
        target = self.aim.target()
        if isinstance(target, Highlight):
            self._pane.surface.select(0, 0)
            self._pane.surface.choose(target.id)
            self.resizing.step(target, step)

    def _enter(self) -> None:
        """Write the note of the highlight that is chosen."""
        if not self._session.read_only:
            self.note()

    def _drag(self, highlight: int, start: int, end: int) -> None:
        """Let a highlight be what its handles were dragged to."""
        marked = self._pane.surface.marks.with_id(highlight)
        if marked is not None and not self._session.read_only:
            self.resizing.move(marked, start, end)

    def _show_looks(self) -> None:
        now = self._session.settings.now
        self._actions[f"mark.colour_{now.mark_colour}"].setChecked(True)
        self._actions[f"mark.style_{now.mark_style}"].setChecked(True)
