"""Word documents: everything that one reads in them comes out, and what is left out is said."""

import pytest

from desktop_app.core.model import FactName
from desktop_app.core.text import BlockKind, SpanKind, canonical_of
from desktop_app.formats.extract import Refused
from desktop_app.formats.file import File
from desktop_app.formats.limits import Limits
from desktop_app.formats.office.docx.reader import read_docx
from desktop_app.formats.reading import read
from tests.formats.damage_for_tests import damaged
from tests.formats.office_for_tests import PNG, docx, para, zipped

LIMITS = Limits()
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def reading(body, **named):
    return read_docx(File(docx(body, **named), "a.docx"), LIMITS)


def kinds(found):
    return [(block.kind, block.level, block.number, block.text) for block in found.blocks]


def text(body, **named):
    return canonical_of(reading(body, **named).blocks)[0]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "a b\nc"),
        ("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/></w:r>", "a\u2011b\xad"),
        ('<w:r><w:sym w:font="Symbol" w:char="F061"/><w:t> \uf0b7</w:t></w:r>', "α •"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "✓"),
        ("<w:ins><w:r><w:t>kept</w:t></w:r></w:ins>", "kept"),
        (
            "<w:smartTag><w:r><w:t>in</w:t></w:r></w:smartTag><w:new><w:t>side</w:t></w:new>",
            "inside",
        ),
        ("<m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath>", "x+y"),
        ('<w:fldSimple w:instr="PAGE"><w:r><w:t>7</w:t></w:r></w:fldSimple>', "7"),
        (
            "<w:sdt><w:sdtPr><w:t>no</w:t></w:sdtPr><w:sdtContent><w:r><w:t>yes</w:t></w:r>"
            "</w:sdtContent></w:sdt>",
            "yes",
        ),
        (
            "<w:ruby><w:rubyPr/><w:rt><w:r><w:t>b</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>a</w:t>"
            "</w:r></w:rubyBase></w:ruby>",
            "(b)a",
        ),
    ],
)
def test_no_text_is_lost_whatever_it_stands_in(inside, expected):
    assert text(para(inside)) == expected


def test_runs_are_set_as_they_and_their_styles_say():
    styles = (
        '<w:style w:type="character" w:styleId="S"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr>'
        '</w:style><w:style w:styleId="T"><w:name w:val="X"/><w:basedOn w:val="S"/></w:style>'
    )
    (block,) = reading(
        para(
            '<w:r><w:rPr><w:rStyle w:val="T"/></w:rPr><w:t>bold</w:t></w:r>'
            '<w:r><w:rPr><w:rStyle w:val="T"/><w:b w:val="0"/><w:i/></w:rPr><w:t>italic</w:t></w:r>'
            '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>'
        ),
        parts={"styles": styles},
    ).blocks
    assert [(span.kind, block.text[span.start : span.end]) for span in block.spans] == [
        (SpanKind.BOLD, "bold"),
        (SpanKind.ITALIC, "italic"),
        (SpanKind.SUPERSCRIPT, "2"),
    ]


def test_headings_quotations_and_code_are_told_by_their_styles():
    styles = (
        '<w:style w:styleId="H"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:styleId="M"><w:name w:val="Mine"/><w:basedOn w:val="H"/></w:style>'
        '<w:style w:styleId="O"><w:name w:val="Own"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
        '</w:style><w:style w:styleId="Q"><w:name w:val="Quote"/></w:style>'
        '<w:style w:styleId="C"><w:name w:val="Source Code"/></w:style>'
        '<w:style w:styleId="L"><w:name w:val="a"/><w:basedOn w:val="L"/></w:style>'
    )
    body = "".join(
        para(name, properties=f'<w:pStyle w:val="{name}"/>') for name in ("H", "M", "O", "Q", "L")
    )
    code = para("one", properties='<w:pStyle w:val="C"/>') * 2
    found = kinds(reading(body + code, parts={"styles": styles}))
    assert [(kind, level) for kind, level, _, _ in found] == [
        (BlockKind.HEADING, 2),
        (BlockKind.HEADING, 2),
        (BlockKind.HEADING, 1),
        (BlockKind.QUOTATION, 0),
        (BlockKind.PARAGRAPH, 0),
        (BlockKind.PREFORMATTED, 0),
    ]
    assert found[-1][3] == "one\none"


