"""The pages of a PDF in the window: open, scroll, zoom, go to places, and back to the text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.settings import Settings, load
from desktop_app.ui.pages.layout import FULL_SIZE, Fit, Zoom
from desktop_app.ui.pages.telling import words_in_view
from desktop_app.ui.pages.view import PagesView
from tests.formats.pdfs_for_tests import Page, pdf_of
from tests.ui.pdfs_in_window import (
    PageDesk,
    import_pdfs,
    line_at_third,
    prose_page,
    prose_pdf,
)

BRIDGE = "How the bridge was held"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with a document of pages, a scan, one with a page crosswise, and no PDF."""
    home = tmp_path_factory.mktemp("pages")
    wide = pdf_of(
        prose_page(1), Page(842, 595).at(72, 500, "A map of the crossing"), info={"Title": "Maps"}
    )
    import_pdfs(
        home,
        {
            "bridge.pdf": prose_pdf(6),
            "scan.pdf": pdf_of(Page(picture=True), Page(picture=True), info={"Title": "A scan"}),
            "maps.pdf": wide,
            "plain.md": b"# Plain words\n\nNothing but text stands here.\n",
        },
    )
    return home


@pytest.fixture
def desk(prepared: Path, tmp_path: Path, qapp: QApplication) -> Iterator[PageDesk]:
    made = PageDesk.copied(prepared, tmp_path)
    yield made
    made.close()


