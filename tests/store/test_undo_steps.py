"""The undo log."""

from __future__ import annotations

from pathlib import Path

from desktop_app.store.store import Store


def test_steps_are_undone_from_the_newest_and_redone_from_the_oldest(store: Store) -> None:
    with store.write() as work:
        steps = work.undo_steps
        one, two, three = (steps.add(name, "[]") for name in ("one", "two", "three"))
        assert steps.newest(undone=True) is None
        for number in (three, two):
            assert steps.newest(undone=False).id == number
            steps.mark(number, undone=True)
        assert steps.newest(undone=False).id == one
        assert steps.newest(undone=True).id == two
        assert [(step.name, step.undone) for step in steps.all(10)] == [
            ("three", True),
            ("two", True),
            ("one", False),
        ]
        steps.forget_undone()
        assert steps.newest(undone=True) is None
        assert [step.id for step in steps.all(10)] == [one]


def test_steps_survive_a_restart(store: Store, folder: Path, clock) -> None:
    with store.write() as work:
        work.undo_steps.add("Tag 3 documents “siege”", '[["tagging", 1]]')
    store.close()
    with Store.open(folder) as again, again.read() as snapshot:
        step = snapshot.undo_steps.newest(undone=False)
        assert (step.name, step.commands) == ("Tag 3 documents “siege”", '[["tagging", 1]]')
        assert step.done_at == clock.now


def test_old_steps_are_forgotten(store: Store) -> None:
    with store.write() as work:
        for number in range(6):
            work.undo_steps.add(str(number), "[]")
        work.undo_steps.thin(keep=2)
        assert [step.name for step in work.undo_steps.all(10)] == ["5", "4"]
        work.undo_steps.thin(keep=0)
        assert work.undo_steps.all(10) == []
