"""One fact in the details pane: its name, its field, where it comes from, what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from desktop_app.core.model import FactName
from desktop_app.ui.look.icons import icon
from desktop_app.ui.models.fact_rows import Offer
from desktop_app.ui.panes.fact_texts import WORDS, FactValue, SharedFact, read_typed
from desktop_app.ui.panes.fields import label, show_problem_of


class FactField(QWidget):
    """Saves on Enter and when it is left, gives back what stood there on Escape."""

    changed = Signal(object, object)  # the FactName, the value

    def __init__(self, fact: FactName, parent: QWidget) -> None:
        super().__init__(parent)
        self.fact = fact
        self._shared = SharedFact("", 1, "")
        words = WORDS[fact]
        name = label(words.name, "small", self)
        self._offers: tuple[Offer, ...] = ()
        self._others = QToolButton(self)
        self._others.setIcon(icon("down"))
        self._others.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._others.setAccessibleName(f"What is proposed as {words.name.lower()}")
        self._menu = QMenu(self._others)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._others.setMenu(self._menu)
        self._others.setFixedHeight(self._others.fontMetrics().height() + 2)
        self._others.hide()
        self.line = QLineEdit(self)
        self.line.setAccessibleName(words.name)
        name.setBuddy(self.line)
        self._origin = label("", "small", self)
        self._origin.setWordWrap(True)
        self._problem = label("", "problem", self)
        self._problem.setWordWrap(True)
        self._problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        top = QHBoxLayout()
        top.addWidget(name, 1)
        top.addWidget(self._others)
        column.addLayout(top)
        for widget in (self.line, self._origin, self._problem):
            column.addWidget(widget)
        self.line.installEventFilter(self)
        self.line.editingFinished.connect(self.commit)
        self.line.textEdited.connect(self._forgive)

    @property
    def touched(self) -> bool:
        """Whether something stands there that was typed and is not saved."""
        return self.line.isModified() and self.line.text() != (self._shared.text or "")

    @property
    def origin(self) -> str:
        """Where the value comes from, as it is shown."""
        return self._origin.text()

    @property
    def problem(self) -> str:
        """What is wrong with what was typed, as it is shown; empty for nothing."""
        return self._problem.text()

    def show_fact(self, fact: SharedFact, documents: int) -> None:
        """Show a fact of documents; what is being typed is given up."""
        self._shared = fact
        if self.line.text() != (fact.text or "") or self.line.isModified():
            self.line.setText(fact.text or "")
            self.line.setCursorPosition(0)
        self.line.setModified(False)
        if fact.text is None:
            self.line.setPlaceholderText(f"{fact.values:,} different values")
            said = f"{fact.origin}; what you type goes to all {documents:,}"
        else:
            self.line.setPlaceholderText(WORDS[self.fact].example)
            said = fact.origin
        self._origin.setText(said)
        self._origin.setVisible(bool(said))
        self.line.setToolTip(fact.text or "")
        self._say("")

    def set_offers(self, offers: Sequence[Offer]) -> None:
        """Offer what is proposed for the fact beside what stands there."""
        self._offers = tuple(offers)
        others = [offer for offer in offers if offer.text != (self._shared.text or "")]
        self._others.setVisible(bool(others) and not self.line.isReadOnly())
        count = "1 other proposal" if len(others) == 1 else f"{len(others)} other proposals"
        self._others.setToolTip(count)

    def keep_typing(self, fact: SharedFact) -> None:
        """Take in what a refresh brought without touching what is being typed."""
        self._shared = fact

    def commit(self) -> bool:
        """Save what was typed; False, and a sentence under the field, where it means nothing."""
        if not self.touched:
            self.line.setModified(False)
            self._say("")
            return True
        try:
            value: FactValue = read_typed(self.fact, self.line.text())
        except ValueError as problem:
            self._say(str(problem))
            return False
        self.line.setModified(False)
        self._say("")
        self.changed.emit(self.fact, value)
        return True

    def give_back(self) -> None:
        """Put back what stood there before one typed."""
        self.line.setText(self._shared.text or "")
        self.line.setModified(False)
        self._say("")

    def _fill_menu(self) -> None:
        self._menu.clear()
        for offer in self._offers:
            text = f"{offer.text}   ({offer.place}, {offer.sureness})".replace("&", "&&")
            action = self._menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(offer.text == self._shared.text)
            action.triggered.connect(lambda _checked=False, taken=offer: self._take(taken))

    def _take(self, offer: Offer) -> None:
        self.give_back()
        self.changed.emit(self.fact, offer.value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self.touched:
            # Asked for first as a shortcut: the window must not take it for its own.
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.give_back()
                return True
        return False

    def _forgive(self) -> None:
        self._say("")

    def _say(self, problem: str) -> None:
        show_problem_of(self.line, self._problem, problem)
        if not problem:
            self.line.setAccessibleDescription(self._origin.text())
