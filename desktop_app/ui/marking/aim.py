"""What the verbs of marking are about: the passage that is selected, or the highlight chosen.

A selection that is exactly a highlight is that highlight.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop_app.core.highlights import LONGEST_QUOTE, Highlight, whole_letters
from desktop_app.ui.marking.marker import Marker
from desktop_app.ui.reader.mark_surface import Range
from desktop_app.ui.reader.pane import ReaderPane
from desktop_app.ui.session import Session


class MarkAim(QObject):
    """Finds what is meant in the reader, and marks it where it is no highlight yet.

    holds_on: whether what was marked is chosen then; a sticky tag marks on and chooses nothing.
    """

    changed = Signal()  # what is meant is something else

    def __init__(self, session: Session, pane: ReaderPane, marker: Marker, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._pane = pane
        self._marker = marker
        self.holds_on = True
        pane.chosen_changed.connect(lambda _chosen: self.changed.emit())
        pane.marks_changed.connect(self.changed)
        pane.selection_changed.connect(self._on_selection)

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
            for each in surface.marks.at(start)
            if each.place is not None and (each.place.start, each.place.end) == (start, end)
        ]
        if same:
            return next((each for each in same if each.id == surface.chosen), same[-1])
        return selected

    def marked(self) -> Highlight | None:
        """The highlight that is meant, made where there is none yet; else a sentence says why."""
        match self.target():
            case Highlight() as marked:
                return marked
            case None:
                self.tell_to_select()
                return None
            case start, end:
                return self.mark(start, end)

    def mark(self, start: int, end: int, *, tags: tuple[int, ...] = ()) -> Highlight | None:
        """Mark a range, and choose what was made in place of the selection."""
        surface = self._pane.surface
        text = surface.text
        if text is None:
            return None
        hidden = 0
        if end - start <= LONGEST_QUOTE + 1_000:  # else the library refuses it in any case
            hidden = surface.hidden_lines(start, end)
            lines = text.canonical[start:end].split("\n")
            if hidden and sum(1 for line in lines if line.strip()) <= hidden:
                self.tell(
                    self.tr("What is selected is folded away. Open it with B, then mark it."),
                    at=start,
                )
                return None
        said = self.tr("1 folded line") if hidden == 1 else self.tr("{0:,} folded lines")
        more = self.tr(", with {0}").format(said.format(hidden)) if hidden else ""
        made = self._marker.mark(start, end, tags=tags, more=more)
        if made is not None:
            surface.select(0, 0)
            if self.holds_on:
                surface.choose(made.id)
        return made

    def tell_to_select(self) -> None:
        """Say what has to be done before anything can be marked."""
        self.tell(
            self.tr(
                "Select a passage first, with the mouse or with F7 and Shift+arrows. A picture"
                " without words cannot be marked."
            )
        )

    def tell(self, sentence: str, *, at: int | None = None) -> None:
        """Say something at the bottom, and beside a place of the text where one is given."""
        self._session.said.emit(sentence)
        if at is not None:
            self._pane.surface.say(at, sentence)

    def _on_selection(self) -> None:
        if self._pane.surface.selection() is not None:
            self._pane.surface.choose(None)
        self.changed.emit()
