"""Markdown in notes is shown, and nothing in it is loaded, followed or run."""

from __future__ import annotations

import re
from time import thread_time

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextBlock, QTextDocument, QTextListFormat
from PySide6.QtWidgets import QApplication

from desktop_app.core.highlights import LONGEST_NOTE
from desktop_app.ui.look.theme import LIGHT
from desktop_app.ui.reader import note_text
from desktop_app.ui.reader.note_text import note_document


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """Have fonts to set text in."""


def blocks(document: QTextDocument) -> list[QTextBlock]:
    found = []
    block = document.begin()
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


def runs(document: QTextDocument) -> dict[str, object]:
    """The runs of one look by their words."""
    found: dict[str, object] = {}
    for block in blocks(document):
        it = block.begin()
        while not it.atEnd():
            found[it.fragment().text()] = it.fragment().charFormat()
            it += 1
    return found


def test_bold_italic_code_and_struck_words() -> None:
    document = note_document("a **bold** and *leaning* `code` ~~gone~~", LIGHT)
    assert document.toPlainText() == "a bold and leaning code gone"
    looks = runs(document)
    assert looks["bold"].fontWeight() >= 700  # type: ignore[attr-defined]
    assert looks["leaning"].fontItalic()  # type: ignore[attr-defined]
    assert looks["gone"].fontStrikeOut()  # type: ignore[attr-defined]
    assert looks["code"].fontFamilies() != looks["bold"].fontFamilies()  # type: ignore[attr-defined]


def test_lists_are_lists_with_their_numbers() -> None:
    document = note_document("- one\n- two\n  - inside\n\n3. third\n4. fourth", LIGHT)
    lists = [block.textList() for block in blocks(document)]
    assert all(lists)
    style = [each.format().style() for each in lists if each is not None]
    assert style[0] == QTextListFormat.Style.ListDisc
    assert style[3] == QTextListFormat.Style.ListDecimal
    numbered = lists[3]
    assert numbered is not None
    assert numbered.format().start() == 3
    assert numbered.count() == 2


def test_lines_stay_the_lines_that_were_typed() -> None:
    assert note_document("one\ntwo\n\nthree", LIGHT).toPlainText() == "one\ntwo\nthree"


@pytest.mark.parametrize(
    "note",
    [
        "Plain words, with a hyphen-ated one; it's 5 > 3 - or not.",
        "First paragraph\nin two lines.\n\nSecond one.\n\n\nThird  one.",
        "  leading blanks\nتلك كلمات\n2016 was the year. 3 of them",
        "a = b\n\n(see 1) \u2014 and so on",
    ],
)
def test_words_without_markup_are_set_as_markdown_sets_them(
    note: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = note_document(note, LIGHT)
    monkeypatch.setattr(note_text, "_MARKUP", re.compile(""))
    slow = note_document(note, LIGHT)
    assert quick.toPlainText() == slow.toPlainText()
    margins = [[b.blockFormat().topMargin() for b in blocks(d)] for d in (quick, slow)]
    assert margins[0] == margins[1]


def test_a_link_is_shown_and_kept_and_a_picture_is_words() -> None:
    document = note_document("[minutes](https://example.org) ![map](https://example.org/a)", LIGHT)
    assert document.toPlainText() == "minutes [map]"
    link = runs(document)["minutes"]
    assert link.anchorHref() == "https://example.org"  # type: ignore[attr-defined]
    assert "\ufffc" not in document.toPlainText()


def test_an_address_that_leads_nowhere_good_stays_as_it_was_typed() -> None:
    note = "![map](file:///etc/passwd) [click](javascript:alert(1))"
    assert note_document(note, LIGHT).toPlainText() == note


def test_markup_of_the_web_is_text() -> None:
    note = '<b onclick="x">no</b> <img src="http://example.org/a.png">\n\n<script>alert(1)</script>'
    document = note_document(note, LIGHT)
    assert document.toPlainText() == note.replace("\n\n", "\n")


def test_a_note_asks_for_nothing_outside_itself() -> None:
    document = note_document("plain", LIGHT)
    kinds = QTextDocument.ResourceType
    for name in (
        "file:///etc/hostname",
        "http://example.org/a.css",
        ":/qt-project.org/logos/pysidelogo.png",
    ):
        for kind in (kinds.ImageResource, kinds.StyleSheetResource, kinds.HtmlResource):
            assert document.resource(kind.value, QUrl(name)) is None


@pytest.mark.parametrize(
    "note",
    [
        "[" * LONGEST_NOTE,
        "*" * LONGEST_NOTE,
        "> " * (LONGEST_NOTE // 2),
        "- " * (LONGEST_NOTE // 2),
        "![a](" * (LONGEST_NOTE // 5),
        "*a " * 6_000,
        "word " * (LONGEST_NOTE // 5),
        "x" * LONGEST_NOTE,
        "\U0001f600\u0301" * (LONGEST_NOTE // 2),
    ],
)
def test_no_note_takes_long_or_loses_a_letter(note: str) -> None:
    begun = thread_time()
    document = note_document(note, LIGHT)
    document.setTextWidth(150)
    assert thread_time() - begun < 3
    kept = [letter for letter in document.toPlainText() if letter.isalpha()]
    assert kept == [letter for letter in note if letter.isalpha()]


def test_quotations_and_lists_nested_too_deep_are_shown_as_they_were_typed() -> None:
    note = ">" * 40 + " deep"
    assert note_document(note, LIGHT).toPlainText() == note


def test_a_note_from_right_to_left_runs_from_right_to_left() -> None:
    document = note_document("ملاحظة في الهامش\n\nplain words", LIGHT)
    document.setTextWidth(150)
    document.size()
    first, second = blocks(document)
    assert first.textDirection() == Qt.LayoutDirection.RightToLeft
    assert second.textDirection() == Qt.LayoutDirection.LeftToRight
