"""The page of a tag: what carries it, in which order, why, and how it is taken off."""

from __future__ import annotations

import pytest

from desktop_app.core.errors import BadUsage
from desktop_app.library.highlight_commands import AddHighlight, TagHighlights
from desktop_app.library.library import Library
from desktop_app.library.tags.commands import CreateTag
from desktop_app.library.tags.page import Carried, TaggedSort, TakeOff
from tests.library.conftest import Bring


def tag(library: Library, path: str) -> int:
    found = library.tag_tree(counted=False).find(path)
    assert found is not None, path
    return found.id


def mark(library: Library, document: int, quote: str, tag_id: int) -> int:
    text = library.text(document)
    start = text.canonical.index(quote)
    add = AddHighlight(document, text.version, start, start + len(quote))
    library.run(add)
    made = next(each.id for each in library.marks.of(document) if each.uuid == add.uuid)
    library.run(TagHighlights(tag_id, (made,)))
    return made


@pytest.fixture
def tagged(library: Library, bring: Bring) -> tuple[int, ...]:
    """Three documents: A as a whole and by a mark, B by two marks of a tag below, C by neither."""
    bring(
        "A title\n\nThe dam held.\n",
        "B title\n\nThe city fell. The dam broke.\n",
        "C title\n\nNo.\n",
    )
    documents = {each.title: each.id for each in library.documents(sorted(library.search("").ids))}
    a, b, c = documents["A title"], documents["B title"], documents["C title"]
    library.run(CreateTag("place", documents=(a,)))
    library.run(CreateTag("place/dam"))
    mark(library, a, "dam held", tag(library, "place"))
    mark(library, b, "dam broke", tag(library, "place/dam"))
    mark(library, b, "city fell", tag(library, "place/dam"))
    return a, b, c


def test_documents_are_there_by_themselves_or_by_a_highlight_each_once(
    library: Library, tagged: tuple[int, ...]
) -> None:
    a, b, _c = tagged
    place, dam = tag(library, "place"), tag(library, "place/dam")
    assert list(library.tag_pages.documents([place])) == [a]
    assert list(library.tag_pages.documents([place, dam])) == [a, b]
    rows = library.tag_pages.rows([place, dam], [b, a])
    assert rows[a].carried == Carried(True, 1)
    assert rows[b].carried == Carried(False, 2)


def test_they_are_ordered_by_each_column_and_turned(
    library: Library, tagged: tuple[int, ...]
) -> None:
    a, b, _c = tagged
    tags = [tag(library, "place"), tag(library, "place/dam")]
    by = library.tag_pages.documents
    assert list(by(tags, TaggedSort.TITLE, turned=True)) == [b, a]
    assert list(by(tags, TaggedSort.HIGHLIGHTS)) == [a, b]
    assert list(by(tags, TaggedSort.HIGHLIGHTS, turned=True)) == [b, a]
    assert list(by(tags, TaggedSort.SOURCE)) == [a, b]


def test_a_tag_and_those_below_it_are_taken_off_in_one_step(
    library: Library, tagged: tuple[int, ...]
) -> None:
    a, b, _c = tagged
    tags = (tag(library, "place"), tag(library, "place/dam"))
    marks = tuple(each.id for each in library.marks.of(b))
    library.run(TakeOff(tags, (a,), marks))
    assert library.undo_name() == (
        "Take the tag “place” and tags below it off 1 document and 2 highlights"
    )
    assert list(library.tag_pages.documents(tags)) == [a]  # its highlight keeps the tag
    library.undo()
    assert list(library.tag_pages.documents(tags)) == [a, b]


def test_what_only_highlights_carry_is_not_taken_off_the_document_in_silence(
    library: Library, tagged: tuple[int, ...]
) -> None:
    _a, b, _c = tagged
    with pytest.raises(BadUsage, match="Only highlights carry"):
        library.run(TakeOff((tag(library, "place/dam"),), (b,)))
