"""The details pane with real keys."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.core.dates import PartialDate
from desktop_app.core.model import (
    Document,
    FactName,
    Facts,
    Origin,
    OriginKind,
    ReadState,
    Tag,
    TagCollection,
)
from desktop_app.library.commands import SetFacts
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.panes.details import DetailsPane, length_in_words
from desktop_app.ui.panes.fact_field import FactField

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FACTS = Facts(
    "State of Terror",
    ("Martin Chulov",),
    "The Guardian",
    "https://example.org/a",
    PartialDate(2016, 3, 25),
    "en",
    {
        FactName.TITLE: Origin(OriginKind.FILE, "og:title"),
        FactName.AUTHORS: Origin(OriginKind.FILE, "meta author"),
        FactName.PUBLISHED: Origin(OriginKind.GUESSED, "first lines", 0.8),
        FactName.SOURCE: Origin(OriginKind.YOU),
    },
)
TREE = TagTree(
    (TagCollection(1, "a", "A", True),),
    (Tag(1, "1", 1, None, "place", "#4580b5"), Tag(2, "2", 1, 1, "Syria", "#4580b5")),
)


def document(ident: int, facts: Facts = FACTS, tags: tuple[int, ...] = ()) -> Document:
    return Document(
        ident, facts, "text/html", f"{ident}.html", "0", "0", 1640, ReadState.UNREAD, 0, 0, False,
        NOW, NOW, None, tags,
    )  # fmt: skip


OTHER = replace(FACTS, title="Another", source="ICSR", published=None, origins={})


class Probe:
    def __init__(self, host: QWidget, pane: DetailsPane, elsewhere: QLineEdit) -> None:
        self.host = host
        self.pane = pane
        self.elsewhere = elsewhere
        self.commands: list[object] = []
        self.problems: list[object] = []
        pane.command.connect(self.commands.append)
        pane.problem.connect(self.problems.append)
        self.fields = {field.fact: field for field in pane.findChildren(FactField)}

    def line(self, fact: FactName) -> QLineEdit:
        return self.fields[fact].line

    def type_over(self, qtbot, fact: FactName, text: str) -> QLineEdit:
        line = self.line(fact)
        line.setFocus()
        line.selectAll()
        qtbot.keyClick(line, Qt.Key.Key_Backspace)
        qtbot.keyClicks(line, text)
        return line


@pytest.fixture
def probe(qtbot) -> Probe:
    host = QWidget()
    qtbot.addWidget(host)
    column = QVBoxLayout(host)
    elsewhere, pane = QLineEdit(host), DetailsPane(host)
    column.addWidget(elsewhere)
    column.addWidget(pane)
    host.resize(340, 900)
    host.show()
    qtbot.waitExposed(host)
    return Probe(host, pane, elsewhere)


def test_every_fact_says_where_it_comes_from(probe: Probe) -> None:
    probe.pane.set_documents([document(1)])
    origins = {fact: field.origin for fact, field in probe.fields.items()}
    assert origins == {
        FactName.TITLE: "from the file: og:title",
        FactName.AUTHORS: "from the file: meta author",
        FactName.PUBLISHED: "guessed: first lines",
        FactName.SOURCE: "set by you",
        FactName.URL: "",
        FactName.LANGUAGE: "",
    }
    assert probe.line(FactName.PUBLISHED).text() == "25 March 2016"
    assert probe.line(FactName.LANGUAGE).text() == "English"


@pytest.mark.parametrize(
    ("fact", "typed", "value"),
    [
        (FactName.PUBLISHED, "2016", PartialDate(2016)),
        (FactName.PUBLISHED, "2016-04", PartialDate(2016, 4)),
        (FactName.PUBLISHED, "2016-03-26", PartialDate(2016, 3, 26)),
        (FactName.PUBLISHED, "26 March 2016", PartialDate(2016, 3, 26)),
        (FactName.PUBLISHED, "", None),
        (FactName.AUTHORS, "Martin Chulov;  Ghaith Abdul-Ahad ;", ("Martin Chulov", "Ghaith Abdul-Ahad")),
        (FactName.AUTHORS, "", ()),
        (FactName.SOURCE, "  ICSR ", "ICSR"),
        (FactName.SOURCE, "", None),
        (FactName.LANGUAGE, "arabic", "ar"),
        (FactName.LANGUAGE, "fr", "fr"),
        (FactName.TITLE, "A better title", "A better title"),
    ],
)  # fmt: skip
def test_enter_saves_what_was_typed(
    probe: Probe, qtbot, fact: FactName, typed: str, value: object
) -> None:
    probe.pane.set_documents([document(1)])
    line = probe.type_over(qtbot, fact, typed)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert probe.commands == [SetFacts((1,), {fact: value})]


def test_leaving_a_field_saves_it_once(probe: Probe, qtbot) -> None:
    probe.pane.set_documents([document(1)])
    line = probe.type_over(qtbot, FactName.SOURCE, "ICSR")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    probe.elsewhere.setFocus()
    assert len(probe.commands) == 1


def test_a_field_that_was_only_visited_is_not_written(probe: Probe, qtbot) -> None:
    probe.pane.set_documents([document(1)])
    for fact in FactName:
        probe.line(fact).setFocus()
    line = probe.type_over(qtbot, FactName.SOURCE, "The Guardian")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert probe.commands == []


@pytest.mark.parametrize(
    ("fact", "typed", "said"),
    [
        (FactName.PUBLISHED, "31 February 2016", "has 29 days"),
        (FactName.PUBLISHED, "3/4/2016", "3 April 2016 or 4 March 2016"),
        (FactName.TITLE, "", "needs a title"),
        (FactName.URL, "two words", "no spaces"),
        (FactName.LANGUAGE, "Klingon", "no language"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_not_saved(
    probe: Probe, qtbot, fact: FactName, typed: str, said: str
) -> None:
    probe.pane.set_documents([document(1)])
    line = probe.type_over(qtbot, fact, typed)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert probe.commands == []
    assert said in probe.fields[fact].problem
    assert said in line.accessibleDescription()
    assert line.text() == typed


def test_escape_gives_back_what_stood_there(probe: Probe, qtbot) -> None:
    probe.pane.set_documents([document(1)])
    line = probe.type_over(qtbot, FactName.SOURCE, "ICSR")
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == "The Guardian"
    probe.elsewhere.setFocus()
    assert probe.commands == []


def test_many_documents_show_what_differs_and_only_touched_fields_are_written(
    probe: Probe, qtbot
) -> None:
    probe.pane.set_documents([document(1), document(2, OTHER), document(3)])
    source = probe.line(FactName.SOURCE)
    assert source.text() == ""
    assert source.placeholderText() == "2 different values"
    assert "all 3" in probe.fields[FactName.SOURCE].origin
    assert probe.line(FactName.LANGUAGE).text() == "English"
    assert not probe.fields[FactName.TITLE].isVisible()
    for fact in FactName:
        probe.line(fact).setFocus()
    probe.type_over(qtbot, FactName.SOURCE, "Reuters")
    probe.elsewhere.setFocus()
    assert probe.commands == [SetFacts((1, 2, 3), {FactName.SOURCE: "Reuters"})]


def test_a_refresh_keeps_what_is_being_typed(probe: Probe, qtbot) -> None:
    probe.pane.set_documents([document(1)])
    line = probe.type_over(qtbot, FactName.SOURCE, "ICS")
    probe.pane.set_documents([document(1, replace(FACTS, title="Renamed elsewhere"))])
    assert line.text() == "ICS"
    assert probe.line(FactName.TITLE).text() == "Renamed elsewhere"
    assert probe.pane.has_unsaved


def test_what_is_typed_is_saved_to_its_document_before_another_is_shown(
    probe: Probe, qtbot
) -> None:
    probe.pane.set_documents([document(1)])
    probe.type_over(qtbot, FactName.SOURCE, "ICSR")
    probe.pane.set_documents([document(2, OTHER)])
    assert probe.commands == [SetFacts((1,), {FactName.SOURCE: "ICSR"})]
    assert probe.line(FactName.TITLE).text() == "Another"
    assert not probe.pane.has_unsaved


def test_what_cannot_be_saved_then_is_said_and_not_lost_in_silence(probe: Probe, qtbot) -> None:
    probe.pane.set_documents([document(1)])
    probe.type_over(qtbot, FactName.PUBLISHED, "soon")
    probe.pane.set_documents([document(2)])
    assert probe.commands == []
    (problem,) = probe.problems
    assert "“State of Terror”" in str(problem)
    assert "“soon”" in str(problem)


def test_commit_saves_the_field_that_has_the_keys(probe: Probe, qtbot) -> None:
    probe.pane.set_documents([document(1)])
    probe.type_over(qtbot, FactName.SOURCE, "ICSR")
    assert probe.pane.commit()
    assert len(probe.commands) == 1
    probe.type_over(qtbot, FactName.PUBLISHED, "soon")
    assert not probe.pane.commit()


def test_a_library_that_is_only_read_takes_no_typing(probe: Probe, qtbot) -> None:
    probe.pane.set_read_only(True)
    probe.pane.set_documents([document(1)])
    qtbot.keyClicks(probe.line(FactName.SOURCE), "x")
    qtbot.keyClick(probe.line(FactName.SOURCE), Qt.Key.Key_Return)
    assert probe.commands == []


def test_tags_and_address_can_be_reached(probe: Probe, qtbot) -> None:
    probe.pane.set_tags(TREE)
    probe.pane.set_documents([document(1, tags=(2,)), document(2, tags=(1, 2))])
    texts = {b.text(): b for b in probe.pane.findChildren(QPushButton) if not b.isHidden()}
    assert {"Syria", "place · 1"} <= set(texts)
    with qtbot.waitSignal(probe.pane.tag_asked):
        texts["Add tag…"].click()
    probe.pane.set_documents([document(1)])
    with qtbot.waitSignal(probe.pane.link_copied) as copied:
        next(b for b in probe.pane.findChildren(QPushButton) if b.text() == "Copy address").click()
    assert copied.args == ["https://example.org/a"]


def test_nothing_chosen_is_said(probe: Probe) -> None:
    probe.pane.set_documents([document(1)])
    probe.pane.set_documents([])
    assert not probe.line(FactName.TITLE).isVisible()


def test_length_is_said_with_the_time_it_takes() -> None:
    assert length_in_words(1640) == "1,640 words, about 7 min"
    assert length_in_words(100_000) == "100,000 words, about 7 h"
    assert length_in_words(3) == "3 words, about 1 min"


def test_thousands_of_documents_with_thousands_of_tags_are_shown_at_once(probe: Probe) -> None:
    tags = tuple(Tag(n, str(n), 1, None, f"tag {n}", "#4580b5") for n in range(1, 2001))
    probe.pane.set_tags(TagTree(TREE.collections, tags))
    many = [document(n, tags=(n % 2000 + 1,)) for n in range(4000)]
    begin = time.process_time()
    probe.pane.set_documents(many)
    assert time.process_time() - begin < 1.0
    assert any(label.text() == "and 1,976 more" for label in probe.pane.findChildren(QLabel))
