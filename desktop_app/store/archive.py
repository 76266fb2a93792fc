"""The whole library in one zip: the database, every original, and a manifest of their hashes.

The zip is read back against its manifest before it gets its name, and again when it is restored.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from desktop_app import durable
from desktop_app.core.errors import LibraryDamaged, LibraryTooNew
from desktop_app.store import backups, trouble
from desktop_app.store.originals import Originals

FORMAT = "postil-library"
VERSION = 1
DATABASE_ENTRY = "postil.db"
_MANIFEST_ENTRY = "manifest.json"
_ORIGINAL_ENTRY = re.compile("originals/[0-9a-f]{2}/([0-9a-f]{64})")
_PIECE_BYTES = 1 << 20


def write(source: sqlite3.Connection, originals: Originals, out: Path, now: datetime) -> None:
    """Write a library into a zip, whole or not at all; a file of that name is replaced.

    An original that is missing, or is no longer what it was, is named in the manifest as missing
    and does not keep the rest from safety.
    """
    copied = out.with_name(f"{out.name}.database.part")
    temporary = out.with_name(f"{out.name}.part")
    try:
        with trouble.told(out):
            backups.copy(source, copied)
            files: dict[str, str] = {}
            missing: list[str] = []
            with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
                files[DATABASE_ENTRY] = _put_database(archive, copied, now)
                for sha256 in _named_in(copied):
                    path = originals.path(sha256)
                    content = path.read_bytes() if path.exists() else None
                    if content is None or hashlib.sha256(content).hexdigest() != sha256:
                        missing.append(sha256)
                        continue
                    entry = f"originals/{sha256[:2]}/{sha256}"
                    archive.writestr(_info(entry, now), content)
                    files[entry] = sha256
                manifest = {
                    "format": FORMAT,
                    "version": VERSION,
                    "made_at": now.isoformat(timespec="seconds"),
                    "files": files,
                    "missing": missing,
                }
                archive.writestr(_MANIFEST_ENTRY, json.dumps(manifest, indent=1))
            durable.point("archive:written")
            with Archive(temporary) as archived:
                archived.check()
            with temporary.open("rb+") as file:
                durable.sync_file(file.fileno(), "archive")
            durable.move_into_place(temporary, out, "archive")
            durable.sync_folders([out.parent], "archive")
    finally:
        copied.unlink(missing_ok=True)
        temporary.unlink(missing_ok=True)


class Archive:
    """A zip that holds a library, open for reading; nothing of it is believed unchecked.

    Raises LibraryDamaged, or LibraryTooNew where a newer version wrote it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError) as error:
            raise self._damaged("it is not a whole zip file") from error
        except OSError as error:
            raise trouble.of_system(error, path) from error
        try:
            self._files = self._listed()
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def check(self) -> None:
        """Read everything and compare it with the manifest."""
        for entry in self._files:
            for _ in self._pieces(entry):
                pass

    def extract_database(self, target: Path) -> None:
        """Write the database to a file."""
        with trouble.told(target), target.open("wb") as file:
            for piece in self._pieces(DATABASE_ENTRY):
                file.write(piece)

    def originals(self) -> Iterator[tuple[str, bytes]]:
        """The originals: SHA-256 and bytes."""
        for entry in self._files:
            named = _ORIGINAL_ENTRY.fullmatch(entry)
            if named:
                yield named[1], b"".join(self._pieces(entry))

    def _listed(self) -> dict[str, str]:
        try:
            manifest: Any = json.loads(self._zip.read(_MANIFEST_ENTRY))
            known, version, files = manifest["format"], manifest["version"], manifest["files"]
        except (KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
            raise self._damaged("it has no manifest of a library") from error
        if known != FORMAT or not isinstance(version, int):
            raise self._damaged("it holds something else than a library")
        if version > VERSION:
            raise LibraryTooNew(
                f"The backup {self._path} was made by a newer version of Postil.",
                "It has not been touched; restore it with that version.",
            )
        if not isinstance(files, dict) or DATABASE_ENTRY not in files:
            raise self._damaged("its manifest names no database")
        for entry, sha256 in files.items():
            named = _ORIGINAL_ENTRY.fullmatch(entry)
            if entry != DATABASE_ENTRY and (named is None or named[1] != sha256):
                raise self._damaged(f"its manifest names a strange file, {entry!r}")
        return files

    def _pieces(self, entry: str) -> Iterator[bytes]:
        digest = hashlib.sha256()
        try:
            with self._zip.open(entry) as file:
                for piece in _read(file):
                    digest.update(piece)
                    yield piece
        except (KeyError, zipfile.BadZipFile, EOFError, zlib.error) as error:
            raise self._damaged(f"{entry} in it cannot be read") from error
        if digest.hexdigest() != self._files[entry]:
            raise self._damaged(f"{entry} in it is not what the manifest says")

    def _damaged(self, why: str) -> LibraryDamaged:
        return LibraryDamaged(
            f"The backup {self._path} cannot be used: {why}.", "Use another backup."
        )


def _put_database(archive: zipfile.ZipFile, path: Path, now: datetime) -> str:
    """Put the database into the zip and return its SHA-256, of the bytes that went in."""
    digest = hashlib.sha256()
    info = _info(DATABASE_ENTRY, now)
    info.file_size = path.stat().st_size
    with path.open("rb") as source, archive.open(info, "w") as target:
        for piece in _read(source):
            digest.update(piece)
            target.write(piece)
    return digest.hexdigest()


def _info(entry: str, now: datetime) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(entry, now.timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def _read(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(_PIECE_BYTES):
        yield piece


def _named_in(database: Path) -> list[str]:
    connection = sqlite3.connect(f"{database.absolute().as_uri()}?immutable=1", uri=True)
    try:
        rows = connection.execute("SELECT sha256 FROM original ORDER BY sha256").fetchall()
    finally:
        connection.close()
    return [row[0] for row in rows]
