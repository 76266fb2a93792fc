"""Who is told of what about the details: what is chosen is looked up, what is asked carried out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.core.changes import Changes, Kind
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.session import Session

if TYPE_CHECKING:
    from desktop_app.library.library import Library
    from desktop_app.ui.panes.details import DetailsPane

SOON_MS = 60
AT_ONCE = 500


class DetailsJoins(QObject):
    """The connections of the details pane of one window."""

    tag_asked = Signal()
    attachments_asked = Signal()

    def __init__(
        self,
        session: Session,
        actions: Actions,
        chosen: Callable[[], list[int]],
        window: MainWindow,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._action = actions["document.details"]
        self._chosen = chosen
        self._window = window
        self._pane = window.details
        self.soon = QTimer(self)
        self.soon.setSingleShot(True)
        self.soon.setInterval(SOON_MS)
        self._pane.set_read_only(session.read_only)
        self._action.setChecked(session.settings.now.details_shown)
        actions.on("document.details", lambda: self.show(self._action.isChecked()))
        self._connect()

    def _connect(self) -> None:
        session, pane, status = self._session, self._pane, self._window.status
        pane.command.connect(session.do)
        pane.attachments_asked.connect(self.attachments_asked)
        pane.tag_asked.connect(self.tag_asked)
        pane.closed.connect(lambda: self.show(False))
        pane.link_copied.connect(lambda _url: status.say(self.tr("Link copied")))
        pane.problem.connect(self._window.problem_bar.show_problem)
        session.changed.connect(self._on_changes)
        session.tags_changed.connect(self._on_tags)
        self._window.reader.details_asked.connect(self.show)
        self.soon.timeout.connect(self._fill)

    def show(self, shown: bool) -> None:
        """Show or hide the details."""
        self._action.setChecked(shown)
        self._window.show_details(shown)
        if shown:
            self._fill()

    def commit(self) -> None:
        """Save what is being typed, before other documents are chosen."""
        self._pane.commit()

    def _on_tags(self, tree: TagTree) -> None:
        self._pane.set_tags(tree)

    def _on_changes(self, changes: Changes) -> None:
        if changes.kinds != {Kind.PROGRESS}:
            self.soon.start()

    def _fill(self) -> None:
        if self._pane.isHidden():
            return
        ids = self._chosen()
        if len(ids) > AT_ONCE:
            self._session.tasks.forget("details")
            self._pane.set_documents(())
            self._window.status.say(
                self.tr("Details can be set for {0} documents at once.").format(AT_ONCE)
            )
            return
        self._session.read(
            lambda library: _details_of(library, ids), lambda show: show(self._pane), key="details"
        )


def _details_of(library: Library, ids: Sequence[int]) -> Callable[[DetailsPane], None]:
    """Look up what the details of documents show; what is returned shows it."""
    documents = library.documents(ids)
    if len(documents) != 1:
        return lambda pane: pane.set_documents(documents)
    (one,) = documents
    proposals = library.proposals([one.id]).get(one.id, ())
    attachments = len(library.attachments(one.id))
    return lambda pane: pane.set_documents(documents, proposals=proposals, attachments=attachments)
