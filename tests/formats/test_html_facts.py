import json

import pytest

from desktop_app.core.model import FactName
from desktop_app.formats.facts.proposals import facts_from
from desktop_app.formats.facts.written_dates import read_date
from desktop_app.formats.html.facts import facts_of_page
from desktop_app.formats.html.tree import parse
from desktop_app.formats.limits import Limits


def facts(head, body=""):
    page = facts_of_page(parse(f"<html><head>{head}</head><body>{body}</body></html>", Limits()))
    return facts_from([*page.proposals, *page.language], "page.html")


def linked(**fields):
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle"} | fields)}</script>'


def test_json_ld_of_an_article():
    head = linked(
        headline="Siege &amp; relief",
        author=[{"@type": "Person", "name": "Jane Doe"}, {"name": "Bo Chan"}],
        publisher={"name": "The Daily Paper"},
        datePublished="2016-03-25T23:10:00Z",
        mainEntityOfPage={"@id": "https://daily.example/siege"},
    )
    found = facts(head)
    assert found.title == "Siege & relief"
    assert found.authors == ("Jane Doe", "Bo Chan")
    assert found.source == "The Daily Paper"
    assert str(found.published) == "2016-03-25"
    assert found.url == "https://daily.example/siege"


def test_articles_are_found_inside_graphs_and_go_before_pages():
    graph = {
        "@graph": [
            {"@type": "WebPage", "headline": "Page"},
            {"@type": "BlogPosting", "headline": "Post"},
        ]
    }
    assert facts(f'<script type="application/ld+json">{json.dumps(graph)}</script>').title == "Post"


@pytest.mark.parametrize(
    "bad",
    [
        "{",
        "[" * 50_000,
        "null",
        '"x"',
        '{"@type": 3}',
        '{"@type": ["Article"], "author": {"name": {"name": 3}}}',
    ],
)
def test_broken_json_ld_is_passed_over(bad):
    assert (
        facts(f'<script type="application/ld+json">{bad}</script><title>Window title</title>').title
        == "Window title"
    )


def test_meta_tags_of_journals():
    head = (
        '<meta name="citation_title" content="On sieges"><meta name="citation_author" content="Doe, Jane">'
        '<meta name="citation_author" content="Chan, Bo"><meta name="citation_publication_date" content="2016/03/25">'
        '<meta name="citation_journal_title" content="Journal of Sieges">'
    )
    found = facts(head)
    assert found.title == "On sieges"
    assert found.authors == ("Doe, Jane", "Chan, Bo")
    assert found.source == "Journal of Sieges"
    assert str(found.published) == "2016-03-25"


def test_the_headline_goes_before_the_window_title_and_the_site_is_not_a_headline():
    title = "<title>Siege of the old town - The Daily Paper</title>"
    assert facts(title, "<h1>Siege of the old town</h1>").title == "Siege of the old town"
    assert facts(title, "<h1>The Daily Paper</h1><h1>x</h1>").title == "Siege of the old town"


def test_names_of_accounts_roles_and_addresses_are_not_authors():
    for value in ("admin", "kevin-r", "https://facebook.com/x", ""):
        assert facts(f'<meta name="author" content="{value}">').authors == ()
    assert facts('<meta name="author" content="JANE DOE, AP Sports Writer">').authors == (
        "Jane Doe",
    )
    assert facts('<meta name="author" content="Jane Doe, National Political Writer">').authors == (
        "Jane Doe",
    )
    assert facts('<meta name="author" content="By Jane Doe and Bo Chan">').authors == (
        "Jane Doe",
        "Bo Chan",
    )


def test_sources_that_are_addresses_or_carry_a_motto():
    assert facts('<meta property="og:site_name" content="https://daily.example">').source is None
    assert facts('<meta property="og:site_name" content="Daily | All the news">').source == "Daily"
    assert (
        facts('<link rel=canonical href="https://www.daily.example/a/b">').source == "daily.example"
    )


