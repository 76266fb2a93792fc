"""Making one tag of two, and deleting tags; see commands for what a command is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.core.errors import BadUsage
from desktop_app.core.model import Tag
from desktop_app.core.tag_aliases import Alias, AliasKind
from desktop_app.core.words import name_key
from desktop_app.library.highlight_steps import HighlightTaggingStep
from desktop_app.library.steps import Taking
from desktop_app.library.tags.checks import carried_by, present_tag, tags_of
from desktop_app.library.tags.steps import TaggingStep, TagStep


@dataclass(frozen=True, slots=True)
class MergeTags:
    """Let one tag go up in another: its documents, the tags below it and its names go over.

    The loser's name and aliases become aliases of the winner, and its key the winner's where that
    has none. Tags of one name below both are merged in their turn.
    """

    loser: int
    winner: int

    def do(self, taking: Taking) -> str:
        loser, winner = present_tag(taking.work, self.loser), present_tag(taking.work, self.winner)
        below = {tag.id for tag in tags_of(taking.work).below(loser.id)} | {loser.id}
        if winner.id in below:
            raise BadUsage(
                f"“{loser.name}” cannot be merged into “{winner.name}”, which lies below it or is it.",
                "Nothing has been merged.",
            )
        if winner.collection != loser.collection:
            raise BadUsage(
                f"“{loser.name}” and “{winner.name}” are in different tag collections.",
                "Nothing has been merged.",
            )
        carried = carried_by(
            taking.work.taggings.of_tag(loser.id), taking.work.highlights.of_tag(loser.id)
        )
        _merge(taking, loser, winner)
        return f"Merge “{loser.name}” into “{winner.name}” ({carried})"


def _merge(taking: Taking, loser: Tag, winner: Tag) -> None:
    work = taking.work
    losing, winning = work.taggings.of_tag(loser.id), work.taggings.of_tag(winner.id)
    if losing:
        taking.take(TaggingStep(loser.id, tuple(sorted(losing)), False))
    if losing - winning:
        taking.take(TaggingStep(winner.id, tuple(sorted(losing - winning)), True))
    _merge_on_highlights(taking, loser, winner)
    tree = tags_of(work)
    kept = {name_key(tag.name): tag for tag in tree.children(winner.id, winner.collection)}
    for child in tree.children(loser.id, loser.collection):
        if twin := kept.get(name_key(child.name)):
            _merge(taking, child, twin)
        else:
            taking.take(TagStep(child, replace(child, parent=winner.id)))
    taking.take(TagStep(loser, None))
    winner = present_tag(work, winner.id)
    known = {name_key(winner.name), *map(name_key, winner.also_called)}
    new: list[Alias] = []
    for alias in (Alias(loser.name, AliasKind.FORMER), *loser.aliases):
        if name_key(alias.name) not in known:
            known.add(name_key(alias.name))
            new.append(alias)
    key = loser.key if winner.key is None else winner.key
    if new or key != winner.key:
        merged = replace(winner, aliases=(*winner.aliases, *new), key=key)
        taking.take(TagStep(winner, merged))


def _merge_on_highlights(taking: Taking, loser: Tag, winner: Tag) -> None:
    highlights = taking.work.highlights
    losing, winning = highlights.of_tag(loser.id), highlights.of_tag(winner.id)
    if losing:
        taking.take(HighlightTaggingStep(loser.id, tuple(sorted(losing)), False))
    if losing - winning:
        taking.take(HighlightTaggingStep(winner.id, tuple(sorted(losing - winning)), True))


@dataclass(frozen=True, slots=True)
class DeleteTag:
    """Delete a tag and all tags below it; the documents and highlights stay."""

    tag: int

    def do(self, taking: Taking) -> str:
        tag = present_tag(taking.work, self.tag)
        doomed = [tag, *tags_of(taking.work).below(tag.id)]
        carried = delete_tags(taking, doomed)
        also = f" and {len(doomed) - 1:,} below it" if len(doomed) > 1 else ""
        return f"Delete the tag “{tag.name}”{also} ({carried})"


def delete_tags(taking: Taking, tags: list[Tag]) -> str:
    """Delete tags, given parents first; say how much carried them."""
    documents: set[int] = set()
    highlights: set[int] = set()
    for tag in reversed(tags):
        carried = taking.work.taggings.of_tag(tag.id)
        documents |= carried
        if carried:
            taking.take(TaggingStep(tag.id, tuple(sorted(carried)), False))
        marked = taking.work.highlights.of_tag(tag.id)
        highlights |= marked
        if marked:
            taking.take(HighlightTaggingStep(tag.id, tuple(sorted(marked)), False))
        taking.take(TagStep(tag, None))
    return carried_by(documents, highlights)
