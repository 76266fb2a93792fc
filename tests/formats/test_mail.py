import base64
import contextlib
import random
import time
from dataclasses import replace

import pytest

from desktop_app.core.model import FactName
from desktop_app.core.text import BlockKind, SpanKind
from desktop_app.formats.extract import Refused
from desktop_app.formats.file import File
from desktop_app.formats.limits import Limits
from desktop_app.formats.mail.reader import attachment_of_mail, read_mail
from desktop_app.formats.reading import read
from desktop_app.formats.sentences import CUT_SHORT
from tests.formats.mails_for_tests import TEXT, mail, picture, raw, with_page

LIMITS = Limits()


def extract(message, limits=LIMITS):
    content = message if isinstance(message, bytes) else message.as_bytes()
    return read(File(content, "a.eml"), limits)


def body(message):
    """The text of a mail without what stands above it."""
    return extract(message).text.canonical.partition("Date: Mon, 20 Jul 2015 23:30:00 -0700\n")[2]


def fact(message, name):
    return next((one.value for one in extract(message).proposals if one.fact is name), None)


def taken(message, number):
    content = message if isinstance(message, bytes) else message.as_bytes()
    return attachment_of_mail(File(content, "a.eml"), LIMITS, number)


def test_a_mail_is_its_text_below_who_wrote_to_whom_and_when():
    message = mail(Cc="Ann <ann@example.org>", Reply_To="desk@example.org")
    made = extract(message)
    assert made.media_type == "message/rfc822"
    head, text = made.blocks
    assert head.text.split("\n") == [
        "From: Jane Doe <jane@example.org>",
        "To: joe@example.org",
        "Cc: Ann <ann@example.org>",
        "Reply-To: desk@example.org",
        "Date: Mon, 20 Jul 2015 23:30:00 -0700",
    ]
    assert [head.text[s.start : s.end] for s in head.spans if s.kind is SpanKind.BOLD][:2] == [
        "From:",
        "To:",
    ]
    assert text.text == TEXT.strip()
    assert made.warning is None


def test_a_mail_tells_its_title_author_and_day_where_it_was_written():
    message = mail(Subject="Re: Fwd: =?utf-8?q?Br=C3=BCcke?=")
    assert fact(message, FactName.TITLE) == "Re: Fwd: Brücke"
    assert fact(message, FactName.AUTHORS) == ("Jane Doe",)
    assert fact(message, FactName.PUBLISHED) == "2015-07-20"
    assert fact(message, FactName.SOURCE) is None
    assert fact(message, FactName.URL) is None


def test_letters_that_cannot_be_read_are_said():
    body = b"From: a@example.org\nContent-Type: text/plain; charset=utf-8\n\n"
    content = body + "Die Brücke wartet. ".encode() * 20 + b"\xff"
    assert extract(content).warning == "One character could not be read and is shown as \ufffd."


def test_a_mail_without_a_subject_is_named_after_its_sender():
    message = mail()
    del message["Subject"]
    assert fact(message, FactName.TITLE) == "Mail from Jane Doe"


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ('"Doe, Jane" <jane@example.org>', ("Doe, Jane",)),
        ("jane@example.org", ("jane@example.org",)),
        ("jane@example.org (Jane Doe)", ("Jane Doe",)),
        ("=?utf-8?q?J=C3=BCrgen?= <j@example.org>, Ann <a@example.org>", ("Jürgen", "Ann")),
        ("jane@example.org ann@example.org", ("jane@example.org", "ann@example.org")),
        ("Jane Doe", ("Jane Doe",)),
    ],
)
def test_authors_are_the_names_of_the_senders(written, authors):
    content = f"From: {written}\nTo: x\n\nText".encode()
    assert fact(content, FactName.AUTHORS) == authors


@pytest.mark.parametrize(
    ("header", "source"),
    [
        ("List-Id: Syria Watch <syria-watch.lists.example.org>", "Syria Watch"),
        ("List-Id: <syria-watch.lists.example.org>", "syria-watch"),
        ("Organization: Example Institute", "Example Institute"),
        ("List-Id: Syria Watch <s.example.org>\nOrganization: Institute", "Syria Watch"),
        ("Newsgroups: soc.culture.syria,misc.news", "soc.culture.syria"),
    ],
)
def test_the_source_is_the_mailing_list_or_the_organisation(header, source):
    assert fact(raw(header, "Text"), FactName.SOURCE) == source


