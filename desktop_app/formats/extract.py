"""What a reader makes of a file. How it travels between the processes is in extract_wire."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desktop_app.core.errors import Problem
from desktop_app.core.model import Proposal
from desktop_app.core.text import Block, Fold, Text

__all__ = ["Attachment", "Extract", "PictureFile", "Proposal", "Refused"]

MEDIA_TYPES: Final = frozenset(
    {
        "text/plain",
        "text/markdown",
        "text/html",
        "application/xhtml+xml",
        "text/rtf",
        "application/pdf",
        "application/epub+zip",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.oasis.opendocument.text",
        "message/rfc822",
        "multipart/related",  # a saved web page in one file (MHTML)
    }
)
PICTURE_TYPES: Final = frozenset({"image/png", "image/jpeg", "image/webp"})
LINK_SCHEMES: Final = ("http://", "https://", "mailto:")


class Refused(Problem):
    """A file that is not taken in; the message says why, without naming the file."""


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture of a document, made anew from the file's. hash: SHA-256 of content, hexadecimal."""

    hash: str
    media_type: str
    width: int
    height: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the file that can be taken out; it is counted from 0 in the order listed."""

    name: str
    media_type: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a file and what it says about itself.

    proposals: best first; a fact may have several. words: how many the text has outside its folds.
    warning: a sentence, where the file was read but something about it must be said.
    whole: of a web page, all of its text where `text` is only its article; None where they are the
    same. pictures: each once, named by the blocks of either text. lines: what is remembered of
    `text` for others of its source (core/lines.py). folded_as: what its folds were made from.
    """

    text: Text
    proposals: tuple[Proposal, ...]
    media_type: str
    extractor: str
    words: int
    warning: str | None = None
    whole: Text | None = None
    pictures: tuple[PictureFile, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    lines: bytes = b""
    folded_as: str = ""

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self.text.blocks

    @property
    def folds(self) -> tuple[Fold, ...]:
        return self.text.folds
