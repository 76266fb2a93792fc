"""Prints a document beside the window: into a PDF, or on a printer."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QIODevice, QMarginsF, QSaveFile
from PySide6.QtGui import QPagedPaintDevice, QPdfWriter

from desktop_app.core.errors import DiskTrouble
from desktop_app.ui.printing.page_printout import PagePrintout
from desktop_app.ui.printing.printout import Printed, Printout
from desktop_app.ui.printing.sheets import usual_paper

if TYPE_CHECKING:
    from desktop_app.library.library import Library
    from desktop_app.library.marked_pages import Colours

DOTS = 720  # an inch
_TELL_EVERY_S = 0.1

Tell = Callable[[int, int], None]


class PrintJob:
    """One document on its way to paper. tell: hears how many rows of how many are done."""

    def __init__(self, printed: Printed, tell: Tell) -> None:
        self._printed = printed
        self._tell = tell
        self._told_at = 0.0
        self.begun = 0  # sheets, where it was stopped
        self.stop = Event()

    def save(self, library: Library, target: Path) -> int | None:
        """Write a PDF; how many sheets it has, None where it was stopped: then nothing is left.

        Raises DiskTrouble; a file that was there before stays as it was then.
        """
        file = QSaveFile(str(target))
        if not file.open(QIODevice.OpenModeFlag.WriteOnly):
            raise _not_saved(target, file.errorString())
        writer = QPdfWriter(file)
        writer.setTitle(self._printed.document.title)
        writer.setCreator("Postil")
        writer.setPageSize(usual_paper())
        writer.setResolution(DOTS)
        writer.setPageMargins(QMarginsF(0, 0, 0, 0))
        count = self.print_on(library, writer)
        del writer  # it must not write to a file that is closed
        if count is None:
            file.cancelWriting()
            return None
        if not file.commit():
            raise _not_saved(target, file.errorString())
        return count

    def print_on(self, library: Library, device: QPagedPaintDevice) -> int | None:
        """Print on a device that is set up; how many sheets, None where it was stopped."""
        return self._put(Printout(self._with_notes(library), library.picture), device)

    def print_pages(
        self, library: Library, device: QPagedPaintDevice, colours: Colours
    ) -> int | None:
        """Print the pages of a PDF rather than its text; as of print_on."""
        pages = library.pages_to_print(self._printed.document.id, colours)
        if pages is None:
            return self.print_on(library, device)
        try:
            return self._put(PagePrintout(self._with_notes(library), pages), device)
        finally:
            pages.close()

    def _put(self, printout: Printout | PagePrintout, device: QPagedPaintDevice) -> int | None:
        if self.stop.is_set():  # before the device is begun: it would print an empty sheet
            return None
        count = printout.print_to(device, self._keep_on)
        self.begun = printout.begun
        return count

    def _with_notes(self, library: Library) -> Printed:
        tree = library.tag_tree(counted=False)
        return replace(
            self._printed,
            document_note=library.marks.note(self._printed.document.id),
            tags={tag: tree.path(tag) for tag in tree.by_id},
        )

    def _keep_on(self, done: int, count: int) -> bool:
        now = time.monotonic()
        if now - self._told_at > _TELL_EVERY_S:
            self._told_at = now
            self._tell(done, count)
        return not self.stop.is_set()


def save_bytes(content: bytes, target: Path) -> None:
    """Write a file, whole or not at all; raises DiskTrouble."""
    file = QSaveFile(str(target))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise _not_saved(target, file.errorString())
    if file.write(content) != len(content) or not file.commit():
        raise _not_saved(target, file.errorString())


def _not_saved(target: Path, why: str) -> DiskTrouble:
    return DiskTrouble(
        f"“{target.name}” could not be saved: {why.rstrip('.')}.",
        "The document in the library is untouched.",
    )
