"""Texts, pictures and documents for tests of the reader."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QPointF
from PySide6.QtGui import QColor, QImage

from desktop_app.core.dates import PartialDate
from desktop_app.core.model import Document, Facts, ReadState
from desktop_app.core.text import Block, BlockKind, Fold, Picture, Text, make_text
from desktop_app.ui.reader.laid import SpotKind
from desktop_app.ui.reader.view import PageView

SENTENCE = "The dry dock stayed closed through the winter, and crews worked in shifts. "


def a_document(number: int = 7, *, source: str | None = "Ledger", position: int = 0) -> Document:
    """A document whose facts stand in the head of the page."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return Document(
        id=number,
        facts=Facts("How the quay was rebuilt", (), source, None, PartialDate(2016, 3, 25)),
        media_type="text/html",
        file_name="quay.html",
        original="0" * 64,
        text_version="v",
        words=1640,
        state=ReadState.UNREAD,
        progress=0.0,
        position=position,
        starred=False,
        added_at=now,
        changed_at=now,
    )


def a_picture(
    width: int, height: int, *, colour: str = "#aa3300", form: str = "PNG"
) -> tuple[Picture, bytes]:
    """A picture of one colour, as a block names it, and its bytes."""
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(QColor(colour))
    written = QByteArray()
    buffer = QBuffer(written)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, form)
    content = bytes(written.data())
    return Picture(hashlib.sha256(content).hexdigest(), None, width, height), content


def image(picture: Picture | None, caption: str = "") -> Block:
    """The block of a picture."""
    return Block(BlockKind.IMAGE, caption, picture=picture)


def paragraph(text: str) -> Block:
    """A paragraph."""
    return Block(BlockKind.PARAGRAPH, text)


def folded(text: Text, *parts: tuple[str, str]) -> Text:
    """A text with folds over the given words of it, each with its kind."""
    folds = []
    for words, kind in parts:
        start = text.canonical.index(words)
        folds.append(Fold(start, start + len(words), kind, f"because of {kind}"))
    return make_text(text.blocks, "test", folds=folds, chapters=text.chapters)


def spots(view: PageView, kind: SpotKind) -> list[QPoint]:
    """The middles of the spots of a kind that are in view, in the window."""
    return [
        spot.rect.translated(origin).center().toPoint()
        for _, origin, laid in view.rows_in_view()
        for spot in laid.spots
        if spot.kind is kind
    ]


def place_of(view: PageView, point: int) -> QPointF:
    """The middle of the letter at a code point, in the window."""
    for _, origin, laid in view.rows_in_view():
        for rect in laid.rects(point, point + 1):
            return rect.translated(origin).center()
    raise AssertionError(f"{point} is not in view")
