"""PDFs made to hurt: each has one outcome, soon, and the worker goes on."""

import random
import time
import zlib

import pytest

from desktop_app.formats.extract import Extract, Refused
from desktop_app.formats.file import File
from desktop_app.formats.limits import Limits
from desktop_app.formats.process.worker import Worker
from tests.formats.pdfs_for_tests import Page, pdf_of

SENTENCE = "The convoy waited at the bridge while the negotiators argued over the list."
HOW_MANY = [60, pytest.param(300, marks=[pytest.mark.long, pytest.mark.timeout(900)])]


def sound_ones():
    """Sound PDFs of several kinds, to be damaged."""
    prose = Page().lines(70, 700, [SENTENCE] * 12)
    columns = Page()
    for number in range(10):
        columns.at(60, 700 - 12 * number, SENTENCE[:40]).at(320, 700 - 12 * number, SENTENCE[:40])
    linked = Page(links=[((60, 690, 400, 712), "https://example.org/")]).at(70, 700, SENTENCE)
    turned = Page(rotate=90, picture=True).at(70, 700, SENTENCE, font="B")
    yield pdf_of(prose, prose, outline=[("One", 0, None), ("Two", 1, 300.0)])
    yield pdf_of(columns, linked, info={"Title": "The Siege", "CreationDate": "D:2016"})
    yield pdf_of(turned, attachments={"a.txt": b"attached"}, language="en")
    yield pdf_of(linked, outline=[("One", 0, None)], cyclic=True)
    yield pdf_of(prose, password="secret")
    yield pdf_of(prose, to_unicode={code: chr(code + 1) for code in range(32, 120)})


def damaged(content, number):
    """A copy with bytes flipped, taken out, doubled or put in; every fourth one is cut short."""
    chance = random.Random(number)
    made = bytearray(content)
    if number % 4 == 0:
        del made[chance.randrange(1, len(made)) :]
    for _ in range(chance.choice([1, 3, 10, 40])):
        at = chance.randrange(len(made))
        what = chance.random()
        if what < 0.5:
            made[at] ^= 1 << chance.randrange(8)
        elif what < 0.7:
            del made[at : at + chance.randint(1, 200)]
        elif what < 0.9:
            made[at:at] = made[at : at + chance.randint(1, 200)]
        else:
            made[at : at + 8] = chance.choice([b"99999999", b"-1 0 R  ", b"<<<<<<<<", bytes(8)])
        made = made or bytearray(b"%")
    return bytes(made)


@pytest.mark.parametrize("count", HOW_MANY)
def test_each_damaged_pdf_has_one_outcome_and_harms_no_other(count):
    sources = list(sound_ones())
    with Worker() as worker:
        worker.extract(File(b"warm", "a.txt"))
        child = worker.process_id
        for number in range(count):
            content = damaged(sources[number % len(sources)], number)
            began = time.monotonic()
            try:
                outcome = worker.extract(File(content, "a.pdf"))
            except Refused as refused:
                assert refused.message.endswith("."), number
                assert "error in Postil" not in refused.message, (number, refused.message)
            else:
                assert isinstance(outcome, Extract)
            assert time.monotonic() - began < 20, number
        assert worker.extract(File(sources[0], "a.pdf")).words > 100
        assert worker.process_id == child


def replaced(old, new, *pages):
    content = pdf_of(*(pages or [Page().at(70, 700, SENTENCE)]))
    assert old in content
    return content.replace(old, new)


def packed(stream):
    """A page whose content is packed."""
    body = zlib.compress(stream, 9)
    content = pdf_of(Page().at(70, 700, "MARK"))
    start = content.index(b"<< /Length", content.index(b"MARK") - 80)
    end = content.index(b"endstream", start)
    written = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\n" % (len(body), body)
    return content[:start] + written + content[end:]


HOSTILE = {
    "a page tree that runs in circles": lambda: replaced(b"/Kids [", b"/Kids [2 0 R "),
    "a billion pages": lambda: replaced(b"/Count 1", b"/Count 999999999"),
    "fewer than no pages": lambda: replaced(b"/Count 1", b"/Count -7"),
    "a page larger than the earth": lambda: replaced(b"0 0 595 842", b"0 0 1e30 1e30"),
    "a page without size": lambda: replaced(b"0 0 595 842", b"0 0 0 0"),
    "letters larger than the page": lambda: replaced(b"/F 10 Tf", b"/F 1e30 Tf"),
    "letters of no size": lambda: replaced(b"/F 10 Tf", b"/F 0 Tf"),
    "an array in an array in an array": lambda: replaced(b"/Annots []", b"/Annots " + b"[" * 200_000),
    "a bomb of white space": lambda: packed(b" " * 300_000_000),
    "a million letters without a space": lambda: packed(
        b"BT /F 10 Tf 70 700 Td " + b"(%s) Tj " % (b"x" * 1_000) * 1_000 + b"ET"
    ),
    "fifty thousand lines upon each other": lambda: packed(
        b"BT /F 1 Tf "
        + b" ".join(
            b"1 0 0 1 %d %g Tm (line %d of it) Tj" % (10 + n % 9 * 60, 830 - n // 9 * 0.14, n)
            for n in range(50_000)
        )
        + b" ET"
    ),
    "ten thousand rows of a table": lambda: packed(
        b"BT /F 4 Tf "
        + b" ".join(
            b"1 0 0 1 %d %g Tm (c%d) Tj" % (10 + n % 5 * 100, 840 - n // 5 * 3, n)
            for n in range(50_000)
        )
        + b" ET"
    ),
    "saved states without end": lambda: packed(b"q " * 5_000_000),
    "a form that draws itself": lambda: replaced(
        b"/Subtype /Image /Width 1", b"/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /P 6 0 R >> >> /Width 1",
        Page(picture=True).at(70, 700, SENTENCE),
    ),
}  # fmt: skip


@pytest.mark.timeout(600)
def test_each_hostile_pdf_has_an_outcome_within_its_time():
    limits = Limits(base_s=8.0)
    with Worker(limits=limits) as worker:
        for name, make in HOSTILE.items():
            content = make()
            began = time.monotonic()
            try:
                outcome = worker.extract(File(content, "a.pdf"))
            except Refused as refused:
                assert refused.message.endswith("."), name
                assert "error in Postil" not in refused.message, (name, refused.message)
            else:
                assert isinstance(outcome, Extract), name
            assert time.monotonic() - began < 2 * limits.seconds(len(content)) + 5, name
        assert worker.extract(File(next(sound_ones()), "a.pdf")).words > 100
