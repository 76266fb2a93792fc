"""Any codebook over any tags, by any choices: what was planned comes about, and is undone whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.core.codebook import Codebook, CodebookTag, Coding
from desktop_app.core.errors import BadUsage
from desktop_app.core.tag_aliases import Alias
from desktop_app.core.text import digest_of
from desktop_app.core.words import name_key
from desktop_app.library.codebooks.applying import ImportCodebook
from desktop_app.library.codebooks.plan import Choice, planned
from desktop_app.library.tags.tidying import MergeTags
from tests.library.shelf_for_tests import BODY, Shelf, book, uuid

NAMES = ("a", "A", "b", "ä", "c", "d/e")


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    """A small tree of tags whose names and uuids often are those of another one."""
    tags: list[CodebookTag] = []
    places: set[tuple[str | None, str]] = set()
    numbers = draw(st.lists(st.integers(1, 7), unique=True, max_size=6))
    for number in numbers:
        parent = draw(st.sampled_from([None, *(tag.uuid for tag in tags)]))
        name = draw(st.sampled_from(NAMES))
        if (parent, name_key(name)) in places:
            continue
        places.add((parent, name_key(name)))
        others = st.sampled_from([uuid(n) for n in range(1, 10)])
        linked = draw(st.lists(others, max_size=2, unique=True))
        tags.append(
            CodebookTag(
                uuid(number),
                name,
                parent,
                draw(st.sampled_from(["", "#111111", "#222222"])),
                tuple(Alias(each) for each in draw(st.lists(st.sampled_from(NAMES), max_size=1))),
                draw(st.sampled_from([None, None, 1, 2])),
                definition=draw(st.sampled_from(["", "one", "two"])),
                archived=draw(st.booleans()),
                formerly=tuple(each for each in linked if each not in map(uuid, numbers)),
                related=tuple(linked),
            )
        )
    codings = tuple(
        Coding(tag.uuid, digest_of(BODY), "Siege", "Siege.txt")
        for tag in tags
        if draw(st.booleans())
    )
    own = draw(st.booleans())
    return book(*tags, codings=codings, own_uuids=own)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with one text, to be copied: each run begins with it as it is."""
    folder = tmp_path_factory.mktemp("any") / "library"
    made = Shelf(folder)
    made.text()
    made.store.close()
    return folder


@contextmanager
def opened(written: Path) -> Iterator[Shelf]:
    with TemporaryDirectory() as home:
        copied = Path(home) / "library"
        shutil.copytree(written, copied)
        shelf = Shelf(copied)
        try:
            yield shelf
        finally:
            shelf.store.close()


def dump(shelf: Shelf) -> object:
    with shelf.store.read() as snapshot:
        tags = snapshot.tags.all()
        return (
            snapshot.collections.all(),
            sorted(tags, key=lambda tag: tag.id),
            snapshot.tag_links.all(),
            snapshot.tag_links.redirects(),
            {tag.id: snapshot.taggings.of_tag(tag.id) for tag in tags},
        )


def over_one_another(shelf: Shelf, data: st.DataObject) -> None:
    before, done = dump(shelf), 0
    done += shelf.take_in(data.draw(codebooks())) != ""
    tags = [tag.id for tag in shelf.tree().tags]
    if len(tags) > 1 and data.draw(st.booleans()):
        loser, winner = data.draw(st.permutations(tags))[:2]
        try:
            done += shelf.do(MergeTags(loser, winner)) != ""
        except BadUsage:
            assert winner in {tag.id for tag in shelf.tree().below(loser)}
    theirs = data.draw(codebooks())
    wanted = {tag.uuid: data.draw(st.sampled_from(list(Choice))) for tag in theirs.tags}
    with shelf.store.read() as snapshot:
        plan = planned(snapshot, theirs, wanted)
    middle = dump(shelf)
    name = shelf.do(ImportCodebook(theirs, plan.chosen, None, True))
    after = dump(shelf)
    for line in plan.lines:
        if line.chosen in (Choice.LEAVE, Choice.KEEP) and line.known is not None:
            # What was to stay has stayed.
            assert line.known in shelf.tree().tags or line.known.id in {
                other.after.id for other in plan.lines if other.after is not None
            }
    tree = shelf.tree()
    made = {tag.id for tag in tree.tags} - {tag.id for tag in middle[1]}  # type: ignore[index]
    assert len(made) == plan.made
    for tag in tree.tags:
        assert len(tree.names(tag.id)) < 20, "a circle"
    if name:
        done += 1
        shelf.undo()
        assert dump(shelf) == middle
        shelf.redo()
        assert dump(shelf) == after
    else:
        assert after == middle
    # Taken in once more as it was chosen by itself, it overwrites nothing.
    kept = {tag.id: tag for tag in tree.tags}
    done += shelf.take_in(theirs) != ""
    for tag in shelf.tree().tags:
        known = kept.get(tag.id)
        if known is not None:
            same = (tag.name, tag.parent, tag.colour, tag.archived)
            assert same == (known.name, known.parent, known.colour, known.archived)
            assert not known.definition or tag.definition == known.definition
    for _ in range(done):
        shelf.undo()
    assert dump(shelf) == before


_LATE = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


@settings(max_examples=6, deadline=None, suppress_health_check=_LATE, database=None)
@given(data=st.data())
def test_any_codebook_comes_in_as_planned_and_goes_again(
    written: Path, data: st.DataObject
) -> None:
    with opened(written) as shelf:
        over_one_another(shelf, data)


@pytest.mark.long
@settings(max_examples=300, deadline=None, suppress_health_check=_LATE, database=None)
@given(data=st.data())
def test_very_many_codebooks_come_in_as_planned_and_go_again(
    written: Path, data: st.DataObject
) -> None:
    with opened(written) as shelf:
        over_one_another(shelf, data)
