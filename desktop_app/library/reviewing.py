"""What one needs to decide about a highlight that did not stay where it was marked."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.highlights import Anchor, Highlight, Place
from desktop_app.core.model import Document
from desktop_app.core.places import carried
from desktop_app.core.word_changes import WordChanges, word_changes
from desktop_app.store.store import Store

SURROUNDINGS = 260  # code points on either side, cut at words
_CONTEXTS = (32, 20, 12)


@dataclass(frozen=True, slots=True)
class Passage:
    """Words with what stands around them."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class ReviewCase:
    """A highlight as it was marked, and as it was found in the text in use.

    version: of the text in use. kept: whether the text that it was marked in is still there; where
    not, little is known of its surroundings. found: None where it is lost. likely: of a lost one,
    where it may have stood; None where nothing tells.
    """

    highlight: Highlight
    document: Document
    version: str
    kept: bool
    marked: Passage
    found: Passage | None
    changes: WordChanges | None
    likely: Place | None


class Reviewing:
    """The highlights of an open library that somebody has to look at, one by one."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def case(self, highlight: int) -> ReviewCase | None:
        """What is to be decided about a highlight; None where it is gone."""
        with self._store.read() as snapshot:
            mark = snapshot.highlights.get(highlight)
            document = snapshot.documents.get(mark.document) if mark is not None else None
            if mark is None or document is None:
                return None
            old = snapshot.texts.version(mark.document, mark.anchor.version)
            new = snapshot.texts.canonical(mark.document)
        anchor = mark.anchor
        old_text = old.canonical if old is not None else None
        if old_text is not None and old_text[anchor.start : anchor.end] == anchor.quote:
            marked = _around(old_text, anchor.start, anchor.end)
        else:
            marked = Passage(anchor.before, anchor.quote, anchor.after)
        found = changes = likely = None
        if mark.place is not None:
            found = _around(new, mark.place.start, mark.place.end)
            changes = word_changes(marked.words, found.words)
        else:
            likely = likely_place(anchor, old_text, new)
        return ReviewCase(
            mark, document, document.text_version, old is not None, marked, found, changes, likely
        )


def likely_place(anchor: Anchor, old: str | None, new: str) -> Place | None:
    """Where a lost passage may have stood, judged by what stood around it; None: nothing tells.

    old: the text that it was marked in, None where that is gone.
    """
    if not new:
        return None
    length = anchor.end - anchor.start
    if old is not None:
        start = min(carried(anchor.start, old, new), len(new) - 1)
        end = carried(anchor.end, old, new)
        if not start < end <= start + 2 * length + SURROUNDINGS:
            end = start + length
        return Place(start, min(end, len(new)))
    for size in _CONTEXTS:
        if len(anchor.after) >= size and (at := new.find(anchor.after[:size])) >= 0:
            return Place(max(at - length, 0), max(at, 1))
        if len(anchor.before) >= size and (at := new.find(anchor.before[-size:])) >= 0:
            start = min(at + size, len(new) - 1)
            return Place(start, min(start + length, len(new)))
    return None


def _around(text: str, start: int, end: int) -> Passage:
    """A passage with its surroundings, cut where words end."""
    first = max(start - SURROUNDINGS, 0)
    while 0 < first < start and not text[first - 1].isspace():
        first += 1
    last = min(end + SURROUNDINGS, len(text))
    while end < last < len(text) and not text[last].isspace():
        last -= 1
    return Passage(text[first:start], text[start:end], text[end:last])
