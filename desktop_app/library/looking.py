"""What is read from texts where the index is kept, so that no thread of the window scans them.

A reading gets a snapshot of the library and JSON values, and gives back JSON values and bytes.
One call is some 50 ms of work at most, since queries wait behind it: whoever has more to read asks
in pieces of about CHUNK letters, and may stop between two of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from desktop_app.core.matching import fold_edges, matcher_in, passages
from desktop_app.library.line_reading import lines
from desktop_app.library.looking_sure import marked, matches, sure
from desktop_app.search.schema import STEMMED, language_number
from desktop_app.store.store import Snapshot

# Letters that one call reads.
CHUNK = 1_000_000

Reading = Callable[[Snapshot, Any], tuple[Any, bytes]]


def stemmed(language: str | None) -> str:
    """The code under which the index keeps the forms of a language."""
    return STEMMED[language_number(language)]


def hits(snapshot: Snapshot, argument: Any) -> tuple[Any, bytes]:
    """Read how many matches documents have, and their best passages; those gone are left out.

    argument: matcher (as matcher_out writes it), ids, and passages, how many for each. Gives by id
    the matches and for each passage its start, end, text and marks.
    """
    matcher = matcher_in(argument["matcher"])
    found: dict[str, object] = {}
    for id_, _, text, language, folds, *_ in snapshot.texts.for_index(argument["ids"]):
        hidden = () if matcher.folded else fold_edges(text, folds)
        matches = matcher.found(text, language=stemmed(language), folds=hidden)
        best = passages(text, matches, count=argument["passages"], folds=hidden)
        found[str(id_)] = [len(matches.spans), [[p.start, p.end, p.text, p.marks] for p in best]]
    return found, b""


READINGS: Mapping[str, Reading] = {
    "hits": hits,
    "lines": lines,
    "marked": marked,
    "matches": matches,
    "sure": sure,
}
