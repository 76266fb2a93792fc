"""What is read from texts where the index is kept, so that no thread of the window scans them.

A reading gets a snapshot of the library and JSON values, and gives back JSON values and bytes.
One call is some 50 ms of work at most, since queries wait behind it: whoever has more to read asks
in pieces of about CHUNK letters, and may stop between two of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from desktop_app.core.matching import Matcher, Passage, fold_edges, matcher_in, passages
from desktop_app.core.query_tree import Place
from desktop_app.library.line_reading import lines
from desktop_app.library.looking_sure import marked, matches, sure
from desktop_app.library.tags.counting import tags_below
from desktop_app.library.tags.twins import twins_of_length
from desktop_app.search.schema import stemmed_as
from desktop_app.store.store import Snapshot

# Letters that one call reads.
CHUNK = 1_000_000

Reading = Callable[[Snapshot, Any], tuple[Any, bytes]]


def hits(snapshot: Snapshot, argument: Any) -> tuple[Any, bytes]:
    """Read how many matches documents have, and their best passages; those gone are left out.

    argument: matcher (as matcher_out writes it), ids, and passages, how many for each. Gives by id
    the matches and for each passage its start, end, text and marks; then the best passages of notes
    and of what is highlighted, each list with at most one.
    """
    matcher = matcher_in(argument["matcher"])
    found: dict[str, object] = {}
    for one in snapshot.texts.for_index(argument["ids"]):
        language = stemmed_as(one.language)
        hidden = () if matcher.folded else fold_edges(one.canonical, one.folds)
        matches = matcher.found(one.canonical, language=language, folds=hidden)
        best = passages(one.canonical, matches, count=argument["passages"], folds=hidden)
        beside = [
            _best_of(matcher, texts, language, place) if argument["passages"] else ()
            for texts, place in ((one.notes, Place.NOTE), (one.quotes, Place.QUOTE))
        ]
        written = [[_written(each) for each in group] for group in (best, *beside)]
        found[str(one.id)] = [len(matches.spans), *written]
    return found, b""


def _best_of(
    matcher: Matcher, texts: Sequence[str], language: str, place: Place
) -> tuple[Passage, ...]:
    """The best passage of the first of some texts that says anything that is asked for."""
    for text in texts if matcher.looks_in(place) else ():
        if best := passages(text, matcher.found(text, language=language, place=place), count=1):
            return best
    return ()


def _written(passage: Passage) -> list[object]:
    return [passage.start, passage.end, passage.text, passage.marks]


READINGS: Mapping[str, Reading] = {
    "hits": hits,
    "lines": lines,
    "marked": marked,
    "matches": matches,
    "sure": sure,
    "tag twins": twins_of_length,
    "tags below": tags_below,
}
