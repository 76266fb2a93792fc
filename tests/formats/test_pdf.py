"""PDFs written by hand: what comes out is what a reader would expect, and says where it stands."""

import unicodedata
from itertools import count, pairwise

import pypdfium2.raw as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.core.text import BlockKind, SpanKind
from desktop_app.formats.extract import Refused
from desktop_app.formats.file import File
from desktop_app.formats.finish import finish
from desktop_app.formats.limits import USUAL, Limits
from desktop_app.formats.pdf.document import attachment_in, open_page, open_pdf
from desktop_app.formats.pdf.letters import letters_of
from desktop_app.formats.pdf.reader import read_pdf
from desktop_app.formats.reading import read
from tests.formats.pdfs_for_tests import Page, pdf_of

PROSE = str.split(
    "The convoy waited at the bridge while the negotiators argued over the list of names, and"
    " when the list was read out in the square nobody answered to it. The clerk wrote that down,"
    " folded the paper twice, and gave it to the boy who had carried the water all morning long."
)


def extract_of(content, limits=USUAL):
    return read(File(content, "a.pdf"), limits)


def texts(extract, kind=None):
    return [b.text for b in extract.blocks if b.text and (kind is None or b.kind is kind)]


def set_lines(words, width):
    """Lines of words, each as full as a width in letters allows."""
    made = [words[0]]
    for word in words[1:]:
        if len(made[-1]) + 1 + len(word) <= width:
            made[-1] += " " + word
        else:
            made.append(word)
    return made


def page_letters(content):
    with open_pdf(content) as document:
        found = {}
        for index in range(document.pages):
            with open_page(document, index) as page:
                if not page:
                    continue
                text_page = pdfium.FPDFText_LoadPage(page)
                found[index + 1] = letters_of(text_page)
                pdfium.FPDFText_ClosePage(text_page)
        return found


def check_runs(content, extract):
    """Every letter of every block is the one that the page has at the place it names.

    Two things a page need not have: white space that joins, which is a run of its own, and a letter
    that NFC made of several, which is what those become.
    """
    letters = page_letters(content)
    checked = 0
    for block in extract.blocks:
        if not block.runs:
            continue
        page = letters[block.page]
        assert block.runs[0][0] == 0
        for (start, index), (end, after) in pairwise((*block.runs, (len(block.text), None))):
            text = block.text[start:end]
            there = page[index : index + len(text)]
            if text == there:
                checked += len(text)
                continue
            if text.isspace() and len(text) == 1:
                continue
            until = after if after is not None and after > index else index + len(text) + 3
            longer = [page[index:cut] for cut in range(index, until + 1)]
            assert text in [unicodedata.normalize("NFC", part) for part in longer], (text, there)
    return checked


def test_lines_become_paragraphs_with_their_page():
    page = Page().lines(70, 700, set_lines(PROSE, 60)).lines(70, 560, set_lines(PROSE, 60))
    content = pdf_of(page, Page().lines(70, 700, set_lines(PROSE, 60)))
    extract = extract_of(content)
    assert [(b.kind, b.page, b.text) for b in extract.blocks] == [
        (BlockKind.PAGE_BREAK, 1, ""),
        (BlockKind.PARAGRAPH, 1, " ".join(PROSE)),
        (BlockKind.PARAGRAPH, 1, " ".join(PROSE)),
        (BlockKind.PAGE_BREAK, 2, ""),
        (BlockKind.PARAGRAPH, 2, " ".join(PROSE)),
    ]
    assert extract.media_type == "application/pdf"
    assert extract.warning is None
    assert check_runs(content, extract) > 700


def test_a_paragraph_begins_where_a_line_is_set_in_or_the_last_one_ends_early():
    first, second = set_lines(PROSE, 60), set_lines(PROSE[:30], 58)
    page = Page().lines(70, 700, first)
    page.at(85, 700 - 12 * len(first), second[0])
    page.lines(70, 700 - 12 * (len(first) + 1), second[1:])
    assert texts(extract_of(pdf_of(page))) == [" ".join(PROSE), " ".join(PROSE[:30])]


