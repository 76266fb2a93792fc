"""What the first lines of an article say about it: headline, date, byline, outlet.

Scrapes of web articles carry these as lines of their own above the body. Only such short lines are
looked at, so that a date or a name inside the article is not taken for its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from desktop_app.core.model import FactName
from desktop_app.formats.extract import Proposal
from desktop_app.formats.facts.bylines import is_outlet, is_person, outlet_of, read_byline
from desktop_app.formats.facts.proposals import guessed
from desktop_app.formats.facts.written_dates import first_date

_PLACE = "first lines"
_LINES = 14  # how far down a date or a byline may stand
_BODY = 240  # a line longer than this belongs to the article itself
_HEADLINE = 250
_SHORT = 120  # a line with a date or a byline is short

_BY = re.compile(
    r"(?i)\s*(?:(?:written|posted|reported|published|story|text|words)\s+)?(?:by|von|par)\b[:\s]\s*(?=\S)"
)
_BY_INSIDE = re.compile(r"(?i)\b(?:by|von|par)\s+(?=\w)")
_LABEL = re.compile(r"(?i)\s*(?:author|authors|autor|auteur)\s*:\s*(?=\S)")
_TITLE = re.compile(r"(?i)^\s*(?:title|headline|titel|titre)\s*:\s*(?=\S)")
_NEWS_OF = re.compile(r"In (?P<source>[^\n]{2,60}?)(?:['’]s|s['’]) (?:News|Insights|Blog|Press)\b")
_SOURCE = re.compile(
    r"(?i)(?:source|quelle|originally published (?:by|in|on|at)|first published (?:by|in|on|at)"
    r"|this (?:article|story|piece|post) (?:was )?(?:originally |first )?(?:appeared|published)"
    r" (?:by|in|on|at))\s*:?\s+(?P<source>[^\n]{2,80}?)\.?"
)
_ADDRESS = re.compile(
    r"(?i)(?:(?:source|url|link|original|permalink|from|via|quelle)\s*:?\s*)?(?P<url>https?://[^\s<>\"]{4,1500})"
)
_LATER = re.compile(r"(?i)\s*(?:last\s+)?(?:updated|modified|edited|accessed|retrieved|revised)\b")
_NOTED = re.compile(
    r"(?i)\b(?:first\s+|originally\s+|last\s+)?(?:published|posted|updated|modified|date[d]?|written"
    r"|erschienen|veröffentlicht|publié|created|on|le|am|at|the|of"
    r"|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[:,]?"
)
_CLOCK = re.compile(
    r"(?i)\b\d{1,2}[:.]\d\d(?::\d\d)?(?:\s*[ap]\.?m\.?)?(?:\s*\(?(?:GMT|UTC|EST|EDT|CET|CEST|BST|PST|PDT|ET)\)?)?"
)


def from_first_lines(lines: Sequence[str], *, place: str = _PLACE) -> list[Proposal]:
    """Proposals from the lines of a text, each a paragraph or a line that stands alone.

    The first line is the headline unless it is a date, an address or the beginning of the article.
    """
    found: list[Proposal] = []
    top = list(_top(lines))
    if top and (title := _headline(top)):
        found += guessed(FactName.TITLE, title, place, 0.8)
    rest = [line for line in top if line != (found[0].value if found else None)]
    found += dates_in(rest, place)
    for line in rest:
        found += _names(line, place)
    found += _sources(lines, place)
    return found


def _top(lines: Sequence[str]) -> Iterator[str]:
    """The lines above the body, white space at the ends taken off; a body line ends them."""
    seen = 0
    for line in lines:
        stripped = line.strip()
        if not stripped:
            continue
        if seen >= _LINES:
            return
        seen += 1
        if len(stripped) <= _BODY:
            yield " ".join(stripped.split())
        elif seen > 4:
            return


def _headline(top: Sequence[str]) -> str | None:
    for line in top[:3]:
        if len(line) <= _HEADLINE and not _is_date_line(line) and not _ADDRESS.match(line):
            if _BY.match(line) and len(top) > 1:
                continue
            headline = _TITLE.sub("", line).strip("#*=_/ ")
            if any(character.isalpha() for character in headline):
                return headline
    return None


def _is_date_line(line: str) -> bool:
    date = first_date(line) if len(line) <= _SHORT else None
    return date is not None and len(_without_date(line, date.start, date.end)) < 4


def _without_date(line: str, start: int, end: int) -> str:
    """What a line says beside its date, the clock and words such as "Published"."""
    rest = f"{line[:start]} | {line[end:]}"
    rest = _NOTED.sub(" ", _CLOCK.sub(" ", rest))
    return " ".join(rest.split()).strip(" |,.;:-–—•·/()")


def dates_in(lines: Sequence[str], place: str) -> list[Proposal]:
    """The first date that stands for the article; one of a change only where there is no other."""
    later: list[Proposal] = []
    for line in lines:
        date = first_date(line) if len(line) <= _SHORT else None
        if date is None:
            continue
        rest = _without_date(line, date.start, date.end)
        if len(rest.split()) > 9 or (len(rest.split()) > 4 and line.endswith((".", "!", "?"))):
            continue
        confidence = 0.9 if date.date.day else 0.7
        proposal = guessed(FactName.PUBLISHED, str(date.date), place, confidence)
        if not _LATER.match(line):
            return proposal
        later = later or proposal
    return later


def _names(line: str, place: str) -> list[Proposal]:
    """Authors and outlet from one line."""
    if len(line) > _SHORT:
        return []
    if news := _NEWS_OF.match(line):
        return guessed(FactName.SOURCE, news["source"], place, 0.8)
    found: list[Proposal] = []
    start = _BY.match(line) or _LABEL.match(line)
    date = first_date(line)
    if start:
        byline = read_byline(line[start.end() :])
        found += guessed(FactName.AUTHORS, byline.people, place, 0.9)
        if byline.outlet:
            found += guessed(FactName.SOURCE, byline.outlet, place, 0.6)
    elif date is not None:
        rest = _without_date(line, date.start, date.end)
        if inside := _BY_INSIDE.search(rest):
            byline = read_byline(rest[inside.end() :])
            found += guessed(FactName.AUTHORS, byline.people, place, 0.8)
            if byline.outlet:
                found += guessed(FactName.SOURCE, byline.outlet, place, 0.6)
        else:
            found += _beside_date(rest, place)
    return found


def _beside_date(rest: str, place: str) -> list[Proposal]:
    """ "ICSR Team", "The Guardian" or "Jane Doe" beside a date, between bars or alone."""
    found: list[Proposal] = []
    for piece in re.split(r"\s*[|•·/]\s*|\s+[-–—]\s+|,\s+", rest):
        name = piece.strip(" .,;:")
        if not name or len(name.split()) > 6:
            continue
        if is_outlet(name) and (outlet := outlet_of(name)):
            found += guessed(FactName.SOURCE, outlet, place, 0.7)
            if outlet != name:
                found += guessed(FactName.AUTHORS, [name], place, 0.5)
        elif 2 <= len(name.split()) <= 4 and is_person(name) and not name.isupper():
            if name.startswith("The "):
                found += guessed(FactName.SOURCE, name, place, 0.5)
            else:
                found += guessed(FactName.AUTHORS, [name], place, 0.5)
    return found


def _sources(lines: Sequence[str], place: str) -> list[Proposal]:
    """ "Source: The Guardian" may also stand under the article."""
    found: list[Proposal] = []
    for number, line in enumerate(lines):
        stripped = line.strip()
        if not 6 < len(stripped) <= 1_600 or (len(stripped) > _SHORT and "://" not in stripped):
            continue
        where = place if number < _LINES else "a line of its own"
        if address := _ADDRESS.fullmatch(stripped):
            if number < _LINES or not stripped.startswith("http"):
                found += guessed(FactName.URL, address["url"], where, 0.7)
        elif stripped[0] in "SsQqOoFfTt" and (source := _SOURCE.fullmatch(stripped)):
            name = source["source"].strip(" .")
            if len(name.split()) <= 8 and name[0].isupper():
                found += guessed(FactName.SOURCE, name, where, 0.8)
    return found
