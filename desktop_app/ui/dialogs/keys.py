"""The keys of all actions, to be looked up and changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.words import fold
from desktop_app.ui.dialogs.parts import close_box, open_at
from desktop_app.ui.panes.fields import label, plain_text

_ACTION = Qt.ItemDataRole.UserRole
_NATIVE = QKeySequence.SequenceFormat.NativeText
_PORTABLE = QKeySequence.SequenceFormat.PortableText


class KeysDialog(QDialog):
    """The list by groups, with a field that filters it and one that takes new keys. Not modal."""

    key_changed = Signal(str, str)  # the action's id, its keys in Qt's portable writing or ""
    keys_reset = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self._actions: dict[str, QAction] = {}
        self._groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self._filter = QLineEdit(self)
        self._filter.setPlaceholderText("Type an action or a key")
        self._filter.setAccessibleName("Filter the list of keys")
        self._tree = QTreeWidget(self)
        self._tree.setAccessibleName("Actions and their keys")
        self._tree.setHeaderLabels(["Action", "Keys"])
        self._tree.setIndentation(14)
        self._tree.setRootIsDecorated(False)
        self._tree.setItemsExpandable(False)
        self._tree.setUniformRowHeights(True)
        self._tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._tree.header().setStretchLastSection(False)
        self._which = label("Choose an action to change its key.", "muted", self)
        self._which.setWordWrap(True)
        self._edit = QKeySequenceEdit(self)
        self._edit.setMaximumSequenceLength(1)
        # The keys go into a line inside it, which a screen reader meets.
        for named in (self._edit, *self._edit.findChildren(QLineEdit)):
            named.setAccessibleName("New key")
        self._set = QPushButton("Set", self)
        self._none = QPushButton("No key", self)
        self._problem = label("", "problem", self)
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._reset = QPushButton("All as delivered", self)
        self._place()
        self._connect()
        self._choose()

    def _place(self) -> None:
        changing = QHBoxLayout()
        changing.addWidget(self._which, 1)
        changing.addWidget(self._edit)
        changing.addWidget(self._set)
        changing.addWidget(self._none)
        buttons = close_box(self)
        buttons.addButton(self._reset, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.rejected.connect(self.close)
        note = label("Single letters act only outside text fields.", "small", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(self._filter)
        column.addWidget(self._tree, 1)
        column.addLayout(changing)
        column.addWidget(self._problem)
        column.addWidget(note)
        column.addWidget(buttons)
        open_at(self, 560, 620)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)

    def _connect(self) -> None:
        self._filter.textChanged.connect(self._look)
        self._tree.currentItemChanged.connect(self._choose)
        self._tree.itemActivated.connect(self._start)
        self._edit.editingFinished.connect(self._weigh)
        self._set.clicked.connect(self._take)
        self._none.clicked.connect(self._take_away)
        self._reset.clicked.connect(self.keys_reset)

    def set_actions(self, actions: Sequence[tuple[str, QAction]]) -> None:
        """Show actions, each with the name of its group; the chosen one stays chosen."""
        chosen = self._chosen()
        top = self._tree.verticalScrollBar().value()
        self._tree.clear()
        self._actions = {action.objectName(): action for _, action in actions}
        self._groups = []
        for name, action in actions:
            keys = " or ".join(key.toString(_NATIVE) for key in action.shortcuts())
            inside = action.property("group")
            text = f"{inside}: {plain_text(action)}" if inside else plain_text(action)
            item = QTreeWidgetItem([text, keys])
            item.setData(0, _ACTION, action.objectName())
            self._group(name or "Elsewhere").append(item)
        for group, items in self._groups:
            self._tree.addTopLevelItem(group)
            group.addChildren(items)
            for item in items:
                if chosen is not None and item.data(0, _ACTION) == chosen.objectName():
                    self._tree.setCurrentItem(item)
        self._tree.expandAll()
        self._look()
        self._tree.verticalScrollBar().setValue(top)

    def _group(self, name: str) -> list[QTreeWidgetItem]:
        """The items of a group, which is made where it is missing."""
        for group, items in self._groups:
            if group.text(0) == name:
                return items
        made = QTreeWidgetItem([name, ""])
        made.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self._groups.append((made, []))
        return self._groups[-1][1]

    def _chosen(self) -> QAction | None:
        item = self._tree.currentItem()
        return self._actions.get(str(item.data(0, _ACTION))) if item is not None else None

    def _look(self) -> None:
        typed = fold(self._filter.text()).split()
        for group, items in self._groups:
            some = False
            for item in items:
                text = fold(f"{group.text(0)} {item.text(0)} {item.text(1)}")
                shown = all(word in text for word in typed)
                item.setHidden(not shown)
                some = some or shown
            group.setHidden(not some)

    def _choose(self) -> None:
        action = self._chosen()
        for widget in (self._edit, self._none):
            widget.setEnabled(action is not None)
        self._edit.clear()
        self._weigh()
        if action is None:
            self._which.setText("Choose an action to change its key.")
        else:
            self._which.setText(f"New key for “{plain_text(action)}”:")

    def _start(self) -> None:
        self._edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _weigh(self) -> None:
        """Say whether the pressed keys are free."""
        keys = self._edit.keySequence()
        chosen = self._chosen()
        holder = next(
            (
                action
                for action in self._actions.values()
                if action is not chosen and not keys.isEmpty() and keys in action.shortcuts()
            ),
            None,
        )
        said = ""
        if holder is not None:
            said = (
                f"{keys.toString(_NATIVE)} already belongs to “{plain_text(holder)}”. "
                "Give that one another key first."
            )
        self._problem.setText(said)
        self._problem.setVisible(bool(said))
        self._edit.setAccessibleDescription(said)
        self._set.setEnabled(chosen is not None and not keys.isEmpty() and not said)

    def _take(self) -> None:
        chosen, keys = self._chosen(), self._edit.keySequence()
        if chosen is not None:
            self._edit.clear()
            self._weigh()
            self.key_changed.emit(chosen.objectName(), keys.toString(_PORTABLE))

    def _take_away(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.key_changed.emit(chosen.objectName(), "")
