"""EPUB: a book's text in its order, with what belongs to it; locks are said, tricks are refused."""

import pytest

from desktop_app.core.model import FactName
from desktop_app.core.text import BlockKind, SpanKind, canonical_of
from desktop_app.formats.epub.reader import read_epub
from desktop_app.formats.extract import Refused
from desktop_app.formats.file import File
from desktop_app.formats.limits import Limits
from tests.formats.damage_for_tests import damaged
from tests.formats.office_for_tests import NAV, PNG, epub, page, zipped

LIMITS = Limits()
LINK = '<item id="toc" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
NCX = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'


def reading(content):
    return read_epub(File(content, "a.epub"), LIMITS)


def texts(content):
    return [block.text for block in reading(content).blocks]


def chosen(content):
    said = {}
    found = reading(content)
    for proposal in (*found.proposals, *found.language_stated):
        said.setdefault(proposal.fact, proposal.value)
    return said


def test_chapters_come_in_reading_order_those_beside_it_last():
    book = epub(
        {"b.xhtml": page("<p>two</p>"), "a.xhtml": page("<p>one</p>"), "c.xhtml": page("<p>x</p>")},
        spine='<itemref idref="c.xhtml" linear="no"/><itemref idref="a.xhtml"/>'
        '<itemref idref="b.xhtml"/><itemref idref="a.xhtml"/>',
    )
    assert texts(book) == ["one", "two", "x"]


def test_a_chapter_without_a_heading_gets_none():
    (block,) = reading(epub({"a.xhtml": page("<p>only text</p>")})).blocks
    assert block.kind is BlockKind.PARAGRAPH


def test_the_package_is_found_where_nothing_names_it():
    book = epub({"a.xhtml": page("<p>one</p>")}, more={"META-INF/container.xml": "<broken"})
    assert texts(book) == ["one"]


def test_tag_soup_is_read_as_browsers_would():
    assert texts(epub({"a.xhtml": "<html><body><p>one<p>two &amp; <b>three</p>"})) == [
        "one",
        "two & three",
    ]


def test_a_name_that_no_element_can_have_is_passed_over():
    book = epub({"a.xhtml": '<html><body><p>one</p><sp"220">two</sp><b0">three'})
    assert "".join(texts(book)).split() == ["onetwothree"]


def test_page_numbers_of_the_printed_book_do_not_stand_among_the_words():
    body = (
        "<p>His new <span epub:type='pagebreak' id='p3' title='3'>3</span>suit.</p>"
        "<div role='doc-pagebreak' id='p4'>4</div><div role='doc-pagebreak'><p>A page that is"
        " wrapped in its mark.</p></div><nav epub:type='page-list'><ol><li><a href='#p3'>3</a>"
        "</li></ol></nav><nav epub:type='landmarks' hidden=''><ol><li>Begin</li></ol></nav>"
        "<nav epub:type='toc'><p>Contents</p></nav>"
    )
    book = epub({"a.xhtml": page(body)})
    assert texts(book) == ["His new suit.", "A page that is wrapped in its mark.", "Contents"]


def test_a_missing_part_is_said_and_what_stands_in_is_taken():
    book = epub(
        {"a.xhtml": page("<p>one</p>"), "f.xhtml": page("<p>instead</p>")},
        items='<item id="j" href="data.json" media-type="application/json" fallback="f.xhtml"/>'
        '<item id="l" href="l.json" media-type="application/json" fallback="l"/>',
        spine='<itemref idref="a.xhtml"/><itemref idref="j"/><itemref idref="gone"/>'
        '<itemref idref="l"/>',
    )
    found = reading(book)
    assert [block.text for block in found.blocks] == ["one", "instead"]
    assert found.warning == "2 parts of the book are missing or cannot be read."


