"""An undo whose ground has changed says what stands in the way and does nothing, whatever was done."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from desktop_app.core.folding import Phrase, Verdict
from desktop_app.core.highlights import MarkStyle
from desktop_app.core.line_states import LineState
from desktop_app.core.model import FactName, LinkKind, ReadState, TagLink
from desktop_app.core.name_families import NameFamily
from desktop_app.library import undoing
from desktop_app.library.commands import (
    AddTag,
    Command,
    SetFacts,
    SetStarred,
    SetState,
    SetTrashed,
)
from desktop_app.library.family_commands import JoinSpellings
from desktop_app.library.fold_commands import SetFoldPhrase, SetFoldRule
from desktop_app.library.highlight_commands import (
    AddHighlight,
    SetDocumentNote,
    SetLooks,
    SetNote,
    TagHighlights,
)
from desktop_app.library.line_commands import MarkLines
from desktop_app.library.search_commands import MoveSearch, RenameSearch, SaveSearch
from desktop_app.library.tags.collection_commands import RenameCollection, UseCollection
from desktop_app.library.tags.commands import CreateTag, RenameTag
from desktop_app.library.tags.editing import LinkTags
from desktop_app.library.tags.tidying import DeleteTag, MergeTags
from desktop_app.library.tags.trash import RestoreBinned
from desktop_app.store.store import Store, Work
from tests.faults.library_contents import contents
from tests.store.conftest import bring, make

PLACE, DAM, QUAY = 1, 2, 3


@dataclass(frozen=True)
class Case:
    """Something done, what changes its ground behind the log's back, and what is then said."""

    command: Command
    change: Callable[[Work], object]
    said: str


def retitled(work: Work) -> None:
    found = work.documents.get(1)
    assert found is not None
    work.documents.set_facts(1, replace(found.facts, title="Third"))


def changed_tag(tag: int, **values: object) -> Callable[[Work], object]:
    def change(work: Work) -> None:
        found = work.tags.get(tag)
        assert found is not None
        work.tags.change(replace(found, **values))  # type: ignore[arg-type]

    return change


def described(work: Work) -> None:
    found = work.collections.get(2)
    assert found is not None
    work.collections.change(replace(found, description="Of the war"))


def renamed_search(work: Work) -> None:
    found = work.saved_searches.get(1)
    assert found is not None
    work.saved_searches.change(replace(found, name="Third"), None)


