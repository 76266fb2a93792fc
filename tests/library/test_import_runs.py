"""The history of imports: kept, told again, resumed, dismissed, and one step of undo."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from desktop_app.core.errors import DiskTrouble, Problem
from desktop_app.library.commands import SetStarred
from desktop_app.library.import_runs import RunState
from desktop_app.library.library import Library
from desktop_app.library.outcomes import Outcome, OutcomeKind
from desktop_app.library.tags.tidying import DeleteTag
from tests.formats.mails_for_tests import mail


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(700):
        (folder / f"{number:03}.txt").write_text(f"Text number {number} about a harbour.\n")
    (folder / "000.json").write_text("{}")
    return folder


def stop_after(library: Library, files: Path, number: int, **named: object) -> list[Outcome]:
    """Import, and stop when so many outcomes were told."""
    stop = threading.Event()
    outcomes: list[Outcome] = []

    def say(outcome: Outcome) -> None:
        outcomes.append(outcome)
        if len(outcomes) == number:
            stop.set()

    library.import_files([files], stop=stop, on_outcome=say, **named)  # type: ignore[arg-type]
    return outcomes


def test_what_an_import_told_is_in_the_history(library: Library, files: Path) -> None:
    told: list[Outcome] = []
    library.import_files([files], on_outcome=told.append)
    (run,) = library.import_runs()
    assert (run.state, run.paths) == (RunState.DONE, (files,))
    assert run.counts == {OutcomeKind.IMPORTED: 700, OutcomeKind.REFUSED: 1}
    assert run.ended_at is not None
    assert library.import_outcomes(run.id) == told
    refused = library.import_outcomes(run.id, kinds=[OutcomeKind.REFUSED])
    assert [Path(outcome.path).name for outcome in refused] == ["000.json"]
    assert library.import_outcomes(run.id, start=2, limit=3) == told[2:5]
    assert library.interrupted_imports() == []
    with pytest.raises(Problem, match="come to its end"):
        library.resume_import(run.id)


def test_a_stopped_import_goes_on_where_it_was_and_is_one_step_of_undo(
    library: Library, files: Path
) -> None:
    first = stop_after(library, files, 100, tag="harbours")
    assert 100 <= len(first) < 701
    (run,) = library.interrupted_imports()
    assert run.state is RunState.STOPPED
    library.run(SetStarred((1,), True))
    rest: list[Outcome] = []
    done = library.resume_import(run.id, on_outcome=rest.append)
    assert len(first) + len(rest) == 701
    assert (done.done, done.found, done.imported, done.refused) == (701, 701, 700, 1)
    assert library.import_outcomes(run.id) == [*first, *rest]
    assert library.interrupted_imports() == []
    (tag,) = [t.id for t in library.tag_tree().tags if t.name == "harbours"]
    assert library.tag_tree().own[tag] == 700
    assert library.undo().name == "Star 1 document"
    assert library.undo().name == "Import 700 documents"
    assert (library.counts().all, library.counts().trash) == (0, 700)


def test_an_import_undone_before_it_is_resumed_leaves_the_rest_as_a_step(
    library: Library, files: Path
) -> None:
    first = stop_after(library, files, 100)
    library.undo()
    library.resume_import(library.interrupted_imports()[0].id)
    brought = sum(outcome.kind is OutcomeKind.IMPORTED for outcome in first)
    assert library.counts().trash == brought
    assert library.undo_name() == f"Import {700 - brought} documents"
    library.undo()
    assert library.counts().all == 0


def test_a_dismissed_import_is_offered_no_more(library: Library, files: Path) -> None:
    stop_after(library, files, 100)
    (run,) = library.interrupted_imports()
    library.dismiss_import(run.id)
    assert library.interrupted_imports() == []
    assert library.import_runs()[0].state is RunState.DISMISSED
    with pytest.raises(Problem):
        library.resume_import(run.id)


def test_the_history_keeps_the_newest_hundred(library: Library, tmp_path: Path) -> None:
    one = tmp_path / "one.txt"
    one.write_text("One.")
    with library._store.write() as work:
        for _ in range(120):
            run = work.imports.begin([one], None, keep=100)
            work.imports.set_state(run, RunState.DONE)
    library.import_files([one])
    assert len(library.import_runs()) == 100
    assert library.import_runs()[0].counts == {OutcomeKind.IMPORTED: 1}


def test_an_import_that_a_crash_ended_is_known_at_the_next_opening(
    library: Library, files: Path, tmp_path: Path, worker
) -> None:
    first = stop_after(library, files, 100)
    (run,) = library.interrupted_imports()
    folder = library.folder
    with library._store.write() as work:  # as a crash would leave it
        work.imports.set_state(run.id, RunState.RUNNING)
        work.undo_steps.thin(keep=0)
        work.connection.exec_driver_sql("UPDATE import_run SET undo_step = NULL")
    library.close()
    again = Library.open(folder, cache=tmp_path / "cache", index="inline", worker=worker)
    try:
        (found,) = again.interrupted_imports()
        assert (found.id, found.state) == (run.id, RunState.INTERRUPTED)
        brought = sum(outcome.kind is OutcomeKind.IMPORTED for outcome in first)
        assert again.undo_name() == f"Import {brought} documents"
        again.resume_import(run.id)
        assert again.undo_name() == "Import 700 documents"
    finally:
        again.close()


def test_a_tag_that_was_deleted_while_an_import_waited_does_not_keep_the_rest_out(
    library: Library, files: Path
) -> None:
    stop_after(library, files, 100, tag="harbours")
    (tag,) = [t.id for t in library.tag_tree().tags if t.name == "harbours"]
    library.run(DeleteTag(tag))
    library.resume_import(library.interrupted_imports()[0].id)
    assert library.counts().all == 700


def test_an_import_of_attachments_that_was_stopped_is_not_to_be_resumed(
    library: Library, tmp_path: Path
) -> None:
    letter = mail("A letter.")
    letter.add_attachment(b"A list of ships.\n", "text", "plain", filename="ships.txt")
    path = tmp_path / "letter.eml"
    path.write_bytes(letter.as_bytes())
    outcomes: list[Outcome] = []
    library.import_files([path], on_outcome=outcomes.append)
    stop = threading.Event()
    stop.set()
    library.import_attachments(outcomes[0].document, [0], stop=stop)
    assert library.import_runs()[0].state is RunState.DISMISSED
    assert library.interrupted_imports() == []


def stop_writing(library: Library, *, stop: bool) -> None:
    """Have SQLite refuse every change, as on a full disk, or let it write again."""
    with library._store._database.alone() as connection:
        connection.execute(f"PRAGMA query_only = {'ON' if stop else 'OFF'}")


def import_into_a_full_disk(library: Library, files: Path, number: int) -> list[Outcome]:
    """Import while the disk gets full after so many outcomes."""
    outcomes: list[Outcome] = []

    def say(outcome: Outcome) -> None:
        outcomes.append(outcome)
        if len(outcomes) == number:
            stop_writing(library, stop=True)

    with pytest.raises(DiskTrouble):
        library.import_files([files], on_outcome=say)
    return outcomes


def test_an_import_that_a_full_disk_ended_goes_on_in_the_same_session(
    library: Library, files: Path
) -> None:
    first = import_into_a_full_disk(library, files, 100)
    (run,) = library.import_runs()  # the disk is still full
    assert (run.state, run.resumable) == (RunState.TROUBLE, True)
    assert run.ended_at is not None
    with pytest.raises(DiskTrouble):
        library.resume_import(run.id)
    stop_writing(library, stop=False)
    rest: list[Outcome] = []
    library.resume_import(run.id, on_outcome=rest.append)
    assert library.import_outcomes(run.id) == [*first, *rest]
    assert [run.state for run in library.import_runs()] == [RunState.DONE]
    assert library.undo().name == "Import 700 documents"


def test_what_a_full_disk_ended_can_be_undone_as_soon_as_there_is_room(
    library: Library, files: Path
) -> None:
    import_into_a_full_disk(library, files, 100)
    stop_writing(library, stop=False)
    report = library.undo()
    assert report.name.startswith("Import ")
    assert library.counts().all == 0
    assert library.counts().trash >= 100


def test_an_import_that_was_not_done_stays_in_the_history_until_it_is(
    library: Library, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.library.imports.KEPT_RUNS", 3)
    stop_after(library, files, 100)
    (stopped,) = library.interrupted_imports()
    for number in range(5):
        library.import_files([files / f"{number:03}.txt"])
    assert [run.id for run in library.interrupted_imports()] == [stopped.id]
    assert len(library.import_runs()) == 4
    library.dismiss_import(stopped.id)
    library.import_files([files / "005.txt"])
    assert len(library.import_runs()) == 3
