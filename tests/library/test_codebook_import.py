"""Tags with what carries them, from one library into another, and as one step of undo."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.core.codebook import CodedPassage, Coding
from desktop_app.core.errors import BadUsage
from desktop_app.core.highlights import LONGEST_NOTE
from desktop_app.core.model import LinkKind
from desktop_app.core.tag_aliases import Alias, AliasKind
from desktop_app.core.tag_looks import Pattern
from desktop_app.core.text import Block, BlockKind, digest_of, make_text
from desktop_app.library import undoing
from desktop_app.library.codebooks.applying import ImportCodebook
from desktop_app.library.codebooks.plan import Choice
from desktop_app.library.commands import AddTag, SetTrashed
from desktop_app.library.library import Library
from desktop_app.library.outcomes import Outcome
from desktop_app.library.tags.commands import MoveTag, RenameTag
from desktop_app.library.tags.splitting import SplitTag
from desktop_app.library.tags.tidying import DeleteTag, MergeTags
from tests.library.conftest import Bring
from tests.library.shelf_for_tests import BODY, Shelf, book, plain, tag, uuid
from tests.store.conftest import bring as put_in
from tests.store.conftest import make


@pytest.fixture
def mine(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path / "mine")
    yield made
    made.store.close()


@pytest.fixture
def theirs(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path / "theirs")
    yield made
    made.store.close()


def full() -> tuple[object, ...]:
    return (
        tag(
            1,
            "place",
            colour="#123456",
            aliases=(Alias("Ort", AliasKind.LANGUAGE, "de"), Alias("PL", AliasKind.ABBREVIATION)),
            key=4,
            pattern=Pattern.DOTS,
            letters="pl",
            definition="Where it was.",
            use_when="A name of a place.",
            not_when="A name of a state.",
            examples="“in Tabqa”",
            formerly=(uuid(91),),
            related=(uuid(3),),
        ),
        tag(2, "a/b::c", 1, colour="#abcdef", archived=True),
        tag(3, "siege", colour="#654321", related=(uuid(1),), opposite=(uuid(4),)),
        tag(4, "truce", colour="#654322", opposite=(uuid(3),)),
    )


def test_all_that_is_said_of_tags_arrives_and_leaves_again_as_it_was(mine: Shelf) -> None:
    codebook = book(
        *full(),  # type: ignore[arg-type]
        description="What was seen",
        author="Me",
        licence="CC0",
        version="2",
        scheme="warm",
    )
    before = mine.book()
    mine.take_in(codebook)
    assert plain(mine.book()) == codebook
    assert mine.tree().active_collection.name == "Field notes"
    links = {link.kind for tag in mine.tree().tags for link in mine.tree().links.get(tag.id, ())}
    assert links == {LinkKind.RELATED, LinkKind.OPPOSITE}
    mine.undo()
    assert mine.book() == before and not mine.tree().tags
    mine.redo()
    assert plain(mine.book()) == codebook


def test_taggings_go_to_the_same_texts_and_the_same_words(mine: Shelf, theirs: Shelf) -> None:
    of_mine, of_theirs = mine.text(), theirs.text()
    siege, river = theirs.create("siege", of_theirs), theirs.create("place/river")
    theirs.mark(of_theirs, "The dam at Tabqa", siege, river, note="why?", nth=1)
    theirs.mark(of_theirs, "river", river)
    codebook = theirs.book()
    fit = mine.plan(codebook).fit
    assert (fit.new_documents, fit.new_marks, fit.new_codings, fit.unfit) == (1, 2, 4, 0)
    assert mine.take_in(codebook) == (
        "Import the tag collection “My tags” (3 new tags, 1 document and 2 highlights tagged)"
    )
    assert mine.marked(of_mine) == theirs.marked(of_theirs)
    assert mine.carrying("siege") == {of_mine}
    assert replace(mine.book(), uuid="") == replace(codebook, uuid="")
    assert mine.take_in(codebook) == ""
    mine.undo()
    assert not mine.tree().tags and not mine.marked(of_mine)
    mine.redo()
    assert mine.marked(of_mine) == theirs.marked(of_theirs)


def test_without_taggings_only_tags_arrive(mine: Shelf, theirs: Shelf) -> None:
    of_mine, of_theirs = mine.text(), theirs.text()
    theirs.create("siege", of_theirs)
    mine.take_in(theirs.book(), codings=False)
    assert mine.paths() == ["My tags::siege"]
    assert mine.carrying("siege") == set() and not mine.marked(of_mine)


def test_a_highlight_of_the_same_words_gets_the_tag_and_keeps_its_note(
    mine: Shelf, theirs: Shelf
) -> None:
    of_mine, of_theirs = mine.text(), theirs.text()
    siege = theirs.create("siege")
    theirs.mark(of_theirs, "Tabqa", siege)
    theirs.mark(of_theirs, "river", siege, note="theirs")
    mine.mark(of_mine, "Tabqa", note="mine")
    mine.mark(of_mine, "river", note="mine")
    fit = mine.plan(theirs.book()).fit
    here = [mark for mark in fit.marks if mark.here is not None and mark.tags]
    assert (len(here), fit.new_marks) == (1, 1)
    mine.take_in(theirs.book())
    # Where both have their say, both stay.
    assert mine.marked(of_mine) == [
        ("Tabqa", 17, "mine", ["siege"]),
        ("river", 82, "mine", []),
        ("river", 82, "theirs", ["siege"]),
    ]


def test_the_same_highlight_whose_note_was_changed_here_keeps_it_and_that_is_counted(
    mine: Shelf, theirs: Shelf
) -> None:
    of_mine = mine.text()
    theirs.text()
    passage = CodedPassage("Tabqa", 17, 22, note="first", uuid=uuid(50))
    coding = Coding(uuid(1), digest_of(BODY), passage=passage)
    mine.take_in(book(tag(1, "siege"), codings=(coding,)))
    said = replace(coding, passage=replace(passage, note="second"))
    assert mine.plan(book(tag(1, "siege"), codings=(said,))).fit.notes_kept == 1
    assert mine.take_in(book(tag(1, "siege"), codings=(said,))) == ""
    assert mine.marked(of_mine) == [("Tabqa", 17, "first", ["siege"])]


def test_a_note_that_is_too_long_is_cut_and_that_is_said_before(mine: Shelf) -> None:
    of_mine = mine.text()
    passage = CodedPassage("Tabqa", 17, 22, note="n" * (LONGEST_NOTE + 1), uuid=uuid(50))
    theirs = book(tag(1, "siege"), codings=(Coding(uuid(1), digest_of(BODY), passage=passage),))
    plan = mine.plan(theirs)
    assert (plan.fit.notes_cut, plan.problems) == (1, ())
    mine.take_in(theirs)
    ((_, _, note, tags),) = mine.marked(of_mine)
    assert (note, tags) == ("n" * (LONGEST_NOTE - 1) + "…", ["siege"])
    # Brought in once more it is the same note.
    again = mine.plan(theirs).fit
    assert (again.notes_cut, again.notes_kept, again.new_codings) == (0, 0, 0)


def test_a_text_that_is_not_here_is_named_and_left_out(mine: Shelf, theirs: Shelf) -> None:
    mine.text()
    theirs.text()
    other = theirs.text("Elsewhere", "Nothing of this is known.")
    siege = theirs.create("siege", other)
    theirs.mark(other, "known", siege)
    fit = mine.plan(theirs.book()).fit
    assert [(each.title, each.codings) for each in fit.absent] == [("Elsewhere", 2)]
    assert (fit.unfit, fit.new_codings) == (2, 0)
    assert mine.take_in(theirs.book()).endswith("(1 new tag)")


def test_a_text_read_otherwise_is_known_by_its_file_and_its_words_are_found_again(
    mine: Shelf, theirs: Shelf
) -> None:
    of_mine = mine.text(body=f"A line that came later.\n{BODY}")
    of_theirs = theirs.text()
    siege = theirs.create("siege", of_theirs)
    theirs.mark(of_theirs, "The dam at Tabqa fell in May", siege)
    fit = mine.plan(theirs.book()).fit
    assert (fit.new_documents, fit.new_marks, fit.unfit) == (1, 1, 0)
    mine.take_in(theirs.book())
    assert mine.marked(of_mine) == [("The dam at Tabqa fell in May", 57, "", ["siege"])]


def test_a_text_read_otherwise_of_a_file_by_another_name_is_known_by_its_original(
    mine: Shelf, theirs: Shelf
) -> None:
    theirs_as_read = make("Siege", BODY)
    (of_theirs,) = put_in(theirs.store, theirs_as_read)
    anew = [Block(BlockKind.PARAGRAPH, line) for line in ("Read anew.", *BODY.split("\n"))]
    (of_mine,) = put_in(
        mine.store,
        replace(make("The dam", BODY), text=make_text(anew, "txt 2"), file_name="dam.txt"),
    )
    siege = theirs.create("siege", of_theirs)
    theirs.mark(of_theirs, "The dam at Tabqa fell in May", siege)
    assert {coding.original for coding in theirs.book().codings} == {theirs_as_read.original}
    mine.take_in(theirs.book())
    assert mine.carrying("siege") == {of_mine}
    assert [quote for quote, *_ in mine.marked(of_mine)] == ["The dam at Tabqa fell in May"]


def test_words_that_the_text_does_not_say_are_named_and_left_out(
    mine: Shelf, theirs: Shelf
) -> None:
    mine.text(body="Siege\nQuite another thing is told of it here, and nobody knows.")
    of_theirs = theirs.text()
    siege = theirs.create("siege")
    theirs.mark(of_theirs, "The dam at Tabqa fell in May", siege)
    (unfound,) = mine.plan(theirs.book()).fit.unfound
    assert (unfound.title, unfound.quote) == ("Siege", "The dam at Tabqa fell in May")


def test_a_name_that_two_documents_have_means_neither(mine: Shelf) -> None:
    mine.text(body="One text.")
    mine.text(body="Another text.")
    coding = Coding(uuid(1), "", "Siege", "Siege.txt")
    assert mine.plan(book(tag(1, "siege"), codings=(coding,))).fit.unfit == 1


def test_what_lies_in_the_trash_neither_leaves_nor_gets_anything(
    mine: Shelf, theirs: Shelf
) -> None:
    of_mine, of_theirs = mine.text(), theirs.text()
    siege = theirs.create("siege", of_theirs)
    theirs.mark(of_theirs, "Tabqa", siege)
    codebook = theirs.book()
    mine.do(SetTrashed((of_mine,), True))
    assert mine.plan(codebook).fit.unfit == 2
    theirs.do(SetTrashed((of_theirs,), True))
    assert theirs.book().codings == ()


def test_a_passage_marked_in_an_old_text_leaves_as_it_stands_in_the_text_in_use(
    mine: Shelf,
) -> None:
    document = mine.text()
    siege = mine.create("siege")
    mine.mark(document, "The dam at Tabqa fell in May", siege)
    lines = ["Read anew.", *BODY.split("\n")]
    anew = make_text([Block(BlockKind.PARAGRAPH, line) for line in lines], "txt 2")
    with mine.store.write() as work:
        work.texts.put(document, anew, "txt 2")
    (coding,) = mine.book().codings
    assert coding.passage is not None and coding.digest == digest_of(anew.canonical)
    start, end = coding.passage.start, coding.passage.end
    assert anew.canonical[start:end] == coding.passage.quote == "The dam at Tabqa fell in May"
    assert anew.canonical[start - 32 : start] == coding.passage.before
    assert anew.canonical[end : end + 32] == coding.passage.after
    # It is the highlight that it was, wherever it comes back to.
    mine.take_in(mine.book())
    assert len(mine.marked(document)) == 1


def test_a_tag_that_went_up_in_another_brings_what_carries_it_along(
    mine: Shelf, theirs: Shelf
) -> None:
    of_mine, of_theirs = mine.text(), theirs.text()
    theirs.create("seige", of_theirs)
    codebook = theirs.book()
    mine.take_in(codebook, codings=False)
    mine.create("siege")
    mine.do(MergeTags(mine.tag_id("seige"), mine.tag_id("siege")))
    mine.take_in(codebook)
    assert mine.paths() == ["My tags::siege"] and mine.carrying("siege") == {of_mine}


def test_what_carries_a_tag_that_is_left_out_is_counted_and_left_out(
    mine: Shelf, theirs: Shelf
) -> None:
    mine.text()
    theirs.create("siege", theirs.text())
    plan = mine.plan(theirs.book(), siege=Choice.LEAVE)
    assert (plan.fit.left_out, plan.fit.new_codings) == (1, 0)


def test_an_undo_whose_ground_has_changed_changes_nothing(mine: Shelf, theirs: Shelf) -> None:
    of_mine = mine.text()
    theirs.create("place/siege", theirs.text())
    mine.take_in(theirs.book())
    other = mine.text("Other", "Another text.")
    with mine.store.write() as work:
        work.taggings.add(mine.tag_id("place/siege"), [other])
        work.taggings.remove(mine.tag_id("place/siege"), [of_mine])
    before = mine.book()
    report = undoing.undo(mine.store)
    assert report is not None and report.refused is not None
    assert mine.book() == before
    mine.do(MoveTag(mine.tag_id("place/siege"), None))
    mine.do(AddTag(mine.tag_id("siege"), (of_mine,)))


def test_tags_come_in_while_documents_do_and_each_goes_by_an_undo_of_its_own(
    library: Library, bring: Bring
) -> None:
    codebook = book(tag(1, "siege"), codings=(Coding(uuid(1), "", "", "article-0.txt"),))
    outcomes: list[Outcome] = []

    def while_it_runs(outcome: Outcome) -> None:
        if not outcomes:
            library.run(ImportCodebook(codebook, codings=True))
        outcomes.append(outcome)

    bring("One text of the river.\n")
    folder = library.folder.parent / "more"
    folder.mkdir()
    for number in range(3):
        (folder / f"more-{number}.txt").write_text(f"Text {number} of the quay.\n")
    library.import_files([folder], on_outcome=while_it_runs)
    assert len(outcomes) == 3
    (siege,) = library.tag_tree().tags
    assert library.tag_tree().own[siege.id] == 1
    names = [done.name for done in library.history()]
    assert sum(name.startswith("Import the tag collection") for name in names) == 1
    while library.undo_name() is not None:
        report = library.undo()
        assert report is not None and report.refused is None
    assert not library.tag_tree().tags and not library.search("").ids


@pytest.mark.parametrize("happens", ["merge", "delete", "split", "rename", "new"])
def test_tags_that_change_while_the_preview_stands_open_are_refused_or_meant_as_they_are_now(
    mine: Shelf, theirs: Shelf, happens: str
) -> None:
    of_mine, of_theirs = mine.text(), theirs.text()
    theirs.create("siege", of_theirs)
    codebook = theirs.book()
    if happens != "new":
        mine.take_in(codebook, codings=False)
    mine.create("river")
    plan = mine.plan(codebook)
    if happens == "merge":
        mine.do(MergeTags(mine.tag_id("siege"), mine.tag_id("river")))
    elif happens == "delete":
        mine.do(DeleteTag(mine.tag_id("siege")))
    elif happens == "split":
        mine.do(AddTag(mine.tag_id("siege"), (of_mine,)))
        mine.do(SplitTag(mine.tag_id("siege"), "dam", (of_mine,), ()))
    elif happens == "rename":
        mine.do(RenameTag(mine.tag_id("siege"), "held"))
    else:
        mine.create("siege")
    before = mine.book()
    try:
        mine.do(ImportCodebook(codebook, plan.chosen, codings=True))
    except BadUsage as refused:
        assert happens in ("delete", "new")
        assert refused.message == "The tags have been changed since the preview was made."
        assert mine.book() == before
        return
    assert happens in ("merge", "split", "rename")
    now = {"merge": "river", "split": "siege", "rename": "held"}[happens]
    assert mine.carrying(now) == {of_mine}
    mine.undo()
    assert mine.book() == before


def test_tags_that_are_moved_below_new_ones_and_swap_keys_come_and_go_as_one_step(
    mine: Shelf,
) -> None:
    first = book(
        tag(1, "siege", key=1), tag(2, "river", key=2), tag(3, "dam", definition="A wall.")
    )
    mine.take_in(first)
    before = mine.book()
    again = book(
        tag(4, "place"),
        tag(2, "river", 4, key=3),
        tag(1, "siege", 4, key=2),
        tag(5, "river"),
        tag(3, "dam", definition="A wall in a river."),
    )
    chosen = dict.fromkeys((uuid(1), uuid(2), uuid(3)), Choice.TAKE)
    mine.do(ImportCodebook(again, chosen, codings=True))
    assert mine.paths() == [
        "Field notes::dam",
        "Field notes::place",
        "Field notes::place/river",
        "Field notes::place/siege",
        "Field notes::river",
    ]
    after = mine.book()
    assert {said.name: said.key for said in after.tags if said.key} == {"river": 3, "siege": 2}
    mine.undo()
    assert mine.book() == before
    mine.redo()
    assert mine.book() == after
