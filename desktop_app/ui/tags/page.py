"""The page of a tag, in the list's place: what is said of it, and what carries it.

It shows what it is given and asks for what is clicked; it knows no library.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.model import Tag
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.highlights.model import HighlightsModel
from desktop_app.ui.highlights.table import HighlightTable
from desktop_app.ui.look import icons
from desktop_app.ui.look.tag_mark import tag_icon
from desktop_app.ui.look.theme import Theme
from desktop_app.ui.panes.empty_page import Emptiness, EmptyPage
from desktop_app.ui.panes.fields import OneLine
from desktop_app.ui.tags.about import TagAbout, Ways
from desktop_app.ui.tags.asking import Carriers, Shown
from desktop_app.ui.tags.documents import TaggedModel, TaggedTable

LEFT = 14
_MARK = 22


class TagPage(QFrame):
    """Name, counts, what is said, and two lists of which one is seen."""

    tag_asked = Signal(int)  # another tag's page
    back_asked = Signal()
    wanted = Signal(object)  # fields of Shown by name
    mark_opened = Signal(int)
    mark_rested = Signal(int)
    document_opened = Signal(int)
    document_rested = Signal(int)
    chosen_changed = Signal()
    context_asked = Signal(QPoint)
    action_asked = Signal(str)
    left = Signal()  # the documents are wanted again

    def __init__(
        self,
        marks: HighlightsModel,
        documents: TaggedModel,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "list")
        self.setAccessibleName(self.tr("Page of a tag"))
        self._theme = theme
        self._tree = TagTree()
        self._tag: Tag | None = None
        self._found: Carriers | None = None
        self.back = self._tool("back", self.tr("Back to the tag before"))
        self._mark = QLabel(self)
        self._name = OneLine("title", self)
        self.edit = QPushButton(self.tr("Edit…"), self)
        self.edit.setProperty("kind", "link")
        self.edit.setAccessibleName(self.tr("Edit the tag"))
        self.doing = QToolButton(self)
        self.doing.setText(self.tr("Do ▾"))
        self.doing.setToolTip(self.tr("What can be done with the tag and with what is chosen"))
        self.doing.setAccessibleName(self.tr("Do something with the tag or with what is chosen"))
        self.doing.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._close = self._tool("close", self.tr("Back to the documents"))
        self.ways = Ways(self)
        self.about = TagAbout(theme, self)
        self.show_marks = self._choice(self.tr("Highlights"))
        self.show_documents = self._choice(self.tr("Documents"))
        self.show_marks.setChecked(True)
        self._choices = QButtonGroup(self)
        for button in (self.show_marks, self.show_documents):
            self._choices.addButton(button)
        self.below = QCheckBox(self.tr("With tags below"), self)
        self.below.setChecked(True)
        self.marks = HighlightTable(marks, theme, self)
        self.documents = TaggedTable(documents, self)
        for table in (self.marks, self.documents):
            table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._empty = EmptyPage(self)
        self._pages = QStackedWidget(self)
        for page in (self.marks, self.documents, self._empty):
            self._pages.addWidget(page)
        self._place()
        self._connect()

    def _tool(self, icon: str, name: str) -> QToolButton:
        made = QToolButton(self)
        made.setIcon(icons.icon(icon))
        made.setToolTip(name)
        made.setAccessibleName(name)
        return made

    def _choice(self, words: str) -> QToolButton:
        made = QToolButton(self)
        made.setText(words)
        made.setCheckable(True)
        made.setProperty("kind", "choice")
        return made

    def _place(self) -> None:
        head = QFrame(self)
        head.setObjectName("listHead")
        head.setStyleSheet("#listHead { border-bottom: 1px solid palette(mid); }")
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(6)
        top.addWidget(self.back)
        top.addWidget(self._mark)
        top.addWidget(self._name, 1)
        for button in (self.edit, self.doing, self._close):
            top.addWidget(button)
        which = QHBoxLayout()
        which.setContentsMargins(0, 2, 0, 0)
        which.setSpacing(6)
        which.addWidget(self.show_marks)
        which.addWidget(self.show_documents)
        which.addStretch(1)
        which.addWidget(self.below)
        inside = QVBoxLayout(head)
        inside.setContentsMargins(LEFT, 6, 8, 8)
        inside.setSpacing(4)
        inside.addLayout(top)
        inside.addWidget(self.ways)
        inside.addWidget(self.about)
        inside.addLayout(which)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_asked)
        self.edit.clicked.connect(lambda: self.action_asked.emit("tags.edit"))
        self.about.edit_asked.connect(lambda: self.action_asked.emit("tags.edit"))
        self._close.clicked.connect(self.left)
        for links in (self.ways, self.about):
            links.tag_asked.connect(self.tag_asked)
        self._choices.buttonClicked.connect(lambda _button: self._show_list(with_keys=True))
        self.below.toggled.connect(lambda on: self.wanted.emit({"below": on}))
        self.marks.sort_asked.connect(lambda order: self.wanted.emit({"highlights_by": order}))
        self.documents.sort_asked.connect(
            lambda sort, turned: self.wanted.emit(
                {"documents_by": sort, "documents_turned": turned}
            )
        )
        self.marks.opened.connect(self.mark_opened)
        self.marks.rested.connect(self.mark_rested)
        self.documents.opened.connect(self.document_opened)
        self.documents.rested.connect(self.document_rested)
        self.marks.tag_asked.connect(lambda: self.action_asked.emit("tagged.tags"))
        self.marks.delete_asked.connect(lambda: self.action_asked.emit("tagged.off"))
        self.documents.off_asked.connect(lambda: self.action_asked.emit("tagged.off"))
        for table in (self.marks, self.documents):
            table.chosen_changed.connect(self.chosen_changed)
            table.left.connect(self.left)
        self.marks.customContextMenuRequested.connect(
            lambda at: self.context_asked.emit(self.marks.viewport().mapToGlobal(at))
        )
        self.documents.customContextMenuRequested.connect(
            lambda at: self.context_asked.emit(self.documents.viewport().mapToGlobal(at))
        )
        self._empty.action_asked.connect(self.action_asked)

    # Keys.

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self.table.meant(event) is not None
        ):
            event.accept()  # from a button of this page too, a key means what is in the list
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        meant = self.table.meant(event)
        if meant is not None:
            meant()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.about.fit(self.height())

    # What is shown.

    @property
    def table(self) -> HighlightTable | TaggedTable:
        """The list that is seen, or would be if it held anything."""
        return self.marks if self.show_marks.isChecked() else self.documents

    @property
    def of_marks(self) -> bool:
        """Whether the list of highlights is seen rather than that of documents."""
        return self.show_marks.isChecked()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.marks.set_theme(theme)
        self.about.set_theme(theme)
        self._show_name()

    def set_menu(self, menu: QMenu) -> None:
        """Offer what can be done."""
        self.doing.setMenu(menu)

    def set_writable(self, writable: bool) -> None:
        """Offer changes, or none."""
        self.edit.setEnabled(writable)

    def show_tag(self, tree: TagTree, tag: Tag, shown: Shown, *, can_go_back: bool) -> None:
        """Show the head of a tag's page, and what is asked for."""
        other = self._tag is None or self._tag.id != tag.id
        self._tree, self._tag = tree, tag
        self._show_name()
        self.ways.show_tag(tree, tag.id)
        self.about.show_tag(tree, tag.id)
        self.about.fit(self.height())
        self.back.setVisible(can_go_back)
        has_below = bool(tree.children(tag.id, tag.collection))
        self.below.setVisible(has_below)
        self.below.blockSignals(True)
        self.below.setChecked(shown.below)
        self.below.blockSignals(False)
        self.marks.show_order(shown.highlights_by)
        self.documents.show_order(shown.documents_by, turned=shown.documents_turned)
        if other:
            self._found = None
        self._say_counts(shown)
        if self._found is not None:
            self._say_found()

    def show_carriers(self, found: Carriers, *, new: bool) -> None:
        """Show what carries the tag: another tag's from the top, the same again where one was."""
        first = self._found is None
        self._found = found
        self.marks.show_ids(found.highlights, new=new)
        self.documents.show_ids(found.documents, new=new)
        self._say_found()
        if first and not len(found.highlights) and len(found.documents):
            self.show_documents.setChecked(True)
        elif first and len(found.highlights) and not len(found.documents):
            self.show_marks.setChecked(True)
        self._show_list()

    def focus_table(self) -> None:
        """Put the keys on the list, on its first row if on none."""
        if self._pages.currentWidget() is self._empty:
            self.show_marks.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        table = self.table
        table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if table.model().rowCount() and not table.chosen_count:
            table.choose_row(max(table.currentIndex().row(), 0))

    def step(self, by: int) -> None:
        """Go to the next row of the list, or the one before."""
        table = self.table
        rows = table.model().rowCount()
        if rows:
            table.choose_row(min(max(table.currentIndex().row() + by, 0), rows - 1))
            table.rest.start()

    def _show_name(self) -> None:
        tag = self._tag
        if tag is None:
            return
        self._name.setText(tag.name)
        self._name.setAccessibleName(self.tr("Tag {0}").format(self._tree.full_path(tag.id)))
        self._mark.setPixmap(tag_icon(tag, self._theme, side=_MARK).pixmap(QSize(_MARK, _MARK)))
        self.setAccessibleName(self.tr("Page of the tag {0}").format(tag.name))

    def _say_counts(self, shown: Shown) -> None:
        """Say on the buttons how many there are, in the tooltips by themselves and with those below."""
        tag, tree = self._tag, self._tree
        assert tag is not None
        for button, word, own, whole in (
            (
                self.show_marks,
                self.tr("Highlights"),
                tree.highlights,
                tree.highlights_with_children,
            ),
            (self.show_documents, self.tr("Documents"), tree.own, tree.with_children),
        ):
            alone, with_below = own.get(tag.id, 0), whole.get(tag.id, 0)
            known = tree.whole or not shown.below
            count = f"{with_below if shown.below else alone:,}" if known else "…"
            button.setText(f"{word} {count}")
            said = self.tr("{0}: {1} with this tag itself, {2} with the tags below it").format(
                word, f"{alone:,}", f"{with_below:,}" if tree.whole else "…"
            )
            button.setToolTip(said)
            button.setAccessibleName(f"{word}, {count}")
            button.setAccessibleDescription(said)

    def _say_found(self) -> None:
        """Say how many there really are in the lists: counts of the tree may come a moment later."""
        found = self._found
        assert found is not None
        for button, word, count in (
            (self.show_marks, self.tr("Highlights"), len(found.highlights)),
            (self.show_documents, self.tr("Documents"), len(found.documents)),
        ):
            button.setText(f"{word} {count:,}")
            button.setAccessibleName(f"{word}, {count:,}")

    def _show_list(self, *, with_keys: bool = False) -> None:
        table = self.table
        if table.model().rowCount():
            self._pages.setCurrentWidget(table)
        else:
            self._empty.show_emptiness(self._why_empty())
            self._pages.setCurrentWidget(self._empty)
        if with_keys:
            self.focus_table()
        self.chosen_changed.emit()

    def _why_empty(self) -> Emptiness:
        name = self._tag.name if self._tag is not None else ""
        found = self._found
        back = (("tagged.leave", self.tr("Back to the documents")),)
        if found is not None and self.of_marks and len(found.documents):
            count = len(found.documents)
            documents = self.tr("1 document") if count == 1 else f"{count:,} documents"
            return Emptiness(
                self.tr("No highlight carries it"),
                self.tr("“{0}” is on {1} as a whole: see Documents.").format(name, documents),
                back,
            )
        return Emptiness(
            self.tr("Nothing carries it yet"),
            self.tr(
                "Press T on a document, or select a passage and press T, and type “{0}”."
            ).format(name),
            back,
        )