def test_columns_are_read_one_after_the_other_and_a_paragraph_goes_on_in_the_next():
    lines = set_lines(PROSE * 3, 40)
    half = len(lines) // 2
    while not lines[half][0].islower() or lines[half - 1].endswith("."):
        half -= 1
    page = Page().lines(60, 700, lines[:half]).lines(310, 700, lines[half:])
    assert texts(extract_of(pdf_of(page))) == [" ".join(PROSE * 3)]


def test_columns_that_were_written_row_by_row_are_taken_apart():
    left = set_lines(PROSE * 2, 38)
    right = set_lines([word.upper() for word in PROSE] * 2, 34)
    page = Page()
    for number, (one, other) in enumerate(zip(left, right, strict=False)):
        page.at(60, 700 - 12 * number, one).at(320, 700 - 12 * number, other)
    content = pdf_of(page)
    extract = extract_of(content)
    (told,) = [" ".join(texts(extract))]
    count = min(len(left), len(right))
    assert told == " ".join(left[:count] + right[:count])
    check_runs(content, extract)


def test_a_table_is_rows_of_cells():
    rows = [
        ("Country", "Capital", "Area"),
        ("Austria", "Vienna", "83,879"),
        ("Italy", "Rome", "302"),
    ]
    page = Page().lines(70, 700, set_lines(PROSE, 60))
    for number, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            page.at(70 + 120 * place, 560 - 14 * number, cell)
    content = pdf_of(page)
    extract = extract_of(content)
    assert texts(extract, BlockKind.TABLE_ROW) == ["\t".join(cells) for cells in rows]
    check_runs(content, extract)


def test_a_word_cut_at_the_end_of_a_line_is_whole_again():
    page = Page().lines(
        70,
        700,
        [
            "It took the negoti-",
            "ators of the well-",
            "known party a week,",
            "and a well-known one.",
        ],
    )
    content = pdf_of(page)
    extract = extract_of(content)
    text = "It took the negotiators of the well-known party a week, and a well-known one."
    assert texts(extract) == [text]
    block = extract.blocks[1]
    at = text.index("ators")
    letters = page_letters(content)[1]
    index = dict(block.runs)[at]
    assert letters[index : index + 5] == "ators"
    assert letters[index - 1] != "i"
    check_runs(content, extract)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("They met Al-", "Assad in the old town", "They met Al-Assad in the old town"),
        ("In 2015-", "2016 it was quiet there", "In 2015-2016 it was quiet there"),
        ("The pre- and post-", "and all other wars", "The pre- and post- and all other wars"),
        ("It was – they said -", "another matter", "It was – they said - another matter"),
    ],
)  # fmt: skip
def test_a_hyphen_stays_where_it_belongs_to_the_word(before, after, expected):
    content = pdf_of(Page().lines(70, 700, [before, after]))
    extract = extract_of(content)
    assert texts(extract) == [expected]
    check_runs(content, extract)


def test_a_word_in_capitals_is_joined_where_it_is_known():
    page = Page().lines(
        70, 700, ["It says SEQUENCE, then SE-", "QUENCE, and UN-", "OCHA once more."]
    )
    assert texts(extract_of(pdf_of(page))) == [
        "It says SEQUENCE, then SEQUENCE, and UN-OCHA once more."
    ]


def test_soft_hyphens_are_dropped():
    letters = {code: chr(code) for code in range(32, 127)} | {ord("~"): "\u00ad"}
    page = Page().lines(70, 700, ["a soft~ly spoken inter~", "view of that day~"])
    content = pdf_of(page, to_unicode=letters)
    extract = extract_of(content)
    assert texts(extract) == ["a softly spoken interview of that day"]
    check_runs(content, extract)


