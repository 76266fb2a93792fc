"""A small sound document of every format, made from nothing, for tests to damage or to mix.

Each says `sentence` once in its text, so that a test can tell that it was read.
"""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage

SENTENCE = "The ferry to Halmar left the quay at dawn with nobody on board."


def txt(sentence: str = SENTENCE) -> bytes:
    return f"A morning at the quay\n\n12 March 2016\n\n{sentence}\n".encode()


def md(sentence: str = SENTENCE) -> bytes:
    return f"# A morning at the quay\n\n- one\n- two\n\n{sentence} **Bold**.\n".encode()


def html(sentence: str = SENTENCE) -> bytes:
    more = "<p>The harbour office kept no list, and the crew said nothing about it later.</p>" * 3
    return (
        "<!doctype html><html><head><title>A morning at the quay</title></head><body><article>"
        f"<h1>A morning at the quay</h1><p>{sentence}</p>{more}</article></body></html>"
    ).encode()


def html_gz(sentence: str = SENTENCE) -> bytes:
    return gzip.compress(html(sentence), mtime=0)


def rtf(sentence: str = SENTENCE) -> bytes:
    return (
        r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}{\info{\title A morning at the quay}}"
        rf"\pard A morning at the quay\par {sentence}\par Gr\'fc\u223\'dfe.\par}}"
    ).encode("ascii")


def eml(sentence: str = SENTENCE) -> bytes:
    return _mail(sentence).as_bytes()


def mbox(sentence: str = SENTENCE) -> bytes:
    first = _mail(sentence).as_bytes()
    second = _mail(f"Another one. {sentence}").as_bytes()
    line = b"From clerk@example.org Sat Mar 12 08:00:00 2016\n"
    return line + first + b"\n" + line + second + b"\n"


def _mail(sentence: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "A Clerk <clerk@example.org>"
    mail["To"] = "office@example.org"
    mail["Subject"] = "A morning at the quay"
    mail["Date"] = "Sat, 12 Mar 2016 08:00:00 +0000"
    mail["Message-ID"] = "<one@example.org>"
    mail.set_content(f"{sentence}\n")
    mail.add_attachment(b"line one\n", "text", "plain", filename="list.txt")
    return mail


def mhtml(sentence: str = SENTENCE) -> bytes:
    return (
        b"From: <Saved by a browser>\r\nSnapshot-Content-Location: https://example.org/quay\r\n"
        b"Subject: A morning at the quay\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="----part"\r\n\r\n'
        b"------part\r\nContent-Type: text/html; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: 8bit\r\nContent-Location: https://example.org/quay\r\n\r\n"
        + html(sentence)
        + b"\r\n------part--\r\n"
    )


def zipped(entries: dict[str, bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    """An archive of entries in their order; the same entries give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in entries.items():
            about = zipfile.ZipInfo(name, (2016, 3, 12, 8, 0, 0))
            kind = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(about, content, kind)
    return made.getvalue()


def docx(sentence: str = SENTENCE, *, body: str | None = None, head: str = "") -> bytes:
    inner = body or f"<w:p><w:r><w:t>{sentence}</w:t></w:r></w:p>"
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return zipped(
        {
            "[Content_Types].xml": (
                b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
                b'content-types"><Default Extension="rels" ContentType="application/vnd.'
                b'openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
                b'"application/xml"/><Override PartName="/word/document.xml" ContentType="'
                b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
                b'"/></Types>'
            ),
            "_rels/.rels": (
                b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/'
                b'package/2006/relationships"><Relationship Id="r1" Type="http://schemas.'
                b'openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
                b'Target="word/document.xml"/></Relationships>'
            ),
            "word/document.xml": (
                f'<?xml version="1.0"?>{head}<w:document xmlns:w="{space}"><w:body>{inner}'
                "</w:body></w:document>"
            ).encode(),
        }
    )


def odt(sentence: str = SENTENCE, *, body: str | None = None, head: str = "") -> bytes:
    inner = body or f"<text:p>{sentence}</text:p>"
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": (
                b'<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:'
                b'opendocument:xmlns:manifest:1.0"/>'
            ),
            "content.xml": (
                f'<?xml version="1.0"?>{head}<office:document-content xmlns:office="{office}" '
                f'xmlns:text="{text}"><office:body><office:text>{inner}</office:text></office:body>'
                "</office:document-content>"
            ).encode(),
        },
        stored=("mimetype",),
    )


def epub(
    sentence: str = SENTENCE, *, ncx: bytes | None = None, more: dict[str, bytes] | None = None
) -> bytes:
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="2.0" '
        'unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A '
        'morning at the quay</dc:title><dc:identifier id="id">one</dc:identifier><dc:language>en'
        '</dc:language></metadata><manifest><item id="c1" href="c1.xhtml" media-type="application/'
        'xhtml+xml"/><item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        '</manifest><spine toc="ncx"><itemref idref="c1"/></spine></package>'
    )
    return zipped(
        {
            "mimetype": b"application/epub+zip",
            "META-INF/container.xml": (
                b'<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:'
                b'opendocument:xmlns:container"><rootfiles><rootfile full-path="book.opf" '
                b'media-type="application/oebps-package+xml"/></rootfiles></container>'
            ),
            "book.opf": package.encode(),
            "toc.ncx": ncx
            or (
                b'<?xml version="1.0"?><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>'
                b'<navPoint id="n1"><navLabel><text>One</text></navLabel><content src="c1.xhtml"/>'
                b"</navPoint></navMap></ncx>"
            ),
            "c1.xhtml": (
                '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>One'
                f"</title></head><body><h1>One</h1><p>{sentence}</p></body></html>"
            ).encode(),
            **(more or {}),
        },
        stored=("mimetype",),
    )


def pdf(sentence: str = SENTENCE, *, outline: bytes = b"") -> bytes:
    """One page with one line. outline: the object that the catalog names as its outline."""
    text = f"BT /F1 11 Tf 40 700 Td ({sentence}) Tj ET".encode("latin-1")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R" + (b"/Outlines 6 0 R" if outline else b"") + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 5 0 R"
        b"/Resources<</Font<</F1 4 0 R>>>>>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
    ]
    if outline:
        objects.append(outline)
    made = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, content)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(made)


def archive(sentence: str = SENTENCE) -> bytes:
    return zipped({"inside/quay.txt": txt(sentence), "inside/quay.html": html(sentence)})


SMALL: dict[str, Callable[[str], bytes]] = {
    "txt": txt,
    "md": md,
    "html": html,
    "html.gz": html_gz,
    "rtf": rtf,
    "eml": eml,
    "mbox": mbox,
    "mhtml": mhtml,
    "docx": docx,
    "odt": odt,
    "epub": epub,
    "pdf": pdf,
    "zip": archive,
}
