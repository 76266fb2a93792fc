"""The printers of this computer, asked for without an Internet socket.

On Linux they are CUPS's. It is spoken to by its socket on this machine alone: where there is none,
its library would go and ask port 631, and where the environment names another machine, that one.
Printers on the network are reached by CUPS itself, which is no part of this program.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

_SOCKETS = (Path("/run/cups/cups.sock"), Path("/var/run/cups/cups.sock"))
_SERVER = "CUPS_SERVER"
_named: list[Path] = []  # the socket that CUPS's library was told of


def ask_this_machine_alone(sockets: tuple[Path, ...] = _SOCKETS) -> None:
    """Name CUPS's socket to its library; call it before other threads begin.

    The environment is that of the whole process, and a thread may be reading it. Where there is no
    socket yet, the one that may still come is named.
    """
    if sys.platform.startswith("linux"):
        _named[:] = [next((path for path in sockets if path.is_socket()), sockets[0])]
        os.environ[_SERVER] = str(_named[0])


def printer_names() -> list[str]:
    """The names of the printers; call it in a task, as it may take a while.

    On Linux none before ask_this_machine_alone.
    """
    if sys.platform.startswith("linux") and not any(path.is_socket() for path in _named):
        return []
    from PySide6.QtPrintSupport import QPrinterInfo

    return list(QPrinterInfo.availablePrinterNames())
