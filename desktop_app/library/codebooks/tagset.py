"""Postil's own format, `.tagset.json`: a tag collection with all that is said of it.

JSON after resources/schemas/tagset-2.schema.json. Written with one line for each tag and one for
each text, so that two versions of a collection can be compared by any program that compares lines.
Version 1, which named taggings by file only, is still read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from desktop_app.core.codebook import Codebook, CodebookTag
from desktop_app.core.errors import BadUsage
from desktop_app.core.tag_aliases import Alias, AliasKind
from desktop_app.core.tag_looks import Pattern
from desktop_app.core.tag_names import checked_collection_name
from desktop_app.core.text import clean, one_line
from desktop_app.library.codebooks import fields
from desktop_app.library.codebooks.codings import codings_of, in_order, texts_of
from desktop_app.library.codebooks.entries import Entry
from desktop_app.library.codebooks.json_pieces import parsed
from desktop_app.library.codebooks.remarks import Remarks
from desktop_app.library.codebooks.soundness import MOST_TAGS, Unsound, arranged, sound_name

FORMAT = "postil-tagset"
VERSION = 2

_TEXTS = ("description", "author", "licence", "edition", "scheme")
_HEAD = {"format", "version", "name", "uuid", *_TEXTS, "tags", "texts", "taggings", "$schema"}
_SAID = ("definition", "use_when", "not_when", "examples")
_TAG = {
    *("uuid", "name", "parent", "colour", "aliases", "key", "pattern", "letters", *_SAID),
    *("archived", "formerly", "related", "opposite", "count"),
}
# What is written, counted before it is read: no file may take more room than a large collection.
_PIECE = 4_000_000
_MOST_BRACKETS, _MOST_COMMAS = 3_000_000, 20_000_000


def written_tagset(codebook: Codebook) -> bytes:
    """Write a collection so that read_tagset reads the same from it."""
    head: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "name": codebook.name,
        "uuid": codebook.uuid,
        "description": codebook.description,
        "author": codebook.author,
        "licence": codebook.licence,
        "edition": codebook.version,
        "scheme": codebook.scheme,
    }
    parts = [[f" {_json(key)}: {_json(value)}"] for key, value in head.items() if value != ""]
    parts.append(
        _lines("tags", (_tag_out(tag, codebook.counts.get(tag.uuid)) for tag in codebook.tags))
    )
    if codebook.codings:
        parts.append(_lines("texts", texts_of(codebook.codings)))
    written = [b"{"]
    for number, part in enumerate(parts):
        written[-1] += b"," if number else b""
        # Line by line: other threads have their turn between them.
        written += [line.encode("utf-8", "replace") for line in part]
    return b"\n".join([*written, b"}", b""])


def read_tagset(content: bytes, remarks: Remarks) -> Codebook:
    """Read a collection; raises Unsound for what is none."""
    raw = Entry.of(_parsed(content), "the file")
    if raw.text("format") != FORMAT:
        raise Unsound(f"its format is not “{FORMAT}”.")
    version = raw.number("version")
    if version is None or version < 1:
        raise Unsound("it does not say which version of the format it is.")
    if version > VERSION:
        raise Unsound("it was written by a newer version of Postil.")
    raw.remark_unknown(_HEAD, remarks)
    entries = raw.list_of("tags")
    if len(entries) > MOST_TAGS:
        raise Unsound(f"it holds more than {MOST_TAGS:,} tags.")
    counts: dict[str, int] = {}
    tags = [_tag_in(Entry.of(each, "a tag"), counts, remarks) for each in entries]
    tags = fields.settled(arranged(tags), remarks)
    known = {tag.uuid for tag in tags} | {uuid for tag in tags for uuid in tag.formerly}
    try:
        name = checked_collection_name(raw.text("name"))
    except BadUsage as refused:
        raise Unsound(f"its name cannot be taken: {refused.message}") from refused
    said = {key: one_line(raw.text(key)) for key in _TEXTS if key != "description"}
    return Codebook(
        name,
        raw.uuid("uuid"),
        clean(raw.text("description")),
        said["author"],
        said["licence"],
        said["edition"],
        said["scheme"],
        tuple(tags),
        in_order(codings_of(raw, version, known, remarks), tags),
        counts,
    )


def _parsed(content: bytes) -> object:
    if _count(content, b"{") + _count(content, b"[") > _MOST_BRACKETS:
        raise Unsound("it holds more than a tag collection can.")
    if _count(content, b",") > _MOST_COMMAS:
        raise Unsound("it holds more than a tag collection can.")
    try:
        return parsed(content.decode(json.detect_encoding(content)))
    except UnicodeDecodeError as error:
        raise Unsound("it is not JSON in UTF-8, as it would have to be.") from error
    except RecursionError as error:
        raise Unsound("it is nested deeper than any tag collection.") from error
    except ValueError as error:
        line = getattr(error, "lineno", None)
        where = f": line {line:,} is not as it has to be" if line else ""
        raise Unsound(f"it is not JSON{where}.") from error


def _count(content: bytes, mark: bytes) -> int:
    """As bytes.count, with a turn for other threads between the pieces."""
    return sum(
        content.count(mark, start, start + _PIECE) for start in range(0, len(content), _PIECE)
    )


def _tag_in(entry: Entry, counts: dict[str, int], remarks: Remarks) -> CodebookTag:
    where = f"a tag’s name, “{entry.text('name')[:60]}”,"
    name = sound_name(entry.text("name"), where)
    entry = Entry(entry.raw, f"the tag “{name}”")
    entry.remark_unknown(_TAG, remarks)
    identity = entry.uuid("uuid")
    if not identity:
        raise Unsound(f"the tag “{name}” has no uuid.")
    if (count := entry.number("count")) is not None:
        counts[identity] = count
    said = {key: clean(entry.text(key)) for key in _SAID}
    key = entry.number("key")
    return CodebookTag(
        identity,
        name,
        entry.uuid("parent") or None,
        fields.colour_of(entry.text("colour"), name, remarks),
        fields.once_each(list(_aliases_in(entry, name, remarks))),
        fields.key_of(str(key) if key is not None else "", name, remarks),
        fields.pattern_of(entry.text("pattern"), name, remarks),
        fields.letters_of(entry.text("letters"), name, remarks),
        **said,
        archived=entry.flag("archived"),
        formerly=entry.uuids("formerly"),
        related=entry.uuids("related"),
        opposite=entry.uuids("opposite"),
    )


def _aliases_in(entry: Entry, name: str, remarks: Remarks) -> Iterator[Alias | None]:
    for each in entry.list_of("aliases"):
        if isinstance(each, str):
            yield fields.alias_of(each, AliasKind.ALIAS, "", name, remarks)
        else:
            alias = Entry.of(each, f"an alias of “{name}”")
            kind = alias.text("kind") or AliasKind.ALIAS
            yield fields.alias_of(alias.text("name"), kind, alias.text("language"), name, remarks)


def _tag_out(tag: CodebookTag, count: int | None) -> Mapping[str, Any]:
    """A tag without the fields that say nothing."""
    written: dict[str, Any] = {"uuid": tag.uuid, "name": tag.name, "parent": tag.parent}
    written["colour"] = tag.colour
    written["aliases"] = [_alias_out(alias) for alias in tag.aliases]
    written["key"] = tag.key
    written["pattern"] = tag.pattern.value if tag.pattern is not Pattern.PLAIN else ""
    written["letters"] = tag.letters
    written.update({key: getattr(tag, key) for key in _SAID})
    written["archived"] = tag.archived
    for links in ("formerly", "related", "opposite"):
        written[links] = list(getattr(tag, links))
    said = {key: value for key, value in written.items() if value not in ("", None, [], False)}
    return said if count is None else {**said, "count": count}


def _alias_out(alias: Alias) -> str | dict[str, str]:
    if alias == Alias(alias.name):
        return alias.name
    written = {"name": alias.name, "kind": alias.kind.value, "language": alias.language}
    return {key: value for key, value in written.items() if value}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _lines(key: str, items: Iterable[object]) -> list[str]:
    lines = [f"  {_json(item)}," for item in items]
    if not lines:
        return [f' "{key}": []']
    return [f' "{key}": [', *lines[:-1], lines[-1][:-1], " ]"]
