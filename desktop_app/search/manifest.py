"""The signed list of an index's files, checked before a byte of them is unpickled.

Whoosh pickles, so that opening a crafted index runs its code, and a flipped bit can lose a hit in
silence. The manifest names every file with its size and keyed hash, and is itself signed with a
key that only this computer's cache has. It is written and brought to the disk last.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import whoosh

from desktop_app import durable
from desktop_app.search.schema import SCHEMA

FILE_NAME = "manifest.json"
FORMAT = f"{SCHEMA} whoosh-{'.'.join(map(str, whoosh.__version__))} {sys.byteorder}"
_KEY_BYTES = 32
_PIECE_BYTES = 1 << 20


class IndexUnusable(Exception):
    """The index cannot be trusted, or was made for something else; it must be built anew."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index consists of and what it mirrors.

    library, generation: of the store; either changes when another database takes its place.
    queue_id: the newest row of the store's index queue that is in the index. complete: False while
    the index is still being built. files: name -> (size in bytes, keyed hash).
    forms_bytes: how much of the file of forms counts; what stands behind it was never finished.
    """

    library: str
    generation: str
    queue_id: int = 0
    complete: bool = False
    toc: int = 0
    forms_bytes: int = 0
    forms_hash: str = ""
    files: Mapping[str, tuple[int, str]] | None = None
    format: str = FORMAT

    def with_files(self, files: Mapping[str, tuple[int, str]]) -> Manifest:
        return replace(self, files=dict(files))


def read_key(cache: Path) -> bytes:
    """The key of this cache, made where it is missing or where others could have read it."""
    path = cache / "index.key"
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        key = b""
    if len(key) == _KEY_BYTES and not _was_open(path):
        return key
    cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = secrets.token_bytes(_KEY_BYTES)
    durable.write_file(path, key, "index-key")
    path.chmod(0o600)
    return key


def _was_open(path: Path) -> bool:
    """Tell whether others could read a file, and close it; never where the disk knows no owners."""
    if os.name == "nt" or not path.stat().st_mode & 0o077:
        return False
    path.chmod(0o600)
    return not path.stat().st_mode & 0o077


def hash_file(path: Path, key: bytes, *, size: int | None = None) -> str:
    """The keyed hash of a file, or of its first `size` bytes."""
    digest = hashlib.blake2b(key=key, digest_size=32)
    left = path.stat().st_size if size is None else size
    with path.open("rb") as file:
        while left and (piece := file.read(min(left, _PIECE_BYTES))):
            digest.update(piece)
            left -= len(piece)
    return digest.hexdigest()


def _sign(body: bytes, key: bytes) -> bytes:
    return hashlib.blake2b(body, key=key, digest_size=32, person=b"manifest").hexdigest().encode()


def write_manifest(folder: Path, manifest: Manifest, key: bytes) -> None:
    """Put the manifest in place; what it names must be on the disk already."""
    body = json.dumps(asdict(manifest)).encode()
    durable.write_file(folder / FILE_NAME, _sign(body, key) + b"\n" + body, "index-manifest")


def read_manifest(folder: Path, key: bytes) -> Manifest:
    """Read the manifest; IndexUnusable where it is missing, unsigned or of another format."""
    try:
        signature, _, body = (folder / FILE_NAME).read_bytes().partition(b"\n")
    except OSError as trouble:
        raise IndexUnusable("no manifest") from trouble
    if not secrets.compare_digest(signature, _sign(body, key)):
        raise IndexUnusable("the manifest was not written here")
    read = json.loads(body)
    if read["format"] != FORMAT:
        raise IndexUnusable("the index was made by another version")
    read["files"] = {name: (size, digest) for name, (size, digest) in read["files"].items()}
    return Manifest(**read)


def check_files(folder: Path, manifest: Manifest, forms: str, key: bytes) -> None:
    """Compare every file that the manifest names; IndexUnusable at the first difference."""
    for name, (size, digest) in (manifest.files or {}).items():
        path = folder / name
        if path.parent != folder:
            raise IndexUnusable("a file lies elsewhere")
        try:
            same = path.stat().st_size == size and hash_file(path, key) == digest
        except OSError as trouble:
            raise IndexUnusable(f"{name} cannot be read") from trouble
        if not same:
            raise IndexUnusable(f"{name} is not as it was written")
    if not manifest.forms_bytes:
        return
    try:
        digest = hash_file(folder / forms, key, size=manifest.forms_bytes)
    except OSError as trouble:
        raise IndexUnusable("the forms cannot be read") from trouble
    if digest != manifest.forms_hash:
        raise IndexUnusable("the forms are not as they were written")
