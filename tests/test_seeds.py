"""The starter library: that every document of it is read as it should be, and says what is true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app import paths
from desktop_app.cli.run import VERBS
from desktop_app.core.codebook import Codebook
from desktop_app.core.dates import PartialDate
from desktop_app.core.model import Facts
from desktop_app.core.query import parse
from desktop_app.formats.extract import Extract
from desktop_app.formats.facts.proposals import facts_from
from desktop_app.formats.file import File
from desktop_app.formats.process.worker import Worker
from desktop_app.library.codebooks.reading import read_codebook
from desktop_app.library.starter import DOCUMENT_SUFFIXES
from desktop_app.ui.actions.table import ACTIONS

SEEDS = sorted(path for path in paths.seeds().iterdir() if path.suffix in DOCUMENT_SUFFIXES)


@pytest.fixture(scope="module")
def read() -> Iterator[dict[str, tuple[Extract, Facts]]]:
    """Every starter document as it is read, by file name."""
    worker = Worker()
    try:
        found = {}
        for path in SEEDS:
            extract = worker.extract(File(path.read_bytes(), path.name))
            found[path.name] = (extract, facts_from(extract.proposals, path.name))
        yield found
    finally:
        worker.close()


@pytest.fixture(scope="module")
def tags() -> Codebook:
    (path,) = paths.seeds().glob("*.tagset.json")
    read = read_codebook(path)
    assert read.notes == ()
    (codebook,) = read.codebooks
    return codebook


def test_there_are_six_to_ten_documents_of_three_kinds() -> None:
    assert 6 <= len(SEEDS) <= 10
    assert {path.suffix for path in SEEDS} == {".txt", ".md", ".html"}


def test_every_document_is_read_without_a_warning(
    read: dict[str, tuple[Extract, Facts]],
) -> None:
    for name, (extract, facts) in read.items():
        assert extract.warning is None, name
        assert extract.words > 100, name
        assert facts.language == "en", name


SAMPLE = {
    "sample-coast-ledger.html": Facts(
        "How the quay at Halmar was rebuilt",
        authors=("Ilse Brandt",),
        source="The Coast Ledger",
        published=PartialDate(2016, 3, 25),
    ),
    "sample-harbour-view.txt": Facts(
        "Yard to leave Hallmar after closed-door talks",
        authors=("Harbour View Staff",),
        source="Harbour View",
        published=PartialDate(2016, 3, 27),
    ),
    "sample-weekly-review.txt": Facts(
        "What do the pilots want now?",
        authors=("Per Holm",),
        source="Weekly Review",
        published=PartialDate(2015, 11, 21),
    ),
    "sample-minutes.md": Facts(
        "Minutes of the works committee",
        source="Harbour Board of Halmar",
        published=PartialDate(2016, 2, 4),
    ),
}


@pytest.mark.parametrize("name", SAMPLE)
def test_the_sample_shows_how_facts_are_proposed(
    read: dict[str, tuple[Extract, Facts]], name: str
) -> None:
    found, wanted = read[name][1], SAMPLE[name]
    assert (found.title, found.authors, found.source, found.published) == (
        wanted.title,
        wanted.authors,
        wanted.source,
        wanted.published,
    )


def test_nothing_of_the_manual_is_lost_as_page_furniture(
    read: dict[str, tuple[Extract, Facts]],
) -> None:
    page = read["manual-3-tags.html"][0].text.canonical
    assert "A tag is a word of your own" in page
    assert "Field notes::place/Halmar" in page
    for heading in ("Putting a tag on", "Tags inside tags", "Collections"):
        assert heading in page.split("\n")


def test_the_doubled_headline_of_the_sample_is_folded(
    read: dict[str, tuple[Extract, Facts]],
) -> None:
    assert "headline" in {fold.kind for fold in read["sample-harbour-view.txt"][0].text.folds}


def test_every_tagging_names_a_document_that_is_there(tags: Codebook) -> None:
    names = {path.name for path in SEEDS}
    tagged = {coding.file_name for coding in tags.codings}
    assert tagged < names
    assert names - tagged == {"sample-minutes.md"}  # so that the inbox is not empty


def test_every_tag_says_what_it_means(tags: Codebook) -> None:
    assert tags.description and tags.author and tags.licence
    assert len(tags.tags) >= 9
    assert all(tag.definition for tag in tags.tags)


def test_every_key_of_the_manual_is_in_the_table_of_actions() -> None:
    known = {key for action in ACTIONS for key in action.keys}
    manual = (paths.seeds() / "manual-6-keys.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| (`[^|]*) \|", manual)
    keys = {key for row in rows for key in re.findall(r"`([^`]+)`", row)}
    assert len(keys) > 20
    assert keys <= known


def test_every_example_of_a_search_means_something() -> None:
    manual = (paths.seeds() / "manual-4-searching.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| (`[^|]*) \|", manual)
    examples = [example for row in rows for example in re.findall(r"`([^`]+)`", row)]
    assert len(examples) > 15
    for example in examples:
        query = parse(example)
        assert query.problems == (), example
        assert query.notes == (), example
    assert parse("date:2016-13").problems


def test_every_verb_of_the_manual_is_one() -> None:
    manual = (paths.seeds() / "manual-6-keys.md").read_text(encoding="utf-8")
    used = re.findall(r"(?m)^    postil (\w+)", manual)
    assert used
    assert set(used) <= VERBS.keys()


def test_the_manual_speaks_of_nothing_that_is_not_there() -> None:
    for path in SEEDS:
        text = path.read_text(encoding="utf-8").lower()
        for later in ("timeline", "matrix", "compare versions"):
            assert later not in text, (path.name, later)


def test_the_files_are_ours_to_give(read: dict[str, tuple[Extract, Facts]]) -> None:
    addresses = {
        address
        for path in SEEDS
        for address in re.findall(r"https?://([^/\s\"]+)", Path(path).read_text(encoding="utf-8"))
    }
    assert all(address.endswith(".example") for address in addresses)
