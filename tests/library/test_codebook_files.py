"""Tag collections as files: through a library and back, and refused where they are not sound."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_app.core.codebook import Codebook, Coding
from desktop_app.core.errors import Problem
from desktop_app.core.tag_aliases import Alias
from desktop_app.library.codebooks import qdc_reading, sheet, tagset
from desktop_app.library.codebooks.applying import ImportCodebook
from desktop_app.library.codebooks.forms import CodebookForm
from desktop_app.library.codebooks.reading import read_codebook
from desktop_app.library.codebooks.soundness import DEEPEST
from desktop_app.library.codebooks.writing import write_codebook
from desktop_app.library.library import Library
from desktop_app.library.tags.collection_commands import DeleteCollection
from desktop_app.library.tags.commands import CreateTag, RecolourTag
from tests.library.conftest import Bring

UUIDS = [f"00000000-0000-4000-8000-00000000000{digit}" for digit in range(10)]


def sound() -> dict[str, Any]:
    return {
        "format": "postil-tagset",
        "version": 2,
        "name": "Field notes",
        "uuid": UUIDS[0],
        "tags": [
            {"uuid": UUIDS[1], "name": "place", "parent": None, "colour": "#c77d2e"},
            {"uuid": UUIDS[2], "name": "a/b", "parent": UUIDS[1], "colour": "#4580b5"},
        ],
    }


def written(folder: Path, content: object, name: str = "notes.tagset.json") -> Path:
    path = folder / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def read(folder: Path, content: object, name: str = "notes.tagset.json") -> Codebook:
    (codebook,) = read_codebook(written(folder, content, name)).codebooks
    return codebook


def refusal(folder: Path, content: object, name: str) -> str:
    with pytest.raises(Problem, match="cannot be read as a tag collection") as refused:
        read_codebook(written(folder, content, name))
    assert refused.value.hint == "Nothing has been changed."
    return refused.value.message


@pytest.mark.parametrize("form", CodebookForm)
def test_a_collection_that_goes_out_of_a_library_comes_into_an_empty_one(
    library: Library, bring: Bring, tmp_path: Path, form: CodebookForm
) -> None:
    bring("One text.\n", "Two texts.\n")
    documents = tuple(library.search("").ids)
    library.run(CreateTag("place/a\\/b", documents=documents))
    library.run(CreateTag("Größe", documents=documents[:1]))
    tag = library.tag_tree().find("place")
    assert tag is not None
    library.run(RecolourTag(tag.id, "#123456"))
    before = library.tag_tree()
    mine = before.active_collection
    path = tmp_path / f"My tags{form.ending}"
    write_codebook(
        library.codebook(mine.id, codings=True), path, taguette=form is CodebookForm.TAGUETTE
    )
    library.run(ImportCodebook(read(tmp_path, sound())))
    library.run(DeleteCollection(mine.id))
    library.run(ImportCodebook(read_codebook(path).codebooks[0], codings=True))
    after = library.tag_tree()

    def plain(tree: Any) -> list[tuple[Any, ...]]:
        return sorted(
            (
                tree.full_path(tag.id),
                tag.colour if form is not CodebookForm.TAGUETTE else "",
                tag.uuid if form is not CodebookForm.TAGUETTE else "",
                tree.own.get(tag.id, 0) if form.holds_codings else 0,
            )
            for tag in tree.tags
            if tree.full_path(tag.id).startswith("My tags")
        )

    assert plain(after) == plain(before)
    assert after.active_collection.name == "My tags"


def test_importing_a_collection_twice_adds_nothing_and_undo_takes_it_back(
    library: Library, tmp_path: Path
) -> None:
    empty = library.tag_tree()
    codebook = read(tmp_path, sound())
    library.run(ImportCodebook(codebook))
    assert library.undo_name() == "Import the tag collection “Field notes” and use it (2 new tags)"
    once = library.tag_tree()
    library.run(ImportCodebook(codebook))
    assert library.tag_tree() == once
    while library.tag_tree() != empty:
        assert library.undo().name


def test_version_1_is_still_read(tmp_path: Path) -> None:
    raw = sound()
    raw.update(version=1)
    raw["tags"][0]["aliases"] = ["site"]
    raw["taggings"] = [{"tag": UUIDS[2], "file": "x.txt", "original": "a" * 64}]
    codebook = read(tmp_path, raw)
    assert codebook.tags[0].aliases == (Alias("site"),)
    assert codebook.codings == (Coding(UUIDS[2], "", file_name="x.txt", original="a" * 64),)


def test_a_file_is_known_by_its_bytes_under_another_name(
    library: Library, bring: Bring, tmp_path: Path
) -> None:
    bring("One text.\n", names=["one.txt"])
    (document,) = library.documents(library.search("").ids)
    raw = sound()
    raw["texts"] = [{"file": "renamed.txt", "original": document.original, "tags": [UUIDS[1]]}]
    library.run(ImportCodebook(read(tmp_path, raw), codings=True))
    (document,) = library.documents([document.id])
    assert len(document.tags) == 1


Spoil = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        pytest.param(lambda raw: raw.update(format="something"), "its format is not", id="format"),
        pytest.param(lambda raw: raw.update(version=3), "newer version of Postil", id="newer"),
        pytest.param(lambda raw: raw.update(version="2"), "not a whole number", id="version"),
        pytest.param(lambda raw: raw.update(name="  "), "needs a name", id="no name"),
        pytest.param(lambda raw: raw.update(name="a::b"), "cannot hold", id="colons"),
        pytest.param(lambda raw: raw.update(uuid="x"), "not a uuid", id="uuid"),
        pytest.param(
            lambda raw: raw["tags"][1].update(uuid=UUIDS[1]), "has the uuid of “place”", id="twice"
        ),
        pytest.param(
            lambda raw: raw["tags"][1].update(parent=UUIDS[5]),
            "the tag that “a/b” stands in is not in the file",
            id="missing parent",
        ),
        pytest.param(
            lambda raw: raw["tags"][0].update(parent=UUIDS[2]), "stands inside itself", id="circle"
        ),
        pytest.param(
            lambda raw: raw["tags"][0].update(parent=UUIDS[1]), "stands inside itself", id="own"
        ),
        pytest.param(
            lambda raw: raw["tags"][1].update(name="PLÄCE", parent=None),
            "stands twice in one place",
            id="same name",
        ),
        pytest.param(lambda raw: raw["tags"][1].update(name="x" * 300), "300", id="long name"),
        pytest.param(lambda raw: raw["tags"][1].update(name=" "), "needs a name", id="blank"),
        pytest.param(
            lambda raw: raw["tags"][1].update(definition="x" * 100_001),
            "100,001 characters long",
            id="long definition",
        ),
        pytest.param(
            lambda raw: raw["tags"][1].update(aliases=[f"a {n}" for n in range(1_001)]),
            "more than 1,000 other names",
            id="aliases",
        ),
        pytest.param(lambda raw: raw["tags"][1].update(name=["x"]), "is not text", id="list"),
        pytest.param(lambda raw: raw["tags"].append(7), "not written as one", id="number"),
        pytest.param(lambda raw: raw.update(tags={"a": 1}), "is not a list", id="object"),
        pytest.param(
            lambda raw: raw.update(texts=[{"file": "x.txt", "tags": [UUIDS[5]]}]),
            "that is not in it",
            id="tag of a text",
        ),
        pytest.param(
            lambda raw: raw.update(texts=[{"tags": [UUIDS[1]]}]), "which of your texts", id="text"
        ),
        pytest.param(
            lambda raw: raw.update(texts=[{"file": "x", "passages": [{"quote": "x"}]}]),
            "no place",
            id="passage",
        ),
    ],
)
def test_a_tagset_that_is_not_sound_is_refused_with_a_reason(
    tmp_path: Path, spoil: Spoil, reason: str
) -> None:
    raw = sound()
    spoil(raw)
    assert reason in refusal(tmp_path, raw, "notes.tagset.json")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\xff\xfe\x00", id="half a letter"),
        pytest.param(b'{"format": "\xe4"}', id="wrong encoding"),
        pytest.param(b"[" * 100_000, id="deep"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b"3", id="a number"),
        pytest.param(b"PK\x03\x04", id="packed"),
        pytest.param(b"[" + b"{}," * 3_100_000 + b"{}]", id="millions"),
    ],
)
@pytest.mark.parametrize("name", ["x.tagset.json", "x.qdc", "x.csv"])
def test_a_file_that_is_something_else_is_refused(
    tmp_path: Path, content: bytes, name: str
) -> None:
    assert refusal(tmp_path, content, name)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="could not be read"):
        read_codebook(tmp_path / "nowhere.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(Problem, match="is not a file"):
        read_codebook(tmp_path / "folder.csv")
    assert "does not end as that of one" in refusal(tmp_path, "Dear diary", "diary.doc")


def test_a_file_of_another_ending_is_known_by_how_it_begins(tmp_path: Path) -> None:
    assert len(read(tmp_path, sound(), "notes.txt").tags) == 2
    assert len(read(tmp_path, sound(), "notes.json").tags) == 2
    assert len(read(tmp_path, "path\tname\na/b\tb\n", "notes.tsv").tags) == 2
    qdc = '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code guid="{}" name="a"/></Codes></CodeBook>'
    assert len(read(tmp_path, qdc.format(UUIDS[1]), "notes.xml").tags) == 1


def test_what_a_newer_file_says_more_is_passed_over_and_said(tmp_path: Path) -> None:
    raw = {**sound(), "smell": "lavender"}
    raw["tags"][0].update(key=12, pattern="zigzag", letters="abc", colour="red", taste=1)
    raw["tags"][0]["related"] = [UUIDS[7]]
    raw["tags"][0]["aliases"] = [{"name": "x", "kind": "nickname"}, "y" * 201, " "]
    found = read_codebook(written(tmp_path, raw))
    tag = found.codebooks[0].tags[0]
    assert (tag.key, tag.letters, tag.colour, tag.related) == (None, "", "", ())
    assert tag.aliases == (Alias("x"),)
    said = " ".join(found.notes)
    for word in ("smell", "colour", "key", "pattern", "letters", "linked", "alias"):
        assert word in said, word


def test_parents_may_stand_behind_their_children(tmp_path: Path) -> None:
    raw = sound()
    raw["tags"].reverse()
    assert [tag.name for tag in read(tmp_path, raw).tags] == ["place", "a/b"]


def test_more_tags_than_a_library_can_show_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (sheet, qdc_reading, tagset):
        monkeypatch.setattr(module, "MOST_TAGS", 3)
    assert "more than 3 lines" in refusal(tmp_path, "path\na\nb\nc\nd\n", "many.csv")
    code = '<CodeBook><Codes><Code name="a"/><Code name="b"/><Code name="c"/><Code name="d"/>'
    assert "more than 3 tags" in refusal(tmp_path, code, "many.qdc")
    raw = sound()
    raw["tags"] *= 2
    assert "more than 3 tags" in refusal(tmp_path, raw, "notes.tagset.json")


def test_tags_may_be_deep_but_not_without_end(tmp_path: Path) -> None:
    deep = "/".join("a" * DEEPEST)
    assert len(read(tmp_path, f"path\n{deep}\n", "deep.csv").tags) == DEEPEST
    assert f"more than {DEEPEST} deep" in refusal(tmp_path, f"path\n{deep}/a\n", "deep.csv")


@pytest.mark.long
def test_a_million_lines_are_refused_before_they_are_read(tmp_path: Path) -> None:
    rows = "".join(f"tag {number},a definition of some length\n" for number in range(1_000_000))
    assert "more than 100,000" in refusal(tmp_path, f"path,definition\n{rows}", "many.csv")
    codes = "".join(f'<Code guid="x" name="tag {number}"/>' for number in range(1_000_000))
    qdc = f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>{codes}</Codes></CodeBook>'
    assert "more than 100,000" in refusal(tmp_path, qdc, "many.qdc")
    qdc = f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0">{"<a/>" * 1_000_000}</CodeBook>'
    assert "more than 500,000 elements" in refusal(tmp_path, qdc, "many.qdc")
    assert "more than" in refusal(tmp_path, "path\n" + "\n" * 6_000_000, "many.csv")
