"""The whole way through the library, step by step, as a person would go it."""

from __future__ import annotations

from pathlib import Path

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.model import ReadState, Sort
from desktop_app.library.commands import SetStarred, SetState
from desktop_app.library.library import Library
from desktop_app.library.outcomes import Outcome, OutcomeKind
from desktop_app.library.tags.commands import CreateTag

QUAY = """How the quay at Halmar was rebuilt

Mar 25, 2016

By Anna Halm

For nine days the harbour board met behind closed doors. When it came out, the plan had changed.

The dry dock stayed closed through the winter. Crews worked in shifts.

Source: The Coast Ledger
"""
PILOTS = "# What do the pilots want now?\n\nA berth beside the **dry dock**, and a say in it.\n"
MINUTES = (
    "<html><head><title>Minutes, works committee</title></head><body><article>"
    "<h1>Minutes, works committee</h1><p>The committee met in the old customs house and heard"
    " about the gates.</p><p>Nobody spoke of the winter.</p></article></body></html>"
)


def test_the_ten_steps_through_the_library(tmp_path: Path) -> None:
    files = tmp_path / "saved"
    files.mkdir()
    (files / "quay.txt").write_text(QUAY)
    (files / "pilots.md").write_text(PILOTS)
    (files / "minutes.html").write_text(MINUTES)
    library = Library.open(tmp_path / "library", cache=tmp_path / "cache")
    heard: list[Changes] = []
    library.listen(heard.append)

    # 1-4: files dropped, read in the worker, hashed, kept with their originals
    outcomes: list[Outcome] = []
    library.import_files([files], on_outcome=outcomes.append)
    assert [outcome.kind for outcome in outcomes] == [OutcomeKind.IMPORTED] * 3
    minutes, pilots, quay = (outcome.document or 0 for outcome in outcomes)
    assert library.original(quay) == ("quay.txt", QUAY.encode())

    # 5: the window hears of it
    assert heard[0].touches(Kind.ADDED)
    assert {d for changes in heard for d in changes.documents} == {minutes, pilots, quay}
    assert library.counts().inbox == 3

    # 6: indexed
    assert library.wait_until_searchable(60)

    # 7: opened
    (document,) = library.documents([quay])
    assert document.title == "How the quay at Halmar was rebuilt"
    assert str(document.facts.published) == "2016-03-25"
    assert document.facts.authors == ("Anna Halm",)
    assert document.facts.source == "The Coast Ledger"
    text = library.text(quay)
    assert "The dry dock stayed closed through the winter." in text.canonical

    # 8: tagged, marked
    library.run(CreateTag("ports/dry dock", documents=(quay, pilots)))
    library.run(SetState((quay,), ReadState.READ))
    library.run(SetStarred((quay,), True))
    assert library.counts().untagged == 1

    # 9: searched
    found = library.search('"dry dock"', sort=Sort.RELEVANCE)
    assert set(found.ids) == {quay, pilots}
    assert set(library.search("winter").ids) == {quay, minutes}
    assert set(library.search("winter -committee").ids) == {quay}
    assert set(library.search("tag:ports is:starred date:2016").ids) == {quay}
    assert set(library.search("work* OR berth").ids) == {quay, pilots, minutes}

    # 10: the hit's place is the place in the text
    hit = library.hits(found, [quay])[quay]
    (start, end), *_ = library.matches(found, quay)
    assert text.canonical[start:end].lower().startswith("dry")
    assert any("dry dock" in passage.text for passage in hit.passages)

    # undone, closed, and all of it found again
    library.undo()
    library.close()
    library = Library.open(tmp_path / "library", cache=tmp_path / "cache")
    (document,) = library.documents([quay])
    assert (document.state, document.starred) == (ReadState.READ, False)
    assert library.undo_name() == "Mark 1 document read"
    assert library.wait_until_searchable(60)
    assert set(library.search("tag:ports").ids) == {quay, pilots}
    assert set(library.search('"dry dock"').ids) == {quay, pilots}
    assert library.verify() == []
    library.close()
