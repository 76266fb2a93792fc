"""One machine drives a whole library: it is what a model of plain dicts says after every step.

Import, marking, tagging, tidying, the trash, collections, undo and redo, closing, kills before and
after a commit, a new index: after each the database equals the model, the index equals the database
whenever it has caught up, and undoing everything gives the library of the beginning.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    invariant,
    rule,
    run_state_machine_as_test,
)

from desktop_app.core.model import LinkKind
from desktop_app.core.tag_paths import split_tag_path
from desktop_app.core.words import words
from desktop_app.formats.process.worker import Worker
from desktop_app.library.commands import (
    AddTag,
    RemoveTag,
)
from desktop_app.library.highlight_commands import (
    TagHighlights,
)
from desktop_app.library.library import Library
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
from tests.library.machine_for_tests import PICK, ModelledLibrary
from tests.library.model_for_tests import Fresh, Model, Refused, folded

NAMES = st.sampled_from(["siege", "Siège", "dam", "a/b", "dam/siege", "x::y", "place/Syria", " "])
PLAIN_NAMES = st.sampled_from(["siege", "SIEGE", "dam", "damn", "the dam", "a/b", "#x", " "])
ASKED = ("harbour", "quay", "tabqa", "winter", "grosse")


class LibraryMachine(ModelledLibrary):
    """Everything that can be done to tags, in between all else."""

    asked_of: object = None  # what the index was asked about last
    turn = 0

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

    # There and back

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
        self.copy_library(image)
        self.go_on_with(image)

    @rule()
    def rebuild_the_index(self) -> None:
        self.library.reindex()
        self.asked_of = None

    # What must hold

    @invariant()
    def the_database_is_the_model(self) -> None:
        self.same(self.present(), self.model)

    @invariant()
    def what_tags_count_is_what_carries_them(self) -> None:
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
    def what_is_found_is_what_is_there_once_the_index_has_caught_up(self) -> None:
        assert self.library.wait_until_searchable(60)
        shown = {e: one for e, one in self.model.documents.items() if not one["trashed"]}
        indexed = (
            {each: one["title"] for each, one in shown.items()},
            [(one["document"], one["note"]) for one in self.model.marks.values()],
        )
        if indexed != self.asked_of:
            self.asked_of = indexed
            for word in ASKED:
                self.finds(word, shown)
        self.finds_by_tag()

    def finds(self, word: str, shown: Collection[int]) -> None:
        said = {
            each
            for each in shown
            if word in self.words_of[each] or word in words(self.model.documents[each]["title"])
        }
        noted = {
            one["document"]
            for one in self.model.marks.values()
            if one["document"] in shown and word in words(one["note"])
        }
        assert set(self.library.search(f'"{word}"').ids) == said | noted

    def finds_by_tag(self) -> None:
        """Ask for one of the tags, another one after each step."""
        self.turn += 1
        tag = self.one_of(self.model.tags, self.turn)
        also = {folded(name) for one in self.model.tags.values() for name in one["also"]}
        if tag is None or folded(self.model.tags[tag]["name"]) in also:
            return  # the name means more than one tag
        path = self.library.tag_tree(counted=False).full_path(tag)
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
