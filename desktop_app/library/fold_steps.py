"""The steps of changes to what is folded: a line of a source, a phrase."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.folding import Phrase, Verdict
from desktop_app.library.step_values import GroundChanged
from desktop_app.store.store import Work


@dataclass(frozen=True, slots=True)
class FoldRuleStep:
    """What the user says of a line of a source; None where nothing is said."""

    source: str
    line: str
    before: Verdict | None
    after: Verdict | None

    def reversed(self) -> FoldRuleStep:
        return FoldRuleStep(self.source, self.line, self.after, self.before)

    def take(self, work: Work) -> Changes:
        if work.fold_rules.of_source(self.source).get(self.line) != self.before:
            raise GroundChanged(f"something else was said of “{self.line}” since")
        work.fold_rules.set(self.source, self.line, self.after)
        return Changes(kinds=frozenset([Kind.FOLDS]))

    def to_json(self) -> list[Any]:
        before, after = (verdict and verdict.value for verdict in (self.before, self.after))
        return ["fold rule", self.source, self.line, before, after]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> FoldRuleStep:
        source, line, before, after = raw
        return cls(source, line, before and Verdict(before), after and Verdict(after))


@dataclass(frozen=True, slots=True)
class FoldPhraseStep:
    """A phrase of the user's, or one of the product's that is switched off; None: it is not kept."""

    before: Phrase | None
    after: Phrase | None

    def reversed(self) -> FoldPhraseStep:
        return FoldPhraseStep(self.after, self.before)

    def take(self, work: Work) -> Changes:
        known = self.before or self.after
        assert known is not None
        kept = next((p for p in work.fold_rules.phrases() if p.phrase == known.phrase), None)
        if kept != self.before:
            raise GroundChanged(f"the phrase “{known.phrase}” has been changed since")
        work.fold_rules.set_phrase(known.phrase, self.after)
        return Changes(kinds=frozenset([Kind.FOLDS]))

    def to_json(self) -> list[Any]:
        before, after = (p and [p.kind, p.phrase, p.active] for p in (self.before, self.after))
        return ["fold phrase", before, after]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> FoldPhraseStep:
        before, after = raw
        return cls(before and Phrase(*before), after and Phrase(*after))
