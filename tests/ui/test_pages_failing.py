"""Pages that cannot be drawn, a process that ends, and a window that is closed meanwhile."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.formats.pdfs_for_tests import Page, pdf_of
from tests.ui.pdfs_in_window import PageDesk, line_at_third, prose_page, prose_pdf

BRIDGE = "How the bridge was held"


def slow_page(lines: int = 60_000) -> Page:
    """A page that takes seconds to be drawn, some twenty for as many lines."""
    page = Page()
    page.content.append(b"0.1 w " + b"9 9 m 590 830 9 700 580 20 c S " * lines)
    return page


def process_of(desk: PageDesk) -> int | None:
    return desk.library._page_books._process.process_id


def wait_for(done: object, most_s: float = 20) -> None:
    clock = QElapsedTimer()
    clock.start()
    while not done():  # type: ignore[operator]
        assert clock.elapsed() < most_s * 1000
        loop = QEventLoop()
        QTimer.singleShot(5, loop, loop.quit)
        loop.exec()


def test_a_damaged_page_says_so_and_leads_to_the_text(tmp_path: Path, qapp: QApplication) -> None:
    content = prose_pdf(3)
    second = content.index(b"/Type /Page /Parent", content.index(b"/Type /Page /Parent") + 9)
    damaged = content[:second] + content[second:].replace(b"/Type /Page /", b"/Type /Pxge /", 1)
    desk = PageDesk.on(tmp_path, {"bridge.pdf": damaged})
    desk.open_pages(BRIDGE)
    desk.pages.go_to_page(1)
    desk.draw()
    assert "damaged" in desk.pages.shelf.failed(1)
    assert desk.pages.shelf.get(2) is not None
    desk.pages.go_to_page(2)
    desk.draw()
    assert line_at_third(desk).startswith("P3")
    desk.pages.go_to_page(1)
    desk.draw()
    QTest.mouseClick(
        desk.pages.viewport(),
        Qt.MouseButton.LeftButton,
        pos=desk.pages.page_rect(1).topLeft().toPoint() + desk.pages.viewport().rect().center() / 2,
    )
    desk.settle()
    assert not desk.window.reader.sheets.in_pages
    desk.close()


def test_a_process_that_is_killed_costs_nothing(tmp_path: Path, qapp: QApplication) -> None:
    desk = PageDesk.on(tmp_path, {"bridge.pdf": prose_pdf(8)})
    desk.open_pages(BRIDGE)
    running = process_of(desk)
    assert running is not None
    os.kill(running, signal.SIGKILL)
    desk.pages.go_to_page(5)
    desk.draw()
    assert desk.pages.shelf.get(5) is not None
    assert not any(desk.pages.shelf.failed(page) for page in range(8))
    assert desk.pages.boxes_in_view(desk.point("P6L3 "), desk.point("P6L3 ") + 4)
    assert process_of(desk) not in (None, running)
    desk.close()


def test_another_document_is_shown_while_a_slow_page_is_drawn(
    tmp_path: Path, qapp: QApplication
) -> None:
    slow = pdf_of(slow_page(8_000).at(72, 700, "Slow words"), info={"Title": "Slow"})
    desk = PageDesk.on(tmp_path, {"slow.pdf": slow, "bridge.pdf": prose_pdf(2)})
    desk.choose("Slow")
    desk.actions["document.page"].trigger()
    fetching = desk.open.joins.pages.desk
    wait_for(lambda: fetching.busy)
    desk.open_pages(BRIDGE)
    assert desk.pages.shelf.get(0) is not None
    assert desk.pages.document_id != 0
    desk.close()


def test_the_window_closes_at_once_while_a_page_is_drawn(
    tmp_path: Path, qapp: QApplication
) -> None:
    slow = pdf_of(slow_page().at(72, 700, "Slow words"), info={"Title": "Slow"})
    desk = PageDesk.on(tmp_path, {"slow.pdf": slow})
    desk.choose("Slow")
    desk.actions["document.page"].trigger()
    fetching = desk.open.joins.pages.desk
    wait_for(lambda: fetching.busy)
    clock = QElapsedTimer()
    clock.start()
    desk.close()
    assert clock.elapsed() < 5_000


def test_an_answer_that_comes_at_once_leaves_nothing_busy(
    tmp_path: Path, qapp: QApplication
) -> None:
    desk = PageDesk.on(tmp_path, {"bridge.pdf": prose_pdf(8)})
    desk.open_pages(BRIDGE)
    fetching = desk.open.joins.pages.desk
    desk.library._page_books._process.close()  # from now on it answers before asking returns
    desk.pages.go_to_page(5)
    wait_for(lambda: desk.pages.shelf.failed(5))
    desk.draw()
    assert not fetching.busy
    assert "closed" in desk.pages.shelf.failed(5)
    desk.close()


def test_pages_that_cannot_be_opened_leave_the_text(tmp_path: Path, qapp: QApplication) -> None:
    desk = PageDesk.on(tmp_path, {"bridge.pdf": prose_pdf(2)})
    document = desk.choose(BRIDGE)
    take_original_away(desk, tmp_path, document)
    desk.actions["document.page"].trigger()
    wait_for(lambda: bool(desk.problems))
    desk.settle()
    assert "pages cannot be shown" in desk.problems[-1]
    assert not desk.window.reader.sheets.in_pages
    assert desk.window.reader.view.text is not None
    desk.close()


def take_original_away(desk: PageDesk, home: Path, document: int) -> None:
    original = desk.library.documents([document])[0].original
    kept = next((home / "library" / "originals").rglob(f"{original}*"))
    kept.chmod(0o600)
    kept.unlink()


def test_pages_that_fail_once_are_shown_again_at_the_next_start(
    tmp_path: Path, qapp: QApplication
) -> None:
    other = prose_pdf(2, "Another one")
    desk = PageDesk.on(tmp_path, {"bridge.pdf": prose_pdf(2), "other.pdf": other})
    document = desk.open_pages(BRIDGE)
    desk.choose("Another one")
    take_original_away(desk, tmp_path, document)
    desk.choose(BRIDGE)
    wait_for(lambda: bool(desk.problems))
    assert not desk.window.reader.sheets.in_pages
    remembered = desk.session.settings.now.page_documents
    assert remembered == {str(desk.session.folder): (document,)}
    desk.close()


def test_a_scan_whose_pages_fail_is_not_said_to_have_a_text(
    tmp_path: Path, qapp: QApplication
) -> None:
    scan = pdf_of(Page(picture=True), info={"Title": "A scan"})
    desk = PageDesk.on(tmp_path, {"bridge.pdf": prose_pdf(2), "scan.pdf": scan})
    document = desk.choose("A scan")
    desk.choose(BRIDGE)
    take_original_away(desk, tmp_path, document)
    desk.choose("A scan")
    wait_for(lambda: bool(desk.problems))
    assert "pages cannot be shown" in desk.problems[-1]
    assert "text stays" not in desk.problems[-1]
    assert "no text" in desk.problems[-1]
    desk.close()


def test_a_document_with_a_page_of_no_text_goes_on(tmp_path: Path, qapp: QApplication) -> None:
    content = pdf_of(prose_page(1), Page(picture=True), prose_page(3), info={"Title": BRIDGE})
    desk = PageDesk.on(tmp_path, {"bridge.pdf": content})
    desk.open_pages(BRIDGE)
    desk.pages.go_to_page(1)
    desk.draw()
    assert desk.window.reader.footer.page.text() == "page 2 of 3"
    place = desk.pages.viewport().rect().center()
    QTest.mouseDClick(desk.pages.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.pages.selection() is None
    desk.drag(place, place + type(place)(30, 40))
    assert desk.pages.selection() is None
    desk.pages.go_to_page(2)
    desk.draw()
    assert line_at_third(desk).startswith("P3")
    desk.close()
