"""What a web page says about itself: its meta tags, JSON-LD, and the visible headline.

What it says most deliberately comes first: JSON-LD of an article, then the citation and Open Graph
tags, then what is on the page for everybody to see.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import etree

from desktop_app.core.model import FactName
from desktop_app.core.words import name_key
from desktop_app.formats.extract import Proposal
from desktop_app.formats.facts.proposals import language_code, short_line, stated
from desktop_app.formats.html.dates import dates_of_page
from desktop_app.formats.html.names import authors_of_page, sources_of_page, unescaped
from desktop_app.formats.html.tree import elements, inner_text
from desktop_app.formats.json_values import Json

_ARTICLES = re.compile(
    r"(?i)(?:.*article|.*posting|report|webpage|book|chapter|review|thesis|creativework)$"
)
_LARGEST_JSON = 2_000_000
_TITLES = ("citation_title", "og:title", "twitter:title", "dc.title", "dcterms.title", "headline")
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class PageFacts:
    """proposals: best first. language: as stated. base: what relative links are seen from."""

    proposals: tuple[Proposal, ...]
    language: tuple[Proposal, ...]
    base: str | None


def facts_of_page(tree: etree._Element, *, saved_from: str | None = None) -> PageFacts:
    """Gather what a page says about itself. saved_from: the address that whoever saved it noted."""
    meta = _meta(tree)
    linked = list(_articles(tree))
    address = _address(tree, meta, linked, saved_from)
    window = next((short_line(inner_text(e)) for e in tree.iter("title")), "")
    sources = sources_of_page(tree, meta, linked, address, _last_parts(window))
    proposals = [
        *_titles(tree, meta, linked, window),
        *authors_of_page(tree, meta, linked, sources),
        *dates_of_page(tree, meta, linked, address),
        *sources,
        *(stated(FactName.URL, address, "the page’s address") if address else []),
    ]
    stated_language = tree.get("lang") or tree.get("xml:lang") or meta.get("language", [""])[0]
    language = stated(FactName.LANGUAGE, language_code(stated_language), "lang")
    return PageFacts(tuple(each_once(proposals)[:_HUNDRED]), tuple(language), _base(tree, address))


def _meta(tree: etree._Element) -> Mapping[str, list[str]]:
    """The contents of meta tags by their names in small letters."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        if not content:
            continue
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").strip().lower()
            if name:
                found.setdefault(name, []).append(content)
    return found


def _articles(tree: etree._Element) -> Iterator[dict[str, Json]]:
    """The JSON-LD objects that describe an article or a page, articles first."""
    others: list[dict[str, Json]] = []
    found: list[dict[str, Json]] = []
    names: dict[str, Json] = {}
    for element in tree.iter("script"):
        if "ld+json" not in (element.get("type") or "").lower():
            continue
        text = (element.text or "").strip().removeprefix("<!--").removesuffix("-->")
        if len(text) > _LARGEST_JSON:
            continue
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _things(value):
            if isinstance(referred := thing.get("@id"), str) and thing.get("name"):
                names[referred] = thing["name"]
            said = thing.get("@type")
            kinds = said if isinstance(said, list) else [said]
            known = [kind for kind in kinds if isinstance(kind, str) and _ARTICLES.match(kind)]
            if any("page" not in kind.lower() for kind in known):
                found.append(thing)
            elif known:
                others.append(thing)
    for thing in (*found, *others):
        yield {name: _named(value, names) for name, value in thing.items()}


def _named(value: Json, names: Mapping[str, Json]) -> Json:
    """Put a name to who is only referred to: {"@id": "#jane"}."""
    if isinstance(value, list):
        return [_named(item, names) for item in value[:_HUNDRED]]
    if isinstance(value, dict) and "name" not in value:
        referred = value.get("@id")
        if isinstance(referred, str) and referred in names:
            return {**value, "name": names[referred]}
    return value