def test_larger_and_bold_lines_are_headings_by_rank():
    page = (
        Page()
        .at(70, 760, "The Siege of the Old Town", size=20)
        .at(70, 720, "A Week at the Bridge", size=14)
        .lines(70, 690, set_lines(PROSE, 60))
        .at(70, 600, "What the clerk wrote", font="B")
        .lines(70, 588, set_lines(PROSE, 60))
    )
    extract = extract_of(pdf_of(page))
    headings = [(b.level, b.text) for b in extract.blocks if b.kind is BlockKind.HEADING]
    assert headings == [
        (1, "The Siege of the Old Town"),
        (2, "A Week at the Bridge"),
        (3, "What the clerk wrote"),
    ]


def test_bullets_and_numbers_make_list_items():
    page = Page().lines(70, 720, set_lines(PROSE, 60))
    page.at(70, 600, "\u2022 bread and water for the", font="F").at(80, 588, "convoy of the week")
    page.at(70, 576, "\u2022 a list of names")
    page.at(70, 564, "1. the first name of it").at(70, 552, "2. the second name")
    extract = extract_of(pdf_of(page))
    assert [(b.number, b.text) for b in extract.blocks if b.kind is BlockKind.LIST_ITEM] == [
        (None, "bread and water for the convoy of the week"),
        (None, "a list of names"),
        (1, "the first name of it"),
        (2, "the second name"),
    ]


def turned(page):
    """The page with all its text turned by a quarter, as scanners and slide programs write it."""
    made = Page(width=page.height, height=page.width, rotate=90)
    for drawn in page.content:
        x, y = (float(number) for number in drawn.split(b" Td ")[0].split()[-2:])
        head, tail = drawn.split(b" Tf ")
        text = tail.split(b" Td ", 1)[1]
        made.content.append(b"%s Tf 0 1 -1 0 %g %g Tm %s" % (head, page.height - y, x, text))
    return made


@pytest.mark.parametrize("shape", [lambda page: page, turned])
def test_running_heads_and_page_numbers_are_blocks_of_their_own(shape):
    pages = [
        Page()
        .at(70, 800, "Journal of Bridges 12")
        .lines(70, 700, set_lines(PROSE, 60))
        .at(290, 40, f"{number}")
        for number in range(1, 5)
    ]
    extract = extract_of(pdf_of(*map(shape, pages)))
    assert texts(extract) == [
        text
        for number in range(1, 5)
        for text in ("Journal of Bridges 12", " ".join(PROSE), f"{number}")
    ]


def test_a_title_that_the_next_pages_repeat_above_their_text_is_a_heading():
    head = "The Siege of the Old Town"
    first = Page().at(70, 780, head, size=20).lines(70, 700, set_lines(PROSE, 60))
    others = [Page().at(70, 780, head).lines(70, 700, set_lines(PROSE, 60)) for _ in range(3)]
    extract = extract_of(pdf_of(first, *others))
    assert [b.kind for b in extract.blocks if b.text == head] == [
        BlockKind.HEADING,
        *[BlockKind.PARAGRAPH] * 3,
    ]
    assert extract.proposals[0].value == head


def test_bold_italic_raised_and_linked_words_are_spans():
    page = Page(links=[((60, 655, 400, 668), "https://example.org/report")])
    page.at(70, 700, "Plain words and ").at(143, 700, "heavy", font="B").at(
        175, 700, "slanted", font="I"
    )
    page.at(70, 680, "Negotiators").at(122, 684, "12", size=6).at(132, 680, "came.")
    page.at(70, 660, "See the report").at(70, 640, "or https://example.com/a for more of it")
    extract = extract_of(pdf_of(page))
    spans = [
        (span.kind, block.text[span.start : span.end], span.target)
        for block in extract.blocks
        for span in block.spans
    ]
    assert (SpanKind.BOLD, "heavy", None) in spans
    assert (SpanKind.ITALIC, "slanted", None) in spans
    assert (SpanKind.SUPERSCRIPT, "12", None) in spans
    assert (SpanKind.LINK, "See the report", "https://example.org/report") in spans
    assert (SpanKind.LINK, "https://example.com/a", "https://example.com/a") in spans
    assert "Negotiators 12 came." in " ".join(texts(extract))


