"""The codebook of the REFI-QDA standard: what is written follows it, what others write is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from lxml import etree

from desktop_app.core.codebook import Codebook
from desktop_app.core.errors import Problem
from desktop_app.core.tag_aliases import Alias
from desktop_app.library.codebooks.forms import CodebookForm
from desktop_app.library.codebooks.reading import Read, read_codebook
from desktop_app.library.codebooks.writing import content_of
from tests.library.formats_for_tests import codebooks, tag_like, uuid_number

SPACE = "urn:QDA-XML:codebook:1.0"

# From the standard's text: what each element holds, in this order, and its attributes.
GUID = re.compile(
    r"(?:([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})|(\{[0-9a-fA-F-]{36}\}))"
)
COLOUR = re.compile(r"#([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})")
BOOLEAN = re.compile(r"true|false|1|0")
ANY = re.compile(r"(?s).*")
REQUIRED = {
    "CodeBook": {},
    "Codes": {},
    "Code": {"guid": GUID, "name": ANY, "isCodable": BOOLEAN},
    "Description": {},
    "Sets": {},
    "Set": {"guid": GUID, "name": ANY},
    "MemberCode": {"guid": GUID},
}
OPTIONAL = {"CodeBook": {"origin": ANY}, "Code": {"color": COLOUR}}
CONTENT = {
    "CodeBook": r"Codes (Sets )?",
    "Codes": r"(Code )+",
    "Code": r"(Description )?(Code )*",
    "Description": "",
    "Sets": r"(Set )+",
    "Set": r"(Description )?(MemberCode )*",
    "MemberCode": "",
}


def breaches(content: bytes) -> Iterator[str]:
    """Where a file does not follow the standard."""
    root = etree.fromstring(content)
    if root.tag != f"{{{SPACE}}}CodeBook":
        yield f"the root is {root.tag}"
    guids: set[str] = set()
    for element in root.iter():
        space, _, name = str(element.tag).removeprefix("{").rpartition("}")
        if space != SPACE or name not in REQUIRED:
            yield f"there is an element {element.tag}"
            continue
        children = "".join(f"{str(child.tag).rpartition('}')[2]} " for child in element)
        if not re.fullmatch(CONTENT[name], children):
            yield f"{name} holds {children}"
        if name != "Description" and (element.text or "").strip():
            yield f"{name} holds text"
        if (element.tail or "").strip():
            yield f"there is text behind {name}"
        said = {str(key): str(value) for key, value in element.attrib.items()}
        allowed = {**REQUIRED[name], **OPTIONAL.get(name, {})}
        for key, value in said.items():
            if key not in allowed or not allowed[key].fullmatch(value):
                yield f"{name} says {key}={value}"
        yield from (f"{name} has no {key}" for key in REQUIRED[name].keys() - said.keys())
        if name == "Code":
            if said.get("guid", "") in guids:
                yield f"two codes are {said['guid']}"
            guids.add(said.get("guid", ""))


@given(codebook=codebooks())
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
)
def test_whatever_is_written_follows_the_standard(codebook: Codebook) -> None:
    content = content_of(codebook, CodebookForm.QDC)
    assert content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    assert list(breaches(content)) == []
    codes = etree.fromstring(content).findall(f".//{{{SPACE}}}Code")
    assert [code.get("name") for code in codes] == [tag.name for tag in codebook.tags]


def test_the_check_notices_what_breaks_the_standard() -> None:
    sound = content_of(Codebook("x", tags=(tag_like(1, "a", colour="#123456"),)), CodebookForm.QDC)
    assert list(breaches(sound)) == []
    for old, new in (
        (b"codebook:1.0", b"codebook:0:4"),
        (b' isCodable="true"', b""),
        (b"#123456", b"red"),
        (b"<Codes>", b"<Codes>text"),
        (b"</Codes>", b"</Codes><Notes/>"),
        (b' guid="', b' guid="x'),
    ):
        assert list(breaches(sound.replace(old, new))), old


def test_characters_that_xml_has_no_way_to_write_are_replaced_and_said(tmp_path: Path) -> None:
    from desktop_app.library.codebooks.writing import what_is_left_out

    codebook = Codebook("x", tags=(tag_like(1, "a\ufffeb"),))
    content = content_of(codebook, CodebookForm.QDC)
    assert list(breaches(content)) == []
    assert "a\ufffdb" in content.decode()
    assert "were replaced, in 1 tag" in " ".join(what_is_left_out(codebook, CodebookForm.QDC))


def read(folder: Path, content: str | bytes) -> Read:
    path = folder / "other.qdc"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_codebook(path)


def book(codes: str, *, rest: str = "", space: str = SPACE, root: str = "CodeBook") -> str:
    return f'<{root} xmlns="{space}" origin="Other 1.0"><Codes>{codes}</Codes>{rest}</{root}>'


FOREIGN = f"""\ufeff<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="urn:QDA-XML:codebook:1:0 Codebook.xsd" origin="Other" xmlns="{SPACE}">
  <Codes>
    <!-- a remark -->
    <Code guid="{{{uuid_number(1).upper()}}}" name="Ort &amp; Zeit" color="#ABC" isCodable="false">
      <Description>
        Where   it happens.
      </Description>
      <Code guid="{uuid_number(2).upper()}" name="ort" isCodable="true" color="#46AA00"/>
      <Code guid="{uuid_number(3)}" name="Ort" isCodable="true"><Description>Again</Description>
        <Code guid="{uuid_number(4)}" name="below" isCodable="true"/></Code>
    </Code>
  </Codes>
  <Sets>
    <Set guid="{uuid_number(8)}" name="One group"><Description>why</Description>
      <MemberCode guid="{uuid_number(2).upper()}"/><MemberCode guid="{uuid_number(4)}"/></Set>
    <Set guid="{uuid_number(9)}" name="Nobody’s"/>
  </Sets>
