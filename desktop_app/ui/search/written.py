"""What is written in the search box: filters as chips, the rest as typed, some of it switched off.

What is switched off stays written and does not run. `runs` is the one text that is asked; `whole`
is all of it, as if nothing were switched off.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from desktop_app.core.query import Query, parse
from desktop_app.core.query_edit import chips, joined, narrowed, without
from desktop_app.core.query_tree import And, Leaf, Node
from desktop_app.ui.search.part import Part

_LONGEST = 2_000  # code points; what was pasted beyond that stays text
_ALTERNATIVE = re.compile(r"\s*(?:OR(?=\s)|\|)")


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is shown as a chip. text: as it stands in the query."""

    text: str
    on: bool = True


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a part stands: in a chip, or from start to end in the rest."""

    part: Part
    leaf: Leaf
    chip: int | None = None

    @property
    def start(self) -> int:
        """Where it begins in its chip or in the rest."""
        return self.leaf.start

    @property
    def end(self) -> int:
        """Where it ends there."""
        return self.leaf.end


@dataclass(frozen=True, slots=True)
class Written:
    """All that is written. off: what of the rest is switched off, from start to end."""

    chips: tuple[Chip, ...] = ()
    rest: str = ""
    off: frozenset[tuple[int, int]] = frozenset()

    @property
    def runs(self) -> str:
        """The query that is asked: all that is switched on."""
        on = tuple(chip.text for chip in self.chips if chip.on)
        return joined(on, _without(self.rest, self.off))

    @property
    def whole(self) -> str:
        """The query with all that is switched off switched on again."""
        return joined(tuple(chip.text for chip in self.chips), self.rest)

    @property
    def empty(self) -> bool:
        """Whether nothing is written at all."""
        return not self.chips and not self.rest.strip()

    @property
    def all_on(self) -> bool:
        """Whether nothing is switched off."""
        return not self.off and all(chip.on for chip in self.chips)

    def spots(self) -> tuple[Spot, ...]:
        """Every part, in the order of the query."""
        found: list[Spot] = []
        seen: Counter[tuple[str, bool]] = Counter()

        def add(source: str, leaf: Leaf, on: bool, chip: int | None = None) -> None:
            text = source[leaf.start : leaf.end]
            found.append(Spot(Part(text, seen[text, on], on), leaf, chip))
            seen[text, on] += 1

        for number, chip in enumerate(self.chips):
            for leaf in parse(chip.text).parts():
                add(chip.text, leaf, chip.on, number)
        for leaf in parse(self.rest).parts():
            add(self.rest, leaf, (leaf.start, leaf.end) not in self.off)
        return tuple(found)

    def in_force(self) -> tuple[Node, ...]:
        """What all that is found must be, part by part."""
        found: list[Node] = [
            conjunct for chip in self.chips if chip.on for conjunct in _conjuncts(chip.text)
        ]
        return (*found, *_conjuncts(_without(self.rest, self.off)))

    def spot(self, part: Part) -> Spot | None:
        """Where a part stands now; None where it is gone."""
        return next((spot for spot in self.spots() if spot.part == part), None)

    def typed(self, rest: str) -> Written:
        """The same with another rest: what of it was not touched stays switched off."""
        if rest == self.rest:
            return self
        if self.chips and _ALTERNATIVE.match(rest):
            # An alternative to chips: they are part of the line again.
            return self.opened(tuple(range(len(self.chips))), before=rest)
        return replace(self, rest=rest, off=_moved(self.off, self.rest, rest))

    def settled(self) -> Written:
        """The same with the filters that stand in the rest as chips."""
        if len(self.rest) > _LONGEST:
            return self
        new, rest = chips(self.rest)
        if not new:
            return self
        off = Counter(self.rest[start:end] for start, end in self.off)
        made = [Chip(text, on=not _takes(off, parse(text))) for text in new]
        # Chips that say the same are one.
        merged = dict.fromkeys((*self.chips, *made))
        still = frozenset(
            (leaf.start, leaf.end)
            for leaf in parse(rest).parts()
            if _take(off, rest[leaf.start : leaf.end])
        )
        return Written(tuple(merged), rest, still)

    def narrowed(self, part: str) -> Written:
        """The same, and a part must hold too."""
        new, rest = chips(part)
        if rest.strip():
            return self.typed(narrowed(self.rest, part)).settled()
        return replace(self, chips=tuple(dict.fromkeys((*self.chips, *map(Chip, new)))))

    def opened(self, numbers: Iterable[int], *, before: str | None = None) -> Written:
        """The same with some chips as text again, at the beginning of the rest."""
        numbers = set(numbers)
        back = [chip for number, chip in enumerate(self.chips) if number in numbers]
        kept = tuple(chip for number, chip in enumerate(self.chips) if number not in numbers)
        texts = tuple(chip.text for chip in back)
        line = joined(texts, self.rest) if before is None else f"{' '.join(texts)} {before.strip()}"
        shift = line.find(self.rest) if before is None else -1
        off = {(start + shift, end + shift) for start, end in self.off} if shift >= 0 else set()
        at = 0
        for chip in back:
            at = line.find(chip.text, at)
            if not chip.on:
                off |= {(at + part.start, at + part.end) for part in parse(chip.text).parts()}
            at += len(chip.text)
        return Written(kept, line, frozenset(off))

    def toggled(self, spot: Spot) -> Written:
        """The same with a part switched off, or on again."""
        if spot.chip is not None:
            return self.chip_toggled(spot.chip)
        return replace(self, off=self.off ^ {(spot.start, spot.end)})

    def chip_toggled(self, number: int) -> Written:
        """The same with a chip switched off, or on again."""
        made = list(self.chips)
        made[number] = replace(made[number], on=not made[number].on)
        return replace(self, chips=tuple(made))

    def chip_removed(self, number: int) -> Written:
        """The same without a chip."""
        return replace(self, chips=self.chips[:number] + self.chips[number + 1 :])

    def removed(self, spot: Spot) -> Written:
        """The same without a part."""
        if spot.chip is not None:
            return self.chip_removed(spot.chip)
        rest = _without(self.rest, frozenset({(spot.start, spot.end)}))
        off = Counter(self.rest[start:end] for start, end in self.off - {(spot.start, spot.end)})
        still = frozenset(
            (leaf.start, leaf.end)
            for leaf in parse(rest).parts()
            if _take(off, rest[leaf.start : leaf.end])
        )
        return Written(self.chips, rest, still)


def written(text: str) -> Written:
    """Take a query as it is kept elsewhere into the box."""
    return Written(rest=text).settled()


def _conjuncts(text: str) -> tuple[Node, ...]:
    tree = parse(text).tree
    return tree.parts if isinstance(tree, And) else (tree,)


def _take(texts: Counter[str], text: str) -> bool:
    if not texts[text]:
        return False
    texts[text] -= 1
    return True


def _takes(texts: Counter[str], query: Query) -> bool:
    return any(_take(texts, query.source[leaf.start : leaf.end]) for leaf in query.parts())


def _moved(off: frozenset[tuple[int, int]], before: str, after: str) -> frozenset[tuple[int, int]]:
    """Where ranges of a text are after it was changed in one place; without those it touched."""
    if not off:
        return off
    same = min(len(before), len(after))
    head = next((at for at in range(same) if before[at] != after[at]), same)
    tail = next((n for n in range(same - head) if before[-1 - n] != after[-1 - n]), same - head)
    grown = len(after) - len(before)
    kept: set[tuple[int, int]] = set()
    for start, end in off:
        if end <= head:
            kept.add((start, end))
        elif start >= len(before) - tail:
            kept.add((start + grown, end + grown))
    parts = {(leaf.start, leaf.end) for leaf in parse(after).parts()}
    return frozenset(kept & parts)


@lru_cache(maxsize=32)  # it is asked for again and again at each key
def _without(text: str, off: frozenset[tuple[int, int]]) -> str:
    """Write a query without some of its parts."""
    places = [(leaf.start, leaf.end) in off for leaf in parse(text).parts()] if off else []
    for number in reversed([number for number, gone in enumerate(places) if gone]):
        text = without(text, parse(text).parts()[number])
    return text
