"""A document on paper: read back, it has every word, its marks in their colours, and its notes."""

import contextlib
import os
import socket
import subprocess
import sys
import threading
import unicodedata
from datetime import UTC, datetime

import pypdfium2
import pytest
from pypdfium2 import raw
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QColor, QPageSize, QPdfWriter
from PySide6.QtWidgets import QFileDialog

from desktop_app import main
from desktop_app.core.highlights import Highlight, How, MarkStyle, Place, anchor_at
from desktop_app.core.text import Block, BlockKind, Fold, Span, SpanKind, make_text
from desktop_app.library.highlight_commands import AddHighlight
from desktop_app.library.marked_pages import MarkedPages
from desktop_app.ui.look.theme import LIGHT
from desktop_app.ui.printing import printers
from desktop_app.ui.printing.job import DOTS
from desktop_app.ui.printing.page_printout import PagePrintout
from desktop_app.ui.printing.printout import Printed, Printout
from desktop_app.ui.printing.verbs import file_stem
from desktop_app.ui.reader.style import ReadingStyle
from tests.formats.pdfs_for_tests import Page, pdf_of
from tests.ui.reader_for_tests import a_document
from tests.ui.window_for_tests import Desk, make_library

SENTENCES = [
    f"Sentence {number} tells of the quay, of the boats that wait there, and of whoever waits too."
    for number in range(400)
]


def paragraphs(count, each=6):
    return [
        Block(BlockKind.PARAGRAPH, " ".join(SENTENCES[each * at : each * at + each]))
        for at in range(count)
    ]


def marked(text, words, number=1, **more):
    start = text.canonical.index(words)
    end = start + len(words)
    when = datetime(2016, 3, 25, tzinfo=UTC)
    given = {"colour": "yellow", "style": MarkStyle.FILL, "note": "", "tags": ()} | more
    place = given.pop("place", Place(start, end))
    return Highlight(
        id=number,
        uuid=f"uuid-{number}",
        document=1,
        anchor=anchor_at(text.version, text.canonical, start, end),
        made_at=when,
        changed_at=when,
        place=place,
        how=How.LOST if place is None else How.MARKED,
        **given,
    )


@pytest.fixture
def saved(tmp_path, qapp):
    """Print something and read it back; the number of sheets is the answer of printing."""
    opened = []

    def save(text, *highlights, keep_on=lambda done, count: True, paper=None, **more):
        target = tmp_path / f"{len(opened)}.pdf"
        writer = QPdfWriter(str(target))
        writer.setResolution(DOTS)
        writer.setPageSize(QPageSize(paper or QPageSize.PageSizeId.A4))
        writer.setPageMargins(QMarginsF(0, 0, 0, 0))
        style = more.pop("style", ReadingStyle())
        printed = Printed(a_document(), text, style, highlights=highlights, **more)
        pictures = more.pop("pictures", {})
        count = Printout(printed, pictures.__getitem__).print_to(writer, keep_on)
        del writer
        pdf = pypdfium2.PdfDocument(target)
        opened.append(pdf)
        assert count is None or count == len(pdf)
        return pdf

    yield save
    for pdf in opened:
        pdf.close()


def words_of(pdf, page=None):
    pages = range(len(pdf)) if page is None else [page]
    said = []
    for number in pages:
        read = pdf[number].get_textpage()
        said.append(read.get_text_range())
        read.close()
    return " ".join(" ".join(said).split())


def colours_in(pdf, page=0, scale=2.0):
    """How many pixels of each colour a page has."""
    image = pdf[page].render(scale=scale).to_pil().convert("RGB")
    return {QColor(*colour).name(): count for count, colour in image.getcolors(1 << 24)}


def test_every_word_is_there_once_and_in_order(saved):
    text = make_text(paragraphs(30), "test")
    pdf = saved(text)
    assert len(pdf) > 3
    read = words_of(pdf)
    at = 0
    for sentence in text.canonical.replace("\n", " ").split(". "):
        words = " ".join(sentence.split())
        # A running head and a number may stand between two halves of a sentence.
        for part in (words[:30], words[-12:]):
            at = read.find(part, at)
            assert at >= 0, words
    assert all(read.count(f"Sentence {number} tells") == 1 for number in range(180))


