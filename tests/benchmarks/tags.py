"""How long tags take at size: counted, filtered by, given, merged, found, and all of it undone.

python -m tests.benchmarks.tags [--documents 50000] [--tags 5000] [--highlights 100000]
    [--taggings 400000] [--ground FOLDER] [--rounds 9]

A ground is made once and kept where --ground says; everything is done on a copy of it.
"""

from __future__ import annotations

import argparse
import gc
import random
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import insert

from desktop_app.core.highlights import MARK_COLOURS
from desktop_app.library.commands import AddTag, Command, RemoveTag
from desktop_app.library.library import Library
from desktop_app.library.tags.collection_commands import (
    DeleteCollection,
    DuplicateCollection,
    RecolourCollection,
)
from desktop_app.library.tags.commands import RenameTag
from desktop_app.library.tags.editing import ArchiveTag
from desktop_app.library.tags.tidying import DeleteTag, MergeTags
from desktop_app.library.tags.trash import RestoreBinned
from desktop_app.store.columns import words_key
from desktop_app.store.filters import tagged
from desktop_app.store.store import Store
from desktop_app.store.tables import highlight, highlight_tagging, tagging
from tests.benchmarks.marks import document

_SYLLABLES = ("ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo")
_TOPS = 10
_BELOW = (8, 8, 7)  # so many below each tag of a level: some five hundred below each top
_OF_MANY = 10_000


def named(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 5)))


