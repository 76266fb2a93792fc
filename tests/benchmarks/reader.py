"""Print how long the reader takes to open, scroll, mark, find and turn, beside what is aimed at.

    python -m tests.benchmarks.reader [--more] [--profile ROW]

Times are milliseconds that somebody waits who looks at the window; behind them stands how long the
window's thread worked, which other programs do not disturb: “late” is what only they made so. Where
texts are opened, their rows are made here too, which the program does beside the window. Nothing is
asserted.
"""

from __future__ import annotations

import argparse
import cProfile
import hashlib
import os
import pstats
import random
import re
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QByteArray, QEventLoop, QIODevice, QSize, QTimer
from PySide6.QtGui import QImage, QPainter

from desktop_app.core.highlights import MARK_COLOURS, Highlight, MarkStyle, Place, anchor_at
from desktop_app.core.model import Document, Facts, ReadState
from desktop_app.core.text import Block, BlockKind, Picture, Span, SpanKind, Text, make_text
from desktop_app.ui.app import make_app
from desktop_app.ui.reader.finding import Finder
from desktop_app.ui.reader.pane import ReaderPane
from desktop_app.ui.reader.pending import Edit
from desktop_app.ui.reader.pictures import Decoded, decode
from desktop_app.ui.reader.rows import Rows
from desktop_app.ui.reader.style import Family, ReadingStyle
from desktop_app.ui.tasks import Tasks
from tests.ui.pdfs_in_window import PageDesk, prose_pdf

_COLOURS = [0x2C5D63, 0xD9A441, 0x9B2C2C, 0xEEEEEE, 0x334455]
NOW = datetime(2026, 1, 1, tzinfo=UTC)
SIZES = (
    ("50 KB", 50_000, 30),
    ("500 KB", 500_000, 60),
    ("5 MB", 5_000_000, 150),
    ("20 MB", 20_000_000, 300),
)
MARKS = ((0, 8), (1_000, 8), (10_000, 10))
FRAMES = 400
PAGES = 40


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


def some_marks(text: Text, count: int, chance: random.Random) -> list[Highlight]:
    """Make highlights of all kinds all over a text; one spans it all, many overlap."""
    made: list[Highlight] = []
    length = len(text.canonical)
    for number in range(count):
        start = chance.randrange(length - 400)
        end = start + chance.choice((6, 40, 40, 120, 350))
        if number == 0:
            start, end = 0, length
        made.append(
            Highlight(
                number + 1,
                f"u{number}",
                1,
                anchor_at(text.version, text.canonical, start, min(end, start + 400)),
                chance.choice(MARK_COLOURS),
                MarkStyle.BAR if number == 0 else chance.choice(list(MarkStyle)),
                "",
                NOW,
                NOW,
                place=Place(start, end),
            )
        )
    return made


class Bench:
    """A reader of its usual size, and how long it takes to do things."""

    def __init__(self, profiled: str = "") -> None:
        made = make_app([], theme="light")
        self.app = made.qt
        self.pane = ReaderPane(made.appearance)
        self.pane.resize(808, 828)
        self.pane.show()
        self.view = self.pane.view
        self._profiled = profiled

    def paint(self) -> None:
        """Paint what is in view now."""
        self.view.viewport().repaint()

    def row(
        self,
        name: str,
        times: int,
        act: Callable[[], object],
        *,
        aim: int,
        before: Callable[[], object] | None = None,
        share: float = 0.5,
        strip: bool = False,
    ) -> None:
        """Act some times and paint; print what is at a share of the times, and the worst.

        strip: what is painted beside the page, and done right then, counts too.
        """
        waited: list[float] = []
        worked: list[float] = []
        profile = cProfile.Profile() if self._profiled and self._profiled in name else None
        for _ in range(times):
            if before is not None:
                before()
            self.app.processEvents()
            begin, busy = time.perf_counter(), time.thread_time()
            if profile is not None:
                profile.enable()
            act()
            if strip:
                self.app.processEvents()
            else:
                self.paint()
            if profile is not None:
                profile.disable()
            waited.append((time.perf_counter() - begin) * 1000)
            worked.append((time.thread_time() - busy) * 1000)
        report(name, waited, aim=aim, share=share, worked=worked)
        if profile is not None:
            pstats.Stats(profile).sort_stats("cumtime").print_stats(40)