def test_letters_that_are_joined_on_the_screen_can_be_read_back(saved):
    words = "The fifth shift left the office and the raft at a difficult hour."
    made = make_text([Block(BlockKind.PARAGRAPH, words)], "test")
    assert words in words_of(saved(made))


def test_a_quote_in_letters_that_do_not_lean_is_drawn_in_them(saved):
    words = "كان الرصيف مغلقا طوال الشتاء"
    made = make_text([Block(BlockKind.PARAGRAPH, words)], "test")
    read = unicodedata.normalize("NFKC", words_of(saved(made, marked(made, words, note="Why?"))))
    letters = [letter for letter in read if "\u0621" <= letter <= "\u064a"]
    # Once in the text, once in the note on it; a letter or two are lost where signs join them.
    assert len(letters) > 1.7 * len(words.replace(" ", ""))


def test_the_head_the_running_head_and_the_numbers_of_pages(saved):
    document = a_document()
    pdf = saved(make_text(paragraphs(20), "test"))
    first, second = words_of(pdf, 0), words_of(pdf, 1)
    assert first.startswith(document.title)
    assert document.facts.source in first
    assert first.endswith(" 1")
    assert second.startswith(document.title)
    assert second.endswith(" 2")


def test_the_paper_is_as_large_as_was_asked_and_the_fonts_are_inside(saved):
    pdf = saved(make_text(paragraphs(2), "test"), paper=QPageSize.PageSizeId.Letter)
    assert pdf[0].get_size() == pytest.approx((612, 792), abs=1)
    fonts = set()
    for each in pdf[0].get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        font = raw.FPDFTextObj_GetFont(each)
        fonts.add(bool(raw.FPDFFont_GetIsEmbedded(font)))
    assert fonts == {True}


@pytest.mark.parametrize(
    ("style", "shade"),
    [
        (MarkStyle.FILL, lambda colour: LIGHT.marks[colour]),
        (MarkStyle.UNDERLINE, lambda colour: LIGHT.mark_lines[colour]),
        (MarkStyle.BAR, lambda colour: LIGHT.mark_lines[colour]),
    ],
)
@pytest.mark.parametrize("colour", ["yellow", "green", "blue", "pink"])
def test_marks_are_printed_in_their_colours(saved, style, shade, colour):
    text = make_text(paragraphs(2), "test")
    words = "Sentence 3 tells of the quay, of the boats"
    pdf = saved(text, marked(text, words, colour=colour, style=style))
    # A bar beside a single line, where the words fall on one, has some 140.
    assert colours_in(pdf).get(shade(colour), 0) > 100
    assert words in words_of(pdf)
    plain = saved(text)
    assert colours_in(plain).get(shade(colour), 0) == 0


def test_a_mark_stands_behind_the_words_that_it_marks(saved):
    text = make_text(paragraphs(2), "test")
    pdf = saved(text, marked(text, "Sentence 3"))
    page = pdf[0]
    read = page.get_textpage()
    found = read.search("Sentence 3 ")
    index, _ = found.get_next()
    left, bottom, right, top = read.get_charbox(index + 4)
    scale = 4.0
    image = page.render(scale=scale).to_pil().convert("RGB")
    high = page.get_height()
    box = (left * scale, (high - top) * scale, right * scale, (high - bottom) * scale)
    inside = image.crop(tuple(map(round, box))).getcolors(1 << 20)
    names = {QColor(*colour).name() for _, colour in inside}
    assert LIGHT.marks["yellow"] in names
    read.close()


