"""The reader of a window on a real library, with the hand and the keys of a person before it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.core.highlights import Highlight
from desktop_app.ui.reader.view import PageView
from tests.ui.reader_for_tests import place_of
from tests.ui.window_for_tests import Desk

_Held = Qt.KeyboardModifier


class Reader:
    """The reader of a desk, and the hand and keys of a person before it."""

    def __init__(self, desk: Desk, title: str = "How the quay") -> None:
        self.desk = desk
        self.document = desk.choose(title)
        self.pane = desk.window.reader
        self.view: PageView = self.pane.view
        self.pane.focus_text()
        desk.window.activateWindow()
        desk.settle()

    @property
    def text(self) -> str:
        """The canonical text."""
        assert self.view.text is not None
        return self.view.text.canonical

    def range_of(self, words: str) -> tuple[int, int]:
        """Where words stand for the first time."""
        start = self.text.index(words)
        return start, start + len(words)

    def edge(self, point: int, *, right: bool = False) -> QPoint:
        """The left edge of a letter, or its right one."""
        for _, origin, laid in self.view.rows_in_view():
            for rect in laid.rects(point, point + 1):
                box = rect.translated(origin)
                x = box.right() - 1 if right else box.left() + 1
                return QPointF(x, box.center().y()).toPoint()
        raise AssertionError(f"{point} is not in view")

    def drag_over(self, words: str) -> None:
        """Select words with the mouse."""
        start, end = self.range_of(words)
        self.drag(self.edge(start), self.edge(end - 1, right=True))

    def drag(self, begin: QPoint, finish: QPoint) -> None:
        """Press at a place, go to another and let go."""
        port = self.view.viewport()
        QTest.mousePress(port, Qt.MouseButton.LeftButton, _Held.NoModifier, begin)
        QTest.mouseMove(port, (begin + finish) / 2)
        QTest.mouseMove(port, finish)
        QTest.mouseRelease(port, Qt.MouseButton.LeftButton, _Held.NoModifier, finish)

    def click_on(self, words: str) -> None:
        """Click in the middle of words."""
        start, end = self.range_of(words)
        place = place_of(self.view, (start + end) // 2).toPoint()
        QTest.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, _Held.NoModifier, place)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = _Held.NoModifier) -> None:
        """Press a key where the keys are."""
        QTest.keyClick(QApplication.focusWidget() or self.view, key, held)

    def marks(self) -> list[Highlight]:
        """The highlights of the document, as the library has them."""
        self.desk.settle()
        return self.desk.library.marks.of(self.document)

    def shown(self) -> list[str]:
        """The quotes of the highlights in view."""
        return [each.anchor.quote for each in self.view.marks.placed]

    def tag(self, name: str) -> int:
        """The id of the tag of a name."""
        tree = self.desk.session.tag_tree
        assert tree is not None
        return next(tag.id for tag in tree.tags if tag.name == name)

    def said(self) -> str:
        """What the line at the bottom says."""
        return self.desk.window.status._said.text()
