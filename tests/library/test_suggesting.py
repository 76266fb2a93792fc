"""What is offered while a query is typed."""

from __future__ import annotations

import pytest

from desktop_app.core.dates import PartialDate
from desktop_app.core.model import FactName
from desktop_app.core.query import parse
from desktop_app.library.commands import SetFacts, SetTrashed
from desktop_app.library.family_commands import JoinSpellings
from desktop_app.library.library import Library
from desktop_app.library.suggesting import MOST, Suggestion, SuggestionKind, taken
from desktop_app.library.tags.collection_commands import CreateCollection
from desktop_app.library.tags.commands import CreateTag

from .conftest import Bring

DATE, LANGUAGE, SOURCE = FactName.PUBLISHED, FactName.LANGUAGE, FactName.SOURCE


@pytest.fixture
def shelf(library: Library, bring: Bring) -> Library:
    texts = (
        "The dam at Tabqa was taken. Tabqa fell.",
        "In Tabqah the leaders of the siege met.",
        "A table of the sieges of Raqqa.",
        "Raqqa in the trash, with a tabernacle.",
    )
    ids = [outcome.document for outcome in bring(*texts)]
    one, two, three, gone = (each for each in ids if each is not None)
    library.run(SetFacts((one, two), {SOURCE: "The Guardian", LANGUAGE: "en-GB"}))
    library.run(SetFacts((three,), {SOURCE: "Guardian Weekly", LANGUAGE: "de"}))
    library.run(SetFacts((gone,), {SOURCE: "Gulf News"}))
    library.run(SetFacts((one,), {FactName.AUTHORS: ("Martin Chulov", "Ann Gull")}))
    library.run(SetFacts((two,), {FactName.AUTHORS: ("Martin Chulov",)}))
    library.run(SetFacts((one,), {DATE: PartialDate(2016, 3)}))
    library.run(SetFacts((two,), {DATE: PartialDate(2015)}))
    library.run(CreateTag("Actors/ISIS", documents=(one, two, gone)))
    library.run(CreateTag("State of war", documents=(three,)))
    library.run(SetTrashed((gone,), True))
    assert library.wait_until_searchable(60)
    return library


def offered(library: Library, marked: str) -> list[Suggestion]:
    """What is offered at the caret, which is written ^."""
    return list(library.suggest(marked.replace("^", ""), marked.index("^")))


def labels(library: Library, marked: str, kind: SuggestionKind) -> list[tuple[str, int | None]]:
    return [(each.label, each.documents) for each in offered(library, marked) if each.kind is kind]


def after(library: Library, marked: str, label: str) -> str:
    """The line once what is called so was taken, its caret written ^."""
    (chosen,) = (each for each in offered(library, marked) if each.label == label)
    line, caret = taken(marked.replace("^", ""), chosen)
    return f"{line[:caret]}^{line[caret:]}"


def test_fields_are_offered_by_their_beginning(shelf: Library) -> None:
    found = labels(shelf, "ti^", SuggestionKind.FIELD)
    assert found == [("title:", None)]
    assert after(shelf, "ti^", "title:") == "title:^"
    assert after(shelf, "raqqa -ti^", "title:") == "raqqa -title:^"
    assert after(shelf, "dup^", "dup:all") == "dup:all ^"
    assert after(shelf, "sam^", "same:passage(") == "same:passage(^"
    assert after(shelf, "t^itle:raqqa", "text") == "text:^raqqa"


def test_tags_are_offered_with_the_documents_that_carry_them(shelf: Library) -> None:
    tag = SuggestionKind.TAG
    assert labels(shelf, "tag:^", tag) == [("Actors", 2), ("Actors/ISIS", 2), ("State of war", 1)]
    assert labels(shelf, "tag:isi^", tag) == [("Actors/ISIS", 2)]
    assert labels(shelf, "#war^", tag) == [("State of war", 1)]
    assert after(shelf, "#war^", "State of war") == '#"State of war" ^'
    assert after(shelf, "raqqa tag:is^ dam", "Actors/ISIS") == "raqqa tag:Actors/ISIS ^dam"
    assert ("tag:Actors/ISIS", 2) in labels(shelf, "isi^", tag)


def test_tags_of_one_name_are_told_apart_by_their_collection(shelf: Library) -> None:
    shelf.run(CreateCollection("Thesis ch. 3"))
    shelf.run(CreateTag("Thesis ch. 3::State of war"))
    found = dict(labels(shelf, "tag:state^", SuggestionKind.TAG))
    assert found["Thesis ch. 3::State of war"] == 0
    assert len(found) == 2
    line = after(shelf, "tag:state^", "Thesis ch. 3::State of war").replace("^", "")
    (part,) = parse(line).parts()
    assert not parse(line).problems
    assert shelf.search(str(part)).total == 0


