"""A library that is open in a window: every object of the two, made and joined."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app import __version__, paths
from desktop_app.library.library import Library
from desktop_app.settings import Settings
from desktop_app.ui.app import App
from desktop_app.ui.dialogs.about import AboutDialog
from desktop_app.ui.joins.window import Joins, Parts
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.models.documents import DocumentsModel
from desktop_app.ui.models.import_outcomes import Row
from desktop_app.ui.question import Question
from desktop_app.ui.reading import Reading
from desktop_app.ui.session import Session
from desktop_app.ui.settings_keeper import SettingsKeeper
from desktop_app.ui.single import Requests
from desktop_app.ui.tasks import Tasks

if TYPE_CHECKING:
    from desktop_app.library.searching import Answer


class OpenWindow(QObject):
    """A library that is open in a window, from its opening until both are closed."""

    def __init__(
        self,
        app: App,
        library: Library,
        keeper_file: Path | None,
        kept: Settings,
        *,
        cache: Path,
        own_library: bool = True,
    ) -> None:
        super().__init__(app.qt)
        self.tasks = Tasks(self)
        self.keeper = SettingsKeeper(keeper_file, kept, self.tasks, self)
        self.session = Session(library, self.keeper, self.tasks, self)
        self.question = Question(self.session, self)
        self.model = DocumentsModel(self.question.rows.fetch, self)
        self.question.rows.hits_came.connect(self.model.put_hits)
        self.window = MainWindow(self.model, app.appearance, self.keeper)
        self.reading = Reading(self.session, self.question, self.window.reader, self.window)
        self.joins = Joins(
            Parts(self.session, self.question, self.window, self.reading, app.appearance),
            own_library=own_library,
        )
        self.requests: Requests | None = None
        if not library.read_only:  # else another window may have it, to which requests are put
            self.requests = Requests(library.folder, cache, self)
            self.requests.came.connect(self._on_request)
        self._network = app.network
        self._about: AboutDialog | None = None
        self._sandbox = ""  # what keeps the reading process in, in words, once it was asked
        self.joins.diagnostics_asked.connect(self.show_diagnostics)
        title = f"{library.name} (reading only)" if library.read_only else library.name
        self.window.setWindowTitle(title)
        self.session.start()
        self.joins.start()
        self.question.set_text("", at_once=True)

    def open_last_document(self, *, or_first: bool = False) -> None:
        """Open the document that was open when the window was closed, once the list is there."""
        kept = self.keeper.now.last_document.get(str(self.session.folder))

        def open_it(answer: Answer, _new: bool) -> None:
            self.question.answered.disconnect(open_it)
            document = next(iter(answer.ids), None) if kept is None and or_first else kept
            if document is not None and self.window.list.choose(document):
                self.joins.ways.trail.open_where_left(document)

        self.question.answered.connect(open_it)

    def import_and_open(self, files: Sequence[Path]) -> None:
        """Import files and open the first document that comes of them; what is searched for stays."""

        imports = self.session.imports

        def open_first(rows: Sequence[Row]) -> None:
            for row in rows:
                if row.outcome.document is not None:
                    imports.outcomes.disconnect(open_first)
                    asked = self.window.header.search.written
                    if asked.chips or asked.rest.strip() or not self.window.shows_list:
                        self.window.list.choose(row.outcome.document)  # where it is among them
                        self.reading.open(row.outcome.document)
                    else:
                        self.joins.go_to_document(row.outcome.document)
                    return

        if files:
            imports.outcomes.connect(open_first)
            self.session.import_files(files)

    def close(self) -> None:
        """Close the library and the window. Blocks until what runs has ended."""
        if self.requests is not None:
            self.requests.close()
        self.joins.leave()
        self.window.hide()
        self.session.close()
        self.window.deleteLater()
        self.deleteLater()

    def show_diagnostics(self) -> None:
        """Show what a report of a fault needs, and whether the network is given up."""
        if self._about is None:
            self._about = AboutDialog(self.window)
        self._about.set_facts(self._diagnostics())
        self._about.show()
        self._about.raise_()
        if not self._sandbox:
            self.session.read(lambda library: library.sandbox(), self._set_sandbox, key="sandbox")

    def _set_sandbox(self, words: str) -> None:
        self._sandbox = words
        if self._about is not None:
            self._about.set_facts(self._diagnostics())

    def _diagnostics(self) -> list[tuple[str, str]]:
        counts, state = self.session.counts, self.session.index_state
        lock = self._network
        waiting = getattr(state, "waiting", 0)
        return [
            ("Version", f"Postil {__version__}, Python {sys.version.split()[0]}"),
            ("Network", f"{'Locked' if lock.holds else 'Not locked'}. {lock.sentence}"),
            ("Foreign files", self._sandbox or "Asking the process that reads them…"),
            ("Library", str(self.session.folder)),
            ("Documents", f"{counts.all:,}, and {counts.trash:,} in the trash"),
            ("Search index", f"{waiting:,} documents to go" if waiting else "Up to date"),
            ("Log", str(paths.log_file())),
        ]

    def _on_request(self, files: list[Path]) -> None:
        self.window.come_to_front()
        self.import_and_open(files)
