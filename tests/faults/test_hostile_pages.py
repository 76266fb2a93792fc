"""PDFs made to hurt, drawn: each page is drawn or refused in words, and the process goes on."""

import threading

import pytest

from desktop_app.core.errors import Problem
from desktop_app.core.pages import PageImage, PageLetters, PageMark
from desktop_app.core.pdf_places import PageMap, quads_on
from desktop_app.formats.extract import Refused
from desktop_app.formats.file import File
from desktop_app.formats.limits import Limits
from desktop_app.formats.process.pages import PageProcess
from desktop_app.formats.reading import read
from tests.faults.test_hostile_pdf import HOW_MANY, damaged, sound_ones
from tests.formats.pdfs_for_tests import Page, pdf_of


def answer_of(ask):
    come, answers = threading.Event(), []
    ask(lambda answer: (answers.append(answer), come.set()))
    assert come.wait(60)
    return answers[0]


@pytest.mark.parametrize("count", HOW_MANY)
def test_each_page_of_a_damaged_pdf_is_drawn_or_refused(count):
    sources = list(sound_ones())
    process = PageProcess(Limits(page_s=10))
    drawn = refused = 0
    try:
        for number in range(count):
            content = damaged(sources[number % len(sources)], number)
            try:
                opened = process.open(lambda content=content: content)
            except Refused as error:
                assert error.message.endswith(".")
                refused += 1
                continue
            for page in range(1, min(len(opened.sizes) // 2, 3) + 1):
                image = answer_of(lambda d, o=opened, p=page: process.draw(o, p, 0.5, d))
                letters = answer_of(lambda d, o=opened, p=page: process.letters(o, p, d))
                assert isinstance(image, PageImage | Problem)
                assert isinstance(letters, PageLetters | Problem)
                drawn += isinstance(image, PageImage)
                for each in (image, letters):
                    assert not isinstance(each, Problem) or each.message.endswith(".")
            process.close_document(opened)
        assert drawn > count / 3
        sound = pdf_of(Page().at(70, 700, "Still here."))
        opened = process.open(lambda: sound)
        assert isinstance(answer_of(lambda d: process.draw(opened, 1, 1.0, d)), PageImage)
    finally:
        process.close()


@pytest.mark.parametrize("count", HOW_MANY)
def test_what_is_marked_on_a_damaged_pdf_is_never_another_word(count):
    """Also where what reads and what draws see different things in a file."""
    sources = list(sound_ones())
    process = PageProcess(Limits(page_s=10))
    checked = 0
    try:
        for number in range(count):
            content = damaged(sources[number % len(sources)], number + 10_000)
            try:
                text = read(File(content, "a.pdf"), Limits()).text
                opened = process.open(lambda content=content: content)
            except Refused:
                continue
            for page in range(1, min(len(opened.sizes) // 2, 2) + 1):
                letters = answer_of(lambda d, o=opened, p=page: process.letters(o, p, d))
                if not isinstance(letters, PageLetters):
                    continue
                known = PageMap(text, page, letters)
                quads, there = known.quads(0, len(text.canonical))
                whole = quads_on(text, {page: known}, known.start, known.end)
                said = {at for start, end in whole.missing for at in range(start, end)}
                assert not said & there
                checked += len(quads)
        assert checked > 20
    finally:
        process.close()


def test_marks_that_are_no_place_of_a_page_are_written_or_refused():
    sound = pdf_of(Page().at(70, 700, "Still here."))
    process = PageProcess()
    try:
        opened = process.open(lambda: sound)
        far = (1e30, -1e30, 2e30, -1e30, 2e30, 1e30, 1e30, 1e30)
        mark = PageMark(1, (far,) * 50, (1, 2, 3), "name\x00more", "\ud800 \x00 note")
        assert process.annotated(opened, [mark]).startswith(b"%PDF-")
        with pytest.raises(Problem):
            process.annotated(opened, [PageMark(7, (far,), (1, 2, 3), "n")])
        assert isinstance(answer_of(lambda d: process.draw(opened, 1, 1.0, d)), PageImage)
    finally:
        process.close()
