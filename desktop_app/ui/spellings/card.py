"""The card of similar words: for a word, the spellings near it that the library has.

One click adds a spelling to the search, another joins it to the name. The card shows what it is
given and asks for the rest.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.name_families import spelling_key
from desktop_app.library.spellings import Spellings
from desktop_app.ui.panes.card import Card
from desktop_app.ui.panes.fields import label, short
from desktop_app.ui.spellings.row import SpellingRow
from desktop_app.ui.spellings.words import AskedWord, asks_for_name, is_asked

_WIDTH, _HEIGHT = 560, 480
_EDGE = 12
_LEAST_ROWS = 60  # high, also where there is nothing
_MOST_WORDS = 6  # of the query that have a button


class SpellingsCard(Card):
    """The card; open_word shows it."""

    word_asked = Signal(str)  # whose spellings are wanted
    add_asked = Signal(str, object)  # word, Spelling
    join_asked = Signal(str, object)
    name_asked = Signal(str)  # search for the name that the word is a spelling of
    leave_asked = Signal(str)  # the word is no longer to be a spelling of its name

    def __init__(self, host: QWidget, anchor: QWidget) -> None:
        super().__init__(
            "Word",
            "Down: to the spellings · Left and Right: add or join · Esc closes",
            host,
        )
        self.setAccessibleName(self.tr("Similar words"))
        self._anchor = anchor
        self._text = ""
        self._shown = Spellings.nothing()
        self._rows: list[SpellingRow] = []
        self._word_buttons: dict[str, QToolButton] = {}
        self._back: tuple[str, str] | None = None  # the button to give the keys back to
        self.list.hide()
        self.column.removeWidget(self.list)
        self.field.setPlaceholderText(self.tr("A word or a name"))
        self._words = QWidget(self)
        self._words_row = QHBoxLayout(self._words)
        self._words_row.setContentsMargins(0, 0, 0, 0)
        self._words_row.setSpacing(6)
        self._said = label("", "small", self)
        self._said.setWordWrap(True)
        self._inside = QWidget(self)
        self._inside_column = QVBoxLayout(self._inside)
        self._inside_column.setContentsMargins(0, 0, 0, 0)
        self._inside_column.setSpacing(0)
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setStyleSheet(
            "QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }"
        )
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._inside)
        self._name = QPushButton(self)
        self._leave = QPushButton(self)
        below = QHBoxLayout()
        below.addWidget(self._name)
        below.addWidget(self._leave)
        below.addStretch(1)
        self.column.insertWidget(0, label(self.tr("SIMILAR WORDS"), "section", self))
        self.column.insertWidget(2, self._words)
        self.column.insertWidget(3, self._said)
        self.column.insertWidget(4, self._area, 1)
        self.column.insertLayout(5, below)
        self.field.textEdited.connect(self.word_asked)
        self._name.clicked.connect(lambda: self.name_asked.emit(self._shown.asked.forms))
        self._leave.clicked.connect(lambda: self.leave_asked.emit(self._shown.asked.forms))
        self.show_spellings(Spellings.nothing())

    @property
    def word(self) -> str:
        """The word that is looked at, as it was written."""
        return self.field.text()

    def open_word(self, word: str) -> None:
        """Show the card and ask for the spellings of a word."""
        self.field.setText(word)
        self.open_card()
        self.field.selectAll()
        self.word_asked.emit(word)

    def show_query(self, text: str, words: Sequence[AskedWord]) -> None:
        """Show what is asked now: its words can be chosen, and what of the spellings is in it."""
        self._text = text
        self._word_buttons.clear()
        while (item := self._words_row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for each in words[:_MOST_WORDS]:
            made = QToolButton(self._words)
            made.setText(short(each.forms, 24))
            made.setAccessibleName(self.tr("Spellings of “{0}”").format(each.forms))
            made.setProperty("kind", "choice")
            made.setCheckable(True)
            made.setChecked(each.forms == self._shown.asked.forms)
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._word_buttons[each.forms] = made
            made.clicked.connect(lambda _on=False, forms=each.forms: self._look_at(forms))
            self._words_row.addWidget(made)
        self._words_row.addStretch(1)
        self._words.setVisible(len(words) > 1)
        self._lay_rows()

    def show_spellings(self, shown: Spellings) -> None:
        """Show the spellings of a word."""
        self._shown = shown
        asked, family = shown.asked, shown.family
        said = self._count_words(asked.forms, asked.documents)
        if family is not None:
            others = [each for each in family.spellings if each != asked.forms]
            joined = ", ".join(f"“{each}”" for each in others)
            said += " " + self.tr("Joined to the name “{0}”, with {1}.").format(family.name, joined)
        elif asked.forms and not shown.near:
            said += " " + self.tr("No other word of the library is near it in spelling.")
        self._said.setText(said)
        self._said.setVisible(bool(said))
        for forms, button in self._word_buttons.items():
            button.setChecked(forms == asked.forms)
        self._lay_rows()

    def key_in_field(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._rows:
                self._to_row(0, "add")
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
            return True
        return False

    def _count_words(self, forms: str, documents: int) -> str:
        if not forms:
            return self.tr("Type a word to see how it is spelled in this library.")
        if not documents:
            return self.tr("No document says “{0}”.").format(forms)
        number = "1 document says" if documents == 1 else f"{documents:,} documents say"
        return self.tr("{0} “{1}”.").format(number, forms)

    def _look_at(self, forms: str) -> None:
        self.field.setText(forms)
        self.word_asked.emit(forms)

    def _lay_rows(self) -> None:
        """Make the rows anew; the button that has the keys keeps them."""
        back = self._back
        for row in self._rows:
            for name in ("add", "join"):
                if row.button(name).hasFocus():
                    back = (row.spelling.forms, name)
            if back is not None:
                # Else the keys would go to whatever comes next while the rows are made.
                self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self._inside_column.removeWidget(row)
            row.hide()
            row.deleteLater()
        while self._inside_column.count():
            self._inside_column.takeAt(0)
        of = self._shown.asked.forms
        self._rows = [
            SpellingRow(each, of=of, asked=is_asked(self._text, each.forms), parent=self._inside)
            for each in self._shown.near
        ]
        for row in self._rows:
            self._inside_column.addWidget(row)
            row.add_asked.connect(self._ask_add)
            row.join_asked.connect(self._ask_join)
            row.stepped.connect(self._step)
        self._inside_column.addStretch(1)
        self._back = None
        if back is not None:
            forms = [row.spelling.forms for row in self._rows]
            if back[0] in forms:
                self._to_row(forms.index(back[0]), back[1])
        self._show_buttons(of)
        if self.isVisible():
            self._place()

    def _show_buttons(self, of: str) -> None:
        joined = self._shown.family is not None
        self._name.setVisible(joined and not asks_for_name(self._text, of))
        self._name.setText(self.tr("Search for name:{0}").format(short(of, 24)))
        self._leave.setVisible(joined)
        self._leave.setText(self.tr("Part “{0}” from its name").format(short(of, 24)))

    def _ask_add(self, spelling: object) -> None:
        self.add_asked.emit(spelling_key(self.word), spelling)

    def _ask_join(self, spelling: object) -> None:
        self.join_asked.emit(spelling_key(self.word), spelling)

    def _step(self, by: int, button: str) -> None:
        row = self.sender()
        at = next((i for i, each in enumerate(self._rows) if each is row), 0) + by
        if at < 0:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif at < len(self._rows):
            self._to_row(at, button)

    def _to_row(self, at: int, button: str) -> None:
        row = self._rows[at]
        row.button(button).setFocus(Qt.FocusReason.TabFocusReason)
        self._area.ensureWidgetVisible(row, 0, 4)

    def _place(self) -> None:
        scale = max(1.0, self.fontMetrics().height() / 18)
        room = self._host.size()
        width = min(round(_WIDTH * scale), room.width() - 2 * _EDGE)
        below = self._anchor.mapTo(self._host, QPoint(self._anchor.width(), self._anchor.height()))
        self._inside_column.activate()
        rows = max(self._inside_column.sizeHint().height(), round(_LEAST_ROWS * scale)) + 4
        around = self.column.sizeHint().height() - self._area.sizeHint().height()
        most = min(round(_HEIGHT * scale), room.height() - below.y() - 4 - _EDGE)
        height = min(around + rows, most)
        left = min(max(below.x() - width, _EDGE), room.width() - width - _EDGE)
        self.setGeometry(left, below.y() + 4, width, max(height, 160))
