"""Real documents from outside: what comes out is what a reader would expect."""

import gzip
import json
import re
from collections import Counter

import pytest
import trafilatura

from desktop_app.formats.extract import Refused
from desktop_app.formats.facts.proposals import facts_from
from desktop_app.formats.file import File
from desktop_app.formats.limits import Limits
from desktop_app.formats.reading import read
from tests.benchmarks.main_content import folded_of_article

pytestmark = pytest.mark.corpus
LIMITS = Limits()


def facts_of(path):
    return facts_from(read(File(path.read_bytes(), path.name), LIMITS).proposals, path.name)


def test_the_articles_have_their_titles_dates_and_sources(corpus):
    first, second, third = (facts_of(path) for path in sorted((corpus / "articles").iterdir()))
    assert first.title == "Influential ISIS Member: Group will Shift Towards Terrorism in the West"
    assert (str(first.published), first.source) == ("2016-11-21", "ICSR")
    assert second.title == "How Isis laid out its plans to export chaos to Europe"
    assert (str(second.published), second.source) == ("2016-03-25", "The Guardian")
    assert second.authors == ("Martin Chulov",)
    assert third.title == "BACKGROUND : How Islamic State Decided to Bomb Europe"
    assert third.published is None
    assert {facts.language for facts in (first, second, third)} == {"en"}


def test_what_is_not_the_article_is_folded_and_every_sentence_of_it_stays_open(corpus):
    kinds = []
    for path in sorted((corpus / "articles").iterdir()):
        extract = read(File(path.read_bytes(), path.name), LIMITS)
        canonical = extract.text.canonical
        kinds.append([fold.kind for fold in extract.folds])
        folded = "\n".join(canonical[fold.start : fold.end] for fold in extract.folds)
        article = canonical.partition("4 comments on")[0]
        left = [line for line in article.split("\n") if len(line) > 120]
        assert all(line not in folded for line in left)
        assert "Source: The Guardian" not in folded
    assert kinds == [
        ["headline", "newsletter"],
        ["headline", "photo credit", "comments"],
        ["headline"],
    ]


@pytest.fixture(
    scope="module",
    params=[pytest.param(3, id="some"), pytest.param(1, id="all", marks=pytest.mark.long)],
)
def pages(request, corpus):
    """What is read of saved pages, with their paths: of each third, or of all."""
    paths = sorted((corpus / "html").iterdir())
    assert len(paths) == 102
    return {
        path: read(File(path.read_bytes(), path.name), LIMITS) for path in paths[:: request.param]
    }


@pytest.fixture(scope="module")
def truths(corpus):
    """The articles of the saved pages, by the names of their files."""
    return json.loads((corpus / "html-ground-truth.json").read_text())


def test_next_to_nothing_of_an_article_is_folded(pages, truths):
    folded = article = 0
    for path, extract in pages.items():
        truth = truths[path.name.partition(".")[0]]["articleBody"]
        folded += folded_of_article(extract.text, truth)[0]
        article += sum(len(word) for word in re.findall(r"\w+", truth))
    assert folded <= 0.003 * article


def score(text, truth):
    ours, theirs = (Counter(re.findall(r"\w+", one.lower())) for one in (text, truth))
    shared = sum((ours & theirs).values())
    return 2 * shared / ((sum(ours.values()) + sum(theirs.values())) or 1)


def test_every_page_is_read_and_nothing_of_its_article_is_lost(pages, truths):
    ours, theirs = [], []
    for path, extract in pages.items():
        assert extract.warning is None, path.name
        truth = truths[path.name.partition(".")[0]]["articleBody"]
        page = gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
        reference = trafilatura.extract(page, fast=True, include_comments=False) or ""
        ours.append(score(extract.text.canonical, truth))
        theirs.append(score(reference, truth))
    assert sum(ours) / len(ours) > sum(theirs) / len(ours) - 0.005
    assert sum(ours) / len(ours) > 0.94


def test_pages_have_titles_languages_and_nearly_always_a_date(pages):
    facts = [facts_from(extract.proposals, path.name) for path, extract in pages.items()]
    assert all(len(fact.title) > 3 and not fact.title.endswith(".html") for fact in facts)
    assert sum(fact.published is None for fact in facts) <= 0.04 * len(facts)
    assert sum(fact.source is None for fact in facts) <= 0.04 * len(facts)
    assert sum(fact.language is None for fact in facts) <= 0.02 * len(facts)


def test_other_files_of_the_corpus_are_read_or_refused_by_name(corpus):
    for folder in ("txt", "md", "pdf", "epub", "docx", "odt", "rtf", "mhtml", "eml", "mbox"):
        for path in sorted((corpus / folder).rglob("*"))[:30]:
            if not path.is_file() or path.stat().st_size > LIMITS.file_bytes:
                continue
            try:
                extract = read(File(path.read_bytes(), path.name), LIMITS)
            except Refused as refused:
                assert folder not in ("txt", "md"), (path.name, refused.message)
            else:
                assert extract.words or folder not in ("txt", "md"), path.name
