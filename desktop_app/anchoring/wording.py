"""Whether two passages are the same word for word, as texts of two readers can be.

Their letters (`letters.py`) must be the same. What may differ between two letters is
- how much white space there is, and of what kind;
- whether there is any at all, where it holds the end of a line or block (but not between figures),
  where a sign rather than a letter stands on one side, and in scripts that are written without;
- the style of quote marks and dashes, and whether white space stands beside them;
- a hyphen at the end of a line (with the white space behind it) that the other has not;
- the bullet or dash before an item of a list;
- marks that change nothing that is seen.
A dash, hyphen or quote mark that only one of them has, or white space within a word, is a
difference.
"""

from __future__ import annotations

import re

from desktop_app.anchoring.letters import BULLETS, DASHES, FORMAT, QUOTES, soft_run, spread

_UNSEEN = re.compile(f"[{FORMAT}]")
_MARKS = re.compile(f"(?P<d>[{DASHES}])|(?P<q>[{QUOTES}])|(?P<b>[{BULLETS}])")
_ITEM = re.compile(f"(\n\\s*)[{DASHES}{BULLETS}]\\s+")
_LINE_END_HYPHEN = re.compile(f"\\A[{DASHES}]\\s+\\Z")
# Scripts without blanks between words: Thai to Myanmar, Khmer, Chinese and Japanese.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff\uff00-\uffef"
    "\U00020000-\U0003ffff]"
)


def same_words(one: str, other: str) -> bool:
    """Whether two passages are the same word for word."""
    if one == other:
        return True
    letters, gaps = _taken_apart(one)
    other_letters, other_gaps = _taken_apart(other)
    if letters != other_letters:
        return False
    for at in gaps.keys() | other_gaps.keys():
        gap, other_gap = gaps.get(at, ""), other_gaps.get(at, "")
        if not 0 < at < len(letters):
            fits = marks_in(gap) == marks_in(other_gap)
        else:
            fits = same_gap(gap, other_gap, letters[at - 1], letters[at])
        if not fits:
            return False
    return True


def same_gap(gap: str, other: str, before: str, behind: str) -> bool:
    """Whether what stands between two letters is as good as what stands there in the other text."""
    if gap == other:
        return True
    gap, other = _UNSEEN.sub("", gap), _UNSEEN.sub("", other)
    marks, other_marks = marks_in(gap), marks_in(other)
    if marks == other_marks:
        return bool(marks) or bool(gap) == bool(other) or _may_go(gap or other, before, behind)
    hyphens = before.isalpha() and behind.isalpha()
    return not _readings(gap, hyphens).isdisjoint(_readings(other, hyphens))


def marks_in(gap: str) -> str:
    """The dashes and quote marks between two letters, whatever their style."""
    found: list[str] = []
    for mark in _MARKS.finditer(gap):
        kind = mark.lastgroup or ""
        if not found or found[-1] != kind:
            found.append(kind)
    return "".join(found)


def is_unspaced(letter: str) -> bool:
    """Whether a letter is of a script that is written without blanks between words."""
    return _UNSPACED.match(letter) is not None


def word_bounds(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether a word can begin and end at the ends of a passage that is not empty."""
    return (
        not _within_word(text, start) or is_unspaced(text[start]),
        not _within_word(text, end) or is_unspaced(text[end - 1]),
    )


def _within_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and _is_word(text[at - 1]) and _is_word(text[at])


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _may_go(blank: str, before: str, behind: str) -> bool:
    """Whether a reader may leave out the white space between two letters."""
    if "\n" in blank:
        return not (before.isdigit() and behind.isdigit())
    return (
        not _is_word(before) or not _is_word(behind) or is_unspaced(before) or is_unspaced(behind)
    )


def _readings(gap: str, hyphens: bool) -> set[str]:
    """What the marks of a gap may be in the other text."""
    found = {marks_in(gap), marks_in(_ITEM.sub(r"\1", gap))}
    if hyphens and _LINE_END_HYPHEN.match(gap):
        found.add("")
    return found


def _taken_apart(text: str) -> tuple[str, dict[int, str]]:
    """The letters of a passage, and what stands between them by the number of letters before it."""
    parts: list[str] = []
    gaps: dict[int, str] = {}
    length = at = 0
    for gap in soft_run.finditer(text):
        part = spread(text[at : gap.start()])
        parts.append(part)
        length += len(part)
        gaps[length] = gap[0]
        at = gap.end()
    parts.append(spread(text[at:]))
    return "".join(parts), gaps
