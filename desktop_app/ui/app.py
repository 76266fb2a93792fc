"""The Qt application: made once, before the first window; the network is given up right after."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop_app import __version__
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.network_lock import NetworkLock, lock_network

# A thread that works must let the window have its turn at once: Python's own 5 ms a turn make a
# frame that asks back twenty times take a tenth of a second.
SWITCH_INTERVAL_S = 0.000_5
FREEZE_AFTER_MS = 2_000
SWEEP_MS = 60_000
NEVER = 1_000_000_000


@dataclass(frozen=True, slots=True)
class App:
    """The application and what there is one of."""

    qt: QApplication
    appearance: Appearance
    network: NetworkLock


class UncaughtBell(QObject):
    """Brings the news of an uncaught exception to the window's thread."""

    rang = Signal()


def make_app(arguments: Sequence[str], *, theme: str) -> App:
    """Make the application, or take the one that is there (in tests)."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return App(existing, Appearance(existing, theme), NetworkLock(False, "Not asked for."))
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    QGuiApplication.setDesktopFileName("postil")
    qt = QApplication(list(arguments))
    qt.setApplicationName("postil")
    qt.setApplicationDisplayName("Postil")
    qt.setApplicationVersion(__version__)
    qt.setQuitOnLastWindowClosed(False)
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    _spare_the_window_from_rubbish(qt)
    network = lock_network()
    return App(qt, Appearance(qt, theme), network)


def _spare_the_window_from_rubbish(qt: QApplication) -> None:
    """Look for rubbish in old objects only once a minute, and never in what the start made.

    Python stops every thread while it looks: a quarter of a second where thousands of documents are
    being handled, each time that it takes it into its head.
    """
    young, middle, _old = gc.get_threshold()
    gc.set_threshold(young, middle, NEVER)
    QTimer.singleShot(FREEZE_AFTER_MS, qt, gc.freeze)
    broom = QTimer(qt)
    broom.timeout.connect(_sweep)
    broom.start(SWEEP_MS)


def _sweep() -> None:
    gc.collect()
