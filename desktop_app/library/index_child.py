"""The process that keeps the index and answers from it.

Two threads: one takes in what changed and rests when there is nothing, the other answers. It ends
at once when the pipe from the process that started it closes; the index bears that at any moment.
Messages are JSON, and behind it the numbers of an answer as they lie in memory; never pickle.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import threading
import time
from array import array
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, cast

from desktop_app.core.errors import Problem
from desktop_app.core.query_json import spoken_in, spoken_out, word_in, word_out
from desktop_app.core.query_tree import Near, Or, Said
from desktop_app.library.index_state import Asked, IndexState
from desktop_app.library.looking import READINGS
from desktop_app.library.mirroring import BATCH, Mirroring
from desktop_app.search.asking import Answers, Found
from desktop_app.store.store import Store

# How often a resting index is looked for: whoever clears the cache does not tell.
_LOOK_EVERY_S = 5.0
# Small changes that come one after the other share a batch.
_BETWEEN_BATCHES_S = 1.0

log = logging.getLogger(__name__)

LOG_NAME = "index.log"
_LOG_BYTES = 1_000_000


def to_bytes(head: object, body: bytes = b"") -> bytes:
    """Write a message: JSON, and bytes behind it."""
    written = json.dumps(head).encode()
    return len(written).to_bytes(4, "little") + written + body


def split(message: bytes) -> tuple[Any, bytes]:
    """Read a message that to_bytes wrote."""
    end = 4 + int.from_bytes(message[:4], "little")
    return json.loads(message[4:end]), message[end:]


def written_parts(parts: Iterable[Said | Near | Or]) -> list[list[object]]:
    """Write the parts of a query as JSON values."""
    return [spoken_out(part) for part in parts]


def _read_parts(written: Iterable[Sequence[Any]]) -> list[Said | Near | Or]:
    return [cast("Said | Near | Or", spoken_in(part)) for part in written]


def written_answer(asked: Asked) -> bytes:
    """Write the answer to the parts of a query."""
    answers = asked.answers
    head = {
        "queue_id": asked.queue_id,
        "backlog": asked.backlog,
        "parts": [[len(each.ids), each.sure] for each in answers.found],
        "forms": [[word_out(word), forms] for word, forms in answers.forms.items()],
        "too_many": [word_out(word) for word in answers.too_many],
    }
    body = b"".join(each.ids.tobytes() + each.scores.tobytes() for each in answers.found)
    return to_bytes(head, body)


def read_answer(message: bytes) -> Asked:
    """Read an answer that written_answer wrote."""
    head, body = split(message)
    found: list[Found] = []
    at = 0
    for count, sure in head["parts"]:
        ids, scores = array("q"), array("d")
        ids.frombytes(body[at : at + 8 * count])
        scores.frombytes(body[at + 8 * count : at + 16 * count])
        at += 16 * count
        found.append(Found(ids, scores, sure))
    forms = {
        word_in(word): {language: tuple(others) for language, others in by_language.items()}
        for word, by_language in head["forms"]
    }
    too_many = frozenset(word_in(word) for word in head["too_many"])
    return Asked(Answers(tuple(found), forms, too_many), head["queue_id"], head["backlog"])


def read_state(message: bytes) -> IndexState:
    """Read a state that was written as a message."""
    return IndexState(**split(message)[0])


def main(library: str, cache: str, requests: Connection, answers: Connection) -> None:
    """Serve until the pipe of requests closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the process that started this
    if hasattr(os, "nice"):
        os.nice(5)
    _write_log(Path(cache) / LOG_NAME)
    try:
        child = _Child(Path(library), Path(cache), answers)
        child.serve(requests)
    except (EOFError, OSError, Problem):
        log.info("the index process ends", exc_info=True)
    finally:
        logging.shutdown()
        os._exit(0)  # whatever the other thread is in the middle of


