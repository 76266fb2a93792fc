"""Words near a word in spelling, with exact counts, and the names that spellings are joined to."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.library.commands import SetTrashed
from desktop_app.library.family_commands import JoinSpellings
from desktop_app.library.library import Library

TEXTS = (
    "The dam at Tabqa was taken. Tabqa lies on the lake.",
    "Tabqah is a town; its dam is the Tabqa dam.",
    "At Al-Tabka nothing was heard.",
    "A dam of clay near Raqqa.",
)


@pytest.fixture
def read(library: Library, tmp_path: Path) -> Library:
    for number, text in enumerate(TEXTS):
        file = tmp_path / f"{number}.txt"
        file.write_text(f"Report {number}\n\n{text}\n", "utf-8")
        library.import_files([file])
    assert library.wait_until_searchable(60)
    return library


def near(library: Library, word: str) -> dict[str, int]:
    return {each.forms: each.documents for each in library.spellings(word).near}


def test_a_word_is_shown_with_those_near_it_and_how_many_documents_say_each(read: Library) -> None:
    found = read.spellings("Tabqa")
    assert (found.asked.forms, found.asked.documents, found.family) == ("tabqa", 2, None)
    assert near(read, "tabqa") | {"tabqah": 1, "tabka": 1} == near(read, "tabqa")
    assert "dam" not in near(read, "tabqa")


def test_every_count_is_what_a_search_for_it_gives(read: Library) -> None:
    for word in ("tabqa", "dam", "raqqa", "report"):
        found = read.spellings(word)
        for each in (found.asked, *found.near):
            assert len(read.search(f'"{each.forms}" dup:all').ids) == each.documents


def test_what_lies_in_the_trash_is_not_counted(read: Library) -> None:
    (document,) = read.search("tabqah").ids
    read.run(SetTrashed((document,), True))
    assert read.spellings("tabqa").asked.documents == 1
    assert "tabqah" not in near(read, "tabqa")


def test_spellings_that_are_joined_come_first_even_where_nothing_says_them(read: Library) -> None:
    read.run(JoinSpellings(("Tabqa", "Al-Tabka", "Thawra")))
    read.run(JoinSpellings(("Tabqah", "Tabaqah")))
    found = read.spellings("tabqa")
    assert found.family is not None and found.family.name == "Tabqa"
    joined = [each for each in found.near if each.joined]
    assert [(each.forms, each.documents) for each in joined] == [("al tabka", 1), ("thawra", 0)]
    assert found.near[: len(joined)] == tuple(joined)
    other = next(each for each in found.near if each.forms == "tabqah")
    assert other.elsewhere == "Tabqah"


def test_for_a_row_of_words_rows_near_it_are_shown(read: Library) -> None:
    found = read.spellings("Al-Tabqa")
    assert (found.asked.forms, found.asked.documents) == ("al tabqa", 0)
    assert near(read, "Al-Tabqa")["al tabka"] == 1


@pytest.mark.parametrize("word", ["", "  ", "—", "?"])
def test_no_word_has_no_spellings(read: Library, word: str) -> None:
    assert read.spellings(word).near == ()