NUMBERING = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt '
    'w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:numFmt '
    'w:val="lowerRoman"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText '
    'w:val="o"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num><w:num w:numId="3"><w:abstractNumId '
    'w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def item(words, number, level=0, style=""):
    return para(
        words,
        properties=f'{style}<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>',
    )


def test_lists_are_counted_as_word_counts_them():
    body = (
        item("three", 1) + item("a", 1, 1) + item("b", 1, 1) + para("between") + item("four", 1)
        + item("again", 1, 1) + item("dot", 2) + item("one", 3) + item("none", 0)
    )  # fmt: skip
    item_ = BlockKind.LIST_ITEM
    assert kinds(reading(body, parts={"numbering": NUMBERING})) == [
        (item_, 1, 3, "three"),
        (item_, 2, 1, "a"),
        (item_, 2, 2, "b"),
        (BlockKind.PARAGRAPH, 0, None, "between"),
        (item_, 1, 4, "four"),
        (item_, 2, 1, "again"),
        (item_, 1, None, "dot"),
        (item_, 1, 1, "one"),
        (BlockKind.PARAGRAPH, 0, None, "none"),
    ]


def test_a_numbered_heading_keeps_its_number():
    styles = '<w:style w:styleId="H"><w:name w:val="heading 1"/></w:style>'
    style = '<w:pStyle w:val="H"/>'
    body = item("One", 1, 0, style) + item("Inner", 1, 1, style)
    found = reading(body, parts={"numbering": NUMBERING, "styles": styles})
    assert [block.text for block in found.blocks] == ["3. One", "3.i Inner"]


def cells(*texts):
    return "<w:tr>" + "".join(f"<w:tc>{text}</w:tc>" for text in texts) + "</w:tr>"


def test_a_table_is_rows_and_one_that_only_places_text_is_paragraphs():
    data = f"<w:tbl>{cells(para('a') + para('b'), para('c'))}{cells(para('d'), para(''))}</w:tbl>"
    layout = f"<w:tbl>{cells(para('left'), ''.join(map(para, 'wxyz')))}</w:tbl>"
    box = f"<w:tbl>{cells(para('alone'))}</w:tbl>"
    assert [(kind, words) for kind, _, _, words in kinds(reading(data + layout + box))] == [
        (BlockKind.TABLE_ROW, "a b\tc"),
        (BlockKind.TABLE_ROW, "d\t"),
        *((BlockKind.PARAGRAPH, words) for words in ("left", *"wxyz", "alone")),
    ]


def test_tables_in_tables_without_end_are_refused_and_some_are_read():
    deep = "<w:tbl><w:tr><w:tc>" * 60 + para("deep") + "</w:tc></w:tr></w:tbl>" * 60
    assert text(deep) == "deep"
    with pytest.raises(Refused, match="nested more than 256 deep"):
        reading("<w:tbl><w:tr><w:tc>" * 30_000)