def _things(value: Json, depth: int = 0) -> Iterator[dict[str, Json]]:
    if depth > 4:
        return
    if isinstance(value, list):
        for item in value[:_HUNDRED]:
            yield from _things(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(value.get(name), list | dict):
                yield from _things(value[name], depth + 1)


def each_once(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Leave out what was proposed before; its first and surest origin stays."""
    found: dict[tuple[FactName, str | tuple[str, ...]], Proposal] = {}
    for proposal in proposals:
        found.setdefault((proposal.fact, proposal.value), proposal)
    return list(found.values())


def _titles(
    tree: etree._Element,
    meta: Mapping[str, list[str]],
    linked: list[dict[str, Json]],
    window: str,
) -> Iterator[Proposal]:
    headings = [short_line(inner_text(e)) for e in tree.iter("h1")]
    headings = [heading for heading in headings if 3 < len(heading) < 300]
    # A heading that the window's title repeats is the headline and nothing else.
    sites = {name_key(site) for site in (*meta.get("og:site_name", []), *_last_parts(window))}
    for heading in headings:
        if (
            len(heading) > 12
            and heading.lower() in window.lower()
            and name_key(heading) not in sites
        ):
            yield from stated(FactName.TITLE, heading, "headline")
            break
    for element in elements(tree, "(//*[@itemprop='headline'])[position()=1]"):
        yield from stated(FactName.TITLE, inner_text(element), "headline")
    for thing in linked:
        if isinstance(headline := thing.get("headline"), str):
            yield from stated(FactName.TITLE, unescaped(headline), "JSON-LD")
    for name in _TITLES:
        for value in meta.get(name, [])[:1]:
            yield from stated(FactName.TITLE, _without_site(value, meta), f"meta {name}")
    if len(headings) == 1 and name_key(headings[0]) not in sites:
        yield from stated(FactName.TITLE, headings[0], "headline")
    if window:
        yield from stated(FactName.TITLE, _without_site(window, meta), "window title")


def _last_parts(window: str) -> list[str]:
    """What stands behind the last bar of a window's title, which is often the site."""
    head, _, tail = _split_last(window)
    return [tail] if tail and len(head) > 12 else []


def _without_site(title: str, meta: Mapping[str, list[str]]) -> str:
    """Take the site's name off a title, "Siege of Raqqa | The Daily Paper"."""
    title = short_line(title)
    site = (meta.get("og:site_name") or [""])[0]
    head, mark, tail = _split_last(title)
    if (
        mark
        and head
        and (
            (site and short_line(site).lower() in tail.lower())
            or (len(tail.split()) <= 4 and len(head.split()) >= 4)
        )
    ):
        return head
    return title


def _split_last(title: str) -> tuple[str, str, str]:
    found = re.match(r"(.*\S)(\s+[|–—»·-]\s+|\s*\|\s*)(\S.*)$", title)
    return (found[1], found[2], found[3]) if found else (title, "", "")


def _address(
    tree: etree._Element,
    meta: Mapping[str, list[str]],
    linked: list[dict[str, Json]],
    saved_from: str | None,
) -> str | None:
    candidates: list[object] = [
        element.get("href")
        for element in tree.iter("link")
        if "canonical" in (element.get("rel") or "").lower().split()
    ]
    candidates += meta.get("og:url", [])
    for thing in linked:
        page = thing.get("mainEntityOfPage")
        candidates += [thing.get("url"), page.get("@id") if isinstance(page, dict) else page]
    candidates.append(saved_from)
    for candidate in candidates:
        if isinstance(candidate, str):
            candidate = candidate.strip()
            if re.match(r"https?://[^\s/]+\.[^\s/]+", candidate) and candidate.isprintable():
                return candidate if len(candidate) < 2_000 and " " not in candidate else None
    return None


def _base(tree: etree._Element, address: str | None) -> str | None:
    href = next((element.get("href") for element in tree.iter("base") if element.get("href")), None)
    if not href:
        return address
    try:
        base = urljoin(address, href) if address else href
    except ValueError:
        return address
    return base if base.startswith(("http://", "https://")) else address
