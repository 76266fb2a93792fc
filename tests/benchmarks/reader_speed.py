"""Print how long the reader takes to open, scroll, jump, resize and find, for texts of many sizes.

    python tests/benchmarks/reader_speed.py

Times are milliseconds that the window's thread works, what is painted included; other programs do
not count, nor does what is done beside the window: rows are made and pictures are decoded there.
"""

from __future__ import annotations

import hashlib
import os
import random
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from desktop_app.core.model import Document, Facts, ReadState
from desktop_app.core.text import Block, BlockKind, Picture, Span, SpanKind, Text, make_text
from desktop_app.ui.reader.pane import ReaderPane
from desktop_app.ui.reader.pictures import Decoded, decode
from desktop_app.ui.reader.rows import Rows
from desktop_app.ui.tasks import Tasks
from desktop_app.ui.theme import Appearance

_COLOURS = [0x2C5D63, 0xD9A441, 0x9B2C2C, 0xEEEEEE, 0x334455]
SIZES = (("50 KB", 50_000), ("500 KB", 500_000), ("5 MB", 5_000_000), ("20 MB", 20_000_000))


def a_text(letters: int, chance: random.Random) -> Text:
    """Make a text of about so many letters from a seeded word model, with bold and links."""
    syllables = [a + b for a in "bdfgklmnprst" for b in ("a", "e", "i", "o", "u", "an", "er")]
    words = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(5000)]
    blocks: list[Block] = []
    while letters > 0:
        text = " ".join(chance.choices(words, k=chance.randint(20, 110)))
        spans = (Span(3, 12, SpanKind.BOLD), Span(20, 30, SpanKind.LINK, "https://example.org"))
        blocks.append(Block(BlockKind.PARAGRAPH, text, spans=spans))
        letters -= len(text)
    return make_text(blocks, "benchmark")


def a_page_of_pictures(count: int, chance: random.Random) -> tuple[Text, dict[str, bytes]]:
    """Make a text with a picture of 1,600 by 1,000 behind every paragraph, and their bytes."""
    files: dict[str, bytes] = {}
    blocks: list[Block] = []
    paragraphs = a_text(400 * count, chance).blocks
    for number in range(count):
        image = QImage(1600, 1000, QImage.Format.Format_RGB32)
        image.fill(chance.randint(0, 0xFFFFFF))
        painter = QPainter(image)
        for _ in range(300):
            painter.fillRect(
                chance.randint(0, 1600), chance.randint(0, 1000), 90, 60, chance.choice(_COLOURS)
            )
        painter.end()
        written = QByteArray()
        buffer = QBuffer(written)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "JPEG" if number % 2 else "PNG")
        content = bytes(written.data())
        name = hashlib.sha256(content).hexdigest()
        files[name] = content
        blocks.append(paragraphs[number % len(paragraphs)])
        blocks.append(Block(BlockKind.IMAGE, "", picture=Picture(name, None, 1600, 1000)))
    return make_text(blocks, "benchmark"), files


def a_document(text: Text) -> Document:
    """Make the document of a text."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return Document(
        id=1,
        facts=Facts("A text made to be measured"),
        media_type="text/plain",
        file_name="made.txt",
        original="0" * 64,
        text_version=text.version,
        words=len(text.canonical) // 6,
        state=ReadState.UNREAD,
        progress=0.0,
        position=0,
        starred=False,
        added_at=now,
        changed_at=now,
    )


def timed(times: int, act: Callable[[], object], paint: Callable[[], None]) -> str:
    """Act some times; the median and the worst in milliseconds."""
    taken: list[float] = []
    for _ in range(times):
        begin = time.thread_time()
        act()
        paint()
        taken.append((time.thread_time() - begin) * 1000)
    taken.sort()
    return f"{taken[len(taken) // 2]:6.1f} {taken[-1]:6.1f}"


def main() -> None:
    """Print the table."""
    app = QApplication([])
    pane = ReaderPane(Appearance(app, "light"))
    pane.resize(808, 828)
    pane.show()
    view = pane.view
    bar = view.verticalScrollBar()
    chance = random.Random(1)

    def paint() -> None:
        view.viewport().repaint()

    texts = [(name, a_text(letters, chance)) for name, letters in SIZES]
    texts.append(("one word of 500 KB", make_text([Block(BlockKind.PARAGRAPH, "x" * 500_000)], "")))
    pictured, files = a_page_of_pictures(500, chance)
    texts.append(("500 pictures", pictured))
    tasks = Tasks()

    def fetch(picture: str, size: QSize) -> None:
        def came(decoded: Decoded) -> None:
            view.pictures.supply(picture, decoded)

        tasks.run(lambda: decode(files[picture], size), came)

    view.pictures.wanted.connect(fetch)
    print(f"{'median, worst in ms':24}" + "".join(f"{name:>20}" for name, _ in texts))
    rows: dict[str, list[str]] = {}
    for _, text in texts:
        document = a_document(text)
        found = [(m.start(), m.end()) for m in re.finditer(r"\bba\w*", text.canonical)][:10_000]
        half = len(text.canonical) // 2
        rows_made = Rows(text)

        def resize() -> None:
            pane.resize(700 + chance.randint(0, 200), 828)
            app.processEvents()

        def show(  # type: ignore[no-untyped-def]
            position: int, document=document, text=text, found=found, made=rows_made
        ) -> None:
            pane.show_document(document, text, found, position=position, rows=made)

        for name, times, act in (
            ("open at the start", 5, lambda: show(0)),
            ("open in the middle", 5, lambda half=half: show(half)),
            ("a turn of the wheel", 200, lambda: view.scroll_by(87)),
            ("scroll bar anywhere", 60, lambda: bar.setValue(chance.randint(0, bar.maximum()))),
            ("next match", 50, pane.next_match),
            ("another width", 20, resize),
            ("larger, smaller", 10, lambda: pane.change_size(chance.choice((-1, 1)))),
        ):
            rows.setdefault(name, []).append(timed(times, act, paint))
    for name, cells in rows.items():
        print(f"{name:24}" + "".join(f"{cell:>20}" for cell in cells))


if __name__ == "__main__":
    main()
