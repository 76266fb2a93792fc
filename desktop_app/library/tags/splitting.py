"""Making two tags of one by picking lines; see commands for what a command is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.core.errors import BadUsage
from desktop_app.core.tag_names import checked_name
from desktop_app.library.highlight_steps import HighlightTaggingStep
from desktop_app.library.steps import Taking
from desktop_app.library.tags.checks import carried_by, changeable_tag, colour_for
from desktop_app.library.tags.steps import TaggingStep, TagStep


@dataclass(frozen=True, slots=True)
class SplitTag:
    """Let some of what carries a tag carry another instead, which is made beside it.

    documents, highlights: those that go over; what does not carry the tag is passed over. existing:
    whether a tag beside it that has the name already may be the other; else its name is refused.
    """

    tag: int
    new_name: str
    documents: tuple[int, ...] = ()
    highlights: tuple[int, ...] = ()
    existing: bool = False

    def do(self, taking: Taking) -> str:
        work = taking.work
        tag = changeable_tag(work, self.tag)
        name = checked_name(self.new_name)
        documents = work.taggings.of_tag(tag.id) & set(self.documents)
        highlights = work.highlights.of_tag(tag.id) & set(self.highlights)
        if not documents and not highlights:
            raise BadUsage(
                f"Nothing that carries the tag “{tag.name}” was picked.", "Nothing has been split."
            )
        other = work.tags.by_name(tag.collection, tag.parent, name)
        if other is not None and (other.id == tag.id or not self.existing):
            raise BadUsage(
                f"There is a tag “{other.name}” in that place already.",
                "Nothing has been split. Choose another name, or let what was picked go to that tag.",
            )
        if other is None:
            other = work.tags.add(
                collection=tag.collection,
                parent=tag.parent,
                name=name,
                colour=colour_for(work, tag.parent, tag.collection),
            )
            taking.made(TagStep(None, other))
            looks = replace(other, pattern=tag.pattern, archived=tag.archived)
            if looks != other:
                taking.take(TagStep(other, looks))
        self._carry_over(taking, other.id, documents, highlights)
        carried = carried_by(documents, highlights)
        return f"Split “{tag.name}”: {carried} to “{other.name}”"

    def _carry_over(
        self, taking: Taking, other: int, documents: set[int], highlights: set[int]
    ) -> None:
        work = taking.work
        if documents:
            taking.take(TaggingStep(self.tag, tuple(sorted(documents)), False))
        if new := documents - work.taggings.of_tag(other):
            taking.take(TaggingStep(other, tuple(sorted(new)), True))
        if highlights:
            taking.take(HighlightTaggingStep(self.tag, tuple(sorted(highlights)), False))
        if marked := highlights - work.highlights.of_tag(other):
            taking.take(HighlightTaggingStep(other, tuple(sorted(marked)), True))
