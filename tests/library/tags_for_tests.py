"""What tests of tags ask a library, and what they make in it."""

from __future__ import annotations

from desktop_app.core.errors import BadUsage
from desktop_app.core.model import Tag
from desktop_app.library.commands import Command
from desktop_app.library.highlight_commands import AddHighlight
from desktop_app.library.library import Library


def found(library: Library, path: str) -> Tag:
    tag = library.tag_tree(counted=False).find(path)
    assert tag is not None, path
    return tag


def tag(library: Library, path: str) -> int:
    return found(library, path).id


def collection(library: Library, name: str) -> int:
    return library.tag_tree(counted=False).collection_named(name).id


def paths(library: Library) -> list[str]:
    tree = library.tag_tree(counted=False)
    return sorted(tree.full_path(each.id) for each in tree.tags)


def mark(library: Library, document: int, quote: str, *tags: int) -> int:
    text = library.text(document)
    start = text.canonical.index(quote)
    add = AddHighlight(document, text.version, start, start + len(quote), tags=tags)
    library.run(add)
    return next(each.id for each in library.marks.of(document) if each.uuid == add.uuid)


def carried(library: Library, path: str) -> tuple[set[int], set[int]]:
    """The documents and the highlights that carry a tag itself."""
    with library._store.read() as snapshot:
        here = tag(library, path)
        return snapshot.taggings.of_tag(here), snapshot.highlights.of_tag(here)


def everything(library: Library) -> object:
    """All that is kept of tags, to be compared."""
    with library._store.read() as snapshot:
        tags = snapshot.tags.all()
        return (
            snapshot.collections.all(),
            tags,
            {each.id: snapshot.taggings.of_tag(each.id) for each in tags},
            {each.id: snapshot.highlights.of_tag(each.id) for each in tags},
            snapshot.tag_links.all(),
            snapshot.tag_links.redirects(),
            snapshot.tag_bin.all(),
        )


def goes_back_and_forth(library: Library, command: Command) -> str:
    """Run a command, undo it, do it again, and see that all is as it was; return its name."""
    before = everything(library)
    library.run(command)
    name, after = library.undo_name(), everything(library)
    assert after != before
    for undo, expected in ((True, before), (False, after)):
        report = library.undo() if undo else library.redo()
        assert report is not None
        assert report.refused is None
        assert everything(library) == expected
    assert name is not None
    return name


def refused(library: Library, command: Command) -> str:
    """Run a command that is refused, see that nothing has changed, and return what is said."""
    before = everything(library)
    try:
        library.run(command)
    except BadUsage as reason:
        assert everything(library) == before
        return str(reason)
    raise AssertionError(f"not refused: {command}")
