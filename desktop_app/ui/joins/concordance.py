"""Who is told of what about the concordance: question, lines, reader."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.core.model import Document
from desktop_app.library.concordances import Gathering
from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.concordance.asking import LineAsking, Listed
from desktop_app.ui.concordance.model import LinesModel
from desktop_app.ui.concordance.pane import ConcordancePane
from desktop_app.ui.concordance.tag_card import LineTagCard
from desktop_app.ui.concordance.verbs import LineVerbs
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.panes.empty_page import Emptiness
from desktop_app.ui.question import Question
from desktop_app.ui.reading import Reading
from desktop_app.ui.session import Session

LEAST_WIDTH = 360


class ConcordanceJoins(QObject):
    """The connections of the concordance in one window."""

    situation_changed = Signal()

    def __init__(
        self,
        session: Session,
        question: Question,
        reading: Reading,
        window: MainWindow,
        appearance: Appearance,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._question = question
        self._reading = reading
        self._window = window
        self._appearance = appearance
        self._actions: Actions = window.actions_table
        self._going: tuple[int, int, int, bool] | None = None  # document, start, end, keys too
        self.asking = LineAsking(session, self)
        self.model = LinesModel(self.asking.fetch, self)
        self.pane = ConcordancePane(self.model, appearance.theme, window)
        self.pane.setMinimumWidth(LEAST_WIDTH)
        self.pane.hide()
        self.card = LineTagCard(window)
        self.verbs = LineVerbs(session, self._actions, self.asking, self.pane, self.card)
        self._menu = self.verbs.menu()
        self.pane.set_menu(self._menu)
        self._connect()
        self.pane.show_wanted(self.asking.wanted)

    def _connect(self) -> None:
        asking, pane = self.asking, self.pane
        asking.began.connect(self._on_began)
        asking.progressed.connect(pane.show_gathering)
        asking.listed.connect(self._on_listed)
        asking.rows_changed.connect(self.model.look_again)
        asking.asked.connect(lambda: pane.show_wanted(asking.wanted))
        pane.wanted.connect(lambda fields, _typed: asking.want(**fields))
        pane.width_asked.connect(asking.set_width)
        pane.stop_asked.connect(asking.stop)
        pane.go_on_asked.connect(asking.go_on)
        pane.opened.connect(lambda number: self._go(number, focus=True))
        pane.rested.connect(lambda number: self._go(number, focus=False))
        pane.chosen_changed.connect(self._on_chosen)
        pane.context_asked.connect(self._show_context)
        pane.action_asked.connect(self._run)
        pane.digit_asked.connect(self.verbs.tag_by_key)
        pane.left.connect(self.leave)
        self._question.answered.connect(self._on_answer)
        self._reading.document_changed.connect(self._on_document)
        self._reading.failed.connect(self._forget_going)
        self._appearance.changed.connect(pane.set_theme)
        search = self._window.header.search
        for goes_on in (search.entered, search.left):
            goes_on.connect(self._focus_lines)
        self._window.places.currentChanged.connect(lambda _place: self._on_place())
        self._actions.on("search.concordance", self._toggle)
        self._actions.on("lines.open", self._open_current)

    # Showing.

    @property
    def shown(self) -> bool:
        """Whether the lines stand in the place of the list."""
        return self._window.places.currentWidget() is self.pane

    @property
    def chosen_count(self) -> int:
        """How many rows are chosen, 0 while the lines are not shown."""
        return self.pane.table.chosen_count if self.shown else 0

    @property
    def lines(self) -> int:
        """How many rows there are, 0 while they are not shown."""
        return len(self.model.numbers) if self.shown else 0

    def show(self) -> None:
        """Show the lines of what is searched for in the place of the list."""
        self._window.leave_reader_alone()
        self._window.show_place(self.pane)
        self.pane.focus_table()

    def leave(self) -> None:
        """Show the documents again."""
        if self.shown:
            self._window.show_place(self._window.list)
            shown = self._window.list
            if self._reading.wanted is None or shown.choose(self._reading.wanted):
                shown.focus()
            else:
                shown.view.setFocus()  # what is read stays, though it is not in the list

    def _focus_lines(self) -> None:
        """Go on from the search box to the lines, where they stand in the list's place."""
        if self.shown:
            self.pane.focus_table()

    def step(self, by: int) -> None:
        """Go to the next line, or the one before."""
        self.pane.table.step(by)

    def _toggle(self) -> None:
        if self.shown:
            self.leave()
            self._actions["search.concordance"].setChecked(False)
        else:
            self.show()

    def _on_place(self) -> None:
        """Something else stands in the list's place, or this again."""
        shown, about = self.shown, self._window.list.lines
        if shown:
            self.pane.take_lines(about)
        elif any(self.pane.isAncestorOf(line) for line in about):
            self._window.list.take_lines()
        self._actions["search.concordance"].setChecked(shown)
        self.asking.set_active(shown)
        self.situation_changed.emit()

    # Asking.

    def _on_answer(self, answer: object, _new: bool) -> None:
        self.asking.set_answer(answer if self._question.searched else None)  # type: ignore[arg-type]

    def _on_began(self) -> None:
        answer = self.asking.answer
        why = None
        if answer is not None and answer.errors:
            said = " ".join(error.message for error in answer.errors)
            why = Emptiness(self.tr("The search did not run"), said)
        self.pane.show_nothing(why)
        self.situation_changed.emit()

    def _on_listed(self, listed: Listed, new: bool) -> None:
        gathering: Gathering | None = self.asking.gathering
        self.pane.show_gathering(gathering)
        had_focus = self.pane.isAncestorOf(self._focus() or self._window)
        self.pane.show_lines(listed, new=new)
        if new and had_focus and not self.pane.bar.field.hasFocus():
            self.pane.focus_table()
        self.situation_changed.emit()

    def _focus(self) -> QWidget | None:
        return self._window.focusWidget()

    def _on_chosen(self) -> None:
        number = self.pane.table.current_of()
        row = self.model.known(number) if number is not None else None
        if row is not None and row.line is not None:
            self.asking.here = (row.line.document, row.line.key)
        self.situation_changed.emit()

    # Going to a place.

    def _open_current(self) -> None:
        number = self.pane.table.current_of()
        if number is not None:
            self._go(number, focus=True)

    def _go(self, number: int, *, focus: bool) -> None:
        row = self.model.known(number)
        if row is None:
            return
        if row.line is None:
            if focus:
                self._reading.open(row.document.id, focus=True)
            return
        line = row.line
        self._going = (line.document, line.start, line.end, focus)
        shown = self._reading.document
        if shown is not None and shown.id == line.document == self._reading.wanted:
            self._arrive()
        else:
            self._reading.open(line.document)

    def _forget_going(self) -> None:
        self._going = None

    def _on_document(self, document: Document | None) -> None:
        if self._going is None:
            return
        if self._reading.wanted != self._going[0]:
            self._going = None  # one has gone elsewhere meanwhile
        elif document is not None and document.id == self._going[0]:
            self._arrive()

    def _arrive(self) -> None:
        assert self._going is not None
        _, start, end, focus = self._going
        self._going = None
        if focus:
            self._window.bring_reader()
        self._window.reader.go_to(start, end)
        if focus:
            self._window.reader.focus_text()

    # What is done.

    def _run(self, action: str) -> None:
        if action == "lines.leave":
            self.leave()
        elif action == "lines.unfilter":
            self.asking.want(words="", states=None)
        elif self._actions[action].isEnabled():
            self._actions[action].trigger()

    def _show_context(self, point: QPoint) -> None:
        self._menu.popup(point)
