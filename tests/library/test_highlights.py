"""Highlights: made, changed, tagged, deleted, undone, and found again in another text."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.core.errors import BadUsage
from desktop_app.core.highlights import HighlightFilter, Standing
from desktop_app.library.commands import UseText
from desktop_app.library.highlight_commands import (
    AddHighlight,
    DeleteHighlights,
    MoveHighlight,
    SetDocumentNote,
    SetLooks,
    SetNote,
    TagHighlights,
)
from desktop_app.library.library import Library
from desktop_app.library.tag_commands import CreateTag, DeleteTag, MergeTags

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
