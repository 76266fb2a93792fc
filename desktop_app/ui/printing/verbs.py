"""Save the page as a PDF, and print it: what is asked before, and what is said while and after."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFileDialog

from desktop_app.core.errors import Problem
from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.look.theme import LIGHT
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.printing import printers
from desktop_app.ui.printing.job import DOTS, PrintJob, save_bytes
from desktop_app.ui.printing.printout import Printed
from desktop_app.ui.session import Session
from desktop_app.ui.tasks import Lane

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    from desktop_app.library.library import Library
    from desktop_app.library.marked_pages import MarkedPages

_AS_PDF = "print-as-pdf"
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST_NAME = 80


class PrintVerbs(QObject):
    """One document is printed or copied at a time; printing can be stopped."""

    _progressed = Signal(int, int)  # from the thread that prints

    def __init__(self, session: Session, actions: Actions, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._job: PrintJob | None = None
        self._is_copying = False
        self._dialog: QPrintDialog | None = None  # while it is open
        actions.on("file.export_pdf", self.save_pdf)
        actions.on("file.export_pages", self.save_pages)
        actions.on("file.print", self.print)
        self._progressed.connect(self._on_progress)
        window.status.busy_stop_asked.connect(self.stop)
        session.closing.connect(self.stop)
        window.problem_bar.action_clicked.connect(self._on_bar)

    @property
    def running(self) -> bool:
        """Whether a document is being printed."""
        return self._job is not None

    @Slot()
    def stop(self) -> None:
        """Stop printing; of a PDF nothing is left then."""
        if self._job is not None:
            self._job.stop.set()

    @Slot()
    def save_pdf(self) -> None:
        """Ask where to, and save the document that is open with its marks as a PDF."""
        printed = self._printed()
        if printed is not None and self._has_text(printed):
            target = self._ask_for_name(self.tr("Save the page as PDF"), printed)
            if target is not None:
                self.save_to(target)

    @Slot()
    def save_pages(self) -> None:
        """Ask where to, and save a copy of the PDF that is open with its highlights in it."""
        printed = self._printed()
        if printed is not None and not self._is_busy():
            words = self.tr("Save the pages with highlights as PDF")
            target = self._ask_for_name(words, printed, self.tr(" (marked)"))
            if target is not None:
                self.save_pages_to(target)

    def save_pages_to(self, target: Path) -> None:
        """Save a copy of the PDF that is open with its highlights in it."""
        printed = self._printed()
        if printed is None or self._is_busy():
            return
        document = printed.document.id

        def work(library: Library) -> MarkedPages:
            made = library.marked_pages(document, _colours())
            save_bytes(made.content, target)
            return made

        def done(made: MarkedPages) -> None:
            self._is_copying = False
            self._session.said.emit(self._said_of_copy(target.name, made.marked, made.left_out))

        def failed(error: Exception) -> None:
            self._is_copying = False
            self._session.say_problem(error)

        self._is_copying = True
        self._session.long_work(self.tr("Writing highlights into a copy"), work, done, failed)

    def _said_of_copy(self, name: str, marked: int, left_out: int) -> str:
        if marked == 1:
            said = self.tr("Saved {0} with 1 highlight").format(name)
        else:
            said = self.tr("Saved {0} with {1:,} highlights").format(name, marked)
        if left_out == 1:
            said += self.tr("; 1 stands on none of its pages and was left out")
        elif left_out:
            said += self.tr("; {0:,} stand on none of its pages and were left out").format(left_out)
        return said

    def _ask_for_name(self, words: str, printed: Printed, more: str = "") -> Path | None:
        folder = self._session.settings.now.last_folder or str(Path.home())
        name, _filter = QFileDialog.getSaveFileName(
            self._window,
            words,
            str(Path(folder) / f"{file_stem(printed.document.title)}{more}.pdf"),
            self.tr("PDF (*.pdf)"),
        )
        if not name:
            return None
        target = Path(name)
        if target.suffix.lower() != ".pdf":
            target = target.with_name(f"{target.name}.pdf")
        self._session.settings.change(last_folder=str(target.parent))
        return target

    def save_to(self, target: Path) -> None:
        """Save the document that is open with its marks as a PDF."""
        printed = self._printed()
        if printed is None or self._is_busy():
            return
        job = self._begin(printed)
        self._run(
            lambda library: job.save(library, target),
            self.tr("Saved {0}, {1}").format(target.name, "{0}"),
            lambda: self.tr("Stopped: {0} was not written.").format(target.name),
        )

    @Slot()
    def print(self) -> None:
        """Ask for a printer and print the document that is open with its marks."""
        printed = self._printed()
        if printed is None or self._is_busy():
            return
        if not self._window.reader.sheets.in_pages and not self._has_text(printed):
            return
        if self._dialog is None:
            self._session.read(
                lambda _library: printers.printer_names(), self._ask_for_printer, key="printers"
            )

    def print_on(self, printer: QPrinter) -> None:
        """Print the document that is open on a printer that was set up."""
        printed = self._printed()
        if printed is None or self._is_busy():
            return
        job = self._begin(printed)
        # As it is shown: the pages of a PDF, or the text.
        as_pages = self._window.reader.sheets.in_pages
        self._run(
            lambda library: (
                job.print_pages(library, printer, _colours())
                if as_pages
                else job.print_on(library, printer)
            ),
            self.tr("Sent to the printer: {0}"),
            lambda: self._said_of_stopped(job.begun),
        )

    def _said_of_stopped(self, begun: int) -> str:
        if not begun:
            return self.tr("Stopped: nothing was printed.")
        # Printers and the system's queue differ in what they drop.
        said = self.tr("Stopped at page {0:,}: what was set until there may still be printed.")
        return said.format(begun)

    def _ask_for_printer(self, names: list[str]) -> None:
        printed = self._printed()
        if printed is None:
            return
        if not names:
            self._window.problem_bar.show_message(
                self.tr(
                    "No printer is set up on this computer. The page can be saved as a PDF"
                    " instead, and printed elsewhere."
                ),
                self.tr("Save as PDF…"),
                _AS_PDF,
            )
            return
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setResolution(DOTS)
        printer.setFullPage(True)
        printer.setDocName(printed.document.title)
        printer.setCreator("Postil")
        dialog = self._dialog = QPrintDialog(printer, self._window)
        dialog.setModal(True)
        dialog.setWindowTitle(self.tr("Print"))
        dialog.accepted.connect(lambda: self.print_on(printer))
        dialog.finished.connect(self._on_dialog_over)
        dialog.show()

    @Slot()
    def _on_dialog_over(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    def _printed(self) -> Printed | None:
        """What is open, as it is shown."""
        reader = self._window.reader
        page, document = reader.view, reader.document
        if document is None or page.text is None:
            return None
        return Printed(
            document, page.text, reader.reading, page.opened_folds, reader.surface.marks.all
        )

    def _has_text(self, printed: Printed) -> bool:
        """Whether there is anything to be set; says so where there is not."""
        if any(block.text or block.picture for block in printed.text.blocks):
            return True
        self._session.say_problem(
            Problem(
                self.tr("This document holds no text that could be set on paper."),
                self.tr("The pages of a PDF can be printed as they are: show them first (O)."),
            )
        )
        return False

    def _is_busy(self) -> bool:
        if self._job is not None:
            self._session.said.emit(self.tr("Another document is still being printed."))
        elif self._is_copying:
            self._session.said.emit(self.tr("A copy with highlights is still being written."))
        return self._job is not None or self._is_copying

    def _begin(self, printed: Printed) -> PrintJob:
        job = self._job = PrintJob(printed, self._progressed.emit)
        self._on_progress(0, 0)
        return job

    def _run(
        self, work: Callable[[Library], int | None], done: str, stopped: Callable[[], str]
    ) -> None:
        def finished(count: int | None) -> None:
            self._end()
            if count is None:
                self._session.said.emit(stopped())
                return
            sheets = self.tr("1 page") if count == 1 else self.tr("{0:,} pages").format(count)
            self._session.said.emit(done.format(sheets))

        def failed(error: Exception) -> None:
            self._end()
            self._session.say_problem(error)

        self._session.read(work, finished, failed, lane=Lane.LONG)

    def _end(self) -> None:
        self._job = None
        self._window.status.show_busy("")

    @Slot(int, int)
    def _on_progress(self, done: int, count: int) -> None:
        if self._job is None:
            return
        words = self.tr("Setting pages")
        if count:
            words += f" {round(100 * done / count)} %"
        self._window.status.show_busy(words, stop=self.tr("Stop setting pages"))

    @Slot(str)
    def _on_bar(self, key: str) -> None:
        if key == _AS_PDF:
            self.save_pdf()


def _colours() -> dict[str, tuple[int, int, int]]:
    """The colours of highlights on white paper."""
    made = {name: QColor(shade) for name, shade in LIGHT.marks.items()}
    return {name: (each.red(), each.green(), each.blue()) for name, each in made.items()}


def file_stem(title: str) -> str:
    """A title as the name of a file, without its ending."""
    made = " ".join(_NOT_IN_NAMES.sub(" ", title).split()).strip(". ")
    return made[:_LONGEST_NAME].rstrip(". ") or "document"
