import time

import pytest

from desktop_app.core.text import BlockKind
from desktop_app.formats.mail.text import mail_blocks


def said(text, **how):
    return [(block.kind, block.text) for block in mail_blocks(text, **how)]


P, Q = BlockKind.PARAGRAPH, BlockKind.QUOTATION


def test_quoted_lines_are_quotations_and_a_quotation_in_one_keeps_its_mark():
    text = (
        "I agree.\n\nOn Monday Jane wrote:\n> The bridge is closed.\n>> Is it?\n> > It is.\n\nJoe"
    )
    assert said(text) == [
        (P, "I agree."),
        (P, "On Monday Jane wrote:"),
        (Q, "The bridge is closed."),
        (Q, "> Is it?"),
        (Q, "> It is."),
        (P, "Joe"),
    ]


def test_wrapped_lines_of_a_quotation_are_joined():
    line = "> The convoy waited at the bridge while the negotiators argued over it\n"
    blocks = said(line * 3 + ">\n> And then it went.\n")
    assert [kind for kind, _ in blocks] == [Q, Q]
    assert blocks[0][1].count("The convoy") == 3


def test_flowed_lines_are_joined_as_they_were_written():
    text = "The convoy waited \nat the bridge.\nIt left.\n -- not a signature\n-- \nJane\n"
    assert said(text, flowed=True) == [
        (P, "The convoy waited at the bridge."),
        (P, "It left."),
        (P, "-- not a signature"),
        (P, "Jane"),
    ]
    assert said("日本 \n語", flowed=True, joined=True) == [(P, "日本語")]


def test_flowed_quotations_are_joined_within_their_depth():
    text = "> The convoy \n> waited.\n>> Why? \nBecause.\n"
    assert said(text, flowed=True) == [(Q, "The convoy waited."), (Q, "> Why?"), (P, "Because.")]


def test_an_arrow_in_the_text_is_no_quotation():
    assert said("a > b\n") == [(P, "a > b")]


@pytest.mark.parametrize(
    "text", [">" * 1_000_000, "> " * 500_000, ">\n" * 200_000, " \n" * 300_000]
)
@pytest.mark.parametrize("flowed", [True, False])
def test_no_text_takes_long(text, flowed):
    began = time.process_time()
    list(mail_blocks(text, flowed=flowed))
    assert time.process_time() - began < 5


def test_each_piece_of_a_text_is_joined_at_the_column_that_it_was_wrapped_at():
    text = (
        "A line that no program wrapped and that goes on and on" + " and on" * 12 + ".\n\n"
        "I am sorry to have to inform you that your message could not\n"
        "be delivered to one or more recipients.\n\n"
        "Lon Peters\nNorthwest Research, Inc.\nPortland, Oregon\n\n"
        "https://example.org/a-long-address-that-fills-the-line/and/more\n"
        "https://example.org/another-address-that-fills-the-line/and/more\n"
    )
    blocks = [block.text for block in mail_blocks(text)]
    assert blocks[1].endswith("could not be delivered to one or more recipients.")
    assert blocks[2:5] == ["Lon Peters", "Northwest Research, Inc.", "Portland, Oregon"]
    assert [block.startswith("https://") for block in blocks[5:]] == [True, True]
