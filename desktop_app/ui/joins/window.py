"""Who is told of what: the one place where panes, session, question and reader are connected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.errors import Problem
from desktop_app.core.model import Document
from desktop_app.library.commands import SetTrashed
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.actions.table import Situation
from desktop_app.ui.joins.codebooks import CodebookJoins
from desktop_app.ui.joins.concordance import ConcordanceJoins
from desktop_app.ui.joins.details import DetailsJoins
from desktop_app.ui.joins.found import FoundJoins
from desktop_app.ui.joins.highlights import HighlightJoins
from desktop_app.ui.joins.history import HistoryJoins
from desktop_app.ui.joins.imports import ImportJoins
from desktop_app.ui.joins.marking import MarkingJoins
from desktop_app.ui.joins.notes import NotesJoins
from desktop_app.ui.joins.question import QuestionJoins
from desktop_app.ui.joins.reading import ReadingJoins
from desktop_app.ui.joins.saved import SavedJoins
from desktop_app.ui.joins.spellings import SpellingJoins
from desktop_app.ui.joins.tag_page import TagPageJoins
from desktop_app.ui.joins.tagging import TaggingJoins
from desktop_app.ui.joins.tags import TagJoins
from desktop_app.ui.joins.together import TogetherJoins
from desktop_app.ui.look.choosing import Looks
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.printing.verbs import PrintVerbs
from desktop_app.ui.question import Question
from desktop_app.ui.reader.trash_line import TrashLine
from desktop_app.ui.reading import Reading
from desktop_app.ui.reading_again import ReadingAgain
from desktop_app.ui.session import Session
from desktop_app.ui.verbs.attachments import AttachmentVerbs
from desktop_app.ui.verbs.documents import DocumentVerbs
from desktop_app.ui.verbs.facts import FactVerbs
from desktop_app.ui.verbs.folds import FoldVerbs
from desktop_app.ui.verbs.library import LibraryVerbs
from desktop_app.ui.verbs.pages import PageVerbs
from desktop_app.ui.verbs.pick_tags import PickTags
from desktop_app.ui.watching import Watching

CONTEXT_ACTIONS = (
    "document.open",
    "document.tag",
    "document.star",
    "document.read",
    "document.reading",
    "document.details",
)


@dataclass(frozen=True, slots=True)
class Parts:
    """What is joined."""

    session: Session
    question: Question
    window: MainWindow
    reading: Reading
    appearance: Appearance


class Joins(QObject):
    """The connections of one window."""

    quit_asked = Signal()
    starter_asked = Signal()
    own_library_asked = Signal()
    diagnostics_asked = Signal()

    def __init__(self, parts: Parts, *, own_library: bool) -> None:
        super().__init__(parts.window)
        self._session = parts.session
        self._question = parts.question
        self._window = parts.window
        self._reading = parts.reading
        self._appearance = parts.appearance
        self._own_library = own_library
        self._actions = parts.window.actions_table
        picking = PickTags(self._session, self._window.picker, self._window)
        self._documents = DocumentVerbs(
            self._session, self._actions, picking, self.chosen, self._window
        )
        self.library = LibraryVerbs(self._session, self._actions, self._window)
        self.tags = TagJoins(self._session, self._actions, self.chosen, self._window)
        self.codebooks = CodebookJoins(self._session, self._actions, self._window, self._reading)
        self.printing = PrintVerbs(self._session, self._actions, self._window)
        self.pages = PageVerbs(self._session, self._actions, self._window.reader)
        self.facts = FactVerbs(self._session, self._actions, self.chosen, self._window)
        self.folds = FoldVerbs(self._session, self._actions, self._window)
        self.attachments = AttachmentVerbs(self._session, self._actions, self.chosen, self._window)
        self.watching = Watching(self._session, self._actions, self._window)
        self.reading_again = again = ReadingAgain(
            self._session, self._actions, self.chosen, self._window
        )
        self.imports = ImportJoins(self._session, self._window, lambda: again.running)
        self.searching = QuestionJoins(self._session, self._question, self._actions, self._window)
        self.saved = SavedJoins(
            self._session,
            self._question,
            self._actions,
            self._window,
            searching=self.searching,
        )
        self.spellings = SpellingJoins(self._session, self._question, self._actions, self._window)
        self.details = DetailsJoins(self._session, self._actions, self.chosen, self._window)
        self.marking = MarkingJoins(
            self._session, self._actions, self._window, parts.appearance, picking=picking
        )
        self.concordance = ConcordanceJoins(
            self._session, self._question, self._reading, self._window, parts.appearance
        )
        self.highlights = HighlightJoins(
            self._session,
            self._question,
            self._reading,
            self._window,
            appearance=parts.appearance,
            searching=self.searching,
        )
        self.tag_page = TagPageJoins(
            self._session,
            self._question,
            self._reading,
            self._window,
            appearance=parts.appearance,
            tags=self.tags,
        )
        self.together = TogetherJoins(
            self._session,
            self._question,
            self._window,
            appearance=parts.appearance,
            searching=self.searching,
            page=self.tag_page,
        )
        self.tagging = TaggingJoins(
            self._session,
            self._actions,
            self._question,
            self._window,
            reading=self._reading,
            marking=self.marking,
            highlights=self.highlights,
            tag_page=self.tag_page,
            tags=self.tags,
            chosen=self.chosen,
        )
        self.history = HistoryJoins(
            self._session,
            self._actions,
            self._window,
            finish=self.marking.verbs.resizing.finish,
        )
        self._looks = Looks(
            self._session.settings, parts.appearance, self._actions, self._window.reader, self
        )
        self.ways = ReadingJoins(self._session, self._actions, self._window, self._reading)
        self.notes = NotesJoins(
            self._session,
            self._actions,
            self._window,
            self._reading,
            verbs=self.marking.verbs,
            appearance=parts.appearance,
        )
        self.found = FoundJoins(
            self._session,
            self._reading,
            self._window,
            highlights=self.highlights,
            notes=self.notes,
        )
        self.ways.trail.changed.connect(self._on_situation)
        self._connect_session()
        self._connect_panes()
        self._connect_reader()
        self._connect_actions()
        self._actions["view.sidebar"].setChecked(self._session.settings.now.sidebar_shown)

    def start(self) -> None:
        """Begin what goes on beside the window: watched folders, a look at earlier imports."""
        self.imports.start()
        self.watching.start()
        self.notes.start()

    # The documents that an action is about.

    def chosen(self) -> list[int]:
        """The documents that an action is about: the open one while one reads, else the chosen."""
        open_now = self._reading.wanted
        if open_now is not None and self._in_reader():
            return [open_now]
        chosen = self._window.list.view.selected_ids() if self._window.shows_list else []
        if self.tag_page.shown and not self.tag_page.pane.of_marks:
            chosen = list(self.tag_page.pane.documents.chosen_ids())
        if not chosen and open_now is not None:
            return [open_now]
        return chosen

    def go_to_document(self, document: int) -> None:
        """Open a document, and choose it in the list where that is possible."""
        self.searching.choose_document(document)
        self._reading.open(document)

    def _in_reader(self) -> bool:
        focus = QApplication.focusWidget()
        return self._window.reader_alone or (
            focus is not None and self._window.reader.isAncestorOf(focus)
        )

    # Connections.

    def _connect_session(self) -> None:
        session, window = self._session, self._window
        session.counts_changed.connect(window.sidebar.set_counts)
        session.counts_changed.connect(lambda _counts: self._on_situation())
        session.tags_changed.connect(self._on_tags)
        session.undo_changed.connect(lambda _undo, _redo: self._on_situation())
        session.changed.connect(self._on_changes)
        session.problem.connect(self._show_problem)
        session.said.connect(window.status.say)
        session.busy_with.connect(window.status.show_busy)
        self.imports.document_chosen.connect(self.go_to_document)
        self.imports.tags_dropped.connect(self.codebooks.verbs.look_at)
        self.facts.document_chosen.connect(self.go_to_document)
        self.reading_again.document_chosen.connect(self.go_to_document)
        self.watching.brought.connect(self.imports.look)
        self.imports.situation_changed.connect(self._on_situation)
        self.imports.ended.connect(self._question.look_again)

    def _connect_panes(self) -> None:
        window = self._window
        self.searching.answered.connect(self._on_situation)
        self._question.busy_changed.connect(self._on_situation)
        self.saved.asked_changed.connect(self._on_situation)
        self.highlights.situation_changed.connect(self._on_situation)
        self.highlights.tags_asked.connect(self.marking.open_picker)
        self.tag_page.situation_changed.connect(self._on_situation)
        self.tag_page.tags_asked.connect(self.marking.open_picker)
        self.together.situation_changed.connect(self._on_situation)
        self.concordance.situation_changed.connect(self._on_situation)
        window.list.current_changed.connect(self._on_current)
        window.list.selection_changed.connect(self._on_selection)
        window.list.context_asked.connect(self._show_context)
        self.details.attachments_asked.connect(self.attachments.show)
        window.details.tag_menu_asked.connect(self.tag_page.show_menu_of)
        self.details.tag_asked.connect(self._documents.pick_tags)
        window.status.promise_asked.connect(self.diagnostics_asked)
        window.closing.connect(self.quit_asked)
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]

    def _connect_reader(self) -> None:
        reading = self._reading
        reading.document_changed.connect(self._on_document)
        in_trash = TrashLine(self._window.reader)
        self._window.reader.add_line(in_trash)
        reading.document_changed.connect(in_trash.show_document)
        in_trash.put_back.connect(
            lambda document: self._session.do(SetTrashed((document,), trashed=False))
        )
        reading.matches_changed.connect(lambda _count: self._on_situation())
        self._window.reader.sheets.changed.connect(lambda _pages: self._on_situation())
        self.marking.verbs.aim.changed.connect(self._on_situation)
        self._appearance.changed.connect(self._window.list.view.set_theme)

    def _connect_actions(self) -> None:
        on, window = self._actions.on, self._window
        for action, slot in self._slots().items():
            on(action, slot)
        menu_key = QShortcut("F10", window)
        menu_key.activated.connect(window.header.menu_button.showMenu)
        window.escaped.connect(self._escape)
        window.list_asked.connect(self._focus_list)

    def _slots(self) -> dict[str, Callable[[], object]]:
        window, session, reader = self._window, self._session, self._window.reader
        search = window.header.search
        return {
            "file.import_list": self.imports.show_panel,
            "file.stop_import": session.stop_import,
            "file.own_library": self.own_library_asked.emit,
            "file.quit": window.close,
            "edit.undo": self._undo,
            "edit.redo": session.redo,
            "edit.select_all": self._select_all,
            "edit.search": search.focus,
            "edit.find": reader.open_find,
            "edit.clear_search": search.clear,
            "edit.palette": self._open_palette,
            "document.open": self._open_chosen,
            "document.tag": self._pick_tags,
            "document.next": lambda: self._step(1),
            "document.previous": lambda: self._step(-1),
            "search.stop": self._question.stop,
            "search.copies": window.list.toggle_copies,
            "search.next_result": lambda: self._step_result(1),
            "search.previous_result": lambda: self._step_result(-1),
            "document.next_match": reader.next_match,
            "document.previous_match": reader.previous_match,
            "document.folds": reader.toggle_folds,
            "document.whole": reader.change_between_texts,
            "document.original": self._save_original,
            "view.sidebar": lambda: window.show_sidebar(self._actions["view.sidebar"].isChecked()),
            "view.reader_alone": lambda: self._set_alone(
                self._actions["view.reader_alone"].isChecked()
            ),
            "help.keys": self.library.show_keys,
            "help.welcome": self.starter_asked.emit,
            "help.diagnostics": self.diagnostics_asked.emit,
            "help.about": self.diagnostics_asked.emit,
        }

    # News.

    def _on_tags(self, tree: TagTree) -> None:
        self._window.sidebar.set_tags(tree)
        self._window.list.view.set_tags(tree)
        self._on_situation()

    def _on_changes(self, changes: Changes) -> None:
        everything = changes.touches(Kind.EVERYTHING)
        self._window.list.model.look_again(None if everything else changes.documents)

    def _on_current(self, document: int | None) -> None:
        if document is not None:
            self.details.commit()
            self._reading.open(document)
        self.details.soon.start()

    def _on_selection(self) -> None:
        self.details.soon.start()
        self._on_situation()

    def _on_focus(self, _old: QWidget | None, _new: QWidget | None) -> None:
        self._on_situation()

    def _on_document(self, document: Document | None) -> None:
        self._on_situation()
        self.details.soon.start()
        if document is not None:
            kept = dict(self._session.settings.now.last_document)
            kept[str(self._session.folder)] = document.id
            self._session.settings.change(last_document=kept)

    def _on_situation(self) -> None:
        session, view = self._session, self._window.list.view
        chosen = view.selected_count() if self._window.shows_list else 0
        if self._reading.wanted is not None and (self._in_reader() or not chosen):
            chosen = 1
        self._actions.set_situation(
            Situation(
                selected=chosen,
                listed=len(view.documents().ids),
                asked=bool(self.saved.query),
                searching=self._question.busy,
                has_copies=self._window.shows_list and self._window.list.has_copies,
                in_trash="is:trash" in self._question.within,
                trash=session.counts.trash,
                document_open=self._reading.document is not None,
                matches=self._reading.matches,
                contents=self._window.reader.waypoints.has_contents,
                back=self.ways.trail.can_go_back,
                forward=self.ways.trail.can_go_forward,
                in_pages=self._window.reader.sheets.in_pages,
                has_pages=self._window.reader.footer.page.is_known,
                two_texts=self._reading.shows_whole is not None,
                mark_chosen=self.marking.verbs.is_marked(),
                marks=len(self._window.reader.surface.marks),
                table_chosen=self.highlights.chosen_count,
                lines=self.concordance.lines,
                lines_chosen=self.concordance.chosen_count,
                reviewed=self.highlights.review.at_hand,
                puttable=self.highlights.review.puttable,
                tags=self.tags.count,
                tag_page_chosen=self.tag_page.chosen_count,
                together=self.together.shown and bool(self.together.model.tags),
                importing=session.importing,
                read_only=session.read_only,
                own_library=self._own_library,
                undo_name=session.undo_name,
                redo_name=session.redo_name,
            )
        )

    def _show_problem(self, problem: Problem) -> None:
        self._window.problem_bar.show_problem(problem)

    def leave(self) -> None:
        """Stop following the keys' focus, which goes on moving while the window is taken down."""
        QApplication.instance().focusChanged.disconnect(self._on_focus)  # type: ignore[union-attr]

    # What is asked for.

    def _open_chosen(self) -> None:
        chosen = self.chosen()
        if chosen:
            self._reading.open(chosen[0], focus=True)

    def _save_original(self) -> None:
        if self._reading.document is not None:
            self._documents.save_original(self._reading.document)

    def _show_context(self, point: QPoint) -> None:
        in_trash = "is:trash" in self._question.within
        last = "document.restore" if in_trash else "document.trash"
        ids = (*CONTEXT_ACTIONS, last)
        menu: QMenu = self._actions.menu("Document", self._window, ids=ids)
        row = self._window.list.model.known_row(self._window.list.view.current_id() or 0)
        self.tag_page.add_ways(menu, row.document.tags if row is not None else ())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(point)

    def _open_palette(self) -> None:
        tree = self._session.tag_tree or TagTree()
        enabled = [made for _action, made in self._actions.entries() if made.isEnabled()]
        self._window.palette_card.open_with(enabled, tree)

    def _undo(self) -> None:
        self.marking.verbs.resizing.finish()  # what keys still hold back comes first
        self._session.undo()

    def _pick_tags(self) -> None:
        """Choose the tags of the passage that is selected or chosen, else of the documents."""
        if self._in_reader() and self.marking.verbs.aim.target() is not None:
            self.marking.verbs.pick_tags()
        else:
            self._documents.pick_tags()

    def _step(self, by: int) -> None:
        if self.concordance.shown:
            self.concordance.step(by)
        elif self.highlights.shown:
            self.highlights.step(by)
        elif self.tag_page.shown:
            self.tag_page.step(by)
        else:
            self._window.list.step(by)

    def _step_result(self, by: int) -> None:
        """Go to the next or the previous document that was found, at its first match."""
        if self._window.shows_list and not self._window.list.can_step(by):
            last, first = self.tr("This is the last result."), self.tr("This is the first result.")
            self._session.said.emit(last if by > 0 else first)
            return
        self._step(by)

    def _select_all(self) -> None:
        if self.concordance.shown:
            self.concordance.pane.table.selectAll()
        elif self.highlights.shown:
            self.highlights.pane.table.selectAll()
        elif self.tag_page.shown:
            self.tag_page.pane.table.selectAll()
        else:
            self._window.list.view.selectAll()

    def _escape(self) -> None:
        if self.marking.verbs.let_go() or self._question.stop():
            return
        if self._window.problem_bar.text:
            self._window.problem_bar.clear()
        elif self._window.reader_alone:
            self._set_alone(False)
        else:
            self._window.bring_list()
            self._focus_list()

    def _focus_list(self) -> None:
        """Put the keys on the list, or on what takes its place."""
        if self.concordance.shown:
            self.concordance.pane.focus_table()
        elif self.highlights.shown:
            self.highlights.pane.focus_table()
        elif self.highlights.review.shown:
            self.highlights.review.pane.focus_list()
        elif self.tag_page.shown:
            self.tag_page.pane.focus_table()
        elif self.together.shown:
            self.together.pane.focus_table()
        else:
            self._window.list.focus()

    def _set_alone(self, alone: bool) -> None:
        self._actions["view.reader_alone"].setChecked(alone)
        self._window.show_reader_alone(alone)
