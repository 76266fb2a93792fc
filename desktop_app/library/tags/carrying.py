"""Which tags some documents, or some highlights, carry: what is shown before they get others."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from desktop_app.store import carrying
from desktop_app.store.store import Snapshot, Store


@dataclass(frozen=True, slots=True)
class Carriers:
    """Documents, or highlights, and the tags on them.

    ids: those that are in the library. tags: for each tag that any carries itself, how many do.
    title: of the document, or the quote of the highlight, where there is only one.
    """

    ids: tuple[int, ...] = ()
    tags: Mapping[int, int] = field(default_factory=dict)
    title: str = ""


def carriers(store: Store, ids: Collection[int], *, highlights: bool = False) -> Carriers:
    """Look up what some documents, or some highlights, carry; those that are gone are left out."""
    with store.read() as snapshot:
        connection = snapshot.connection
        if highlights:
            there = carrying.highlights_there(connection, ids)
            tags = carrying.tags_of_highlights(connection, there)
        else:
            there = carrying.documents_there(connection, ids)
            tags = carrying.tags_of_documents(connection, there)
        return Carriers(tuple(there), tags, _title(snapshot, there, highlights=highlights))


def _title(snapshot: Snapshot, ids: array[int], *, highlights: bool) -> str:
    if len(ids) != 1:
        return ""
    if highlights:
        marked = snapshot.highlights.get(ids[0])
        return " ".join(marked.anchor.quote.split()) if marked is not None else ""
    document = snapshot.documents.get(ids[0])
    return document.title if document is not None else ""