def _write_log(file: Path) -> None:
    """Log beside the index; a log that has grown long is begun anew."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        long = file.exists() and file.stat().st_size > _LOG_BYTES
        handler = logging.FileHandler(file, mode="w" if long else "a", encoding="utf-8")
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logging.getLogger().addHandler(handler)


class _Child:
    def __init__(self, library: Path, cache: Path, answers: Connection) -> None:
        self._library = library
        self._cache = cache
        self._answers = answers
        self._sending = threading.Lock()
        self._reading = threading.Lock()  # held while the store is read for somebody, or replaced
        self._wanted = threading.Condition()
        self._kicked = True
        self._waits: list[int] = []
        self._rebuilds: list[int] = []
        self._ready = threading.Event()
        self._store = Store.peek(library)
        self._mirroring = Mirroring(self._store, cache, writing=True)

    def serve(self, requests: Connection) -> None:
        """Answer requests, in the order in which they come."""
        threading.Thread(target=self._keep, name="keep", daemon=True).start()
        while True:
            message, _ = split(requests.recv_bytes())
            if message["do"] == "ask":
                self._ready.wait()
                among = None if message["among"] is None else frozenset(message["among"])
                asked = self._mirroring.ask(_read_parts(message["parts"]), among)
                self._say({"number": message["number"]}, written_answer(asked))
                continue
            if message["do"] in ("near_spellings", "beginning_with"):
                self._ready.wait()
                near = getattr(self._mirroring, message["do"])(message["form"], message["limit"])
                self._say({"number": message["number"]}, to_bytes(near))
                continue
            if message["do"] == "look":
                self._say({"number": message["number"]}, self._look(message))
                continue
            with self._wanted:
                if message["do"] == "wait":
                    self._waits.append(message["number"])
                elif message["do"] == "rebuild":
                    self._rebuilds.append(message["number"])
                self._kicked = True
                self._wanted.notify_all()

    def _look(self, message: Mapping[str, Any]) -> bytes:
        """Read something from the library; what fails is told, and this goes on."""
        try:
            with self._reading, self._store.read() as snapshot:
                read, body = READINGS[message["reading"]](snapshot, message["argument"])
        except Exception:  # of the one who asked: it is told there, and others are still served
            log.exception("a reading fails")
            return to_bytes({"failed": True})
        return to_bytes({"read": read}, body)

    def _say(self, head: dict[str, object], body: bytes = b"") -> None:
        with self._sending:
            self._answers.send_bytes(to_bytes(head, body))

    def _keep(self) -> None:
        """Take in what changed, for good; a fault here ends the process, and another is started."""
        try:
            self._mirroring.open()
            self._ready.set()
            self._tell()
            while True:
                self._round()
        except BrokenPipeError:
            os._exit(0)
        except BaseException:
            log.exception("the index process fails")
            logging.shutdown()
            os._exit(1)

    def _round(self) -> None:
        with self._wanted:
            self._wanted.wait_for(lambda: self._kicked, _LOOK_EVERY_S)
            kicked, self._kicked = self._kicked, False
            waits, self._waits = self._waits, []
            rebuilds, self._rebuilds = self._rebuilds, []
        vanished = self._mirroring.vanished()
        if not kicked and not vanished:
            return
        if rebuilds:
            self._rebuild()
            for number in rebuilds:
                self._say({"number": number})
        elif vanished:
            log.warning("the index was removed from the cache; it is made anew")
            self._open_anew()
        while True:
            began = time.monotonic()
            if not self._mirroring.step():
                break
            self._tell()
            if self._rebuilds:
                break
            self._rest(began, hurry=bool(waits))
        self._tell()
        for number in waits:
            self._say({"number": number}, to_bytes(asdict(self._mirroring.state())))
        while not self._kicked and self._mirroring.tidy():
            continue

    def _rest(self, began: float, *, hurry: bool) -> None:
        """Let small changes gather, unless there is a batch of them or somebody waits."""
        left = began + _BETWEEN_BATCHES_S - time.monotonic()
        if left <= 0 or hurry or not 0 < self._mirroring.state().waiting < BATCH:
            return
        with self._wanted:
            self._wanted.wait_for(lambda: bool(self._waits or self._rebuilds), left)

    def _rebuild(self) -> None:
        """Begin anew over the library as it is now: a restore may have put another in its place."""
        self._open_anew()
        self._mirroring.rebuild()

    def _open_anew(self) -> None:
        """Open the library and its index again, as they are now."""
        self._ready.clear()
        self._mirroring.close()
        with self._reading:
            with suppress(Problem):
                self._store.close()
            self._store = Store.peek(self._library)
        self._mirroring = Mirroring(self._store, self._cache, writing=True)
        self._mirroring.open()
        self._ready.set()

    def _tell(self) -> None:
        self._say({"state": asdict(self._mirroring.state()), "done": self._mirroring.take_done()})
