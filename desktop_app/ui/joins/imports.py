"""Who is told of what about imports: the panel, the status bar, the list of past imports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.errors import DiskTrouble
from desktop_app.library.members import file_of
from desktop_app.library.outcomes import Progress
from desktop_app.ui.file_manager import FileManager
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.models.import_outcomes import Row, as_csv, rows_of
from desktop_app.ui.models.import_runs import RunEntry, entry_of, live_entry
from desktop_app.ui.session import Session

if TYPE_CHECKING:
    from desktop_app.library.import_runs import ImportRun
    from desktop_app.library.library import Library

_RESUME = "resume-import"
_COPY = "copy-path"
_TAGS = (".tagset.json", ".qdc")


class ImportJoins(QObject):
    """The connections of the import panel of one window."""

    document_chosen = Signal(int)
    situation_changed = Signal()
    ended = Signal()
    tags_dropped = Signal(Path)  # a tag collection, which is looked at before it is imported

    def __init__(
        self, session: Session, window: MainWindow, reading_again: Callable[[], bool]
    ) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._reading_again = reading_again  # whether originals are being read again
        self._panel = window.import_list
        self._runs: tuple[ImportRun, ...] = ()
        self._shown: int | None = None  # the id of the import that the panel shows; None: it runs
        self._unfinished: int | None = None  # the one that the bar offers to resume
        self._found: dict[int, int] = {}  # by import that trouble ended: how many files it had
        self._found_last = 0  # the same of the last one, whose id is not known yet
        self._path = ""  # that the bar offers to copy
        self._files = FileManager(self)
        self._panel.set_read_only(session.read_only)
        self._connect()

    def _connect(self) -> None:
        imports, panel, window = self._session.imports, self._panel, self._window
        imports.started.connect(self._on_started)
        imports.outcomes.connect(self._on_outcomes)
        imports.progressed.connect(self._on_progress)
        imports.finished.connect(self._on_finished)
        self._session.changed.connect(self._on_changes)
        panel.run_chosen.connect(self._show_run)
        panel.retry_asked.connect(self._retry)
        panel.stop_asked.connect(self._session.stop_import)
        panel.resume_asked.connect(self.resume)
        panel.dismiss_asked.connect(self._dismiss)
        panel.document_chosen.connect(self.document_chosen)
        panel.folder_asked.connect(self._show_folder)
        panel.save_asked.connect(self._save)
        panel.said.connect(window.status.say)
        panel.closed.connect(lambda: window.show_import_list(False))
        window.status.stop_asked.connect(self._session.stop_import)
        window.status.import_list_asked.connect(self.show_panel)
        window.problem_bar.action_clicked.connect(self._on_bar)
        window.dropped.connect(self._on_dropped)
        self._files.missing.connect(self._on_no_file_manager)

    def start(self) -> None:
        """Look which imports there were, and say which of them was interrupted."""
        self._look(then=self._say_interrupted)

    def look(self) -> None:
        """Look again which imports there were."""
        self._look()

    def show_panel(self) -> None:
        """Show the outcomes of the newest import, or of the one that was looked at last."""
        self._window.show_import_list(True)
        if not self._session.importing and self._shown is None and self._runs:
            self._show_run(self._entries()[0])

    def resume(self, run: int) -> None:
        """Go on with an import that was stopped or interrupted."""
        self._session.imports.resume(run)

    def _on_dropped(self, paths: Sequence[Path]) -> None:
        tags = [path for path in paths if path.name.lower().endswith(_TAGS)]
        self._session.import_files([path for path in paths if path not in tags])
        for path in [] if self._session.read_only else tags:
            self.tags_dropped.emit(path)

    # An import that runs.

    def _on_started(self) -> None:
        resumed = self._session.imports.resumed
        goes_on = resumed is not None and resumed == self._shown
        self._window.status.begin_import()
        if goes_on:
            self._session.imports.rows.extend(self._panel.rows)
        else:
            self._panel.show_run(self._live_entry(), ())
            if resumed is not None:
                self._show_what_was_told(resumed)
        self._shown = None
        if self._reading_again():
            self._panel.begin("It begins when the originals have been read again.")
        else:
            self._panel.begin()
        self._panel.set_runs(self._entries(), None)
        self.situation_changed.emit()

    def _show_what_was_told(self, run: int) -> None:
        """Show, above what comes now, what an import that goes on told before."""
        before = next((sum(each.counts.values()) for each in self._runs if each.id == run), 0)
        imports = self._session.imports

        def read(library: Library) -> list[Row]:
            return rows_of(library.import_outcomes(run, limit=before))

        def show(rows: Sequence[Row]) -> None:
            if imports.running and imports.resumed == run:
                imports.rows[:0] = rows
                if self._shown is None:
                    self._panel.set_rows(imports.rows)

        self._session.read(read, show, key="import-told")

    def _on_outcomes(self, rows: Sequence[Row]) -> None:
        if self._shown is None:
            self._panel.add_rows(rows)

    def _on_progress(self, progress: Progress) -> None:
        self._window.status.show_progress(progress)
        if self._shown is None:
            self._panel.set_progress(progress)

    def _on_finished(self, progress: Progress | None) -> None:
        self._window.status.end_import(progress)
        come = self._session.imports.progress
        self._found_last = come.found if progress is None and come is not None else 0
        if self._shown is None:
            self._panel.finish("Done" if progress is not None else "Ended by trouble")
        self._look(then=self._show_ended)
        self.ended.emit()
        self.situation_changed.emit()

    # Imports of the past.

    def _look(self, *, then: object = None) -> None:
        def done(runs: Sequence[ImportRun]) -> None:
            self._runs = tuple(runs)
            self._note_found()
            self._panel.set_runs(self._entries(), self._shown)
            if callable(then):
                then()

        self._session.read(lambda library: library.import_runs(), done)

    def _note_found(self) -> None:
        """Keep how much the import had before it that has just been ended by trouble."""
        if self._found_last and self._runs and not self._session.importing:
            ended = self._session.imports.resumed or self._runs[0].id
            self._found[ended], self._found_last = self._found_last, 0

    def _entries(self) -> list[RunEntry]:
        """The imports as they are listed: the one that runs, then the newest."""
        now = datetime.now(UTC)
        importing = self._session.importing
        live = self._live_id() if importing else None
        entries = [
            entry_of(run, now, found=self._found.get(run.id, 0))
            for run in self._runs
            if run.id != live
        ]
        return [self._live_entry(), *entries] if importing else entries

    def _live_entry(self) -> RunEntry:
        return live_entry(self._session.imports.paths)

    def _live_id(self) -> int | None:
        """The id of the import that runs, where the library has told of it already."""
        resumed = self._session.imports.resumed
        if resumed is not None:
            return resumed
        return next((run.id for run in self._runs if run.ended_at is None), None)

    def _show_ended(self) -> None:
        """Show the import that has just ended under its own name, with all that it came to."""
        if self._shown is not None or self._session.importing:
            return
        if not self._runs:
            self._panel.clear()
            return
        resumed = self._session.imports.resumed
        entries = self._entries()
        self._show_run(next((e for e in entries if e.id == resumed), entries[0]))

    def _show_run(self, entry: RunEntry) -> None:
        self._shown = entry.id
        if entry.id is None:
            imports = self._session.imports
            self._session.tasks.forget("import-outcomes")
            self._panel.show_run(entry, imports.rows)
            if imports.progress is not None:
                self._panel.set_progress(imports.progress)
            return
        run = entry.id

        def read(library: Library) -> list[Row]:
            return rows_of(library.import_outcomes(run))

        def show(rows: Sequence[Row]) -> None:
            if self._shown == run:
                self._panel.show_run(entry, rows)
                self._panel.set_runs(self._entries(), run)

        self._session.read(read, show, key="import-outcomes")

    def _on_changes(self, changes: Changes) -> None:
        """An undone import, a restored library: look again which imports there are."""
        if changes.touches(Kind.EVERYTHING):
            self._shown = None
            self._look(then=self._show_ended)

    def _say_interrupted(self) -> None:
        run = next((run for run in self._runs if run.state == "interrupted"), None)
        if run is None or self._session.read_only:
            return
        self._unfinished = run.id
        when = entry_of(run, datetime.now(UTC)).when
        done = sum(run.counts.values())
        files = "1 file is" if done == 1 else f"{done:,} files are"
        self._window.problem_bar.show_message(
            f"An import did not come to its end ({when}): {files} done, and safe; the rest can "
            "follow.",
            "Resume",
            _RESUME,
        )

    def _dismiss(self, run: int) -> None:
        self._session.read(
            lambda library: library.dismiss_import(run), lambda _nothing: self._look()
        )

    def _on_bar(self, key: str) -> None:
        if key == _RESUME and self._unfinished is not None:
            self.resume(self._unfinished)
            self.show_panel()
        elif key == _COPY:
            QGuiApplication.clipboard().setText(self._path)
            self._window.status.say("Path copied")

    # Files.

    def _save(self, path: Path, rows: Sequence[Row]) -> None:
        def failed(error: Exception) -> None:
            if isinstance(error, OSError):
                why = error.strerror or str(error)
                error = DiskTrouble(
                    f"The list could not be saved as “{path.name}”: {why}.",
                    "The import is not touched by that; choose another place.",
                )
            self._session.say_problem(error)

        # The mark at the beginning is how spreadsheets know UTF-8.
        self._session.tasks.run(
            lambda: path.write_text(as_csv(rows), "utf-8-sig", newline=""),
            lambda _written: self._window.status.say(f"Saved as {path}"),
            failed,
        )

    def _retry(self, paths: Sequence[str]) -> None:
        """Import again what was refused; of a mailbox or an archive, only that."""
        wanted = [path for each in dict.fromkeys(paths) if (path := Path(each)).is_absolute()]
        if wanted:
            self._session.import_files(wanted)
        if len(wanted) < len(set(paths)):
            self._window.status.say(
                "Attachments are not tried again from here: choose Document > Attachments… of "
                "the mail that they came with."
            )

    def _show_folder(self, path: str) -> None:
        self._session.tasks.run(lambda: file_of(path), self._files.show_in_folder)

    def _on_no_file_manager(self, path: str) -> None:
        self._path = path.encode("utf-8", "replace").decode()
        folder = Path(self._path).parent
        self._window.problem_bar.show_message(
            f"No file manager answered. The file lies in {folder}", "Copy path", _COPY
        )
