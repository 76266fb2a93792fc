"""Saved searches, what was asked before, and spellings of names."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.core.changes import Kind
from desktop_app.core.errors import BadUsage, LibraryBusy
from desktop_app.core.line_states import LineState
from desktop_app.core.query import GRAMMAR
from desktop_app.library.commands import SetTrashed
from desktop_app.library.family_commands import JoinSpellings, LeaveFamily
from desktop_app.library.library import Library
from desktop_app.library.line_commands import MarkLines
from desktop_app.library.search_commands import (
    ChangeSearch,
    DeleteSearch,
    MoveSearch,
    RenameSearch,
    SaveSearch,
)
from desktop_app.store.line_facts import know_lines


@pytest.fixture
def write(library: Library, tmp_path: Path) -> Callable[..., int]:
    def write(name: str, text: str) -> int:
        file = tmp_path / f"{name}.txt"
        file.write_text(text, "utf-8")
        before = set(library.search("").ids)
        library.import_files([file])
        assert library.wait_until_searchable(60)
        (made,) = set(library.search("").ids) - before
        return made

    return write


def saved(library: Library) -> list[tuple[str, str]]:
    return [(each.name, each.query) for each in library.searches.all()]


def test_a_search_is_saved_renamed_changed_and_deleted_and_each_can_be_undone(
    library: Library,
) -> None:
    heard: list[frozenset[Kind]] = []
    library.listen(lambda changes: heard.append(changes.kinds))
    library.run(SaveSearch("The dam", " dam raqqa "))
    (search,) = library.searches.all()
    assert (search.name, search.query, search.grammar) == ("The dam", "dam raqqa", GRAMMAR)
    assert heard == [frozenset([Kind.SEARCHES])]
    library.run(RenameSearch(search.id, "The siege"))
    library.run(ChangeSearch(search.id, "siege"))
    library.run(DeleteSearch(search.id))
    assert saved(library) == []
    for expected in (
        [("The siege", "siege")],
        [("The siege", "dam raqqa")],
        [("The dam", "dam raqqa")],
        [],
    ):
        report = library.undo()
        assert report is not None and report.refused is None
        assert saved(library) == expected
    for _ in range(3):
        report = library.redo()
        assert report is not None and report.refused is None
    assert saved(library) == [("The siege", "siege")]
    assert library.searches.all()[0].uuid == search.uuid


def test_a_search_that_asks_again_what_it_asked_knows_what_was_looked_at(
    library: Library, write: Callable[..., int]
) -> None:
    write("one", "The dam held through the spring.")
    library.run(SaveSearch("Dam", "dam"))
    (search,) = library.searches.all()
    library.searches.looked(search.id)
    write("two", "Of the dam nothing more was heard.")
    library.run(ChangeSearch(search.id, "dam OR clay"))
    for _ in range(2):
        library.undo()
        assert library.searches.counts()[search.id].new == 1
        library.redo()
        assert library.searches.counts()[search.id].new == 0  # nobody has looked at that one
    library.run(DeleteSearch(search.id))
    library.undo()
    library.undo()
    assert library.searches.counts()[search.id].new == 1


def test_what_is_done_to_searches_is_named_in_the_history(library: Library) -> None:
    library.run(SaveSearch("", "dam"))
    library.run(SaveSearch("Two", "siege"))
    first, second = library.searches.all()
    library.run(MoveSearch(second.id, 0))
    library.run(RenameSearch(first.id, "One"))
    library.run(DeleteSearch(second.id))
    assert [done.name for done in reversed(library.history())] == [
        "Save the search “dam”",
        "Save the search “Two”",
        "Move the saved search “Two”",
        "Rename the saved search “dam” to “One”",
        "Delete the saved search “Two”",
    ]


def test_a_search_without_words_or_with_a_name_that_is_taken_is_refused(library: Library) -> None:
    library.run(SaveSearch("Dam", "dam"))
    with pytest.raises(BadUsage, match="nothing to save"):
        library.run(SaveSearch("Empty", "  "))
    with pytest.raises(BadUsage, match="a saved search “Dam” already"):
        library.run(SaveSearch("dám", "siege"))
    with pytest.raises(BadUsage, match="needs a name"):
        library.run(RenameSearch(1, " "))
    with pytest.raises(BadUsage, match="has been deleted"):
        library.run(RenameSearch(9, "Nine"))
    library.run(RenameSearch(1, "DAM"))
    assert saved(library) == [("DAM", "dam")]


@pytest.mark.parametrize(
    ("moved", "place", "expected"),
    [(0, 2, "bca"), (2, 0, "cab"), (1, 9, "acb"), (1, -3, "bac"), (1, 1, "abc")],
)
def test_a_saved_search_is_moved_to_a_place_among_the_others(
    library: Library, moved: int, place: int, expected: str
) -> None:
    for name in "abc":
        library.run(SaveSearch(name, name))
    library.run(MoveSearch(library.searches.all()[moved].id, place))
    assert "".join(each.name for each in library.searches.all()) == expected
    if expected != "abc":
        library.undo()
    assert "".join(each.name for each in library.searches.all()) == "abc"


def test_undo_refuses_where_the_search_was_changed_behind_its_back(library: Library) -> None:
    library.run(SaveSearch("Dam", "dam"))
    with library._store.write() as work:
        (search,) = work.saved_searches.all()
        work.saved_searches.remove(search.id)
    report = library.undo()
    assert report is not None and report.refused is not None
    assert "“Dam” has been changed since" in report.refused


def test_a_saved_search_counts_what_it_gives_and_what_is_new(
    library: Library, write: Callable[..., int]
) -> None:
    write("one", "The dam held through the spring.")
    library.run(SaveSearch("Dam", "dam"))
    (search,) = library.searches.all()
    assert library.searches.counts()[search.id].new == 0  # nobody has looked at it yet
    library.searches.looked(search.id)
    assert (library.searches.counts()[search.id].total, 0) == (1, 0)
    write("two", "Of the dam nothing more was heard.")
    second = write("three", "A dam of clay.")
    count = library.searches.counts()[search.id]
    assert (count.total, count.new, count.trouble) == (3, 2, "")
    library.run(SetTrashed((second,), True))
    count = library.searches.counts()[search.id]
    assert (count.total, count.new) == (2, 1)
    library.searches.looked(search.id)
    assert library.searches.counts()[search.id].new == 0
    library.run(ChangeSearch(search.id, "dam OR clay"))
    assert library.searches.counts()[search.id].new == 0  # it is another search


def test_what_was_looked_at_comes_back_with_a_deleted_search(
    library: Library, write: Callable[..., int]
) -> None:
    write("one", "The dam held.")
    library.run(SaveSearch("Dam", "dam"))
    (search,) = library.searches.all()
    library.searches.looked(search.id)
    write("two", "The dam broke.")
    library.run(DeleteSearch(search.id))
    library.undo()
    assert library.searches.counts()[search.id].new == 1


def test_an_answer_to_another_query_is_not_taken_for_a_look(
    library: Library, write: Callable[..., int]
) -> None:
    write("one", "The dam held.")
    library.run(SaveSearch("Dam", "dam"))
    (search,) = library.searches.all()
    library.searches.looked(search.id, library.search("spring"))
    assert library.searches.all()[0].looked_at is None
    library.searches.looked(search.id, library.search(" dam"))
    assert library.searches.all()[0].looked_at is not None


def test_a_saved_search_that_cannot_run_says_why(library: Library) -> None:
    library.run(SaveSearch("When", "dam date:2016-13"))
    (count,) = library.searches.counts().values()
    assert count.total == 0 and "2016-13" in count.trouble


def test_counting_can_be_stopped(library: Library) -> None:
    for name in "abc":
        library.run(SaveSearch(name, name))
    stop = threading.Event()
    counted = library.searches.counts(stop=stop, on_count=lambda search, count: stop.set())
    assert len(counted) == 1


def test_what_was_asked_before_comes_newest_first_and_can_be_forgotten(library: Library) -> None:
    for query in ("dam", "raqqa dam", "siege", " dam ", "", "Dämme"):
        library.searches.note(query)
    assert {each.query for each in library.searches.recent()} == {
        "dam",
        "raqqa dam",
        "siege",
        "Dämme",
    }
    assert next(e for e in library.searches.recent() if e.query == "dam").times == 2
    # What begins so comes before what only has it.
    assert library.searches.recent("da")[-1].query == "raqqa dam"
    assert [each.query for each in library.searches.recent("dam", limit=1)] == ["Dämme"]
    library.searches.forget("dam")
    assert "dam" not in {each.query for each in library.searches.recent()}
    library.searches.forget()
    assert library.searches.recent() == []


def test_the_history_is_kept_over_a_restart_and_is_no_step_of_undo(
    library: Library, tmp_path: Path
) -> None:
    library.searches.note("dam")
    assert library.undo_name() is None
    library.close()
    again = Library.open(library.folder, cache=tmp_path / "cache", index="inline")
    assert [each.query for each in again.searches.recent()] == ["dam"]
    again.close()


def families(library: Library) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.name, each.spellings) for each in library.families.all()]


def test_spellings_are_joined_to_one_name_and_leave_it_again(library: Library) -> None:
    library.run(JoinSpellings(("Tabqa", "al-Tabqa")))
    assert families(library) == [("Tabqa", ("al tabqa", "tabqa"))]
    library.run(JoinSpellings(("tabqah", "TABQA")))
    assert families(library) == [("Tabqa", ("al tabqa", "tabqa", "tabqah"))]
    found = library.families.of("Al Tabqa")
    assert found is not None and found.name == "Tabqa"
    library.run(LeaveFamily("al-tabqa"))
    assert library.families.of("al tabqa") is None
    library.run(LeaveFamily("tabqah"))
    assert families(library) == []
    for expected in (2, 3, 2, 0):
        library.undo()
        assert sum(len(spellings) for _, spellings in families(library)) == expected
    for expected in (2, 3, 2, 0):
        library.redo()
        assert sum(len(spellings) for _, spellings in families(library)) == expected


def test_joining_spellings_of_two_names_makes_them_one(library: Library) -> None:
    library.run(JoinSpellings(("ISIS", "ISIL")))
    library.run(JoinSpellings(("Daesh", "Da'ish")))
    library.run(JoinSpellings(("daesh", "isis")))
    assert families(library) == [("Daesh", ("da ish", "daesh", "isil", "isis"))]
    library.undo()
    assert families(library) == [("Daesh", ("da ish", "daesh")), ("ISIS", ("isil", "isis"))]


def test_joining_what_is_joined_already_is_nothing_to_undo(library: Library) -> None:
    library.run(JoinSpellings(("Tabqa", "Tabqah")))
    assert not library.run(JoinSpellings(("tabqah", "tabqa")))
    library.undo()
    assert library.undo_name() is None


def test_a_spelling_alone_or_without_a_word_is_refused(library: Library) -> None:
    with pytest.raises(BadUsage, match="two spellings"):
        library.run(JoinSpellings(("Tabqa", "tabqa")))
    with pytest.raises(BadUsage, match="has no word"):
        library.run(JoinSpellings(("Tabqa", "—")))


def test_a_name_is_found_in_all_its_spellings(library: Library, write: Callable[..., int]) -> None:
    one = write("one", "The dam at Tabqa held.")
    two = write("two", "The dam at Al-Tabqah broke.")
    assert set(library.search("name:tabqa").ids) == {one}
    library.run(JoinSpellings(("Tabqa", "Al-Tabqah")))
    assert set(library.search("name:tabqa").ids) == {one, two}
    library.undo()
    assert set(library.search("name:tabqa").ids) == {one}


def lines(library: Library) -> dict[tuple[int, int], LineState]:
    with library._store.read() as snapshot:
        return snapshot.concordances.lines("dam")


def test_lines_of_a_concordance_are_marked_and_each_marking_can_be_undone(
    library: Library, write: Callable[..., int]
) -> None:
    one = write("one", "The dam held.")
    least, most = -(2**63), 2**63 - 1
    with library._store.write() as work:
        work.concordances.keep("dam", 40)
        know_lines(work.connection, "dam", json.dumps([[one, least]]))
    library.run(MarkLines("dam", ((one, least), (one, most), (99, 1)), LineState.SEEN))
    assert lines(library) == {(one, least): LineState.SEEN, (one, most): LineState.SEEN}
    assert library.undo_name() == "Mark 2 lines seen"
    library.run(MarkLines("dam", ((one, most),), LineState.IRRELEVANT))
    library.run(MarkLines("dam", ((one, most),), None))
    assert lines(library) == {(one, least): LineState.SEEN}
    library.undo()
    assert lines(library)[one, most] is LineState.IRRELEVANT
    library.undo()
    library.undo()
    assert lines(library) == {(one, least): LineState.KNOWN}


def test_what_was_said_of_lines_goes_with_their_document(
    library: Library, write: Callable[..., int]
) -> None:
    one = write("one", "The dam held.")
    library.run(MarkLines("dam", ((one, 7),), LineState.SEEN))
    library.run(SetTrashed((one,), True))
    library.empty_trash()
    assert lines(library) == {}
    assert library.verify() == []


def test_a_library_that_is_only_read_takes_no_saved_search(
    library: Library, tmp_path: Path
) -> None:
    library.run(SaveSearch("Dam", "dam"))
    reader = Library.peek(library.folder, cache=tmp_path / "cache")
    (search,) = reader.searches.all()
    reader.searches.note("siege")
    reader.searches.looked(search.id)
    assert reader.searches.recent() == []
    with pytest.raises(LibraryBusy):
        reader.run(DeleteSearch(search.id))
    reader.close()


def test_a_backup_brings_back_saved_searches_names_lines_and_what_was_asked(
    library: Library, write: Callable[..., int]
) -> None:
    one = write("one", "The dam held.")
    library.run(SaveSearch("Dam", "dam"))
    library.run(JoinSpellings(("Tabqa", "Tabqah")))
    library.run(MarkLines("dam", ((one, 7),), LineState.SEEN))
    library.searches.note("dam")
    (search,) = library.searches.all()
    library.searches.looked(search.id)
    backup = library.backup()
    library.run(DeleteSearch(search.id))
    library.run(LeaveFamily("tabqa"))
    library.run(MarkLines("dam", ((one, 7),), None))
    library.searches.forget()
    heard: list[bool] = []
    library.listen(lambda changes: heard.append(changes.touches(Kind.SEARCHES, Kind.FAMILIES)))
    library.restore(backup)
    assert heard == [True]
    (again,) = library.searches.all()
    assert (again.uuid, again.looked_at is not None) == (search.uuid, True)
    assert families(library) == [("Tabqa", ("tabqa", "tabqah"))]
    assert lines(library) == {(one, 7): LineState.SEEN}
    assert [each.query for each in library.searches.recent()] == ["dam"]
    assert library.verify() == []
