"""Files into the library, and one clear outcome for each of them whatever it is."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from desktop_app.library.import_items import Item
from desktop_app.library.library import Library
from desktop_app.library.outcomes import Outcome, OutcomeKind, Progress
from desktop_app.library.reading_ahead import ReadingAhead
from tests.library.conftest import Bring


def outcomes_of(library: Library, *paths: Path) -> list[Outcome]:
    outcomes: list[Outcome] = []
    library.import_files(paths, on_outcome=outcomes.append)
    return outcomes


def test_a_folder_is_imported_once_and_known_afterwards(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "saved" / "deep"
    folder.mkdir(parents=True)
    (folder / "one.txt").write_text("One text about a harbour.\n")
    (folder.parent / "two.md").write_text("# Two\n\nAnother *text*.\n")
    (folder.parent / "three.html").write_text("<title>Three</title><p>A third text.</p>")
    first = outcomes_of(library, tmp_path / "saved")
    assert [outcome.kind for outcome in first] == [OutcomeKind.IMPORTED] * 3
    assert len({outcome.document for outcome in first}) == 3
    again = outcomes_of(library, tmp_path / "saved")
    assert [outcome.kind for outcome in again] == [OutcomeKind.KNOWN] * 3
    assert [outcome.document for outcome in again] == [outcome.document for outcome in first]
    assert library.counts().all == 3


def test_the_same_bytes_under_two_names_in_one_import_are_one_document(
    library: Library, bring: Bring
) -> None:
    first, second = bring("A text.\n", "A text.\n", names=["a.txt", "b.txt"])
    assert (first.kind, second.kind) == (OutcomeKind.IMPORTED, OutcomeKind.KNOWN)
    assert first.document == second.document


def test_the_same_bytes_are_judged_by_each_name_that_they_come_under(
    library: Library, bring: Bring
) -> None:
    text = '{"a": "some text that is also JSON"}'
    names = ["0.json", "1.json", "2.txt", "3.txt", "4.md"]
    outcomes = bring(*[text] * 5, names=names)
    assert [outcome.kind for outcome in outcomes] == [
        OutcomeKind.REFUSED,
        OutcomeKind.REFUSED,
        OutcomeKind.IMPORTED,
        OutcomeKind.KNOWN,
        OutcomeKind.KNOWN,
    ]
    assert outcomes[0].reason == outcomes[1].reason
    assert "JSON" in outcomes[0].reason
    assert library.counts().all == 1


def test_every_bad_file_has_one_clear_outcome_and_costs_no_other(
    library: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "bad"
    folder.mkdir()
    (folder / "00-good.txt").write_text("A good text.\n")
    (folder / "01-empty.txt").write_bytes(b"")
    (folder / "02-binary.txt").write_bytes(bytes(range(256)) * 64)
    (folder / "03-data.json").write_text('{"a": 1}')
    os.mkfifo(folder / "04-pipe.txt")
    (folder / "05-circle.txt").symlink_to(folder / "05-circle.txt")
    (folder / "06-link-to-folder").symlink_to(folder)
    (folder / "07-dangling.txt").symlink_to(folder / "nothing-there")
    (folder / ".hidden.txt").write_text("Hidden.\n")
    (Path(os.fsdecode(os.fsencode(folder) + b"/08-\xff\xfe.txt"))).write_text("A name of bytes.\n")
    (folder / "09-good.txt").write_text("Another good text.\n")
    outcomes = {Path(o.path).name: o for o in outcomes_of(library, folder, tmp_path / "gone.txt")}
    assert len(outcomes) == 12
    imported = sorted(name for name, o in outcomes.items() if o.kind is OutcomeKind.IMPORTED)
    assert [name[:3] for name in imported] == ["00-", "08-", "09-"]
    refused = {name: o.reason for name, o in outcomes.items() if o.kind is OutcomeKind.REFUSED}
    assert len(refused) == 9
    assert all(reason.endswith(".") and len(reason) > 10 for reason in refused.values())
    assert "empty" in refused["01-empty.txt"]
    assert "pipe" in refused["04-pipe.txt"]
    assert "circle" in refused["05-circle.txt"]
    assert "folder" in refused["06-link-to-folder"]
    assert "not there" in refused["07-dangling.txt"]
    assert "hidden" in refused[".hidden.txt"]
    assert "not there" in refused["gone.txt"]
    assert library.counts().all == 3
    assert library.verify() == []


def test_a_stopped_import_keeps_what_it_acknowledged_and_resumes(
    library: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number:03}.txt").write_text(f"Text number {number} about the harbour.\n")
    stop = threading.Event()
    outcomes: list[Outcome] = []

    def acknowledge(outcome: Outcome) -> None:
        outcomes.append(outcome)
        stop.set()

    last = library.import_files([folder], stop=stop, on_outcome=acknowledge)
    assert 0 < last.done == len(outcomes) < 400
    assert library.counts().all == len(outcomes)
    last = library.import_files([folder])
    assert last.imported == 400 - len(outcomes)
    assert library.counts().all == 400


def test_progress_counts_every_file_and_ends_with_all_done(
    library: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(50):
        (folder / f"{number:03}.txt").write_text(f"Text number {number}.\n")
    said: list[Progress] = []
    last = library.import_files([folder], on_progress=said.append)
    assert said[-1] == last
    assert (last.done, last.found, last.imported, last.counting) == (50, 50, 50, False)


def test_an_import_is_undone_into_the_trash_and_redone_out_of_it(
    library: Library, bring: Bring
) -> None:
    bring("One text.\n", "Two texts.\n")
    assert library.undo_name() == "Import 2 documents"
    library.undo()
    assert (library.counts().all, library.counts().trash) == (0, 2)
    (outcome,) = bring("One text.\n", names=["one-again.txt"])
    assert outcome.kind is OutcomeKind.KNOWN
    assert "trash" in outcome.reason
    library.redo()
    assert (library.counts().all, library.counts().trash) == (2, 0)


def test_documents_of_an_import_get_the_tag_that_was_asked_for(
    library: Library, tmp_path: Path
) -> None:
    (tmp_path / "one.txt").write_text("One text.\n")
    library.import_files([tmp_path / "one.txt"], tag="inbox/May")
    tree = library.tag_tree()
    found = tree.find("inbox/May")
    assert found is not None
    assert tree.own[found.id] == 1


@pytest.mark.corpus
def test_the_three_articles_have_their_titles_dates_and_sources(
    library: Library, corpus: Path
) -> None:
    outcomes = outcomes_of(library, corpus / "articles")
    assert [outcome.kind for outcome in outcomes] == [OutcomeKind.IMPORTED] * 3
    one, two, three = library.documents([outcome.document or 0 for outcome in outcomes])
    assert one.title == "Influential ISIS Member: Group will Shift Towards Terrorism in the West"
    assert (str(one.facts.published), one.facts.source) == ("2016-11-21", "ICSR")
    assert two.title == "How Isis laid out its plans to export chaos to Europe"
    assert (str(two.facts.published), two.facts.source) == ("2016-03-25", "The Guardian")
    assert two.facts.authors == ("Martin Chulov",)
    assert three.title == "BACKGROUND : How Islamic State Decided to Bomb Europe"
    again = outcomes_of(library, corpus / "articles")
    assert [outcome.kind for outcome in again] == [OutcomeKind.KNOWN] * 3


@pytest.mark.corpus
@pytest.mark.parametrize(
    "every", [pytest.param(6, id="some"), pytest.param(1, id="all", marks=pytest.mark.long)]
)
def test_all_saved_pages_are_imported(library: Library, corpus: Path, every: int) -> None:
    pages = sorted((corpus / "html").iterdir())
    assert len(pages) == 102
    outcomes = outcomes_of(library, *pages[::every])
    assert len(outcomes) == 102 // every
    assert {outcome.kind for outcome in outcomes} == {OutcomeKind.IMPORTED}


def test_importing_a_file_again_puts_its_lost_original_back(library: Library, bring: Bring) -> None:
    bring("One text.\n", "Two texts.\n")
    kept = sorted((library.folder / "originals").glob("*/*"))
    kept[0].unlink()
    kept[1].write_bytes(b"Spoilt by now.\n")
    assert len(library.verify()) == 2
    outcomes = bring("One text.\n", "Two texts.\n")
    assert [outcome.kind for outcome in outcomes] == [OutcomeKind.KNOWN] * 2
    assert all("put back" in outcome.reason for outcome in outcomes)
    assert library.verify() == []


def test_a_place_that_the_system_refuses_costs_itself_alone(
    library: Library, tmp_path: Path
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"The text of {name}.\n")
    told: list[Outcome] = []
    refused = tmp_path / ("x" * 300) / "c.txt"
    library.import_files([tmp_path / "a.txt", refused, tmp_path / "b.txt"], on_outcome=told.append)
    assert [outcome.kind for outcome in told] == [
        OutcomeKind.IMPORTED,
        OutcomeKind.REFUSED,
        OutcomeKind.IMPORTED,
    ]


def test_what_is_new_is_told_while_what_is_known_is_still_looked_at(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(600):
        (folder / f"{number:04}.txt").write_text("The same text in all.\n")
    library.import_files([folder / "0001.txt"])
    (folder / "0000.txt").write_text("It is new, and stands at the front.\n")
    told: list[Outcome] = []
    told_at_last = 0
    chunk = ReadingAhead.chunk

    def slowly(ahead: ReadingAhead) -> list[Item]:
        nonlocal told_at_last
        told_at_last = len(told)
        threading.Event().wait(0.05)
        return chunk(ahead)

    monkeypatch.setattr(ReadingAhead, "chunk", slowly)
    library.import_files([folder], on_outcome=told.append)
    assert told_at_last > 100
    assert len(told) == 600
