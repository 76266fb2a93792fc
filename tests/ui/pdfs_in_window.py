"""A window on a library of PDFs, and what a person does with their pages."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.core.highlights import Highlight
from desktop_app.library.highlight_commands import AddHighlight
from desktop_app.library.library import Library
from desktop_app.settings import Settings
from desktop_app.ui.pages.view import PagesView
from tests.formats.pdfs_for_tests import Page, pdf_of
from tests.ui.window_for_tests import Desk
from tests.worker_for_tests import one_worker

WORDS = str.split(
    "the convoy waited at the bridge while the negotiators argued over the list of names and when"
    " it was read out in the square nobody answered to it so the clerk wrote that down folded the"
    " paper twice and gave it to the boy who had carried water all morning"
)
LINES = 34


def prose_page(number: int, *, lines: int = LINES) -> Page:
    """A page of lines of which each can be told from all others, and none is repeated."""
    page = Page()
    for line in range(lines):
        first = (number * 7 + line * 11) % len(WORDS)
        words = (WORDS[first:] + WORDS)[:11]
        page.at(72, 760 - 20 * line, f"P{number}L{line} {' '.join(words)}.", size=11)
    return page


def prose_pdf(pages: int, title: str = "How the bridge was held", *, lines: int = LINES) -> bytes:
    """A PDF of pages of prose."""
    return pdf_of(*(prose_page(n, lines=lines) for n in range(1, pages + 1)), info={"Title": title})


def import_pdfs(home: Path, pdfs: dict[str, bytes]) -> None:
    """Import files into a library below a folder."""
    saved = home / "saved"
    saved.mkdir(exist_ok=True)
    for name, content in pdfs.items():
        (saved / name).write_bytes(content)
    library = Library.open(
        home / "library", cache=home / "cache", index="inline", worker=one_worker()
    )
    library.import_files([saved])
    library.close()


class PageDesk(Desk):
    """A window with PDFs, driven as a person would."""

    @classmethod
    def on(cls, home: Path, pdfs: dict[str, bytes], settings: Settings | None = None) -> PageDesk:
        """Import PDFs and open a window on them."""
        import_pdfs(home, pdfs)
        return cls.at(home, settings)

    @classmethod
    def copied(cls, prepared: Path, home: Path) -> PageDesk:
        """Open a window on a copy of a library."""
        shutil.copytree(prepared, home, dirs_exist_ok=True)
        return cls.at(home)

    @classmethod
    def at(cls, home: Path, settings: Settings | None = None) -> PageDesk:
        """Open a window on a library."""
        made = cls(home, settings=settings)
        made.window.resize(1366, 768)  # also where the screen of the tests is smaller
        made.settle()
        return made

    @property
    def pages(self) -> PagesView:
        """The view of pages."""
        return self.window.reader.pages

    @property
    def canonical(self) -> str:
        """The text of the document that is open."""
        assert self.pages.text is not None
        return self.pages.text.canonical

    def open_pages(self, title: str) -> int:
        """Open a document and show its pages."""
        document = self.choose(title)
        if not self.window.reader.sheets.in_pages:
            self.run("document.page")
        self.draw()
        return document

    def draw(self, most_s: float = 30) -> None:
        """Wait until all that is near the view is drawn and read."""
        clock = QElapsedTimer()
        clock.start()
        fetching = self.open.joins.pages.desk
        calm = 0
        while calm < 3:
            assert clock.elapsed() < most_s * 1000, "the pages do not come to rest"
            self.settle()
            loop = QEventLoop()
            QTimer.singleShot(5, loop, loop.quit)
            loop.exec()
            working = fetching.busy or self.pages.is_hurried or self.pages.is_working
            calm = 0 if working else calm + 1
        self.pages.viewport().repaint()

    def point(self, words: str) -> int:
        """Where words stand in the text."""
        return self.canonical.index(words)

    def box(self, words: str) -> QPoint:
        """The middle of words that are in view, in the view."""
        start = self.point(words)
        boxes = self.pages.boxes_in_view(start, start + len(words))
        assert boxes, f"{words} is not in view"
        return boxes[0].center().toPoint()

    def edge(self, words: str, *, end: bool = False) -> QPoint:
        """Just inside the left edge of words in view, or just behind their right edge."""
        start = self.point(words)
        boxes = self.pages.boxes_in_view(start, start + len(words))
        box = boxes[-1] if end else boxes[0]
        return QPoint(
            round(box.right() + 1) if end else round(box.left() + 1), round(box.center().y())
        )

    def drag(self, start: QPoint, end: QPoint) -> None:
        """Press at a place of the pages, move, let go."""
        view = self.pages.viewport()
        QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
        for share in (0.3, 0.7, 1.0):
            QTest.mouseMove(view, start + (end - start) * share)
            QApplication.processEvents()
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
        self.settle()

    def mark(self, words: str, colour: str = "yellow", **more: object) -> Highlight:
        """Have words marked."""
        assert self.pages.text is not None and self.pages.document_id is not None
        start = self.point(words)
        self.library.run(
            AddHighlight(
                self.pages.document_id,
                self.pages.text.version,
                start,
                start + len(words),
                colour,
                **more,  # type: ignore[arg-type]
            )
        )
        self.settle()
        self.draw()
        return self.library.marks.of(self.pages.document_id)[-1]

    def shot(self) -> QImage:
        """What the pages look like."""
        return self.pages.viewport().grab().toImage()


def near(one: QColor, other: QColor, most: int = 6) -> bool:
    """Tell whether two colours are alike."""
    pairs = zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)  # type: ignore[index]
    return all(abs(a - b) <= most for a, b in pairs)


def count_near(image: QImage, colour: QColor, box: Sequence[int]) -> int:
    """How many pixels of left, top, right, bottom are of a colour."""
    left, top, right, bottom = box
    return sum(
        near(image.pixelColor(x, y), colour) for x in range(left, right) for y in range(top, bottom)
    )


def line_at_third(desk: PageDesk) -> str:
    """The name of the line that stands a third down what is shown."""
    point = desk.window.reader.sheets.point_read()
    start = desk.canonical.rfind("P", 0, point + 1)
    return desk.canonical[start : desk.canonical.index(" ", start)]


def middle(view: PagesView) -> QPointF:
    """The middle of the view."""
    return QPointF(view.viewport().rect().center())
