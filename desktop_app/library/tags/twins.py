"""Tags that may be one and the same: their names differ in an accent, a plural, a blank, a letter."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.core.words import fold, name_key
from desktop_app.library.tags.near_names import Why, edits_allowed, letters_of, why_alike
from desktop_app.library.tags.tree import TagTree


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
    found: dict[tuple[int, int], TagTwins] = {}
    for home in tree.collections:
        if collection not in (None, home.id) or (collection is None and home.archived):
            continue
        named = [
            (tag.id, name)
            for tag in tree.tags
            if tag.collection == home.id and not tag.archived
            for name in (tag.name, *tag.also_called)
        ]
        for (one, name), (other, called) in _near(named):
            if one == other:
                continue
            if one > other:
                (one, name), (other, called) = (other, called), (one, name)
            why = why_twins(name, called)
            if why is None:
                continue
            before = found.get((one, other))
            if before is None or _ORDER.index(why) < _ORDER.index(before.why):
                found[one, other] = TagTwins((one, other), why, (name, called))
    paths = {tag: tree.path(tag) for pair in found for tag in pair}
    return tuple(
        sorted(
            found.values(),
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


Named = tuple[int, str]


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
    last = {letters}
    for _ in range(edits_allowed(letters)):
        last = {row[:at] + row[at + 1 :] for row in last for at in range(len(row))}
        rows |= last
    # Names with other numbers are no twins, and there may be thousands that differ in them alone.
    numbers = "".join(f" {each}" for each in _NUMBERS.findall(fold(name)))
    return {row + numbers for row in rows}
