"""The pages of a library's PDFs: drawn, read, marked; and what is said where they cannot be."""

import threading

import pytest

from desktop_app.core.errors import BadUsage, Problem
from desktop_app.library.highlight_commands import AddHighlight
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
