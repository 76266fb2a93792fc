"""Which parts of a text are not what its author wrote, to be shown as one line until it is opened.

Nothing is removed: a fold is a range of the text with its kind and the rule that made it. What
tells, by trust: what the user said of the source; a line that the source repeats; a phrase; the
tail of a scraped page; its looks. Long prose is never folded but as part of a tail, facts never,
and nothing at all where nothing else would be left.

`folds_of` is a pure function: the same text, title and rules make the same folds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from desktop_app.core import folding_shape as shape
from desktop_app.core.folding_prose import is_prose
from desktop_app.core.folding_rules import (
    AUDIO,
    CHOSEN,
    COMMENTS,
    CONTINUE,
    COPYRIGHT,
    CREDIT,
    HEADLINE,
    KIND_RULE,
    KINDS,
    NEWSLETTER,
    PAGE_NUMBER,
    RELATED,
    REPEATED,
    RULED_KINDS,
    RUNNING_HEAD,
    SHARE,
    SITE,
    FoldRule,
    FoldRules,
    Phrase,
    PhraseRefused,
    Phrases,
    Verdict,
    merged,
)
from desktop_app.core.folding_tail import comments_from, related_from
from desktop_app.core.lines import Line, can_repeat, key_of, lines_of, normalised
from desktop_app.core.text import Block, BlockKind, Fold, Text

__all__ = [
    "FOLDING",
    "KINDS",
    "KIND_RULE",
    "RULED_KINDS",
    "FoldRule",
    "FoldRules",
    "Phrase",
    "PhraseRefused",
    "Phrases",
    "Verdict",
    "folds_of",
    "folds_of_lines",
    "made_from",
    "merged",
    "rule_line",
]

# Raise it when what is folded changes: all libraries are then looked through again.
FOLDING = 2

# A heading is of these kinds only with what stands below it.
_NEVER_ALONE = frozenset({REPEATED, SITE, CONTINUE, NEWSLETTER, AUDIO})
_QUOTES = "“\"«„‘'"  # with one of them somebody begins to speak
_IN_COMPANY = frozenset({BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW})
_REPEATED_RULE = "the line stands in several texts of this source"
_PARTS = frozenset({CONTINUE, NEWSLETTER, CREDIT})
_PARTS_OF_ONE_WORD = frozenset({"weiterlesen"})
_LONGEST_PART = 100
_PART = 160  # letters at the end of prose in which a part may begin
_BRACKETED = re.compile(r"[\[(]\s*([^\[\]()]{3,100}?)\s*[\])]\W{0,3}$")
_SENTENCE_END = re.compile(r"[.!?…]['\"”’»)\]]{0,2}\s+(?=\S)")
_LETTER = re.compile(r"[^\W_]")


@dataclass(slots=True)
class _Range:
    """A range to be folded, with the number of the line it is of."""

    start: int
    end: int
    kind: str
    rule: str
    line: int


def folds_of(
    blocks: Sequence[Block], starts: Sequence[int], *, title: str | None, rules: FoldRules
) -> tuple[Fold, ...]:
    """The folds of a text: sorted, none touching another of its kind, none inside a word."""
    return folds_of_lines(blocks, lines_of(blocks, starts), title=title, rules=rules)


def folds_of_lines(
    blocks: Sequence[Block], lines: Sequence[Line], *, title: str | None, rules: FoldRules
) -> tuple[Fold, ...]:
    """As folds_of, for lines that were made already."""
    told = _whole_lines(blocks, lines, title, rules)
    never = rules.never
    ranges: list[_Range] = []
    for number, line in enumerate(lines):
        label = told[number]
        if line.line in never:
            continue  # the whole line stays open, a phrase at its end too
        if label is not None and f"{KIND_RULE}{label[0]}" not in never:
            ranges.append(_Range(line.start, line.end, *label, number))
        elif label is None and (part := _part(line, rules)) is not None:
            part.line = number
            ranges.append(part)
    if not _leaves_something(lines, ranges):
        return ()
    return _joined(lines, ranges)


def _whole_lines(
    blocks: Sequence[Block], lines: Sequence[Line], title: str | None, rules: FoldRules
) -> list[tuple[str, str] | None]:
    """For each line the kind and the rule that fold it whole; None for a line that stays open."""
    told: list[tuple[str, str] | None] = [None] * len(lines)
    for number, line in enumerate(lines):
        told[number] = _of_line(line, blocks, rules)
    if title:
        copies = shape.headlines(blocks, title)
        times = "once" if len(copies) == 1 else f"{len(copies)} times"
        wanted = frozenset(copies)
        for number, line in enumerate(lines):
            if wanted and line.block in wanted:
                told[number] = (HEADLINE, f"the title stands {times} in the text")
    _tell_share_bars(lines, told)
    for number, is_number in shape.page_edges(blocks, lines):
        if is_number:
            told[number] = (PAGE_NUMBER, "a number at the edge of several pages")
        else:
            told[number] = (RUNNING_HEAD, "the same line at the edge of several pages")
    _tell_tails(blocks, lines, told, rules)
    _leave_alone(blocks, lines, told)
    return told


def _of_line(line: Line, blocks: Sequence[Block], rules: FoldRules) -> tuple[str, str] | None:
    """What a line is by itself."""
    if not line.line:
        return None
    if line.line in rules.always:
        return CHOSEN, "you chose this line for this source"
    kind = blocks[line.block].kind
    if rules.repeated and key_of(line.line) in rules.repeated and can_repeat(line, blocks):
        return REPEATED, _REPEATED_RULE
    if kind is BlockKind.PREFORMATTED:
        return None
    phrase = rules.phrases.find(line)
    if (
        phrase is not None
        and ("*" not in phrase.phrase or line.text[0] not in _QUOTES)
        and not is_prose(line.text, phrase)
    ):
        return phrase.kind, f"the phrase “{phrase.phrase}”"[:200]
    if shape.is_photo_credit(line.text):
        return CREDIT, "a line that names who made a picture"
    if shape.is_share_bar(line) >= 2:
        return SHARE, "a line of names of networks"
    if shape.is_copyright(line.text):
        return COPYRIGHT, "a line that claims copyright"
    if shape.is_clock(line.text):
        return AUDIO, "the clock of a player"
    if shape.is_labelled_link(line.text):
        return RELATED, "a headline with a label in brackets"
    return None


def _tell_share_bars(lines: Sequence[Line], told: list[tuple[str, str] | None]) -> None:
    """Fold runs of short lines of which several name networks."""
    number = 0
    while number < len(lines):
        behind = number
        networks = 0
        while behind < len(lines) and shape.is_beside_share_bar(lines[behind]):
            networks += shape.is_share_bar(lines[behind])
            behind += 1
        if networks >= 2:
            for one in range(number, behind):
                told[one] = told[one] or (SHARE, "lines of names of networks")
        number = max(behind, number + 1)


def _tell_tails(
    blocks: Sequence[Block],
    lines: Sequence[Line],
    told: list[tuple[str, str] | None],
    rules: FoldRules,
) -> None:
    taken = [label is not None for label in told]
    end = len(lines)
    comments = None
    if f"{KIND_RULE}{COMMENTS}" not in rules.never:
        comments = comments_from(lines, taken)
    if comments is not None and lines[comments].line not in rules.never:
        for number in range(comments, len(lines)):
            told[number] = (COMMENTS, "from the heading or first name of a thread to the end")
        end = comments
    if f"{KIND_RULE}{RELATED}" in rules.never:
        return
    related = related_from(lines, end, [label is not None for label in told])
    if related is not None and lines[related].line not in rules.never:
        for number in range(related, end):
            told[number] = told[number] or (RELATED, "a list of other articles at the end")
        return
    taken = [label is not None for label in told]
    for number in shape.links_at_end(blocks, lines, end, taken):
        told[number] = (RELATED, "lines at the end that are nothing but links")


def _leave_alone(
    blocks: Sequence[Block], lines: Sequence[Line], told: list[tuple[str, str] | None]
) -> None:
    """Leave open what is boilerplate in company only.

    A heading such as "Conclusion" goes with what it stands over; a word such as "Print" that is
    all of a heading, a list item or a row, with a neighbour.
    """
    for number in range(len(lines) - 1, -1, -1):
        label = told[number]
        kind = blocks[lines[number].block].kind
        if label is None or kind not in _IN_COMPANY:
            continue
        behind = told[number + 1] if number + 1 < len(lines) else None
        before = told[number - 1] if number else None
        last = number + 1 == len(lines)
        over_open = kind is BlockKind.HEADING and label[0] in _NEVER_ALONE and behind is None
        words = lines[number].line.split(" ")
        one_word = len(words) == 1 and words[0] != "" and label[0] in KINDS
        if (over_open and not last) or (one_word and behind is None and before is None):
            told[number] = None


def _part(line: Line, rules: FoldRules) -> _Range | None:
    """What hangs at the end of a line of prose: "[Continue reading…]"."""
    text = line.text
    if len(text) < 40:
        return None
    start = max(len(text) - _PART, 0)
    tail = text[start:]
    ends = tail[-4:]
    bracket = _BRACKETED.search(tail) if "]" in ends or ")" in ends else None
    if bracket is not None:
        label = _of_part(bracket[1], rules)
        if label is not None:
            return _Range(line.start + start + bracket.start(), line.end, *label, 0)
        if (
            shape.is_credit_in_brackets(bracket[0])
            and bracket.start() + start >= 40
            and f"{KIND_RULE}{CREDIT}" not in rules.never
            and normalised(bracket[0]) not in rules.never
        ):
            rule = "a bracket that names who made a picture"
            return _Range(line.start + start + bracket.start(), line.end, CREDIT, rule, 0)
        return None
    begins = [end.end() for end in _SENTENCE_END.finditer(tail)]
    if not begins:
        return None
    last = begins[-1]
    label = _of_part(tail[last:], rules)
    return None if label is None else _Range(line.start + start + last, line.end, *label, 0)


def _of_part(text: str, rules: FoldRules) -> tuple[str, str] | None:
    if len(text) > _LONGEST_PART:
        return None
    line = normalised(text)
    if (" " not in line and line not in _PARTS_OF_ONE_WORD) or line in rules.never:
        return None
    if line in rules.always:
        return CHOSEN, "you chose this line for this source"
    phrase = rules.phrases.match_text(text)
    if phrase is None or is_prose(text, phrase):
        return None
    if phrase.kind not in _PARTS or f"{KIND_RULE}{phrase.kind}" in rules.never:
        return None
    return phrase.kind, f"the phrase “{phrase.phrase}”"[:200]


def _leaves_something(lines: Sequence[Line], ranges: Sequence[_Range]) -> bool:
    """Whether any word stays open."""
    whole = {one.line: one for one in ranges}
    for number, line in enumerate(lines):
        fold = whole.get(number)
        open_text = line.text if fold is None else line.text[: fold.start - line.start]
        if _LETTER.search(open_text):
            return True
    return False


def _joined(lines: Sequence[Line], ranges: Sequence[_Range]) -> tuple[Fold, ...]:
    """Make folds, neighbours of one kind one of them."""
    joined: list[_Range] = []
    for one in ranges:
        last = joined[-1] if joined else None
        # What stands between two lines that follow each other is blank; a part begins inside one.
        if (
            last is not None
            and last.kind == one.kind
            and last.line + 1 == one.line
            and one.start == lines[one.line].start
        ):
            last.end, last.line = one.end, one.line
            if last.rule != one.rule and not last.rule.endswith(", and others"):
                last.rule = f"{last.rule[:186]}, and others"
        else:
            joined.append(_Range(one.start, one.end, one.kind, one.rule, one.line))
    return tuple(Fold(one.start, one.end, one.kind, one.rule) for one in joined)


def made_from(title: str, version: str, rules: FoldRules, short: frozenset[int]) -> str:
    """A hash of all that the folds of a text follow from; equal hashes, equal folds.

    short: the keys of the text's short lines (core.lines.Remembered).
    """
    of_source = [sorted(rules.never), sorted(rules.always), sorted(rules.repeated & short)]
    parts = [FOLDING, rules.phrases.key, title, version, of_source]
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def rule_line(text: Text, fold: Fold) -> str:
    """What to give SetFoldRule for a fold: its lines, or its kind where that is what repeats."""
    said = text.canonical[fold.start : fold.end]
    if fold.kind in RULED_KINDS and fold.kind != REPEATED:
        by_kind = fold.kind not in KINDS or fold.kind in (COMMENTS, RELATED, CREDIT)
        if by_kind or said.count("\n") > 8:
            return f"{KIND_RULE}{fold.kind}"
    return said
