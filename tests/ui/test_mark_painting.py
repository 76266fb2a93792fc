"""Highlights are painted over the lines in view: each can be told, whatever lies over it."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.highlights import Highlight, How, MarkStyle, Place, anchor_at
from desktop_app.core.text import Block, BlockKind, Text, make_text
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.reader.laid import SpotKind
from desktop_app.ui.reader.mark_shapes import SHARING
from desktop_app.ui.reader.marks import LANES, Marks
from desktop_app.ui.reader.view import PageView
from tests.ui.reader_for_tests import SENTENCE, a_document, folded, paragraph, place_of, spots

Show = Callable[[Text], PageView]

TEXT = make_text([paragraph(SENTENCE * 3), paragraph("Nobody had been asked. " * 4)], "test")
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def a_mark(
    number: int,
    place: tuple[int, int],
    *,
    colour: str = "yellow",
    style: MarkStyle = MarkStyle.FILL,
    how: How = How.MARKED,
    text: Text = TEXT,
) -> Highlight:
    anchor = anchor_at(text.version, text.canonical, *place)
    found = None if how is How.LOST else Place(*place)
    return Highlight(
        number, f"u{number}", 7, anchor, colour, style, "", NOW, NOW, place=found, how=how
    )


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication) -> Show:
    view = PageView(Appearance(qapp, "light"))
    qtbot.addWidget(view)
    view.resize(700, 600)
    view.show()
    qtbot.waitExposed(view)

    def shown(text: Text) -> PageView:
        view.show_text(a_document(), text)
        return view

    return shown


def drawn(view: PageView) -> QImage:
    return view.viewport().grab().toImage()


def down(view: PageView, image: QImage, point: int) -> list[str]:
    """The colours from top to bottom of the line, a little inside a letter's left side."""
    for _, origin, laid in view.rows_in_view():
        for box, _ in laid.bands(point, point + 1):
            x = round(origin.x() + box.left() + 1)
            top, bottom = round(origin.y() + box.top()), round(origin.y() + box.bottom())
            return [image.pixelColor(x, y).name() for y in range(top, bottom)]
    raise AssertionError("not in view")


def space_in(text: Text, start: int) -> int:
    return text.canonical.index(" ", start)


def colours_at(view: PageView, point: int) -> list[str]:
    return down(view, drawn(view), point)


def theme(view: PageView):  # type: ignore[no-untyped-def]
    return view._appearance.theme


def test_a_fill_takes_the_line_whole_and_its_lines_touch(show: Show) -> None:
    view = show(TEXT)
    view.set_marks([a_mark(1, (0, len(SENTENCE) * 2))])
    fill = theme(view).marks["yellow"]
    image = drawn(view)
    assert set(down(view, image, space_in(TEXT, 4))) == {fill}
    # From the first line to the last there is no row of pixels between letters that is not filled.
    place = place_of(view, space_in(TEXT, 4))
    column = [image.pixelColor(60, y).name() for y in range(round(place.y()), 190)]
    assert theme(view).page not in column


def test_fills_that_overlap_share_the_line_and_have_edges(show: Show) -> None:
    view = show(TEXT)
    blank = space_in(TEXT, 8)
    view.set_marks([a_mark(1, (0, blank + 20)), a_mark(2, (blank - 4, blank + 30), colour="blue")])
    colours, lines = theme(view).marks, theme(view).mark_lines
    across = colours_at(view, blank)
    assert across == sorted(across, key=[colours["yellow"], colours["blue"]].index)
    assert abs(across.count(colours["yellow"]) - across.count(colours["blue"])) <= 1
    image = drawn(view)
    line = round(place_of(view, blank).y())
    seen = {image.pixelColor(x, line).name() for x in range(40, 400)}
    assert {lines["yellow"], lines["blue"]} <= seen  # where one ends and the other begins


def test_more_fills_than_a_line_can_show_are_told_by_dots(show: Show) -> None:
    view = show(TEXT)
    blank = space_in(TEXT, 8)
    many = [a_mark(n, (n, blank + 3 + n), colour="green") for n in range(1, SHARING + 3)]

    def foot() -> set[str]:
        image = drawn(view)
        box = next(
            box.translated(origin)
            for _, origin, laid in view.rows_in_view()
            for box, _ in laid.bands(blank - 4, blank + 1)
        )
        across = range(round(box.left()), round(box.right()))
        return {image.pixelColor(x, round(box.bottom()) - 1).name() for x in across}

    view.set_marks(many[:SHARING])
    assert theme(view).ink not in foot()
    view.set_marks(many)
    assert theme(view).ink in foot()