def test_notes_and_comments_stand_behind_the_text_with_their_own_pictures():
    picture = '<w:r><w:drawing><a:blip r:embed="p"/></w:drawing></w:r>'
    found = reading(
        para(
            '<w:r><w:t>Said</w:t><w:endnoteReference w:id="9"/><w:footnoteReference w:id="2"/>'
            '<w:commentReference w:id="5"/></w:r>'
        ),
        parts={
            "footnotes": f'<w:footnote w:id="2">{para("Foot.")}{para(picture)}</w:footnote>',
            "endnotes": f'<w:endnote w:id="9">{para("End.")}</w:endnote>',
            "comments": f'<w:comment w:id="5" w:author="Mary" w:initials="M">{para("Why?")}'
            "</w:comment>",
        },
        more={
            "word/_rels/footnotes.xml.rels": '<Relationships><Relationship Id="p" Type="image" '
            'Target="media/p.png"/></Relationships>',
            "word/media/p.png": PNG,
        },
    )
    first, *notes = found.blocks
    assert first.text == "Said[1][2][M1]"
    marks = [span.target for span in first.spans if span.kind is SpanKind.NOTE]
    assert marks == ["note-1", "note-2", "comment-1"]
    assert [(block.note, block.number, block.text) for block in notes] == [
        ("note-1", 1, "End."),
        ("note-2", 2, "Foot."),
        ("note-2", None, ""),
        ("comment-1", None, "Mary:"),
        ("comment-1", None, "Why?"),
    ]
    assert notes[2].picture.hash == found.pictures[0].hash


def test_a_note_that_marks_itself_or_is_marked_twice_stands_there_once():
    mark = '<w:r><w:t>x</w:t><w:footnoteReference w:id="1"/></w:r>'
    note = f'<w:footnote w:id="1">{para(mark + mark)}</w:footnote>'
    found = reading(para(mark + mark), parts={"footnotes": note})
    assert [block.text for block in found.blocks] == ["x[1]x[1]", "x[1]x[1]"]


def test_links_lead_out_and_fields_show_only_what_they_show():
    links = (
        f'<Relationship Id="l" Type="{RELATED}/hyperlink" Target="https://e.org/a" '
        'TargetMode="External"/>'
    )
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK '
        '"https://e.org/b"</w:instrText><w:t>hidden</w:t></w:r><w:r><w:fldChar '
        'w:fldCharType="separate"/></w:r><w:r><w:t>two</w:t></w:r><w:r><w:fldChar '
        'w:fldCharType="end"/></w:r><w:r><w:t> end</w:t></w:r>'
    )
    (block,) = reading(
        para(f'<w:hyperlink r:id="l"><w:r><w:t>one </w:t></w:r></w:hyperlink>{field}'), links=links
    ).blocks
    assert block.text == "one two end"
    assert [(block.text[s.start : s.end], s.target) for s in block.spans] == [
        ("one ", "https://e.org/a"),
        ("two", "https://e.org/b"),
    ]


def test_pictures_drawings_and_boxes_stand_behind_their_paragraph_once():
    links = (
        '<Relationship Id="p" Type="image" Target="media/p.png"/>'
        '<Relationship Id="d" Type="image" Target="media/d.emf"/>'
        '<Relationship Id="o" Type="image" Target="https://e.org/x.png" TargetMode="External"/>'
    )
    box = f"<w:txbxContent>{para('boxed')}</w:txbxContent>"
    found = reading(
        para(
            "<w:r><w:t>before</w:t><w:drawing><wp:inline><wp:docPr descr='A lamp'/>"
            "<a:blip r:embed='p'/></wp:inline></w:drawing><w:pict><v:imagedata r:id='d'/></w:pict>"
            "<w:drawing><a:blip r:link='o'/></w:drawing>"
            f"<mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback>"
            f"<w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent><w:t> after</w:t></w:r>"
        ),
        links=links,
        more={"word/media/p.png": PNG, "word/media/d.emf": b"x"},
    )
    assert [block.text for block in found.blocks] == ["before after", "A lamp", "", "", "boxed"]
    taken, drawing, remote = (block.picture for block in found.blocks[1:4])
    assert taken.hash == found.pictures[0].hash
    assert (drawing.hash, drawing.address) == (None, None)
    assert (remote.hash, remote.address) == (None, "https://e.org/x.png")
    assert found.warning is None


