"""One machine drives a whole library: whatever is done, undo gives back exactly what was before.

The machine keeps a plain picture of the library after every step of the undo log. Undo must give
the picture before the step, redo the one after it, closing and opening must change nothing, and
the index must agree with the database whenever it has caught up.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from desktop_app.core.dates import PartialDate
from desktop_app.core.errors import BadUsage
from desktop_app.core.line_states import LineState
from desktop_app.core.model import FactName, ReadState
from desktop_app.core.words import words
from desktop_app.formats.process.worker import Worker
from desktop_app.library.commands import (
    AddTag,
    Command,
    RemoveTag,
    SetFacts,
    SetStarred,
    SetState,
    SetTrashed,
)
from desktop_app.library.family_commands import JoinSpellings, LeaveFamily
from desktop_app.library.library import Library
from desktop_app.library.line_commands import MarkLines
from desktop_app.library.search_commands import (
    ChangeSearch,
    DeleteSearch,
    MoveSearch,
    RenameSearch,
    SaveSearch,
)
from desktop_app.library.tags.collection_commands import (
    CreateCollection,
    DeleteCollection,
    UseCollection,
)
from desktop_app.library.tags.commands import CreateTag, MoveTag, RecolourTag, RenameTag
from desktop_app.library.tags.tidying import DeleteTag, MergeTags

NAMES = st.sampled_from(["siege", "Siège", "dam", "a/b", "dam/siege", "x::y", "place/Syria"])
WORDS = st.sampled_from(["harbour", "quay", "Tabqa", "dock", "winter", "Größe"])
PICK = st.integers(0, 5)
QUERIES = st.sampled_from(["harbour", "quay OR dock", "is:unread winter", " "])

Picture = dict[str, Any]


class LibraryMachine(RuleBasedStateMachine):
    """Commands against a real library, and pictures of it."""

    worker: Worker  # one for all runs

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="postil-machine-"))
        self.library = self.opened()
        self.done: list[tuple[Picture, Picture]] = []
        self.undone: list[tuple[Picture, Picture]] = []
        self.files = 0

    def opened(self) -> Library:
        return Library.open(
            self.folder / "library",
            cache=self.folder / "cache",
            index="inline",
            worker=self.worker,
        )

    def teardown(self) -> None:
        self.library.close()
        shutil.rmtree(self.folder)

    def picture(self) -> Picture:
        everything = [*self.library.search("").ids, *self.library.search("is:trash").ids]
        tree = self.library.tag_tree()
        return {
            "documents": {
                document.id: (
                    document.facts,
                    document.state,
                    document.starred,
                    document.trashed_at is None,
                    document.tags,
                )
                for document in self.library.documents(sorted(everything))
            },
            "tree": tree,
            "searches": [
                (each.id, each.uuid, each.name, each.query) for each in self.library.searches.all()
            ],
            "families": self.library.families.all(),
            "lines": self.lines(),
        }

    def lines(self) -> dict[tuple[int, int], LineState]:
        with self.library._store.read() as snapshot:
            return snapshot.concordances.lines("harbour")

    def assert_is(self, expected: Picture) -> None:
        """Hold the library against a picture; later imports, undone by now, lie in the trash."""
        present = self.picture()
        extra = set(present["documents"]) - set(expected["documents"])
        assert not any(present["documents"].pop(document)[3] for document in extra)
        assert present == expected

    def ran(self, command: Command) -> None:
        before = self.picture()
        try:
            changes = self.library.run(command)
        except BadUsage:
            assert self.picture() == before, "a refused command left a trace"
            return
        after = self.picture()
        if changes:
            self.done.append((before, after))
            self.undone.clear()
        else:
            assert after == before

    def some(self, pick: int) -> tuple[int, ...]:
        ids = sorted(self.library.search("").ids)
        return tuple(ids[pick % len(ids) :][:3]) if ids else ()

    def tag(self, pick: int) -> int | None:
        tags = self.library.tag_tree().tags
        return tags[pick % len(tags)].id if tags else None

    @initialize()
    def first_documents(self) -> None:
        self.bring(["harbour", "quay"])
        self.bring(["quay", "dock"])

    @rule(chosen=st.lists(WORDS, min_size=1, max_size=4))
    def bring(self, chosen: list[str]) -> None:
        self.files += 1
        path = self.folder / f"{self.files}.txt"
        path.write_text(f"Text {self.files} is about {' and '.join(chosen)}.\n")
        before = self.picture()
        self.library.import_files([path])
        after = self.picture()
        (new,) = set(after["documents"]) - set(before["documents"])
        facts, state, starred, _, tags = after["documents"][new]
        # An import that is undone lies in the trash.
        before["documents"][new] = (facts, state, starred, False, tags)
        self.done.append((before, after))
        self.undone.clear()

    @rule(name=NAMES, pick=PICK, tagged=st.booleans())
    def create_tag(self, name: str, pick: int, tagged: bool) -> None:
        self.ran(CreateTag(name, documents=self.some(pick) if tagged else ()))

    @rule(tag=PICK, pick=PICK, on=st.booleans())
    def tag_or_untag(self, tag: int, pick: int, on: bool) -> None:
        found = self.tag(tag)
        if found is not None:
            self.ran((AddTag if on else RemoveTag)(found, self.some(pick)))

    @rule(tag=PICK, name=NAMES)
    def rename(self, tag: int, name: str) -> None:
        if (found := self.tag(tag)) is not None:
            self.ran(RenameTag(found, name))

    @rule(tag=PICK, colour=st.sampled_from(["#112233", "#A0B0C0", "red"]))
    def recolour(self, tag: int, colour: str) -> None:
        if (found := self.tag(tag)) is not None:
            self.ran(RecolourTag(found, colour))

    @rule(tag=PICK, under=PICK, top=st.booleans())
    def move(self, tag: int, under: int, top: bool) -> None:
        if (found := self.tag(tag)) is not None:
            self.ran(MoveTag(found, None if top else self.tag(under)))

    @rule(loser=PICK, winner=PICK)
    def merge(self, loser: int, winner: int) -> None:
        one, other = self.tag(loser), self.tag(winner)
        if one is not None and other is not None:
            self.ran(MergeTags(one, other))

    @rule(tag=PICK)
    def delete(self, tag: int) -> None:
        if (found := self.tag(tag)) is not None:
            self.ran(DeleteTag(found))

    @rule(name=st.sampled_from(["Thesis", "thesis", "Other"]))
    def create_collection(self, name: str) -> None:
        self.ran(CreateCollection(name))

    @rule(pick=PICK, use=st.booleans())
    def use_or_delete_collection(self, pick: int, use: bool) -> None:
        collections = self.library.tag_tree().collections
        chosen = collections[pick % len(collections)].id
        self.ran(UseCollection(chosen) if use else DeleteCollection(chosen))

    @rule(pick=PICK, state=st.sampled_from(list(ReadState)))
    def mark(self, pick: int, state: ReadState) -> None:
        self.ran(SetState(self.some(pick), state))

    @rule(pick=PICK, on=st.booleans())
    def star(self, pick: int, on: bool) -> None:
        self.ran(SetStarred(self.some(pick), on))

    @rule(pick=PICK)
    def trash(self, pick: int) -> None:
        self.ran(SetTrashed(self.some(pick), True))

    @rule(pick=PICK, title=st.sampled_from(["", "Winter at the quay", "Dock"]))
    def set_facts(self, pick: int, title: str) -> None:
        changed = {FactName.TITLE: title, FactName.PUBLISHED: PartialDate(2016, 3)}
        self.ran(SetFacts(self.some(pick), changed))

    @rule(name=NAMES, query=QUERIES)
    def save_search(self, name: str, query: str) -> None:
        self.ran(SaveSearch(name, query))

    @rule(pick=PICK, name=NAMES, query=QUERIES, place=st.integers(-1, 4))
    def change_search(self, pick: int, name: str, query: str, place: int) -> None:
        searches = self.library.searches.all()
        if searches:
            found = searches[pick % len(searches)].id
            commands: list[Command] = [
                RenameSearch(found, name),
                ChangeSearch(found, query),
                MoveSearch(found, place),
                DeleteSearch(found),
            ]
            self.ran(commands[place % 4])

    @rule(pick=PICK)
    def look_at_a_search(self, pick: int) -> None:
        searches = self.library.searches.all()
        if searches:
            before = self.picture()
            self.library.searches.looked(searches[pick % len(searches)].id)
            assert self.picture() == before

    @rule(spellings=st.lists(WORDS, min_size=1, max_size=3))
    def join_spellings(self, spellings: list[str]) -> None:
        self.ran(JoinSpellings(tuple(spellings)))

    @rule(spelling=WORDS)
    def leave_family(self, spelling: str) -> None:
        self.ran(LeaveFamily(spelling))

    @rule(
        keys=st.lists(st.integers(-3, 3), min_size=1, max_size=3),
        pick=PICK,
        state=st.sampled_from([*LineState, None]),
    )
    def mark_lines(self, keys: list[int], pick: int, state: LineState | None) -> None:
        lines = tuple((document, key) for document in self.some(pick) for key in keys)
        self.ran(MarkLines("harbour", lines, state))

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        before, after = self.done.pop()
        report = self.library.undo()
        assert report is not None
        assert report.refused is None
        self.assert_is(before)
        self.undone.append((before, after))

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        before, after = self.undone.pop()
        report = self.library.redo()
        assert report is not None
        assert report.refused is None
        self.assert_is(after)
        self.done.append((before, after))

    @rule()
    def close_and_open(self) -> None:
        before = self.picture()
        self.library.close()
        self.library = self.opened()
        assert self.picture() == before

    @rule()
    def rebuild_the_index(self) -> None:
        self.library.reindex()

    @invariant()
    def the_index_agrees_with_the_database_once_it_has_caught_up(self) -> None:
        assert self.library.wait_until_searchable(60)
        documents = self.library.documents(sorted(self.library.search("").ids))
        for word in ("harbour", "winter", "grosse"):
            holding = {
                document.id
                for document in documents
                if word in words(document.title + " " + self.library.text(document.id).canonical)
            }
            assert set(self.library.search(f'"{word}"').ids) == holding


def run(worker: Worker, examples: int, steps: int) -> None:
    LibraryMachine.worker = worker
    run_state_machine_as_test(
        LibraryMachine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_undo_redo_reopening_and_the_index_agree_with_what_was_done(worker: Worker) -> None:
    run(worker, 6, 20)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_undo_redo_reopening_and_the_index_agree_over_long_runs(worker: Worker) -> None:
    run(worker, 100, 50)
