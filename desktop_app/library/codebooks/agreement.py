"""How far two people agree, in numbers: counts, a share of all, and Cohen's kappa.

Cohen's kappa is the agreement beyond what chance would give two people who tag as often as these
two do: 1 is full agreement, 0 what chance gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Range = tuple[int, int]

SHARED = 0.5  # of the longer of two passages, that they are taken for one


@dataclass(frozen=True, slots=True)
class Agreement:
    """What one and the other did with a tag. neither: None where that cannot be counted.

    kappa: None where it has no meaning: where both did the same everywhere, or nothing at all.
    """

    both: int = 0
    only_a: int = 0
    only_b: int = 0
    neither: int | None = None
    kappa: float | None = None

    @property
    def share(self) -> float | None:
        """The share of what was agreed on; None where there is nothing to agree on."""
        agreed = self.both + (self.neither or 0)
        total = agreed + self.only_a + self.only_b
        return agreed / total if total else None


def kappa_of(both: int, only_a: int, only_b: int, neither: int) -> float | None:
    """Cohen's kappa of two people who said yes or no to each of many things."""
    total = both + only_a + only_b + neither
    if not total:
        return None
    said_a, said_b = (both + only_a) / total, (both + only_b) / total
    by_chance = said_a * said_b + (1 - said_a) * (1 - said_b)
    if by_chance >= 1:
        return None
    return ((both + neither) / total - by_chance) / (1 - by_chance)


def share_of(one: Range, other: Range) -> float:
    """How much of the longer of two passages they have in common."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    longer = max(one[1] - one[0], other[1] - other[0])
    return common / longer if common > 0 and longer else 0.0


def paired(ones: Sequence[Range], others: Sequence[Range]) -> dict[int, int]:
    """Which passages of one agree with which of the other, by their places; each with one at most.

    Those that have most in common come together first.
    """
    by_start = sorted(range(len(others)), key=lambda place: others[place])
    reach = 0
    reaches: list[int] = []  # how far any of the passages up to here goes
    for place in by_start:
        reach = max(reach, others[place][1])
        reaches.append(reach)
    near: list[tuple[float, int, int]] = []
    for number, one in enumerate(ones):
        for at in range(_first_after(others, by_start, one[1]) - 1, -1, -1):
            if reaches[at] <= one[0]:
                break
            share = share_of(one, others[by_start[at]])
            if share >= SHARED:
                near.append((-share, number, by_start[at]))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, number, other in sorted(near):
        if number not in pairs and other not in taken:
            pairs[number] = other
            taken.add(other)
    return pairs


def _first_after(ranges: Sequence[Range], by_start: Sequence[int], end: int) -> int:
    low, high = 0, len(by_start)
    while low < high:
        middle = (low + high) // 2
        if ranges[by_start[middle]][0] < end:
            low = middle + 1
        else:
            high = middle
    return low


def joined(ranges: Iterable[Range]) -> list[Range]:
    """The letters of ranges, each once: sorted, none touching another."""
    found: list[Range] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def in_common(ones: Sequence[Range], others: Sequence[Range]) -> int:
    """How many letters two joined lists of ranges share."""
    shared = first = second = 0
    while first < len(ones) and second < len(others):
        (a, b), (c, d) = ones[first], others[second]
        shared += max(min(b, d) - max(a, c), 0)
        if b < d:
            first += 1
        else:
            second += 1
    return shared


def letters_in(ranges: Iterable[Range]) -> int:
    """How many letters joined ranges hold."""
    return sum(end - start for start, end in ranges)
