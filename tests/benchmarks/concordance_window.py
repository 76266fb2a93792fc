"""Whether the window answers while the lines of a concordance are gathered, sorted and gone through.

python -m tests.benchmarks.concordance_window [--documents 10000] [--keep FOLDER]

For searches with some thousand and with very many lines: the longest time that the window's thread
does not answer while they are gathered, while they are put in another order, and while they are
scrolled, with the work of the thread itself and with what an idle process sees beside it.
"""

from __future__ import annotations

import argparse
import tempfile
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent

from desktop_app.library.concordances import LineSort
from desktop_app.main import OpenWindow
from tests.benchmarks.search_ground import make_library
from tests.benchmarks.window import Heart, open_window, painted, spin, spin_until

SEARCHES = ('"with"', '"the"')
ORDERS = (LineSort.RIGHT_3, LineSort.LEFT_1, LineSort.SOURCE)


def measure(folder: Path) -> None:
    opened = open_window(folder / "library", folder / "cache")
    spin_until(lambda: painted(opened))
    spin(1_000)
    joined = opened.joins.concordance
    heart = Heart(opened)
    print(f"\n{len(opened.model.ids):,} documents")
    print(f"{'':48}{'p50':>9}{'p99':>9}{'worst':>9}")
    opened.window.actions_table["search.concordance"].trigger()
    for search in SEARCHES:
        heart.start()
        clock = QElapsedTimer()
        clock.start()
        opened.question.set_text(search, at_once=True)
        spin_until(partial(gathered, opened, search), timeout_s=180)
        took = clock.elapsed()
        count = len(joined.model.numbers)
        heart.stop(f"gathering {count:,} lines, {took / 1000:.1f} s")
        heart.start()
        for order in ORDERS:
            put_in_order(opened, order)
        heart.stop("    putting them in other orders")
        heart.start()
        scroll(opened)
        heart.stop("    going through them")
        put_in_order(opened, LineSort.DOCUMENT)
    heart.idle.end()
    opened.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def gathered(opened: OpenWindow, search: str) -> bool:
    """Whether all lines of a search are there."""
    asking = opened.joins.concordance.asking
    known = asking.concordance
    if asking.gathering is not None or known is None or asking.answer is None:
        return False
    lines = len(opened.joins.concordance.model.numbers)
    return asking.answer.query.source == search and 0 < lines == known.gathering.lines


def put_in_order(opened: OpenWindow, order: LineSort) -> None:
    """Ask for an order and wait until it is shown."""
    listed: list[object] = []
    asking = opened.joins.concordance.asking
    asking.listed.connect(lambda *_: listed.append(asking.wanted))
    asking.want(sort=order)
    spin_until(lambda: bool(listed))
    spin(200)


def scroll(opened: OpenWindow) -> None:
    """Go through the lines page by page, from the top and from the middle."""
    bar = opened.joins.concordance.pane.table.verticalScrollBar()
    for start in (0, bar.maximum() // 2):
        for page in range(40):
            bar.setValue(start + page * bar.pageStep())
            spin(25)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--size", type=int, default=3_000, help="characters of an article")
    parser.add_argument("--keep", type=Path, help="where the library is made and kept")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="postil-lines-") as scratch:
        folder = given.keep or Path(scratch)
        make_library(folder, given.documents, given.size)
        measure(folder)


if __name__ == "__main__":
    main()
