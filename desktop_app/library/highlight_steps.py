"""The steps of changes to highlights, their tags, and the notes on documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.highlights import Anchor, Highlight, How, MarkStyle
from desktop_app.library.step_values import GroundChanged, ids_in, ids_out, time_in, time_out
from desktop_app.store.placing import Placed
from desktop_app.store.store import Work

_KIND = frozenset([Kind.HIGHLIGHTS])


@dataclass(frozen=True, slots=True)
class OneChange:
    """A highlight that is made (before is None), changed, or deleted (after is None).

    Where it stands follows from its anchor; where it had been found in other texts is kept, so that
    it is found there when it comes back.
    """

    before: Highlight | None
    after: Highlight | None
    found_before: tuple[Placed, ...] = ()
    found_after: tuple[Placed, ...] = ()

    @property
    def known(self) -> Highlight:
        """The highlight, as it was or as it will be."""
        known = self.before or self.after
        assert known is not None
        return known

    def reversed(self) -> OneChange:
        return OneChange(self.after, self.before, self.found_after, self.found_before)


@dataclass(frozen=True, slots=True)
class HighlightStep:
    """Highlights that are made, changed or deleted; their tags are steps of their own.

    They are one step, however many: asked for and written one by one, some thousands take seconds.
    """

    each: tuple[OneChange, ...]

    @property
    def documents(self) -> frozenset[int]:
        """The documents of the highlights."""
        return frozenset(one.known.document for one in self.each)

    def reversed(self) -> HighlightStep:
        return HighlightStep(tuple(one.reversed() for one in self.each))

    def take(self, work: Work) -> Changes:
        kept = work.documents.titles(self.documents)
        here = [one for one in self.each if one.known.document in kept]
        present = {one.id: one for one in work.highlights.many([each.known.id for each in here])}
        gone: list[int] = []
        back: list[Highlight] = []
        others: list[Highlight] = []
        found: dict[int, tuple[Placed, ...]] = {}
        for one in here:
            now = present.get(one.known.id)
            if (now and kept_of(now)) != (one.before and kept_of(one.before)):
                raise GroundChanged(f"the highlight “{short(one.known)}” has been changed since")
            if one.after is None:
                if now is not None and now.tags:
                    raise GroundChanged(f"the highlight “{short(one.known)}” has been tagged since")
                gone.append(one.known.id)
                continue
            (back if one.before is None else others).append(one.after)
            found[one.after.id] = one.found_after
        if gone:
            work.highlights.remove(gone)
        if back:
            work.highlights.bring_back(back, found)
        if others:
            work.highlights.change(others, found)
        return Changes(
            frozenset(one.known.document for one in here), _KIND if here else frozenset()
        )

    def to_json(self) -> list[Any]:
        return ["highlights", [_change_out(one) for one in self.each]]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> HighlightStep:
        (each,) = raw
        return cls(tuple(map(_change_in, each)))


@dataclass(frozen=True, slots=True)
class LooksStep:
    """The colour and style of highlights that all had the same before."""

    highlights: tuple[int, ...]
    before: tuple[str, MarkStyle]
    after: tuple[str, MarkStyle]

    def reversed(self) -> LooksStep:
        return LooksStep(self.highlights, self.after, self.before)

    def take(self, work: Work) -> Changes:
        present = work.highlights.many(self.highlights)
        for each in present:
            if (each.colour, each.style) != self.before:
                raise GroundChanged(f"the highlight “{short(each)}” looks different since")
        work.highlights.set_looks([each.id for each in present], *self.after)
        return Changes(frozenset(each.document for each in present), _KIND)

    def to_json(self) -> list[Any]:
        return ["looks", ids_out(self.highlights), list(self.before), list(self.after)]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> LooksStep:
        highlights, before, after = raw
        return cls(
            ids_in(highlights), (before[0], MarkStyle(before[1])), (after[0], MarkStyle(after[1]))
        )


@dataclass(frozen=True, slots=True)
class NoteStep:
    """The note of one highlight."""

    highlight: int
    before: str
    after: str

    def reversed(self) -> NoteStep:
        return NoteStep(self.highlight, self.after, self.before)

    def take(self, work: Work) -> Changes:
        present = work.highlights.get(self.highlight)
        if present is None:
            return Changes()
        if present.note != self.before:
            raise GroundChanged(f"the note on “{short(present)}” has been changed since")
        work.highlights.set_note(self.highlight, self.after)
        return Changes(frozenset([present.document]), _KIND)

    def to_json(self) -> list[Any]:
        return ["note", self.highlight, self.before, self.after]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> NoteStep:
        highlight, before, after = raw
        return cls(highlight, before, after)


@dataclass(frozen=True, slots=True)
class HighlightTaggingStep:
    """Highlights that get a tag (none of them has it), or lose it (all of them have it)."""

    tag: int
    highlights: tuple[int, ...]
    tagged: bool

    def reversed(self) -> HighlightTaggingStep:
        return HighlightTaggingStep(self.tag, self.highlights, not self.tagged)

    def take(self, work: Work) -> Changes:
        tag = work.tags.get(self.tag)
        if tag is None:
            raise GroundChanged("the tag has been deleted since")
        present = work.highlights.homes(self.highlights)
        ids = list(present)
        if self.tagged:
            really = work.highlights.tag(self.tag, ids)
        else:
            really = work.highlights.untag(self.tag, ids)
        if len(really) != len(ids):
            raise GroundChanged(f"highlights have gained or lost the tag “{tag.name}” since")
        return Changes(
            frozenset(present.values()),
            frozenset([Kind.HIGHLIGHTS, Kind.TAGGING]),
        )

    def to_json(self) -> list[Any]:
        return ["highlight tagging", self.tag, ids_out(self.highlights), self.tagged]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> HighlightTaggingStep:
        tag, highlights, tagged = raw
        return cls(tag, ids_in(highlights), tagged)


@dataclass(frozen=True, slots=True)
class DocumentNoteStep:
    """The note on a whole document."""

    document: int
    before: str
    after: str

    def reversed(self) -> DocumentNoteStep:
        return DocumentNoteStep(self.document, self.after, self.before)

    def take(self, work: Work) -> Changes:
        if work.documents.get(self.document) is None:
            return Changes()
        if work.highlights.document_note(self.document) != self.before:
            raise GroundChanged("the note on the document has been changed since")
        work.highlights.set_document_note(self.document, self.after)
        return Changes(frozenset([self.document]), frozenset([Kind.NOTES]))

    def to_json(self) -> list[Any]:
        return ["document note", self.document, self.before, self.after]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> DocumentNoteStep:
        document, before, after = raw
        return cls(document, before, after)


def kept_of(highlight: Highlight) -> Highlight:
    """A highlight as it is kept: without its tags, its times of change, and where it stands now."""
    return replace(highlight, tags=(), place=None, how=How.MARKED, changed_at=highlight.made_at)


def short(highlight: Highlight) -> str:
    """The beginning of a highlight's quote, to name it by."""
    quote = " ".join(highlight.anchor.quote.split())
    return quote if len(quote) <= 40 else f"{quote[:39].rstrip()}…"


