"""What the import of a codebook comes to: every line, what is known of it here, and the choice.

A plan changes nothing. It is made of the library as it is and of what was chosen so far; the import
makes it once more, in its own transaction, and takes it only where it is still the one that was
chosen from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from desktop_app.core.codebook import Codebook
from desktop_app.core.errors import BadUsage
from desktop_app.core.model import LinkKind, TagCollection
from desktop_app.core.tag_looks import FIRST_SCHEME, SCHEMES
from desktop_app.core.tag_names import checked_collection_name
from desktop_app.core.words import name_key
from desktop_app.library.codebooks.fitting import Placed, placed
from desktop_app.library.codebooks.laying import Laying
from desktop_app.library.codebooks.marks import Fit, fitted
from desktop_app.library.codebooks.plan_lines import Choice, LineKind, PlanLine, listed
from desktop_app.library.tags.checks import tags_of
from desktop_app.library.tags.tree import TagTree
from desktop_app.store.store import Snapshot

__all__ = ["NEW_COLLECTION", "Choice", "LineKind", "Plan", "PlanLine", "planned"]

NEW_COLLECTION = 0  # as `into`: a collection of its own, whatever there is


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import comes to.

    collection: as it will be; its id is 0 where it is made. before: as it is, None where it is made.
    links, redirects: by the ids that lines stand for. fit: what becomes of the codings. problems:
    why nothing can be imported. notes: what else is to be known first. placed: to be handed on to
    the next plan of the same codebook, so that its codings are looked up once.
    """

    collection: TagCollection
    before: TagCollection | None
    lines: tuple[PlanLine, ...]
    links: tuple[tuple[int, int, LinkKind], ...]
    redirects: tuple[tuple[str, int], ...]
    fit: Fit
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    placed: Placed

    def count(self, kind: LineKind) -> int:
        """How many tags are of a kind."""
        return sum(1 for line in self.lines if line.kind is kind)

    @property
    def made(self) -> int:
        """How many tags are made."""
        return sum(1 for line in self.lines if line.after is not None and line.after.id < 0)

    @property
    def changed(self) -> int:
        """How many tags that are here are changed."""
        return sum(1 for line in self.lines if line.after is not None and line.after.id > 0)

    @property
    def chosen(self) -> Mapping[str, Choice]:
        """What is chosen for every tag, by uuid."""
        return {line.tag.uuid: line.chosen for line in self.lines}


def planned(
    snapshot: Snapshot,
    codebook: Codebook,
    choices: Mapping[str, Choice] = MappingProxyType({}),
    *,
    into: int | None = None,
    codings: bool = True,
    known: Placed | None = None,
) -> Plan:
    """Lay a codebook over the library.

    choices: by the uuids of the codebook's tags; those that a line does not offer are not taken.
    into: a collection, NEW_COLLECTION, or None for the one that has the codebook's uuid, or else
    its name, or else most of its tags, and a new one where there is none. codings: whether they are asked for. known: of an
    earlier plan of this codebook.
    """
    tree = tags_of(snapshot)
    before = _destination(tree, codebook, into)
    laying = Laying(snapshot, tree, codebook, before, choices)
    lines = tuple(laying.line(tag) for tag in codebook.tags)
    stands = {line.tag.uuid: line.stands for line in lines if line.stands is not None}
    found = Placed()
    if codings:
        found = known if known is not None else placed(snapshot, codebook.codings)
    hanging = laying.hanging()
    links, redirects = hanging.links(lines), hanging.redirects(lines)
    collection, notes = _collection(tree, codebook, before)
    problems: list[str] = []
    if before is not None and before.locked:
        problems.append(f"“{before.name}” is locked. Unlock it under Tag collections.")
    return Plan(
        collection,
        before,
        lines,
        links,
        redirects,
        fitted(snapshot, codebook, found, stands, asked=codings),
        tuple(problems),
        (*notes, *laying.notes),
        found,
    )


def _destination(tree: TagTree, codebook: Codebook, into: int | None) -> TagCollection | None:
    if into == NEW_COLLECTION:
        return None
    if into is not None:
        found = next((c for c in tree.collections if c.id == into), None)
        if found is None:
            raise BadUsage("The tag collection has been deleted.", "Undo brings it back.")
        return found
    same = [c for c in tree.collections if codebook.uuid and c.uuid == codebook.uuid]
    named = [c for c in tree.collections if name_key(c.name) == name_key(codebook.name)]
    return next(iter((*same, *named, *_holding_most(tree, codebook))), None)


def _holding_most(tree: TagTree, codebook: Codebook) -> list[TagCollection]:
    """The collection that has most tags of a codebook: a table of it says no uuid of its own."""
    if codebook.uuid or not codebook.own_uuids:
        return []
    asked = {tag.uuid for tag in codebook.tags}
    here = Counter(tag.collection for tag in tree.tags if tag.uuid in asked)
    return [c for c in tree.collections if 2 * here[c.id] > len(asked)]


def _collection(
    tree: TagTree, codebook: Codebook, before: TagCollection | None
) -> tuple[TagCollection, list[str]]:
    """The collection as it will be; what it says nothing of is filled in, of the same collection."""
    notes: list[str] = []
    if before is None:
        name = checked_collection_name(codebook.name)
        taken = {name_key(collection.name) for collection in tree.collections}
        number, free = 1, name
        while name_key(free) in taken:
            number += 1
            free = f"{name} ({number})"
        if free != name:
            notes.append(f"There is a collection “{name}” already; the new one is “{free}”.")
        known = {collection.uuid for collection in tree.collections}
        uuid = "" if codebook.uuid in known else codebook.uuid
        scheme = codebook.scheme if codebook.scheme in SCHEMES else FIRST_SCHEME
        made = TagCollection(
            0,
            uuid,
            free,
            False,
            codebook.description,
            codebook.author,
            codebook.licence,
            codebook.version,
            scheme,
        )
        return made, notes
    same = codebook.uuid == before.uuid or name_key(codebook.name) == name_key(before.name)
    if not same:
        return before, notes
    facts = {
        "description": (before.description, codebook.description),
        "author": (before.author, codebook.author),
        "licence": (before.licence, codebook.licence),
        "version": (before.version, codebook.version),
    }
    fills = [name for name, (ours, theirs) in facts.items() if theirs and not ours]
    others = [name for name, (ours, theirs) in facts.items() if theirs and ours not in ("", theirs)]
    if fills:
        words = listed(fills)
        notes.append(f"The file says what is not said of “{before.name}” yet: {words}.")
    if others:
        words = listed(others)
        notes.append(f"Of “{before.name}” the file has another {words}; yours stays.")
    filled = replace(
        before,
        description=before.description or codebook.description,
        author=before.author or codebook.author,
        licence=before.licence or codebook.licence,
        version=before.version or codebook.version,
    )
    return filled, notes
