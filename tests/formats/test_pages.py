"""The process that draws pages: what it draws, where the letters are, and what it cannot be hurt by."""

import logging
import multiprocessing
import os
import select
import signal
import subprocess
import sys
import threading
import time
from array import array
from pathlib import Path

import pytest

from desktop_app.core.pages import PageImage, PageLetters, PageShape
from desktop_app.formats.extract import Refused
from desktop_app.formats.limits import Limits
from desktop_app.formats.process import page_child as wire
from desktop_app.formats.process.bulk import receive_bulk, send_bulk
from desktop_app.formats.process.page_answers import read_head, read_letters
from desktop_app.formats.process.pages import PageProcess
from tests.formats.pdfs_for_tests import Page, pdf_of

SENTENCE = "The convoy waited at the bridge."
linux = pytest.mark.skipif(sys.platform != "linux", reason="only there the system ends it")


@pytest.fixture(scope="module")
def process():
    made = PageProcess()
    yield made
    made.close()


def drawn(process, opened, page=1, scale=1.0, **more):
    """A page's picture, waited for; raises what was said instead."""
    return waited(lambda done: process.draw(opened, page, scale, done, **more))


def lettered(process, opened, page=1):
    return waited(lambda done: process.letters(opened, page, done))


def waited(ask):
    come, answers = threading.Event(), []
    ask(lambda answer: (answers.append(answer), come.set()))
    assert come.wait(60)
    if isinstance(answers[0], Exception):
        raise answers[0]
    return answers[0]


def opened_of(process, *pages, **more):
    content = pdf_of(*pages, **more)
    return process.open(lambda: content)


def box_on(x, y, width=40, height=20, page=None):
    """A page with a black box, its bottom left at x, y."""
    page = page or Page()
    page.content.append(b"%g %g %g %g re f" % (x, y, width, height))
    return page


def dark(image):
    """The left, top, right and bottom of what is dark in a picture."""
    rows = [image.pixels[4 * image.width * y :][: 4 * image.width : 4] for y in range(image.height)]
    ys = [y for y, row in enumerate(rows) if min(row) < 128]
    xs = [x for y in ys for x, value in enumerate(rows[y]) if value < 128]
    return min(xs), ys[0], max(xs) + 1, ys[-1] + 1


def slow_page():
    """A page that takes a minute or so to be drawn."""
    page = Page()
    page.content.append(b"/DeviceRGB cs " + b"0.1 0.2 0.3 sc 0 0 595 842 re f " * 150_000)
    return page


def test_a_page_is_drawn_as_large_as_it_was_asked_for(process):
    opened = opened_of(process, box_on(100, 700), Page(width=300, height=200))
    assert list(opened.sizes) == [595, 842, 300, 200]
    image = drawn(process, opened, scale=2.0)
    assert (image.width, image.height) == (1190, 1684)
    assert len(image.pixels) == 4 * 1190 * 1684
    assert dark(image) == (200, 2 * (842 - 720), 280, 2 * (842 - 700))
    assert image.pixels[:3] == b"\xff\xff\xff"


def test_a_part_of_a_page_is_cut_out_of_the_whole(process):
    opened = opened_of(process, box_on(100, 700))
    part = drawn(process, opened, scale=2.0, part=(190, 230, 50, 60))
    assert (part.width, part.height) == (50, 60)
    assert dark(part) == (10, 14, 50, 54)


@pytest.mark.parametrize("turns", range(4))
def test_a_page_that_is_turned_shows_each_point_where_its_shape_says(process, turns):
    opened = opened_of(process, box_on(100, 700, page=Page(rotate=90 * turns)))
    image = drawn(process, opened)
    assert (image.width, image.height) == ((842, 595) if turns % 2 else (595, 842))
    assert (image.width, image.height) == tuple(opened.sizes[:2])
    corners = [image.shape.shown(x, y) for x, y in ((100, 700), (140, 720))]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    assert dark(image) == (min(xs), min(ys), max(xs), max(ys))
    for x, y in ((100, 700), (140, 720), (3, 9)):
        assert image.shape.unshown(*image.shape.shown(x, y)) == pytest.approx((x, y))


def test_a_view_may_turn_a_page_further(process):
    opened = opened_of(process, box_on(100, 700, page=Page(rotate=90)))
    image = drawn(process, opened, turns=1)
    assert image.shape.turns == 2
    assert (image.width, image.height) == image.shape.size == (595, 842)
    x, y = image.shape.shown(140, 700)
    assert dark(image)[:2] == (x, y)


