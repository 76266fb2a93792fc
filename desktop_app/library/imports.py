"""The imports of an open library: one at a time, with one warm worker, each of them one undo step."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.errors import Problem
from desktop_app.formats.limits import Limits
from desktop_app.formats.worker import Worker
from desktop_app.library import undoing
from desktop_app.library.document_steps import TrashStep
from desktop_app.library.importing import Importing
from desktop_app.library.outcomes import Outcome, Progress
from desktop_app.store.store import Store


class Imports:
    """Runs imports one after the other.

    tell: is called with what each durable batch added. worker: reads the files and outlives this;
    None for one of its own, made when it is needed.
    """

    def __init__(
        self, store: Store, tell: Callable[[Changes], object], *, worker: Worker | None = None
    ) -> None:
        self._store = store
        self._tell = tell
        self._worker = worker
        self._ends_worker = worker is None
        self._running = threading.Lock()

    def run(
        self,
        paths: Sequence[Path],
        *,
        tag: int | None,
        stop: threading.Event | None,
        on_outcome: Callable[[Outcome], None],
        on_progress: Callable[[Progress], None],
    ) -> Progress:
        """Import files and folders; waits while another import runs."""
        limits = Limits()
        with self._running:
            if self._worker is None:
                self._worker = Worker(limits=limits)
            added: list[int] = []

            def batch(ids: Sequence[int]) -> None:
                added.extend(ids)
                self._tell(Changes(frozenset(ids), frozenset([Kind.ADDED])))

            importing = Importing(
                self._store,
                self._worker,
                tag=tag,
                stop=stop or threading.Event(),
                acknowledge=on_outcome,
                batch=batch,
                progress=on_progress,
                limits=limits,
            )
            try:
                return importing.run(paths)
            finally:
                self._remember(added)

    @contextmanager
    def none_running(self, otherwise: str) -> Iterator[None]:
        """Keep imports out for the whole `with`; a Problem with that sentence where one runs."""
        if not self._running.acquire(blocking=False):
            raise Problem(otherwise, "Stop it, or try again when it has ended.")
        try:
            yield
        finally:
            self._running.release()

    def close(self) -> None:
        """End the worker."""
        if self._worker is not None and self._ends_worker:
            self._worker.close()

    def _remember(self, added: Sequence[int]) -> None:
        if not added:
            return
        name = "Import 1 document" if len(added) == 1 else f"Import {len(added):,} documents"
        # Undone, an import lies in the trash: nothing that was brought in is lost by a key.
        step = TrashStep(tuple(added), datetime.now(UTC), None)
        with self._store.write() as work:
            undoing.remember(work, name, [step])
        self._tell(Changes(frozenset(added), frozenset([Kind.STATE])))
