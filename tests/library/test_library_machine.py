"""One machine drives a whole library: it is what a model of plain dicts says after every step.

Import, marking, tagging, tidying, the trash, collections, undo and redo, closing, kills before and
after a commit, a new index: after each the database equals the model, the index equals the database
whenever it has caught up, and undoing everything gives the library of the beginning.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Collection
from dataclasses import replace
from itertools import count
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from desktop_app import durable
from desktop_app.core.dates import PartialDate
from desktop_app.core.errors import BadUsage
from desktop_app.core.line_states import LineState
from desktop_app.core.model import FactName, LinkKind, ReadState
from desktop_app.core.tag_paths import split_tag_path
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
from desktop_app.library.highlight_commands import (
    AddHighlight,
    DeleteHighlights,
    SetNote,
    TagHighlights,
)
from desktop_app.library.library import Library
from desktop_app.library.line_commands import MarkLines
from desktop_app.library.search_commands import ChangeSearch, DeleteSearch, MoveSearch, SaveSearch
from desktop_app.library.tags.collection_commands import (
    CreateCollection,
    DeleteCollection,
    LockCollection,
    UseCollection,
)
from desktop_app.library.tags.commands import CreateTag, MoveTag, RenameTag
from desktop_app.library.tags.editing import ArchiveTag, EditTag, LinkTags, TagEdit, UnlinkTags
from desktop_app.library.tags.splitting import SplitTag
from desktop_app.library.tags.tidying import DeleteTag, MergeTags
from desktop_app.library.tags.trash import ForgetBinned, RestoreBinned
from tests.library.model_for_tests import Fresh, Model, Refused, folded

NAMES = st.sampled_from(["siege", "Siège", "dam", "a/b", "dam/siege", "x::y", "place/Syria", " "])
PLAIN_NAMES = st.sampled_from(["siege", "SIEGE", "dam", "damn", "the dam", "a/b", "#x", " "])
WORDS = st.sampled_from(["harbour", "quay", "Tabqa", "dock", "winter", "Größe"])
ASKED = ("harbour", "quay", "tabqa", "winter", "grosse")
PICK = st.integers(0, 7)
QUERIES = st.sampled_from(["harbour", "quay OR dock", "is:unread winter"])


class LibraryMachine(RuleBasedStateMachine):
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
        shown = [replace(each, binned=dict.fromkeys(each.binned)) for each in (present, expected)]
        assert shown[0] == shown[1]

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
                shutil.copytree(self.folder / "library", image)

        durable.at_point = at_point
        try:
            self.library.run(command)
        finally:
            durable.at_point = lambda name: None
        return image if image.exists() else None

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

    # Tags

    @rule(path=NAMES, pick=PICK, tagged=st.booleans(), under=st.none() | PICK)
    def create(self, path: str, pick: int, tagged: bool, under: int | None) -> None:
        parent = None if under is None else self.one_of(self.model.tags, under)
        ids = self.some(pick) if tagged else ()
        home, names = split_tag_path(path)

        def change(model: Model, fresh: Fresh) -> None:
            if parent is None and home is not None:
                raise Refused  # there is no collection of that name
            model.create(names, fresh, parent=parent, documents=ids)

        self.ran(CreateTag(path, parent=parent, documents=ids), change)

    @rule(tag=PICK, pick=PICK, on=st.booleans())
    def tag_or_untag(self, tag: int, pick: int, on: bool) -> None:
        found, ids = self.one_of(self.model.tags, tag), self.some(pick)
        if found is not None:
            command = AddTag(found, ids) if on else RemoveTag(found, ids)
            self.ran(command, lambda model, _: model.tag(found, ids, on=on))

    @rule(tag=PICK, pick=PICK, on=st.booleans())
    def tag_or_untag_marks(self, tag: int, pick: int, on: bool) -> None:
        found = self.one_of(self.model.tags, tag)
        marks = tuple(sorted(self.model.marks)[pick % 3 :][:3])
        if found is not None:
            self.ran(
                TagHighlights(found, marks, on),
                lambda model, _: model.tag_marks(found, marks, on=on),
            )

    @rule(tag=PICK, name=PLAIN_NAMES)
    def rename(self, tag: int, name: str) -> None:
        if (found := self.one_of(self.model.tags, tag)) is not None:
            self.ran(RenameTag(found, name), lambda model, _: model.change(found, name=name))

    @rule(tag=PICK, said=st.sampled_from(["", "A harbour behind a wall."]))
    def define(self, tag: int, said: str) -> None:
        if (found := self.one_of(self.model.tags, tag)) is not None:
            self.ran(
                EditTag(found, TagEdit(definition=said)),
                lambda model, _: model.change(found, definition=said),
            )

    @rule(tag=PICK, away=st.booleans())
    def archive(self, tag: int, away: bool) -> None:
        if (found := self.one_of(self.model.tags, tag)) is not None:
            self.ran(ArchiveTag(found, away), lambda model, _: model.archive(found, away))

    @rule(tag=PICK, other=PICK, kind=st.sampled_from(list(LinkKind)), on=st.booleans())
    def link(self, tag: int, other: int, kind: LinkKind, on: bool) -> None:
        one, two = self.one_of(self.model.tags, tag), self.one_of(self.model.tags, other)
        if one is not None and two is not None:
            self.ran(
                (LinkTags if on else UnlinkTags)(one, two, kind),
                lambda model, _: model.link(one, two, kind.value, on=on),
            )

    @rule(tag=PICK, under=PICK, top=st.booleans())
    def move(self, tag: int, under: int, top: bool) -> None:
        found, above = self.one_of(self.model.tags, tag), self.one_of(self.model.tags, under)
        if found is not None:
            parent = None if top else above
            self.ran(MoveTag(found, parent), lambda model, _: model.move(found, parent))

    @rule(loser=PICK, winner=PICK)
    def merge(self, loser: int, winner: int) -> None:
        one, two = self.one_of(self.model.tags, loser), self.one_of(self.model.tags, winner)
        if one is not None and two is not None:
            self.ran(MergeTags(one, two), lambda model, _: model.merge(one, two))

    @rule(tag=PICK, name=PLAIN_NAMES, pick=PICK)
    def split(self, tag: int, name: str, pick: int) -> None:
        found, ids = self.one_of(self.model.tags, tag), self.some(pick)
        marks = tuple(sorted(self.model.marks)[:2])
        if found is not None:
            self.ran(
                SplitTag(found, name, ids, marks),
                lambda model, fresh: model.split(found, name, fresh, ids, marks),
            )

    @rule(tag=PICK)
    def delete(self, tag: int) -> None:
        if (found := self.one_of(self.model.tags, tag)) is not None:
            self.ran(DeleteTag(found), lambda model, fresh: model.delete(found, fresh))

    @rule(pick=PICK, forget=st.integers(0, 3))
    def restore_or_forget(self, pick: int, forget: int) -> None:
        found = self.one_of(self.model.binned, pick)
        if found is not None and forget == 0:
            self.ran(ForgetBinned((found,)), lambda model, _: model.binned.pop(found))
        elif found is not None:
            self.ran(RestoreBinned(found), lambda model, _: model.restore(found))

    @rule(name=st.sampled_from(["Thesis", "thésis", "Other", " "]))
    def create_collection(self, name: str) -> None:
        self.ran(CreateCollection(name), lambda model, fresh: model.create_collection(name, fresh))

    @rule(pick=PICK, what=st.sampled_from(["use", "delete", "lock", "unlock"]))
    def use_lock_or_delete_collection(self, pick: int, what: str) -> None:
        found = self.one_of(self.model.collections, pick)
        assert found is not None
        if what == "use":
            self.ran(UseCollection(found), lambda model, _: model.use(found))
        elif what == "delete":
            self.ran(DeleteCollection(found), lambda m, fresh: m.delete_collection(found, fresh))
        else:
            locked = what == "lock"
            self.ran(
                LockCollection(found, locked),
                lambda model, _: model.collections[found].update(locked=locked),
            )

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

    @rule()
    def close_and_open(self) -> None:
        self.library.close()
        self.open()

    @rule(at=st.sampled_from(["work:before-commit", "work:committed"]))
    def kill_during_the_next_change(self, at: str) -> None:
        self.killed_at = at

    @rule()
    def kill_and_open(self) -> None:
        image = self.folder / "image"
        shutil.copytree(self.folder / "library", image)
        self.go_on_with(image)

    @rule()
    def rebuild_the_index(self) -> None:
        self.library.reindex()

    # What must hold

    @invariant()
    def the_database_is_the_model(self) -> None:
        self.same(self.present(), self.model)

    @invariant()
    def the_counts_are_those_of_the_model(self) -> None:
        tree = self.library.tag_tree()
        for tag in self.model.tags:
            below = self.model.with_below(tag)
            counted = [
                counts.get(tag, 0)
                for counts in (
                    tree.own,
                    tree.with_children,
                    tree.highlights,
                    tree.highlights_with_children,
                )
            ]
            assert counted == [
                len(self.model.carried([tag])),
                len(self.model.carried(below)),
                len(self.model.marks_of([tag])),
                len(self.model.marks_of(below)),
            ]

    @invariant()
    def the_index_is_the_database_once_it_has_caught_up(self) -> None:
        assert self.library.wait_until_searchable(60)
        shown = {e: one for e, one in self.model.documents.items() if not one["trashed"]}
        for word in ASKED:
            said = {
                each
                for each, one in shown.items()
                if word in self.words_of[each] or word in words(one["title"])
            }
            noted = {
                one["document"]
                for one in self.model.marks.values()
                if one["document"] in shown and word in words(one["note"])
            }
            assert set(self.library.search(f'"{word}"').ids) == said | noted
        tree = self.library.tag_tree(counted=False)
        also = {folded(name) for one in self.model.tags.values() for name in one["also"]}
        for tag in sorted(self.model.tags)[:3]:
            if folded(self.model.tags[tag]["name"]) in also:
                continue  # the name means more than one tag
            path = tree.full_path(tag).replace('"', "")
            home, _, names = path.partition("::")
            found = self.library.search(f'tag:"{home}"::"{names}"').ids
            assert set(found) == self.model.carried(self.model.with_below(tag))


@pytest.fixture(scope="module")
def ready(worker: Worker, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with two documents and a few tags, copied for every run."""
    folder = tmp_path_factory.mktemp("ready")
    for name, said in (("one", "harbour and quay"), ("two", "quay and dock")):
        (folder / f"{name}.txt").write_text(f"The text {name} is about {said}.\n")
    library = Library.open(
        folder / "library", cache=folder / "cache", index="inline", worker=worker
    )
    library.import_files([folder / "one.txt", folder / "two.txt"])
    library.run(CreateTag("place/Syria", documents=(1,)))
    library.run(CreateTag("siege"))
    library.close()
    return folder / "library"


def run(worker: Worker, ready: Path, examples: int, steps: int) -> None:
    LibraryMachine.worker, LibraryMachine.ready = worker, ready
    run_state_machine_as_test(
        LibraryMachine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_library_is_the_model_and_undoing_everything_gives_the_first_state(
    worker: Worker, ready: Path
) -> None:
    run(worker, ready, 20, 30)


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_the_library_is_the_model_over_long_runs(worker: Worker, ready: Path) -> None:
    run(worker, ready, 200, 50)
