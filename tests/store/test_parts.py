"""What belongs to a document beside its text: parts, proposals, a second text, old versions."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import replace

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, Text

from desktop_app.core.errors import BadUsage
from desktop_app.core.model import (
    FactName,
    Origin,
    OriginKind,
    Part,
    PartRole,
    Proposal,
    TextRole,
)
from desktop_app.core.text import Block, BlockKind, Fold, Picture, make_text
from desktop_app.store import texts
from desktop_app.store.documents import NewDocument
from desktop_app.store.findings import Mending
from desktop_app.store.store import Store

LAMP = b"the bytes of a lamp"
LAMP_HASH = hashlib.sha256(LAMP).hexdigest()
STYLE = b"p { color: red }"
STYLE_HASH = hashlib.sha256(STYLE).hexdigest()

PICTURE = Part(PartRole.PICTURE, 0, "", "image/png", len(LAMP), LAMP_HASH)
COMPANION = Part(PartRole.COMPANION, 0, "page_files/a.css", "", len(STYLE), STYLE_HASH)
ATTACHMENT = Part(PartRole.ATTACHMENT, 0, "minutes.pdf", "application/pdf", 12)
PROPOSALS = (
    Proposal(FactName.TITLE, "The lamp", Origin(OriginKind.FILE, "title", 1.0)),
    Proposal(FactName.AUTHORS, ("A. Reader", "B. Writer"), Origin(OriginKind.GUESSED, "by", 0.5)),
)


def page(make, title: str = "The lamp") -> NewDocument:
    """A saved page: an article of a whole page, a picture, a companion and an attachment."""
    shown = Block(BlockKind.IMAGE, "A lamp", picture=Picture(LAMP_HASH, None, 4, 3))
    article = [Block(BlockKind.PARAGRAPH, f"{title} at night"), shown]
    whole = [Block(BlockKind.PARAGRAPH, "Home News Sport"), *article]
    return replace(
        make(title),
        text=make_text(article, "html 1"),
        whole=make_text(whole, "html 1+whole", folds=[Fold(0, 15, "menu", "shape")]),
        extractor="html 1",
        parts=(PICTURE, COMPANION, ATTACHMENT),
        proposals=PROPOSALS,
    )


@pytest.fixture
def lamp(store: Store, make) -> int:
    new = page(make)
    content = make("The lamp").text.canonical.encode()
    store.originals.keep([(new.original, content), (LAMP_HASH, LAMP), (STYLE_HASH, STYLE)])
    with store.write() as work:
        return work.documents.add(new)


def test_parts_and_proposals_come_out_as_they_went_in(store: Store, lamp: int) -> None:
    with store.read() as snapshot:
        assert snapshot.parts.pictures(lamp) == (PICTURE,)
        assert snapshot.parts.companions(lamp) == (COMPANION,)
        assert snapshot.parts.attachments(lamp) == (ATTACHMENT,)
        assert snapshot.proposals.get(lamp) == PROPOSALS
        assert snapshot.proposals.many([lamp, 99]) == {lamp: PROPOSALS}
        assert snapshot.documents.originals() >= {LAMP_HASH, STYLE_HASH}
    assert store.verify() == []


def test_the_whole_page_is_put_in_use_and_counted_outside_its_folds(
    store: Store, lamp: int, bring
) -> None:
    (plain,) = bring("Plain")
    with store.write() as work:
        assert work.texts.in_use(lamp) is TextRole.MAIN
        assert work.texts.with_whole_page([lamp, plain]) == {lamp}
        work.queue.done([number for number, _ in work.queue.first(9)])
        work.texts.use(lamp, TextRole.WHOLE)
        assert work.texts.canonical(lamp).startswith("Home News Sport")
        assert [document for _, document in work.queue.first(9)] == [lamp]
        found = work.documents.get(lamp)
        assert found.words == 6
        assert found.text_version == work.texts.roles(lamp)[TextRole.WHOLE]
        with pytest.raises(BadUsage):
            work.texts.use(plain, TextRole.WHOLE)


def test_originals_of_parts_stay_as_long_as_something_names_them(
    store: Store, lamp: int, make
) -> None:
    with store.write() as work:
        other = work.documents.add(replace(make("Other"), parts=(PICTURE,)))
        assert STYLE_HASH in work.documents.remove([lamp])
        assert work.parts.pictures(other) == (PICTURE,)
        assert work.parts.of(lamp) == ()
        assert work.proposals.get(lamp) == ()
    assert store.forget_originals() > 0
    assert store.originals.holds(LAMP_HASH, LAMP)
    assert not store.originals.holds(STYLE_HASH, STYLE)


def test_a_backup_and_an_archive_bring_pictures_and_companions_back(
    store: Store, lamp: int, tmp_path
) -> None:
    out = store.backup(tmp_path / "all.zip")
    with Store.open(tmp_path / "elsewhere") as other:
        assert other.restore(out).missing == ()
        assert other.originals.read(LAMP_HASH) == LAMP
        assert other.originals.read(STYLE_HASH) == STYLE
        assert other.verify() == []
    store.backup()
    with store.write() as work:
        work.documents.remove([lamp])
    assert store.forget_originals() == 0  # the backup names them


def test_a_lost_picture_is_found_and_a_lost_note_of_it_is_mended(store: Store, lamp: int) -> None:
    store.originals.path(LAMP_HASH).unlink()
    assert ["picture of “The lamp”" in f.what for f in store.verify()] == [True]
    store.originals.keep([(LAMP_HASH, LAMP)])
    connection = sqlite3.connect(store.database_path, isolation_level=None)
    connection.execute("DELETE FROM original WHERE sha256 = ?", (STYLE_HASH,))
    connection.execute("INSERT INTO proposals VALUES (99, '[]')")
    connection.close()
    findings = store.verify()
    assert {f.mending for f in findings} == {Mending.ORIGINAL_ROWS, Mending.LEFTOVERS}
    store.repair(findings)
    assert store.verify() == []


def test_a_picture_that_a_text_shows_and_nobody_keeps_is_a_finding(store: Store, lamp: int) -> None:
    with store.write() as work:
        work.parts.put(lamp, [COMPANION])
        work.parts.drop_unused_originals()
    assert all("a picture in it is not kept" in f.what for f in store.verify())
    assert len(store.verify()) == 2


def test_a_version_on_which_something_hangs_stays_as_an_old_one(
    store: Store, lamp: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = Table("mark", MetaData(), Column("document", Integer), Column("version", Text))
    monkeypatch.setattr(texts, "HANGING", [(marks, "document", "version")])
    new = make_text([Block(BlockKind.PARAGRAPH, "Read by a newer reader")], "html 2")
    with store.write() as work:
        marks.create(work.connection)
        before = work.texts.roles(lamp)
        held = before[TextRole.MAIN]
        work.connection.execute(marks.insert().values(document=lamp, version=held))
        work.texts.put(lamp, new, "html 2")
        rows = work.connection.exec_driver_sql("SELECT version, role FROM text ORDER BY role").all()
        assert rows == [(new.version, "main"), (held, "old")]
        assert work.texts.get(lamp) == new
        assert work.texts.pictures_named(lamp) == {LAMP_HASH}
        marks.drop(work.connection)


def test_who_reads_the_whole_page_goes_on_doing_so(store: Store, lamp: int) -> None:
    article = make_text([Block(BlockKind.PARAGRAPH, "Article")], "html 2")
    whole = make_text([Block(BlockKind.PARAGRAPH, "Menu and article")], "html 2+whole")
    with store.write() as work:
        work.texts.use(lamp, TextRole.WHOLE)
        work.texts.put(lamp, article, "html 2", whole=whole)
        assert work.texts.get(lamp) == whole
        work.texts.put(lamp, article, "html 2")
        assert work.texts.get(lamp) == article
        assert work.texts.roles(lamp) == {TextRole.MAIN: article.version}
