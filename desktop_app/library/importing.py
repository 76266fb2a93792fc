"""Files into the library: found, read, known or not, extracted, kept, and only then acknowledged.

The worker extracts while the last batch is being made durable; an outcome is said once what it says
is on the disk, in the order found. Whatever is stopped or fails in between leaves each document
there whole or not at all.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from desktop_app.formats.extract import Extract
from desktop_app.formats.limits import Limits
from desktop_app.formats.process.worker import Worker
from desktop_app.library.import_batches import Batches
from desktop_app.library.import_items import Item
from desktop_app.library.outcomes import Outcome, OutcomeKind, Progress
from desktop_app.library.reading_ahead import ReadingAhead
from desktop_app.library.saved_pages import read_companions
from desktop_app.library.tally import Tally
from desktop_app.store.store import Store

BATCH_DOCUMENTS = 128
BATCH_BYTES = 16_000_000
BATCH_S = 0.4
# All that is held between being read and being durable; a file that is larger comes by itself.
ON_THE_WAY_BYTES = 64_000_000
SAY_EVERY_S = 0.1
_WAIT_S = 0.05  # for an answer of the worker


class Importing:
    """One import.

    acknowledge is called for each file, in the order found, once its outcome is durable; batch
    is called with the ids of the documents of each durable batch, before they are acknowledged.
    """

    def __init__(
        self,
        store: Store,
        worker: Worker,
        batches: Batches,
        *,
        stop: threading.Event,
        acknowledge: Callable[[Outcome], None],
        batch: Callable[[Sequence[int]], None],
        progress: Callable[[Progress], None],
        limits: Limits,
    ) -> None:
        self._store = store
        self._worker = worker
        self._batches = batches
        self._stop = stop
        self._acknowledge = acknowledge
        self._batch = batch
        self._progress = progress
        self._limits = limits
        self._told: Counter[bytes] = Counter()
        self._tally = Tally()
        self._waiting: deque[Item] = deque()  # in the order found, not acknowledged yet
        self._by_key: dict[int, Item] = {}  # given to the worker, not answered yet
        self._keys = 0
        self._held = 0  # bytes of all that wait, as they were when they came
        self._extracted = 0  # bytes of those that are answered
        self._settled_at: float | None = None  # when the first of those that wait for the disk was
        self._said_at = 0.0
        self.stopped = False  # before its end

    def run(self, paths: Sequence[Path], given: Sequence[Item] = ()) -> Progress:
        """Import until all is done or the stop is set; DiskTrouble and the like end it.

        given: documents that come with their bytes, before the files.
        """
        ahead = ReadingAhead(paths, self._limits, self._told, given)
        try:
            exhausted = False
            while not self._stop.is_set():
                while self._has_room and not exhausted and not self._stop.is_set():
                    chunk = ahead.chunk()
                    exhausted = not chunk
                    self._submit(chunk)
                    self._take_answers(0)  # what is known already leaves room for ever
                    self._flush_if_due()
                    self._say(ahead)
                if not self._waiting and exhausted:
                    break
                self._take_answers(_WAIT_S)
                self._flush_if_due(all_done=exhausted and not self._by_key)
                self._say(ahead)
            else:
                self.stopped = True
                self._worker.forget()
                self._drop_unanswered()
                self._flush()
        finally:
            self._worker.forget()
            ahead.stop()
        progress = self._progress_now(ahead)
        self._progress(progress)
        return progress

    def go_on_after(self, told: Counter[bytes], counts: Mapping[OutcomeKind, int]) -> None:
        """Pass over what was told already: how often each place was, and what it came to."""
        self._told = told
        self._tally.kinds |= counts

    @property
    def _has_room(self) -> bool:
        return self._worker.has_room and self._held < ON_THE_WAY_BYTES

    def _say(self, ahead: ReadingAhead) -> None:
        if time.monotonic() - self._said_at >= SAY_EVERY_S:
            self._said_at = time.monotonic()
            self._progress(self._progress_now(ahead))

    def _progress_now(self, ahead: ReadingAhead) -> Progress:
        return self._tally.progress(found=ahead.found, counting=ahead.counting)

    def _submit(self, chunk: Sequence[Item]) -> None:
        """Hand the unknown ones to the worker."""
        if not chunk:
            return
        with self._store.read() as snapshot:
            known = snapshot.documents.by_originals([i.digest for i in chunk if i.digest])
        coming = {item.kind for item in self._waiting if item.digest}
        digests = {item.digest for item in self._waiting}
        for item in chunk:
            self._waiting.append(item)
            if item.outcome is None and (document := known.get(item.digest)):
                self._batches.settle_known(item, document)
            elif item.outcome is None and item.kind in coming:
                item.drop()  # decided when its twin is
            elif item.outcome is None:
                item.twin = item.digest in digests
                coming.add(item.kind)
                digests.add(item.digest)
                self._hand_over(item)
            if item.outcome is not None:
                self._note_settled()

    def _hand_over(self, item: Item) -> None:
        if item.folder is not None:
            beside = read_companions(item.folder, self._limits)
            item.companions, item.left_out = beside.files, beside.left_out
        self._keys += 1
        self._by_key[self._keys] = item
        item.held = item.size
        self._held += item.held
        self._worker.submit(self._keys, item.file())

    def _take_answers(self, wait_s: float) -> None:
        answer = self._worker.answer(wait_s) if self._by_key else None
        while answer is not None:
            key, result = answer
            item = self._by_key.pop(key)
            if isinstance(result, Extract):
                item.extract = result
                self._extracted += item.size
            else:
                self._batches.refused(item, result)
            self._note_settled()
            answer = self._worker.answer(0) if self._by_key else None

    def _note_settled(self) -> None:
        if self._settled_at is None:
            self._settled_at = time.monotonic()

    def _drop_unanswered(self) -> None:
        gone = {item.kind for item in self._by_key.values()}
        self._by_key.clear()
        self._waiting = deque(
            item for item in self._waiting if item.settled or item.kind not in gone
        )

    def _flush_if_due(self, *, all_done: bool = False) -> None:
        since = self._settled_at
        old = since is not None and time.monotonic() - since >= BATCH_S
        full = len(self._waiting) - len(self._by_key) >= BATCH_DOCUMENTS
        large = self._extracted >= BATCH_BYTES
        if all_done or old or full or large:
            self._flush()

    def _flush(self) -> None:
        """Make durable and say what stands at the front of the line and waits for nothing else."""
        while ready := self._ready():
            ids = self._batches.keep(ready)
            if ids:
                self._batch(ids)
            for item in ready:
                self._waiting.popleft()
                self._held -= item.held
                assert item.outcome is not None
                self._tally.kinds[item.outcome.kind] += 1
                self._tally.in_trash += item.in_trash
                self._tally.hidden += item.hidden
                self._acknowledge(item.outcome)
        self._settled_at = None
        self._extracted = sum(item.size for item in self._waiting if item.extract)

    def _ready(self) -> list[Item]:
        unanswered = {id(item) for item in self._by_key.values()}
        ready: list[Item] = []
        for item in self._waiting:
            if id(item) in unanswered or len(ready) >= BATCH_DOCUMENTS:
                break
            ready.append(item)
        return ready
