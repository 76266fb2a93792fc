"""OpenDocument texts: everything that one reads in them comes out; what is left out is said."""

from base64 import b64encode

import pytest

from desktop_app.core.model import FactName
from desktop_app.core.text import BlockKind, SpanKind, canonical_of
from desktop_app.formats.extract import Refused
from desktop_app.formats.file import File
from desktop_app.formats.limits import Limits
from desktop_app.formats.office.odt.reader import read_odt
from desktop_app.formats.reading import read
from tests.formats.damage_for_tests import damaged
from tests.formats.office_for_tests import PNG, fodt, odt

LIMITS = Limits()


def reading(body, **named):
    return read_odt(File(odt(body, **named), "a.odt"), LIMITS)


def kinds(found):
    return [(block.kind, block.level, block.number, block.text) for block in found.blocks]


def p(inside, style=""):
    return f'<text:p text:style-name="{style}">{inside}</text:p>'


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("a<text:s text:c='2'/>b <text:tab/>c<text:line-break/>d", "a  b  c\nd"),
        ("a\n  <text:span>b </text:span> c", "a b c"),
        ("a<text:page-number>7</text:page-number>b<text:new>c</text:new>", "a7bc"),
        ("a<text:bookmark/>b<text:soft-page-break/>c", "abc"),
        (
            "<text:ruby><text:ruby-base>a</text:ruby-base><text:ruby-text>b</text:ruby-text>"
            "</text:ruby>",
            "a(b)",
        ),
        ('<text:hidden-text text:is-hidden="false" text:string-value="shown"/>', "shown"),
    ],
)
def test_no_text_is_lost_whatever_it_stands_in(inside, expected):
    assert canonical_of(reading(p(inside)).blocks)[0] == expected


def style(name, family, properties="", more=""):
    return (
        f'<style:style style:name="{name}" style:family="{family}" {more}>'
        f"<style:text-properties {properties}/></style:style>"
    )


def test_runs_are_set_as_their_styles_and_the_parents_of_those_say():
    styles = (
        style("B", "text", 'fo:font-weight="bold"')
        + style("C", "text", 'fo:font-style="italic"', 'style:parent-style-name="B"')
        + style("U", "text", 'style:text-position="super 58%"')
        + style("L", "text", "", 'style:parent-style-name="L"')
    )
    (block,) = reading(
        p(
            '<text:span text:style-name="C">both</text:span><text:span text:style-name="U">2'
            '</text:span><text:span text:style-name="L">x</text:span><text:span '
            'text:style-name="Source_20_Text">code</text:span>'
            '<text:a xlink:href="https://e.org/">link</text:a>'
        ),
        styles=styles,
    ).blocks
    assert {(span.kind, block.text[span.start : span.end]) for span in block.spans} == {
        (SpanKind.BOLD, "both"),
        (SpanKind.ITALIC, "both"),
        (SpanKind.SUPERSCRIPT, "2"),
        (SpanKind.CODE, "code"),
        (SpanKind.LINK, "link"),
    }


def test_headings_quotations_and_code_are_told():
    body = (
        '<text:h text:outline-level="3">Three</text:h>'
        + p("Named", "Heading_20_2")
        + p("Said", "Quotations")
        + p("one", "Preformatted_20_Text")
        + p("<text:s text:c='3'/>two", "P1")
    )
    styles = style("P1", "paragraph", "", 'style:parent-style-name="Preformatted_20_Text"')
    assert kinds(reading(body, styles=styles)) == [
        (BlockKind.HEADING, 3, None, "Three"),
        (BlockKind.HEADING, 2, None, "Named"),
        (BlockKind.QUOTATION, 0, None, "Said"),
        (BlockKind.PREFORMATTED, 0, None, "one\n   two"),
    ]


