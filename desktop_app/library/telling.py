"""What is said of an answer: what ran with its counts, and what the reader must know of it."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.core.query import Query
from desktop_app.core.query_tree import (
    Family,
    Leaf,
    Node,
    Or,
    Said,
    Word,
    WordKind,
    spoken,
)
from desktop_app.core.query_words import in_words
from desktop_app.library.hearing import Heard
from desktop_app.search.asking import MOST_WORDS

_FORMS_SHOWN = 4


def counted_words(query: Query, counts: Mapping[Leaf, int], heard: Heard) -> str:
    """Say what ran, with how many documents each part holds."""
    return query.words(lambda part: _note(part, counts[part], heard))


def part_words(part: Leaf) -> str:
    """Say one part."""
    return in_words(part)


def off_words(tree: Node) -> str:
    """Say a part that is switched off."""
    return in_words(tree)


def _note(part: Leaf, count: int, heard: Heard) -> str:
    """What stands behind a part in the line that says what ran."""
    also = _other_forms(part, heard)
    if not also:
        return f" ({count:,})"
    shown = ", ".join(also[:_FORMS_SHOWN])
    more = len(also) - _FORMS_SHOWN
    return f" ({count:,}; also {shown}{f' and {more:,} more forms' if more > 0 else ''})"


def _other_forms(part: Leaf, heard: Heard) -> list[str]:
    """The other forms that stand for the only word of a part, or the other spellings of a name."""
    match part:
        case Said((word,)):
            others = heard.forms.get(word, {}).values()
            return sorted({form for each in others for form in each} - {word.text})
        case Family():
            asked = heard.asked[part]
            said = spoken(asked) if isinstance(asked, Or) else []
            written = [
                " ".join(word.text for word in each.words)
                for each in said
                if isinstance(each, Said)
            ]
            return sorted(set(written) - {" ".join(part.forms)})
    return []


def too_many_note(word: Word) -> str:
    """Ask for more letters of a word that stands for too many."""
    if word.kind is WordKind.FUZZY:
        return (
            f"More than {MOST_WORDS:,} words are so near “{word.text}”: "
            "write a longer word, or one edit only, as in adnani~1."
        )
    stem = word.text.rstrip("*")
    if "*" in stem or "?" in stem or not stem:
        return f"More than {MOST_WORDS:,} words fit “{word.text}”: write more letters of it."
    return (
        f"More than {MOST_WORDS:,} words begin with “{stem}”: write more letters, as in {stem}abc*."
    )


def copies_note(hidden: int) -> tuple[str, ...]:
    """Say how many documents stand under others."""
    if not hidden:
        return ()
    if hidden == 1:
        return ("1 document has the same text as another and stands under it; dup:all shows it.",)
    counted = f"{hidden:,} documents have the same text as others and stand under them"
    return (f"{counted}; dup:all shows each.",)


def partial_note(behind: int) -> tuple[str, ...]:
    """Say that the index is behind."""
    if not behind:
        return ()
    documents = "1 document is" if behind == 1 else f"{behind:,} documents are"
    return (f"This answer is partial: {documents} still to be taken into the search index.",)