def test_what_is_left_out_is_said():
    deleted = "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:t>here</w:t></w:r>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
    found = reading(
        para(deleted) + para(hidden) + '<w:altChunk r:id="x"/>',
        more={"word/embeddings/a.xlsx": "x"},
    )
    empty = reading("", more={"word/embeddings/a.xlsx": "x"})
    assert (empty.warning or "").startswith(
        "It opens but holds no text. An object that is embedded"
    )
    assert [block.text for block in found.blocks] == ["here"]
    assert found.warning == (
        "Text that is marked as deleted was left out. Hidden text was left out. "
        "2 objects that are embedded in it were not read."
    )


def test_headers_are_read_only_where_there_is_nothing_else():
    header = {"header": para("in the header")}
    assert text(para("body"), parts=header) == "body"
    assert text("", parts=header) == "in the header"


@pytest.mark.parametrize(
    "named",
    [
        {"main": "word/document2.xml"},
        {"space": "http://purl.oclc.org/ooxml/wordprocessingml/main"},
        {"more": {"_rels/.rels": "<broken"}},
        {"more": {"word/_rels/document.xml.rels": "<broken"}},
    ],
)
def test_other_names_and_spaces_are_as_good(named):
    assert text(para("here"), **named) == "here"


def test_what_the_properties_say_is_proposed():
    core = (
        '<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:title>{}</dc:title>'
        "<dc:creator>Jane Doe;Windows User</dc:creator><dc:language>de-AT</dc:language>"
        "<dcterms:created>2019-05-06T07:08:09Z</dcterms:created></cp:coreProperties>"
    )

    def said(title):
        found = reading(para("The first line"), more={"docProps/core.xml": core.format(title)})
        chosen = {}
        for proposal in (*found.proposals, *found.language_stated):
            chosen.setdefault(proposal.fact, proposal.value)
        return chosen

    assert said("A Title") == {
        FactName.TITLE: "A Title",
        FactName.AUTHORS: ("Jane Doe",),
        FactName.PUBLISHED: "2019-05-06",
        FactName.LANGUAGE: "de",
    }
    assert said("Microsoft Word - draft.doc")[FactName.TITLE] == "The first line"


def test_entities_that_multiply_are_refused():
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w:document><w:t>&b;</w:t></w:document>'
    )
    with pytest.raises(Refused, match="entities"):
        reading("", more={"word/document.xml": bomb})


def test_a_password_is_said():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 5_000
    with pytest.raises(Refused, match="protected by a password"):
        read(File(ole + "EncryptedPackage".encode("utf-16-le"), "a.docx"), LIMITS)
    with pytest.raises(Refused, match="older Office document"):
        read(File(ole, "a.docx"), LIMITS)


def test_a_document_is_told_by_what_is_in_it():
    extract = read(File(docx(para("here")), "a.pdf"), LIMITS)
    assert extract.media_type.endswith("wordprocessingml.document")
    with pytest.raises(Refused, match="Excel workbook"):
        read(File(zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "a.docx"), LIMITS)


SOUND = docx(
    item("one", 1)
    + para('<w:r><w:t>Said</w:t><w:footnoteReference w:id="2"/></w:r>')
    + f"<w:tbl>{cells(para('a'), para('b'))}</w:tbl>",
    parts={"numbering": NUMBERING, "footnotes": f'<w:footnote w:id="2">{para("N")}</w:footnote>'},
)


def survives(count):
    outcomes = set()
    for content in damaged(SOUND, count):
        try:
            canonical_of(read_docx(File(content, "a.docx"), LIMITS).blocks)
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
def test_every_document_of_the_folder_is_read_or_has_a_password(corpus):
    refused = []
    paths = sorted((corpus / "docx").glob("*.docx"))
    for path in paths:
        try:
            read(File(path.read_bytes(), path.name), LIMITS)
        except Refused as refusal:
            refused.append(refusal.message)
    assert len(paths) == 69
    assert refused == ["It is protected by a password."] * 2
