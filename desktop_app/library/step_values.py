"""The values that steps hold, as JSON for the undo log and back."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from desktop_app.core.dates import PartialDate
from desktop_app.core.model import Binned, FactName, Origin, OriginKind, Tag, TagCollection
from desktop_app.core.tag_aliases import aliases_in, aliases_out
from desktop_app.core.tag_looks import Pattern
from desktop_app.store.packed_ids import pack_ids, unpack_ids

_MANY = 100


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


def ids_out(ids: Collection[int]) -> Any:
    """Write ids; many of them packed, as a text, since a step may be of tens of thousands."""
    return list(ids) if len(ids) < _MANY else b64encode(pack_ids(ids)).decode()


def ids_in(raw: Any) -> tuple[int, ...]:
    """Read ids; those that were packed are sorted."""
    return tuple(sorted(unpack_ids(b64decode(raw)))) if isinstance(raw, str) else tuple(raw)


def tag_out(tag: Tag | None) -> Any:
    return tag and [
        tag.id,
        tag.uuid,
        tag.collection,
        tag.parent,
        tag.name,
        tag.colour,
        aliases_out(tag.aliases),
        tag.key,
        tag.pattern.value,
        tag.letters,
        tag.definition,
        tag.use_when,
        tag.not_when,
        tag.examples,
        tag.archived,
    ]


def tag_in(raw: Any) -> Tag | None:
    if raw is None:
        return None
    # Steps of earlier versions end after the aliases, or after the key.
    identity, uuid, collection, parent, name, colour, aliases, *rest = raw
    key = rest[0] if rest else None
    pattern, *said = rest[1:] or [Pattern.PLAIN]
    return Tag(
        identity,
        uuid,
        collection,
        parent,
        name,
        colour,
        aliases_in(aliases),
        key,
        Pattern(pattern),
        *said,
    )


def collection_out(collection: TagCollection | None) -> Any:
    return collection and [
        collection.id,
        collection.uuid,
        collection.name,
        collection.active,
        collection.description,
        collection.author,
        collection.licence,
        collection.version,
        collection.scheme,
        collection.shown,
        collection.locked,
        collection.archived,
    ]


def collection_in(raw: Any) -> TagCollection | None:
    return raw and TagCollection(*raw)


def binned_out(binned: Binned | None) -> Any:
    return binned and [
        binned.id,
        binned.name,
        binned.collection,
        binned.tags,
        binned.documents,
        binned.highlights,
        time_out(binned.deleted_at),
        binned.steps,
    ]


def binned_in(raw: Any) -> Binned | None:
    if raw is None:
        return None
    identity, name, collection, tags, documents, highlights, deleted_at, steps = raw
    when = datetime.fromtimestamp(deleted_at, UTC)
    return Binned(identity, name, collection, tags, documents, highlights, when, steps)
