"""Documents and tags as the terminal prints them: the keys are stable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop_app.core.model import Document, FactName, Tag

if TYPE_CHECKING:
    from desktop_app.library.tag_tree import TagTree


def document_record(document: Document, tree: TagTree) -> dict[str, Any]:
    """A document under the keys of `list`."""
    facts = document.facts
    origin = facts.origins.get(FactName.PUBLISHED) if facts.published else None
    return {
        "id": document.id,
        "title": facts.title,
        "authors": list(facts.authors),
        "source": facts.source,
        "published": str(facts.published) if facts.published else None,
        "date_from": origin.kind.value if origin else None,
        "language": facts.language,
        "media_type": document.media_type,
        "words": document.words,
        "state": document.state.value,
        "tags": [tag_as_written(tag, tree) for tag in document.tags],
        "story": None,
        "highlights": 0,
    }


def document_words(document: Document, tree: TagTree) -> str:
    """A document in one line."""
    facts = document.facts
    parts = [facts.source or "", str(facts.published or ""), f"{document.words:,} words"]
    parts += [f"#{tag_as_written(tag, tree)}" for tag in document.tags]
    return f"{document.id:>6}  {facts.title}  ({' · '.join(part for part in parts if part)})"


def tag_record(tag: Tag, tree: TagTree) -> dict[str, Any]:
    """A tag under the keys of `tag list`; documents counts those with a tag below it, too."""
    collection = next(each for each in tree.collections if each.id == tag.collection)
    return {
        "path": tree.path(tag.id),
        "collection": collection.name,
        "documents": tree.with_children.get(tag.id, 0),
        "highlights": 0,
        "colour": tag.colour,
        "aliases": list(tag.aliases),
    }


def tag_as_written(tag: int, tree: TagTree) -> str:
    """The shortest way to write a tag that means this one and no other."""
    path = tree.path(tag)
    found = tree.find(path)
    return path if found is not None and found.id == tag else tree.full_path(tag)
