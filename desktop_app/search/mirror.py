"""One index on the disk: opened after it was verified, written in batches, read in snapshots.

Invariant: what the manifest names is whole and on the disk. Whatever a batch that was cut short
leaves behind is named by nothing and is removed when the index is next opened for writing.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex
from whoosh.reading import SegmentReader

from desktop_app import durable
from desktop_app.core.query_tree import Near, Or, Said
from desktop_app.search import likeness
from desktop_app.search import manifest as manifests
from desktop_app.search import stems as stemming
from desktop_app.search.asking import answer
from desktop_app.search.found import Answers
from desktop_app.search.manifest import IndexUnusable, Manifest
from desktop_app.search.schema import (
    BODY,
    FOLDED,
    NOTES,
    QUOTES,
    TITLE,
    Places,
    language_number,
    make_schema,
    places_apart,
    places_of,
    places_outside,
)
from desktop_app.search.segment import Segment
from desktop_app.search.stems import Stems
from desktop_app.search.writing import BulkWriter, merge_only

_NAME = "MAIN"
# Segments of about the same size are merged when so many of them have gathered.
_TIER = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as the index sees it."""

    id: int
    title: str
    body: str
    language: str | None = None
    folds: tuple[tuple[int, int], ...] = ()  # as core.matching.fold_edges gives them
    notes: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()


def _fields_of(entry: Entry) -> dict[str, Places]:
    """The words of a document by the field that they stand in."""
    body, folded = places_outside(entry.body, entry.folds)
    fields: dict[str, Places] = {TITLE: places_of(entry.title), BODY: body}
    if folded:
        fields[FOLDED] = folded
    if entry.notes:
        fields[NOTES] = places_apart(entry.notes)
    if entry.quotes:
        fields[QUOTES] = places_apart(entry.quotes)
    return fields


class VerifiedStorage(FileStorage):  # type: ignore[misc]
    """A folder in which Whoosh sees only the files that were verified or that it wrote itself."""

    def __init__(self, folder: Path, names: Iterable[str], *, readonly: bool) -> None:
        super().__init__(str(folder), readonly=readonly)
        self._names = set(names)

    def list(self) -> list[str]:
        return sorted(self._names)

    def create_file(self, name: str, **options: Any) -> Any:
        self._names.add(name)
        return super().create_file(name, **options)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        super().rename_file(oldname, newname, safe=safe)
        self._names.discard(oldname)
        self._names.add(newname)

    def delete_file(self, name: str) -> None:
        super().delete_file(name)
        self._names.discard(name)


