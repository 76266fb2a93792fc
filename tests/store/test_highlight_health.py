"""Highlights that were damaged are found by verifying, and mended where nothing is lost by it."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from desktop_app.core.highlights import Highlight, How, MarkStyle, anchor_at
from desktop_app.core.model import TextRole
from desktop_app.core.text import Block, BlockKind, make_text
from desktop_app.store import placing
from desktop_app.store.columns import from_ms
from desktop_app.store.documents import NewDocument
from desktop_app.store.findings import Mending
from desktop_app.store.store import Store

NAV = "Home News Weather"
BODY = (
    "The market at the quay opened late, since the ferry had been held up by fog on the sound.",
    "By noon every stall was set, and the fishwives called their prices over the winches.",
    "Nobody spoke of the yard that would be moved, although everyone had read the notice.",
)


def text_of(*lines: str, extractor: str = "html 1"):
    return make_text([Block(BlockKind.PARAGRAPH, line) for line in lines], extractor)


def mark(store: Store, document: int, quote: str, **more: object) -> int:
    """Highlight a passage of the text in use."""
    with store.write() as work:
        text = work.texts.get(document)
        start = text.canonical.index(quote)
        anchor = anchor_at(text.version, text.canonical, start, start + len(quote))
        now = from_ms(work.now_ms)
        new = Highlight(
            0, f"{document}-{quote}", document, anchor, "yellow", MarkStyle.FILL, "", now, now
        )
        return work.highlights.add(replace(new, **more)).id  # type: ignore[arg-type]


@pytest.fixture
def library(store: Store, make) -> Store:
    """Document 1 has a whole page, which is in use; 1 to 4 are marked in it, 5 in the article."""
    new: NewDocument = make("Market day", "\n".join(BODY))
    new = replace(new, text=text_of(*BODY), whole=text_of(NAV, *BODY, extractor="html 1+whole"))
    new = replace(new, extractor="html 1")
    store.originals.keep([(new.original, "\n".join(BODY).encode())])
    with store.write() as work:
        work.documents.add_many([new])
        work.tags.add(collection=1, name="yard", colour="#336699")
    late = mark(store, 1, "every stall was set", note="why now?")
    with store.write() as work:
        work.texts.use(1, TextRole.WHOLE)
        work.highlights.tag(1, [late])
    mark(store, 1, "the yard that would be moved")
    mark(store, 1, "News")
    mark(store, 1, "fog on the sound")
    return store


def spoil(store: Store, *statements: str) -> None:
    connection = sqlite3.connect(store.database_path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def kept(store: Store) -> list[Highlight]:
    with store.read() as snapshot:
        return snapshot.highlights.of_document(1)


def test_sound_highlights_have_no_findings(library: Store) -> None:
    assert library.verify() == []
    assert [each.how for each in kept(library)].count(How.MARKED) == 3
    with library.write() as work:
        work.texts.use(1, TextRole.MAIN)
    assert library.verify() == []
    assert [each.anchor.quote for each in kept(library) if each.place is None] == ["News"]


MENDED = {
    "no such colour": (["UPDATE highlight SET colour = 'plaid' WHERE id = 2"], Mending.HIGHLIGHTS),
    "no such style": (["UPDATE highlight SET style = 'plaid' WHERE id = 2"], Mending.HIGHLIGHTS),
    "stale words": (["UPDATE highlight SET words_key = ' x '"], Mending.HIGHLIGHTS),
    "strange quads": (["UPDATE highlight SET quads = '[[1,2]]'"], Mending.HIGHLIGHTS),
    "quads of nothing": (["UPDATE highlight SET quads = '{'"], Mending.HIGHLIGHTS),
    "no placement": (["DELETE FROM placement"], Mending.PLACES),
    "a placement elsewhere": (
        ["UPDATE placement SET first = first + 3, past = past + 3"],
        Mending.PLACES,
    ),
    "a placement outside": (["UPDATE placement SET past = 99999"], Mending.PLACES),
    "a placement nobody made": (["UPDATE placement SET how = 'guessed'"], Mending.PLACES),
    "shown elsewhere": (["UPDATE highlight SET place_first = 0, place_past = 4"], Mending.PLACES),
    "said to be lost": (["UPDATE highlight SET how = 'lost'"], Mending.PLACES),
    "shown in no known way": (["UPDATE highlight SET how = 'x'"], Mending.PLACES),
    "a place in a text that is gone": (
        ["INSERT INTO placement VALUES (2, 'gone', 0, 4, 'quote')"],
        Mending.PLACES,
    ),
    "places of no highlight": (
        ["INSERT INTO placement VALUES (99, 'gone', 0, 4, 'quote')"],
        Mending.TAGGINGS,
    ),
    "taggings of no highlight": (
        ["INSERT INTO highlight_tagging VALUES (1, 99, 1, 0)"],
        Mending.TAGGINGS,
    ),
    "taggings with no tag": (
        ["INSERT INTO highlight_tagging VALUES (99, 2, 1, 0)"],
        Mending.TAGGINGS,
    ),
    "taggings of another document": (
        ["UPDATE highlight_tagging SET document = 77"],
        Mending.TAGGINGS,
    ),
    "a missing index": (["DROP INDEX highlight_by_quote"], Mending.TRIGGERS),
}


@pytest.mark.parametrize("what", MENDED)
def test_what_is_damaged_is_mended_and_every_highlight_is_as_it_was(
    library: Store, what: str
) -> None:
    before = kept(library)
    statements, mending = MENDED[what]
    spoil(library, *statements)
    findings = library.verify()
    # Where taggings are wrong, what carries each tag is counted wrong too.
    wrong = {finding.mending for finding in findings} - {Mending.TAG_COUNTS}
    assert wrong == {mending}, findings
    assert all(finding.what.endswith(".") and finding.hint.endswith(".") for finding in findings)
    library.repair(findings)
    assert library.verify() == []
    assert kept(library) == before


def test_a_place_beside_its_passage_is_found_again_by_the_words(library: Store) -> None:
    before = kept(library)
    spoil(library, "UPDATE highlight SET first = first + 5, past = past + 5 WHERE id IN (1, 2)")
    findings = library.verify()
    assert {finding.mending for finding in findings} == {Mending.HIGHLIGHTS, Mending.PLACES}
    library.repair(findings)
    assert library.verify() == []
    assert kept(library) == before


def test_words_that_are_not_in_the_text_are_said_and_kept(library: Store) -> None:
    spoil(library, "UPDATE highlight SET quote = 'something that nobody wrote' WHERE id = 2")
    findings = library.verify()
    strange = [finding for finding in findings if not finding.repairable]
    assert len(strange) == 1
    assert "highlight 2 of “Market day” is not in the text" in strange[0].what
    library.repair(findings)
    assert library.verify() == strange
    assert "something that nobody wrote" in {each.anchor.quote for each in kept(library)}


def test_a_highlight_whose_text_is_gone_is_no_damage_and_is_found_by_its_words(
    library: Store,
) -> None:
    with library.write() as work:
        work.texts.use(1, TextRole.MAIN)
        work.connection.exec_driver_sql("DELETE FROM text WHERE role = 'whole'")
        placing.forget_gone(work.connection, 1)
    assert library.verify() == []
    found = {each.anchor.quote: each for each in kept(library)}
    assert found["the yard that would be moved"].place is not None
    assert found["News"].place is None
    with library.write() as work:
        work.texts.put(1, text_of("Another head", *BODY, extractor="html 2"), "html 2")
    found = {each.anchor.quote: each for each in kept(library)}
    canonical = "\n".join(("Another head", *BODY))
    for quote in ("the yard that would be moved", "every stall was set", "fog on the sound"):
        place = found[quote].place
        assert place is not None
        assert canonical[place.start : place.end] == quote
    assert library.verify() == []
