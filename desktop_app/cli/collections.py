"""`postil collection`: the tag collections, what is said of them, and which gets new tags."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop_app.cli.call import Call, Output, Parser, reading, writing
from desktop_app.cli.tags_named import say_done
from desktop_app.core.errors import BadUsage
from desktop_app.core.tag_looks import SCHEMES

if TYPE_CHECKING:
    from desktop_app.core.model import TagCollection
    from desktop_app.library.commands import Command
    from desktop_app.library.tags.tree import TagTree

_SWITCHES = {
    "show": "Let a collection stand in the sidebar, and offer its tags.",
    "hide": "Take a collection out of the sidebar; its tags stay where they are.",
    "lock": "Lock a collection: its tags can be given and taken, and not changed.",
    "unlock": "Let a collection and its tags be changed again.",
    "archive": "Put a collection away; what carries its tags keeps them.",
    "unarchive": "Take a collection out of the archive.",
    "recolour": "Give the tags of a collection the colours of its scheme.",
    "use": "Choose the tag collection that gets new tags.",
}


def run_collection(call: Call) -> int:
    """Carry out one of the verbs that begin with `collection`."""
    verbs: dict[str, Callable[[Call], int]] = {
        "list": _list,
        "new": _new,
        "rename": _rename,
        "edit": _edit,
        "duplicate": _duplicate,
        "delete": _delete,
    }
    verbs |= dict.fromkeys(_SWITCHES, _switch)
    verb = call.words[0] if call.words else ""
    if verb in ("-h", "--help"):
        print(
            f"postil collection {'|'.join(verbs)} ...\n    `postil collection VERB --help` says more."
        )
        return 0
    if verb not in verbs:
        raise BadUsage(f"`postil collection` needs one of these after it: {', '.join(verbs)}.")
    return verbs[verb](Call(f"collection {verb}", call.words[1:], call.library))


def _list(call: Call) -> int:
    options = call.read(call.parser("List the tag collections."))
    out = Output(json=options.json)
    with reading(options.library) as library:
        tree = library.tag_tree(counted=False) if library is not None else None
        for collection in tree.collections if tree is not None else ():
            assert tree is not None
            _say(collection, tree, out)
    return 0


def _new(call: Call) -> int:
    from desktop_app.library.tags.collection_commands import CreateCollection

    parser = call.parser("Make a tag collection.")
    parser.add_argument("name", metavar="NAME")
    options = call.read(parser)
    out = Output(json=options.json)
    with writing(options.library, make=True) as library:
        before = {each.id for each in library.tag_tree(counted=False).collections}
        library.run(CreateCollection(options.name))
        tree = library.tag_tree(counted=False)
        _say(next(each for each in tree.collections if each.id not in before), tree, out)
    return 0


def _rename(call: Call) -> int:
    from desktop_app.library.tags.collection_commands import RenameCollection

    parser = call.parser("Give a collection another name.")
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("new_name", metavar="NEW")
    return _on_one(call, parser, lambda one, given: RenameCollection(one.id, given.new_name))


def _edit(call: Call) -> int:
    from desktop_app.library.tags.collection_commands import CollectionEdit, EditCollection

    parser = call.parser("Change what is said of a collection; what is not named stays.")
    parser.add_argument("name", metavar="NAME")
    fields = ("description", "author", "licence", "version")
    for field in fields:
        parser.add_argument(f"--{field}", metavar="TEXT")
    parser.add_argument("--scheme", choices=list(SCHEMES), help="the colours of new tags")

    def making(one: TagCollection, given: argparse.Namespace) -> Command:
        said = {field: getattr(given, field) for field in (*fields, "scheme")}
        if all(text is None for text in said.values()):
            raise BadUsage("Nothing is named that should change.", f"See `{parser.prog} --help`.")
        return EditCollection(one.id, CollectionEdit(**said))

    return _on_one(call, parser, making)


def _duplicate(call: Call) -> int:
    from desktop_app.library.tags.collection_commands import DuplicateCollection

    parser = call.parser("Make another collection with the same tags.")
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("new_name", metavar="NEW")
    parser.add_argument(
        "--taggings", action="store_true", help="what carries a tag carries its copy as well"
    )
    return _on_one(
        call,
        parser,
        lambda one, given: DuplicateCollection(one.id, given.new_name, given.taggings),
        made=True,
    )


def _delete(call: Call) -> int:
    from desktop_app.library.tags.collection_commands import DeleteCollection

    parser = call.parser("Put a collection with its tags into the trash of tags.")
    parser.add_argument("name", metavar="NAME")
    return _on_one(call, parser, lambda one, given: DeleteCollection(one.id))


def _switch(call: Call) -> int:
    from desktop_app.library.tags import collection_commands as commands

    verb = call.verb.rpartition(" ")[2]
    making: dict[str, Callable[[int], Command]] = {
        "show": lambda one: commands.ShowCollection(one, True),
        "hide": lambda one: commands.ShowCollection(one, False),
        "lock": lambda one: commands.LockCollection(one, True),
        "unlock": lambda one: commands.LockCollection(one, False),
        "archive": lambda one: commands.ArchiveCollection(one, True),
        "unarchive": lambda one: commands.ArchiveCollection(one, False),
        "recolour": commands.RecolourCollection,
        "use": commands.UseCollection,
    }
    parser = call.parser(_SWITCHES[verb])
    parser.add_argument("name", metavar="NAME")
    return _on_one(call, parser, lambda one, given: making[verb](one.id))


def _on_one(
    call: Call,
    parser: Parser,
    making: Callable[[TagCollection, argparse.Namespace], Command],
    *,
    made: bool = False,
) -> int:
    """Run a command on a collection that is there, and show it; made: the one that is new."""
    options = call.read(parser)
    out = Output(json=options.json)
    with writing(options.library) as library:
        before = library.tag_tree(counted=False)
        one = before.collection_named(options.name)
        changes = library.run(making(one, options))
        say_done(library, bool(changes), out)
        tree = library.tag_tree(counted=False)
        known = {each.id for each in before.collections}
        for each in tree.collections:
            if (each.id not in known) if made else (each.id == one.id):
                _say(each, tree, out)
    return 0


def _say(collection: TagCollection, tree: TagTree, out: Output) -> None:
    tags = sum(tag.collection == collection.id for tag in tree.tags)
    mark = "*" if collection.active else " "
    how = [
        word
        for word, so in (
            ("hidden", not collection.shown),
            ("locked", collection.locked),
            ("archived", collection.archived),
        )
        if so
    ]
    said = ", ".join(["1 tag" if tags == 1 else f"{tags:,} tags", *how])
    out.answer(
        {
            "name": collection.name,
            "active": collection.active,
            "tags": tags,
            "shown": collection.shown,
            "locked": collection.locked,
            "archived": collection.archived,
            "description": collection.description,
            "author": collection.author,
            "licence": collection.licence,
            "version": collection.version,
            "scheme": collection.scheme,
            "uuid": collection.uuid,
        },
        f"{mark} {collection.name}  ({said})",
    )
