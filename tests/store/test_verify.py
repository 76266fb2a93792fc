"""Looking at everything, and mending what can be mended."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from desktop_app.core.line_states import LineState
from desktop_app.core.model import LinkKind, TagLink
from desktop_app.core.name_families import NameFamily
from desktop_app.core.saved_searches import SavedSearch
from desktop_app.store.findings import Mending
from desktop_app.store.store import Store


def spoil(store: Store, *statements: str) -> None:
    """Change the database behind the store's back, with nothing to hold references together."""
    connection = sqlite3.connect(store.database_path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


@pytest.fixture
def library(store: Store, bring) -> Store:
    bring("One", "Two", "Three")
    with store.write() as work:
        top = work.tags.add(collection=1, name="place", colour="#336699")
        below = work.tags.add(collection=1, name="Syria", colour="#336699", parent=top.id)
        other = work.collections.add("Actors")
        work.tags.add(collection=other.id, name="ISIS", colour="#336699")
        work.taggings.add(below.id, [1, 2])
        work.queue.done([number for number, _ in work.queue.first(10)])
    return store


def test_a_sound_library_has_no_findings(library: Store) -> None:
    assert library.verify() == []
    library.repair([])
    assert library.verify() == []


def test_a_library_opened_for_reading_can_be_verified(library: Store, folder: Path) -> None:
    with Store.peek(folder) as peek:
        assert peek.verify() == []


LOST = {
    "an original": (
        lambda s: s.originals.path(s_original(s, 1)).unlink(),
        "original of “One” (document 1) is missing",
    ),
    "an original's bytes": (
        lambda s: s.originals.path(s_original(s, 2)).write_bytes(b"x"),
        "original of “Two” (document 2) is no longer what it was",
    ),
    "a text": (
        lambda s: spoil(s, "DELETE FROM text WHERE document = 1"),
        "text of “One” (document 1) is missing",
    ),
    "some words": (
        lambda s: spoil(s, "UPDATE text SET canonical = 'other' WHERE document = 1"),
        "it is not what its version says",
    ),
    "some structure": (
        lambda s: spoil(s, "UPDATE text SET blocks = '[[\"paragraph\",0,3]]' WHERE document = 1"),
        "its paragraphs do not make up the whole text",
    ),
    "all structure": (
        lambda s: spoil(s, "UPDATE text SET blocks = '{' WHERE document = 1"),
        "its paragraphs cannot be read",
    ),
    "a fold": (
        lambda s: spoil(s, 'UPDATE text SET folds = \'[[0, 9999, "x", "y"]]\' WHERE document = 1'),
        "a fold lies outside it",
    ),
    "the origins": (
        lambda s: spoil(s, "UPDATE document SET origins = 'x' WHERE id = 1"),
        "What is known about document 1, “One”, cannot be read",
    ),
    "the date": (
        lambda s: spoil(s, "UPDATE document SET published = '2016-77' WHERE id = 1"),
        "What is known about document 1, “One”, cannot be read",
    ),
    "the state": (
        lambda s: spoil(s, "UPDATE document SET state = 'lost' WHERE id = 1"),
        "The state of document 1, “One”, makes no sense",
    ),
}


def s_original(store: Store, number: int) -> str:
    with store.read() as snapshot:
        return snapshot.documents.get(number).original


@pytest.mark.parametrize("what", LOST)
def test_what_is_lost_is_said_and_left_as_it_is(library: Store, what: str) -> None:
    lose, said = LOST[what]
    lose(library)
    findings = library.verify()
    assert len(findings) == 1
    assert said in findings[0].what
    assert findings[0].what.endswith(".")
    assert findings[0].hint.endswith(".")
    assert not findings[0].repairable
    library.repair(findings)
    assert library.verify() == findings


MENDED = {
    "keys": (["UPDATE document SET title_key = 'x', published_first = '1999-01-01'"], Mending.KEYS),
    "tag keys": (["UPDATE tag SET name_key = 'x' WHERE id = 1"], Mending.NAME_KEYS),
    "collection keys": (["UPDATE collection SET name_key = 'x' WHERE id = 1"], Mending.NAME_KEYS),
    "lost taggings": (["INSERT INTO tagging VALUES (1, 99, 0), (98, 1, 0)"], Mending.TAGGINGS),
    "no active collection": (["UPDATE collection SET active = 0"], Mending.ACTIVE),
    "two active collections": (["UPDATE collection SET active = 1"], Mending.ACTIVE),
    "unused originals": (
        [f"INSERT INTO original VALUES ('{'a' * 64}', 3, 0)"],
        Mending.UNUSED_ROWS,
    ),
    "originals not noted": (["DELETE FROM original"], Mending.ORIGINAL_ROWS),
    "a circle of tags": (["UPDATE tag SET parent = 2 WHERE id = 1"], Mending.TAG_PLACES),
    "a tag under itself": (["UPDATE tag SET parent = 1 WHERE id = 1"], Mending.TAG_PLACES),
    "a tag under nothing": (["UPDATE tag SET parent = 77 WHERE id = 2"], Mending.TAG_PLACES),
    "a tag under a strange one": (["UPDATE tag SET parent = 3 WHERE id = 2"], Mending.TAG_PLACES),
    "a missing trigger": (["DROP TRIGGER queue_document_update"], Mending.TRIGGERS),
    "a changed trigger": (
        [
            "DROP TRIGGER queue_text_insert",
            "CREATE TRIGGER queue_text_insert AFTER INSERT ON text BEGIN SELECT 1; END",
        ],
        Mending.TRIGGERS,
    ),
    "a missing index": (["DROP INDEX document_by_title"], Mending.TRIGGERS),
}


@pytest.mark.parametrize("what", MENDED)
def test_what_can_be_mended_without_loss_is_mended(library: Store, what: str) -> None:
    statements, mending = MENDED[what]
    spoil(library, *statements)
    findings = library.verify()
    assert findings
    assert {finding.mending for finding in findings} == {mending}
    assert all(finding.repairable and finding.what.endswith(".") for finding in findings)
    library.repair(findings)
    assert library.verify() == []
    with library.read() as snapshot:
        assert len(snapshot.tags.all()) == 3
        assert snapshot.documents.counts().all == 3
        assert snapshot.taggings.of_tag(2) == {1, 2}


def test_after_a_missing_trigger_the_index_looks_at_everything_again(library: Store) -> None:
    spoil(library, "DROP TRIGGER queue_document_update")
    library.repair(library.verify())
    with library.read() as snapshot:
        assert {document for _, document in snapshot.queue.first(10)} == {1, 2, 3}


def test_an_index_that_is_behind_its_table_is_made_anew(library: Store) -> None:
    spoil(
        library,
        "CREATE TABLE aside AS SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema"
        " WHERE name = 'document_by_added'",
        "PRAGMA writable_schema = ON",
        "DELETE FROM sqlite_schema WHERE name = 'document_by_added'",
        "PRAGMA writable_schema = RESET",
        "UPDATE document SET added_at = added_at + 5 WHERE id = 2",
        "PRAGMA writable_schema = ON",
        "INSERT INTO sqlite_schema SELECT * FROM aside",
        "PRAGMA writable_schema = RESET",
        "DROP TABLE aside",
    )
    findings = library.verify()
    assert {finding.mending for finding in findings} == {Mending.INDEXES}
    library.repair(findings)
    assert library.verify() == []


def test_an_index_over_other_columns_than_it_should_is_made_anew(library: Store) -> None:
    spoil(
        library,
        "DROP INDEX document_by_title",
        "CREATE INDEX document_by_title ON document (authors_key, id DESC, trashed_at)",
    )
    findings = library.verify()
    assert [finding.mending for finding in findings] == [Mending.TRIGGERS]
    library.repair(findings)
    assert library.verify() == []


def test_a_lifted_tag_gets_a_name_that_is_free(library: Store) -> None:
    with library.write() as work:
        work.tags.add(collection=1, name="Syria", colour="#336699")
    spoil(library, "UPDATE tag SET parent = 77 WHERE id = 2")
    library.repair(library.verify())
    with library.read() as snapshot:
        assert snapshot.tags.get(2).name == "Syria (2)"
        assert snapshot.tags.get(2).parent is None


KEPT_SEARCHES = {
    "equal texts": (
        ["UPDATE text SET digest = 'x' WHERE document < 3"],
        "There are 2 texts that would not be known as equal to another.",
    ),
    "what was looked at": (
        ["UPDATE saved_search SET looked = x'00', looked_at = 1"],
        "It cannot be read what was looked at of 1 saved search.",
    ),
    "when it was looked at": (
        ["UPDATE saved_search SET looked_at = 1"],
        "It cannot be read what was looked at of 1 saved search.",
    ),
    "a spelling": (
        ["UPDATE name_spelling SET forms = 'Tábqa' WHERE forms = 'tabqa'"],
        "There is 1 spelling of a name that would not be found.",
    ),
    "a spelling without its name": (
        ["INSERT INTO name_spelling (family, forms) VALUES (9, 'isis')"],
        "There is 1 spelling of a name that is no longer there.",
    ),
    "a name alone": (
        ["DELETE FROM name_spelling WHERE forms = 'tabqa'"],
        "There is 1 name with fewer than two spellings.",
    ),
    "a mark of a line": (
        ["UPDATE concordance_line SET state = 9"],
        "There is 1 line of a concordance marked in no known way.",
    ),
    "a line of nothing": (
        ["INSERT INTO concordance_line (concordance, document, key, state) VALUES (9, 1, 1, 0)"],
        "There is 1 line of a concordance or document that is no longer there.",
    ),
}


@pytest.mark.parametrize("what", KEPT_SEARCHES)
def test_what_is_wrong_with_what_is_kept_of_searching_is_said_and_mended(
    library: Store, what: str
) -> None:
    with library.write() as work:
        work.saved_searches.add(SavedSearch(0, "s", "Dam", "dam", 1, 0))
        work.name_families.add(NameFamily(0, "f", "Tabqa", ("tabqa", "tabqah")))
        work.concordances.set("dam", {(1, 7): LineState.SEEN}, width=40)
    assert library.verify() == []
    statements, sentence = KEPT_SEARCHES[what]
    spoil(library, *statements)
    findings = library.verify()
    assert [finding.what for finding in findings] == [sentence]
    assert findings[0].repairable
    library.repair(findings)
    assert library.verify() == []
    with library.read() as snapshot:
        (search,) = snapshot.saved_searches.all()
        assert (search.name, search.query) == ("Dam", "dam")
        if what == "a spelling":
            assert snapshot.name_families.of("tabqa") is not None


TAGS = {
    "a link to nothing": (
        ["INSERT INTO tag_link VALUES (1, 77, 'related')"],
        "There is 1 link of a tag that is no longer there.",
    ),
    "a link of nothing": (
        ["UPDATE tag_link SET one = 66, other = 77"],
        "There are 2 links of a tag that is no longer there.",
    ),
    "a link with itself": (
        ["UPDATE tag_link SET other = one"],
        "There is 1 link of a tag with itself, or of no known kind.",
    ),
    "a link of no kind": (
        ["UPDATE tag_link SET kind = 'like'"],
        "There is 1 link of a tag with itself, or of no known kind.",
    ),
    "a redirect to nothing": (
        ["UPDATE tag_redirect SET tag = 77"],
        "There is 1 former tag of a tag that is no longer there.",
    ),
    "an own uuid that leads elsewhere": (
        ["UPDATE tag_redirect SET uuid = (SELECT uuid FROM tag WHERE id = 1)"],
        "There is 1 tag that would be taken for another when it is imported.",
    ),
    "a pattern": (
        ["UPDATE tag SET pattern = 'tartan' WHERE id = 2"],
        "There is 1 tag whose pattern, key or names cannot be.",
    ),
    "a key": (
        ["UPDATE tag SET digit = 12 WHERE id = 2"],
        "There is 1 tag whose pattern, key or names cannot be.",
    ),
    "other names": (
        [
            "UPDATE tag SET aliases = '{' WHERE id = 2",
            "UPDATE tag SET aliases = '[[1]]' WHERE id = 3",
        ],
        "There are 2 tags whose pattern, key or names cannot be.",
    ),
    "counts": (
        ["UPDATE tag_count SET documents = 9 WHERE tag = 2"],
        "Some tags are counted wrong.",
    ),
    "a count that is missing": (
        ["DELETE FROM tag_count WHERE tag = 1"],
        "Some tags are counted wrong.",
    ),
    "a count of nothing": (
        ["INSERT INTO tag_count VALUES (77, 0, 0)"],
        "Tags are counted that are no longer there.",
    ),
    "the number of their state": (
        ["DELETE FROM meta WHERE key = 'tags_changed'"],
        "Some tags are counted wrong.",
    ),
}


def test_what_is_wrong_with_tags_is_said_and_mended(library: Store) -> None:
    for statements, sentence in TAGS.values():
        with library.write() as work:
            for link in work.tag_links.all():
                work.tag_links.remove(link)
            work.tag_links.add(TagLink.between(1, 3, LinkKind.RELATED))
            work.tag_links.lead("a tag that went up", 3)
        spoil(library, *statements)
        findings = library.verify()
        assert sentence in [finding.what for finding in findings]
        assert all(finding.repairable for finding in findings)
        library.repair(findings)
        assert library.verify() == [], sentence
        with library.read() as snapshot:
            assert [tag.name for tag in snapshot.tags.all()] == ["ISIS", "place", "Syria"]
            assert snapshot.taggings.of_tag(2) == {1, 2}
            assert snapshot.tags.counts().documents == {2: 2}


def test_two_tags_of_one_key_and_two_of_one_name_are_told_apart(library: Store) -> None:
    with library.write() as work:
        tag = work.tags.add(collection=1, name="dam", colour="#336699", digit=3)
    spoil(
        library,
        "DROP INDEX one_tag_a_digit",
        "DROP INDEX one_name_among_siblings",
        "UPDATE tag SET digit = 3 WHERE id = 1",
        f"UPDATE tag SET name = 'Place', name_key = 'place' WHERE id = {tag.id}",
    )
    library.repair(library.verify())
    assert library.verify() == []
    with library.read() as snapshot:
        assert (snapshot.tags.get(1).name, snapshot.tags.get(1).key) == ("place", 3)
        changed = snapshot.tags.get(tag.id)
        assert (changed.name, changed.key) == ("Place (2)", None)
