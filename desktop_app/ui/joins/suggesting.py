"""Who is told of what while one types a query: the library is asked how it may go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.search.suggestion_popup import SuggestionPopup
from desktop_app.ui.session import Session

if TYPE_CHECKING:
    from desktop_app.library.suggesting import Suggestion

SOON_MS = 80


class SuggestingJoins(QObject):
    """The connections of the box and of what is offered below it."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._box = window.header.search
        self.popup = SuggestionPopup(self._box, window)
        self.soon = QTimer(self)
        self.soon.setSingleShot(True)
        self.soon.setInterval(SOON_MS)
        self._connect()

    def _connect(self) -> None:
        box, popup = self._box, self.popup
        box.set_popup(popup)
        box.line.textEdited.connect(lambda _text: self.soon.start())
        box.suggestions_asked.connect(self._ask)
        box.recent_asked.connect(lambda: self._ask(or_leave=True))
        box.entered.connect(self._end)
        box.line.left.connect(self._end)
        popup.marked.connect(self._say)
        self.soon.timeout.connect(self._ask)

    def _ask(self, *, or_leave: bool = False) -> None:
        """Ask how the line may go on. or_leave: where it may not, the keys go on to the list."""
        line = self._box.line
        text, at = line.text(), line.place
        if not text.strip() and self._box.written.chips:
            self.popup.close_popup()
            return

        def came(found: tuple[Suggestion, ...]) -> None:
            if line.hasFocus() and (line.text(), line.place) == (text, at):
                self.popup.show_suggestions(found)
                if not found and or_leave:
                    self._box.left.emit()

        self._session.read(lambda library: library.suggest(text, at), came, key="suggest")

    def _end(self) -> None:
        self.soon.stop()
        self._session.tasks.forget("suggest")
        self.popup.close_popup()

    def _say(self, row: str) -> None:
        usual = self.tr("What was understood stands above the list")
        self._box.line.setAccessibleDescription(row or usual)
