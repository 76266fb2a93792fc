"""Commands on documents, and taking them back."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.core.changes import Kind
from desktop_app.core.dates import PartialDate
from desktop_app.core.errors import BadUsage
from desktop_app.core.model import FactName, OriginKind, ReadState
from desktop_app.library.commands import (
    AddTag,
    RemoveTag,
    SetFacts,
    SetStarred,
    SetState,
    SetTrashed,
)
from desktop_app.library.library import Library
from desktop_app.library.tags.commands import CreateTag
from desktop_app.library.tags.tidying import DeleteTag
from tests.library.conftest import Bring


def ids(library: Library) -> tuple[int, ...]:
    return tuple(sorted(library.search("").ids))


def test_facts_set_by_hand_say_so_and_undo_gives_back_what_was_proposed(
    library: Library, bring: Bring
) -> None:
    bring("A headline\n\nMar 25, 2016\n\nBy Jane Roe\n\nThe text of the article goes on here.\n")
    (document,) = library.documents(ids(library))
    assert document.facts.published == PartialDate(2016, 3, 25)
    changed = {FactName.PUBLISHED: PartialDate(2016), FactName.AUTHORS: ("Roe", " Doe  J ")}
    changes = library.run(SetFacts((document.id,), changed))
    assert changes.touches(Kind.FACTS)
    (after,) = library.documents([document.id])
    assert after.facts.published == PartialDate(2016)
    assert after.facts.authors == ("Roe", "Doe J")
    assert after.facts.origins[FactName.AUTHORS].kind is OriginKind.YOU
    assert library.undo_name() == "Change the authors, date of 1 document"
    library.undo()
    assert library.documents([document.id])[0].facts == document.facts
    library.redo()
    assert library.documents([document.id])[0].facts == after.facts


def test_a_title_cannot_turn_the_line_around_it(library: Library, bring: Bring) -> None:
    bring("A headline\n\nThe text of the article goes on here for a while.\n")
    library.run(SetFacts(ids(library), {FactName.TITLE: "safe\u202egnp.exe\n\u2067 x"}))
    assert library.documents(ids(library))[0].title == "safegnp.exe x"


def test_a_document_keeps_its_title_when_a_blank_one_is_given(
    library: Library, bring: Bring
) -> None:
    bring("A headline\n\nThe text of the article goes on here for a while.\n")
    before = library.documents(ids(library))
    with pytest.raises(BadUsage, match="needs a title"):
        library.run(SetFacts(ids(library), {FactName.TITLE: "  "}))
    assert library.documents(ids(library)) == before


def test_marking_documents_of_different_states_is_undone_to_each_ones_own(
    library: Library, bring: Bring
) -> None:
    bring("One text.\n", "Two texts.\n", "Three texts.\n")
    one, two, three = ids(library)
    library.run(SetState((two,), ReadState.READ))
    library.run(SetState((one, two, three), ReadState.READING))
    assert library.undo_name() == "Mark 3 documents reading"
    library.undo()
    states = [document.state for document in library.documents([one, two, three])]
    assert states == [ReadState.UNREAD, ReadState.READ, ReadState.UNREAD]


def test_a_command_that_changes_nothing_leaves_no_step_behind(
    library: Library, bring: Bring
) -> None:
    bring("One text.\n")
    library.run(SetStarred(ids(library), True))
    name = library.undo_name()
    assert not library.run(SetStarred(ids(library), True))
    assert library.undo_name() == name


def test_the_trash_takes_documents_out_of_every_list_and_undo_puts_them_back(
    library: Library, bring: Bring
) -> None:
    bring("One text.\n", "Two texts.\n")
    one, two = ids(library)
    library.run(SetTrashed((one,), True))
    assert ids(library) == (two,)
    assert library.counts().trash == 1
    assert library.undo_name() == "Move 1 document to the trash"
    library.undo()
    assert ids(library) == (one, two)


def test_reading_on_does_not_stand_in_the_way_of_an_undo(library: Library, bring: Bring) -> None:
    bring("One text.\n")
    (one,) = ids(library)
    library.run(SetState((one,), ReadState.READ))
    library.run(SetState((one,), ReadState.UNREAD))
    # It changes the state without a step of its own.
    library.set_progress(one, progress=0.5, position=3)
    assert library.documents([one])[0].state is ReadState.READING
    report = library.undo()
    assert report is not None
    assert report.refused is None
    assert library.documents([one])[0].state is ReadState.READ


def test_undo_says_what_stands_in_its_way_and_changes_nothing(
    library: Library, bring: Bring
) -> None:
    bring("One text.\n")
    (one,) = ids(library)
    library.run(SetStarred((one,), True))
    with library._store.write() as work:
        work.documents.set_starred([one], False)
    report = library.undo()
    assert report is not None
    assert report.refused is not None
    assert "the star of “One text.” has been changed since" in report.refused
    assert library.undo_name() == "Star 1 document"


def test_emptying_the_trash_removes_for_good_and_later_undos_pass_over_what_is_gone(
    library: Library, bring: Bring, tmp_path: Path
) -> None:
    bring("One text.\n", "Two texts.\n")
    one, two = ids(library)
    library.run(SetStarred((one, two), True))
    library.run(SetTrashed((one,), True))
    assert library.empty_trash().documents == {one}
    assert library.counts().trash == 0
    assert library.undo().refused is None  # type: ignore[union-attr]
    assert library.undo().refused is None  # type: ignore[union-attr]
    assert not library.documents([two])[0].starred
    assert library.verify() == []


def test_originals_that_a_backup_names_outlast_the_trash(library: Library, bring: Bring) -> None:
    bring("One text.\n", "Two texts.\n")
    one, two = ids(library)
    backup = library.backup()
    bring("Three texts.\n")
    three = max(ids(library))
    library.run(SetTrashed((one, three), True))
    library.empty_trash()
    kept = {path.name for path in (library.folder / "originals").glob("*/*")}
    assert len(kept) == 2, "the original of the third text is in no backup"
    restored = library.restore(backup)
    assert restored.missing == ()
    assert ids(library) == (one, two)
    assert library.original(one)[1] == b"One text.\n"
    assert library.verify() == []


def test_a_tag_goes_on_only_where_it_is_missing_and_comes_off_only_there(
    library: Library, bring: Bring
) -> None:
    bring("One text.\n", "Two texts.\n", "Three texts.\n")
    one, two, three = ids(library)
    library.run(CreateTag("siege", documents=(one,)))
    siege = library.tag_tree().find("siege")
    assert siege is not None
    library.run(AddTag(siege.id, (one, two, three)))
    assert library.undo_name() == "Tag 2 documents “siege”"
    library.undo()
    assert [document.tags for document in library.documents([one, two, three])] == [
        (siege.id,),
        (),
        (),
    ]
    library.run(RemoveTag(siege.id, (one, two)))
    assert library.undo_name() == "Take the tag “siege” off 1 document"


def test_a_tag_that_is_gone_cannot_be_put_on_anything(library: Library, bring: Bring) -> None:
    bring("One text.\n")
    library.run(CreateTag("siege"))
    siege = library.tag_tree().find("siege")
    assert siege is not None
    library.run(DeleteTag(siege.id))
    with pytest.raises(BadUsage, match="deleted"):
        library.run(AddTag(siege.id, ids(library)))
