"""A card in which one thing is chosen by typing: a tag that a verb is about, a collection to use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_app.ui.panes.card import Card
from desktop_app.ui.panes.choice_list import Choice
from desktop_app.ui.panes.fields import OneLine


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for. find: gives the rows for what is typed. then: is told the chosen value.

    nothing: said where no row fits.
    """

    title: str
    hint: str
    find: Callable[[str], Sequence[Choice]]
    then: Callable[[object], None]
    nothing: str


class Chooser(Card):
    """The card; ask shows it."""

    def __init__(self, host: QWidget) -> None:
        super().__init__("Choose", "", host)
        self._asked: Asked | None = None
        self._title = OneLine("title", self)
        self.column.insertWidget(0, self._title)
        self.field.textEdited.connect(self._look)
        self.list.picked.connect(self._pick)

    def ask(self, asked: Asked) -> None:
        """Ask for one thing; what was asked before is asked no more."""
        self._asked = asked
        self._title.setText(asked.title)
        self.setAccessibleName(asked.title)
        self.field.setAccessibleName(asked.title)
        self.field.setPlaceholderText(asked.hint)
        self.field.clear()
        self._look()
        self.open_card()

    def look_again(self) -> None:
        """Look anew: what can be chosen may have changed."""
        if self.is_open:
            self._look(keep_row=True)

    def key_in_field(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            choice = self.list.current()
            if choice is not None:
                self._pick(choice)
            return True
        return super().key_in_field(event)

    def _look(self, _text: str = "", *, keep_row: bool = False) -> None:
        if self._asked is None:
            return
        rows = self._asked.find(self.field.text())
        self.list.set_choices(rows, keep_row=keep_row)
        self.hints.setText("Enter chooses · Esc closes" if rows else self._asked.nothing)

    def _pick(self, choice: object) -> None:
        assert isinstance(choice, Choice)
        if self._asked is None or not choice.enabled:
            return
        then = self._asked.then
        self.close_card()
        then(choice.value)
