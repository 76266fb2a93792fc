"""What is known about one document or many, to be set by hand.

Only a field that was touched is written. A field that is being typed in outlives a refresh of the
same documents, and is saved before other documents are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.errors import Problem
from desktop_app.core.model import Document, FactName, Proposal
from desktop_app.library.commands import SetFacts
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.look.icons import icon
from desktop_app.ui.look.tag_mark import tag_icon
from desktop_app.ui.models.fact_rows import offers_of
from desktop_app.ui.models.tags import documents_in_words
from desktop_app.ui.panes.fact_field import FactField
from desktop_app.ui.panes.fact_texts import (
    WORDS,
    FactValue,
    media_in_words,
    moment_in_words,
    shared,
)
from desktop_app.ui.panes.facts_grid import FactsGrid
from desktop_app.ui.panes.fields import label, short
from desktop_app.ui.panes.flow import FlowLayout

_ORDER = (
    FactName.TITLE,
    FactName.AUTHORS,
    FactName.PUBLISHED,
    FactName.SOURCE,
    FactName.URL,
    FactName.LANGUAGE,
)
_WORDS_A_MINUTE = 230
_MOST_CHIPS = 24


class DetailsPane(QFrame):
    """The pane; set_documents fills it."""

    command = Signal(object)
    problem = Signal(object)  # a Problem: something typed could not be saved
    link_copied = Signal(str)
    tag_asked = Signal()
    tag_menu_asked = Signal(int, QPoint)  # a tag, where on the screen
    attachments_asked = Signal()
    closed = Signal()
    documents_shown = Signal(object)  # a tuple of Documents, also where they are the same again

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "list")
        self.setAccessibleName("Details")
        self._documents: tuple[Document, ...] = ()
        self._tree = TagTree()
        self._read_only = False
        self._heading = label("Details", "title", self)
        self._close = QToolButton(self)
        self._close.setIcon(icon("close"))
        self._close.setAccessibleName("Close the details")
        self._empty = label(
            "Choose a document, or several, to see and set its title, authors and date.",
            "muted",
            self,
        )
        self._empty.setWordWrap(True)
        self._inside = QWidget(self)
        self._inside.setProperty("surface", "list")
        self._fields = {fact: FactField(fact, self._inside) for fact in _ORDER}
        self._copy = QPushButton("Copy address", self._inside)
        self._copy.setProperty("kind", "link")
        self._chips = QWidget(self._inside)
        self._chip_flow = FlowLayout(self._chips)
        self._add_tag = QPushButton("Add tag…", self._inside)
        self._add_tag.setProperty("kind", "link")
        self._rest = FactsGrid(self._inside)
        self._attachments = QPushButton(self._inside)
        self._attachments.setProperty("kind", "link")
        self._place()
        self._connect()
        self.set_documents(())

    def _place(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        top.addWidget(self._close)
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 6, 8)
        column.setSpacing(12)
        for fact, field in self._fields.items():
            column.addWidget(field)
            if fact is FactName.URL:
                column.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(label("TAGS", "section", self._inside))
        column.addWidget(self._chips)
        column.addWidget(self._add_tag, 0, Qt.AlignmentFlag.AlignLeft)
        self._file_heading = label("FILE", "section", self._inside)
        column.addWidget(self._file_heading)
        column.addWidget(self._rest)
        column.addWidget(self._attachments, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setProperty("surface", "list")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 8, 8, 8)
        outer.addLayout(top)
        outer.addWidget(self._empty)
        outer.addWidget(self._scroll, 1)

    def _connect(self) -> None:
        for field in self._fields.values():
            field.changed.connect(self._set)
        self._close.clicked.connect(self.closed)
        self._add_tag.clicked.connect(self.tag_asked)
        self._copy.clicked.connect(self._copy_link)
        self._attachments.clicked.connect(self.attachments_asked)

    @property
    def has_unsaved(self) -> bool:
        """Whether something was typed that is not saved yet."""
        return any(field.touched for field in self._fields.values())

    def commit(self) -> bool:
        """Save what is being typed; False where something cannot be, and stays in its field."""
        # Every field is asked, also behind one that cannot be saved.
        saved = [field.commit() for field in self._fields.values()]
        return all(saved)

    def add_section(self, heading: str, part: QWidget) -> None:
        """Put a part of somebody else's making above what is said of the file."""
        column = self._inside.layout()
        assert isinstance(column, QVBoxLayout)
        place = column.indexOf(self._file_heading)
        named = label(heading, "section", self._inside)
        column.insertWidget(place, named)
        column.insertWidget(place + 1, part)
        # What is about one document has no place beside several.
        self.documents_shown.connect(lambda shown: named.setVisible(len(shown) == 1))
        self.documents_shown.connect(lambda shown: part.setVisible(len(shown) == 1))

    def set_read_only(self, read_only: bool) -> None:
        """Let nothing be typed, for a library that cannot be written."""
        self._read_only = read_only
        self._add_tag.setVisible(not read_only)
        for field in self._fields.values():
            field.line.setReadOnly(read_only)

    def set_documents(
        self,
        documents: Sequence[Document],
        *,
        proposals: Sequence[Proposal] = (),
        attachments: int = 0,
    ) -> None:
        """Show documents; the same ones again are a refresh.

        proposals, attachments: of the one document, where there is one.
        """
        again = [document.id for document in documents] == [d.id for d in self._documents]
        if not again:
            self._save_or_say()
        self._documents = tuple(documents)
        some, many = bool(documents), len(documents) > 1
        self._empty.setVisible(not some)
        self._scroll.setVisible(some)
        self._heading.setText(documents_in_words(len(documents)) if many else "Details")
        self.documents_shown.emit(self._documents)
        if not some:
            return
        offers = offers_of(proposals)
        for fact, field in self._fields.items():
            said = shared(self._documents, fact)
            if again and field.touched:
                field.keep_typing(said)
            else:
                field.show_fact(said, len(documents))
            field.set_offers(offers.get(fact, ()))
        # One title for several documents would lose the others' without a thought.
        self._fields[FactName.TITLE].setVisible(not many)
        self._copy.setVisible(not many and bool(documents[0].facts.url))
        count = "1 attachment…" if attachments == 1 else f"{attachments:,} attachments…"
        self._attachments.setText(count)
        self._attachments.setVisible(attachments > 0)
        self._show_chips()
        self._show_rest()

    def set_tags(self, tree: TagTree) -> None:
        """Show the tags by their names and colours of now."""
        self._tree = tree
        self._show_chips()

    def _set(self, fact: FactName, value: FactValue) -> None:
        ids = tuple(document.id for document in self._documents)
        if ids and not self._read_only:
            self.command.emit(SetFacts(ids, {fact: value}))

    def _save_or_say(self) -> None:
        """Save before other documents are shown; say what cannot be, since its field goes away."""
        for field in self._fields.values():
            typed = field.line.text()
            if not field.commit():
                of = self._documents[0].title if len(self._documents) == 1 else ""
                of = f"“{of}”" if of else documents_in_words(len(self._documents))
                name = WORDS[field.fact].name.lower()
                self.problem.emit(
                    Problem(
                        f"The {name} of {of} was left as it was: “{typed[:60]}” cannot be one.",
                        field.problem,
                    )
                )
                field.give_back()

    def _copy_link(self) -> None:
        url = self._documents[0].facts.url if self._documents else None
        if url:
            QGuiApplication.clipboard().setText(url)
            self.link_copied.emit(url)

    def _show_chips(self) -> None:
        self._chip_flow.clear()
        carried: dict[int, int] = {}
        for document in self._documents:
            for carried_tag in document.tags:
                carried[carried_tag] = carried.get(carried_tag, 0) + 1
        known = [ident for ident in carried if ident in self._tree.by_id]
        for ident in sorted(known, key=lambda one: (-carried[one], one))[:_MOST_CHIPS]:
            tag = self._tree.by_id[ident]
            share = "" if carried[ident] == len(self._documents) else f" · {carried[ident]:,}"
            text = f"{short(tag.name)}{share}".replace("&", "&&")
            chip = QPushButton(tag_icon(tag), text, self._chips)
            chip.setProperty("kind", "chip")
            chip.setToolTip(self._tree.path(ident))
            chip.setAccessibleName(f"Tag {tag.name}{share}: change the tags")
            chip.clicked.connect(self.tag_asked)
            chip.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            chip.customContextMenuRequested.connect(self._page_asker(chip, ident))
            self._chip_flow.add(chip)
        if len(known) > _MOST_CHIPS:
            more = f"and {len(known) - _MOST_CHIPS:,} more"
            self._chip_flow.add(label(more, "small", self._chips))
        self._chips.setVisible(bool(known))

    def _page_asker(self, chip: QPushButton, tag: int) -> Callable[[QPoint], None]:
        return lambda at: self.tag_menu_asked.emit(tag, chip.mapToGlobal(at))

    def _show_rest(self) -> None:
        if len(self._documents) == 1:
            (one,) = self._documents
            rows = [
                ("Name", one.file_name),
                ("Type", media_in_words(one.media_type)),
                ("Length", length_in_words(one.words)),
                ("Added", moment_in_words(one.added_at)),
            ]
        else:
            rows = [("Length", length_in_words(sum(d.words for d in self._documents)))]
        self._rest.set_facts(rows)


def length_in_words(words: int) -> str:
    """Say how long a text is and takes to read."""
    minutes = max(1, round(words / _WORDS_A_MINUTE))
    time = f"{minutes} min" if minutes < 90 else f"{round(minutes / 60)} h"
    return f"{words:,} words, about {time}" if words != 1 else "1 word"