def test_a_page_of_which_nothing_would_be_seen_is_shown_as_a_sheet_of_paper(process):
    content = pdf_of(Page().at(100, 700, SENTENCE))
    whole = b"/MediaBox [0 0 595 842]"
    for crop in (b"[0 842 595 900]", b"[595 0 700 842]"):
        flat = content.replace(whole, whole + b" /CropBox " + crop)
        assert flat != content
        opened = process.open(lambda flat=flat: flat)
        assert drawn(process, opened).shape == PageShape(0, 0, 595, 842), crop
        assert lettered(process, opened).text.startswith("The convoy")


def test_of_a_cropped_page_only_that_part_is_shown(process):
    content = pdf_of(box_on(100, 700)).replace(b"/Rotate 0", b"/CropBox [90 600 390 800]")
    opened = process.open(lambda: content)
    assert list(opened.sizes) == [300, 200]
    image = drawn(process, opened)
    assert image.shape == PageShape(90, 600, 390, 800)
    assert dark(image) == (10, 80, 50, 100)


def test_a_page_in_larger_units_has_its_letters_where_they_are_drawn(process):
    content = pdf_of(Page().at(70, 700, "H", size=40)).replace(b"/Rotate 0", b"/UserUnit 2")
    opened = process.open(lambda: content)
    image, letters = drawn(process, opened), lettered(process, opened)
    left, top, right, bottom = dark(image)
    x, y = image.shape.shown(*letters.box(0)[:2])
    past, above = image.shape.shown(*letters.box(0)[2:])
    assert x - 1 <= left < right <= past + 1
    assert above - 1 <= top < bottom <= y + 1


@pytest.mark.parametrize("turns", range(4))
def test_every_letter_stands_in_its_cell(process, turns):
    page = Page(rotate=90 * turns).at(70, 700, "HIE", size=30)
    opened = opened_of(process, page)
    image, letters = drawn(process, opened, scale=2.0), lettered(process, opened)
    assert letters.text.rstrip() == "HIE"
    assert letters.turns[:3] == b"\0\0\0"
    for at in range(3):
        left, bottom, right, top = letters.box(at)
        assert top - bottom == pytest.approx(30 * 0.97, abs=0.5)
        corners = [image.shape.shown(left, bottom), image.shape.shown(right, top)]
        x0, x1 = sorted(2 * x for x, _ in corners)
        y0, y1 = sorted(2 * y for _, y in corners)
        rows = [
            image.pixels[4 * (image.width * y + round(x0)) : 4 * (image.width * y + round(x1)) : 4]
            for y in range(round(y0), round(y1))
        ]
        assert min(map(min, rows)) < 100
        assert 255 in {max(row) for row in rows}


def test_letters_that_run_upward_say_so(process):
    page = Page()
    page.content.append(b"BT /F 20 Tf 0 1 -1 0 300 400 Tm (up) Tj ET")
    letters = lettered(process, opened_of(process, page))
    assert letters.text[:2] == "up"
    assert letters.turns[:2] == b"\1\1"
    (left, bottom, right, top), second = letters.box(0), letters.box(1)
    assert right - left == pytest.approx(20 * 0.97, abs=0.5)
    assert left < 300 - 10 < right
    assert second[1] >= top - 0.01 > bottom


def test_each_letter_of_a_ligature_has_its_part_of_it(process):
    page = Page().at(70, 700, "a~b", size=30)
    codes = {code: chr(code) for code in range(32, 126)} | {126: "ffi"}
    letters = lettered(process, opened_of(process, page, to_unicode=codes))
    assert letters.text.rstrip() == "affib"
    cells = [letters.box(at) for at in range(1, 4)]
    assert cells[0][2] == pytest.approx(cells[1][0])
    assert cells[1][2] == pytest.approx(cells[2][0])
    assert len({round(right - left, 3) for left, _, right, _ in cells}) == 1


def test_a_page_of_ten_metres_is_refused_in_words_and_drawn_when_small(process):
    opened = opened_of(process, Page(width=28_346, height=28_346))
    with pytest.raises(Refused) as refused:
        drawn(process, opened, scale=8.0)
    assert "226,768 by 226,768 dots" in refused.value.message
    assert "Zoom out" in refused.value.hint
    assert drawn(process, opened, scale=0.02).width == 567


