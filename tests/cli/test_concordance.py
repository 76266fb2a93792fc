"""`postil concordance`: every match, one a line."""

from __future__ import annotations

from tests.cli.conftest import Terminal


def test_every_match_is_a_line_with_the_text_around_it(terminal: Terminal) -> None:
    lines = terminal.json("concordance", "winter OR pilots", "--width", 12)
    assert [list(line) for line in lines] == [
        ["id", "start", "end", "left", "match", "right"] for _ in lines
    ]
    assert sum(line["match"].lower() in ("winter", "pilots") for line in lines) == len(lines) > 4
    for line in lines:
        assert terminal("show", line["id"], "--text") == 0
        text = terminal.out.removesuffix("\n")
        start, end = line["start"], line["end"]
        assert text[start:end] == line["match"]
        assert text[max(0, start - 12) : start] == line["left"]
        assert text[end : end + 12] == line["right"]
    hits = terminal.json("search", "winter OR pilots", "--limit", 99)
    assert sum(found["hits"] for found in hits) == len(lines)


def test_people_see_the_matches_below_each_other_and_a_count(terminal: Terminal) -> None:
    assert terminal("concordance", '"dry dock"', "--width", "20") == 0
    rows = terminal.out.splitlines()
    assert len({row.index("[dry dock]") for row in rows}) == 1
    assert len(rows) == 2
    assert "2 lines in 2 documents." in terminal.err


def test_documents_that_only_say_it_elsewhere_are_told(terminal: Terminal) -> None:
    assert terminal("concordance", "author:holm") == 0
    assert terminal.out == ""
    assert "0 lines in 0 documents." in terminal.err
    assert "1 document says it outside the text alone" in terminal.err


def test_what_ran_is_said_when_asked_for(terminal: Terminal) -> None:
    assert terminal("concordance", "dock", "--explain") == 0
    assert "dock" in terminal.err and "2  documents in all" in terminal.err


def test_a_query_or_a_width_that_means_nothing_is_bad_usage(terminal: Terminal) -> None:
    assert terminal("concordance", "date:2016-13") == 2
    assert terminal.out == "" and "2016" in terminal.err
    assert terminal("concordance", "dock", "--width", "1000") == 2
    assert "--width needs a number from 0 to 400" in terminal.err


def test_a_library_that_is_not_there_has_no_lines(nowhere: Terminal) -> None:
    assert nowhere("concordance", "dock") == 0
    assert nowhere.out == ""
