"""Which tags occur together: counted once, without the trash, as a search finds them."""

from __future__ import annotations

import csv
import io

import pytest

from desktop_app.library.commands import SetTrashed
from desktop_app.library.highlight_commands import TagHighlights
from desktop_app.library.library import Library
from desktop_app.library.tags.commands import CreateTag
from desktop_app.library.tags.together import TagsTogether, Unit, together_csv
from tests.library.conftest import Bring
from tests.library.test_tag_page import mark, tag


@pytest.fixture
def documents(library: Library, bring: Bring) -> tuple[int, ...]:
    """A: place and dam; B: place by a mark that dam is on too; C: dam/Tabqa and place, as a whole."""
    texts = [f"{name} title\n\nThe dam of {name} held.\n" for name in "ABC"]
    bring(*texts)
    titles = {each.title: each.id for each in library.documents(sorted(library.search("").ids))}
    a, b, c = (titles[f"{name} title"] for name in "ABC")
    library.run(CreateTag("place", documents=(a, c)))
    library.run(CreateTag("dam", documents=(a,)))
    library.run(CreateTag("dam/Tabqa", documents=(c,)))
    marked = mark(library, b, "The dam of B", tag(library, "place"))
    library.run(TagHighlights(tag(library, "dam"), (marked,)))
    return a, b, c


def count(found: TagsTogether, library: Library, one: str, other: str) -> int:
    return found.count(tag(library, one), tag(library, other))


def test_documents_are_counted_by_what_they_or_their_highlights_carry(
    library: Library, documents: tuple[int, ...]
) -> None:
    found = library.tags_together()
    assert count(found, library, "place", "dam") == 2
    assert count(found, library, "dam", "place") == 2
    assert count(found, library, "place", "place") == 3
    assert count(found, library, "dam", "dam/Tabqa") == 0


def test_highlights_are_counted_by_what_they_carry_themselves(
    library: Library, documents: tuple[int, ...]
) -> None:
    found = library.tags_together(unit=Unit.HIGHLIGHTS)
    assert dict(found.own) == {tag(library, "place"): 1, tag(library, "dam"): 1}
    assert count(found, library, "place", "dam") == 1


def test_tags_below_count_as_those_above_where_they_are_wanted(
    library: Library, documents: tuple[int, ...]
) -> None:
    found = library.tags_together(below=True)
    assert count(found, library, "place", "dam") == 3
    assert count(found, library, "dam", "dam/Tabqa") == 1


def test_only_the_tags_asked_for_are_counted_and_nothing_in_the_trash(
    library: Library, documents: tuple[int, ...]
) -> None:
    tags = [tag(library, "place"), tag(library, "dam")]
    library.run(SetTrashed(documents[:1], trashed=True))
    found = library.tags_together(tags)
    assert found.tags == tuple(tags)
    assert dict(found.pairs) == {(min(tags), max(tags)): 1}


def test_a_count_is_what_the_search_for_both_tags_finds(
    library: Library, documents: tuple[int, ...]
) -> None:
    alone, whole = library.tags_together(), library.tags_together(below=True)
    for one, other in (("place", "dam"), ("place", "dam/Tabqa"), ("dam", "dam/Tabqa")):
        exact = library.search(f"tag:={one} tag:={other} dup:all").total
        assert count(alone, library, one, other) == exact
        assert (
            count(whole, library, one, other)
            == library.search(f"tag:{one} tag:{other} dup:all").total
        )


def test_the_table_is_written_whole_and_no_name_is_a_formula(
    library: Library, documents: tuple[int, ...]
) -> None:
    library.run(CreateTag("=sum"))
    found = library.tags_together()
    rows = list(csv.reader(io.StringIO(together_csv(found, library.tag_tree()))))
    assert rows[0] == [
        "documents that carry both",
        "My tags::=sum",
        "My tags::dam",
        "My tags::dam/Tabqa",
        "My tags::place",
    ]
    assert rows[2] == ["My tags::dam", "0", "2", "0", "2"]
