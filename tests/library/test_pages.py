"""The pages of a library's PDFs: drawn, read, marked; and what is said where they cannot be."""

import ctypes
import threading

import pypdfium2
import pytest
from pypdfium2 import raw

from desktop_app.core.errors import BadUsage, Problem
from desktop_app.core.highlights import MARK_COLOURS, MarkStyle
from desktop_app.library.highlight_commands import AddHighlight
from desktop_app.library.tags.commands import CreateTag
from tests.formats.pages_for_tests import bare, under
from tests.formats.pdfs_for_tests import Page, pdf_of
from tests.formats.test_pdf import PROSE, set_lines

LINES = set_lines(PROSE, 60)


@pytest.fixture
def book(library, bring):
    """The pages of a PDF of two pages, and its id."""
    content = pdf_of(Page().lines(70, 700, LINES), Page(width=300, height=200).at(70, 100, "End."))
    (outcome,) = bring(content, names=["a.pdf"])
    made = library.pages(outcome.document)
    yield made, outcome.document
    made.close()


def test_a_document_that_is_no_pdf_has_no_pages(library, bring):
    (outcome,) = bring("The ferry left.")
    assert library.pages(outcome.document) is None


def test_pages_are_counted_from_one_and_their_sizes_known_at_once(book):
    pages, _ = book
    assert pages.count == 2
    assert pages.size(1) == (595, 842)
    assert pages.size(2) == (300, 200)
    for wrong in (0, 3):
        with pytest.raises(BadUsage, match="no page"):
            pages.size(wrong)
        with pytest.raises(Problem, match="no page"):
            pages.draw(wrong, 1.0)


def test_a_page_is_drawn_and_its_letters_are_those_of_the_text(library, book):
    pages, document = book
    image = pages.draw(2, 2.0)
    assert (image.width, image.height) == (600, 400)
    turned = pages.draw(2, 2.0, rotation=1, part=(0, 0, 40, 50))
    assert (turned.width, turned.height) == (40, 50)
    text = library.text(document)
    drawn = pages.places(text, 0, len(text.canonical))
    assert drawn.whole
    found = "".join(under(pages.letters(page), drawn.on(page)) for page in (1, 2))
    assert bare(found) == bare(text.canonical)
    assert pages.letters(1) is pages.letters(1)


def test_pages_may_be_asked_for_without_waiting(book):
    pages, _ = book
    come, answers = threading.Event(), []
    pages.ask(2, 1.0, lambda answer: (answers.append(answer), come.set()))
    assert come.wait(30)
    assert answers[0].width == 300


