"""The verbs that search: what they print of parts, copies and highlights."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Terminal

REPRINT = (
    "How the quay at Halmar was rebuilt\n\n25 March 2016\n\nBy Ilse Brandt\n\n"
    "For nine days the harbour board met behind closed doors. The dry dock stayed closed "
    "through the winter, and the pilots were promised a berth beside the gates.\n\n"
    "Source: The Coast Ledger\n\n\n"
)


@pytest.fixture
def twice(own_terminal: Terminal, tmp_path: Path) -> Terminal:
    """A library that has the text of one document again, in another file."""
    again = tmp_path / "again.txt"
    again.write_text(REPRINT, encoding="utf-8")
    (said,) = own_terminal.json("import", again)
    assert said["outcome"] == "imported"
    return own_terminal


def test_explaining_counts_each_part_and_the_whole(terminal: Terminal) -> None:
    assert terminal("search", "dock winter NOT pilots", "--explain") == 0
    assert terminal.out == ""
    said = terminal.err.splitlines()
    assert said[0] == "“dock” (2) and “winter” (3), without “pilots” (2)"
    assert [line.split()[0] for line in said[1:4]] == ["2", "3", "2"]
    assert said[4].strip() == "0  documents in all"


def test_list_and_highlights_explain_as_search_does(terminal: Terminal) -> None:
    for verb in ("list", "highlights"):
        assert terminal(verb, "dock", "--explain") == 0
        assert "“dock” (2)" in terminal.err
        assert "2  documents in all" in terminal.err


def test_search_stands_copies_under_one_document_and_says_so(twice: Terminal) -> None:
    (found,) = twice.json("search", "board")
    assert list(found) == ["id", "title", "score", "hits", "passages"]
    assert "1 document has the same text" in twice.err
    each = {one["id"] for one in twice.json("search", "board dup:all")}
    (copy,) = each - {found["id"]}
    assert "also that of" not in twice.err
    assert twice("search", "board") == 0
    assert f"The text of {found['id']} is also that of {copy}; dup:all lists each." in twice.err
    assert {one["id"] for one in twice.json("search", "is:duplicate")} == each


def test_list_is_the_catalogue_and_shows_every_copy(twice: Terminal) -> None:
    assert len(twice.json("list", "board")) == 2
    assert "same text" not in twice.err


def test_a_search_for_passages_prints_highlights(own_terminal: Terminal) -> None:
    (quay,) = (one["id"] for one in own_terminal.json("search", "board"))
    for quote, tag in (("dry dock", "place/Halmar"), ("berth beside the gates", "pilots")):
        assert own_terminal("highlight", quay, "--quote", quote, "--tag", tag) == 0
    (found,) = own_terminal.json("search", "gate find:passages")
    assert (found["quote"], found["document"]) == ("berth beside the gates", quay)
    assert own_terminal.json("highlights", "gate find:passages") == [found]
    assert len(own_terminal.json("highlights", "gate")) == 2
    assert len(own_terminal.json("highlights", "tag:place find:passages")) == 1
    assert own_terminal("search", "find:passages", "--limit", 1) == 0
    assert "1 of 2" in own_terminal.err
    assert [one["id"] for one in own_terminal.json("search", "same:passage(tag:pilots gates)")] == [
        quay
    ]
    assert own_terminal.json("search", "same:passage(tag:pilots dock)") == []


def test_highlights_of_copies_are_not_left_out(twice: Terminal) -> None:
    ids = [one["id"] for one in twice.json("list", "board")]
    for each in ids:
        assert twice("highlight", each, "--quote", "dry dock") == 0
    assert {one["document"] for one in twice.json("highlights", "board")} == set(ids)


def test_the_order_that_a_query_asks_for_wins(terminal: Terminal) -> None:
    titles = [one["title"] for one in terminal.json("search", "winter sort:title")]
    assert titles == sorted(titles, key=str.casefold) and len(titles) == 3
