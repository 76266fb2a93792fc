"""Who is told of what about the query itself: its parts, its filters, what is switched off."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.core.query_words import leaf_in_words
from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.question import Question
from desktop_app.ui.search.part import Part
from desktop_app.ui.search.query_line import OffPart
from desktop_app.ui.search.written import Spot

if TYPE_CHECKING:
    from desktop_app.library.searching import Answer


class SearchJoins(QObject):
    """The connections of the box, the line under it and the filters of one window."""

    def __init__(self, question: Question, actions: Actions, window: MainWindow) -> None:
        super().__init__(window)
        self._question = question
        self._box = window.header.search
        self._line = window.list.query_line
        self._window = window
        self._counted: tuple[str, ...] = ()  # the parts that the answer counted though off
        self._connect(actions)

    def _connect(self, actions: Actions) -> None:
        box, line, question = self._box, self._line, self._question
        line.part_chosen.connect(box.choose)
        line.part_toggled.connect(box.toggle)
        line.part_removed.connect(box.remove)
        line.left.connect(box.focus)
        box.parts_changed.connect(self._on_parts)
        box.emptied.connect(self._say_emptied)
        question.answered.connect(self._on_answer)
        self._window.list.sort_chosen.connect(lambda _sort: box.forget_order())
        actions.on("search.parts", self._go_to_parts)

    def _on_answer(self, answer: Answer, _new: bool) -> None:
        self._box.set_wrong(_wrong(answer))
        self._counted = self._question.off_asked
        self._show_off()

    def _say_emptied(self) -> None:
        left = self._box.written.chips
        said = (
            self.tr("The words are gone; Esc takes the filters too, Ctrl+Z brings the words back.")
            if left
            else self.tr("The search box is empty; Ctrl+Z in it brings back what stood there.")
        )
        self._window.status.say(said)

    def _go_to_parts(self) -> None:
        if not self._line.focus():
            self._box.focus()

    def _on_parts(self) -> None:
        """Let what is switched off be counted with the next answer, and show it at once."""
        self._question.off = tuple(str(spot.leaf) for spot in self._off_spots())
        self._show_off()

    def _show_off(self) -> None:
        answer = self._question.answer
        counts: dict[str, int | None] = {}
        if answer is not None and len(answer.off) == len(self._counted):
            counts = dict(zip(self._counted, (each.count for each in answer.off), strict=True))
        self._line.set_off(
            OffPart(spot.part, leaf_in_words(spot.leaf), counts.get(str(spot.leaf)))
            for spot in self._off_spots()
        )

    def _off_spots(self) -> list[Spot]:
        written = self._box.written
        return [] if written.all_on else [spot for spot in written.spots() if not spot.part.on]


def _wrong(answer: Answer) -> list[Part]:
    """The parts that an answer could not be given for."""
    if not answer.errors:
        return []
    seen: Counter[str] = Counter()
    places = {(error.start, error.end) for error in answer.errors}
    found: list[Part] = []
    for leaf in answer.query.parts():
        text = answer.query.source[leaf.start : leaf.end]
        if (leaf.start, leaf.end) in places:
            found.append(Part(text, seen[text]))
        seen[text] += 1
    return found