def test_notes_and_tags_stand_at_the_end_with_the_numbers_of_the_text(saved):
    text = make_text(paragraphs(3), "test")
    first = marked(text, "Sentence 2", number=7, note="Is **this** so?", tags=(5, 6))
    second = marked(text, "Sentence 9", number=8, tags=(6,))
    bare = marked(text, "Sentence 5", number=9)
    pdf = saved(
        text,
        *(first, bare, second),
        tags={5: "place/quay", 6: "to check"},
        document_note="The whole of it is *doubtful*.",
    )
    read = words_of(pdf)
    notes = read[read.index("Note on the document") :]
    assert "The whole of it is doubtful." in notes
    assert "1 Sentence 2" in notes
    assert "place/quay · to check" in notes
    assert "Is this so?" in notes
    assert "2 Sentence 9" in notes
    assert "Sentence 5" not in notes
    assert "Sentence 12 tells" in read  # the number of a note is no part of a word


def test_what_is_lost_is_told_and_not_dropped(saved):
    text = make_text(paragraphs(2), "test")
    gone = marked(text, "Sentence 4", note="Kept all the same.", place=None)
    read = words_of(saved(text, gone))
    notes = read[read.index("not found in this text") :]
    assert "Sentence 4" in notes
    assert "Kept all the same." in notes


def test_folded_parts_are_left_out_or_printed_as_they_are_shown(saved):
    blocks = [*paragraphs(2), Block(BlockKind.PARAGRAPH, "Share this article. " * 9)]
    blocks.append(Block(BlockKind.PARAGRAPH, "The end of it."))
    text = make_text(blocks, "test")
    start = text.canonical.index("Share this")
    end = text.canonical.index("The end")
    text = make_text(blocks, "test", folds=[Fold(start, end - 1, "share bar", "it is one")])
    closed = words_of(saved(text))
    assert "Share this article" not in closed
    assert "folded" in closed
    assert "Show" not in closed
    opened = words_of(saved(text, opened=frozenset([0])))
    assert opened.count("Share this article.") == 9
    assert "Hide" not in opened


def test_all_kinds_of_blocks_are_printed(saved):
    rows = [Block(BlockKind.TABLE_ROW, f"Raqqa\tJune {n}\t{n},100") for n in range(40)]
    blocks = [
        Block(BlockKind.HEADING, "A heading", 1),
        Block(BlockKind.LIST_ITEM, "first " * 30, 1, 1),
        Block(BlockKind.QUOTATION, "What was said. " * 20),
        Block(BlockKind.PREFORMATTED, "\n".join(f"line {n} of code" for n in range(90))),
        *rows,
        Block(BlockKind.PARAGRAPH, "قالت إن السفينة غادرت الميناء", 0),
        Block(
            BlockKind.PARAGRAPH,
            "With a raised word",
            spans=(Span(7, 13, SpanKind.SUPERSCRIPT),),
        ),
        Block(BlockKind.PAGE_BREAK, "", page=2),
        Block(BlockKind.PARAGRAPH, "The end of it."),
    ]
    pdf = saved(make_text(blocks, "test"))
    read = words_of(pdf)
    for words in ("A heading", "1.", "What was said.", "line 89 of code", "June 39", "The end"):
        assert words in read
    assert read.count("line 44 of code") == 1
    assert read.count("June 17 ") == 1


def test_a_heading_does_not_stand_alone_at_the_foot_of_a_sheet(saved):
    for count in range(3, 12):
        blocks = [
            *paragraphs(count, each=3),
            Block(BlockKind.HEADING, "The heading", 2),
            Block(BlockKind.PARAGRAPH, "What comes behind it. " * 40),
        ]
        pdf = saved(make_text(blocks, "test"))
        page = next(n for n in range(len(pdf)) if "The heading" in words_of(pdf, n))
        assert "What comes behind it." in words_of(pdf, page)


def test_nothing_is_cut_at_the_foot_of_a_sheet(saved):
    """Between the last line of a sheet and its number is empty room, on every sheet."""
    pdf = saved(make_text(paragraphs(40, each=5), "test"))
    for number in range(len(pdf)):
        page = pdf[number]
        image = page.render(scale=1.0).to_pil().convert("L")
        strip = image.crop((100, round(page.get_height()) - 66, 500, round(page.get_height()) - 52))
        assert strip.getextrema()[0] > 200, number


