"""The card of similar words: added to the search, joined to a name, all by keys or by mouse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.library.library import Library
from desktop_app.ui.spellings.card import SpellingsCard
from desktop_app.ui.spellings.words import (
    asked_words,
    is_asked,
    with_name,
    with_spelling,
    without_spelling,
    word_at,
)
from tests.ui.window_for_tests import Desk
from tests.worker_for_tests import one_worker

TEXTS = (
    "The dam at Tabqa was taken by ISIS.",
    "Tabqah is a town on the lake.",
    "At Tabka nothing was heard.",
)


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication) -> Iterator[Desk]:
    library = Library.open(
        tmp_path / "library", cache=tmp_path / "cache", index="inline", worker=one_worker()
    )
    saved = tmp_path / "saved"
    saved.mkdir()
    for number, text in enumerate(TEXTS):
        (saved / f"{number}.txt").write_text(f"Report {number}\n\n{text}\n", "utf-8")
    library.import_files([saved])
    library.close()
    made = Desk(tmp_path)
    assert made.library.wait_until_searchable(30)
    made.settle()
    yield made
    made.close()


def card_of(desk: Desk) -> SpellingsCard:
    return desk.open.joins.spellings.card


def shown(desk: Desk) -> dict[str, int]:
    return {row.spelling.forms: row.spelling.documents for row in card_of(desk)._rows}


@pytest.mark.parametrize(
    ("query", "at", "word"),
    [
        ("tabqa*", 6, "tabqa"),
        ("isis tabq?h dam", 8, "tabqh"),
        ('isis "deir ezzor" dam', 9, "deir ezzor"),
        ("isis -turkey", 8, "turkey"),
        ("tabqa~ isis", 3, "tabqa"),
        ("tag:isis ", 3, ""),
        ("", 0, ""),
    ],
)
def test_the_word_at_the_cursor_is_taken_without_its_jokers(query: str, at: int, word: str) -> None:
    assert word_at(query, at) == word


def test_the_card_opens_with_the_word_that_the_cursor_stands_in(desk: Desk) -> None:
    line = desk.window.header.search.line
    for query, at, word in (("tabqa*", 6, "tabqa"), ("tabqa isis", 2, "tabqa")):
        desk.search(query)
        line.put_cursor(at)
        desk.run("search.spellings")
        assert card_of(desk).word == word
        desk.run("search.spellings")


def test_the_words_of_a_query_have_spellings_and_jokers_have_none() -> None:
    words = asked_words('isis "deir ezzor" bomb* -turkey title:tabqa~ a NEAR/3 b name:adnani')
    assert [each.forms for each in words] == ["isis", "deir ezzor", "tabqa", "a", "b", "adnani"]
    assert [each.forms for each in words if each.part is None] == ["a", "b"]


def test_a_spelling_is_added_beside_its_word_and_taken_out_again() -> None:
    more = with_spelling("isis tabqa date:2016", "tabqa", "tabqah")
    assert is_asked(more, "tabqah") and is_asked(more, "tabqa")
    assert more == 'isis (tabqa OR "tabqah") date:2016'
    assert not is_asked(without_spelling(more, "tabqah"), "tabqah")
    assert with_spelling("isis", "tabqa", "tabqah") == 'isis ("tabqa" OR "tabqah")'
    assert with_name("isis tabqa", "tabqa") == "isis name:tabqa"
    assert with_name("isis", "al tabqa") == 'isis name:"al tabqa"'


def test_a_click_adds_a_spelling_to_the_search_and_another_takes_it_out(desk: Desk) -> None:
    desk.search("tabqa")
    assert len(desk.titles()) == 1
    QTest.mouseClick(desk.window.header.spellings, Qt.MouseButton.LeftButton)
    desk.settle()
    assert shown(desk) == {"tabqah": 1, "tabka": 1}
    QTest.mouseClick(card_of(desk)._rows[0].add, Qt.MouseButton.LeftButton)
    desk.settle()
    assert len(desk.titles()) == 2
    row = next(
        row for row in card_of(desk)._rows if is_asked(desk.question.text, row.spelling.forms)
    )
    assert row.add.isChecked() and card_of(desk).is_open
    QTest.mouseClick(row.add, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.question.text == "tabqa"


def test_spellings_are_reached_and_joined_by_keys(desk: Desk) -> None:
    desk.search("tabqa")
    desk.run("search.spellings")
    card = card_of(desk)
    first = card._rows[0].spelling.forms
    QTest.keyClick(card.field, Qt.Key.Key_Down)
    assert desk.window.focusWidget() is card._rows[0].add
    QTest.keyClick(card._rows[0].add, Qt.Key.Key_Right)
    QTest.keyClick(card._rows[0].join, Qt.Key.Key_Return)
    desk.settle()
    family = desk.library.families.of("tabqa")
    assert family is not None and family.spellings == tuple(sorted(("tabqa", first)))
    assert card._rows[0].join.isChecked()
    assert desk.window.focusWidget() is card._rows[0].join  # the keys stay where they were
    QTest.mouseClick(card._name, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.question.text == "name:tabqa"
    assert len(desk.titles()) == 2
    desk.run("edit.undo")
    assert desk.library.families.all() == []
    assert len(desk.titles()) == 1


def test_a_word_that_is_typed_into_the_card_is_looked_at(desk: Desk) -> None:
    desk.run("search.spellings")
    card = card_of(desk)
    assert "Type a word" in card._said.text()
    QTest.keyClicks(card.field, "tabqah")
    desk.settle()
    assert "1 document says “tabqah”" in card._said.text()
    assert set(shown(desk)) == {"tabqa", "tabka"}
    QTest.keyClick(card.field, Qt.Key.Key_Escape)
    assert not card.is_open


def test_a_spelling_leaves_its_name_again(desk: Desk) -> None:
    desk.search("tabqa")
    desk.run("search.spellings")
    card = card_of(desk)
    QTest.mouseClick(card._rows[0].join, Qt.MouseButton.LeftButton)
    desk.settle()
    QTest.mouseClick(card._rows[1].join, Qt.MouseButton.LeftButton)
    desk.settle()
    assert sum(len(each.spellings) for each in desk.library.families.all()) == 3
    QTest.mouseClick(card._leave, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.library.families.of("tabqa") is None
    assert sum(len(each.spellings) for each in desk.library.families.all()) == 2
    assert not card._name.isVisible()


def test_letters_on_the_buttons_of_the_card_mean_no_document(desk: Desk) -> None:
    desk.search("tabqa")
    desk.choose("Report")
    desk.run("search.spellings")
    QTest.keyClick(card_of(desk)._rows[0].add, Qt.Key.Key_S)
    desk.settle()
    assert desk.session.counts.starred == 0
    desk.run("search.save")
    desk.open.joins.saved._card._cancel.setFocus()
    QTest.keyClick(desk.open.joins.saved._card._cancel, Qt.Key.Key_S)
    desk.settle()
    assert desk.session.counts.starred == 0
