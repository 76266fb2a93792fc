"""Who wrote a page and whose page it is, as it says itself and as everybody sees it there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape

from lxml import etree

from desktop_app.core.model import FactName
from desktop_app.formats.extract import Proposal
from desktop_app.formats.facts.bylines import calm, is_nobody, is_outlet, is_person, read_byline
from desktop_app.formats.facts.proposals import guessed, short_line, stated
from desktop_app.formats.html.tree import elements, inner_text
from desktop_app.formats.json_values import Json

_AUTHORS = (
    "citation_author", "author", "dc.creator", "dcterms.creator", "article:author", "byl",
    "bepress_citation_author", "parsely-author", "sailthru.author", "article.author", "rbauthors",
)  # fmt: skip
_SOURCES = (
    "citation_journal_title", "prism.publicationname", "og:site_name", "application-name", "dc.publisher",
    "dcterms.publisher", "publisher", "article:publisher",
)  # fmt: skip
_BY = re.compile(
    r"(?i)^\s*(?:(?:written\s+|posted\s+|story\s+)?by\b:?|about|author:?|sobre|über|von|par|por)\s+"
)
_DATE_WORD = re.compile(
    r"(?i)\s*,?\s*\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan(?:uary)?|febr?(?:uary)?|"
    r"mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|"
    r"dec(?:ember)?)\.?(?=\s+\d|\s*$)|\d)"
)
_HUNDRED = 100


def authors_of_page(
    tree: etree._Element,
    meta: Mapping[str, list[str]],
    linked: list[dict[str, Json]],
    sources: Iterable[Proposal],
) -> Iterator[Proposal]:
    """The authors that a page names, best first. sources: its own names, which are no author’s."""
    own = {_key(str(source.value)) for source in sources}

    def is_own(key: str) -> bool:
        return key in own or (len(key) > 5 and any(name.startswith(key) for name in own))

    def people(values: Iterable[str]) -> list[str]:
        return [name for name in _people(values) if not is_own(_key(name))]

    for thing in linked:
        yield from stated(FactName.AUTHORS, people(_names(thing.get("author"))), "JSON-LD")
    for name in _AUTHORS:
        yield from stated(FactName.AUTHORS, people(meta.get(name, [])), f"meta {name}")
    for element in elements(
        tree,
        "(//*[@rel='author' or @itemprop='author' or contains(@class,'byline')"
        " or contains(@class,'author-name')])[position()<=5]",
    ):
        text = short_line(inner_text(element))
        text = _DATE_WORD.split(_BY.sub("", text))[0]
        if 3 < len(text) < 120:
            names = [n for n in people(read_byline(text).people) if 1 < len(n.split()) < 5]
            yield from guessed(FactName.AUTHORS, names, "byline on the page", 0.6)


def _names(value: Json, depth: int = 0) -> Iterator[str]:
    """The names in an author, publisher or the like of JSON-LD."""
    if depth > 3:
        return
    if isinstance(value, str):
        yield unescaped(value)
    elif isinstance(value, list):
        for item in value[:_HUNDRED]:
            yield from _names(item, depth + 1)
    elif isinstance(value, dict):
        yield from _names(value.get("name"), depth + 1)


def _people(values: Iterable[str]) -> list[str]:
    """Names of people from values that may hold several, "By" or an address instead."""
    found: list[str] = []
    for value in values:
        value = re.sub(r"(?i)^\s*by\s+", "", short_line(value))
        if not value or re.match(r"(?i)https?:|www\.|@", value) or len(value) > 200:
            continue
        for part in re.split(r"\s*[;|]\s*|\s+(?:and|&)\s+", value):
            found.extend(calm(name) for name in _by_commas(part) if not is_nobody(name))
    people = [name for name in found if is_person(name) and not is_outlet(name)]
    return people or found


def _by_commas(part: str) -> list[str]:
    """Split "Ann Lee, Bo Chan", but neither "Lee, Ann" nor "Jane Doe, PhD"."""
    pieces = [piece.strip() for piece in part.split(",")]
    if len(pieces) > 1 and all(len(piece.split()) > 1 for piece in pieces):
        return pieces
    return [part.strip()]


def sources_of_page(
    tree: etree._Element,
    meta: Mapping[str, list[str]],
    linked: list[dict[str, Json]],
    address: str | None,
    window: Sequence[str],
) -> list[Proposal]:
    """The names of the site, best first. window: what stands at the end of the window's title."""
    found: list[Proposal] = []
    for name in _SOURCES[:3]:
        for value in meta.get(name, [])[:1]:
            found += _source(value, f"meta {name}")
    for thing in linked:
        for publisher in _names(thing.get("publisher")):
            found += _source(publisher, "JSON-LD")
    for element in elements(
        tree, "(//*[@itemprop='publisher']//*[@itemprop='name'])[position()=1]"
    ):
        found += _source(element.get("content") or inner_text(element), "publisher on the page")
    for name in _SOURCES[3:]:
        for value in meta.get(name, [])[:1]:
            found += _source(value, f"meta {name}")
    # "thedailypaper" is how a machine calls it.
    found.sort(key=lambda proposal: str(proposal.value).islower() and " " not in proposal.value)
    host = re.match(r"https?://(?:www\.|m\.)?([^/:?#]+)", address) if address else None
    if host:
        for tail in window:
            if _is_short_for(host[1].split(".")[0], tail):
                found += guessed(FactName.SOURCE, _site_name(tail), "window title", 0.6)
    for value in meta.get("twitter:site", [])[:1]:
        found += guessed(FactName.SOURCE, _site_name(value), "meta twitter:site", 0.5)
    if host:
        found += guessed(FactName.SOURCE, host[1], "the page’s address", 0.5)
    return found


def _is_short_for(short: str, name: str) -> bool:
    """Tell whether the letters of one stand in the other in their order: nytimes."""
    letters = iter(_key(name))
    return len(short) > 3 and len(name.split()) <= 5 and all(one in letters for one in _key(short))


def _key(name: str) -> str:
    return re.sub(r"[\W_]|^the\s", "", name.casefold())


def _source(value: str, place: str) -> list[Proposal]:
    return stated(FactName.SOURCE, _site_name(value), place)


def _site_name(value: str) -> str:
    """The name of a site without its motto; empty for an address, a number, or a sentence."""
    name = re.split(r"\s+[|»–—]\s+|\s*\|\s*", short_line(value))[0].lstrip("@/")
    if len(name) > 40:
        name = re.split(r"\s+-\s+", name)[0]
    if re.match(r"(?i)https?:|//|www\.", name) or not re.search(r"[^\W\d_]", name):
        return ""
    return name if len(name) <= 60 else ""


def unescaped(text: str) -> str:
    """JSON-LD often carries HTML's own escapes."""
    return unescape(unescape(text)) if "&" in text else text
