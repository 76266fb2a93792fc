"""The attachments of a mail: listed, saved, imported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.core.errors import DiskTrouble, Problem
from desktop_app.core.model import Document, Part
from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.dialogs.attachments import AttachmentsDialog
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.session import Session

if TYPE_CHECKING:
    from desktop_app.library.library import Library

_Found = tuple[Document, tuple[Part, ...]] | None


class AttachmentVerbs(QObject):
    """Opens the dialog for the document that is chosen, and carries out what it asks for."""

    def __init__(
        self,
        session: Session,
        actions: Actions,
        chosen: Callable[[], list[int]],
        window: MainWindow,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._chosen = chosen
        self._window = window
        self._dialog: AttachmentsDialog | None = None
        actions.on("document.attachments", self.show)

    def show(self) -> None:
        """Show the attachments of the chosen document."""
        chosen = self._chosen()
        if not chosen:
            return
        document = chosen[0]

        def read(library: Library) -> _Found:
            found = library.documents([document])
            return (found[0], library.attachments(document)) if found else None

        self._session.read(read, self._open, key="attachments")

    def _open(self, found: _Found) -> None:
        if found is None:
            return
        document, parts = found
        if not parts:
            self._session.said.emit(f"“{document.title}” has no attachments.")
            return
        dialog = self._dialog
        if dialog is None:
            dialog = self._dialog = AttachmentsDialog(self._window)
            dialog.save_asked.connect(self._save)
            dialog.import_asked.connect(self._import)
            dialog.set_read_only(self._session.read_only)
        dialog.set_attachments(document, parts, self._session.settings.now.last_folder)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def _save(self, document: int, number: int, where: Path) -> None:
        self._session.settings.change(last_folder=str(where.parent))

        def write(library: Library) -> None:
            where.write_bytes(library.attachment(document, number)[1])

        def failed(error: Exception) -> None:
            if isinstance(error, OSError) and not isinstance(error, Problem):
                error = DiskTrouble(
                    f"“{where.name}” could not be saved: {error.strerror}.",
                    "The attachment is still in the original of its mail.",
                )
            self._session.say_problem(error)

        self._session.read(
            write, lambda _nothing: self._session.said.emit(f"Saved {where.name}"), failed
        )

    def _import(self, document: int, numbers: Sequence[int]) -> None:
        self._session.imports.attachments(document, numbers)