def test_printing_can_be_stopped(saved):
    asked = []

    def keep_on(done, count):
        asked.append((done, count))
        return len(asked) < 3

    saved(make_text(paragraphs(66, each=6), "test"), keep_on=lambda *_: True)
    pdf = saved(make_text(paragraphs(400, each=1), "test"), keep_on=keep_on)
    assert len(asked) == 3
    assert len(pdf) < 12


def test_what_is_taller_than_a_sheet_is_cut_rather_than_lost(saved):
    cell = " ".join(SENTENCES[:60])
    pdf = saved(make_text([Block(BlockKind.TABLE_ROW, f"{cell}\tshort")], "test"))
    read = words_of(pdf)
    assert len(pdf) > 1
    for number in (0, 30, 59):
        assert f"Sentence {number} tells" in read


def test_a_title_becomes_the_name_of_a_file():
    assert file_stem("What: a “title”?/..") == "What a “title”"
    assert file_stem("...") == "document"
    assert len(file_stem("a" * 300)) == 80


@pytest.fixture
def desk(tmp_path, qtbot):
    make_library(tmp_path)
    made = Desk(tmp_path)
    yield made
    made.close()


def said_by(desk):
    said = []
    desk.session.said.connect(said.append)
    return said


def test_the_open_document_is_saved_with_its_marks_through_the_window(desk, tmp_path, monkeypatch):
    document = desk.choose("How the quay")
    text = desk.library.text(document)
    start = text.canonical.index("dry dock")
    add = AddHighlight(document, text.version, start, start + 8, colour="green", note="Which one?")
    desk.session.do(add)
    desk.settle()
    target = tmp_path / "out" / "quay"
    target.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    said = said_by(desk)
    desk.run("file.export_pdf")
    assert said == ["Saved quay.pdf, 1 page"]
    assert desk.problems == []
    with pypdfium2.PdfDocument(target.with_suffix(".pdf")) as pdf:
        read = words_of(pdf)
        assert "The dry dock stayed closed" in read
        assert "Which one?" in read
        assert colours_in(pdf).get(LIGHT.marks["green"], 0) > 50
        assert pdf.get_metadata_dict()["Title"].startswith("How the quay")
    assert desk.session.settings.now.last_folder == str(target.parent)


def test_a_pdf_is_saved_with_its_highlights_in_it(desk, tmp_path):
    folder = tmp_path / "pdfs"
    folder.mkdir()
    page = Page().lines(70, 700, ["The clerk wrote that down,", "and went home."])
    (folder / "clerk.pdf").write_bytes(pdf_of(page, info={"Title": "The clerk"}))
    desk.import_all(folder)
    document = desk.choose("The clerk")
    assert not desk.actions["file.export_pages"].isEnabled()
    text = desk.library.text(document)
    start = text.canonical.index("wrote")
    desk.session.do(AddHighlight(document, text.version, start, start + 5, note="When?"))
    desk.settle()
    assert desk.actions["file.export_pages"].isEnabled()
    said = said_by(desk)
    target = tmp_path / "marked.pdf"
    desk.open.joins.printing.save_pages_to(target)
    desk.settle()
    assert said == ["Saved marked.pdf with 1 highlight"]
    assert desk.problems == []
    with pypdfium2.PdfDocument(target) as pdf:
        assert raw.FPDFPage_GetAnnotCount(pdf[0]) == 1
        assert colours_in(pdf).get(LIGHT.marks["yellow"], 0) > 50


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (MarkedPages(b"", 2, 0), "Saved a.pdf with 2 highlights"),
        (
            MarkedPages(b"", 1, 1),
            "Saved a.pdf with 1 highlight; 1 stands on none of its pages and was left out",
        ),
        (
            MarkedPages(b"", 1_200, 3),
            "Saved a.pdf with 1,200 highlights; 3 stand on none of its pages",
        ),
    ],
)
def test_what_a_copy_could_not_have_is_said_in_its_number(
    desk, tmp_path, monkeypatch, made, sentence
):
    desk.choose("How the quay")
    monkeypatch.setattr(desk.library, "marked_pages", lambda *_given: made)
    said = said_by(desk)
    desk.open.joins.printing.save_pages_to(tmp_path / "a.pdf")
    desk.settle()
    assert len(said) == 1
    assert said[0].startswith(sentence)


