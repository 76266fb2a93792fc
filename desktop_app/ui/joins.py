"""Who is told of what: the one place where panes, session, question and reader are connected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.errors import Problem
from desktop_app.core.model import Document
from desktop_app.library.tag_tree import TagTree
from desktop_app.ui.action_table import Situation
from desktop_app.ui.attachment_verbs import AttachmentVerbs
from desktop_app.ui.document_verbs import DocumentVerbs
from desktop_app.ui.emptiness import emptiness
from desktop_app.ui.fact_verbs import FactVerbs
from desktop_app.ui.fold_verbs import FoldVerbs
from desktop_app.ui.joins_import import ImportJoins
from desktop_app.ui.library_verbs import LibraryVerbs
from desktop_app.ui.looks import Looks
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.question import Question
from desktop_app.ui.reading import Reading
from desktop_app.ui.reading_again import ReadingAgain
from desktop_app.ui.session import Session
from desktop_app.ui.theme import Appearance
from desktop_app.ui.watching import Watching

if TYPE_CHECKING:
    from desktop_app.library.indexing import IndexState
    from desktop_app.library.library import Library
    from desktop_app.library.searching import Answer
    from desktop_app.ui.panes.details import DetailsPane

CONTEXT_ACTIONS = (
    "document.open",
    "document.tag",
    "document.star",
    "document.read",
    "document.reading",
    "document.details",
)
DETAILS_MS = 60
DETAILS_AT_ONCE = 500


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
        self._to_choose: int | None = None  # as soon as the list holds it
        self._actions = parts.window.actions_table
        self._documents = DocumentVerbs(
            self._session, self._actions, self._window.picker, self.chosen, self._window
        )
        self.library = LibraryVerbs(self._session, self._actions, self._window)
        self.imports = ImportJoins(self._session, self._window)
        self.facts = FactVerbs(self._session, self._actions, self.chosen, self._window)
        self.folds = FoldVerbs(self._session, self._actions, self._window)
        self.attachments = AttachmentVerbs(self._session, self._actions, self.chosen, self._window)
        self.watching = Watching(self._session, self._actions, self._window)
        self.reading_again = ReadingAgain(self._session, self._actions, self.chosen, self._window)
        self._details_soon = QTimer(self)
        self._details_soon.setSingleShot(True)
        self._details_soon.setInterval(DETAILS_MS)
        self._looks = Looks(
            self._session.settings, parts.appearance, self._actions, self._window.reader, self
        )
        self._connect_session()
        self._connect_question()
        self._connect_panes()
        self._connect_reader()
        self._connect_actions()
        self._show_settings()

    def start(self) -> None:
        """Begin what goes on beside the window: watched folders, a look at earlier imports."""
        self.imports.start()
        self.watching.start()

    # The documents that an action is about.

    def chosen(self) -> list[int]:
        """The documents that an action is about: the open one while one reads, else the chosen."""
        open_now = self._reading.wanted
        if open_now is not None and self._in_reader():
            return [open_now]
        chosen = self._window.list.view.selected_ids()
        if not chosen and open_now is not None:
            return [open_now]
        return chosen

    def go_to_document(self, document: int) -> None:
        """Open a document, and choose it in the list where that is possible."""
        self._to_choose = None
        if not self._window.list.choose(document):
            self._to_choose = document
            self._window.header.search.clear()
            self._choose_view("", "")
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
        session.counts_changed.connect(lambda _counts: self._on_counts())
        session.tags_changed.connect(self._on_tags)
        session.undo_changed.connect(lambda _undo, _redo: self._on_situation())
        session.index_changed.connect(self._on_index)
        session.changed.connect(self._on_changes)
        session.problem.connect(self._show_problem)
        session.said.connect(window.status.say)
        session.busy_with.connect(window.status.show_busy)
        self.imports.document_chosen.connect(self.go_to_document)
        self.facts.document_chosen.connect(self.go_to_document)
        self.reading_again.document_chosen.connect(self.go_to_document)
        self.watching.brought.connect(self.imports.look)
        self.imports.situation_changed.connect(self._on_situation)
        self.imports.ended.connect(self._question.look_again)

    def _connect_question(self) -> None:
        self._question.answered.connect(self._on_answer)
        self._question.asked.connect(self._show_sort)
        self._question.matches_counted.connect(self._window.list.show_match_count)

    def _connect_panes(self) -> None:
        window, session, question = self._window, self._session, self._question
        search = window.header.search
        search.text_changed.connect(question.set_text)
        search.entered.connect(self._enter_search)
        search.left.connect(window.list.focus)
        search.view_removed.connect(lambda: self._choose_view("", ""))
        window.sidebar.view_chosen.connect(self._choose_view)
        window.sidebar.command.connect(session.do)
        window.sidebar.collections_asked.connect(self.library.show_collections)
        window.list.current_changed.connect(self._on_current)
        window.list.selection_changed.connect(self._on_selection)
        window.list.opened.connect(lambda document: self._reading.open(document, focus=True))
        window.list.sort_chosen.connect(question.set_sort)
        window.list.context_asked.connect(self._show_context)
        window.list.action_asked.connect(self._run_asked)
        window.details.command.connect(session.do)
        window.details.attachments_asked.connect(self.attachments.show)
        window.details.tag_asked.connect(self._documents.pick_tags)
        window.details.closed.connect(lambda: self._show_details(False))
        window.details.link_copied.connect(lambda _url: window.status.say(self.tr("Link copied")))
        window.details.problem.connect(self._show_problem)
        window.details.set_read_only(session.read_only)
        window.palette_card.view_chosen.connect(self._choose_view)
        window.status.promise_asked.connect(self.diagnostics_asked)
        window.closing.connect(self.quit_asked)
        self._details_soon.timeout.connect(self._fill_details)
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]

    def _connect_reader(self) -> None:
        reader, reading = self._window.reader, self._reading
        reading.document_changed.connect(self._on_document)
        reading.matches_changed.connect(lambda _count: self._on_situation())
        reading.past_last_match.connect(self._window.list.step)
        reader.details_asked.connect(self._show_details)
        self._appearance.changed.connect(self._window.list.view.set_theme)

    def _connect_actions(self) -> None:
        on, window = self._actions.on, self._window
        for action, slot in self._slots().items():
            on(action, slot)
        menu_key = QShortcut("F10", window)
        menu_key.activated.connect(window.header.menu_button.showMenu)
        window.escaped.connect(self._escape)

    def _slots(self) -> dict[str, Callable[[], object]]:
        window, session, reader = self._window, self._session, self._window.reader
        search = window.header.search
        return {
            "file.import_list": self.imports.show_panel,
            "file.stop_import": session.stop_import,
            "file.own_library": self.own_library_asked.emit,
            "file.quit": window.close,
            "edit.undo": session.undo,
            "edit.redo": session.redo,
            "edit.select_all": window.list.view.selectAll,
            "edit.search": search.focus,
            "edit.find": reader.open_find,
            "edit.clear_search": search.clear,
            "edit.palette": self._open_palette,
            "document.open": self._open_chosen,
            "document.next": lambda: window.list.step(1),
            "document.previous": lambda: window.list.step(-1),
            "document.next_match": reader.next_match,
            "document.previous_match": reader.previous_match,
            "document.details": lambda: self._show_details(
                self._actions["document.details"].isChecked()
            ),
            "document.folds": reader.toggle_folds,
            "document.whole": reader.change_between_texts,
            "document.contents": reader.waypoints.open_contents,
            "document.original": self._save_original,
            "tags.new": lambda: window.sidebar.new_tag(None, self.chosen()),
            "tags.collections": self.library.show_collections,
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
        self._window.details.set_tags(tree)
        self._window.list.view.set_tags(tree)

    def _on_index(self, state: IndexState | None) -> None:
        self._window.status.show_index(state)
        answer = self._question.answer
        if self._question.searched and answer is not None and answer.behind:
            self._question.look_again()

    def _on_changes(self, changes: Changes) -> None:
        everything = changes.touches(Kind.EVERYTHING)
        self._window.list.model.look_again(None if everything else changes.documents)
        if changes.kinds != {Kind.PROGRESS}:
            self._details_soon.start()

    def _on_answer(self, answer: Answer, new: bool) -> None:
        question, window = self._question, self._window
        self._explain_emptiness()
        window.list.show_answer(answer, new=new, searched=question.searched)
        if self._to_choose is not None and window.list.choose(self._to_choose):
            self._to_choose = None
        self._on_situation()

    def _explain_emptiness(self) -> None:
        question = self._question
        self._window.list.show_emptiness(
            emptiness(
                self._session.counts,
                question.answer,
                text=question.text,
                within=question.within,
                view=question.view_title,
                importing=self._session.importing,
            )
        )

    def _on_counts(self) -> None:
        self._explain_emptiness()  # why there is nothing may be known only now
        self._on_situation()

    def _on_current(self, document: int | None) -> None:
        if document is not None:
            self._window.details.commit()
            self._reading.open(document)
        self._details_soon.start()

    def _on_selection(self) -> None:
        self._details_soon.start()
        self._on_situation()

    def _on_focus(self, _old: QWidget | None, _new: QWidget | None) -> None:
        self._on_situation()

    def _on_document(self, document: Document | None) -> None:
        self._on_situation()
        self._details_soon.start()
        if document is not None:
            kept = dict(self._session.settings.now.last_document)
            kept[str(self._session.folder)] = document.id
            self._session.settings.change(last_document=kept)

    def _on_situation(self) -> None:
        session, view = self._session, self._window.list.view
        chosen = view.selected_count()
        if self._reading.wanted is not None and (self._in_reader() or not chosen):
            chosen = 1
        self._actions.set_situation(
            Situation(
                selected=chosen,
                listed=len(view.documents().ids),
                in_trash="is:trash" in self._question.within,
                trash=session.counts.trash,
                document_open=self._reading.document is not None,
                matches=self._reading.matches,
                contents=self._window.reader.waypoints.has_contents,
                two_texts=self._reading.shows_whole is not None,
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

    def _choose_view(self, query: str, title: str) -> None:
        self._window.sidebar.choose(query)
        self._window.header.search.set_view(title if query else "")
        self._question.set_view(query, title)

    def _run_asked(self, action: str) -> None:
        if action == "search.everywhere":
            self._choose_view("", "")
        else:
            self._actions[action].trigger()

    def _enter_search(self) -> None:
        self._question.set_text(self._window.header.search.text, at_once=True)
        self._window.list.focus()

    def _open_chosen(self) -> None:
        chosen = self.chosen()
        if chosen:
            self._reading.open(chosen[0], focus=True)

    def _save_original(self) -> None:
        if self._reading.document is not None:
            self._documents.save_original(self._reading.document)

    def _show_details(self, shown: bool) -> None:
        self._actions["document.details"].setChecked(shown)
        self._window.show_details(shown)
        if shown:
            self._fill_details()

    def _fill_details(self) -> None:
        details = self._window.details
        if details.isHidden():
            return
        ids = self.chosen()
        if len(ids) > DETAILS_AT_ONCE:
            self._session.tasks.forget("details")
            details.set_documents(())
            self._window.status.say(
                self.tr("Details can be set for {0} documents at once.").format(DETAILS_AT_ONCE)
            )
            return
        self._session.read(
            lambda library: _details_of(library, ids), lambda show: show(details), key="details"
        )

    def _show_sort(self) -> None:
        searching = bool(self._question.text.strip())
        self._window.list.set_sort(self._question.sort, searching=searching)

    def _show_context(self, point: QPoint) -> None:
        in_trash = "is:trash" in self._question.within
        last = "document.restore" if in_trash else "document.trash"
        ids = (*CONTEXT_ACTIONS, last)
        menu: QMenu = self._actions.menu("Document", self._window, ids=ids)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(point)

    def _open_palette(self) -> None:
        tree = self._session.tag_tree or TagTree()
        enabled = [made for _action, made in self._actions.entries() if made.isEnabled()]
        self._window.palette_card.open_with(enabled, tree)

    def _escape(self) -> None:
        if self._window.reader_alone:
            self._set_alone(False)
        else:
            self._window.list.focus()

    def _set_alone(self, alone: bool) -> None:
        self._actions["view.reader_alone"].setChecked(alone)
        self._window.show_reader_alone(alone)

    def _show_settings(self) -> None:
        now = self._session.settings.now
        self._actions["view.sidebar"].setChecked(now.sidebar_shown)
        self._actions["document.details"].setChecked(now.details_shown)
        self._show_sort()


def _details_of(library: Library, ids: list[int]) -> Callable[[DetailsPane], None]:
    """Look up what the details of documents show; what is returned shows it."""
    documents = library.documents(ids)
    if len(documents) != 1:
        return lambda pane: pane.set_documents(documents)
    (one,) = documents
    proposals = library.proposals([one.id]).get(one.id, ())
    attachments = len(library.attachments(one.id))
    return lambda pane: pane.set_documents(documents, proposals=proposals, attachments=attachments)
