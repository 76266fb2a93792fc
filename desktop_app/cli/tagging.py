"""`postil tag`: which tags there are, which documents carry them, and the way to all else of tags."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from desktop_app.cli.call import Call, Output, reading, writing
from desktop_app.cli.tags_named import in_order, known, say_tag
from desktop_app.core.errors import BadUsage

if TYPE_CHECKING:
    from desktop_app.core.model import Tag
    from desktop_app.library.commands import Command
    from desktop_app.library.library import Library

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
    "export": "tag_files",
    "import": "tag_files",
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
