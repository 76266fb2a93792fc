"""A library and its model side by side: what each change does to both, and the documents' changes."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Collection
from dataclasses import fields, replace
from itertools import count
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
)

from desktop_app import durable
from desktop_app.core.dates import PartialDate
from desktop_app.core.errors import BadUsage
from desktop_app.core.line_states import LineState
from desktop_app.core.model import FactName, ReadState
from desktop_app.core.words import words
from desktop_app.formats.process.worker import Worker
from desktop_app.library.commands import (
    Command,
    SetFacts,
    SetStarred,
    SetState,
    SetTrashed,
)
from desktop_app.library.family_commands import JoinSpellings, LeaveFamily
from desktop_app.library.highlight_commands import (
    AddHighlight,
    DeleteHighlights,
    SetNote,
)
from desktop_app.library.library import Library
from desktop_app.library.line_commands import MarkLines
from desktop_app.library.search_commands import ChangeSearch, DeleteSearch, MoveSearch, SaveSearch
from tests.library.model_for_tests import Fresh, Model, Refused, folded

WORDS = st.sampled_from(["harbour", "quay", "Tabqa", "dock", "winter", "Größe"])
PICK = st.integers(0, 7)
QUERIES = st.sampled_from(["harbour", "quay OR dock", "is:unread winter"])


class ModelledLibrary(RuleBasedStateMachine):
    """Commands against a real library, and the model of it."""

    worker: Worker  # one for all runs
    ready: Path  # a library with two documents, copied for each run

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="postil-machine-"))
        shutil.copytree(self.ready, self.folder / "library")
        self.open()
        self.words_of: dict[int, frozenset[str]] = {}
        self.tag_of: dict[str, int] = {}  # by uuid, of every tag that there ever was
        self.model = Model()
        self.model = self.first = self.present()
        self.first_steps = len(self.library.history(1000))
        self.done: list[tuple[Model, Model]] = []
        self.undone: list[tuple[Model, Model]] = []
        self.killed_at = ""
        self.files = 0

    def open(self) -> None:
        self.library = Library.open(
            self.folder / "library",
            cache=self.folder / "cache",
            index="inline",
            worker=self.worker,
        )

    def teardown(self) -> None:
        try:
            while self.done:
                self.undo()
                self.the_database_is_the_model()
            assert self.but_brought(self.model) == self.but_brought(self.first)
            standing = [each for each in self.library.history(1000) if not each.undone]
            assert len(standing) == self.first_steps
        finally:
            self.library.close()
            shutil.rmtree(self.folder)

    # What there is

    def present(self) -> Model:
        """The library, read as a model."""
        with self.library._store.read() as now:
            here = now.documents.all_ids() | now.documents.all_ids(trashed=True)
            for each in here - set(self.words_of):
                self.words_of[each] = frozenset(words(now.texts.get(each).canonical))
            tags = now.tags.all()
            self.tag_of |= {each.uuid: each.id for each in tags}
            marks = [mark for each in sorted(here) for mark in now.highlights.of_document(each)]
            return Model(
                documents={
                    each.id: {
                        "title": each.title,
                        "published": each.facts.published,
                        "state": each.state,
                        "starred": each.starred,
                        "trashed": each.trashed_at is not None,
                    }
                    for each in now.documents.many(sorted(here))
                },
                collections={
                    each.id: {
                        "name": each.name,
                        "active": each.active,
                        "locked": each.locked,
                        "archived": each.archived,
                    }
                    for each in now.collections.all()
                },
                tags={
                    each.id: {
                        "collection": each.collection,
                        "parent": each.parent,
                        "name": each.name,
                        "key": each.key,
                        "also": list(each.also_called),
                        "archived": each.archived,
                        "definition": each.definition,
                    }
                    for each in tags
                },
                marks={
                    each.id: {
                        "document": each.document,
                        "quote": each.anchor.quote,
                        "note": each.note,
                    }
                    for each in marks
                },
                tagged={(tag.id, each) for tag in tags for each in now.taggings.of_tag(tag.id)},
                marked={(tag, mark.id) for mark in marks for tag in mark.tags},
                links={(each.one, each.other, each.kind.value) for each in now.tag_links.all()},
                leads={self.tag_of[uuid]: to for uuid, to in now.tag_links.redirects().items()},
                binned={each.id: Model() for each in now.tag_bin.all()},
                rest={
                    "searches": [(e.name, e.query) for e in self.library.searches.all()],
                    "families": self.library.families.all(),
                    "lines": now.concordances.lines("harbour"),
                },
            )

    def same(self, present: Model, expected: Model) -> None:
        """Hold two models against each other; of what was deleted only that it is there."""
        for kept in fields(Model):
            one, other = getattr(present, kept.name), getattr(expected, kept.name)
            if kept.name == "binned":
                one, other = set(one), set(other)
            if isinstance(one, dict):  # to be shown only where they differ
                alike = {key for key in one if key in other and one[key] == other[key]}
                one, other = (
                    {key: each[key] for key in each if key not in alike} for each in (one, other)
                )
            assert one == other, f"{kept.name}: {one} is not {other}"

    def but_brought(self, model: Model) -> Model:
        """Without the documents that came in: an import that is undone lies in the trash."""
        brought = {each for each in model.documents if each not in self.first.documents}
        assert all(model.documents[each]["trashed"] for each in brought)
        kept = {each: one for each, one in model.documents.items() if each not in brought}
        return replace(model, documents=kept)

    def ran(self, command: Command, change: Callable[[Model, Fresh], object]) -> None:
        """Run a command that must do to the library what the change does to the model."""
        try:
            change(self.model.copy(), Fresh(count(10**9), count(10**9), count(10**9)))
        except Refused:
            with pytest.raises(BadUsage):
                self.library.run(command)
            self.killed_at = ""
            return
        before = self.model
        image = self.run_and_copy(command)
        present = self.present()
        expected = before.copy()
        change(
            expected,
            Fresh(
                iter(sorted(set(present.tags) - set(before.tags))),
                iter(sorted(set(present.collections) - set(before.collections))),
                iter(sorted(set(present.binned) - set(before.binned))),
            ),
        )
        if image is not None:
            self.go_on_with(image)
            if self.killed_at == "work:before-commit":
                expected = before
            self.killed_at = ""
        self.model = expected
        if expected != before:
            self.done.append((before, expected))
            self.undone.clear()

    def run_and_copy(self, command: Command) -> Path | None:
        """Run a command; the library's folder as it was at the moment of the kill, if one is due."""
        image = self.folder / "image"
        if not self.killed_at:
            self.library.run(command)
            return None

        def at_point(name: str) -> None:
            if name == self.killed_at and not image.exists():
                self.copy_library(image)

        durable.at_point = at_point
        try:
            self.library.run(command)
        finally:
            durable.at_point = lambda name: None
        return image if image.exists() else None

    def copy_library(self, image: Path) -> None:
        """Copy the folder as it is; a backup may be on its way into it at this moment."""
        ignore = shutil.ignore_patterns("backups")
        shutil.copytree(self.folder / "library", image, ignore=ignore)

    def go_on_with(self, image: Path) -> None:
        self.library.close()
        shutil.rmtree(self.folder / "library")
        image.rename(self.folder / "library")
        self.open()

    def some(self, pick: int) -> tuple[int, ...]:
        """Up to three documents outside the trash."""
        ids = sorted(e for e, one in self.model.documents.items() if not one["trashed"])
        return tuple(ids[pick % len(ids) :][:3]) if ids else ()

    def one_of(self, known: Collection[int], pick: int) -> int | None:
        ids = sorted(known)
        return ids[pick % len(ids)] if ids else None

    # Documents and marks

    @rule(chosen=st.lists(WORDS, min_size=1, max_size=4))
    def bring(self, chosen: list[str]) -> None:
        self.files += 1
        path = self.folder / f"{self.files}.txt"
        path.write_text(f"Text {self.files} is about {' and '.join(chosen)}.\n")
        before = self.model
        self.library.import_files([path])
        self.model = self.present()
        (new,) = set(self.model.documents) - set(before.documents)
        self.model.binned = before.copy().binned  # of what was deleted the model knows more
        assert {folded(word) for word in chosen} <= self.words_of[new]
        undone = {**self.model.documents[new], "trashed": True}
        # An import that is undone lies in the trash, and stays there whatever is undone then.
        for each in (*(one for pair in self.done for one in pair), before):
            each.documents.setdefault(new, undone)
        self.same(replace(self.model, documents={}), replace(before, documents={}))
        self.done.append((before, self.model))
        self.undone.clear()

    @rule(pick=PICK, word=st.integers(0, 9), note=st.sampled_from(["", "Tabqa again"]))
    def highlight(self, pick: int, word: int, note: str) -> None:
        for document in self.some(pick)[:1]:
            text = self.library.text(document)
            starts = [m.start() for m in re.finditer(r"\w+", text.canonical)]
            start = starts[word % len(starts)]
            end = re.compile(r"\w+").match(text.canonical, start).end()
            before = self.model
            self.library.run(AddHighlight(document, text.version, start, end, note=note))
            present = self.present()
            (new,) = set(present.marks) - set(before.marks)
            self.model = before.copy()
            self.model.marks[new] = {
                "document": document,
                "quote": text.canonical[start:end],
                "note": note,
            }
            self.done.append((before, self.model))
            self.undone.clear()

    @rule(pick=PICK, note=st.sampled_from(["", "quay?", "winter"]), gone=st.booleans())
    def note_or_delete_mark(self, pick: int, note: str, gone: bool) -> None:
        mark = self.one_of(self.model.marks, pick)
        if mark is not None and gone:
            self.ran(DeleteHighlights((mark,)), lambda model, _: model.delete_mark(mark))
        elif mark is not None:
            self.ran(SetNote(mark, note), lambda model, _: model.marks[mark].update(note=note))

    @rule(pick=PICK, state=st.sampled_from(list(ReadState)))
    def mark_read(self, pick: int, state: ReadState) -> None:
        ids = self.some(pick)
        self.ran(SetState(ids, state), lambda model, _: model.set_all(ids, state=state))

    @rule(pick=PICK, on=st.booleans())
    def star(self, pick: int, on: bool) -> None:
        ids = self.some(pick)
        self.ran(SetStarred(ids, on), lambda model, _: model.set_all(ids, starred=on))

    @rule(pick=PICK, back=st.booleans())
    def trash_or_put_back(self, pick: int, back: bool) -> None:
        in_trash = [e for e, one in self.model.documents.items() if one["trashed"]]
        ids = tuple(in_trash[:2]) if back else self.some(pick)
        self.ran(SetTrashed(ids, not back), lambda model, _: model.set_all(ids, trashed=not back))

    @rule(pick=PICK, title=st.sampled_from(["", "Winter at the quay", "Dock"]))
    def set_facts(self, pick: int, title: str) -> None:
        ids, date = self.some(pick), PartialDate(2016, 3)
        facts = {FactName.TITLE: title, FactName.PUBLISHED: date}

        def change(model: Model, _: Fresh) -> None:
            if not title:
                raise Refused
            model.set_all(ids, title=title, published=date)

        self.ran(SetFacts(ids, facts), change)

    # The rest of what can be undone: no change to tags may touch it, nor it the tags

    def ran_beside(self, command: Command) -> None:
        def change(model: Model, _: Fresh) -> None:
            model.rest = self.present().rest

        self.killed_at = ""
        self.ran(command, change)

    @rule(name=st.sampled_from(["One", "Two"]), query=QUERIES)
    def save_search(self, name: str, query: str) -> None:
        if all(name != known for known, _ in self.model.rest["searches"]):
            self.ran_beside(SaveSearch(name, query))

    @rule(pick=PICK, query=QUERIES, what=st.integers(0, 2))
    def change_search(self, pick: int, query: str, what: int) -> None:
        if searches := self.library.searches.all():
            found = searches[pick % len(searches)].id
            commands = (ChangeSearch(found, query), MoveSearch(found, 0), DeleteSearch(found))
            self.ran_beside(commands[what])

    @rule(spellings=st.lists(WORDS, min_size=2, max_size=3, unique=True))
    def join_spellings(self, spellings: list[str]) -> None:
        self.ran_beside(JoinSpellings(tuple(spellings)))

    @rule(spelling=WORDS)
    def leave_family(self, spelling: str) -> None:
        if any(folded(spelling) in str(each) for each in self.model.rest["families"]):
            self.ran_beside(LeaveFamily(spelling))

    @rule(keys=st.lists(st.integers(-3, 3), min_size=1, max_size=3), pick=PICK)
    def mark_lines(self, keys: list[int], pick: int) -> None:
        lines = tuple((document, key) for document in self.some(pick) for key in keys)
        self.ran_beside(MarkLines("harbour", lines, LineState.SEEN))

    # There and back

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        before, after = self.done.pop()
        report = self.library.undo()
        assert report is not None
        assert report.refused is None, report.refused
        self.model = before
        self.undone.append((before, after))

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        before, after = self.undone.pop()
        report = self.library.redo()
        assert report is not None
        assert report.refused is None, report.refused
        self.model = after
        self.done.append((before, after))
