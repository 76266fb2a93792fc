"""Making one tag of two, and deleting tags; see commands for what a command is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.core.errors import BadUsage
from desktop_app.core.highlights import LONGEST_NOTE
from desktop_app.core.model import Tag, TagLink
from desktop_app.core.tag_aliases import Alias, AliasKind
from desktop_app.core.words import name_key
from desktop_app.library.highlight_steps import HighlightTaggingStep
from desktop_app.library.steps import Taking
from desktop_app.library.tags.checks import (
    carried_by,
    changeable_tag,
    present_collection,
    present_tag,
    tags_of,
)
from desktop_app.library.tags.many_steps import TagLinksStep
from desktop_app.library.tags.steps import (
    HandOverStep,
    RedirectStep,
    TaggingStep,
    TagStep,
)
from desktop_app.library.tags.trash import Binning
from desktop_app.store.store import Snapshot


@dataclass(frozen=True, slots=True)
class MergeTags:
    """Let one tag go up in another: its documents, the tags below it and its names go over.

    The loser's name and aliases become aliases of the winner, and its key the winner's where that
    has none; what is said of it is put behind what is said of the winner. Its uuid leads to the
    winner from then on. Tags of one name below both are merged in their turn.
    """

    loser: int
    winner: int

    def do(self, taking: Taking) -> str:
        work = taking.work
        loser, winner = changeable_tag(work, self.loser), changeable_tag(work, self.winner)
        refuse_merge(work, loser, winner)
        carried = carried_by(work.taggings.of_tag(loser.id), work.highlights.of_tag(loser.id))
        _merge(taking, loser, winner)
        return f"Merge “{loser.name}” into “{winner.name}” ({carried})"


def refuse_merge(snapshot: Snapshot, loser: Tag, winner: Tag) -> None:
    """BadUsage where a tag cannot go up in another."""
    if winner.id in snapshot.tags.below(loser.id):
        raise BadUsage(
            f"“{loser.name}” cannot be merged into “{winner.name}”, which lies below it or is it.",
            "Nothing has been merged.",
        )
    if winner.collection != loser.collection:
        raise BadUsage(
            f"“{loser.name}” and “{winner.name}” are in different tag collections.",
            "Nothing has been merged. Move one of them to the other's collection first.",
        )


def aliases_gained(loser: Tag, winner: Tag) -> tuple[Alias, ...]:
    """The other names that a winner gets from a loser; those it has already are left out."""
    known = {name_key(winner.name), *map(name_key, winner.also_called)}
    gained: list[Alias] = []
    for alias in (Alias(loser.name, AliasKind.FORMER), *loser.aliases):
        if name_key(alias.name) not in known:
            known.add(name_key(alias.name))
            gained.append(alias)
    return tuple(gained)


def _merge(taking: Taking, loser: Tag, winner: Tag) -> None:
    work = taking.work
    # Those below first: one that has the loser's own name, and would stand where the loser stands,
    # goes up in the loser before that goes up in the winner.
    below = work.tags.children
    kept = {name_key(tag.name): tag for tag in below(winner.id, winner.collection)}
    for child in below(loser.id, loser.collection):
        if twin := kept.get(name_key(child.name)):
            _merge(taking, child, twin)
        else:
            taking.take(TagStep(child, replace(child, parent=winner.id)))
    loser = present_tag(work, loser.id)
    losing, winning = work.taggings.of_tag(loser.id), work.taggings.of_tag(winner.id)
    if losing:
        taking.take(TaggingStep(loser.id, tuple(sorted(losing)), False))
    if losing - winning:
        taking.take(TaggingStep(winner.id, tuple(sorted(losing - winning)), True))
    _merge_on_highlights(taking, loser, winner)
    _merge_links(taking, loser, winner)
    folders, runs = work.watched.giving(loser.id), work.imports.giving(loser.id)
    if folders or runs:
        taking.take(HandOverStep(tuple(folders), tuple(runs), loser.id, winner.id))
    for uuid in work.tag_links.leading_to(loser.id):
        taking.take(RedirectStep(uuid, loser.id, winner.id))
    taking.take(TagStep(loser, None))
    taking.take(RedirectStep(loser.uuid, None, winner.id))
    winner = present_tag(work, winner.id)
    merged = replace(
        winner,
        aliases=(*winner.aliases, *aliases_gained(loser, winner)),
        key=loser.key if winner.key is None else winner.key,
        definition=_said(winner.definition, loser.definition),
        use_when=_said(winner.use_when, loser.use_when),
        not_when=_said(winner.not_when, loser.not_when),
        examples=_said(winner.examples, loser.examples),
    )
    if merged != winner:
        taking.take(TagStep(winner, merged))


def _said(winning: str, losing: str) -> str:
    """What is said of the winner, with what was said of the loser behind it, as far as it fits."""
    if not losing or losing in winning:
        return winning
    said = f"{winning}\n\n{losing}" if winning else losing
    return said if len(said) <= LONGEST_NOTE else f"{said[: LONGEST_NOTE - 1].rstrip()}…"


def texts_cut(loser: Tag, winner: Tag) -> tuple[str, ...]:
    """What is said of both in so many words that a merge of them cuts its end off."""
    pairs = {
        "definition": (winner.definition, loser.definition),
        "when to use it": (winner.use_when, loser.use_when),
        "when not to": (winner.not_when, loser.not_when),
        "examples": (winner.examples, loser.examples),
    }
    return tuple(
        name
        for name, (winning, losing) in pairs.items()
        if winning and losing not in winning and len(winning) + 2 + len(losing) > LONGEST_NOTE
    )


def _merge_on_highlights(taking: Taking, loser: Tag, winner: Tag) -> None:
    highlights = taking.work.highlights
    losing, winning = highlights.of_tag(loser.id), highlights.of_tag(winner.id)
    if losing:
        taking.take(HighlightTaggingStep(loser.id, tuple(sorted(losing)), False))
    if losing - winning:
        taking.take(HighlightTaggingStep(winner.id, tuple(sorted(losing - winning)), True))


def _merge_links(taking: Taking, loser: Tag, winner: Tag) -> None:
    links = taking.work.tag_links
    losing = sorted(links.of([loser.id]))
    if not losing:
        return
    known = links.of([winner.id])
    ends = ((link, link.other if link.one == loser.id else link.one) for link in losing)
    moved = (TagLink.between(winner.id, end, link.kind) for link, end in ends if end != winner.id)
    taking.take(TagLinksStep(tuple(losing), False))
    if gained := tuple(link for link in dict.fromkeys(moved) if link not in known):
        taking.take(TagLinksStep(gained, True))


@dataclass(frozen=True, slots=True)
class DeleteTag:
    """Put a tag and all tags below it into the trash of tags; documents and highlights stay."""

    tag: int

    def do(self, taking: Taking) -> str:
        tag = changeable_tag(taking.work, self.tag)
        tree = tags_of(taking.work)
        doomed = [tag, *tree.below(tag.id)]
        binning = Binning(taking)
        carried = binning.delete(doomed)
        home = present_collection(taking.work, tag.collection)
        binning.keep(name=tree.path(tag.id), collection=home.name)
        also = f" and {len(doomed) - 1:,} below it" if len(doomed) > 1 else ""
        return f"Delete the tag “{tag.name}”{also} ({carried})"
