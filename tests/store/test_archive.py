"""The whole library in one zip."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from desktop_app.core.errors import DiskTrouble, LibraryDamaged, LibraryTooNew
from desktop_app.store.archive import Archive
from desktop_app.store.store import Store


def rewritten(source: Path, target: Path, change) -> Path:
    """A copy of a zip with its entries changed by a function of (name, bytes)."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return target


def manifest_with(**changes: object):
    def change(name: str, content: bytes) -> bytes:
        if name != "manifest.json":
            return content
        return json.dumps(json.loads(content) | changes).encode()

    return change


@pytest.fixture
def archive(store: Store, bring, tmp_path: Path) -> Path:
    bring("One", "Two", "Three")
    return store.backup(tmp_path / "all.zip")


def test_it_holds_the_database_every_original_and_a_manifest(
    store: Store, archive: Path, make
) -> None:
    shas = {make(title).original for title in ("One", "Two", "Three")}
    with zipfile.ZipFile(archive) as opened:
        names = set(opened.namelist())
        manifest = json.loads(opened.read("manifest.json"))
    assert names == {"manifest.json", "postil.db"} | {f"originals/{s[:2]}/{s}" for s in shas}
    assert set(manifest["files"]) == names - {"manifest.json"}
    assert manifest["missing"] == []
    assert [path.name for path in archive.parent.iterdir() if path.is_file()] == ["all.zip"]
    with Archive(archive) as opened:
        opened.check()
        assert {sha256 for sha256, _ in opened.originals()} == shas


def test_a_folder_is_given_a_file_with_a_name(store: Store, bring, tmp_path: Path) -> None:
    out = tmp_path / "usb"
    out.mkdir()
    assert store.backup(out) == out / "library-2026-03-01-120000.zip"
    assert (out / "library-2026-03-01-120000.zip").exists()


def test_a_missing_or_rotten_original_does_not_keep_the_rest_from_safety(
    store: Store, bring, make, tmp_path: Path
) -> None:
    bring("One", "Two", "Three")
    gone, rotten = make("One").original, make("Two").original
    store.originals.path(gone).unlink()
    store.originals.path(rotten).write_bytes(b"rotten")
    with zipfile.ZipFile(store.backup(tmp_path / "all.zip")) as opened:
        assert json.loads(opened.read("manifest.json"))["missing"] == sorted([gone, rotten])
        assert len(opened.namelist()) == 3


def test_a_place_that_cannot_be_written_is_said(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Exception, match="cannot be") as caught:
        store.backup(tmp_path / "nowhere" / "all.zip")
    assert isinstance(caught.value, DiskTrouble) or "nowhere" in str(caught.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda n, c: c[:-1] + b"?" if n.startswith("originals/") else c, "not what the manifest"),
        (lambda n, c: None if n.startswith("originals/") else c, "cannot be read"),
        (lambda n, c: None if n == "manifest.json" else c, "no manifest"),
        (lambda n, c: b"[" if n == "manifest.json" else c, "no manifest"),
        (lambda n, c: b"[]" if n == "manifest.json" else c, "no manifest"),
        (manifest_with(format="other"), "something else"),
        (manifest_with(files={}), "no database"),
        (manifest_with(files={"postil.db": "0", "../../x": "0"}), "strange file"),
        (manifest_with(files={"postil.db": "0", "originals/ab/" + "a" * 64: "0"}), "strange file"),
    ],
)
def test_an_archive_that_was_changed_is_refused(
    archive: Path, tmp_path: Path, change, said: str
) -> None:
    changed = rewritten(archive, tmp_path / "changed.zip", change)
    with pytest.raises(LibraryDamaged, match=said), Archive(changed) as opened:
        opened.check()


def test_an_archive_of_a_newer_version_is_refused(archive: Path, tmp_path: Path) -> None:
    newer = rewritten(archive, tmp_path / "newer.zip", manifest_with(version=2))
    with pytest.raises(LibraryTooNew):
        Archive(newer)


@pytest.mark.parametrize("end", [0, 10, -30, -400])
def test_an_archive_that_was_cut_short_is_refused(archive: Path, end: int) -> None:
    archive.write_bytes(archive.read_bytes()[:end])
    with pytest.raises(LibraryDamaged):
        Archive(archive)
