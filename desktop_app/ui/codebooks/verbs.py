"""Exporting a tag collection, and importing one after it was looked at."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from desktop_app.core.changes import Changes
from desktop_app.core.codebook import Codebook
from desktop_app.core.errors import Problem
from desktop_app.library.codebooks.applying import ImportCodebook
from desktop_app.library.codebooks.forms import CodebookForm
from desktop_app.library.codebooks.plan import Plan
from desktop_app.library.codebooks.reading import Read, read_codebook
from desktop_app.library.codebooks.writing import Written, write_codebook
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.codebooks.export_dialog import ExportDialog, Looked
from desktop_app.ui.codebooks.import_dialog import ImportDialog
from desktop_app.ui.codebooks.words import counted
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.session import Session

if TYPE_CHECKING:
    from desktop_app.library.library import Library

FILTER = "Tag collections (*.tagset.json *.json *.csv *.tsv *.qdc);;All files (*)"
_FORBIDDEN = str.maketrans('/\\:*?"<>|', "_________")


class CodebookVerbs(QObject):
    """The verbs of tag collections as files."""

    def __init__(self, session: Session, actions: Actions, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._export: ExportDialog | None = None
        self._imports: list[ImportDialog] = []
        actions.on("tags.export", self.show_export)
        actions.on("tags.import", self.ask_file)
        session.tags_changed.connect(self._on_tags)

    @property
    def _tree(self) -> TagTree:
        return self._session.tag_tree or TagTree()

    def _on_tags(self, tree: TagTree) -> None:
        if self._export is not None and self._export.isVisible():
            self._export.set_collections(tree.collections)
        for dialog in self._imports:
            dialog.set_collections(tree.collections)
            self._plan(dialog)

    # Out.

    def show_export(self, collection: int | None = None) -> None:
        """Ask which collection is saved, and how; the one in use is offered where none is named."""
        dialog = self._export
        if dialog is None:
            dialog = self._export = ExportDialog(self._window)
            dialog.look_asked.connect(self._look)
            dialog.save_asked.connect(self._ask_target)
        dialog.set_collections(self._tree.collections)
        if collection is not None:
            dialog.choose(collection)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def _look(self, collection: int) -> None:
        dialog = self._export
        assert dialog is not None

        def look(library: Library) -> Looked:
            codebook = library.codebook(collection)
            return Looked(codebook, *library.coded(collection))

        self._session.read(look, dialog.set_looked, key="codebook-export")

    def _ask_target(self, collection: int, form: CodebookForm, codings: bool) -> None:
        names = {each.id: each.name for each in self._tree.collections}
        name = names.get(collection, "").translate(_FORBIDDEN).strip(". ") or self.tr("tags")
        named, _form = QFileDialog.getSaveFileName(
            self._export or self._window,
            self.tr("Save the tags as"),
            str(Path(self._folder()) / f"{name}{form.ending}"),
            f"{form.shown_as} (*{form.ending})",
        )
        if named:
            target = Path(named)
            if not target.name.casefold().endswith(form.ending):
                target = target.with_name(f"{target.name}{form.ending}")
            self._session.settings.change(last_folder=str(target.parent))
            self.save(collection, target, form, codings=codings)

    def save(self, collection: int, target: Path, form: CodebookForm, *, codings: bool) -> None:
        """Write a collection to a file, and say what it holds."""

        def write(library: Library) -> Written:
            codebook = library.codebook(collection, codings=codings)
            return write_codebook(codebook, target, taguette=form is CodebookForm.TAGUETTE)

        def saved(written: Written) -> None:
            words = counted(written.tags, "tag", "tags")
            if written.codings:
                uses = counted(written.codings, "use of them", "uses of them")
                words = self.tr("{0} and {1}").format(words, uses)
            said = self.tr("Saved {0} as {1}").format(words, target.name)
            self._session.said.emit(". ".join((said, *written.left_out)).rstrip("."))
            if self._export is not None:
                self._export.close()

        self._session.long_work(self.tr("Saving tags"), write, saved)

    # In.

    def ask_file(self) -> None:
        """Ask for a file, and show what an import of it comes to."""
        named, _filter = QFileDialog.getOpenFileName(
            self._window, self.tr("Import tags"), self._folder(), FILTER
        )
        if named:
            self._session.settings.change(last_folder=str(Path(named).parent))
            self.look_at(Path(named))

    def look_at(self, path: Path) -> None:
        """Read a file, and show what an import of it comes to."""

        def read(_library: Library) -> Read:
            return read_codebook(path)

        def shown(found: Read) -> None:
            for codebook in found.codebooks:
                self._show_import(codebook, path.name, found.notes)

        self._session.long_work(self.tr("Reading tags"), read, shown)

    def _show_import(self, codebook: Codebook, name: str, notes: tuple[str, ...]) -> None:
        dialog = ImportDialog(codebook, name, notes, self._window)
        self._imports.append(dialog)
        dialog.finished.connect(partial(self._forget, dialog))
        dialog.plan_asked.connect(partial(self._plan, dialog))
        dialog.command.connect(partial(self._import, dialog))
        dialog.set_collections(self._tree.collections)
        self._plan(dialog)
        dialog.show()

    def _forget(self, dialog: ImportDialog, _result: int) -> None:
        if dialog in self._imports:
            self._imports.remove(dialog)

    def _plan(self, dialog: ImportDialog) -> None:
        codebook, choices, into = dialog.codebook, dict(dialog.choices), dialog.into
        known = None
        # Taggings are looked up again only where nothing was looked up yet: texts seldom change
        # while one chooses, and the import looks for itself.
        if dialog.plan is not None:
            known = dialog.plan.placed

        def plan(library: Library) -> Plan:
            return library.plan_codebook(codebook, choices, into=into, known=known)

        def planned(made: Plan) -> None:
            if dialog in self._imports:
                dialog.set_plan(made)

        self._session.read(plan, planned, key=f"codebook-plan-{id(dialog)}")

    def _import(self, dialog: ImportDialog, command: ImportCodebook) -> None:
        self._session.busy_with.emit(self.tr("Importing tags"))

        def done(changes: Changes) -> None:
            self._session.busy_with.emit("")
            if not changes:
                self._session.said.emit(
                    self.tr("All of “{0}” is here already; nothing was changed.").format(
                        command.codebook.name
                    )
                )
            if dialog in self._imports:
                dialog.accept()

        def failed(error: Exception) -> None:
            self._session.busy_with.emit("")
            if not isinstance(error, Problem) or dialog not in self._imports:
                self._session.say_problem(error)
                return
            self._plan(dialog)
            dialog.show_refusal(str(error))

        self._session.do(command, done, failed)

    def _folder(self) -> str:
        return self._session.settings.now.last_folder or str(Path.home())