@pytest.mark.parametrize(
    ("header", "address"),
    [
        ("Archived-At: <https://lists.example.org/m/1>", "https://lists.example.org/m/1"),
        ("X-URL: https://example.org/1\nList-Archive: <https://a.org/>", "https://example.org/1"),
        ("List-Archive: <https://lists.example.org/>", "https://lists.example.org/"),
        ("Archived-At: <mailto:x@example.org>", None),
    ],
)
def test_the_address_is_where_the_mail_is_archived(header, address):
    assert fact(raw(header, "Text"), FactName.URL) == address


@pytest.mark.parametrize(
    ("header", "day"),
    [
        ("Date: Thu, 13 Feb 1969 23:32 -0330 (Newfoundland Time)", "1969-02-13"),
        ("Date: 15 Apr 92 16:46:49 GMT", "1992-04-15"),
        ("Date: Fri Mar 10 2006 13:40:00 GMT+0100", "2006-03-10"),
        (
            "Date: 30 Jun 3609 15:33:50\nReceived: by x; Mon, 30 Jun 2008 02:34:00 -0700",
            "2008-06-30",
        ),
        ("Date: soon", None),
        ("Date: 2015-07-20T23:30:00Z", "2015-07-20"),
    ],
)
def test_the_day_is_read_in_many_ways_of_writing_it(header, day):
    assert fact(raw(header, "Text"), FactName.PUBLISHED) == day


def test_the_plain_text_is_taken_unless_the_page_says_more():
    page = f"<p>{TEXT}</p><p>See <a href='https://example.org/'>here</a></p>"
    assert body(with_page(TEXT, page)) == TEXT.strip()
    assert body(with_page("This mail needs a browser.", f"<p>{TEXT * 5}</p>")).startswith(
        "The convoy"
    )
    assert body(with_page("", page)).startswith("The convoy")


def test_a_page_that_shows_pictures_of_the_mail_is_taken_with_them():
    message = with_page(TEXT, f"<p>{TEXT}</p><img src='cid:lamp%40x' alt='A lamp'>")
    page = message.get_payload()[1]
    page.add_related(picture(), "image", "png", cid="<lamp@x>", filename="lamp.png")
    made = extract(message)
    shown = [block for block in made.blocks if block.kind is BlockKind.IMAGE]
    assert [(block.text, block.picture.width) for block in shown] == [("A lamp", 40)]
    assert [file.hash for file in made.pictures] == [shown[0].picture.hash]
    assert [one.name for one in made.attachments] == ["lamp.png"]
    assert "Attached" not in made.text.canonical
    assert taken(message, 0) == ("lamp.png", picture())


def test_a_remote_picture_is_a_place_holder_and_never_fetched():
    (image,) = (
        block
        for block in extract(mail("")).blocks
        + extract(
            raw("Content-Type: text/html", "<p>x<img src='http://a.org/p.png' alt='Map' width=90>")
        ).blocks
        if block.kind is BlockKind.IMAGE
    )
    assert (image.picture.hash, image.picture.address) == (None, "http://a.org/p.png")


def test_pictures_between_texts_are_shown_where_they_stand():
    message = mail("One.")
    message.make_mixed()
    message.add_attachment(picture(), "image", "png", disposition="inline")
    message.add_attachment("Two.", disposition="inline")
    kinds = [block.kind for block in extract(message).blocks[1:]]
    assert kinds == [BlockKind.PARAGRAPH, BlockKind.IMAGE, BlockKind.PARAGRAPH]


def test_attachments_are_named_listed_and_given_out():
    message = mail()
    message.add_attachment(b"%PDF-1.7 x", "application", "pdf", filename="../Straße ü.pdf")
    message.add_attachment("a,b\n", subtype="csv", filename="table.csv")
    message.add_attachment(b"x", "application", "octet-stream")
    made = extract(message)
    assert [(a.name, a.media_type, a.size_bytes) for a in made.attachments] == [
        ("Straße ü.pdf", "application/pdf", 10),
        ("table.csv", "text/csv", 4),
        ("attachment 3", "application/octet-stream", 1),
    ]
    assert "Attached: Straße ü.pdf, table.csv, attachment 3" in made.blocks[0].text
    assert taken(message, 0) == ("Straße ü.pdf", b"%PDF-1.7 x")
    assert taken(message, 1) == ("table.csv", b"a,b\n")
    with pytest.raises(Refused, match="no such attachment"):
        taken(message, 3)