def make_ground(folder: Path, documents: int, tags: int, highlights: int, taggings: int) -> None:
    """Fill a library: tags four deep, most taggings on few of them, two tags of ten thousand."""
    chance = random.Random(1)
    with Store.open(folder) as store:
        for first in range(0, documents, 5_000):
            with store.write() as work:
                work.documents.add_many(
                    [
                        document(
                            number, f"Paper {number} of the ferry.", f"{named(chance)} {number}"
                        )
                        for number in range(first, min(first + 5_000, documents))
                    ]
                )
        with store.write() as work:
            made = _make_tags(work.tags.add, tags, chance)
            put = work.connection
            put.exec_driver_sql("UPDATE document SET trashed_at = 5 WHERE id % 50 = 0")
            two = (made[-2], made[-1])
            many = min(_OF_MANY, documents // 3)
            own = {(two[0], number) for number in range(1, many + 1)}
            own |= {(two[1], number) for number in range(many - many // 5, 2 * many - many // 5)}
            wanted = taggings - highlights
            while len(own) < wanted:
                tag = made[min(int(chance.expovariate(5 / tags)), tags - 3)]
                own.add((tag, chance.randint(1, documents)))
            rows = [{"tag": t, "document": d, "tagged_at": 0} for t, d in sorted(own)]
            put.execute(insert(tagging), rows)
            asked = "SELECT id, text_version FROM document"
            versions = {row.id: row.text_version for row in put.exec_driver_sql(asked)}
            marks, on_marks = [], []
            for number in range(1, highlights + 1):
                of = chance.randint(1, documents)
                quote = " ".join(named(chance) for _ in range(6))
                start = chance.randint(0, 500)
                marks.append(
                    {
                        "id": number,
                        "uuid": str(number),
                        "document": of,
                        "version": versions[of],
                        "first": start,
                        "past": start + len(quote),
                        "quote": quote,
                        "text_before": "",
                        "text_after": "",
                        "page": None,
                        "quads": "[]",
                        "colour": chance.choice(MARK_COLOURS),
                        "style": "fill",
                        "note": "",
                        "words_key": words_key(quote),
                        "made_at": number,
                        "changed_at": number,
                        "place_first": start,
                        "place_past": start + len(quote),
                        "how": "marked",
                    }
                )
                tag = made[min(int(chance.expovariate(5 / tags)), tags - 1)]
                on_marks.append({"tag": tag, "highlight": number, "document": of, "tagged_at": 0})
            put.execute(insert(highlight), marks)
            put.execute(insert(highlight_tagging), on_marks)
            put.exec_driver_sql("DELETE FROM index_queue")
            put.exec_driver_sql("DELETE FROM refold_queue")


def _make_tags(add: Callable[..., object], tags: int, chance: random.Random) -> list[int]:
    """Make a forest four deep; its ids in no order, but two at the top for many documents last."""
    made: list[int] = []

    def new(parent: int | None, name: str = "") -> int:
        name = name or f"{named(chance)} {len(made)}"
        each = add(collection=1, name=name, colour="#336699", parent=parent)
        made.append(each.id)  # type: ignore[attr-defined]
        return made[-1]

    level: list[int | None] = [None]
    for width in (_TOPS, *_BELOW):
        level = [new(parent) for parent in level for _ in range(width) if len(made) < tags - 2]
    while len(made) < tags - 2:
        new(None)
    chance.shuffle(made)
    new(None, "first of many")
    new(None, "second of many")
    return made


@dataclass(frozen=True, slots=True)
class Taken:
    """What something took, in ms, and for how long at most another thread had to wait meanwhile.

    busy: of that, what its thread did not wait for a disk or for others on the machine.
    """

    each: tuple[float, ...]
    busy: tuple[float, ...]
    waited: float

    def __str__(self) -> str:
        ordered = sorted(self.each)
        late = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        middle = statistics.median(ordered)
        busy = statistics.median(self.busy)
        return f"{busy:8.1f} ms {middle:8.1f} ms {late:8.1f} ms {self.waited:8.1f} ms"


class Waiting:
    """A thread that wants to run every two milliseconds, as one that paints, and notes how late it is."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._wait)

    def __enter__(self) -> Waiting:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _wait(self) -> None:
        before = time.perf_counter()
        while not self._ended.wait(0.002):
            now = time.perf_counter()
            self.longest = max(self.longest, (now - before) * 1000 - 2)
            before = now


def timed(do: Callable[[], object], rounds: int, ready: Callable[[], object] = int) -> Taken:
    each, busy = [], []
    with Waiting() as waiting:
        for _ in range(rounds):
            ready()
            start, worked = time.perf_counter(), time.thread_time()
            do()
            busy.append((time.thread_time() - worked) * 1000)
            each.append((time.perf_counter() - start) * 1000)
    return Taken(tuple(each), tuple(busy), waiting.longest)


def together(taken: Sequence[Taken]) -> Taken:
    return Taken(
        tuple(each for one in taken for each in one.each),
        tuple(each for one in taken for each in one.busy),
        max(one.waited for one in taken),
    )


Line = tuple[str, Taken, int | None]


def counting(library: Library, rounds: int) -> Iterator[Line]:
    """The sidebar: tags with their own counts, and with those of the tags below them."""
    store = library._store

    def tags() -> None:
        library.tag_tree(counted=False)

    def anew() -> None:
        store._kept.clear()
        library.tag_tree(counted=False)

    def own() -> None:
        library._tag_turn += 1
        library.tag_tree_at_once()

    def all_of_it() -> None:
        library._tag_turn += 1
        library.tag_tree()

    yield "read all tags", timed(anew, rounds), None
    yield "read them again", timed(tags, rounds), None
    yield "with own counts", timed(own, rounds), 50
    yield "with counts of those below", timed(all_of_it, rounds), 1_000


def filtering(library: Library, rounds: int) -> Iterator[Line]:
    tree = library.tag_tree()
    most = max(
        (tag for tag in tree.tags if tag.parent is None),
        key=lambda tag: sum(1 for _ in tree.below(tag.id)),
    )
    below = sum(1 for _ in tree.below(most.id))

    def filtered() -> None:
        library.search(f'tag:"{tree.path(most.id)}"')

    def held() -> None:
        with library._store.read() as snapshot:
            tagged(snapshot.connection, snapshot.tags.below(most.id))

    yield f"the documents of a parent of {below}", timed(held, rounds), 30
    yield "  searched for, in order and with copies folded", timed(filtered, rounds), None


def doing(library: Library, rounds: int) -> Iterator[Line]:
    """Changes to many documents, each undone and done again."""
    tree = library.tag_tree(counted=False)
    first, second = (tree.find(name) for name in ("first of many", "second of many"))
    busy = max(
        tree.tags, key=lambda tag: library.tag_tree().own.get(tag.id, 0) if tag.parent else 0
    )
    assert first and second
    with library._store.read() as snapshot:
        ids = sorted(snapshot.documents.all_ids() - snapshot.taggings.of_tag(first.id))
    ten_thousand = tuple(ids[:_OF_MANY])
    several: list[tuple[str, Command, int]] = [
        (f"tag {len(ten_thousand):,} documents", AddTag(first.id, ten_thousand), 300),
        ("take that tag off them", RemoveTag(first.id, ten_thousand), 300),
        ("merge two tags of 10,000", MergeTags(first.id, second.id), 500),
        ("delete a tag of 10,000", DeleteTag(second.id), 500),
        ("rename a tag", RenameTag(busy.id, "renamed"), 50),
    ]
    for name, command, aim in several:
        if isinstance(command, RemoveTag):
            library.run(AddTag(first.id, ten_thousand))
        yield name, timed(lambda command=command: library.run(command), 1), aim  # type: ignore[misc]
        back, again = [], []
        for _ in range(rounds):
            back.append(timed(library.undo, 1))
            again.append(timed(library.redo, 1))
        with library._store.read() as snapshot:
            step = snapshot.undo_steps.newest(undone=False)
        print(f"{len(step.commands) / 1000 if step else 0:8.1f} KB  its step in the log")
        yield "  undo it", together(back), aim
        yield "  do it again", together(again), aim
        library.undo()
        if isinstance(command, RemoveTag):
            library.undo()


def changing_many(library: Library, rounds: int) -> Iterator[Line]:
    """Changes to many tags at once, each undone, and what was deleted restored."""
    tree = library.tag_tree(counted=False)
    top = max(
        (tag for tag in tree.tags if tag.parent is None),
        key=lambda tag: sum(1 for _ in tree.below(tag.id)),
    )
    below = sum(1 for _ in tree.below(top.id))
    home = top.collection

    def run(command: Command) -> Taken:
        return timed(lambda: library.run(command), 1)

    deleted, restored = [], []
    for _ in range(rounds):
        deleted.append(run(DeleteTag(top.id)))
        restored.append(run(RestoreBinned(library.tag_bin()[0].id)))
        library.undo()
        restored.append(timed(library.undo, 1))
    yield f"delete a tag with {below} below it", together(deleted), 500
    yield "  restore it, or undo that", together(restored), 500
    several: list[tuple[str, Command, int | None]] = [
        (f"archive a tag with {below} below it", ArchiveTag(top.id), 500),
        (f"recolour {len(tree.tags):,} tags", RecolourCollection(home), 1_000),
        (f"duplicate {len(tree.tags):,} tags", DuplicateCollection(home, "Another"), None),
        ("  with what carries them", DuplicateCollection(home, "One more", taggings=True), None),
    ]
    for name, command, aim in several:
        yield name, run(command), aim
        yield "  undo it", timed(library.undo, 1), aim
    library.redo()
    copied = library.tag_tree(counted=False).collection_named("One more")
    yield "delete that collection", run(DeleteCollection(copied.id)), None
    yield "  undo it", timed(library.undo, 1), None
    library.undo()


def typing(library: Library, rounds: int) -> Iterator[Line]:
    from desktop_app.ui.models.tag_finding import TagFinder

    tree = library.tag_tree()
    yield "make the finder", timed(lambda: TagFinder(tree), rounds), None
    finder = TagFinder(tree)
    chance = random.Random(4)
    typed = [tag.name[: chance.randint(1, 5)] for tag in chance.sample(tree.tags, 100)]
    typed += [f"{a[:2]}/{b[:2]}" for a, b in zip(typed[:20], typed[20:40], strict=True)]
    typed += ["zzz", "qx", "a b", "ferry boat"]
    each = [timed(lambda key=key: finder.find(key), 1) for key in typed]  # type: ignore[misc]
    yield "a key in the type-ahead", together(each), 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=50_000)
    parser.add_argument("--tags", type=int, default=5_000)
    parser.add_argument("--highlights", type=int, default=100_000)
    parser.add_argument("--taggings", type=int, default=400_000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--ground", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        ground = (options.ground or Path(made) / "ground").absolute()
        if not ground.is_dir():
            begun = time.monotonic()
            sizes = (options.documents, options.tags, options.highlights, options.taggings)
            make_ground(ground, *sizes)
            print(f"made in {time.monotonic() - begun:.0f} s", file=sys.stderr)
        folder = Path(made) / "library"
        shutil.copytree(ground, folder)
        library = Library.open(folder, cache=Path(made) / "cache", index="inline")
        print(f"{'busy':>11} {'median':>11} {'95 of 100':>11} {'others wait':>11}")
        for part in (counting, filtering, typing, doing, changing_many):
            gc.collect()
            for name, taken, aim in part(library, options.rounds):
                print(f"{taken}  {name}{f' (aim {aim:,} ms)' if aim else ''}", flush=True)
        library.close()


if __name__ == "__main__":
    main()
