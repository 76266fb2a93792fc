"""The reader on a real library: both texts of a web page, its pictures, and what is said of folds."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.library.library import Library
from desktop_app.ui.reader.laid import SpotKind
from desktop_app.ui.reader.pictures import Absence
from tests.ui.reader_for_tests import SENTENCE, a_picture, spots
from tests.ui.window_for_tests import Desk
from tests.worker_for_tests import one_worker

TITLE = "How the quay was rebuilt"


def a_page() -> str:
    """A saved web page with a picture in it, a share bar, and what is around an article."""
    _, content = a_picture(640, 400)
    source = "data:image/png;base64," + base64.b64encode(content).decode()
    prose = "".join(f"<p>Part {number}. {SENTENCE * 3}</p>" for number in range(40))
    prose = "<h2>What it cost</h2>" + prose
    around = "".join(f"<li><a href='/{n}'>Harbour story {n}</a></li>" for n in range(30))
    return f"""<html><head><title>{TITLE}</title>
    <meta property="og:site_name" content="The Coast Ledger"></head><body>
    <nav><ul>{around}</ul></nav>
    <article><h1>{TITLE}</h1><p>Share on Facebook Share on Twitter</p><p>{SENTENCE * 4}</p>
    <figure><img src="{source}" alt="The quay"><figcaption>The quay in March</figcaption></figure>
    {prose}</article><aside><h3>Most read</h3><ul>{around}</ul></aside></body></html>"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a library that holds the page."""
    made = tmp_path_factory.mktemp("texts")
    saved = made / "saved"
    saved.mkdir()
    (saved / "quay.html").write_text(a_page(), "utf-8")
    library = Library.open(
        made / "library", cache=made / "cache", index="inline", worker=one_worker()
    )
    library.import_files([saved])
    library.close()
    return made


@pytest.fixture
def desk(home: Path, qapp: QApplication) -> Iterator[Desk]:
    desk = Desk(home)
    desk.choose(TITLE)
    yield desk
    desk.close()


def test_w_changes_between_the_article_and_the_whole_page_and_keeps_the_place(desk: Desk) -> None:
    reader = desk.window.reader
    article = reader.view.text
    assert article is not None
    assert "Harbour story" not in article.canonical
    assert reader.header.texts.article.isChecked()
    place = article.canonical.index("Part 20.")
    reader.view.go_to(place, place + 4, at=0)
    desk.run("document.whole")
    whole = reader.view.text
    assert whole is not None
    assert "Harbour story" in whole.canonical
    assert reader.header.texts.whole.isChecked()
    at_top = whole.canonical[reader.position() :]
    assert at_top.startswith("Part 20.")
    desk.run("edit.undo")
    assert reader.view.text == article
    assert article.canonical[reader.position() :].startswith("Part 20.")
    assert not desk.problems


def test_pictures_come_from_the_library_and_a_missing_one_says_so(desk: Desk) -> None:
    view = desk.window.reader.view
    text = view.text
    assert text is not None
    (block,) = (block for block in text.blocks if block.picture is not None)
    assert block.picture is not None
    name = str(block.picture.hash)
    caption = text.canonical.index(block.text)
    view.go_to(caption, caption + 1, at=0.5)
    view.viewport().grab()
    desk.settle()
    assert view.pictures.kept_bytes > 0
    kept = desk.home / "library" / "originals" / name[:2]
    (path,) = (each for each in kept.iterdir() if name.endswith(each.name) or each.name == name)
    away = path.rename(path.with_suffix(".away"))
    try:
        view.pictures._kept.clear()
        view.viewport().grab()
        desk.settle()
        view.viewport().grab()
        assert view.pictures._absent == {name: Absence.MISSING}
        assert not desk.problems
    finally:
        away.rename(path)


def test_never_folding_a_line_opens_it_and_undo_folds_it_again(desk: Desk, qtbot: QtBot) -> None:
    view = desk.window.reader.view
    before = view.text
    assert before is not None
    assert [fold.kind for fold in before.folds] == ["headline", "share bar"]
    assert "Share on Facebook" not in view.visible_text()
    place = spots(view, SpotKind.FOLD)[-1]
    menu = view.context_menu(place)
    never = next(each for each in menu.actions() if each.text().startswith("Never fold"))
    never.trigger()
    menu.close()
    # Folds are brought up to date in the background.
    qtbot.waitUntil(lambda: "Share on Facebook" in view.visible_text(), timeout=20_000)
    desk.run("edit.undo")
    qtbot.waitUntil(lambda: "Share on Facebook" not in view.visible_text(), timeout=20_000)
    assert not desk.problems


def test_what_cannot_be_done_is_not_offered(desk: Desk) -> None:
    assert desk.actions["document.whole"].isEnabled()
    assert desk.actions["view.contents"].isEnabled()
    desk.open.reading.close()
    desk.settle()
    assert not desk.actions["document.whole"].isEnabled()
    assert not desk.actions["view.contents"].isEnabled()
