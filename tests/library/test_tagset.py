"""Tag collections as files: written, read back, and refused where they are not sound."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop_app.core.errors import Problem
from desktop_app.library.library import Library
from desktop_app.library.tags.collection_commands import DeleteCollection
from desktop_app.library.tags.commands import CreateTag, RecolourTag
from desktop_app.library.tagset import ImportTagset, read_tagset
from tests.library.conftest import Bring

UUIDS = [f"00000000-0000-4000-8000-00000000000{digit}" for digit in range(10)]


def sound() -> dict[str, Any]:
    return {
        "format": "postil-tagset",
        "version": 1,
        "name": "Field notes",
        "uuid": UUIDS[0],
        "tags": [
            {"uuid": UUIDS[1], "name": "place", "parent": None, "colour": "#c77d2e"},
            {"uuid": UUIDS[2], "name": "a/b", "parent": UUIDS[1], "colour": "#4580b5"},
        ],
    }


def written(tmp_path: Path, content: object) -> Path:
    path = tmp_path / "notes.tagset.json"
    path.write_text(json.dumps(content))
    return path


def test_a_collection_that_is_written_and_read_back_is_the_same(
    library: Library, bring: Bring, tmp_path: Path
) -> None:
    bring("One text.\n", "Two texts.\n")
    documents = tuple(library.search("").ids)
    library.run(CreateTag("place/a\\/b", documents=documents))
    library.run(CreateTag("Größe", documents=documents[:1]))
    tag = library.tag_tree().find("place")
    assert tag is not None
    library.run(RecolourTag(tag.id, "#123456"))
    before = library.tag_tree()
    path = tmp_path / "out.tagset.json"
    assert library.export_tagset(before.active_collection, path, taggings=True) == 3
    library.run(ImportTagset(read_tagset(written(tmp_path, sound()))))
    library.run(DeleteCollection(before.active_collection.id))
    library.run(ImportTagset(read_tagset(path)))
    after = library.tag_tree()

    def plain(tree: Any, collection: str) -> list[tuple[Any, ...]]:
        return sorted(
            (tree.full_path(tag.id), tag.uuid, tag.colour, tree.own.get(tag.id, 0))
            for tag in tree.tags
            if tree.full_path(tag.id).startswith(collection)
        )

    assert plain(after, "My tags") == plain(before, "My tags")
    assert after.active_collection.name == "My tags"


def test_importing_a_collection_twice_adds_nothing_and_undo_takes_it_back(
    library: Library, tmp_path: Path
) -> None:
    empty = library.tag_tree()
    tagset = read_tagset(written(tmp_path, sound()))
    library.run(ImportTagset(tagset))
    assert library.undo_name() == "Import the tag collection “Field notes” (2 new tags)"
    once = library.tag_tree()
    assert not library.run(ImportTagset(tagset))
    assert library.tag_tree() == once
    library.undo()
    assert library.tag_tree() == empty


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: raw.update(format="something else"),
        lambda raw: raw.update(version=2),
        lambda raw: raw.update(name="  "),
        lambda raw: raw.pop("uuid"),
        lambda raw: raw["tags"].reverse(),
        lambda raw: raw["tags"][1].update(uuid=UUIDS[1]),
        lambda raw: raw["tags"][1].update(name="PLACE", parent=None),
        lambda raw: raw["tags"].append(7),
        lambda raw: raw.update(tags={"a": 1}),
        lambda raw: raw.update(taggings=[{"tag": UUIDS[5], "file": "x.txt"}]),
    ],
)
def test_a_file_that_is_not_sound_is_refused_with_a_reason(
    library: Library, tmp_path: Path, spoil: Any
) -> None:
    raw = sound()
    spoil(raw)
    with pytest.raises(Problem, match="cannot be read as a tag collection"):
        read_tagset(written(tmp_path, raw))


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"[" * 100_000, b"[]", b"3"])
def test_a_file_that_is_something_else_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.tagset.json"
    path.write_bytes(content)
    with pytest.raises(Problem, match="tag collection"):
        read_tagset(path)


def test_a_collection_is_not_written_where_there_is_no_folder(
    library: Library, tmp_path: Path
) -> None:
    with pytest.raises(Problem, match="no folder"):
        library.export_tagset(library.tag_tree().active_collection, tmp_path / "no" / "x.json")