def test_a_folder_that_cannot_be_written_is_said_and_nothing_is_left(desk, tmp_path):
    desk.choose("How the quay")
    desk.open.joins.printing.save_to(tmp_path / "nowhere" / "a.pdf")
    desk.settle()
    (problem,) = desk.problems
    assert "could not be saved" in problem
    assert "untouched" in problem
    assert not desk.open.joins.printing.running


def test_a_stopped_export_leaves_the_file_that_was_there(desk, tmp_path, monkeypatch):
    desk.choose("How the quay")
    target = tmp_path / "a.pdf"
    target.write_bytes(b"was here before")
    said = said_by(desk)
    printing = desk.open.joins.printing
    monkeypatch.setattr(desk.library.marks, "note", lambda _document: printing.stop() or "")
    printing.save_to(target)
    assert printing.running
    desk.settle()
    assert said == ["Stopped: a.pdf was not written."]
    assert target.read_bytes() == b"was here before"
    assert [path.name for path in tmp_path.glob("a.pdf*")] == ["a.pdf"]


def test_without_a_printer_the_pdf_is_offered(desk, monkeypatch):
    desk.choose("How the quay")
    monkeypatch.setattr(printers, "printer_names", list)
    asked = []
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *given: asked.append(given) or ("", "")
    )
    desk.run("file.print")
    bar = desk.window.problem_bar
    assert bar.isVisible()
    bar.action_clicked.emit("print-as-pdf")
    assert len(asked) == 1
    assert asked[0][2].endswith("How the quay at Halmar was rebuilt.pdf")


def test_pressed_twice_the_printer_is_asked_for_once(desk, monkeypatch):
    from PySide6.QtPrintSupport import QPrintDialog

    desk.choose("How the quay")
    monkeypatch.setattr(printers, "printer_names", lambda: ["one"])
    printing = desk.open.joins.printing

    def open_dialogs():
        found = desk.window.findChildren(QPrintDialog)
        return [each for each in found if each.isVisible()]

    printing.print()
    printing.print()
    desk.settle()
    (dialog,) = open_dialogs()
    printing.print()
    desk.settle()
    assert open_dialogs() == [dialog]
    dialog.reject()
    printing.print()
    desk.settle()
    (again,) = open_dialogs()
    again.reject()


