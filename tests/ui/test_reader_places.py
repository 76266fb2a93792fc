"""Notes lead there and back, pages are counted, and the contents lead to a chapter."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.text import Block, BlockKind, Chapter, Fold, Span, SpanKind, Text, make_text
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.reader.contents import PageNumbers, contents_of, has_contents, place_in
from desktop_app.ui.reader.contents_model import ContentsModel
from desktop_app.ui.reader.laid import SpotKind
from desktop_app.ui.reader.notes import Notes
from desktop_app.ui.reader.pane import ReaderPane
from tests.ui.reader_for_tests import SENTENCE, a_document, paragraph, spots

Send = Callable[[QPointF], None]


def calling(text: str, *labels: str) -> Block:
    """A paragraph that calls notes at its end."""
    spans = []
    for label in labels:
        spans.append(Span(len(text), len(text) + 1, SpanKind.NOTE, label))
        text += "*"
    return Block(BlockKind.PARAGRAPH, text, spans=tuple(spans))


def with_notes() -> Text:
    blocks = [calling("The quay was cut back.", "a")]
    blocks += [paragraph(SENTENCE * 4) for _ in range(30)]
    blocks += [calling("Nobody had been asked.", "b", "a")]
    blocks += [paragraph(SENTENCE * 4) for _ in range(30)]
    blocks += [Block(BlockKind.PARAGRAPH, "The harbour master’s log.", note="a")]
    blocks += [Block(BlockKind.PARAGRAPH, "As the ministry said.", note="b")]
    blocks += [Block(BlockKind.PARAGRAPH, "And said again.", note="b")]
    return make_text(blocks, "test")


def with_pages(count: int = 5) -> Text:
    blocks = []
    for page in range(1, count + 1):
        if page > 1:
            blocks.append(Block(BlockKind.PAGE_BREAK, "", page=page))
        blocks += [Block(BlockKind.PARAGRAPH, SENTENCE * 4, page=page) for _ in range(6)]
    return make_text(blocks, "test")


@pytest.fixture
def pane(qtbot: QtBot, qapp: QApplication) -> ReaderPane:
    made = ReaderPane(Appearance(qapp, "light"))
    qtbot.addWidget(made)
    made.resize(808, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_a_click_on_a_mark_goes_to_its_note_and_the_arrow_goes_back(
    pane: ReaderPane, qtbot: QtBot
) -> None:
    text = with_notes()
    pane.show_document(a_document(), text)
    view = pane.view
    second = text.canonical.index("Nobody")
    view.go_to(second, second + 1)
    mark = spots(view, SpotKind.NOTE)[1]  # the second that is called there: note a
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=mark)
    assert "The harbour master’s log." in view.visible_text()
    back = spots(view, SpotKind.RETURN)
    assert len(back) == 2  # one for each note, though one of them has two paragraphs
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=back[0])
    assert view.in_view(second)  # where one came from, not where the note is called first
    view.scroll_to_edge(end=True)
    qtbot.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=spots(view, SpotKind.RETURN)[1]
    )
    assert view.in_view(second)


def test_enter_follows_a_mark_and_comes_back(pane: ReaderPane, qtbot: QtBot) -> None:
    pane.show_document(a_document(), with_notes())
    view = pane.view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert "The harbour master’s log." in view.visible_text()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert "The quay was cut back." in view.visible_text()


def test_the_words_of_a_note_stand_in_a_card_beside_its_mark(
    pane: ReaderPane, qtbot: QtBot
) -> None:
    pane.show_document(a_document(), with_notes())
    hovering = pane.view._hovering
    hovering.move(QPointF(spots(pane.view, SpotKind.NOTE)[0]))
    qtbot.waitUntil(hovering.card.isVisible)
    assert hovering.card.words.text() == "The harbour master’s log."
    pane.view.scroll_by(40)
    assert not hovering.card.isVisible()


def test_a_note_that_is_not_in_the_text_is_said_to_be_missing(
    pane: ReaderPane, qtbot: QtBot
) -> None:
    pane.show_document(a_document(), make_text([calling("Lost.", "z")], "test"))
    place = spots(pane.view, SpotKind.NOTE)[0]
    qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert pane.view._hovering.card.words.text() == "The note is not in this text."


def test_a_note_has_all_its_paragraphs_and_a_long_one_is_cut() -> None:
    notes = Notes(with_notes())
    assert notes.words("b") == "As the ministry said.\nAnd said again."
    assert notes.words("none") == ""
    long = Notes(make_text([Block(BlockKind.PARAGRAPH, "x" * 9_000, note="a")], "test"))
    assert 1_000 < len(long.words("a")) < 1_300


def test_going_to_a_note_is_not_reading(pane: ReaderPane, qtbot: QtBot) -> None:
    pane.show_document(a_document(), with_notes())
    told = QSignalSpy(pane.progressed)
    place = spots(pane.view, SpotKind.NOTE)[0]
    qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    pane.tell_now()
    assert told.count() == 0


def test_the_footer_says_on_which_page_one_reads(pane: ReaderPane) -> None:
    pane.show_document(a_document(), with_pages())
    assert pane.footer.page.text() == "page 1 of 5"
    assert "Page 2" not in pane.view.visible_text()
    text = pane.view.text
    assert text is not None
    third = next(s for b, s in zip(text.blocks, text.starts, strict=True) if b.page == 3 and b.text)
    pane.go_to(third, third + 1)
    assert pane.footer.page.text() == "page 3 of 5"
    assert "Page 3" in pane.view.visible_text()
    pane.view.scroll_to_edge(end=True)
    assert pane.footer.page.text() == "page 5 of 5"
    pane.show_document(a_document(8), make_text([paragraph(SENTENCE)], "test"))
    assert not pane.footer.page.isVisible()
    assert PageNumbers(make_text([], "test")).at(0) is None


def test_the_contents_are_the_chapters_or_the_headings_or_the_pages() -> None:
    heading = Block(BlockKind.HEADING, "The quay", level=2)
    blocks = [Block(BlockKind.HEADING, "Said again", level=1), heading, paragraph(SENTENCE)]
    chapters = (Chapter(1, "Part one", 0), Chapter(2, "The quay", 11))
    assert contents_of(make_text(blocks, "test", chapters=chapters)) == chapters
    text = make_text(blocks, "test", folds=[Fold(0, 10, "headline", "again")])
    assert contents_of(text) == (Chapter(2, "The quay", 11),)
    assert [entry.title for entry in contents_of(with_pages(3))] == ["Page 1", "Page 2", "Page 3"]
    nothing = make_text([paragraph(SENTENCE)], "test")
    assert contents_of(nothing) == ()
    assert not has_contents(nothing)
    assert has_contents(text)


def test_the_place_in_the_contents_is_the_last_that_began() -> None:
    chapters = (Chapter(1, "One", 10), Chapter(1, "Two", 90))
    assert place_in(chapters, 5) is None
    assert place_in(chapters, 10) == 0
    assert place_in(chapters, 500) == 1
    model = ContentsModel()
    model.set_entries(chapters, 1)
    assert model.row_of_here() == 1


def test_the_header_says_which_text_is_shown_and_asks_for_the_other(
    pane: ReaderPane, qtbot: QtBot
) -> None:
    pane.show_document(a_document(), make_text([paragraph(SENTENCE)], "test"))
    texts = pane.header.texts
    pane.show_texts(None)
    assert not texts.isVisible()
    pane.show_texts(False)
    assert texts.isVisible()
    assert texts.article.isChecked()
    with qtbot.waitSignal(pane.text_asked) as asked:
        qtbot.mouseClick(texts.whole, Qt.MouseButton.LeftButton)
    assert asked.args == [True]
    assert texts.article.isChecked()  # until it is shown
    pane.show_texts(True)
    assert texts.whole.isChecked()
    with qtbot.waitSignal(pane.text_asked) as asked:
        pane.change_between_texts()
    assert asked.args == [False]
    pane.resize(360, 700)
    assert not texts.article.isVisible()
    with qtbot.waitSignal(pane.text_asked) as asked:
        qtbot.mouseClick(texts.whole, Qt.MouseButton.LeftButton)
    assert asked.args == [False]


def with_short_pages(count: int = 90) -> Text:
    blocks = [Block(BlockKind.PARAGRAPH, f"Page {n} begins.", page=n) for n in range(1, count + 1)]
    return make_text(blocks, "test")


@pytest.mark.parametrize("page", [2, 40, 89])
def test_a_page_that_was_gone_to_counts_until_one_scrolls(pane: ReaderPane, page: int) -> None:
    pane.show_document(a_document(), with_short_pages())
    assert pane.footer.page.text() == "page 1 of 90"
    pane.go_to_page(page)
    assert pane.footer.page.text() == f"page {page} of 90"
    assert pane.view.text is not None
    assert pane.sheets.point_read() == pane.view.text.canonical.index(f"Page {page} ")
    if page == 40:
        pane.view.scroll_by(60)
        assert pane.footer.page.text() not in ("page 39 of 90", "page 40 of 90")


def test_nothing_is_read_at_the_very_top(pane: ReaderPane) -> None:
    pane.show_document(a_document(), with_short_pages())
    assert pane.footer.share.text() == "0%"
    pane.view.scroll_by(200)
    assert int(pane.footer.share.text().rstrip("%")) > 10
    pane.show_document(a_document(8), make_text([paragraph("It is short.")], "test"))
    assert pane.footer.share.text() == "100%"


def test_control_home_and_end_lead_to_the_edges_of_the_text(pane: ReaderPane, qtbot: QtBot) -> None:
    pane.show_document(a_document(), with_short_pages())
    qtbot.keyClick(pane.view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert "Page 90 begins" in pane.view.visible_text()
    qtbot.keyClick(pane.view, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert pane.view.position() == 0
