"""The list of phrases that are folded: switched on and off, added, changed, removed, tried out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.folding import KINDS, Phrase, PhraseRefused, Phrases, merged
from desktop_app.core.folding_phrases import BUILT_IN
from desktop_app.library.fold_commands import ChangeFoldPhrase, RemoveFoldPhrase, SetFoldPhrase
from desktop_app.ui.models.fold_phrases import FROM, KIND, PHRASE, PhraseTable
from desktop_app.ui.panes.fields import label, mark, show_problem_of
from desktop_app.ui.panes.plain_table import PlainTable

_WHAT = (
    "A line that is nothing but one of these phrases is folded in every text. * stands for any "
    "words, # for a number, one/other for either, (word) for one that may be missing. Capitals, "
    "accents and punctuation make no difference."
)
_BUILT_IN = frozenset(phrase.phrase for phrase in BUILT_IN)
_TYPING_MS = 150


class PhrasesPage(QWidget):
    """The page. Every change can be undone."""

    command = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = PhraseTable(self)
        self._looked = Phrases(())
        self._own: tuple[Phrase, ...] = ()
        what = label(_WHAT, "muted", self)
        what.setWordWrap(True)
        self._find = self._line("Filter the phrases", "Filter by words")
        self._find.setClearButtonEnabled(True)
        self._kind = QComboBox(self)
        for named in (self._kind, self._kind.view()):
            named.setAccessibleName("Which kind is shown")
        self._kind.addItems(["All kinds", *KINDS])
        self._count = label("", "small", self)
        self._view = PlainTable(
            self._table, "Phrases", self, wide=PHRASE, widths={KIND: 20, FROM: 10}
        )
        self._view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._phrase = self._line("A phrase", "A phrase of your own: read more on *")
        self._as = QComboBox(self)
        for named in (self._as, self._as.view()):
            named.setAccessibleName("What the phrase is folded as")
        self._as.addItems(KINDS)
        self._add = QPushButton("Add", self)
        self._change = QPushButton("Change", self)
        self._remove = QPushButton("Remove", self)
        self._problem = label("", "problem", self)
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._try = self._line("A line to try", "Paste a line of a text to see what becomes of it")
        self._told = label("", "muted", self)
        self._told.setWordWrap(True)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_TYPING_MS)
        self._place(what)
        self._connect()
        self._refresh()

    def _line(self, name: str, example: str) -> QLineEdit:
        made = QLineEdit(self)
        made.setAccessibleName(name)
        made.setPlaceholderText(example)
        return made

    def _place(self, what: QWidget) -> None:
        filters = QHBoxLayout()
        filters.addWidget(self._find, 1)
        filters.addWidget(self._kind)
        filters.addWidget(self._count)
        below = QGridLayout()
        below.setHorizontalSpacing(8)
        below.addWidget(self._phrase, 0, 0)
        below.addWidget(self._as, 0, 1)
        below.addWidget(self._add, 0, 2)
        below.addWidget(self._change, 0, 3)
        below.addWidget(self._remove, 0, 4)
        below.addWidget(self._problem, 1, 0, 1, 5)
        below.addWidget(self._try, 2, 0)
        below.addWidget(self._told, 2, 1, 1, 4)
        below.setColumnStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 12, 4, 4)
        column.setSpacing(10)
        column.addWidget(what)
        column.addLayout(filters)
        column.addWidget(self._view, 1)
        column.addLayout(below)
        for button in (self._add, self._change, self._remove):
            button.setAutoDefault(False)

    def _connect(self) -> None:
        self._table.switched.connect(self._switch)
        self._find.textChanged.connect(self._soon.start)
        self._soon.timeout.connect(self._filter)
        self._kind.currentIndexChanged.connect(self._filter)
        self._view.selectionModel().selectionChanged.connect(self._take)
        self._phrase.textEdited.connect(self._forgive)
        self._phrase.returnPressed.connect(self._ask_to_add)
        self._add.clicked.connect(self._ask_to_add)
        self._change.clicked.connect(self._ask_to_change)
        self._remove.clicked.connect(self._ask_to_remove)
        self._try.textChanged.connect(self._tell)

    def set_phrases(self, own: Sequence[Phrase]) -> None:
        """Show the phrases. own: the user's, and those that came with Postil and are off."""
        if tuple(own) == self._own and self._table.rowCount():
            return
        self._own = tuple(own)
        chosen = self._chosen()
        phrases = merged(BUILT_IN, own)
        top = self._view.verticalScrollBar().value()
        self._table.set_phrases(phrases, _BUILT_IN)
        self._looked = Phrases(phrases)
        self._view.verticalScrollBar().setValue(top)
        row = self._table.row_of(chosen.phrase) if chosen is not None else None
        if row is not None:
            self._view.selectRow(row)
        self._refresh()
        self._tell()

    def _chosen(self) -> Phrase | None:
        chosen = next(self._view.chosen_rows(), None)
        return self._table.row_at(chosen[0]).phrase if chosen is not None else None

    def _filter(self) -> None:
        kind = None if self._kind.currentIndex() <= 0 else self._kind.currentText()
        self._table.filter(kind, self._find.text())
        self._refresh()

    def _refresh(self) -> None:
        off = f", {self._table.off:,} off" if self._table.off else ""
        own = f", {self._table.own:,} of your own" if self._table.own else ""
        self._count.setText(f"{self._table.rowCount():,} shown{own}{off}")
        self._refresh_chosen()

    def _refresh_chosen(self) -> None:
        chosen = self._chosen()
        own = chosen is not None and chosen.phrase not in _BUILT_IN
        typed = bool(self._phrase.text().strip())
        self._remove.setEnabled(own)
        self._remove.setToolTip(
            "" if own or chosen is None else "What came with Postil is switched off by its tick."
        )
        self._change.setEnabled(own and typed)
        self._add.setEnabled(typed)

    def _take(self) -> None:
        """Put the chosen phrase into the fields, to be changed."""
        chosen = self._chosen()
        if chosen is not None:
            self._phrase.setText(chosen.phrase)
            self._as.setCurrentText(chosen.kind)
            self._forgive()
        self._refresh_chosen()

    def _forgive(self) -> None:
        show_problem_of(self._phrase, self._problem, "")
        self._refresh_chosen()

    def _typed(self) -> str | None:
        """The typed phrase; None, and a sentence below it, where it cannot be one."""
        typed = " ".join(self._phrase.text().split())
        try:
            Phrases([Phrase(self._as.currentText(), typed)])
        except PhraseRefused as refused:
            show_problem_of(self._phrase, self._problem, str(refused))
            return None
        return typed

    def _switch(self, phrase: Phrase, active: bool) -> None:
        self.command.emit(SetFoldPhrase(phrase.kind, phrase.phrase, active))

    def _ask_to_add(self) -> None:
        typed = self._typed() if self._add.isEnabled() else None
        if typed is not None:
            self.command.emit(SetFoldPhrase(self._as.currentText(), typed, True))
            self._phrase.clear()
            self._refresh_chosen()

    def _ask_to_change(self) -> None:
        chosen, typed = self._chosen(), self._typed()
        if chosen is not None and typed is not None:
            self.command.emit(ChangeFoldPhrase(chosen.phrase, self._as.currentText(), typed))

    def _ask_to_remove(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.command.emit(RemoveFoldPhrase(chosen.phrase))
            self._phrase.clear()

    def _tell(self) -> None:
        """Say which phrase folds the line that is tried."""
        line = self._try.text().strip()
        found = self._looked.match_text(line) if line else None
        mark(self._told, "tone", "" if found is not None else "muted")
        if not line:
            self._told.clear()
        elif found is None:
            self._told.setText("No phrase folds this line.")
        else:
            self._told.setText(f"Folded as {found.kind}, by “{found.phrase}”.")
