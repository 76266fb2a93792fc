"""What a reader of three articles counts by hand, asked of the search.

The articles lie among the real documents from outside and are told apart by the numbers of their
files: 000 is the news of an institute on a member of the group, 002 a newspaper's report on its
plans with a date, a byline and readers' comments, 003 the same report told again by somebody else,
with names written otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.core.model import FactName
from desktop_app.core.query import parse
from desktop_app.core.query_edit import widened
from desktop_app.formats.process.worker import Worker
from desktop_app.library.answer import Answer
from desktop_app.library.commands import SetFacts
from desktop_app.library.family_commands import JoinSpellings
from desktop_app.library.highlight_commands import AddHighlight
from desktop_app.library.library import Library

pytestmark = pytest.mark.corpus


class Articles:
    """The three articles in a library, called by the numbers of their files."""

    def __init__(self, library: Library, folder: Path) -> None:
        self.library = library
        library.import_files(sorted((folder / "articles").glob("*.txt")))
        library.wait_until_folded()
        library.wait_until_searchable()
        documents = library.documents(list(library.search("").ids))
        found = {document.file_name[:3]: document.id for document in documents}
        assert sorted(found) == ["000", "002", "003"]
        self.ids = found
        self._names = {id_: name for name, id_ in found.items()}

    def ask(self, query: str) -> Answer:
        self.library.wait_until_searchable()
        answer = self.library.search(query)
        assert not answer.errors and not answer.behind
        return answer

    def counts(self, query: str) -> dict[str, int]:
        """For each article that a query finds the number of its matches."""
        answer = self.ask(query)
        return {
            self._names[id_]: len(self.library.matches(answer, id_)) for id_ in sorted(answer.ids)
        }

    def mark(self, name: str, words: str, note: str = "") -> int:
        text = self.library.text(self.ids[name])
        start = text.canonical.index(words)
        end = start + len(words)
        self.library.run(AddHighlight(self.ids[name], text.version, start, end, note=note))
        return max(mark.id for mark in self.library.marks.of(self.ids[name]))


@pytest.fixture(scope="module")
def articles(
    corpus: Path, tmp_path_factory: pytest.TempPathFactory, worker: Worker
) -> Iterator[Articles]:
    folder = tmp_path_factory.mktemp("articles")
    library = Library.open(
        folder / "library", cache=folder / "cache", index="inline", worker=worker
    )
    yield Articles(library, corpus)
    library.close()


# In 003: "the Syrian town of Tabqa", "the mood in Tabqa", "In and around Tabqa".
# In 002 the first two, each with an h at the end; the last paragraph is not in it.
def test_tabqa_gives_one_report_and_with_its_similar_words_the_other(articles: Articles) -> None:
    assert articles.counts("tabqa") == {"003": 3}
    (near,) = (each for each in articles.library.spellings("tabqa").near if each.forms == "tabqah")
    assert near.documents == 1
    asked = parse("tabqa")
    (part,) = asked.parts()
    both = widened("tabqa", part, near.forms)
    assert articles.counts(both) == {"002": 2, "003": 3}
    for query in ("tabqa~", "tabqa*", "ta?qa*", "tabqa OR tabqah", "tabqa | tabqah"):
        assert articles.counts(query) == {"002": 2, "003": 3}, query


# Said once in each: on interviews in 000, and "had dispatched foreign fighters" in the reports. 000
# has "the French foreign fighter contingent" besides; both reports "the estimated 25,000 fighters".
def test_a_phrase_is_its_exact_words(articles: Articles) -> None:
    assert articles.counts('"foreign fighters"') == {"000": 1, "002": 1, "003": 1}
    assert articles.counts('"foreign fighter"') == {"000": 1}
    assert articles.counts("foreign fighters") == {"000": 4, "002": 3, "003": 3}
    assert articles.counts("=fighters") == {"000": 1, "002": 2, "003": 2}


# "leaders gathered in the Syrian town of Tabqa": seven steps. "the mood in Tabqa that evening in
# early November was triumphant. Senior leaders": nine, the other way round. So none is within five.
def test_leaders_near_tabqa_are_counted_by_words(articles: Articles) -> None:
    assert articles.counts("leaders NEAR/5 tabqa*") == {}
    assert articles.counts("leaders NEAR/6 tabqa*") == {}
    assert articles.counts("leaders NEAR/7 tabqa*") == {"002": 1, "003": 1}
    assert articles.counts("leaders NEAR/8 tabqa*") == {"002": 1, "003": 1}
    assert articles.counts("leaders NEAR/9 tabqa*") == {"002": 2, "003": 2}
    assert articles.counts("leaders BEFORE/9 tabqa*") == {"002": 1, "003": 1}
    assert articles.counts("tabqa* BEFORE/9 leaders") == {"002": 1, "003": 1}
    assert articles.counts('"leaders gathered" NEAR/6 tabqa') == {"003": 1}


# "(also known as IS or ISIS)" in 000; the reports write ISIS or Isis, and "is" in small letters.
def test_a_word_as_it_is_written_is_not_the_same_word_in_small_letters(articles: Articles) -> None:
    assert articles.counts("=IS") == {"000": 1}
    assert articles.counts("is")["002"] > 1
    assert articles.counts("=ISIS") == {"000": 1, "003": 9}
    assert articles.counts("=Isis") == {"002": 9, "003": 3}
    assert articles.counts("isis") == {"000": 1, "002": 9, "003": 12}


# Folded away in 002: the title once more, the credit of the photo, and the comments, whose first line
# has the title again and whose first reader writes "bastards like ISIS".
def test_what_is_folded_away_is_found_when_it_is_asked_for(articles: Articles) -> None:
    assert articles.counts("isis in:all") == {"000": 3, "002": 12, "003": 12}
    assert articles.counts("cancer") == {}
    assert articles.counts("cancer in:all") == {"002": 4}


# 002 says "Mar 25, 2016" and "Source: The Guardian"; 000 "21st November 2016" and ICSR; 003 neither.
def test_the_newspapers_report_is_found_by_its_date_and_source(articles: Articles) -> None:
    assert articles.counts("date:2016-03 source:guardian") == {"002": 0}
    assert articles.counts("date:2016 source:guardian isis") == {"002": 9}
    assert articles.counts("date:2016") == {"000": 0, "002": 0}
    assert articles.counts("date:none") == {"003": 0}
    assert articles.counts("author:chulov") == {"002": 0}
    assert articles.counts("source:guardian OR date:2016-11") == {"000": 0, "002": 0}
    articles.library.run(SetFacts((articles.ids["003"],), {FactName.SOURCE: "The Guardian"}))
    assert articles.counts("source:guardian") == {"002": 0, "003": 0}
    articles.library.undo()
    assert articles.counts("source:guardian") == {"002": 0}


# "Rachid Kassim" twice, "Kassim commented", "Kassim's channel". Attacks: "attacks in European
# countries", "in these attacks", "a small attack", "a big attack", "[the attackers]", "an attack
# there" in 000; "the Paris attacks", "attack plans" in 002; these, "to begin attacks", "big attacks" in
# 003.
def test_other_words_are_counted_as_a_reader_counts_them(articles: Articles) -> None:
    assert articles.counts("kassim") == {"000": 4}
    assert articles.counts("attack*") == {"000": 6, "002": 2, "003": 4}
    assert articles.counts("al-baghdadi") == {"002": 1, "003": 1}
    assert articles.counts("baghdadi") == {"002": 1, "003": 1}
    assert articles.counts("bagdadi") == {}
    assert articles.counts("bagdadi~") == {"002": 1, "003": 1}
    assert articles.counts("isis -tabqa*") == {"000": 1}


def test_a_name_is_found_in_the_spellings_that_were_joined(articles: Articles) -> None:
    assert articles.counts("name:tabqa") == {"003": 3}
    articles.library.run(JoinSpellings(("tabqa", "tabqah")))
    assert articles.counts("name:tabqa") == articles.counts("name:tabqah") == {"002": 2, "003": 3}
    assert articles.counts("leaders NEAR/7 name:tabqah") == {"002": 1, "003": 1}
    articles.library.undo()
    assert articles.counts("name:tabqa") == {"003": 3}


# Four passages are marked; two say Isis, and the note at one of these speaks of Turkey.
def test_passages_on_isis_that_do_not_speak_of_turkey(articles: Articles) -> None:
    seen = articles.mark("003", "ISIS leaders saw opportunity")
    compared = articles.mark("002", "two Isis members", note="What does Turkey say?")
    articles.mark("002", "the Sinai in Egypt")
    articles.mark("000", "terrorism in the West", note="in the west only")
    found = articles.ask("isis -turkey find:passages")
    assert found.highlights is not None and list(found.highlights) == [seen]
    assert list(found.ids) == [articles.ids["003"]]
    both = articles.ask("isis find:passages")
    assert both.highlights is not None and set(both.highlights) == {seen, compared}
    assert articles.counts("quote:isis") == {"002": 0, "003": 0}
    assert articles.counts("note:turkey") == {"002": 0}
    assert articles.counts("same:passage(isis note:turkey)") == {"002": 0}
    assert articles.counts("same:passage(sinai note:turkey)") == {}
    for _ in range(4):
        articles.library.undo()
    assert articles.counts("quote:isis") == {}
