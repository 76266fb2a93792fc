"""The smallest changes there are, each holding what was before and what comes after.

A step can therefore be taken, taken back, and taken again, and each time it looks first whether
the library still is as the step expects. A command is a list of steps; the undo log keeps them as
JSON. Documents that have left the library for good are passed over: there is nothing to put back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop_app.core.changes import Changes, Kind
from desktop_app.library.document_steps import (
    FactStep,
    StarStep,
    StateStep,
    TextStep,
    TrashStep,
)
from desktop_app.library.family_steps import FamilyStep
from desktop_app.library.fold_steps import FoldPhraseStep, FoldRuleStep
from desktop_app.library.highlight_steps import (
    DocumentNoteStep,
    HighlightStep,
    HighlightTaggingStep,
    LooksStep,
    NoteStep,
)
from desktop_app.library.line_steps import LinesStep
from desktop_app.library.search_steps import SavedSearchStep, SearchOrderStep
from desktop_app.library.tags.many_steps import (
    HighlightTaggingsStep,
    TaggingsStep,
    TagLinksStep,
    TagsStep,
)
from desktop_app.library.tags.steps import (
    BinStep,
    CollectionStep,
    HandOverStep,
    RedirectStep,
    TaggingStep,
    TagLinkStep,
    TagStep,
    UseStep,
)
from desktop_app.store.store import Work

Step = (
    FactStep
    | StateStep
    | StarStep
    | TrashStep
    | TextStep
    | TaggingStep
    | TaggingsStep
    | HighlightTaggingsStep
    | TagStep
    | TagsStep
    | CollectionStep
    | UseStep
    | TagLinkStep
    | TagLinksStep
    | RedirectStep
    | BinStep
    | HandOverStep
    | FoldRuleStep
    | FoldPhraseStep
    | HighlightStep
    | LooksStep
    | NoteStep
    | HighlightTaggingStep
    | DocumentNoteStep
    | SavedSearchStep
    | SearchOrderStep
    | FamilyStep
    | LinesStep
)

_READERS: dict[str, Callable[[Sequence[Any]], Step]] = {
    "fact": FactStep.from_json,
    "state": StateStep.from_json,
    "star": StarStep.from_json,
    "trash": TrashStep.from_json,
    "text": TextStep.from_json,
    "tagging": TaggingStep.from_json,
    "taggings": TaggingsStep.from_json,
    "highlight taggings": HighlightTaggingsStep.from_json,
    "tag": TagStep.from_json,
    "tags": TagsStep.from_json,
    "collection": CollectionStep.from_json,
    "use": UseStep.from_json,
    "tag link": TagLinkStep.from_json,
    "tag links": TagLinksStep.from_json,
    "redirect": RedirectStep.from_json,
    "tag bin": BinStep.from_json,
    "hand over": HandOverStep.from_json,
    "fold rule": FoldRuleStep.from_json,
    "fold phrase": FoldPhraseStep.from_json,
    "highlights": HighlightStep.from_json,
    "looks": LooksStep.from_json,
    "note": NoteStep.from_json,
    "highlight tagging": HighlightTaggingStep.from_json,
    "document note": DocumentNoteStep.from_json,
    "saved search": SavedSearchStep.from_json,
    "search order": SearchOrderStep.from_json,
    "name family": FamilyStep.from_json,
    "concordance lines": LinesStep.from_json,
}


def step_from_json(raw: Sequence[Any]) -> Step:
    """Read back what a step's to_json gave."""
    return _READERS[raw[0]](raw[1:])


_MADE: dict[type[Step], Kind] = {
    TagStep: Kind.TAGS,
    TagsStep: Kind.TAGS,
    CollectionStep: Kind.COLLECTIONS,
    BinStep: Kind.TAGS,
    SavedSearchStep: Kind.SEARCHES,
    FamilyStep: Kind.FAMILIES,
}


@dataclass(slots=True)
class Taking:
    """Steps as they are taken in one transaction, to be kept for undo."""

    work: Work
    steps: list[Step] = field(default_factory=list)
    _documents: set[int] = field(default_factory=set)
    _kinds: set[Kind] = field(default_factory=set)

    @property
    def changes(self) -> Changes:
        """What was touched so far."""
        return Changes(frozenset(self._documents), frozenset(self._kinds))

    def take(self, step: Step) -> None:
        """Take a step and keep it; GroundChanged where it does not find what it expects."""
        changes = step.take(self.work)
        self._documents |= changes.documents
        self._kinds |= changes.kinds
        self.steps.append(step)

    def made(self, step: Step) -> None:
        """Keep a step that was taken by making something whose id was not known before."""
        self.steps.append(step)
        if isinstance(step, HighlightStep):
            self._documents |= step.documents
            self._kinds.add(Kind.HIGHLIGHTS)
            return
        self._kinds.add(_MADE[type(step)])

    def take_all(self, steps: Iterable[Step]) -> None:
        """Take steps in order."""
        for step in steps:
            self.take(step)


def reversed_steps(steps: Sequence[Step]) -> list[Step]:
    """The steps that take all of these back, in the order to take them."""
    return [step.reversed() for step in reversed(steps)]