def test_several_threads_may_ask_at_once(book):
    pages, _ = book
    widths = []
    threads = [
        threading.Thread(target=lambda: widths.append(pages.draw(1, 0.5).width)) for _ in range(6)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    assert widths == [298] * 6


def test_a_highlight_keeps_its_page_and_its_quads(library, book):
    pages, document = book
    text = library.text(document)
    start = text.canonical.index("argued over")
    end = start + len("argued over")
    quads = pages.places(text, start, end).on(1)
    library.run(AddHighlight(document, text.version, start, end, quads=quads))
    (kept,) = library.marks.of(document)
    assert kept.anchor.page == 1
    assert kept.anchor.quads == quads
    assert bare(under(pages.letters(1), kept.anchor.quads)) == "arguedover"
    library.undo()
    assert library.marks.of(document) == []
    library.redo()
    (again,) = library.marks.of(document)
    assert again.anchor == kept.anchor


def test_an_original_that_is_missing_is_said(library, bring):
    (outcome,) = bring(pdf_of(Page().at(70, 700, "Some text.")), names=["a.pdf"])
    (document,) = library.documents([outcome.document])
    path = library.folder / "originals" / document.original[:2] / document.original
    path.unlink()
    with pytest.raises(Problem, match="is missing"):
        library.pages(outcome.document)


def test_a_document_that_is_gone_is_said(library):
    with pytest.raises(BadUsage, match="no longer"):
        library.pages(4711)


def test_pages_that_were_closed_say_so_and_others_stay(library, book):
    pages, document = book
    other = library.pages(document)
    pages.close()
    pages.close()
    with pytest.raises(Problem, match="closed"):
        pages.draw(1, 1.0)
    assert other.draw(2, 1.0).width == 300
    other.close()


COLOURS = dict.fromkeys(MARK_COLOURS, (250, 220, 40)) | {"green": (40, 220, 90)}


def annotations_of(content):
    """What stands on each page of a PDF: (page, kind, quads, colour, note)."""
    found = []
    with pypdfium2.PdfDocument(content) as pdf:
        for number, page in enumerate(pdf, 1):
            for index in range(raw.FPDFPage_GetAnnotCount(page)):
                note = raw.FPDFPage_GetAnnot(page, index)
                colour = [ctypes.c_uint() for _ in range(4)]
                raw.FPDFAnnot_GetColor(note, raw.FPDFANNOT_COLORTYPE_Color, *colour)
                points = raw.FS_QUADPOINTSF()
                quads = []
                for at in range(raw.FPDFAnnot_CountAttachmentPoints(note)):
                    raw.FPDFAnnot_GetAttachmentPoints(note, at, points)
                    quads.append(
                        [getattr(points, f"{axis}{n}") for n in range(1, 5) for axis in "xy"]
                    )
                room = (ctypes.c_ushort * 2_000)()
                length = raw.FPDFAnnot_GetStringValue(note, b"Contents", room, 4_000)
                said = bytes(room)[: length - 2].decode("utf-16-le")
                kind = raw.FPDFAnnot_GetSubtype(note)
                found.append((number, kind, quads, [each.value for each in colour[:3]], said))
                raw.FPDFPage_CloseAnnot(note)
    return found


def test_a_copy_of_the_pdf_has_the_highlights_with_their_notes(library, book):
    pages, document = book
    text = library.text(document)
    before = library.original(document)[1]
    start = text.canonical.index("argued over")
    library.run(CreateTag("place/quay"))
    tag = library.tag_tree(counted=False).find("place/quay")
    library.run(
        AddHighlight(
            document,
            text.version,
            start,
            start + 150,
            colour="green",
            note="Naïve: “so”? 🛳",
            tags=(tag.id,),
        )
    )
    end = text.canonical.index("End.")
    library.run(AddHighlight(document, text.version, end, end + 4, style=MarkStyle.UNDERLINE))
    made = library.marked_pages(document, COLOURS)
    assert (made.marked, made.left_out) == (2, 0)
    assert library.original(document)[1] == before
    first, second = annotations_of(made.content)
    assert first[:2] == (1, raw.FPDF_ANNOT_HIGHLIGHT)
    assert first[3] == [40, 220, 90]
    assert first[4] == "Naïve: “so”? 🛳\n\nTags: place/quay"
    drawn = pages.places(text, start, start + 150).on(1)
    assert len(first[2]) == len(drawn) > 1
    for there, quad in zip(first[2], drawn, strict=True):
        assert there == pytest.approx([*quad[6:8], *quad[4:6], *quad[0:2], *quad[2:4]], abs=0.01)
    assert second[:2] == (2, raw.FPDF_ANNOT_UNDERLINE)
    # Its text is what it was, and the highlight is seen.
    with pypdfium2.PdfDocument(made.content) as pdf:
        shown = pdf[0].render(may_draw_forms=False).to_pil().convert("RGB")
        assert (40, 220, 90) in {colour for _, colour in shown.getcolors(1 << 20)}
        assert "argued over" in pdf[0].get_textpage().get_text_range().replace("\r\n", " ")


def test_a_highlight_that_goes_over_a_page_is_on_both(library, book):
    _, document = book
    text = library.text(document)
    end = len(text.canonical)
    library.run(AddHighlight(document, text.version, end - 30, end, note="Over the edge."))
    found = annotations_of(library.marked_pages(document, COLOURS).content)
    assert [(page, note) for page, *_, note in found] == [(1, "Over the edge."), (2, "")]


def test_without_a_highlight_on_the_pages_nothing_is_written(library, bring, book):
    _, document = book
    with pytest.raises(BadUsage, match="No highlight"):
        library.marked_pages(document, COLOURS)
    (outcome,) = bring("The ferry left.")
    with pytest.raises(BadUsage, match="no PDF"):
        library.marked_pages(outcome.document, COLOURS)


def test_what_was_written_onto_a_page_is_left_out_and_counted(library, bring):
    note = b"/Subtype /Text /Contents (A remark of somebody)"
    content = pdf_of(Page(notes=[note]).at(70, 700, "The clerk wrote that down."))
    (outcome,) = bring(content, names=["a.pdf"])
    text = library.text(outcome.document)
    for words in ("A remark", "The clerk"):
        start = text.canonical.index(words)
        library.run(AddHighlight(outcome.document, text.version, start, start + len(words)))
    made = library.marked_pages(outcome.document, COLOURS)
    assert (made.marked, made.left_out) == (1, 1)
    assert len(annotations_of(made.content)) == 2  # the remark that was there stays
