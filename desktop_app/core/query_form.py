"""The advanced form: a query as filled-in lines, and the text that they write.

What a form has no line for stays in `rest`, so that nothing of a query is ever lost by a form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from desktop_app.core.model import Sort
from desktop_app.core.query import Query, parse
from desktop_app.core.query_edit import joined
from desktop_app.core.query_tree import (
    Fact,
    FactField,
    Near,
    Node,
    Not,
    Or,
    Place,
    Said,
    WordKind,
    conjuncts,
    quoted,
)
from desktop_app.core.words import words

# The lines of a form that are the value of one field each, by the field.
_FACT_LINES: Mapping[str, str] = {
    "author": "author",
    "source": "source",
    "file": "file",
    "tag": "tag",
    "language": "lang",
    "media_type": "type",
    "state": "is",
    "has": "has",
}
_NUMBER_LINES = {FactField.WORDS: "word_count", FactField.HIGHLIGHTS: "highlights"}
_SIMPLE = re.compile(r"[^\s()\"|\\]+")


@dataclass(frozen=True, slots=True)
class Form:
    """An advanced search, line by line; "" where a line is left open.

    all_words, any_words, no_words: as they are typed, words and phrases in quotes. phrase: words in
    a row, without quotes. near: two or more words within near_words of each other, in this order
    where near_ordered. place: where words, phrase and near are looked for. date_from, date_to: as
    they are typed. word_count, highlights: a number, or >800, or 500..800. rest: what no line can
    show, as a query.
    """

    all_words: str = ""
    phrase: str = ""
    any_words: str = ""
    no_words: str = ""
    near: str = ""
    near_words: int = 10
    near_ordered: bool = False
    place: Place = Place.ANYWHERE
    author: str = ""
    source: str = ""
    file: str = ""
    tag: str = ""
    date_from: str = ""
    date_to: str = ""
    language: str = ""
    media_type: str = ""
    state: str = ""
    has: str = ""
    word_count: str = ""
    highlights: str = ""
    folded: bool = False
    copies: bool = False
    passages: bool = False
    sort: Sort | None = None
    rest: str = ""


def written(form: Form) -> str:
    """The query that a form asks for."""
    return joined(_parts(form), form.rest.strip()) if form.rest.strip() else " ".join(_parts(form))


def form_of(text: str) -> Form:
    """The form that writes a query; what it has no line for is in `rest`."""
    query = parse(text)
    form = Form(folded=query.folded, copies=query.copies, passages=query.passages, sort=query.sort)
    left: list[Node] = []
    for part in conjuncts(parse(str(query.tree)).tree):
        filled = next(
            (each for each in _filled(form, part) if _says(each, form, part)),
            None,
        )
        if filled is None:
            left.append(part)
        else:
            form = filled
    return replace(
        form, rest=" ".join(f"({each})" if isinstance(each, Or) else str(each) for each in left)
    )


def _parts(form: Form) -> Iterator[str]:
    """Each line of a form as a query that may stand beside the others."""
    yield from _said_lines(form)
    for line, field in _FACT_LINES.items():
        if value := getattr(form, line).strip():
            yield f"{field}:{_value(field, value)}"
    first, last = _day(form.date_from), _day(form.date_to)
    if first and last:
        yield f"date:{_value('date', first if first == last else f'{first}..{last}')}"
    elif first:
        yield f"date:{_value('date', f'{first}..')}"
    elif last:
        yield f"date:{_value('date', f'..{last}')}"
    for field, line in _NUMBER_LINES.items():
        if value := getattr(form, line).strip():
            yield f"{field.value}:{_value(field.value, value)}"
    yield from _asides(form).asides()


def _said_lines(form: Form) -> Iterator[str]:
    place = f"{form.place.value}:" if form.place.value else ""
    for said in _units(form.all_words):
        yield f"{place}{said}"
    if phrase := " ".join(form.phrase.replace('"', " ").split()):
        yield f'{place}"{phrase}"'
    if near := " ".join(form.near.replace('"', " ").split()):
        yield from _near_line(near.split(), form, place)
    if units := _units(form.any_words):
        either = " OR ".join(units)
        if len(units) == 1:
            yield f"{place}{either}"
        else:
            yield f"{place}({either})"
    for said in _units(form.no_words):
        yield f"-{place}{said}"


def _near_line(near: list[str], form: Form, place: str) -> Iterator[str]:
    if len(near) == 1:
        yield f"{place}{near[0]}"
    elif form.near_ordered:
        yield f"{place}({f' BEFORE/{form.near_words} '.join(near)})"
    else:
        yield f"{place}({f' NEAR/{form.near_words} '.join(near)})"


def _asides(form: Form) -> Query:
    """A query that asks nothing but how it is to be answered, as a form says."""
    query = parse("")
    return replace(
        query, folded=form.folded, copies=form.copies, passages=form.passages, sort=form.sort
    )


def _units(line: str) -> list[str]:
    """The words and phrases of a line, each as it stands in a query; operators are words there."""
    units: list[str] = []
    for number, piece in enumerate(line.split('"')):
        if number % 2:
            if words(piece):
                units.append(f'"{" ".join(piece.split())}"')
            continue
        for run in _SIMPLE.findall(piece):
            run = run.lstrip("-#")
            if not words(run):
                continue
            plain = run.isupper() and run in ("AND", "OR", "NOT")
            units.append(f'"{run}"' if plain or ":" in run else run)
    return units


def _day(typed: str) -> str:
    return " ".join(typed.split())


def _value(field: str, value: str) -> str:
    """A value as it stands behind its colon, in quotes where it needs them."""
    simple = _SIMPLE.fullmatch(value)
    return value if simple else quoted(value)


def _filled(form: Form, part: Node) -> Iterator[Form]:
    """The form with a part in each line that may show it and is still open."""
    match part:
        case Not(Said(place=place) as said) if place is form.place or not _asks_words(form):
            line = f"{form.no_words} {_bare(said)}".strip()
            yield replace(form, no_words=line, place=place)
        case Said(place=place) if place is form.place or not _asks_words(form):
            if _is_phrase(part) and not form.phrase:
                yield replace(form, phrase=_bare(part).strip('"'), place=place)
            line = f"{form.all_words} {_bare(part)}".strip()
            yield replace(form, all_words=line, place=place)
        case Or(parts) if not form.any_words and all(isinstance(each, Said) for each in parts):
            each_said = [each for each in parts if isinstance(each, Said)]
            place = each_said[0].place
            if place is form.place or not _asks_words(form):
                line = " ".join(map(_bare, each_said))
                yield replace(form, any_words=line, place=place)
        case Near(parts, distance, ordered) if not form.near:
            each_said = [each for each in parts if isinstance(each, Said) and len(each.words) == 1]
            if part.place is form.place or not _asks_words(form):
                yield replace(
                    form,
                    near=" ".join(map(_bare, each_said)),
                    near_words=distance,
                    near_ordered=ordered,
                    place=part.place,
                )
        case Fact():
            yield from _filled_fact(form, part)


def _filled_fact(form: Form, fact: Fact) -> Iterator[Form]:
    field, _, value = fact.typed.partition(":")
    if fact.typed.startswith("#"):
        field, value = "tag", fact.typed[1:]
    field = field.lower()
    if len(value) > 1 and value.startswith('"') and value.endswith('"') and value.count('"') == 2:
        value = value[1:-1]
    for line, name in _FACT_LINES.items():
        if name == field and not getattr(form, line):
            yield replace(form, **{line: value})  # type: ignore[arg-type]
    number = _NUMBER_LINES.get(fact.name)
    if number and not getattr(form, number):
        yield replace(form, **{number: value})  # type: ignore[arg-type]
    if field == "date" and not form.date_from and not form.date_to:
        first, found, last = value.partition("..")
        if found:
            yield replace(form, date_from=first, date_to=last)
        yield replace(form, date_from=value, date_to=value)


def _says(filled: Form, before: Form, part: Node) -> bool:
    """Whether a form that was filled in asks for what it asked for before and for the part."""
    wanted = [*conjuncts(_plain(before)), part]
    return _same(conjuncts(_plain(filled)), wanted)


def _plain(form: Form) -> Node:
    return parse(written(replace(form, folded=False, copies=False, passages=False, sort=None))).tree


def _same(one: list[Node], other: list[Node]) -> bool:
    return len(one) == len(other) and all(part in other for part in one)


def _asks_words(form: Form) -> bool:
    return any((form.all_words, form.phrase, form.any_words, form.no_words, form.near))


def _bare(said: Said) -> str:
    """What is said without the field before it."""
    field = f"{said.place.value}:"
    return said.typed.removeprefix(field) if said.place.value else said.typed


def _is_phrase(said: Said) -> bool:
    return len(said.words) > 1 and all(
        word.kind in (WordKind.EXACT, WordKind.WILD) for word in said.words
    )
