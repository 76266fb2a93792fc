"""Which words of the library a word of a query stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from desktop_app.core.query_tree import Said, Word, WordKind
from desktop_app.core.words import words as words_of
from desktop_app.search.found import MOST_WORDS
from desktop_app.search.schema import STEMMED
from desktop_app.search.segment import Segment
from desktop_app.search.stems import Stems


@dataclass(frozen=True, slots=True)
class Meaning:
    """The words that a word stands for.

    always: in every document. by_language: more of them, in documents of these languages.
    beginning: where it is not "", all words that begin so, and always is empty.
    """

    always: tuple[str, ...] = ()
    by_language: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    beginning: str = ""


class Meanings:
    """Looks up what words stand for, each once, and notes what it found."""

    def __init__(self, segments: Sequence[Segment], stems: Stems) -> None:
        self.forms: dict[Word, Mapping[str, tuple[str, ...]]] = {}
        self.too_many: set[Word] = set()
        self._segments = segments
        self._stems = stems
        self._known: dict[tuple[Word, tuple[str, ...]], Meaning] = {}

    def row(self, said: Said, fields: tuple[str, ...]) -> list[Meaning]:
        """What words one behind the other stand for, in fields of the index."""
        row: list[Meaning] = []
        for word in said.words:
            if word.kind is WordKind.CASED:
                # Letters of a script may fold to more than one word.
                row += [Meaning((form,)) for form in words_of(word.text)] or [Meaning()]
            else:
                row.append(self._of(word, fields))
        return row

    def _of(self, word: Word, fields: tuple[str, ...]) -> Meaning:
        key = (word, fields)
        if key not in self._known:
            self._known[key] = self._look_up(word, fields)
        return self._known[key]

    def _look_up(self, word: Word, fields: tuple[str, ...]) -> Meaning:
        match word.kind:
            case WordKind.PLAIN:
                others = self._stems.forms(word.text)
                if others:
                    self.forms[word] = {STEMMED[each]: forms for each, forms in others.items()}
                return Meaning((word.text,), others)
            case WordKind.WILD:
                return self._wild(word, fields)
            case WordKind.FUZZY:
                near = self._stems.vocabulary.within(word.text, word.edits)
                standing = self._standing(word, near, fields)
                others_ = tuple(form for form in standing if form != word.text)
                if others_:
                    before = self.forms.get(word, {}).get("", ())
                    self.forms[word] = {"": tuple(dict.fromkeys((*before, *others_)))}
                return Meaning(standing)
            case _:
                return Meaning((word.text,))

    def _wild(self, word: Word, fields: tuple[str, ...]) -> Meaning:
        vocabulary = self._stems.vocabulary
        beginning = word.text[:-1]
        if word.text.endswith("*") and beginning and not {"*", "?"}.intersection(beginning):
            if len(vocabulary.beginning_with(beginning)) > MOST_WORDS:
                # Words of documents that are gone are among these: only those that stand count.
                there = {
                    form
                    for segment in self._segments
                    for name in fields
                    for form, _ in segment.beginning_with(name, beginning)
                }
                if len(there) > MOST_WORDS:
                    self.too_many.add(word)
                    return Meaning()
            return Meaning(beginning=beginning)
        return Meaning(self._standing(word, vocabulary.like(word.text), fields))

    def _standing(
        self, word: Word, forms: Iterable[str], fields: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Those of some words that stand in the fields; none where they are too many."""
        there = tuple(
            islice((form for form in forms if self._stands(form, fields)), MOST_WORDS + 1)
        )
        if len(there) > MOST_WORDS:
            self.too_many.add(word)
            return ()
        return there

    def _stands(self, form: str, fields: tuple[str, ...]) -> bool:
        return any(segment.postings(name, form) for segment in self._segments for name in fields)
