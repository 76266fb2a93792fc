"""`postil tag`: which tags there are, which documents carry them, and the way to all else of tags."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.cli.call import Call, Output, reading, writing
from desktop_app.cli.tags_named import in_order, known, say_tag
from desktop_app.core.errors import BadUsage

if TYPE_CHECKING:
    from desktop_app.core.model import Tag
    from desktop_app.library.commands import Command
    from desktop_app.library.library import Library

_SUFFIX = ".tagset.json"

# Each verb: the module that has it. Its function is called like the verb.
_VERBS = {
    "add": "tagging",
    "remove": "tagging",
    "list": "tagging",
    "show": "tag_telling",
    "new": "tag_changing",
    "edit": "tag_changing",
    "rename": "tag_changing",
    "move": "tag_changing",
    "link": "tag_changing",
    "unlink": "tag_changing",
    "archive": "tag_changing",
    "unarchive": "tag_changing",
    "merge": "tag_tidying",
    "split": "tag_tidying",
    "lines": "tag_telling",
    "twins": "tag_telling",
    "together": "tag_telling",
    "delete": "tag_tidying",
    "bin": "tag_tidying",
    "export": "tagging",
    "import": "tagging",
}


def run_tag(call: Call) -> int:
    """Carry out one of the verbs that begin with `tag`."""
    verb = call.words[0] if call.words else ""
    if verb in ("-h", "--help"):
        print(f"postil tag {'|'.join(_VERBS)} ...\n    `postil tag VERB --help` says more.")
        return 0
    if verb not in _VERBS:
        raise BadUsage(f"`postil tag` needs one of these after it: {', '.join(_VERBS)}.")
    module = import_module(f"desktop_app.cli.{_VERBS[verb]}")
    carry_out: Callable[[Call], int] = getattr(module, f"tag_{verb}")
    return carry_out(Call(f"tag {verb}", call.words[1:], call.library))


def tag_add(call: Call) -> int:
    """Put a tag on documents."""
    from desktop_app.library.commands import AddTag
    from desktop_app.library.tags.commands import CreateTag

    def command(library: Library, tag: Tag | None, path: str, ids: tuple[int, ...]) -> Command:
        return CreateTag(path, documents=ids) if tag is None else AddTag(tag.id, ids)

    return _on_documents(call, "Put a tag on documents; it is made where it is missing.", command)


def tag_remove(call: Call) -> int:
    """Take a tag off documents."""
    from desktop_app.library.commands import RemoveTag

    def command(library: Library, tag: Tag | None, path: str, ids: tuple[int, ...]) -> Command:
        return RemoveTag(known(library.tag_tree(counted=False), path).id, ids)

    return _on_documents(call, "Take a tag off documents.", command)


def _on_documents(
    call: Call,
    what: str,
    command: Callable[[Library, Tag | None, str, tuple[int, ...]], Command],
) -> int:
    parser = call.parser(what)
    parser.add_argument("tag", metavar="TAG")
    parser.add_argument("ids", nargs="+", type=int, metavar="ID")
    options = call.read(parser)
    out = Output(json=options.json)
    with writing(options.library) as library:
        there = tuple(document.id for document in library.documents(options.ids))
        missing = [id for id in options.ids if id not in set(there)]
        for id in missing:
            out.note(f"There is no document {id} in this library.")
        if there:
            tag = library.tag_tree(counted=False).find(options.tag)
            library.run(command(library, tag, options.tag, there))
            tree = library.tag_tree()
            say_tag(known(tree, options.tag), tree, out)
    return 1 if missing else 0


def tag_list(call: Call) -> int:
    """List the tags with their counts."""
    parser = call.parser("List all tags, collection by collection.")
    parser.add_argument("--collection", metavar="NAME", help="only those of this one")
    options = call.read(parser)
    out = Output(json=options.json)
    with reading(options.library) as library:
        if library is None:
            return 0
        tree = library.tag_tree()
        named = options.collection
        collections = (tree.collection_named(named),) if named else tree.collections
        for tag in in_order(tree, collections):
            say_tag(tag, tree, out)
    return 0


def tag_export(call: Call) -> int:
    """Write a collection to a file."""
    parser = call.parser(f"Write a tag collection to a file that ends in {_SUFFIX}.")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--collection", metavar="NAME", help="else the one in use")
    parser.add_argument("--taggings", action="store_true", help="also which documents carry them")
    options = call.read(parser)
    _check_suffix(options.file)
    out = Output(json=options.json)
    with reading(options.library) as library:
        if library is None:
            raise BadUsage(f"There is no library in {options.library}.")
        tree = library.tag_tree(counted=False)
        named = options.collection
        collection = tree.collection_named(named) if named else tree.active_collection
        count = library.export_tagset(collection, options.file, taggings=options.taggings)
    out.answer(
        {"path": str(options.file), "collection": collection.name, "tags": count},
        f"{count:,} tags of “{collection.name}” written to {options.file}",
    )
    return 0


def tag_import(call: Call) -> int:
    """Bring a collection in from a file."""
    from desktop_app.library.tagset import ImportTagset, read_tagset

    parser = call.parser(
        f"Bring in a tag collection from a file that ends in {_SUFFIX}, and use it."
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    options = call.read(parser)
    _check_suffix(options.file)
    out = Output(json=options.json)
    tagset = read_tagset(options.file)
    with writing(options.library, make=True) as library:
        library.run(ImportTagset(tagset))
        name = library.tag_tree(counted=False).active_collection.name
    out.answer(
        {"path": str(options.file), "collection": name, "tags": len(tagset.tags)},
        f"{len(tagset.tags):,} tags of “{name}” brought in",
    )
    return 0


def _check_suffix(file: Path) -> None:
    if not file.name.casefold().endswith(_SUFFIX):
        raise BadUsage(f"“{file.name}” does not end in {_SUFFIX}.", "No other format is known.")
