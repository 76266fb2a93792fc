"""What the actions of the Document menu do to the documents that are chosen.

Which documents these are is asked of the window each time; what state they are in, of the library,
in a task, since thousands may be chosen of which few are held.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.core.errors import DiskTrouble
from desktop_app.core.model import Document, ReadState
from desktop_app.library.commands import SetStarred, SetState, SetTrashed
from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.session import Session
from desktop_app.ui.verbs.pick_tags import PickTags

if TYPE_CHECKING:
    from desktop_app.library.commands import Command
    from desktop_app.library.library import Library

LOOKED_AT_ONCE = 200


class DocumentVerbs(QObject):
    """Star, read state, trash and tags of the chosen documents."""

    def __init__(
        self,
        session: Session,
        actions: Actions,
        picking: PickTags,
        chosen: Callable[[], list[int]],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._chosen = chosen
        self._picking = picking
        self._window = window
        actions.on("document.star", self._star)
        actions.on("document.read", self._read)
        actions.on("document.reading", self._reading)
        actions.on("document.trash", lambda: self._trash(True))
        actions.on("document.restore", lambda: self._trash(False))

    def pick_tags(self) -> None:
        """Open the tag picker for the chosen documents."""
        self._picking.for_documents(self._chosen())

    def save_original(self, document: Document) -> None:
        """Ask where to, and save the bytes of a document there as they came."""
        folder = self._session.settings.now.last_folder or str(Path.home())
        proposed = str(Path(folder) / Path(document.file_name).name)
        name, _filter = QFileDialog.getSaveFileName(
            self._window, self.tr("Save the original file"), proposed
        )
        if not name:
            return
        target = Path(name)

        def saved(_nothing: object) -> None:
            self._session.said.emit(f"Saved {target.name}")

        def failed(error: Exception) -> None:
            if isinstance(error, OSError):
                error = DiskTrouble(
                    f"“{target.name}” could not be saved: {error.strerror}.",
                    "The document in the library is untouched.",
                )
            self._session.say_problem(error)

        self._session.read(
            lambda library: target.write_bytes(library.original(document.id)[1]), saved, failed
        )

    def _toggle(
        self, has: Callable[[Document], bool], command: Callable[[tuple[int, ...], bool], Command]
    ) -> None:
        """Run the command with True unless all chosen documents have it already, else with False."""
        ids = tuple(self._chosen())

        def all_have_it(library: Library) -> bool:
            # Thousands may be chosen, and mostly the first few tell.
            return all(
                has(document)
                for start in range(0, len(ids), LOOKED_AT_ONCE)
                for document in library.documents(ids[start : start + LOOKED_AT_ONCE])
            )

        if ids:
            self._session.read(all_have_it, lambda have: self._session.do(command(ids, not have)))

    def _star(self) -> None:
        self._toggle(lambda document: document.starred, SetStarred)

    def _read(self) -> None:
        self._toggle(
            lambda document: document.state is ReadState.READ,
            lambda ids, read: SetState(ids, ReadState.READ if read else ReadState.UNREAD),
        )

    def _reading(self) -> None:
        ids = tuple(self._chosen())
        if ids:
            self._session.do(SetState(ids, ReadState.READING))

    def _trash(self, trashed: bool) -> None:
        ids = tuple(self._chosen())
        if ids:
            self._session.do(SetTrashed(ids, trashed))
