"""Which runs of words stand near each other: what Near means, for the index and for the marks.

A run is (first, last), the numbers of its words. A choice takes one run of each part, none
overlapping another; from the last word of its first run to the first word of its last run there
are at most so many steps. It makes the run from its first word to its last; of the runs that are
made only those count that hold no other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

Run = tuple[int, int]
Runs = Sequence[Run]


def near(parts: Sequence[Runs], distance: int, *, ordered: bool = False) -> list[Run]:
    """The smallest runs that hold a run of each part; parts: ascending, without repeats.

    Where runs can be longer than a word, and in any order, few parts only: the work doubles with
    each that is not another's equal.
    """
    if not all(parts):
        return []
    limit = max(distance, len(parts) - 1)
    if len(parts) == 2 and _single(parts[0]) and _single(parts[1]):
        one, other = ([first for first, _ in runs] for runs in parts)
        return near_words(one, other, distance, ordered=ordered)
    if not ordered and (rounds := _rounds(parts, limit)) is not None:
        return rounds
    made = _ordered(parts, limit) if ordered else _unordered(parts, limit)
    return smallest(made)


def smallest(runs: list[Run]) -> list[Run]:
    """Those of some runs that hold no other one, ascending, without repeats."""
    kept: list[Run] = []
    least: int | None = None
    for first, last in sorted(set(runs), key=lambda run: (-run[0], run[1])):
        if least is None or last < least:
            kept.append((first, last))
            least = last
    kept.reverse()
    return kept


def near_words(
    one: Iterable[int], other: Iterable[int], distance: int, *, ordered: bool = False
) -> list[Run]:
    """What near gives for two parts of single words, by the numbers of the words; in any order."""
    limit = max(distance, 1)
    marked = [place * 2 for place in one]
    marked += [place * 2 + 1 for place in other]
    marked.sort()
    # Of words that stand apart only neighbours count, one of each part.
    if ordered:
        made = [
            (before >> 1, here >> 1)
            for before, here in pairwise(marked)
            if here & 1 and not before & 1 and (here - before) >> 1 <= limit
        ]
    else:
        made = [
            (before >> 1, here >> 1)
            for before, here in pairwise(marked)
            if (before ^ here) & 1 and (here >> 1) - (before >> 1) <= limit
        ]
    if any(start == end for start, end in made):
        parts = [
            [(mark >> 1, mark >> 1) for mark in marked if mark & 1 == part] for part in range(2)
        ]
        return smallest((_ordered if ordered else _unordered)(parts, limit))
    return made


def _single(runs: Runs) -> bool:
    return all(first == last for first, last in runs)


def _rounds(parts: Sequence[Runs], limit: int) -> list[Run] | None:
    """Any parts of single words that share none, in any order. None for any others."""
    marked: list[Run] = []
    for part, runs in enumerate(parts):
        for first, last in runs:
            if first != last:
                return None
            marked.append((first, part))
    marked.sort()
    made: list[Run] = []
    newest = [-1] * len(parts)
    before = begun = -1
    for here, part in marked:
        if here == before:
            return None
        newest[part] = before = here
        start = min(newest)
        # Of all that begin with one word, the first is the smallest.
        if start > begun:
            begun = start
            if here - start <= limit:
                made.append((start, here))
    return made


def _ordered(parts: Sequence[Runs], limit: int) -> list[Run]:
    """For each run of the first part, the choice that ends soonest."""
    firsts = [[run[0] for run in runs] for runs in parts]
    soonest = [_soonest_from(runs) for runs in parts]
    made: list[Run] = []
    for first, last in parts[0]:
        end = last
        for number in range(1, len(parts) - 1):
            at = bisect_right(firsts[number], end)
            if at == len(firsts[number]):
                break
            end = soonest[number][at]
        else:
            begin = bisect_right(firsts[-1], end)
            past = bisect_right(firsts[-1], last + limit)
            if begin < past:
                made.append((first, min(run[1] for run in parts[-1][begin:past])))
    return made


def _soonest_from(runs: Runs) -> list[int]:
    """For each run the least last word of it and all behind it."""
    least = [last for _, last in runs]
    for at in range(len(least) - 2, -1, -1):
        least[at] = min(least[at], least[at + 1])
    return least


def _unordered(parts: Sequence[Runs], limit: int) -> list[Run]:
    """For each run that may be the first of a choice, the choice that ends soonest."""
    firsts = [[run[0] for run in runs] for runs in parts]
    single = all(first == last for runs in parts for first, last in runs)
    # Of as many single words as there are parts, the others leave one.
    most = len(parts) if single else max(map(len, parts))
    made: list[Run] = []
    for number, runs in enumerate(parts):
        others = [each for each in range(len(parts)) if each != number]
        # Parts that ask the same give the same choices.
        if any(parts[each] == runs for each in range(number)):
            continue
        for run in runs:
            within: list[Runs] = []
            for each in others:
                begin = bisect_right(firsts[each], run[1])
                past = bisect_right(firsts[each], run[1] + limit, begin)
                if begin == past:
                    break
                within.append(parts[each][begin : min(past, begin + most)])
            else:
                end = _soonest_end(within)
                if end is not None:
                    made.append((run[0], end))
    return made


def _soonest_end(parts: list[Runs]) -> int | None:
    """The least last word of a choice of one run of each part; None where all overlap."""
    best = sorted((min(runs, key=lambda run: run[1]) for runs in parts), key=lambda run: run[1])
    if all(best[at][0] > best[at - 1][1] for at in range(1, len(best))):
        return best[-1][1]
    ends = [
        _placed_one_by_one(group)
        if all(first == last for runs in group for first, last in runs)
        else _placed_in_turn(group)
        for group in _that_overlap(parts)
    ]
    if any(end is None for end in ends):
        return None
    return max(end for end in ends if end is not None)


def _that_overlap(parts: list[Runs]) -> list[list[Runs]]:
    """Parts in groups, so that no run of one group overlaps a run of another."""
    marked = sorted(
        (first, last, number) for number, runs in enumerate(parts) for first, last in runs
    )
    group = list(range(len(parts)))

    def top(number: int) -> int:
        while group[number] != number:
            group[number] = group[group[number]]
            number = group[number]
        return number

    reach, owner = -1, 0
    for first, last, number in marked:
        if first <= reach:
            group[top(number)] = top(owner)
        if last > reach:
            reach, owner = last, number
    found: dict[int, list[Runs]] = {}
    for number, runs in enumerate(parts):
        found.setdefault(top(number), []).append(runs)
    return list(found.values())


def _placed_one_by_one(parts: list[Runs]) -> int | None:
    """Give each part a word of its own, words taken as they come; the word that fills the last."""
    asking: dict[int, list[int]] = {}
    for number, runs in enumerate(parts):
        for place, _ in runs:
            asking.setdefault(place, []).append(number)
    given: dict[int, int] = {}  # part -> place
    for place in sorted(asking):
        # A part that has no word yet, reached by handing words on from part to part.
        came: dict[int, tuple[int, int | None]] = {}  # part -> its new place, whose it was
        queue: list[tuple[int, int | None]] = [(place, None)]
        for here, owner in queue:
            free = None
            for number in asking[here]:
                if number not in came:
                    came[number] = (here, owner)
                    if number not in given:
                        free = number
                        break
                    queue.append((given[number], number))
            if free is not None:
                step: int | None = free
                while step is not None:
                    new, previous = came[step]
                    given[step] = new
                    step = previous
                break
        if len(given) == len(parts):
            return place
    return None


def _placed_in_turn(parts: list[Runs]) -> int | None:
    """Try every order in which parts may follow each other, keeping for each set the soonest end."""
    kinds: list[Runs] = []
    wanted: list[int] = []
    for runs in parts:
        if runs in kinds:
            wanted[kinds.index(runs)] += 1
        else:
            kinds.append(runs)
            wanted.append(1)
    firsts = [[run[0] for run in runs] for runs in kinds]
    soonest = [_soonest_from(runs) for runs in kinds]
    ends: dict[tuple[int, ...], int] = {(0,) * len(kinds): -1}
    for _ in parts:
        further: dict[tuple[int, ...], int] = {}
        for taken, end in ends.items():
            for kind, count in enumerate(wanted):
                if taken[kind] == count:
                    continue
                at = bisect_left(firsts[kind], end + 1)
                if at == len(firsts[kind]):
                    continue
                state = (*taken[:kind], taken[kind] + 1, *taken[kind + 1 :])
                last = soonest[kind][at]
                if last < further.get(state, last + 1):
                    further[state] = last
        ends = further
    return min(ends.values(), default=None)
