"""Mark a library without end, and say each thing once it is durable; run by the test beside it.

python -m tests.faults.marking_driver LIBRARY CACHE SEED

The first line says what the library holds, and each further one what it holds after it has marked,
noted, tagged, moved, deleted, undone or redone something, or has saved a search, joined spellings
or marked lines: {"step", "held"}, the newest step of the undo log, and everything that undo must
give back. That something is begun is said before, by a line
without "held".
"""

from __future__ import annotations

import json
import random
import sys
import uuid as uuids
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop_app.core.highlights import MARK_COLOURS, Highlight, MarkStyle
from desktop_app.core.line_states import LineState
from desktop_app.library.commands import Command
from desktop_app.library.family_commands import JoinSpellings, LeaveFamily
from desktop_app.library.highlight_commands import (
    AddHighlight,
    DeleteHighlights,
    MoveHighlight,
    SetDocumentNote,
    SetLooks,
    SetNote,
    TagHighlights,
)
from desktop_app.library.library import Library
from desktop_app.library.line_commands import MarkLines
from desktop_app.library.search_commands import (
    ChangeSearch,
    DeleteSearch,
    MoveSearch,
    RenameSearch,
    SaveSearch,
)
from desktop_app.library.tags.tidying import DeleteTag

Held = dict[str, Any]

_SPELLINGS = ("Tabqa", "al-Tabqa", "Tabqah", "ISIS", "ISIL", "Daesh")
_QUERIES = ("ferry", "fog sound", "report OR quay")


def held(library: Library) -> Held:
    """Everything about highlights, tags and notes that undo must give back exactly."""
    documents = sorted([*library.search("").ids, *library.search("is:trash").ids])
    tree = library.tag_tree()
    return {
        "highlights": [told(each) for number in documents for each in library.marks.of(number)],
        "notes": {str(number): library.marks.note(number) for number in documents},
        "tags": [[tag.id, tag.uuid, tag.name, tag.parent, tag.key] for tag in tree.tags],
        "counts": [sorted(tree.own.items()), sorted(tree.highlights.items())],
        **held_of_searching(library),
    }


def held_of_searching(library: Library) -> Held:
    """What is kept of searching: saved searches in their order, name families, marked lines."""
    with library._store.read() as snapshot:
        lines = {query: snapshot.concordances.lines(query) for query in _QUERIES}
    return {
        "searches": [
            [each.id, each.uuid, each.name, each.query, each.grammar]
            for each in library.searches.all()
        ],
        "families": [
            [each.id, each.uuid, each.name, list(each.spellings)] for each in library.families.all()
        ],
        "lines": [
            [query, *line, int(state)]
            for query, states in lines.items()
            for line, state in sorted(states.items())
        ],
    }


def newest_step(library: Library) -> int:
    """The step that undo would take back, 0 for none: what is held is the same at each of its turns."""
    with library._store.read() as snapshot:
        step = snapshot.undo_steps.newest(undone=False)
    return step.id if step else 0


def told(each: Highlight) -> list[Any]:
    anchor, place = each.anchor, each.place
    return [
        each.id,
        each.uuid,
        each.document,
        [anchor.version, anchor.start, anchor.end, anchor.quote, anchor.before, anchor.after],
        [each.colour, each.style.value, each.note, each.made_at.isoformat()],
        list(each.tags),
        [place.start, place.end] if place else None,
        each.how.value,
    ]


class Marking:
    """Chooses what to do next."""

    def __init__(self, library: Library, chance: random.Random) -> None:
        self.library = library
        self.chance = chance
        self.documents = sorted(library.search("").ids)

    def next(self) -> Callable[[], object]:
        """Something to do: a command to run, or an undo or redo."""
        turn = self.chance.random()
        if turn < 0.15 and "Highlight" in (self.library.undo_name() or ""):
            return self.library.undo
        if turn < 0.22 and self.library.redo_name() is not None:
            return self.library.redo
        command = self._command()
        return lambda: self.library.run(command)

    def _command(self) -> Command:
        if self.chance.random() < 0.3:
            return self._of_searching()
        document = self.chance.choice(self.documents)
        marked = [each.id for each in self.library.marks.of(document)]
        tags = [tag.id for tag in self.library.tag_tree(counted=False).tags]
        some = tuple(self.chance.sample(marked, min(len(marked), 3)))
        turn = self.chance.random() if marked else 0.0
        if turn < 0.45:
            version, start, end = self._passage(document)
            return AddHighlight(
                document,
                version,
                start,
                end,
                colour=self.chance.choice(MARK_COLOURS),
                note=self.chance.choice(["", "Why?"]),
                tags=tuple(self.chance.sample(tags, min(len(tags), 2))),
                uuid=str(uuids.UUID(int=self.chance.getrandbits(120))),
            )
        if turn < 0.55:
            return MoveHighlight(some[0], *self._passage(document))
        if turn < 0.65:
            return SetNote(some[0], f"note {self.chance.random()}")
        if turn < 0.75:
            return SetLooks(some, colour=self.chance.choice(MARK_COLOURS), style=MarkStyle.BAR)
        if turn < 0.85 and tags:
            return TagHighlights(self.chance.choice(tags), some, self.chance.random() < 0.7)
        if turn < 0.9:
            return SetDocumentNote(document, f"note {self.chance.random()}")
        if turn < 0.92 and len(tags) > 2:
            return DeleteTag(self.chance.choice(tags))
        return DeleteHighlights(some)

    def _of_searching(self) -> Command:
        chance, searches = self.chance, self.library.searches.all()
        turn = chance.random()
        if turn < 0.2:
            return JoinSpellings(tuple(chance.sample(_SPELLINGS, 2)))
        if turn < 0.3:
            return LeaveFamily(chance.choice(_SPELLINGS))
        if turn < 0.5:
            lines = tuple(
                (chance.choice(self.documents), chance.getrandbits(64) - 2**63) for _ in range(9)
            )
            kept = [
                (line[1], line[2]) for line in held_of_searching(self.library)["lines"]
            ]  # of any query: for another it is new
            state = chance.choice([*LineState, None])
            return MarkLines(chance.choice(_QUERIES), (*lines, *kept[:9]), state)
        if turn < 0.7 or not searches:
            name = f"search {chance.random()}"
            uuid = str(uuids.UUID(int=chance.getrandbits(120)))
            return SaveSearch(name, chance.choice(_QUERIES), uuid)
        search = chance.choice(searches).id
        commands: list[Command] = [
            RenameSearch(search, f"search {chance.random()}"),
            ChangeSearch(search, chance.choice(_QUERIES)),
            MoveSearch(search, chance.randrange(5)),
            DeleteSearch(search),
        ]
        return chance.choice(commands)

    def _passage(self, document: int) -> tuple[str, int, int]:
        text = self.library.text(document)
        start = self.chance.randrange(len(text.canonical) - 80)
        return text.version, start, start + self.chance.randint(10, 70)


def main() -> None:
    folder, cache, seed = sys.argv[1:]
    library = Library.open(Path(folder), cache=Path(cache), index="inline")

    marking = Marking(library, random.Random(int(seed)))
    say(library)
    while True:
        do = marking.next()
        print(json.dumps({"step": newest_step(library), "held": None}), flush=True)
        do()
        say(library)


def say(library: Library) -> None:
    print(json.dumps({"step": newest_step(library), "held": held(library)}), flush=True)


if __name__ == "__main__":
    main()
