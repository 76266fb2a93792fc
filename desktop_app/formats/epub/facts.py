"""What a book's package says about it: title, authors, publisher, date, language, address."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from desktop_app.core.model import FactName
from desktop_app.core.text import one_line
from desktop_app.formats.extract import LINK_SCHEMES, Proposal
from desktop_app.formats.facts.proposals import language_code, stated
from desktop_app.formats.facts.written_dates import read_date
from desktop_app.formats.html.tree import inner_text
from desktop_app.formats.text.xml_tree import attribute, local

_PLACE = "book’s metadata"
_DOI = re.compile(r"(?i)(?:doi:|urn:doi:)?\s*(10\.\d{4,9}/\S+)")
_NOT_PUBLISHED = frozenset({"modification", "creation", "conversion", "ops-publication"})
_AUTHOR = frozenset({"", "aut", "author", "creator"})


def facts_of_book(metadata: etree._Element | None) -> tuple[list[Proposal], list[Proposal]]:
    """Proposals, and those for the language, which go behind what the text shows."""
    if metadata is None:
        return [], []
    refined = _refinements(metadata)
    said: dict[str, list[etree._Element]] = {}
    for element in metadata.iter():
        name = local(element).lower()
        if name and _text(element):
            said.setdefault(name, []).append(element)
    proposals = [
        *_titles(said.get("title", []), refined),
        *_authors(said.get("creator", []), refined),
        *_dates(said.get("date", [])),
        *(
            p
            for e in said.get("publisher", [])[:1]
            for p in stated(FactName.SOURCE, _text(e), _PLACE)
        ),
        *_addresses([*said.get("identifier", []), *said.get("source", [])]),
    ]
    languages: list[Proposal] = []
    for element in said.get("language", [])[:1]:
        languages = stated(FactName.LANGUAGE, language_code(_text(element)), _PLACE)
    return proposals, languages


def _text(element: etree._Element) -> str:
    return one_line(inner_text(element))


def _refinements(metadata: etree._Element) -> Mapping[str, Mapping[str, str]]:
    """What `meta` elements say about others: id -> property -> value."""
    found: dict[str, dict[str, str]] = {}
    for element in metadata.iter():
        if local(element) == "meta" and (refers := element.get("refines")):
            kind = (element.get("property") or "").strip()
            found.setdefault(refers.lstrip("#"), {}).setdefault(kind, _text(element))
    return found


def _of(element: etree._Element, refined: Mapping[str, Mapping[str, str]], name: str) -> str:
    """A detail about an element, as EPUB 3 or EPUB 2 writes it."""
    details = refined.get(element.get("id") or "", {})
    return details.get(name) or attribute(element, name) or ""


def _titles(
    elements: list[etree._Element], refined: Mapping[str, Mapping[str, str]]
) -> list[Proposal]:
    """The main title first, then those of other kinds."""
    order = {"main": 0, "": 1}
    ranked = sorted(elements, key=lambda e: order.get(_of(e, refined, "title-type"), 2))
    return [p for element in ranked[:5] for p in stated(FactName.TITLE, _text(element), _PLACE)]


def _authors(
    elements: list[etree._Element], refined: Mapping[str, Mapping[str, str]]
) -> list[Proposal]:
    """Those who wrote it, in the book's order; editors and others where nobody is said to have."""

    def turn(element: etree._Element) -> float:
        said = _of(element, refined, "display-seq")
        return float(said) if said.isdecimal() and len(said) < 9 else 1e9

    writers = [e for e in elements if _of(e, refined, "role").lower() in _AUTHOR]
    names = [_turned(_text(e)) for e in sorted(writers or elements, key=turn)]
    return stated(FactName.AUTHORS, names, _PLACE)


def _turned(name: str) -> str:
    """Bring "Doe, Jane" to "Jane Doe"; leave what has more commas, or none."""
    last, comma, first = name.partition(", ")
    ordinary = comma and "," not in first and 0 < len(first.split()) <= 3 and len(last.split()) <= 3
    return (
        f"{first} {last}"
        if ordinary and not first.endswith((".,", "Inc.", "Ltd.", "Jr."))
        else name
    )


def _dates(elements: list[etree._Element]) -> list[Proposal]:
    def rank(element: etree._Element) -> int:
        event = (attribute(element, "event") or "").lower()
        return (
            2
            if event in _NOT_PUBLISHED
            else int(event not in ("publication", "original-publication"))
        )

    found: list[Proposal] = []
    for element in sorted(elements, key=rank)[:3]:
        date = read_date(_text(element)) if rank(element) < 2 else None
        if date and not date.startswith("0101"):
            found += stated(FactName.PUBLISHED, date, _PLACE)
    return found


def _addresses(elements: list[etree._Element]) -> list[Proposal]:
    for element in elements:
        text = _text(element)
        if text.lower().startswith(LINK_SCHEMES[:2]) and " " not in text:
            return stated(FactName.URL, text, _PLACE)
        if doi := _DOI.fullmatch(text):
            return stated(FactName.URL, f"https://doi.org/{doi[1]}", _PLACE)
    return []
