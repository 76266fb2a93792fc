"""What the header of a mail says about it."""

from __future__ import annotations

import re
from email.utils import getaddresses, parsedate_tz

from desktop_app.core.dates import PartialDate
from desktop_app.core.model import FactName
from desktop_app.core.text import one_line
from desktop_app.formats.extract import LINK_SCHEMES, Proposal
from desktop_app.formats.facts.proposals import guessed, language_code, stated
from desktop_app.formats.facts.written_dates import first_date
from desktop_app.formats.mail.header import Header, decode_words

_EARLIEST, _LATEST = 1969, 2100
_LONGEST = 20_000
_ADDRESS = re.compile(r"https?://[^\s<>\"]{4,1900}")
_MAILBOX = re.compile(r"[^\s<>,;:\"()]{1,100}@[^\s<>,;:\"()]{1,200}")
_LIST = re.compile(r"\s*\"?([^<\"]*)\"?\s*<?([^<>]*)>?\s*")


def facts_of_mail(header: Header) -> list[Proposal]:
    """Proposals from a mail's header, best first."""
    names = names_in(header.first("from")) or names_in(header.first("sender"))
    return [
        *stated(FactName.TITLE, header.text("subject"), "Subject of the mail"),
        *(guessed(FactName.TITLE, f"Mail from {names[0]}", "sender", 0.3) if names else []),
        *stated(FactName.AUTHORS, names, "sender of the mail"),
        *_date(header),
        *_source(header),
        *_address(header),
    ]


def language_of_mail(header: Header) -> list[Proposal]:
    """The language that a mail says it is in."""
    said = (header.first("content-language") or "").partition(",")[0]
    return guessed(FactName.LANGUAGE, language_code(said), "Content-Language", 0.5)


def names_in(value: str | None) -> list[str]:
    """The people of a field of addresses: the name of each, or the address where it has none."""
    if not value:
        return []
    if "@" not in value:
        return [shown] if (shown := one_line(decode_words(value)).strip("<>\"' ")) else []
    try:
        pairs = getaddresses([value[:_LONGEST]])
    except (RecursionError, ValueError, IndexError):
        pairs = []
    found = []
    for name, address in pairs:
        shown = one_line(decode_words(name)).strip("'\" ") or one_line(decode_words(address))
        # Addresses in words behind the name: "Jane Doe (jane@example.org)".
        found.append(re.sub(r"\s*\([^()\s]*@[^()\s]*\)$", "", shown) or shown)
    if any(name.startswith("@") for name in found):
        found = _MAILBOX.findall(value[:_LONGEST])
    names = [name for name in dict.fromkeys(found) if name]
    return names or [one_line(decode_words(value))]


def _date(header: Header) -> list[Proposal]:
    for value in header.all("date"):
        if day := day_of(value):
            return stated(FactName.PUBLISHED, day, "Date of the mail")
    # The first line is that of the reader's own server.
    for value in header.all("received"):
        if day := day_of(value.rpartition(";")[2]):
            return guessed(FactName.PUBLISHED, day, "the way that the mail took", 0.6)
    day = day_of(" ".join(header.envelope.split(" ")[2:]))
    return guessed(FactName.PUBLISHED, day, "the mailbox", 0.6) if day else []


def day_of(value: str) -> str | None:
    """The day in a field with a date, where the sender was; None for what cannot be."""
    try:
        parsed = parsedate_tz(value[:300])
        if parsed:
            return _day(PartialDate(*parsed[:3]))
    except (ValueError, IndexError, TypeError, OverflowError):
        pass
    written = first_date(value[:300])
    return _day(written.date) if written else None


def _day(date: PartialDate) -> str | None:
    return str(date) if date.day and _EARLIEST <= date.year <= _LATEST else None


def _source(header: Header) -> list[Proposal]:
    """The mailing list that it went through, or where its sender works."""
    found: list[Proposal] = []
    listed = _LIST.fullmatch(decode_words(header.first("list-id") or ""))
    if listed and listed[1].strip():
        found += stated(FactName.SOURCE, listed[1], "mailing list")
    elif listed and listed[2].strip():
        found += stated(FactName.SOURCE, listed[2].partition(".")[0], "mailing list")
    found += stated(FactName.SOURCE, header.text("newsgroups").partition(",")[0], "newsgroup")
    for name in ("organization", "organisation"):
        found += stated(FactName.SOURCE, header.text(name), "organisation of the sender")
    return found


def _address(header: Header) -> list[Proposal]:
    found: list[Proposal] = []
    for name in ("archived-at", "x-archived-at", "x-url", "content-base", "content-location"):
        if address := _ADDRESS.search(header.first(name) or ""):
            found += stated(FactName.URL, address[0], name.title())
    if address := _ADDRESS.search(header.first("list-archive") or ""):
        found += guessed(FactName.URL, address[0], "archive of the mailing list", 0.3)
    return [one for one in found if str(one.value).startswith(LINK_SCHEMES)]