def test_a_page_that_is_not_there_is_refused(process):
    opened = opened_of(process, Page())
    for page in (0, 2, -1):
        with pytest.raises(Refused, match="There is no page"):
            drawn(process, opened, page=page)


def test_a_damaged_page_costs_itself(process):
    content = pdf_of(box_on(100, 700), box_on(100, 700))
    second = content.index(b"/Type /Page /Parent", content.index(b"/Type /Page /Parent") + 9)
    content = content[:second] + content[second:].replace(b"/Type /Page /", b"/Type /Pxge /", 1)
    opened = process.open(lambda: content)
    assert dark(drawn(process, opened, page=1))
    try:
        drawn(process, opened, page=2)
    except Refused as refused:
        assert "damaged" in refused.message
        assert "other pages" in refused.hint
    assert dark(drawn(process, opened, page=1))


def test_what_is_no_pdf_or_wants_a_password_is_refused_when_it_is_opened(process):
    with pytest.raises(Refused, match="password"):
        opened_of(process, Page(), password="secret")
    with pytest.raises(Refused):
        process.open(lambda: b"%PDF-1.7 nothing more")
    assert dark(drawn(process, opened_of(process, box_on(9, 9))))


def test_many_documents_may_be_open_at_once(process):
    books = [opened_of(process, Page().at(70, 700, f"Book {number}")) for number in range(7)]
    for _ in range(2):
        for number, opened in enumerate(books):
            assert lettered(process, opened).text.rstrip() == f"Book {number}"


def test_what_was_asked_last_is_drawn_first_and_what_is_taken_back_is_not():
    process = PageProcess()
    try:
        opened = opened_of(process, *[Page()] * 30)
        order, over = [], threading.Event()
        gate, held = threading.Event(), threading.Event()

        def first(answer):
            held.set()
            gate.wait(30)

        def done(page):
            return lambda answer: (order.append(page), over.set() if page == 1 else None)

        process.draw(opened, 30, 0.1, first)
        assert held.wait(30)
        asked = {page: process.draw(opened, page, 0.1, done(page)) for page in range(1, 11)}
        for page in (4, 5, 6):
            asked[page].cancel()
        gate.set()
        assert over.wait(30)
        assert order == [10, 9, 8, 7, 3, 2, 1]
    finally:
        process.close()


def test_a_process_that_is_killed_is_made_anew(process):
    opened = opened_of(process, box_on(100, 700))
    drawn(process, opened)
    before = process.process_id
    os.kill(before, signal.SIGKILL)
    assert dark(drawn(process, opened, scale=2.0))
    assert process.process_id != before


def test_a_page_that_takes_too_long_costs_itself_and_does_so_once():
    process = PageProcess(Limits(page_s=1.5))
    try:
        opened = opened_of(process, slow_page(), box_on(100, 700))
        for _ in range(2):
            begun = time.monotonic()
            with pytest.raises(Refused) as refused:
                drawn(process, opened, page=1, scale=4.0)
            assert "Drawing page 1 took longer" in refused.value.message
            assert "other pages" in refused.value.hint
            assert dark(drawn(process, opened, page=2))
        assert time.monotonic() - begun < 1.4
    finally:
        process.close()


def test_a_page_on_which_two_processes_end_costs_itself():
    process = PageProcess()
    try:
        opened = opened_of(process, slow_page(), box_on(100, 700))
        over, answers = threading.Event(), []
        process.draw(opened, 1, 4.0, lambda answer: (answers.append(answer), over.set()))
        for _ in range(2):
            while (running := process.process_id) is None:
                over.wait(0.02)
            os.kill(running, signal.SIGKILL)
            while process.process_id == running:
                over.wait(0.02)
        assert over.wait(60)
        assert "crashed" in answers[0].message
        assert dark(drawn(process, opened, page=2))
    finally:
        process.close()


def test_a_page_for_which_the_memory_does_not_reach_costs_itself():
    process = PageProcess(Limits(memory_bytes=500_000_000, page_pixels=400_000_000))
    try:
        opened = opened_of(process, Page(width=10_000, height=10_000), box_on(100, 700))
        with pytest.raises(Refused):
            drawn(process, opened, page=1, scale=1.9)
        assert dark(drawn(process, opened, page=2))
    finally:
        process.close()


