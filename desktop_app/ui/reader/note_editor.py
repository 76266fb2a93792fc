"""The field in which a note is written: it grows with the note and keeps an undo of its own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.core.highlights import LONGEST_NOTE
from desktop_app.ui.look import fonts
from desktop_app.ui.reader.note_subject import NoteSubject

_LEAST_LINES = 3
_SAY_FROM = LONGEST_NOTE * 9 // 10
# The keys are elsewhere for a moment: a menu, another window. They come back.
_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class _Field(QPlainTextEdit):
    """The field itself."""

    saved = Signal()
    given_up = Signal()
    back_asked = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.offers = False  # something to be brought back
        self.setFont(fonts.interface(13))
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("padding: 1px 2px;")

    def event(self, event: QEvent) -> bool:
        """Claim the keys of the field before a shortcut of the window takes them."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (event.key() == Qt.Key.Key_Escape or _saves(event) or self._brings_back(event))
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif _saves(event):
            self.saved.emit()
        elif self._brings_back(event):
            self.back_asked.emit()
        else:
            super().keyPressEvent(event)
            event.accept()  # a letter that the field has no use for is none of the window's keys

    def _brings_back(self, event: QKeyEvent) -> bool:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        return self.offers and control and event.key() == Qt.Key.Key_B

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _PASSING:
            self.left.emit()


class NoteEditor(QFrame):
    """Writes one note; told once, by `finished`, what became of it."""

    typed = Signal(object, str, str)  # NoteSubject, what stands in the field, what the note was
    finished = Signal(object, str, bool)  # NoteSubject, text, whether it is to be saved
    resized = Signal()  # it needs another height

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("surface", "popup")
        self.subject: NoteSubject | None = None
        self._base = ""
        self._given_up = ""
        self._most_px = 400
        self.field = _Field(self)
        self.field.setAccessibleName(self.tr("Note"))
        self._back = QPushButton(self.tr("Bring it back"), self)
        self._back.setToolTip(self.tr("Bring back what you typed before"))
        self._back.setAccessibleName(self.tr("Bring back what you typed before"))
        self._back.setProperty("kind", "link")
        self._said = QLabel(self)
        self._said.setProperty("tone", "small")
        self._said.setWordWrap(True)
        self._hint = self.tr("Ctrl+Enter saves · Esc gives up")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(6, 6, 6, 4)
        inside.setSpacing(3)
        inside.addWidget(self.field, 1)
        inside.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(self._said)
        self.field.saved.connect(lambda: self.finish(save=True))
        self.field.given_up.connect(lambda: self.finish(save=False))
        self.field.left.connect(lambda: self.finish(save=True))
        self.field.textChanged.connect(self._on_text)
        self.field.back_asked.connect(self._bring_back)
        self._back.clicked.connect(self._bring_back)
        self._back.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a click must not leave the field
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether a note is being written."""
        return self.subject is not None

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.field.toPlainText()

    def open_with(
        self, subject: NoteSubject, name: str, note: str, *, typed: str | None, given_up: str
    ) -> None:
        """Begin with a note. name: what it is on, in words.

        typed: what was typed before and is not saved, None for nothing. given_up: what was typed
        last and given up, "" for nothing; it is offered.
        """
        self.subject = None
        self._base, self._given_up = note, given_up
        self.field.setAccessibleName(name)
        self.field.setPlainText(note)
        self.subject = subject
        if typed is not None and typed != note:
            self._replace(typed)
        self._offer(bool(given_up) and given_up != self.text)
        self.show()
        self.raise_()
        self.field.moveCursor(self.field.textCursor().MoveOperation.End)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self, *, save: bool) -> None:
        """End the writing; nothing where none is going on."""
        subject, text = self.subject, self.text
        if subject is None:
            return
        self.subject = None
        # The keys go first: a part that is hidden with them hands them to whatever is next.
        if self.field.hasFocus() and (around := self.parentWidget()) is not None:
            around.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self.finished.emit(subject, text, save)

    @property
    def is_changed(self) -> bool:
        """Whether something else stands in the field than the note was."""
        return self.text != self._base

    def set_most(self, pixels: int) -> None:
        """Say how tall it may grow."""
        self._most_px = pixels

    def height_for(self, width: int) -> int:
        """The height that the note needs in a width, up to what it may have."""
        self._said.setFixedWidth(max(width - 14, 20))
        metrics = QFontMetrics(self.field.font())
        # The document of a plain text field counts its height in lines.
        lines = max(int(self.field.document().size().height()), _LEAST_LINES)
        height = lines * metrics.lineSpacing() + 22
        height += self._said.heightForWidth(max(width - 14, 20)) + 16
        if not self._back.isHidden():
            height += self._back.sizeHint().height() + 3
        return min(height, max(self._most_px, 120))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.resized.emit()  # other lines are needed

    def sizeHint(self) -> QSize:
        return QSize(200, self.height_for(200))

    @Slot()
    def _on_text(self) -> None:
        if self.subject is not None:
            self._say()
            self.typed.emit(self.subject, self.text, self._base)
            self.resized.emit()

    def _say(self) -> None:
        """Say what the keys do, or how much more fits where it is nearly too much."""
        length = len(self.text)
        if length > LONGEST_NOTE:
            more = length - LONGEST_NOTE
            said = self.tr("{0:,} letters too many to be saved").format(more)
        elif length > _SAY_FROM:
            said = self.tr("{0:,} of {1:,} letters").format(length, LONGEST_NOTE)
        elif self.field.offers:
            said = self.tr("{0} · Ctrl+B brings it back").format(self._hint)
        else:
            said = self._hint
        self._said.setProperty("tone", "problem" if length > LONGEST_NOTE else "small")
        if said != self._said.text():
            self._said.style().unpolish(self._said)
            self._said.style().polish(self._said)
            self._said.setText(said)

    @Slot()
    def _bring_back(self) -> None:
        self._replace(self._given_up)
        self._offer(False)
        self.resized.emit()

    def _offer(self, offers: bool) -> None:
        """Offer what was given up by the button and by the key, which a screen reader says."""
        self._back.setVisible(offers)
        self.field.offers = offers
        said = self.tr("Ctrl+B brings back what you typed before.") if offers else ""
        self.field.setAccessibleDescription(said)
        self._say()

    def _replace(self, text: str) -> None:
        """Put another text into the field, so that its undo gives back what stood there."""
        cursor = self.field.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(text)


def _saves(event: QKeyEvent) -> bool:
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
