"""The lines of a concordance, read where the index is kept; see looking.

They are written as JSON that SQLite reads by itself: no thread of the window goes through them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from time import perf_counter
from typing import Any

from desktop_app.core.concordance import Line, folded_line, lines_of
from desktop_app.core.matching import Matcher, fold_edges, matcher_in
from desktop_app.search.schema import stemmed_as
from desktop_app.store.store import Snapshot

# A call ends after so long, since queries wait behind it; finding all matches of a long text may take
# longer, their lines are read in as many calls as it takes.
_BUDGET_S = 0.04
_AT_ONCE = 16  # texts
_MOST_BEGUN = 2

_Begun = tuple[int, int, str]  # a document, the lines of it that were read, what is asked


def lines(snapshot: Snapshot, argument: Any) -> tuple[Any, bytes]:
    """Read the lines of documents, in the order given, as many as fit into one call.

    argument: matcher (as matcher_out writes it), ids, width, the code points on either side, begun,
    how many lines of the first document were read before, and by, who asks again and again. Gives how many of the documents
    were read to their end, those gone among them, how many lines this call read, and how many lines
    of the next document are read by now; as bytes the JSON list of lines that row_of writes.
    """
    asked = json.dumps([argument.get("by"), argument["matcher"], argument["width"]])
    matcher = matcher_in(argument["matcher"])
    begun: int = argument.get("begun", 0)
    until = perf_counter() + _BUDGET_S
    rows: list[list[object]] = []
    done = 0
    for id_, following in _texts(snapshot, matcher, argument, asked):
        for line in following:
            rows.append(row_of(id_, line))
            begun += 1
            if perf_counter() > until:
                _hold((id_, begun, asked), following)
                return {"done": done, "lines": len(rows), "begun": begun}, _out(rows)
        done, begun = done + 1, 0
        if perf_counter() > until:
            break
    return {"done": done, "lines": len(rows), "begun": 0}, _out(rows)


def _texts(
    snapshot: Snapshot, matcher: Matcher, argument: Any, asked: str
) -> Iterator[tuple[int, Iterator[Line]]]:
    """Documents in order, each with the lines of it that are still to be read; none of one gone."""
    ids: Sequence[int] = argument["ids"]
    begun: int = argument.get("begun", 0)
    first = 0
    if begun and ids and (held := _held.pop((ids[0], begun, asked), None)) is not None:
        yield ids[0], held
        first, begun = 1, 0
    for start in range(first, len(ids), _AT_ONCE):
        wanted = ids[start : start + _AT_ONCE]
        found = {each[0]: each for each in snapshot.texts.for_index(wanted)}
        for id_ in wanted:
            if id_ not in found:
                yield id_, iter(())
                continue
            text, language, folds = found[id_][2:5]
            hidden = () if matcher.folded else fold_edges(text, folds)
            spans = matcher.spans(text, language=stemmed_as(language), folds=hidden)
            yield id_, islice(lines_of(text, spans, width=argument["width"]), begun, None)
            begun = 0


# Documents of which a part is read; where one is not here any more, it is looked through again.
_held: dict[_Begun, Iterator[Line]] = {}


def _hold(begun: _Begun, following: Iterator[Line]) -> None:
    while len(_held) >= _MOST_BEGUN:
        _held.pop(next(iter(_held)), None)
    _held[begun] = following


def _out(rows: list[list[object]]) -> bytes:
    return json.dumps(rows).encode()


def row_of(document: int, line: Line) -> list[object]:
    """Write a line: document, start, end, key, left, match, right, folded, words left, words right.

    folded: None where SQLite's own `lower` gives the same.
    """
    folded = folded_line(line)
    plain = folded.isascii() and f"{line.left}{line.match}{line.right}".isascii()
    before, behind = (list(side) + [""] * (3 - len(side)) for side in (line.before, line.behind))
    return [
        document,
        line.start,
        line.end,
        line.key,
        line.left,
        line.match,
        line.right,
        None if plain else folded,
        *before,
        *behind,
    ]