def test_a_mail_with_nothing_but_attachments_says_so():
    message = mail("")
    message.add_attachment(b"%PDF-1.7 x", "application", "pdf", filename="a.pdf")
    assert "only what is attached" in extract(message).warning
    assert "no text" in extract(mail("")).warning


def test_the_only_text_is_shown_also_when_it_was_sent_as_a_file():
    message = mail("")
    message.add_attachment(TEXT, filename="notes.txt")
    made = extract(message)
    assert made.text.canonical.endswith(TEXT.strip())
    assert [one.name for one in made.attachments] == ["notes.txt"]


def test_a_forwarded_mail_is_read_with_its_own_header_and_can_be_taken_out():
    inner = mail("It is closed.\n", Subject="Closed: the bridge", From="Ann <ann@example.org>")
    inner.add_attachment(b"%PDF", "application", "pdf", filename="map.pdf")
    outer = mail("See below.\n")
    outer.add_attachment(inner)
    made = extract(outer)
    assert [block.text for block in made.blocks[1:]] == [
        "See below.",
        "Subject: Closed: the bridge\nFrom: Ann <ann@example.org>\nTo: joe@example.org\n"
        "Date: Mon, 20 Jul 2015 23:30:00 -0700\nAttached: map.pdf",
        "It is closed.",
    ]
    names = [one.name for one in made.attachments]
    assert names == ["Closed_ the bridge.eml", "map.pdf"]
    name, content = taken(outer, 0)
    assert read(File(content, name), LIMITS).text.canonical.endswith("It is closed.")
    assert taken(outer, 1) == ("map.pdf", b"%PDF")
    assert fact(outer, FactName.TITLE) == "The bridge"


def test_a_digest_is_mails():
    parts = (
        "--b\n\nFrom: Ann\nSubject: One\n\nFirst.\n--b\n\nFrom: Joe\nSubject: Two\n\nSecond.\n--b--"
    )
    text = extract(raw("Content-Type: multipart/digest; boundary=b", parts)).text.canonical
    assert "Subject: One\nFrom: Ann\nFirst.\nSubject: Two\nFrom: Joe\nSecond." in text


def test_a_report_of_delivery_is_read():
    parts = (
        "--b\n\nIt could not be delivered.\n--b\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; x\nAction: failed\n--b\nContent-Type: text/rfc822-headers\n\n"
        "Subject: Hello\n--b--\n"
    )
    made = extract(raw("Content-Type: multipart/report; boundary=b", parts))
    assert [block.text for block in made.blocks[1:]] == [
        "It could not be delivered.",
        "Reporting-MTA: dns; x\nAction: failed",
        "Subject: Hello",
    ]


def test_an_invitation_is_its_text_and_an_attachment():
    message = mail("Come at nine.\n")
    message.add_alternative("BEGIN:VCALENDAR\nEND:VCALENDAR\n", subtype="calendar")
    made = extract(message)
    assert made.text.canonical.endswith("Come at nine.")
    assert [(one.name, one.media_type) for one in made.attachments] == [
        ("attachment 1.ics", "text/calendar")
    ]


def test_what_a_list_writes_behind_the_parts_is_kept():
    parts = "This is a multi-part message in MIME format.\n--b\n\nText.\n--b--\n\nTo leave the list, write to x."
    made = extract(raw("Content-Type: multipart/mixed; boundary=b", parts))
    assert [block.text for block in made.blocks[1:]] == ["Text.", "To leave the list, write to x."]


SEALED = (
    "--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\n\n-----BEGIN PGP--\n--b--"
)
ARMOUR = "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n"


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("Content-Type: multipart/encrypted; boundary=b", SEALED),
        ("Content-Type: application/pkcs7-mime; smime-type=enveloped-data", "MIIB"),
        ("Content-Type: application/x-pkcs7-mime; name=smime.p7m", "MIIB"),
        ("Content-Type: text/plain", ARMOUR),
    ],
)
def test_an_encrypted_mail_is_refused_as_encrypted(header, body):
    with pytest.raises(Refused, match="encrypted"):
        extract(raw(header, body))


def tlv(tag, content, *, ends=False):
    """A tag with its content, by its length or by a mark at its end."""
    if ends:
        return bytes([tag, 0x80]) + content + b"\0\0"
    size = len(content).to_bytes(3, "big")
    return bytes([tag, 0x83]) + size + content


