"""Lines in any order: SQLite's orders equal those of plain sorting, also of very many lines."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import closing

import pytest

from desktop_app.core.concordance import LineSort
from desktop_app.core.line_states import LineState
from desktop_app.store.gathered_lines import GatheredLines

WORDS = ("", "a", "an", "dam", "quay", "zebra", "öl")

Row = list[object]


def _rows(count: int, documents: int) -> list[Row]:
    chosen = random.Random(count)
    rows: list[Row] = []
    for number in range(count):
        around = [chosen.choice(WORDS) for _ in range(6)]
        left, right = " ".join(around[2::-1]), " ".join(around[3:])
        match = chosen.choice(("dam", "Dam", "dams"))
        text = f"{left} {match} {right}"
        folded = None if text.isascii() else text.lower().replace("ö", "o")
        document = 1 + number * documents // count
        place = 10 * number
        rows.append(
            [document, place, place + 3, number, f"{left} ", match, f" {right}", folded, *around]
        )
    return rows


def _documents(count: int) -> list[Row]:
    chosen = random.Random(5)
    made: list[Row] = []
    for id_ in range(1, count + 1):
        title = f" {chosen.choice(('b', 'a', 'c'))} {id_} "
        source = chosen.choice((None, "Ledger", "Herald"))
        key = " " if source is None else f" {source.lower()} "
        published = chosen.choice((None, "2015", "2016-03", "2016-03-25"))
        made.append([id_, title.strip(), title, source, key, published, "v"])
    return made


@pytest.fixture
def gathered() -> Iterator[GatheredLines]:
    made = GatheredLines()
    yield made
    made.close()


def _fill(gathered: GatheredLines, rows: list[Row], documents: list[Row]) -> None:
    gathered.add_documents(json.dumps(documents))
    for start in range(0, len(rows), 1_000):
        gathered.add(json.dumps(rows[start : start + 1_000]).encode())


def _plain_key(sort: LineSort, row: Row, document: Row) -> tuple[object, ...]:
    last = (document[2], document[0], row[1])
    sides = {"left": 8, "right": 11}
    for side, first in sides.items():
        if sort.value.startswith(side):
            return (*row[first : first + int(sort.value[-1])], *last)
    if sort is LineSort.MATCH:
        return (str(row[5]).lower(), *last)
    if sort is LineSort.DATE_OLDEST:
        return (document[5] is None, document[5] or "", *last)
    if sort is LineSort.SOURCE:
        return (document[4] == " ", document[4], *last)
    return last


@pytest.mark.parametrize("sort", list(LineSort))
def test_every_order_is_that_of_plain_sorting(gathered: GatheredLines, sort: LineSort) -> None:
    rows, documents = _rows(400, 7), _documents(7)
    _fill(gathered, rows, documents)
    by_id = {each[0]: each for each in documents}
    found = [rows[number - 1] for number in gathered.numbers(sort)]
    if sort is LineSort.DATE_NEWEST:
        dates = [by_id[row[0]][5] for row in found]
        known = [str(date) for date in dates if date is not None]
        assert known == sorted(known, reverse=True)
        assert dates[len(known) :] == [None] * (len(dates) - len(known))
    else:
        assert found == sorted(rows, key=lambda row: _plain_key(sort, row, by_id[row[0]]))
    grouped = gathered.numbers(sort, grouped=True)
    assert sorted(number for number in grouped if number > 0) == list(range(1, 401))
    heading = None
    for number in grouped:
        if number < 0:
            heading = -number
        else:
            assert rows[number - 1][0] == heading
    assert sum(number < 0 for number in grouped) == 7


def test_a_filter_finds_letters_whatever_their_accents(gathered: GatheredLines) -> None:
    rows = _rows(300, 3)
    _fill(gathered, rows, _documents(3))
    wanted = [n + 1 for n, row in enumerate(rows) if "öl" in row[8:14] and "zebra" in row[8:14]]
    assert sorted(gathered.numbers(words="ÖL Zebra")) == wanted
    assert gathered.shown(words="ol zebra") == len(wanted)


def test_what_is_kept_is_known_of_lines_that_come_before_and_after(gathered: GatheredLines) -> None:
    rows = _rows(200, 2)
    gathered.add_documents(json.dumps(_documents(2)))
    gathered.add(json.dumps(rows[:100]).encode())
    gathered.keep_states(
        json.dumps([[row[0], row[3], 1 + n % 3] for n, row in enumerate(rows[50:150])])
    )
    gathered.add(json.dumps(rows[100:]).encode())
    counts = gathered.counts()
    assert (counts.lines, counts.documents, counts.done, counts.unknown) == (200, 2, 100, 100)
    gathered.set_states([1, 2], LineState.SEEN)
    assert gathered.counts().done == 102
    assert len(json.loads(gathered.keys())) == 200


def test_once_closed_there_are_no_lines(gathered: GatheredLines) -> None:
    _fill(gathered, _rows(20, 2), _documents(2))
    gathered.close()
    gathered.add(json.dumps(_rows(20, 2)).encode())
    assert not gathered.numbers() and not gathered.lines([1]) and not gathered.documents([1])
    assert gathered.counts().lines == gathered.shown() == 0
    assert gathered.keys() == "[]" and gathered.number_of(1, 1) is None


@pytest.mark.parametrize(
    "count", [2_000, pytest.param(50_000, marks=pytest.mark.long)], ids=["few", "many"]
)
@pytest.mark.parametrize("grouped", [False, True], ids=["plain", "grouped"])
def test_the_work_of_putting_lines_in_order_grows_no_faster_than_they(
    count: int, grouped: bool
) -> None:
    few, many = (_steps_to_order(lines, grouped=grouped) for lines in (count, 2 * count))
    assert many < 3 * few


def _steps_to_order(count: int, *, grouped: bool) -> int:
    """How many hundreds of steps SQLite takes to put so many lines in order."""
    steps = 0

    def step() -> None:
        nonlocal steps
        steps += 1

    with closing(GatheredLines()) as gathered:
        _fill(gathered, _rows(count, 100), _documents(100))
        gathered._database.set_progress_handler(step, 100)
        numbers = gathered.numbers(LineSort.RIGHT_3, grouped=grouped)
        gathered._database.set_progress_handler(None, 0)
    assert len(numbers) == count + (100 if grouped else 0)
    return steps
