"""Merging and splitting tags: counted before, nothing lost, one step of undo."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from desktop_app.core.errors import BadUsage
from desktop_app.core.highlights import LONGEST_NOTE
from desktop_app.core.model import LinkKind, TagLink
from desktop_app.core.tag_aliases import Alias, AliasKind
from desktop_app.library.commands import SetTrashed
from desktop_app.library.library import Library
from desktop_app.library.tags.collection_commands import CreateCollection, LockCollection
from desktop_app.library.tags.commands import CreateTag
from desktop_app.library.tags.editing import EditTag, LinkTags, TagEdit
from desktop_app.library.tags.previews import Overlap
from desktop_app.library.tags.splitting import SplitTag
from desktop_app.library.tags.tidying import MergeTags
from tests.library.conftest import Bring
from tests.library.tags_for_tests import (
    carried,
    collection,
    found,
    goes_back_and_forth,
    mark,
    paths,
    refused,
    tag,
)


def test_a_merge_is_counted_before_as_it_comes_to_be(library: Library, bring: Bring) -> None:
    bring("One text.\n", "Two texts.\n", "Three texts.\n", "Four texts.\n")
    one, two, three, four = sorted(library.search("").ids)
    library.run(CreateTag("seige/early"))
    library.run(CreateTag("seige", documents=(one, two, four)))
    library.run(CreateTag("siege", documents=(three, four)))
    both = mark(library, two, "Two", tag(library, "seige"), tag(library, "siege"))
    library.run(EditTag(tag(library, "seige"), TagEdit(aliases=(Alias("Siège"), Alias("sg")))))
    library.run(SetTrashed((four,), True))
    seige, siege = tag(library, "seige"), tag(library, "siege")
    preview = library.merge_preview(seige, siege)
    assert preview.documents == Overlap(loser=2, winner=2, both=1, after=3)
    assert preview.highlights == Overlap(loser=1, winner=1, both=1, after=1)
    assert preview.tags_below == 1
    assert preview.aliases_gained == ("seige", "sg")
    name = goes_back_and_forth(library, MergeTags(seige, siege))
    assert name == "Merge “seige” into “siege” (3 documents, 1 highlight)"
    tree = library.tag_tree()
    assert tree.own[siege] == preview.documents.after
    assert tree.highlights[siege] == preview.highlights.after
    assert found(library, "siege").also_called == preview.aliases_gained
    assert carried(library, "siege") == ({one, two, three, four}, {both})


def test_a_merge_keeps_links_what_is_said_and_the_way_from_older_uuids(library: Library) -> None:
    for name in ("sige", "seige", "siege", "relief"):
        library.run(CreateTag(name))
    oldest, older = found(library, "sige"), found(library, "seige")
    siege, relief = tag(library, "siege"), tag(library, "relief")
    library.run(EditTag(older.id, TagEdit(definition="Cut off.", examples="Madaya")))
    library.run(EditTag(siege, TagEdit(definition="Shut in.")))
    library.run(LinkTags(older.id, relief, LinkKind.OPPOSITE))
    library.run(LinkTags(older.id, siege, LinkKind.RELATED))
    library.run(MergeTags(oldest.id, older.id))
    goes_back_and_forth(library, MergeTags(older.id, siege))
    merged = found(library, "siege")
    assert merged.definition == "Shut in.\n\nCut off."
    assert merged.examples == "Madaya"
    assert merged.aliases == (Alias("seige", AliasKind.FORMER), Alias("sige", AliasKind.FORMER))
    assert library.tag_tree().links == {
        siege: (TagLink.between(siege, relief, LinkKind.OPPOSITE),),
        relief: (TagLink.between(siege, relief, LinkKind.OPPOSITE),),
    }
    with library._store.read() as snapshot:
        assert snapshot.tag_links.redirects() == {oldest.uuid: siege, older.uuid: siege}


def test_a_merge_takes_many_links_at_once(library: Library) -> None:
    for name in ("seige", "siege", *(f"t{number}" for number in range(5))):
        library.run(CreateTag(name))
    seige, siege = tag(library, "seige"), tag(library, "siege")
    others = [tag(library, f"t{number}") for number in range(5)]
    for other in others:
        library.run(LinkTags(seige, other, LinkKind.RELATED))
    library.run(LinkTags(siege, others[0], LinkKind.RELATED))
    goes_back_and_forth(library, MergeTags(seige, siege))
    with library._store.read() as snapshot:
        assert snapshot.tag_links.of([siege]) == {
            TagLink.between(siege, other, LinkKind.RELATED) for other in others
        }
        newest = snapshot.undo_steps.newest(undone=False)
    assert newest is not None
    assert sum("link" in step[0] for step in json.loads(newest.commands)) == 2


def test_tags_of_one_name_below_are_counted_as_merged(library: Library) -> None:
    library.run(CreateTag("seige/early/first"))
    library.run(CreateTag("seige/late"))
    library.run(CreateTag("siege/Early/first"))
    preview = library.merge_preview(tag(library, "seige"), tag(library, "siege"))
    assert (preview.tags_below, preview.merged_below) == (3, 2)


def test_what_is_said_of_two_tags_is_cut_where_it_is_too_long_for_one_and_that_is_said(
    library: Library,
) -> None:
    for name, letter in (("seige", "s"), ("siege", "w")):
        said = TagEdit(definition=letter * 60_000, examples=letter)
        library.run(CreateTag(f"{name}/early"))
        library.run(EditTag(tag(library, name), said))
        library.run(EditTag(tag(library, f"{name}/early"), TagEdit(use_when=letter * 60_000)))
    seige, siege = tag(library, "seige"), tag(library, "siege")
    assert library.merge_preview(seige, siege).texts_cut == ("definition", "when to use it")
    goes_back_and_forth(library, MergeTags(seige, siege))
    merged = found(library, "siege")
    assert merged.examples == "w\n\ns"
    assert len(merged.definition) == len(found(library, "siege/early").use_when) == LONGEST_NOTE
    assert merged.definition.endswith("ss…")
    library.run(EditTag(siege, TagEdit(definition=merged.definition)))  # can be saved again


def test_a_preview_says_what_the_merge_would_say(library: Library) -> None:
    library.run(CreateTag("a/b"))
    library.run(CreateCollection("Other"))
    library.run(CreateTag("c"))
    a, b, c = tag(library, "a"), tag(library, "a/b"), tag(library, "c")
    for loser, winner in ((a, a), (a, b), (a, c), (a, 99)):
        with pytest.raises(BadUsage) as reason:
            library.merge_preview(loser, winner)
        assert refused(library, MergeTags(loser, winner)) == str(reason.value)
    library.run(LockCollection(collection(library, "My tags")))
    with pytest.raises(BadUsage, match="is locked"):
        library.merge_preview(b, a)


def test_the_lines_of_a_tag_are_by_title_and_place_with_the_trash_among_them(
    library: Library, bring: Bring
) -> None:
    bring("Beta\n\nOne and two.\n", "alpha\n\nThree.\n")
    by_title = {each.title: each.id for each in library.documents(sorted(library.search("").ids))}
    alpha, beta = by_title["alpha"], by_title["Beta"]
    library.run(CreateTag("siege", documents=(alpha, beta)))
    siege = tag(library, "siege")
    two = mark(library, beta, "two", siege)
    one = mark(library, beta, "One", siege)
    three = mark(library, alpha, "Three", siege)
    library.run(SetTrashed((alpha,), True))
    lines = library.tag_lines(siege)
    assert [(line.id, line.title, line.trashed) for line in lines.documents] == [
        (alpha, "alpha", True),
        (beta, "Beta", False),
    ]
    assert [(line.id, line.quote) for line in lines.highlights] == [
        (three, "Three"),
        (one, "One"),
        (two, "two"),
    ]


def test_a_tag_is_split_by_what_was_picked(library: Library, bring: Bring) -> None:
    bring("One text.\n", "Two texts.\n")
    one, two = sorted(library.search("").ids)
    library.run(CreateTag("place/siege", documents=(one, two)))
    siege = tag(library, "place/siege")
    here, there = mark(library, one, "One", siege), mark(library, two, "Two", siege)
    name = goes_back_and_forth(library, SplitTag(siege, "blockade", (two, 99), (there,)))
    assert name == "Split “siege”: 1 document, 1 highlight to “blockade”"
    assert carried(library, "place/siege") == ({one}, {here})
    assert carried(library, "place/blockade") == ({two}, {there})


def test_a_split_goes_to_a_tag_that_is_there_only_where_that_is_said(
    library: Library, bring: Bring
) -> None:
    bring("One text.\n", "Two texts.\n")
    one, two = sorted(library.search("").ids)
    library.run(CreateTag("siege", documents=(one, two)))
    library.run(CreateTag("blockade", documents=(one,)))
    siege = tag(library, "siege")
    assert "let what was picked go to that tag" in refused(
        library, SplitTag(siege, "Blockade", (one,))
    )
    goes_back_and_forth(library, SplitTag(siege, "Blockade", (one, two), existing=True))
    assert carried(library, "blockade") == ({one, two}, set())
    assert carried(library, "siege") == (set(), set())
    assert paths(library) == ["My tags::blockade", "My tags::siege"]


def test_a_split_of_nothing_or_to_itself_is_refused(library: Library, bring: Bring) -> None:
    bring("One text.\n")
    (one,) = library.search("").ids
    library.run(CreateTag("siege", documents=(one,)))
    siege = tag(library, "siege")
    assert "Nothing that carries" in refused(library, SplitTag(siege, "x", (99,), (1,)))
    assert "already" in refused(library, SplitTag(siege, "SIEGE", (one,), existing=True))


def test_what_an_import_brings_in_after_a_merge_gets_the_winner(
    library: Library, tmp_path: Path
) -> None:
    files = tmp_path / "files"
    files.mkdir()
    for number in range(3):
        (files / f"{number}.txt").write_text(f"Text {number}.\n", encoding="utf-8")
    library.run(CreateTag("siege"))
    library.watch(tmp_path, "seige")
    stop = threading.Event()
    stop.set()  # at once: three files are read before anybody could
    library.import_files([files], tag="seige", stop=stop)
    (run,) = library.interrupted_imports()
    seige, siege = tag(library, "seige"), tag(library, "siege")
    assert carried(library, "seige")[0] == set()
    goes_back_and_forth(library, MergeTags(seige, siege))
    assert [folder.tag for folder in library.watched()] == [siege]
    library.resume_import(run.id)
    assert library.tag_tree().own[siege] == 3


def test_undoing_a_merge_gives_the_watched_folder_its_tag_back_unless_it_has_another(
    library: Library, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        library.watch(tmp_path / name, "seige")
    for name in ("siege", "other"):
        library.run(CreateTag(name))
    seige, siege = tag(library, "seige"), tag(library, "siege")
    library.run(MergeTags(seige, siege))
    library.watch(tmp_path / "two", "other")
    library.undo()
    assert [folder.tag for folder in library.watched()] == [seige, tag(library, "other")]