class Mirror:
    """An index that is open. Searching and writing may go on in two threads, each alone."""

    def __init__(self, folder: Path, key: bytes, manifest: Manifest, *, read_only: bool) -> None:
        self.folder = folder
        self.manifest = manifest
        self.read_only = read_only
        self._key = key
        self._lock = threading.RLock()  # held while the segments are read or replaced
        self._segments: list[Segment] = []
        self._begun: dict[tuple[str, int], list[tuple[str, int]]] = {}
        self._broken = False
        self.stems = Stems(folder, key)
        self.stems.load(manifest.forms_bytes)
        self._storage = VerifiedStorage(folder, manifest.files or (), readonly=read_only)
        self._index = FileIndex(self._storage, indexname=_NAME)
        self._refresh()

    @classmethod
    def open(cls, folder: Path, key: bytes, *, read_only: bool = False) -> Mirror:
        """Verify and open the index in a folder; IndexUnusable where it cannot be trusted."""
        manifest = manifests.read_manifest(folder, key)
        manifests.check_files(folder, manifest, stemming.FILE_NAME, key)
        if not read_only:
            keep = {*(manifest.files or ()), manifests.FILE_NAME, stemming.FILE_NAME}
            remove_all_but(folder, keep)
        try:
            return cls(folder, key, manifest, read_only=read_only)
        except Exception as trouble:  # whatever a file that was verified may still do to Whoosh
            raise IndexUnusable("the index does not open") from trouble

    @classmethod
    def create(
        cls, folder: Path, key: bytes, *, library: str, generation: str, queue_id: int = 0
    ) -> Mirror:
        """Make an empty index in a folder that is not there yet, or holds nothing that counts."""
        folder.mkdir(parents=True, exist_ok=True)
        remove_all_but(folder, ())
        storage = VerifiedStorage(folder, (), readonly=False)
        TOC(make_schema(), [], 0).write(storage, _NAME)
        manifest = _listed(folder, storage, Manifest(library, generation, queue_id), key)
        manifests.write_manifest(folder, manifest, key)
        durable.sync_folders([folder.parent], "index-new")
        return cls(folder, key, manifest, read_only=False)

    def ids(self) -> set[int]:
        """The documents that are in the index."""
        with self._lock:
            return {
                id_
                for segment in self._segments
                for place, id_ in enumerate(segment.ids)
                if place not in segment.deleted
            }

    @property
    def present(self) -> bool:
        """Whether the index is still on the disk; what is open answers even when it is not."""
        return (self.folder / manifests.FILE_NAME).exists()

    def count(self) -> int:
        """How many documents are in the index."""
        with self._lock:
            return sum(len(segment.ids) - len(segment.deleted) for segment in self._segments)

    def ask(
        self, parts: Sequence[Said | Near | Or], among: Collection[int] | None = None
    ) -> Answers:
        """Answer parts of a query, each by itself. among: the only documents looked at."""
        with self._lock:
            return answer(parts, self._segments, self.stems, among)

    def near_spellings(self, form: str, limit: int) -> list[tuple[str, int]]:
        """Words that may be other spellings of a word, the likest first; each with its documents."""
        with self._lock:
            return likeness.near_spellings(form, limit, self._segments, self.stems.vocabulary)

    def beginning_with(self, beginning: str, limit: int) -> list[tuple[str, int]]:
        """Words that begin so, those of most documents first; each with its documents."""
        key = (beginning, limit)
        with self._lock:
            if key not in self._begun:
                self._begun[key] = likeness.beginning_with(beginning, limit, self._segments)
            return self._begun[key]

    def update(self, entries: Iterable[Entry], gone: Iterable[int], *, queue_id: int) -> None:
        """Put documents in, in place of what the index has of them, and take others out.

        queue_id: the newest row of the queue that this takes care of. Durable when it returns.
        IndexUnusable when anything goes wrong: the index is as it was, but must be opened again.
        """
        if self._broken:
            raise IndexUnusable("an earlier batch failed")
        try:
            self._update({entry.id: entry for entry in entries}, set(gone), queue_id)
        except OSError:
            self._broken = True
            raise
        except Exception as trouble:
            self._broken = True
            raise IndexUnusable("a batch could not be written") from trouble

    def _update(self, entries: dict[int, Entry], gone: set[int], queue_id: int) -> None:
        writer = self._writer(queue_id)
        try:
            # A writer deletes only what was committed: delete once, then add once.
            replaced = gone.union(entries)
            base = 0
            for segment in self._segments:
                for place, id_ in enumerate(segment.ids):
                    if id_ in replaced and place not in segment.deleted:
                        writer.delete_document(base + place)
                base += len(segment.ids)
            for entry in entries.values():
                language = language_number(entry.language)
                fields = _fields_of(entry)
                writer.add_entry(entry.id, language, fields)
                for places in fields.values():
                    self.stems.add(language, places)
        except BaseException:
            writer.cancel()
            raise
        writer.commit(merge=False)
        self._refresh()

    def complete(self) -> None:
        """Write down that the index holds the whole library."""
        self.manifest = replace(self.manifest, complete=True)
        manifests.write_manifest(self.folder, self.manifest, self._key)

    def merge_some(self, *, largest: int) -> bool:
        """Merge segments where too many small ones have gathered; False where there was no need.

        largest: how many documents the merged segment may have. Raises as update does.
        """
        chosen = _to_merge(self._segments, largest)
        if not chosen:
            return False
        try:
            self._writer(self.manifest.queue_id).commit(mergetype=merge_only(chosen))
            self._refresh()
        except OSError:
            self._broken = True
            raise
        except Exception as trouble:
            self._broken = True
            raise IndexUnusable("segments could not be merged") from trouble
        return True

    def close(self) -> None:
        with self._lock:
            for segment in self._segments:
                segment.reader.close()
            self._segments = []

    def _writer(self, queue_id: int) -> BulkWriter:
        def publish(toc: int) -> None:
            self.stems.save()
            wanted = replace(
                self.manifest,
                queue_id=queue_id,
                toc=toc,
                forms_bytes=self.stems.bytes,
                forms_hash=self.stems.digest,
            )
            self.manifest = _listed(self.folder, self._storage, wanted, self._key)
            manifests.write_manifest(self.folder, self.manifest, self._key)

        return BulkWriter(self._index, publish)

    def _refresh(self) -> None:
        """Open the segments of the newest state, keeping those that did not change."""
        toc = TOC.read(self._storage, _NAME, gen=self.manifest.toc)
        with self._lock:
            old = {segment.name: segment for segment in self._segments}
            fresh: list[Segment] = []
            for whoosh_segment in toc.segments:
                known = old.get(whoosh_segment.segment_id())
                if known and len(known.deleted) == whoosh_segment.deleted_count():
                    fresh.append(old.pop(known.name))
                    continue
                reader = SegmentReader(self._storage, toc.schema, whoosh_segment)
                fresh.append(Segment.of(reader, known))
            self._segments = fresh
            self._begun.clear()
            for segment in old.values():
                segment.reader.close()


def remove_all_but(folder: Path, keep: Iterable[str]) -> None:
    """Remove what a folder holds, folders in it too, but for some names."""
    kept = set(keep)
    for path in folder.iterdir():
        if path.name in kept:
            continue
        if path.is_dir() and not path.is_symlink():
            remove_all_but(path, ())
            path.rmdir()
        else:
            path.unlink()


def _listed(folder: Path, storage: VerifiedStorage, manifest: Manifest, key: bytes) -> Manifest:
    """Bring the files of the newest state to the disk and name them in the manifest."""
    toc = TOC.read(storage, _NAME, gen=manifest.toc)
    names = {f"_{_NAME}_{manifest.toc}.toc"}
    for segment in toc.segments:
        names.update(segment.list_files(storage))
    known = manifest.files or {}
    files = {name: known[name] for name in names if name in known}
    for name in sorted(names.difference(known)):
        path = folder / name
        with path.open("r+b") as file:
            durable.sync_file(file.fileno(), "index-file")
        files[name] = (path.stat().st_size, manifests.hash_file(path, key))
    durable.sync_folders([folder], "index")
    return manifest.with_files(files)


def _to_merge(segments: Sequence[Segment], largest: int) -> list[Any]:
    """Choose a segment that is half deleted, or many of about the same size."""
    tiers: dict[int, list[Segment]] = {}
    for segment in segments:
        alive = len(segment.ids) - len(segment.deleted)
        if segment.deleted and alive <= len(segment.ids) // 2 and alive <= largest:
            return [segment.reader.segment()]
        tiers.setdefault(alive.bit_length() // 3, []).append(segment)
    for tier in sorted(tiers):
        total = 0
        chosen: list[Any] = []
        for segment in tiers[tier]:
            total += len(segment.ids) - len(segment.deleted)
            if total > largest:
                break
            chosen.append(segment.reader.segment())
        if len(chosen) >= _TIER:
            return chosen
    return []