def test_two_highlights_side_by_side_have_no_seam_but_an_edge(show: Show) -> None:
    view = show(TEXT)
    blank = space_in(TEXT, 8)
    view.set_marks([a_mark(1, (0, blank)), a_mark(2, (blank, blank + 9))])
    image = drawn(view)
    box = next(
        box.translated(origin)
        for _, origin, laid in view.rows_in_view()
        for box, _ in laid.bands(blank, blank + 1)
    )
    line = round(box.bottom()) - 2
    seen = [
        image.pixelColor(x, line).name() for x in range(round(box.left()) - 2, round(box.right()))
    ]
    assert theme(view).page not in seen
    assert theme(view).mark_lines["yellow"] in seen


def test_underlines_stand_below_each_other(show: Show) -> None:
    view = show(TEXT)
    blank = space_in(TEXT, 8)
    styles = {"style": MarkStyle.UNDERLINE}
    view.set_marks(
        [
            a_mark(1, (0, 40), colour="blue", **styles),  # type: ignore[arg-type]
            a_mark(2, (4, 30), colour="pink", **styles),  # type: ignore[arg-type]
        ]
    )
    lines = theme(view).mark_lines
    across = colours_at(view, blank)
    assert across.count(lines["blue"]) == across.count(lines["pink"]) == 2
    assert across.index(lines["blue"]) < across.index(lines["pink"])


def test_bars_stand_beside_the_lines_of_their_highlight(show: Show) -> None:
    view = show(TEXT)
    view.set_marks(
        [
            a_mark(1, (0, 200), colour="blue", style=MarkStyle.BAR),
            a_mark(2, (0, 40), colour="pink", style=MarkStyle.BAR),
        ]
    )
    image = drawn(view)
    lines = theme(view).mark_lines
    left = round(view.rows_in_view()[0][1].x())

    def beside(point: int) -> set[str]:
        y = round(place_of(view, point).y())
        return {image.pixelColor(x, y).name() for x in range(left)}

    assert {lines["blue"], lines["pink"]} <= beside(10)
    assert lines["blue"] in beside(150)
    assert lines["pink"] not in beside(150)


def test_one_to_be_reviewed_is_drawn_dashed(show: Show) -> None:
    view = show(TEXT)
    view.set_marks([a_mark(1, (0, 40), colour="blue", how=How.CLOSE)])
    image = drawn(view)
    box = next(
        box.translated(origin)
        for _, origin, laid in view.rows_in_view()
        for box, _ in laid.bands(0, 40)
    )
    top = [
        image.pixelColor(x, round(box.top())).name()
        for x in range(round(box.left()) + 8, round(box.right()))
    ]
    changes = sum(1 for a, b in itertools.pairwise(top) if a != b)
    assert changes > 20
    assert theme(view).page not in top


def test_the_chosen_highlight_has_a_line_around_it(show: Show) -> None:
    view = show(TEXT)
    view.set_marks([a_mark(1, (4, 20), colour="green")])
    line = theme(view).mark_lines["green"]
    middle = space_in(TEXT, 8)
    assert line not in colours_at(view, middle)
    view.choose(1)
    across = colours_at(view, middle)
    assert across[0] == line
    assert line in across[-2:]


def test_matches_and_the_selection_stay_visible_on_a_highlight(show: Show) -> None:
    view = show(TEXT)
    blank = space_in(TEXT, 8)
    view.set_marks([a_mark(1, (0, 60))])
    view.set_matches([(4, 12)])
    view.select(blank - 2, blank + 2)
    assert theme(view).text_selection in colours_at(view, blank)
    assert theme(view).match in colours_at(view, 6)
    assert theme(view).strip in colours_at(view, 6)  # the line that parts it from the fill
    assert theme(view).marks["yellow"] in colours_at(view, 6)


def test_a_colour_of_another_version_is_shown_as_the_usual_one(show: Show) -> None:
    view = show(TEXT)
    view.set_marks([a_mark(1, (0, 40), colour="ultraviolet")])
    assert theme(view).marks["yellow"] in colours_at(view, space_in(TEXT, 4))


