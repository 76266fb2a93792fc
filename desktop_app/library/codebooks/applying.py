"""The import of a codebook: a plan carried out, as one step of undo."""

from __future__ import annotations

import sys
import uuid as uuids
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from desktop_app.core.codebook import Codebook
from desktop_app.core.errors import BadUsage
from desktop_app.core.highlights import (
    MARK_COLOURS,
    Highlight,
    MarkStyle,
    anchor_at,
)
from desktop_app.core.model import Tag, TagCollection, TagLink
from desktop_app.library.codebooks.marks import Mark, sound_note
from desktop_app.library.codebooks.plan import Choice, Plan, planned
from desktop_app.library.commands import counted
from desktop_app.library.highlight_commands import counted_highlights
from desktop_app.library.highlight_steps import (
    HighlightStep,
    NoteStep,
    OneChange,
    kept_of,
)
from desktop_app.library.steps import Taking
from desktop_app.library.tags.many_steps import (
    Change,
    HighlightTaggingsStep,
    TaggingsStep,
    TagLinksStep,
    TagsStep,
    carriers,
    pairs_of,
)
from desktop_app.library.tags.steps import CollectionStep, RedirectStep, TagStep, UseStep
from desktop_app.store.codings import canonical_of
from desktop_app.store.store import Work

_MARKS_A_STEP = 500  # the log writes and reads a step at a time, and other threads wait meanwhile


@dataclass(frozen=True, slots=True)
class ImportCodebook:
    """Bring a codebook in; a collection that is made for it is put in use.

    choices, into: as of `planned`. BadUsage where one of the choices is no longer offered, since
    the library has changed since it was made. codings: also what carries the tags.
    """

    codebook: Codebook
    choices: Mapping[str, Choice] = field(default_factory=dict)
    into: int | None = None
    codings: bool = False

    def do(self, taking: Taking) -> str:
        plan = planned(
            taking.work, self.codebook, self.choices, into=self.into, codings=self.codings
        )
        if plan.problems:
            raise BadUsage(" ".join(plan.problems), "Nothing has been imported.")
        chosen = plan.chosen
        if any(chosen.get(uuid, choice) is not choice for uuid, choice in self.choices.items()):
            raise BadUsage(
                "The tags have been changed since the preview was made.",
                "Nothing has been imported; look at the preview again.",
            )
        applying = _Applying(taking, plan)
        applying.tags()
        documents, marks = applying.codings()
        parts = [_counted_tags(plan.made, "new"), _counted_tags(plan.changed, "changed")]
        carried = [counted(documents)] if documents else []
        carried += [counted_highlights(marks)] if marks else []
        if carried:
            parts.append(f"{' and '.join(carried)} tagged")
        said = ", ".join(part for part in parts if part) or "nothing new"
        used = "" if plan.before is not None else " and use it"
        return f"Import the tag collection “{plan.collection.name}”{used} ({said})"


def _together(changes: Sequence[Change]) -> Iterator[TagStep | TagsStep]:
    """The steps of changes to tags that are taken in this order: as few as keep it.

    A step of many puts tags in other places first, changes what else is said of them, and makes the
    new ones last. A tag that gets or gives up a digit is a step of its own, since another one may
    have had it, or get it.
    """
    waiting: list[Change] = []
    for before, after in changes:
        made = before is None
        digit = before is not None and after is not None and before.key != after.key
        if waiting and (digit or (not made and waiting[-1][0] is None)):
            yield TagsStep(tuple(waiting))
            waiting = []
        if digit:
            yield TagStep(before, after)
        else:
            waiting.append((before, after))
    if waiting:
        yield TagsStep(tuple(waiting))


def _counted_tags(number: int, what: str) -> str:
    if not number:
        return ""
    return f"1 {what} tag" if number == 1 else f"{number:,} {what} tags"


