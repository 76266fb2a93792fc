"""How far two people agree, in numbers: counts, a share of all, and Cohen's kappa.

Cohen's kappa is the agreement beyond what chance would give two people who tag as often as these
two do: 1 is full agreement, 0 what chance gives.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop_app.library.codebooks.nearest import Passages, Range

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


class Stopped(Exception):
    """Nobody waits for the answer any more."""


def paired(
    ones: Sequence[Range], others: Sequence[Range], *, stop: threading.Event | None = None
) -> dict[int, int]:
    """Which passages of one agree with which of the other, by their places; each with one at most.

    Those that have most in common come together first. Stopped where stop is set.
    """
    # Who is nearest to whom is followed from one to the next, until two are each other's nearest:
    # nothing that comes together elsewhere can part these. So each is asked about a few times at
    # most, however many passages lie over each other.
    sides = ones, others
    left = Passages(ones), Passages(others)
    pairs: dict[int, int] = {}
    for number in range(len(ones)):
        chain = [number] if number not in pairs else []
        while chain:
            check(stop)
            side = (len(chain) - 1) % 2
            near = left[1 - side].nearest(sides[side][chain[-1]], least=SHARED)
            if near is None:
                # Only the first can be without any: all others are somebody's nearest.
                chain.pop()
                left[0].take_out(number)
            elif len(chain) > 1 and chain[-2] == near[1]:
                one, other = chain[-2:] if side else (chain[-1], chain[-2])
                pairs[one] = other
                left[0].take_out(one)
                left[1].take_out(other)
                del chain[-2:]
            else:
                chain.append(near[1])
    return pairs


def check(stop: threading.Event | None) -> None:
    """Go on, unless nobody waits any more."""
    if stop is not None and stop.is_set():
        raise Stopped


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
