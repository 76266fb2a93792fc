"""Any range of any text: its places are exact both ways, and what is painted covers its glyphs.

The glyphs of a range are painted alone, its highlight is painted alone, and the pixels compared.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.highlights import Highlight, MarkStyle, Place, anchor_at, whole_letters
from desktop_app.core.text import Block, BlockKind, Fold, Picture, Text, clean, make_text
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.reader.marks import Marks
from desktop_app.ui.reader.offsets import Units
from desktop_app.ui.reader.overlay import Matches, Overlay
from desktop_app.ui.reader.style import Family, ReadingStyle
from desktop_app.ui.reader.view import PageView
from tests.ui.reader_for_tests import a_document

# What a letter may reach over its own box, in sizes: the tail of an f, an accent on a blank.
OVER = 0.35  # of the body; a heading is larger
INK = 128  # of 255; the soft edge of a letter is no ink

# fmt: off
WORDS = (
    "harbour", "affluent", "office", "fjord", "AVATAR", "e\u0301te\u0301", "a\u0323\u0302",
    "\U0001f600", "\U0001d49c\U0001d4b7\U0001d4b8", "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\U0001f1fa\U0001f1f3", "\u05e9\u05dc\u05d5\u05dd", "\u05e2\u05d5\u05dc\u05dd\u05b8",
    "\u0642\u0627\u0644", "\u0627\u0644\u0645\u0647\u0646\u062f\u0633", "\u0644\u0627\u064b",
    "\u6e2f\u52a1\u5c40\u5728\u95ed\u95e8", "\U00020000\U00020001", "\u3053\u3093\u306b",
    "\ud55c\uad6d\uc5b4", "(2016)", "12,5", "%", "x",
)
# fmt: on

LIGATURES = re.compile(
    "[fT][fijlhbkT]+|\u0644[\u064b-\u065f]*[\u0627\u0622\u0623\u0625][\u064b-\u065f]*"
)

LETTERS = (*"abf jT-1(", "e\u0301", "\u05d0", "\u0628\u064e", "\u4e2d", "\U0001f600", "\u200f")
MIXED = st.lists(st.sampled_from(LETTERS), min_size=1, max_size=6).map("".join)
TEXTS = st.lists(st.sampled_from(WORDS) | MIXED, min_size=1, max_size=14).map(" ".join)
RUNNING = (
    BlockKind.PARAGRAPH,
    BlockKind.QUOTATION,
    BlockKind.LIST_ITEM,
    BlockKind.HEADING,
    BlockKind.PREFORMATTED,
    BlockKind.TABLE_ROW,
)


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    kind = draw(st.sampled_from((*RUNNING, BlockKind.IMAGE, BlockKind.PAGE_BREAK)))
    if kind is BlockKind.PAGE_BREAK:
        return Block(kind, "", page=draw(st.integers(2, 9)))
    text = clean(draw(TEXTS).strip())
    if kind is BlockKind.IMAGE:
        picture = Picture("0" * 64, None, 40, 30) if draw(st.booleans()) else None
        return Block(kind, text if draw(st.booleans()) else "", picture=picture)
    if kind is BlockKind.TABLE_ROW:
        text = text.replace(" ", "\t", 2)
    return Block(kind, text, draw(st.integers(1, 3)))


@st.composite
def texts(draw: st.DrawFn) -> Text:
    made = draw(st.lists(blocks(), min_size=1, max_size=4))
    text = make_text(made, "test")
    length = len(text.canonical)
    if length < 8 or not draw(st.booleans()):
        return text
    start = draw(st.integers(0, length - 3))
    end = draw(st.integers(start + 1, length))
    start, end = whole_letters(text.canonical, start, end)
    return make_text(
        made, "test", folds=[Fold(start, end, "share", "a rule")] if start < end else []
    )


STYLES = st.sampled_from(
    (
        ReadingStyle(),
        ReadingStyle(justified=True, width_px=440),
        ReadingStyle(family=Family.SANS, size_px=14.0),
        ReadingStyle(family=Family.CLEAR, size_px=26.0, line_height=1.4),
    )
)


@pytest.fixture(scope="module")
def page(qapp: QApplication) -> PageView:
    view = PageView(Appearance(qapp, "light"))
    view.resize(560, 1800)
    view.show()
    yield view  # type: ignore[misc]
    view.close()
    view.deleteLater()


def nothing_painted(view: PageView) -> QImage:
    image = QImage(view.viewport().size(), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    return image


def glyphs_of(view: PageView, start: int, end: int) -> QImage:
    """The glyphs of a range that are on the page, and nothing else."""
    image = nothing_painted(view)
    painter = QPainter(image)
    painter.setPen(QColor("black"))
    for _, origin, laid in view.rows_in_view():
        for piece in laid.pieces:
            first = piece.units.to_units(min(max(start, piece.start), piece.end) - piece.start)
            last = piece.units.to_units(min(max(end, piece.start), piece.end) - piece.start)
            for number in range(piece.layout.lineCount()):
                line = piece.layout.lineAt(number)
                left = max(first, line.textStart())
                right = min(last, line.textStart() + line.textLength())
                if left < right:
                    for run in line.glyphRuns(left, right - left):
                        painter.drawGlyphRun(origin + QPointF(piece.x, piece.y), run)
    painter.end()
    return image


def mark_of(view: PageView, start: int, end: int) -> QImage:
    """The highlight of a range that is on the page, and nothing else."""
    text = view.text
    assert text is not None
    now = datetime(2026, 1, 1, tzinfo=UTC)
    anchor = anchor_at(text.version, text.canonical, start, end)
    place = Place(start, end)
    marks = Marks(
        [Highlight(1, "u", 7, anchor, "yellow", MarkStyle.FILL, "", now, now, place=place)]
    )
    image = nothing_painted(view)
    painter = QPainter(image)
    overlay = Overlay()
    for _, origin, laid in view.rows_in_view():
        painter.save()
        painter.translate(origin)
        overlay.paint(painter, laid, view._appearance.theme, Matches(), selection=None, marks=marks)
        painter.restore()
    painter.end()
    return image


def most_ink(image: QImage) -> int:
    alone = image.convertToFormat(QImage.Format.Format_Alpha8)
    return max(bytes(alone.constBits()), default=0)


def widened(image: QImage, *, x: int = 0, y: int = 0) -> QImage:
    """An image laid over itself, moved by up to some pixels to either side."""
    made = image.copy()
    painter = QPainter(made)
    for by in range(1, max(x, y) + 1):
        for way in (-1, 1):
            painter.drawImage(way * min(by, x), way * min(by, y), image)
    painter.end()
    return made


def without(image: QImage, other: QImage, over: int) -> QImage:
    """An image less where another one is painted, or a little beside it."""
    painter = QPainter(image)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOut)
    painter.drawImage(0, 0, widened(widened(other, x=over), y=over // 2))
    painter.end()
    return image


def check_places(text: str) -> None:
    units = Units(text)
    for point in range(len(text) + 1):
        unit = units.to_units(point)
        assert unit == len(text[:point].encode("utf-16-le")) // 2
        assert units.to_points(unit) == point


def check_range(view: PageView, text: Text, style: ReadingStyle, start: int, end: int) -> None:
    view.set_style_of_reading(style)
    view.show_text(a_document(), text)
    view.set_marks(())
    over = round(style.drawn_px * OVER)
    for _ in range(2):
        left = without(glyphs_of(view, start, end), mark_of(view, start, end), over)
        assert most_ink(left) < INK, text.canonical[start:end]
        if not view.is_folded(start, end):
            break
        view.toggle_folds()  # once more with the folded part in view


def a_range(data: st.DataObject, text: Text) -> tuple[int, int]:
    length = len(text.canonical)
    start = data.draw(st.integers(0, length))
    end = data.draw(st.integers(start, length))
    start, end = whole_letters(text.canonical, start, end)
    # One glyph may stand for two letters, and then half of it is painted for one of them.
    for found in LIGATURES.finditer(text.canonical):
        if found.start() < start < found.end():
            start = found.start()
        if found.start() < end < found.end():
            end = found.end()
    return start, end


quick = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
thorough = settings(quick, max_examples=600)


@quick
@given(TEXTS)
def test_places_count_alike_there_and_back(text: str) -> None:
    check_places(text)


@quick
@given(texts(), STYLES, st.data())
def test_what_is_painted_covers_the_glyphs_of_the_range(
    page: PageView, text: Text, style: ReadingStyle, data: st.DataObject
) -> None:
    check_range(page, text, style, *a_range(data, text))


@pytest.mark.long
@thorough
@given(texts(), STYLES, st.data())
def test_what_is_painted_covers_the_glyphs_of_many_ranges(
    page: PageView, text: Text, style: ReadingStyle, data: st.DataObject
) -> None:
    check_range(page, text, style, *a_range(data, text))


@quick
@given(texts(), STYLES)
def test_letters_are_found_where_they_are_drawn(
    page: PageView, text: Text, style: ReadingStyle
) -> None:
    """A press on the middle of a letter that is no part of a larger one finds a side of it."""
    page.set_style_of_reading(style)
    page.show_text(a_document(), text)
    for _, origin, laid in page.rows_in_view():
        for piece in laid.pieces:
            for point in range(piece.start, piece.end):
                boxes = list(piece.rects(point, point + 1))
                if piece.two_ways or not boxes or boxes[0].width() < 3:
                    continue
                first, last = whole_letters(text.canonical, point, point + 1)
                if first < last:
                    found = page.point_at(boxes[0].translated(origin).center())
                    assert first <= found <= last


def test_the_comparison_sees_what_is_not_covered(page: PageView, qtbot: QtBot) -> None:
    text = make_text([Block(BlockKind.PARAGRAPH, "The yard would move to bedrock.")], "test")
    page.set_style_of_reading(ReadingStyle())
    page.show_text(a_document(), text)
    glyphs = glyphs_of(page, 0, 20)
    assert most_ink(glyphs) > 200
    left = without(glyphs, mark_of(page, 0, 15), 4)
    assert most_ink(left) > 200