def test_lists_are_counted_go_on_and_begin_elsewhere():
    styles = (
        '<text:list-style style:name="N"><text:list-level-style-number text:level="1" '
        'style:num-format="1"/><text:list-level-style-bullet text:level="2"/></text:list-style>'
    )

    def items(*texts, more=""):
        inside = "".join(f"<text:list-item>{text}</text:list-item>" for text in texts)
        return f'<text:list text:style-name="N" {more}>{inside}</text:list>'

    inner = f"<text:list><text:list-item>{p('inner')}</text:list-item></text:list>"
    body = (
        items(p("one") + p("more of it"), p("two") + inner)
        + p("between")
        + items(p("three"), more='text:continue-numbering="true"')
        + '<text:list text:style-name="N"><text:list-item text:start-value="7">'
        + f"{p('seven')}</text:list-item></text:list>"
    )
    item = BlockKind.LIST_ITEM
    assert kinds(reading(body, styles=styles)) == [
        (item, 1, 1, "one"),
        (BlockKind.PARAGRAPH, 0, None, "more of it"),
        (item, 1, 2, "two"),
        (item, 2, None, "inner"),
        (BlockKind.PARAGRAPH, 0, None, "between"),
        (item, 1, 3, "three"),
        (item, 1, 7, "seven"),
    ]


def table(*rows):
    inside = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in rows
    )
    return f"<table:table>{inside}</table:table>"


def test_a_table_is_rows_and_one_that_only_places_text_is_paragraphs():
    data = table((p("a") + p("b"), p("c")), (p("d"), ""))
    layout = table((p("left"), table((p("x"), p("y")))))
    assert [(kind, words) for kind, _, _, words in kinds(reading(data + layout))] == [
        (BlockKind.TABLE_ROW, "a b\tc"),
        (BlockKind.TABLE_ROW, "d\t"),
        (BlockKind.PARAGRAPH, "left"),
        (BlockKind.TABLE_ROW, "x\ty"),
    ]


def test_notes_and_comments_stand_behind_the_text():
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{p('The note.')}{p('Its end.')}</text:note-body></text:note>"
    )
    comment = (
        f"<office:annotation><dc:creator>Mary</dc:creator><dc:date>2020</dc:date>{p('Why?')}"
        "</office:annotation>"
    )
    first, *notes = reading(p(f"Said{note} so{comment}.")).blocks
    assert first.text == "Said[1] so[M1]."
    marks = [span.target for span in first.spans if span.kind is SpanKind.NOTE]
    assert marks == ["note-1", "comment-1"]
    assert [(block.note, block.number, block.text) for block in notes] == [
        ("note-1", 1, "The note."),
        ("note-1", None, "Its end."),
        ("comment-1", None, "Mary:"),
        ("comment-1", None, "Why?"),
    ]


def frame(inside):
    return f"<draw:frame>{inside}</draw:frame>"


def test_pictures_drawings_and_boxes_stand_behind_their_paragraph():
    body = p(
        "before"
        + frame('<draw:image xlink:href="Pictures/a.png"/><svg:desc>A lamp</svg:desc>')
        + frame('<draw:image xlink:href="Pictures/a.wmf"/>')
        + frame('<draw:image xlink:href="https://e.org/x.png"/>')
        + frame(f"<draw:text-box>{p('boxed')}</draw:text-box>")
        + frame('<draw:object/><draw:image xlink:href="./ObjectReplacements/Object 1"/>')
        + " after"
    )
    found = reading(body, more={"Pictures/a.png": PNG, "Pictures/a.wmf": b"x"})
    assert [block.text for block in found.blocks][:5] == ["before after", "A lamp", "", "", "boxed"]
    taken, drawing, remote = (block.picture for block in found.blocks[1:4])
    assert taken.hash == found.pictures[0].hash
    assert (drawing.hash, drawing.address) == (None, None)
    assert remote.address == "https://e.org/x.png"
    assert found.warning == "An object that is embedded in it was not read."


