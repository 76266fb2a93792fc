"""Checking what is proposed for the facts of the chosen documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.errors import Problem
from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.dialogs.check_facts import CheckFactsDialog
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.models.fact_rows import FactRow, rows_of_facts
from desktop_app.ui.session import Session

if TYPE_CHECKING:
    from desktop_app.library.library import Library

AT_ONCE = 2_000


class FactVerbs(QObject):
    """Opens the dialog for the chosen documents and keeps it up to date while it is open."""

    document_chosen = Signal(int)

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
        self._dialog: CheckFactsDialog | None = None
        self._ids: tuple[int, ...] = ()
        actions.on("document.check_facts", self.check)
        session.changed.connect(self._on_changes)

    def check(self) -> None:
        """Show what is proposed for the chosen documents."""
        chosen = self._chosen()
        if not chosen:
            return
        if len(chosen) > AT_ONCE:
            self._session.problem.emit(
                Problem(
                    f"{len(chosen):,} documents are chosen; facts can be checked for "
                    f"{AT_ONCE:,} at once.",
                    "Choose fewer, for example those of one source or tag.",
                )
            )
            return
        dialog = self._dialog
        if dialog is None:
            dialog = self._dialog = CheckFactsDialog(self._window)
            dialog.command.connect(self._session.do)
            dialog.document_chosen.connect(self.document_chosen)
        self._ids = tuple(chosen)
        dialog.show_waiting()
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        self._fill(keep=False)

    def _fill(self, *, keep: bool) -> None:
        dialog, ids = self._dialog, self._ids
        assert dialog is not None

        def read(library: Library) -> list[FactRow]:
            return rows_of_facts(library.documents(ids), library.proposals(ids))

        def show(rows: Sequence[FactRow]) -> None:
            dialog.set_rows(rows, keep=keep)

        self._session.read(read, show, key="check-facts")

    def _on_changes(self, changes: Changes) -> None:
        dialog = self._dialog
        if dialog is None or not dialog.isVisible():
            return
        everything = changes.touches(Kind.EVERYTHING)
        facts = changes.touches(Kind.FACTS, Kind.TEXT, Kind.REMOVED)
        if everything or (facts and not changes.documents.isdisjoint(self._ids)):
            self._fill(keep=True)
