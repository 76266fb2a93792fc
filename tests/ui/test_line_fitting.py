"""Which words around a match there is room for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from desktop_app.ui.concordance.fitting import CUT, Fitting
from desktop_app.ui.panes.document_row import Face

LEFT = "hulov of The Guardian explains that two of the crew were told of the "
RIGHT = " decision to begin with repairs in the first week of the winter bef"


@pytest.fixture(scope="module")
def face(qapp: QApplication) -> Face:
    return Face(QFont("Source Sans 3", 11))


def width_of(face: Face, words: str) -> float:
    return face.metrics.horizontalAdvance(words)


def test_words_are_whole_where_there_is_not_room_for_all(face: Face) -> None:
    room = width_of(face, CUT + "rew were told of the")
    assert Fitting(face).before(LEFT, room) == [CUT + "were told of the"]
    room = width_of(face, "decision to begin wit" + CUT)
    assert Fitting(face).behind(RIGHT, room) == ["decision to begin" + CUT]


def test_the_outermost_word_of_a_text_that_goes_on_may_be_a_part_and_is_left_out(
    face: Face,
) -> None:
    assert Fitting(face).before(LEFT, 5_000, cut=True)[0].startswith(CUT + "of The Guardian")
    assert Fitting(face).behind(RIGHT, 5_000, cut=True)[0].endswith("of the winter" + CUT)
    assert Fitting(face).behind(RIGHT, 5_000) == [RIGHT.strip()]


def test_lines_are_filled_from_the_match_on(face: Face) -> None:
    room = width_of(face, "The Guardian explains")
    shown = Fitting(face).before(LEFT, room, lines=3, cut=True)
    assert len(shown) == 3
    assert shown[-1].endswith("told of the")
    assert all(width_of(face, line) <= room for line in shown)
    whole = Fitting(face).before(LEFT, room, lines=9)
    assert " ".join(whole) == LEFT.strip()


def test_a_script_without_blanks_is_cut_where_the_room_ends(face: Face) -> None:
    (shown,) = Fitting(face).behind("港口的干船坞整个冬天都关闭着" * 4, 200)
    assert 4 < len(shown) < 40
    assert shown.endswith(CUT)


@given(
    text=st.text(alphabet="ab c\n\u05d0é中", max_size=80),
    width=st.integers(20, 400),
    lines=st.integers(1, 4),
    cut=st.booleans(),
)
def test_what_is_shown_is_the_part_nearest_to_the_match(
    face: Face, text: str, width: int, lines: int, cut: bool
) -> None:
    fitting = Fitting(face)
    plain = " ".join(text.split())
    before = " ".join(fitting.before(text, width, lines=lines, cut=cut))
    behind = " ".join(fitting.behind(text, width, lines=lines, cut=cut))
    # A word of which only a part has room is shown from its far end: its sign stands inside.
    assert before.count(CUT) <= 1 and behind.count(CUT) <= 1
    if not cut:
        assert plain.endswith(before.rpartition(CUT)[2].strip())
        assert plain.startswith(behind.partition(CUT)[0].strip())
        assert CUT in before or before == plain
        assert CUT in behind or behind == plain
