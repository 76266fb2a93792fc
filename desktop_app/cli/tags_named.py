"""Tags by the paths that were typed, and how the terminal says what became of them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from desktop_app.cli.call import Call, Output, Parser, writing
from desktop_app.cli.records import tag_record
from desktop_app.core.errors import BadUsage

if TYPE_CHECKING:
    from desktop_app.core.model import Tag, TagCollection
    from desktop_app.library.commands import Command
    from desktop_app.library.library import Library
    from desktop_app.library.tags.tree import TagTree

# Makes a command of the tags there are, the tag that was named, and the other words.
Making = Callable[["TagTree", "Tag", argparse.Namespace], "Command"]


def known(tree: TagTree, path: str) -> Tag:
    """The tag of that path; BadUsage where there is none."""
    found = tree.find(path)
    if found is None:
        raise BadUsage(f"There is no tag “{path}”.", "`postil tag list` shows all tags.")
    return found


def in_order(tree: TagTree, collections: Iterable[TagCollection]) -> Iterable[Tag]:
    """The tags of collections as the sidebar has them: those below a tag behind it."""
    for collection in collections:
        for top in tree.children(None, collection.id):
            yield top
            yield from tree.below(top.id)


def say_tag(tag: Tag, tree: TagTree, out: Output) -> None:
    """Answer with a tag under the keys of `tag list`."""
    record = tag_record(tag, tree)
    words = f"{record['documents']:>6}  {record['collection']}::{record['path']}"
    if marked := record["highlights"]:
        words += "  (1 highlight)" if marked == 1 else f"  ({marked:,} highlights)"
    out.answer(record, f"{words}  (archived)" if tag.archived else words)


def say_done(library: Library, changed: bool, out: Output) -> None:
    """Say to a person what was done, or that nothing was to be done."""
    if not out.json:
        out.note(f"{library.undo_name()}." if changed else "Nothing had to be changed.")


def on_tag(call: Call, parser: Parser, making: Making, *, shown: str = "tag") -> int:
    """Run a command on a tag that is there, and show what became of the one of that option.

    shown: "" where there is nothing left to be shown.
    """
    options = call.read(parser)
    out = Output(json=options.json)
    with writing(options.library) as library:
        tree = library.tag_tree(counted=False)
        tag = known(tree, options.tag)
        target = known(tree, getattr(options, shown)) if shown else None
        changes = library.run(making(tree, tag, options))
        say_done(library, bool(changes), out)
        after = library.tag_tree()
        if target is not None and target.id in after.by_id:
            say_tag(after.by_id[target.id], after, out)
    return 0
