"""The kept originals, read again with the readers of today.

Each batch is one transaction: it can be stopped or killed at any time, and what was read until then
stays. What was set by hand stays, the place where reading stopped is carried over, and a document
that can no longer be read keeps the text that it has.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.errors import Problem
from desktop_app.core.model import Document, FactName, Facts, OriginKind, Part, PartRole, TextRole
from desktop_app.core.places import carried
from desktop_app.core.text import Text
from desktop_app.formats.extract import Extract
from desktop_app.formats.facts.proposals import facts_from
from desktop_app.formats.file import File
from desktop_app.formats.process.worker import Worker
from desktop_app.library.import_batches import parts_of
from desktop_app.store.store import Snapshot, Store, Work

_BATCH_DOCUMENTS = 64
_BATCH_BYTES = 16_000_000


@dataclass(frozen=True, slots=True)
class NotRead:
    """A document that keeps its old text, and why."""

    document: int
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """How far the reading has come. of: how many there are to read. changed: by id.

    same: how many gave the same as before. stopped: whether it ended before its end.
    """

    of: int
    changed: tuple[int, ...] = ()
    same: int = 0
    failed: tuple[NotRead, ...] = ()
    stopped: bool = False

    @property
    def done(self) -> int:
        """How many have been read."""
        return len(self.changed) + self.same + len(self.failed)


def read_again(
    store: Store,
    worker: Worker,
    ids: Sequence[int] | None,
    *,
    stop: threading.Event,
    on_progress: Callable[[ReadAgain], None],
    tell: Callable[[Changes], object],
) -> ReadAgain:
    """Read the originals of documents again, of all of them where ids is None."""
    with store.read() as snapshot:
        documents = snapshot.documents
        chosen = (
            sorted(documents.all_ids() | documents.all_ids(trashed=True))
            if ids is None
            else [document.id for document in documents.many(list(dict.fromkeys(ids)))]
        )
    reading = _Reading(store, worker, chosen, stop)
    try:
        while not reading.ended:
            changes = reading.batch()
            if changes:
                tell(changes)
            on_progress(reading.state)
    finally:
        worker.forget()
        reading.close()
    return reading.state


class _Reading:
    """Feeds the worker, and writes down what is new."""

    def __init__(
        self, store: Store, worker: Worker, ids: Sequence[int], stop: threading.Event
    ) -> None:
        self._store = store
        self._worker = worker
        self._stop = stop
        self._left = list(reversed(ids))
        self._given: dict[int, int] = {}  # what the worker has in hand, and its bytes
        self._dropped = False
        self.state = ReadAgain(len(ids))
        self.ended = not ids

    def batch(self) -> Changes:
        """Read until there is a batch to write, and write it."""
        extracts: dict[int, Extract] = {}
        failed: list[NotRead] = []
        size = 0
        while len(extracts) + len(failed) < _BATCH_DOCUMENTS and size < _BATCH_BYTES:
            if self._stop.is_set():
                self.ended = True
                self.state = replace(self.state, stopped=True)
                break
            self._feed(failed)
            if not self._given:
                self.ended = not self._left
                if self.ended:
                    break
                continue
            answer = self._worker.answer(0.05)
            if answer is None:
                continue
            document, result = answer
            size += self._given.pop(document)
            if isinstance(result, Extract):
                extracts[document] = result
            else:
                failed.append(self._not_read(document, result))
        return self._write(extracts, failed)

    def close(self) -> None:
        """Delete the files of pictures that no text shows any more."""
        if self._dropped:
            self._store.forget_originals()

    def _feed(self, failed: list[NotRead]) -> None:
        while self._left and self._worker.has_room:
            document = self._left.pop()
            try:
                file = self._file(document)
            except Problem as problem:
                failed.append(self._not_read(document, problem))
                continue
            if file is not None:
                self._given[document] = file.size
                self._worker.submit(document, file)
            else:
                self.state = replace(self.state, of=self.state.of - 1)

    def _file(self, document_id: int) -> File | None:
        """What the worker is given; None where the document is gone."""
        with self._store.read() as snapshot:
            document = snapshot.documents.get(document_id)
            companions = snapshot.parts.companions(document_id)
        if document is None:
            return None
        originals = self._store.originals
        beside = {part.name: originals.read(part.original) for part in companions if part.original}
        return File(originals.read(document.original), document.file_name, beside)

    def _not_read(self, document: int, problem: Problem) -> NotRead:
        with self._store.read() as snapshot:
            title = snapshot.documents.titles([document]).get(document, "")
        return NotRead(document, title, str(problem))

    def _write(self, extracts: Mapping[int, Extract], failed: Sequence[NotRead]) -> Changes:
        with self._store.read() as snapshot:
            found = {document.id: document for document in snapshot.documents.many(list(extracts))}
            other = {
                document: extracts[document]
                for document in found
                if _differs(snapshot, found[document], extracts[document])
            }
        changes = Changes()
        if other:
            pictures = [p for extract in other.values() for p in extract.pictures]
            self._store.originals.keep([(p.hash, p.content) for p in pictures])
            with self._store.write() as work:
                # Looked up again: the user may have changed them meanwhile.
                for document in work.documents.many(list(other)):
                    changes |= _renew(work, document, other[document.id])
                self._dropped |= bool(work.parts.drop_unused_originals())
        self.state = replace(
            self.state,
            of=self.state.of - (len(extracts) - len(found)),
            changed=(*self.state.changed, *sorted(other)),
            same=self.state.same + len(found) - len(other),
            failed=(*self.state.failed, *failed),
        )
        return changes


def _differs(snapshot: Snapshot, document: Document, extract: Extract) -> bool:
    return (
        document.media_type != extract.media_type
        or _facts(document, extract) != document.facts
        or snapshot.proposals.get(document.id) != extract.proposals
        or _made(snapshot, document.id) != parts_of(extract)
        or _texts_differ(snapshot, document.id, extract)
    )


def _texts_differ(snapshot: Snapshot, document: int, extract: Extract) -> bool:
    roles = snapshot.texts.roles(document)
    for role, new in ((TextRole.MAIN, extract.text), (TextRole.WHOLE, extract.whole)):
        if (new and new.version) != roles.get(role):
            return True
        # Folds are no part of it: they follow from the text and its source.
        if new and _without_folds(snapshot.texts.get(document, role)) != _without_folds(new):
            return True
    return False


def _without_folds(text: Text) -> Text:
    return replace(text, folds=())


def _made(snapshot: Snapshot, document: int) -> tuple[Part, ...]:
    """The parts that reading makes: first the pictures, then the attachments."""
    return (*snapshot.parts.pictures(document), *snapshot.parts.attachments(document))


def _facts(document: Document, extract: Extract) -> Facts:
    """The facts as proposed now, but for those that were set by hand."""
    new = facts_from(extract.proposals, document.file_name)
    old = document.facts
    mine = {name for name, origin in old.origins.items() if origin.kind is OriginKind.YOU}
    origins = {name: o for name, o in new.origins.items() if name not in mine}
    origins |= {name: old.origins[name] for name in mine}
    return replace(
        new,
        origins=origins,
        **{name.value: getattr(old, name) for name in FactName if name in mine},
    )


def _renew(work: Work, document: Document, extract: Extract) -> Changes:
    """Give a document what was read anew."""
    kinds: set[Kind] = set()
    facts = _facts(document, extract)
    if facts != document.facts:
        work.documents.set_facts(document.id, facts)
        kinds.add(Kind.FACTS)
    if work.proposals.get(document.id) != extract.proposals:
        work.proposals.put(document.id, extract.proposals)
        kinds.add(Kind.FACTS)
    if document.media_type != extract.media_type:
        work.documents.set_media_type(document.id, extract.media_type)
        kinds.add(Kind.FACTS)
    if _texts_differ(work, document.id, extract):
        old = work.texts.canonical(document.id)
        work.texts.put(document.id, extract.text, extract.extractor, whole=extract.whole)
        position = carried(document.position, old, work.texts.canonical(document.id))
        work.documents.set_progress(document.id, progress=document.progress, position=position)
        kinds.add(Kind.TEXT)
    if _made(work, document.id) != parts_of(extract):
        work.parts.put(document.id, _parts(work, document.id, extract))
        kinds.add(Kind.TEXT)
    return Changes(frozenset([document.id]), frozenset(kinds))


def _parts(work: Work, document: int, extract: Extract) -> list[Part]:
    """The parts of a document now: also the pictures that only old versions of its text show."""
    made = list(parts_of(extract))
    pictures = [part for part in made if part.role is PartRole.PICTURE]
    present = {part.original for part in pictures}
    named = work.texts.pictures_named(document) - present
    kept = [part for part in work.parts.pictures(document) if part.original in named]
    first = len(pictures)
    made += [replace(part, number=number) for number, part in enumerate(kept, first)]
    return [*work.parts.companions(document), *made]
