"""The parts of a mail: where each starts and ends, what it is, and its bytes.

Parts lie in parts; what lies deeper than the limit is one part that is not looked into. Boundaries
that are missing, cut off or written wrongly are made up for.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from desktop_app.formats.extract import Refused
from desktop_app.formats.limits import Limits
from desktop_app.formats.mail.header import Header, from_base64, read_header
from desktop_app.formats.mail.sealed import SEALED, signed_content
from desktop_app.formats.sentences import LEFT

_MOST_PARTS = 10_000
_TYPE = re.compile(r"([a-z0-9!#$&^_.+-]{1,100})/([a-z0-9!#$&^_.+-]{1,100})")
_FIRST_LINE = re.compile(rb"\s*^--([^\r\n]{1,200}?)[ \t]*\r?\n(?=[!-9;-~]{1,100}:)", re.MULTILINE)
_BASE64_ONLY = re.compile(rb"[A-Za-z0-9+/=\s]*")
_UU_BEGIN = re.compile(rb"(?m)^begin [0-7]{3,4} ([^\r\n]{1,300}?)[ \t]*\r?\n")
_CUT_LINE = re.compile(rb"--[^\s]{6,70}")
MESSAGES = frozenset({"message/rfc822", "message/global", "message/news"})


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A part of a mail, or the mail itself.

    kind: its media type in small letters. start, end: of its body in source. before, after: what
    stands around the parts of a multipart. too_deep: it has parts that were not looked into.
    cut_short: the line that ends a multipart is not there.
    """

    header: Header
    source: bytes = field(repr=False)
    start: int
    end: int
    kind: str
    parameters: Mapping[str, str]
    parts: tuple[Part, ...] = ()
    before: bytes = b""
    after: bytes = b""
    too_deep: bool = False
    cut_short: bool = False

    @property
    def charset(self) -> str | None:
        return self.parameters.get("charset")

    @property
    def disposition(self) -> str:
        """ "inline", "attachment" or "" where it does not say."""
        return self.header.structured("content-disposition")[0]

    @property
    def name(self) -> str:
        """The file name that it goes by; "" without one."""
        given = self.header.structured("content-disposition")[1]
        return given.get("filename") or self.parameters.get("name") or ""

    @property
    def content_id(self) -> str:
        return (self.header.first("content-id") or "").strip("<> \t")

    @property
    def location(self) -> str:
        return "".join((self.header.first("content-location") or "").split())

    def body(self) -> bytes:
        """Its bytes as they were before they were made fit for the mail."""
        return _decoded(self.source[self.start : self.end], self.header)

    def leaves(self) -> Iterator[Part]:
        """The parts in it that have none themselves, in their order; itself where it has none."""
        waiting = [self]
        while waiting:
            part = waiting.pop()
            if part.parts:
                waiting.extend(reversed(part.parts))
            else:
                yield part


def parts_of(content: bytes, limits: Limits) -> Part:
    """Find the parts of a mail; raises Refused for more of them than can be."""
    if b"\n" not in content[:100_000] and b"\r" in content:
        content = content.replace(b"\r", b"\n")
    return _Finder(limits).part(content, 0, len(content), 1, "text/plain", is_message=True)


def start_among(related: Part, parts: Iterable[Part]) -> Part | None:
    """The one of some parts that a multipart names as its start; None where it names none."""
    start = related.parameters.get("start", "").strip("<> ")
    return next((one for one in parts if start and one.content_id == start), None)


def plain_address(address: str) -> str:
    """The address of a part as a page writes it, in the one way to write a Content-ID."""
    address = address.strip()
    if address.lower().startswith("cid:"):
        return f"cid:{unquote(address[4:]).strip('<> ')}"
    return address