@pytest.mark.parametrize("ends", [False, True])
def test_a_text_inside_its_signature_is_read(ends):
    inside = b"Content-Type: text/plain; charset=utf-8\r\n\r\nThe Stra\xc3\x9fe is closed.\r\n"
    if ends:
        pieces = tlv(4, inside[:30]) + tlv(4, inside[30:])
        octets = tlv(0x24, pieces, ends=True)
    else:
        octets = tlv(4, inside)
    oid = bytes.fromhex("06092a864886f70d0107")
    data = tlv(0x30, oid + b"\x01" + tlv(0xA0, octets, ends=ends), ends=ends)
    signed = tlv(0x30, oid + b"\x02" + tlv(0xA0, tlv(0x30, data), ends=ends), ends=ends)
    header = "Content-Type: application/pkcs7-mime; smime-type=signed-data\n"
    header += "Content-Transfer-Encoding: base64"
    made = extract(raw(header, base64.encodebytes(signed).decode()))
    assert made.blocks[-1].text == "The Straße is closed."
    assert made.attachments == ()
    for cut in range(0, len(signed), 3):
        with contextlib.suppress(Refused):
            extract(raw(header, base64.encodebytes(signed[:cut]).decode()))


def test_of_a_mail_that_is_encrypted_in_part_the_rest_is_read():
    made = extract(raw("Content-Type: text/plain", f"Hello.\n\n{ARMOUR}"))
    assert made.text.canonical.endswith("Hello.")
    assert "encrypted" in made.warning


def test_files_written_into_the_text_are_attachments():
    text = "See this.\n\nbegin 644 a.txt\n#0V%T\n`\nend\n\nJane"
    made = extract(raw("X: y", text))
    assert [block.text for block in made.blocks[1:]] == ["See this.", "Jane"]
    assert [(one.name, one.size_bytes) for one in made.attachments] == [("a.txt", 3)]
    assert taken(raw("X: y", text), 0) == ("a.txt", b"Cat")


@pytest.mark.parametrize(
    ("header", "content", "text"),
    [
        ("Content-Type: text/plain; charset=iso-8859-1", "Straße".encode("cp1252"), "Straße"),
        ("Content-Type: text/plain; charset=nonsense", "Straße".encode(), "Straße"),
        ("Content-Type: text/plain; charset=utf-8", "Straße".encode("cp1252"), "Straße"),
        ("Content-Type: text/plain; charset=iso-2022-jp", "日本".encode("iso2022_jp"), "日本"),
        ("Content-Type: text/plain; charset=utf-7", b"Stra+AN8-e", "Straße"),
        ("Content-Transfer-Encoding: base64", b"U3RyYcOfZQ", "Straße"),
        ("Content-Transfer-Encoding: BASE64;", b"U3Ry\nYcOf\n!!ZQ==", "Straße"),
        (
            "Content-Transfer-Encoding: base64",
            b"It is not packed at all.",
            "It is not packed at all.",
        ),
        ("Content-Transfer-Encoding: quoted-printable", b"Stra=C3=9Fe=\n=ZZ=", "Straße=ZZ"),
        ("Content-Transfer-Encoding: text/html", b"Text", "Text"),
        ("Content-Type: text", b"Text", "Text"),
        ("Content-Type: text/enriched", b"<bold>Text</bold> <<b>", "Text <b>"),
        ("", b"<html><body><p>Text</p></body></html>", "Text"),
    ],
)
def test_text_is_read_however_it_is_written(header, content, text):
    made = extract(f"From: a@b\nTo: c\n{header}".rstrip("\n").encode() + b"\n\n" + content)
    assert made.blocks[-1].text == text


@pytest.mark.parametrize(
    "parts",
    [
        "--b\n\nText.\n--b--\n",
        "--b\n\nText.\n",
        "--b\n\nText.\n--b",
        "--b  \nContent-Type: text/plain\n\nText.\n--b-- \n",
        "--b\n\nText.\n--b\n--b\n--b--",
        "--c\nContent-Type: text/plain\n\nText.\n--c--",
        "--b\nText.\n--b--\n",
        "Text.\n",
    ],
)
def test_parts_are_found_however_they_are_divided(parts):
    made = extract(raw("Content-Type: multipart/mixed; boundary=b", parts))
    assert made.text.canonical.endswith("Text.")


