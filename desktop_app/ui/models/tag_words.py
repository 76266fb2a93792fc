"""What is said of a tag and of a tag collection in a line: where it stands and what carries it."""

from __future__ import annotations

from desktop_app.core.model import Tag, TagCollection
from desktop_app.core.tag_looks import FIRST_SCHEME
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.models.document_words import highlights_in_words

_MOST_SAID = 300  # letters of a definition in a tooltip


def is_locked(tree: TagTree, tag: Tag) -> bool:
    """Tell whether a tag is in a collection that is locked."""
    return any(c.id == tag.collection and c.locked for c in tree.collections)


def scheme_in(tree: TagTree, collection: int) -> str:
    """The name of a collection's colour scheme; that of the first scheme for one that is gone."""
    return next((c.scheme for c in tree.collections if c.id == collection), FIRST_SCHEME)


def about_tag(tree: TagTree, tag: Tag) -> str:
    """Say of a tag where it stands, what carries it, and what it means."""
    own, whole = tree.own.get(tag.id, 0), tree.with_children.get(tag.id, 0)
    said = f"{tree.path(tag.id)}: {documents_in_words(max(own, whole))}"
    if own != whole and whole:
        said += f", {own:,} with this tag itself"
    marked = tree.highlights.get(tag.id, 0)
    marked_whole = max(marked, tree.highlights_with_children.get(tag.id, 0))
    if marked_whole:
        said += f"; {highlights_in_words(marked_whole)}"
        if marked != marked_whole:
            said += f", {marked:,} with this tag itself"
    if tag.key is not None:
        said += f". Key {tag.key}"
    if tag.also_called:
        said += f". Also called {', '.join(tag.also_called)}"
    if tag.archived:
        said += ". Archived"
    if tag.definition:
        said += f"\n{_cut(' '.join(tag.definition.split()))}"
    return said


def about_collection(tree: TagTree, collection: TagCollection) -> str:
    """Say of a collection how many tags it has and how it stands."""
    count = sum(1 for tag in tree.tags if tag.collection == collection.id)
    said = [collection.name, tags_in_words(count)]
    for state, word in (
        (collection.active, "in use"),
        (collection.locked, "locked"),
        (collection.archived, "archived"),
    ):
        if state:
            said.append(word)
    return ", ".join(said)


def documents_in_words(count: int) -> str:
    """Say a number of documents."""
    return "1 document" if count == 1 else f"{count:,} documents"


def tags_in_words(count: int) -> str:
    """Say a number of tags."""
    return "1 tag" if count == 1 else f"{count:,} tags"


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_SAID else f"{text[: _MOST_SAID - 1]}…"
