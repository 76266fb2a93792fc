"""Names and addresses of tags as the window needs them: what is wrong with one, how it is asked."""

from __future__ import annotations

from desktop_app.core.errors import BadUsage
from desktop_app.core.model import Tag
from desktop_app.core.query import tag_text
from desktop_app.core.tag_aliases import Alias, AliasKind
from desktop_app.core.tag_names import checked_name
from desktop_app.core.tag_paths import split_tag_path
from desktop_app.core.words import name_key
from desktop_app.library.tags.tree import TagTree


def name_problem(name: str, *, what: str = "tag") -> str:
    """Say in a sentence why a name cannot be one, whoever else is called so; empty where it can."""
    if any(character in "\n\r\t\u2028\u2029" for character in name.strip()):
        return "A name is one line, without tabs."
    try:
        checked_name(name, what=what)
    except BadUsage as problem:
        # The second sentence of a blank name says that nothing changed: no news beside a field.
        return str(problem) if name.strip() else problem.message
    return ""


def rename_problem(tree: TagTree, tag: Tag, name: str) -> str:
    """Say in a sentence why a tag cannot take a name; empty where it can."""
    return name_problem(name) or _taken(tree, name, tag.collection, tag.parent, but=tag.id)


def sibling_called(tree: TagTree, tag: Tag, name: str) -> Tag | None:
    """The other tag in the same place that has a name; None where none has."""
    found = None if name_problem(name) else _sibling(tree, name, tag.collection, tag.parent)
    return None if found is None or found.id == tag.id else found


def alias_words(alias: Alias) -> str:
    """Say what another name is to a tag: `short: IS`."""
    match alias.kind:
        case AliasKind.ABBREVIATION:
            return f"short: {alias.name}"
        case AliasKind.FORMER:
            return f"formerly {alias.name}"
        case AliasKind.LANGUAGE if alias.language:
            return f"{alias.language}: {alias.name}"
    return f"also called {alias.name}"


def collection_of_path(tree: TagTree, path: str, *, parent: int | None) -> int | None:
    """The collection that a new tag at a path below a parent would be in; None where there is none."""
    named, _names = split_tag_path(path)
    try:
        return _collection_of(tree, named, parent)
    except BadUsage:
        return None


def locked_problem(tree: TagTree, collection: int) -> str:
    """Say in a sentence why a collection takes no new tag; empty where it does."""
    found = next((each for each in tree.collections if each.id == collection), None)
    if found is None or not found.locked:
        return ""
    return f"The tag collection “{found.name}” is locked. Unlock it under Tag collections."


def path_problem(tree: TagTree, path: str, *, parent: int | None) -> str:
    """Say in a sentence why no new tag can be made at a path below a parent; empty where one can.

    The path may name a collection, as `Field notes::place/Syria`, where there is no parent.
    """
    named, names = split_tag_path(path)
    if not names:
        return "A tag needs a name."
    for name in names:
        if said := name_problem(name):
            return said
    try:
        collection = _collection_of(tree, named, parent)
    except BadUsage as problem:
        return str(problem)
    above = parent
    for name in names[:-1]:
        found = _sibling(tree, name, collection, above)
        if found is None:
            return locked_problem(tree, collection)
        above = found.id
    return _taken(tree, names[-1], collection, above) or locked_problem(tree, collection)


def tag_at_path(tree: TagTree, path: str, *, parent: int | None) -> Tag | None:
    """The tag at a path below a parent, or None: the one that path_problem would call taken."""
    named, names = split_tag_path(path)
    if parent is not None and parent not in tree.by_id:
        return None
    try:
        collection = _collection_of(tree, named, parent)
    except BadUsage:
        return None
    found: Tag | None = None
    for name in names:
        found = _sibling(tree, name, collection, found.id if found else parent)
        if found is None:
            return None
    return found


def collection_problem(tree: TagTree, name: str, *, but: int | None = None) -> str:
    """Say in a sentence why a collection cannot take a name; empty where it can."""
    if said := name_problem(name, what="tag collection"):
        return said
    if "::" in name or name.strip().endswith(":"):
        return (
            "“::” stands between a collection and its tags, so no name can hold it or end in “:”."
        )
    for collection in tree.collections:
        if collection.id != but and name_key(collection.name) == name_key(name):
            return f"There is already a tag collection “{collection.name}”."
    return ""


def tag_query(tree: TagTree, tag: int) -> str:
    """The query that asks for the documents of a tag and of the tags below it.

    The collection is named where there are several, so that the query means the same tag whichever
    of them is in use, and where a name holds what would else be read as the end of a collection.
    """
    names = tree.names(tag)
    named = len(tree.collections) > 1 or any("::" in name for name in names)
    collection = tree.by_id[tag].collection
    name = next(c.name for c in tree.collections if c.id == collection) if named else None
    return tag_text(names, collection=name)


def _collection_of(tree: TagTree, named: str | None, parent: int | None) -> int:
    """Where a new tag would go; BadUsage where there is no such collection."""
    if not tree.collections:
        raise BadUsage("The tags are not read yet.", "Try again in a moment.")
    if parent is not None:
        return tree.by_id[parent].collection
    return tree.collection_named(named).id if named is not None else tree.active_collection.id


def _sibling(tree: TagTree, name: str, collection: int, parent: int | None) -> Tag | None:
    key = name_key(name)
    return next((t for t in tree.children(parent, collection) if name_key(t.name) == key), None)


def _taken(
    tree: TagTree, name: str, collection: int, parent: int | None, *, but: int | None = None
) -> str:
    found = _sibling(tree, name, collection, parent)
    if found is None or found.id == but:
        return ""
    where = f"in “{tree.path(parent)}”" if parent is not None else "at the top"
    return f"There is already a tag “{found.name}” {where}."