def test_a_boundary_that_begins_like_another_is_another():
    inner = "--b1\n\nOne.\n--b1\n\nTwo.\n--b1--\n"
    content = f"--b\nContent-Type: multipart/mixed; boundary=b1\n\n{inner}\n--b\n\nThree.\n--b--"
    made = extract(raw("Content-Type: multipart/mixed; boundary=b", content))
    assert [block.text for block in made.blocks[1:]] == ["One.", "Two.", "Three."]


def deep(levels):
    opened = "".join(
        f"Content-Type: multipart/mixed; boundary=b{number}\n\n--b{number}\n"
        for number in range(levels)
    )
    return b"From: a@b\nTo: c\n" + opened.encode() + b"\nDeep.\n"


def test_parts_are_looked_into_as_deep_as_the_limit():
    assert extract(deep(15)).text.canonical.endswith("Deep.")
    made = extract(deep(10_000))
    assert "nested too deep" in made.warning
    assert len(made.attachments) == 1


def test_mails_in_mails_are_looked_into_as_deep_as_the_limit():
    content = b"From: a@b\nTo: c\nContent-Type: message/rfc822\n\n" * 5_000 + b"From: d\n\nDeep."
    assert "nested too deep" in extract(content).warning


@pytest.mark.parametrize(
    "content",
    [
        raw("Subject: " + "=?utf-8?Q?=C3=BC?= " * 20_000, "Text."),
        raw("X-Long: " + "y" * 1_000_000, "Text."),
        raw("To: " + "a@b, " * 200_000, "Text."),
        raw("To: " + "(" * 60_000, "Text."),
        raw("Content-Type: multipart/mixed; boundary=b", "--b\n\nText.\n" * 5_000),
        raw("Content-Type: multipart/mixed; boundary=b", "--b\n" * 9_000 + "\nText."),
        raw("Content-Type: multipart/mixed; boundary=b", "--\n--b" * 200_000),
        raw("", "begin 644 x\n" * 50_000 + "end\n"),
        raw("", "> " * 200_000),
        raw("Content-Type: text/html", "<p>" + "<b>" * 100_000),
    ],
)
def test_no_mail_takes_long(content):
    began = time.process_time()
    try:
        made = extract(content)
    except Refused as refused:
        assert "nested" in refused.message
    else:
        assert made.blocks
    assert time.process_time() - began < 8  # the worst of them takes 1.5 s


def test_too_many_parts_are_refused():
    with pytest.raises(Refused, match="10,000 parts"):
        extract(raw("Content-Type: multipart/mixed; boundary=b", "--b\n\nText.\n" * 11_000))


def test_a_header_beyond_the_limit_is_said():
    made = extract(raw("X-Long: " + "y\n " * 50_000, "Text."))
    assert "header is longer" in made.warning
    assert made.text.canonical.endswith("Text.")


def test_a_text_beyond_the_limit_is_refused():
    with pytest.raises(Refused, match="larger than"):
        extract(mail(TEXT * 50), replace(LIMITS, text_bytes=1_000))


def test_copies_that_are_cut_or_changed_are_read_or_refused():
    message = with_page(TEXT, f"<p>{TEXT}</p><img src='cid:x'>")
    message.get_payload()[1].add_related(picture(), "image", "png", cid="<x>")
    message.add_attachment(mail("Inside.\n"))
    message.add_attachment(b"%PDF", "application", "pdf", filename="a.pdf")
    whole = message.as_bytes()
    chance = random.Random(11)
    for number in range(250):
        changed = bytearray(whole)
        for _ in range(chance.randint(1, 30)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        content = bytes(changed[: chance.randrange(1, len(changed))] if number % 2 else changed)
        try:
            made = extract(b"From: a@b\nTo: c\n" + content)
        except Refused:
            continue
        for count, one in enumerate(made.attachments):
            name, content_of_it = attachment_of_mail(
                File(b"From: a@b\nTo: c\n" + content, "a.eml"), LIMITS, count
            )
            assert (name, len(content_of_it)) == (one.name, one.size_bytes)


@pytest.mark.parametrize(("end", "cut"), [(b"--b--\r\n", False), (b"", True)])
def test_a_mail_whose_parts_have_no_end_says_so(end, cut):
    content = (
        b"From: a@example.org\r\nSubject: s\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/plain\r\n\r\nThe ferry left the quay.\r\n" + end
    )
    reading = read_mail(File(content, "a.eml"), Limits())
    assert (CUT_SHORT in (reading.warning or "")) is cut
