"""What was said of single lines of single sources: never fold them, or always."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.folding import KIND_RULE, FoldRule, Verdict
from desktop_app.core.words import fold
from desktop_app.library.fold_commands import SetFoldRule
from desktop_app.ui.panes.fields import label

_RULE = Qt.ItemDataRole.UserRole
_WHAT = (
    "What you said of a line counts in every text of its source, before all phrases. A line is "
    "added in the reader: right-click a folded line, or a line that should be folded."
)
_EMPTY = "Nothing has been said of any line yet."
_NO_SOURCE = "Texts without a source"
_WORDS = {Verdict.NEVER: "Never fold", Verdict.ALWAYS: "Always fold"}


class SourcesPage(QWidget):
    """The page: sources with their lines. Every change can be undone."""

    command = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rules: tuple[FoldRule, ...] = ()
        self._groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        what = label(_WHAT, "muted", self)
        what.setWordWrap(True)
        self._find = QLineEdit(self)
        self._find.setPlaceholderText("Filter by source or line")
        self._find.setAccessibleName("Filter the lines")
        self._find.setClearButtonEnabled(True)
        self._tree = QTreeWidget(self)
        self._tree.setAccessibleName("Sources and their lines")
        self._tree.setHeaderLabels(["Line", "What becomes of it"])
        self._tree.setRootIsDecorated(False)
        self._tree.setItemsExpandable(False)
        self._tree.setIndentation(16)
        self._tree.setUniformRowHeights(True)
        self._tree.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        header = self._tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._empty = label(_EMPTY, "muted", self)
        self._remove = QPushButton("Remove", self)
        self._remove.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addWidget(self._find, 1)
        buttons.addWidget(self._remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 12, 4, 4)
        column.setSpacing(10)
        column.addWidget(what)
        column.addLayout(buttons)
        column.addWidget(self._empty, 1, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._tree, 1)
        delete = QAction("Remove", self._tree)
        delete.setShortcut(QKeySequence("Del"))
        delete.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        delete.triggered.connect(self._ask_to_remove)
        self._tree.addAction(delete)
        self._find.textChanged.connect(self._look)
        self._tree.itemSelectionChanged.connect(self._refresh)
        self._remove.clicked.connect(self._ask_to_remove)
        self._refresh()

    def set_rules(self, rules: Sequence[FoldRule]) -> None:
        """Show what was said."""
        if tuple(rules) == self._rules:
            return
        self._rules = tuple(rules)
        self._tree.clear()
        self._groups = []
        for source, of_source in groupby(self._rules, key=lambda rule: rule.source):
            group = QTreeWidgetItem([source or _NO_SOURCE, ""])
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = self._tree.font()
            font.setBold(True)
            group.setFont(0, font)
            items = [_item_of(rule) for rule in of_source]
            self._tree.addTopLevelItem(group)
            group.addChildren(items)
            self._groups.append((group, items))
        self._tree.expandAll()
        self._look()
        self._refresh()

    def _look(self) -> None:
        typed = fold(self._find.text()).split()
        for group, items in self._groups:
            some = False
            for item in items:
                text = fold(f"{group.text(0)} {item.text(0)} {item.text(1)}")
                shown = all(word in text for word in typed)
                item.setHidden(not shown)
                some = some or shown
            group.setHidden(not some)

    def _refresh(self) -> None:
        some = bool(self._rules)
        self._tree.setVisible(some)
        self._empty.setVisible(not some)
        self._find.setVisible(some)
        self._remove.setVisible(some)
        self._remove.setEnabled(bool(self._tree.selectedItems()))

    def _ask_to_remove(self) -> None:
        for item in self._tree.selectedItems():
            rule = item.data(0, _RULE)
            if isinstance(rule, FoldRule):
                self.command.emit(SetFoldRule(rule.source, rule.line, None))


def _item_of(rule: FoldRule) -> QTreeWidgetItem:
    item = QTreeWidgetItem([line_in_words(rule.line), _WORDS[rule.verdict]])
    item.setToolTip(0, line_in_words(rule.line))
    item.setData(0, _RULE, rule)
    return item


def line_in_words(line: str) -> str:
    """Write a line as it is remembered, a whole kind by its name."""
    return f"Every {line.removeprefix(KIND_RULE)}" if line.startswith(KIND_RULE) else line
