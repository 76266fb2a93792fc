"""Selecting, marking and finding on the pages of a PDF, and what is seen of it there."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.core.highlights import How, MarkStyle
from desktop_app.library.highlight_commands import DeleteHighlights
from desktop_app.library.tags.commands import CreateTag
from desktop_app.settings import Settings
from desktop_app.ui.look.theme import DARK, LIGHT
from desktop_app.ui.pages.pages import Pages
from tests.formats.pdfs_for_tests import Page, pdf_of
from tests.ui.pdfs_in_window import PageDesk, import_pdfs, near, prose_page, prose_pdf

BRIDGE = "How the bridge was held"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with a document of four pages."""
    home = tmp_path_factory.mktemp("pages")
    import_pdfs(home, {"bridge.pdf": prose_pdf(4)})
    return home


@pytest.fixture
def desk(prepared: Path, tmp_path: Path, qapp: QApplication) -> Iterator[PageDesk]:
    made = PageDesk.copied(prepared, tmp_path)
    made.open_pages(BRIDGE)
    yield made
    made.close()


def ground(desk: PageDesk, words: str) -> QColor:
    """The colour between the letters of words: the lightest there."""
    start = desk.point(words)
    box = desk.pages.boxes_in_view(start, start + len(words))[0].toAlignedRect()
    shot = desk.shot()
    found = [
        shot.pixelColor(x, y)
        for x in range(box.left() + 2, box.right() - 2)
        for y in range(box.top() + 2, box.bottom() - 2)
    ]
    return max(found, key=lambda colour: colour.lightness())


def darkest(desk: PageDesk, words: str) -> QColor:
    start = desk.point(words)
    box = desk.pages.boxes_in_view(start, start + len(words))[0].toAlignedRect()
    shot = desk.shot()
    return min(
        (shot.pixelColor(x, y) for x in range(box.left(), box.right())
         for y in range(box.top(), box.bottom())),
        key=lambda colour: colour.lightness(),
    )  # fmt: skip


def test_dragging_selects_from_letter_to_letter(desk: PageDesk) -> None:
    desk.drag(desk.edge("P1L3 "), desk.edge("carried water all", end=True))
    selected = desk.pages.selected_text()
    assert selected.startswith("P1L3 ")
    assert selected.endswith("carried water all")
    assert near(ground(desk, "P1L3 it"), QColor(LIGHT.text_selection))


def test_a_selection_goes_over_the_end_of_a_page(desk: PageDesk) -> None:
    desk.pages.go_to(desk.point("P2L0 "), desk.point("P2L0 ") + 4)
    desk.draw()
    desk.drag(desk.edge("P1L33 "), desk.edge("P2L1 "))
    text = desk.pages.selected_text()
    assert text.startswith("P1L33")
    assert "P2L0" in text
    assert "P1L32" not in text


def test_double_click_takes_a_word_and_a_third_one_the_block(desk: PageDesk) -> None:
    view = desk.pages.viewport()
    place = desk.box("negotiators")
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=place)
    assert desk.pages.selected_text() == "negotiators"
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
    block = desk.pages.selected_text()
    assert len(block) > 40
    assert "negotiators" in block
    assert "\n" not in block


