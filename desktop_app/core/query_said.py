"""Make what is said of what was typed: words, phrases, rows, just this form, nearly this form."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from desktop_app.core.query_days import bare_days_note
from desktop_app.core.query_near import near_text, why_not_near
from desktop_app.core.query_pieces import Piece, lone_star, pieces, without_jokers
from desktop_app.core.query_report import Report
from desktop_app.core.query_tree import (
    Family,
    Impossible,
    Near,
    Node,
    Place,
    Said,
    Word,
    WordKind,
)
from desktop_app.core.words import fold

OPERATORS = frozenset({"AND", "OR", "NOT"})
MOST_EDITS = 2
NAME = "name"

_FARTHEST_TYPED = 999_999
_SEPARATORS = re.compile(r"[^\w*?]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed for something that is said.

    start, end: all of it, with its field and quotes. begins: where the value itself stands.
    """

    value: str
    place: Place
    start: int
    end: int
    begins: int

    def written(self, text: str) -> str:
        """A text with the field before it."""
        return f"{self.place.value}:{text}" if self.place.value else text


def number(digits: str) -> int:
    """A typed number; one beyond all sense is 999,999."""
    digits = digits.lstrip("0")
    return int(digits or "0") if len(digits) < 7 else _FARTHEST_TYPED


def plain(typed: Typed, report: Report) -> Node | None:
    """Read a run of letters: one word in all its forms, or a row of exact ones."""
    found = list(pieces(typed.value))
    _note_lone_star(typed, report)
    if not found:
        return None
    if len(found) > 1:
        report.note(bare_days_note(typed.value))
        return _row(typed, found)
    (piece,) = found
    text = typed.value[piece.start : piece.end]
    return Said(
        (piece.word(WordKind.PLAIN),),
        typed.place,
        typed=typed.written(f"{text}," if text in OPERATORS else text),
        start=typed.start,
        end=typed.end,
    )


def phrase(typed: Typed, report: Report) -> Node | None:
    """Read what stood in quotes: exactly its words, one behind the other."""
    found = list(pieces(typed.value))
    _note_lone_star(typed, report)
    return _row(typed, found) if found else None


def literal(typed: Typed) -> Node | None:
    """Read something of which no letter is a joker, such as an address."""
    value = without_jokers(typed.value)
    found = list(pieces(value))
    return _row(replace(typed, value=value), found) if found else None


def _row(typed: Typed, found: list[Piece]) -> Said:
    inner = typed.value[found[0].start : found[-1].end]
    return Said(
        tuple(piece.word() for piece in found),
        typed.place,
        typed=typed.written(f'"{inner}"'),
        start=typed.start,
        end=typed.end,
    )


def cased(typed: Typed, report: Report) -> Node | None:
    """Read what stood behind an equals sign: just this form, neither case nor accents folded."""
    found = list(pieces(typed.value))
    if not found:
        report.note("“=” waits for a word right behind it: =IS finds “IS” and never “is”.")
        return None
    inner = typed.value[found[0].start : found[-1].end]
    if any(piece.wild for piece in found):
        text = typed.written(f'="{inner}"')
        return _refuse(
            typed,
            report,
            text,
            f"“={inner}” cannot have * or ? in it, since = means just this form: leave out the = "
            "or the joker, as in =IS or bomb*.",
        )
    sought: list[Word] = []
    for piece in found:
        written = unicodedata.normalize("NFC", typed.value[piece.start : piece.end])
        # A letter that is written for several words, such as a fraction, has no case to keep.
        kept = fold(written) == piece.form
        sought.append(Word(written, WordKind.CASED) if kept else Word(piece.form, WordKind.EXACT))
    text = f"={inner}" if len(found) == 1 else f'="{inner}"'
    return Said(
        tuple(sought),
        typed.place,
        typed=typed.written(text),
        start=typed.start,
        end=typed.end,
    )


