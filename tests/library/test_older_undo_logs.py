"""What an earlier version did is undone, and done again, by this one."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from desktop_app.library import undoing
from desktop_app.store.store import Store
from tests.faults.library_contents import contents

LIBRARIES = Path(__file__).parents[1] / "data"


def held(folder: Path, store: Store) -> dict[str, object]:
    """All that a library holds; tags as they are read, since aliases are written otherwise now."""
    found: dict[str, object] = dict(contents(folder))
    found["fold_rule"] = [row[1:] for row in contents(folder)["fold_rule"]]  # ids mean nothing
    with store.read() as snapshot:
        found["tag"] = snapshot.tags.all()
    return found


@pytest.mark.parametrize("schema", [3, 4])
def test_all_that_an_earlier_version_did_is_undone_and_done_again(
    tmp_path: Path, schema: int
) -> None:
    folder = tmp_path / "library"
    with zipfile.ZipFile(LIBRARIES / f"library-{schema}.zip") as kept:
        kept.extractall(folder)
    with Store.open(folder) as store:
        while report := undoing.redo(store):  # what was undone last when it was left
            assert report.refused is None
        before = held(folder, store)
        steps = 0
        while report := undoing.undo(store):
            assert report.refused is None, report.refused
            steps += 1
        assert steps == len(undoing.history(store, 1_000))
        with store.read() as snapshot:
            assert snapshot.tags.all() == []
            assert [each.name for each in snapshot.collections.all()] == ["My tags"]
            documents = snapshot.documents.many(snapshot.documents.all_ids())
            assert all(document.trashed_at for document in documents)
        assert store.verify() == []
        while report := undoing.redo(store):
            assert report.refused is None, report.refused
            steps -= 1
        assert steps == 0
        assert held(folder, store) == before
        assert store.verify() == []