class _Applying:
    """A plan on its way into a transaction. ids: of the tags that the plan only numbered."""

    def __init__(self, taking: Taking, plan: Plan) -> None:
        self._taking = taking
        self._work = taking.work
        self._plan = plan
        self._ids: dict[int, int] = {}

    def tags(self) -> None:
        """Make and change the collection, its tags, their links and redirects."""
        collection = self._collection()
        lines = [line.after for line in self._plan.lines if line.after is not None]
        made = [after for after in lines if after.id < 0]
        # Each id is known before its row is written, so that all of them can be written at once.
        self._ids = {
            after.id: number for number, after in enumerate(made, self._work.many_tags.next_id())
        }
        present = self._work.many_tags.get([after.id for after in lines if after.id > 0])
        if any(after.id > 0 and after.parent in self._ids for after in lines):
            # One of them is to stand under a new one, which may have the name that another leaves.
            in_order = lines
        else:
            in_order = [after for after in lines if after.id > 0] + made
        changes = [(present.get(after.id), self._there(after, collection.id)) for after in in_order]
        for step in _together([each for each in changes if each[0] != each[1]]):
            self._taking.take(step)
        links = [
            TagLink.between(self._id(one), self._id(other), kind)
            for one, other, kind in self._plan.links
        ]
        if links:
            self._taking.take(TagLinksStep(tuple(dict.fromkeys(links)), True))
        for uuid, tag in self._plan.redirects:
            self._taking.take(RedirectStep(uuid, None, self._id(tag)))

    def _there(self, after: Tag, collection: int) -> Tag:
        """A tag as it will be, by the ids that it and the one above it have from now on."""
        return replace(
            after,
            id=self._id(after.id),
            uuid=after.uuid or str(uuids.uuid4()),
            collection=collection,
            parent=None if after.parent is None else self._id(after.parent),
        )

    def _collection(self) -> TagCollection:
        wanted, before = self._plan.collection, self._plan.before
        if before is not None:
            if wanted != before:
                self._taking.take(CollectionStep(before, wanted))
            return wanted
        active = self._work.collections.active()
        made = self._work.collections.add(wanted.name, uuid=wanted.uuid or None)
        full = replace(wanted, id=made.id, uuid=made.uuid)
        self._work.collections.change(full)
        self._taking.made(CollectionStep(None, full))
        self._taking.take(UseStep(active.id, made.id))
        return full

    def _id(self, tag: int) -> int:
        return self._ids.get(tag, tag)

    def codings(self) -> tuple[list[int], list[int]]:
        """Tag documents and passages; return both."""
        fit = self._plan.fit
        documents: set[int] = set()
        pairs = {self._id(tag): ids for tag, ids in fit.documents.items()}
        if pairs:
            self._taking.take(TaggingsStep(pairs_of(pairs), True))
            documents = carriers(pairs_of(pairs))
        for mark in fit.marks:
            if mark.here is not None and mark.note:
                note = sound_note(mark.note)
                self._taking.take(NoteStep(mark.here, "", note))
        tagged: defaultdict[int, list[int]] = defaultdict(list)
        there = [mark for mark in fit.marks if mark.here is not None]
        made = [mark for mark in fit.marks if mark.here is None]
        highlights = [mark.here for mark in there if mark.here is not None] + self._marked(made)
        for mark, highlight in zip([*there, *made], highlights, strict=True):
            for tag in mark.tags:
                tagged[self._id(tag)].append(highlight)
        if not tagged:
            return sorted(documents), []
        on_marks = pairs_of({tag: tuple(sorted(marked)) for tag, marked in tagged.items()})
        self._taking.take(HighlightTaggingsStep(on_marks, True))
        return sorted(documents), sorted(carriers(on_marks))

    def _marked(self, marks: list[Mark]) -> list[int]:
        """Make highlights; return their ids, in order."""
        if not marks:
            return []
        work = self._work
        now = datetime.fromtimestamp(work.now_ms / 1000, UTC)
        wanted = [mark.passage.uuid for mark in marks if mark.passage.uuid]
        taken = work.highlights.uuids_among(wanted)
        grounds: dict[tuple[int, str], _Letters] = {}
        news: list[Highlight] = []
        for mark in marks:
            spot, passage = mark.spot, mark.passage
            key = spot.document, spot.version
            if key not in grounds:
                # One text at a time: passages come text by text.
                grounds = {key: _Letters(work, *key)}
            uuid = passage.uuid
            if not uuid or uuid in taken:
                uuid = str(uuids.uuid4())
            taken.add(uuid)
            news.append(
                Highlight(
                    id=0,
                    uuid=uuid,
                    document=spot.document,
                    anchor=anchor_at(
                        spot.version,
                        grounds[key].canonical,
                        spot.start,
                        spot.end,
                        page=grounds[key].page(spot.start),
                    ),
                    colour=passage.colour if passage.colour in MARK_COLOURS else MARK_COLOURS[0],
                    style=MarkStyle.FILL,
                    note=sound_note(passage.note),
                    made_at=now,
                    changed_at=now,
                )
            )
        made = work.highlights.add_many(news)
        for first in range(0, len(made), _MARKS_A_STEP):
            some = made[first : first + _MARKS_A_STEP]
            self._taking.made(HighlightStep(tuple(OneChange(None, kept_of(each)) for each in some)))
        return [each.id for each in made]


class _Letters:
    """A text as far as a passage of it needs to know."""

    def __init__(self, work: Work, document: int, version: str) -> None:
        in_use, canonical, pages = work.texts.ground(document)
        self._pages: tuple[tuple[int, int], ...] = pages if in_use == version else ()
        self.canonical = canonical
        if in_use != version:
            self.canonical = canonical_of(work.connection, document, version)

    def page(self, start: int) -> int | None:
        """The page that a place is on; None where the text has none."""
        at = bisect_right(self._pages, (start, sys.maxsize)) - 1
        return self._pages[at][1] if at >= 0 else None
