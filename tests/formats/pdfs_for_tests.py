"""Minimal PDFs, written by hand: what a test needs stands in it, and nothing else."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_FONTS = {"F": b"Helvetica", "B": b"Helvetica-Bold", "I": b"Helvetica-Oblique"}
_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


@dataclass
class Page:
    """A page by its content stream; `at` and `lines` write it."""

    width: float = 595
    height: float = 842
    content: list[bytes] = field(default_factory=list)
    picture: bool = False
    links: list[tuple[tuple[float, float, float, float], str]] = field(default_factory=list)
    rotate: int = 0
    notes: list[bytes] = field(default_factory=list)

    def at(self, x, y, text, *, size=10, font="F", raw=None):
        """Write text with its baseline at y. raw: bytes of the string, instead of text."""
        written = text.encode("cp1252") if raw is None else raw
        for mark in (b"\\", b"(", b")"):
            written = written.replace(mark, b"\\" + mark)
        self.content.append(
            b"BT /%s %g Tf %g %g Td (%s) Tj ET" % (font.encode(), size, x, y, written)
        )
        return self

    def lines(self, x, y, texts, *, size=10, font="F", leading=12):
        """Write lines below each other."""
        for number, text in enumerate(texts):
            self.at(x, y - number * leading, text, size=size, font=font)
        return self


def pdf_of(
    *pages: Page,
    info: Mapping[str, str] | None = None,
    xmp: str = "",
    outline: Sequence[tuple[str, int, float | None]] = (),
    cyclic: bool = False,
    language: str = "",
    attachments: Mapping[str, bytes] | None = None,
    password: str | None = None,
    to_unicode: Mapping[int, str] | None = None,
    packed_xmp: bool = False,
) -> bytes:
    """Write a PDF.

    outline: title, page from 0, y. cyclic: the last bookmark is followed by the first and is its
    own child. password: the one it opens with (RC4, 40 bits). to_unicode: by code, what the fonts
    say that a letter is.
    """
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    def stream(content: bytes, more: bytes = b"") -> int:
        return add(b"<< /Length %d %s>>\nstream\n%s\nendstream" % (len(content), more, content))

    catalog = add(b"")
    tree = add(b"")
    mapping = b""
    if to_unicode is not None:
        entries = "".join(
            f"<{code:02x}> <{text.encode('utf-16-be').hex()}>\n"
            for code, text in to_unicode.items()
        )
        cmap = (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
            "1 begincodespacerange <00> <ff> endcodespacerange\n"
            f"{len(to_unicode)} beginbfchar\n{entries}endbfchar endcmap end end"
        )
        mapping = b"/ToUnicode %d 0 R " % stream(cmap.encode())
    fonts = b" ".join(
        b"/%s %d 0 R"
        % (
            name.encode(),
            add(
                b"<< /Type /Font /Subtype /Type1 /Encoding /WinAnsiEncoding %s/BaseFont /%s >>"
                % (mapping, base)
            ),
        )
        for name, base in _FONTS.items()
    )
    picture = stream(
        b"\x80",
        b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8"
        b" /ColorSpace /DeviceGray ",
    )
    numbers = []
    for page in pages:
        drawn = b"\n".join(page.content)
        if page.picture:
            drawn += b"\nq %g 0 0 %g 0 0 cm /P Do Q" % (page.width, page.height)
        content = stream(drawn)
        notes = b" ".join(
            b"<< /Type /Annot /Subtype /Link /Rect [%g %g %g %g] /A << /S /URI /URI (%s) >> >>"
            % (*area, address.encode())
            for area, address in page.links
        )
        notes += b" ".join(
            b" << /Type /Annot /Rect [9 9 99 30] %s >>" % note for note in page.notes
        )
        numbers.append(
            add(
                b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %g %g] /Rotate %d /Contents %d 0 R"
                b" /Annots [%s] /Resources << /Font << %s >> /XObject << /P %d 0 R >> >> >>"
                % (tree, page.width, page.height, page.rotate, content, notes, fonts, picture)
            )
        )
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    objects[tree - 1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(numbers), kids)
    root = b"/Type /Catalog /Pages %d 0 R" % tree
    if outline:
        root += b" /Outlines %d 0 R" % _outline(objects, add, outline, numbers, cyclic)
    if xmp:
        packet = xmp.encode()
        more = b"/Type /Metadata /Subtype /XML "
        if packed_xmp:
            packet, more = zlib.compress(packet), more + b"/Filter /FlateDecode "
        root += b" /Metadata %d 0 R" % stream(packet, more)
    if language:
        root += b" /Lang (%s)" % language.encode()
    if attachments:
        files = b" ".join(
            b"(%s) %d 0 R"
            % (
                name.encode(),
                add(
                    b"<< /Type /Filespec /F (%s) /EF << /F %d 0 R >> >>"
                    % (name.encode(), stream(content, b"/Type /EmbeddedFile "))
                ),
            )
            for name, content in attachments.items()
        )
        root += b" /Names << /EmbeddedFiles << /Names [%s] >> >>" % files
    objects[catalog - 1] = b"<< %s >>" % root
    trailer = b"/Root %d 0 R" % catalog
    if info:
        entries = b" ".join(
            b"/%s <feff%s>" % (key.encode(), value.encode("utf-16-be").hex().encode())
            for key, value in info.items()
        )
        trailer += b" /Info %d 0 R" % add(b"<< %s >>" % entries)
    if password is not None:
        trailer += _locked(add, password)
    return _written(objects, trailer)


def _outline(objects, add, outline, numbers, cyclic):
    root = add(b"")
    first = len(objects) + 1
    count = len(outline)
    for place, (title, page, top) in enumerate(outline):
        after = first + place + 1 if place + 1 < count else (first if cyclic else 0)
        target = b"/XYZ 0 %g 0" % top if top is not None else b"/Fit"
        add(
            b"<< /Title (%s) /Parent %d 0 R /Dest [%d 0 R %s]%s%s >>"
            % (
                title.encode(),
                root,
                numbers[page],
                target,
                b" /Next %d 0 R" % after if after else b"",
                b" /First %d 0 R" % (first + place) if cyclic else b"",
            )
        )
    objects[root - 1] = b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>" % (
        first,
        first + count - 1,
        count,
    )
    return root


def _locked(add, password):
    """The dictionary that asks for a password; what it guards need not be encrypted for that."""
    key = (password.encode() + _PAD)[:32]
    owner = _rc4(hashlib.md5(key).digest()[:5], key)
    permissions = (-44).to_bytes(4, "little", signed=True)
    identity = b"0123456789abcdef"
    secret = hashlib.md5(key + owner + permissions + identity).digest()[:5]
    number = add(
        b"<< /Filter /Standard /V 1 /R 2 /P -44 /O <%s> /U <%s> >>"
        % (owner.hex().encode(), _rc4(secret, _PAD).hex().encode())
    )
    return b" /Encrypt %d 0 R /ID [<%s> <%s>]" % (
        number,
        identity.hex().encode(),
        identity.hex().encode(),
    )


def _rc4(key: bytes, content: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    made = bytearray()
    i = j = 0
    for byte in content:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        made.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(made)


def _written(objects: Sequence[bytes], trailer: bytes) -> bytes:
    made = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        made += b"%010d 00000 n \n" % place
    made += b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        table,
    )
    return bytes(made)
