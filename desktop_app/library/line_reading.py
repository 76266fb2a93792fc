"""The lines of a concordance, read where the index is kept; see looking.

They are written as JSON that SQLite reads by itself: no thread of the window goes through them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from time import perf_counter
from typing import Any

from desktop_app.core.concordance import Line, folded_line, lines_of
from desktop_app.core.matching import fold_edges, matcher_in
from desktop_app.search.schema import STEMMED, language_number
from desktop_app.store.store import Snapshot

# A call ends after so long, since queries wait behind it; one long text may take longer.
_BUDGET_S = 0.04
_AT_ONCE = 16  # texts


def lines(snapshot: Snapshot, argument: Any) -> tuple[Any, bytes]:
    """Read the lines of documents, in the order given, as many as fit into one call.

    argument: matcher (as matcher_out writes it), ids, and width, the code points on either side.
    Gives how many of the documents were read, those gone among them, and how many lines they have;
    as bytes the JSON list of lines that row_of writes.
    """
    matcher = matcher_in(argument["matcher"])
    ids: Sequence[int] = argument["ids"]
    until = perf_counter() + _BUDGET_S
    rows: list[list[object]] = []
    done = 0
    while done < len(ids):
        wanted = ids[done : done + _AT_ONCE]
        found = {each[0]: each for each in snapshot.texts.for_index(wanted)}
        for id_ in wanted:
            done += 1
            if id_ not in found:
                continue
            text, language, folds = found[id_][2:5]
            hidden = () if matcher.folded else fold_edges(text, folds)
            stemmed = STEMMED[language_number(language)]
            spans = matcher.spans(text, language=stemmed, folds=hidden)
            rows += [row_of(id_, line) for line in lines_of(text, spans, width=argument["width"])]
            if perf_counter() > until:
                break
        else:
            continue
        break
    return {"done": done, "lines": len(rows)}, json.dumps(rows).encode()


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
