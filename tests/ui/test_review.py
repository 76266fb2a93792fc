"""Highlights that did not stay where they were marked: seen, compared, accepted, moved, searched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.core.highlights import Highlight, Standing
from desktop_app.library.highlight_commands import DeleteHighlights
from desktop_app.ui.dialogs.read_again import ReadAgainDialog
from tests.ui.highlights_for_tests import MarkedDesk, make_marked_library, mark, read_otherwise

_CLOSE = "stayed closed through the winter while the old quay was cut back"


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[MarkedDesk]:
    """A desk on a library in which one highlight is to be reviewed and one is lost."""
    make_marked_library(tmp_path)
    made = MarkedDesk(tmp_path)
    quay = made.choose("How the quay")
    mark(made.library, _CLOSE, note="When?")
    first = mark(made.library, "How the quay at Halmar was rebuilt")
    read_otherwise(
        made.library,
        quay,
        (
            "stayed closed through the winter while the old quay was cut back",
            "stayed closed through the long winter while the worn quay was cut back",
        ),
        ("How the quay at Halmar was rebuilt", "Nothing that was there before"),
    )
    assert first
    made.settle()
    yield made
    made.close()


def by_standing(desk: MarkedDesk, standing: Standing) -> list[Highlight]:
    return [
        each
        for document in desk.library.search("").ids
        for each in desk.library.marks.of(document)
        if each.standing is standing
    ]


def places(highlights: list[Highlight]) -> list[object]:
    return [(each.id, each.anchor, each.place, each.how) for each in highlights]


def buttons(desk: MarkedDesk) -> dict[str, QPushButton]:
    return desk.review.pane.buttons.made


def at_hand(desk: MarkedDesk, highlight: int) -> None:
    pane = desk.review.pane
    pane.table.choose_row(list(desk.review.model.ids).index(highlight))
    desk.settle()
    assert pane.case is not None
    assert pane.case.highlight.id == highlight


def test_the_reader_says_what_is_to_review_and_leads_to_the_list(desk: MarkedDesk) -> None:
    close, lost = by_standing(desk, Standing.REVIEW), by_standing(desk, Standing.LOST)
    assert close
    assert lost
    line = desk.review.news.line
    said = f"{len(close)} highlight{'s' if len(close) > 1 else ''} to review · {len(lost)} lost"
    assert line.words == said
    line._show.click()
    desk.settle()
    assert desk.review.pane.isVisible()
    ids = list(desk.review.model.ids)
    assert sorted(ids[: len(close)]) == sorted(each.id for each in close)
    assert sorted(ids[len(close) :]) == sorted(each.id for each in lost)
    assert desk.review.pane._only.isVisible()


def test_the_list_is_seen_also_from_the_reader_alone(desk: MarkedDesk) -> None:
    desk.run("view.reader_alone")
    desk.run("view.review")
    desk.settle()
    assert desk.review.pane.isVisible()
    assert not desk.window.reader_alone


def test_the_sidebar_has_an_entry_only_while_there_are_some(desk: MarkedDesk) -> None:
    views = desk.window.sidebar._library
    assert views.views[-1].title == "To review"
    desk.run("view.review")
    while desk.review.model.ids:
        desk.run("review.delete")
    assert views.views[-1].title == "Highlights"
    assert desk.review.pane._empty.isVisible()
    desk.run("edit.undo")
    assert views.views[-1].title == "To review"


def test_before_and_after_stand_side_by_side_with_what_differs(desk: MarkedDesk) -> None:
    desk.run("view.review")
    close = next(m for m in by_standing(desk, Standing.REVIEW) if m.anchor.quote == _CLOSE)
    at_hand(desk, close.id)
    sides = desk.review.pane.comparison
    before, after = sides.before.text.toPlainText(), sides.after.text.toPlainText()
    assert _CLOSE in before
    assert "through the long winter" in after
    assert "The dry dock" in before  # what stands around it, from the text it was marked in
    struck, lined = [], []
    for side, found in ((sides.before, struck), (sides.after, lined)):
        block = side.text.document().begin()
        while block.isValid():
            for part in block.textFormats():
                shown = part.format
                if shown.fontStrikeOut() or shown.fontUnderline():
                    found.append(block.text()[part.start : part.start + part.length])
            block = block.next()
    assert struck == ["old"]
    assert lined == ["long", "worn"]
    assert "Found by a close match" in desk.review.pane._said.text()
    assert "Note: When?" in desk.review.pane._said.text()


def test_accepting_by_key_makes_it_sure_and_can_be_undone(desk: MarkedDesk, qtbot: QtBot) -> None:
    desk.run("view.review")
    before = by_standing(desk, Standing.REVIEW)
    at_hand(desk, before[0].id)
    qtbot.keyClick(desk.review.pane.table, Qt.Key.Key_A)
    desk.settle()
    assert len(by_standing(desk, Standing.REVIEW)) == len(before) - 1
    assert desk.review.pane.case is not None  # the next one is at hand
    desk.run("edit.undo")
    assert places(by_standing(desk, Standing.REVIEW)) == places(before)


def test_ticked_ones_are_accepted_at_once(desk: MarkedDesk, qtbot: QtBot) -> None:
    desk.run("view.review")
    close = by_standing(desk, Standing.REVIEW)
    assert len(close) >= 2
    pane = desk.review.pane
    pane.table.setFocus()
    at_hand(desk, desk.review.model.ids[0])
    qtbot.keyClick(pane.table, Qt.Key.Key_Space)
    rect = pane.table.visualRect(desk.review.model.index(1, 0))
    qtbot.mouseClick(
        pane.table.viewport(), Qt.MouseButton.LeftButton, pos=rect.topLeft() + QPoint(18, 16)
    )
    desk.settle()
    assert len(desk.review.model.ticked) == 2
    pane._accept_ticked.click()
    desk.settle()
    assert len(by_standing(desk, Standing.REVIEW)) == len(close) - 2
    assert desk.library.undo_name() == "Accept the places of 2 highlights"


def test_the_reader_goes_to_the_place_at_hand(desk: MarkedDesk) -> None:
    desk.run("view.review")
    close = by_standing(desk, Standing.REVIEW)[0]
    at_hand(desk, close.id)
    assert desk.window.reader.surface.chosen == close.id


def test_a_highlight_is_moved_by_hand_to_what_is_selected(desk: MarkedDesk, qtbot: QtBot) -> None:
    desk.run("view.review")
    close = by_standing(desk, Standing.REVIEW)[0]
    at_hand(desk, close.id)
    qtbot.keyClick(desk.review.pane.table, Qt.Key.Key_M)
    desk.settle()
    assert desk.review.pane.moving
    put = buttons(desk)["review.put_here"]
    assert not put.isEnabled()
    assert not desk.actions["review.put_here"].isEnabled()
    surface = desk.window.reader.surface
    assert surface.text is not None
    start = surface.text.canonical.index("bedrock")
    surface.select(start, start + len("bedrock"))
    desk.settle()
    assert put.isEnabled()
    desk.run("review.put_here")
    (moved,) = desk.library.marks.many([close.id])
    assert moved.anchor.quote == "bedrock"
    assert moved.standing is Standing.PLACED
    assert moved.note == close.note


def test_a_lost_one_is_kept_looked_for_and_put_where_one_says(desk: MarkedDesk) -> None:
    desk.run("view.review")
    lost = by_standing(desk, Standing.LOST)[0]
    at_hand(desk, lost.id)
    assert "not in the text in use" in desk.review.pane._said.text()
    assert lost.anchor.quote in desk.review.pane.comparison.before.text.toPlainText()
    assert "review.accept" not in buttons(desk)
    buttons(desk)["review.look"].click()
    desk.settle()
    assert desk.window.reader.surface.selection() is not None
    buttons(desk)["review.put_here"].click()
    desk.settle()
    assert desk.library.marks.many([lost.id])[0].standing is Standing.PLACED
    desk.run("edit.undo")
    assert places(desk.library.marks.many([lost.id])) == places([lost])


def test_the_words_of_a_lost_one_are_sought_in_document_and_library(desk: MarkedDesk) -> None:
    desk.run("view.review")
    lost = by_standing(desk, Standing.LOST)[0]
    at_hand(desk, lost.id)
    buttons(desk)["review.find"].click()
    desk.settle()
    assert desk.window.reader.find_bar.isVisible()
    assert desk.window.reader.find_bar.field.text().startswith("How the quay")
    buttons(desk)["review.search"].click()
    desk.settle()
    assert desk.window.header.search.text.startswith('"How the quay')
    assert desk.list.isVisible()


def test_the_list_is_saved_as_a_table(
    desk: MarkedDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "review.md"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(target), ""))
    desk.run("view.review")
    desk.review.pane._save.click()
    desk.settle()
    assert "lost: its words are not in the text in use" in target.read_text("utf-8")


def test_a_lost_one_in_the_table_is_said_to_be_lost(desk: MarkedDesk) -> None:
    desk.run("view.highlights")
    lost = by_standing(desk, Standing.LOST)[0]
    row = list(desk.joined.model.ids).index(lost.id)
    spoken = desk.joined.model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("lost")


def test_putting_back_the_text_says_how_many_stand_surely(desk: MarkedDesk) -> None:
    heard: list[str] = []
    desk.session.said.connect(heard.append)
    quay = desk.choose("How the quay")
    read_otherwise(desk.library, quay, ("Nothing that was there before", "Nothing new"))
    desk.settle()
    assert any(each.startswith("Of ") and "lost." in each for each in heard)


def test_everything_in_the_list_has_a_name(desk: MarkedDesk) -> None:
    desk.run("view.review")
    pane = desk.review.pane
    for widget in (pane, pane.table, pane._save, pane._close, pane.comparison.before.text):
        assert widget.accessibleName()
    for button in buttons(desk).values():
        assert button.accessibleName()


_FILLER = (
    "By noon every stall was set, and the fishwives called their prices over the noise of the"
    " winches, so that nobody heard the bell of the harbour office when it rang for the tide. "
)
_PAGE = (
    "<html><head><title>A market day</title></head><body><nav><a href='https://e.example/'>Home"
    " pages of the town</a> <a href='https://e.example/n'>News</a></nav><article><h1>A market"
    f" day</h1><p>The ferry had been held up by fog. {_FILLER}</p><p>{_FILLER}{_FILLER}</p>"
    "</article></body></html>"
)


@pytest.fixture
def market(qtbot: QtBot, tmp_path: Path) -> Iterator[MarkedDesk]:
    """A desk on a web page, all of which is shown, with a highlight that the article lacks."""
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "market.html").write_text(_PAGE, "utf-8")
    desk = MarkedDesk(tmp_path)
    desk.import_all(tmp_path / "saved")
    desk.choose("A market day")
    desk.run("document.whole")
    mark(desk.library, "Home pages of the town")
    mark(desk.library, "The ferry had been held up by fog.")
    desk.settle()
    yield desk
    desk.close()


def test_switching_between_article_and_whole_page_says_how_highlights_stand(
    market: MarkedDesk,
) -> None:
    heard: list[str] = []
    market.session.said.connect(heard.append)
    market.run("document.whole")
    assert heard[-1].endswith("Of 2 highlights, 1 was found for sure, 1 is lost.")
    assert market.review.news.line.words == "1 highlight lost"
    market.run("document.whole")
    assert heard[-1].endswith("All 2 highlights were found for sure.")
    assert market.review.news.line.words == ""


def test_reading_again_says_how_the_highlights_of_what_changed_stand(market: MarkedDesk) -> None:
    (document,) = market.library.search("").ids
    read_otherwise(market.library, document, ("The ferry", "A ferry"))
    market.settle()
    market.run("file.read_again")
    dialog = market.window.findChild(ReadAgainDialog)
    assert dialog is not None
    dialog.start_asked.emit(False)
    market.settle()
    assert "1 changed. Of 2 highlights, 1 was found for sure, 1 is lost." in dialog._said.text()


def test_the_line_counts_what_is_shown_and_fetches_nothing_more(
    desk: MarkedDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[int] = []
    of = desk.library.marks.of

    def count(document: int) -> list[Highlight]:
        fetched.append(document)
        return of(document)

    line = desk.review.news.line
    assert "1 lost" in line.words
    monkeypatch.setattr(desk.library.marks, "of", count)
    mark(desk.library, "bedrock")  # which looks for its id there once itself
    desk.settle()
    assert len(fetched) == 2
    monkeypatch.undo()
    desk.library.run(DeleteHighlights((by_standing(desk, Standing.LOST)[0].id,)))
    desk.settle()
    assert "lost" not in line.words
    assert "to review" in line.words