</CodeBook>
"""


def test_what_another_program_wrote_is_read_and_what_is_changed_is_said(tmp_path: Path) -> None:
    found = read(tmp_path, FOREIGN)
    (codebook,) = found.codebooks
    assert codebook.own_uuids
    assert codebook.name == "other"
    above, ort, below = codebook.tags
    assert (above.name, above.colour, above.definition) == (
        "Ort & Zeit",
        "#aabbcc",
        "Where   it happens.",
    )
    assert above.uuid == uuid_number(1)
    assert (ort.name, ort.parent, ort.formerly) == ("ort", above.uuid, (uuid_number(3),))
    assert ort.definition == "Again\n\nSets: One group"
    assert (below.parent, below.definition) == (ort.uuid, "Sets: One group")
    said = " ".join(found.notes)
    for part in ("only holds other codes", "stands twice", "One group", "Nobody’s", "itself"):
        assert part in said, part


def test_labels_in_a_description_are_understood(tmp_path: Path) -> None:
    text = "What it is.\n\nUse when: always.\n\nAlso called: a; b (abbreviation)"
    code = f'<Code guid="{uuid_number(1)}" name="x"><Description>{text}</Description></Code>'
    (tag,) = read(tmp_path, book(code)).codebooks[0].tags
    assert (tag.definition, tag.use_when) == ("What it is.", "always.")
    assert [alias.name for alias in tag.aliases] == ["a", "b"]
    assert tag.aliases[0] == Alias("a")


def test_a_code_without_a_guid_gets_one_that_stays(tmp_path: Path) -> None:
    first = read(tmp_path, book('<Code name="x" isCodable="true"/>'))
    assert not first.codebooks[0].own_uuids
    assert first == read(tmp_path, book('<Code name="x" isCodable="true"/>'))
    assert "no guid" in " ".join(first.notes)


def test_a_name_that_is_too_long_is_cut_and_kept_whole_in_the_definition(tmp_path: Path) -> None:
    code = f'<Code guid="{uuid_number(1)}" name="{"long " * 60}" isCodable="true"/>'
    found = read(tmp_path, book(code))
    (tag,) = found.codebooks[0].tags
    assert len(tag.name) <= 200 and tag.name.endswith("…")
    assert tag.definition == ("long " * 60).strip()
    assert "was cut" in " ".join(found.notes)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_any_encoding_that_a_file_names_is_read(tmp_path: Path, encoding: str) -> None:
    named = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{named}"?>' + book(
        f'<Code guid="{uuid_number(1)}" name="Größe" isCodable="true"/>'
    )
    (tag,) = read(tmp_path, text.encode(encoding)).codebooks[0].tags
    assert tag.name == "Größe"


def test_an_older_or_missing_namespace_is_read(tmp_path: Path) -> None:
    code = f'<Code guid="{uuid_number(1)}" name="x" isCodable="true"/>'
    older = read(tmp_path, book(code, space="urn:QDA-XML:codebook:0:4"))
    assert not any("standard" in note for note in older.notes)
    none = read(tmp_path, book(code, space="urn:other"))
    assert any("standard" in note for note in none.notes)
    assert older.codebooks[0].tags == none.codebooks[0].tags


BOMB = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(
            f'<!DOCTYPE x [<!ENTITY e0 "lol">{BOMB}]>{book("&e9;")}', "document type", id="bomb"
        ),
        pytest.param(
            f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>{book("&e;")}',
            "document type",
            id="other file",
        ),
        pytest.param(
            f'<!DOCTYPE x SYSTEM "http://localhost:9/x.dtd">{book("")}',
            "document type",
            id="other dtd",
        ),
        pytest.param(book("&nothing;"), "not well-formed", id="unknown entity"),
        pytest.param(book("<Code>"), "not well-formed", id="not closed"),
        pytest.param(book("")[:-20], "not well-formed", id="cut off"),
        pytest.param(book("").encode() + b"\xff", "not written as it says", id="encoding"),
        pytest.param(
            '<?xml version="1.0" encoding="klingon"?><CodeBook/>',
            "save it as UTF-8",
            id="no encoding",
        ),
        pytest.param(book("", root="Project"), "whole project", id="project"),
        pytest.param(book("", root="html"), "no codebook", id="page"),
        pytest.param("path,name\na,b\n", "not well-formed", id="table"),
        pytest.param(book('<Code guid="x"/>'), "needs a name", id="no name"),
        pytest.param(
            book(f'<Code guid="{uuid_number(1)}" name="a"/>' * 2), "guid of another", id="guid"
        ),
        pytest.param(
            book('<Code name="a">' * 150 + "</Code>" * 150), "more than 100 deep", id="deep"
        ),
    ],
)
def test_a_codebook_that_is_not_sound_is_refused_with_a_reason(
    tmp_path: Path, content: str | bytes, reason: str
) -> None:
    with pytest.raises(Problem, match="cannot be read as a tag collection") as refused:
        read(tmp_path, content)
    assert reason in refused.value.message
    assert refused.value.hint == "Nothing has been changed."


def test_elements_that_are_not_known_are_passed_over_and_said(tmp_path: Path) -> None:
    code = f'<Code guid="{uuid_number(1)}" name="x"><NoteRef targetGUID="y"/></Code>'
    found = read(tmp_path, book(code, rest="<Extra><Code name='no'/></Extra>"))
    assert [tag.name for tag in found.codebooks[0].tags] == ["x"]
    assert any("“NoteRef”" in note for note in found.notes)