def test_the_date_in_an_address_is_a_guess():
    head = '<link rel="canonical" href="https://daily.example/2016/nov/05/siege">'
    page = facts_of_page(parse(f"<html><head>{head}</head></html>", Limits()))
    proposal = next(p for p in page.proposals if p.fact is FactName.PUBLISHED)
    assert (proposal.value, proposal.origin.kind) == ("2016-11-05", "guessed")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2016-03-25T10:00:00+01:00", "2016-03-25"),
        ("2016/03/25", "2016-03-25"),
        ("20160325", "2016-03-25"),
        ("2016-03", "2016-03"),
        ("2016", "2016"),
        ("Fri, 25 Mar 2016 10:00:00 GMT", "2016-03-25"),
        ("03/04/2016", None),
        ("2016-02-31", None),
        ("0001-01-01", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_as_data_write_them(value, expected):
    assert read_date(value) == expected


def proposed(fact, head, body="", address=None):
    tree = parse(f"<html><head>{head}</head><body>{body}</body></html>", Limits())
    page = facts_of_page(tree, saved_from=address)
    return [(p.value, p.origin.place) for p in page.proposals if p.fact is fact]


def test_the_same_value_is_proposed_once_with_its_best_origin():
    head = linked(headline="Siege of the town", datePublished="2016-03") + (
        "<meta property='og:title' content='Siege of the town'><meta name=date content='2016-03'>"
    )
    assert proposed(FactName.TITLE, head) == [("Siege of the town", "JSON-LD")]
    assert proposed(FactName.PUBLISHED, head) == [("2016-03", "JSON-LD")]


def test_people_that_a_graph_only_refers_to_get_their_names():
    graph = {
        "@graph": [
            {"@type": "Article", "author": {"@id": "#jane"}, "publisher": [{"@id": "#paper"}]},
            {"@type": "Person", "@id": "#jane", "name": "Jane Doe"},
            {"@type": "Organization", "@id": "#paper", "name": "The Daily Paper"},
        ]
    }
    found = facts(f'<script type="application/ld+json">{json.dumps(graph)}</script>')
    assert (found.authors, found.source) == (("Jane Doe",), "The Daily Paper")


def test_a_site_is_not_the_author_of_its_pages():
    head = (
        "<meta property='og:site_name' content='The Daily Paper'>"
        "<meta name=author content='Daily Paper'><meta name=author content='Jane Doe'>"
    )
    assert proposed(FactName.AUTHORS, head) == [(("Jane Doe",), "meta author")]


def test_a_name_goes_before_what_a_machine_calls_the_site():
    head = "<meta property='og:site_name' content='dailypaper'>" + linked(
        publisher={"name": "The Daily Paper"}
    )
    assert facts(head).source == "The Daily Paper"
    head = "<title>Siege of the town - The Daily Paper</title>"
    (first, *_) = proposed(FactName.SOURCE, head, address="https://www.dailypaper.example/a")
    assert first == ("The Daily Paper", "window title")
    head = "<title>Siege of the town - Politics</title>"
    assert facts(head).source is None


def test_numbers_addresses_and_headlines_are_no_names_of_a_site():
    for value in ("161385360554578", "https://social.example/x", "www.daily.example", "x" * 70):
        assert (
            proposed(FactName.SOURCE, f"<meta property='article:publisher' content='{value}'>")
            == []
        )


def test_the_date_beside_a_byline_is_no_part_of_the_name():
    for line in ("By Jane Doe, Nov. 13", "Jane Doe Nov 13, 2019", "By Jane Doe Monday November 18"):
        assert proposed(FactName.AUTHORS, "", f"<p class=byline>{line}</p>") == [
            (("Jane Doe",), "byline on the page")
        ]
    assert proposed(FactName.AUTHORS, "", "<p class=byline>Monday November 18, 2019</p>") == []
