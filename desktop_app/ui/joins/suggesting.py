"""Who is told of what while one types a query: the library is asked how it may go on.

What is offered goes when it is no longer looked for: the keys are elsewhere, or one has paused and
something was found. While a value is being typed it stays longer: there it is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.core.query_typing import TypingKind, typing_at
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.question import Question
from desktop_app.ui.search.suggestion_popup import SuggestionPopup
from desktop_app.ui.session import Session

if TYPE_CHECKING:
    from desktop_app.library.suggesting import Suggestion

SOON_MS = 80
PAUSE_MS = 1_200
READING_MS = 6_000  # a pause in which the values of a field are read


class SuggestingJoins(QObject):
    """The connections of the box and of what is offered below it."""

    def __init__(self, session: Session, question: Question, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._question = question
        self._box = window.header.search
        head = window.list.query_line.parentWidget()  # the count, the order, what ran
        self.popup = SuggestionPopup(self._box, window, clear_of=head)
        self.soon = QTimer(self)
        self.soon.setSingleShot(True)
        self.soon.setInterval(SOON_MS)
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self._connect()

    def _connect(self) -> None:
        box, popup = self._box, self.popup
        box.set_popup(popup)
        box.line.textEdited.connect(lambda _text: self._on_typed())
        box.suggestions_asked.connect(self._ask)
        box.recent_asked.connect(lambda: self._ask(or_leave=True))
        box.entered.connect(self._end)
        box.line.left.connect(self._end)
        popup.marked.connect(self._say)
        self.soon.timeout.connect(self._ask)
        self.pause.timeout.connect(self._withdraw)
        self._question.answered.connect(lambda _answer, _new: self._withdraw())
        QApplication.instance().focusChanged.connect(self._follow_focus)  # type: ignore[union-attr]

    def _on_typed(self) -> None:
        line = self._box.line
        value = typing_at(line.text(), line.place).kind is not TypingKind.WORD
        self.soon.start()
        self.pause.start(READING_MS if value else PAUSE_MS)

    def _withdraw(self) -> None:
        """Put the rows away after a pause in which something was found."""
        answer = self._question.answer
        asked = self._question.text == self._box.text and not self._question.busy
        if self.pause.isActive() or answer is None or not asked:
            return
        if self._box.text.strip() and answer.total:
            self.popup.withdraw()

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        # No widget at all has the keys while another program is in front: the rows stay.
        if now is not None and now is not self._box.line and self.popup.is_open:
            self._end()

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
        self.pause.stop()
        self._session.tasks.forget("suggest")
        self.popup.close_popup()

    def _say(self, row: str) -> None:
        usual = self.tr("What was understood stands above the list")
        self._box.line.setAccessibleDescription(row or usual)
