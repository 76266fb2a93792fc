"""What the actions of the Mark menu do: to the passage that is selected, or the highlight chosen.

A selection that is exactly a highlight is that highlight. The last used colour and style are those
of the next one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop_app.core.errors import Problem
from desktop_app.core.highlights import MARK_COLOURS, Highlight, MarkStyle, whole_letters
from desktop_app.core.model import Tag
from desktop_app.library.tag_tree import TagTree
from desktop_app.ui.actions import Actions
from desktop_app.ui.mark_actions import DIGITS, RESIZES
from desktop_app.ui.mark_resizing import Resizing
from desktop_app.ui.marker import Marker
from desktop_app.ui.reader.chosen import stepped
from desktop_app.ui.reader.mark_surface import Range
from desktop_app.ui.reader.pane import ReaderPane
from desktop_app.ui.session import Session


class MarkVerbs(QObject):
    """Marks, changes and deletes what a person means by a key, a menu or a button."""

    note_asked = Signal(object)  # the Highlight whose note is to be written; it may be new
    tags_asked = Signal(int)  # the highlight whose tags are to be chosen
    sticky_changed = Signal(object)  # the Tag that every selection gets from now on, or None
    target_changed = Signal()  # what the verbs would act on is something else

    def __init__(
        self, session: Session, actions: Actions, pane: ReaderPane, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._actions = actions
        self._pane = pane
        self.marker = Marker(session, pane, self)
        self.resizing = Resizing(self.marker, pane, self)
        self._sticky: int | None = None
        # The match that was the current one when something was selected: the newer of the two is
        # meant by the keys that mark a match.
        self._match_then: Range | None = None
        self._connect()
        self._show_looks()

    def _connect(self) -> None:
        on = self._actions.on
        on("mark.highlight", self.highlight)
        on("mark.note", self.note)
        on("mark.tags", self.pick_tags)
        for digit in DIGITS:
            on(f"mark.tag_{digit}", partial(self.tag_by_key, digit))
            on(f"mark.sticky_{digit}", partial(self.stick, digit))
            on(f"mark.match_{digit}", partial(self.mark_match, digit))
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
        self._pane.pages.resize_asked.connect(self._drag)
        view.keys_selected.connect(self._on_made)
        view.caret_turned.connect(self._actions["view.caret"].setChecked)
        self._pane.installEventFilter(self)
        self._pane.selection_changed.connect(self._on_selection)
        self._pane.selection_made.connect(self._on_made)
        self._pane.chosen_changed.connect(lambda _chosen: self.target_changed.emit())
        self._pane.marks_changed.connect(self.target_changed)
        self._session.tags_changed.connect(self._on_tags)
        self._session.closing.connect(self.resizing.finish)

    # What is meant.

    def target(self) -> Highlight | Range | None:
        """What is selected, the highlight where that is exactly one; else the one chosen."""
        surface = self._pane.surface
        selected, text = surface.selection(), surface.text
        if text is None:
            return None
        if selected is None:
            return surface.marks.with_id(surface.chosen) if surface.chosen is not None else None
        start, end = whole_letters(text.canonical, *selected)
        same = [
            each
            for each in surface.marks.within(start, end)
            if each.place is not None and (each.place.start, each.place.end) == (start, end)
        ]
        if same:
            return next((each for each in same if each.id == surface.chosen), same[-1])
        return selected

    def keyed_tags(self) -> list[Tag]:
        """The tags that a digit gives now, by digit."""
        tree = self._session.tag_tree or TagTree()
        active = {collection.id for collection in tree.collections if collection.active}
        found = [tag for tag in tree.tags if tag.key and tag.collection in active]
        return sorted(found, key=lambda tag: tag.key or 0)

    def choose(self, highlight: int) -> None:
        """Choose one of the highlights of the document."""
        self._pane.surface.select(0, 0)
        self._pane.surface.choose(highlight)

    def is_marked(self) -> bool:
        """Tell whether a highlight is what is meant."""
        return isinstance(self.target(), Highlight)

    # The verbs.

    def highlight(self) -> None:
        """Mark what is selected."""
        match self.target():
            case Highlight():
                self._tell(self.tr("This is highlighted already. Delete takes the highlight away."))
            case None:
                self._tell_to_select()
            case start, end:
                self._mark(start, end)

    def note(self) -> None:
        """Ask for the note of the highlight; what is selected is marked first."""
        marked = self._marked()
        if marked is not None:
            self.note_asked.emit(marked)

    def pick_tags(self) -> None:
        """Ask for the tags of the highlight; what is selected is marked first."""
        marked = self._marked()
        if marked is not None:
            self.marker.when_named(marked, self.tags_asked.emit)

    def tag_by_key(self, digit: int) -> None:
        """Mark what is selected with the tag of a digit; put it on a highlight or take it off."""
        tag = self._tag_of(digit)
        target = self.target()
        if tag is None:
            return
        match target:
            case Highlight():
                self.marker.tag(target, tag.id, tagged=tag.id not in target.tags)
            case None:
                self._tell_to_select()
            case start, end:
                self._mark(start, end, tags=(tag.id,))

    def mark_match(self, digit: int) -> None:
        """Mark the current match with the tag of a digit, or what was selected since."""
        match = self._pane.current_match()
        selected = self._pane.surface.selection()
        if match is not None and (selected is None or match != self._match_then):
            self._pane.surface.select(*match)
        if self._pane.surface.selection() is None:
            self._tell(
                self.tr("There is no match to mark. Find words with Ctrl+F or go to one with F3.")
            )
        else:
            self.tag_by_key(digit)

    def stick(self, digit: int) -> None:
        """Let every selection be marked with the tag of a digit until Esc; once more ends it."""
        tag = self._tag_of(digit)
        if tag is None:
            return
        if tag.id == self._sticky:
            self.unstick()
            return
        self._sticky = tag.id
        self.sticky_changed.emit(tag)
        if self._pane.surface.selection() is not None:
            self._on_made()

    def unstick(self) -> None:
        """Mark selections only when asked to."""
        if self._sticky is not None:
            self._sticky = None
            self.sticky_changed.emit(None)

    @property
    def sticky(self) -> int | None:
        """The tag that every selection gets."""
        return self._sticky

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
        target = self.target()
        if isinstance(target, Highlight):
            self.resizing.finish()
            self._pane.surface.choose(None)
            self.marker.delete(target)
        elif target is not None:
            self._tell(self.tr("Nothing is highlighted here, so nothing has been deleted."))

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
            self._tell(self.tr("That was the {0} highlight of the document.").format(where))

    def let_go(self) -> bool:
        """Let go of one thing: the sticky tag, the chosen highlight, or what is selected."""
        surface = self._pane.surface
        self.resizing.finish()
        if self._sticky is not None:
            self.unstick()
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
            self._tell(self.tr("The caret is for the text: O shows it in place of the pages."))
            return
        self._pane.view.turn_caret(on)
        if on:
            self._pane.focus_text()
            self._tell(self.tr("Arrows move the caret, Shift selects with it. F7 ends that."))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # In the reader, Delete is about the highlight: the window's own would trash the document.
        if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Delete:
            return False
        if event.modifiers() or self.target() is None or self._session.read_only:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            self.delete()
            return True
        return False

    # How it is done.

    def _mark(self, start: int, end: int, *, tags: tuple[int, ...] = ()) -> Highlight | None:
        """Mark a range, and choose what was made in place of the selection."""
        surface = self._pane.surface
        text = surface.text
        if text is None:
            return None
        hidden = surface.hidden_lines(start, end)
        shown = sum(1 for line in text.canonical[start:end].split("\n") if line.strip()) - hidden
        if hidden and shown <= 0:
            self._tell(
                self.tr("What is selected is folded away. Open it with B, then mark it."), at=start
            )
            return None
        lines = self.tr("1 folded line") if hidden == 1 else self.tr("{0:,} folded lines")
        more = self.tr(", with {0}").format(lines.format(hidden)) if hidden else ""
        made = self.marker.mark(start, end, tags=tags, more=more)
        if made is not None:
            surface.select(0, 0)
            if self._sticky is None:
                surface.choose(made.id)
        return made

    def _marked(self) -> Highlight | None:
        """The highlight that is meant, made where there is none yet."""
        match self.target():
            case Highlight() as marked:
                return marked
            case None:
                self._tell_to_select()
                return None
            case start, end:
                return self._mark(start, end)

    def _use(self, change: Callable[[Highlight], None]) -> None:
        match self.target():
            case Highlight() as marked:
                change(marked)
            case start, end:
                self._mark(start, end)

    def _resize(self, step: str) -> None:
        target = self.target()
        if isinstance(target, Highlight):
            self._pane.surface.select(0, 0)
            self._pane.surface.choose(target.id)
            self.resizing.step(target, step)

    def _drag(self, highlight: int, start: int, end: int) -> None:
        """Let a highlight be what its handles were dragged to."""
        marked = self._pane.surface.marks.with_id(highlight)
        if marked is not None and not self._session.read_only:
            self.resizing.move(marked, start, end)

    def _tag_of(self, digit: int) -> Tag | None:
        """The tag that a digit gives; None, and a sentence, where there is none."""
        tag = next((tag for tag in self.keyed_tags() if tag.key == digit), None)
        if tag is None:
            self._session.problem.emit(
                Problem(
                    self.tr("No tag has the key {0}.").format(digit),
                    self.tr("Give it to one in the sidebar: right-click the tag, then Key."),
                )
            )
        return tag

    def _tell_to_select(self) -> None:
        self._tell(
            self.tr(
                "Select a passage first, with the mouse or with F7 and Shift+arrows. A picture"
                " without words cannot be marked."
            )
        )

    def _tell(self, sentence: str, *, at: int | None = None) -> None:
        self._session.said.emit(sentence)
        if at is not None:
            self._pane.surface.say(at, sentence)

    # News.

    def _on_selection(self) -> None:
        if self._pane.surface.selection() is not None:
            self._match_then = self._pane.current_match()
            self._pane.surface.choose(None)
        self.target_changed.emit()

    def _on_made(self) -> None:
        """Mark a fresh selection with the sticky tag."""
        target = self.target()
        if self._sticky is None:
            return
        if isinstance(target, Highlight):
            if self._sticky not in target.tags:
                self.marker.tag(target, self._sticky, tagged=True)
            self._pane.surface.select(0, 0)
        elif target is not None:
            self._mark(*target, tags=(self._sticky,))

    def _on_tags(self, tree: TagTree) -> None:
        """Name the tags that the digits give."""
        by_key = {tag.key: tag for tag in self.keyed_tags()}
        for digit in DIGITS:
            tag = by_key.get(digit)
            name = f"“{tag.name}”".replace("&", "&&") if tag is not None else ""
            for action, words, none in (
                ("tag", self.tr("Tag {0}"), self.tr("No tag has the key {0}")),
                ("sticky", self.tr("Tag all selections {0}"), self.tr("No tag has the key {0}")),
                ("match", self.tr("Mark the match {0}"), self.tr("No tag has the key {0}")),
            ):
                said = words.format(name) if name else none.format(digit)
                self._actions[f"mark.{action}_{digit}"].setText(said)
        names = {tag.id: tag.name for tag in tree.tags}
        self._pane.view.tag_names = self._pane.pages.tag_names = names
        if self._sticky is not None and self._sticky not in tree.by_id:
            self.unstick()

    def _show_looks(self) -> None:
        now = self._session.settings.now
        self._actions[f"mark.colour_{now.mark_colour}"].setChecked(True)
        self._actions[f"mark.style_{now.mark_style}"].setChecked(True)
