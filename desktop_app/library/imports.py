"""The imports of an open library: one at a time, with one warm worker, each of them one undo step."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.errors import Problem
from desktop_app.formats.limits import Limits
from desktop_app.formats.process.confinement import level_in_words
from desktop_app.formats.process.worker import Worker
from desktop_app.library import import_runs
from desktop_app.library.import_batches import Batches
from desktop_app.library.import_items import Item
from desktop_app.library.import_runs import KEPT_RUNS, Ending, Endings, RunState
from desktop_app.library.importing import Importing
from desktop_app.library.outcomes import Outcome, OutcomeKind, Progress, nothing_yet
from desktop_app.library.refolding import Refolding
from desktop_app.store.store import Store

_STARTED_WITHIN_S = 60.0
_LOOK_EVERY_S = 0.1  # whether what waits was stopped


class Imports:
    """Runs imports one after the other.

    tell: is called with what each durable batch added. folding: brings folds up to date before an
    import has ended. worker: reads the files and outlives this;
    None for one of its own, made when it is needed.
    """

    def __init__(
        self,
        store: Store,
        tell: Callable[[Changes], object],
        folding: Refolding,
        *,
        worker: Worker | None = None,
    ) -> None:
        self._store = store
        self._folding = folding
        self._tell = tell
        self._worker = worker
        self._ends_worker = worker is None
        self._running = threading.Lock()
        self.endings = Endings(store, tell)
        self._limits = Limits()

    def run(
        self,
        paths: Sequence[Path],
        *,
        tag: int | None,
        stop: threading.Event | None,
        on_outcome: Callable[[Outcome], None],
        on_progress: Callable[[Progress], None],
        watched: bool = False,
    ) -> Progress:
        """Import files and folders; waits while another import runs.

        watched: they have come into a watched folder.
        """
        stop = stop or threading.Event()
        with self.reading(stop) as worker:
            if worker is None:
                return nothing_yet()
            with self._store.write() as work:
                absolute = [path.absolute() for path in paths]
                run = work.imports.begin(absolute, tag, keep=KEPT_RUNS)
            batches = Batches(self._store, run, fold=self._folding.fold_new)
            importing = self._importing(worker, batches, stop, on_outcome, on_progress)
            return self._carry_out(importing, run, paths, watched=watched)

    def bring(
        self,
        items: Sequence[Item],
        *,
        stop: threading.Event | None,
        on_outcome: Callable[[Outcome], None],
        on_progress: Callable[[Progress], None],
    ) -> Progress:
        """Import what is given with its bytes; waits while another import runs."""
        stop = stop or threading.Event()
        with self.reading(stop) as worker:
            if worker is None:
                return nothing_yet()
            with self._store.write() as work:
                paths = [Path(item.path) for item in items]
                run = work.imports.begin(paths, None, keep=KEPT_RUNS)
            batches = Batches(self._store, run, fold=self._folding.fold_new)
            importing = self._importing(worker, batches, stop, on_outcome, on_progress)
            return self._carry_out(importing, run, (), items)

    def resume(
        self,
        run: int,
        *,
        stop: threading.Event | None,
        on_outcome: Callable[[Outcome], None],
        on_progress: Callable[[Progress], None],
    ) -> Progress:
        """Go on with an import that was not done; waits while another import runs."""
        stop = stop or threading.Event()
        with self.reading(stop) as worker:
            if worker is None:
                return nothing_yet()
            if (trouble := self.endings.note()) is not None:
                raise trouble
            with self._store.write() as work:
                begun = import_runs.begin_again(work, run)
                told = work.imports.paths_told(run)
            batches = Batches(self._store, run, fold=self._folding.fold_new)
            importing = self._importing(worker, batches, stop, on_outcome, on_progress)
            importing.go_on_after(
                told, {OutcomeKind(kind): number for kind, number in begun.counts.items()}
            )
            return self._carry_out(importing, run, begun.paths)

    def _importing(
        self,
        worker: Worker,
        batches: Batches,
        stop: threading.Event,
        on_outcome: Callable[[Outcome], None],
        on_progress: Callable[[Progress], None],
    ) -> Importing:
        def batch(ids: Sequence[int]) -> None:
            self._tell(Changes(frozenset(ids), frozenset([Kind.ADDED])))
            self._folding.added(len(ids))

        return Importing(
            self._store,
            worker,
            batches,
            stop=stop,
            acknowledge=on_outcome,
            batch=batch,
            progress=on_progress,
            limits=self._limits,
        )

    def _carry_out(
        self,
        importing: Importing,
        run: int,
        paths: Sequence[Path],
        given: Sequence[Item] = (),
        *,
        watched: bool = False,
    ) -> Progress:
        state = RunState.TROUBLE
        try:
            done = importing.run(paths, given)
            state = RunState.STOPPED if importing.stopped else RunState.DONE
        finally:
            self.endings.add({run: Ending(state, watched)})
        self._folding.wait()
        return done

    @contextmanager
    def reading(self, stop: threading.Event) -> Iterator[Worker | None]:
        """Have the worker for the whole `with`; waits while something else has it.

        None where it was stopped while it waited.
        """
        while not self._running.acquire(timeout=_LOOK_EVERY_S):
            if stop.is_set():
                yield None
                return
        try:
            if self._worker is None:
                self._worker = Worker(limits=self._limits)
            with self._store.read() as snapshot:
                self._worker.own_phrases = tuple(snapshot.fold_rules.phrases())
            yield self._worker
        finally:
            self._running.release()

    def sandbox(self) -> str:
        """Say what the reading process cannot do, or that it cannot be started."""
        while self._worker is None:
            with self.reading(threading.Event()):
                pass  # it makes the worker
        layers = self._worker.wait_for_layers(_STARTED_WITHIN_S)
        if layers is None:
            return "The process that reads them cannot be started, so none are read."
        return level_in_words(layers)

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
        self.endings.note()
        if self._worker is not None and self._ends_worker:
            self._worker.close()
