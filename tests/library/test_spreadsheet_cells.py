"""What is written for a spreadsheet is never run by one, whichever table it stands in."""

from __future__ import annotations

import csv
import io

import pytest

from desktop_app.core.model import Tag, TagCollection
from desktop_app.library.codebooks.sheet import written_sheet
from desktop_app.library.outcomes import Outcome, OutcomeKind
from desktop_app.library.spreadsheet_cells import harmless
from desktop_app.library.tags.together import TagsTogether, together_csv
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.models.import_outcomes import as_csv, rows_of

RUN = ["=1+1", " =1+1", "\t=1+1", "+1", "-1", "@now", "＝1+1", "＠now", "\nx"]


@pytest.mark.parametrize("words", RUN, ids=range(len(RUN)))
def test_what_a_spreadsheet_would_run_begins_with_an_apostrophe_in_every_table(words: str) -> None:
    tree = TagTree((TagCollection(1, "a", words, True),), (Tag(1, "t", 1, None, "dam", "#4580b5"),))
    outcome = Outcome("/a/one.txt", OutcomeKind.IMPORTED, 1, words)
    tables = (
        together_csv(TagsTogether((1,)), tree),
        as_csv(rows_of([outcome])),
        written_sheet(["name"], [[words]], free=False),
    )
    for table in tables:
        cells = [cell for row in csv.reader(io.StringIO(table, newline="")) for cell in row]
        assert any(cell.startswith(f"'{words}") for cell in cells)
        assert not any(cell.startswith(words) for cell in cells)


def test_words_and_numbers_are_left_as_they_are() -> None:
    assert [harmless(cell) for cell in ("a=b", "", -1, None)] == ["a=b", "", -1, None]
