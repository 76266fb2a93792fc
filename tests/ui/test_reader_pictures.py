"""Pictures stand where they belong, at the size that was kept for them, and never come from outside."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.text import Block, Picture, make_text
from desktop_app.ui.look.theme import DARK, Appearance
from desktop_app.ui.reader.figures import drawn_size
from desktop_app.ui.reader.laid import SpotKind
from desktop_app.ui.reader.pane import ReaderPane
from desktop_app.ui.reader.pictures import Absence, Decoded, Pictures, decode
from desktop_app.ui.reader.view import PageView
from tests.ui.reader_for_tests import SENTENCE, a_document, a_picture, image, paragraph, spots

Show = Callable[..., PageView]


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication) -> Show:
    """Show blocks in a page of 808 by 600; files are what the library has."""

    def shown(blocks: list[Block], files: dict[str, bytes], theme: str = "light") -> PageView:
        view = PageView(Appearance(qapp, theme))
        qtbot.addWidget(view)

        def fetch(picture: str, size: QSize) -> None:
            found = files.get(picture)
            view.pictures.supply(picture, decode(found, size) if found else Absence.MISSING)

        view.pictures.wanted.connect(fetch)
        view.resize(808, 600)
        view.show()
        qtbot.waitExposed(view)
        view.show_text(a_document(), make_text(blocks, "test"))
        return view

    return shown


def colour_at(view: PageView, place: QPoint) -> str:
    return view.viewport().grab().toImage().pixelColor(place).name()


def settle(qtbot: QtBot, view: PageView) -> None:
    """Paint, and let what was asked for come."""
    view.viewport().grab()
    qtbot.waitUntil(lambda: not view.pictures._soon.isActive())
    view.viewport().grab()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_painted_in_the_room_that_was_kept_for_it(
    show: Show, qtbot: QtBot, form: str
) -> None:
    picture, content = a_picture(300, 200, form=form)
    assert picture.hash is not None
    view = show([paragraph("Before"), image(picture, "Seen"), paragraph("After")], {})
    settle(qtbot, view)
    assert view._column is not None
    before = view._column.total()
    middle = spots(view, SpotKind.PICTURE)[0]
    view.pictures.supply(picture.hash, decode(content, QSize(300, 200)))
    assert view._column.total() == before
    painted = QColor(colour_at(view, middle))
    assert abs(painted.red() - 0xAA) < 8
    assert abs(painted.blue()) < 8


def test_a_picture_is_as_large_as_it_is_but_fits_column_and_view() -> None:
    assert drawn_size(Picture("a", None, 300, 200), 520, 800) == QSize(300, 200)
    assert drawn_size(Picture("a", None, 2000, 1000), 520, 800) == QSize(520, 260)
    assert drawn_size(Picture("a", None, 500, 5000), 520, 800) == QSize(64, 640)
    assert drawn_size(Picture("a"), 520, 800).width() == 520


def test_the_caption_stands_below_its_picture_and_is_text(show: Show) -> None:
    picture, content = a_picture(300, 200)
    view = show([image(picture, "The crane")], {str(picture.hash): content})
    assert "Picture: The crane" in view.visible_text()
    laid = next(laid for _, _, laid in view.rows_in_view() if laid.pieces)
    assert laid.pieces[0].y >= 200
    view.select_all()
    assert view.selected_text() == "The crane"


def test_a_picture_that_is_missing_or_damaged_says_so_and_is_asked_for_once(
    show: Show, qtbot: QtBot
) -> None:
    view = show([image(Picture("b" * 64, None, 300, 200))], {})
    settle(qtbot, view)
    assert view.pictures.get("b" * 64, QSize(300, 200)) is Absence.MISSING
    asked = QSignalSpy(view.pictures.wanted)
    settle(qtbot, view)
    assert asked.count() == 0
    assert decode(b"\x89PNG\r\n\x1a\nno more", QSize(9, 9)) is Absence.DAMAGED
    assert decode(b"<svg xmlns='http://www.w3.org/2000/svg'/>", QSize(9, 9)) is Absence.DAMAGED


def test_only_what_is_in_view_is_fetched_and_few_at_once(show: Show, qtbot: QtBot) -> None:
    files = {}
    blocks = []
    for number in range(200):
        picture, content = a_picture(300, 200, colour=f"#{number:02x}3300")
        files[str(picture.hash)] = content
        blocks += [image(picture), paragraph(SENTENCE)]
    view = show(blocks, files)
    asked = QSignalSpy(view.pictures.wanted)
    settle(qtbot, view)
    qtbot.waitUntil(lambda: asked.count() >= 2)
    assert asked.count() <= 4
    view.scroll_to_edge(end=True)
    settle(qtbot, view)
    last = blocks[-2].picture
    assert last is not None
    assert isinstance(view.pictures.get(str(last.hash), QSize(300, 200)), Decoded)


def test_kept_pictures_stay_within_their_memory() -> None:
    shelf = Pictures(room_bytes=1_000_000)
    for number in range(20):
        picture, content = a_picture(300, 200, colour=f"#{number:02x}3300")
        shelf.supply(str(picture.hash), decode(content, QSize(300, 200)))
        assert shelf.kept_bytes <= 1_000_000
    assert shelf.kept_bytes > 700_000


def test_a_coarse_picture_is_fetched_again_when_more_of_it_is_needed(qtbot: QtBot) -> None:
    shelf = Pictures()
    picture, content = a_picture(1200, 800)
    shelf.supply(str(picture.hash), decode(content, QSize(300, 200)))
    with qtbot.waitSignal(shelf.wanted) as wanted:
        coarse = shelf.get(str(picture.hash), QSize(600, 400))
    assert isinstance(coarse, Decoded)
    assert wanted.args == [picture.hash, QSize(600, 400)]
    shelf.supply(str(picture.hash), decode(content, QSize(600, 400)))
    sharp = shelf.get(str(picture.hash), QSize(600, 400))
    assert isinstance(sharp, Decoded)
    assert sharp.image.width() == 600
    # On a screen of twice as many pixels there may be no more of it to be had.
    shelf.supply(str(picture.hash), decode(content, QSize(2400, 1600)))
    shelf.get(str(picture.hash), QSize(2400, 1600))
    assert not shelf._asked
    # A place of another shape than the picture, since its size was not known.
    tall, content = a_picture(400, 1000)
    shelf.supply(str(tall.hash), decode(content, QSize(320, 180)))
    shelf.get(str(tall.hash), QSize(320, 180))
    assert not shelf._asked


def test_in_the_dark_a_picture_lies_on_a_light_mat_only_where_one_can_see_through(
    show: Show, qtbot: QtBot
) -> None:
    clear, clear_bytes = a_picture(200, 100, colour="#00000000")
    solid, solid_bytes = a_picture(200, 100, colour="#334455")
    files = {str(clear.hash): clear_bytes, str(solid.hash): solid_bytes}
    view = show([image(clear), image(solid)], files, "dark")
    settle(qtbot, view)
    qtbot.waitUntil(lambda: len(view.pictures._kept) == 2)
    first, second = spots(view, SpotKind.PICTURE)
    assert QColor(colour_at(view, first)).lightness() > 230
    assert colour_at(view, second) == "#334455"
    assert colour_at(view, QPoint(second.x() + 102, second.y())) == DARK.page


def test_a_picture_that_is_not_in_the_file_is_a_labelled_line_and_its_address_can_be_copied(
    show: Show, qtbot: QtBot
) -> None:
    address = "https://images.example.org/crane.png?size=2"
    remote = Picture(None, address)
    view = show(
        [image(remote, "The crane"), image(Picture(None, "http://[broken")), image(None)], {}
    )
    asked = QSignalSpy(view.pictures.wanted)
    said = view.visible_text().splitlines()
    assert said == [
        "Picture not in the file · images.example.org: The crane",
        "Picture not in the file",
        "Picture not in the file",
    ]
    origin = view.rows_in_view()[1][1]
    place = origin + QPointF(120, 20)
    assert view.tip_at(place) == address
    menu = view.context_menu(place.toPoint())
    copy = next(each for each in menu.actions() if each.text() == "Copy link")
    copy.trigger()
    assert QGuiApplication.clipboard().text() == address
    settle(qtbot, view)
    assert asked.count() == 0


def test_a_page_of_pictures_keeps_its_place_when_its_size_changes(show: Show) -> None:
    blocks = [image(Picture(f"{number:064d}", None, 400, 300)) for number in range(80)]
    view = show([paragraph("First"), *blocks, paragraph("Last")], {})
    view.scroll_by(9_000)
    assert view._column is not None
    top = view._column.top_row
    for height in (500, 700, 600):
        view.resize(808, height)
        assert view._column.top_row == top


@pytest.fixture
def pane(qtbot: QtBot, qapp: QApplication) -> ReaderPane:
    made = ReaderPane(Appearance(qapp, "light"))
    qtbot.addWidget(made)
    made.resize(808, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_a_click_shows_a_picture_alone_and_escape_brings_the_page_back(
    pane: ReaderPane, qtbot: QtBot
) -> None:
    picture, content = a_picture(1600, 900)
    pane.view.pictures.wanted.connect(
        lambda name, size: pane.view.pictures.supply(name, decode(content, size))
    )
    pane.show_document(a_document(), make_text([image(picture, "The crane")], "test"))
    settle(qtbot, pane.view)
    place = spots(pane.view, SpotKind.PICTURE)[0]
    qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    alone = pane._enlarged
    assert alone.isVisible()
    assert alone.place().width() > 600
    assert "The crane" in alone.accessibleName()
    qtbot.keyClick(alone, Qt.Key.Key_Escape)
    assert not alone.isVisible()
    # Text can still be selected from a press on a picture: only a click shows it.
    view = pane.view.viewport()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseMove(view, place + QPoint(0, 250))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=place + QPoint(0, 250))
    assert not alone.isVisible()
