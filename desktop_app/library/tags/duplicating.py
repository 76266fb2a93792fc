"""Tags copied into another collection."""

from __future__ import annotations

import uuid as uuids
from dataclasses import replace

from desktop_app.core.model import Tag, TagLink
from desktop_app.library.steps import Taking
from desktop_app.library.tags.checks import carried_by, counted_tags, tags_of
from desktop_app.library.tags.many_steps import (
    HighlightTaggingsStep,
    TaggingsStep,
    TagLinksStep,
    TagsStep,
    carriers,
    pairs_of,
)


def copy_tags(taking: Taking, collection: int, into: int, *, taggings: bool) -> str:
    """Copy all tags of a collection, with the links among them; say how many, and on how much.

    into: an empty collection. taggings: whether what carries a tag carries its copy as well.
    """
    work = taking.work
    tree = tags_of(work)
    copies: dict[int, Tag] = {}
    first = work.many_tags.next_id()
    for top in tree.children(None, collection):
        for tag in (top, *tree.below(top.id)):
            copies[tag.id] = replace(
                tag,
                id=first + len(copies),
                uuid=str(uuids.uuid4()),
                collection=into,
                parent=None if tag.parent is None else copies[tag.parent].id,
            )
    if copies:
        taking.take(TagsStep(tuple((None, copy) for copy in copies.values())))
    links = [
        TagLink.between(copies[link.one].id, copies[link.other].id, link.kind)
        for link in sorted(work.tag_links.of(copies))
        if link.one in copies and link.other in copies
    ]
    if links:
        taking.take(TagLinksStep(tuple(links), True))
    tags = counted_tags(len(copies))
    return f"{tags}, {_copy_taggings(taking, copies)}" if taggings else tags


def _copy_taggings(taking: Taking, copies: dict[int, Tag]) -> str:
    carried = taking.work.many_taggings
    documents = carried.documents.of(copies)
    highlights = carried.highlights.of(copies)
    on_documents = pairs_of({copies[tag].id: ids for tag, ids in documents.items()})
    on_highlights = pairs_of({copies[tag].id: ids for tag, ids in highlights.items()})
    if on_documents:
        taking.take(TaggingsStep(on_documents, True))
    if on_highlights:
        taking.take(HighlightTaggingsStep(on_highlights, True))
    return carried_by(carriers(on_documents), carriers(on_highlights))
