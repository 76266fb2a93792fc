"""Splits a tag: what carries it is gone through line by line, and what is ticked gets another tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.model import Tag
from desktop_app.core.words import name_key
from desktop_app.library.tags.splitting import SplitTag
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.dialogs.parts import open_at
from desktop_app.ui.models.document_words import highlights_in_words
from desktop_app.ui.models.split_lines import (
    DOCUMENT,
    NOTE,
    TICK,
    WHAT,
    Show,
    SplitLine,
    SplitTable,
    split_lines,
)
from desktop_app.ui.models.tag_names import locked_problem, name_problem, sibling_called
from desktop_app.ui.models.tag_words import documents_in_words
from desktop_app.ui.panes.fields import label, short, show_problem_of
from desktop_app.ui.panes.plain_table import PlainTable
from desktop_app.ui.session import Session

if TYPE_CHECKING:
    from desktop_app.library.library import Library

_TYPING_MS = 120
_WHAT = (
    "Tick the lines that are to carry another tag instead. It is made beside this one; a tag that"
    " is there already can take them as well. One step of undo takes all of it back."
)


class SplitDialog(QDialog):
    """The lines of a tag, a filter, ticks, and the name of the other tag. Not modal."""

    command = Signal(object)
    opened = Signal(int, object)  # a document, and the highlight of it, or None

    def __init__(self, session: Session, tag: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._tag = tag
        self._tree = TagTree()
        self._looked = False
        self._table = SplitTable(self)
        what = label(_WHAT, "muted", self)
        what.setWordWrap(True)
        self._find = QLineEdit(self)
        self._find.setAccessibleName("Filter the lines")
        self._find.setPlaceholderText("Words in the passage, its note or the title")
        self._find.setClearButtonEnabled(True)
        self._group = QButtonGroup(self)
        self._shows: dict[QToolButton, Show] = {}
        for show in Show:
            button = QToolButton(self)
            button.setProperty("kind", "choice")
            button.setCheckable(True)
            self._group.addButton(button)
            self._shows[button] = show
        next(iter(self._shows)).setChecked(True)
        self._all = QPushButton("Tick all", self)
        self._none = QPushButton("Untick all", self)
        self._view = PlainTable(
            self._table,
            "What carries the tag",
            self,
            wide=WHAT,
            widths={TICK: 5, NOTE: 24, DOCUMENT: 30},
        )
        self._empty = label("Looking up what carries the tag…", "muted", self)
        self._name = QLineEdit(self)
        self._name.setAccessibleName("The name of the other tag")
        self._name.setPlaceholderText("The name of the other tag")
        self._said = label("", "muted", self)
        self._said.setWordWrap(True)
        self._problem = label("", "problem", self)
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._split = QPushButton("Split", self)
        self._split.setProperty("kind", "primary")
        self._cancel = QPushButton("Cancel", self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_TYPING_MS)
        self._place(what)
        self._connect()
        self.set_tags(session.tag_tree or TagTree())
        self._look_up()

    def _place(self, what: QWidget) -> None:
        filters = QHBoxLayout()
        filters.setSpacing(8)
        filters.addWidget(self._find, 1)
        for button in self._shows:
            filters.addWidget(button)
        filters.addWidget(self._all)
        filters.addWidget(self._none)
        naming = QHBoxLayout()
        naming.addWidget(self._name, 1)
        naming.addWidget(self._cancel)
        naming.addWidget(self._split)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(what)
        column.addLayout(filters)
        column.addWidget(self._view, 1)
        column.addWidget(self._empty, 1)
        column.addWidget(self._said)
        column.addWidget(self._problem)
        column.addLayout(naming)
        open_at(self, 980, 600)
        for each in self.findChildren(QPushButton):
            each.setAutoDefault(False)
        for link in (self._all, self._none):
            link.setProperty("kind", "link")
        self._split.setDefault(True)

    def _connect(self) -> None:
        self._find.textChanged.connect(self._soon.start)
        self._soon.timeout.connect(self._filter)
        self._group.buttonClicked.connect(self._filter)
        self._all.clicked.connect(lambda: self._table.tick_shown(True))
        self._none.clicked.connect(lambda: self._table.tick_shown(False))
        self._table.ticked_changed.connect(self._refresh)
        self._name.textChanged.connect(self._refresh)
        self._cancel.clicked.connect(self.reject)
        self._split.clicked.connect(self.split)
        self._view.doubleClicked.connect(lambda index: self._open(index.row()))
        self.finished.connect(lambda _result: self._session.tasks.forget("split-lines"))
        self._session.tags_changed.connect(self.set_tags)
        self._session.changed.connect(self._on_changes)
        toggle = QAction("Tick or untick", self._view)
        toggle.setShortcut(QKeySequence("Space"))
        toggle.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        toggle.triggered.connect(self._toggle_chosen)
        self._view.addAction(toggle)

    def set_tags(self, tree: TagTree) -> None:
        """Look anew: the tags have changed."""
        if self._tag not in tree.by_id:
            self.reject()
            return
        self._tree = tree
        self.setWindowTitle(f"Split “{short(tree.by_id[self._tag].name)}”")
        self._refresh()

    def split(self) -> None:
        """Ask for what is ticked to go over, and close; say what is wrong where that cannot be."""
        said = self._wrong()
        if said:
            show_problem_of(self._name, self._problem, said)
            self._name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        documents, highlights = self._table.picked
        existing = self._known() is not None
        name = self._name.text()
        self.command.emit(SplitTag(self._tag, name, documents, highlights, existing=existing))
        self.accept()

    # What is shown.

    def _look_up(self) -> None:
        def work(library: Library) -> list[SplitLine]:
            return split_lines(library.tag_lines(self._tag))

        self._session.read(work, self._show_lines, key="split-lines")

    def _show_lines(self, lines: list[SplitLine]) -> None:
        self._looked = True
        self._table.set_lines(lines)
        self._refresh()

    def _on_changes(self, changes: Changes) -> None:
        if changes.touches(Kind.TAGGING, Kind.HIGHLIGHTS, Kind.STATE, Kind.REMOVED, Kind.FACTS):
            self._look_up()

    def _filter(self) -> None:
        show = next(show for button, show in self._shows.items() if button.isChecked())
        self._table.filter(self._find.text(), show)
        self._refresh()

    def _refresh(self) -> None:
        for button, show in self._shows.items():
            button.setText(f"{show.value} {self._table.count(show):,}")
        some = self._table.rowCount() > 0
        self._view.setVisible(some)
        self._empty.setVisible(not some)
        self._all.setEnabled(some)
        self._none.setEnabled(some)
        if self._looked and not some:
            nothing = self._table.count(Show.ALL) == 0
            self._empty.setText(
                "Nothing carries this tag itself." if nothing else "No line is like that."
            )
        documents, highlights = self._table.picked
        parts = [documents_in_words(len(documents))] if documents else []
        parts += [highlights_in_words(len(highlights))] if highlights else []
        picked = " and ".join(parts)
        self._split.setText(f"Split off {picked}" if picked else "Split")
        self._split.setEnabled(bool(picked and self._name.text().strip()))
        known = self._known()
        if known is not None:
            self._said.setText(f"“{known.name}” is there already: what is ticked goes to it.")
        elif picked:
            self._said.setText(f"{picked} ticked, shown or not.")
        else:
            self._said.setText("Nothing is ticked. Space ticks the lines that are chosen.")
        wrong = self._wrong() if self._name.text().strip() else ""
        show_problem_of(self._name, self._problem, wrong)

    def _known(self) -> Tag | None:
        """The tag beside this one that has the name already."""
        tag = self._tree.by_id.get(self._tag)
        return None if tag is None else sibling_called(self._tree, tag, self._name.text())

    def _wrong(self) -> str:
        tag = self._tree.by_id.get(self._tag)
        if tag is None:
            return "This tag is gone."
        if name_key(self._name.text()) == name_key(tag.name):
            return "That is the name of this tag itself."
        return name_problem(self._name.text()) or locked_problem(self._tree, tag.collection)

    # Keys and clicks.

    def _toggle_chosen(self) -> None:
        rows = [n for first, last in self._view.chosen_rows() for n in range(first, last + 1)]
        if rows:
            self._table.tick(rows, not all(self._table.is_ticked(row) for row in rows))

    def _open(self, row: int) -> None:
        each = self._table.line_at(row)
        self.opened.emit(each.line.document, each.line.id if each.is_highlight else None)
