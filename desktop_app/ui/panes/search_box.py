"""The search box: one line with its parts in colours, filters as chips, the view before them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from desktop_app.core.query import parse
from desktop_app.core.query_tree import Node, Not
from desktop_app.library.suggesting import Suggestion, SuggestionKind, taken
from desktop_app.ui.look import icons
from desktop_app.ui.panes.fields import short
from desktop_app.ui.search.chip_row import ChipRow
from desktop_app.ui.search.line import ColouredLine
from desktop_app.ui.search.line_keys import LineKeys
from desktop_app.ui.search.part import Part
from desktop_app.ui.search.past import Past
from desktop_app.ui.search.query_line import QueryLine
from desktop_app.ui.search.suggestion_popup import SuggestionPopup
from desktop_app.ui.search.written import Chip, Spot, Written, written

__all__ = ["QueryLine", "SearchBox"]

EXAMPLE = 'Search: siege, "state of war", raqqa OR mosul, -turkey, bomb*, date:2016'
_FACTS = (
    SuggestionKind.TAG,
    SuggestionKind.AUTHOR,
    SuggestionKind.SOURCE,
    SuggestionKind.VALUE,
)
_CHIPS_SHARE = 0.55  # of the box; the rest is for typing
_LINE_LEAST = 120  # pixels that are kept for the line in a narrow box


class SearchBox(QFrame):
    """What is written, with the view that it is asked within as a chip before it."""

    text_changed = Signal(str)  # the query that is to run
    parts_changed = Signal()  # something was switched off or on, or is gone that was off
    entered = Signal()  # Enter: ask at once, and go to what was found
    left = Signal()  # Down: go to the list
    view_removed = Signal()
    suggestions_asked = Signal()
    recent_asked = Signal()  # Down in an empty line: what was asked before, or else the list
    emptied = Signal()  # by hand; what was written can be brought back

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("searchBox")
        self.setStyleSheet(
            "#searchBox { background: palette(base); border: 1px solid palette(mid);"
            " border-radius: 7px; }"
            '#searchBox[active="true"] { border: 1px solid palette(accent); }'
        )
        self._written = Written()
        self._asked = ""
        self._past = Past()
        self._showing = False
        self._glass = QToolButton(self)
        self._glass.setIcon(icons.icon("search"))
        self._glass.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._glass.setAccessibleName(self.tr("Search"))
        self._glass.clicked.connect(self.focus)
        self._view = QPushButton(self)
        self._view.setProperty("kind", "chip")
        self._view.setAccessibleName(self.tr("The view that is searched in"))
        self._view.setVisible(False)
        self.chips = ChipRow(self)
        self.line = ColouredLine(self)
        self.line.setPlaceholderText(EXAMPLE)
        self.line.setAccessibleName(self.tr("Search"))
        self.line.setAccessibleDescription(self.tr("What was understood stands above the list"))
        self.line.setStyleSheet("QLineEdit { border: none; background: transparent; padding: 0; }")
        self._clear = QToolButton(self)
        self._clear.setIcon(icons.icon("close"))
        self._clear.setToolTip(
            self.tr("Clear the search (Esc for the words, Esc again for the filters)")
        )
        self._clear.setAccessibleName(self.tr("Clear the search"))
        self._clear.setVisible(False)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(5, 0, 5, 0)
        self._row.setSpacing(5)
        for widget in (self._glass, self._view, self.chips, self.line, self._clear):
            self._row.addWidget(widget, 1 if widget is self.line else 0)
        self.setFixedHeight(32)
        self.setFocusProxy(self.line)
        self.keys = LineKeys(self)
        self._connect()

    def _connect(self) -> None:
        self.line.textChanged.connect(self._on_typed)
        self.line.returnPressed.connect(self._enter)
        self.line.undo_asked.connect(self.undo)
        self.line.redo_asked.connect(self.redo)
        self.line.all_asked.connect(self.keys.choose_all)
        self.line.entered.connect(lambda: self._set_active(True))
        self.line.left.connect(self._leave)
        self.chips.edit_asked.connect(self.edit_chip)
        self.chips.removed.connect(lambda number: self._put(self._written.chip_removed(number)))
        self.chips.toggled.connect(lambda number: self._put(self._written.chip_toggled(number)))
        self.chips.line_asked.connect(self._to_line)
        self._clear.clicked.connect(self._empty)
        self._view.clicked.connect(self.view_removed)

    # What is written.

    @property
    def text(self) -> str:
        """The query that runs: all that is written and not switched off."""
        return self._written.runs

    @property
    def written(self) -> Written:
        """All that is written."""
        return self._written

    def set_text(self, text: str) -> None:
        """Write something else; it is asked as if it had been typed."""
        self._put(written(text))

    def rewrite(self, text: str) -> None:
        """Ask something else, and keep what is switched off, as chips."""
        off = [str(spot.leaf) for spot in self._written.spots() if not spot.part.on]
        now = written(text)
        kept = tuple(Chip(each, on=False) for each in dict.fromkeys(off))
        self._put(Written((*now.chips, *kept), now.rest))

    def clear(self) -> None:
        """Empty the line and take all filters away."""
        self._put(Written())

    def empty_a_step(self) -> None:
        """Take the words away; else the filters; else leave the box."""
        if self.line.text():
            self._put(replace(self._written, rest="", off=frozenset()))
        elif self._written.chips:
            self._put(Written())
        else:
            self.left.emit()
            return
        self.emptied.emit()

    def remove_last(self) -> None:
        """Take the last filter away, or else the view."""
        if chips := self._written.chips:
            self._put(self._written.chip_removed(len(chips) - 1))
        elif not self.line.text() and self._view.isVisible():
            self.view_removed.emit()

    def undo(self) -> None:
        """Bring back what was written a step ago."""
        self._go_back(self._past.undo(self._written))

    def redo(self) -> None:
        """Take the last step back on again."""
        self._go_back(self._past.redo(self._written))

    @property
    def stopping(self) -> Callable[[], bool] | None:
        """What Esc does first, and whether it did; None for nothing."""
        return self.keys.stopping

    @stopping.setter
    def stopping(self, stopping: Callable[[], bool] | None) -> None:
        self.keys.stopping = stopping

    def add(self, part: str) -> None:
        """Ask for a part too, beside what is written."""
        self._put(self._written.narrowed(part))

    def add_or_remove(self, part: str) -> None:
        """Ask for a part too, or no longer where it is asked for already."""
        spot = self._asking(parse(part).tree)
        if spot is not None:
            self._put(self._written.removed(spot))
        else:
            self.add(part)

    def leave_out(self, part: str) -> None:
        """Ask for what a part does not hold for, also where it was asked for until now."""
        spot = self._asking(parse(part).tree)
        before = self._written if spot is None else self._written.removed(spot)
        self._put(before.narrowed(f"-{part}"))

    def take_back(self, part: str) -> None:
        """No longer leave out what a part holds for."""
        if (spot := self._asking(Not(parse(part).tree))) is not None:
            self._put(self._written.removed(spot))

    def _asking(self, asked: Node) -> Spot | None:
        """Where it is written that all that is found must be so."""
        if asked not in self._written.in_force():
            return None
        leaf = asked.part if isinstance(asked, Not) else asked
        spots = [spot for spot in self._written.spots() if spot.part.on and spot.leaf == leaf]
        # Of two that look the same it is the one without which it is no longer asked for.
        alone = (s for s in spots if asked not in self._written.removed(s).in_force())
        return next(alone, spots[0] if spots else None)

    def forget_order(self) -> None:
        """Leave the order to what is chosen above the list."""
        chips = tuple(chip for chip in self._written.chips if not chip.text.startswith("sort:"))
        if chips != self._written.chips:
            self._put(replace(self._written, chips=chips))

    def set_view(self, title: str) -> None:
        """Show the view that is in force; "" for all documents."""
        self._view.setVisible(bool(title))
        self._give_room()
        self._view.setText(f"{short(title, 24)} ×")
        self._view.setToolTip(self.tr("Searching in “{0}” only. Click for all.").format(title))
        self._view.setAccessibleName(self.tr("Only {0}; remove").format(title))

    def set_wrong(self, wrong: Iterable[Part]) -> None:
        """Mark the parts that an answer found to be impossible."""
        spots = [spot for part in wrong if (spot := self._written.spot(part)) is not None]
        self.line.set_wrong((spot.start, spot.end) for spot in spots if spot.chip is None)

    def add_before_cross(self, widget: QWidget) -> None:
        """Put a control at the end of the line; the cross keeps its place, whatever comes there."""
        self._row.insertWidget(self._row.indexOf(self._clear), widget)

    def set_popup(self, popup: SuggestionPopup) -> None:
        """Let keys go to what is offered below the line, for as long as that is to be seen."""
        self.keys.popup = popup
        popup.taken.connect(self.take)

    def take(self, suggestion: Suggestion) -> None:
        """Go on as was offered."""
        if suggestion.kind is SuggestionKind.RECENT:
            self.set_text(suggestion.insert)
            self.line.end(False)
            return
        text, at = taken(self.line.text(), suggestion)
        self.line.selectAll()
        self.line.insert(text)
        self.line.put_cursor(at)
        if suggestion.insert.endswith((":", "(")):
            self.suggestions_asked.emit()
        elif suggestion.kind in _FACTS:
            self._settle()

    # Its parts.

    def choose(self, part: Part) -> None:
        """Select a part where it is written and put the keys there."""
        spot = self._written.spot(part)
        if spot is None:
            self.focus()
        elif spot.chip is not None:
            self.chips.focus(spot.chip)
        else:
            self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.line.select(spot.start, spot.end)

    def toggle(self, part: Part) -> None:
        """Switch a part off, or on again."""
        self._change(part, self._written.toggled)

    def remove(self, part: Part) -> None:
        """Take a part away."""
        self._change(part, self._written.removed)

    def edit_chip(self, number: int) -> None:
        """Write a filter into the line again, selected, to be changed."""
        text = self._written.chips[number].text
        self._put(self._written.opened((number,)))
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        start = self.line.text().find(text)
        if start >= 0:
            self.line.select(start, start + len(text))

    def focus(self) -> None:
        """Put the cursor into the line and choose what is there; once more, the chips too."""
        again = self.line.hasFocus() and self.line.selectedText() == self.line.text()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if again:
            self.keys.choose_all()
        else:
            self.line.selectAll()
        if self._written.empty:
            self.suggestions_asked.emit()

    # What Qt tells it.

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def _on_typed(self, rest: str) -> None:
        if not self._showing:
            self.line.set_wrong(())
            replaced = self.keys.all_chosen
            now = Written(rest=rest) if replaced else self._written.typed(rest)
            self._put(now, typed=True)

    def _enter(self) -> None:
        self._show(self._written.settled())
        self.entered.emit()

    def _leave(self) -> None:
        self._set_active(False)
        self._settle()

    def _settle(self) -> None:
        """Make chips of the filters in the line. What is asked is the same: nobody is told."""
        if self._asked == self.text:
            self._show(self._written.settled())
            self._asked = self.text

    def _to_line(self) -> None:
        self.line.setFocus(Qt.FocusReason.TabFocusReason)
        self.line.setCursorPosition(0)

    def _change(self, part: Part, change: Callable[[Spot], Written]) -> None:
        spot = self._written.spot(part)
        if spot is not None:
            self._put(change(spot))

    def _empty(self) -> None:
        """Take all of it away by hand; the keys stay where it can be brought back."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.clear()
        self.emptied.emit()

    def _go_back(self, to: Written | None) -> None:
        if to is not None:
            self._put(to, noted=False)
            self.line.end(False)

    def _put(self, now: Written, *, typed: bool = False, noted: bool = True) -> None:
        """Take what is written now, and tell of a query that is another one."""
        self.keys.choose_chips_no_more()
        if noted:
            self._past.note(self._written, now, typed=typed)
        self._show(now)
        self.parts_changed.emit()
        if self.text != self._asked:
            self._asked = self.text
            self.text_changed.emit(self._asked)

    def _show(self, now: Written) -> None:
        self._written = now
        self.chips.show_chips(now.chips)
        if now.rest != self.line.text():
            self._showing = True
            try:
                self.line.setText(now.rest)
            finally:
                self._showing = False
        self.line.set_off(now.off)
        self.line.set_steps(back=self._past.can_undo, on=self._past.can_redo)
        self.line.setPlaceholderText("" if now.chips else EXAMPLE)
        self._clear.setVisible(not now.empty)
        self._give_room()

    def _give_room(self) -> None:
        """Let the chips take what the line can spare."""
        shown = [self._glass, self._view, self._clear, *self.findChildren(QToolButton)]
        widths = [
            each.sizeHint().width() + self._row.spacing()
            for each in dict.fromkeys(shown)
            if not each.isHidden() and each.parent() is self
        ]
        signs = sum(widths) + self._row.spacing()
        room = self.width() - signs - _LINE_LEAST
        self.chips.set_most(max(0, min(round(self.width() * _CHIPS_SHARE), room)))

    def _set_active(self, active: bool) -> None:
        self.setProperty("active", "true" if active else "false")
        self.style().unpolish(self)
        self.style().polish(self)
