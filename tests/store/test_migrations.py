"""Bringing a library up to date."""

from __future__ import annotations

import sqlite3
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine

from desktop_app.core.errors import Problem
from desktop_app.core.model import Tag, TagCollection
from desktop_app.core.tag_aliases import Alias, AliasKind
from desktop_app.store import migrations
from desktop_app.store.migrations import Step
from desktop_app.store.store import Store
from desktop_app.store.tables import metadata

NEXT = migrations.newest() + 1


def described(connection: Connection) -> dict[str, object]:
    """What SQLite says about every table and index, without the words they were made with."""
    ask = connection.exec_driver_sql
    names = ask(
        "SELECT type, name FROM sqlite_schema WHERE type <> 'trigger' AND name <> 'sqlite_sequence'"
    ).all()
    found: dict[str, object] = {}
    for kind, name in names:
        for question in (
            ("table_xinfo", "foreign_key_list", "index_list")
            if kind == "table"
            else ("index_xinfo",)
        ):
            rows = [tuple(row) for row in ask(f"SELECT * FROM pragma_{question}('{name}')")]
            found[f"{question} {name}"] = sorted(map(str, rows)) if kind == "table" else rows
    return found


def test_the_steps_make_the_tables_as_they_are_written_down(store: Store) -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        expected = described(connection)
    engine.dispose()
    with store.read() as snapshot:
        found = described(snapshot.connection)
    # The order in which indexes were made is no difference.
    assert {
        key: str(value).split("'")[0:1] for key, value in found.items()
    }.keys() == expected.keys()
    for key, value in expected.items():
        if not key.startswith("index_list"):
            assert found[key] == value, key


def test_every_step_is_recorded(store: Store, clock) -> None:
    with store.read() as snapshot:
        rows = snapshot.connection.exec_driver_sql("SELECT number, name FROM schema_step").all()
        assert [row.number for row in rows] == [step.number for step in migrations.STEPS]
        version = snapshot.connection.exec_driver_sql("PRAGMA user_version").scalar()
        assert version == migrations.newest()


def widen(connection: Connection, now_ms: int) -> None:
    connection.exec_driver_sql("ALTER TABLE document ADD COLUMN mood TEXT")


def fail(connection: Connection, now_ms: int) -> None:
    connection.exec_driver_sql("CREATE TABLE half (x)")
    raise ZeroDivisionError


@pytest.fixture
def old(store: Store, bring, folder: Path) -> Path:
    """A library of the present version, closed, with one document."""
    bring("One")
    store.close()
    return folder


def steps(monkeypatch: pytest.MonkeyPatch, *more: Step) -> None:
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, *more))