def test_shift_click_and_shift_arrows_move_the_end(desk: PageDesk) -> None:
    view = desk.pages.viewport()
    desk.drag(desk.edge("P1L2 "), desk.edge("P1L3 "))
    QTest.mouseClick(
        view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, desk.edge("P1L5 ")
    )
    before = desk.pages.selection()
    assert before == (desk.point("P1L2 "), desk.point("P1L5 "))
    QTest.keyClick(desk.pages, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert desk.pages.selection() == (before[0], before[1] + 1)


def test_what_is_selected_is_copied_as_text(desk: PageDesk) -> None:
    desk.drag(desk.edge("P1L4 "), desk.edge("P1L4 ", end=True))
    desk.pages.setFocus()
    QTest.keyClick(desk.pages, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().strip() == "P1L4"


def test_h_marks_what_is_selected_and_the_letters_stay_black(desk: PageDesk) -> None:
    white, black = ground(desk, "P1L6 "), darkest(desk, "P1L6 ")
    assert near(white, QColor("white"))
    desk.drag(desk.edge("P1L6 "), desk.edge("P1L7 "))
    desk.run("mark.highlight")
    desk.draw()
    desk.pages.choose(None)
    marks = desk.library.marks.of(desk.pages.document_id or 0)
    assert [each.anchor.quote.startswith("P1L6") for each in marks] == [True]
    assert near(ground(desk, "P1L6 "), QColor(LIGHT.marks["yellow"]))
    assert darkest(desk, "P1L6 ").lightness() <= black.lightness() + 2
    assert marks[0].anchor.page == 1


def test_a_digit_marks_with_a_tag(desk: PageDesk) -> None:
    desk.library.run(CreateTag("Rivers"))
    desk.settle()
    desk.drag(desk.edge("P1L8 "), desk.edge("P1L9 "))
    desk.run("mark.tag_1")
    desk.draw()
    marks = desk.library.marks.of(desk.pages.document_id or 0)
    assert len(marks[0].tags) == 1


def test_delete_takes_the_chosen_highlight_away(desk: PageDesk) -> None:
    desk.mark("P1L10 ")
    QTest.mouseClick(desk.pages.viewport(), Qt.MouseButton.LeftButton, pos=desk.box("P1L10 "))
    assert desk.pages.chosen is not None
    desk.pages.setFocus()
    desk.run("mark.delete")
    desk.draw()
    assert desk.library.marks.of(desk.pages.document_id or 0) == []
    assert near(ground(desk, "P1L10 "), QColor("white"))


def test_a_mark_is_the_same_on_the_page_and_in_the_text(desk: PageDesk) -> None:
    made = desk.mark("P1L11 ")
    QTest.mouseClick(desk.pages.viewport(), Qt.MouseButton.LeftButton, pos=desk.box("P1L11 "))
    assert desk.pages.chosen == made.id
    desk.run("document.page")
    assert desk.window.reader.view.chosen == made.id
    assert desk.window.reader.surface.chosen == made.id


def test_the_selection_goes_along_to_the_text(desk: PageDesk) -> None:
    desk.drag(desk.edge("P1L3 "), desk.edge("P1L5 "))
    selected = desk.pages.selection()
    desk.run("document.page")
    assert desk.window.reader.view.selection() == selected
    assert desk.window.reader.surface.selection() == selected


@pytest.mark.parametrize("style", [MarkStyle.UNDERLINE, MarkStyle.BAR])
def test_lines_leave_the_letters_free(desk: PageDesk, style: MarkStyle) -> None:
    desk.mark("P1L12 ", style=style)
    assert near(ground(desk, "P1L12 "), QColor("white"))
    start = desk.point("P1L12 ")
    box = desk.pages.boxes_in_view(start, start + 5)[0].toAlignedRect()
    line = QColor(LIGHT.mark_lines["yellow"])
    shot = desk.shot()
    if style is MarkStyle.UNDERLINE:
        places = [(box.center().x(), y) for y in range(box.bottom() - 3, box.bottom() + 4)]
    else:
        places = [(x, box.center().y()) for x in range(box.left() - 12, box.left() - 3)]
    assert any(near(shot.pixelColor(*place), line) for place in places)


def test_in_the_dark_the_sheet_stays_white_and_marks_stay_light(
    tmp_path: Path, qapp: QApplication
) -> None:
    desk = PageDesk.on(tmp_path, {"bridge.pdf": prose_pdf(1)}, Settings(theme="dark"))
    desk.window.reader.view._appearance.choose("dark")
    desk.open_pages(BRIDGE)
    desk.mark("P1L3 ")
    assert near(ground(desk, "P1L4 "), QColor("white"))
    assert near(ground(desk, "P1L3 "), QColor(LIGHT.marks["yellow"]))
    assert near(desk.shot().pixelColor(3, 3), QColor(DARK.sidebar))
    desk.run("view.dim_pages")
    assert ground(desk, "P1L4 ").lightness() < 225
    desk.close()


def test_a_search_marks_its_matches_on_the_page_and_f3_goes_on(desk: PageDesk) -> None:
    desk.search("P2L7")
    desk.draw()
    desk.run("document.next_match")
    desk.draw()
    assert desk.pages.in_view(desk.point("P2L7 "))
    assert desk.window.reader.sheets.in_pages
    assert near(ground(desk, "P2L7"), QColor(LIGHT.match_now))


def test_the_find_bar_finds_on_the_page(desk: PageDesk) -> None:
    reader = desk.window.reader
    desk.run("edit.find")
    QTest.keyClicks(reader.find_bar.field, "P3L9 ")
    desk.draw()
    assert desk.pages.in_view(desk.point("P3L9 "))
    assert near(ground(desk, "P3L9"), QColor(LIGHT.match_now))
    desk.run("document.page")
    assert reader.find_bar.isVisible()
    assert reader.view.in_view(desk.point("P3L9 "))
    QTest.keyClick(reader.find_bar.field, Qt.Key.Key_Escape)
    assert not reader.find_bar.isVisible()


def test_a_highlight_is_gone_to_on_the_page(desk: PageDesk) -> None:
    made = desk.mark("P4L20 ")
    assert desk.window.reader.go_to_highlight(made.id)
    desk.draw()
    assert desk.pages.in_view(desk.point("P4L20 "))
    assert desk.pages.chosen == made.id


def test_what_does_not_fit_the_page_is_said_and_not_drawn(desk: PageDesk) -> None:
    desk.mark("P1L14 ")
    places = desk.pages._places
    assert places is not None
    known = places._maps[0]
    assert known is not None
    letters = replace(known.letters, text=known.letters.text.replace("P1L14", "Q9X55"))
    text = places.text
    desk.pages.supply_letters(0, type(known)(text, 1, letters))
    desk.draw()
    assert near(ground_at(desk, desk.pages.page_rect(0).center().toPoint()), QColor("white"))
    said = desk.window.reader.footer.notice.text()
    assert said == "1 highlight cannot be shown on the page; it is in the text"


def test_a_highlight_over_what_a_note_on_the_page_says_is_drawn_as_far_as_it_stands_there(
    tmp_path: Path, qapp: QApplication
) -> None:
    noted, plain = prose_page(1, lines=6), prose_page(2, lines=6)
    noted.notes.append(b"/Subtype /Text /Contents (Who wrote this down?)")
    content = pdf_of(noted, plain, info={"Title": BRIDGE})
    desk = PageDesk.on(tmp_path, {"bridge.pdf": content})
    desk.open_pages(BRIDGE)
    desk.run("view.fit_page")
    desk.run("view.two_up")
    desk.draw()
    start, end = desk.point("P1L5 "), desk.point("P2L1 ")
    assert "Who wrote this" in desk.canonical[start:end]
    made = desk.mark(desk.canonical[start:end])
    assert desk.pages.boxes_on(0, made)
    assert desk.pages.boxes_on(1, made)
    assert near(ground(desk, "P1L5 "), ground(desk, "P2L0 "), 40)
    assert not near(ground(desk, "P1L5 "), QColor("white"), 80)
    notice = desk.window.reader.footer.notice
    assert notice.text() == "Part of 1 highlight cannot be shown on the page; it is in the text"
    # Of one that stands in the note alone there is nothing to be drawn.
    desk.mark("Who wrote")
    assert notice.text() == (
        "2 highlights cannot be shown in full on the page; they are in the text"
    )
    # What of a highlight begins in the note goes on over the page.
    desk.library.run(DeleteHighlights(tuple(each.id for each in desk.pages.marks.all)))
    desk.settle()
    desk.mark(desk.canonical[desk.point("wrote this") : end])
    assert notice.text() == "Part of 1 highlight cannot be shown on the page; it is in the text"
    desk.close()


def ground_at(desk: PageDesk, place: QPoint) -> QColor:
    shot = desk.shot()
    around = [shot.pixelColor(place.x() + x, place.y() + y) for x in range(9) for y in range(9)]
    return max(around, key=lambda colour: colour.lightness())


def test_a_highlight_to_be_reviewed_has_a_dashed_frame(desk: PageDesk) -> None:
    made = desk.mark("P1L15 ")
    plain = desk.shot()
    desk.pages.set_marks([replace(made, how=How.CLOSE)])
    assert desk.shot() != plain


def test_a_note_has_a_mark_at_the_edge_that_opens_it(desk: PageDesk) -> None:
    made = desk.mark("P1L9 ", note="Ask about the clerk")
    asked: list[int] = []
    desk.pages.note_asked.connect(lambda highlight, _box: asked.append(highlight))
    (noted,) = desk.pages.note_marks()
    assert noted[0].id == made.id
    assert noted[1].right() <= desk.pages.page_rect(0).right()
    QTest.mouseClick(
        desk.pages.viewport(), Qt.MouseButton.LeftButton, pos=noted[1].center().toPoint()
    )
    assert asked == [made.id]
    assert desk.pages.chosen == made.id


def test_a_handle_drags_the_end_of_the_chosen_highlight(desk: PageDesk) -> None:
    made = desk.mark("P1L16 down")
    desk.pages.choose(made.id)
    desk.draw()
    start = desk.point("P1L16 down")
    boxes = desk.pages.boxes_in_view(start, start + 10)
    knob = QPoint(round(boxes[-1].right()), round(boxes[-1].bottom() + 1))
    desk.drag(knob, desk.edge("P1L16 down folded the", end=True) + QPoint(2, 0))
    desk.settle()
    QTest.qWait(700)
    desk.settle()
    (now,) = desk.library.marks.of(desk.pages.document_id or 0)
    assert now.anchor.quote == "P1L16 down folded the"


def test_the_text_has_a_mark_that_was_made_on_the_page(desk: PageDesk) -> None:
    desk.drag(desk.edge("P1L6 "), desk.edge("P1L6 ", end=True))
    desk.run("mark.highlight")
    desk.draw()
    desk.run("document.page")
    (shown,) = desk.window.reader.view.marks.placed
    assert shown.anchor.quote == "P1L6"


def test_ten_thousand_marks_do_not_hold_the_window_up(
    desk: PageDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = desk.mark("P1L1 ")
    reach = desk.pages.range_on(0)
    assert reach is not None and made.place is not None
    length = reach[1] - reach[0]
    many = [
        replace(
            made,
            id=1000 + n,
            uuid=f"u{n}",
            place=replace(made.place, start=reach[0] + n % length, end=reach[0] + n % length + 9),
        )
        for n in range(10_000)
    ]
    frames: list[float] = []
    painted = Pages._paint_over

    def timed(view: Pages, painter: QPainter, page: int, rect: QRectF) -> None:
        begun = time.thread_time()
        painted(view, painter, page, rect)
        frames.append(1000 * (time.thread_time() - begun))

    monkeypatch.setattr(Pages, "_paint_over", timed)
    desk.pages.set_marks(many)
    desk.draw(most_s=60)
    # Made at one go, nearly all of the work is in one frame; each is some 8 ms now.
    assert max(frames) < sum(frames) / 4
    assert sorted(frames)[len(frames) // 2] < 80
    assert near(ground(desk, "P1L20"), ground(desk, "P1L18"))
    assert not near(ground(desk, "P1L20"), QColor("white"))


def test_a_link_is_told_and_copied_and_never_followed(tmp_path: Path, qapp: QApplication) -> None:
    page = Page().at(72, 700, "Read on at the river house", size=14)
    page.links.append(((72, 695, 240, 715), "https://river.example/house"))
    desk = PageDesk.on(tmp_path, {"link.pdf": pdf_of(page, info={"Title": "Links"})})
    desk.open_pages("Links")
    told: list[str] = []
    desk.window.reader.link_hovered.connect(told.append)
    place = desk.box("Read on")
    QTest.mouseMove(desk.pages.viewport(), place)
    desk.settle()
    assert told == ["https://river.example/house"]
    menu = desk.pages.context_menu(place)
    next(each for each in menu.actions() if each.text() == "Copy link").trigger()
    assert QGuiApplication.clipboard().text() == "https://river.example/house"
    assert desk.pages.tip_at(QPointF(place)) == "https://river.example/house"
    desk.close()


def test_an_underline_stays_under_its_letters_when_pages_are_turned(desk: PageDesk) -> None:
    desk.mark("P1L3 it to", style=MarkStyle.UNDERLINE)
    desk.run("view.turn_pages")
    desk.draw()
    start = desk.point("P1L3 it to")
    box = desk.pages.boxes_in_view(start, start + 10)[0]
    line, shot = QColor(LIGHT.mark_lines["yellow"]), desk.shot()

    def has_line(x: float) -> bool:
        return any(
            near(shot.pixelColor(round(x + away), at), line, 40) for away in (-2, -1, 0, 1, 2)
        )

    at = round(box.center().y())
    assert has_line(box.left())
    assert not has_line(box.right())


def test_the_menu_of_a_place_lists_the_highlights_that_overlap_there(desk: PageDesk) -> None:
    desk.mark("P1L4 ")
    desk.mark("L4 ", "green")
    menu = desk.pages.context_menu(desk.box("L4 "))
    inner = next(each.menu() for each in menu.actions() if each.text() == "Highlights here")
    assert inner is not None
    assert [each.text() for each in inner.actions()] == ["“L4”", "“P1L4”"]  # type: ignore[attr-defined]
    assert [each.isChecked() for each in inner.actions()] == [True, False]  # type: ignore[attr-defined]
    menu.deleteLater()
