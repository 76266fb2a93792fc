"""`postil tag export` and `import`: formats by the ending, previews, and choices."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Terminal

TABLE = "path,definition\nplace,Where it happens.\nplace/Halmar,The town.\nperson,Who acts.\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "notes.csv"
    path.write_text(TABLE)
    return path


@pytest.mark.parametrize("name", ["mine.tagset.json", "mine.csv", "mine.qdc"])
def test_a_collection_goes_out_and_comes_in_by_its_ending(
    own_terminal: Terminal, tmp_path: Path, name: str
) -> None:
    (said,) = own_terminal.json("tag", "export", tmp_path / name)
    assert (said["tags"], said["collection"]) == (2, "My tags")
    other = own_terminal.at(tmp_path / "other")
    (done,) = other.json("tag", "import", tmp_path / name)
    assert (done["tags"], done["new"]) == (2, 2)
    assert [each["path"] for each in other.json("tag", "list")] == ["place", "place/Halmar"]


def test_what_the_tags_are_on_goes_out_where_there_is_room_for_it(
    own_terminal: Terminal, tmp_path: Path
) -> None:
    (said,) = own_terminal.json("tag", "export", tmp_path / "a.tagset.json", "--taggings")
    assert said["taggings"] > 0
    assert own_terminal("tag", "export", tmp_path / "a.qdc", "--taggings") == 2
    assert "no room" in own_terminal.err
    assert not (tmp_path / "a.qdc").exists()
    assert own_terminal("tag", "export", tmp_path / "a.qdc", "--taguette") == 2


def test_taguettes_table_is_written_when_it_is_asked_for(
    own_terminal: Terminal, tmp_path: Path
) -> None:
    assert own_terminal("tag", "export", tmp_path / "a.csv", "--taguette") == 0
    rows = (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()
    assert rows[0].startswith("tag,description")
    assert rows[2].startswith("place.Halmar,")


def test_a_preview_says_what_would_be_and_changes_nothing(
    own_terminal: Terminal, table: Path
) -> None:
    before = own_terminal.json("tag", "list")
    lines = own_terminal.json("tag", "import", table, "--preview", "--into", "My tags")
    assert [(line["path"], line["kind"] == "new") for line in lines] == [
        ("person", True),
        ("place", False),
        ("place/Halmar", False),
    ]
    assert lines[0]["choices"] == ["add", "leave-out"]
    assert own_terminal.json("tag", "list") == before
    assert own_terminal("tag", "import", table, "--preview") == 0
    assert "Nothing has been changed." in own_terminal.err


def test_nothing_is_overwritten_without_a_choice(own_terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "notes.csv"
    path.write_text("path,colour\nplace,#010203\n")
    into = ("--into", "My tags")
    old = own_terminal.json("tag", "list")[0]["colour"]
    own_terminal.json("tag", "import", path, *into)
    assert own_terminal.json("tag", "list")[0]["colour"] == old
    (done,) = own_terminal.json("tag", "import", path, *into, "--choose", "conflict=take")
    assert done["changed"] == 1
    assert own_terminal.json("tag", "list")[0]["colour"] == "#010203"
    own_terminal.json("undo")
    assert own_terminal.json("tag", "list")[0]["colour"] == old


def test_a_choice_for_one_tag_stands_over_one_for_its_kind(
    own_terminal: Terminal, table: Path, tmp_path: Path
) -> None:
    other = own_terminal.at(tmp_path / "other")
    choices = ("--choose", "person=add", "--choose", "new=leave-out")
    (done,) = other.json("tag", "import", table, *choices)
    assert done["new"] == 1
    assert [each["path"] for each in other.json("tag", "list")] == ["person"]


@pytest.mark.parametrize(
    ("choice", "reason"),
    [
        ("conflict", "not written as a choice"),
        ("new=burn", "not written as a choice"),
        ("nowhere=add", "no tag “nowhere” in the file"),
        ("person=take", "cannot be chosen"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(
    own_terminal: Terminal, table: Path, choice: str, reason: str
) -> None:
    before = own_terminal.json("tag", "list")
    assert own_terminal("tag", "import", table, "--into", "My tags", "--choose", choice) == 2
    assert reason in own_terminal.err
    assert own_terminal.json("tag", "list") == before


def test_a_file_that_cannot_be_read_is_refused_and_nothing_is_made(
    own_terminal: Terminal, tmp_path: Path
) -> None:
    path = tmp_path / "bad.qdc"
    path.write_text('<!DOCTYPE a [<!ENTITY b "c">]><CodeBook>&b;</CodeBook>')
    other = own_terminal.at(tmp_path / "other")
    assert other("tag", "import", path) == 1
    assert "document type" in other.err
    assert not (tmp_path / "other").exists()
    assert other("tag", "import", tmp_path / "no.csv", "--preview") == 1
