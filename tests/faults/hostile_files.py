"""Files made to hurt whoever reads them: bombs, depths, lies, and damaged copies of every format.

Nothing here is large on the disk. What some of them point at is a file beside them that must
never be opened: its text is CANARY.
"""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from tests.faults import small_documents as small

CANARY = "The canary sang in the cellar."
SEED = 20161121


def hostile(
    canary: Path, *, damaged: int = 6, mutated: int = 300, deep: bool = True
) -> Iterator[tuple[str, bytes]]:
    """Names and contents. damaged: copies of each format, half of them cut short; mutated: PDFs.

    deep: also pages that name nothing outside themselves, and only take long.
    """
    yield from _bombs()
    if deep:
        yield from _deep_pages()
    yield from _mails()
    yield from _entities(canary)
    yield from _office()
    yield from _pointers(canary)
    yield from _damaged(damaged)
    yield from _mutated_pdfs(mutated)


def write_hostile(
    folder: Path, canary: Path, *, damaged: int = 6, mutated: int = 300, deep: bool = True
) -> list[Path]:
    """Write them all into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    canary.parent.mkdir(parents=True, exist_ok=True)
    canary.write_text(CANARY, "utf-8")
    paths = []
    for name, content in hostile(canary, damaged=damaged, mutated=mutated, deep=deep):
        path = folder / name
        assert not path.exists(), name
        path.write_bytes(content)
        paths.append(path)
    return paths


def _bombs() -> Iterator[tuple[str, bytes]]:
    yield "bomb.zip", small.zipped({"zeros.txt": b"0" * 300_000_000})
    yield "bomb.docx", _with_entry(small.docx(), "word/document.xml", b" " * 250_000_000)
    yield "bomb.html.gz", small.gzip.compress(b" " * 200_000_000, 9, mtime=0)
    yield "many.zip", small.zipped({f"{number}.txt": b"" for number in range(10_001)})
    inner = small.zipped({"deep.txt": small.txt()})
    for level in range(3):
        inner = small.zipped({f"level-{level}.zip": inner})
    yield "nested.zip", inner
    yield (
        "slip.zip",
        small.zipped(
            {
                "../../../escaped.txt": small.txt("It climbed out."),
                "/etc/escaped.txt": small.txt("It came from the root."),
                "..\\..\\escaped.txt": small.txt("It climbed the other way."),
                "C:\\escaped.txt": small.txt("It named a drive."),
                "a/\x00b.txt": small.txt("It broke its name."),
            }
        ),
    )
    yield "overlap.zip", _overlapping()
    yield "lying.zip", _lying()


def _with_entry(archive: bytes, name: str, content: bytes) -> bytes:
    with small.zipfile.ZipFile(small.io.BytesIO(archive)) as opened:
        entries = {entry: opened.read(entry) for entry in opened.namelist()}
    return small.zipped(entries | {name: content})


def _overlapping() -> bytes:
    """Hundreds of entries that all are the same packed bytes."""
    content = b"0" * 4_000_000
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    crc = zlib.crc32(content)
    name = b"a.txt"
    local = struct.pack(
        "<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 0, crc, len(packed), len(content), len(name), 0
    )
    made = local + name + packed
    central = b""
    for number in range(400):
        entry = b"%d.txt" % number
        central += struct.pack(
            "<IHHHHHHIIIHHHHHII",
            0x02014B50, 20, 20, 0, 8, 0, 0, crc, len(packed), len(content), len(entry),
            0, 0, 0, 0, 0, 0,
        ) + entry  # fmt: skip
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 400, 400, len(central), len(made), 0)
    return made + central + end


def _lying() -> bytes:
    """An entry that says it is ten bytes long and is not."""
    made = bytearray(small.zipped({"a.txt": b"0" * 50_000_000}))
    central = made.rindex(b"PK\x01\x02")
    struct.pack_into("<I", made, central + 24, 10)
    struct.pack_into("<I", made, 22, 10)
    return bytes(made)


def _deep_pages() -> Iterator[tuple[str, bytes]]:
    yield "nested-tags.html", b"<html><body>" + b"<div>" * 20_000 + b"deep" + b"</div>" * 20_000
    yield "nested-tables.html", b"<html><body>" + b"<table><tr><td>" * 240 + b"cell"
    attributes = b" ".join(b'a%d="%d"' % (number, number) for number in range(100_000))
    yield "attributes.html", b"<html><body><p " + attributes + b">One paragraph.</p>"
    yield "tags.html", b"<html><body>" + b"<b>x</b>" * 260_000
    yield "word.html", b"<html><body><p>" + b"a" * 500_000 + b"</p>"
    yield "wide.html", b"<html><body>" + b"<p>" + b"lorem " * 5_000_000
    yield "entity.html", b"<html><body><p>" + b"&amp;lt;" * 300_000
    yield "open.html", b"<html><body>" + b"<!--" * 100_000
    yield "comment.html", b"<!--" + b" " * 2_000_000 + b"<html><body><p>Late.</p>"
    yield "columns.md", b"|a" * 20_000 + b"|\n" + b"|-" * 20_000 + b"|\n"
    yield "quotes.md", b"> " * 20_000 + b"deep\n"
    yield "links.md", b"[" * 50_000
    yield "line.txt", b"lorem ipsum " * 400_000


def _mails() -> Iterator[tuple[str, bytes]]:
    head = b"From: a@example.org\r\nSubject: deep\r\nMIME-Version: 1.0\r\n"
    deep = bytearray(head)
    for level in range(5_000):
        deep += b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (level, level)
    deep += b"Content-Type: text/plain\r\n\r\nAt the bottom.\r\n"
    yield "deep.eml", bytes(deep)
    words = b"\r\n ".join(b"=?utf-8?q?word_%d?=" % number for number in range(20_000))
    yield "words.eml", b"From: a@example.org\r\nSubject: " + words + b"\r\n\r\nBody.\r\n"
    yield (
        "header.eml",
        b"From: a@example.org\r\nX-Long: " + b"x" * 3_000_000 + b"\r\nSubject: s\r\n\r\nBody.\r\n",
    )
    yield (
        "addresses.eml",
        b"From: a@example.org\r\nTo: " + b"(" * 30_000 + b"\r\nSubject: s\r\n\r\nBody.\r\n",
    )
    yield (
        "parts.eml",
        head
        + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
        + b"--b\r\nContent-Type: text/plain\r\n\r\nOne.\r\n" * 20_000
        + b"--b--\r\n",
    )
    yield (
        "base64.eml",
        head
        + b"Content-Type: text/plain; charset=no-such\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + b"!!!=" * 100_000,
    )
    forwarded = b"Body at last.\r\n"
    for _ in range(200):
        forwarded = b"Content-Type: message/rfc822\r\nSubject: f\r\n\r\n" + forwarded
    yield "forwarded.eml", b"From: a@example.org\r\nMIME-Version: 1.0\r\n" + forwarded
    yield "froms.mbox", b"From a@example.org Sat Mar 12 08:00:00 2016\n\n" * 3_000


def _entities(canary: Path) -> Iterator[tuple[str, bytes]]:
    bomb = '<!DOCTYPE x [<!ENTITY a0 "lolololol">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
    )
    bomb += "]>"
    yield (
        "entities.docx",
        small.docx(body="<w:p><w:r><w:t>&a11;</w:t></w:r></w:p>", head=bomb),
    )
    yield "entities.odt", small.odt(body="<text:p>&a11;</text:p>", head=bomb)
    outside = f'<!DOCTYPE x [<!ENTITY out SYSTEM "{canary.as_uri()}">]>'
    yield (
        "outside.docx",
        small.docx(body="<w:p><w:r><w:t>Read &out;</w:t></w:r></w:p>", head=outside),
    )
    yield "outside.odt", small.odt(body="<text:p>Read &out;</text:p>", head=outside)
    network = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
    yield "network.odt", small.odt(head=network)
    yield (
        "outside.epub",
        small.epub(
            more={
                "c1.xhtml": (
                    f'<?xml version="1.0"?>{outside}<html xmlns="http://www.w3.org/1999/xhtml">'
                    "<body><p>Read &out;</p></body></html>"
                ).encode()
            }
        ),
    )


def _office() -> Iterator[tuple[str, bytes]]:
    yield "groups.rtf", rb"{\rtf1 " + b"{" * 200_000 + b"deep" + b"}" * 200_000 + b"}"
    yield "open-groups.rtf", rb"{\rtf1 " + rb"{\b " * 100_000
    yield "controls.rtf", rb"{\rtf1 " + rb"\u-1 ?" * 200_000 + b"}"
    yield "bin.rtf", rb"{\rtf1 Before \bin999999999 after}"
    cells = "<w:tbl><w:tr><w:tc>" * 2_000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 2_000
    yield "tables.docx", small.docx(body=cells)
    lists = "<text:list><text:list-item>" * 3_000 + "</text:list-item></text:list>" * 3_000
    yield "lists.odt", small.odt(body=lists)
    points = b'<navPoint id="n"><navLabel><text>Round</text></navLabel><content src="toc.ncx"/>'
    yield (
        "cyclic.epub",
        small.epub(
            ncx=b'<?xml version="1.0"?><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>'
            + points * 5_000
            + b"</navPoint>" * 5_000
            + b"</navMap></ncx>"
        ),
    )
    # Two entries of the outline that each name the other as the next one.
    yield (
        "cyclic.pdf",
        small.pdf(outline=b"<</First 6 0 R/Last 6 0 R/Next 6 0 R/Title(Round)/Count 9>>"),
    )


def _pointers(canary: Path) -> Iterator[tuple[str, bytes]]:
    where = canary.as_uri()
    yield (
        "pointers.html",
        (
            f'<html><head><base href="{canary.parent.as_uri()}/"><link rel="stylesheet" '
            f'href="{where}"><script src="{where}"></script></head><body><h1>Pointers</h1>'
            f'<p>{small.SENTENCE}</p><img src="{where}" alt="A lamp by the road"><img '
            f'src="http://127.0.0.1:9/a.png" alt="Another lamp"><iframe src="{where}"></iframe>'
            f'<object data="{where}"></object></body></html>'
        ).encode(),
    )
    yield (
        "pointers.epub",
        small.epub(
            more={
                "c1.xhtml": (
                    '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>One.</p>'
                    f'<img src="../../{canary.name}"/><img src="{where}"/></body></html>'
                ).encode()
            }
        ),
    )
    yield (
        "pointers.rtf",
        rf'{{\rtf1 {{\field{{\*\fldinst INCLUDETEXT "{canary.as_posix()}"}}'.encode()
        + rb"{\fldrslt shown}} Text.\par}",
    )


def _damaged(count: int) -> Iterator[tuple[str, bytes]]:
    chance = random.Random(SEED)
    for suffix, make in small.SMALL.items():
        sound = make(small.SENTENCE)
        for number in range(count):
            if number % 2:
                content = bytearray(sound)
                for _ in range(chance.randint(1, 8)):
                    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
            else:
                content = bytearray(sound[: chance.randrange(1, len(sound))])
            yield f"damaged-{number}.{suffix}", bytes(content)


def _mutated_pdfs(count: int) -> Iterator[tuple[str, bytes]]:
    chance = random.Random(SEED + 1)
    sound = small.pdf()
    for number in range(count):
        content = bytearray(sound)
        for _ in range(chance.randint(1, 12)):
            place = chance.randrange(len(content))
            match chance.randrange(4):
                case 0:
                    content[place] = chance.randrange(256)
                case 1:
                    del content[place : place + chance.randrange(1, 30)]
                case 2:
                    content[place:place] = content[: chance.randrange(1, 60)]
                case _:
                    digits = str(chance.choice((0, -1, 2**31, 2**63, 9**30))).encode()
                    content[place:place] = digits
            if not content:
                content = bytearray(b"%PDF-1.4")
        yield f"mutated-{number}.pdf", bytes(content)
