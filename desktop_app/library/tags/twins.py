"""Tags that may be one and the same: their names differ in an accent, a plural, a blank, a letter."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING, Any

from desktop_app.core.words import fold, name_key
from desktop_app.library.tags.checks import tags_of
from desktop_app.library.tags.near_names import Why, edits_allowed, letters_of, why_alike
from desktop_app.library.tags.tree import TagTree
from desktop_app.store.store import Snapshot

if TYPE_CHECKING:
    from desktop_app.library.indexing import IndexProcess, InlineIndex


class TwinKind(StrEnum):
    """What the names of two tags differ in."""

    SAME_LETTERS = "same_letters"  # nothing but capitals, or where they stand
    ACCENT = "accent"
    SPACING = "spacing"  # blanks, hyphens and the like
    PLURAL = "plural"
    SPELLING = "spelling"


_ORDER = tuple(TwinKind)
_ENDINGS = ("s", "es", "n", "en", "e")  # of plurals, as near_names knows them
_NUMBERS = re.compile(r"\d+")
Named = tuple[int, str]  # a tag, and one of its names

_OF = {Why.SPACING: TwinKind.SPACING, Why.PLURAL: TwinKind.PLURAL, Why.SPELLING: TwinKind.SPELLING}


@dataclass(frozen=True, slots=True)
class TagTwins:
    """Two tags that may be one. names: by which of their names, aliases included."""

    tags: tuple[int, int]
    why: TwinKind
    names: tuple[str, str]


def tag_twins(tree: TagTree, collection: int | None = None) -> tuple[TagTwins, ...]:
    """The twins of a collection, of all of them for None, the surest first; archived ones are not.

    Tags of different collections are none: each has names of its own.
    """
    return _sorted(tree, _twins(_named(tree, collection)))


def twins_beside(
    tree: TagTree, index: IndexProcess | InlineIndex, collection: int | None = None
) -> tuple[TagTwins, ...]:
    """As tag_twins, with the names compared where the index is kept, those of one length at a time."""
    lengths = sorted(
        {len(letters_of(name)) for named in _named(tree, collection) for _, name in named}
    )
    found: list[TagTwins] = []
    for length in lengths:
        argument = {"collection": collection, "length": length}
        for one, other, why, *names in index.look("tag twins", argument)[0]:
            found.append(TagTwins((one, other), TwinKind(why), (names[0], names[1])))
    return _sorted(tree, found)


def twins_of_length(snapshot: Snapshot, argument: Any) -> tuple[Any, bytes]:
    """Read the twins of which the shorter name has so many letters; see looking.

    argument: collection, None for all, and length.
    """
    named = _named(tags_of(snapshot), argument["collection"])
    found = _twins(named, length=argument["length"])
    return [[*each.tags, each.why.value, *each.names] for each in found], b""


def _named(tree: TagTree, collection: int | None) -> list[list[Named]]:
    """The names of the tags that are looked at, those of each collection by themselves."""
    return [
        [
            (tag.id, name)
            for tag in tree.tags
            if tag.collection == home.id and not tag.archived
            for name in (tag.name, *tag.also_called)
        ]
        for home in tree.collections
        if collection == home.id or (collection is None and not home.archived)
    ]


def _twins(collections: Iterable[list[Named]], *, length: int | None = None) -> list[TagTwins]:
    """The twins among names; length: only those of which the shorter name has so many letters."""
    found: list[TagTwins] = []
    for named in collections:
        if length is not None:
            named = [each for each in named if length <= len(letters_of(each[1])) <= length + 2]
        for (one, name), (other, called) in _near(named):
            if one == other:
                continue
            if (
                length is not None
                and min(len(letters_of(each)) for each in (name, called)) > length
            ):
                continue
            if one > other:
                (one, name), (other, called) = (other, called), (one, name)
            why = why_twins(name, called)
            if why is not None:
                found.append(TagTwins((one, other), why, (name, called)))
    return found


def _sorted(tree: TagTree, found: Iterable[TagTwins]) -> tuple[TagTwins, ...]:
    """The surest first, two tags but once, by the names that say it best."""
    best: dict[tuple[int, int], TagTwins] = {}
    for each in found:
        before = best.get(each.tags)
        if before is None or _ORDER.index(each.why) < _ORDER.index(before.why):
            best[each.tags] = each
    paths = {tag: tree.path(tag) for pair in best for tag in pair if tag in tree.by_id}
    return tuple(
        sorted(
            (each for each in best.values() if all(tag in paths for tag in each.tags)),
            key=lambda twins: (_ORDER.index(twins.why), *(paths[tag] for tag in twins.tags)),
        )
    )


def why_twins(name: str, other: str) -> TwinKind | None:
    """What two names differ in where they are nearly the same; None where they are not."""
    why = why_alike(name_key(name), name_key(other))
    if why is None or why is not Why.PLACE:
        return None if why is None else _OF[why]
    return TwinKind.SAME_LETTERS if _small(name) == _small(other) else TwinKind.ACCENT


def _small(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _near(named: list[Named]) -> Iterator[tuple[Named, Named]]:
    """Every two names that could be nearly the same, some that are not among them.

    Names that differ by one letter have a row of letters in common that is left when one letter is
    taken out of each; so they are found without comparing every name with every other.
    """
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for place, (_, name) in enumerate(named):
        for row in _rows(name):
            rows[row].append(place)
    done: set[tuple[int, int]] = set()
    for places in rows.values():
        for at, one in enumerate(places):
            for other in places[at + 1 :]:
                if (one, other) not in done:
                    done.add((one, other))
                    yield named[one], named[other]


def _rows(name: str) -> set[str]:
    letters = letters_of(name) or fold(name)
    rows = {letters}
    for ending in _ENDINGS:
        if letters.endswith(ending):
            rows.add(letters[: -len(ending)])
    if letters.endswith("ies"):
        rows.add(f"{letters[:-3]}y")
    taken_out = edits_allowed(letters)
    if taken_out:
        rows.update(letters[:at] + letters[at + 1 :] for at in range(len(letters)))
    if taken_out > 1:
        rows.update(
            letters[:one] + letters[one + 1 : other] + letters[other + 1 :]
            for one, other in combinations(range(len(letters)), 2)
        )
    # Names with other numbers are no twins, and there may be thousands that differ in them alone.
    numbers = "".join(f" {each}" for each in _NUMBERS.findall(fold(name)))
    return {row + numbers for row in rows} if numbers else rows
