"""Highlights: made, changed, tagged, deleted, undone, and found again in another text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.core.errors import BadUsage, LibraryBusy
from desktop_app.core.highlights import HighlightFilter, MarkStyle, Standing
from desktop_app.core.text import Block, BlockKind, make_text
from desktop_app.formats.process.worker import Worker
from desktop_app.library.commands import AddTag, RemoveTag, SetTrashed, UseText
from desktop_app.library.highlight_commands import (
    AcceptPlaces,
    AddHighlight,
    DeleteHighlights,
    MoveHighlight,
    SetDocumentNote,
    SetLooks,
    SetNote,
    TagHighlights,
)
from desktop_app.library.highlight_steps import kept_of
from desktop_app.library.library import Library
from desktop_app.library.tags.commands import CreateTag, SetTagKey
from desktop_app.library.tags.tidying import DeleteTag, MergeTags
from desktop_app.library.tags.tree import TagTree

_PAGE = (
    "<html><head><title>A market day</title></head><body><nav>Home News Weather</nav><article>"
    "<h1>A market day</h1><p>The market at the quay opened late, since the ferry had been held up"
    " by fog on the sound for most of the morning.</p><p>By noon every stall was set, and the"
    " fishwives called their prices over the noise of the winches.</p><p>Nobody spoke of the yard"
    " that would be moved, although everyone had read the notice.</p></article></body></html>"
)


@pytest.fixture
def marked(library: Library, tmp_path: Path) -> int:
    file = tmp_path / "market.html"
    file.write_text(_PAGE, "utf-8")
    library.import_files([file])
    (document,) = library.search("").ids
    return document


def mark(library: Library, document: int, quote: str, **more: object) -> int:
    text = library.text(document)
    start = text.canonical.index(quote)
    library.run(
        AddHighlight(document, text.version, start, start + len(quote), **more)  # type: ignore[arg-type]
    )
    return max(each.id for each in library.marks.of(document))


def test_a_passage_is_marked_with_what_it_is_known_again_by(library: Library, marked: int) -> None:
    mark(library, marked, " every stall was set, ")
    (made,) = library.marks.of(marked)
    assert made.anchor.quote == "every stall was set,"
    assert made.anchor.before.endswith("By noon ")
    assert made.anchor.after.startswith(" and the fishwives")
    assert made.standing is Standing.PLACED


def test_undoing_everything_gives_the_first_state_again(library: Library, marked: int) -> None:
    library.run(CreateTag("siege"))
    library.run(CreateTag("yard"))
    siege, yard = (tag.id for tag in library.tag_tree().tags)
    one = mark(library, marked, "every stall", tags=(siege,), note="why?")
    library.run(SetLooks((one,), colour="blue"))
    library.run(SetNote(one, "because"))
    library.run(TagHighlights(yard, (one,)))
    library.run(MergeTags(siege, yard))
    (now,) = library.marks.of(marked)
    assert (now.colour, now.note, now.tags) == ("blue", "because", (yard,))
    text = library.text(marked)
    library.run(MoveHighlight(one, text.version, 0, 8))
    library.run(SetDocumentNote(marked, "Compare with the minutes."))
    library.run(DeleteTag(yard))
    library.run(DeleteHighlights((one,)))
    assert library.marks.of(marked) == []
    seen = []
    while library.undo_name() and "Import" not in library.undo_name():  # type: ignore[operator]
        report = library.undo()
        assert report is not None and report.refused is None
        seen.append(library.marks.of(marked))
    assert seen[0][0].anchor.quote == text.canonical[0:8].strip()
    assert library.marks.of(marked) == [] and library.tag_tree().tags == ()
    while (redone := library.redo()) is not None:
        assert redone.refused is None
    assert library.marks.of(marked) == []
    assert library.marks.note(marked) == "Compare with the minutes."


def test_a_highlight_of_the_whole_page_is_lost_in_the_article_and_comes_back(
    library: Library, marked: int
) -> None:
    library.run(UseText((marked,), whole=True))
    nav = mark(library, marked, "News")
    stall = mark(library, marked, "every stall was set")
    library.run(UseText((marked,), whole=False))
    standing = {each.id: each.standing for each in library.marks.of(marked)}
    assert standing == {nav: Standing.LOST, stall: Standing.PLACED}
    assert list(library.marks.ids(HighlightFilter(standing=frozenset([Standing.LOST])))) == [nav]
    library.undo()
    assert {each.standing for each in library.marks.of(marked)} == {Standing.PLACED}


def test_blanks_a_wrong_version_and_too_much_are_refused_in_words(
    library: Library, marked: int
) -> None:
    text = library.text(marked)
    for command, words in (
        (AddHighlight(marked, text.version, 3, 3), "no letters"),
        (AddHighlight(marked, "another", 0, 5), "read again"),
        (AddHighlight(9_999, text.version, 0, 5), "no longer"),
        (AddHighlight(marked, text.version, 0, 5, colour="plaid"), "plaid"),
        (AddHighlight(marked, text.version, 0, 5, note="x" * 200_000), "200,000"),
    ):
        with pytest.raises(BadUsage, match=words):
            library.run(command)
    assert library.marks.of(marked) == []


def tag(library: Library, path: str) -> int:
    library.run(CreateTag(path))
    found = library.tag_tree().find(path)
    assert found is not None
    return found.id


def test_moving_and_accepting_keep_the_note_the_tags_and_the_name(
    library: Library, marked: int
) -> None:
    siege = tag(library, "siege")
    library.run(UseText((marked,), whole=True))
    one = mark(library, marked, "every stall", tags=(siege,), note="why?", colour="blue")
    (before,) = library.marks.of(marked)
    library.run(UseText((marked,), whole=False))
    (shown,) = library.marks.of(marked)
    assert shown.anchor == before.anchor and shown.place != before.place
    library.run(AcceptPlaces((one,)))
    (accepted,) = library.marks.of(marked)
    text = library.text(marked)
    assert accepted.anchor.version == text.version
    assert shown.place is not None
    assert (accepted.anchor.start, accepted.anchor.end) == (shown.place.start, shown.place.end)
    library.run(MoveHighlight(one, text.version, 0, 8))
    (moved,) = library.marks.of(marked)
    for each in (accepted, moved):
        assert (each.id, each.uuid, each.tags) == (one, before.uuid, (siege,))
        assert (each.note, each.colour, each.made_at) == ("why?", "blue", before.made_at)
    for expected in (accepted, shown, before):
        library.undo()
        (now,) = library.marks.of(marked)
        assert now.anchor == expected.anchor and now.place == expected.place


def test_a_place_that_is_agreed_to_already_is_no_step(library: Library, marked: int) -> None:
    one = mark(library, marked, "every stall")
    name = library.undo_name()
    assert not library.run(AcceptPlaces((one, 999)))
    assert library.undo_name() == name


def test_a_tag_on_a_highlight_finds_the_document_and_is_not_its_own(
    library: Library, marked: int
) -> None:
    place, halmar = tag(library, "place"), tag(library, "place/Halmar")
    assert library.counts().untagged == 1
    one = mark(library, marked, "every stall", tags=(halmar,))
    for query in ("tag:place", "#halmar", "has:tag", "has:highlight", "is:tagged"):
        assert list(library.search(query).ids) == [marked], query
    for query in ("tag:none", "is:untagged", "is:inbox", "tag:=place", "has:note", "is:lost"):
        assert list(library.search(query).ids) == [], query
    tree = library.tag_tree()
    assert (tree.own, tree.with_children) == ({halmar: 1}, {halmar: 1, place: 1})
    assert (tree.highlights, tree.highlights_with_children) == ({halmar: 1}, {halmar: 1, place: 1})
    assert (library.counts().inbox, library.counts().untagged) == (0, 0)
    assert library.documents([marked])[0].tags == ()
    library.run(SetNote(one, "why?"))
    assert library.search("has:note").words == "with a note (1)"
    library.run(DeleteHighlights((one,)))
    library.run(SetDocumentNote(marked, "On all of it."))
    assert list(library.search("has:note -has:highlight").ids) == [marked]
    assert library.counts().untagged == 1


def test_taking_a_tag_off_a_document_that_has_it_on_a_highlight_is_refused_in_words(
    library: Library, marked: int
) -> None:
    siege = tag(library, "siege")
    mark(library, marked, "every stall", tags=(siege,))
    with pytest.raises(BadUsage, match="on a highlight in the document"):
        library.run(RemoveTag(siege, (marked,)))
    library.run(AddTag(siege, (marked,)))
    library.run(RemoveTag(siege, (marked,)))
    assert library.tag_tree().own == {siege: 1}


def test_the_names_of_changes_to_tags_count_the_highlights(library: Library, marked: int) -> None:
    seige, siege = tag(library, "seige"), tag(library, "siege")
    one = mark(library, marked, "every stall", tags=(seige,))
    mark(library, marked, "the notice", tags=(seige,))
    library.run(AddTag(seige, (marked,)))
    library.run(MergeTags(seige, siege))
    assert library.undo_name() == "Merge “seige” into “siege” (1 document, 2 highlights)"
    library.run(RemoveTag(siege, (marked,)))
    library.run(DeleteTag(siege))
    assert library.undo_name() == "Delete the tag “siege” (2 highlights)"
    library.undo()
    assert [each.tags for each in library.marks.many([one])] == [(siege,)]


def test_the_trash_hides_highlights_and_gives_them_back_and_emptied_takes_them_along(
    library: Library, marked: int
) -> None:
    siege = tag(library, "siege")
    mark(library, marked, "every stall", tags=(siege,))
    library.run(SetDocumentNote(marked, "On all of it."))
    library.run(SetTrashed((marked,), True))
    assert list(library.marks.ids()) == []
    assert (library.counts().highlights, library.tag_tree().highlights) == (0, {})
    assert len(library.marks.of(marked)) == 1
    library.undo()
    assert len(library.marks.ids()) == 1
    assert library.counts().highlights == 1
    library.redo()
    library.empty_trash()
    assert library.marks.of(marked) == []
    assert library.verify() == []
    # What was done to it before can be undone, and comes to nothing.
    while (report := library.undo()) is not None:
        assert report.refused is None
    while (report := library.redo()) is not None:
        assert report.refused is None
    assert library.verify() == []


def test_reading_again_changes_no_anchor_and_undo_reaches_over_it(
    library: Library, marked: int
) -> None:
    one = mark(library, marked, "every stall was set", note="why?")
    lost = mark(library, marked, "By noon")
    before = library.marks.of(marked)
    text = library.text(marked)
    blocks = [Block(BlockKind.PARAGRAPH, "Taken along by another reader.")]
    blocks += [replace(each, text=each.text.replace("By noon", "At one")) for each in text.blocks]
    with library._store.write() as work:
        work.texts.put(marked, make_text(blocks, "another"), "another")
    now = {each.id: each for each in library.marks.of(marked)}
    assert [now[each.id].anchor for each in before] == [each.anchor for each in before]
    place = now[one].place
    assert place is not None
    assert library.text(marked).canonical[place.start : place.end] == "every stall was set"
    assert now[lost].standing is Standing.LOST
    assert list(library.search("is:lost").ids) == [marked]
    with library._store.read() as snapshot:
        assert snapshot.texts.version(marked, now[lost].anchor.version) == text
    library.undo()
    assert [each.id for each in library.marks.of(marked)] == [one]
    library.redo()
    assert {each.id for each in library.marks.of(marked)} == {one, lost}
    # Read again with today's reader, all stand where they stood.
    assert library.read_again().failed == ()
    after = library.marks.of(marked)
    assert [kept_of(each) for each in after] == [kept_of(each) for each in before]
    assert [each.place for each in after] == [each.place for each in before]
    assert library.verify() == []


def test_undo_is_refused_whole_where_something_else_has_changed_since(
    library: Library, marked: int
) -> None:
    one, two = mark(library, marked, "every stall"), mark(library, marked, "the notice")
    library.run(SetLooks((one, two), colour="blue"))
    with library._store.write() as work:
        work.highlights.set_looks([two], "green", MarkStyle.BAR)
    report = library.undo()
    assert report is not None and report.refused is not None
    assert "looks different since" in report.refused
    assert {each.colour for each in library.marks.of(marked)} == {"blue", "green"}


def test_backups_archives_and_peeking_hold_all_of_it(
    library: Library, marked: int, tmp_path: Path, worker: Worker
) -> None:
    siege = tag(library, "siege")
    mark(library, marked, "every stall", tags=(siege,), note="why?")
    library.run(SetDocumentNote(marked, "On all of it."))
    before = library.marks.of(marked)
    near, far = library.backup(), library.backup(tmp_path / "all.zip")
    with_all = library.tag_tree()
    peek = Library.peek(library.folder, cache=tmp_path / "cache")
    assert peek.marks.of(marked) == before
    assert peek.tag_tree() == with_all
    with pytest.raises(LibraryBusy):
        peek.run(DeleteHighlights((before[0].id,)))
    peek.close()
    library.run(DeleteHighlights((before[0].id,)))
    library.run(SetDocumentNote(marked, ""))
    library.restore(near)
    assert library.marks.of(marked) == before
    assert library.marks.note(marked) == "On all of it."
    other = Library.open(
        tmp_path / "other", cache=tmp_path / "cache-2", index="inline", worker=worker
    )
    other.restore(far)
    assert other.marks.of(marked) == before
    assert other.tag_tree() == with_all
    assert other.verify() == []
    other.undo()
    assert other.marks.note(marked) == ""
    other.close()


def test_a_highlight_that_comes_back_stands_where_it_stood_in_every_text(
    library: Library, marked: int
) -> None:
    library.run(UseText((marked,), whole=True))
    one = mark(library, marked, "every stall was set")
    library.run(UseText((marked,), whole=False))
    # A finder of another time found it elsewhere, and not for sure.
    with library._store.write() as work:
        ask = work.connection.exec_driver_sql
        ask("UPDATE placement SET first = 5, past = 9, how = 'close'")
        ask("UPDATE highlight SET place_first = 5, place_past = 9, how = 'close'")
    before = library.marks.of(marked)
    assert before[0].standing is Standing.REVIEW
    text = library.text(marked)
    for command in (DeleteHighlights((one,)), MoveHighlight(one, text.version, 0, 8)):
        library.run(command)
        assert library.marks.of(marked) != before
        library.undo()
        (after,) = library.marks.of(marked)
        assert (after.place, after.how) == (before[0].place, before[0].how)


def test_merging_hands_the_key_on_where_the_winner_has_none(library: Library) -> None:
    for name in ("seige", "siege", "place"):
        tag(library, name)
    keys = {each.name: each.key for each in library.tag_tree().tags}
    assert keys == {"seige": 1, "siege": 2, "place": 3}
    seige, siege, place = (tag(library, name) for name in ("seige", "siege", "place"))
    library.run(MergeTags(seige, siege))
    library.run(SetTagKey(place, None))
    library.run(MergeTags(siege, place))
    (left,) = library.tag_tree().tags
    assert (left.name, left.key) == ("place", 2)
    for _ in range(3):
        report = library.undo()
        assert report is not None and report.refused is None
    assert {each.name: each.key for each in library.tag_tree().tags} == keys


def test_the_counts_of_tags_are_those_of_now_after_every_change(
    library: Library, marked: int
) -> None:
    siege = tag(library, "siege")

    def fresh() -> TagTree:
        peek = Library.peek(library.folder, cache=library.folder.parent / "cache")
        try:
            return peek.tag_tree()
        finally:
            peek.close()

    one = mark(library, marked, "every stall", tags=(siege,))
    commands = (
        SetNote(one, "why?"),
        TagHighlights(siege, (one,), False),
        TagHighlights(siege, (one,), True),
        SetTrashed((marked,), True),
        SetTrashed((marked,), False),
        CreateTag("siege/early", documents=(marked,)),
        DeleteHighlights((one,)),
        DeleteTag(siege),
    )
    for command in commands:
        assert library.tag_tree() == fresh()
        library.run(command)
        assert library.tag_tree() == fresh(), command
    for _ in commands:
        library.undo()
        assert library.tag_tree() == fresh()