def test_a_step_is_applied_after_a_backup(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps(monkeypatch, Step(NEXT, "moods", widen))
    with pytest.raises(Problem, match="older version"):
        Store.peek(old)
    with Store.open(old) as store:
        (backup,) = store.backups()
        with store.read() as snapshot:
            assert snapshot.connection.exec_driver_sql("SELECT mood FROM document").all() == [
                (None,)
            ]
    kept = sqlite3.connect(backup.path)
    assert kept.execute("PRAGMA user_version").fetchone() == (NEXT - 1,)
    kept.close()
    with Store.open(old) as store:
        assert len(store.backups()) == 1


def test_a_step_that_fails_leaves_nothing_behind(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        steps(patch, Step(NEXT, "moods", widen), Step(NEXT + 1, "half", fail))
        with pytest.raises(ZeroDivisionError):
            Store.open(old)
        connection = sqlite3.connect(old / "postil.db")
        assert connection.execute("PRAGMA user_version").fetchone() == (NEXT,)
        assert connection.execute("SELECT max(number) FROM schema_step").fetchone() == (NEXT,)
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
        assert "half" not in names
        connection.close()
    monkeypatch.undo()
    steps(monkeypatch, Step(NEXT, "moods", widen))
    with Store.open(old) as store:
        assert store.uuid


def test_an_older_backup_is_brought_up_to_date_when_it_is_restored(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(old) as store:
        backup = store.backup()
    steps(monkeypatch, Step(NEXT, "moods", widen))
    with Store.open(old) as store:
        store.restore(backup)
        with store.read() as snapshot:
            assert snapshot.connection.exec_driver_sql("SELECT mood FROM document").all() == [
                (None,)
            ]


def test_a_library_of_the_first_schema_opens_with_everything_in_it(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(Path(__file__).parents[1] / "data" / "library-1.zip") as kept:
        kept.extractall(folder)
    with Store.open(folder) as store:
        assert store.verify() == []
        assert len(store.backups()) == 1
        with store.read() as snapshot:
            titles = [found.title for found in snapshot.documents.many([1, 2, 3])]
            assert titles == ["The bridge at night", "The dam at Tabqa", "A market day"]
            assert snapshot.texts.get(1).blocks[-1].spans[0].target == "https://example.org/lamp"
            assert snapshot.lines.due() >= 1
            assert len(snapshot.tags.all()) == 4


def test_a_library_of_the_second_schema_opens_with_everything_in_it(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(Path(__file__).parents[1] / "data" / "library-2.zip") as kept:
        kept.extractall(folder)
    with Store.open(folder) as store:
        assert store.verify() == []
        assert len(store.backups()) == 1
        with store.read() as snapshot:
            titles = [found.title for found in snapshot.documents.many([1, 2, 3])]
            assert titles == ["The bridge at night", "The dam at Tabqa", "A market day"]
            assert snapshot.texts.with_whole_page([1, 2, 3]) == {3}
            keys = {tag.name: tag.key for tag in snapshot.tags.all()}
            assert keys == {"place": 1, "Syria": None, "person": 2, "Ida": None, "claim": 1}
            assert snapshot.highlights.counts_of([1, 2, 3]) == {}
            assert len(snapshot.undo_steps.all(10)) >= 4


def test_a_library_of_the_third_schema_opens_with_everything_in_it(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(Path(__file__).parents[1] / "data" / "library-3.zip") as kept:
        kept.extractall(folder)
    with Store.open(folder) as store:
        assert store.verify() == []
        assert len(store.backups()) == 1
        with store.read() as snapshot:
            titles = [found.title for found in snapshot.documents.many([1, 2, 3, 4])]
            assert titles == [
                "The bridge at night",
                "The dam at Tabqa",
                "A market day",
                "The dam at Tabqa",
            ]
            marked = snapshot.highlights.many([1, 2, 3])
            assert [(each.document, each.anchor.quote, each.note) for each in marked] == [
                (1, "the keeper counted them", "Who was the **keeper**?"),
                (2, "warned of the gates", "Compare with the second report."),
                (3, "every stall was set", ""),
            ]
            assert snapshot.highlights.document_note(2) == "The engineers are not named."
            # The index is to take in the notes and the passages of all of them.
            assert {document for _, document in snapshot.queue.first(9)} == {1, 2, 3, 4}
            digests = dict(
                snapshot.connection.exec_driver_sql(
                    "SELECT document, digest FROM text WHERE role = 'main'"
                ).all()
            )
            assert digests[2] == digests[4] and len(set(digests.values())) == 3
            assert len(snapshot.undo_steps.all(100)) == 16
            undone = snapshot.undo_steps.newest(undone=True)
            assert undone is not None and undone.name == "Highlight “the last at dawn”"


def test_a_library_of_the_fourth_schema_opens_with_everything_in_it(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(Path(__file__).parents[1] / "data" / "library-4.zip") as kept:
        kept.extractall(folder)
    with Store.open(folder) as store:
        assert store.verify() == []
        assert len(store.backups()) == 1
        with store.read() as snapshot:
            mine, thesis = snapshot.collections.all()
            assert (mine.name, thesis.name, thesis.active) == ("My tags", "Thesis ch. 3", True)
            # What collections and tags could not say of themselves then, they do not say now.
            assert thesis == TagCollection(2, thesis.uuid, "Thesis ch. 3", True)
            assert mine.offered and thesis.offered
            tags = {tag.name: tag for tag in snapshot.tags.all()}
            assert {name: (tag.key, tag.parent) for name, tag in tags.items()} == {
                "claim": (3, None),
                "Ida": (None, 3),
                "person": (2, None),
                "place": (1, None),
                "siege": (1, None),
                "supply": (None, 7),
                "Syria": (None, 1),
            }
            siria = Alias("Siria", AliasKind.ALIAS)
            syria = tags["Syria"]
            assert syria == Tag(2, syria.uuid, 1, 1, "Syria", "#c77d2e", (siria,))
            assert snapshot.tag_links.all() == [] and snapshot.tag_bin.all() == []
            counts = snapshot.tags.counts()
            assert counts.documents == {2: 4, 4: 3, 5: 1, 8: 3}
            assert counts.documents_below == {1: 4, 2: 4, 3: 3, 4: 3, 5: 1, 7: 3, 8: 3}
            assert counts.highlights == {2: 1, 4: 1, 5: 1, 8: 2}
            assert len(snapshot.undo_steps.all(100)) == 23
            undone = snapshot.undo_steps.newest(undone=True)
            assert undone is not None and undone.name == "Delete the tag “claim” (1 highlight)"