def test_a_printer_gets_the_same_sheets(desk, tmp_path):
    from PySide6.QtPrintSupport import QPrinter

    desk.choose("How the quay")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setResolution(DOTS)
    printer.setFullPage(True)
    said = said_by(desk)
    desk.open.joins.printing.print_on(printer)
    desk.settle()
    assert said == ["Sent to the printer: 1 page"]
    del printer
    with pypdfium2.PdfDocument(tmp_path / "printed.pdf") as pdf:
        assert "The dry dock stayed closed" in words_of(pdf)
        found = next(iter(pdf[0].get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])))
        assert found.get_bounds()[0] > 80


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system knows its printers")
def test_only_the_socket_of_this_machine_is_asked_for_printers(tmp_path):
    """A printing service that is not CUPS listens here; it is asked, and nobody else is."""
    program = (
        "import os, sys, pathlib\n"
        "os.environ |= {'QT_QPA_PLATFORM': 'offscreen', 'CUPS_SERVER': '192.0.2.1'}\n"
        "from PySide6.QtWidgets import QApplication\n"
        "app = QApplication([])\n"
        "from desktop_app.ui.network_lock import lock_network\n"
        "lock_network()\n"
        "from desktop_app.ui.printing.printers import ask_this_machine_alone, printer_names\n"
        "ask_this_machine_alone((pathlib.Path(sys.argv[1]),))\n"
        "print(printer_names(), os.environ['CUPS_SERVER'])\n"
    )
    place = tmp_path / "cups.sock"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(place))
        listening.listen(8)
        listening.settimeout(60)

        def hang_up():
            with contextlib.suppress(OSError):
                while True:
                    listening.accept()[0].close()

        threading.Thread(target=hang_up, daemon=True).start()
        asked = subprocess.run(
            [sys.executable, "-c", program, str(place)],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
    assert asked.stdout.strip() == f"[] {place}"


def test_asking_for_printers_leaves_the_environment_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("CUPS_SERVER", "192.0.2.1")
    monkeypatch.setattr(printers, "_named", [])
    before = dict(os.environ)
    assert printers.printer_names() == []
    assert dict(os.environ) == before


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system knows its printers")
def test_where_there_is_no_socket_nobody_is_asked_and_the_usual_one_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("CUPS_SERVER", "192.0.2.1")
    monkeypatch.setattr(printers, "_named", [])
    printers.ask_this_machine_alone((tmp_path / "none.sock",))
    assert os.environ["CUPS_SERVER"] == str(tmp_path / "none.sock")
    assert printers.printer_names() == []


def test_the_socket_is_named_before_the_library_is_opened(monkeypatch, tmp_path):
    order = []

    def not_opened(*_given, **_more):
        order.append("library")
        raise SystemExit

    monkeypatch.setattr(main, "ask_this_machine_alone", lambda: order.append("printers"))
    monkeypatch.setattr(main.Library, "open", not_opened)
    monkeypatch.setattr(main.log_file, "write_log_to", lambda _file: order.append("log"))
    with pytest.raises(SystemExit):
        main.run(tmp_path / "library", [])
    assert order == ["printers", "log", "library"]


def printer_into(path):
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setResolution(DOTS)
    printer.setFullPage(True)
    return printer


def test_the_pages_of_a_pdf_are_printed_as_they_are_shown(desk, tmp_path):
    folder = tmp_path / "pdfs"
    folder.mkdir()
    first = Page().lines(70, 700, ["The clerk wrote that down,", "and went home."])
    across = Page(width=842, height=595).at(70, 500, "Across the page.")
    (folder / "clerk.pdf").write_bytes(pdf_of(first, across, info={"Title": "The clerk"}))
    desk.import_all(folder)
    document = desk.choose("The clerk")
    text = desk.library.text(document)
    start = text.canonical.index("wrote")
    desk.session.do(AddHighlight(document, text.version, start, start + 5, note="When?"))
    desk.settle()
    if not desk.window.reader.sheets.in_pages:
        desk.run("document.page")
    assert desk.window.reader.sheets.in_pages
    said = said_by(desk)
    printer = printer_into(tmp_path / "printed.pdf")
    desk.open.joins.printing.print_on(printer)
    desk.settle()
    assert said == ["Sent to the printer: 3 pages"]
    assert desk.problems == []
    del printer
    with pypdfium2.PdfDocument(tmp_path / "printed.pdf") as pdf:
        assert len(pdf) == 3
        assert all(page.get_width() < page.get_height() for page in pdf)
        shade = QColor(LIGHT.marks["yellow"])
        near = [
            count
            for name, count in colours_in(pdf).items()
            if all(
                abs(one - other) < 12
                for one, other in zip(QColor(name).getRgb(), shade.getRgb(), strict=True)
            )
        ]
        assert sum(near) > 50
        notes = words_of(pdf, 2)
        assert "When?" in notes
        assert "page 1" in notes
        assert notes.endswith(" 3")


@pytest.fixture
def clerk(desk, tmp_path):
    """A PDF of two pages, shown as its pages."""
    folder = tmp_path / "pdfs"
    folder.mkdir()
    pages = [Page().lines(70, 700, [f"The clerk wrote page {number}."]) for number in (1, 2)]
    (folder / "clerk.pdf").write_bytes(pdf_of(*pages, info={"Title": "The clerk"}))
    desk.import_all(folder)
    document = desk.choose("The clerk")
    desk.run("document.page")
    assert desk.window.reader.sheets.in_pages
    return document


def test_stopped_before_the_first_page_nothing_goes_to_the_printer(
    desk, clerk, tmp_path, monkeypatch
):
    printing = desk.open.joins.printing
    pages_to_print = desk.library.pages_to_print

    def stopped_meanwhile(*given):
        made = pages_to_print(*given)
        printing.stop()
        return made

    monkeypatch.setattr(desk.library, "pages_to_print", stopped_meanwhile)
    said = said_by(desk)
    printing.print_on(printer_into(tmp_path / "printed.pdf"))
    desk.settle()
    assert said == ["Stopped: nothing was printed."]
    assert not (tmp_path / "printed.pdf").exists()


def test_a_stopped_printer_is_told_and_so_is_up_to_where_it_came(
    desk, clerk, tmp_path, monkeypatch
):
    printing = desk.open.joins.printing
    printer, told = printer_into(tmp_path / "printed.pdf"), []
    monkeypatch.setattr(printer, "abort", lambda: told.append(printing.running), raising=False)
    monkeypatch.setattr(PagePrintout, "_paint_page", lambda *_given: printing.stop())
    said = said_by(desk)
    printing.print_on(printer)
    desk.settle()
    assert told == [True]
    assert said == ["Stopped at page 1: what was set until there may still be printed."]


def test_a_text_that_is_stopped_on_its_way_to_a_printer_says_where(desk, tmp_path, monkeypatch):
    desk.choose("How the quay")
    printing = desk.open.joins.printing
    printer, told = printer_into(tmp_path / "printed.pdf"), []
    monkeypatch.setattr(printer, "abort", lambda: told.append(1), raising=False)
    monkeypatch.setattr(
        "desktop_app.ui.printing.printout.numbered", lambda marks: printing.stop() or []
    )
    said = said_by(desk)
    printing.print_on(printer)
    desk.settle()
    assert told == [1]
    assert said == ["Stopped at page 1: what was set until there may still be printed."]


def test_one_document_is_printed_or_copied_at_a_time(desk, clerk, tmp_path, monkeypatch):
    made = MarkedPages(b"%PDF-1.7", 1, 0)
    monkeypatch.setattr(desk.library, "marked_pages", lambda *_given: made)
    printing = desk.open.joins.printing
    said = said_by(desk)
    printing.save_pages_to(tmp_path / "a.pdf")
    printing.save_pages_to(tmp_path / "b.pdf")
    printing.print_on(printer_into(tmp_path / "printed.pdf"))
    assert said == ["A copy with highlights is still being written."] * 2
    desk.settle()
    assert said[2:] == ["Saved a.pdf with 1 highlight"]
    assert not (tmp_path / "b.pdf").exists()
    printing.print_on(printer_into(tmp_path / "printed.pdf"))
    printing.save_pages_to(tmp_path / "b.pdf")
    assert said[3:] == ["Another document is still being printed."]
    desk.settle()
    assert said[4:] == ["Sent to the printer: 2 pages"]


def test_a_document_without_text_says_so(desk, tmp_path):
    folder = tmp_path / "pdfs"
    folder.mkdir()
    (folder / "scan.pdf").write_bytes(pdf_of(Page(picture=True), info={"Title": "A scan"}))
    desk.import_all(folder)
    desk.choose("A scan")
    if desk.window.reader.sheets.in_pages:
        printer = printer_into(tmp_path / "printed.pdf")
        desk.open.joins.printing.print_on(printer)
        desk.settle()
        assert (tmp_path / "printed.pdf").stat().st_size > 500
    desk.run("file.export_pdf")
    assert "holds no text" in desk.problems[-1]


def test_nothing_can_be_printed_while_nothing_is_open(desk):
    for action in ("file.print", "file.export_pdf"):
        enabled = desk.actions[action].isEnabled()
        assert enabled == (desk.open.reading.document is not None)


def test_no_module_of_printing_reaches_a_network():
    program = (
        "import sys; import PySide6.QtPrintSupport, desktop_app.ui.printing.verbs;"
        "print([name for name in sys.modules if 'QtNetwork' in name])"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert found.stdout.strip() == "[]"
