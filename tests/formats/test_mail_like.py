import pytest

from desktop_app.formats.extract import Refused
from desktop_app.formats.sniff import MediaType, sniff

MAIL = b"From: Jane <jane@example.org>\r\nSubject: The bridge\r\n\r\nDear all,\r\n"
SAVED = (
    b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tx\r\n"
)
FROM = b"From jane@example.org Mon Jul 20 01:01:07 2015\n"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (MAIL, "a.eml"),
        (MAIL, "3"),
        (b"\xef\xbb\xbf\n" + MAIL, "a"),
        (b"from: x\nto : y\n\nText", "a.bin"),
        (b"From: x\n", "a.eml"),
        (FROM + b"\nText", "3"),
        (b"From x@y\nFrom: x\n\nText", "3"),
        (b"Received: by x\nbroken line\nMessage-ID: <1>\nDate: x\n\nText", "a.txt"),
        (b"X-Own: \x00\nFrom: x\nTo: y\n\n\xff\xd8", "a"),
        (MAIL.replace(b"Subject", b"MIME-Version: 1.0\r\nContent-Type: multipart/related"), "a"),
        (SAVED.replace(b"MIME", b"To: jane@example.org\r\nMIME"), "a"),
    ],
)
def test_mail_is_told_by_its_header(head, name):
    assert sniff(head, name) is MediaType.MAIL


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"From: Jane\n\nDear all", "letter.txt"),
        (b"From: Jane\nDate: today\nSubject: the bridge\n\nDear all", "letter.txt"),
        (b"Date: 3 May 2016\n\nThe siege", "a"),
        (b"From London to Raqqa\n\nIt is a long way", "a.txt"),
        (b"The siege\n\nFrom: x\nTo: y\nMessage-ID: z\n", "a.txt"),
        (b"First: a line\nno field\nno field\nno field\nFrom: x\nTo: y\n", "a"),
    ],
)
def test_a_text_that_begins_a_little_like_mail_is_text(head, name):
    assert sniff(head, name) is MediaType.PLAIN


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (SAVED, "a.mhtml"),
        (SAVED, "a"),
        (SAVED.replace(b"<Saved by Blink>", b"x"), "a.mht"),
        (b"Content-Type: text/html\nContent-Location: http://example.org/\n\n<p>", "a"),
        (b"Snapshot-Content-Location: x\nMIME-Version: 1\nContent-Type: multipart/related\n", "a"),
    ],
)
def test_a_saved_page_is_told_by_its_header(head, name):
    assert sniff(head, name) is MediaType.MHTML


def test_a_page_under_the_name_of_a_saved_page_is_a_page():
    assert sniff(b"<!doctype html><p>x", "a.mht") is MediaType.HTML


def test_bytes_that_are_no_text_are_refused_under_the_name_of_a_mail():
    with pytest.raises(Refused, match="binary"):
        sniff(bytes(range(256)), "a.eml")
