"""Mark a passage by its words: find where a text says it, and refuse where that is not one place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from desktop_app.core.errors import BadUsage
from desktop_app.core.highlights import MARK_COLOURS, MarkStyle, Place
from desktop_app.core.query import straighten
from desktop_app.core.text import one_line
from desktop_app.library.highlight_commands import AddHighlight
from desktop_app.library.steps import Taking
from desktop_app.library.tags.checks import tags_of
from desktop_app.library.tags.commands import CreateTag
from desktop_app.store.store import Work

_SHOWN = 9
_AROUND = 24
_ALIKE = {'"': '["“”„‟″«»＂]', "'": "['‘’‚‛′‹›]", "-": "[-‐‑‒–—―−]"}


def places_of(canonical: str, quote: str) -> list[Place]:
    """Where a text says a quote, in order: word for word, or else but for blanks and quotes.

    The second way lets through what was typed on one line, with plain quotation marks and hyphens.
    """
    quote = unicodedata.normalize("NFC", quote).strip()
    if not quote:
        return []
    found: list[Place] = []
    at = canonical.find(quote)
    while at >= 0:
        found.append(Place(at, at + len(quote)))
        at = canonical.find(quote, at + 1)
    if found:
        return found
    letters = (_ALIKE.get(letter, re.escape(letter)) for letter in straighten(quote))
    pattern = re.sub(r"(\\?\s)+", lambda _: r"\s+", "".join(letters))
    return [Place(*match.span()) for match in re.finditer(pattern, canonical)]


@dataclass(frozen=True, slots=True)
class MarkQuote:
    """Mark the passage of a document that says a quote.

    number: which of the places that say it, from 1; None where there must be only one. tags: paths;
    those that are missing are made, in the same step of undo. again: also where just that passage
    is highlighted already. The rest as of AddHighlight.
    """

    document: int
    quote: str
    uuid: str
    number: int | None = None
    tags: tuple[str, ...] = ()
    note: str = ""
    colour: str = MARK_COLOURS[0]
    style: MarkStyle = MarkStyle.FILL
    again: bool = False

    def do(self, taking: Taking) -> str:
        work = taking.work
        if work.documents.get(self.document) is None:
            raise BadUsage(f"There is no document {self.document} in this library.")
        version, canonical, _ = work.texts.ground(self.document)
        place = self._place(work, canonical)
        if not self.again:
            self._refuse_twin(work, place)
        tags = tuple(_tag(taking, path) for path in self.tags)
        return AddHighlight(
            self.document,
            version,
            place.start,
            place.end,
            colour=self.colour,
            style=self.style,
            note=self.note,
            tags=tags,
            uuid=self.uuid,
        ).do(taking)

    def _refuse_twin(self, work: Work, place: Place) -> None:
        for known in work.highlights.of_document(self.document):
            if known.place == place:
                raise BadUsage(
                    f"“{_shortened(self.quote)}” is highlighted already (highlight {known.id}).",
                    "Nothing has been marked; --again marks it a second time.",
                )

    def _place(self, work: Work, canonical: str) -> Place:
        if not self.quote.strip():
            raise BadUsage("--quote needs the words of a passage.", "Nothing has been marked.")
        found = places_of(canonical, self.quote)
        title = work.documents.titles([self.document])[self.document]
        quote = _shortened(self.quote)
        if not found:
            raise BadUsage(
                f"The text of “{title}” does not say “{quote}”.",
                f"`postil show {self.document} --text` prints all of it.",
            )
        if self.number is not None and not 1 <= self.number <= len(found):
            raise BadUsage(
                f"The text of “{title}” says “{quote}” {_times(len(found))}; "
                f"there is no number {self.number}.",
                "Nothing has been marked.",
            )
        if self.number is None and len(found) > 1:
            raise BadUsage(
                f"The text of “{title}” says “{quote}” {_times(len(found))}.",
                "Write more of the passage, or choose one by its number, as in --number 1:\n"
                + _listed(canonical, found),
            )
        return found[(self.number or 1) - 1]


def _tag(taking: Taking, path: str) -> int:
    """The tag of a path, made where it is missing."""
    found = tags_of(taking.work).find(path)
    if found is None:
        CreateTag(path).do(taking)
        found = tags_of(taking.work).find(path)
    assert found is not None
    return found.id


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number:,} times"


def _shortened(quote: str) -> str:
    line = one_line(quote)
    return line if len(line) <= 60 else f"{line[:59].rstrip()}…"


def _listed(canonical: str, found: list[Place]) -> str:
    lines = []
    for number, place in enumerate(found[:_SHOWN], 1):
        before = canonical[max(place.start - _AROUND, 0) : place.start]
        after = canonical[place.end : place.end + _AROUND]
        quote = canonical[place.start : place.end]
        lines.append(f"  {number}  " + one_line(f"…{before}[{quote}]{after}…"))
    if len(found) > _SHOWN:
        lines.append(f"  and {len(found) - _SHOWN:,} more")
    return "\n".join(lines)
