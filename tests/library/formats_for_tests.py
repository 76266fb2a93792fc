"""Tag collections of every kind, and what each format holds of them."""

from __future__ import annotations

import uuid
from dataclasses import replace

from hypothesis import strategies as st

from desktop_app.core.codebook import Codebook, CodebookTag, CodedPassage, Coding
from desktop_app.core.errors import BadUsage
from desktop_app.core.tag_aliases import Alias, AliasKind
from desktop_app.core.tag_looks import Pattern
from desktop_app.core.tag_names import checked_name
from desktop_app.core.text import clean, one_line
from desktop_app.core.words import name_key
from desktop_app.library.codebooks.codings import in_order
from desktop_app.library.codebooks.forms import CodebookForm
from desktop_app.library.codebooks.soundness import arranged


def uuid_number(number: int) -> str:
    """A uuid that a person can tell from others."""
    return str(uuid.UUID(int=number, version=4))


def tag_like(number: int, name: str, **said: object) -> CodebookTag:
    """A tag of which nothing is said but what is given."""
    return replace(CodebookTag(uuid_number(number), name), **said)  # type: ignore[arg-type]


# Letters of several scripts, and all that some format gives a meaning to.
_LETTERS = st.sampled_from(
    [*"aBéøßשلжЖ語#/\\:;|.,'\"(=+-@<&>] ", "::", "Use when: ", "\u0301", "🏷"]
)


def _is_name(name: str) -> bool:
    try:
        return checked_name(name) == name and not set(name) & {"\ufffe", "\uffff"}
    except BadUsage:
        return False


_NAMES = (
    (st.lists(_LETTERS, min_size=1, max_size=8).map("".join) | st.text(max_size=20))
    .map(one_line)
    .filter(_is_name)
)
_TEXTS = (
    (st.lists(_LETTERS | st.just("\n"), max_size=12).map("".join) | st.text(max_size=20))
    .map(lambda text: clean(text).strip())
    .filter(lambda text: not set(text) & {"\ufffe", "\uffff"})
)
_COLOURS = st.sampled_from(["", "#000000", "#a1b2c3", "#ffffff"])
_ALIASES = st.lists(
    st.builds(Alias, _NAMES, st.sampled_from(AliasKind), st.sampled_from(["", "fr", "zh-Hant"])),
    max_size=3,
    unique_by=lambda alias: name_key(alias.name) or alias.name,
).map(tuple)
_PASSAGES = st.builds(
    lambda quote, start, before, note, number: CodedPassage(
        quote, start, start + len(quote), before, "", "yellow", note, uuid_number(number)
    ),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=9).map(clean).filter(bool),
    st.integers(0, 999),
    st.text("ab ", max_size=3),
    _TEXTS,
    st.integers(900, 999),
)


@st.composite
def codebooks(draw: st.DrawFn, *, names: st.SearchStrategy[str] = _NAMES) -> Codebook:
    """A collection in which every field says something now and then."""
    count = draw(st.integers(1, 6))
    free = iter(range(100, 999))
    keys = draw(st.permutations([*range(1, 10)]))
    tags: list[CodebookTag] = []
    taken: set[tuple[str | None, str]] = set()
    for number in range(count):
        parent = draw(st.sampled_from([None, *(tag.uuid for tag in tags)]))
        name = draw(names)
        if (parent, name_key(name)) in taken:
            continue
        taken.add((parent, name_key(name)))
        tags.append(
            CodebookTag(
                uuid_number(number),
                name,
                parent,
                draw(_COLOURS),
                draw(_ALIASES),
                draw(st.sampled_from([None, keys[number]])),
                draw(st.sampled_from(Pattern)),
                draw(st.sampled_from(["", "A", "ÉÖ"])),
                *(draw(_TEXTS) for _ in range(4)),
                archived=draw(st.booleans()),
                formerly=tuple(uuid_number(next(free)) for _ in range(draw(st.integers(0, 2)))),
            )
        )
    known = [tag.uuid for tag in tags]
    linked = st.lists(st.sampled_from(known), max_size=2, unique=True)
    tags = [
        replace(
            tag,
            related=tuple(each for each in draw(linked) if each != tag.uuid),
            opposite=tuple(each for each in draw(linked) if each != tag.uuid),
        )
        for tag in tags
    ]
    codings = draw(
        st.lists(
            st.builds(
                Coding,
                st.sampled_from(known),
                st.sampled_from(["", "0" * 32, "f" * 32]),
                st.sampled_from(["", "A title"]),
                st.sampled_from(["a.txt", "b  c.html"]),
                st.none() | _PASSAGES,
                st.sampled_from(["", "1" * 64]),
            ),
            max_size=4,
            unique=True,
        )
    )
    sorted_tags = arranged(tags)
    return Codebook(
        draw(_NAMES.filter(lambda name: "::" not in name and not name.endswith(":"))),
        uuid_number(99),
        draw(_TEXTS),
        *(draw(_NAMES | st.just("")) for _ in range(3)),
        draw(st.sampled_from(["", "postil", "warm"])),
        sorted_tags,
        in_order(codings, sorted_tags),
        {tag.uuid: draw(st.integers(0, 9_999)) for tag in sorted_tags if draw(st.booleans())},
    )


def held(codebook: Codebook, form: CodebookForm) -> object:
    """What a format holds of a collection, to be compared with what is read from it."""
    if form is CodebookForm.TAGSET:
        return replace(codebook, codings=tuple(sorted(codebook.codings, key=repr)))
    if form is CodebookForm.CSV:
        return codebook.tags, dict(codebook.counts)
    if form is CodebookForm.QDC:
        return [_said(tag, tag.uuid, tag.parent) for tag in codebook.tags]
    paths: dict[str, str] = {}
    for tag in codebook.tags:
        above = f"{paths[tag.parent]}\n" if tag.parent is not None else ""
        paths[tag.uuid] = above + tag.name
    return [
        (*_said(replace(tag, colour=""), paths[tag.uuid], None), codebook.counts.get(tag.uuid))
        for tag in codebook.tags
    ]


def _said(tag: CodebookTag, place: str, parent: str | None) -> tuple[object, ...]:
    said = (tag.definition, tag.use_when, tag.not_when, tag.examples, tag.aliases)
    return place, tag.name, parent, tag.colour, *said
