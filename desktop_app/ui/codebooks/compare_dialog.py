"""Two people's tags on the same texts: how far they agree, and what only one of them tagged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.codebook import Codebook
from desktop_app.core.model import TagCollection
from desktop_app.library.codebooks.comparing import Comparison, Lone, Side
from desktop_app.ui.codebooks.choosing import choose_rows
from desktop_app.ui.codebooks.compare_tables import (
    BOTH,
    COMMON,
    KAPPA,
    LONE_TAG,
    NEITHER,
    ONLY_A,
    ONLY_B,
    PASSAGE,
    SHARE,
    TAG,
    TEXT,
    WHO,
    AgreementTable,
    LoneTable,
    Unit,
)
from desktop_app.ui.codebooks.words import counted
from desktop_app.ui.dialogs.parts import close_box, open_at
from desktop_app.ui.panes.fields import label
from desktop_app.ui.panes.plain_table import PlainTable

_PASSAGES = (
    "Two passages agree where they share at least half of the longer one. Agreement is the share of "
    "all passages that agree. Kappa counts letters: how far both marked the same ones, beyond chance."
)
_TEXTS = (
    "A text counts for a tag where the tag is on it or on a passage of it. Agreement is the share of "
    "texts that both or neither tagged so. Kappa is Cohen’s: the agreement beyond chance."
)


@dataclass(frozen=True, slots=True)
class Source:
    """Whose tags are compared: a collection by its id, or a file that was read."""

    name: str
    collection: int | None = None
    codebook: Codebook | None = None

    def is_as(self, other: Source) -> bool:
        """Whether it is the same, whatever it is called by now."""
        if self.collection is not None:
            return self.collection == other.collection
        return self.codebook is other.codebook


class CompareDialog(QDialog):
    """The choice of two, the numbers, and the passages. Not modal."""

    compare_asked = Signal(object, object, bool)  # Source, Source, every text
    file_asked = Signal(object)  # the Side that a file is wanted for
    stopped = Signal()  # nobody waits for the comparison any more
    opened = Signal(object)  # Lone
    tags_save_asked = Signal(object)  # Comparison
    lone_save_asked = Signal(object, object)  # Comparison, the rows that are shown

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Compare tags"))
        self.comparison: Comparison | None = None
        self._files: list[Source] = []
        self._collections: tuple[TagCollection, ...] = ()
        self._boxes: dict[Side, QComboBox] = {}
        for side, name in ((Side.A, self.tr("Whose tags")), (Side.B, self.tr("With whose tags"))):
            box = QComboBox(self)
            for named in (box, box.view()):
                named.setAccessibleName(name)
            self._boxes[side] = box
        self._before = {Side.A: 0, Side.B: 0}
        self._units = self._choices([unit.value for unit in Unit])
        self._every = QCheckBox(self.tr("Also texts that only one of them tagged"), self)
        self._said = label("", "", self)
        self._means = label("", "muted", self)
        for wrapped in (self._said, self._means):
            wrapped.setWordWrap(True)
        self._tags = AgreementTable(self)
        self.tags_view = PlainTable(
            self._tags,
            self.tr("How far they agree on each tag"),
            self,
            wide=TAG,
            widths={BOTH: 8, ONLY_A: 21, ONLY_B: 21, NEITHER: 9, SHARE: 12, KAPPA: 9},
        )
        self.tags_view.setSortingEnabled(True)
        self.tags_view.horizontalHeader().setSortIndicator(TAG, Qt.SortOrder.AscendingOrder)
        self._lone = LoneTable(self)
        self.lone_view = PlainTable(
            self._lone,
            self.tr("What only one of them tagged"),
            self,
            wide=PASSAGE,
            widths={LONE_TAG: 20, WHO: 18, TEXT: 26, COMMON: 12},
        )
        self._sides = self._choices([self.tr("By either"), "A", "B"])
        self._lone_said = label("", "muted", self)
        self._stop = QPushButton(self.tr("Stop"), self)
        self._stop.setVisible(False)
        self._stop.setToolTip(self.tr("Stop comparing; nothing is changed by that"))
        self._save_tags = QPushButton(self.tr("Save the numbers…"), self)
        self._save_lone = QPushButton(self.tr("Save the passages…"), self)
        self._place()
        self._connect()
        self._refresh()

    def _choices(self, words: Sequence[str]) -> QButtonGroup:
        group = QButtonGroup(self)
        for number, word in enumerate(words):
            button = QToolButton(self)
            button.setText(word)
            button.setProperty("kind", "choice")
            button.setCheckable(True)
            button.setChecked(number == 0)
            group.addButton(button, number)
        return group

    def _place(self) -> None:
        who = QHBoxLayout()
        who.addWidget(label(self.tr("Compare"), "", self))
        who.addWidget(self._boxes[Side.A], 1)
        who.addWidget(label(self.tr("with"), "", self))
        who.addWidget(self._boxes[Side.B], 1)
        how = QHBoxLayout()
        for button in self._units.buttons():
            how.addWidget(button)
        how.addWidget(self._every)
        how.addStretch(1)
        how.addWidget(self._stop)
        lower = QWidget(self)
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 6, 0, 0)
        sides = QHBoxLayout()
        sides.addWidget(label(self.tr("Tagged only"), "", lower))
        for button in self._sides.buttons():
            sides.addWidget(button)
        sides.addWidget(self._lone_said, 1)
        below.addLayout(sides)
        below.addWidget(self.lone_view, 1)
        parts = QSplitter(Qt.Orientation.Vertical, self)
        parts.addWidget(self.tags_view)
        parts.addWidget(lower)
        parts.setChildrenCollapsible(False)
        buttons = close_box(self)
        for button in (self._save_tags, self._save_lone):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(8)
        column.addLayout(who)
        column.addLayout(how)
        column.addWidget(self._said)
        column.addWidget(parts, 1)
        column.addWidget(self._means)
        column.addWidget(buttons)
        open_at(self, 900, 700)
        for each in self.findChildren(QPushButton):
            each.setAutoDefault(False)

    def _connect(self) -> None:
        for side, box in self._boxes.items():
            box.activated.connect(lambda _at, which=side: self._on_choice(which))
        self._stop.clicked.connect(self.give_up)
        self._units.idClicked.connect(self._change_unit)
        self._every.toggled.connect(self.ask)
        self._sides.idClicked.connect(lambda _id: self._narrow())
        self.tags_view.selectionModel().selectionChanged.connect(self._narrow)
        self._tags.modelReset.connect(self._narrow)
        self.lone_view.doubleClicked.connect(lambda _index: self._open())
        self._save_tags.clicked.connect(lambda: self.tags_save_asked.emit(self.comparison))
        self._save_lone.clicked.connect(
            lambda: self.lone_save_asked.emit(self.comparison, self._lone.shown)
        )
        go = QAction(self.tr("Open at the passage"), self.lone_view)
        go.setShortcuts([QKeySequence("Return"), QKeySequence("Enter")])
        go.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        go.triggered.connect(self._open)
        self.lone_view.addAction(go)
        self.lone_view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    # Whose.

    def set_collections(self, collections: Sequence[TagCollection]) -> None:
        """Offer the collections of the library; what was chosen stays chosen."""
        self._collections = tuple(collections)
        self._fill()

    def add_file(self, side: Side, source: Source) -> None:
        """Offer a file that was read, and compare it."""
        self._files.append(source)
        self._fill()
        self._boxes[side].setCurrentIndex(len(self._collections) + len(self._files) - 1)
        self._before[side] = self._boxes[side].currentIndex()
        self.ask()

    def give_up_file(self, side: Side) -> None:
        """No file was chosen: what was compared before is."""
        self._boxes[side].setCurrentIndex(self._before[side])

    def _fill(self) -> None:
        active = next((n for n, each in enumerate(self._collections) if each.active), 0)
        others = [n for n in range(len(self._collections)) if n != active]
        first = {Side.A: active, Side.B: others[0] if others else active}
        for side, box in self._boxes.items():
            known = box.currentData()
            sources = [Source(each.name, each.id) for each in self._collections] + self._files
            box.clear()
            for source in sources:
                box.addItem(source.name, source)
            box.addItem(self.tr("A file…"), None)
            at = next(
                (
                    n
                    for n, each in enumerate(sources)
                    if isinstance(known, Source) and each == known
                ),
                first[side],
            )
            box.setCurrentIndex(at)
            self._before[side] = at

    def source(self, side: Side) -> Source | None:
        """Who is chosen."""
        chosen = self._boxes[side].currentData()
        return chosen if isinstance(chosen, Source) else None

    def _on_choice(self, side: Side) -> None:
        if self.source(side) is None:
            self.file_asked.emit(side)
        else:
            self._before[side] = self._boxes[side].currentIndex()
            self.ask()

    def ask(self) -> None:
        """Ask for the comparison of the two that are chosen."""
        self.set_comparison(None)
        self.ask_again()

    def ask_again(self) -> None:
        """Ask for it once more; what is shown stays until then."""
        a, b = self.source(Side.A), self.source(Side.B)
        if a is None or b is None:
            return
        if a.is_as(b):
            self.stopped.emit()
            self.set_comparison(None)
            self._said.setText(
                self.tr("Choose two different ones, or a file that somebody else exported.")
            )
        else:
            if self.comparison is None:
                self._said.setText(self.tr("Comparing…"))
            self._stop.setVisible(True)
            self.compare_asked.emit(a, b, self._every.isChecked())

    def give_up(self) -> None:
        """Wait no longer for the comparison that is under way; what is shown stays."""
        self._stop.setVisible(False)
        self.stopped.emit()
        if self.comparison is None:
            self._said.setText(
                self.tr("Stopped: nothing is compared. Choose whose tags to compare again.")
            )

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody waits for a comparison that is not seen."""
        super().hideEvent(event)
        if not event.spontaneous() and not self._stop.isHidden():
            self.give_up()

    # What came of it.

    def set_comparison(self, comparison: Comparison | None) -> None:
        """Show what came of it; what was chosen stays chosen."""
        views = (self.tags_view, self.lone_view)
        tops = [view.verticalScrollBar().value() for view in views]
        tags = {self._tags.path_at(row) for row in _rows(self.tags_view)}
        lone = {self._lone.shown[row] for row in _rows(self.lone_view)}
        self.comparison = comparison
        self._stop.setVisible(False)
        self._tags.set_comparison(comparison)
        self._lone.set_comparison(comparison)
        paths = [self._tags.path_at(row) for row in range(self._tags.rowCount())]
        choose_rows(self.tags_view, [n for n, path in enumerate(paths) if path in tags])
        self._refresh()
        choose_rows(self.lone_view, [n for n, one in enumerate(self._lone.shown) if one in lone])
        for view, top in zip(views, tops, strict=True):
            view.verticalScrollBar().setValue(top)

    def _change_unit(self, number: int) -> None:
        unit = tuple(Unit)[number]
        self._tags.set_unit(unit)
        self._refresh()

    def _refresh(self) -> None:
        found = self.comparison
        texts = self._units.checkedId() == 1
        self._means.setText(self.tr(_TEXTS if texts else _PASSAGES))
        self.tags_view.setColumnHidden(NEITHER, not texts)
        for button in (self._save_tags, self._save_lone):
            button.setEnabled(found is not None)
        if found is not None:
            self._said.setText(_said(found))
            for number, name in enumerate(found.names, 1):
                self._sides.button(number).setText(self.tr("By {0}").format(name))
        self._narrow()

    def _narrow(self) -> None:
        paths = {self._tags.path_at(row) for row in _rows(self.tags_view)}
        tags = None if None in paths or not paths else frozenset(filter(None, paths))
        side = (None, Side.A, Side.B)[self._sides.checkedId()]
        self._lone.narrow(tags, side)
        count = len(self._lone.shown)
        some = tags is not None
        words = counted(count, "place", "places") + (" of the chosen tags" if some else "")
        self._lone_said.setText(words if self.comparison is not None else "")
        self._save_lone.setEnabled(count > 0)

    def _open(self) -> None:
        if rows := _rows(self.lone_view):
            found: Lone = self._lone.shown[rows[0]]
            self.opened.emit(found)


def _rows(view: PlainTable) -> list[int]:
    return [row for first, last in view.chosen_rows() for row in range(first, last + 1)]


def _said(found: Comparison) -> str:
    """What was compared, in sentences."""
    a, b = found.names
    parts = [f"{counted(found.texts, 'text is', 'texts are')} compared"]
    if found.texts != found.tagged_by_both:
        parts[0] += f", of which both tagged {found.tagged_by_both:,}"
    left = []
    if found.only_a:
        left.append(f"{found.only_a:,} only {a}")
    if found.only_b:
        left.append(f"{found.only_b:,} only {b}")
    if left:
        parts.append(f"{' and '.join(left)} tagged at all")
    if found.away:
        parts.append(f"{counted(found.away, 'text is', 'texts are')} not in this library")
    if found.unfound:
        words = counted(found.unfound, "passage was", "passages were")
        parts.append(f"{words} not found in the texts as they are here, and left out")
    if not found.measured:
        parts.append("kappa of passages is of the texts in this library")
    return f"{'. '.join(part[0].upper() + part[1:] for part in parts)}."