def test_a_turned_page_is_read_like_an_upright_one():
    page = Page(width=842, height=595, rotate=90)
    for number, line in enumerate(set_lines(PROSE, 60)):
        page.content.append(
            b"BT /F 10 Tf 0 1 -1 0 %d 60 Tm (%s) Tj ET" % (100 + 12 * number, line.encode())
        )
    assert texts(extract_of(pdf_of(page))) == [" ".join(PROSE)]


def test_bookmarks_are_chapters_and_one_that_runs_in_circles_ends():
    pages = [
        Page().at(70, 760, "First Part", size=16).lines(70, 700, set_lines(PROSE, 60)),
        Page()
        .lines(70, 700, set_lines(PROSE, 60))
        .lines(70, 400, ["Here the second", "part begins"]),
    ]
    outline = [("First Part", 0, None), ("Later", 1, 415.0), ("Top of two", 1, None)]
    for cyclic in (False, True):
        extract = extract_of(pdf_of(*pages, outline=outline, cyclic=cyclic))
        told = {c.title: extract.text.canonical[c.start :][:10] for c in extract.text.chapters}
        assert told == {
            "First Part": "First Part",
            "Later": "Here the s",
            "Top of two": "The convoy",
        }
        assert len(extract.text.chapters) == 3


def facts_of(content):
    found = {}
    for proposal in extract_of(content).proposals:
        found.setdefault(proposal.fact.value, []).append(proposal)
    return found


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("D:20160325233000-05'00'", "2016-03-25"),
        ("D:201603", "2016-03"),
        ("D:2016", "2016"),
        ("2016-03-25T10:00:00Z", "2016-03-25"),
        ("D:20161399", "2016"),
        ("yesterday", None),
        ("D:00000000", None),
    ],
)
def test_a_date_stays_as_partial_as_it_is(written, expected):
    page = Page().lines(70, 700, set_lines(PROSE, 60))
    found = facts_of(pdf_of(page, info={"CreationDate": written})).get("published", [])
    assert [proposal.value for proposal in found] == ([expected] if expected else [])


def test_what_the_file_names_goes_before_what_its_page_shows():
    page = Page().at(70, 760, "A Week at the Bridge", size=20).lines(70, 700, set_lines(PROSE, 60))
    page.at(70, 720, "By Jane Doe")
    info = {"Title": "The Siege of the Old Town", "Author": "Ann Lee; Bo Chan"}
    found = facts_of(pdf_of(page, info=info))
    assert [p.value for p in found["title"]][:2] == [info["Title"], "A Week at the Bridge"]
    assert [p.value for p in found["authors"]][:2] == [("Ann Lee", "Bo Chan"), ("Jane Doe",)]
    assert found["title"][0].origin.place == "PDF information"
    assert 0 < found["title"][1].origin.confidence < 1


@pytest.mark.parametrize(
    "title",
    ["Microsoft Word - draft_3.doc", "untitled", "Document1", "PowerPoint Presentation",
     "10.1080-0959", "final_report_v2", "C:\\Users\\x\\report.docx"],
)  # fmt: skip
def test_a_title_that_a_program_made_up_comes_last(title):
    page = Page().at(70, 760, "A Week at the Bridge", size=20).lines(70, 700, set_lines(PROSE, 60))
    titles = facts_of(pdf_of(page, info={"Title": title, "Author": "admin"}))["title"]
    assert titles[0].value == "A Week at the Bridge"
    assert titles[-1].value == title
    assert titles[-1].origin.confidence <= 0.1


XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/" prism:doi="10.1234/bridge.2016">
<dc:title><rdf:Alt><rdf:li xml:lang="de">Die Belagerung</rdf:li>
<rdf:li xml:lang="x-default">The Siege</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>Jane Doe</rdf:li><rdf:li>Bo Chan</rdf:li></rdf:Seq></dc:creator>
<prism:publicationName>Journal of Bridges</prism:publicationName>
<prism:coverDate>2016-03</prism:coverDate>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


