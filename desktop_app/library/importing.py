"""Files into the library: found, read, known or not, extracted, kept, and only then acknowledged.

The worker extracts while the last batch is being made durable. A batch is one round of originals
brought to the disk and one transaction, so that being durable does not cost the rate; an outcome
is said once what it says is on the disk. Whatever is stopped or fails in between leaves each
document there whole or not at all.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.core.errors import Problem
from desktop_app.core.file_names import shown_name
from desktop_app.core.model import Document
from desktop_app.formats.extract import Extract
from desktop_app.formats.file import File
from desktop_app.formats.limits import Limits
from desktop_app.formats.proposals import facts_from
from desktop_app.formats.worker import Worker
from desktop_app.library.finding_files import Finder, Found
from desktop_app.library.outcomes import Outcome, OutcomeKind, Progress
from desktop_app.library.reading_files import read_whole
from desktop_app.library.tally import Tally
from desktop_app.store.documents import NewDocument
from desktop_app.store.store import Store

BATCH_DOCUMENTS = 128
BATCH_BYTES = 16_000_000
BATCH_S = 0.4
# Read ahead, so that one look into the library tells which of them it knows.
CHUNK_FILES = 32
CHUNK_BYTES = 8_000_000
SAY_EVERY_S = 0.1


@dataclass(slots=True)
class _Item:
    """A file on its way; the digest is empty where it was refused before it was read.

    twin: whether a file with the same bytes is on its way before it.
    """

    path: Path
    content: bytes = b""
    digest: str = ""
    twin: bool = False
    outcome: Outcome | None = None
    extract: Extract | None = None

    @property
    def kind(self) -> tuple[str, str]:
        """What the worker's answer depends on: the bytes, and the endings of the name."""
        return self.digest, "".join(self.path.suffixes[-2:]).lower()