def test_highlights_look_out_of_a_fold_and_are_counted(show: Show) -> None:
    blocks = [paragraph(SENTENCE), paragraph("Share this with friends"), paragraph(SENTENCE)]
    text = folded(make_text(blocks, "test"), ("Share this with friends", "share"))
    start = text.canonical.index("Share")
    view = show(text)
    view.set_marks(
        [
            a_mark(1, (start - 9, start + 3), colour="pink", text=text),
            a_mark(2, (start + 6, start + 9), colour="blue", text=text),
        ]
    )
    foot = spots(view, SpotKind.FOLD)[0]
    image = drawn(view)
    seen = {
        image.pixelColor(x, y).name()
        for x in range(40, 200)
        for y in range(foot.y(), foot.y() + 30)
    }
    lines = theme(view).mark_lines
    assert {lines["pink"], lines["blue"]} <= seen
    assert "folded, 2 highlights" in view.visible_text()
    assert "2 highlights" in view.fold_rules(0)
    view.toggle_fold(0)
    assert "2 highlights" not in view.visible_text()
    assert theme(view).marks["blue"] in colours_at(view, start + 8)


def test_a_highlight_goes_on_beside_a_page_break_and_into_cells(show: Show) -> None:
    cells = Block(BlockKind.TABLE_ROW, "Year\tCost")
    blocks = [paragraph("Before."), Block(BlockKind.PAGE_BREAK, "", page=2), cells]
    text = make_text(blocks, "test")
    view = show(text)
    view.set_marks([a_mark(1, (0, len(text.canonical)), colour="blue", text=text)])
    fill = theme(view).marks["blue"]
    for word in ("Before", "Year", "Cost"):
        start = text.canonical.index(word)
        assert fill in colours_at(view, start)
    image = drawn(view)
    y = round((place_of(view, 3).y() + place_of(view, text.canonical.index("Year")).y()) / 2)
    line = theme(view).mark_lines["blue"]
    assert line in {image.pixelColor(x, y).name() for x in range(60)}


def test_those_that_touch_a_range_are_found_though_one_spans_everything() -> None:
    chance = random.Random(7)
    text = make_text([paragraph("x" * 2_000)], "test")
    places = [(0, 2_000), *((s := chance.randrange(1_990), s + chance.randint(1, 9)) for _ in range(400))]  # fmt: skip
    marks = Marks([a_mark(n, place, text=text) for n, place in enumerate(places)])
    for _ in range(200):
        start = chance.randrange(2_000)
        end = start + chance.choice((0, 1, 30))
        wanted = {
            n for n, (s, e) in enumerate(places) if (s < end and start < e) or s < start == end < e
        }
        found = [each.id for each in marks.within(start, end)]
        assert set(found) == wanted
        assert len(found) == len(wanted)
        ordered = [each.place for each in marks.within(start, end)]
        keys = [(place.start, -place.end) for place in ordered if place]
        assert keys == sorted(keys)
    assert marks.at(5)[-1].id == 0  # the longest last
    assert marks.with_id(3) is marks.all[3]
    assert marks.with_id(9_999) is None


def test_bars_beside_each_other_have_lanes_of_their_own() -> None:
    places = [(0, 100), (10, 30), (20, 40), (35, 60), (25, 28), (26, 28)]
    made = [a_mark(n, place, style=MarkStyle.BAR) for n, place in enumerate(places)]
    marks = Marks(made)
    assert [marks.lane(each) for each in made] == [0, 1, 2, 1, 3, LANES - 1]
    new = a_mark(9, (32, 38), style=MarkStyle.BAR)
    more = marks.with_one(new)
    assert [more.lane(each) for each in (*made, new)] == [0, 1, 2, 1, 3, LANES - 1, 3]


def test_one_more_is_painted_without_painting_the_rest(show: Show) -> None:
    view = show(TEXT)
    view.set_marks([a_mark(1, (0, 40))])
    drawn(view)
    second = len(SENTENCE) * 3 + 8
    more = view.marks.with_one(a_mark(2, (second, second + 30), colour="blue"))
    assert more.added_to(view.marks) == Place(second, second + 30)
    assert more.added_to(Marks()) is None
    view.share_marks(more)
    QApplication.processEvents()
    assert theme(view).marks["blue"] in colours_at(view, space_in(TEXT, second + 2))
    assert theme(view).marks["yellow"] in colours_at(view, space_in(TEXT, 4))


def test_a_lost_one_is_not_painted(show: Show) -> None:
    view = show(TEXT)
    view.set_marks([a_mark(1, (0, 40), how=How.LOST)])
    assert len(view.marks) == 0
    assert theme(view).marks["yellow"] not in colours_at(view, space_in(TEXT, 4))
    assert view.marks.with_id(1) is not None


def test_a_click_finds_the_highlight_under_it(show: Show) -> None:
    view = show(TEXT)
    view.set_marks([a_mark(1, (0, 40)), a_mark(2, (10, 20))])
    place = place_of(view, 12)
    point = view.point_at(QPointF(place.x() - 1, place.y()))
    assert [each.id for each in view.marks.at(point)] == [2, 1]
