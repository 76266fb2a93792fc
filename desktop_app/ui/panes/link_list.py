"""The tags that a tag is linked with, to be added and taken away."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.model import LinkKind, Tag, TagLink
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.look.icons import icon
from desktop_app.ui.look.tag_mark import tag_icon
from desktop_app.ui.models.tag_finding import TagFinder
from desktop_app.ui.panes.choice_list import Choice, tag_choice
from desktop_app.ui.panes.chooser import Asked, Chooser
from desktop_app.ui.panes.fields import label

LINK_WORDS = {LinkKind.RELATED: "Related", LinkKind.OPPOSITE: "Opposite"}
_MOST_ROWS = 200
_LINK = Qt.ItemDataRole.UserRole


class LinkList(QWidget):
    """The links of one tag as they are to be; nothing is changed by it."""

    changed = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._tree = TagTree()
        self._tag = 0
        self._links: set[TagLink] = set()
        self._chooser = Chooser(host)
        said = label(
            "A related tag stands near this one; an opposite one says the contrary. The tag’s page "
            "leads to both.",
            "muted",
            self,
        )
        said.setWordWrap(True)
        self._list = QListWidget(self)
        self._list.setAccessibleName("Linked tags")
        self._kind = QComboBox(self)
        for named in (self._kind, self._kind.view()):
            named.setAccessibleName("How the tags stand to each other")
        for kind, words in LINK_WORDS.items():
            self._kind.addItem(words, kind)
        self._add = QPushButton(icon("add"), "Add a tag…", self)
        self._remove = QPushButton("Take away", self)
        for button in (self._add, self._remove):
            button.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addWidget(self._kind)
        buttons.addWidget(self._add)
        buttons.addStretch(1)
        buttons.addWidget(self._remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(said)
        column.addWidget(self._list, 1)
        column.addLayout(buttons)
        self._add.clicked.connect(self._ask)
        self._remove.clicked.connect(self._take_away)
        self._list.itemSelectionChanged.connect(self._look)

    @property
    def links(self) -> frozenset[TagLink]:
        """The links as they are to be."""
        return frozenset(self._links)

    def set_links(self, tree: TagTree, tag: int, links: Collection[TagLink]) -> None:
        """Show the links of a tag."""
        self._tree, self._tag = tree, tag
        self._links = {link for link in links if self._other(link) in tree.by_id}
        self._fill()

    def set_read_only(self, read_only: bool) -> None:
        """Let nothing be changed."""
        for widget in (self._kind, self._add):
            widget.setEnabled(not read_only)
        self._remove.setVisible(not read_only)

    def _other(self, link: TagLink) -> int:
        return link.other if link.one == self._tag else link.one

    def _fill(self) -> None:
        self._list.clear()
        for link in sorted(self._links, key=lambda each: (each.kind, self._path(each))):
            words = f"{LINK_WORDS[link.kind]}: {self._path(link)}"
            item = QListWidgetItem(tag_icon(self._tree.by_id[self._other(link)]), words)
            item.setData(_LINK, link)
            self._list.addItem(item)
        self._look()

    def _path(self, link: TagLink) -> str:
        tag = self._tree.by_id[self._other(link)]
        here = self._tree.by_id.get(self._tag)
        same = here is not None and here.collection == tag.collection
        return self._tree.path(tag.id) if same else self._tree.full_path(tag.id)

    def _look(self) -> None:
        self._remove.setEnabled(bool(self._list.selectedItems()))

    def _ask(self) -> None:
        kind = LinkKind(self._kind.currentData())
        tree, finder = self._tree, TagFinder(self._tree)
        linked = {self._other(link) for link in self._links if link.kind is kind}

        def find(typed: str) -> list[Choice]:
            found = finder.find(typed, limit=_MOST_ROWS)
            return [tag_choice(tree, tag) for tag in found if tag.id not in {*linked, self._tag}]

        def chosen(value: object) -> None:
            if isinstance(value, Tag):
                self._links.add(TagLink.between(self._tag, value.id, kind))
                self._fill()
                self.changed.emit()

        title = f"{LINK_WORDS[kind]} tag"
        self._chooser.ask(Asked(title, "A tag", find, chosen, "No tag is called so. Esc closes."))

    def _take_away(self) -> None:
        for item in self._list.selectedItems():
            self._links.discard(item.data(_LINK))
        self._fill()
        self.changed.emit()
