"""Tags copied into another collection."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.core.model import TagLink
from desktop_app.library.highlight_steps import HighlightTaggingStep
from desktop_app.library.steps import Taking
from desktop_app.library.tags.checks import carried_by, counted_tags, tags_of
from desktop_app.library.tags.steps import TaggingStep, TagLinkStep, TagStep


def copy_tags(taking: Taking, collection: int, into: int, *, taggings: bool) -> str:
    """Copy all tags of a collection, with the links among them; say how many, and on how much.

    into: an empty collection. taggings: whether what carries a tag carries its copy as well.
    """
    work = taking.work
    tree = tags_of(work)
    copies: dict[int, int] = {}
    documents: set[int] = set()
    highlights: set[int] = set()
    for top in tree.children(None, collection):
        for tag in (top, *tree.below(top.id)):
            made = work.tags.add(
                collection=into,
                parent=None if tag.parent is None else copies[tag.parent],
                name=tag.name,
                colour=tag.colour,
                aliases=tag.aliases,
                digit=tag.key,
            )
            taking.made(TagStep(None, made))
            copies[tag.id] = made.id
            like = replace(
                tag, id=made.id, uuid=made.uuid, collection=into, parent=made.parent, name=made.name
            )
            if like != made:
                taking.take(TagStep(made, like))
            if not taggings:
                continue
            if carried := work.taggings.of_tag(tag.id):
                documents |= carried
                taking.take(TaggingStep(made.id, tuple(sorted(carried)), True))
            if marked := work.highlights.of_tag(tag.id):
                highlights |= marked
                taking.take(HighlightTaggingStep(made.id, tuple(sorted(marked)), True))
    for link in sorted(work.tag_links.of(copies)):
        if link.one in copies and link.other in copies:
            copied = TagLink.between(copies[link.one], copies[link.other], link.kind)
            taking.take(TagLinkStep(copied, True))
    tags = counted_tags(len(copies))
    return f"{tags}, {carried_by(documents, highlights)}" if taggings else tags
