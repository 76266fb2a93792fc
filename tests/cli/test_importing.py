"""Imports and readings that go on, and what is inside of files, from the terminal."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.store.import_runs import RunState
from desktop_app.store.store import Store
from tests.faults import small_documents as small

if TYPE_CHECKING:
    from conftest import Made, Terminal


def test_what_a_zip_holds_has_an_outcome_each(own_terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "papers.zip"
    path.write_bytes(small.zipped({"a.txt": b"One text.\n", "b.json": b"{}"}))
    said = own_terminal.json("import", path, code=1)
    assert [(each["path"], each["outcome"]) for each in said] == [
        (f"{path}!/a.txt", "imported"),
        (f"{path}!/b.json", "refused"),
    ]
    assert list(said[0]) == ["path", "outcome", "id", "reason", "title"]


def test_an_import_that_was_not_done_is_said_and_resumed(
    own_terminal: Terminal, tmp_path: Path
) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"Text number {number}.\n")
    with Store.open(own_terminal.library) as store, store.write() as work:
        run = work.imports.begin([folder], None, keep=100)
    (tmp_path / "other.txt").write_text("Another text.\n")
    assert own_terminal("import", tmp_path / "other.txt") == 0
    assert "was not done; `postil import --resume` goes on with it" in own_terminal.err
    said = own_terminal.json("import", "--resume")
    assert [(each["title"], each["outcome"]) for each in said] == [
        (f"Text number {number}.", "imported") for number in range(3)
    ]
    with Store.peek(own_terminal.library) as store, store.read() as snapshot:
        assert snapshot.imports.get(run).state is RunState.DONE
    assert own_terminal("import", "--resume") == 2
    assert "no import to resume" in own_terminal.err


def test_what_lies_in_the_trash_is_said_and_can_be_got_back(
    own_terminal: Terminal, made: Made
) -> None:
    files = [said["path"] for said in made.said]
    assert own_terminal("undo") == 0
    assert own_terminal("import", *files) == 0
    assert "3 known already. All of them lie in the trash" in own_terminal.err
    assert "`postil redo`" in own_terminal.err
    assert own_terminal("redo") == 0
    assert own_terminal("import", *files) == 0
    assert "3 known already.\n" in own_terminal.err
    assert len(own_terminal.json("list")) == 3


def test_hidden_files_are_left_out_and_are_no_failure(
    own_terminal: Terminal, tmp_path: Path
) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "a.txt").write_text("A text.\n")
    (folder / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    assert own_terminal("import", folder) == 0
    assert "1 imported, 1 left out (hidden)." in own_terminal.err


def test_resuming_takes_no_paths_and_importing_needs_some(
    own_terminal: Terminal, tmp_path: Path
) -> None:
    assert own_terminal("import") == 2
    assert own_terminal("import", "--resume", tmp_path) == 2
    assert own_terminal("import", "--resume", "--tag", "a") == 2


def test_originals_are_read_again(own_terminal: Terminal, made: Made) -> None:
    assert own_terminal.json("reindex", "--extract") == [
        {"documents": 3, "changed": 0, "same": 3, "failed": 0, "stopped": False}
    ]
    shutil.rmtree(own_terminal.library / "originals")
    said = own_terminal.json("reindex", "--extract", code=1)
    assert {each["id"] for each in said[:-1]} == {each["id"] for each in made.said}
    assert all("missing" in each["reason"] for each in said[:-1])
    assert said[-1]["failed"] == 3
    assert len(own_terminal.json("search", "harbour")) == 1


def test_blocks_say_their_page_and_picture_only_where_they_have_one(
    own_terminal: Terminal, made: Made, tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(
        small.html().replace(
            b"</article>", b'<p><img src="https://e.org/a.png" alt="A"></p></article>'
        )
    )
    (page,) = own_terminal.json("import", path)
    blocks = own_terminal.json("show", page["id"])[0]["blocks"]
    pictures = [block["picture"] for block in blocks if "picture" in block]
    assert all(list(each) == ["hash", "address", "width", "height"] for each in pictures)
    plain = own_terminal.json("show", made.said[0]["id"])[0]["blocks"]
    assert all(
        list(block) == ["kind", "start", "text", "level", "number", "spans"] for block in plain
    )
