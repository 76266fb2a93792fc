"""Tag collections as files, `*.tagset.json`: out of a library and into one.

A file holds one collection: its name and uuid, its tags (a parent stands before its children), and
if it was asked for the taggings, by the file name and the hash of the original of each document.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.core.errors import BadUsage, Problem
from desktop_app.core.model import TagCollection
from desktop_app.core.tag_aliases import Alias
from desktop_app.core.tag_looks import FIRST_SCHEME, scheme_of
from desktop_app.core.tag_names import checked_collection_name, checked_name
from desktop_app.core.words import name_key
from desktop_app.durable import write_file
from desktop_app.library.commands import AddTag
from desktop_app.library.steps import Taking
from desktop_app.library.tags.checks import tags_of
from desktop_app.library.tags.steps import CollectionStep, TagStep, UseStep
from desktop_app.store.store import Snapshot

FORMAT = "postil-tagset"
VERSION = 1
LARGEST_BYTES = 20_000_000
MOST_TAGS = 100_000

_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class TagsetTag:
    """A tag of a file; parent is a uuid of the file, None at the top."""

    uuid: str
    name: str
    parent: str | None
    colour: str
    aliases: tuple[Alias, ...]


@dataclass(frozen=True, slots=True)
class Tagset:
    """What a file holds. taggings: (uuid of a tag, SHA-256 or None, file name) for each."""

    uuid: str
    name: str
    tags: tuple[TagsetTag, ...]
    taggings: tuple[tuple[str, str | None, str], ...] = ()


def read_tagset(path: Path) -> Tagset:
    """Read a file; a Problem says what is wrong with it."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise Problem(f"“{path.name}” could not be read: {error.strerror or error}.") from error
    if len(content) > LARGEST_BYTES:
        raise Problem(f"“{path.name}” is too large for a tag collection.")
    try:
        raw = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Problem(
            f"“{path.name}” is not a tag collection: it is not JSON.", "Nothing has been changed."
        ) from error
    try:
        return _tagset(raw)
    except (Problem, KeyError, TypeError, ValueError, AttributeError) as error:
        reason = error.message if isinstance(error, Problem) else f"it lacks or spoils {error}."
        raise Problem(
            f"“{path.name}” cannot be read as a tag collection: {reason}",
            "Nothing has been changed.",
        ) from error


def _tagset(raw: Mapping[str, Any]) -> Tagset:
    if raw.get("format") != FORMAT:
        raise Problem(f"its format is not “{FORMAT}”.")
    if raw["version"] > VERSION:
        raise Problem("it was written by a newer version of Postil.")
    if len(raw["tags"]) > MOST_TAGS:
        raise Problem(f"it holds more than {MOST_TAGS:,} tags.")
    colours = scheme_of(FIRST_SCHEME)
    tags: dict[str, TagsetTag] = {}
    siblings: set[tuple[str | None, str]] = set()
    for entry in raw["tags"]:
        name = checked_name(str(entry["name"]))
        identity, parent = str(uuid.UUID(entry["uuid"])), entry.get("parent")
        parent = None if parent is None else str(uuid.UUID(parent))
        if identity in tags:
            raise Problem(f"the tag “{name}” has the uuid of another.")
        if parent is not None and parent not in tags:
            raise Problem(f"the tag above “{name}” is not listed before it.")
        if (parent, name_key(name)) in siblings:
            raise Problem(f"the tag “{name}” stands twice in one place.")
        siblings.add((parent, name_key(name)))
        colour = str(entry.get("colour", "")).lower()
        tags[identity] = TagsetTag(
            identity,
            name,
            parent,
            colour if _COLOUR.fullmatch(colour) else colours[len(tags) % len(colours)],
            tuple(Alias(checked_name(str(alias))) for alias in entry.get("aliases", ())),
        )
    taggings: list[tuple[str, str | None, str]] = []
    for entry in raw.get("taggings", ()):
        tag = str(uuid.UUID(entry["tag"]))
        if tag not in tags:
            raise Problem("a tagging names a tag that is not in it.")
        digest = entry.get("original")
        taggings.append((tag, digest and str(digest), str(entry.get("file", ""))))
    name = checked_collection_name(str(raw["name"]))
    return Tagset(str(uuid.UUID(raw["uuid"])), name, tuple(tags.values()), tuple(taggings))


