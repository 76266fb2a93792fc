"""What is attached to a mail, counted alike whenever the mail is looked through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.core.text import one_line
from desktop_app.formats.extract import Attachment
from desktop_app.formats.mail.header import decode_words
from desktop_app.formats.mail.parts import MESSAGES, Part, uuencoded

MOST = 1_000
SHOWN_AS_TEXT = frozenset(
    {
        "text/plain", "text/html", "text/enriched", "text/richtext", "text/x-amp-html",
        "text/watch-html", "text/markdown", "text/rfc822-headers", "message/delivery-status",
        "message/disposition-notification", "message/feedback-report",
    }
)  # fmt: skip
_SUFFIXES = {
    "application/pdf": ".pdf",
    "application/pgp-signature": ".asc",
    "application/pkcs7-signature": ".p7s",
    "application/pkcs7-mime": ".p7m",
    "application/zip": ".zip",
    "image/gif": ".gif",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/svg+xml": ".svg",
    "text/calendar": ".ics",
    "text/csv": ".csv",
    "text/html": ".html",
    "text/plain": ".txt",
    "text/rtf": ".rtf",
    "text/vcard": ".vcf",
}
_LONGEST_NAME = 200
_LONGEST_KIND = 150


@dataclass(frozen=True, slots=True)
class Attached:
    """Something attached. number: of the file inside the text of the part, where it is one."""

    part: Part
    name: str
    kind: str
    number: int | None = None

    def content(self) -> bytes:
        if self.number is not None:
            return list(uuencoded(self.part.body()))[self.number][3]
        if self.part.kind in MESSAGES and not self.part.too_deep and self.part.parts:
            inner = self.part.parts[0]
            # As it was before it was packed: the header of the message inside comes first.
            return _message_of(self.part, inner)
        return self.part.body()


def is_text(part: Part) -> bool:
    """Whether a part without parts is shown as text."""
    return part.kind in SHOWN_AS_TEXT and part.disposition != "attachment"


def attached_to(mail: Part) -> Iterator[Attached]:
    """The attachments in their order, those of mails inside behind the mail that they came with."""
    waiting = [*reversed(mail.parts)] if mail.parts else [mail]
    count = 0
    while waiting:
        part = waiting.pop()
        waiting.extend(reversed(part.parts))
        for number, name in _files_in(part):
            count += 1
            yield Attached(part, name or _name_for(part, count), _kind(part, number), number)


def attachments(found: list[Attached]) -> list[Attachment]:
    """The list that goes with the text."""
    return [Attachment(one.name, one.kind, len(one.content())) for one in found[:MOST]]


def _files_in(part: Part) -> Iterator[tuple[int | None, str]]:
    """Which file a part is, or which ones are written into its text, with their names."""
    if part.kind in MESSAGES:
        yield None, _cleaned(part.name) or _subject(part)
    elif part.parts:
        return
    elif not is_text(part) or part.name:
        yield None, _cleaned(part.name)
    elif part.kind == "text/plain" and b"\nend" in part.source[part.start : part.end]:
        for number, (_, _, name, _) in enumerate(uuencoded(part.body())):
            yield number, _cleaned(name)


def _kind(part: Part, number: int | None) -> str:
    return "application/octet-stream" if number is not None else part.kind[:_LONGEST_KIND]


def _subject(part: Part) -> str:
    subject = part.parts[0].header.text("subject") if part.parts else ""
    return f"{_cleaned(subject)}.eml" if subject else ""


def _name_for(part: Part, number: int) -> str:
    deep = part.kind in MESSAGES or part.kind.startswith("multipart/")
    return f"attachment {number}{'.eml' if deep else _SUFFIXES.get(part.kind, '')}"


def _cleaned(name: str) -> str:
    """A name without the way to it; an endless one keeps its ending."""
    name = one_line(decode_words(name)).replace("\\", "/").rstrip("/").rpartition("/")[2]
    name = re.sub(r'[:*?"<>|]', "_", name).strip(". ") if name.strip(". ") else ""
    if len(name) > _LONGEST_NAME:
        name = f"{name[: _LONGEST_NAME - 20]}…{name[-19:]}"
    return name


def _message_of(part: Part, inner: Part) -> bytes:
    if inner.source is part.source:
        return part.source[part.start : part.end]
    return inner.source
