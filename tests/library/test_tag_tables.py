"""Tables of tags, as people and other programs write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.core.errors import Problem
from desktop_app.core.tag_aliases import Alias, AliasKind
from desktop_app.library.codebooks.forms import CodebookForm
from desktop_app.library.codebooks.reading import Read, read_codebook
from tests.library.formats_for_tests import uuid_number


def read(folder: Path, content: str | bytes, name: str = "Notes.csv") -> Read:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_codebook(path)


def plain(found: Read) -> list[tuple[str, str]]:
    """The path of each tag, and its definition."""
    (codebook,) = found.codebooks
    paths: dict[str | None, str] = {None: ""}
    for tag in codebook.tags:
        paths[tag.uuid] = f"{paths[tag.parent]}/{tag.name}"
    return [(paths[tag.uuid][1:], tag.definition) for tag in codebook.tags]


TABLE = "Path,Name,Colour,Definition,Aliases,Count\nOrt,Ort,#C77D2E,Wo; was,Größe; Gr,3\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiter_encoding_and_line_ends_are_found_out(
    tmp_path: Path, encoding: str, delimiter: str, end: str
) -> None:
    rows = [line.split(",") for line in TABLE.splitlines()]
    text = end.join(delimiter.join(f'"{cell}"' for cell in row) for row in rows) + end
    found = read(tmp_path, text.encode(encoding))
    (tag,) = found.codebooks[0].tags
    assert (tag.name, tag.colour, tag.definition) == ("Ort", "#c77d2e", "Wo; was")
    assert [alias.name for alias in tag.aliases] == ["Größe", "Gr"]
    assert found.codebooks[0].counts == {tag.uuid: 3}
    guessed = any("Windows-1252" in note for note in found.notes)
    assert guessed == (encoding == "cp1252")


@pytest.mark.parametrize(
    "head",
    [
        "PATH,DEFINITION",
        " path , Description ",
        "Code,Comment",
        "name,memo",
        "Tag Path,x,definition",
    ],
)
def test_columns_are_known_by_their_names_however_they_are_written(
    tmp_path: Path, head: str
) -> None:
    middle = "," if head.count(",") == 2 else ""
    found = read(tmp_path, f"{head}\nplace,{middle}where\n")
    assert plain(found) == [("place", "where")]
    assert any("“x”" in note for note in found.notes) == bool(middle)


def test_a_spreadsheet_may_say_its_delimiter_first(tmp_path: Path) -> None:
    assert plain(read(tmp_path, "sep=;\r\npath;definition\r\na/b;c,d\r\n")) == [
        ("a", ""),
        ("a/b", "c,d"),
    ]


def test_what_a_path_stands_in_is_made_and_said(tmp_path: Path) -> None:
    found = read(tmp_path, "path\nplace/Syria/Aleppo\nplace/Syria/Homs\n")
    assert [path for path, _ in plain(found)] == [
        "place",
        "place/Syria",
        "place/Syria/Aleppo",
        "place/Syria/Homs",
    ]
    assert any("2 tags have no lines of their own" in note for note in found.notes)


def test_a_column_may_name_the_parent(tmp_path: Path) -> None:
    found = read(tmp_path, "name,parent\nAleppo,Syria\nSyria,place\nplace,\n")
    assert [path for path, _ in plain(found)] == ["place", "place/Syria", "place/Syria/Aleppo"]
    found = read(tmp_path, "name,parent\nHama,place/Syria\n")
    assert [path for path, _ in plain(found)] == ["place", "place/Syria", "place/Syria/Hama"]


def test_a_name_with_a_slash_is_one_name_where_names_are_given(tmp_path: Path) -> None:
    assert [tag.name for tag in read(tmp_path, "name\nand/or\n").codebooks[0].tags] == ["and/or"]


def test_aliases_are_parted_by_semicolons_lines_or_bars(tmp_path: Path) -> None:
    for cell in ("a; b (former)", '"a\nb (former)"', "a | b (former)"):
        (tag,) = read(tmp_path, f"path,aliases\nx,{cell}\n").codebooks[0].tags
        assert tag.aliases == (Alias("a"), Alias("b", AliasKind.FORMER)), cell


def test_a_uuid_that_is_none_is_left_out_and_said(tmp_path: Path) -> None:
    found = read(tmp_path, f"path,uuid\na,{uuid_number(1).upper()}\nb,7\nc,\n")
    assert found.codebooks[0].tags[0].uuid == uuid_number(1)
    assert found.codebooks[0].own_uuids
    assert len({tag.uuid for tag in found.codebooks[0].tags}) == 3
    assert any("uuid in line 3 is none" in note for note in found.notes)
    assert not read(tmp_path, "path\na\n").codebooks[0].own_uuids


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param("just,some\nwords,here\n", "names no column with the tags", id="columns"),
        pytest.param("\n\n", "is empty", id="blank"),
        pytest.param("path,name\na,a\n/,\n", "line 3 names no tag", id="blank path"),
        pytest.param("path,name\na,b,c\n", "line 2 has more cells", id="cells"),
        pytest.param('path,definition\na,"no end\n', "quotation mark", id="quote"),
        pytest.param("path\na\nb\n A \n", "in line 2 already", id="twice"),
        pytest.param(f"path,uuid\na,{uuid_number(1)}\nb,{uuid_number(1)}\n", "uuid of", id="uuid"),
        pytest.param("name,parent\na,b\nb,a\n", "stands inside itself", id="circle"),
        pytest.param("name,parent\na,nobody\n", "“nobody”, which is not in", id="parent"),
        pytest.param("name,parent\na,\nx,a\nx,b\nb,\ny,x\n", "there are several", id="parents"),
        pytest.param("path\n" + "x" * 300 + "\n", "300 characters", id="long"),
        pytest.param(b"path\n\x81\x8d\n", "save it as UTF-8", id="encoding"),
        pytest.param(b"\xff\xfep\x00a", "as its first bytes say", id="half"),
        pytest.param(b"path\n\x00\x01\x02\n", "not a text", id="zeros"),
        pytest.param("path\n" + "a/" * 60_000 + "\n", "120,000 characters as its path", id="path"),
        pytest.param("path,memo\na," + "x" * 1_000_001, "1,000,000 characters", id="text"),
        pytest.param("name\n\u202e\n", "needs a name", id="unseen"),
    ],
)
def test_a_table_that_is_not_sound_is_refused_with_a_reason(
    tmp_path: Path, content: str | bytes, reason: str
) -> None:
    with pytest.raises(Problem, match="cannot be read as a tag collection") as refused:
        read(tmp_path, content)
    assert reason in refused.value.message


def test_a_cell_may_be_as_long_as_what_can_be_said_of_a_tag(tmp_path: Path) -> None:
    long = "word " * 20_000
    assert plain(read(tmp_path, f"path,definition\na,{long}\n"))[0][1] == long


@pytest.mark.parametrize(
    "head",
    ["tag,description", "tag,description,number of highlights,number of documents", "Tag"],
)
def test_taguettes_table_is_known_by_its_columns(tmp_path: Path, head: str) -> None:
    rest = [["", "words", "5", "2"][column] for column in range(1, head.count(",") + 1)]
    found = read(tmp_path, f"{head}\n{','.join(['people', *rest])}\n")
    assert found.format is CodebookForm.TAGUETTE
    (codebook,) = found.codebooks
    assert not codebook.own_uuids
    assert list(codebook.counts.values()) == ([2] if len(rest) == 3 else [])


def test_a_full_stop_is_a_step_down_where_there_is_a_tag_to_stand_on(tmp_path: Path) -> None:
    names = "people\npeople.family\npeople.family.aunt\nfood.bread\nfood.cheese\nSt.Gallen\n"
    names += "St. Petersburg\n3.5 tonnes\n3\nsolo.act\nends.\n"
    found = read(tmp_path, "tag,description\n" + "".join(f"{n},\n" for n in names.splitlines()))
    paths = [path for path, _ in plain(found)]
    assert sorted(paths) == sorted(
        [
            *("people", "people/family", "people/family/aunt", "food", "food/bread", "food/cheese"),
            *("St.Gallen", "St. Petersburg", "3.5 tonnes", "3", "solo.act", "ends."),
        ]
    )
    assert any("“food” has no line of its own" in note for note in found.notes)


def test_tags_that_differ_by_case_only_become_one(tmp_path: Path) -> None:
    found = read(tmp_path, "tag,description\nWar,one\nwar,two\nwar.end,\nWar,one\n")
    (codebook,) = found.codebooks
    assert plain(found) == [("War", "one\n\ntwo"), ("War/end", "")]
    assert len(codebook.tags[0].formerly) == 2
    assert any("stand twice" in note for note in found.notes)


def test_the_collection_is_named_after_the_file(tmp_path: Path) -> None:
    for name, wanted in (
        ("My field notes.csv", "My field notes"),
        ("a::b:.csv", "a b"),
        ("::.csv", "Imported tags"),
    ):
        assert read(tmp_path, "path\na\n", name).codebooks[0].name == wanted