@pytest.mark.parametrize("packed", [False, True])
def test_xmp_names_title_authors_date_journal_and_doi(packed):
    page = Page().lines(70, 700, set_lines(PROSE, 60))
    found = facts_of(pdf_of(page, xmp=XMP, packed_xmp=packed, language="en-GB"))
    assert found["title"][0].value == "The Siege"
    assert found["authors"][0].value == ("Jane Doe", "Bo Chan")
    assert found["published"][0].value == "2016-03"
    assert found["source"][0].value == "Journal of Bridges"
    assert found["url"][0].value == "https://doi.org/10.1234/bridge.2016"
    assert "en" in [proposal.value for proposal in found["language"]]


def test_entities_in_xmp_are_not_put_in():
    bomb = XMP.replace(
        "<x:xmpmeta", '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><x:xmpmeta', 1
    ).replace("The Siege", "&c;")
    found = facts_of(pdf_of(Page().lines(70, 700, set_lines(PROSE, 60)), xmp=bomb))
    assert all("bb" not in str(proposal.value) for proposal in found["title"])


def test_a_doi_on_the_first_page_is_its_address():
    page = Page().at(70, 760, "doi:10.1234/abc.56.").lines(70, 700, set_lines(PROSE, 60))
    assert facts_of(pdf_of(page))["url"][0].value == "https://doi.org/10.1234/abc.56"


def test_authors_are_guessed_from_below_the_title_of_a_paper():
    page = Page().at(70, 760, "A Week at the Bridge", size=20).lines(70, 700, set_lines(PROSE, 60))
    page.at(70, 735, "Jane Doe and Bo Chan", size=12)
    page.content.insert(1, page.content.pop())
    assert facts_of(pdf_of(page))["authors"][0].value == ("Jane Doe", "Bo Chan")


def test_one_that_opens_only_with_a_password_is_refused_and_says_so():
    page = Page().lines(70, 700, set_lines(PROSE, 60))
    with pytest.raises(Refused, match="password"):
        extract_of(pdf_of(page, password="secret"))


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", pdf_of(), b"%PDF-1.4\n" + bytes(range(256)) * 20],
)
def test_one_that_cannot_be_opened_is_refused_as_damaged(content):
    with pytest.raises(Refused, match="damaged"):
        extract_of(content)


def test_a_scanned_one_is_imported_and_says_so():
    extract = extract_of(pdf_of(Page(picture=True), Page(picture=True)))
    assert extract.words == 0
    assert "scanned" in extract.warning
    assert [b.page for b in extract.blocks] == [1, 2]


def test_an_empty_one_is_not_called_scanned():
    warning = extract_of(pdf_of(Page())).warning
    assert "no text" in warning
    assert "scanned" not in warning


def test_pages_without_text_are_counted():
    full = Page().lines(70, 700, set_lines(PROSE, 60))
    assert extract_of(pdf_of(full, Page(), full, Page())).warning == "2 of 4 pages hold no text."
    assert extract_of(pdf_of(full, Page())).warning == "One page holds no text."


def test_text_whose_letters_mean_nothing_is_said_to_be_unreadable():
    letters = {code: chr(0xE000 + code) for code in range(32, 127) if code != 32}
    page = Page().lines(70, 700, set_lines(PROSE, 60))
    assert "unreadable" in extract_of(pdf_of(page, to_unicode=letters)).warning


def test_letters_come_composed_and_know_where_they_stood():
    mapping = {ord("1"): "e", ord("2"): "\u0301", ord("3"): "\u212b", ord("4"): "ﬁ"}
    page = Page().lines(70, 700, ["caf12 3ngstr 4nal words", "go on from there"])
    content = pdf_of(page, to_unicode={c: chr(c) for c in range(97, 123)} | mapping | {32: " "})
    extract = extract_of(content)
    assert texts(extract)[0].startswith("café Ångstr")
    assert unicodedata.is_normalized("NFC", extract.text.canonical)
    check_runs(content, extract)