def test_what_is_left_out_is_said():
    tracked = (
        "<text:tracked-changes><text:changed-region><text:deletion>"
        f"{p('gone')}</text:deletion></text:changed-region></text:tracked-changes>"
    )
    styles = style("H", "text", 'text:display="none"')
    found = reading(
        tracked + p('here<text:span text:style-name="H">hidden</text:span>'), styles=styles
    )
    assert [block.text for block in found.blocks] == ["here"]
    assert found.warning == (
        "Text that is marked as deleted was left out. Hidden text was left out."
    )


def test_a_flat_file_is_read_too_with_the_pictures_in_it():
    data = f"<office:binary-data>{b64encode(PNG).decode()}</office:binary-data>"
    content = fodt(p("here" + frame(f"<draw:image>{data}</draw:image>")))
    extract = read(File(content, "a.fodt"), LIMITS)
    assert extract.text.canonical == "here"
    assert len(extract.pictures) == 1


def test_what_the_document_says_about_itself_is_proposed():
    meta = (
        "<dc:title>A Title</dc:title><meta:initial-creator>Jane Doe</meta:initial-creator>"
        "<dc:creator>Another</dc:creator><dc:language>de-AT</dc:language>"
        "<meta:creation-date>2019-05-06T07:08:09</meta:creation-date>"
    )
    found = reading(p("Text"), meta=meta)
    chosen = {}
    for proposal in (*found.proposals, *found.language_stated):
        chosen.setdefault(proposal.fact, proposal.value)
    assert chosen == {
        FactName.TITLE: "A Title",
        FactName.AUTHORS: ("Jane Doe",),
        FactName.PUBLISHED: "2019-05-06",
        FactName.LANGUAGE: "de",
    }


def test_a_password_is_said():
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    with pytest.raises(Refused, match="protected by a password"):
        reading(p("x"), more={"META-INF/manifest.xml": manifest})


def test_another_kind_of_document_is_refused_by_name():
    with pytest.raises(Refused, match="OpenDocument spreadsheet"):
        reading("", kind="spreadsheet")


def test_damaged_parts_beside_the_text_cost_only_themselves():
    found = reading(p("here"), more={"styles.xml": "nothing", "meta.xml": "nothing"})
    assert [block.text for block in found.blocks] == ["here"]


def test_elements_nested_to_the_limit_are_read_and_beyond_it_refused():
    for opening, closing in (
        ("<text:p>", "</text:p>"),
        ("<text:span>", "</text:span>"),
        ("<text:list><text:list-item>", "</text:list-item></text:list>"),
    ):
        depth = 240 // opening.count("<")
        found = reading(opening * depth + p("deep") + closing * depth)
        assert canonical_of(found.blocks)[0] == "deep"
        with pytest.raises(Refused, match="nested more than 256 deep"):
            reading(opening * 20_000)


def test_entities_that_multiply_are_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><a>&b;</a>'
    with pytest.raises(Refused, match="entities"):
        reading("", more={"content.xml": bomb})


SOUND = odt(
    p("Said<text:note><text:note-body>x</text:note-body></text:note>", "B")
    + table((p("a"), p("b")))
    + f"<text:list><text:list-item>{p('one')}</text:list-item></text:list>",
    styles=style("B", "paragraph", 'fo:font-weight="bold"'),
    meta="<dc:title>T</dc:title>",
)


def survives(count):
    outcomes = set()
    for content in damaged(SOUND, count):
        try:
            canonical_of(read_odt(File(content, "a.odt"), LIMITS).blocks)
            outcomes.add("read")
        except Refused:
            outcomes.add("refused")
    assert outcomes == {"read", "refused"}


def test_damaged_copies_are_read_or_refused():
    survives(150)


@pytest.mark.long
def test_many_damaged_copies_are_read_or_refused():
    survives(5_000)


@pytest.mark.corpus
def test_every_document_of_the_folder_is_read(corpus):
    paths = sorted((corpus / "odt").glob("*.odt"))
    assert len(paths) == 40
    for path in paths:
        extract = read(File(path.read_bytes(), path.name), LIMITS)
        assert extract.words or extract.warning, path.name
