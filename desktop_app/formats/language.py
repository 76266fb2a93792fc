"""The language of a text, where it can be told."""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

_SAMPLE = 1_500
_LETTERS = 40
_SURE = 0.98


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


def language_of(text: str) -> tuple[str, float] | None:
    """The language as ISO 639-1 and how sure that is; None where the text is short or unclear.

    The sample is taken behind the first lines, which are names and dates, where there is more.
    """
    start = len(text) // 10 if len(text) > 2 * _SAMPLE else 0
    sample = text[start : start + _SAMPLE]
    # A script of its own says as much in a third of the letters.
    letters = sum(3 if character > "\u0370" else 1 for character in sample if character.isalpha())
    if letters < _LETTERS:
        return None
    language, sure = _identifier().classify(sample)
    if sure < _SURE:
        return None
    return str(language), float(sure)


@lru_cache(maxsize=1)
def _identifier() -> _Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    made: _Identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return made
