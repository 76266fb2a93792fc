"""Bad input: whatever comes, a file is read or refused with a sentence, and nothing else happens."""

import gzip
import random

import pytest

from desktop_app.formats.extract import Refused
from desktop_app.formats.file import File
from desktop_app.formats.finish import NO_TEXT
from desktop_app.formats.limits import Limits
from desktop_app.formats.process.extract_wire import pack, unpack
from desktop_app.formats.reading import read

LIMITS = Limits()
TEXT = "The convoy waited at the bridge while the negotiators argued over the list of names. "
HTML = (
    "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Siege of the town</title>"
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Siege","author":'
    '{"name":"Jane Doe"},"datePublished":"2016-03-25"}</script></head><body><article><h1>Siege</h1>'
    f"<p>{TEXT * 2}<a href='https://example.org/a'>l</a></p><ol><li>one<ul><li>two</ul></ol>"
    f"<table><tr><td>a<td>b<tr><td>c<td>d</table><figure><img alt='A bridge'></figure><pre>\n x\n</pre>"
    f"<blockquote>{TEXT}</blockquote><p>é ü 日本 &amp; &lt;{TEXT}</p></article></body></html>"
)
MARKDOWN = (
    f"---\ntitle: Siege\n---\n# Siege\n\n{TEXT}\n\n1. one\n   - two\n\n> quote\n\n| a | b |\n|---|---|\n"
    f"| 1 | 2 |\n\n```\ncode\n```\n\n[l](https://example.org) **b** *i* `c` ![i](x.png)\n"
)
PLAIN = f"Siege\n\nSiege\n21st November 2016 ICSR Team\nIn ICSR's News\n\n{TEXT * 4}\n\nSource: The Daily\n"


def outcome(content, name):
    """Read, and send it through the pipe's form and back."""
    try:
        extract = read(File(content, name), LIMITS)
    except Refused as refused:
        assert refused.message.endswith(".")
        return refused
    assert unpack(pack(extract)) == extract
    return extract


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"\xef\xbb\xbf", "empty"),
        ("a.txt.gz", gzip.compress(b"", mtime=0), "empty"),
        ("a.txt", random.Random(1).randbytes(5_000), "binary"),
        ("a.txt", random.Random(2).randbytes(25_000_000), "binary"),
        ("a.gz", gzip.compress(gzip.compress(b"text", mtime=0), mtime=0), "twice"),
        ("a.pdf.gz", gzip.compress(b"%PDF-1.4\n", mtime=0), "PDF"),
        ("a.txt", b"a " * 25_000_001, "larger than 50 MB"),
        ("a.html", HTML.encode() + b" " * 25_000_000, "larger than 25 MB"),
        (
            "a.html.gz",
            gzip.compress(
                HTML.encode() + random.Random(3).randbytes(13_000_000).hex().encode(), 1, mtime=0
            ),
            "larger than 25 MB",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(name, content, word):
    refused = outcome(content, name)
    assert isinstance(refused, Refused)
    assert word in refused.message


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.txt", HTML.encode(), "text/html"),
        ("a.html", PLAIN.encode(), "text/html"),
        ("a.html.gz", gzip.compress(HTML.encode(), mtime=0), "text/html"),
        ("a.html.gz", HTML.encode(), "text/html"),
        ("a.txt", gzip.compress(PLAIN.encode(), mtime=0), "text/plain"),
        ("a.md.GZ", gzip.compress(MARKDOWN.encode(), mtime=0), "text/markdown"),
        ("a.txt", PLAIN.encode("utf-16"), "text/plain"),
        ("a.txt", b"a" * 500_000, "text/plain"),
        ("a.txt", TEXT.encode() * 50_000, "text/plain"),
        ("README", PLAIN.encode(), "text/plain"),
    ],
)
def test_what_is_named_or_packed_otherwise_is_read_all_the_same(name, content, media_type):
    assert outcome(content, name).media_type == media_type


def test_a_file_without_text_is_read_with_a_warning():
    assert outcome(b"<html><body><img src=x></body></html>", "scan.html").warning == NO_TEXT


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("name", "text"), [("a.html", HTML), ("a.md", MARKDOWN), ("a.txt", PLAIN)])
def test_changed_files_are_read_or_refused(seed, name, text):
    changed_files(random.Random(f"{seed}{name}"), name, text, 25)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize(("name", "text"), [("a.html", HTML), ("a.md", MARKDOWN), ("a.txt", PLAIN)])
def test_many_changed_files_are_read_or_refused(seed, name, text):
    changed_files(random.Random(f"long{seed}{name}"), name, text, 250)


def changed_files(chance, name, text, count):
    for _ in range(count):
        content = bytearray(text.encode())
        for _ in range(chance.choice([1, 3, 10, 40])):
            place = chance.randrange(len(content))
            match chance.randrange(5):
                case 0:
                    content[place] = chance.randrange(256)
                case 1:
                    del content[place : place + chance.randint(1, 200)]
                case 2:
                    content[place:place] = content[place : place + chance.randint(1, 200)]
                case 3:
                    content[place:place] = chance.choice(
                        [
                            b"<",
                            b">",
                            b"&#",
                            b"<table>",
                            b"</p>",
                            b"\x00" * 8,
                            b"\xff\xfe",
                            b"[" * 9,
                            b"\n> ",
                        ]
                    )
                case 4:
                    content[place : place + 4] = chance.randbytes(4)
            content = content or bytearray(b"<")
        outcome(bytes(content), chance.choice([name, name, name + ".gz", "a.txt", "a"]))
