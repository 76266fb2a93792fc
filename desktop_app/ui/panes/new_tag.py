"""The small card in the sidebar in which a new tag gets its name and colour.

A name that is nearly that of a tag is asked about once: Enter once more makes the new one.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.core.model import Tag
from desktop_app.library.commands import AddTag
from desktop_app.library.tags.commands import CreateTag
from desktop_app.library.tags.near_names import NearName
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.look.tag_mark import tag_icon
from desktop_app.ui.models.near_tags import NearTags, difference
from desktop_app.ui.models.tag_names import path_problem
from desktop_app.ui.models.tag_words import scheme_in
from desktop_app.ui.panes.colour_swatches import ColourSwatches
from desktop_app.ui.panes.fields import label, short, show_problem_of


class NewTagCard(QFrame):
    """Asks for a name; Enter makes the tag, Esc closes. What is wrong stands under the name."""

    command = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._tree = TagTree()
        self._above: int | None = None
        self._documents: tuple[int, ...] = ()
        self.setProperty("surface", "popup")
        self.setAccessibleName("New tag")
        self._where = label("", "small", self)
        self._where.setWordWrap(True)
        self._name = QLineEdit(self)
        self._name.setAccessibleName("Name of the new tag")
        self._name.setPlaceholderText("Name, or place/Syria")
        self._said = label("", "problem", self)
        self._said.setWordWrap(True)
        self._colours = ColourSwatches(self)
        self._near = NearTags(self._tree)
        self._asked = ""  # the name that was asked about
        self._meant: Tag | None = None  # the tag that may be meant instead
        self._use = QPushButton("", self)
        self._use.hide()
        self._make = QPushButton("Create", self)
        self._make.setProperty("kind", "primary")
        self._cancel = QPushButton("Cancel", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._make)
        for widget in (self._where, self._name, self._said, self._use, self._colours):
            column.addWidget(widget)
        column.addLayout(buttons)
        self.hide()
        self._connect()

    def _connect(self) -> None:
        self._name.textChanged.connect(self._look)
        self._name.returnPressed.connect(self.create_tag)
        self._make.clicked.connect(self.create_tag)
        self._use.clicked.connect(self._use_meant)
        self._cancel.clicked.connect(self.close_card)

    def open_card(self, tree: TagTree, above: int | None, documents: Sequence[int]) -> None:
        """Ask for a tag below another (None: at the top), to be put on documents at once."""
        self._above, self._documents = above, tuple(documents)
        self.set_tree(tree)
        self._name.clear()
        self._colours.clear()
        self._show_problem("")
        self.show()
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_tree(self, tree: TagTree) -> None:
        """Look at names anew: the tags have changed."""
        if tree is not self._tree:
            self._tree, self._near = tree, NearTags(tree)
        if self._above is not None and self._above not in tree.by_id:
            self._above = None
        above = tree.by_id.get(self._above or 0)
        home = above.collection if above else next((c.id for c in tree.collections if c.active), 0)
        self._colours.set_scheme(scheme_in(tree, home))
        where = "" if self._above is None else f"New tag in “{tree.path(self._above)}”"
        if self._documents:
            count = len(self._documents)
            on = "the document" if count == 1 else f"{count:,} documents"
            where = f"{where or 'New tag'}, for {on}"
        self._where.setText(where)
        self._where.setVisible(bool(where))
        if self.isVisible() and self._name.text():
            self._look()

    def create_tag(self) -> None:
        """Ask for the tag if its name is sound, and say what is wrong if not."""
        path = self._name.text()
        if said := path_problem(self._tree, path, parent=self._above):
            self._show_problem(said)
            self._name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self._asked != path and (near := self._near.of(path, parent=self._above)):
            self._ask_about(path, near)
            return
        self.command.emit(
            CreateTag(
                path,
                colour=self._colours.colour,
                parent=self._above,
                documents=self._documents,
            )
        )
        self.close_card()

    def _ask_about(self, path: str, near: Sequence[NearName]) -> None:
        """Ask whether a tag that is there already is meant; once more makes the new one."""
        named = f"“{self._tree.path(near[0].tag.id)}” is there already"
        self._show_problem(f"{named} ({difference(near[0])}). Enter once more makes the new one.")
        self._asked, self._meant = path, near[0].tag
        self._use.setText(f"Use “{short(near[0].tag.name, 24)}”".replace("&", "&&"))
        self._use.setIcon(tag_icon(near[0].tag))
        self._use.show()

    def _use_meant(self) -> None:
        """Take the tag that is there already, for the documents at hand, and make none."""
        if self._meant is not None and self._documents:
            self.command.emit(AddTag(self._meant.id, self._documents))
        self.close_card()

    def close_card(self) -> None:
        """Ask no more; nothing is made."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        else:
            super().keyPressEvent(event)

    def _look(self) -> None:
        text = self._name.text()
        # An empty field is no mistake before one has finished.
        self._show_problem(path_problem(self._tree, text, parent=self._above) if text else "")

    def _show_problem(self, said: str) -> None:
        self._asked, self._meant = "", None
        self._use.hide()
        show_problem_of(self._name, self._said, said)
