"""Keep the index in step with the library: what is behind is taken in, batch by batch.

The queue in the database says what changed; the index notes the newest row that it has taken in,
so that a batch that was cut short is simply done again. When the index is opened its documents
are compared with the library's, and what is missing or too many waits in a backlog. An index that
cannot be trusted is removed and built anew; one that is rebuilt on request goes on answering until
the new one beside it is whole.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.core.matching import fold_edges
from desktop_app.core.query_tree import Near, Or, Said
from desktop_app.library.index_state import Asked, IndexState, nothing
from desktop_app.search.home import IndexHome
from desktop_app.search.manifest import IndexUnusable
from desktop_app.search.mirror import Entry, Mirror
from desktop_app.store.filters import document_count, queue_length, queued
from desktop_app.store.store import Snapshot, Store

BATCH = 1_000
_BATCH_LETTERS = 16_000_000
_FETCH = 50
_MOST_FAILURES = 3

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Target:
    """An index that is kept, and the documents to look at again beside those in the queue."""

    mirror: Mirror
    backlog: list[int] = field(default_factory=list)


class Mirroring:
    """The indexes of one library. One thread opens and steps; any thread may ask.

    writing: whether this process keeps the index; the store itself is only ever read here.
    """

    def __init__(self, store: Store, cache: Path, *, writing: bool) -> None:
        self._store = store
        self._home = IndexHome(cache, store.folder, store.uuid)
        self._writing = writing
        self._lock = threading.RLock()  # held while a query is answered and while indexes change
        self._live: _Target | None = None
        self._next: _Target | None = None
        self._unheld = 0  # documents that only an index could tell of, where there is none
        self._suspect = False
        self._failures = 0
        self._trouble = ""
        self._done: list[int] = []

    # Opening and closing

    def open(self) -> None:
        """Find the newest index that can be trusted, or begin one; queries are answered from then.

        Waits for another process that is just ending to let go of the index.
        """
        if self._writing:
            self._home.hold()
            self._home.sweep()
        self._choose()

    def _choose(self) -> None:
        home, generation = self._home, self._store.generation
        live: Mirror | None = None
        building: Mirror | None = None
        for folder in home.folders():
            mirror = None if live else self._opened(folder, generation)
            if mirror is not None and mirror.manifest.complete:
                live = mirror
            elif mirror is not None and building is None:
                building = mirror
            else:
                if mirror is not None:
                    mirror.close()
                if self._writing:
                    home.remove(folder)
        if live is None and building is None and self._writing:
            building = self._created(0)
        with self._lock:
            self._live = _Target(live) if live else None
            self._next = _Target(building) if building else None
            self._suspect = False
        self._compare()

    def _opened(self, folder: Path, generation: str) -> Mirror | None:
        """Open an index of this library as it is now; None where it cannot be trusted."""
        for _ in range(1 if self._writing else 3):  # its owner may just be writing it
            try:
                mirror = Mirror.open(folder, self._home.key, read_only=not self._writing)
            except IndexUnusable as why:
                log.warning("an index is set aside: %s", why)
                continue
            made_for = (mirror.manifest.library, mirror.manifest.generation)
            if made_for == (self._store.uuid, generation):
                return mirror
            mirror.close()
            return None
        return None

    def _created(self, queue_id: int) -> Mirror:
        return Mirror.create(
            self._home.next_folder(),
            self._home.key,
            library=self._store.uuid,
            generation=self._store.generation,
            queue_id=queue_id,
        )

    def _compare(self) -> None:
        """Note which documents each index lacks or has too many of, and which rows are done."""
        with self._store.read() as snapshot:
            rows = queued(snapshot.connection, after=0, limit=-1)
            there = snapshot.documents.all_ids() | snapshot.documents.all_ids(trashed=True)
            for target in self._targets():
                taken_in = target.mirror.manifest.queue_id
                waiting = {document for row, document in rows if row > taken_in}
                target.backlog = sorted(there.symmetric_difference(target.mirror.ids()) - waiting)
        if not self._targets():
            self._unheld = len(there - {document for _, document in rows})
        self._done = [row for row, _ in rows if row <= self._queue_id()]

    def close(self) -> None:
        """Let go of the index; nothing is lost, whatever was going on."""
        self._drop()
        self._home.release()

    def _drop(self) -> None:
        with self._lock:
            for target in self._targets():
                target.mirror.close()
            self._live = self._next = None

    def _targets(self) -> list[_Target]:
        return [target for target in (self._live, self._next) if target is not None]

    # Asking

    def ask(self, parts: Sequence[Said | Near | Or], among: Collection[int] | None = None) -> Asked:
        """Answer parts of a query from what is in the index now, of some documents or of all."""
        with self._lock:
            target = self._live or self._next
            if target is None:
                return Asked(nothing(len(parts)), backlog=self._unheld)
            try:
                found = target.mirror.ask(parts, among)
            except Exception:  # whatever a damaged file does to Whoosh: the next step builds anew
                log.exception("the index does not answer")
                self._suspect = True
                return Asked(nothing(len(parts)), backlog=target.mirror.count())
            return Asked(found, target.mirror.manifest.queue_id, len(target.backlog))

    def near_spellings(self, form: str, limit: int) -> list[tuple[str, int]]:
        """Words that may be other spellings of a word, as Mirror gives them."""
        return self._words(lambda mirror: mirror.near_spellings(form, limit))

    def beginning_with(self, beginning: str, limit: int) -> list[tuple[str, int]]:
        """Words that begin so, as Mirror gives them."""
        return self._words(lambda mirror: mirror.beginning_with(beginning, limit))

    def _words(self, of: Callable[[Mirror], list[tuple[str, int]]]) -> list[tuple[str, int]]:
        with self._lock:
            target = self._live or self._next
            if target is None:
                return []
            try:
                return of(target.mirror)
            except Exception:  # as for a query
                log.exception("the index does not answer")
                self._suspect = True
                return []

    def state(self) -> IndexState:
        """How far the index is behind now."""
        with self._lock:
            target = self._live or self._next
            after = target.mirror.manifest.queue_id if target else 0
            backlog = len(target.backlog) if target else self._unheld
            rebuilding = self._next is not None
            to_go = len(self._next.backlog) if self._next else 0
        with self._store.read() as snapshot:
            total = document_count(snapshot.connection)
            waiting = queue_length(snapshot.connection, after=after) + backlog
        note = self._trouble
        if not note and waiting:
            note = f"Catching up, {waiting:,} of {max(total, waiting):,} to go."
        elif not note and rebuilding and to_go:
            note = f"Making the index anew, {to_go:,} of {max(total, to_go):,} to go."
        return IndexState(waiting, total, rebuilding, note)

    # Stepping

    def take_done(self) -> list[int]:
        """The rows of the queue that are in the index and can be deleted; each is given once."""
        done, self._done = self._done, []
        return done

    def _queue_id(self) -> int:
        return min((target.mirror.manifest.queue_id for target in self._targets()), default=0)

    def vanished(self) -> bool:
        """Whether an index that was opened is no longer where it was."""
        return any(not target.mirror.present for target in self._targets())

    def rebuild(self) -> None:
        """Begin a new index beside the one that answers, if there is one."""
        if not self._writing:
            return
        if self._next is not None:
            with self._lock:
                begun, self._next = self._next, None
            begun.mirror.close()
            self._home.remove(begun.mirror.folder)
        self._failures, self._trouble = 0, ""
        # What is in the queue up to here is in the new backlog too.
        taken_in = self._live.mirror.manifest.queue_id if self._live else 0
        self._next = _Target(self._created(taken_in))
        self._compare()

    def step(self) -> bool:
        """Do one batch; False when there is nothing to do, or nothing that helps."""
        if not self._writing or self._failures > _MOST_FAILURES:
            return False
        try:
            if self._suspect:
                self._start_over()
            if not self._targets():
                self._choose()
            did = self._step()
        except IndexUnusable:
            log.exception("the index cannot be used")
            self._failures += 1
            self._trouble = (
                "The search index cannot be made. Documents are safe; start Postil again to retry."
                if self._failures > _MOST_FAILURES
                else ""
            )
            self._suspect = self._failures > 1
            self._drop()
            return True
        except OSError as trouble:
            log.exception("the index cannot be written")
            self._trouble = (
                f"The search index cannot be written: {trouble.strerror or trouble}. "
                "Documents are safe; searches may miss the newest."
            )
            self._drop()
            with suppress(OSError):
                self._choose()
            return False
        if did:
            self._failures, self._trouble = 0, ""
        return did

    def _start_over(self) -> None:
        """Remove every index and begin a new one."""
        self._drop()
        for folder in self._home.folders():
            self._home.remove(folder)
        self._choose()

    def _step(self) -> bool:
        after = self._queue_id()
        with self._store.read() as snapshot:
            rows = queued(snapshot.connection, after=after, limit=BATCH)
            entries, gone, taken = _fetch(snapshot, [document for _, document in rows])
        if rows:
            rows = rows[:taken]
            for target in self._targets():
                newest = max(rows[-1][0], target.mirror.manifest.queue_id)
                target.mirror.update(entries, gone, queue_id=newest)
            self._done.extend(row for row, _ in rows)
            return True
        for target in self._targets():
            if target.backlog:
                with self._store.read() as snapshot:
                    entries, gone, taken = _fetch(snapshot, target.backlog[:BATCH])
                target.mirror.update(entries, gone, queue_id=target.mirror.manifest.queue_id)
                with self._lock:
                    target.backlog = target.backlog[taken:]
                return True
        if self._next is not None:
            self._switch()
            return True
        return False

    def tidy(self, *, largest: int = 4_000) -> bool:
        """Merge small parts of the index, to at most so many documents; False if none need it.

        A merge holds all postings of its documents in memory, some 150 kB for each.

        New documents wait meanwhile: for when there is nothing else to do.
        """
        if not self._writing or self._live is None:
            return False
        try:
            return self._live.mirror.merge_some(largest=largest)
        except (IndexUnusable, OSError):
            log.exception("the index could not be merged")
            self._drop()
            return False

    def _switch(self) -> None:
        """Let the index that is whole now answer, and remove the one before it."""
        assert self._next is not None
        self._next.mirror.complete()
        with self._lock:
            old, self._live, self._next = self._live, self._next, None
        if old is not None:
            old.mirror.close()
            self._home.remove(old.mirror.folder)


def _fetch(snapshot: Snapshot, ids: Sequence[int]) -> tuple[list[Entry], list[int], int]:
    """Read documents for the index until a batch is full.

    Gives what is there, the ids of those that are not, and how many ids were looked at.
    """
    entries: list[Entry] = []
    letters = taken = 0
    for at in range(0, len(ids), _FETCH):
        if letters >= _BATCH_LETTERS:
            break
        asked = ids[at : at + _FETCH]
        taken += len(asked)
        for one in snapshot.texts.for_index(asked):
            folds = fold_edges(one.canonical, one.folds)
            entries.append(
                Entry(one.id, one.title, one.canonical, one.language, folds, one.notes, one.quotes)
            )
            letters += len(one.canonical) + sum(map(len, (*one.notes, *one.quotes)))
    found = {entry.id for entry in entries}
    return entries, [id_ for id_ in ids[:taken] if id_ not in found], taken
