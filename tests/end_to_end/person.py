"""Somebody at the window of a library: hands for keys and mouse, eyes for what the panes show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core.model import Document
from desktop_app.library.library import Library
from desktop_app.main import OpenWindow
from desktop_app.settings import load
from desktop_app.ui.app import make_app
from desktop_app.ui.look.theme import LIGHT

WAIT_MS = 30_000
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


class Person:
    """Somebody at the window, with hands (keys, mouse) and eyes (what the panes show)."""

    def __init__(self, home: Path, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self._settings = home / "settings.json"
        kept, damaged = load(self._settings)
        assert damaged == ""
        self.library = Library.open(home / "library", cache=home / "cache")
        self.open = OpenWindow(
            make_app([], theme="light"), self.library, self._settings, kept, cache=home / "cache"
        )
        self.window = self.open.window
        self.list = self.window.list.view
        self.reader = self.window.reader
        self.tree = next(
            view
            for view in self.window.sidebar.findChildren(QAbstractItemView)
            if view.accessibleName() == "Tags"
        )
        self.problems: list[str] = []
        self.open.session.problem.connect(lambda problem: self.problems.append(str(problem)))
        # The screen of the tests may be smaller than the window that a person has.
        self.window.setWindowState(Qt.WindowState.WindowNoState)
        self.window.resize(1366, 768)
        self.window.show()
        self.open.open_last_document()
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)
        self.list.setFocus()

    # Eyes.

    def until(self, seen: Callable[[], bool]) -> None:
        """Let the window work until something is seen."""
        self._qtbot.waitUntil(seen, timeout=WAIT_MS)

    def titles(self) -> list[str]:
        """The titles in the list from its top; an empty one for a row that is still fetched."""
        model = self.open.model
        rows = [model.row(place) for place in range(len(model.ids))]
        return [row.document.title if row else "" for row in rows]

    def label(self, name: str) -> str:
        """What stands in a label, by its name for screen readers; empty where it is hidden."""
        (found,) = (
            each for each in self.window.findChildren(QLabel) if each.accessibleName() == name
        )
        return found.text() if found.isVisible() else ""

    def tags(self) -> dict[str, int]:
        """The paths of the tags in the sidebar, and how many documents each counts."""
        tree = self.open.session.tag_tree
        if tree is None:
            return {}
        return {tree.path(tag.id): tree.with_children.get(tag.id, 0) for tag in tree.tags}

    def of(self, title: str) -> Document:
        """A document as the library has it now."""
        documents = self.library.documents(list(self.library.search("").ids))
        trashed = self.library.documents(list(self.library.search("", within="is:trash").ids))
        (found,) = (each for each in [*documents, *trashed] if each.title.startswith(title))
        return found

    def reads(self, title: str) -> bool:
        """Whether a document stands on the page."""
        shown = self.reader.document
        return shown is not None and shown.title.startswith(title)

    def page(self) -> QImage:
        """The page as it is painted."""
        return self.reader.view.viewport().grab().toImage()

    def sees_match(self) -> bool:
        """Whether the match that was gone to is in view, in its colour."""
        matches = self.reader.view.matches
        if matches.current is None:
            return False
        start, _end = matches.ranges[matches.current]
        colour = QColor(LIGHT.match_now)
        pixel = bytes((colour.blue(), colour.green(), colour.red(), 255))
        painted = self.page().convertToFormat(QImage.Format.Format_RGB32)
        return self.reader.view.in_view(start) and pixel in bytes(painted.constBits())

    # Hands.

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
        """Press a key where the keys are."""
        at = QApplication.focusWidget() or self.window
        self._qtbot.keyClick(at, key, modifiers or Qt.KeyboardModifier.NoModifier)

    def write(self, text: str) -> None:
        """Type a text into the field where the keys are."""
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit), field
        self._qtbot.keyClicks(field, text)

    def click_at(self, widget: QWidget, place: QPoint | None = None) -> None:
        """Click a widget; in its middle unless a place in it is named."""
        self._qtbot.mouseClick(widget, LEFT, pos=place or widget.rect().center())

    def click(self, title: str) -> None:
        """Click the row of a document, and see it come into the reader."""
        row = next(n for n, each in enumerate(self.titles()) if each.startswith(title))
        index = self.open.model.index(row, 0)
        place = self.list.visualRect(index).center()
        self.click_at(self.list.viewport(), place)
        self.until(lambda: self.reads(title))

    def drop(self, target: QWidget, place: QPoint, data: QMimeData) -> None:
        """Drag something over a widget and let it go there."""
        button, none, copy = LEFT, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
        QApplication.sendEvent(target, QDragEnterEvent(place, copy, data, button, none))
        QApplication.sendEvent(target, QDragMoveEvent(place, copy, data, button, none))
        dropped = QDropEvent(QPointF(place), copy, data, button, none)
        QApplication.sendEvent(target, dropped)
        assert dropped.isAccepted()

    def drop_folder(self, folder: Path) -> None:
        """Drop a folder on the list, and wait until it is imported."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(folder))])
        with self._qtbot.waitSignal(self.open.session.imports.finished, timeout=WAIT_MS):
            self.drop(self.window.list, QPoint(60, 200), data)

    def drag_to_tag(self, title: str, tag: str) -> None:
        """Drag the row of a document onto a tag of the sidebar."""
        row = next(n for n, each in enumerate(self.titles()) if each.startswith(title))
        data = self.open.model.mimeData([self.open.model.index(row, 0)])
        tags = self.tree.model()
        onto = next(
            tags.index(n, 0)
            for n in range(tags.rowCount())
            if tags.index(n, 0).data(Qt.ItemDataRole.EditRole) == tag
        )
        self.drop(self.tree.viewport(), self.tree.visualRect(onto).center(), data)

    def undo(self) -> None:
        """Press the keys for undo once the window offers to undo the newest step."""
        self.until(lambda: self.open.session.undo_name == self.library.undo_name())
        self.press(Qt.Key.Key_Z, CONTROL)

    def search(self, text: str, titles: set[str]) -> None:
        """Type into the search box, and see exactly some documents, none of them still missing."""
        self.press(Qt.Key.Key_L, CONTROL)
        self.write(text)

        def found() -> bool:
            answer = self.open.question.answer
            if answer is None or answer.query.source != text or answer.behind:
                return False
            return set(self.titles()) == titles

        self.until(found)

    def leave(self) -> None:
        """Close the window by its key."""
        with self._qtbot.waitSignal(self.open.joins.quit_asked, timeout=WAIT_MS):
            self.press(Qt.Key.Key_Q, CONTROL)
        self.open.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert self.problems == []
