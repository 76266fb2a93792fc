"""Putting tags on documents or on highlights while one types: the card that T opens.

A tag that all of them carry has a tick, one that some carry a dash. Enter ticks or unticks the
marked row; the keys stay in the field. A name that is nearly that of a tag is asked about once
before a tag is made of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from heapq import nlargest

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app.core.model import Tag
from desktop_app.library.commands import AddTag, Command, RemoveTag
from desktop_app.library.highlight_commands import TagHighlights
from desktop_app.library.tags.carrying import Carriers
from desktop_app.library.tags.commands import CreateTag, TakeOffMade
from desktop_app.library.tags.near_names import NearName
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.look.tag_mark import tag_icon
from desktop_app.ui.models.asked_tags import AskedTags
from desktop_app.ui.models.document_words import highlights_in_words
from desktop_app.ui.models.near_tags import difference, question_about
from desktop_app.ui.models.tag_finding import Found
from desktop_app.ui.models.tag_lookup import TagLookup
from desktop_app.ui.models.tag_names import alias_words, path_problem, tag_at_path
from desktop_app.ui.models.tag_words import documents_in_words
from desktop_app.ui.panes.card import Card
from desktop_app.ui.panes.choice_list import Choice, Mark, tag_choice
from desktop_app.ui.panes.fields import OneLine, label, short, show_problem_of
from desktop_app.ui.panes.flow import FlowLayout

_MOST_CHIPS = 12
_MOST_ROWS = 60


class TagPicker(Card):
    """The card; open_for shows it."""

    command = Signal(object)

    def __init__(self, host: QWidget) -> None:
        super().__init__("Tags", "", host)
        self._lookup = TagLookup(TagTree())
        self._ids: tuple[int, ...] = ()
        self._on_marks = False  # whether the tags are those of highlights
        self._carried: Counter[int] = Counter()
        self.asked = AskedTags()
        self._shown: object = None  # what the chips show
        self._most: list[Tag] | None = None  # see _carrying; None where it may be another
        self._asked = ""  # the name that was asked about: once more makes it
        self._title = OneLine("title", self)
        self._problem = label("", "problem", self)
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._chips = QWidget(self)
        self._chip_flow = FlowLayout(self._chips)
        self.field.setPlaceholderText("A tag, or place/Syria")
        self.column.insertWidget(0, self._title)
        self.column.insertWidget(1, self._chips)
        self.column.insertWidget(3, self._problem)
        self.field.textEdited.connect(self._look)
        self.list.picked.connect(self._pick)

    def open_for(
        self,
        carriers: Carriers,
        lookup: TagLookup,
        *,
        on_marks: bool = False,
        found: str = "",
        settled: int | None = None,
    ) -> None:
        """Show the card for documents, or for highlights; open for them already, look anew.

        found: what they are, in words, where it is all that was found rather than what was chosen.
        settled: how many of the things asked for here were done when the carriers were looked up,
        None for all; they do not overrule what was asked after that.
        """
        ids = carriers.ids
        same = (ids, on_marks) == (self._ids, self._on_marks)
        again = same and self.is_open
        self._ids, self._on_marks = ids, on_marks
        self._carried = Counter(carriers.tags)
        self._most = None
        self._lookup = lookup
        if not again:
            self.asked.begin(keep=same)
        for tag, on in self.asked.left(self._tree, settled):
            self._carried[tag] = len(ids) if on else 0
        if not again:
            self.field.clear()
            self._say("")
            one = f"“{short(carriers.title, 120)}”" if carriers.title else ""
            self._title.setText(f"Tags of {one or found or self._counted()}")
            puts = (
                "Enter puts a tag on or takes it off"
                if len(ids) == 1
                else f"Enter tags {self._counted()}, or takes the tag off where all have it"
            )
            self.hints.setText(
                f"{puts} · Ctrl+Enter makes a new one · Backspace takes off the last · Esc closes"
            )
        self._show(keep_row=again)
        if not again:
            self.open_card()

    def key_in_field(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            choice = self.list.current()
            if control and self.field.text().strip():
                self._make(self.field.text())
            elif choice is not None:
                self._pick(choice)
            elif self.field.text().strip():
                self._make(self.field.text())
            else:
                self.close_card()
            return True
        if event.key() == Qt.Key.Key_Backspace and not self.field.text():
            # Held down to empty the field, it goes no further than that.
            if not event.isAutoRepeat():
                self._take_off_last()
            return True
        return super().key_in_field(event)

    # What is shown.

    def _counted(self) -> str:
        return (highlights_in_words if self._on_marks else documents_in_words)(len(self._ids))

    @property
    def _tree(self) -> TagTree:
        return self._lookup.tree

    def _look(self) -> None:
        self._say("")
        self._show(keep_row=False)

    def _say(self, problem: str) -> None:
        self._asked = ""
        show_problem_of(self.field, self._problem, problem)

    def _show(self, *, keep_row: bool) -> None:
        typed = self.field.text().strip()
        found = self._lookup.finder.look(typed, limit=_MOST_ROWS)
        carrying = self._carrying()
        if not typed:
            known = {each.tag.id for each in found}
            found += [Found(tag) for tag in carrying if tag.id not in known][:_MOST_ROWS]
            found.sort(key=lambda each: not self._carried[each.tag.id])
        rows = [self._row(each) for each in found]
        near = self._lookup.near.of(typed) if typed else []
        if self._asked:
            rows = [self._near_row(each) for each in near] + [
                row for row in rows if row.tag not in [each.tag for each in near]
            ]
        elif not any(each.by is None for each in found[:1]):
            known = {each.tag.id for each in found}
            rows += [self._near_row(each) for each in near if each.tag.id not in known]
        if typed and not path_problem(self._tree, typed, parent=None):
            exact = self._lookup.finder.exact(typed)
            new = Choice(typed, f"New tag “{short(typed, 60)}”", right="Ctrl+Enter", icon="add")
            rows.insert(1 if exact is not None and rows else len(rows), new)
        # With nothing typed no row is marked: Enter then means that one has finished.
        self.list.set_choices(rows, keep_row=keep_row, mark=bool(typed))
        self._show_chips(carrying)

    def _row(self, found: Found) -> Choice:
        tag = found.tag
        row = tag_choice(self._tree, tag, self._right(tag), self._mark_of(tag))
        if found.by is None:
            return row
        return replace(row, detail=f"{alias_words(found.by)} · {row.detail}".removesuffix(" · "))

    def _near_row(self, near: NearName) -> Choice:
        row = tag_choice(self._tree, near.tag, self._right(near.tag), self._mark_of(near.tag))
        said = difference(near)
        if near.name != near.tag.name:
            said = f"also called {near.name}: {said}"
        return replace(row, detail=f"{said} · {row.detail}".removesuffix(" · "))

    def _right(self, tag: Tag) -> str:
        here = self._carried[tag.id]
        if 0 < here < len(self._ids):
            return f"{here:,} of {len(self._ids):,}"
        counts = self._tree.highlights if self._on_marks else self._tree.own
        return f"{counts.get(tag.id, 0):,}"

    def _mark_of(self, tag: Tag) -> Mark:
        here = self._carried[tag.id]
        if not here:
            return Mark.NONE
        return Mark.ALL if here >= len(self._ids) else Mark.SOME

    def _carrying(self) -> list[Tag]:
        """The tags that most of them carry, by path, and at the end those that were put on last."""
        if self._most is None:
            self._most = self._find_carrying()
        return self._most

    def _find_carrying(self) -> list[Tag]:
        known = self._tree.by_id
        latest = [tag for tag in self.asked.latest(self._tree) if self._carried[tag]]
        others = [
            (count, -tag)
            for tag, count in self._carried.items()
            if count and tag not in latest and tag in known
        ]
        most = [-tag for _, tag in nlargest(max(_MOST_CHIPS - len(latest), 0), others)]
        most.sort(key=self._tree.path)
        return [known[tag] for tag in (*most, *latest)]

    def _show_chips(self, carrying: Sequence[Tag]) -> None:
        every = len(self._ids)
        shown = [(tag, self._carried[tag.id]) for tag in carrying[-_MOST_CHIPS:]]
        more = sum(1 for count in self._carried.values() if count) - len(shown)
        if (shown, more, every) == self._shown:
            return  # they are made anew only where they are others
        self._shown = shown, more, every
        self._chip_flow.clear()
        for tag, here in shown:
            name = short(tag.name)
            text = name if here == every else f"{name} · {here:,} of {every:,}"
            chip = QPushButton(tag_icon(tag), f"{text} ×".replace("&", "&&"), self._chips)
            chip.setProperty("kind", "chip")
            chip.setAccessibleName(f"Take off the tag {tag.name}")
            chip.setToolTip(f"Take off “{self._tree.path(tag.id)}”")
            chip.clicked.connect(lambda _=False, ident=tag.id: self._take_off(ident))
            self._chip_flow.add(chip)
        if more > 0:
            self._chip_flow.add(label(f"and {more:,} more", "small", self._chips))
        self._chips.setVisible(bool(shown))

    # What is asked for.

    def _pick(self, choice: object) -> None:
        assert isinstance(choice, Choice)
        tag = choice.value
        if not isinstance(tag, Tag):
            self._make(str(tag))
        elif self._mark_of(tag) is Mark.ALL:
            self._take_off(tag.id)
        else:
            self._put_on(tag.id)

    @property
    def _targets(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The documents and the highlights that get the tags: one of the two."""
        return ((), self._ids) if self._on_marks else (self._ids, ())

    def _put_on(self, tag: int) -> None:
        # Shown at once; what carries it, when it has been read after this, has the last word.
        self._carried[tag] = len(self._ids)
        self._most = None
        self.asked.ask(tag, on=True)
        self._ask(TagHighlights(tag, self._ids) if self._on_marks else AddTag(tag, self._ids))

    def _take_off(self, tag: int) -> None:
        self._carried[tag] = 0
        self._most = None
        self.asked.ask(tag, on=False)
        off = TagHighlights(tag, self._ids, False) if self._on_marks else RemoveTag(tag, self._ids)
        self._ask(off)

    def _take_off_last(self) -> None:
        made = self.asked.being_made()
        if made is not None:
            self.asked.ask(made, on=False)
            self._ask(TakeOffMade(made, *self._targets))
            return
        carrying = self._carrying()
        if carrying:
            self._take_off(carrying[-1].id)

    def _make(self, path: str) -> None:
        said = path_problem(self._tree, path, parent=None)
        if said:
            known = tag_at_path(self._tree, path, parent=None)
            if known is not None:
                self._put_on(known.id)
            else:
                self._say(said)
        elif self._asked != path.strip() and (near := self._lookup.near.of(path)):
            self._ask_about(path.strip(), near)
        else:
            self.asked.ask(path, on=True)
            documents, highlights = self._targets
            self._ask(CreateTag(path, documents=documents, highlights=highlights))

    def _ask_about(self, path: str, near: Sequence[NearName]) -> None:
        """Ask whether a tag that is there already is meant; once more makes the new one."""
        self._say(question_about(self._tree, path, near, sure="Ctrl+Enter once more"))
        self._asked = path
        self._show(keep_row=False)

    def _ask(self, command: Command) -> None:
        # Unlike clear, this leaves nothing to be undone in the field: Ctrl+Z takes the tag off.
        self.field.setText("")
        self._look()
        self.command.emit(command)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
