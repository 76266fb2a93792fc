"""Facts about documents as columns: as they are shown, and the keys by which they are found."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from desktop_app.core.dates import PartialDate
from desktop_app.core.model import FactName, Facts, Origin, OriginKind
from desktop_app.store.columns import people_key, to_json, words_key


def fact_columns(facts: Facts) -> dict[str, Any]:
    """The columns of facts, with the keys by which they are found."""
    published = facts.published
    return {
        "title": facts.title,
        "title_key": words_key(facts.title),
        "authors": to_json(facts.authors),
        "authors_key": people_key(facts.authors),
        "source": facts.source,
        "source_key": words_key(facts.source or ""),
        "url": facts.url,
        "published": None if published is None else str(published),
        "published_first": None if published is None else published.first().isoformat(),
        "published_last": None if published is None else published.last().isoformat(),
        "language": facts.language,
        "origins": to_json(
            {
                name.value: [origin.kind.value, origin.place, origin.confidence]
                for name, origin in facts.origins.items()
            }
        ),
    }


def facts_of(row: Any) -> Facts:
    """The facts in a row of the document table."""
    return Facts(
        title=row.title,
        authors=_authors_of(row.authors),
        source=row.source,
        url=row.url,
        published=None if row.published is None else PartialDate.parse(row.published),
        language=row.language,
        origins=_origins_of(row.origins),
    )


@lru_cache(4096)
def _authors_of(written: str) -> tuple[str, ...]:
    return tuple(json.loads(written))


@lru_cache(4096)
def _origins_of(written: str) -> Mapping[FactName, Origin]:
    return MappingProxyType(
        {
            FactName(name): Origin(OriginKind(kind), place, confidence)
            for name, (kind, place, confidence) in json.loads(written).items()
        }
    )
