"""What can be decided about the highlight at hand, as buttons that name their keys."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app.core.highlights import Standing
from desktop_app.library.reviewing import ReviewCase
from desktop_app.ui.panes.flow import FlowLayout

_CHANGING = ("review.accept", "review.move", "review.put_here", "review.delete")


@dataclass(frozen=True, slots=True)
class _Verb:
    """A button below the comparison. key: a letter that does the same, "" for none."""

    action: str
    text: str
    key: str = ""
    primary: bool = False


_FOR_CLOSE = (
    _Verb("review.accept", "Accept", "A", primary=True),
    _Verb("review.move", "Move by hand", "M"),
    _Verb("review.put_here", "Put it here"),
    _Verb("review.delete", "Delete", "D"),
    _Verb("review.next", "Next", "N"),
)
_FOR_LOST = (
    _Verb("review.look", "Look at the likely place"),
    _Verb("review.find", "Find in the document"),
    _Verb("review.search", "Search the library"),
    _Verb("review.move", "Move by hand", "M"),
    _Verb("review.put_here", "Put it here"),
    _Verb("review.delete", "Delete", "D"),
    _Verb("review.next", "Next", "N"),
)


class ReviewButtons(QWidget):
    """The buttons that fit what is at hand."""

    action_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.writable = True
        self._can_put = False
        self._flow = FlowLayout(self, gap=6)
        self.made: dict[str, QPushButton] = {}

    def show_case(self, case: ReviewCase | None, *, moving: bool) -> None:
        """Show what can be done; moving: a passage is to be selected in the reader."""
        self._flow.clear()
        self.made.clear()
        if case is None:
            return
        lost = case.highlight.standing is Standing.LOST
        needless = {
            "review.put_here": not (moving or lost),
            "review.move": moving,
            "review.look": case.likely is None,
        }
        for verb in _FOR_LOST if lost else _FOR_CLOSE:
            if not needless.get(verb.action):
                self._make(verb, moving=moving)
        self.set_can_put(self._can_put)

    def set_can_put(self, can: bool) -> None:
        """Say whether a passage of the right document is selected."""
        self._can_put = can
        button = self.made.get("review.put_here")
        if button is not None:
            button.setEnabled(can and self.writable)

    def _make(self, verb: _Verb, *, moving: bool) -> None:
        button = QPushButton(f"{self.tr(verb.text)}  {verb.key}".rstrip(), self)
        button.setAccessibleName(self.tr(verb.text))
        if verb.action == "review.put_here" if moving else verb.primary:
            button.setProperty("kind", "primary")
        if verb.action in _CHANGING:
            button.setEnabled(self.writable)
        button.clicked.connect(partial(self._ask, verb.action))
        self.made[verb.action] = button
        self._flow.add(button)

    def _ask(self, action: str, _checked: bool = False) -> None:
        self.action_asked.emit(action)