@dataclass(frozen=True, slots=True)
class ImportTagset:
    """Bring a tag collection in, and put it in use.

    A collection or tag that is here already, by its uuid or by its name in the same place, stays
    as it is and gets what it lacks.
    """

    tagset: Tagset

    def do(self, taking: Taking) -> str:
        work = taking.work
        collection = self._collection(taking)
        active = work.collections.active()
        if active.id != collection.id:
            taking.take(UseStep(active.id, collection.id))
        ids: dict[str, int] = {}
        tree = tags_of(work)
        by_uuid = {tag.uuid: tag for tag in tree.tags if tag.collection == collection.id}
        by_place = {(t.parent, name_key(t.name)): t for t in by_uuid.values()}
        foreign = {tag.uuid for tag in tree.tags} - set(by_uuid)
        made = 0
        for entry in self.tagset.tags:
            parent = ids[entry.parent] if entry.parent else None
            tag = by_uuid.get(entry.uuid) or by_place.get((parent, name_key(entry.name)))
            if tag is None:
                tag = work.tags.add(
                    collection=collection.id,
                    parent=parent,
                    name=entry.name,
                    colour=entry.colour,
                    aliases=entry.aliases,
                    # A tag that was moved to another collection keeps its uuid there.
                    uuid=None if entry.uuid in foreign else entry.uuid,
                )
                taking.made(TagStep(None, tag))
                by_place[parent, name_key(tag.name)] = tag
                made += 1
            ids[entry.uuid] = tag.id
        self._tag(taking, ids)
        return f"Import the tag collection “{self.tagset.name}” ({made:,} new tags)"

    def _collection(self, taking: Taking) -> TagCollection:
        for known in taking.work.collections.all():
            if known.uuid == self.tagset.uuid or name_key(known.name) == name_key(self.tagset.name):
                return known
        made = taking.work.collections.add(self.tagset.name, uuid=self.tagset.uuid)
        taking.made(CollectionStep(None, made))
        return made

    def _tag(self, taking: Taking, ids: Mapping[str, int]) -> None:
        if not self.tagset.taggings:
            return
        work = taking.work
        documents = work.documents.many(sorted(work.documents.all_ids()))
        by_digest = {document.original: document.id for document in documents}
        by_name = {document.file_name: document.id for document in documents}
        for tag in ids:
            wanted = [
                by_digest.get(digest) if digest else by_name.get(name)
                for of_tag, digest, name in self.tagset.taggings
                if of_tag == tag
            ]
            found = tuple(document for document in wanted if document is not None)
            if found:
                AddTag(ids[tag], found).do(taking)


def write_tagset(
    snapshot: Snapshot, collection: TagCollection, path: Path, *, taggings: bool = False
) -> int:
    """Write a collection to a file, whole or not at all; return how many tags it holds."""
    tree = tags_of(snapshot)
    tags = [tag for top in tree.children(None, collection.id) for tag in (top, *tree.below(top.id))]
    content: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "name": collection.name,
        "uuid": collection.uuid,
        "tags": [
            {
                "uuid": tag.uuid,
                "name": tag.name,
                "parent": tree.by_id[tag.parent].uuid if tag.parent is not None else None,
                "colour": tag.colour,
                "aliases": list(tag.also_called),
            }
            for tag in tags
        ],
    }
    if taggings:
        content["taggings"] = [
            {"tag": tag.uuid, "file": document.file_name, "original": document.original}
            for tag in tags
            for document in snapshot.documents.many(sorted(snapshot.taggings.of_tag(tag.id)))
        ]
    if not path.parent.is_dir():
        raise BadUsage(f"There is no folder “{path.parent}” to write to.")
    try:
        write_file(path, json.dumps(content, ensure_ascii=False, indent=1).encode(), "tagset")
    except OSError as error:
        raise Problem(
            f"“{path.name}” could not be written: {error.strerror or error}.",
            "Nothing has been changed.",
        ) from error
    return len(tags)
