"""Who is told of what about similar words: the card, the search that it changes, the names."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_app.core.changes import Changes, Kind
from desktop_app.library.family_commands import JoinSpellings, LeaveFamily
from desktop_app.library.spellings import Spelling, Spellings
from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.question import Question
from desktop_app.ui.session import Session
from desktop_app.ui.spellings.card import SpellingsCard
from desktop_app.ui.spellings.words import (
    asked_words,
    is_asked,
    with_name,
    with_spelling,
    without_spelling,
    word_at,
)

_COUNTED_ANEW = (Kind.ADDED, Kind.REMOVED, Kind.STATE, Kind.TEXT, Kind.FAMILIES, Kind.NOTES)


class SpellingJoins(QObject):
    """The connections of the similar words of one window."""

    def __init__(
        self, session: Session, question: Question, actions: Actions, window: MainWindow
    ) -> None:
        super().__init__(window)
        self._session = session
        self._question = question
        self._box = window.header.search
        self._button = window.header.spellings
        self.card = SpellingsCard(window, self._box)
        self.card.word_asked.connect(self._look)
        self.card.add_asked.connect(self._add_or_take_out)
        self.card.join_asked.connect(self._join_or_part)
        self.card.name_asked.connect(lambda forms: self._ask(with_name(self._text, forms)))
        self.card.leave_asked.connect(lambda forms: session.do(LeaveFamily(forms)))
        self._button.clicked.connect(self.open_card)
        question.asked.connect(self._on_asked)
        session.changed.connect(self._on_changes)
        session.index_changed.connect(lambda _state: self._look_again())
        actions.on("search.spellings", self.open_card)
        self._on_asked()

    @property
    def _text(self) -> str:
        return self._box.text

    def open_card(self) -> None:
        """Show the spellings of a word of the search, or of one that is typed then."""
        if self.card.is_open:
            self.card.close_card()
            return
        words = asked_words(self._text)
        line = self._box.line
        here = word_at(line.text(), line.place) or word_at(line.text(), len(line.text()))
        self.card.show_query(self._text, words)
        # Where the cursor stands in no word, what was written last.
        self.card.open_word(here or (words[-1].forms if words else ""))

    def _look(self, word: str) -> None:
        self._session.read(lambda library: library.spellings(word), self._show, key="spellings")

    def _show(self, shown: Spellings) -> None:
        self.card.show_spellings(shown)

    def _look_again(self) -> None:
        if self.card.is_open:
            self._look(self.card.word)

    def _on_asked(self) -> None:
        words = asked_words(self._text)
        self._button.setVisible(bool(words))
        if self.card.is_open:
            self.card.show_query(self._text, words)

    def _on_changes(self, changes: Changes) -> None:
        if changes.touches(*_COUNTED_ANEW):
            self._look_again()

    def _add_or_take_out(self, word: str, spelling: Spelling) -> None:
        if is_asked(self._text, spelling.forms):
            self._ask(without_spelling(self._text, spelling.forms))
        else:
            self._ask(with_spelling(self._text, word, spelling.forms))

    def _join_or_part(self, word: str, spelling: Spelling) -> None:
        if spelling.joined:
            self._session.do(LeaveFamily(spelling.forms), failed=self._refused)
        else:
            self._session.do(JoinSpellings((word, spelling.forms)), failed=self._refused)

    def _refused(self, error: Exception) -> None:
        self._session.say_problem(error)
        self._look_again()

    def _ask(self, text: str) -> None:
        self._box.rewrite(text)
        self._question.set_text(self._box.text, at_once=True)