def test_it_starts_with_the_first_page_and_ends_when_nothing_is_asked():
    process = PageProcess(idle_s=0.2)
    try:
        assert process.process_id is None
        opened = opened_of(process, box_on(100, 700))
        handle = os.pidfd_open(process.process_id) if hasattr(os, "pidfd_open") else None
        if handle is not None:
            assert select.select([handle], [], [], 30)[0]
            os.close(handle)
        assert dark(drawn(process, opened))
    finally:
        process.close()


def test_a_closed_document_and_a_closed_process_say_so():
    process = PageProcess()
    opened, other = opened_of(process, Page()), opened_of(process, box_on(9, 9))
    process.close_document(opened)
    with pytest.raises(Refused, match="closed"):
        drawn(process, opened)
    assert dark(drawn(process, other))
    process.close()
    process.close()
    with pytest.raises(Refused, match="closed"):
        drawn(process, other)


def test_closing_ends_a_busy_process_and_tells_who_waits():
    process = PageProcess()
    opened = opened_of(process, slow_page())
    answers, told = [], threading.Event()
    process.draw(opened, 1, 4.0, lambda answer: (answers.append(answer), told.set()))
    process.draw(opened, 1, 4.0, answers.append)
    process.close()
    assert told.wait(30)
    assert len(answers) == 2
    assert all("closed" in answer.message for answer in answers)


def test_an_answer_that_cannot_be_given_stops_nobody_else(process, request):
    opened = opened_of(process, box_on(100, 700))
    told, heard = [], threading.Event()
    handler = logging.Handler()
    handler.emit = lambda record: (told.append(record.getMessage()), heard.set())
    log = logging.getLogger("desktop_app.formats.process.pages")
    log.addHandler(handler)
    request.addfinalizer(lambda: log.removeHandler(handler))

    def gone(answer):
        raise RuntimeError("deleted")

    process.draw(opened, 1, 1.0, gone)
    # What is asked for last is drawn first, so that the other answer may still be to come.
    assert dark(drawn(process, opened))
    assert heard.wait(30)
    assert "could not be given" in told[0]
    process.close_document(opened)
    process.draw(opened, 1, 1.0, gone)


@linux
def test_a_document_that_cannot_be_closed_in_time_holds_nobody_up():
    process = PageProcess(Limits(page_s=0.3))
    try:
        opened, other = opened_of(process, Page()), opened_of(process, box_on(9, 9))
        stopped = process.process_id
        os.kill(stopped, signal.SIGSTOP)
        process.close_document(opened)
        until = time.monotonic() + 30
        while process.process_id == stopped and time.monotonic() < until:
            threading.Event().wait(0.01)
        assert process.process_id != stopped
        assert dark(drawn(process, other))
    finally:
        process.close()


def test_another_thread_asks_where_the_first_one_ended(monkeypatch):
    process = PageProcess()
    try:
        opened = opened_of(process, box_on(9, 9))
        asked = threading.Event()

        def end(_opened):
            asked.wait(30)
            raise MemoryError

        other = opened_of(process, Page())
        monkeypatch.setattr(process, "_let_go", end)
        process.close_document(other)
        answers, told = [], threading.Event()
        keeper = process._keeper
        process.draw(opened, 1, 1.0, lambda answer: (answers.append(answer), told.set()))
        asked.set()
        assert told.wait(30)
        keeper.join(30)
        monkeypatch.undo()
        assert dark(drawn(process, opened))
    finally:
        process.close()


def never_ready(connection, limits, parent):
    threading.Event().wait(120)


def test_closing_does_not_wait_for_a_process_that_does_not_get_ready(monkeypatch):
    monkeypatch.setattr(wire, "serve", never_ready)
    process, before = PageProcess(), set(multiprocessing.active_children())
    refusals = []

    def ask():
        try:
            opened_of(process, Page())
        except Refused as refused:
            refusals.append(refused.message)

    asking = threading.Thread(target=ask)
    asking.start()
    until = time.monotonic() + 30
    while set(multiprocessing.active_children()) <= before and time.monotonic() < until:
        threading.Event().wait(0.01)
    begun = time.monotonic()
    process.close()
    assert time.monotonic() - begun < 20
    asking.join(30)
    assert len(refusals) == 1
    assert "closed" in refusals[0]


@linux
def test_it_is_locked_away_like_the_process_that_reads(process):
    drawn(process, opened_of(process, Page()))
    status = Path(f"/proc/{process.process_id}/status").read_text()
    assert "Seccomp:\t2" in status
    assert "NoNewPrivs:\t1" in status
    assert {"memory", "calls"} <= set(process.layers)


