import base64
import random

import pytest

from desktop_app.core.model import FactName
from desktop_app.core.text import BlockKind
from desktop_app.formats.extract import Refused
from desktop_app.formats.file import File
from desktop_app.formats.limits import Limits
from desktop_app.formats.reading import read
from tests.formats.mails_for_tests import picture

SENTENCES = [
    f"<p>The ferry left the {place} at dawn, and nobody was on board when it did.</p>"
    for place in ("quay", "harbour", "island", "old pier", "mole", "north shore", "lock", "bay")
]
PAGE = (
    "<!doctype html><html lang=en><head><title>A morning at the quay</title></head><body>"
    "<nav><a href='/'>Home</a> <a href='/news'>News</a></nav><article><h1>A morning at the quay</h1>"
    f"{''.join(SENTENCES[:4])}%s{''.join(SENTENCES[4:])}</article></body></html>"
)
HEADER = """From: <Saved by Blink>
Snapshot-Content-Location: https://example.org/news/quay.html
Subject: A morning at the quay - Example
Date: Sat, 12 Mar 2016 08:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related;
	type="text/html";
	boundary="----B--"

"""


def saved(page, *parts, header=HEADER, about="", charset="; charset=utf-8"):
    """A page as browsers save it, with (header, bytes) pairs for what it shows."""
    pieces = [
        (f"Content-Type: text/html{charset}\n{about}Content-Transfer-Encoding: 8bit\n", page),
        *parts,
    ]
    body = b"".join(
        b"------B--\n" + head.encode() + b"\n" + content + b"\n" for head, content in pieces
    )
    return (header.encode() + body + b"------B----\n").replace(b"\n", b"\r\n")


def image(*header):
    return "".join(f"{line}\n" for line in ("Content-Type: image/png", *header)), picture()


def packed(*header):
    head, content = image(*header, "Content-Transfer-Encoding: base64")
    return head, base64.encodebytes(content)


def extract(content, name="a.mhtml"):
    return read(File(content, name), Limits())


def pictures(made):
    return [block.picture for block in made.blocks if block.kind is BlockKind.IMAGE]


def test_a_saved_page_is_its_article_with_the_whole_page_beside_it():
    made = extract(saved((PAGE % "").encode()))
    assert made.media_type == "multipart/related"
    assert made.text.canonical.count("The ferry left") == 8
    assert "Home" in made.whole.canonical
    facts = {one.fact: one.value for one in reversed(made.proposals)}
    assert facts[FactName.TITLE] == "A morning at the quay"
    assert facts[FactName.URL] == "https://example.org/news/quay.html"
    assert FactName.PUBLISHED not in facts


@pytest.mark.parametrize(
    ("source", "header"),
    [
        ("cid:lamp@example", "Content-ID: <lamp@example>"),
        ("cid:lamp%40example", "Content-ID: <lamp@example>"),
        ("https://example.org/lamp.png", "Content-Location: https://example.org/lamp.png"),
        ("/lamp.png", "Content-Location: https://example.org/lamp.png"),
        ("pictures/lamp.png", "Content-Location: https://example.org/news/pictures/lamp.png"),
        ("lamp.png", "Content-Location: lamp.png"),
    ],
)
def test_the_pictures_that_were_saved_with_it_are_shown(source, header):
    page = PAGE % f"<figure><img src='{source}'><figcaption>A lamp</figcaption></figure>"
    made = extract(saved(page.encode(), packed(header)))
    (shown,) = pictures(made)
    assert (shown.width, shown.height) == (40, 30)
    assert [one.hash for one in made.pictures] == [shown.hash]


def test_a_picture_that_was_not_saved_is_a_place_holder():
    page = PAGE % "<figure><img src='/other.png' width=90><figcaption>A map</figcaption></figure>"
    (shown,) = pictures(extract(saved(page.encode(), packed("Content-ID: <lamp@example>"))))
    assert (shown.hash, shown.address) == (None, "https://example.org/other.png")


def test_the_charset_of_the_part_counts():
    page = (PAGE % "<p>Die Straße über die Brücke ist für alle gesperrt.</p>").encode("cp1252")
    made = extract(saved(page, charset="; charset=iso-8859-1"))
    assert "Die Straße über die Brücke" in made.text.canonical
    page = page.replace(b"<head>", b"<head><meta charset=koi8-r>")
    made = extract(saved(page, charset="; charset=iso-8859-1"))
    assert "Die Straße über die Brücke" in made.text.canonical


def test_the_page_may_lie_in_another_part_or_be_the_whole_file():
    inner = b"Content-Type: multipart/alternative; boundary=i\n\n--i\nContent-Type: text/html\n\n"
    content = (
        HEADER.encode() + b"------B--\n" + inner + (PAGE % "").encode() + b"\n--i--\n------B----\n"
    )
    assert "The ferry left" in extract(content).text.canonical
    alone = HEADER.partition("Content-Type")[0] + "Content-Type: text/html\n\n" + PAGE % ""
    assert "The ferry left" in extract(alone.encode()).text.canonical


def test_the_page_that_the_file_names_as_its_start_is_read():
    other = ("Content-Type: text/html\nContent-ID: <frame>\n", b"<p>An advertisement.</p>")
    header = HEADER.replace('type="text/html"', 'start="<page>"')
    about = "Content-ID: <page>\n"
    page = (PAGE % "").encode()
    content = saved(page, other, header=header, about=about)
    assert "The ferry left" in extract(content).text.canonical


def test_a_title_is_found_beside_a_page_without_one():
    page = "<p>A note.</p>"
    facts = {one.fact: one.value for one in reversed(extract(saved(page.encode())).proposals)}
    assert facts[FactName.TITLE] == "A morning at the quay - Example"


def test_a_file_without_a_page_is_refused():
    content = HEADER.encode() + b"------B--\nContent-Type: image/png\n\nx\n------B----\n"
    with pytest.raises(Refused, match="no page in it"):
        extract(content)


def test_copies_that_are_cut_or_changed_are_read_or_refused():
    page = PAGE % "<img src='cid:lamp@example' alt='A lamp'>"
    whole = saved(page.encode(), packed("Content-ID: <lamp@example>"))
    chance = random.Random(5)
    for number in range(60):
        changed = bytearray(whole)
        for _ in range(chance.randint(1, 30)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        try:
            extract(bytes(changed[: chance.randrange(1, len(changed))] if number % 2 else changed))
        except Refused:
            continue
