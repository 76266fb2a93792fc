"""Real PDFs from outside: all are read, and every letter knows where it stands."""

import pytest

from desktop_app.formats.extract import Refused
from desktop_app.formats.file import File
from desktop_app.formats.process.worker import Worker
from tests.formats.test_pdf import check_runs, extract_of, read_plainly

pytestmark = pytest.mark.corpus

LOCKED = {
    "pdfjs-issue15893_reduced.pdf",
    "pdfjs-print_protection.pdf",
    "pypdf-samples-libreoffice-writer-password.pdf",
}


def test_all_are_read_but_those_with_a_password(corpus):
    locked, scanned, read = set(), 0, 0
    with Worker() as worker:
        for path in sorted((corpus / "pdf").iterdir()):
            try:
                extract = worker.extract(File(path.read_bytes(), path.name))
            except Refused as refused:
                assert "password" in refused.message, (path.name, refused.message)
                locked.add(path.name)
                continue
            read += 1
            assert extract.words or extract.warning or extract.text.canonical, path.name
            scanned += "scanned" in (extract.warning or "")
    assert locked == LOCKED
    assert (read, scanned) == (132, 19)


def test_text_and_page_agree_letter_by_letter_in_all_of_them(corpus):
    checked = plain = 0
    for path in sorted((corpus / "pdf").iterdir()):
        if path.name in LOCKED:
            continue
        content = path.read_bytes()
        checked += check_runs(content, extract_of(content))
        plain += check_runs(content, read_plainly(content))
    assert checked > 45_000
    assert plain > 45_000


def test_a_paper_in_columns_reads_on_with_its_words_whole(corpus):
    extract = extract_of((corpus / "pdf" / "pypdf-samples-multicolumn.pdf").read_bytes())
    text = extract.text.canonical
    assert "consectetuer adipiscing elit. Ut purus" in text
    assert "Aliquam pellentesque, augue quis sagittis posuere" in text
    assert "\n-" not in text
    assert "Austria\t8.9\t83,879\tVienna\tGerman" in text
    assert [block.page for block in extract.blocks if not block.text] == [1, 2, 3]


def test_headings_chapters_and_facts_are_those_that_a_reader_sees(corpus):
    extract = extract_of((corpus / "pdf" / "pdfjs-file_pdfjs_test.pdf").read_bytes())
    titles = [chapter.title for chapter in extract.text.chapters]
    assert titles[:3] == ["Mozilla automated testing", "In production", "buildbot automation"]
    for chapter in extract.text.chapters:
        assert extract.text.canonical[chapter.start :].startswith(chapter.title)
    assert extract.proposals[0].value == "Mozilla automated testing"