def _change_out(one: OneChange) -> list[Any]:
    found = [list(one.found_before), list(one.found_after)]
    return [_out(one.before), _out(one.after), *found]


def _change_in(raw: Sequence[Any]) -> OneChange:
    before, after, *found = raw
    found_before, found_after = (tuple((v, a, b, how) for v, a, b, how in each) for each in found)
    return OneChange(_in(before), _in(after), found_before, found_after)


def _out(highlight: Highlight | None) -> Any:
    if highlight is None:
        return None
    anchor = highlight.anchor
    return {
        "id": highlight.id,
        "uuid": highlight.uuid,
        "document": highlight.document,
        "anchor": [
            anchor.version,
            anchor.start,
            anchor.end,
            anchor.quote,
            anchor.before,
            anchor.after,
            anchor.page,
            anchor.quads,
        ],
        "colour": highlight.colour,
        "style": highlight.style.value,
        "note": highlight.note,
        "made_at": time_out(highlight.made_at),
    }


def _in(raw: Any) -> Highlight | None:
    if raw is None:
        return None
    made_at = time_in(raw["made_at"])
    assert made_at is not None
    version, start, end, quote, before, after, page, quads = raw["anchor"]
    return Highlight(
        id=raw["id"],
        uuid=raw["uuid"],
        document=raw["document"],
        anchor=Anchor(
            version, start, end, quote, before, after, page, tuple(tuple(quad) for quad in quads)
        ),
        colour=raw["colour"],
        style=MarkStyle(raw["style"]),
        note=raw["note"],
        made_at=made_at,
        changed_at=made_at,
    )
