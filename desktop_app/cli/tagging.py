"""`postil tag`: tags, and which documents carry them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.cli.call import Call, Output, Parser, reading, writing
from desktop_app.cli.records import tag_record
from desktop_app.core.errors import BadUsage

if TYPE_CHECKING:
    from desktop_app.core.model import Tag
    from desktop_app.library.commands import Command
    from desktop_app.library.library import Library
    from desktop_app.library.tags.tree import TagTree

_TOP = "/"
_SUFFIX = ".tagset.json"


def run_tag(call: Call) -> int:
    """Carry out one of the verbs that begin with `tag`."""
    verbs: dict[str, Callable[[Call], int]] = {
        "add": _add,
        "remove": _remove,
        "list": _list,
        "rename": _rename,
        "merge": _merge,
        "move": _move,
        "delete": _delete,
        "export": _export,
        "import": _import,
    }
    verb = call.words[0] if call.words else ""
    if verb in ("-h", "--help"):
        print(f"postil tag {'|'.join(verbs)} ...\n    `postil tag VERB --help` says more.")
        return 0
    if verb not in verbs:
        known = ", ".join(verbs)
        raise BadUsage(f"`postil tag` needs one of these after it: {known}.")
    return verbs[verb](Call(f"tag {verb}", call.words[1:], call.library))


def _add(call: Call) -> int:
    from desktop_app.library.commands import AddTag
    from desktop_app.library.tags.commands import CreateTag

    def command(library: Library, tag: Tag | None, path: str, ids: tuple[int, ...]) -> Command:
        return CreateTag(path, documents=ids) if tag is None else AddTag(tag.id, ids)

    return _on_documents(call, "Put a tag on documents; it is made where it is missing.", command)


def _remove(call: Call) -> int:
    from desktop_app.library.commands import RemoveTag

    def command(library: Library, tag: Tag | None, path: str, ids: tuple[int, ...]) -> Command:
        return RemoveTag(_known(library.tag_tree(counted=False), path).id, ids)

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
            _say_tag(library, options.tag, out)
    return 1 if missing else 0


def _list(call: Call) -> int:
    options = call.read(call.parser("List all tags, collection by collection."))
    out = Output(json=options.json)
    with reading(options.library) as library:
        if library is None:
            return 0
        tree = library.tag_tree()
        for collection in tree.collections:
            for top in tree.children(None, collection.id):
                for tag in (top, *tree.below(top.id)):
                    _say(tag, tree, out)
    return 0


def _rename(call: Call) -> int:
    from desktop_app.library.tags.commands import RenameTag

    parser = call.parser("Give a tag another name.")
    parser.add_argument("tag", metavar="TAG")
    parser.add_argument("name", metavar="NAME")
    return _on_tag(call, parser, lambda tree, tag, given: RenameTag(tag.id, given.name))


def _merge(call: Call) -> int:
    from desktop_app.library.tags.tidying import MergeTags

    parser = call.parser("Make one tag of two; the first one's name stays as an alias.")
    parser.add_argument("tag", metavar="LOSER")
    parser.add_argument("winner", metavar="WINNER")
    return _on_tag(
        call,
        parser,
        lambda tree, tag, given: MergeTags(tag.id, _known(tree, given.winner).id),
        shown="winner",
    )


def _move(call: Call) -> int:
    from desktop_app.library.tags.commands import MoveTag

    parser = call.parser(f"Put a tag inside another, or at the top, which is `{_TOP}`.")
    parser.add_argument("tag", metavar="TAG")
    parser.add_argument("parent", metavar="PARENT")
    return _on_tag(
        call,
        parser,
        lambda tree, tag, given: MoveTag(
            tag.id, None if given.parent == _TOP else _known(tree, given.parent).id
        ),
    )


def _delete(call: Call) -> int:
    from desktop_app.library.tags.tidying import DeleteTag

    parser = call.parser("Delete a tag and those inside it; what carries them stays.")
    parser.add_argument("tag", metavar="TAG")
    return _on_tag(call, parser, lambda tree, tag, given: DeleteTag(tag.id), shown="")


def _on_tag(
    call: Call,
    parser: Parser,
    command: Callable[[TagTree, Tag, argparse.Namespace], Command],
    *,
    shown: str = "tag",
) -> int:
    """Run a command on a tag that is there, and show what became of the one of that option."""
    options = call.read(parser)
    out = Output(json=options.json)
    with writing(options.library) as library:
        tree = library.tag_tree(counted=False)
        tag = _known(tree, options.tag)
        target = _known(tree, getattr(options, shown)) if shown else None
        library.run(command(tree, tag, options))
        out.note("" if options.json else f"{library.undo_name()}.")
        after = library.tag_tree()
        if target is not None and target.id in after.by_id:
            _say(after.by_id[target.id], after, out)
    return 0


def _export(call: Call) -> int:
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


def _import(call: Call) -> int:
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


def _known(tree: TagTree, path: str) -> Tag:
    found = tree.find(path)
    if found is None:
        raise BadUsage(f"There is no tag “{path}”.", "`postil tag list` shows all tags.")
    return found


def _say_tag(library: Library, path: str, out: Output) -> None:
    tree = library.tag_tree()
    _say(_known(tree, path), tree, out)


def _say(tag: Tag, tree: TagTree, out: Output) -> None:
    record = tag_record(tag, tree)
    words = f"{record['documents']:>6}  {record['collection']}::{record['path']}"
    if marked := record["highlights"]:
        words += "  (1 highlight)" if marked == 1 else f"  ({marked:,} highlights)"
    out.answer(record, words)