@pytest.mark.parametrize("kind", ["nav", "ncx"])
def test_the_table_of_contents_leads_to_its_places(kind):
    chapters = {
        "a.xhtml": page("<h1>First</h1><p>text</p><h2 id='s'>Inner</h2><p>more</p>"),
        "b.xhtml": page("<p>untitled</p>"),
    }
    nav = (
        '<li><span>Part</span><ol><li><a href="a.xhtml">First</a><ol><li><a href="a.xhtml#s">In'
        '</a></li></ol></li></ol></li><li><a href="b.xhtml#gone">Second</a></li>'
        '<li><a href="http://e.org">Away</a></li>'
    )

    def point(label, source, inner=""):
        label = f"<navLabel><text>{label}</text></navLabel>"
        return f"<navPoint>{label}<content src='{source}'/>{inner}</navPoint>"

    inner = point("First", "a.xhtml", point("In", "a.xhtml#s"))
    ncx = f"<ncx><navMap>{point('Part', '', inner)}{point('Second', 'b.xhtml#gone')}</navMap></ncx>"
    book = (
        epub(chapters, items=LINK, more={"OPS/nav.xhtml": NAV % nav})
        if kind == "nav"
        else epub(chapters, items=NCX, spine_attributes='toc="ncx"', more={"OPS/toc.ncx": ncx})
    )
    assert reading(book).chapters == [
        (1, "Part", 0),
        (2, "First", 0),
        (3, "In", 2),
        (1, "Second", 4),
    ]


def test_a_table_of_contents_that_is_damaged_costs_only_itself():
    book = epub(
        {"a.xhtml": page("<p>one</p>")}, items=LINK, more={"OPS/nav.xhtml": "<ol>" * 100_000}
    )
    found = reading(book)
    assert (len(found.blocks), found.chapters) == (1, [])


def test_contents_that_lead_in_circles_or_nowhere_are_harmless():
    circle = '<li><a href="nav.xhtml">Contents</a><ol><li><a href="#">Again</a></li></ol></li>'
    deep = "<li><a href='a.xhtml'>x</a><ol>" * 60 + "</ol></li>" * 60
    book = epub(
        {"a.xhtml": page("<p>one</p>"), "nav.xhtml": NAV % (circle + deep)},
        items=LINK.replace("toc", "nav2"),
    )
    assert reading(book).chapters


def test_notes_are_notes_also_in_another_file():
    book = epub(
        {
            "a.xhtml": page(
                '<p>Said<a epub:type="noteref" href="#n1">1</a> and'
                '<sup><a id="r2" href="notes.xhtml#n2">2</a></sup>.</p>'
                '<aside epub:type="footnote" id="n1"><p>Near.</p></aside>'
            ),
            "notes.xhtml": page('<p id="n2"><a href="a.xhtml#r2">2</a> Far.</p>'),
        }
    )
    first, near, far = reading(book).blocks
    marks = [span.target for span in first.spans if span.kind is SpanKind.NOTE]
    assert marks == [near.note, far.note]
    assert None not in marks


def test_pictures_are_found_beside_the_chapter_and_inside_drawings():
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<title>Wrapped</title><image xlink:href="../img/a%20b.png"/></svg>'
    )
    book = epub(
        {"text/a.xhtml": page(f'<p>x</p><img src="../img/a%20b.png" alt="A lamp"/>{svg}')},
        more={"OPS/img/a b.png": PNG},
    )
    found = reading(book)
    images = [block for block in found.blocks if block.kind is BlockKind.IMAGE]
    assert [image.text for image in images] == ["A lamp", "Wrapped"]
    assert {image.picture.hash for image in images} == {found.pictures[0].hash}


def test_pages_that_are_pictures_or_drawings_are_read():
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><title>T</title><text>Words</text></svg>'
    book = epub(
        {"a.xhtml": page("<p>one</p>")},
        items='<item id="p" href="p.png" media-type="image/png"/>'
        '<item id="d" href="d.svg" media-type="image/svg+xml"/>',
        spine='<itemref idref="a.xhtml"/><itemref idref="p"/><itemref idref="d"/>',
        more={"OPS/p.png": PNG, "OPS/d.svg": drawing},
    )
    found = reading(book)
    assert [block.text for block in found.blocks] == ["one", "", "T", "Words"]
    assert len(found.pictures) == 1


ENCRYPTED = (
    '<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>'
    '<enc:EncryptionMethod Algorithm="{}"/><enc:CipherData><enc:CipherReference URI="OPS/a.xhtml"/>'
    "</enc:CipherData></enc:EncryptedData></encryption>"
)


@pytest.mark.parametrize(
    "more",
    [
        {
            "META-INF/encryption.xml": ENCRYPTED.format(
                "http://www.w3.org/2001/04/xmlenc#aes128-cbc"
            )
        },
        {"META-INF/rights.xml": "<rights/>"},
        {"META-INF/license.lcpl": "{}"},
        {"META-INF/sinf.xml": "<sinf/>"},
    ],
)
def test_a_locked_book_is_said_to_be_locked(more):
    with pytest.raises(Refused, match="protected by DRM"):
        reading(epub({"a.xhtml": page("<p>one</p>")}, more=more))


