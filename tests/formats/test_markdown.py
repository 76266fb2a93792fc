import base64

import pytest

from desktop_app.core.text import BlockKind, Picture, Span, SpanKind
from desktop_app.formats.facts.proposals import facts_from
from desktop_app.formats.file import File
from desktop_app.formats.limits import Limits
from desktop_app.formats.plain.markdown import TOO_DEEP, read_markdown
from tests.formats.office_for_tests import PNG

LIMITS = Limits()


def blocks(text):
    return list(read_markdown(File(text.encode(), "a.md"), LIMITS).blocks)


def test_every_kind_of_block():
    made = blocks(
        "# Title\n\nText\nwrapped.\n\n3. three\n4. four\n   - below\n\n> quoted\n\n```py\nx = 1\n  y\n```\n\n"
        "| a | b |\n|---|---|\n| 1 |   |\n\n![a bridge](b.png)\n\n---\n\n    code\n"
    )
    assert [(block.kind, block.text, block.level, block.number) for block in made] == [
        (BlockKind.HEADING, "Title", 1, None),
        (BlockKind.PARAGRAPH, "Text wrapped.", 0, None),
        (BlockKind.LIST_ITEM, "three", 1, 3),
        (BlockKind.LIST_ITEM, "four", 1, 4),
        (BlockKind.LIST_ITEM, "below", 2, None),
        (BlockKind.QUOTATION, "quoted", 0, None),
        (BlockKind.PREFORMATTED, "x = 1\n  y", 0, None),
        (BlockKind.TABLE_ROW, "a\tb", 0, None),
        (BlockKind.TABLE_ROW, "1\t", 0, None),
        (BlockKind.IMAGE, "a bridge", 0, None),
        (BlockKind.PREFORMATTED, "code", 0, None),
    ]


def test_spans_and_links():
    made = blocks("A **bold *both*** and `code` and [link](https://example.org/a) here.")[0]
    assert made.text == "A bold both and code and link here."
    assert set(made.spans) == {
        Span(2, 11, SpanKind.BOLD),
        Span(7, 11, SpanKind.ITALIC),
        Span(16, 20, SpanKind.CODE),
        Span(25, 29, SpanKind.LINK, "https://example.org/a"),
    }


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "file:///etc/passwd", "page.md", "#a", "data:,x"]
)
def test_links_to_anything_but_pages_and_mail_are_plain_text(target):
    assert blocks(f"[words]({target})")[0].spans == ()


def test_html_stays_text():
    assert blocks("<script>alert(1)</script>")[0].text == "<script>alert(1)</script>"
    assert blocks("a <b>word</b>")[0].text == "a <b>word</b>"


def test_front_matter_says_what_the_document_is():
    text = (
        '---\ntitle: "Siege"\nauthor: [Jane Doe, Bo Chan]\ndate: 2016-03-04 10:00\n'
        "url: https://example.org/x\nlang: en-GB\nother:\n  deep: 1\n---\n# Another\n\nText."
    )
    reading = read_markdown(File(text.encode(), "a.md"), LIMITS)
    facts = facts_from([*reading.proposals, *reading.language_stated], "a.md")
    assert facts.title == "Siege"
    assert facts.authors == ("Jane Doe", "Bo Chan")
    assert str(facts.published) == "2016-03-04"
    assert facts.url == "https://example.org/x"
    assert facts.language == "en"
    assert [block.text for block in reading.blocks] == ["Another", "Text."]


def test_the_first_heading_is_the_title_where_there_is_no_front_matter():
    reading = read_markdown(File(b"Preface.\n\n# The **title**\n\nText.", "a.md"), LIMITS)
    assert facts_from(reading.proposals, "a.md").title == "The title"


def test_pictures_are_shown_or_have_a_place():
    inside = base64.b64encode(PNG).decode()
    text = (
        f"![A lamp](data:image/png;base64,{inside})\n\n![](https://example.org/a.png)\n\n"
        "![A map](maps/b.png)\n\nSee ![here](c.png) too."
    )
    made = read_markdown(File(text.encode(), "a.md"), LIMITS)
    lamp, remote, beside, within = made.blocks
    assert (lamp.kind, lamp.text) == (BlockKind.IMAGE, "A lamp")
    assert [file.hash for file in made.pictures] == [lamp.picture.hash]
    assert (remote.text, remote.picture.address) == ("", "https://example.org/a.png")
    assert (beside.text, beside.picture) == ("A map", Picture())
    assert (within.kind, within.text) == (BlockKind.PARAGRAPH, "See here too.")
    assert made.warning is None


def test_what_is_nested_too_deep_is_shown_as_text_and_nothing_is_lost():
    text = "".join("  " * depth + f"- item {depth}\n" for depth in range(300))
    reading = read_markdown(File(text.encode(), "a.md"), LIMITS)
    assert reading.warning == TOO_DEEP
    assert all(f"item {depth}" in "\n".join(b.text for b in reading.blocks) for depth in range(300))


@pytest.mark.parametrize(
    "text", ["[" * 3_000, "*a **a " * 1_000, "`" * 5_000, "<" * 3_000, "> " * 900]
)
def test_hostile_markdown_ends(text):
    read_markdown(File(text.encode(), "a.md"), LIMITS)