def test_comments_and_filled_fields_stand_behind_the_text_of_their_page():
    page = Page(
        notes=[b"/Subtype /Text /Contents (Whose list?)", b"/Subtype /Widget /FT /Tx /V (Jane)"]
    )
    page.notes.append(b"/Subtype /Text /Contents (Not seen) /F 2")
    page.lines(70, 700, set_lines(PROSE, 60))
    extract = extract_of(pdf_of(page, Page(notes=page.notes[1:])))
    assert [(b.kind, b.page, b.text) for b in extract.blocks if b.text] == [
        (BlockKind.PARAGRAPH, 1, " ".join(PROSE)),
        (BlockKind.QUOTATION, 1, "Whose list?"),
        (BlockKind.PARAGRAPH, 1, "Jane"),
        (BlockKind.PARAGRAPH, 2, "Jane"),
    ]
    assert "written onto" in extract_of(pdf_of(Page(notes=page.notes[1:]))).warning


def test_attachments_are_listed_and_can_be_taken_out():
    page = Page().lines(70, 700, set_lines(PROSE, 60))
    content = pdf_of(page, attachments={"data.csv": b"a,b\n1,2\n"})
    (attachment,) = extract_of(content).attachments
    assert (attachment.name, attachment.size_bytes) == ("data.csv", 8)
    assert attachment_in(content, 0, 1_000) == ("data.csv", b"a,b\n1,2\n")
    for number, limit in ((1, 1_000), (-1, 1_000), (0, 7)):
        with pytest.raises(Refused):
            attachment_in(content, number, limit)


def test_more_blocks_than_a_text_may_have_are_refused():
    pages = [Page() for _ in range(30)]
    with pytest.raises(Refused, match="paragraphs"):
        extract_of(pdf_of(*pages), limits=Limits(blocks=20))


def test_what_stands_before_the_header_does_no_harm():
    content = pdf_of(Page().lines(70, 700, set_lines(PROSE, 60)))
    assert extract_of(b"\x00junk\n" + content).words
    assert extract_of(content.replace(b"%PDF-1.7\n", b"%", 1)).words


WORDS = st.lists(
    st.text("abcdefgXYZ\xe4\xe9-.,:;()•0123456789\u00ad", min_size=1, max_size=12),
    min_size=1,
    max_size=40,
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            WORDS, st.integers(12, 60), st.sampled_from([60, 75, 310]), st.sampled_from([9, 10, 15])
        ),
        min_size=1,
        max_size=4,
    ),
    st.dictionaries(st.integers(97, 103), st.sampled_from(["\u0301", "e", "\u212b", "ﬁ", "अ", "़"])),
)
def test_text_and_page_agree_letter_by_letter(parts, mapping):
    page = Page()
    y = 780.0
    for words, width, x, size in parts:
        lines = set_lines(words, width)[: int((y - 40) / 14)]
        page.lines(x, y, lines, size=size, leading=14)
        y -= 14 * len(lines) + 6
    to_unicode = {code: chr(code) for code in range(32, 127)} | mapping if mapping else None
    content = pdf_of(page, to_unicode=to_unicode)
    check_runs(content, extract_of(content))
    check_runs(content, read_plainly(content))


def ticking(seconds):
    """A clock that goes on by so many seconds each time it is asked."""
    ticks = count()
    return lambda: next(ticks) * seconds


def read_plainly(content, *, seconds=1_000.0):
    """Read a PDF with a clock by which it takes long."""
    return finish(
        read_pdf(File(content, "a.pdf"), USUAL, clock=ticking(seconds)), "application/pdf"
    )


def book(pages):
    """Pages with a heading in larger letters, two paragraphs, a running head and a number."""
    return [
        Page()
        .at(70, 800, "Journal of Bridges 12")
        .at(70, 716, f"What happened in Week {number}", size=20)
        .lines(70, 690, set_lines(PROSE, 60))
        .lines(70, 600, set_lines([*PROSE[number:], *PROSE[:number]], 60))
        .at(290, 40, f"{number}")
        for number in range(1, pages + 1)
    ]


