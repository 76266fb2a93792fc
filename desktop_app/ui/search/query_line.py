"""The line under the box: what ran, in words, each part a control; notes; what cannot be, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.query import Query
from desktop_app.core.query_tree import Leaf
from desktop_app.core.query_words import in_words, leaf_in_words
from desktop_app.library.telling import partial_note
from desktop_app.ui.panes.fields import label, mark
from desktop_app.ui.search.part import Part
from desktop_app.ui.search.part_button import AROUND, PartButton
from desktop_app.ui.search.sentence import pieces
from desktop_app.ui.search.sentence_flow import SentenceFlow

if TYPE_CHECKING:
    from desktop_app.library.searching import Answer

_MOST_PARTS = 40  # that are controls; a sentence of more is text
_LONGEST = 400  # letters in one piece that are shown
_MOST_LINES = 6  # of the sentence; a longer one is scrolled


@dataclass(frozen=True, slots=True)
class OffPart:
    """A part that is switched off. count: of the documents it would hold; None until counted."""

    part: Part
    words: str
    count: int | None = None


class QueryLine(QFrame):
    """What an answer says of its query. Parts are told as `Part`."""

    part_chosen = Signal(object)
    part_toggled = Signal(object)
    part_removed = Signal(object)
    left = Signal()  # Esc on a part

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 0, 14, 8)
        column.setSpacing(3)
        self._parts = _Parts(self)
        self._parts.setAccessibleName(self.tr("What was searched for"))
        self._notes = self._label("small", "Notes on the search")
        self._errors = self._label("problem", "What is wrong with the search")
        for widget in (self._parts, self._notes, self._errors):
            column.addWidget(widget)
        self._words = ""
        self._off: tuple[OffPart, ...] = ()
        self._said: tuple[tuple[str, Part | None], ...] = ()
        self._wrong: set[Part] = set()
        self.setVisible(False)

    @property
    def text(self) -> str:
        """The sentence that says what ran."""
        return self._words

    @property
    def buttons(self) -> Sequence[PartButton]:
        """The controls of the parts, those that are switched off behind the others."""
        return self._parts.buttons

    def show_answer(self, answer: Answer, *, searched: bool) -> None:
        """Show what an answer says of itself; nothing where nothing was searched for."""
        self._words = answer.words if searched else ""
        many = len(answer.query.parts()) > _MOST_PARTS
        leaves = _as_said(answer.query) if searched and not many else []
        parts = _parts_of(answer.query) if leaves else {}
        wrong = {(error.start, error.end) for error in answer.errors}
        before = (self._said, self._wrong)
        self._wrong = {parts[id(leaf)] for leaf in leaves if (leaf.start, leaf.end) in wrong}
        said = pieces(self._words, [leaf_in_words(leaf) for leaf in leaves])
        self._said = tuple(
            (piece.text, None if piece.part is None else parts[id(leaves[piece.part])])
            for piece in said
        )
        if (self._said, self._wrong) != before:
            self._show_parts()
        # How far it is partial has a line of its own.
        notes = [note for note in answer.notes if note not in partial_note(answer.behind)]
        self._set(self._notes, " ".join(notes) if searched else "")
        self._set(self._errors, "\n".join(error.message for error in answer.errors))
        self._show_or_hide()

    def set_off(self, off: Iterable[OffPart]) -> None:
        """Show behind the sentence what is written and switched off."""
        off = tuple(off)
        if off != self._off:
            self._off = off
            self._show_parts()
            self._show_or_hide()

    def focus(self) -> bool:
        """Put the keys on the first part; False where there is none."""
        return self._parts.focus()

    def _show_parts(self) -> None:
        at = self._parts.focused()
        text_at = "" if at is None else self._parts.buttons[at].part.text
        self._parts.clear()
        for text, part in self._said:
            if part is None:
                self._parts.add_words(self._cut(text))
            else:
                self._join(self._parts.add_part(part, text, wrong=part in self._wrong))
        if self._off:
            self._parts.add_words(" " + self.tr("· switched off:") + " ")
        for off in self._off:
            count = "" if off.count is None else f" ({off.count:,})"
            self._join(self._parts.add_part(off.part, f"{off.words}{count}"))
        self._parts.setVisible(bool(self._said or self._off))
        self._parts.setAccessibleDescription(self._words)
        self._parts.updateGeometry()
        if at is not None:
            self._parts.focus(at, text=text_at)

    def _cut(self, text: str) -> str:
        """The words between two parts, or the beginning of a sentence of too many parts."""
        if len(text) <= _LONGEST:
            return text
        words = text[:_LONGEST].rsplit(" ", 1)[0]
        left = len(text[len(words) :].split())
        return self.tr("{0} … and {1} more words; the box holds all of it").format(
            words, f"{left:,}"
        )

    def _join(self, button: PartButton) -> None:
        button.chosen.connect(self.part_chosen)
        button.toggled_asked.connect(self.part_toggled)
        button.removed.connect(self.part_removed)
        button.left.connect(self.left)

    def _show_or_hide(self) -> None:
        shown = (self._parts, self._notes, self._errors)
        self.setVisible(any(not widget.isHidden() for widget in shown))

    def _label(self, tone: str, name: str) -> QLabel:
        made = label("", tone, self)
        made.setWordWrap(True)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        made.setAccessibleName(self.tr(name))
        made.setContentsMargins(4, 0, 4, 0)
        made.setVisible(False)
        return made

    def _set(self, shown: QLabel, text: str) -> None:
        shown.setText(text)
        shown.setAccessibleDescription(text)
        shown.setVisible(bool(text))


def _as_said(query: Query) -> list[Leaf]:
    """The parts in the order of the sentence, in which what is left out comes last."""
    found: list[Leaf] = []

    def note(leaf: Leaf) -> str:
        found.append(leaf)
        return ""

    in_words(query.tree, note)
    return found


def _parts_of(query: Query) -> dict[int, Part]:
    """The name of each part, by which the box knows it, by the identity of its leaf."""
    seen: Counter[str] = Counter()
    named: dict[int, Part] = {}
    for leaf in query.parts():
        text = query.source[leaf.start : leaf.end]
        named[id(leaf)] = Part(text, seen[text])
        seen[text] += 1
    return named


class _Parts(QScrollArea):
    """Words and controls set in lines as text is; one stop for Tab, arrows go from part to part."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._page = QWidget(self)
        self._page.setObjectName("queryParts")
        self.setStyleSheet("QScrollArea, #queryParts { background: transparent; }")
        self._flow = SentenceFlow(self._page)
        self._hugs = False  # what comes next stands right behind what came last
        self._last_words: QWidget = self._page
        self.setWidget(self._page)
        self.buttons: list[PartButton] = []

    def clear(self) -> None:
        """Take everything away."""
        self._flow.clear()
        self._hugs = False
        self.buttons = []

    def add_words(self, text: str) -> None:
        """Put words at the end, one by one, so that lines break between them.

        Where there is no blank between words and a control, they hug each other.
        """
        words = text.split()
        for number, word in enumerate(words):
            made = label(word, "small", self._page)
            hugs = not number and not text[0].isspace() and bool(self.buttons)
            hugged = number == len(words) - 1 and not text[-1].isspace()
            # A control has room of its own around its words.
            first, last = not number and self.buttons, number == len(words) - 1
            before, behind = 1 if first else 2, 1 if last else 2
            made.setContentsMargins(0 if hugs else before, 1, 0 if hugged else behind, 1)
            made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            if hugs:
                self._flow.add_hugging(made, AROUND)
            else:
                self._flow.add(made)
            self._last_words = made
        self._hugs = bool(words) and not text[-1].isspace()

    def add_part(self, part: Part, text: str, *, wrong: bool = False) -> PartButton:
        """Put the control of a part at the end. wrong: it cannot be answered."""
        made = PartButton(part, text, self._page)
        mark(made, "wrong", "true" if wrong else "false")
        number = len(self.buttons)
        made.setFocusPolicy(_TAB if not number else Qt.FocusPolicy.ClickFocus)
        made.stepped.connect(lambda by: self._step(number, by))
        made.reached.connect(lambda: self._reach(number))
        self.buttons.append(made)
        if self._hugs:
            self._flow.add_hugging(made, AROUND)
            made.stackUnder(self._last_words)  # its frame must not hide the bracket
        else:
            self._flow.add(made)
        self._hugs = False
        return made

    def focused(self) -> int | None:
        """The number of the part that has the keys."""
        return next((n for n, button in enumerate(self.buttons) if button.hasFocus()), None)

    def focus(self, number: int | None = None, *, text: str = "") -> bool:
        """Put the keys on a part, the last where there is no such; None: the one Tab would reach.

        text: of the part that had them, which may stand elsewhere now.
        """
        if not self.buttons:
            return False
        same = [n for n, button in enumerate(self.buttons) if text and button.part.text == text]
        if same and number is not None:
            before = number
            number = min(same, key=lambda each: abs(each - before))
        if number is None:
            reached = (n for n, each in enumerate(self.buttons) if each.focusPolicy() == _TAB)
            number = next(reached, 0)
        button = self.buttons[min(number, len(self.buttons) - 1)]
        button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def heightForWidth(self, width: int) -> int:
        line = self.fontMetrics().height() + 4
        return min(self._flow.heightForWidth(width), _MOST_LINES * line)

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(self.width(), 120)))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.fontMetrics().height())

    def _step(self, number: int, by: int) -> None:
        if 0 <= number + by < len(self.buttons):
            self.buttons[number + by].setFocus(Qt.FocusReason.TabFocusReason)

    def _reach(self, number: int) -> None:
        for each, button in enumerate(self.buttons):
            button.setFocusPolicy(_TAB if each == number else Qt.FocusPolicy.ClickFocus)
        self.ensureWidgetVisible(self.buttons[number])


_TAB = Qt.FocusPolicy.StrongFocus
