"""What a person can say about folds: a line of a source, and the list of phrases."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.errors import BadUsage
from desktop_app.core.folding import KIND_RULE, KINDS, Phrase, PhraseRefused, Phrases, Verdict
from desktop_app.core.folding_phrases import BUILT_IN
from desktop_app.core.lines import normalised
from desktop_app.core.text import one_line
from desktop_app.library.fold_steps import FoldPhraseStep, FoldRuleStep
from desktop_app.library.steps import Taking

_LONGEST_LINE = 1_000
_LONGEST_PHRASE = 200
_MOST_LINES = 1_000
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class SetFoldRules:
    """Never or always fold lines in the texts of a source; None takes back what was said.

    source: empty for the texts that name none. lines: the texts of blocks or of folds as they
    stand, or lines as `Library.fold_rules` gives them; of several lines in one each is meant.
    What a fold is rather than says, a thread of comments, is named by its kind:
    `core.folding.rule_line(text, fold)` gives what to pass for a fold.
    """

    source: str
    lines: tuple[str, ...]
    verdict: Verdict | None

    def do(self, taking: Taking) -> str:
        source = one_line(self.source)
        known = taking.work.fold_rules.of_source(source)
        lines = list(dict.fromkeys(line for said in self.lines for line in _lines(said, known)))
        if not lines:
            raise BadUsage("There is no word in this line.", "Choose a line that has words.")
        taken = lines[:_MOST_LINES]
        for line in taken:
            if known.get(line) != self.verdict:
                taking.take(FoldRuleStep(source, line, known.get(line), self.verdict))
        shown = _shown(next(said for said in self.lines if _lines(said, known)))
        if len(taken) < len(lines):
            shown = f"the first {_MOST_LINES:,} of {len(lines):,} lines, {shown},"
        where = f"of {source}" if source else "in texts without a source"
        if self.verdict is None:
            return f"Decide anew whether to fold {shown} {where}"
        return f"{self.verdict.value.capitalize()} fold {shown} {where}"


@dataclass(frozen=True, slots=True)
class SetFoldRule:
    """Say of one line or fold what `SetFoldRules` says of several."""

    source: str
    line: str
    verdict: Verdict | None

    def do(self, taking: Taking) -> str:
        return SetFoldRules(self.source, (self.line,), self.verdict).do(taking)


def _lines(text: str, known: dict[str, Verdict]) -> list[str]:
    if text in known or (text.startswith(KIND_RULE) and text.removeprefix(KIND_RULE) in KINDS):
        return [text]
    lines = dict.fromkeys(normalised(line[:_LONGEST_LINE]) for line in text.split("\n"))
    return [line for line in lines if line]


def _shown(line: str) -> str:
    if line.startswith(KIND_RULE):
        return f"every {line.removeprefix(KIND_RULE)}"
    line = one_line(line)
    return f"“{line}”" if len(line) <= _SHOWN else f"“{line[:_SHOWN].rstrip()}…”"


@dataclass(frozen=True, slots=True)
class SetFoldPhrase:
    """Add a phrase to those that are folded, or switch one of the product's on or off."""

    kind: str
    phrase: str
    active: bool

    def do(self, taking: Taking) -> str:
        wanted = Phrase(self.kind, _checked(self.kind, self.phrase), self.active)
        kept = _kept(taking, wanted.phrase)
        built_in = any(
            (phrase.kind, phrase.phrase) == (wanted.kind, wanted.phrase) for phrase in BUILT_IN
        )
        after = None if built_in and wanted.active else wanted
        if kept != after:
            taking.take(FoldPhraseStep(kept, after))
        shown = _shown(wanted.phrase)
        return f"Fold {shown} as {wanted.kind}" if wanted.active else f"Leave {shown} open"


@dataclass(frozen=True, slots=True)
class RemoveFoldPhrase:
    """Forget a phrase of one's own, or what was said of one of the product's."""

    phrase: str

    def do(self, taking: Taking) -> str:
        kept = _kept(taking, self.phrase)
        if kept is not None:
            taking.take(FoldPhraseStep(kept, None))
        return f"Forget the phrase {_shown(self.phrase)}"


@dataclass(frozen=True, slots=True)
class ChangeFoldPhrase:
    """Put another phrase in the place of one of one's own."""

    before: str
    kind: str
    phrase: str

    def do(self, taking: Taking) -> str:
        wanted = SetFoldPhrase(self.kind, self.phrase, True)
        if one_line(self.phrase) != self.before:
            RemoveFoldPhrase(self.before).do(taking)
        return wanted.do(taking)


def _kept(taking: Taking, phrase: str) -> Phrase | None:
    return next((p for p in taking.work.fold_rules.phrases() if p.phrase == phrase), None)


def _checked(kind: str, phrase: str) -> str:
    phrase = one_line(phrase)
    if kind not in KINDS:
        raise BadUsage(f"“{kind}” is no kind of fold.", f"There are: {', '.join(KINDS)}.")
    if len(phrase) > _LONGEST_PHRASE:
        raise BadUsage("The phrase is too long.", f"The longest has {_LONGEST_PHRASE} characters.")
    try:
        Phrases([Phrase(kind, phrase)])
    except PhraseRefused as refused:
        raise BadUsage(str(refused), "Nothing has been changed.") from refused
    return phrase
