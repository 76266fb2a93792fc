from desktop_app.core.dates import PartialDate
from desktop_app.core.model import FactName, OriginKind
from desktop_app.formats.facts.proposals import facts_from, guessed, stated, title_of_file_name


def test_the_first_proposal_of_each_fact_is_taken_with_its_origin():
    facts = facts_from(
        [
            *stated(FactName.TITLE, "  Siege\n of the town ", "headline"),
            *guessed(FactName.TITLE, "Other", "first lines", 0.5),
            *guessed(FactName.PUBLISHED, "2016-03", "first lines", 0.7),
            *stated(FactName.AUTHORS, ["Jane Doe", "Jane Doe", " "], "meta author"),
        ],
        "a.txt",
    )
    assert facts.title == "Siege of the town"
    assert facts.origins[FactName.TITLE].kind is OriginKind.FILE
    assert facts.published == PartialDate(2016, 3)
    assert facts.origins[FactName.PUBLISHED].confidence == 0.7
    assert facts.authors == ("Jane Doe",)
    assert facts.source is None
    assert FactName.SOURCE not in facts.origins


def test_the_file_name_is_the_last_resort():
    facts = facts_from([], "Siege_of_Raqqa.html.gz")
    assert facts.title == "Siege of Raqqa"
    assert facts.origins[FactName.TITLE].place == "file name"
    assert title_of_file_name("a.b.txt") == "a.b"
    assert title_of_file_name("minutes.fodt") == title_of_file_name("minutes.docm") == "minutes"
    assert title_of_file_name(".txt") == "Untitled document"
    assert title_of_file_name("name\udcff.txt") == "name?"
    assert title_of_file_name("") == "Untitled document"


def test_long_and_empty_values_are_cut_or_passed_over():
    assert stated(FactName.TITLE, " \x07 ", "x") == []
    assert len(stated(FactName.TITLE, "word " * 1_000, "x")[0].value) <= 501
    assert stated(FactName.URL, "https://x.org/" + "a" * 3_000, "x") == []
