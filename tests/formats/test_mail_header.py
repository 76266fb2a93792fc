import base64
import random
import time

import pytest

from desktop_app.formats.limits import Limits
from desktop_app.formats.mail.header import decode_words, from_base64, parameters_of, read_header


def header(content, limits=None):
    return read_header(content, 0, len(content), limits or Limits())


def test_fields_are_unfolded_and_told_apart_without_their_case():
    read = header(b"SUBJECT: The bridge\r\n at  Tabqa\r\nTo:a\r\nto : b\r\nX:\r\n\r\nBody")
    assert read.text("subject") == "The bridge at Tabqa"
    assert read.all("to") == ["a", "b"]
    assert read.first("x") is None
    assert read.body == 53


@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_a_line_that_is_no_field_is_passed_over(ends):
    content = ends.join([b"From: a", b"quite broken", b" more", b"Subject: b", b"", b"Body"])
    read = header(content)
    assert (read.text("from"), read.text("subject")) == ("a", "b")
    assert content[read.body :] == b"Body"


def test_a_body_without_the_blank_line_before_it_is_not_lost():
    content = b"From: a\nSubject: b\nDear all,\nthe bridge is closed.\n\nJane"
    read = header(content)
    assert content[read.body :] == b"Dear all,\nthe bridge is closed.\n\nJane"


def test_a_mail_that_begins_with_a_blank_line_has_no_header():
    assert header(b"\r\nSubject: b\r\n\r\nBody").fields == ()


def test_the_line_of_a_mailbox_is_kept_apart():
    read = header(b"From jane@example.org Mon Jul 20 01:01:07 2015\n>From x\nSubject: b\n\n")
    assert read.envelope == "From jane@example.org Mon Jul 20 01:01:07 2015"
    assert read.text("subject") == "b"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("=?utf-8?Q?Gr=C3=BC=C3=9Fe_aus_Rakka?=", "Grüße aus Rakka"),
        ("=?ISO-8859-1?q?Stra=DFe?= nach =?UTF-8?B?UmFra2E=?=", "Straße nach Rakka"),
        ("=?utf-8?b?w7w=?=\n =?utf-8?b?w7w=?=", "üü"),
        ("=?utf-8?q?=C3?= =?utf-8?q?=BC?=", "ü"),
        ("=?koi8-r?B?8M/E0M/M2M7Z?=", "Подпольны"),
        ("=?iso-2022-jp?B?GyRCJF4kXyRgGyhC?=", "まみむ"),
        ("=?utf-8*de?Q?ja?=", "ja"),
        ("=?utf-8?Q?two words?=", "two words"),
        ("=?unknown?Q?Gr=FC=DFe?=", "Grüße"),
        ("=?utf-8?B?UmFra2E?=", "Rakka"),
        ("=?utf-8?X?abc?= =? ?=", "=?utf-8?X?abc?= =? ?="),
        ("plain", "plain"),
    ],
)
def test_encoded_words_are_decoded(written, meant):
    assert decode_words(written) == meant


def test_words_that_were_not_encoded_are_read_in_the_charset_that_fits():
    assert header("Subject: Grüße\n\n".encode()).text("subject") == "Grüße"
    assert header("Subject: Grüße\n\n".encode("cp1252")).text("subject") == "Grüße"
    russian = "Subject: Здравствуйте, дорогие друзья, как ваши дела\n\n"
    assert "дорогие друзья" in header(russian.encode("cp1251")).text("subject")
    assert header("Subject: まみむ\n\n".encode("iso2022_jp")).text("subject") == "まみむ"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('name="a b.pdf"; x=y', {"name": "a b.pdf", "x": "y"}),
        ('name="a \\"b\\".pdf"', {"name": 'a "b".pdf'}),
        ("Name = a.pdf ; charset=utf-8", {"name": "a.pdf", "charset": "utf-8"}),
        ("boundary=----=_Next_1.2; x", {"boundary": "----=_Next_1.2"}),
        ('boundary="open', {"boundary": "open"}),
        ("filename*=utf-8'de'Stra%C3%9Fe.pdf", {"filename": "Straße.pdf"}),
        ("filename*0*=iso-8859-1''Stra%DF; filename*1=e.pdf", {"filename": "Straße.pdf"}),
        ('filename*1="b.pdf"; filename*0="a"', {"filename": "ab.pdf"}),
        ('name="=?utf-8?Q?Stra=C3=9Fe?="', {"name": "Straße"}),
        ("filename*=oops", {"filename": "oops"}),
        ("", {}),
    ],
)
def test_parameters_are_read_in_all_ways_of_writing_them(written, meant):
    assert parameters_of(written) == meant


def test_base64_is_read_however_it_ends():
    whole = base64.encodebytes(b"The bridge is closed." * 9)
    assert from_base64(whole) == b"The bridge is closed." * 9
    for cut in range(1, 9):
        assert b"The bridge is closed.".startswith(
            from_base64(base64.b64encode(b"The bridge is closed.")[:-cut])
        )
    assert from_base64(b"VGhl\x00!! \r\nIGJyaWRnZQ") == b"The bridge"


def test_a_header_longer_than_the_limit_is_read_as_far_as_that():
    content = b"From: a\n" + b"X-Long: y\n" * 100_000 + b"Subject: b\n\nBody"
    read = header(content)
    assert read.cut
    assert read.text("from") == "a"
    assert read.text("subject") == ""
    assert content[read.body :] == b"Body"


@pytest.mark.parametrize(
    "content",
    [
        b"Subject: " + b"=?utf-8?Q?=C3=BC?= " * 20_000,
        b"Subject: " + b"=?utf-8?Q?" * 6_000,
        b"Subject: " + b"=?" * 30_000,
        b"Content-Type: text/plain;" + b" x" * 30_000,
        b"Content-Type: text/plain; " + b"name*0=" * 9_000,
        b'Content-Type: text/plain; name="' + b"\\" * 60_000,
        b"From: " + b"(" * 60_000,
        b"a" * 1_000_000,
        b":" * 1_000_000,
        b" \n" * 500_000,
    ],
)
def test_no_header_takes_long(content):
    began = time.process_time()
    read = header(content)
    read.text("subject")
    read.structured("content-type")
    assert time.process_time() - began < 1


def test_any_bytes_make_a_header():
    chance = random.Random(3)
    for _ in range(300):
        raw = bytes(chance.choice(b"ab:; =?\r\n\t\"\\'*%\xff\x00Q") for _ in range(300))
        read = header(raw)
        for name, _ in read.fields:
            read.text(name)
            read.structured(name)
        assert 0 <= read.body <= len(raw)