def wheel(view: PagesView, at: QPointF, turned: int, held: Qt.KeyboardModifier) -> None:
    QApplication.sendEvent(
        view.viewport(),
        QWheelEvent(
            at,
            view.viewport().mapToGlobal(at),
            QPoint(),
            QPoint(0, turned),
            Qt.MouseButton.NoButton,
            held,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )


def is_dark(colour: QColor) -> bool:
    return colour.lightness() < 140


def test_a_page_is_drawn_with_its_letters_where_the_text_says_they_are(desk: PageDesk) -> None:
    desk.open_pages(BRIDGE)
    start = desk.point("P1L4 ")
    box = desk.pages.boxes_in_view(start, start + 4)[0].toAlignedRect()
    shot = desk.shot()
    ratio = shot.devicePixelRatio()
    inside = sum(
        is_dark(shot.pixelColor(round(x * ratio), round(y * ratio)))
        for x in range(box.left(), box.right())
        for y in range(box.top(), box.bottom())
    )
    left = sum(
        is_dark(shot.pixelColor(round(x * ratio), round(y * ratio)))
        for x in range(box.left() - 30, box.left() - 2)
        for y in range(box.top(), box.bottom())
    )
    assert inside > 30
    assert left == 0


def test_o_changes_to_the_text_and_back_and_nothing_moves(desk: PageDesk) -> None:
    desk.open_pages(BRIDGE)
    desk.pages.go_to(desk.point("P4L9 "), desk.point("P4L9 ") + 4)
    desk.draw()
    assert line_at_third(desk) == "P4L9"
    before = desk.pages.offset
    desk.run("document.page")
    reader = desk.window.reader
    assert reader.sheets.currentWidget() is reader.view
    assert line_at_third(desk) == "P4L9"
    desk.run("document.page")
    desk.draw()
    assert desk.pages.offset == before


def test_where_one_read_on_in_the_text_the_pages_follow(desk: PageDesk) -> None:
    desk.open_pages(BRIDGE)
    desk.run("document.page")
    desk.window.reader.view.turn(3)
    desk.settle()
    line = line_at_third(desk)
    assert not line.startswith("P1")
    desk.run("document.page")
    desk.draw()
    assert line_at_third(desk) == line


def test_the_header_offers_page_and_text_for_a_pdf_only(desk: PageDesk) -> None:
    desk.choose(BRIDGE)
    choice = desk.window.reader.header.sheets
    assert choice.isVisible()
    assert choice.second.isChecked()
    QTest.mouseClick(choice.first, Qt.MouseButton.LeftButton)
    desk.draw()
    assert desk.window.reader.sheets.in_pages
    desk.choose("Plain")
    assert not choice.isVisible()
    assert not desk.window.reader.sheets.in_pages


def test_what_has_no_pages_says_what_can_be_done_instead(desk: PageDesk) -> None:
    said: list[str] = []
    desk.session.said.connect(said.append)
    desk.choose("Plain")
    desk.run("document.page")
    assert "Only a PDF has pages" in said[-1]
    assert "Save the original" in said[-1]


def test_a_scan_opens_as_pages_and_says_that_there_is_no_text(desk: PageDesk) -> None:
    desk.choose("A scan")
    desk.draw()
    reader = desk.window.reader
    assert reader.sheets.in_pages
    assert "no text to search or to mark" in reader.notice.text()
    assert reader.notice.isVisible()
    assert desk.shot().pixelColor(desk.pages.page_rect(0).center().toPoint()).lightness() < 200
    desk.run("document.page")
    assert not reader.sheets.in_pages
    assert "holds no text" in reader.notice.text()
    assert reader.notice.isVisible()
    desk.choose(BRIDGE)
    assert not reader.notice.isVisible()


def test_each_document_opens_as_one_left_it(desk: PageDesk, tmp_path: Path) -> None:
    desk.open_pages(BRIDGE)
    desk.choose("Plain")
    desk.choose("Maps")
    assert not desk.window.reader.sheets.in_pages
    desk.choose(BRIDGE)
    desk.draw()
    assert desk.window.reader.sheets.in_pages


def test_the_place_is_kept_over_another_document(desk: PageDesk) -> None:
    desk.open_pages(BRIDGE)
    desk.pages.scroll_by(desk.pages.page_rect(2).top() + 200)
    desk.draw()
    place = desk.pages.position()
    assert place > desk.point("P3L0 ")
    desk.choose("Maps")
    desk.choose(BRIDGE)
    desk.draw()
    name = desk.canonical[place : place + 5]
    assert desk.pages.in_view(place), name
    assert abs(desk.pages.boxes_in_view(place, place + 3)[0].top()) < 40


def test_zoom_keeps_what_is_under_the_pointer(desk: PageDesk) -> None:
    desk.open_pages(BRIDGE)
    desk.pages.scroll_by(900)
    desk.draw()
    at = QPointF(260, 300)
    before = desk.pages.point_at(at)
    scale = desk.pages.shown_zoom()
    wheel(desk.pages, at, 120, Qt.KeyboardModifier.ControlModifier)
    desk.draw()
    assert desk.pages.shown_zoom() > scale
    assert abs(desk.pages.point_at(at) - before) <= 1
    wheel(desk.pages, at, -120, Qt.KeyboardModifier.ControlModifier)
    desk.draw()
    assert abs(desk.pages.point_at(at) - before) <= 3  # places are whole pixels


def test_zoom_by_keys_keeps_the_line_one_reads(desk: PageDesk) -> None:
    desk.open_pages(BRIDGE)
    desk.pages.scroll_by(1400)
    desk.draw()
    line = line_at_third(desk)
    scale = desk.pages.shown_zoom()
    desk.run("view.text_larger")
    desk.run("view.text_larger")
    desk.draw()
    assert desk.pages.shown_zoom() > scale
    assert line_at_third(desk) == line
    desk.run("view.text_normal")
    desk.draw()
    assert desk.pages.shown_zoom() == pytest.approx(1.0)
    assert line_at_third(desk) == line


def test_a_resize_keeps_the_line_one_reads(desk: PageDesk) -> None:
    desk.open_pages(BRIDGE)
    desk.pages.scroll_by(2000)
    desk.draw()
    line = line_at_third(desk)
    for width, height in ((1100, 700), (1500, 820), (1366, 768)):
        desk.window.resize(width, height)
        desk.draw()
        assert line_at_third(desk) == line


def test_pages_fit_the_width_the_view_or_stand_two_by_two(desk: PageDesk) -> None:
    desk.open_pages(BRIDGE)
    view = desk.pages
    room = view.viewport().width()
    assert view.page_rect(0).width() > room * 0.85
    desk.run("view.fit_page")
    desk.draw()
    rect = view.page_rect(0)
    assert rect.height() <= view.viewport().height()
    assert desk.actions["view.fit_page"].isChecked()
    desk.run("view.two_up")
    desk.draw()
    first, second = view.page_rect(0), view.page_rect(1)
    assert first.top() == second.top()
    assert second.left() > first.right()
    assert second.right() <= room
    assert desk.actions["view.two_up"].isChecked()
    now = desk.session.settings.now
    assert (now.page_fit, now.page_two_up) == ("page", True)
    desk.run("view.two_up")
    assert not desk.actions["view.two_up"].isChecked()


def test_zoom_is_remembered(tmp_path: Path, qapp: QApplication) -> None:
    settings = Settings(theme="light", page_fit="free", page_scale=1.5, page_two_up=True)
    desk = PageDesk.on(tmp_path, {"bridge.pdf": prose_pdf(3)}, settings)
    desk.open_pages(BRIDGE)
    assert desk.pages.zoom == Zoom(Fit.FREE, 1.5, True)
    assert desk.pages.page_rect(0).width() == pytest.approx(595 * 1.5 * FULL_SIZE)
    desk.close()


def test_a_page_that_lies_crosswise_is_made_to_fit(desk: PageDesk) -> None:
    desk.open_pages("Maps")
    room = desk.pages.viewport().width()
    assert desk.pages.page_rect(0).width() > room * 0.85
    assert desk.pages.page_rect(1).width() <= room


def test_the_footer_says_the_page_and_takes_one_to_another(desk: PageDesk) -> None:
    desk.open_pages(BRIDGE)
    footer = desk.window.reader.footer
    assert footer.page.text() == "page 1 of 6"
    desk.run("view.go_to_page")
    assert footer.page.field.hasFocus()
    QTest.keyClicks(footer.page.field, "4")
    QTest.keyClick(footer.page.field, Qt.Key.Key_Return)
    desk.draw()
    assert footer.page.text() == "page 4 of 6"
    assert 0 <= desk.pages.page_rect(3).top() < 30
    assert desk.pages.hasFocus()


def test_a_number_behind_the_last_page_is_not_taken(desk: PageDesk) -> None:
    desk.open_pages(BRIDGE)
    page = desk.window.reader.footer.page
    desk.run("view.go_to_page")
    said: list[str] = []
    desk.session.said.connect(said.append)
    for number in ("99", "700", "0", ""):
        QTest.keyClicks(page.field, number)
        if not number:
            page.field.clear()
        assert page.field.text() == number
        QTest.keyClick(page.field, Qt.Key.Key_Return)
        desk.draw()
        assert said.pop() == "The pages of this document are numbered from 1 to 6."
        assert not said
        assert page.text() == "page 1 of 6"
        assert page.field.hasFocus()
    QTest.keyClick(page.field, Qt.Key.Key_Escape)
    assert not page.field.isVisible()
    assert desk.pages.hasFocus()


def test_go_to_page_works_in_the_text_too(desk: PageDesk) -> None:
    desk.choose(BRIDGE)
    page = desk.window.reader.footer.page
    desk.run("view.go_to_page")
    QTest.keyClicks(page.field, "5")
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    desk.settle()
    assert desk.window.reader.view.in_view(desk.point("P5L0 "))


def test_keys_turn_pages(desk: PageDesk) -> None:
    desk.open_pages(BRIDGE)
    view = desk.pages
    view.setFocus()
    bar = view.verticalScrollBar()
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert bar.value() > view.viewport().height() * 0.8
    QTest.keyClick(view, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert bar.value() == 0
    QTest.keyClick(view, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert 0 <= view.page_rect(1).top() < 30
    QTest.keyClick(view, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    desk.draw()
    assert desk.window.reader.footer.page.text() == "page 6 of 6"


def test_progress_is_remembered_while_one_reads_pages(desk: PageDesk) -> None:
    document = desk.open_pages(BRIDGE)
    desk.pages.scroll_by(2500)
    desk.draw()
    desk.window.reader.tell_now()
    desk.settle()
    desk.session.place_marks.write()
    kept = desk.library.documents([document])[0]
    assert kept.position == desk.pages.position() > 0
    assert 0.3 < kept.progress < 0.9


def first_unseen(desk: PageDesk) -> int:
    """The first letter that is not wholly above the foot of the view; the text's end for none."""
    view = desk.pages
    foot = view.viewport().height()
    for at, letter in enumerate(desk.canonical):
        boxes = [] if letter.isspace() else view.boxes_in_view(at, at + 1)
        if boxes and max(box.bottom() for box in boxes) > foot:
            return at
    return len(desk.canonical)


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_progress_is_by_the_letters_that_are_wholly_in_view(desk: PageDesk, quarters: int) -> None:
    desk.open_pages(BRIDGE)
    view = desk.pages
    desk.run("view.two_up")
    for _ in range(quarters):
        desk.run("view.turn_pages")
    view.scroll_to_edge(end=False)
    desk.draw()
    reader = desk.window.reader
    assert reader.footer.page.text() == "page 1 of 6"
    assert view.position() == 0
    assert round(view.progress() * len(desk.canonical)) == first_unseen(desk) > 0
    # Somewhere in the midst nothing at the top is taken for what stands at the foot of a page.
    view.scroll_by(view.page_rect(0).bottom() - view.page_rect(0).height() / 2)
    desk.draw()
    halfway = desk.canonical.index("P2L0 ")
    assert 0 < view.position() < halfway
    assert view.in_view(view.position())
    assert view.in_view(reader.sheets.point_read())
    view.scroll_to_edge(end=True)
    desk.draw()
    assert view.progress() == 1
    assert reader.footer.page.text() == "page 6 of 6"


def test_the_page_that_one_went_to_is_the_one_that_is_read(
    tmp_path: Path, qapp: QApplication
) -> None:
    short = [Page(595, 90).at(72, 50, f"A short page, number {number}") for number in range(1, 60)]
    desk = PageDesk.on(tmp_path, {"short.pdf": pdf_of(*short, info={"Title": BRIDGE})})
    desk.open_pages(BRIDGE)
    page = desk.window.reader.footer.page
    assert page.text() == "page 1 of 59"
    desk.pages.go_to_page(29)
    desk.draw()
    assert page.text() == "page 30 of 59"
    desk.pages.turn_pages(1)
    desk.draw()
    assert page.text() == "page 31 of 59"
    desk.close()


def test_where_all_pages_are_in_view_one_is_at_the_last(tmp_path: Path, qapp: QApplication) -> None:
    short = [Page(595, 90).at(72, 50, f"A short page, number {number}") for number in range(1, 5)]
    desk = PageDesk.on(tmp_path, {"short.pdf": pdf_of(*short, info={"Title": BRIDGE})})
    desk.open_pages(BRIDGE)
    assert desk.pages.progress() == 1
    assert desk.window.reader.footer.page.text() == "page 4 of 4"
    desk.close()


def test_contents_lead_to_places_on_the_pages(tmp_path: Path, qapp: QApplication) -> None:
    outline = [("The first day", 0, 800.0), ("The fourth day", 3, 800.0)]
    content = pdf_of(*(prose_page(n) for n in range(1, 6)), info={"Title": BRIDGE}, outline=outline)
    desk = PageDesk.on(tmp_path, {"bridge.pdf": content})
    desk.open_pages(BRIDGE)
    chapter = desk.pages.text
    assert chapter is not None
    start = next(each.start for each in chapter.chapters if each.title == "The fourth day")
    desk.window.reader.waypoints.go(start)
    desk.draw()
    assert desk.pages.page_read() == 3
    desk.close()


def test_a_scan_opens_again_where_one_left_it(tmp_path: Path, qapp: QApplication) -> None:
    scan = pdf_of(*(Page(picture=True) for _ in range(9)), info={"Title": "A scan"})
    desk = PageDesk.on(tmp_path, {"scan.pdf": scan, "plain.md": b"# Plain words\n\nNothing.\n"})
    desk.choose("A scan")
    desk.draw()
    desk.pages.scroll_by(4_000)
    desk.draw()
    before = desk.pages.offset
    desk.choose("Plain")
    desk.session.place_marks.write()
    desk.settle()
    desk.choose("A scan")
    desk.draw()
    assert abs(desk.pages.offset.y() - before.y()) < 5
    desk.close()


def test_pages_rest_when_all_is_drawn(desk: PageDesk) -> None:
    desk.open_pages(BRIDGE)
    asked: list[object] = []
    desk.pages.wants_changed.connect(lambda: asked.append(1))
    QTest.qWait(300)
    assert asked == []
    assert not desk.open.joins.pages.desk.busy


def test_the_footer_says_the_zoom_and_offers_others(desk: PageDesk) -> None:
    desk.open_pages(BRIDGE)
    zoom = desk.window.reader.footer.zoom
    assert zoom.text() == f"{desk.pages.shown_zoom():.0%}"
    offered = [action.text() for action in zoom.menu().actions() if action.text()]
    assert "Fit the whole page" in offered
    desk.run("view.text_larger")
    assert zoom.text() == f"{desk.pages.shown_zoom():.0%}"
    desk.run("document.page")
    assert not zoom.isVisible()


def test_pages_are_shown_again_at_the_next_start(tmp_path: Path, qapp: QApplication) -> None:
    desk = PageDesk.on(tmp_path, {"bridge.pdf": prose_pdf(5)})
    desk.open_pages(BRIDGE)
    desk.pages.go_to(desk.point("P3L4 "), desk.point("P3L4 ") + 4, at=0.0)
    desk.pages.scroll_by(2)
    desk.draw()
    place = desk.pages.position()
    desk.close()
    kept, said = load(tmp_path / "settings.json")
    assert not said
    again = PageDesk(tmp_path, settings=kept)
    again.window.resize(1366, 768)
    again.choose(BRIDGE)
    again.draw()
    assert again.window.reader.sheets.in_pages
    assert abs(again.pages.position() - place) < 80
    again.close()


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_pages_are_turned_with_what_is_marked_on_them(desk: PageDesk, quarters: int) -> None:
    desk.open_pages(BRIDGE)
    desk.pages.go_to(desk.point("P2L9 "), desk.point("P2L9 ") + 4)
    desk.draw()
    for _ in range(quarters):
        desk.run("view.turn_pages")
    desk.draw()
    rect = desk.pages.page_rect(1)
    assert (rect.width() > rect.height()) == bool(quarters % 2)
    assert desk.pages.in_view(desk.point("P2L9 "))
    start = desk.point("P2L9 ")
    box = desk.pages.boxes_in_view(start, start + 4)[0]
    assert (box.height() > box.width()) == bool(quarters % 2)
    shot, inside = desk.shot(), box.toAlignedRect()
    assert any(
        is_dark(shot.pixelColor(x, y))
        for x in range(max(inside.left(), 0), min(inside.right(), shot.width()))
        for y in range(max(inside.top(), 0), min(inside.bottom(), shot.height()))
    )
    found = desk.pages.point_at(box.center())
    assert start <= found <= start + 4


def test_a_screen_reader_hears_the_pages_in_view(desk: PageDesk) -> None:
    desk.open_pages(BRIDGE)
    desk.pages.go_to_page(2)
    desk.draw()
    said = words_in_view(desk.pages)
    assert said.startswith("Page 3.\nP3L0 ")
    assert "P1L0" not in said
