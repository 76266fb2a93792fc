"""Documents, highlights and tags as the terminal prints them: the keys are stable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop_app.core.highlights import Highlight, Standing
from desktop_app.core.model import Document, FactName, Tag

if TYPE_CHECKING:
    from desktop_app.library.tags.tree import TagTree


def document_record(document: Document, tree: TagTree, highlights: int) -> dict[str, Any]:
    """A document under the keys of `list`. highlights: how many it has."""
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
        "highlights": highlights,
    }


def document_words(document: Document, tree: TagTree) -> str:
    """A document in one line."""
    facts = document.facts
    parts = [facts.source or "", str(facts.published or ""), f"{document.words:,} words"]
    parts += [f"#{tag_as_written(tag, tree)}" for tag in document.tags]
    return f"{document.id:>6}  {facts.title}  ({' · '.join(part for part in parts if part)})"


def highlight_record(highlight: Highlight, title: str, tree: TagTree) -> dict[str, Any]:
    """A highlight under the keys of `highlights`; start and end are None where it is lost."""
    place = highlight.place
    return {
        "id": highlight.id,
        "document": highlight.document,
        "title": title,
        "start": place.start if place else None,
        "end": place.end if place else None,
        "quote": highlight.anchor.quote,
        "tags": [tag_as_written(tag, tree) for tag in highlight.tags],
        "note": highlight.note,
        "colour": highlight.colour,
        "style": highlight.style.value,
        "state": highlight.standing.value,
        "page": highlight.anchor.page,
        "made_at": highlight.made_at.isoformat(timespec="seconds"),
    }


def highlight_in_document(highlight: Highlight, tree: TagTree) -> dict[str, Any]:
    """A highlight under the keys that it has in a document that is shown."""
    record = highlight_record(highlight, "", tree)
    return {key: record[key] for key in ("id", "start", "end", "quote", "tags", "note", "state")}


def highlight_words(highlight: Highlight, title: str, tree: TagTree) -> str:
    """A highlight in a line, and its note in others."""
    parts = [title or f"document {highlight.document}"]
    if highlight.anchor.page is not None:
        parts.append(f"page {highlight.anchor.page:,}")
    parts += [f"#{tag_as_written(tag, tree)}" for tag in highlight.tags]
    if highlight.standing is not Standing.PLACED:
        parts.append("to be reviewed" if highlight.standing is Standing.REVIEW else "lost")
    quote = " ".join(highlight.anchor.quote.split())
    lines = [f"{highlight.id:>6}  “{quote}”  ({' · '.join(parts)})"]
    lines += [f"        {line}" for line in highlight.note.splitlines()]
    return "\n".join(lines)


def tag_record(tag: Tag, tree: TagTree) -> dict[str, Any]:
    """A tag under the keys of `tag list`; what carries a tag below it is counted, too."""
    collection = next(each for each in tree.collections if each.id == tag.collection)
    return {
        "path": tree.path(tag.id),
        "collection": collection.name,
        "documents": tree.with_children.get(tag.id, 0),
        "highlights": tree.highlights_with_children.get(tag.id, 0),
        "colour": tag.colour,
        "aliases": list(tag.also_called),
    }


def tag_as_written(tag: int, tree: TagTree) -> str:
    """The shortest way to write a tag that means this one and no other."""
    path = tree.path(tag)
    found = tree.find(path)
    return path if found is not None and found.id == tag else tree.full_path(tag)
