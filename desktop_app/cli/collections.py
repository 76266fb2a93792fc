"""`postil collection`: the tag collections, and which of them gets new tags."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop_app.cli.call import Call, Output, reading, writing
from desktop_app.core.errors import BadUsage

if TYPE_CHECKING:
    from desktop_app.core.model import TagCollection
    from desktop_app.library.tags.tree import TagTree


def run_collection(call: Call) -> int:
    """Carry out one of the verbs that begin with `collection`."""
    verbs: dict[str, Callable[[Call], int]] = {"list": _list, "new": _new, "use": _use}
    verb = call.words[0] if call.words else ""
    if verb in ("-h", "--help"):
        print("postil collection list | new NAME | use NAME")
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
    with writing(options.library, make=True) as library:
        library.run(CreateCollection(options.name))
        tree = library.tag_tree(counted=False)
        _say(tree.collection_named(options.name), tree, Output(json=options.json))
    return 0


def _use(call: Call) -> int:
    from desktop_app.library.tags.collection_commands import UseCollection

    parser = call.parser("Choose the tag collection that gets new tags.")
    parser.add_argument("name", metavar="NAME")
    options = call.read(parser)
    with writing(options.library) as library:
        collection = library.tag_tree(counted=False).collection_named(options.name)
        library.run(UseCollection(collection.id))
        tree = library.tag_tree(counted=False)
        _say(tree.collection_named(options.name), tree, Output(json=options.json))
    return 0


def _say(collection: TagCollection, tree: TagTree, out: Output) -> None:
    tags = sum(tag.collection == collection.id for tag in tree.tags)
    mark = "*" if collection.active else " "
    out.answer(
        {"name": collection.name, "active": collection.active, "tags": tags},
        f"{mark} {collection.name}  ({tags:,} tags)",
    )
