"""Reading the originals again: what is new comes in, what is the user's stays."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.model import FactName, OriginKind
from desktop_app.core.places import carried
from desktop_app.core.text import Block, BlockKind, make_text
from desktop_app.library.commands import AcceptFacts, SetFacts, UseText
from desktop_app.library.library import Library
from desktop_app.library.reading_again import ReadAgain
from tests.library.conftest import Bring

PAGE = (
    "<html><head><title>The dam at Tabqa</title><meta name='author' content='A. Writer'></head>"
    "<body><nav><a href='https://e.org/a'>Home</a> <a href='https://e.org/b'>News</a>"
    "<a href='https://e.org/c'>Sport</a></nav><article>"
    + "".join(
        f"<p>Paragraph {n} about the dam, which stands above the valley and holds the water of the "
        f"river back for the fields, as it has done for {n + 40} years by now.</p>"
        for n in range(30)
    )
    + "</article><footer>All rights reserved by the makers of this page.</footer></body></html>"
)


def spoil(library: Library, document: int) -> None:
    """Give a document the text and the facts that an older reader might have made."""
    old = library.text(document)
    blocks = [Block(BlockKind.PARAGRAPH, "An old reader took the menu along.")]
    blocks += [Block(BlockKind.PARAGRAPH, block.text) for block in old.blocks]
    with library._store.write() as work:
        work.texts.put(document, make_text(blocks, "old 1"), "old 1")
        found = work.documents.get(document)
        work.documents.set_facts(document, replace(found.facts, title="Old title", authors=()))
        work.proposals.put(document, ())


def test_what_did_not_change_is_not_written(library: Library, bring: Bring) -> None:
    bring("A text.\n", PAGE, "# Note\n\nText", names=["a.txt", "b.html", "c.md"])
    changes: list[Changes] = []
    library.listen(changes.append)
    progress: list[ReadAgain] = []
    done = library.read_again(on_progress=progress.append)
    assert (done.of, done.same, done.changed, done.failed) == (3, 3, (), ())
    assert progress[-1] == done
    assert changes == []


def test_a_newer_reading_replaces_the_old_text_and_facts(library: Library, bring: Bring) -> None:
    (outcome,) = bring(PAGE, names=["dam.html"])
    number = outcome.document
    before = library.documents([number])[0], library.text(number)
    spoil(library, number)
    place = library.text(number).canonical.index("Paragraph 20 about")
    library.set_progress(number, progress=0.6, position=place)
    changes: list[Changes] = []
    library.listen(changes.append)
    done = library.read_again([number, 999])
    assert (done.of, done.changed, done.same) == (1, (number,), 0)
    assert changes[0].touches(Kind.TEXT)
    after = library.documents([number])[0]
    assert library.text(number) == before[1]
    assert after.facts == before[0].facts
    assert after.words == before[0].words
    assert library.text(number).canonical[after.position :].startswith("Paragraph 20 about")
    assert library.proposals([number])
    assert library.verify() == []
    library.wait_until_searchable()
    assert library.search("Paragraph").ids
    assert library.read_again().same == 1


def test_facts_set_by_hand_stay(library: Library, bring: Bring) -> None:
    (outcome,) = bring(PAGE, names=["dam.html"])
    number = outcome.document
    library.run(SetFacts((number,), {FactName.TITLE: "My title", FactName.AUTHORS: ()}))
    mine = library.documents([number])[0].facts
    with library._store.write() as work:
        work.proposals.put(number, ())
    library.read_again()
    facts = library.documents([number])[0].facts
    assert (facts.title, facts.authors) == ("My title", ())
    assert facts == mine
    library.undo()
    assert library.documents([number])[0].title == "The dam at Tabqa"


def test_what_can_no_longer_be_read_keeps_its_text_and_is_listed(
    library: Library, bring: Bring
) -> None:
    one, two = bring("One text.\n", "Two texts.\n")
    sha256 = library.documents([one.document])[0].original
    library._store.originals.path(sha256).unlink()
    done = library.read_again()
    (lost,) = done.failed
    assert (lost.document, lost.title) == (one.document, "One text.")
    assert "missing" in lost.reason
    assert done.same == 1
    assert library.text(one.document).canonical == "One text."
    assert two.document is not None


def test_it_can_be_stopped_and_goes_on_the_next_time(library: Library, bring: Bring) -> None:
    outcomes = bring(*[f"Text number {n}.\n" for n in range(150)])
    for outcome in outcomes:
        spoil(library, outcome.document)
    stop = threading.Event()
    done = library.read_again(stop=stop, on_progress=lambda _: stop.set())
    assert done.stopped
    assert 0 < len(done.changed) < 150
    rest = library.read_again()
    assert rest.same == len(done.changed)
    assert len(rest.changed) == 150 - rest.same


def test_an_old_whole_page_stays_in_use(library: Library, bring: Bring) -> None:
    (outcome,) = bring(PAGE, names=["dam.html"])
    number = outcome.document
    assert library.shows_whole_page(number) is False
    place = library.text(number).canonical.index("Paragraph 20 about")
    library.set_progress(number, progress=0.6, position=place)
    words = library.documents([number])[0].words
    library.run(UseText((number,), True))
    found = library.documents([number])[0]
    assert library.shows_whole_page(number)
    assert library.text(number).canonical[found.position :].startswith("Paragraph 20 about")
    assert library.read_again().same == 1
    assert library.shows_whole_page(number)
    library.undo()
    assert library.shows_whole_page(number) is False
    assert library.documents([number])[0].words == words
    assert library.redo().name == "Show the whole page of 1 document"


def test_accepted_facts_are_the_users_and_one_step(library: Library, bring: Bring) -> None:
    one, two = bring(PAGE, PAGE.replace("Tabqa", "Mosul"), names=["a.html", "b.html"])
    choices = (
        (one.document, FactName.AUTHORS, ("A. Writer",)),
        (one.document, FactName.PUBLISHED, "2016-03"),
        (two.document, FactName.TITLE, "Another title"),
    )
    library.run(AcceptFacts(choices))
    first, second = library.documents([one.document, two.document])
    assert str(first.facts.published) == "2016-03"
    assert first.facts.origins[FactName.AUTHORS].kind is OriginKind.YOU
    assert second.title == "Another title"
    assert library.undo_name() == "Accept 3 facts of 2 documents"
    library.undo()
    assert library.documents([two.document])[0].title == "The dam at Mosul"


@pytest.mark.parametrize(
    ("old", "position", "new", "found"),
    [
        ("one two three four five six seven", 8, "zero one two three four five six seven", 13),
        ("", 0, "text", 0),
        ("abc", 3, "longer", 6),
        ("x" * 100, 50, "y" * 10, 5),
        ("the same text", 4, "the same text", 4),
        ("a line-\nend here and more words", 8, "a line end here and more words", 7),
    ],
)
def test_a_place_is_carried_over(old: str, position: int, new: str, found: int) -> None:
    assert carried(position, old, new) == found


def test_of_several_such_places_the_one_as_far_in_is_taken() -> None:
    refrain = "and the river ran on below the town as it had always done"
    old = "\n".join([refrain, "first verse", refrain, "second verse", refrain])
    place = old.rindex(refrain)
    new = f"A heading\n{old}"
    assert carried(place, old, new) == new.rindex(refrain)
