"""What a person can do to highlights and to the notes on documents; see commands."""

from __future__ import annotations

import sys
import uuid as uuids
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from desktop_app.core.errors import BadUsage
from desktop_app.core.highlights import (
    LONGEST_NOTE,
    LONGEST_QUOTE,
    MARK_COLOURS,
    Anchor,
    Highlight,
    How,
    MarkStyle,
    Place,
    Quad,
    anchor_at,
    whole_letters,
)
from desktop_app.core.text import clean
from desktop_app.library.commands import tag_in_quotes
from desktop_app.library.highlight_steps import (
    DocumentNoteStep,
    HighlightStep,
    HighlightTaggingStep,
    LooksStep,
    NoteStep,
    OneChange,
    kept_of,
    short,
)
from desktop_app.library.steps import Taking
from desktop_app.store.store import Work


def counted_highlights(ids: Sequence[int]) -> str:
    """Write how many highlights there are."""
    return "1 highlight" if len(ids) == 1 else f"{len(ids):,} highlights"


def new_uuid() -> str:
    """A name for a highlight that is about to be made."""
    return str(uuids.uuid4())


@dataclass(frozen=True, slots=True)
class AddHighlight:
    """Mark a passage of a document's text in use.

    start, end: code points; blanks at the ends are left out, and no written letter is cut in two.
    version: of the text that they count; BadUsage where another is in use. tags: ids. uuid: known
    beforehand, so that whoever asked finds it again.
    """

    document: int
    version: str
    start: int
    end: int
    colour: str = MARK_COLOURS[0]
    style: MarkStyle = MarkStyle.FILL
    note: str = ""
    tags: tuple[int, ...] = ()
    quads: tuple[Quad, ...] = ()
    uuid: str = field(default_factory=new_uuid)

    def do(self, taking: Taking) -> str:
        work = taking.work
        anchor = _anchor(work, self.document, self.version, (self.start, self.end), self.quads)
        now = datetime.fromtimestamp(taking.work.now_ms / 1000, UTC)
        made = work.highlights.add(
            Highlight(
                id=0,
                uuid=self.uuid,
                document=self.document,
                anchor=anchor,
                colour=_checked_colour(self.colour),
                style=self.style,
                note=_checked_note(self.note),
                made_at=now,
                changed_at=now,
            )
        )
        taking.made(HighlightStep((OneChange(None, kept_of(made)),)))
        names = []
        for tag in dict.fromkeys(self.tags):
            names.append(tag_in_quotes(work, tag))
            taking.take(HighlightTaggingStep(tag, (made.id,), True))
        what = f"Highlight “{short(made)}”"
        return f"{what} as {', '.join(names)}" if names else what


@dataclass(frozen=True, slots=True)
class SetLooks:
    """Give highlights a colour, a style, or both; None leaves it."""

    highlights: tuple[int, ...]
    colour: str | None = None
    style: MarkStyle | None = None

    def do(self, taking: Taking) -> str:
        colour = None if self.colour is None else _checked_colour(self.colour)
        groups: dict[tuple[str, MarkStyle], list[int]] = defaultdict(list)
        for each in taking.work.highlights.many(self.highlights):
            groups[each.colour, each.style].append(each.id)
        changed: list[int] = []
        for before, ids in groups.items():
            after = (colour or before[0], self.style or before[1])
            if after != before:
                taking.take(LooksStep(tuple(ids), before, after))
                changed += ids
        what = "style" if self.colour is None else "colour" if self.style is None else "looks"
        return f"Change the {what} of {counted_highlights(changed)}"


@dataclass(frozen=True, slots=True)
class SetNote:
    """Give a highlight a note in Markdown, "" for none."""

    highlight: int
    note: str

    def do(self, taking: Taking) -> str:
        present = _present(taking.work, self.highlight)
        note = _checked_note(self.note)
        if note != present.note:
            taking.take(NoteStep(present.id, present.note, note))
        verb = "Note" if not present.note else "Change the note" if note else "Delete the note"
        return f"{verb} on “{short(present)}”"


@dataclass(frozen=True, slots=True)
class MoveHighlight:
    """Let a highlight be another passage of the text in use: resized, or put there by hand.

    start, end, version: as of AddHighlight.
    """

    highlight: int
    version: str
    start: int
    end: int
    quads: tuple[Quad, ...] = ()

    def do(self, taking: Taking) -> str:
        present = _present(taking.work, self.highlight)
        anchor = _anchor(
            taking.work, present.document, self.version, (self.start, self.end), self.quads
        )
        if anchor != present.anchor:
            _give_anchors(taking, [(present, anchor)])
        return f"Move the highlight “{short(present)}”"


@dataclass(frozen=True, slots=True)
class AcceptPlaces:
    """Agree to the places where highlights were found; from then on they are their passages."""

    highlights: tuple[int, ...]

    def do(self, taking: Taking) -> str:
        found = taking.work.highlights.many(list(dict.fromkeys(self.highlights)))
        by_document: dict[int, list[tuple[Highlight, Place]]] = defaultdict(list)
        for each in found:
            if each.place is not None and each.how is not How.MARKED:
                by_document[each.document].append((each, each.place))
        accepted: list[tuple[Highlight, Anchor]] = []
        for document, here in by_document.items():
            ground = _Ground.of(taking.work, document)
            accepted += [(each, ground.anchor(place.start, place.end)) for each, place in here]
        _give_anchors(taking, accepted)
        return f"Accept the places of {counted_highlights([each.id for each, _ in accepted])}"