class _Finder:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._count = 0

    def part(
        self, source: bytes, start: int, end: int, depth: int, usual: str, *, is_message: bool
    ) -> Part:
        """The part between two places. usual: what it is where it does not say."""
        self._count += 1
        if self._count > _MOST_PARTS:
            raise Refused(f"The mail has more than {_MOST_PARTS:,} parts.", LEFT)
        header = read_header(source, start, end, self._limits)
        begin = header.body
        if not is_message and not any(
            name.startswith(("content-", "mime-", "x-")) for name, _ in header.fields
        ):
            # Text that begins without a header and happens to look like one.
            header, begin = Header((), "", start, cut=False), header.body
            if begin > start and source[start:begin].strip():
                begin = start
        value, parameters = header.structured("content-type")
        named = _TYPE.match(value)
        kind = f"{named[1]}/{named[2]}" if named else _short_type(value, usual)
        made = Part(header, source, begin, end, kind, parameters)
        if kind.startswith("multipart/"):
            return self._multipart(made, depth)
        if kind in MESSAGES:
            return self._message(made, depth)
        if kind in SEALED and depth < self._limits.mail_depth:
            return self._signed(made, depth)
        return made

    def _signed(self, part: Part, depth: int) -> Part:
        content = signed_content(part.body())
        if not content:
            return part
        inner = self.part(content, 0, len(content), depth + 1, "text/plain", is_message=False)
        return replace(part, parts=(inner,))

    def _message(self, part: Part, depth: int) -> Part:
        if depth >= self._limits.mail_depth:
            return replace(part, too_deep=True)
        source, start, end = part.source, part.start, part.end
        if _packing(part.header) in ("base64", "quoted-printable"):
            source = part.body()
            start, end = 0, len(source)
        inner = self.part(source, start, end, depth + 1, "text/plain", is_message=True)
        return replace(part, parts=(inner,))

    def _multipart(self, part: Part, depth: int) -> Part:
        source, start, end = part.source, part.start, part.end
        places = _places(source, start, end, part.parameters.get("boundary", ""))
        if not places and _packing(part.header) in ("base64", "quoted-printable"):
            source = part.body()
            start, end = 0, len(source)
            places = _places(source, start, end, part.parameters.get("boundary", ""))
        if not places:
            # Nothing divides it: it is text, of a kind that nobody can tell.
            return replace(part, kind="text/plain")
        if depth >= self._limits.mail_depth:
            return replace(part, too_deep=True)
        usual = "message/rfc822" if part.kind == "multipart/digest" else "text/plain"
        parts: list[Part] = []
        after = b""
        for number, (_, behind, last) in enumerate(places):
            stop = places[number + 1][0] if number + 1 < len(places) else _whole_until(source, end)
            if last:
                after = source[behind:end]
                break
            parts.append(self.part(source, behind, stop, depth + 1, usual, is_message=False))
        before = source[start : places[0][0]]
        closed = any(last for _, _, last in places)
        return replace(part, parts=tuple(parts), before=before, after=after, cut_short=not closed)


def _places(source: bytes, start: int, end: int, boundary: str) -> list[tuple[int, int, bool]]:
    """Where each dividing line begins and ends, with its line ends, and whether it is the last."""
    marks = [boundary.encode("utf-8", "replace")] if boundary.strip() else []
    if found := _FIRST_LINE.match(source, start, min(end, start + 2_000)):
        marks.append(found[1])
    for mark in dict.fromkeys(marks):
        places = list(_dividing(source, start, end, b"--" + mark))
        if any(not last for _, _, last in places):
            return places
    return []


def _dividing(source: bytes, start: int, end: int, mark: bytes) -> Iterator[tuple[int, int, bool]]:
    """The lines that are a mark and nothing else, or the mark and "--"."""
    at = source.find(mark, start, end)
    while at >= 0:
        line_end = source.find(b"\n", at, end)
        line_end = end if line_end < 0 else line_end + 1
        rest = source[at + len(mark) : min(line_end, at + len(mark) + 200)].strip()
        if (at == start or source[at - 1 : at] == b"\n") and rest in (b"", b"--"):
            begin = at
            if begin > start:
                begin -= 2 if source[begin - 2 : begin] == b"\r\n" and begin - 2 >= start else 1
            yield begin, line_end, rest == b"--"
            at = source.find(mark, line_end, end)
        else:
            at = source.find(mark, at + 1, end)


def _whole_until(source: bytes, end: int) -> int:
    """The end of a part that nothing ends: a dividing line that was cut off is no text."""
    while end and source[end - 1] in b"\r\n":
        end -= 1
    start = source.rfind(b"\n", 0, end) + 1
    return start if _CUT_LINE.fullmatch(source, start, end) else end


def _short_type(value: str, usual: str) -> str:
    """What programs mean that write "text" or "html" alone."""
    if "html" in value:
        return "text/html"
    return "text/plain" if value.startswith("text") else usual


def _packing(header: Header) -> str:
    return header.structured("content-transfer-encoding")[0].strip("\"' .")


def _decoded(raw: bytes, header: Header) -> bytes:
    packing = _packing(header)
    if packing == "base64":
        # Some say so of a text that is none.
        sample = raw[:2_000]
        if b" " in sample.strip() and not _BASE64_ONLY.fullmatch(sample.partition(b"\n\n")[0]):
            return raw
        return from_base64(raw)
    if packing == "quoted-printable":
        return binascii.a2b_qp(raw)
    if packing in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return next((content for _, _, _, content in uuencoded(raw)), raw)
    return raw


def uuencoded(raw: bytes) -> Iterator[tuple[int, int, str, bytes]]:
    """Files written into a text as letters: from where to where, the name, and the bytes."""
    at = 0
    while begin := _UU_BEGIN.search(raw, at):
        at = begin.end()
        lines: list[bytes] = []
        stop = None
        while at < len(raw):
            line_end = raw.find(b"\n", at)
            line_end = len(raw) if line_end < 0 else line_end + 1
            line = raw[at:line_end].rstrip(b"\r\n")
            at = line_end
            if line.strip() == b"end":
                stop = at
                break
            if line.strip() in (b"", b"`"):
                continue
            try:
                lines.append(binascii.a2b_uu(line))
            except binascii.Error:
                # Some programs count the letters of a line wrongly.
                wanted = (((line[0] - 32) & 63) * 4 + 5) // 3
                try:
                    lines.append(binascii.a2b_uu(line[:wanted]))
                except binascii.Error:
                    break
        if stop is not None:
            yield begin.start(), stop, begin[1].decode("utf-8", "replace"), b"".join(lines)
