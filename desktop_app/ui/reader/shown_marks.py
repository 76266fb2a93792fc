"""The highlights that are shown: what the library has, and what was asked and is not there yet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot

from desktop_app.core.highlights import Highlight
from desktop_app.ui.reader.pending import Pending
from desktop_app.ui.reader.sheets import Sheets


class ShownMarks(QObject):
    """Lays what is pending over what the library said last."""

    def __init__(self, sheets: Sheets) -> None:
        super().__init__(sheets)
        self._sheets = sheets
        self._kept: Sequence[Highlight] = ()  # as the library has them
        self.pending = Pending(self)
        self.pending.changed.connect(self._show)
        self.pending.added.connect(self._show_one_more)

    def show(self, highlights: Sequence[Highlight]) -> None:
        """Show what the library has now."""
        self._kept = highlights
        self.pending.heard()
        self._show()

    def forget(self) -> None:
        """Know of no highlight: another document is to be shown."""
        self._kept = ()

    @Slot()
    def _show(self) -> None:
        now = self._sheets.now
        self._sheets.set_marks(self.pending.over(self._kept, now.document_id, now.version))

    @Slot(object)
    def _show_one_more(self, made: Highlight) -> None:
        """Show a highlight that was just made, without looking at all the others again."""
        now = self._sheets.now
        if (made.document, made.anchor.version) == (now.document_id, now.version):
            self._sheets.share_marks(now.marks.with_one(made))