CASES = {
    "a fact": Case(
        SetFacts((1,), {FactName.TITLE: "Other"}),
        retitled,
        "the title of “Third” has been changed since",
    ),
    "a state": Case(
        SetState((1, 2), ReadState.READ),
        lambda work: work.documents.set_state([1], ReadState.UNREAD),
        "“One” is no longer marked read",
    ),
    "a star": Case(
        SetStarred((1, 2), True),
        lambda work: work.documents.set_starred([1], False),
        "the star of “One” has been changed since",
    ),
    "the trash": Case(
        SetTrashed((1, 2), True),
        lambda work: work.documents.set_trashed([1], None),
        "“One” is out of the trash by now",
    ),
    "a tag given": Case(
        AddTag(PLACE, (1, 2)),
        lambda work: work.taggings.remove(PLACE, [2]),
        "documents have gained or lost the tag “place” since",
    ),
    "a tag given that is gone": Case(
        AddTag(PLACE, (1, 2)),
        lambda work: work.tags.remove(PLACE),
        "the tag has been deleted since",
    ),
    "a tag made": Case(
        CreateTag("new"),
        lambda work: work.tags.add(collection=1, name="below", colour="#336699", parent=4),
        "other tags have been put under “new” since",
    ),
    "a tag changed": Case(
        RenameTag(PLACE, "somewhere"),
        changed_tag(PLACE, definition="Where it was"),
        "the tag “somewhere” has been changed since",
    ),
    "a tag whose name was taken": Case(
        RenameTag(PLACE, "somewhere"),
        changed_tag(DAM, name="Place"),
        "there is a tag “Place” in that place already",
    ),
    "a tag in the trash": Case(
        DeleteTag(DAM),
        lambda work: work.tag_bin.remove(1),
        "the trash of tags no longer holds “dam”",
    ),
    "a merge": Case(
        MergeTags(DAM, QUAY),
        lambda work: work.tag_links.lead(
            next(uuid for uuid, tag in work.tag_links.redirects().items() if tag == QUAY), None
        ),
        "the tag has been merged since",
    ),
    "a link": Case(
        LinkTags(DAM, QUAY, LinkKind.RELATED),
        lambda work: work.tag_links.remove(next(iter(work.tag_links.all()))),
        "the two tags have been linked or unlinked since",
    ),
    "a collection": Case(
        RenameCollection(2, "Actors of the war"),
        described,
        "the collection “Actors of the war” has been changed since",
    ),
    "the collection in use": Case(
        UseCollection(2),
        lambda work: work.collections.activate(1),
        "another tag collection has been put in use since",
    ),
    "a highlight": Case(
        SetNote(1, "Why?"),
        lambda work: work.highlights.set_note(1, "Who?"),
        "the note on “One” has been changed since",
    ),
    "looks": Case(
        SetLooks((1,), colour="green"),
        lambda work: work.highlights.set_looks([1], "blue", MarkStyle.BAR),
        "the highlight “One” looks different since",
    ),
    "a tag on a highlight": Case(
        TagHighlights(PLACE, (1,)),
        lambda work: work.highlights.untag(PLACE, [1]),
        "highlights have gained or lost the tag “place” since",
    ),
    "a note on a document": Case(
        SetDocumentNote(1, "Why?"),
        lambda work: work.highlights.set_document_note(1, "Who?"),
        "the note on the document has been changed since",
    ),
    "a fold": Case(
        SetFoldRule("", "Read more", Verdict.ALWAYS),
        lambda work: work.fold_rules.set("", "read more", Verdict.NEVER),
        "something else was said of “read more” since",
    ),
    "a phrase": Case(
        SetFoldPhrase("cookies", "buy now", True),
        lambda work: work.fold_rules.set_phrase(
            "buy now", Phrase("cookies", "buy now", active=False)
        ),
        "the phrase “buy now” has been changed since",
    ),
    "a saved search": Case(
        RenameSearch(1, "Second"),
        renamed_search,
        "the saved search “Second” has been changed since",
    ),
    "the order of searches": Case(
        MoveSearch(1, 1),
        lambda work: work.saved_searches.remove(2),
        "saved searches have been moved, made or deleted since",
    ),
    "spellings": Case(
        JoinSpellings(("Raqqa", "Rakka")),
        lambda work: (
            work.name_families.remove([2]),
            work.name_families.add(NameFamily(2, "x", "Raqqa", ("raqqa", "ar raqqa"))),
        ),
        "the spellings of “Raqqa” have been joined otherwise since",
    ),
    "lines of a concordance": Case(
        MarkLines("dam", ((1, 7),), LineState.SEEN),
        lambda work: work.concordances.set("dam", {(1, 7): LineState.IRRELEVANT}, width=80),
        "something else was said of these lines since",
    ),
}


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with something of every kind in it, closed."""
    folder = tmp_path_factory.mktemp("ground") / "library"
    with Store.open(folder) as store:
        bring(store, *(make(title) for title in ("One", "Two", "Three")))
        for name in ("place", "dam", "quay"):
            undoing.do(store, CreateTag(name))
        with store.write() as work:
            work.collections.add("Actors")
            version = work.texts.get(1).version
        undoing.do(store, AddHighlight(1, version, 0, 3))
        for query in ("gates", "ferry"):
            undoing.do(store, SaveSearch("", query))
        undoing.do(store, JoinSpellings(("Tabqa", "Tabqah")))
    return folder


@pytest.fixture
def store(ground: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copytree(ground, tmp_path / "library")
    with Store.open(tmp_path / "library") as opened:
        yield opened


@pytest.mark.parametrize("what", CASES)
def test_where_the_ground_has_changed_nothing_is_undone(
    store: Store, what: str, tmp_path: Path
) -> None:
    case = CASES[what]
    undoing.do(store, case.command)
    (newest,) = undoing.history(store, 1)
    with store.write() as work:
        case.change(work)
    before = contents(tmp_path / "library")
    report = undoing.undo(store)
    assert report is not None
    assert report.refused == (
        f"“{newest.name}” cannot be undone: {case.said}. Nothing has been changed."
    )
    assert not report.changes
    assert contents(tmp_path / "library") == before
    assert undoing.history(store, 1) == [newest]


def linked(work: Work) -> None:
    work.tag_links.add(TagLink.between(DAM, PLACE, LinkKind.RELATED))


# With what is given the tag beside the log once it stands again, as an import does.
REDONE = {
    "a merge, and documents": Case(
        MergeTags(DAM, QUAY),
        lambda work: work.taggings.add(DAM, [1, 2]),
        "the tag “dam” has been put on 2 documents since",
    ),
    "a merge, and a highlight": Case(
        MergeTags(DAM, QUAY),
        lambda work: work.highlights.tag(DAM, [1]),
        "the tag “dam” has been put on 1 highlight since",
    ),
    "a merge, and a watched folder": Case(
        MergeTags(DAM, QUAY),
        lambda work: work.watched.put(Path("/news"), DAM, seen={}),
        "a watched folder gives the tag “dam” since",
    ),
    "a merge, and an import": Case(
        MergeTags(DAM, QUAY),
        lambda work: work.imports.begin([Path("/news")], DAM, keep=9),
        "an import gives the tag “dam” since",
    ),
    "a deletion, and documents": Case(
        DeleteTag(DAM),
        lambda work: work.taggings.add(DAM, [3]),
        "the tag “dam” has been put on 1 document since",
    ),
    "a deletion, and a link": Case(
        DeleteTag(DAM), linked, "the tags “place” and “dam” have been linked since"
    ),
    "a deletion, and a former tag": Case(
        DeleteTag(DAM),
        lambda work: work.tag_links.lead("former", DAM),
        "another tag has been merged into “dam” since",
    ),
}


@pytest.mark.parametrize("what", REDONE)
def test_what_takes_a_tag_away_is_not_done_again_where_something_new_hangs_on_it(
    store: Store, what: str, tmp_path: Path
) -> None:
    case = REDONE[what]
    undoing.do(store, case.command)
    undoing.undo(store)
    with store.write() as work:
        case.change(work)
    before = contents(tmp_path / "library")
    report = undoing.redo(store)
    assert report is not None
    assert report.refused == (
        f"“{report.name}” cannot be done again: {case.said}. Nothing has been changed."
    )
    assert contents(tmp_path / "library") == before


def test_a_restored_tag_goes_back_into_the_trash_only_with_all_that_it_is_on(store: Store) -> None:
    undoing.do(store, DeleteTag(DAM))
    undoing.do(store, RestoreBinned(1))
    with store.write() as work:
        work.taggings.add(DAM, [3])
    report = undoing.undo(store)
    assert report is not None and report.refused is not None
    assert "the tag “dam” has been put on 1 document since" in report.refused
    with store.write() as work:
        work.taggings.remove(DAM, [3])
    report = undoing.undo(store)
    assert report is not None and report.refused is None


def test_reading_on_in_a_document_does_not_keep_what_was_done_from_being_undone(
    store: Store,
) -> None:
    undoing.do(store, SetState((1, 2), ReadState.READ))
    undoing.do(store, SetState((1, 2), ReadState.UNREAD))
    with store.write() as work:
        work.documents.set_state([1], ReadState.READING)  # as the reader does by itself
    for expected in (ReadState.READ, ReadState.UNREAD):
        report = undoing.undo(store)
        assert report is not None and report.refused is None
        with store.read() as snapshot:
            assert {each.state for each in snapshot.documents.many([1, 2])} == {expected}