class Importing:
    """One import.

    acknowledge is called for each file, in the order found, once its outcome is durable; batch
    is called with the ids of the documents of each durable batch, before they are acknowledged.
    """

    def __init__(
        self,
        store: Store,
        worker: Worker,
        *,
        tag: int | None,
        stop: threading.Event,
        acknowledge: Callable[[Outcome], None],
        batch: Callable[[Sequence[int]], None],
        progress: Callable[[Progress], None],
        limits: Limits,
    ) -> None:
        self._store = store
        self._worker = worker
        self._tag = tag
        self._stop = stop
        self._acknowledge = acknowledge
        self._batch = batch
        self._progress = progress
        self._limits = limits
        self._tally = Tally()
        self._waiting: deque[_Item] = deque()  # in the order found, not acknowledged yet
        self._by_key: dict[int, _Item] = {}  # given to the worker, not answered yet
        self._refusals: dict[tuple[str, str], Problem] = {}
        self._keys = 0
        self._first_answer_at: float | None = None
        self._said_at = 0.0

    def run(self, paths: Sequence[Path]) -> Progress:
        """Import until all is done or the stop is set; DiskTrouble and the like end it."""
        finder = Finder(paths)
        try:
            files = iter(finder)
            exhausted = False
            while not self._stop.is_set():
                while self._worker.has_room and not exhausted and not self._stop.is_set():
                    exhausted = not self._read_some(files)
                    self._flush_if_due()
                    self._say(finder)
                if not self._waiting and exhausted:
                    break
                self._take_answer()
                self._flush_if_due(all_done=exhausted and not self._by_key)
                self._say(finder)
            if self._stop.is_set():
                self._worker.forget()
                self._drop_unanswered()
                self._flush()
        finally:
            self._worker.forget()
            finder.stop()
        progress = self._tally.progress(finder)
        self._progress(progress)
        return progress

    def _say(self, finder: Finder) -> None:
        if time.monotonic() - self._said_at >= SAY_EVERY_S:
            self._said_at = time.monotonic()
            self._progress(self._tally.progress(finder))

    def _read_some(self, files: Iterator[Found]) -> bool:
        """Read the next files and hand the unknown ones to the worker; False when none is left."""
        chunk: list[_Item] = []
        size = 0
        more = True
        while len(chunk) < CHUNK_FILES and size < CHUNK_BYTES:
            found = next(files, None)
            if found is None:
                more = False
                break
            item = _Item(found.path)
            chunk.append(item)
            try:
                if found.refused:
                    raise Problem(found.refused)
                item.content = read_whole(found.path, self._limits)
            except Problem as problem:
                item.outcome = _refused(found.path, problem)
                continue
            size += len(item.content)
            item.digest = hashlib.sha256(item.content).hexdigest()
        self._submit(chunk)
        return more

    def _submit(self, chunk: Sequence[_Item]) -> None:
        with self._store.read() as snapshot:
            known = snapshot.documents.by_originals([i.digest for i in chunk if i.digest])
        coming = {item.kind for item in self._waiting if item.digest}
        digests = {item.digest for item in self._waiting}
        for item in chunk:
            self._waiting.append(item)
            if item.outcome is not None:
                continue
            if document := known.get(item.digest):
                item.outcome = self._known_outcome(item, document)
            elif item.kind in coming:
                item.content = b""  # decided when its twin is
            else:
                item.twin = item.digest in digests
                coming.add(item.kind)
                digests.add(item.digest)
                self._keys += 1
                self._by_key[self._keys] = item
                self._worker.submit(self._keys, File(item.content, item.path.name))

    def _take_answer(self) -> None:
        answer = self._worker.answer(0.05) if self._by_key else None
        while answer is not None:
            key, result = answer
            item = self._by_key.pop(key)
            if isinstance(result, Extract):
                item.extract = result
                if self._first_answer_at is None:
                    self._first_answer_at = time.monotonic()
            else:
                item.outcome = _refused(item.path, result)
                item.content = b""
                self._refusals[item.kind] = result
            answer = self._worker.answer(0) if self._by_key else None

    def _drop_unanswered(self) -> None:
        dropped = {id(item) for item in self._by_key.values()}
        gone = {item.kind for item in self._by_key.values()}
        self._by_key.clear()
        self._waiting = deque(
            item
            for item in self._waiting
            if id(item) not in dropped
            and not (item.outcome is None and item.extract is None and item.kind in gone)
        )

    def _ready(self) -> list[_Item]:
        """The items at the front of the line that wait for nothing but the disk."""
        unanswered = {id(item) for item in self._by_key.values()}
        ready: list[_Item] = []
        for item in self._waiting:
            if id(item) in unanswered or len(ready) >= BATCH_DOCUMENTS:
                break
            ready.append(item)
        return ready

    def _flush_if_due(self, *, all_done: bool = False) -> None:
        since = self._first_answer_at
        old = since is not None and time.monotonic() - since >= BATCH_S
        full = len(self._waiting) - len(self._by_key) >= BATCH_DOCUMENTS
        large = sum(len(item.content) for item in self._waiting if item.extract) >= BATCH_BYTES
        if all_done or old or full or large:
            self._flush()
        else:
            self._acknowledge_settled()

    def _flush(self) -> None:
        while ready := self._ready():
            self._make_durable([item for item in ready if item.extract])
            self._acknowledge_settled()
        self._first_answer_at = None

    def _acknowledge_settled(self) -> None:
        """Say the outcomes at the front of the line that wait for nothing any more."""
        unanswered = {id(item) for item in self._by_key.values()}
        while self._waiting:
            item = self._waiting[0]
            if id(item) in unanswered or item.extract is not None:
                return
            self._waiting.popleft()
            if item.outcome is None:
                item.outcome = self._twin_outcome(item)
            self._tally.kinds[item.outcome.kind] += 1
            self._acknowledge(item.outcome)

    def _make_durable(self, items: Sequence[_Item]) -> None:
        items = self._without_twins(items)
        if not items:
            return
        self._store.originals.keep([(item.digest, item.content) for item in items])
        new = [_new_document(item) for item in items]
        with self._store.write() as work:
            ids = work.documents.add_many(new)
            if self._tag is not None:
                work.taggings.add(self._tag, ids)
        self._batch(ids)
        for item, document, made in zip(items, ids, new, strict=True):
            assert item.extract is not None
            warning = item.extract.warning
            kind = OutcomeKind.WARNING if warning else OutcomeKind.IMPORTED
            item.outcome = Outcome(str(item.path), kind, document, made.facts.title, warning or "")
            item.content, item.extract = b"", None

    def _without_twins(self, items: Sequence[_Item]) -> list[_Item]:
        """Leave out those whose bytes came a moment ago under a name of another kind."""
        with self._store.read() as snapshot:
            known = set(snapshot.documents.by_originals([i.digest for i in items if i.twin]))
        new: list[_Item] = []
        for item in items:
            if item.digest in known:
                item.content, item.extract = b"", None
            else:
                known.add(item.digest)
                new.append(item)
        return new

    def _twin_outcome(self, item: _Item) -> Outcome:
        """The outcome of a file whose bytes came a moment ago under another name."""
        # First what became of the same kind of name: the bytes may be durable under another kind
        # by now or not, as the batches fall.
        if refusal := self._refusals.get(item.kind):
            return _refused(item.path, refusal)
        with self._store.read() as snapshot:
            twin = snapshot.documents.by_originals([item.digest])[item.digest]
        return self._known_outcome(item, twin)

    def _known_outcome(self, item: _Item, document: Document) -> Outcome:
        """Say which document it is; where that has lost its original, these bytes take its place."""
        where = ", in the trash" if document.trashed_at else ""
        reason = f"It is here already{where}, as document {document.id}: “{document.title}”."
        if item.content and not self._store.originals.holds(item.digest, item.content):
            self._store.originals.keep([(item.digest, item.content)])
            reason += " Its original was missing or damaged, and has been put back."
        item.content = b""
        return Outcome(str(item.path), OutcomeKind.KNOWN, document.id, document.title, reason)


def _new_document(item: _Item) -> NewDocument:
    extract = item.extract
    assert extract is not None
    return NewDocument(
        facts=facts_from(extract.proposals, item.path.name),
        media_type=extract.media_type,
        file_name=shown_name(item.path.name),
        original=item.digest,
        size_bytes=len(item.content),
        text=extract.text,
        extractor=extract.extractor,
        words=extract.words,
    )


def _refused(path: Path, problem: Problem) -> Outcome:
    return Outcome(str(path), OutcomeKind.REFUSED, reason=str(problem))
