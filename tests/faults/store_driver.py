"""Take a library through its whole life again and again, ending the process at chosen moments.

python -m tests.faults.store_driver FOLDER < CASES

A case is a JSON list on a line: ["record"], ["point", NAME, NUMBER] or ["after", SECONDS]. Each is
carried out in a child of its own, in a new library below FOLDER, and answered by one line of JSON:
what the child had begun and done, how it ended, and what was found in the library afterwards.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop_app import durable
from desktop_app.core.model import Facts
from desktop_app.core.text import Block, BlockKind, make_text
from desktop_app.store.documents import NewDocument
from desktop_app.store.store import Store

Titles = frozenset[str]
BATCH = 12


def document(title: str) -> NewDocument:
    body = f"{title}\n" + "The dam at Tabqa. " * 60
    return NewDocument(
        facts=Facts(title),
        media_type="text/plain",
        file_name=f"{title}.txt",
        original=hashlib.sha256(body.encode()).hexdigest(),
        size_bytes=len(body.encode()),
        text=make_text([Block(BlockKind.PARAGRAPH, line) for line in body.split("\n")], "t"),
        extractor="t",
        words=10,
    )


def titles_of(store: Store) -> Titles:
    with store.read() as snapshot:
        return frozenset(snapshot.documents.titles(snapshot.documents.all_ids()).values())


class Life:
    """The life of one library, with a diary of what was begun and what was done.

    A line of the diary is the name of a step, `begun` or `done`, and the titles that the library
    must hold when it is done.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store: Store | None = None
        self.diary = os.open(folder / "diary", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def step(self, name: str, do: Callable[[], object], after: Titles) -> Titles:
        for state in ("begun", "done"):
            if state == "done":
                do()
            os.write(self.diary, (json.dumps([name, state, sorted(after)]) + "\n").encode())
        return after

    def live(self) -> None:
        library, archive = self.folder / "library", self.folder / "all.zip"
        copies: list[Path] = []

        def open_it() -> None:
            self.store = Store.open(library)

        held = self.step("open", open_it, frozenset())
        store = self.store
        assert store is not None

        def bring(name: str) -> None:
            news = [document(f"{name} {number}") for number in range(BATCH)]
            store.originals.keep([(n.original, n.text.canonical.encode()) for n in news])
            with store.write() as work:
                ids = work.documents.add_many(news)
                tag = work.tags.add(collection=1, name=name, colour="#336699")
                work.taggings.add(tag.id, ids)

        def batch(name: str) -> Titles:
            return frozenset(f"{name} {number}" for number in range(BATCH))

        def remove_a() -> None:
            with store.write() as work:
                ids = [
                    n
                    for n, t in work.documents.titles(work.documents.all_ids()).items()
                    if t[0] == "a"
                ]
                gone = work.documents.remove(ids)
            store.originals.remove(gone)

        held = self.step("import a", lambda: bring("a"), held | batch("a"))
        held = self.step("import b", lambda: bring("b"), held | batch("b"))
        early = self.step("archive", lambda: store.backup(archive), held)
        held = self.step("remove", remove_a, held - batch("a"))
        held = self.step("import c", lambda: bring("c"), held | batch("c"))
        held = self.step("backup", lambda: copies.append(store.backup()), held)
        late = held
        held = self.step("import d", lambda: bring("d"), held | batch("d"))
        self.step("restore archive", lambda: store.restore(archive), early)
        self.step("restore backup", lambda: store.restore(copies[0]), late)
        held = self.step("import e", lambda: bring("e"), late | batch("e"))
        self.step("close", store.close, held)


def child(folder: Path, case: list[Any]) -> None:
    """Live until the end, or until the moment that the case names."""
    passed: Counter[str] = Counter()
    record = (folder / "points").open("a")

    one_by_one = threading.Lock()  # originals are brought to the disk by several threads

    def at_point(name: str) -> None:
        with one_by_one:
            passed[name] += 1
            if case[0] == "record":
                record.write(f"{name}\n")
            elif case[0] == "point" and (name, passed[name]) == (case[1], case[2]):
                os.kill(os.getpid(), signal.SIGKILL)

    durable.at_point = at_point
    if case[0] == "after":
        # The default action of the alarm ends the process at once, wherever it is.
        signal.setitimer(signal.ITIMER_REAL, case[1])
    Life(folder).live()
    signal.setitimer(signal.ITIMER_REAL, 0)
    record.close()


def aftermath(folder: Path, *, restoring: bool) -> dict[str, Any]:
    """What is found in the library when it is opened again; restoring: try every backup too."""
    with Store.open(folder / "library") as store:
        found: dict[str, Any] = {
            "titles": sorted(titles_of(store)),
            "findings": [finding.what for finding in store.verify()],
            "left": [str(p.relative_to(folder)) for p in (folder / "library").rglob("*.part*")],
        }
        for backup in store.backups() if restoring else ():
            store.restore(backup.path)
        new = document("afterwards")
        store.originals.keep([(new.original, new.text.canonical.encode())])
        with store.write() as work:
            work.documents.add(new)
        found["later"] = [finding.what for finding in store.verify()]
    return found


def carry_out(folder: Path, case: list[Any]) -> dict[str, Any]:
    folder.mkdir()
    process = os.fork()
    if process == 0:
        ended = 1
        try:
            child(folder, case)
            ended = 0
        finally:
            if ended:
                traceback.print_exc()
            os._exit(ended)
    _, status = os.waitpid(process, 0)
    points = folder / "points"
    diary = (folder / "diary").read_text() if (folder / "diary").exists() else ""
    return {
        "case": case,
        "ended": os.waitstatus_to_exitcode(status),
        "diary": [json.loads(line) for line in diary.splitlines()],
        "points": points.read_text().splitlines() if case[0] == "record" else [],
        **aftermath(folder, restoring=case[0] != "point"),
    }


def main() -> None:
    base = Path(sys.argv[1])
    for number, line in enumerate(sys.stdin):
        print(json.dumps(carry_out(base / str(number), json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
