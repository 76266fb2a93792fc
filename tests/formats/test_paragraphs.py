from desktop_app.core.text import BlockKind
from desktop_app.formats.text.paragraphs import paragraphs

WRAPPED = """The convoy waited at the bridge while the negotiators argued over
the list of names, and nobody in the town knew for certain what would
become of them.
The list was long.

The second paragraph begins here and is wrapped in the same manner as
the first."""


def texts(text):
    return [block.text for block in paragraphs(text)]


def test_wrapped_lines_are_joined_and_a_short_line_ends_a_paragraph():
    assert texts(WRAPPED) == [
        "The convoy waited at the bridge while the negotiators argued over the list of names, and "
        "nobody in the town knew for certain what would become of them.",
        "The list was long.",
        "The second paragraph begins here and is wrapped in the same manner as the first.",
    ]


def test_one_line_a_paragraph_stays_so():
    long = "A sentence of a scrape that is one long line and was never wrapped by anybody. " * 3
    assert texts(f"Headline\n21 May 2016\n{long}\n{long}") == [
        "Headline",
        "21 May 2016",
        long.strip(),
        long.strip(),
    ]


def test_columns_and_listings_keep_their_lines():
    table = "Year    Number\n2015    12\n2016    14"
    blocks = list(paragraphs(f"Text before.\n\n{table}\n\n    if x:\n        y()"))
    assert [block.kind for block in blocks] == [
        BlockKind.PARAGRAPH,
        BlockKind.PREFORMATTED,
        BlockKind.PREFORMATTED,
    ]
    assert blocks[1].text == table
    assert blocks[2].text == "if x:\n    y()"


def test_rules_are_left_out_and_no_word_is_lost():
    assert texts("One\n-----\nTwo\n\n* * *\n\nThree") == ["One", "Two", "Three"]
    for text in (WRAPPED, "a\tb\nc\td", "\n\n x \n", " \n"):
        assert " ".join(texts(text)).split() == text.split()


def test_items_of_a_list_are_not_joined():
    text = "- the first item of a list that is as long as the lines of the text\n- the second\n"
    assert len(texts(text + "\n" + WRAPPED)) == 5