@dataclass(frozen=True, slots=True)
class DeleteHighlights:
    """Delete highlights with their notes and tags."""

    highlights: tuple[int, ...]

    def do(self, taking: Taking) -> str:
        doomed = taking.work.highlights.many(list(dict.fromkeys(self.highlights)))
        tagged: dict[int, list[int]] = defaultdict(list)
        for each in doomed:
            for tag in each.tags:
                tagged[tag].append(each.id)
        for tag, ids in sorted(tagged.items()):
            taking.take(HighlightTaggingStep(tag, tuple(ids), False))
        if doomed:
            found = taking.work.highlights.places([each.id for each in doomed])
            each_one = (OneChange(kept_of(each), None, found.get(each.id, ())) for each in doomed)
            taking.take(HighlightStep(tuple(each_one)))
        if len(doomed) == 1:
            return f"Delete the highlight “{short(doomed[0])}”"
        return f"Delete {counted_highlights([each.id for each in doomed])}"


@dataclass(frozen=True, slots=True)
class TagHighlights:
    """Put a tag on highlights, or take it off them."""

    tag: int
    highlights: tuple[int, ...]
    tagged: bool = True

    def do(self, taking: Taking) -> str:
        name = tag_in_quotes(taking.work, self.tag)
        has = taking.work.highlights.of_tag(self.tag)
        present = taking.work.highlights.many(list(dict.fromkeys(self.highlights)))
        ids = tuple(each.id for each in present if (each.id in has) != self.tagged)
        if ids:
            taking.take(HighlightTaggingStep(self.tag, ids, self.tagged))
        if self.tagged:
            return f"Tag {counted_highlights(ids)} {name}"
        return f"Take the tag {name} off {counted_highlights(ids)}"


@dataclass(frozen=True, slots=True)
class SetDocumentNote:
    """Give a whole document a note in Markdown, "" for none."""

    document: int
    note: str

    def do(self, taking: Taking) -> str:
        document = taking.work.documents.get(self.document)
        if document is None:
            raise BadUsage("That document is no longer in the library.")
        before = taking.work.highlights.document_note(self.document)
        note = _checked_note(self.note)
        if note != before:
            taking.take(DocumentNoteStep(self.document, before, note))
        return f"Note on “{document.title}”"


def _give_anchors(taking: Taking, given: Sequence[tuple[Highlight, Anchor]]) -> None:
    if not given:
        return
    found = taking.work.highlights.places([present.id for present, _anchor in given])
    changes: list[OneChange] = []
    for present, anchor in given:
        before = kept_of(present)
        after = replace(before, anchor=anchor)
        changes.append(OneChange(before, after, found.get(present.id, ())))
    taking.take(HighlightStep(tuple(changes)))


@dataclass(frozen=True, slots=True)
class _Ground:
    """The text in use of a document, as far as a passage of it needs to know."""

    version: str
    canonical: str
    pages: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, work: Work, document: int) -> _Ground:
        """Look a document's text up; BadUsage where it is gone."""
        if work.documents.get(document) is None:
            raise BadUsage("That document is no longer in the library.", "Nothing has been marked.")
        return cls(*work.texts.ground(document))

    def anchor(self, start: int, end: int) -> Anchor:
        """The anchor of a passage."""
        at = bisect_right(self.pages, (start, sys.maxsize)) - 1
        page = self.pages[at][1] if at >= 0 else None
        return anchor_at(self.version, self.canonical, start, end, page=page)


def _anchor(
    work: Work, document: int, version: str, passage: tuple[int, int], quads: tuple[Quad, ...]
) -> Anchor:
    ground = _Ground.of(work, document)
    if ground.version != version:
        raise BadUsage(
            "The text has been read again meanwhile, so the passage may stand elsewhere now.",
            "Nothing has been marked; select it again.",
        )
    first, past = whole_letters(ground.canonical, *passage)
    if first >= past:
        raise BadUsage("There are no letters in what is selected.", "Nothing has been marked.")
    if past - first > LONGEST_QUOTE:
        raise BadUsage(
            f"What is selected is {past - first:,} characters long.",
            f"A highlight can hold {LONGEST_QUOTE:,}; nothing has been marked.",
        )
    anchor = ground.anchor(first, past)
    return replace(anchor, quads=quads) if quads else anchor


def _present(work: Work, highlight: int) -> Highlight:
    found = work.highlights.get(highlight)
    if found is None:
        raise BadUsage("The highlight has been deleted.", "Undo brings it back.")
    return found


def _checked_colour(colour: str) -> str:
    if colour not in MARK_COLOURS:
        named = ", ".join(MARK_COLOURS)
        raise BadUsage(f"“{colour}” is not a colour of highlights.", f"There are: {named}.")
    return colour


def _checked_note(note: str) -> str:
    note = clean(note).strip()
    if len(note) > LONGEST_NOTE:
        raise BadUsage(
            f"The note is {len(note):,} characters long.",
            f"A note can hold {LONGEST_NOTE:,}; the one that was there has been kept.",
        )
    return note
