"""Thousands of highlights are changed by as few questions to the database as a handful."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from desktop_app.core.highlights import Highlight, How, MarkStyle
from desktop_app.core.text import Block, BlockKind, make_text
from desktop_app.library.commands import Command
from desktop_app.library.highlight_commands import (
    AcceptPlaces,
    AddHighlight,
    DeleteHighlights,
    SetLooks,
    TagHighlights,
)
from desktop_app.library.library import Library
from desktop_app.library.tags.commands import CreateTag

Bring = Callable[..., object]

_FEW, _MANY = 3, 60


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements that are sent to a database meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def marked(library: Library, document: int, number: int) -> tuple[int, ...]:
    """Mark so many words of a document, every other with a tag, in a text that is read again."""
    library.run(CreateTag("siege"))
    (siege,) = (tag.id for tag in library.tag_tree().tags)
    text = library.text(document)
    for each in range(number):
        start = text.canonical.index(f"stall-{each:03}")
        tags = (siege,) if each % 2 else ()
        library.run(AddHighlight(document, text.version, start, start + 9, tags=tags, note="why?"))
    blocks = [Block(BlockKind.PARAGRAPH, "Taken along by another reader."), *text.blocks]
    with library._store.write() as work:
        work.texts.put(document, make_text(blocks, "another"), "another")
    return tuple(each.id for each in library.marks.of(document))


def _accept(_tag: int, ids: tuple[int, ...]) -> Command:
    return AcceptPlaces(ids)


def _delete(_tag: int, ids: tuple[int, ...]) -> Command:
    return DeleteHighlights(ids)


def _colour(_tag: int, ids: tuple[int, ...]) -> Command:
    return SetLooks(ids, "blue", MarkStyle.BAR)


def _tag(tag: int, ids: tuple[int, ...]) -> Command:
    return TagHighlights(tag, ids)


@pytest.mark.parametrize("change", [_accept, _delete, _colour, _tag])
def test_many_are_changed_in_as_few_statements_as_few(
    library: Library,
    bring: Bring,
    tmp_path: Path,
    change: Callable[[int, tuple[int, ...]], Command],
) -> None:
    bring("The market\n\n" + "\n\n".join(f"By noon stall-{each:03} was set." for each in range(99)))
    (document,) = library.search("").ids
    ids = marked(library, document, _MANY)
    (siege,) = (tag.id for tag in library.tag_tree().tags)
    before = library.marks.of(document)
    assert len(before) == _MANY and {each.how for each in before} != {How.MARKED}
    counted: list[list[int]] = []
    for some in (ids[:_FEW], ids):
        states: list[list[Highlight]] = []
        numbers: list[int] = []
        for do in (lambda some=some: library.run(change(siege, some)), library.undo, library.redo):
            with statements() as sent:
                assert do()
            numbers.append(len(sent))
            states.append(library.marks.of(document))
        done, undone, again = (_but_for_times(each) for each in states)
        assert done != undone and done == again and undone == _but_for_times(before)
        assert library.verify() == []
        library.undo()
        counted.append(numbers)
    for few, many in zip(*counted, strict=True):
        assert many <= few + 2, counted


def _but_for_times(highlights: list[Highlight]) -> list[tuple[object, ...]]:
    return [
        (
            one.id,
            one.uuid,
            one.anchor,
            one.colour,
            one.style,
            one.note,
            one.tags,
            one.place,
            one.how,
        )
        for one in highlights
    ]
