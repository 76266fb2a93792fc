"""Tags called nearly as one that is about to be made: the same but for an accent, a plural, a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.core.model import Tag
from desktop_app.core.words import name_key
from desktop_app.library.tags.tree import TagTree
from desktop_app.search.like_names import spelled_like

_DIGITS = re.compile(r"\d+")
_ENDINGS = ("s", "es", "n", "en", "e")  # what a plural puts behind a name in several languages
_SHORTEST = 4  # letters: of shorter names every other one is like any


class Why(StrEnum):
    """What two names differ in."""

    PLACE = "place"  # in nothing but where they stand
    SPACING = "spacing"  # blanks, hyphens and the like
    PLURAL = "plural"
    SPELLING = "spelling"


_LIKEST = tuple(Why)


@dataclass(frozen=True, slots=True)
class NearName:
    """A tag that is called nearly so. name: which of its names that is."""

    tag: Tag
    name: str
    why: Why


@dataclass(frozen=True, slots=True)
class _Named:
    tag: Tag
    name: str
    letters: str


class NearNames:
    """The names of the tags of one tree, by collection; folded once, when first asked."""

    def __init__(self, tree: TagTree) -> None:
        self._tree = tree
        self._named: dict[int, list[_Named]] = {}

    def prepare(self) -> None:
        """Fold the names of the active collection now rather than when it is first asked for."""
        for collection in self._tree.collections:
            if collection.active:
                self._of(collection.id)

    def find(self, name: str, collection: int, *, limit: int = 3) -> list[NearName]:
        """The tags of a collection that are called nearly as a new one would be, the likest first."""
        wanted = letters_of(name)
        if not wanted:
            return []
        named = self._of(collection)
        key, found = name_key(name), dict[int, NearName]()
        alike = spelled_like(wanted, [each.letters for each in named], edits_allowed(wanted))
        places = [*alike, *_plurals(wanted, named)]
        for each in (named[place] for place in places):
            why = why_alike(key, name_key(each.name))
            if why is None:
                continue
            before = found.get(each.tag.id)
            if before is None or _LIKEST.index(why) < _LIKEST.index(before.why):
                found[each.tag.id] = NearName(each.tag, each.name, why)
        order = sorted(
            found.values(),
            key=lambda near: (
                _LIKEST.index(near.why),
                -self._tree.own.get(near.tag.id, 0),
                near.tag.id,
            ),
        )
        return order[:limit]

    def _of(self, collection: int) -> list[_Named]:
        if collection not in self._named:
            self._named[collection] = [
                _Named(tag, name, letters_of(name))
                for tag in self._tree.tags
                if tag.collection == collection and not tag.archived
                for name in (tag.name, *tag.also_called)
            ]
        return self._named[collection]


def letters_of(name: str) -> str:
    """The folded letters and digits of a name, without what stands between them."""
    return "".join(letter for letter in name_key(name) if letter.isalnum())


def edits_allowed(letters: str) -> int:
    """How many letters of a name may be others for it to be a spelling of the same."""
    return 0 if len(letters) < _SHORTEST else 1 if len(letters) < 2 * _SHORTEST else 2


def why_alike(one: str, other: str) -> Why | None:
    """What two folded names differ in where they are nearly the same; None where they are not."""
    if one == other:
        return Why.PLACE
    mine, yours = letters_of(one), letters_of(other)
    if mine == yours:
        return Why.SPACING if mine else None
    if _DIGITS.findall(one) != _DIGITS.findall(other):
        return None  # chapter 1, chapter 2
    if min(len(mine), len(yours)) >= _SHORTEST - 1 and _is_plural(mine, yours):
        return Why.PLURAL
    edits = min(edits_allowed(mine), edits_allowed(yours))
    return Why.SPELLING if edits and spelled_like(mine, [yours], edits) else None


def _is_plural(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if long.startswith(short):
        return long[len(short) :] in _ENDINGS
    return short.endswith("y") and long == f"{short[:-1]}ies"


def _plurals(wanted: str, named: list[_Named]) -> Iterator[int]:
    for place, each in enumerate(named):
        if abs(len(each.letters) - len(wanted)) <= 2 and _is_plural(wanted, each.letters):
            yield place
