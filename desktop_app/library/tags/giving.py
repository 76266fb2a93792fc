"""Giving several tags at once, as one step of undo; see commands for what a command is."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.library.commands import AddTag, counted, tag_in_quotes
from desktop_app.library.highlight_commands import TagHighlights, counted_highlights
from desktop_app.library.steps import Taking
from desktop_app.store import carrying


@dataclass(frozen=True, slots=True)
class GiveTags:
    """Put tags on documents and on highlights; what carries one of them already keeps it."""

    tags: tuple[int, ...]
    documents: tuple[int, ...] = ()
    highlights: tuple[int, ...] = ()

    def do(self, taking: Taking) -> str:
        work = taking.work
        tags = tuple(dict.fromkeys(self.tags))
        names = [tag_in_quotes(work, tag) for tag in tags]
        there = set(carrying.documents_there(work.connection, self.documents))
        marked = set(carrying.highlights_there(work.connection, self.highlights))
        documents: set[int] = set()
        highlights: set[int] = set()
        for tag in tags:
            if there:
                documents |= there - work.taggings.of_tag(tag)
                AddTag(tag, self.documents).do(taking)
            if marked:
                highlights |= marked - work.highlights.of_tag(tag)
                TagHighlights(tag, self.highlights).do(taking)
        said = [counted_highlights(sorted(highlights))] if self.highlights else []
        if self.documents or not said:
            said.insert(0, counted(sorted(documents)))
        return f"Tag {' and '.join(said)} {', '.join(names)}"
