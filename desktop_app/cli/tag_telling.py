"""`postil tag` where it only tells: what is said of a tag, what carries it, what it is like."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.cli.call import Call, Output, reading
from desktop_app.cli.records import tag_as_written, tag_record
from desktop_app.cli.tags_named import known
from desktop_app.core.errors import BadUsage
from desktop_app.core.tag_looks import letters_of

if TYPE_CHECKING:
    from desktop_app.core.model import Tag
    from desktop_app.library.library import Library
    from desktop_app.library.tags.tree import TagTree


@contextmanager
def _asking(folder: Path) -> Iterator[Library]:
    with reading(folder) as library:
        if library is None:
            raise BadUsage(f"There is no library in {folder}.")
        yield library


def tag_show(call: Call) -> int:
    """Tell everything that is said of a tag."""
    parser = call.parser("Tell everything that is said of a tag.")
    parser.add_argument("tag", metavar="TAG")
    options = call.read(parser)
    with _asking(options.library) as library:
        tree = library.tag_tree()
        record = _whole(known(tree, options.tag), tree)
    lines = [
        f"{key.replace('_', ' ')}: {_in_words(value)}"
        for key, value in record.items()
        if value not in ("", None, [], False)
    ]
    Output(json=options.json).answer(record, "\n".join(lines))
    return 0


def _whole(tag: Tag, tree: TagTree) -> dict[str, Any]:
    links: dict[str, list[str]] = {"related": [], "opposite": []}
    for link in tree.links.get(tag.id, ()):
        other = link.other if link.one == tag.id else link.one
        links[link.kind.value].append(tag_as_written(other, tree))
    return tag_record(tag, tree) | {
        "uuid": tag.uuid,
        "own_documents": tree.own.get(tag.id, 0),
        "own_highlights": tree.highlights.get(tag.id, 0),
        "pattern": tag.pattern.value,
        "letters": letters_of(tag.name, tag.letters),
        "key": tag.key,
        "definition": tag.definition,
        "use_when": tag.use_when,
        "not_when": tag.not_when,
        "examples": tag.examples,
        "archived": tag.archived,
        "also_called": [
            {"name": alias.name, "kind": alias.kind.value, "language": alias.language}
            for alias in tag.aliases
        ],
        **links,
    }


def _in_words(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_in_words, value))
    if isinstance(value, dict):
        more = " ".join(each for each in (value["kind"], value["language"]) if each)
        return f"{value['name']} ({more})"
    return "yes" if value is True else str(value).replace("\n", "\n    ")


def tag_lines(call: Call) -> int:
    """List what carries a tag itself."""
    parser = call.parser("List the documents and highlights that carry a tag itself.")
    parser.add_argument("tag", metavar="TAG")
    options = call.read(parser)
    out = Output(json=options.json)
    with _asking(options.library) as library:
        found = library.tag_lines(known(library.tag_tree(counted=False), options.tag).id)
    for kind, lines in (("document", found.documents), ("highlight", found.highlights)):
        for line in lines:
            quote = " ".join(line.quote.split())
            said = f"“{quote}”  ({line.title})" if kind == "highlight" else line.title
            out.answer(
                {
                    "kind": kind,
                    "id": line.id,
                    "document": line.document,
                    "title": line.title,
                    "quote": line.quote,
                    "note": line.note,
                    "trashed": line.trashed,
                },
                f"{kind:<9} {line.id:>6}  {said}{'  (in the trash)' if line.trashed else ''}",
            )
    return 0


def tag_twins(call: Call) -> int:
    """List tags that may be one and the same."""
    parser = call.parser(
        "List tags whose names differ by an accent, a plural, a blank or some letters."
    )
    parser.add_argument("--collection", metavar="NAME", help="else those of every collection")
    options = call.read(parser)
    out = Output(json=options.json)
    with reading(options.library) as library:
        if library is None:
            return 0
        tree = library.tag_tree()
        named = options.collection
        collection = tree.collection_named(named).id if named else None
        for twins in library.tag_twins(collection):
            records = [
                {
                    "path": tag_as_written(tag, tree),
                    "name": name,
                    "documents": tree.own.get(tag, 0),
                    "highlights": tree.highlights.get(tag, 0),
                }
                for tag, name in zip(twins.tags, twins.names, strict=True)
            ]
            words = "  ~  ".join(f"{each['path']} ({each['documents']:,})" for each in records)
            why = twins.why.value
            out.answer({"why": why, "tags": records}, f"{why.replace('_', ' '):<13} {words}")
    return 0


def tag_together(call: Call) -> int:
    """List which tags occur together, the most often first."""
    from desktop_app.library.tags.together import Unit

    parser = call.parser("List which tags occur together, and how often, the most often first.")
    parser.add_argument("tags", nargs="*", metavar="TAG", help="else all of the collection in use")
    parser.add_argument("--collection", metavar="NAME", help="all tags of this one")
    parser.add_argument("--unit", choices=list(Unit), default=Unit.DOCUMENTS)
    parser.add_argument("--below", action="store_true", help="with what carries a tag inside them")
    options = call.read(parser)
    if options.tags and options.collection:
        raise BadUsage("Name tags or a collection, not both.")
    out = Output(json=options.json)
    with reading(options.library) as library:
        if library is None:
            return 0
        tree = library.tag_tree(counted=False)
        named = options.collection
        found = library.tags_together(
            [known(tree, path).id for path in options.tags] or None,
            collection=tree.collection_named(named).id if named else None,
            unit=Unit(options.unit),
            below=options.below,
        )
        place = {tag: number for number, tag in enumerate(found.tags)}
        pairs = [
            (number, *sorted(pair, key=place.__getitem__)) for pair, number in found.pairs.items()
        ]
        for number, one, other in sorted(pairs, key=lambda p: (-p[0], place[p[1]], place[p[2]])):
            names = (tag_as_written(one, tree), tag_as_written(other, tree))
            out.answer(
                {
                    "tags": list(names),
                    found.unit.value: number,
                    "each": [found.count(one, one), found.count(other, other)],
                },
                f"{number:>6}  {names[0]}  +  {names[1]}",
            )
    return 0
