"""Bring stored folds up to date with all that they follow from.

Triggers in the database note each source whose texts may have other folds now: documents came,
went, got another text, title or source; a rule or a phrase was changed. Each such source is looked
at as a whole: which lines its texts repeat follows from their keys, and only texts whose folds may
differ are folded again. The outcome depends on what the library holds and on nothing else, in
whatever order it came and however often this was cut short: a source stays noted until it is done.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.errors import Problem
from desktop_app.core.folding import (
    FOLDING,
    FoldRules,
    Phrases,
    Verdict,
    folds_of_lines,
    made_from,
    merged,
)
from desktop_app.core.folding_phrases import BUILT_IN, BUILT_IN_PHRASES
from desktop_app.core.lines import key_of, lines_of, remember, remembered, repeated_lines
from desktop_app.core.text import Fold, Text
from desktop_app.core.words import words
from desktop_app.store.columns import words_key
from desktop_app.store.documents import NewDocument
from desktop_app.store.lines import Held, Refolded
from desktop_app.store.store import Snapshot, Store
from desktop_app.store.texts import words_outside_folds

_AT_ONCE = 32  # texts in one transaction
_MOST_KNOWN = 1_000  # sources whose rules are kept at hand
_FIRST_LOOK = 64  # documents of an import after which its sources are looked at
_NOTED = "folding"  # in meta: the rules by which all texts were last looked through

_log = logging.getLogger(__name__)


def phrases_of(snapshot: Snapshot) -> Phrases:
    """The phrases that are in force."""
    own = snapshot.fold_rules.phrases()
    return Phrases(merged(BUILT_IN, own)) if own else BUILT_IN_PHRASES


def rules_of(snapshot: Snapshot, source_key: str, held: Sequence[Held]) -> FoldRules:
    """The rules for the texts of a source, of which nothing is missing in held."""
    verdicts = snapshot.fold_rules.of_key(source_key)
    of_none = not source_key.strip()  # what names no source repeats nothing
    texts = (remembered(one.keys) for one in held if one.keys is not None)
    return FoldRules(
        phrases_of(snapshot),
        frozenset() if of_none else repeated_lines(texts),
        frozenset(line for line, verdict in verdicts.items() if verdict is Verdict.NEVER),
        frozenset(line for line, verdict in verdicts.items() if verdict is Verdict.ALWAYS),
    )


class Refolding:
    """Keeps the folds of an open library in step; any thread may call."""

    def __init__(
        self,
        store: Store,
        tell: Callable[[Changes], object],
        on_trouble: Callable[[Problem], None] = lambda problem: None,
    ) -> None:
        self._store = store
        self._tell = tell
        self._on_trouble = on_trouble
        self._working = threading.Lock()  # held while a source is looked at
        self._stop = threading.Event()
        self._kicked = threading.Condition()
        self._again = False
        self._thread: threading.Thread | None = None
        self._known: dict[str, FoldRules] = {}  # by source, as they were when last looked at
        self._added, self._look_at = 0, _FIRST_LOOK

    def fold_new(self, new: NewDocument) -> NewDocument:
        """Fold a document that is about to come in by what is known of its source so far.

        It spares folding it again, and taking it into the index twice; whether it is right is
        looked at in any case.
        """
        rules = self._known.get(words_key(new.facts.source or ""))
        if rules is None or new.lines is None:
            return new
        short = remembered(new.lines).short
        as_ = made_from(new.facts.title, new.text.version, rules, short)
        if as_ == new.folded_as:
            return new
        lines = lines_of(new.text.blocks, new.text.starts)
        folds = folds_of_lines(new.text.blocks, lines, title=new.facts.title, rules=rules)
        count = _words_left(new.text, folds, new.words)
        return replace(new, text=replace(new.text, folds=folds), words=count, folded_as=as_)

    def added(self, count: int) -> None:
        """Hear that documents came in; of a long import some are looked at while it runs."""
        self._added += count
        if self._added >= self._look_at:
            self._look_at *= 8
            self.kick()

    def kick(self) -> None:
        """Have what is due done on a thread of its own; returns at once."""
        if self._store.read_only or self._stop.is_set():
            return
        with self._kicked:
            self._again = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="refolding", daemon=True)
                self._thread.start()

    def wait(self) -> None:
        """Return once nothing is due any more; what is, is done on this thread."""
        if not self._store.read_only:
            self._settle()
        self._added, self._look_at = 0, _FIRST_LOOK

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep the library from being looked at for the whole `with`."""
        with self._working:
            yield

    def close(self) -> None:
        """End the thread; what it leaves undone is done another time."""
        self._stop.set()
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join()

    def _run(self) -> None:
        while True:
            with self._kicked:
                if not self._again or self._stop.is_set():
                    self._thread = None
                    return
                self._again = False
            try:
                self._settle()
            except Exception as error:  # noqa: BLE001 - said, and tried again
                problem = error if isinstance(error, Problem) else Problem("the log says why.")
                if problem is not error:
                    _log.exception("texts could not be folded anew")
                self._on_trouble(
                    Problem(
                        f"Folded parts could not be brought up to date: {problem.message}",
                        "The documents are safe; Postil tries again with the next change.",
                    )
                )

    def _settle(self) -> None:
        while not self._stop.is_set():
            with self._working:
                if not self._one():
                    return

    def _one(self) -> bool:
        """Look at one source that is due; False where none is."""
        with self._store.read() as snapshot:
            due = snapshot.lines.next_due()
            noted = snapshot.meta(_NOTED)
            empty = due is None and snapshot.is_empty()
        if empty:
            return False
        in_force = f"{FOLDING} {BUILT_IN_PHRASES.key}"
        if noted != in_force:
            # A newer Postil folds otherwise than the one that was here before.
            with self._store.write() as work:
                work.lines.all_due()
                work.set_meta(_NOTED, in_force)
            return True
        if due is None:
            return False
        row, source_key = due
        self._source(source_key)
        if not self._stop.is_set():
            with self._store.write() as work:
                work.lines.settled(row)
        return True

    def _source(self, source_key: str) -> None:
        with self._store.read() as snapshot:
            held = snapshot.lines.of_source(source_key)
        held = self._gathered(held)
        with self._store.read() as snapshot:
            rules = rules_of(snapshot, source_key, held)
        self._known.pop(source_key, None)
        if rules.repeated or rules.never or rules.always:
            self._known[source_key] = rules
            if len(self._known) > _MOST_KNOWN:
                del self._known[next(iter(self._known))]
        said = frozenset(key_of(line) for line in rules.never | rules.always)
        first: list[tuple[Held, str]] = []
        rest: list[tuple[Held, str]] = []
        for one in held:
            short: frozenset[int] = frozenset()
            if rules.repeated or said:
                short = remembered(one.keys or b"").short
            as_ = made_from(one.title, one.version, rules, short)
            if as_ != one.folded_as:
                (rest if said.isdisjoint(short) else first).append((one, as_))
        stale = [*first, *rest]
        for at in range(0, len(stale), _AT_ONCE):
            if self._stop.is_set():
                return
            self._fold(stale[at : at + _AT_ONCE], rules)

    def _gathered(self, held: list[Held]) -> list[Held]:
        """Gather the lines of texts of which they are not known, and keep them."""
        missing = [one for one in held if one.keys is None]
        if not missing:
            return held
        known: dict[int, Held] = {}
        for at in range(0, len(missing), _AT_ONCE):
            chunk = {one.document: one for one in missing[at : at + _AT_ONCE]}
            made: list[Held] = []
            with self._store.read() as snapshot:
                for id_, _, text, _ in snapshot.lines.texts(list(chunk)):
                    if id_ in chunk and text.version == chunk[id_].version:
                        keys = remember(text.blocks, lines_of(text.blocks, text.starts))
                        made.append(replace(chunk[id_], keys=keys))
            with self._store.write() as work:
                work.lines.put(made)
            known.update((one.document, one) for one in made)
        return [known.get(one.document, one) for one in held]

    def _fold(self, stale: Sequence[tuple[Held, str]], rules: FoldRules) -> None:
        """Fold texts again, in one short transaction."""
        wanted = {one.document: (one, as_) for one, as_ in stale}
        done: list[Held] = []
        changed: list[Refolded] = []
        with self._store.read() as snapshot:
            for id_, title, text, count in snapshot.lines.texts(list(wanted)):
                one, as_ = wanted[id_]
                if (title, text.version) != (one.title, one.version):
                    continue  # changed a moment ago, and noted for that
                lines = lines_of(text.blocks, text.starts)
                folds = folds_of_lines(text.blocks, lines, title=title, rules=rules)
                done.append(replace(one, folded_as=as_))
                if not one.folded_as:  # nor is it known how its words were counted
                    count = len(words_outside_folds(text))
                if folds != text.folds or not one.folded_as:
                    other = _words_left(text, folds, count)
                    changed.append(Refolded(id_, text.version, folds, other))
        with self._store.write() as work:
            work.lines.set_folds(changed)
            work.lines.put(done)
        if changed:
            ids = frozenset(one.document for one in changed)
            self._tell(Changes(ids, frozenset([Kind.TEXT])))


def _words_left(text: Text, folds: Sequence[Fold], count: int) -> int:
    """How many words stay open where as many did with the folds the text has now."""
    for one in text.folds:
        count += len(words(text.canonical[one.start : one.end]))
    for one in folds:
        count -= len(words(text.canonical[one.start : one.end]))
    return count
