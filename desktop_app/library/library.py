"""One library, open: what is asked of it (see `questions`), what changes it and keeps it safe.

Every method may be called from any thread and may take long. What changes the library tells the
listeners what it touched, on the thread that made the change, once it is durable.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Literal

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.errors import BadUsage, LibraryBusy, LibraryDamaged, Problem
from desktop_app.core.model import (
    ReadState,
)
from desktop_app.formats.process.worker import Worker
from desktop_app.library import import_runs, undoing
from desktop_app.library.commands import Command
from desktop_app.library.day_backup import DayBackup
from desktop_app.library.history import HistoryLine, Went, go_to, lines
from desktop_app.library.import_runs import ImportRun
from desktop_app.library.imports import Imports
from desktop_app.library.indexing import IndexProcess, IndexState, InlineIndex
from desktop_app.library.outcomes import Outcome, OutcomeKind, Progress
from desktop_app.library.questions import Questions
from desktop_app.library.reading_again import ReadAgain, read_again
from desktop_app.library.reading_files import is_folder
from desktop_app.library.refolding import Refolding
from desktop_app.library.tags.commands import CreateTag
from desktop_app.library.tags.in_the_trash import findings_of_trash
from desktop_app.library.watching import Watching, seen_in
from desktop_app.store.backups import Backup
from desktop_app.store.findings import Finding
from desktop_app.store.restoring import Restored
from desktop_app.store.store import Store
from desktop_app.store.watched import WatchedFolder

Listener = Callable[[Changes], None]

_COUNTED_BY_TAGS = (
    Kind.ADDED,
    Kind.REMOVED,
    Kind.STATE,
    Kind.TAGGING,
    Kind.TAGS,
    Kind.COLLECTIONS,
)


class Library(Questions):
    """An open library. Made by `open` (which may write) or `peek` (which never does)."""

    def __init__(
        self, store: Store, index: IndexProcess | InlineIndex, *, worker: Worker | None = None
    ) -> None:
        super().__init__(store, index)
        self._refolding = Refolding(store, self._say, self._say_trouble)
        self._imports = Imports(store, self._tell, self._refolding, worker=worker)
        self._watching: Watching | None = None
        self._listeners: list[Listener] = []
        self._trouble_listeners: list[Callable[[Problem], None]] = []
        self._day_backup = DayBackup(store, self._say_trouble)
        # What another Postil left undone, or folded by other rules.
        self._refolding.kick()

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        cache: Path,
        index: Literal["process", "inline"] = "process",
        worker: Worker | None = None,
    ) -> Library:
        """Open a library to read and write it, making it where there is none.

        worker: reads files for it and outlives it; None for one of its own, made when it is needed.

        Raises LibraryBusy, LibraryTooNew, LibraryDamaged or another Problem.
        """
        store = Store.open(folder)
        # On a disk so full that the library is held alone, no other process could read it.
        apart = index == "process" and not store.crowded
        made = IndexProcess(store, cache) if apart else InlineIndex(store, cache)
        library = cls(store, made, worker=worker)
        library._imports.endings.add(import_runs.ended_by_a_crash(store))
        return library

    @classmethod
    def rescue(cls, folder: Path, backup: Path, *, cache: Path) -> Library:
        """Open a library whose database is damaged or gone, with a backup in its place."""
        store = Store.rescue(folder, backup)
        return cls(store, InlineIndex(store, cache))

    @classmethod
    def peek(cls, folder: Path, *, cache: Path) -> Library:
        """Open a library to read only; LibraryMissing where there is none."""
        store = Store.peek(folder)
        return cls(store, InlineIndex(store, cache))

    def close(self) -> None:
        """End the processes and let go of the library."""
        self._refolding.close()
        self.stop_watching()
        self._taking_out.close()
        self._page_books.close()
        self._index.close()
        self._imports.close()
        self._store.close()

    # Hearing

    def listen(self, listener: Listener) -> None:
        """Call the listener with every change, on the thread that made it."""
        self._listeners.append(listener)

    def listen_index(self, listener: Callable[[IndexState], None]) -> None:
        """Call the listener whenever the index has moved on; on a thread of its own."""
        self._index.on_state(listener)

    def listen_trouble(self, listener: Callable[[Problem], None]) -> None:
        """Call the listener with what went wrong beside the work that was asked for."""
        self._trouble_listeners.append(listener)

    def _tell(self, changes: Changes) -> Changes:
        self._say(changes)
        # What an import adds is looked at when it has ended.
        if changes.touches(Kind.FACTS, Kind.TEXT, Kind.FOLDS, Kind.REMOVED):
            self._refolding.kick()
        return changes

    def _say(self, changes: Changes) -> Changes:
        if changes:
            if changes.touches(*_COUNTED_BY_TAGS):
                self._tag_turn += 1
            self._index.kick()
            for listener in list(self._listeners):
                listener(changes)
        return changes

    # Changing

    def run(self, command: Command) -> Changes:
        """Carry a command out; it can be undone."""
        self._before_changes()
        return self._tell(undoing.do(self._store, command))

    def undo(self) -> undoing.UndoReport | None:
        """Take back the newest thing done; None where there is nothing."""
        self._before_changes()
        return self._told(undoing.undo(self._store))

    def redo(self) -> undoing.UndoReport | None:
        """Do again what was undone last; None where there is nothing."""
        self._before_changes()
        return self._told(undoing.redo(self._store))

    def _told(self, report: undoing.UndoReport | None) -> undoing.UndoReport | None:
        if report is not None:
            self._tell(report.changes)
        return report

    def undo_name(self) -> str | None:
        """What an undo would take back."""
        with self._store.read() as snapshot:
            step = snapshot.undo_steps.newest(undone=False)
        return step.name if step else None

    def redo_name(self) -> str | None:
        """What a redo would do again."""
        with self._store.read() as snapshot:
            step = snapshot.undo_steps.newest(undone=True)
        return step.name if step else None

    def undone(self) -> int:
        """How many steps have been undone and can be done again."""
        with self._store.read() as snapshot:
            return snapshot.undo_steps.undone()

    def history(self, limit: int = 100) -> list[undoing.Done]:
        return undoing.history(self._store, limit)

    def history_lines(self) -> list[HistoryLine]:
        """Every step that is kept, newest first; those that are undone come before all others."""
        return lines(self._store)

    def go_to_step(self, step: int | None) -> Went:
        """Make the library what it was right after a step, or before all of them: whole or not."""
        self._before_changes()
        went = go_to(self._store, step)
        self._tell(went.changes)
        return went

    def forget_history(self) -> None:
        """Forget what could be undone; the library stays as it is."""
        self._refuse_read_only()
        with self._store.write() as work:
            work.undo_steps.thin(keep=0)

    def set_progress(self, document: int, *, progress: float, position: int) -> None:
        """Keep how far a document has been read; it is a place mark, not a step of undo.

        An unread document whose reader has moved on in it is being read from then on.
        """
        if self.read_only:
            return
        kinds = {Kind.PROGRESS}
        with self._store.write() as work:
            found = work.documents.get(document)
            if found is None:
                return
            work.documents.set_progress(document, progress=progress, position=position)
            if found.state is ReadState.UNREAD and position > found.position:
                work.documents.set_state([document], ReadState.READING)
                kinds.add(Kind.STATE)
        self._tell(Changes(frozenset([document]), frozenset(kinds)))

    def empty_trash(self) -> Changes:
        """Remove the documents in the trash for good. This cannot be undone.

        Their originals stay for as long as a backup names them, so that it can be restored whole.
        """
        self._before_changes()
        with self._imports.none_running("The trash cannot be emptied while an import is running."):
            with self._store.write() as work:
                ids = work.documents.all_ids(trashed=True)
                work.documents.remove(sorted(ids))
            # After the transaction: an original too many is harmless, one too few is a loss.
            self._store.forget_originals()
        kinds = frozenset([Kind.REMOVED]) if ids else frozenset()
        return self._tell(Changes(frozenset(ids), kinds))

    # Importing

    def sandbox(self) -> str:
        """Say what the process that reads foreign files cannot do; starts it, and waits for that."""
        return self._imports.sandbox()

    def import_files(
        self,
        paths: Sequence[Path],
        *,
        tag: str | None = None,
        stop: threading.Event | None = None,
        on_outcome: Callable[[Outcome], None] = lambda outcome: None,
        on_progress: Callable[[Progress], None] = lambda progress: None,
    ) -> Progress:
        """Import files and folders; tag: the path of a tag for all of them, made where missing.

        Imports of one process go one after the other. Each outcome is said once it is durable.
        """
        self._before_changes()
        tag_id = self._tag_for_import(tag) if tag else None
        return self._imports.run(
            paths, tag=tag_id, stop=stop, on_outcome=on_outcome, on_progress=on_progress
        )

    def resume_import(
        self,
        run: int,
        *,
        stop: threading.Event | None = None,
        on_outcome: Callable[[Outcome], None] = lambda outcome: None,
        on_progress: Callable[[Progress], None] = lambda progress: None,
    ) -> Progress:
        """Go on with an import that was stopped or interrupted; what was told is passed over.

        The progress counts what was told before. Problem where there is nothing to go on with.
        """
        self._before_changes()
        return self._imports.resume(run, stop=stop, on_outcome=on_outcome, on_progress=on_progress)

    def import_attachments(
        self,
        document: int,
        numbers: Sequence[int],
        *,
        stop: threading.Event | None = None,
        on_outcome: Callable[[Outcome], None] = lambda outcome: None,
        on_progress: Callable[[Progress], None] = lambda progress: None,
    ) -> Progress:
        """Import attachments of a document as documents of their own: `mail.eml!/report.pdf`."""
        self._before_changes()
        items = self._taking_out.items(document, numbers)
        return self._imports.bring(items, stop=stop, on_outcome=on_outcome, on_progress=on_progress)

    def import_runs(self) -> list[ImportRun]:
        """The imports of this library, newest first; the history keeps the newest 100."""
        self._imports.endings.note()
        return self._imports.endings.known(import_runs.runs(self._store))

    def interrupted_imports(self) -> list[ImportRun]:
        """The imports that were stopped or interrupted and can be resumed, newest first."""
        return [run for run in self.import_runs() if run.resumable]

    def import_outcomes(
        self,
        run: int,
        *,
        kinds: Collection[OutcomeKind] = (),
        start: int = 0,
        limit: int | None = None,
    ) -> list[Outcome]:
        """What was told of an import's files, in order. kinds: only these; none named: all."""
        return import_runs.outcomes(self._store, run, kinds=kinds, start=start, limit=limit)

    def dismiss_import(self, run: int) -> None:
        """Do not offer an import to be resumed any more; what it brought in stays."""
        self._refuse_read_only()
        self._imports.endings.note()
        import_runs.dismiss(self._store, run)

    def read_again(
        self,
        ids: Sequence[int] | None = None,
        *,
        stop: threading.Event | None = None,
        on_progress: Callable[[ReadAgain], None] = lambda done: None,
    ) -> ReadAgain:
        """Read the originals of documents (None: of all) again with the readers of today.

        What was set by hand stays, and the place where reading stopped is carried over. It waits
        while an import runs, and can be stopped at any time.
        """
        self._before_changes()
        stop = stop or threading.Event()
        with self._imports.reading(stop) as worker:
            if worker is None:
                return ReadAgain(0, stopped=True)
            done = read_again(
                self._store, worker, ids, stop=stop, on_progress=on_progress, tell=self._tell
            )
        self._refolding.wait()
        return done

    # Watched folders

    def watched(self) -> list[WatchedFolder]:
        """The folders whose new files are imported, by path."""
        with self._store.read() as snapshot:
            return snapshot.watched.all()

    def watch(self, folder: Path, tag: str | None = None) -> None:
        """Import what comes into a folder from now on. tag: a path, made where it is missing."""
        self._refuse_read_only()
        if not is_folder(folder):
            raise BadUsage(
                f"“{folder}” is not a folder.", "Nothing is watched that was not before."
            )
        tag_id = self._tag_for_import(tag) if tag else None
        folder = folder.absolute()
        seen = seen_in(folder)
        with self._store.write() as work:
            work.watched.put(folder, tag_id, seen=seen)

    def unwatch(self, folder: Path) -> None:
        """Watch a folder no longer; what was brought in from it stays."""
        self._refuse_read_only()
        with self._store.write() as work:
            work.watched.remove(folder.absolute())

    def start_watching(
        self, on_new: Callable[[Sequence[Outcome]], None] = lambda outcomes: None
    ) -> None:
        """Look into the watched folders from now on, on a thread of its own, until it is closed.

        on_new: is called on that thread with what became of the files that were new.
        """
        self._refuse_read_only()
        if self._watching is None:
            self._watching = Watching(self._store, self._import_watched, on_new, self._say_trouble)
            self._watching.start()

    def stop_watching(self) -> None:
        """Look into the watched folders no longer; an import from them that runs is stopped."""
        if self._watching is not None:
            self._watching.stop()
            self._watching = None

    def _import_watched(
        self,
        paths: Sequence[Path],
        tag: int | None,
        stop: threading.Event,
        on_outcome: Callable[[Outcome], None],
    ) -> None:
        self._before_changes()
        self._imports.run(
            paths,
            tag=tag,
            stop=stop,
            on_outcome=on_outcome,
            on_progress=lambda progress: None,
            watched=True,
        )

    def _tag_for_import(self, path: str) -> int:
        found = self.tag_tree(counted=False).find(path)
        if found is None:
            self.run(CreateTag(path))
            found = self.tag_tree(counted=False).find(path)
        assert found is not None
        return found.id

    # Folds

    def wait_until_folded(self) -> None:
        """Return once the folds of all texts are what the library and its rules make them."""
        self._refolding.wait()

    # The index

    def wait_until_searchable(self, timeout_s: float | None = None) -> bool:
        """Wait until the index holds everything; False where the time ran out."""
        self._refolding.wait()
        return self._index.wait_until_current(timeout_s)

    def reindex(self) -> None:
        """Make the index anew; searches go on meanwhile with what there is."""
        self._index.rebuild()

    # Keeping safe

    def backup(self, out: Path | None = None) -> Path:
        """Make a verified backup: of the database beside the library, or of everything in `out`."""
        return self._store.backup(out)

    def backups(self) -> list[Backup]:
        return self._store.backups()

    def restore(self, path: Path) -> Restored:
        """Put a backup in the library's place, after a backup of what is there now."""
        self._refuse_read_only()
        with self._imports.none_running("A backup cannot be restored while an import is running."):
            with self._refolding.held():
                restored = self._store.restore(path)
            self._imports.endings.add(import_runs.ended_by_a_crash(self._store))
        self._day_backup.due_again()
        self._index.rebuild()
        self._tell(Changes(kinds=frozenset([Kind.EVERYTHING])))
        return restored

    def verify(self, *, repair: bool = False) -> list[Finding]:
        """Look through the whole library; with repair, mend what can be mended without loss."""
        findings = self._store.verify()
        if repair and findings:
            self._refuse_read_only()
            self._store.repair(findings)
            self._tell(Changes(kinds=frozenset([Kind.EVERYTHING])))
            findings = self._store.verify()
        try:
            with self._store.read() as snapshot:
                return findings + findings_of_trash(snapshot.tag_bin.all())
        except LibraryDamaged:  # which is among the findings
            return findings

    def _before_changes(self) -> None:
        """Refuse where nothing may be changed, and make the day's backup first."""
        self._refuse_read_only()
        self._day_backup.before_change()
        self._imports.endings.note()

    def _say_trouble(self, problem: Problem) -> None:
        for listener in list(self._trouble_listeners):
            listener(problem)

    def _refuse_read_only(self) -> None:
        if self.read_only:
            raise LibraryBusy("The library is open for reading only.", "Nothing has been changed.")
