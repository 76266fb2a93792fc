"""The window: places the panes, remembers where they were, and decides nothing.

Who is told of what is in `joins/`. Here are only width, visibility, and what Qt tells a window:
that it is closed, resized, or that files are dropped on it.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.models.documents import DocumentsModel
from desktop_app.ui.panes.details import DetailsPane
from desktop_app.ui.panes.document_list import DocumentList
from desktop_app.ui.panes.drop_hint import DropHint, paths_of
from desktop_app.ui.panes.header import Header
from desktop_app.ui.panes.import_list import ImportList
from desktop_app.ui.panes.palette import Palette
from desktop_app.ui.panes.problem_bar import ProblemBar
from desktop_app.ui.panes.sidebar import Sidebar
from desktop_app.ui.panes.status_bar import StatusBar
from desktop_app.ui.panes.tag_picker import TagPicker
from desktop_app.ui.reader.pane import ReaderPane
from desktop_app.ui.settings_keeper import SettingsKeeper

SIDEBAR_WIDTH = 240
LIST_WIDTH = 392
READER_LEAST = 420  # beside what takes the place of the list
USUAL_SIZE = (1440, 900)


class MainWindow(QMainWindow):
    """The panes of one library, in their places."""

    closing = Signal()
    shown_first = Signal()
    dropped = Signal(object)  # list of Path
    sidebar_moved = Signal(int)
    escaped = Signal()  # Esc, where no field or card had a use for it

    def __init__(
        self,
        model: DocumentsModel,
        appearance: Appearance,
        settings: SettingsKeeper,
    ) -> None:
        super().__init__()
        self._settings = settings
        now = settings.now
        self.actions_table = Actions(self, keys=now.keys)
        self.setAcceptDrops(True)
        self.setMinimumSize(640, 400)
        self.header = Header(self.actions_table, self)
        self.problem_bar = ProblemBar(self)
        self.sidebar = Sidebar(self)
        self.list = DocumentList(model, appearance.theme, self)
        self.reader = ReaderPane(appearance, self)
        self.details = DetailsPane(self)
        self.import_list = ImportList(self)
        self.status = StatusBar(self)
        self._shown = False
        self._import_sized = False
        self._alone: tuple[bool, bool] | None = None
        self._list_width = LIST_WIDTH
        self._place()
        self.picker = TagPicker(self)
        self.palette_card = Palette(self)
        self._drop_hint = DropHint(self)
        if sys.platform == "darwin":
            self.actions_table.fill(self.menuBar())
        self.restore_places()

    def _place(self) -> None:
        self.panes = QSplitter(Qt.Orientation.Horizontal, self)
        self.panes.setHandleWidth(1)
        self.panes.setChildrenCollapsible(False)
        right = QWidget(self)
        self.work = QSplitter(Qt.Orientation.Vertical, right)
        self.work.setHandleWidth(1)
        self.work.setChildrenCollapsible(False)
        self.middle = QSplitter(Qt.Orientation.Horizontal, self.work)
        self.middle.setHandleWidth(1)
        self.middle.setChildrenCollapsible(False)
        self.places = QStackedWidget(self)
        self.places.addWidget(self.list)
        for pane, stretch in ((self.places, 0), (self.reader, 1), (self.details, 0)):
            self.middle.addWidget(pane)
            self.middle.setStretchFactor(self.middle.indexOf(pane), stretch)
        self.work.addWidget(self.middle)
        self.work.addWidget(self.import_list)
        self.work.setStretchFactor(0, 1)
        self.work.setStretchFactor(1, 0)
        inner = QVBoxLayout(right)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.work)
        self.panes.addWidget(self.sidebar)
        self.panes.addWidget(right)
        self.panes.setStretchFactor(0, 0)
        self.panes.setStretchFactor(1, 1)
        self.sidebar.setMinimumWidth(160)
        self.reader.setMinimumWidth(280)
        self.details.setVisible(False)
        self.import_list.setVisible(False)
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.problem_bar)
        column.addWidget(self.panes, 1)
        column.addWidget(self.status)
        self.setCentralWidget(whole)
        self.panes.splitterMoved.connect(lambda _pos, _index: self._tell_sidebar())

    # What is shown.

    def show_sidebar(self, shown: bool) -> None:
        """Show or hide the sidebar."""
        self.sidebar.setVisible(shown)
        self._settings.change(sidebar_shown=shown)
        self._tell_sidebar()

    def show_details(self, shown: bool) -> None:
        """Show or hide the details of what is chosen."""
        self.details.setVisible(shown)
        self._settings.change(details_shown=shown)

    def show_import_list(self, shown: bool) -> None:
        """Show or hide what was imported."""
        if shown and not self._import_sized:
            self._import_sized = True
            height = max(self.work.height(), 400)
            panel = max(240, round(height * 0.36))
            self.work.setSizes([height - panel, panel])
        self.import_list.setVisible(shown)

    def show_place(self, pane: QWidget) -> None:
        """Show the list, or what takes its place and more room for as long as it is there."""
        before = self.places.currentWidget()
        if pane is before:
            return
        if self.places.indexOf(pane) < 0:
            self.places.addWidget(pane)
        sizes = self.middle.sizes()
        if before is self.list:
            self._list_width = sizes[0]
        else:
            self._settings.change(highlights_width=sizes[0])
        self.places.setCurrentWidget(pane)
        width = self._list_width
        if pane is not self.list:
            room = sizes[0] + sizes[1] - READER_LEAST
            width = max(self._list_width, min(self._settings.now.highlights_width, room))
        self.middle.setSizes([width, max(sizes[0] + sizes[1] - width, 0), *sizes[2:]])

    @property
    def shows_list(self) -> bool:
        """Whether the documents are shown, and nothing in their place."""
        return self.places.currentWidget() is self.list

    def show_reader_alone(self, alone: bool) -> None:
        """Show nothing but the reader, or everything again."""
        if alone == (self._alone is not None):
            return
        if alone:
            self._alone = (not self.sidebar.isHidden(), not self.details.isHidden())
        sidebar, details = self._alone or (True, False)
        self._alone = (sidebar, details) if alone else None
        self.sidebar.setVisible(sidebar and not alone)
        self.details.setVisible(details and not alone)
        self.places.setVisible(not alone)
        self.header.setVisible(not alone)
        self.status.setVisible(not alone)
        if alone:
            self.reader.focus_text()
        self._tell_sidebar()

    def leave_reader_alone(self) -> None:
        """Show everything again where only the reader is shown."""
        if self.reader_alone:
            self.actions_table["view.reader_alone"].trigger()

    @property
    def reader_alone(self) -> bool:
        """Whether the reader is shown alone."""
        return self._alone is not None

    def come_to_front(self) -> None:
        """Show the window above the others and give it the keys."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    # Where it was.

    def restore_places(self) -> None:
        """Put the window and its panes where they were, on a screen that is there."""
        now = self._settings.now
        geometry = QByteArray.fromBase64(now.geometry.encode("ascii", "ignore"))
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            self._take_usual_place()
        widths = now.panes if len(now.panes) == 2 else (SIDEBAR_WIDTH, LIST_WIDTH)
        whole = max(self.width(), 700)
        self.panes.setSizes([widths[0], whole - widths[0]])
        details = now.details_width
        self.middle.setSizes(
            [widths[1], max(300, whole - widths[0] - widths[1] - details), details]
        )
        self.sidebar.setVisible(now.sidebar_shown)
        self.details.setVisible(now.details_shown)

    def _take_usual_place(self) -> None:
        """Be as large as usual, or as large as a small screen allows with the frame around it."""
        room = QGuiApplication.primaryScreen().availableSize() * 0.94
        usual = QSize(*USUAL_SIZE)
        self.resize(usual.boundedTo(room))
        if usual.width() > room.width() or usual.height() > room.height():
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def remember_places(self) -> None:
        """Keep where the window and its panes are."""
        if self.reader_alone:
            self.show_reader_alone(False)
        geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        sidebar = self.panes.sizes()[0] or SIDEBAR_WIDTH
        sizes = self.middle.sizes()
        listed = sizes[0] if self.shows_list else self._list_width
        fields: dict[str, object] = {"geometry": geometry, "panes": (sidebar, listed)}
        if not self.shows_list:
            fields["highlights_width"] = sizes[0]
        if not self.details.isHidden():
            fields["details_width"] = sizes[2]
        self._settings.change(**fields)

    # What Qt tells a window.

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tell_sidebar()
        if not self._shown:
            self._shown = True
            self.shown_first.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._drop_hint.setGeometry(self.rect().adjusted(12, 12, -12, -12))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.remember_places()
        self.closing.emit()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if paths_of(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._drop_hint.setVisible(True)
            self._drop_hint.raise_()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop_hint.setVisible(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop_hint.setVisible(False)
        paths = paths_of(event.mimeData())
        if paths:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(paths)

    def _tell_sidebar(self) -> None:
        width = 0 if self.sidebar.isHidden() else self.panes.sizes()[0]
        self.header.align(width)
        self.sidebar_moved.emit(width)
