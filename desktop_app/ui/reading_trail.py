"""Back and forward through what was read: by buttons, keys and the mouse, kept over restarts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from desktop_app.core.model import Document
from desktop_app.ui.reader.pane import ReaderPane
from desktop_app.ui.reading import Reading
from desktop_app.ui.settings_keeper import SettingsKeeper
from desktop_app.ui.trail import Step, Trail

KEPT_OVER_RESTARTS = 50
KEEP_AFTER_MS = 500  # after a move, and no more often than that


class ReadingTrail(QObject):
    """Goes back and forward along the trail of a Reading."""

    changed = Signal()  # one can go back or forward, or no longer

    def __init__(
        self, reading: Reading, pane: ReaderPane, settings: SettingsKeeper, library: str
    ) -> None:
        super().__init__(reading)
        self._reading = reading
        self._pane = pane
        self._settings = settings
        self._library = library
        self._going_to: int | None = None  # a document of the trail: coming there is no step
        self._gone_from = -1  # where in the trail one stood before
        self._left_at: Step | None = None  # where one stood when the window was left
        self.soon = QTimer(self)
        self.soon.setSingleShot(True)
        self.soon.setInterval(KEEP_AFTER_MS)
        kept = settings.now.trail.get(library, ())
        self._trail = reading.trail = Trail([Step(*step) for step in kept])
        self._connect()
        self._tell()

    def _connect(self) -> None:
        self._reading.leaving.connect(self._leave)
        self._reading.shown.connect(self._visit)
        self._reading.gone.connect(self._forget)
        self._reading.failed.connect(self._stay)
        self._pane.jumped.connect(self._jump)
        self._pane.sheets.scrolled.connect(self._trail.read_on)
        self._pane.sheets.moved.connect(self._keep_soon)
        self.soon.timeout.connect(self.keep)
        self._pane.back_asked.connect(self.back)
        self._pane.forward_asked.connect(self.forward)

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place to go back to."""
        return self._trail.can_go_back

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a place that one came back from."""
        return self._trail.can_go_forward

    def back(self) -> None:
        """Go to where one was before."""
        self._go(-1)

    def forward(self) -> None:
        """Go to where one came back from."""
        self._go(1)

    def open_where_left(self, document: int) -> None:
        """Open a document where one stood in it when the window was left, were it by a kill.

        That may be a place that was only looked up: it does not become the one to read on from.
        """
        last = self._trail.steps[-1] if self._trail.steps else None
        self._left_at = last if last is not None and last.document == document else None
        self._reading.open(document)

    def keep(self) -> None:
        """Put the trail into the settings."""
        self.soon.stop()
        self._leave()
        before = self._trail.steps[: self._trail.at + 1][-KEPT_OVER_RESTARTS:]
        kept = dict(self._settings.now.trail)
        kept[self._library] = tuple((step.document, step.position) for step in before)
        self._settings.change(trail=kept)

    def follow_mouse(self, part: QWidget) -> None:
        """Let the mouse's own buttons go back and forward over a part of the window."""
        part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the two buttons at the side of a mouse."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            steps = {Qt.MouseButton.BackButton: -1, Qt.MouseButton.ForwardButton: 1}
            if (by := steps.get(event.button())) is not None:
                self._go(by)
                return True
        return False

    def _is_here(self) -> bool:
        """Whether the trail stands at the document that is shown."""
        shown, trail = self._pane.document, self._trail
        return shown is not None and trail.at >= 0 and trail.steps[trail.at].document == shown.id

    def _leave(self) -> None:
        if self._is_here() and self._going_to is None:
            self._trail.leave(self._pane.position())

    def _keep_soon(self) -> None:
        if not self.soon.isActive():
            self.soon.start()

    def _visit(self, document: Document) -> None:
        left_at, self._left_at = self._left_at, None
        if left_at is not None and left_at.document == document.id:
            self._pane.return_to(left_at.position)
        if document.id != self._going_to:
            self._trail.visit(document.id)
        self._going_to = None
        self._tell()

    def _jump(self, stepping: bool) -> None:
        if self._is_here() and not self._reading.is_opening:
            self._trail.jump(self._pane.position(), stepping=stepping)
            self._tell()

    def _go(self, by: int) -> None:
        position = self._pane.position() if self._is_here() else self._present()
        before = self._trail.at
        step = self._trail.go(by, position)
        if step is None:
            return
        self._gone_from = before
        shown = self._pane.document
        if shown is not None and shown.id == step.document:
            self._pane.return_to(step.position)
        else:
            self._going_to = step.document
            self._reading.open(step.document, position=step.position)
        self._tell()

    def _present(self) -> int:
        trail = self._trail
        return trail.steps[trail.at].position if trail.at >= 0 else 0

    def _stay(self) -> None:
        """Stand where one stood before one went to what cannot be shown."""
        if self._going_to is not None:
            self._trail.at = self._gone_from
            self._going_to = None
            self._tell()

    def _forget(self, document: int) -> None:
        self._going_to = None
        self._trail.forget(document)
        self._tell()

    def _tell(self) -> None:
        self._pane.set_back_forward(self.can_go_back, self.can_go_forward)
        self.keep()
        self.changed.emit()
