"""Tell mail, and web pages saved like mail, by the first bytes."""

from __future__ import annotations

import re

from desktop_app.formats.mbox import begins_message

_FIELD = re.compile(rb"([!-9;-~]{1,60})[ \t]*:")
# Fields that only mail has, and those that also stand above other texts.
_OF_MAIL = frozenset(
    {
        b"received", b"message-id", b"mime-version", b"return-path", b"delivered-to",
        b"dkim-signature", b"x-mailer", b"x-original-to", b"envelope-to", b"in-reply-to",
        b"references", b"content-type", b"content-transfer-encoding", b"content-location",
        b"snapshot-content-location", b"list-id",
    }
)  # fmt: skip
_ALSO = frozenset({b"from", b"to", b"cc", b"subject", b"date", b"sender", b"reply-to"})
_TEXTS = frozenset({".txt", ".text", ".asc", ".md", ".markdown", ".mdown", ".mkd"})
_MOST_LINES = 200
_SAVED = re.compile(
    rb"(?im)^from:\s*\"?<?saved by |^snapshot-content-location:|^x-maf:|^content-location:\s*http"
)
_RELATED = re.compile(rb"(?im)^content-type:\s*(?:multipart/(?:related|mixed)|text/html)")
_TO_SOMEBODY = re.compile(rb"(?im)^(?:to|received|delivered-to):")


def is_mail(head: bytes, suffix: str) -> bool:
    """Tell whether a file begins with the header of a mail.

    Two known fields are enough, three for a file that is called a text, one for an `.eml`.
    """
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    first, _, rest = head.partition(b"\n")
    if begins_message(first, rest):
        return True
    names = _names(head)
    known = names & (_OF_MAIL | _ALSO)
    if suffix == ".eml":
        return bool(known)
    if suffix in _TEXTS:
        return len(known) >= 3 and bool(names & _OF_MAIL)
    return len(known) >= 2


def is_saved_page(head: bytes, suffix: str) -> bool:
    """Tell whether what begins like a mail is a saved page (MHTML)."""
    header = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    if not _RELATED.search(header):
        return False
    if suffix in (".mht", ".mhtml"):
        return True
    return bool(_SAVED.search(header)) and not _TO_SOMEBODY.search(header)


def _names(head: bytes) -> set[bytes]:
    """The names of the fields above the first blank line; none where other lines stand there."""
    names: set[bytes] = set()
    strange = 0
    for number, line in enumerate(head.splitlines()):
        if not line.strip() or number == _MOST_LINES:
            break
        if field := _FIELD.match(line):
            names.add(field[1].lower())
        elif number == 0 or not line.startswith((b" ", b"\t")):
            strange += 1
            if number == 0 or strange > 2:
                return set()
    return names
