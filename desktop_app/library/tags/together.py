"""Which tags occur together: on the same documents, or on the same highlights."""

from __future__ import annotations

import csv
import errno
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from desktop_app.durable import write_file
from desktop_app.library.highlight_tables import not_saved
from desktop_app.library.spreadsheet_cells import harmless
from desktop_app.library.tags.checks import tags_of
from desktop_app.library.tags.tree import TagTree
from desktop_app.store.store import Snapshot
from desktop_app.store.together import together as count_together


class Unit(StrEnum):
    """What tags are counted on."""

    DOCUMENTS = "documents"
    HIGHLIGHTS = "highlights"


@dataclass(frozen=True)
class TagsTogether:
    """How often tags occur, alone and two by two; nothing in the trash is counted.

    tags: ids, in the order asked. own: of tags that have any. pairs: by two tags, the smaller id
    first; those that never occur together are left out. below: tags below count as those above.
    """

    tags: tuple[int, ...] = ()
    unit: Unit = Unit.DOCUMENTS
    below: bool = False
    own: Mapping[int, int] = field(default_factory=dict)
    pairs: Mapping[tuple[int, int], int] = field(default_factory=dict)

    @cached_property
    def met(self) -> dict[int, int]:
        """How often each tag occurs with others, all of them taken together."""
        found: dict[int, int] = {}
        for (one, other), number in self.pairs.items():
            found[one] = found.get(one, 0) + number
            found[other] = found.get(other, 0) + number
        return found

    def count(self, one: int, other: int) -> int:
        """How often two tags occur together, or one of them at all where they are the same."""
        if one == other:
            return self.own.get(one, 0)
        return self.pairs.get((min(one, other), max(one, other)), 0)


def in_tree_order(tree: TagTree, collection: int) -> tuple[int, ...]:
    """The tags of a collection that are not put away, each before those below it, by name."""
    found: list[int] = []

    def walk(parent: int | None) -> None:
        for tag in tree.children(parent, collection):
            if not tag.archived:
                found.append(tag.id)
            walk(tag.id)

    walk(None)
    return tuple(found)


def tags_together(
    snapshot: Snapshot,
    tags: Sequence[int],
    unit: Unit = Unit.DOCUMENTS,
    *,
    below: bool = False,
) -> TagsTogether:
    """Count how often tags occur together; tags that are gone are left out.

    below: with the tags below each, as `tag:` asks; a tag and one below it then always meet.
    """
    tree = tags_of(snapshot)
    known = tuple(tag for tag in dict.fromkeys(tags) if tag in tree.by_id)
    meant = [(tag, tag) for tag in known]
    if below:
        meant += [(tag, each.id) for tag in known for each in tree.below(tag)]
    found = count_together(snapshot.connection, meant, of_highlights=unit is Unit.HIGHLIGHTS)
    return TagsTogether(known, unit, below, found.own, found.pairs)


def together_csv(found: TagsTogether, tree: TagTree, *, tags: Sequence[int] | None = None) -> str:
    """Write the counts as a table with a header row and a header column of paths.

    tags: only these, in this order.
    """
    known = [tag for tag in (found.tags if tags is None else tags) if tag in tree.by_id]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    names = [harmless(tree.full_path(tag)) for tag in known]
    writer.writerow([f"{found.unit} that carry both", *names])
    for tag, name in zip(known, names, strict=True):
        writer.writerow([name, *(found.count(tag, other) for other in known)])
    return out.getvalue()


def save_together(
    found: TagsTogether, tree: TagTree, target: Path, *, tags: Sequence[int] | None = None
) -> int:
    """Write the table to a file, whole or not at all; return how many tags it holds."""
    # The mark at its start tells spreadsheets that it is UTF-8.
    content = together_csv(found, tree, tags=tags).encode("utf-8-sig")
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "it is a folder")
        write_file(target, content, "table of tags")
    except OSError as error:
        raise not_saved(target, error) from error
    return len(found.tags if tags is None else tags)
