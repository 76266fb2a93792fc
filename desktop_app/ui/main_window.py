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
from desktop_app.ui.pane_room import (
    DETAILS_LEAST,
    INSTEAD_LEAST,
    LIST_WIDTH,
    READER_LEAST,
    SIDEBAR_WIDTH,
    WITH_SIDEBAR,
    Shown,
    Width,
    fitting,
    place_width,
)
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
from desktop_app.ui.reader.back_line import BackLine
from desktop_app.ui.reader.pane import ReaderPane
from desktop_app.ui.settings_keeper import SettingsKeeper

USUAL_SIZE = (1440, 900)
LEAST_SIZE = (640, 400)


class MainWindow(QMainWindow):
    """The panes of one library, in their places."""

    closing = Signal()
    shown_first = Signal()
    dropped = Signal(object)  # list of Path
    sidebar_moved = Signal(int)
    list_asked = Signal()  # the list, or what takes its place, is wanted instead of the reader
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
        # On an enlarged screen that is smaller than this, the window still ends where the screen does.
        self.setMinimumSize(QSize(*LEAST_SIZE).boundedTo(self.screen().availableSize()))
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
        self._alone = False
        self._sidebar_asked = False  # though there is no room for it
        self._details_asked = False
        self._reader_first = False  # where there is room for one of list and reader
        self._place()
        self.picker = TagPicker(self)
        self.palette_card = Palette(self)
        self._drop_hint = DropHint(self)
        if sys.platform == "darwin":
            self.actions_table.fill(self.menuBar())
        self.restore_places()

    def _place(self) -> None:
        # Each of these is made where it stays: moving one has Qt go through all that is in it.
        whole = QWidget(self)
        self.panes = QSplitter(Qt.Orientation.Horizontal, whole)
        self.panes.setHandleWidth(1)
        self.panes.setChildrenCollapsible(False)
        self.panes.addWidget(self.sidebar)
        right = QWidget(self.panes)
        self.work = QSplitter(Qt.Orientation.Vertical, right)
        self.work.setHandleWidth(1)
        self.work.setChildrenCollapsible(False)
        self.middle = QSplitter(Qt.Orientation.Horizontal, self.work)
        self.middle.setHandleWidth(1)
        self.middle.setChildrenCollapsible(False)
        self.places = QStackedWidget(self.middle)
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
        self.panes.addWidget(right)
        self.panes.setStretchFactor(0, 0)
        self.panes.setStretchFactor(1, 1)
        self.sidebar.setMinimumWidth(160)
        self.reader.setMinimumWidth(READER_LEAST)
        self._back_line = BackLine(self.reader)
        self.reader.add_line(self._back_line)
        self.details.setVisible(False)
        self.import_list.setVisible(False)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.problem_bar)
        column.addWidget(self.panes, 1)
        column.addWidget(self.status)
        self.setCentralWidget(whole)
        self.panes.splitterMoved.connect(lambda _pos, _index: self._on_sidebar_moved())
        self.middle.splitterMoved.connect(lambda _pos, _index: self._keep_widths())
        self.reader.wanted.connect(self.bring_reader)
        self._back_line.asked.connect(self._ask_list)
        for goes_to_list in (self.header.search.entered, self.header.search.left):
            goes_to_list.connect(self.bring_list)
        self.header.search.text_changed.connect(lambda _text: self.bring_list())

    # What is shown.

    def show_sidebar(self, shown: bool) -> None:
        """Show or hide the sidebar; in a window that has no room for it, for this time only."""
        if self.width() < WITH_SIDEBAR:
            self._sidebar_asked = shown
        else:
            self._settings.change(sidebar_shown=shown)
        self._arrange()

    def show_details(self, shown: bool) -> None:
        """Show or hide the details of what is chosen."""
        self._details_asked = shown
        self._settings.change(details_shown=shown)
        self._arrange()

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
        self.places.setCurrentWidget(pane)
        self._reader_first = False
        self._arrange()

    def bring_reader(self) -> None:
        """Show the reader: instead of the list, where there is no room for both."""
        if self.reader.isHidden():
            had_keys = self.places.isAncestorOf(self.focusWidget() or self)
            self._reader_first = True
            self._arrange()
            if had_keys:
                self.reader.focus_text()

    def bring_list(self) -> None:
        """Show the list, or what takes its place: instead of the reader, where both have no room."""
        if self._reader_first:
            self._reader_first = False
            self._arrange()

    def _ask_list(self) -> None:
        self.bring_list()
        self.list_asked.emit()

    @property
    def shows_list(self) -> bool:
        """Whether the documents are shown, and nothing in their place."""
        return self.places.currentWidget() is self.list

    def show_reader_alone(self, alone: bool) -> None:
        """Show nothing but the reader, or everything again."""
        if alone == self._alone:
            return
        self._alone = alone
        self.header.setVisible(not alone)
        self.status.setVisible(not alone)
        self._arrange()
        if alone:
            self.reader.focus_text()

    def leave_reader_alone(self) -> None:
        """Show everything again where only the reader is shown."""
        if self.reader_alone:
            self.actions_table["view.reader_alone"].trigger()

    @property
    def reader_alone(self) -> bool:
        """Whether the reader is shown alone."""
        return self._alone

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
        self._sidebar_width = now.panes[0] if len(now.panes) == 2 else SIDEBAR_WIDTH
        listed = now.panes[1] if len(now.panes) == 2 else LIST_WIDTH
        self._list_width = Width(listed, now.list_set_in)
        self._instead_width = Width(now.highlights_width, now.highlights_set_in)
        self._details_width = now.details_width
        self._arrange()

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
        self._keep_sidebar()
        self._settings.change(
            geometry=geometry,
            panes=(self._sidebar_width, self._list_width.width),
            list_set_in=self._list_width.window,
            highlights_width=self._instead_width.width,
            highlights_set_in=self._instead_width.window,
            details_width=self._details_width,
        )

    def _keep_sidebar(self) -> None:
        if not self.sidebar.isHidden():
            self._sidebar_width = self.panes.sizes()[0] or self._sidebar_width

    def _on_sidebar_moved(self) -> None:
        self._keep_sidebar()
        self._tell_sidebar()

    def _keep_widths(self) -> None:
        """Keep the widths that somebody gives to the panes; what the window gives is not kept."""
        sizes = self.middle.sizes()
        if not self.reader.isHidden() and not self.places.isHidden():
            given = Width(sizes[0], self.width())
            if self.shows_list:
                self._list_width = given
            else:
                self._instead_width = given
        if not self.details.isHidden():
            self._details_width = sizes[2]

    # What has room.

    def _arrange(self) -> None:
        """Show what is wanted and has room, as wide as it was made or as the room allows."""
        window, now = self.width(), self._settings.now
        narrow = window < WITH_SIDEBAR
        if not narrow:
            self._sidebar_asked = False
        sidebar = self._sidebar_asked if narrow else now.sidebar_shown
        aside = self._sidebar_width if sidebar and not self._alone else 0
        room = window - aside
        instead = not self.shows_list
        least = max(INSTEAD_LEAST if instead else 0, self.places.minimumSizeHint().width())
        shown = Shown(place=False)
        if not self._alone:
            shown = fitting(
                room,
                Shown(details=now.details_shown),
                place_least=least,
                reader_first=self._reader_first,
                details_first=self._details_asked,
            )
        self._show(self.sidebar, bool(aside))
        self._show(self.places, shown.place)
        self._show(self.reader, shown.reader)
        self._show(self.details, shown.details)
        if shown.place and shown.reader:
            self._reader_first = False
        behind = None if shown.place or self._alone else self.places.currentWidget()
        self._back_line.show_way(behind.accessibleName() if behind is not None else "")
        self.header.set_narrow(narrow)
        self.actions_table["view.sidebar"].setChecked(sidebar)
        self.panes.setSizes([aside or self._sidebar_width, room])
        aside = max(self._details_width, DETAILS_LEAST) if shown.details else 0
        room -= aside
        wish = (self._instead_width if instead else self._list_width).within(window)
        first = place_width(room, wish, least=least, instead=instead)
        self.middle.setSizes([first, max(room - first, 0), aside])
        self._tell_sidebar()

    def _show(self, pane: QWidget, shown: bool) -> None:
        if pane.isHidden() == shown:
            pane.setVisible(shown)

    # What Qt tells a window.

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange()
        if not self._shown:
            self._shown = True
            self.shown_first.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
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
