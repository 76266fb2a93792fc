"""What is said of a tag at the head of its page: where it stands, when to use it, what it stands to."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QWidget,
)

from desktop_app.core.language_names import language_name
from desktop_app.core.model import LinkKind, Tag
from desktop_app.core.tag_aliases import AliasKind
from desktop_app.core.words import name_key
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.look.tag_mark import tag_icon
from desktop_app.ui.look.theme import Theme
from desktop_app.ui.panes.fields import label, short
from desktop_app.ui.panes.flow import FlowLayout

MOST_LINKS = 40  # of the tags below one; more are counted
_MOST_HIGH = 0.4  # of the page
_MARK = 13  # pixels, of the mark in a link

_KINDS = {
    AliasKind.ALIAS: "",
    AliasKind.ABBREVIATION: "abbreviation",
    AliasKind.FORMER: "former name",
    AliasKind.LANGUAGE: "",
}


class TagAbout(QScrollArea):
    """Texts and links, as high as they are until they would take the list's room."""

    tag_asked = Signal(int)  # another tag's page
    edit_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[TagTree, int] | None = None
        self._room = 600
        self.setObjectName("tagAbout")
        self.setStyleSheet("#tagAbout, #tagAbout > QWidget > QWidget { background: transparent; }")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("About the tag"))
        self._begin()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        if self._shown is not None:
            self.show_tag(*self._shown)

    def show_tag(self, tree: TagTree, tag_id: int) -> None:
        """Show what is said of a tag; the tree knows it."""
        self._shown = (tree, tag_id)
        tag = tree.by_id[tag_id]
        self._begin()
        said = False
        for name, text in (
            (self.tr("Definition"), tag.definition),
            (self.tr("Use when"), tag.use_when),
            (self.tr("Not when"), tag.not_when),
            (self.tr("Examples"), tag.examples),
        ):
            if text.strip():
                said = True
                self._add_text(name, text.strip())
        if tag.aliases:
            self._add_text(self.tr("Also called"), _aliases(tag))
        for kind, name in (
            (LinkKind.RELATED, self.tr("Related to")),
            (LinkKind.OPPOSITE, self.tr("Opposite of")),
        ):
            self._add_tags(name, tree, linked(tree, tag_id, kind))
        self._add_tags(self.tr("Below it"), tree, tree.children(tag_id, tag.collection))
        if not said:
            self._add_invitation()
        self._rows.setRowStretch(self._rows.rowCount(), 1)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._fit()
        return False

    def fit(self, height: int) -> None:
        """Take so much of a page of a height as is needed, and no more than a share of it."""
        self._room = height
        self._fit()

    def _fit(self) -> None:
        needed = self._rows.totalHeightForWidth(max(self.viewport().width(), 80)) + 1
        most = round(self._room * _MOST_HIGH)
        bars = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            bars.ScrollBarAsNeeded if needed > most else bars.ScrollBarAlwaysOff
        )
        self.setFixedHeight(max(1, min(needed, most)))

    # Rows.

    def _begin(self) -> None:
        """Begin an empty page: the rows of a grid never become fewer."""
        self._page = QWidget(self)
        self._rows = QGridLayout(self._page)
        self._rows.setContentsMargins(0, 2, 6, 4)
        self._rows.setHorizontalSpacing(12)
        self._rows.setVerticalSpacing(5)
        self._rows.setColumnStretch(1, 1)
        self._page.installEventFilter(self)
        self.setWidget(self._page)

    def _name(self, name: str) -> QLabel:
        made = label(name, "small", self._page)
        made.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        return made

    def _add_text(self, name: str, text: str) -> None:
        row = self._rows.rowCount()
        words = label(text, "", self._page)
        words.setWordWrap(True)
        words.setAccessibleName(name)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._rows.addWidget(self._name(name), row, 0, Qt.AlignmentFlag.AlignTop)
        self._rows.addWidget(words, row, 1)

    def _add_tags(self, name: str, tree: TagTree, tags: Iterable[Tag]) -> None:
        listed = list(tags)
        if not listed:
            return
        row = self._rows.rowCount()
        place = QWidget(self._page)
        flow = FlowLayout(place)
        for tag in listed[:MOST_LINKS]:
            flow.add(self._link(place, tree, tag))
        if len(listed) > MOST_LINKS:
            more = self.tr("and {0} more").format(f"{len(listed) - MOST_LINKS:,}")
            flow.add(label(more, "small", place))
        self._rows.addWidget(self._name(name), row, 0, Qt.AlignmentFlag.AlignTop)
        self._rows.addWidget(place, row, 1)

    def _link(self, place: QWidget, tree: TagTree, tag: Tag) -> QPushButton:
        count = tree.with_children.get(tag.id, 0)
        made = QPushButton(tag_icon(tag, self._theme), short(tag.name).replace("&", "&&"), place)
        made.setProperty("kind", "chip")
        made.setIconSize(QSize(_MARK, _MARK))
        made.setToolTip(tree.full_path(tag.id))
        documents = self.tr(", 1 document") if count == 1 else f", {count:,} documents"
        said = self.tr("Page of the tag {0}{1}").format(tag.name, documents if tree.whole else "")
        made.setAccessibleName(said)
        made.clicked.connect(self._asker(tag.id))
        return made

    def _add_invitation(self) -> None:
        row = self._rows.rowCount()
        place = QWidget(self._page)
        flow = FlowLayout(place)
        words = self.tr("Nothing is written down yet of when to use this tag.")
        sentence = label(words, "small", place)
        sentence.setContentsMargins(0, 4, 0, 0)  # on the line of the button beside it
        flow.add(sentence)
        write = QPushButton(self.tr("Write it down"), place)
        write.setProperty("kind", "link")
        write.clicked.connect(self.edit_asked)
        flow.add(write)
        self._rows.addWidget(place, row, 0, 1, 2)

    def _asker(self, tag: int) -> Callable[[], None]:
        return lambda: self.tag_asked.emit(tag)


