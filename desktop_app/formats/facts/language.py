"""The language of a text, where it can be told."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Protocol

_SAMPLE = 600  # time grows with it; more letters make hardly any text clearer
_LETTERS = 40
_NO_LETTERS = re.compile(r"[\W\d_]+")
_SURE = 0.95


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


def language_of(text: str) -> tuple[str, float] | None:
    """The language as ISO 639-1 and how sure that is; None where the text is short or unclear.

    The sample is taken behind the first lines, which are names and dates, where there is more.
    """
    start = len(text) // 10 if len(text) > 2 * _SAMPLE else 0
    sample = text[start : start + _SAMPLE]
    words = _NO_LETTERS.sub("", sample)
    # A script of its own says as much in a third of the letters.
    if len(words) < (_LETTERS if words[:1] < "\u0370" else _LETTERS // 3):
        return None
    identifier = _identifier()
    if identifier is None:
        return None
    language, sure = identifier.classify(sample)
    if sure < _SURE:
        return None
    return str(language), float(sure)


@lru_cache(maxsize=1)
def _identifier() -> _Identifier | None:
    """The model; None where it cannot be unpacked, which takes a temporary file."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    try:
        made = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except OSError:
        return None
    # Dialects that have a code of three letters only take from the certainty of their language.
    made.set_languages([label for label in made.labels if len(label) == 2])
    identifier: _Identifier = made
    return identifier
