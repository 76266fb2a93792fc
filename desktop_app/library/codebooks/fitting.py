"""Which documents and passages of this library the codings of a codebook mean.

A text is known by its digest, or where no text here has that, by the name and title of its
document; a passage by its place and its words, and where these stand elsewhere, as anchoring finds
them. Passages that are only like it are not taken: nobody marked those words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop_app.anchoring.finding import Finder
from desktop_app.core.codebook import CodedPassage, Coding
from desktop_app.core.highlights import LONGEST_QUOTE, Anchor, How, Place, whole_letters
from desktop_app.library.marking_by_quote import places_of
from desktop_app.store.codings import KnownText, canonical_of, known_texts, said_there
from desktop_app.store.store import Snapshot


@dataclass(frozen=True, slots=True)
class Spot:
    """A passage of a text of this library."""

    document: int
    version: str
    start: int
    end: int


@dataclass(slots=True)
class Placed:
    """What codings mean here, by their numbers in the codebook.

    documents: codings of whole documents. spots: codings of passages. absent: their text is not
    here. unfound: the text is here, but does not say it.
    """

    documents: dict[int, int] = field(default_factory=dict)
    spots: dict[int, Spot] = field(default_factory=dict)
    absent: list[int] = field(default_factory=list)
    unfound: list[int] = field(default_factory=list)


def placed(snapshot: Snapshot, codings: Sequence[Coding], *, in_use: bool = False) -> Placed:
    """Look every coding up in the library. in_use: in the texts in use alone, wherever it was made."""
    made = Placed()
    if not codings:
        return made
    texts = _Texts(snapshot, codings)
    asked: list[tuple[int, CodedPassage, KnownText, bool]] = []
    older: dict[tuple[int, str], list[tuple[int, CodedPassage]]] = defaultdict(list)
    for number, coding in enumerate(codings):
        found = texts.of(coding)
        if found is None:
            made.absent.append(number)
        elif coding.passage is None:
            made.documents[number] = found.document
        elif in_use and not found.in_use:
            older[found.document, found.version].append((number, coding.passage))
        else:
            asked.append((number, coding.passage, found, found.digest == coding.digest))
    there = said_there(
        snapshot.connection,
        [(t.document, t.version, p.start, p.end, p.quote) for _, p, t, _ in asked],
    )
    moved: dict[tuple[int, str], list[tuple[int, CodedPassage]]] = defaultdict(list)
    for place, (number, passage, text, same) in enumerate(asked):
        if same and place in there and 0 < passage.end - passage.start <= LONGEST_QUOTE:
            made.spots[number] = Spot(text.document, text.version, passage.start, passage.end)
        else:
            moved[text.document, text.version].append((number, passage))
    for (document, version), passages in moved.items():
        canonical = canonical_of(snapshot.connection, document, version)
        _search(made, (document, version), canonical, passages)
    for (document, old_version), passages in older.items():
        version, canonical, _ = snapshot.texts.ground(document)
        old = canonical_of(snapshot.connection, document, old_version)
        _search(made, (document, version), canonical, passages, old=old)
    return made


def _search(
    made: Placed,
    text: tuple[int, str],
    canonical: str,
    passages: Sequence[tuple[int, CodedPassage]],
    *,
    old: str | None = None,
) -> None:
    """Look for passages in a text. old: the text that they were marked in."""
    finder = Finder(canonical)
    for number, passage in passages:
        found = _found(finder, canonical, passage, old)
        if found is None:
            made.unfound.append(number)
        else:
            made.spots[number] = Spot(*text, found.start, found.end)


def _found(finder: Finder, canonical: str, passage: CodedPassage, old: str | None) -> Place | None:
    """Where a text says a passage word for word, if that is beyond doubt."""
    if len(passage.quote) > LONGEST_QUOTE:
        return None
    anchor = Anchor("", passage.start, passage.end, passage.quote, passage.before, passage.after)
    found = finder.find(anchor, old)
    if found is not None and found.how is not How.CLOSE:
        return Place(found.start, found.end)
    places = places_of(canonical, passage.quote)
    if len(places) != 1:
        return None
    start, end = whole_letters(canonical, places[0].start, places[0].end)
    return Place(start, end) if start < end else None


class _Texts:
    """The texts of this library that codings can mean."""

    def __init__(self, snapshot: Snapshot, codings: Sequence[Coding]) -> None:
        self._by_digest: defaultdict[str, list[KnownText]] = defaultdict(list)
        self._by_name: defaultdict[str, list[KnownText]] = defaultdict(list)
        self._by_original: dict[str, KnownText] = {}
        self._chosen: dict[tuple[str, str, str, str], KnownText | None] = {}
        digests = {coding.digest for coding in codings if coding.digest}
        names = {coding.file_name for coding in codings if coding.file_name}
        originals = {coding.original for coding in codings if coding.original}
        for text in known_texts(
            snapshot.connection, digests=digests, file_names=names, originals=originals
        ):
            if text.digest in digests:
                self._by_digest[text.digest].append(text)
            if text.in_use and text.file_name in names:
                self._by_name[text.file_name].append(text)
            if text.in_use:
                self._by_original[text.original] = text

    def of(self, coding: Coding) -> KnownText | None:
        """The text that a coding is of; None where it is not here, or could be one of several."""
        key = coding.digest, coding.original, coding.file_name, coding.title
        if key not in self._chosen:
            self._chosen[key] = self._choose(coding)
        return self._chosen[key]

    def _choose(self, coding: Coding) -> KnownText | None:
        equal = self._by_digest.get(coding.digest, []) if coding.digest else []
        if equal:
            # Of copies of a text, the one that is most like the document it was marked in.
            return min(
                equal,
                key=lambda text: (
                    text.file_name != coding.file_name,
                    text.title != coding.title,
                    not text.in_use,
                    text.document,
                ),
            )
        if coding.original in self._by_original:
            return self._by_original[coding.original]
        named = self._by_name.get(coding.file_name, []) if coding.file_name else []
        if coding.title:
            named = [text for text in named if text.title == coding.title]
        return named[0] if len(named) == 1 else None
