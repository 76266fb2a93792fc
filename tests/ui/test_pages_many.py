"""Pages in great number: the window answers, and memory has a bound."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication

from desktop_app.ui.pages.shelf import MOST_BYTES
from desktop_app.ui.pages.view import PagesView
from tests.ui.pdfs_in_window import PageDesk, prose_pdf

BRIDGE = "How the bridge was held"


def pause(ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop, loop.quit)
    loop.exec()


@pytest.mark.parametrize("count", [400, pytest.param(2_000, marks=pytest.mark.long)])
def test_many_pages_scroll_smoothly(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    frames: list[float] = []
    painted = PagesView.paintEvent

    def timed(view: PagesView, event: QPaintEvent) -> None:
        # What other programs do meanwhile is not counted.
        begun = time.thread_time()
        painted(view, event)
        frames.append(1000 * (time.thread_time() - begun))

    monkeypatch.setattr(PagesView, "paintEvent", timed)
    desk = PageDesk.on(tmp_path, {"bridge.pdf": prose_pdf(count, lines=2)})
    desk.open_pages(BRIDGE)
    view = desk.pages
    assert view.count == count
    frames.clear()
    bar = view.verticalScrollBar()
    for step in range(120):
        bar.setValue(bar.maximum() * step // 120)
        pause(4)
    for _ in range(120):
        view.scroll_by(90)
        pause(4)
    desk.draw()
    assert len(frames) > 100
    # It is 1 to 2 ms: what is painted was drawn elsewhere.
    assert sorted(frames)[int(len(frames) * 0.95)] < 25
    assert view.shelf.bytes <= MOST_BYTES
    assert all(view.shelf.get(page) is not None for page in view.pages_in_view())
    desk.close()


def test_what_is_far_from_the_view_goes_when_there_is_no_room(
    tmp_path: Path, qapp: QApplication
) -> None:
    desk = PageDesk.on(tmp_path, {"bridge.pdf": prose_pdf(12, lines=2)})
    desk.open_pages(BRIDGE)
    view = desk.pages
    one = view.shelf.bytes / max(sum(view.shelf.get(page) is not None for page in range(12)), 1)
    view.shelf._most_bytes = round(4.5 * one)
    for page in range(12):
        view.go_to_page(page)
        desk.draw()
    kept = [page for page in range(12) if view.shelf.get(page) is not None]
    assert len(kept) <= 4
    assert 11 in kept
    assert view.shelf.bytes <= view.shelf._most_bytes
    desk.close()
