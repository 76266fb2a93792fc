"""The text inside an S/MIME signature that holds what it signs (CMS, RFC 5652).

Nothing is checked of the signature; encrypted content is not opened.
"""

from __future__ import annotations

SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})

# The object identifiers of "data" and of "enveloped data", as they stand in the bytes.
_DATA = bytes.fromhex("06092a864886f70d010701")
_SIGNED = bytes.fromhex("06092a864886f70d010702")
_TAGGED, _BYTES, _PIECES = 0xA0, 0x04, 0x24


def signed_content(sealed: bytes) -> bytes | None:
    """What was signed; None where there is no signature or the content is elsewhere."""
    if _SIGNED not in sealed[:100]:
        return None
    at = sealed.find(_DATA)
    if at < 0:
        return None
    at += len(_DATA)
    if sealed[at : at + 1] != bytes([_TAGGED]):
        return None
    at, _ = _behind_length(sealed, at + 1)
    tag = sealed[at : at + 1]
    at, length = _behind_length(sealed, at + 1)
    if tag == bytes([_BYTES]):
        return sealed[at : at + (length or 0)]
    if tag != bytes([_PIECES]):
        return None
    end = len(sealed) if length is None else at + length
    pieces: list[bytes] = []
    while at < end and sealed[at : at + 1] == bytes([_BYTES]):
        at, length = _behind_length(sealed, at + 1)
        pieces.append(sealed[at : at + (length or 0)])
        at += length or 0
    return b"".join(pieces)


def _behind_length(raw: bytes, at: int) -> tuple[int, int | None]:
    """Where the content behind a length starts, and the length; None: it says where it ends."""
    first = raw[at] if at < len(raw) else 0
    if first < 0x80:
        return at + 1, first
    count = first & 0x7F
    if count == 0:
        return at + 1, None
    return at + 1 + count, int.from_bytes(raw[at + 1 : at + 1 + count][:8], "big")
