"""The values that steps hold, as JSON for the undo log and back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from desktop_app.core.dates import PartialDate
from desktop_app.core.model import FactName, Origin, OriginKind, Tag, TagCollection


class GroundChanged(Exception):
    """What a step expects no longer holds; the message says what, as the end of a sentence."""


FactValue = str | tuple[str, ...] | PartialDate | None

FACT_WORDS = {
    FactName.TITLE: "title",
    FactName.AUTHORS: "authors",
    FactName.SOURCE: "source",
    FactName.URL: "address",
    FactName.PUBLISHED: "date",
    FactName.LANGUAGE: "language",
}


def value_out(value: FactValue) -> Any:
    return str(value) if isinstance(value, PartialDate) else value


def value_in(fact: FactName, raw: Any) -> FactValue:
    if fact is FactName.AUTHORS:
        return tuple(raw or ())
    if fact is FactName.PUBLISHED and raw is not None:
        return PartialDate.parse(raw)
    return None if raw is None else str(raw)


def origin_out(origin: Origin | None) -> Any:
    return origin and [origin.kind.value, origin.place, origin.confidence]


def origin_in(raw: Any) -> Origin | None:
    return raw and Origin(OriginKind(raw[0]), raw[1], raw[2])


def time_out(time: datetime | None) -> Any:
    return time and time.timestamp()


def time_in(raw: Any) -> datetime | None:
    return None if raw is None else datetime.fromtimestamp(raw, UTC)


def tag_out(tag: Tag | None) -> Any:
    return tag and [
        tag.id,
        tag.uuid,
        tag.collection,
        tag.parent,
        tag.name,
        tag.colour,
        list(tag.aliases),
        tag.key,
    ]


def tag_in(raw: Any) -> Tag | None:
    if raw is None:
        return None
    identity, uuid, collection, parent, name, colour, aliases, *rest = raw
    key = rest[0] if rest else None  # steps of before there were keys have none
    return Tag(identity, uuid, collection, parent, name, colour, tuple(aliases), key)


def collection_out(collection: TagCollection | None) -> Any:
    return collection and [collection.id, collection.uuid, collection.name, collection.active]


def collection_in(raw: Any) -> TagCollection | None:
    return raw and TagCollection(*raw)
