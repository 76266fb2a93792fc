"""Asks into which other tag a tag is to go up, and says first what that comes to."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.core.errors import Problem
from desktop_app.core.model import Tag
from desktop_app.core.words import name_key
from desktop_app.library.tags.previews import MergePreview, Overlap
from desktop_app.library.tags.tidying import MergeTags
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.dialogs.parts import open_at
from desktop_app.ui.models.tag_finding import TagFinder
from desktop_app.ui.models.tag_words import tags_in_words
from desktop_app.ui.panes.choice_list import ChoiceList, tag_choice
from desktop_app.ui.panes.fields import label, short

_REST_MS = 120  # so long a tag is marked before a merge with it is counted
_MOST_ROWS = 200


class MergeDialog(QDialog):
    """A line to type in, the tags that fit, and what the merge would come to. Not modal."""

    command = Signal(object)
    count_asked = Signal(int, int)  # the tag that goes up, and the one that stays

    def __init__(
        self,
        tree: TagTree,
        tag: int,
        parent: QWidget,
        *,
        winner: int | None = None,
        taken: bool = False,
    ) -> None:
        """winner: marked at first. taken: its name is the one that the other was to get."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._loser = tag
        self._first = winner
        self._taken = label("", "", self)
        self._taken.setWordWrap(True)
        self._taken.hide()
        self._counted: tuple[int, MergePreview] | None = None
        self._refused = ""
        self._tree = TagTree()
        self._finder = TagFinder(self._tree)
        self._barred: set[int] = set()
        self._field = QLineEdit(self)
        self._field.setPlaceholderText("The tag that stays")
        self._rows = ChoiceList("Tags that fit", self)
        self._said = label("", "muted", self)
        self._said.setWordWrap(True)
        self._said.setMinimumHeight(self._said.fontMetrics().lineSpacing() * 5)
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._turn = QPushButton("The other way round", self)
        self._merge = QPushButton("Merge", self)
        self._merge.setProperty("kind", "primary")
        cancel = QPushButton("Cancel", self)
        self._place(cancel)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._count)
        cancel.clicked.connect(self.reject)
        self._merge.clicked.connect(self.merge)
        self._merge.setDefault(True)
        self._turn.clicked.connect(self.turn)
        self._turn.setAutoDefault(False)
        self._field.textChanged.connect(self._look)
        self._rows.selectionModel().currentChanged.connect(self._mark)
        self._rows.doubleClicked.connect(self.merge)
        if taken and winner is not None and winner in tree.by_id:
            name = short(tree.by_id[winner].name)
            self._taken.setText(f"There is a tag “{name}” already. Merge the two?")
            self._taken.show()
        self.set_tags(tree)

    def _place(self, cancel: QPushButton) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self._turn)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self._merge)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(self._taken)
        column.addWidget(self._field)
        column.addWidget(self._rows, 1)
        column.addWidget(self._said)
        column.addLayout(buttons)
        open_at(self, 480, 440)

    def set_tags(self, tree: TagTree) -> None:
        """Look anew: the tags have changed."""
        if self._loser not in tree.by_id:
            self.reject()
            return
        self._tree, self._finder = tree, TagFinder(tree)
        self._counted = None
        self._take(self._loser)

    def merge(self) -> None:
        """Ask for the merge with the tag that is marked, and close."""
        winner = self._winner()
        if winner is not None and self._merge.isEnabled():
            self.command.emit(MergeTags(self._loser, winner.id))
            self.accept()

    def turn(self) -> None:
        """Let the marked tag be the one that goes up in this one."""
        winner = self._winner()
        if winner is not None:
            self._first = self._loser
            self._field.clear()
            self._take(winner.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._rows.step_by_key(event):
            super().keyPressEvent(event)

    def _take(self, loser: int) -> None:
        """Be about a tag that is to go up in another."""
        self._loser = loser
        tree, tag = self._tree, self._tree.by_id[loser]
        self._barred = {loser, *(below.id for below in tree.below(loser))} | {
            other.id for other in tree.tags if other.collection != tag.collection
        }
        self.setWindowTitle(f"Merge “{tag.name}” into another tag")
        self._field.setAccessibleName(f"The tag that “{tag.name}” goes up in")
        self._look()

    def _look(self) -> None:
        typed = self._field.text()
        found = self._finder.find(typed, limit=_MOST_ROWS, but=self._barred)
        if not typed:
            name = name_key(self._tree.by_id[self._loser].name)
            found.sort(key=lambda tag: not _like(name_key(tag.name), name))
        if self._first is not None and not typed:
            found.sort(key=lambda tag: tag.id != self._first)
            first = self._tree.by_id.get(self._first)
            if first is not None and first not in found and first.id not in self._barred:
                found.insert(0, first)
        own = self._tree.own
        self._rows.set_choices(
            [tag_choice(self._tree, tag, f"{own.get(tag.id, 0):,}") for tag in found]
        )
        self._mark()

    def _winner(self) -> Tag | None:
        row = self._rows.current()
        return row.value if row is not None and isinstance(row.value, Tag) else None

    def _mark(self) -> None:
        winner = self._winner()
        self._refused = ""
        self._merge.setEnabled(winner is not None)
        self._turn.setEnabled(winner is not None)
        if winner is not None and (self._counted is None or self._counted[0] != winner.id):
            self._rest.start()
        self._say()

    def _count(self) -> None:
        winner = self._winner()
        if winner is not None:
            self.count_asked.emit(self._loser, winner.id)

    def show_count(self, loser: int, winner: int, counted: MergePreview) -> None:
        """Say what the merge of two tags comes to, where they are still the ones that are meant."""
        if loser == self._loser:
            self._counted = winner, counted
            self._say()

    def show_refused(self, problem: Problem) -> None:
        """Say why the two cannot be merged."""
        self._refused = str(problem)
        self._merge.setEnabled(False)
        self._say()

    def _say(self) -> None:
        winner = self._winner()
        if winner is None:
            self._said.setText("No other tag of this collection fits.")
        elif self._refused:
            self._said.setText(self._refused)
        elif self._counted is None or self._counted[0] != winner.id:
            self._said.setText("Counting…")
        else:
            self._said.setText(merge_words(self._tree.by_id[self._loser], winner, self._counted[1]))


def merge_words(loser: Tag, winner: Tag, counted: MergePreview) -> str:
    """Say what a merge comes to."""
    said = [f"Documents: {_sum(counted.documents)}"]
    if counted.highlights.after:
        said.append(f"Highlights: {_sum(counted.highlights)}")
    if counted.tags_below:
        below = f"{tags_in_words(counted.tags_below)} below “{loser.name}” goes along"
        if counted.tags_below > 1:
            below = f"{tags_in_words(counted.tags_below)} below “{loser.name}” go along"
        if counted.merged_below:
            below += f", {counted.merged_below:,} of them into tags of the same name"
        said.append(below)
    gained = ", ".join(f"“{name}”" for name in counted.aliases_gained)
    if gained:
        said.append(f"“{winner.name}” will also be called {gained}")
    if counted.texts_cut:
        said.append(
            "What is said of the two is too long for one tag; the end is cut off: "
            f"{', '.join(counted.texts_cut)}"
        )
    return "\n".join(said)


def _sum(counted: Overlap) -> str:
    """Write a sum as it is reckoned: 41 + 12, 3 in common: 50."""
    said = f"{counted.loser:,} + {counted.winner:,}"
    common = f", {counted.both:,} in common" if counted.both else ""
    return f"{said}{common}: {counted.after:,}"


def _like(one: str, other: str) -> bool:
    """Tell whether two names have the same letters, or one begins with the other."""
    shorter, longer = sorted((one, other), key=len)
    return (len(shorter) > 2 and longer.startswith(shorter)) or sorted(one) == sorted(other)
