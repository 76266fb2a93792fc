"""When a page says that it was published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from desktop_app.core.model import FactName
from desktop_app.formats.extract import Proposal
from desktop_app.formats.facts.proposals import guessed, stated
from desktop_app.formats.facts.written_dates import read_date
from desktop_app.formats.html.tree import elements, inner_text
from desktop_app.formats.json_values import Json

_DATES = (
    "citation_publication_date", "citation_date", "citation_online_date", "prism.publicationdate",
    "bepress_citation_date", "citation_year", "article:published_time", "og:published_time",
    "datepublished", "pubdate", "publishdate", "publish-date", "dc.date.issued", "dc.date",
    "dcterms.date", "dcterms.created", "dc.date.created", "parsely-pub-date", "sailthru.date",
    "article.published", "published-date", "publication_date", "date", "displaydate",
    "article:published", "bt:pubdate", "rnews:datepublished", "created",
)  # fmt: skip
_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-]([01]\d|[a-z]{3})[/-]([0-3]\d)(?=[/-]|$)")


def dates_of_page(
    tree: etree._Element,
    meta: Mapping[str, list[str]],
    linked: list[dict[str, Json]],
    address: str | None,
) -> Iterator[Proposal]:
    """The dates that a page gives, best first; of those that everybody sees, only the first."""
    for thing in linked:
        for name in ("datePublished", "dateCreated"):
            yield from _date(thing.get(name), "JSON-LD")
    for name in _DATES:
        for value in meta.get(name, [])[:1]:
            yield from _date(value, f"meta {name}")
    for element in elements(tree, "(//*[@itemprop='datePublished'])[position()<=3]"):
        for said in (element.get("content"), element.get("datetime"), element.text):
            yield from _date(said, "date on the page")
    times = list(tree.iter("time"))[:20]
    for element in sorted(times, key=lambda one: "pubdate" not in one.attrib):
        found = read_date(element.get("datetime") or inner_text(element))
        if found:
            yield from guessed(FactName.PUBLISHED, found, "date on the page", 0.7)
            break
    if address and (in_path := _IN_PATH.search(address)):
        yield from guessed(
            FactName.PUBLISHED,
            read_date("-".join(in_path.groups())) or "",
            "the page’s address",
            0.6,
        )


def _date(value: object, place: str) -> list[Proposal]:
    found = read_date(value) if isinstance(value, str) else None
    return stated(FactName.PUBLISHED, found, place) if found else []
