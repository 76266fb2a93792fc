"""The library as the window sees it: verbs that return at once, and signals with what came of them.

The library itself is only ever called in tasks.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.errors import Problem
from desktop_app.core.model import Counts
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.importing import Imports
from desktop_app.ui.news import News
from desktop_app.ui.place_marks import PlaceMarks
from desktop_app.ui.settings_keeper import SettingsKeeper
from desktop_app.ui.tasks import Lane, Tasks

if TYPE_CHECKING:
    from desktop_app.library.commands import Command
    from desktop_app.library.library import Library

T = TypeVar("T")

_log = logging.getLogger(__name__)

_COUNTING = "tags with those below"


@dataclass(frozen=True, slots=True)
class _Overview:
    """What the window shows of the whole library."""

    counts: Counts
    tags: TagTree
    undo_name: str | None
    redo_name: str | None
    undone: int


class Session(QObject):
    """One library, open in one window."""

    changed = Signal(object)  # Changes
    counts_changed = Signal(object)  # Counts
    tags_changed = Signal(object)  # TagTree
    index_changed = Signal(object)  # IndexState
    undo_changed = Signal(object, object)  # name of what can be undone, done again; or None
    problem = Signal(object)  # Problem
    said = Signal(str)  # what was done, in a sentence
    did = Signal(object)  # a Command that changed something
    closing = Signal()  # long work is to stop
    busy_with = Signal(str)  # long work other than an import, in words; "" when it is over

    def __init__(
        self,
        library: Library,
        settings: SettingsKeeper,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self.settings = settings
        self.tasks = tasks
        self.folder: Path = library.folder
        self.library_name: str = library.name
        self.read_only: bool = library.read_only
        self.counts = Counts()
        self.tag_tree: TagTree | None = None
        self.undo_name: str | None = None
        self.redo_name: str | None = None
        self.undone = 0  # steps that can be done again
        self._undone_before = 0  # and before the change that is being announced
        self.index_state: object | None = None
        self._overview_running = False
        self._overview_wanted = False
        self._announce = False
        self._announce_more = ""
        self._also: list[str] = []  # to be said with what is announced next
        self._doing = 0  # commands under way
        self.imports = Imports(library, tasks, self)
        self.news = News(library, lambda: self.importing, self)
        self.place_marks = PlaceMarks(library, tasks, self)
        self._connect()

    def _connect(self) -> None:
        self.news.changed.connect(self._on_changes)
        self.news.index_changed.connect(self._show_index)
        self.news.trouble.connect(self.problem)
        self.tasks.went_wrong.connect(self.say_problem)
        self.imports.failed.connect(self.say_problem)

    def start(self) -> None:
        """Fetch what the window shows first."""
        self._look_over()
        self.read(lambda library: library.index_state(), self._show_index, key="index-state")

    # Asking.

    def read(
        self,
        work: Callable[[Library], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        key: str | None = None,
        lane: Lane = Lane.READ,
    ) -> None:
        """Ask the library something in a task; see Tasks.run."""
        library = self._library
        self.tasks.run(lambda: work(library), done, failed, key=key, lane=lane)

    # Changing.

    def do(
        self,
        command: Command,
        done: Callable[[Changes], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        more: str = "",
    ) -> None:
        """Run a command; it can be undone. more: what else to say of it once it is done."""
        library = self._library
        undone = self.undone

        def finished(changes: Changes) -> None:
            self._doing -= 1
            if changes:
                self._announce = True
                self._undone_before = undone
                self._announce_more = more
                self._look_over()
                self.did.emit(command)
            else:
                self._say_left()
            if done is not None:
                done(changes)

        def refused(error: Exception) -> None:
            self._doing -= 1
            self._say_left()
            (failed or self.say_problem)(error)

        self._doing += 1
        self.tasks.run(lambda: library.run(command), finished, refused, lane=Lane.CHANGE)

    def say_also(self, words: str) -> None:
        """Say something that belongs to what is being announced, or by itself where nothing is.

        What a command changed is heard of before the command has ended: then this waits for it.
        """
        self._also.append(words)
        self._say_left()

    def _say_left(self) -> None:
        """Say what waited for an announcement, where none is to come."""
        if self._also and not (self._announce or self._doing):
            words, self._also = ". ".join(self._also), []
            self.said.emit(words)

    def undo(self) -> None:
        """Take back the newest change."""
        self._step(self._library.undo, "Undone")

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._step(self._library.redo, "Done again")

    def set_progress(self, document: int, progress: float, position: int) -> None:
        """Remember how far a document has been read; written once a second at most."""
        if not self.read_only:
            self.place_marks.set(document, progress, position)

    # Importing.

    def import_files(self, paths: Sequence[Path], *, tag: str | None = None) -> None:
        """Import files and folders, behind the import that may be running."""
        if self.read_only:
            self.problem.emit(Problem("This library is open for reading only."))
        elif paths:
            self.imports.add(paths, tag=tag)

    def stop_import(self) -> None:
        """Stop the import and whatever waits behind it; what is imported stays."""
        self.imports.stop()

    @property
    def importing(self) -> bool:
        """Whether an import is running."""
        return self.imports.running

    # Keeping safe. Long work, one piece at a time.

    def long_work(
        self,
        words: str,
        work: Callable[[Library], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Do long work beside the window; words say what is being done while it lasts."""
        self.busy_with.emit(words)

        def finished(value: T) -> None:
            self.busy_with.emit("")
            self._look_over()
            done(value)

        def gone_wrong(error: Exception) -> None:
            self.busy_with.emit("")
            (failed or self.say_problem)(error)

        self.read(work, finished, gone_wrong, lane=Lane.LONG)

    def empty_trash(self) -> None:
        """Remove for good what lies in the trash."""
        count = self.counts.trash
        words = "1 document is" if count == 1 else f"{count:,} documents are"
        self.long_work(
            "Emptying the trash",
            lambda library: library.empty_trash(),
            lambda _changes: self.said.emit(f"The trash is empty: {words} gone for good."),
        )

    def say_problem(self, error: object) -> None:
        """Show a Problem; log anything else with its traceback and say one calm sentence."""
        if isinstance(error, Problem):
            self.problem.emit(error)
            return
        trace = error if isinstance(error, BaseException) else None
        _log.error("unexpected error", exc_info=trace)
        self.problem.emit(
            Problem(
                "Something went wrong that should not have; your library is safe.",
                "Help > Diagnostics says where it was written down.",
            )
        )

    def close(self) -> None:
        """Stop what runs, write what waits, and let go of the library. Blocks until that is done."""
        self.closing.emit()
        self.imports.stop()
        self.place_marks.write()
        if not self.tasks.wait(20_000):
            _log.warning("closing with work still under way")
        self.settings.save()
        self._library.close()

    # News from the library.

    def _show_index(self, state: object | None) -> None:
        self.index_state = state
        self.index_changed.emit(state)

    def _on_changes(self, changes: Changes) -> None:
        self.changed.emit(changes)
        if changes.kinds != {Kind.PROGRESS}:
            self._look_over()

    def _look_over(self) -> None:
        """Fetch counts, tags and the names of the undo steps again, never twice at once."""
        if self._overview_running:
            self._overview_wanted = True
            return
        self._overview_running = True
        self._overview_wanted = False
        self.read(_overview, self._show_overview, self._overview_failed)

    def _show_overview(self, seen: _Overview) -> None:
        self._overview_running = False
        if seen.counts != self.counts:
            self.counts = seen.counts
            self.counts_changed.emit(seen.counts)
        self._show_tags(seen.tags)
        if seen.tags.whole:
            self.tasks.forget(_COUNTING)  # of an earlier state
        else:
            self.read(
                lambda library: library.tag_tree(), self._show_tags, self.say_problem, key=_COUNTING
            )
        self.undone = seen.undone
        self.undo_name, self.redo_name = seen.undo_name, seen.redo_name
        self.undo_changed.emit(seen.undo_name, seen.redo_name)
        if self._overview_wanted:
            self._look_over()
        elif self._announce:
            self._announce = False
            if seen.undo_name:
                cut = _cut_off(self._undone_before if not seen.undone else 0)
                also = "".join(f". {words}" for words in self._also)
                self._also = []
                self.said.emit(f"{seen.undo_name}: done{self._announce_more}{also}{cut}")
            self._say_left()

    def _show_tags(self, tags: TagTree) -> None:
        if tags != self.tag_tree:
            self.tag_tree = tags
            self.tags_changed.emit(tags)

    def _overview_failed(self, error: Exception) -> None:
        self._overview_running = False
        self.say_problem(error)

    def _step(self, step: Callable[[], object], word: str) -> None:
        def finished(report: object) -> None:
            refused = getattr(report, "refused", None)
            if refused:
                self.problem.emit(Problem(refused))
            elif report is not None:
                self.said.emit(f"{word}: {getattr(report, 'name', '')}")
            self._look_over()

        self.tasks.run(step, finished, lane=Lane.CHANGE)


def _overview(library: Library) -> _Overview:
    return _Overview(
        library.counts(),
        library.tag_tree_at_once(),
        library.undo_name(),
        library.redo_name(),
        library.undone(),
    )


def _cut_off(steps: int) -> str:
    """What a new change has made of steps that were undone, in words."""
    if not steps:
        return ""
    if steps == 1:
        return ". What was undone before can no longer be done again"
    return f". The {steps:,} steps undone before can no longer be done again"
