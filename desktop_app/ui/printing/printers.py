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


def printer_names(sockets: tuple[Path, ...] = _SOCKETS) -> list[str]:
    """The names of the printers; call it in a task, as it may take a while."""
    if sys.platform.startswith("linux"):
        socket = next((path for path in sockets if path.is_socket()), None)
        if socket is None:
            return []
        os.environ[_SERVER] = str(socket)
    from PySide6.QtPrintSupport import QPrinterInfo

    return list(QPrinterInfo.availablePrinterNames())
