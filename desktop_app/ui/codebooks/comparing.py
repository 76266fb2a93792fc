"""Comparing two people's tags: what is compared is read and shown, and its passages opened."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from desktop_app.core.codebook import Codebook
from desktop_app.core.errors import Problem
from desktop_app.core.text import one_line
from desktop_app.library.codebooks.comparing import Comparison, Lone, Side
from desktop_app.library.codebooks.comparison_table import save_lone, save_tags
from desktop_app.library.codebooks.reading import Read, read_codebook
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.codebooks.compare_dialog import CompareDialog, Source
from desktop_app.ui.codebooks.verbs import FILTER
from desktop_app.ui.codebooks.words import counted
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.session import Session
from desktop_app.ui.tasks import Lane

if TYPE_CHECKING:
    from desktop_app.library.library import Library

_KEY = "codebook-compare"


class ComparingVerbs(QObject):
    """The verbs of the comparison."""

    place_asked = Signal(int, int, int)  # a document, and the passage of it that is wanted

    def __init__(self, session: Session, actions: Actions, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self.dialog: CompareDialog | None = None
        self._stop = threading.Event()  # of the comparison under way
        session.closing.connect(self._let_go)
        actions.on("tags.compare", self.show)
        session.tags_changed.connect(self._on_tags)

    def show(self) -> None:
        """Show the comparison."""
        dialog = self.dialog
        if dialog is None:
            dialog = self.dialog = CompareDialog(self._window)
            dialog.compare_asked.connect(self._compare)
            dialog.stopped.connect(self._let_go)
            dialog.file_asked.connect(self._ask_file)
            dialog.opened.connect(self._open)
            dialog.tags_save_asked.connect(self._save_tags)
            dialog.lone_save_asked.connect(self._save_lone)
            # The reader stays in view beside it.
            dialog.move(self._window.pos())
        tree = self._session.tag_tree or TagTree()
        dialog.set_collections(tree.collections)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        dialog.ask()

    def _on_tags(self, tree: TagTree) -> None:
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.set_collections(tree.collections)
            self.dialog.ask_again()

    def _compare(self, a: Source, b: Source, every_text: bool) -> None:
        dialog = self.dialog
        assert dialog is not None
        self._let_go()
        stop = self._stop = threading.Event()

        def compare(library: Library) -> Comparison:
            one, other = (_codebook(library, source) for source in (a, b))
            return library.compare_codebooks(
                one, other, names=(a.name, b.name), every_text=every_text, stop=stop
            )

        def failed(error: Exception) -> None:
            dialog.give_up()
            self._session.say_problem(error)

        self._session.read(compare, dialog.set_comparison, failed, key=_KEY, lane=Lane.COMPARE)

    def _let_go(self) -> None:
        """End a comparison that nobody waits for any more."""
        self._stop.set()
        self._session.tasks.forget(_KEY)

    # Files.

    def _ask_file(self, side: Side) -> None:
        dialog = self.dialog
        assert dialog is not None
        named, _filter = QFileDialog.getOpenFileName(
            dialog, self.tr("Compare with a file"), self._folder(), FILTER
        )
        if not named:
            dialog.give_up_file(side)
            return
        self._session.settings.change(last_folder=str(Path(named).parent))
        self.add_file(side, Path(named))

    def add_file(self, side: Side, path: Path) -> None:
        """Read a file, and compare it."""
        dialog = self.dialog
        assert dialog is not None

        def shown(found: Read) -> None:
            codebook = found.codebooks[0]
            if not codebook.codings:
                refused(
                    Problem(
                        f"“{path.name}” says nothing of what its tags are on.",
                        "Export it as .tagset.json with what the tags are on.",
                    )
                )
                return
            dialog.add_file(side, Source(_name(codebook, path), codebook=codebook))

        def refused(error: Exception) -> None:
            dialog.give_up_file(side)
            self._session.say_problem(error)

        self._session.read(lambda _library: read_codebook(path), shown, refused, lane=Lane.LONG)

    # What is done with what came of it.

    def _open(self, lone: Lone) -> None:
        if lone.document is None:
            self._session.say_problem(
                Problem(f"“{lone.title}” is not in this library.", "Import it to see the passage.")
            )
            return
        self.place_asked.emit(lone.document, lone.start, lone.end)

    def _save_tags(self, comparison: Comparison) -> None:
        if target := self._target(self.tr("agreement.csv")):
            self._save(lambda: save_tags(comparison, target), target, ("tag", "tags"))

    def _save_lone(self, comparison: Comparison, lone: list[Lone]) -> None:
        if target := self._target(self.tr("differences.csv")):
            self._save(lambda: save_lone(comparison, lone, target), target, ("place", "places"))

    def _target(self, name: str) -> Path | None:
        named, _form = QFileDialog.getSaveFileName(
            self.dialog or self._window,
            self.tr("Save as a table"),
            str(Path(self._folder()) / name),
            self.tr("CSV, for spreadsheets (*.csv)"),
        )
        if not named:
            return None
        target = Path(named)
        if target.suffix.lower() != ".csv":
            target = target.with_name(f"{target.name}.csv")
        self._session.settings.change(last_folder=str(target.parent))
        return target

    def _save(self, save: Callable[[], int], target: Path, words: tuple[str, str]) -> None:
        def saved(rows: int) -> None:
            said = self.tr("Saved {0} as {1}").format(counted(rows, *words), target.name)
            self._session.said.emit(said)

        self._session.long_work(self.tr("Saving a table"), lambda _library: save(), saved)

    def _folder(self) -> str:
        return self._session.settings.now.last_folder or str(Path.home())


def _name(codebook: Codebook, path: Path) -> str:
    """Who is meant by a file: its author, else the name of the file."""
    author = one_line(codebook.author)
    return author if 0 < len(author) <= 40 else path.name.removesuffix(".tagset.json")


def _codebook(library: Library, source: Source) -> Codebook:
    if source.codebook is not None:
        return source.codebook
    assert source.collection is not None
    return library.codebook(source.collection, codings=True)
