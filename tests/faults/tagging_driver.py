"""Change tags without end in a child that is killed at some moment, and look at what is left.

python -m tests.faults.tagging_driver FOLDER SEED KILLS

One library is used all the time. After each kill it is opened again: it must hold exactly what it
held after the newest step of its log, be sound, and go back from there. A line of JSON for each kill
says where it came and what was wrong, "" for nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import sys
import uuid as uuids
from contextlib import suppress
from pathlib import Path

from desktop_app.core.codebook import Codebook, CodebookTag
from desktop_app.core.errors import BadUsage
from desktop_app.core.model import LinkKind
from desktop_app.library import undoing
from desktop_app.library.codebooks.applying import ImportCodebook
from desktop_app.library.commands import AddTag, Command
from desktop_app.library.tags.checks import tags_of
from desktop_app.library.tags.collection_commands import UseCollection
from desktop_app.library.tags.commands import CreateTag
from desktop_app.library.tags.editing import LinkTags
from desktop_app.library.tags.splitting import SplitTag
from desktop_app.library.tags.tidying import DeleteTag, MergeTags
from desktop_app.library.tags.trash import RestoreBinned
from desktop_app.store.store import Store
from tests.faults.library_contents import contents
from tests.faults.store_driver import document

DOCUMENTS = 60
_NEWS = 20  # tags of one codebook


def held(folder: Path) -> str:
    """What a library holds, but for its log, so short that it can be told."""
    found = contents(folder)
    del found["undo_step"]
    return hashlib.sha256(repr(sorted(found.items())).encode()).hexdigest()


def newest(store: Store) -> int:
    """The step that undo would take back, 0 for none."""
    with store.read() as snapshot:
        step = snapshot.undo_steps.newest(undone=False)
    return step.id if step else 0


def make(folder: Path) -> None:
    with Store.open(folder) as store:
        news = [document(f"Document {number}") for number in range(DOCUMENTS)]
        store.originals.keep([(n.original, n.text.canonical.encode()) for n in news])
        with store.write() as work:
            work.documents.add_many(news)
        for number in range(6):
            name = f"tag {number}/below {number}/deep"
            undoing.do(store, CreateTag(name, documents=tuple(range(1, DOCUMENTS, number + 1))))


class Tagging:
    """Chooses what to do next."""

    def __init__(self, store: Store, chance: random.Random) -> None:
        self.store, self.chance = store, chance

    def next(self) -> None:
        """Do something, or undo or do again; what is refused is left."""
        turn = self.chance.random()
        if turn < 0.3 and newest(self.store) > 6:
            undoing.undo(self.store)
        elif turn < 0.4:
            undoing.redo(self.store)
        else:
            with suppress(BadUsage):
                undoing.do(self.store, self._command())

    def _command(self) -> Command:
        chance = self.chance
        with self.store.read() as snapshot:
            tree = tags_of(snapshot)
            binned = snapshot.tag_bin.all()
            carried = {tag.id: snapshot.taggings.of_tag(tag.id) for tag in tree.tags}
        tags = [tag.id for tag in tree.tags]
        if len(tags) < 8:
            return self._codebook()
        one, other = chance.sample(tags, 2)
        some = tuple(chance.sample(range(1, DOCUMENTS + 1), DOCUMENTS // 3))
        turn = chance.random()
        if turn < 0.35:
            return MergeTags(one, other)
        if turn < 0.55:
            picked = tuple(sorted(carried[one])[::2])
            return SplitTag(one, f"split {chance.random()}", picked, ())
        if turn < 0.65:
            return self._codebook()
        if turn < 0.75:
            return DeleteTag(one)
        if turn < 0.85 and binned:
            return RestoreBinned(chance.choice(binned).id)
        if turn < 0.9:
            return LinkTags(one, other, LinkKind.RELATED)
        if turn < 0.93:
            return UseCollection(chance.choice(tree.collections).id)
        return AddTag(one, some)

    def _codebook(self) -> Command:
        names = [str(uuids.UUID(int=self.chance.getrandbits(120))) for _ in range(_NEWS)]
        tags = tuple(
            CodebookTag(name, f"new {name}", names[number // 3] if number > 3 else None)
            for number, name in enumerate(names)
        )
        collection = str(uuids.UUID(int=self.chance.getrandbits(120)))
        return ImportCodebook(Codebook(f"Codebook {collection}", collection, tags=tags))


def child(folder: Path, seed: int, diary: int) -> None:
    """Go on until the kill comes; what is held is told after each step."""
    with Store.open(folder) as store:
        tagging = Tagging(store, random.Random(seed))
        while True:
            tagging.next()
            line = json.dumps([newest(store), held(folder)])
            os.write(diary, f"{line}\n".encode())


def killed(folder: Path, seed: int, wait_s: float) -> list[tuple[int, str]]:
    """Let a child work for a while and kill it; what it said."""
    ours, theirs = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            os.close(ours)
            child(folder, seed, theirs)
        finally:
            os._exit(1)
    os.close(theirs)
    said = b""
    begun = False
    signal.signal(signal.SIGALRM, lambda *_: os.kill(process, signal.SIGKILL))
    while piece := os.read(ours, 65_536):
        said += piece
        if not begun:  # the first step is done: from now on it can come at any moment
            begun = True
            signal.setitimer(signal.ITIMER_REAL, max(wait_s, 0.0001))
    os.close(ours)
    _, status = os.waitpid(process, 0)
    assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL, said
    lines = [json.loads(line) for line in said.decode().splitlines() if line.endswith("]")]
    return [(step, what) for step, what in lines]


def wrong_with(folder: Path, states: dict[int, str], chance: random.Random) -> str:
    """What is not as it should be in a library after a kill, "" for nothing."""
    with Store.open(folder) as store:
        if findings := store.verify():
            return findings[0].what
        step, here = newest(store), held(folder)
        if states.setdefault(step, here) != here:
            return f"step {step} is not whole"
        undone = 0
        for _ in range(chance.randint(1, 4)):
            if newest(store) <= 6 or (report := undoing.undo(store)) is None:
                break
            if report.refused:
                return report.refused
            undone += 1
            if states.setdefault(newest(store), held(folder)) != held(folder):
                return f"undoing “{report.name}” does not give what was there before"
        for _ in range(undone):
            report = undoing.redo(store)
            if report is None or report.refused:
                return report.refused or "" if report else "what was undone cannot be done again"
        if held(folder) != here:
            return "undo and redo do not lead back"
    return ""


def main() -> None:
    folder, seed, kills = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    make(folder)
    chance = random.Random(seed)
    states: dict[int, str] = {}
    for kill in range(kills):
        said = killed(folder, seed * 1_000 + kill, chance.uniform(0.0, 0.15))
        wrong = ""
        for step, what in said:
            if states.setdefault(step, what) != what:
                wrong = f"step {step} is told in two ways"
        with Store.open(folder) as store:
            unsaid = newest(store) not in {step for step, _ in said}
        wrong = wrong or wrong_with(folder, states, chance)
        print(json.dumps({"steps": len(said), "unsaid": unsaid, "wrong": wrong}), flush=True)


if __name__ == "__main__":
    main()
