"""How each fact of a document is written in its field, and what a typed text means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop_app.core.dates import PartialDate
from desktop_app.core.language_names import language_code, language_name
from desktop_app.core.model import Document, FactName, Origin, OriginKind
from desktop_app.core.typed_dates import in_words, typed_date

FactValue = str | tuple[str, ...] | PartialDate | None


@dataclass(frozen=True, slots=True)
class FactWords:
    """What a field is called and what stands in it while it is empty."""

    name: str
    example: str


WORDS = {
    FactName.TITLE: FactWords("Title", ""),
    FactName.AUTHORS: FactWords("Authors", "Martin Chulov; Another Name"),
    FactName.PUBLISHED: FactWords("Date", "25 March 2016, 2016-03 or 2016"),
    FactName.SOURCE: FactWords("Source", "The outlet or publisher"),
    FactName.URL: FactWords("Address", "https://…"),
    FactName.LANGUAGE: FactWords("Language", "English, or en"),
}


_MEDIA = {
    "text/plain": "Plain text",
    "text/markdown": "Markdown",
    "text/html": "Web page",
    "application/xhtml+xml": "Web page",
    "text/rtf": "Rich text (RTF)",
    "application/pdf": "PDF",
    "application/epub+zip": "EPUB book",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word document",
    "application/msword": "Word document, older kind",
    "application/vnd.oasis.opendocument.text": "OpenDocument text",
    "message/rfc822": "Mail",
    "multipart/related": "Web page in one file (MHTML)",
    "application/zip": "ZIP archive",
    "application/octet-stream": "File",
    "application/pkcs7-signature": "Signature",
    "application/pgp-signature": "Signature",
}
_MEDIA_KINDS = {"image": "Picture", "audio": "Sound", "video": "Film"}


@dataclass(frozen=True, slots=True)
class SharedFact:
    """One fact of several documents. text: None where they differ; values: how many there are."""

    text: str | None
    values: int
    origin: str


def value_of(document: Document, fact: FactName) -> FactValue:
    """The value of one fact of a document."""
    value: FactValue = getattr(document.facts, fact.value)
    return value


def written(fact: FactName, value: FactValue) -> str:
    """Write a value as it stands in its field; read_typed reads it back."""
    if value is None:
        return ""
    if isinstance(value, PartialDate):
        return in_words(value)
    if isinstance(value, tuple):
        return "; ".join(value)
    return language_name(value) if fact is FactName.LANGUAGE else value


def read_typed(fact: FactName, text: str) -> FactValue:
    """What a typed text means; ValueError with a sentence where it means nothing."""
    text = " ".join(text.split())
    match fact:
        case FactName.TITLE:
            if not text:
                raise ValueError("A document needs a title.")
        case FactName.AUTHORS:
            return tuple(part.strip() for part in text.split(";") if part.strip())
        case FactName.PUBLISHED if text:
            return typed_date(text)
        case FactName.LANGUAGE if text:
            return language_code(text)
        case FactName.URL if " " in text:
            raise ValueError("An address has no spaces in it.")
    return text or None


def shared(documents: Sequence[Document], fact: FactName) -> SharedFact:
    """What documents have in common in one fact."""
    values = {value_of(document, fact) for document in documents}
    origins = {origin_words(document, fact) for document in documents}
    text = written(fact, next(iter(values))) if len(values) == 1 else None
    origin = origins.pop() if len(origins) == 1 else "from several places"
    return SharedFact(text, len(values), origin)


def origin_words(document: Document, fact: FactName) -> str:
    """Say where a fact comes from."""
    origin: Origin | None = document.facts.origins.get(fact)
    known = value_of(document, fact) not in (None, (), "")
    if origin is None:
        return "" if known else "not known"
    said = {
        OriginKind.FILE: "from the file",
        OriginKind.GUESSED: "guessed",
        OriginKind.YOU: "set by you" if known else "left empty by you",
    }[origin.kind]
    return f"{said}: {origin.place}" if origin.place else said


def media_in_words(media_type: str) -> str:
    """Say what a kind of file is; one that has no name here goes by its own."""
    kind, _slash, sort = media_type.partition("/")
    if kind in _MEDIA_KINDS and media_type not in _MEDIA:
        return f"{_MEDIA_KINDS[kind]} ({sort.removeprefix('x-').upper()})"
    return _MEDIA.get(media_type, media_type)


def moment_in_words(when: datetime, *, seconds: bool = False) -> str:
    """Write a moment by this computer's clock: `21 November 2026, 14:02`, or with its seconds."""
    local = when.astimezone()
    day = in_words(PartialDate(local.year, local.month, local.day))
    return f"{day}, {local:%H:%M:%S}" if seconds else f"{day}, {local:%H:%M}"
