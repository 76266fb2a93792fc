"""Tags by keys on documents and highlights: digits in the lists, the last tags again, all found.

What digits do in a text is in marking/tags.py, which asks here first whether a text is meant.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.core.highlights import Highlight
from desktop_app.core.model import Tag
from desktop_app.library.commands import AddTag, RemoveTag
from desktop_app.library.highlight_commands import TagHighlights
from desktop_app.library.tags.giving import GiveTags
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.marking.verbs import MarkVerbs
from desktop_app.ui.models.document_words import highlights_in_words
from desktop_app.ui.models.tag_words import documents_in_words
from desktop_app.ui.session import Session
from desktop_app.ui.verbs.last_tags import LastTags
from desktop_app.ui.verbs.pick_tags import PickTags

if TYPE_CHECKING:
    from desktop_app.core.changes import Changes
    from desktop_app.library.library import Library
    from desktop_app.library.searching import Answer
    from desktop_app.library.tags.carrying import Carriers


@dataclass(frozen=True, slots=True)
class Target:
    """What keys are about outside a text: documents, or highlights of a table."""

    documents: tuple[int, ...] = ()
    highlights: tuple[int, ...] = ()


class TaggingVerbs(QObject):
    """The ways of tagging that need no pointing at a tag."""

    def __init__(
        self,
        session: Session,
        marking: MarkVerbs,
        picking: PickTags,
        target: Callable[[], Target | None],
        parent: QObject,
    ) -> None:
        """target: what the keys are about; None where that is the text."""
        super().__init__(parent)
        self._session = session
        self._marking = marking
        self._picking = picking
        self._target = target
        self.last = LastTags(session, self._name_of, self)
        marking.tags.elsewhere = self.turn

    # Digits.

    def turn(self, tag: Tag) -> bool:
        """Put a tag on what is chosen in a list, or off where all have it; False for a text."""
        target = self._target()
        if target is None:
            return False
        ids = target.highlights or target.documents
        on_marks = bool(target.highlights)
        if not ids:
            self._say_nothing_chosen()
            return True

        def look(library: Library) -> Carriers:
            return library.carriers(ids, highlights=on_marks)

        def then(carriers: Carriers) -> None:
            off = carriers.tags.get(tag.id, 0) >= len(carriers.ids)
            if on_marks:
                self._session.do(TagHighlights(tag.id, carriers.ids, not off))
            elif off:
                self._session.do(RemoveTag(tag.id, carriers.ids))
            else:
                self._session.do(AddTag(tag.id, carriers.ids))

        self._session.read(look, then)
        return True

    def give(self, tag: int, documents: tuple[int, ...]) -> None:
        """Put a tag on documents; say so where they have it already."""

        def done(changes: Changes) -> None:
            if not changes:
                self._say_had(len(documents))

        if documents:
            self._session.do(AddTag(tag, documents), done)

    def give_marks(self, tag: int, highlights: tuple[int, ...]) -> None:
        """Put a tag on highlights; say so where they have it already."""

        def done(changes: Changes) -> None:
            if not changes:
                self._say_had(len(highlights))

        if highlights:
            self._session.do(TagHighlights(tag, highlights), done)

    # The last tags again.

    def repeat(self) -> None:
        """Give what is selected or chosen now the tags that were given last."""
        tags = self.last.now(self._session.tag_tree or TagTree())
        target = self._target()
        if not tags:
            self._session.said.emit(
                self.tr("There are no last tags yet. Tag something; R then gives the same again.")
            )
        elif target is not None:
            self._give_all(tags, target)
        else:
            self._repeat_in_text(tags)

    def _repeat_in_text(self, tags: tuple[int, ...]) -> None:
        aim = self._marking.aim
        match aim.target():
            case Highlight() as marked:
                self._marking.marker.when_named(
                    marked, lambda ident: self._give_all(tags, Target(highlights=(ident,)))
                )
            case None:
                # Only where it was documents that were tagged does the open one stand for itself.
                document = self._marking.document
                if self.last.on_documents and document is not None:
                    self._give_all(tags, Target(documents=(document,)))
                else:
                    aim.tell_to_select()
            case start, end:
                aim.mark(start, end, tags=tags)

    def _give_all(self, tags: tuple[int, ...], target: Target) -> None:
        count = len(target.documents) + len(target.highlights)
        if not count:
            self._say_nothing_chosen()
            return

        def done(changes: Changes) -> None:
            if not changes:
                self._say_had(count)

        self._session.do(GiveTags(tags, target.documents, target.highlights), done)

    # All that was found.

    def pick_for_answer(self, answer: Answer | None) -> None:
        """Let the tags of all documents that were found be chosen, copies of a text among them."""
        if answer is None or not answer.total:
            self._session.said.emit(self.tr("Nothing is found, so there is nothing to tag."))
            return
        copies = [each for under in answer.copies.values() for each in under]
        ids = (*answer.ids, *copies)
        found = self.tr("all {0} found").format(documents_in_words(len(ids)))
        if copies:
            among = (
                self.tr("1 of them a copy") if len(copies) == 1 else self.tr("{0} of them copies")
            )
            found += f" ({among.format(f'{len(copies):,}')})"
        if answer.behind or answer.stopped:
            found += self.tr(", as far as the search has come")
        self._picking.for_documents(ids, found=found)

    def pick_for_marks(self, highlights: tuple[int, ...]) -> None:
        """Let the tags of all highlights of a table be chosen."""
        found = self.tr("all {0} listed").format(highlights_in_words(len(highlights)))
        self._picking.for_highlights(highlights, found=found)

    # What is said.

    def _say_nothing_chosen(self) -> None:
        self._session.said.emit(self.tr("Nothing is chosen here, so nothing has been tagged."))

    def _say_had(self, count: int) -> None:
        said = self.tr("It has this already.") if count == 1 else self.tr("All have this already.")
        self._session.said.emit(said)

    def _name_of(self, highlight: int) -> str | None:
        return self._marking.name_of(highlight)
