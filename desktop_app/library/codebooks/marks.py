"""What becomes of the codings of a codebook: which are here, which are added, which do not fit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from desktop_app.core.codebook import Codebook, CodedPassage
from desktop_app.core.highlights import LONGEST_NOTE
from desktop_app.core.text import clean, one_line
from desktop_app.library.codebooks.fitting import Placed, Spot
from desktop_app.store.codings import KnownMark, known_marks, tagged_documents
from desktop_app.store.store import Snapshot


@dataclass(frozen=True, slots=True)
class Absent:
    """A text that is not here, or does not say what was marked in it.

    title: of its document, or what else it is called. codings: how many of it do not fit. quote:
    the beginning of the first passage that was not found; "" where the text is not here.
    """

    title: str
    codings: int
    quote: str = ""


@dataclass(slots=True)
class Mark:
    """A passage that gets tags. here: the highlight that it is already, None for a new one.

    note: what a highlight that is here without a note gets; tags: those that are new to it.
    """

    spot: Spot
    passage: CodedPassage
    here: int | None
    note: str = ""
    tags: dict[int, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fit:
    """What becomes of codings.

    documents: by the id that a tag stands for, the documents that get it. marks: the passages that
    get tags or a note. known: how many codings are here already. left_out: how many are of tags
    that are left out. notes_kept: highlights whose note here is another one and stays. notes_cut:
    notes that are longer than a highlight can hold, and lose their end.
    """

    documents: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    known: int = 0
    left_out: int = 0
    notes_kept: int = 0
    notes_cut: int = 0
    absent: tuple[Absent, ...] = ()
    unfound: tuple[Absent, ...] = ()

    @property
    def new_documents(self) -> int:
        """How many documents get a tag as a whole."""
        return len({document for ids in self.documents.values() for document in ids})

    @property
    def new_codings(self) -> int:
        """How many codings are added."""
        return sum(map(len, self.documents.values())) + sum(len(m.tags) for m in self.marks)

    @property
    def new_marks(self) -> int:
        """How many highlights are made."""
        return sum(1 for mark in self.marks if mark.here is None)

    @property
    def unfit(self) -> int:
        """How many codings find no text or no passage here."""
        return sum(each.codings for each in (*self.absent, *self.unfound))


def fitted(
    snapshot: Snapshot,
    codebook: Codebook,
    found: Placed,
    stands: Mapping[str, int],
    *,
    asked: bool,
) -> Fit:
    """Say what becomes of the codings of a codebook. stands: what each of its tags is here."""
    if not asked or not codebook.codings:
        return Fit()
    codings = codebook.codings
    counted = _Counted(snapshot, set(stands.values()))
    for number, document in found.documents.items():
        counted.document(stands.get(codings[number].tag), document)
    spots = {each.document for each in found.spots.values()}
    marks = _Marks(known_marks(snapshot.connection, spots))
    # Text by text: whoever makes the highlights then needs each text once.
    in_order = sorted(found.spots.items(), key=lambda each: (each[1].document, each[1].version))
    for number, spot in in_order:
        passage = codings[number].passage
        assert passage is not None
        tag = stands.get(codings[number].tag)
        if tag is None:
            counted.left_out += 1
        elif not marks.tagged(spot, passage, tag):
            counted.known += 1
    return Fit(
        {tag: tuple(sorted(ids)) for tag, ids in counted.wanted.items() if ids},
        tuple(mark for mark in marks.all if mark.here is None or mark.tags or mark.note),
        counted.known,
        counted.left_out,
        marks.notes_kept,
        marks.notes_cut,
        _absent(codebook, found.absent),
        _absent(codebook, found.unfound),
    )


class _Counted:
    """Whole documents and their tags."""

    def __init__(self, snapshot: Snapshot, tags: set[int]) -> None:
        self._has = tagged_documents(snapshot.connection, tags)
        self.wanted: defaultdict[int, set[int]] = defaultdict(set)
        self.known = 0
        self.left_out = 0

    def document(self, tag: int | None, document: int) -> None:
        if tag is None:
            self.left_out += 1
        elif document in self._has.get(tag, ()) or document in self.wanted[tag]:
            self.known += 1
        else:
            self.wanted[tag].add(document)


class _Marks:
    """Passages and their tags, each laid on the highlight that it is."""

    def __init__(self, known: list[KnownMark]) -> None:
        self.all: list[Mark] = []
        self.notes_kept = 0
        self.notes_cut = 0
        self._known = {each.id: each for each in known}
        self._by_uuid = {(each.document, each.uuid): each for each in known}
        self._at: defaultdict[Spot, list[KnownMark]] = defaultdict(list)
        for each in known:
            self._at[Spot(each.document, each.version, each.start, each.end)].append(each)
        self._of_file: dict[tuple[object, ...], Mark] = {}
        self._of_known: dict[int, Mark] = {}

    def tagged(self, spot: Spot, passage: CodedPassage, tag: int) -> bool:
        """Give the highlight at a spot a tag; False where it has it."""
        mark = self._mark(spot, passage)
        has = self._known[mark.here].tags if mark.here is not None else ()
        if tag in has or tag in mark.tags:
            return False
        mark.tags[tag] = None
        return True

    def _mark(self, spot: Spot, passage: CodedPassage) -> Mark:
        key: tuple[object, ...] = (spot.document, passage.uuid)
        if not passage.uuid:
            key = (spot, passage.note, passage.colour)
        if key in self._of_file:
            return self._of_file[key]
        too_long = len(passage.note) > LONGEST_NOTE
        if too_long:
            passage = replace(passage, note=sound_note(passage.note))
        here = self._here(spot, passage)
        if here is None:
            mark = Mark(spot, passage, None)
            self.all.append(mark)
            self.notes_cut += too_long
        else:
            known = self._of_known.get(here.id)
            if known is None:
                known = self._of_known[here.id] = Mark(spot, passage, here.id)
                self.all.append(known)
            mark = known
            if passage.note and not here.note:
                self.notes_cut += too_long and not mark.note
                mark.note = mark.note or passage.note
            elif passage.note and passage.note != here.note:
                self.notes_kept += 1
        self._of_file[key] = mark
        return mark

    def _here(self, spot: Spot, passage: CodedPassage) -> KnownMark | None:
        if passage.uuid and (known := self._by_uuid.get((spot.document, passage.uuid))):
            return known
        # The same words marked by somebody else are one highlight, unless both have their say.
        return next(
            (each for each in self._at.get(spot, ()) if passage.note in ("", each.note)), None
        )


def sound_note(note: str) -> str:
    """A note as a highlight can have it: one that is too long ends in dots."""
    note = clean(note).strip()
    return note if len(note) <= LONGEST_NOTE else f"{note[: LONGEST_NOTE - 1].rstrip()}…"


def _absent(codebook: Codebook, numbers: list[int]) -> tuple[Absent, ...]:
    counts: dict[tuple[str, str], tuple[int, str]] = {}
    for number in numbers:
        coding = codebook.codings[number]
        quote = one_line(coding.passage.quote)[:80] if coding.passage else ""
        key = (coding.title or coding.file_name or "a text without a name", coding.digest)
        count, first = counts.get(key, (0, quote))
        counts[key] = (count + 1, first)
    return tuple(
        Absent(title, count, quote) for (title, _), (count, quote) in sorted(counts.items())
    )
