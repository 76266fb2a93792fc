import pytest

from desktop_app.core.text import BlockKind
from desktop_app.formats.extract import Refused
from desktop_app.formats.facts.proposals import facts_from
from desktop_app.formats.file import File
from desktop_app.formats.limits import Limits
from desktop_app.formats.plain.reader import read_plain_text
from desktop_app.formats.reading import read

LIMITS = Limits()
BODY = "The convoy waited at the bridge while the negotiators argued over the list of names. " * 4


def test_an_article_is_read_with_its_facts_and_its_headline_folded():
    text = f"Siege of the town\n\nSiege of the town\n21st November 2016 ICSR Team\n\n{BODY}\n"
    extract = read(File(text.encode(), "scrape.txt"), LIMITS)
    facts = facts_from(extract.proposals, "scrape.txt")
    assert facts.title == "Siege of the town"
    assert str(facts.published) == "2016-11-21"
    assert facts.source == "ICSR"
    assert facts.language == "en"
    fold = extract.folds[0]
    assert extract.text.canonical[fold.start : fold.end] == "Siege of the town\nSiege of the town"
    assert extract.text.canonical.count("Siege of the town") == 2
    left_open = extract.text.canonical[fold.end :]
    assert extract.words == len(left_open.replace(".", "").split())


def test_a_line_of_half_a_million_letters_is_one_block():
    blocks = read_plain_text(File(b"a" * 500_000, "a.txt"), LIMITS).blocks
    assert [(block.kind, len(block.text)) for block in blocks] == [(BlockKind.PARAGRAPH, 500_000)]


def test_more_paragraphs_than_the_limit_are_refused():
    with pytest.raises(Refused, match="500 paragraphs"):
        read_plain_text(File(b"word\n\n" * 501, "a.txt"), Limits(blocks=500))


def test_line_ends_of_every_system_and_page_breaks_are_white_space():
    for text in (b"one\r\n\r\ntwo", b"one\r\rtwo", b"one\n\ntwo", b"one\ftwo"):
        blocks = read_plain_text(File(text, "a.txt"), LIMITS).blocks
        assert [block.text for block in blocks] == ["one", "two"]


def test_a_file_name_is_the_title_where_there_is_no_other():
    extract = read(File(b"1 2 3\n\n4 5 6", "Siege_of_Raqqa_2016.txt.gz"), LIMITS)
    assert (
        facts_from(extract.proposals, "Siege_of_Raqqa_2016.txt.gz").title == "Siege of Raqqa 2016"
    )