def test_where_the_time_is_short_the_rest_is_read_the_plain_way_and_said():
    content = pdf_of(*book(30), outline=[("Later", 20, 700.0)])
    careful = extract_of(content)
    # 30 seconds are given and a second passes with each page.
    plain = read_plainly(content, seconds=1.0)
    assert [b for b in plain.blocks if b.page < 13] == [b for b in careful.blocks if b.page < 13]
    for number in range(1, 31):
        told = [
            [block.text for block in extract.blocks if block.page == number]
            for extract in (plain, careful)
        ]
        assert " ".join(told[0]) == " ".join(told[1])
        assert told[0][:3] == ["", "Journal of Bridges 12", f"What happened in Week {number}"]
        assert told[0][-1] == f"{number}"
    headings = [b.page for b in plain.blocks if b.kind is BlockKind.HEADING]
    assert headings == list(range(1, 13))
    assert plain.warning == (
        "Headings, columns and tables were not looked for from page 13 on, as that would have"
        " taken too long."
    )
    assert [c.title for c in plain.text.chapters] == ["Later"]
    assert careful.warning is None
    assert check_runs(content, plain) > 17_000


def test_a_document_all_read_the_plain_way_has_its_paragraphs_words_and_links():
    page = Page(notes=[b"/Subtype /Text /Contents (Whose list?)"]).lines(
        70,
        700,
        [
            "It took the negoti-",
            "ators of the party a week and another day to",
            "agree upon it, see https://example.com/a for more.",
            "1. the first name of the list that was read out",
            "2. the second name of the list that was read out",
        ],
    )
    content = pdf_of(page)
    extract = read_plainly(content)
    assert [(b.kind, b.text) for b in extract.blocks if b.text] == [
        (
            BlockKind.PARAGRAPH,
            "It took the negotiators of the party a week and another day to agree upon it, see"
            " https://example.com/a for more.",
        ),
        (BlockKind.LIST_ITEM, "the first name of the list that was read out"),
        (BlockKind.LIST_ITEM, "the second name of the list that was read out"),
        (BlockKind.QUOTATION, "Whose list?"),
    ]
    assert [s.target for b in extract.blocks for s in b.spans] == ["https://example.com/a"]
    assert extract.warning.startswith("Headings, columns and tables were not looked for, as")
    check_runs(content, extract)


def test_a_scanned_page_and_one_that_holds_nothing_are_said_of_the_plain_way_too():
    full = Page().lines(70, 700, set_lines(PROSE, 60))
    assert "One page holds no text." in read_plainly(pdf_of(full, Page())).warning
    assert "scanned" in read_plainly(pdf_of(Page(picture=True))).warning


@pytest.mark.parametrize(
    "mapping",
    [
        {},
        {"e": "\x03", "t": "\x02", "a": "\x01"},
        {"e": "\U0001f600", "t": "\x03"},
        {"e": "\ue010", "t": "\ufffe", "a": "\ufb01", "o": "\u05d0"},
        {"e": "\u00ad", "t": "\u0301", "a": "\ufffd", "o": "\ud7a3"},
    ],
)
def test_letters_taken_at_once_are_those_that_pdfium_has_one_by_one(mapping):
    letters = {code: chr(code) for code in range(32, 127)}
    letters |= {ord(key): value for key, value in mapping.items()}
    content = pdf_of(Page().lines(70, 700, ["a cut-", *set_lines(PROSE, 60)]), to_unicode=letters)
    with open_pdf(content) as document, open_page(document, 0) as page:
        text_page = pdfium.FPDFText_LoadPage(page)
        together = letters_of(text_page)
        total = pdfium.FPDFText_CountChars(text_page)
        codes = [pdfium.FPDFText_GetUnicode(text_page, at) for at in range(total)]
        pdfium.FPDFText_ClosePage(text_page)
    assert len(together) == total
    for letter, code in zip(together, codes, strict=True):
        if 32 <= code < 0xD800 and code not in (0x85, 0x7F):
            assert letter == chr(code)
        elif 0xD800 <= code < 0xE000:
            assert letter in "\U0001f600\x00"
        elif code == 2:
            assert letter == "-"
        elif chr(code) in "\r\n":
            assert letter == " "
        else:
            assert letter in (chr(code), "\x00")
