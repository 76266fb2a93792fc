"""A tag collection that is written in a format and read back is the same, as far as it can be."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desktop_app import paths
from desktop_app.core.codebook import Codebook, CodedPassage, Coding
from desktop_app.core.errors import BadUsage, Problem
from desktop_app.core.tag_aliases import Alias, AliasKind, is_language
from desktop_app.core.tag_looks import Pattern
from desktop_app.core.text import one_line
from desktop_app.library.codebooks.forms import CodebookForm
from desktop_app.library.codebooks.reading import Read, read_codebook
from desktop_app.library.codebooks.writing import content_of, write_codebook
from tests.library.formats_for_tests import codebooks, held, tag_like, uuid_number
from tests.library.schema_for_tests import breaches

FORMS = list(CodebookForm)
_QUICK = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
)


def there_and_back(codebook: Codebook, form: CodebookForm, folder: Path) -> Read:
    """Write a collection in a format, and read it."""
    path = folder / f"book{form.ending}"
    path.write_bytes(content_of(codebook, form))
    return read_codebook(path)


FULL = Codebook(
    "Field notes",
    uuid_number(50),
    "What I look for.\nIn two lines.",
    "Ilse Brandt",
    "CC BY 4.0",
    "1.2",
    "warm",
    (
        tag_like(
            1,
            "place",
            colour="#c77d2e",
            aliases=(
                Alias("Ort; Platz", AliasKind.LANGUAGE, "de"),
                Alias("PL", AliasKind.ABBREVIATION),
                Alias("a (former)"),
                Alias("spot", AliasKind.FORMER),
            ),
            key=3,
            pattern=Pattern.DOTS,
            letters="PL",
            definition="=SUM(A1)\n\nUse when: this is the definition’s own line.",
            use_when="A place is named,\n\nor pointed at.",
            not_when="\\Use when: people are.",
            examples="“in Halmar”",
            archived=True,
            formerly=(uuid_number(70),),
            related=(uuid_number(2),),
            opposite=(uuid_number(3),),
        ),
        tag_like(2, "a/b::c \\ “d” #1", parent=uuid_number(1), definition="'=quoted"),
        tag_like(3, "שלום", parent=uuid_number(2)),
        tag_like(4, "St. Petersburg 3.5", aliases=(Alias("\\Use when: x"),)),
    ),
    (
        Coding(uuid_number(2), "a" * 32, "A title", "a  b.txt", None, "c" * 64),
        Coding(
            uuid_number(1),
            "a" * 32,
            "A title",
            "a  b.txt",
            CodedPassage("in Halmar", 4, 13, "was ", " then", "green", "see", uuid_number(80)),
            "c" * 64,
        ),
    ),
    {uuid_number(1): 4, uuid_number(4): 0},
)


@pytest.mark.parametrize("form", FORMS)
def test_every_field_that_a_format_holds_comes_back(form: CodebookForm, tmp_path: Path) -> None:
    read = there_and_back(FULL, form, tmp_path)
    assert read.format is form
    assert held(read.codebooks[0], form) == held(FULL, form)


@pytest.mark.parametrize("form", FORMS)
@given(data=st.data())
@_QUICK
def test_any_collection_comes_back(form: CodebookForm, data: st.DataObject) -> None:
    _comes_back(form, data)


@pytest.mark.long
@pytest.mark.parametrize("form", FORMS)
@given(data=st.data())
@settings(_QUICK, max_examples=300)
def test_any_of_many_collections_comes_back(form: CodebookForm, data: st.DataObject) -> None:
    _comes_back(form, data)


def _comes_back(form: CodebookForm, data: st.DataObject) -> None:
    plain = (
        st.text("abcÖ/ #-", min_size=1, max_size=6)
        .map(one_line)
        .filter(lambda name: set(name) & set("abcÖ"))
    )
    # A full stop in a name means something to Taguette.
    some = codebooks(names=plain) if form is CodebookForm.TAGUETTE else codebooks()
    codebook = data.draw(some)
    with TemporaryDirectory() as folder:
        read = there_and_back(codebook, form, Path(folder))
        assert held(read.codebooks[0], form) == held(codebook, form)
        named = () if form is CodebookForm.TAGSET else (read.notes[-1],)
        assert read.notes == named  # nothing was guessed or left out
        again = there_and_back(read.codebooks[0], form, Path(folder))
        assert held(again.codebooks[0], form) == held(read.codebooks[0], form)


def test_what_is_written_follows_the_published_schema(tmp_path: Path) -> None:
    schema = json.loads((paths.resources() / "schemas" / "tagset-2.schema.json").read_text())
    path = tmp_path / "book.tagset.json"
    for codebook in (FULL, Codebook("Nothing in it")):
        write_codebook(codebook, path)
        assert breaches(json.loads(path.read_text()), schema) == []
    (seeds,) = paths.seeds().glob("*.tagset.json")
    assert breaches(json.loads(seeds.read_text()), schema) == []


def test_reader_and_schema_take_the_same_languages(tmp_path: Path) -> None:
    schema = json.loads((paths.resources() / "schemas" / "tagset-2.schema.json").read_text())
    path = tmp_path / "book.tagset.json"
    for code in ("", "ar", "zh-Hant-TW", "Kurdish (Sorani)", "a", "ar-" + "abcdefgh-" * 4):
        alias = Alias("x", AliasKind.LANGUAGE, code)
        write_codebook(Codebook("Field", tags=(replace(FULL.tags[0], aliases=(alias,)),)), path)
        breached = breaches(json.loads(path.read_text()), schema)
        assert (breached == []) is is_language(code), (code, breached)
        read = read_codebook(path)
        ((back,),) = (tag.aliases for tag in read.codebooks[0].tags)
        # What the name is stays, where only its language is strange.
        assert back == (alias if is_language(code) else Alias("x", AliasKind.LANGUAGE))
        assert any("language" in note for note in read.notes) is not is_language(code)


def test_the_schema_notices_what_is_wrong(tmp_path: Path) -> None:
    schema = json.loads((paths.resources() / "schemas" / "tagset-2.schema.json").read_text())
    path = tmp_path / "book.tagset.json"
    write_codebook(FULL, path)
    sound = json.loads(path.read_text())
    for spoil in (
        lambda raw: raw.pop("name"),
        lambda raw: raw["tags"][0].update(key=10),
        lambda raw: raw["tags"][0].update(colour="red"),
        lambda raw: raw["tags"][0].update(pattern="zigzag"),
        lambda raw: raw["texts"][0]["passages"][0].pop("quote"),
        lambda raw: raw["texts"][0].update(digest="short"),
    ):
        raw = json.loads(json.dumps(sound))
        spoil(raw)
        assert breaches(raw, schema), raw


def test_the_schema_names_every_key_that_is_written(tmp_path: Path) -> None:
    schema = json.loads((paths.resources() / "schemas" / "tagset-2.schema.json").read_text())
    path = tmp_path / "book.tagset.json"
    write_codebook(FULL, path)
    raw = json.loads(path.read_text())
    assert raw.keys() <= schema["properties"].keys()
    defined = schema["$defs"]
    for tag in raw["tags"]:
        assert tag.keys() <= defined["tag"]["properties"].keys()
    (text,) = raw["texts"]
    assert text.keys() == defined["text"]["properties"].keys()
    assert text["passages"][0].keys() == defined["passage"]["properties"].keys()


def test_each_tag_and_each_text_has_a_line_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "book.tagset.json"
    write_codebook(FULL, path)
    lines = path.read_text().split("\n")
    assert sum('"name": ' in line for line in lines if line.startswith("  {")) == 4
    assert sum('"digest": ' in line for line in lines) == 1


def test_what_a_format_cannot_hold_is_said(tmp_path: Path) -> None:
    assert write_codebook(FULL, tmp_path / "x.tagset.json").left_out == ()
    written = write_codebook(FULL, tmp_path / "x.csv")
    assert (written.tags, written.codings) == (4, 0)
    assert any("description, author, licence, version" in said for said in written.left_out)
    assert any("2 places" in said for said in written.left_out)
    qdc = write_codebook(FULL, tmp_path / "x.qdc").left_out
    assert "The key is left out, of 1 tag." in qdc
    assert "How often each tag is used is left out." in qdc
    taguette = write_codebook(FULL, tmp_path / "t.csv", taguette=True).left_out
    assert "The colours are left out, of 1 tag." in taguette


def test_names_that_taguette_takes_for_paths_are_said(tmp_path: Path) -> None:
    stops = Codebook("x", tags=(tag_like(1, "a"), tag_like(2, "b", parent=uuid_number(1))))
    assert write_codebook(stops, tmp_path / "a.csv", taguette=True).left_out == ()
    stops = Codebook("x", tags=(*stops.tags, tag_like(3, "a.b")))
    said = " ".join(write_codebook(stops, tmp_path / "a.csv", taguette=True).left_out)
    assert "“a.b” is the path of more than one tag" in said
    assert "steps down in Taguette" in said


def test_a_table_for_spreadsheets_says_nothing_that_they_would_run(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    write_codebook(Codebook("x", tags=(tag_like(1, "=HYPERLINK(1)"), tag_like(2, "-2"))), path)
    for line in path.read_text("utf-8-sig").splitlines()[1:]:
        assert line.startswith(("'=", "'-"))
    assert {tag.name for tag in read_codebook(path).codebooks[0].tags} == {"=HYPERLINK(1)", "-2"}


def test_nothing_is_written_where_it_cannot_be(tmp_path: Path) -> None:
    with pytest.raises(BadUsage, match="does not end in"):
        write_codebook(FULL, tmp_path / "book.doc")
    with pytest.raises(Problem, match="no folder"):
        write_codebook(FULL, tmp_path / "no" / "book.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(Problem, match="folder"):
        write_codebook(FULL, tmp_path / "folder.csv")
    with pytest.raises(Problem, match="at least one tag"):
        write_codebook(Codebook("empty"), tmp_path / "empty.qdc")
    assert [path.name for path in tmp_path.iterdir()] == ["folder.csv"]