def test_sources_and_authors_are_counted_as_they_would_be_found(shelf: Library) -> None:
    source, author = SuggestionKind.SOURCE, SuggestionKind.AUTHOR
    assert labels(shelf, "source:guar^", source) == [("The Guardian", 2), ("Guardian Weekly", 1)]
    assert labels(shelf, "author:^", author) == [("Martin Chulov", 2), ("Ann Gull", 1)]
    assert labels(shelf, "author:gul^", author) == [("Ann Gull", 1)]
    assert labels(shelf, "source:gulf^", source) == []
    assert after(shelf, "source:the^", "The Guardian") == 'source:"The Guardian" ^'
    assert ("source:The Guardian", 2) in labels(shelf, "guard^", source)
    assert ("author:Martin Chulov", 2) in labels(shelf, "chu^", author)
    for each in offered(shelf, "source:^"):
        if each.documents is not None:
            assert shelf.search(f"source:{each.insert}").total == each.documents


def test_words_of_the_library_are_counted_as_they_would_be_found(shelf: Library) -> None:
    word = SuggestionKind.WORD
    found = labels(shelf, "tab^", word)
    assert found == [("table", 1), ("tabqa", 1), ("tabqah", 1)]
    for label, documents in labels(shelf, "sie^", word) + found:
        assert shelf.search(label).total == documents
    assert {label for label, _ in labels(shelf, "sie^", word)} == {"siege", "sieges"}
    for label, documents in labels(shelf, "title:tab^", word):
        assert shelf.search(f"title:{label}").total == documents
    assert labels(shelf, "t^", word) == []
    assert after(shelf, '"the tab^', "tabqa") == '"the tabqa ^'


def test_years_languages_and_types_are_those_of_the_library(shelf: Library) -> None:
    value = SuggestionKind.VALUE
    assert labels(shelf, "date:201^", value)[:2] == [("2016", 1), ("2015", 1)]
    assert labels(shelf, "lang:^", value)[:2] == [("en", 2), ("de", 1)]
    assert labels(shelf, "lang:germ^", value) == [("de", 1)]
    assert labels(shelf, "type:^", value) == [("text", 3)]
    for line in ("lang:en", "lang:de", "date:2016", "date:2015", "type:text"):
        field, _, name = line.partition(":")
        counts = dict(labels(shelf, f"{field}:^", value))
        assert shelf.search(line).total == counts[name]


def test_fixed_values_are_offered_with_what_they_mean(shelf: Library) -> None:
    (unread, untagged) = offered(shelf, "is:un^")
    assert (unread.label, unread.hint) == ("unread", "not opened yet")
    assert untagged.label == "untagged"
    assert [each.label for each in offered(shelf, "sort:-^")] == ["-date", "-added"]
    assert [each.label for each in offered(shelf, "find:^")] == ["passages"]
    assert after(shelf, "raqqa sort:-d^", "-date") == "raqqa sort:-date ^"


def test_every_fixed_value_can_be_asked_for(shelf: Library) -> None:
    for field in (
        "is",
        "has",
        "sort",
        "in",
        "dup",
        "find",
        "added",
        "words",
        "date",
        "tag",
        "lang",
    ):
        for each in offered(shelf, f"{field}:^"):
            assert not parse(f"{field}:{each.insert}").problems, f"{field}:{each.insert}"


def test_joined_spellings_are_offered_behind_name(shelf: Library) -> None:
    shelf.run(JoinSpellings(("tabqa", "tabqah", "al-Tabqa")))
    (found,) = labels(shelf, "name:tabq^", SuggestionKind.NAME)
    assert found[0] == "tabqa"
    assert after(shelf, "name:al^", "al tabqa") == 'name:"al tabqa" ^'


def test_what_was_asked_before_is_offered_for_the_whole_line(shelf: Library) -> None:
    for query in ("raqqa siege", "raqqa OR mosul", "tabqa dam"):
        shelf.searches.note(query)
    recent = SuggestionKind.RECENT
    assert [label for label, _ in labels(shelf, "^", recent)] == [
        "tabqa dam",
        "raqqa OR mosul",
        "raqqa siege",
    ]
    assert [label for label, _ in labels(shelf, "raq^", recent)] == [
        "raqqa OR mosul",
        "raqqa siege",
    ]
    assert after(shelf, "raqqa s^", "raqqa siege").replace("^", "").strip() == "raqqa siege"
    assert labels(shelf, "raqqa siege^", recent) == []


def test_no_line_offers_too_much_or_fails(shelf: Library) -> None:
    for line in (
        "",
        "a",
        "tag:",
        'tag:"',
        "#",
        "is:",
        "((",
        "same:passage(ta",
        "foo:b",
        '"',
        "\\",
        "~",
    ):
        for at in range(len(line) + 1):
            found = shelf.suggest(line, at)
            assert len(found) <= MOST
            for each in found:
                assert 0 <= each.start <= at <= each.end <= len(line)
                taken(line, each)
