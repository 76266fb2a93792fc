"""Everything that carries one tag, line by line, for picking some of it."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.words import name_key
from desktop_app.library.tags.checks import present_tag
from desktop_app.store.store import Snapshot


@dataclass(frozen=True, slots=True)
class TaggedLine:
    """A document that carries a tag as a whole, or a highlight that does.

    id: of the document or the highlight. quote and note: of a highlight, "" of a document. trashed:
    whether the document lies in the trash.
    """

    id: int
    document: int
    title: str
    quote: str = ""
    note: str = ""
    colour: str = ""
    trashed: bool = False


@dataclass(frozen=True, slots=True)
class TagLines:
    """What carries a tag itself, by title and place; what lies in the trash is among it."""

    tag: int
    documents: tuple[TaggedLine, ...]
    highlights: tuple[TaggedLine, ...]


def tag_lines(snapshot: Snapshot, tag: int) -> TagLines:
    """List the documents and highlights that carry a tag itself; BadUsage where it is gone."""
    present_tag(snapshot, tag)
    marked = snapshot.highlights.many(sorted(snapshot.highlights.of_tag(tag)))
    tagged = snapshot.taggings.of_tag(tag)
    titles = snapshot.documents.titles(tagged | {each.document for each in marked})
    trash = snapshot.documents.all_ids(trashed=True)
    documents = [TaggedLine(each, each, titles[each], trashed=each in trash) for each in tagged]
    highlights = [
        (
            each.anchor.start,
            TaggedLine(
                each.id,
                each.document,
                titles[each.document],
                each.anchor.quote,
                each.note,
                each.colour,
                each.document in trash,
            ),
        )
        for each in marked
    ]
    by_title = {each: (name_key(title), each) for each, title in titles.items()}
    documents.sort(key=lambda line: by_title[line.document])
    highlights.sort(key=lambda pair: (by_title[pair[1].document], pair[0], pair[1].id))
    return TagLines(tag, tuple(documents), tuple(line for _, line in highlights))