def nearly(typed: Typed, edits: str, report: Report) -> Node | None:
    """Read a run with `~` behind it: its last word within so many letters; edits: "" for one."""
    found = list(pieces(typed.value))
    if not found:
        report.note("“~” stands right behind a word: adnani~ finds it with one letter another.")
        return None
    inner = _hyphened(typed.value[found[0].start : found[-1].end])
    last = found[-1]
    many = number(edits or "1")
    suffix = f"~{many}" if edits else "~"
    name = typed.written(f"{inner}{suffix}")
    if last.wild:
        return _refuse(
            typed,
            report,
            name,
            f"“{inner}{suffix}” asks for a joker and for nearly the same letters at once: "
            "write adnani~ or adnan*.",
        )
    if not 1 <= many <= MOST_EDITS:
        return _refuse(
            typed,
            report,
            name,
            f"“{suffix}” behind a word can be ~1 or ~2, the letters by which it may differ: write "
            f'{last.form}~{MOST_EDITS}. For words near each other, quote them: "tabqa dam"~8.',
        )
    row = [piece.word() for piece in found]
    row[-1] = Word(last.form, WordKind.FUZZY, many)
    return Said(tuple(row), typed.place, typed=name, start=typed.start, end=typed.end)


def phrase_near(typed: Typed, distance: str, report: Report) -> Node | None:
    """Read what stood in quotes with `~` behind it: its words so near each other, in any order."""
    if not distance:
        report.note('“~” behind a phrase waits for a number of words, as in "tabqa dam"~8.')
        return phrase(typed, report)
    found = list(pieces(typed.value))
    if len(found) < 2:
        report.note(
            f"“~{distance}” was left out: nearness needs two words in the quotes, "
            'as in "tabqa dam"~8.'
        )
        return phrase(typed, report)
    _note_lone_star(typed, report)
    steps = number(distance)
    parts = tuple(
        Said(
            (piece.word(),),
            typed.place,
            typed=typed.written(f'"{typed.value[piece.start : piece.end]}"'),
            start=typed.begins + piece.start,
            end=typed.begins + piece.end,
        )
        for piece in found
    )
    inner = typed.value[found[0].start : found[-1].end]
    text = typed.written(f'"{inner}"~{steps}')
    if why := why_not_near(parts, steps, ordered=False):
        why = why.replace(f"NEAR/{steps}", f"~{steps}").replace("NEAR/", "~")
        return _refuse(typed, report, text, why)
    return Near(parts, steps, typed=text, start=typed.start, end=typed.end)


def family(typed: Typed, report: Report, *, quoted: bool) -> Node | None:
    """Read the name whose spellings are meant."""
    if not typed.value.strip():
        return None
    found = list(pieces(typed.value))
    inner = typed.value[found[0].start : found[-1].end] if found else ""
    text = f'{NAME}:"{inner}"' if quoted or len(found) > 1 else f"{NAME}:{inner}"
    if typed.place.value:
        text = f"{typed.place.value}:({text})"
    if not found or any(piece.wild for piece in found) or "~" in typed.value:
        shown = typed.value.strip()
        return _refuse(
            typed,
            report,
            text if found and "~" not in typed.value else f'{NAME}:"{shown}"',
            f"“{NAME}:{shown}” is no whole name: write {NAME}:tabqa, and its other spellings are "
            "found with it. For nearly the same letters write tabqa~.",
        )
    forms = tuple(piece.form for piece in found)
    return Family(forms, typed.place, typed=text, start=typed.start, end=typed.end)


def joined(
    parts: tuple[Node, ...], distance: int, report: Report, *, ordered: bool, start: int, end: int
) -> Node:
    """Put parts near each other; Impossible, with its sentence, where that cannot be."""
    text = near_text(parts, distance, ordered=ordered)
    if any(isinstance(part, Impossible) for part in parts):
        return Impossible("near", text, text, start, end)
    if why := why_not_near(parts, distance, ordered=ordered):
        report.refuse(start, end, why)
        return Impossible("near", text, text, start, end)
    return Near(parts, distance, ordered, text, start, end)  # type: ignore[arg-type]


def _hyphened(text: str) -> str:
    """A run whose separators are hyphens, so that it is never read as a field or an address."""
    return _SEPARATORS.sub(lambda found: "-" if found[0].isascii() else found[0], text)


def _note_lone_star(typed: Typed, report: Report) -> None:
    if lone_star(typed.value):
        report.note(
            "“*” stands for letters of a word, as in bomb*; one that touches no word was left out."
        )


def _refuse(typed: Typed, report: Report, text: str, why: str) -> Impossible:
    report.refuse(typed.start, typed.end, why)
    return Impossible("word", text, text, typed.start, typed.end)
