"""What carries each tag is counted right after whatever is done to documents, highlights and tags."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from desktop_app.core.highlights import Highlight, MarkStyle, anchor_at
from desktop_app.store.store import Snapshot, Store, Work

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def as_it_is(snapshot: Snapshot) -> tuple[dict[int, int], ...]:
    """Count by going through everything: of each tag itself, and with those below it."""
    seen = snapshot.documents.all_ids()
    on: dict[int, tuple[set[int], set[int]]] = {}
    above = {tag.id: tag.parent for tag in snapshot.tags.all()}
    for tag in above:
        marked = snapshot.highlights.many(sorted(snapshot.highlights.of_tag(tag)))
        marked = [each for each in marked if each.document in seen]
        documents = snapshot.taggings.of_tag(tag) & seen | {each.document for each in marked}
        on[tag] = (documents, {each.id for each in marked})
    below = {tag: (set[int](), set[int]()) for tag in above}
    for tag, carrying in on.items():
        here: int | None = tag
        while here is not None:
            for all_of, some in zip(below[here], carrying, strict=True):
                all_of |= some
            here = above[here]
    return tuple(
        {tag: len(sets[which]) for tag, sets in counted.items() if sets[which]}
        for counted in (on, below)
        for which in (0, 1)
    )


class Changes:
    """Changes one thing after another, by chance."""

    def __init__(self, work: Work, chance: random.Random) -> None:
        self.work, self.chance = work, chance
        self.documents = sorted(work.documents.all_ids() | work.documents.all_ids(trashed=True))
        self.tags = [tag.id for tag in work.tags.all()]
        highlights = (each for of in self.documents for each in work.highlights.of_document(of))
        self.highlights = [each.id for each in highlights]

    def some(self, of: list[int]) -> list[int]:
        return self.chance.sample(of, min(len(of), self.chance.randint(1, 4)))

    def one(self) -> Callable[[], object]:
        work, chance = self.work, self.chance
        if not self.tags:
            return self.make_tag
        tag = chance.choice(self.tags)
        others: list[Callable[[], object]] = [
            lambda: work.taggings.remove(tag, self.some(self.documents)),
            lambda: work.highlights.untag(tag, self.some(self.highlights)),
            lambda: work.documents.set_trashed(self.some(self.documents), None),
            lambda: work.documents.set_trashed(self.some(self.documents), MOMENT),
            lambda: work.highlights.remove(self.some(self.highlights)[:1]),
            self.mark,
            self.mark,
        ]
        if chance.random() < 0.3 and len(self.documents) > 3:
            others.append(lambda: work.documents.remove([chance.choice(self.documents)]))
        if chance.random() < 0.3 and len(self.tags) > 3:
            others.append(lambda: work.tags.remove(tag))
        if chance.random() < 0.5:
            others.append(self.make_tag)
        some: list[Callable[[], object]] = [
            lambda: work.taggings.add(tag, self.some(self.documents)),
            lambda: work.highlights.tag(tag, self.some(self.highlights)),
        ]
        return chance.choice(some if chance.random() < 0.5 else others)

    def mark(self) -> None:
        of = self.chance.choice(self.documents)
        text = self.work.texts.get(of)
        anchor = anchor_at(text.version, text.canonical, 0, 9)
        uuid = str(self.chance.random())
        self.work.highlights.add(
            Highlight(0, uuid, of, anchor, "yellow", MarkStyle.FILL, "", MOMENT, MOMENT)
        )

    def make_tag(self) -> None:
        name = str(self.chance.random())
        parent = self.chance.choice([None, *self.tags])
        self.work.tags.add(collection=1, name=name, colour="#336699", parent=parent)


def changed_again_and_again(store: Store, times: int, seed: int) -> None:
    chance = random.Random(seed)
    with store.write() as work:
        for number in range(4):
            work.tags.add(collection=1, name=f"tag {number}", colour="#336699")
    for _ in range(times):
        with store.write() as work:
            for _ in range(chance.randint(1, 4)):
                Changes(work, chance).one()()
        with store.read() as snapshot:
            counts = snapshot.tags.counts()
            assert (
                counts.documents,
                counts.highlights,
                counts.documents_below,
                counts.highlights_below,
            ) == as_it_is(snapshot)
    assert [each for each in store.verify() if "original" not in each.what] == []


def test_tags_are_counted_right_after_any_change(store: Store, bring) -> None:
    bring(*(f"Document {number}" for number in range(9)))
    changed_again_and_again(store, 25, seed=1)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 6))
def test_tags_are_counted_right_after_any_of_many_changes(store: Store, bring, seed: int) -> None:
    bring(*(f"Document {number}" for number in range(30)))
    changed_again_and_again(store, 200, seed)


def test_each_change_of_tags_is_another_state_and_no_other_change_is(store: Store, bring) -> None:
    (one,) = bring("One")
    states = []

    def note() -> str:
        with store.read() as snapshot:
            states.append(snapshot.tags.state())
        return states[-1]

    note()
    with store.write() as work:
        tag = work.tags.add(collection=1, name="place", colour="#336699")
    assert note() not in states[:-1]
    with store.write() as work:
        work.taggings.add(tag.id, [one])
    assert note() == states[-2]
    with store.write() as work:
        work.collections.add("Actors")
    assert note() not in states[:-1]
    with store.write() as work:
        work.tags.remove(tag.id)
    assert note() not in states[:-1]


def test_after_a_restore_tags_are_read_anew(store: Store, clock) -> None:
    def names() -> list[str]:
        with store.read() as snapshot:
            return snapshot.of_tags("names", lambda: [tag.name for tag in snapshot.tags.all()])

    with store.write() as work:
        one = work.tags.add(collection=1, name="one", colour="#336699")
    assert names() == ["one"]
    backup = store.backup()
    with store.write() as work:
        work.tags.remove(one.id)
        work.tags.add(collection=1, name="two", colour="#336699")
    assert names() == ["two"]
    clock.on(minutes=1)
    store.restore(backup)
    assert names() == ["one"]
    with store.write() as work:
        work.tags.add(collection=1, name="three", colour="#336699")
        work.tags.remove(one.id)
    assert names() == ["three"]


def test_what_was_made_of_tags_that_never_came_to_be_is_not_kept(store: Store) -> None:
    def names(snapshot: Snapshot) -> list[str]:
        return snapshot.of_tags("names", lambda: [tag.name for tag in snapshot.tags.all()])

    with pytest.raises(ZeroDivisionError), store.write() as work:
        work.tags.add(collection=1, name="never", colour="#336699")
        assert names(work) == ["never"]
        raise ZeroDivisionError
    with store.write() as work:
        work.tags.add(collection=1, name="one", colour="#336699")
        assert names(work) == ["one"]
    with store.read() as snapshot:
        assert names(snapshot) == ["one"]