def test_mixed_up_fonts_lock_nothing():
    encryption = ENCRYPTED.format("http://www.idpf.org/2008/embedding")
    book = epub({"a.xhtml": page("<p>one</p>")}, more={"META-INF/encryption.xml": encryption})
    assert texts(book) == ["one"]


def test_what_the_book_says_about_itself_is_proposed():
    metadata = (
        '<dc:title id="s">Subtitle</dc:title><meta refines="#s" property="title-type">subtitle'
        '</meta><dc:title id="t">The Title</dc:title><meta refines="#t" property="title-type">main'
        '</meta><dc:creator opf:role="edt">An Editor</dc:creator>'
        '<dc:creator id="p" opf:role="aut">Poe, Edgar Allan</dc:creator>'
        '<meta refines="#p" property="display-seq">2</meta>'
        '<dc:creator id="d">Jane Doe</dc:creator><meta refines="#d" property="display-seq">1</meta>'
        '<dc:date opf:event="modification">2020-01-01</dc:date><dc:date>1849-10</dc:date>'
        "<dc:publisher>A House</dc:publisher><dc:language>en-GB</dc:language>"
        "<dc:identifier>urn:isbn:1</dc:identifier><dc:identifier>doi:10.1000/x1</dc:identifier>"
    )
    assert chosen(epub({"a.xhtml": page("<p>one</p>")}, metadata=metadata)) == {
        FactName.TITLE: "The Title",
        FactName.AUTHORS: ("Jane Doe", "Edgar Allan Poe"),
        FactName.PUBLISHED: "1849-10",
        FactName.SOURCE: "A House",
        FactName.LANGUAGE: "en",
        FactName.URL: "https://doi.org/10.1000/x1",
    }


def test_a_book_that_says_nothing_has_its_first_heading_as_title():
    book = epub({"a.xhtml": page("<h1>Called so</h1><p>one</p>")})
    assert chosen(book)[FactName.TITLE] == "Called so"


def test_a_book_of_many_parts_beyond_the_limit_is_refused():
    chapters = {f"{number}.xhtml": page("<p>words</p>" * 300) for number in range(20)}
    with pytest.raises(Refused, match="The text of the book is larger"):
        read_epub(File(epub(chapters), "a.epub"), Limits(text_bytes=50_000))


def test_entities_that_multiply_are_refused():
    lines = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    bomb = f'<!DOCTYPE html [<!ENTITY e0 "ha">{lines}]><html><body><p>&e9;</p></body></html>'
    with pytest.raises(Refused, match="entities"):
        reading(epub({"a.xhtml": bomb}))


@pytest.mark.parametrize("files", [{}, {"mimetype": "application/epub+zip", "a.txt": "x"}])
def test_what_has_no_package_is_refused(files):
    with pytest.raises(Refused, match="no whole EPUB"):
        reading(zipped(files or {"a": "b"}))


SOUND = epub(
    {
        "a.xhtml": page('<h1 id="x">One</h1><p>Text<a href="#n">1</a></p><img src="p.png"/>'),
        "b.xhtml": page("<table><tr><td>a</td><td>b</td></tr></table>"),
    },
    metadata="<dc:title>T</dc:title>",
    items=LINK,
    more={"OPS/nav.xhtml": NAV % '<li><a href="a.xhtml#x">One</a></li>', "OPS/p.png": PNG},
)


def survives(count):
    outcomes = set()
    for content in damaged(SOUND, count):
        try:
            canonical_of(reading(content).blocks)
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
def test_every_book_of_the_folder_is_read(corpus):
    books = sorted((corpus / "epub").glob("*.epub"))
    assert len(books) > 100
    for path in books:
        found = read_epub(File(path.read_bytes(), path.name), LIMITS)
        assert found.blocks, path.name


def test_how_a_word_is_read_aloud_stands_in_brackets_behind_it():
    plain = "<ruby>奇麗<rt>きれい</rt></ruby>に"
    careful = "<ruby>奇麗<rp>（</rp><rt>きれい</rt><rp>）</rp></ruby>に"
    book = epub({"a.xhtml": page(f"<p>{plain}</p><p>{careful}</p>")})
    assert texts(book) == ["奇麗(きれい)に"] * 2