def report(
    name: str, waited: list[float], *, aim: int, share: float = 0.5, worked: Sequence[float] = ()
) -> None:
    """Print a row of the table."""
    waited.sort()
    at = waited[min(int(len(waited) * share), len(waited) - 1)]
    busy = (
        f"{sorted(worked)[min(int(len(worked) * share), len(worked) - 1)]:9.1f}"
        if worked
        else " " * 9
    )
    busiest = sorted(worked)[min(int(len(worked) * share), len(worked) - 1)] if worked else at
    missed = "  over" if busiest > aim else "  late" if at > aim else ""
    print(f"{name:44}{at:9.1f}{waited[-1]:9.1f}{busy}{aim:7}{missed}", flush=True)


def open_texts(bench: Bench, texts: dict[str, Text]) -> None:
    """Open texts of many sizes at the start and where reading stopped."""
    for name, letters, aim in SIZES:
        text = texts[name]
        document = a_document(text)
        middle = letters // 2
        for where, position in (("", 0), (", in the middle", middle)):

            def show(text: Text = text, document: Document = document, at: int = position) -> None:
                bench.pane.show_document(document, text, position=at, rows=Rows(text))

            bench.row(f"open {name}{where}", 9, show, aim=aim, before=lambda: bench.pane.clear())


def scroll(bench: Bench, text: Text, title: str, chance: random.Random) -> None:
    """Turn the wheel with highlights all over a text, then add one more."""
    for count, aim in MARKS:
        marks = some_marks(text, count, chance)
        bench.pane.show_document(a_document(text), text)
        bench.pane.set_highlights(marks)
        bench.view.go_to(len(text.canonical) // 3, len(text.canonical) // 3 + 1)
        bench.row(
            f"frame with {count:,} highlights in {title}, p99",
            FRAMES,
            lambda: bench.view.scroll_by(87),
            aim=aim,
            share=0.99,
        )
        top = bench.view.position()
        new = replace(some_marks(text, 2, chance)[1], id=99_999_999, place=Place(top, top + 80))
        bench.row(
            f"add a highlight to {count:,}",
            31,
            lambda new=new: bench.pane.pending.add(Edit(1, added=new, settled=True)),
            before=lambda marks=marks: bench.pane.set_highlights(marks),
            aim=5,
            strip=True,
        )
        bench.row(
            f"show what the library has then, {count:,}",
            31,
            lambda marks=marks, new=new: bench.pane.set_highlights([*marks, new]),
            before=lambda marks=marks: bench.pane.set_highlights(marks),
            aim=50,
            strip=True,
        )


def find(bench: Bench, text: Text) -> None:
    """Find all of a common word, and mark what was found."""
    bench.pane.show_document(a_document(text), text)
    word = max(re.findall(r"[a-z]{4,}", text.canonical[:20_000]), key=text.canonical.count)
    finder = Finder()
    ended = QEventLoop()
    places: list[tuple[int, int]] = []

    def found(now: list[tuple[int, int]], whole: bool) -> None:
        if whole:
            places[:] = now
            ended.quit()

    finder.found.connect(found)

    def look() -> None:
        QTimer.singleShot(0, lambda: finder.look(text, word))
        ended.exec()
        bench.pane.set_matches(places)

    name = "find all of a word in 5 MB"
    bench.row(name, 9, look, aim=20, before=lambda: bench.pane.set_matches([]))
    print(f"{'':4}it stands there {len(places):,} times")


def change_type(bench: Bench, text: Text) -> None:
    """Read 5 MB in another family, size, width, or with straight edges."""
    bench.pane.show_document(a_document(text), text, position=len(text.canonical) // 2)
    usual = ReadingStyle()
    for name, style in (
        ("another family", replace(usual, family=Family.SANS)),
        ("a larger size", replace(usual, size_px=23.0)),
        ("straight edges", replace(usual, justified=True)),
    ):
        bench.row(
            f"{name} in 5 MB",
            15,
            lambda style=style: bench.pane.set_reading(style),
            before=lambda: bench.pane.set_reading(usual),
            aim=200,
        )


def turn_pages() -> None:
    """Draw the pages of a PDF, and turn them in a window until the next one is sharp."""
    with tempfile.TemporaryDirectory() as folder:
        desk = PageDesk.on(Path(folder), {"prose.pdf": prose_pdf(PAGES)})
        document = desk.open_pages("How the bridge was held")
        book = desk.library.pages(document)
        if book is not None:
            scale = 1.4
            book.draw(1, scale)
            drawn: list[float] = []
            for number in range(1, PAGES + 1):
                begin = time.perf_counter()
                book.draw(number, scale)
                drawn.append((time.perf_counter() - begin) * 1000)
            report("draw a page of a PDF", drawn, aim=40)
            book.close()
        turned: list[float] = []
        for number in range(1, PAGES - 1):
            begin = time.perf_counter()
            desk.window.reader.go_to_page(number)
            desk.pages.viewport().repaint()
            turned.append((time.perf_counter() - begin) * 1000)
            desk.draw()
        report("turn a page of a PDF", turned, aim=40)
        desk.close()


def timed(times: int, act: Callable[[], object], paint: Callable[[], None]) -> str:
    """Act some times; the median and the worst that the window's thread works."""
    taken: list[float] = []
    for _ in range(times):
        begin = time.thread_time()
        act()
        paint()
        taken.append((time.thread_time() - begin) * 1000)
    taken.sort()
    return f"{taken[len(taken) // 2]:6.1f} {taken[-1]:6.1f}"


def more(bench: Bench, known: dict[str, Text], chance: random.Random) -> None:
    """Print what else one does with texts of many kinds."""
    view, pane = bench.view, bench.pane
    bar = view.verticalScrollBar()
    texts = list(known.items())
    texts.append(("one word of 500 KB", make_text([Block(BlockKind.PARAGRAPH, "x" * 500_000)], "")))
    pictured, files = a_page_of_pictures(500, chance)
    texts.append(("500 pictures", pictured))
    tasks = Tasks()

    def fetch(picture: str, size: QSize) -> None:
        def came(decoded: Decoded) -> None:
            view.pictures.supply(picture, decoded)

        tasks.run(lambda: decode(files[picture], size), came)

    view.pictures.wanted.connect(fetch)
    print(f"\n{'median, worst in ms':24}" + "".join(f"{name:>20}" for name, _ in texts))
    rows: dict[str, list[str]] = {}
    for _, text in texts:
        document = a_document(text)
        found = [(m.start(), m.end()) for m in re.finditer(r"\bba\w*", text.canonical)][:10_000]
        half = len(text.canonical) // 2
        rows_made = Rows(text)

        def resize() -> None:
            pane.resize(700 + chance.randint(0, 200), 828)
            bench.app.processEvents()

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
            rows.setdefault(name, []).append(timed(times, act, bench.paint))
    for name, cells in rows.items():
        print(f"{name:24}" + "".join(f"{cell:>20}" for cell in cells))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure the reader.")
    parser.add_argument("--more", action="store_true", help="also other things one does")
    parser.add_argument("--profile", default="", help="show where the time of these rows goes")
    wanted = parser.parse_args()
    bench = Bench(wanted.profile)
    chance = random.Random(1)
    texts = {name: a_text(letters, chance) for name, letters, _ in SIZES}
    print(f"{'ms':44}{'waited':>9}{'worst':>9}{'worked':>9}{'aim':>7}")
    open_texts(bench, texts)
    scroll(bench, texts["500 KB"], "500 KB", chance)
    scroll(bench, texts["50 KB"], "50 KB", chance)
    find(bench, texts["5 MB"])
    change_type(bench, texts["5 MB"])
    if wanted.more:
        more(bench, texts, chance)
    bench.pane.close()
    turn_pages()


if __name__ == "__main__":
    main()
