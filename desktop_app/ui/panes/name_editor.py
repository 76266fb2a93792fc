"""The field in which a tag is renamed where it stands, and the sentence on what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QHideEvent, QMoveEvent, QResizeEvent, QValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.ui.panes.fields import label, show_problem_of


class _Check(QValidator):
    """Lets everything be typed, and lets only a sound name be finished."""

    def __init__(self, problem: Callable[[str], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._problem = problem

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        state = QValidator.State
        return (state.Intermediate if self._problem(text) else state.Acceptable), text, position


class NameEditor(QLineEdit):
    """A line for a name. problem: says what is wrong with a name, or nothing.

    hint: says what Enter does with a name for all that is wrong with it; nothing where it does
    nothing.
    """

    def __init__(
        self,
        problem: Callable[[str], str],
        parent: QWidget,
        *,
        hint: Callable[[str], str] = lambda _name: "",
    ) -> None:
        super().__init__(parent)
        self._problem = problem
        self._hint = hint
        self._around = parent
        self._said = label("", "problem", parent)
        self._said.setProperty("surface", "list")
        self._said.setWordWrap(True)
        self._said.setMargin(6)
        self._said.setAutoFillBackground(True)
        self._said.hide()
        self.setValidator(_Check(lambda name: "" if hint(name) else problem(name), self))
        self.setAccessibleName("Name of the tag")
        self.setFrame(True)
        self.setStyleSheet("padding: 0 4px;")
        self.textChanged.connect(self._look)

    def finished_text(self) -> str | None:
        """The name that was typed; None where it cannot be one."""
        name = self.text()
        return None if self._problem(name) and not self._hint(name) else name.strip()

    def _look(self) -> None:
        said = f"{self._problem(self.text())} {self._hint(self.text())}".strip()
        show_problem_of(self, self._said, said)
        self._place()

    def _place(self) -> None:
        around = self._around
        width = around.width() - 16
        height = self._said.heightForWidth(width)
        below = self.geometry().bottom() + 2
        if below + height > around.height():
            below = max(0, self.geometry().top() - height - 2)
        self._said.setGeometry(8, below, width, height)
        self._said.move(QPoint(8, below))
        self._said.raise_()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._said.hide()
