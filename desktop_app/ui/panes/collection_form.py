"""What is said of a tag collection, to be written, and how it stands: shown, locked, archived."""

from __future__ import annotations

from dataclasses import fields as fields_of
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from desktop_app.core.model import TagCollection
from desktop_app.core.tag_looks import SCHEMES
from desktop_app.library.tags.collection_commands import (
    ArchiveCollection,
    CollectionEdit,
    EditCollection,
    LockCollection,
    RecolourCollection,
    ShowCollection,
)
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.models.tag_names import collection_problem
from desktop_app.ui.panes.fields import add_field, label, show_problem_of
from desktop_app.ui.panes.sidebar_painting import paint_square

SCHEME_WORDS = {
    "postil": "Ten colours",
    "colour-blind": "For eyes that see some colours alike",
    "warm": "Warm",
    "cool": "Cool",
    "greys": "Greys, told apart by their patterns",
}
_LINES = {
    "name": ("&Name", "What the collection is called"),
    "author": ("&Author", "Who made it"),
    "licence": ("Li&cence", "CC BY 4.0, or who may use it"),
    "version": ("&Version", "2.1"),
}


class CollectionForm(QWidget):
    """The fields of one collection. What is typed is asked for by save, or by leaving for another."""

    command = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._tree = TagTree()
        self._now: TagCollection | None = None
        self.lines = {name: QLineEdit(self) for name in _LINES}
        self._problem = label("", "problem", self)
        self._problem.setWordWrap(True)
        self._problem.hide()
        self.description = QPlainTextEdit(self)
        self.description.setAccessibleName("Description of the collection")
        self.description.setPlaceholderText("What it is for")
        self.description.setTabChangesFocus(True)
        self.description.setFixedHeight(self.fontMetrics().lineSpacing() * 4 + 14)
        self.scheme = QComboBox(self)
        for named in (self.scheme, self.scheme.view()):
            named.setAccessibleName("Colours of the collection")
        self.scheme.setIconSize(QSize(120, 14))
        self.scheme.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.scheme.setMinimumContentsLength(10)
        for name, colours in SCHEMES.items():
            self.scheme.addItem(_strip(colours), SCHEME_WORDS[name], name)
        self._recolour = QPushButton("Colour its tags anew", self)
        self._recolour.setToolTip("Give the tags of the collection the colours of its scheme")
        self.save_button = QPushButton("Save", self)
        self.shown = QCheckBox("Shown in the sidebar", self)
        self.locked = QCheckBox("Locked: not to be changed", self)
        self.archived = QCheckBox("Archived: no longer offered", self)
        self.locked.setToolTip(
            "Its tags can still be given and taken; neither they nor the collection can be changed."
        )
        self.archived.setToolTip(
            "Its tags stand neither in the sidebar nor where one tags. What carries them keeps "
            "them, and is found by them."
        )
        for button in (self._recolour, self.save_button):
            button.setAutoDefault(False)
        self._place()
        self._connect()
        self.show_collection(TagTree(), None)

    def _place(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 6, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, (title, hint) in _LINES.items():
            line = self.lines[name]
            line.setAccessibleName(f"{title.replace('&', '')} of the collection")
            line.setPlaceholderText(hint)
            add_field(form, title, line)
            if name == "name":
                form.addRow("", self._problem)
                add_field(form, "&Description", self.description)
        add_field(form, "Colour&s", self.scheme)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save_button)
        buttons.addWidget(self._recolour)
        buttons.addStretch(1)
        form.addRow("", buttons)
        for box in (self.shown, self.locked, self.archived):
            form.addRow("", box)

    def _connect(self) -> None:
        for line in self.lines.values():
            line.textChanged.connect(self._look)
            line.returnPressed.connect(self.save)
        self.description.textChanged.connect(self._look)
        self.scheme.currentIndexChanged.connect(self._look)
        self.save_button.clicked.connect(self.save)
        self._recolour.clicked.connect(self._ask_recolour)
        # By click only: what the library says is shown by setting them.
        self.shown.clicked.connect(lambda on: self._ask(ShowCollection, on=on))
        self.locked.clicked.connect(lambda on: self._ask(LockCollection, on=on))
        self.archived.clicked.connect(lambda on: self._ask(ArchiveCollection, on=on))

    # What is shown.

    def show_collection(self, tree: TagTree, collection: TagCollection | None) -> None:
        """Show a collection; of the one that is shown already only what was not touched changes."""
        before, values = self._now, self._values()
        self._tree, self._now = tree, collection
        same = before is not None and collection is not None and before.id == collection.id
        for name in (field.name for field in fields_of(CollectionEdit)):
            value = getattr(collection, name) if collection is not None else ""
            if not same or (values[name] == getattr(before, name) and values[name] != value):
                self._show(name, value)
        self.setEnabled(collection is not None)
        if collection is not None:
            self.shown.setChecked(collection.shown or collection.active)
            self.locked.setChecked(collection.locked)
            self.archived.setChecked(collection.archived)
        self._look()

    def _show(self, name: str, value: str) -> None:
        if name in self.lines:
            self.lines[name].setText(value)
        elif name == "scheme":
            place = self.scheme.findData(value)
            self.scheme.setCurrentIndex(max(0, place))
        else:
            self.description.setPlainText(value)

    def _values(self) -> dict[str, str]:
        return {
            **{name: line.text().strip() for name, line in self.lines.items()},
            "description": self.description.toPlainText().strip(),
            "scheme": str(self.scheme.currentData()),
        }

    def _changed(self) -> dict[str, Any]:
        now = self._now
        if now is None or now.locked:
            return {}
        return {name: v for name, v in self._values().items() if v != getattr(now, name)}

    def _look(self) -> None:
        now = self._now
        locked = now is not None and now.locked
        for line in self.lines.values():
            line.setReadOnly(locked)
        self.description.setReadOnly(locked)
        self.scheme.setEnabled(not locked)
        self._recolour.setEnabled(not locked and now is not None)
        active = now is not None and now.active
        self.shown.setEnabled(not active)
        self.shown.setToolTip("The collection in use always stands there." if active else "")
        self.archived.setEnabled(not locked)
        said = ""
        if now is not None and not locked:
            said = collection_problem(self._tree, self.lines["name"].text(), but=now.id)
        show_problem_of(self.lines["name"], self._problem, said)
        self.save_button.setEnabled(bool(self._changed()) and not said)

    # What is asked for.

    @property
    def unsound(self) -> bool:
        """Whether what is typed cannot be saved."""
        return bool(self._problem.text())

    def save(self) -> None:
        """Ask for what was typed, in one step; nothing where it cannot be so."""
        changed = self._changed()
        if changed and not self.unsound and self._now is not None:
            self.command.emit(EditCollection(self._now.id, CollectionEdit(**changed)))

    def _ask(
        self,
        kind: type[ShowCollection] | type[LockCollection] | type[ArchiveCollection],
        *,
        on: bool,
    ) -> None:
        if self._now is not None:
            self.save()  # what is typed comes first: a locked collection would not take it
            self.command.emit(kind(self._now.id, on))

    def _ask_recolour(self) -> None:
        if self._now is not None:
            self.save()
            self.command.emit(RecolourCollection(self._now.id))


def _strip(colours: tuple[str, ...]) -> QIcon:
    """The colours of a scheme beside each other."""
    made = QPixmap(QSize(240, 28))
    made.setDevicePixelRatio(2)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    for place, colour in enumerate(colours):
        paint_square(painter, place * 12, 7, 10, colour)
    painter.end()
    return QIcon(made)
