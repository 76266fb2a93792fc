import pytest

from desktop_app.core.model import FactName
from desktop_app.formats.facts.first_lines import from_first_lines
from desktop_app.formats.facts.proposals import facts_from

BODY = "The convoy waited at the bridge while the negotiators argued over the list of names. " * 4


def facts(*lines):
    return facts_from(from_first_lines([*lines, BODY]), "a.txt")


def test_date_and_team_on_one_line_and_news_of_an_outlet_on_the_next():
    found = facts(
        "A headline", "A headline", "21st November 2016 ICSR Team", "In ICSR's News, Insights"
    )
    assert found.title == "A headline"
    assert str(found.published) == "2016-11-21"
    assert found.source == "ICSR"


def test_a_byline_of_its_own():
    found = facts("A headline", "Mar 25, 2016", "Photo credit: Agency", "By Martin Chulov")
    assert found.authors == ("Martin Chulov",)
    assert str(found.published) == "2016-03-25"


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Jane Doe and Bo Chan in Beirut", ("Jane Doe", "Bo Chan")),
        ("by JANE VAN DYKE, Middle East correspondent", ("Jane Van Dyke",)),
        ("By Abu Bakr al-Said, Reuters", ("Abu Bakr al-Said",)),
        ("Von Jürgen Müller", ("Jürgen Müller",)),
        ("Author: Ann O'Neil; Jean-Luc Petit", ("Ann O'Neil", "Jean-Luc Petit")),
        ("Posted on 3 March 2016 by Jane Doe", ("Jane Doe",)),
        ("3 March 2016 | Jane Doe | The Daily Paper", ("Jane Doe",)),
        ("By the river they waited", ()),
        ("By admin", ()),
    ],
)
def test_bylines(line, authors):
    assert facts("A headline of some words", line).authors == authors


def test_an_outlet_in_the_byline_is_the_source():
    found = facts("A headline", "By Jane Doe, Associated Press")
    assert found.authors == ("Jane Doe",)
    assert found.source == "Associated Press"


def test_the_source_may_stand_under_the_article_and_the_first_date_wins_over_comments():
    lines = [
        "A headline",
        "Mar 25, 2016",
        BODY,
        "Source: The Guardian",
        "4 comments",
        "Mar 28, 2016 at 7:12 pm",
    ]
    found = facts_from(from_first_lines(lines), "a.txt")
    assert found.source == "The Guardian"
    assert str(found.published) == "2016-03-25"


def test_a_date_of_a_change_gives_way_to_the_date_of_the_article():
    assert (
        str(facts("A headline", "Updated 5 May 2016", "Published 1 May 2016").published)
        == "2016-05-01"
    )
    assert str(facts("A headline", "Updated 5 May 2016").published) == "2016-05-05"


def test_a_date_inside_the_article_is_not_its_date():
    sentence = "He was killed on 3 May 2015 near the old bridge of the town."
    assert facts("A headline", sentence).published is None
    assert facts("A headline", BODY, BODY, BODY, BODY, "3 May 2015").published is None


def test_addresses_above_the_text():
    found = facts("https://example.org/a/b", "A headline", "3 May 2015")
    assert found.url == "https://example.org/a/b"
    assert found.title == "A headline"


def test_slash_dates_are_not_guessed():
    assert facts("A headline", "03/04/2016").published is None


def test_the_title_is_not_a_date_a_byline_or_a_line_without_letters():
    assert facts("21 May 2016", "By Jane Doe", "The headline").title == "The headline"
    assert facts("* * *", "The headline").title == "The headline"


def test_everything_from_the_first_lines_is_marked_as_guessed():
    proposals = from_first_lines(["A headline", "3 May 2015", "By Jane Doe"])
    assert {proposal.origin.kind for proposal in proposals} == {"guessed"}
    assert {proposal.fact for proposal in proposals} == {
        FactName.TITLE,
        FactName.PUBLISHED,
        FactName.AUTHORS,
    }


def test_a_label_before_the_title_is_left_out():
    assert facts("Title: Siege of the town", "3 May 2015").title == "Siege of the town"