@linux
def test_it_ends_with_a_parent_that_is_killed(tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdf_of(Page()))
    program = tmp_path / "parent.py"
    program.write_text(
        "import sys\n"
        "from pathlib import Path\n"
        "from desktop_app.formats.process.pages import PageProcess\n"
        "if __name__ == '__main__':\n"
        "    process = PageProcess()\n"
        "    process.open(Path(sys.argv[1]).read_bytes)\n"
        "    print(process.process_id, flush=True)\n"
        "    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, str(program), str(tmp_path / "a.pdf")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    ) as parent:
        handle = os.pidfd_open(int(parent.stdout.readline()))
        try:
            parent.kill()
            assert select.select([handle], [], [], 30)[0]
        finally:
            os.close(handle)


SHAPE = PageShape(0, 0, 595, 842, 1)


def read_head_of_6(raw):
    return read_head(raw, 6)


def test_pictures_go_over_the_pipe_as_they_are():
    ours, theirs = multiprocessing.Pipe()
    content = bytes(range(256)) * 20_000
    with ours, theirs:
        sending = threading.Thread(target=lambda: send_bulk(theirs, memoryview(content)))
        sending.start()
        assert receive_bulk(ours, len(content), 30) == content
        sending.join()
        assert receive_bulk(ours, 9, 0.05) is None
        theirs.send_bytes(b"x")
        theirs.close()
        with pytest.raises(EOFError):
            receive_bulk(ours, 999, 5)


def test_what_is_packed_comes_back():
    image = PageImage(2, 3, bytes(range(24)), SHAPE)
    assert read_head(wire.IMAGE + wire.pack_image(image), 6) == (2, 3, SHAPE)
    letters = PageLetters("a\x00\U0001f6a2", array("d", range(12)), b"\0\1\3", SHAPE)
    assert read_letters(wire.LETTERED + wire.pack_letters(letters)) == letters


@pytest.mark.parametrize(
    ("read", "packed"),
    [
        (read_head_of_6, wire.pack_image(PageImage(2, 4, bytes(32), SHAPE))),
        (read_head_of_6, wire.pack_image(PageImage(2, 3, bytes(24), SHAPE)) + b"more"),
        (read_head_of_6, wire.pack_image(PageImage(0, 3, b"", SHAPE))),
        (read_head_of_6, wire.pack_image(PageImage(1, 1, bytes(4), PageShape(0, 0, 0, 9)))),
        (
            read_head_of_6,
            wire.pack_image(PageImage(1, 1, bytes(4), PageShape(0, 0, 9, float("nan")))),
        ),
        (read_head_of_6, wire.pack_image(PageImage(1, 1, bytes(4), PageShape(0, 0, 9, 9, 4)))),
        (read_head_of_6, b"short"),
        (read_letters, b"short"),
        (read_letters, wire.pack_letters(PageLetters("ab", array("d", [0.0] * 4), b"\0\0", SHAPE))),
        (read_letters, wire.pack_letters(PageLetters("a", array("d", [0.0] * 4), b"\4", SHAPE))),
        (
            read_letters,
            wire.pack_letters(PageLetters("a", array("d", [float("inf")] * 4), b"\0", SHAPE)),
        ),
        (read_letters, wire.pack_letters(PageLetters("\ud800", array("d", [0] * 4), b"\0", SHAPE))),
    ],
)
def test_an_answer_that_does_not_fit_together_is_not_taken(read, packed):
    with pytest.raises(ValueError):
        read(wire.IMAGE + packed)


@pytest.mark.corpus
def test_all_pages_of_real_documents_are_drawn_soon(corpus, process):
    times = []
    refused = 0
    for path in sorted((corpus / "pdf").iterdir()):
        try:
            opened = process.open(path.read_bytes)
        except Refused:
            refused += 1
            continue
        for page in range(1, min(len(opened.sizes) // 2, 5) + 1):
            begun = time.perf_counter()
            try:
                drawn(process, opened, page=page, scale=900 / opened.sizes[2 * page - 2])
            except Refused as error:
                assert "damaged" in error.message
                continue
            times.append(time.perf_counter() - begun)
    times.sort()
    assert refused == 3
    assert len(times) > 130
    assert times[len(times) // 2] < 0.2
