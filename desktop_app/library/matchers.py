"""The matcher of an answer: made of the parts as the index was asked for them, and its forms."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.core.matching import Matcher
from desktop_app.core.query_tree import Or, Spoken
from desktop_app.search.asking import WordForms


def matcher_of(parts: Iterable[Spoken | Or], forms: WordForms) -> Matcher:
    """Make what finds parts in texts, so that marks and answers agree."""
    return Matcher(tuple(dict.fromkeys(parts)), forms)
