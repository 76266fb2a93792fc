"""What a screen reader is told of the page: what is in view, and what has the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent

from desktop_app.core.highlights import Highlight, Standing
from desktop_app.ui.reader.laid import Spot, SpotKind
from desktop_app.ui.reader.word_steps import letter_after, word_end_after

if TYPE_CHECKING:
    from desktop_app.ui.reader.keyed_page import KeyedPage

TELL_MS = 300
LONGEST_QUOTE = 300


class Telling(QObject):
    """Keeps the page's description true, where a screen reader listens."""

    def __init__(self, view: KeyedPage) -> None:
        super().__init__(view)
        self._view = view
        self._soon = QTimer(self, singleShot=True, interval=TELL_MS)
        self._soon.timeout.connect(self._tell_in_view)
        self._inside: set[int] = set()  # the highlights that the caret stands in
        view.moved.connect(self._soon.start)
        view.chosen_changed.connect(self.tell_chosen)

    def tell_spot(self, spot: Spot) -> None:
        """Tell at once which spot has the keys now, and what Enter does there."""
        if QAccessible.isActive():
            self._soon.stop()
            self._describe(self.spot_in_words(spot))

    def spot_in_words(self, spot: Spot) -> str:
        """What a spot is and what Enter does there."""
        if spot.kind is SpotKind.FOLD:
            index = int(spot.target)
            part = self._view.fold_at(index)
            said = part.kinds if part is not None else ""
            if self._view.is_open(index):
                return self.tr("{0}, open. Enter folds it.").format(said)
            return self.tr("{0}, folded. Enter opens it.").format(said)
        if spot.kind is SpotKind.NOTE:
            words = self._view.note_words(str(spot.target))
            return self.tr("Note: {0}. Enter goes there.").format(words.rstrip("."))
        if spot.kind is SpotKind.RETURN:
            return self.tr("Enter goes back to the text.")
        return self.tr("Picture. Enter shows it larger.")

    def tell_caret(self, point: int, how: str) -> None:
        """Tell what the caret has come to: a letter, a word or a line, and the highlights there."""
        if QAccessible.isActive():
            self._announce(self.caret_in_words(point, how))

    def caret_in_words(self, point: int, how: str) -> str:
        """What the caret has come to, and the highlights that it has entered."""
        text = self._view.text
        if text is None:
            return ""
        canonical = text.canonical
        if how == "letter":
            said = canonical[point : letter_after(canonical, point)]
            said = {"\n": self.tr("end of line"), "": self.tr("end of the text")}.get(said, said)
        elif how == "word":
            said = canonical[point : word_end_after(canonical, point)].strip()
        else:
            start, end = self._view.line_around(point)
            said = canonical[start:end].strip()
        now = {each.id: each for each in self._view.marks.at(point)}
        entered = [each for each in now.values() if each.id not in self._inside]
        left = bool(self._inside - set(now))
        self._inside = set(now)
        parts = [said, *(self.mark_in_words(each) for each in entered)]
        if left and not now:
            parts.append(self.tr("out of the highlight"))
        return ". ".join(part for part in parts if part)

    @Slot(object)
    def tell_chosen(self, chosen: int | None) -> None:
        """Tell which highlight is chosen now: what it says, its tags and its note."""
        mark = self._view.chosen_mark
        words = self.mark_in_words(mark) if mark is not None else ""
        if QAccessible.isActive() and words:
            self._soon.stop()
            self._describe(words)
            self._announce(words)

    def mark_in_words(self, mark: Highlight) -> str:
        """What a highlight says, in which colour, with its tags and its note."""
        quote = " ".join(mark.anchor.quote.split())
        if len(quote) > LONGEST_QUOTE:
            quote = quote[:LONGEST_QUOTE].rstrip() + "…"
        parts = [self.tr("Highlight in {0}: “{1}”").format(mark.colour, quote)]
        names = [self._view.tag_names.get(tag, "") for tag in mark.tags]
        if any(names):
            parts.append(self.tr("Tags: {0}").format(", ".join(name for name in names if name)))
        if mark.note:
            parts.append(self.tr("Note: {0}").format(" ".join(mark.note.split())))
        if mark.standing is Standing.REVIEW:
            parts.append(self.tr("To be reviewed: the text has changed here"))
        return ". ".join(parts)

    @Slot()
    def _tell_in_view(self) -> None:
        if QAccessible.isActive():
            self._describe(self._view.visible_text())

    def _announce(self, words: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._view, words))

    def _describe(self, words: str) -> None:
        self._view.setAccessibleDescription(words)
        changed = QAccessibleEvent(self._view, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(changed)