class Ways(QWidget):
    """The way down to a tag: its collection and the tags above it, each leading to its page."""

    tag_asked = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, gap=2)

    def show_tag(self, tree: TagTree, tag_id: int) -> None:
        """Show where a tag stands."""
        self._flow.clear()
        tag = tree.by_id[tag_id]
        collection = next(each for each in tree.collections if each.id == tag.collection)
        states = [collection.name]
        states += [self.tr("locked")] if collection.locked else []
        states += [self.tr("archived")] if collection.archived or tag.archived else []
        states += [self.tr("key {0}").format(tag.key)] if tag.key is not None else []
        self._flow.add(label(" · ".join(states), "small", self))
        above: list[Tag] = []
        here = tag
        while here.parent is not None:
            here = tree.by_id[here.parent]
            above.insert(0, here)
        for each in above:
            button = QPushButton(short(each.name).replace("&", "&&"), self)
            button.setProperty("kind", "part")
            button.setToolTip(tree.path(each.id))
            button.setAccessibleName(self.tr("Page of the tag {0}, above it").format(each.name))
            button.clicked.connect(self._asker(each.id))
            self._flow.add(label("›", "small", self))
            self._flow.add(button)

    def _asker(self, tag: int) -> Callable[[], None]:
        return lambda: self.tag_asked.emit(tag)


def linked(tree: TagTree, tag: int, kind: LinkKind) -> list[Tag]:
    """The tags that stand to a tag in some way, by name."""
    others = (
        link.other if link.one == tag else link.one
        for link in tree.links.get(tag, ())
        if link.kind is kind
    )
    found = [tree.by_id[other] for other in others if other in tree.by_id]
    return sorted(found, key=lambda each: (name_key(each.name), each.id))


def _aliases(tag: Tag) -> str:
    """The other names of a tag, each with what it is."""
    parts = []
    for alias in tag.aliases:
        what = _KINDS[alias.kind] or (language_name(alias.language) if alias.language else "")
        parts.append(f"{alias.name} ({what})" if what else alias.name)
    return ", ".join(parts)
