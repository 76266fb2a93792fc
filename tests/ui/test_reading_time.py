"""Minutes left: by words, by letters where there are no blanks, without what is folded."""

from __future__ import annotations

import pytest

from desktop_app.core.text import Text, make_text
from desktop_app.ui.reader.reading_time import WORDS_A_MINUTE, Pace, ReadingTime, words_to_read
from tests.ui.reader_for_tests import folded, paragraph


def a_text(*paragraphs: str) -> Text:
    return make_text([paragraph(each) for each in paragraphs], "test")


def test_words_are_what_blanks_part() -> None:
    assert words_to_read("The dry dock stayed\nclosed, and  so on.") == 8
    assert words_to_read("Über den Kai") == 3
    assert words_to_read("") == 0
    assert words_to_read("2.2 Block ciphers . . . . . . . . 16") == 4


def test_chinese_and_japanese_are_counted_by_letters() -> None:
    text = "码头在冬天关闭了" * 50  # 400 letters: a minute
    assert words_to_read(text) == pytest.approx(WORDS_A_MINUTE)
    assert words_to_read("港のドックは冬の間閉鎖された") == pytest.approx(14 * WORDS_A_MINUTE / 400)
    assert words_to_read("The 码头 dock") == pytest.approx(2 + 2 * WORDS_A_MINUTE / 400)


def test_thai_is_counted_by_letters_and_korean_by_words() -> None:
    assert words_to_read("ท่าเรือปิดในฤดูหนาว") == pytest.approx(19 / 5)
    assert words_to_read("부두는 겨울 내내 닫혀 있었다") == 5


def test_what_is_left_is_counted_from_a_place_on() -> None:
    text = a_text("one two three", "four five six seven")
    time = ReadingTime(text)
    assert time.words == 7
    assert time.before(0) == 0
    assert time.before(text.canonical.index("four")) == 3
    assert time.before(len(text.canonical)) == 7
    assert 3 < time.before(text.canonical.index("six")) < 7


def test_what_is_folded_is_not_read() -> None:
    text = folded(
        a_text("one two three", "Share this on every network", "four five", "six Read more here"),
        ("Share this on every network", "share"),
        ("Read more here", "share"),
    )
    time = ReadingTime(text)
    assert time.words == 6
    assert time.before(text.canonical.index("four")) == 3


def test_an_empty_text_takes_no_time() -> None:
    assert ReadingTime(make_text([], "test")).words == 0


def test_the_pace_is_known_after_some_minutes_of_reading() -> None:
    pace = Pace()
    assert pace.known == 0
    assert pace.words_a_minute == WORDS_A_MINUTE
    for minute in range(8):
        pace.saw(minute * 300.0, minute * 60.0)
    assert pace.known == pytest.approx(300)


def test_leafing_and_pauses_are_no_reading() -> None:
    pace = Pace(200)
    pace.saw(0, 0)
    pace.saw(50_000, 30)  # leafing
    pace.saw(50_300, 5_000)  # a pause
    pace.saw(40_000, 5_060)  # back
    assert pace.known == pytest.approx(200)


def test_the_pace_of_earlier_days_gives_way_slowly() -> None:
    pace = Pace(200)
    for minute in range(6):
        pace.saw(minute * 400.0, minute * 60.0)
    assert 200 < pace.known < 400


def test_a_jump_begins_anew() -> None:
    pace = Pace(200)
    pace.saw(0, 0)
    pace.begin()
    pace.saw(300, 60)
    assert pace.known == pytest.approx(200)
