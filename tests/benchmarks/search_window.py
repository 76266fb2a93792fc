"""How soon the window shows what a search found: first rows, then facets, then the concordance.

python -m tests.benchmarks.search_window [--documents 10000] [--keep FOLDER]

Times are from the query being sent, on the platform that QT_QPA_PLATFORM names: to the first rows
painted, and, with the card of filters open, to its values. The longest time that the window's thread
does not answer is measured over all of them, and while a concordance is gathered and sorted.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent

from desktop_app.main import OpenWindow
from desktop_app.ui.search.filter_card import FilterCard
from tests.benchmarks.search_ground import make_library, words_by_share
from tests.benchmarks.window import Heart, open_window, painted, row, spin, spin_until


def shown(opened: OpenWindow, text: str) -> bool:
    """Whether the answer to a text is there, its first rows painted."""
    answer = opened.question.answer
    if answer is None or answer.query.source != text or len(opened.model.ids) != answer.total:
        return False
    if answer.total and not painted(opened):
        return False
    opened.window.list.view.viewport().repaint()
    return True


def ask(opened: OpenWindow, words: Sequence[str], done: Callable[[str], bool]) -> list[float]:
    """Send each word; how long it took until something held, in ms, sorted."""
    took: list[float] = []
    clock = QElapsedTimer()
    for word in words:
        clock.start()
        opened.question.set_text(word, at_once=True)
        spin_until(lambda word=word: done(word))
        took.append(clock.nsecsElapsed() / 1e6)
        spin(300)  # passages and counts come in
    return sorted(took)


def measure(folder: Path, words: Sequence[str]) -> None:
    opened = open_window(folder / "library", folder / "cache")
    spin_until(lambda: painted(opened))
    spin(1_000)
    heart = Heart(opened)
    print(f"\n{len(opened.model.ids):,} documents")
    print(f"{'':48}{'p50':>9}{'p99':>9}{'worst':>9}")
    ask(opened, words[:3], lambda word: shown(opened, word))
    heart.start()
    first = ask(opened, words, lambda word: shown(opened, word))
    heart.stop("asking")
    row("from the query to the first rows painted", first)
    print(f"{'    95 of 100 within':48}{first[int(0.95 * len(first))]:9.1f} ms")
    card = opened.window.findChild(FilterCard)
    assert isinstance(card, FilterCard)
    card.open_values()
    spin_until(lambda: card.shows_values)
    heart.start()
    # What it says of the values before is put away in the same turn in which the answer comes.
    values = ask(opened, words, lambda word: shown(opened, word) and "found" in card._said.text())
    heart.stop("asking with filters open")
    row("from the query to the values of the filters", values)
    print(f"{'    95 of 100 within':48}{values[int(0.95 * len(values))]:9.1f} ms")
    card.close_card()
    heart.idle.end()
    opened.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--size", type=int, default=3_000, help="characters of an article")
    parser.add_argument("--keep", type=Path, help="where the library is made and kept")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="postil-search-") as scratch:
        folder = given.keep or Path(scratch)
        make_library(folder, given.documents, given.size)
        words = words_by_share(given.documents, given.size)
        measure(folder, (*words["common"][:20], *words["middling"][:20], *words["rare"][:20]))


if __name__ == "__main__":
    main()
