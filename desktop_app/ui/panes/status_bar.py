"""The line at the bottom: the import, other long work, the index, what was just done, the promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QWidget,
)

from desktop_app.library.outcomes import Progress
from desktop_app.ui.look import icons

if TYPE_CHECKING:
    from desktop_app.library.indexing import IndexState

HEIGHT = 28
SAID_MS = 8_000
PROMISE = "Offline · nothing leaves this computer"


class StatusBar(QFrame):
    """The line at the bottom of the window."""

    stop_asked = Signal()
    busy_stop_asked = Signal()
    import_list_asked = Signal()
    watched_asked = Signal()
    promise_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self.setStyleSheet(
            "#statusBar { border-top: 1px solid palette(mid); background: palette(window); }"
        )
        self.setFixedHeight(HEIGHT)
        self._import = self._label("import progress")
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(120)
        self._bar.setAccessibleName(self.tr("Import progress"))
        self._stop = QToolButton(self)
        self._stop.setIcon(icons.icon("stop"))
        self._stop.setToolTip(self.tr("Stop the import; what is imported stays"))
        self._stop.setAccessibleName(self.tr("Stop the import"))
        self._refused = QPushButton(self)
        self._refused.setProperty("kind", "link")
        self._index = self._label("index")
        self._busy = self._label("long work")
        self._stop_busy = QToolButton(self)
        self._stop_busy.setIcon(icons.icon("stop"))
        self._said = self._label("what was just done")
        self._watched = QPushButton(self)
        self._watched.setProperty("kind", "link")
        self._watched.setStyleSheet("color: palette(placeholder-text); font-size: 13px;")
        self._watched.setToolTip(self.tr("Which folders are watched"))
        self._promise = QPushButton(PROMISE, self)
        self._promise.setProperty("kind", "link")
        self._promise.setStyleSheet("color: palette(placeholder-text); font-size: 13px;")
        self._promise.setAccessibleName(PROMISE)
        self._refused.setStyleSheet("font-size: 13px;")
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.setInterval(SAID_MS)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 10, 0)
        row.setSpacing(12)
        for widget in (
            self._import,
            self._bar,
            self._stop,
            self._refused,
            self._index,
            self._busy,
            self._stop_busy,
            self._said,
        ):
            widget.setVisible(False)
            row.addWidget(widget)
        row.addStretch(1)
        self._watched.setVisible(False)
        row.addWidget(self._watched)
        row.addWidget(self._promise)
        self._connect()

    def _connect(self) -> None:
        self._stop.clicked.connect(self.stop_asked)
        self._stop_busy.clicked.connect(self.busy_stop_asked)
        self._refused.clicked.connect(self.import_list_asked)
        self._watched.clicked.connect(self.watched_asked)
        self._promise.clicked.connect(self.promise_asked)
        self._forget.timeout.connect(lambda: self._set(self._said, ""))

    def begin_import(self) -> None:
        """Show that an import has begun."""
        self._set(self._import, self.tr("Importing…"))
        self._bar.setRange(0, 0)
        self._bar.setVisible(True)
        self._stop.setVisible(True)
        self._refused.setVisible(False)

    def show_progress(self, progress: Progress) -> None:
        """Show how far the import has come."""
        self._set(self._import, progress_in_words(progress))
        if progress.counting and not progress.done:
            self._bar.setRange(0, 0)
        else:
            self._bar.setRange(0, max(progress.found, 1))
            self._bar.setValue(progress.done)
        self._show_refused(progress)

    def end_import(self, progress: Progress | None) -> None:
        """Show what came of the import."""
        self._bar.setVisible(False)
        self._stop.setVisible(False)
        self._set(self._import, "")
        if progress is not None:
            self.say(outcome_in_words(progress))
            self._show_refused(progress)

    def show_index(self, state: IndexState | None) -> None:
        """Show how far the index is behind, while it is."""
        if state is None or not state.waiting:
            self._set(self._index, "")
            return
        words = self.tr("Search is catching up, {0} of {1} to go").format(
            f"{state.waiting:,}", f"{max(state.total, state.waiting):,}"
        )
        self._set(self._index, words)
        self._index.setToolTip(state.note)

    def show_busy(self, words: str, *, stop: str = "") -> None:
        """Show other long work; "" when it is over. stop: what the button does that stops it."""
        self._set(self._busy, f"{words}…" if words else "")
        self._stop_busy.setVisible(bool(words) and bool(stop))
        self._stop_busy.setToolTip(stop)
        self._stop_busy.setAccessibleName(stop)

    def show_watched(self, folders: int) -> None:
        """Say quietly how many folders are watched."""
        count = self.tr("1 folder") if folders == 1 else self.tr("{0} folders").format(folders)
        self._watched.setText(self.tr("Watching {0}").format(count))
        self._watched.setVisible(folders > 0)

    def say(self, sentence: str) -> None:
        """Say for a while what was done."""
        self._set(self._said, sentence)
        self._forget.start()

    def _show_refused(self, progress: Progress) -> None:
        unread = progress.refused - progress.hidden
        parts = [self.tr("{0} could not be read").format(f"{unread:,}")] if unread else []
        if progress.hidden:
            parts.append(self.tr("{0} left out (hidden)").format(f"{progress.hidden:,}"))
        self._refused.setVisible(bool(parts))
        self._refused.setText(", ".join(parts))

    def _label(self, name: str) -> QLabel:
        made = QLabel(self)
        made.setProperty("tone", "small")
        made.setAccessibleName(self.tr(name))
        return made

    def _set(self, label: QLabel, text: str) -> None:
        label.setText(text)
        label.setAccessibleDescription(text)
        label.setVisible(bool(text))


def progress_in_words(progress: Progress) -> str:
    """Write a progress: `Importing 812 of 1,260 · 41 a second · 11 s left`."""
    of = f"{progress.found:,}" + (" found so far" if progress.counting else "")
    parts = [f"Importing {progress.done:,} of {of}"]
    if progress.rate >= 0.5:
        parts.append(f"{progress.rate:,.0f} a second")
    if progress.left_s is not None and not progress.counting:
        parts.append(f"{time_left(progress.left_s)} left")
    return " · ".join(parts)


def time_left(seconds: float) -> str:
    """Write a time that is left: `11 s`, `4 min`, `2 h 10 min`."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


def outcome_in_words(progress: Progress) -> str:
    """Write what came of an import: `1,257 imported, 3 here already`."""
    parts = [f"{progress.imported + progress.warnings:,} imported"]
    if progress.warnings:
        parts.append(f"{progress.warnings:,} of them with a warning")
    if progress.known:
        parts.append(f"{progress.known:,} here already")
    return ", ".join(parts)
