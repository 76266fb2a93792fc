"""The header of a mail or of a part of one: its fields, however badly they were written.

Python's own parser reads the whole mail as text, copies it several times, recurses into its parts
and takes squared time for some headers; here nothing is read twice and nothing raises.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from desktop_app.core.text import one_line
from desktop_app.formats.extract import Refused
from desktop_app.formats.limits import Limits
from desktop_app.formats.text.charset import decode, known_charset

_END = re.compile(rb"\r?\n\r?\n")
_BLANK = re.compile(rb"\r?\n")
_LINE = re.compile(rb"[^\n]*\n?")
_FIELD = re.compile(rb"([!-9;-~]{1,100})[ \t]*:")
_ENVELOPE = re.compile(rb">?From ")
_WORD = re.compile(r"=\?([^?*\s]{1,60})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?]*)\?=")
_BYTE = re.compile(rb"=([0-9A-Fa-f]{2})")
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NOT_BASE64 = bytes(set(range(256)) - set(_BASE64))
_PARAMETER = re.compile(r"([^\s=;\"]{1,100})\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^;]*))")
_CONTINUED = re.compile(r"(.+?)(?:\*(\d{1,3}))?(\*)?")
_MOST_PARAMETERS = 200


@dataclass(frozen=True, slots=True)
class Header:
    """Fields in their order, names in small letters, values in one line and not yet decoded.

    envelope: the line "From <sender> <date>" that a mailbox puts before; "" without one.
    body: where the bytes behind the header start. cut: whether it was longer than the limit.
    """

    fields: tuple[tuple[str, str], ...]
    envelope: str
    body: int
    cut: bool

    def first(self, name: str) -> str | None:
        """The first field of that name that says something."""
        return next((value for key, value in self.fields if key == name and value), None)

    def all(self, name: str) -> list[str]:
        """What all fields of that name say."""
        return [value for key, value in self.fields if key == name and value]

    def text(self, name: str) -> str:
        """The first field of that name as a reader is shown it; "" without one."""
        return one_line(decode_words(self.first(name) or ""))

    def structured(self, name: str) -> tuple[str, dict[str, str]]:
        """The first field of that name as a value in small letters and its parameters."""
        value, _, rest = (self.first(name) or "").partition(";")
        return value.strip().lower(), parameters_of(rest)


def read_header(source: bytes, start: int, end: int, limits: Limits) -> Header:
    """Read the header that starts at `start`, where a mail or a part does."""
    if blank := _BLANK.match(source, start, end):
        return Header((), "", blank.end(), cut=False)
    found = _END.search(source, start, end)
    stop, body = (found.start(), found.end()) if found else (end, end)
    cut = stop - start > limits.header_bytes
    stop = min(stop, start + limits.header_bytes)
    fields: list[tuple[str, list[bytes]]] = []
    envelope = ""
    stray: int | None = None  # where lines start that belong to no field
    for line in _LINE.finditer(source, start, stop):
        raw = line[0].rstrip(b"\r\n")
        if field := _FIELD.match(raw):
            fields.append((field[1].decode("ascii").lower(), [raw[field.end() :]]))
            stray = None
        elif raw[:1] in (b" ", b"\t") and fields and stray is None:
            fields[-1][1].append(raw)
        elif not fields and not envelope and _ENVELOPE.match(raw):
            envelope = _decoded(raw)
        elif raw and stray is None and not _ENVELOPE.match(raw):
            stray = line.start()
    if stray is not None and not cut:
        # The body begins without the blank line; where a field follows, it was a broken line.
        body = stray
    values = [(name, b" ".join(part.strip() for part in parts)) for name, parts in fields]
    charset = _charset_of([value for _, value in values])
    decoded = tuple((name, _decoded(value, charset)) for name, value in values)
    return Header(decoded, envelope, body, cut)


def decode_words(value: str) -> str:
    """A field's value with its encoded words (=?utf-8?Q?...?=) as text."""
    return "".join(_pieces(value)) if "=?" in value else value


def parameters_of(text: str) -> dict[str, str]:
    """The parameters behind a value: continued ones joined, charsets and encoded words decoded."""
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for number, found in enumerate(_PARAMETER.finditer(text)):
        if number == _MOST_PARAMETERS:
            break
        value = found[3].strip().strip('"') if found[2] is None else found[2]
        if found[2] is not None:
            value = re.sub(r"\\(.)", r"\1", value)
        name = _CONTINUED.fullmatch(found[1].lower())
        if name:
            places = pieces.setdefault(name[1], {})
            places.setdefault(int(name[2] or 0), (value, name[3] is not None))
    return {name: _joined(places) for name, places in pieces.items()}


def _joined(places: dict[int, tuple[str, bool]]) -> str:
    parts = [places[number] for number in sorted(places)]
    if not parts[0][1]:
        return one_line(decode_words("".join(value for value, _ in parts)))
    # RFC 2231: the first part names the charset and the language.
    first, rest = parts[0][0], parts[1:]
    charset, mark, value = first.partition("'")
    if mark and "'" in value:
        value = value.partition("'")[2]
    else:
        charset, value = "utf-8", first
    raw = unquote_to_bytes(value)
    for value, encoded in rest:
        raw += unquote_to_bytes(value) if encoded else value.encode("utf-8", "replace")
    return one_line(to_text(raw, charset))


def to_text(raw: bytes, charset: str) -> str:
    """Decode a few bytes by the charset that they name, or by one that fits."""
    try:
        return raw.decode(known_charset(charset) or "utf-8", "strict")
    except (UnicodeError, ValueError):
        return _decoded(raw)


def from_base64(raw: bytes) -> bytes:
    """Decode base64 with anything else among it, and however it ends."""
    clean = raw.translate(None, _NOT_BASE64)
    clean = clean[: len(clean) - 1] if len(clean) % 4 == 1 else clean
    return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))


def _pieces(value: str) -> Iterator[str]:
    """Text between encoded words, and those decoded: neighbours of one charset together, since
    many programs cut within a character.
    """
    end = 0
    waiting: tuple[str, bytes] | None = None
    for word in _WORD.finditer(value):
        between = value[end : word.start()]
        raw = word[3].encode("utf-8", "replace")
        if word[2] in "bB":
            raw = from_base64(raw)
        else:
            raw = _BYTE.sub(lambda found: binascii.unhexlify(found[1]), raw.replace(b"_", b" "))
        charset = word[1].lower()
        beside = waiting is not None and not between.strip()
        if waiting and beside and waiting[0] == charset:
            waiting = (charset, waiting[1] + raw)
        else:
            if waiting:
                yield to_text(waiting[1], waiting[0])
            waiting = (charset, raw)
        if not beside:
            yield between
        end = word.end()
    if waiting:
        yield to_text(waiting[1], waiting[0])
    yield value[end:]


def _charset_of(values: list[bytes]) -> str:
    """The charset of fields that were written without saying in which."""
    said = b"\n".join(value for value in values if not value.isascii())
    try:
        return decode(said).charset if said else "utf-8"
    except Refused:
        return "cp1252"


def _decoded(raw: bytes, charset: str = "cp1252") -> str:
    if b"\x1b$" in raw:
        return raw.decode("iso2022_jp", "replace").strip()
    try:
        return raw.decode("utf-8").strip()
    except UnicodeDecodeError:
        return raw.decode(charset, "replace").strip()
