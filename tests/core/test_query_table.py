"""Every form of the search language, in words, and every manner of the box while one types."""

from __future__ import annotations

import pytest

from desktop_app.core.query import parse

FORMS = [
    ("raqqa siege", "“raqqa” and “siege”"),
    ("raqqa OR mosul dam", "“raqqa” or (“mosul” and “dam”)"),
    ("raqqa | mosul", "“raqqa” or “mosul”"),
    ("-turkey", "everything but “turkey”"),
    ("NOT turkey", "everything but “turkey”"),
    ("–turkey", "everything but “turkey”"),
    ("(a OR b) c", "(“a” or “b”) and “c”"),
    ('"state of war"', "the phrase “state of war”"),
    ("“state of war”", "the phrase “state of war”"),
    ('"tabqa dam"~8', "exactly “tabqa” within 8 words of exactly “dam”"),
    ("tabqa NEAR/8 dam", "“tabqa” within 8 words of “dam”"),
    ("tabqa BEFORE/8 dam", "“tabqa” at most 8 words before “dam”"),
    ("bomb*", "words beginning with “bomb”"),
    ("organi?ation", "words like “organi?ation”"),
    ("adnani~", "“adnani” or a word one letter off"),
    ("adnani~2", "“adnani” or a word up to two letters off"),
    ("name:tabqa", "the name “tabqa”"),
    ("=IS", "“IS” just as written"),
    ("al-Adnani", "the phrase “al adnani”"),
    ("title:a text:b", "“a” in the title and “b” in the text"),
    ("note:a quote:b", "“a” in a note and “b” in a highlighted passage"),
    ("author:chulov source:guardian", "by “chulov” and from “guardian”"),
    ("file:report", "from a file named “report”"),
    ("lang:en type:pdf", "in the language “en” and of type pdf"),
    ("tag:actors/isis #isis", "tagged “actors/isis” and tagged “isis”"),
    ("tag:=actors tag:none", "tagged “actors” itself and without a tag"),
    ("doctag:x hltag:y", "itself tagged “x” and with a highlight tagged “y”"),
    ('tag:"thesis ch3"::siege', "tagged “thesis ch3::siege”"),
    ("date:2016", "published in 2016"),
    ("date:2015-11..2016-03", "published from 2015-11 to 2016-03"),
    ("date:>=2016-03", "published from 2016-03-01 on"),
    ("date:none", "without a date"),
    ("date:guessed", "with a guessed date"),
    ("added:7d", "added in the last 7 days"),
    ("after:2016-03", "published from 2016-04-01 on"),
    ("before:2016", "published up to 2015-12-31"),
    ("words:>800 highlights:>=3", "with at least 801 words and with at least 3 highlights"),
    ("is:unread is:starred", "unread and starred"),
    ("is:untagged -is:lost", "untagged, without a lost highlight"),
    ("is:duplicate", "with the same text as another document"),
    ("has:note has:url", "with a note and with a web address"),
    ("isis -turkey find:passages", "highlighted passages: “isis”, without “turkey”"),
    ("same:passage(tag:x note:y)", "on one highlight (tagged “x” and “y” in a note)"),
    ("raqqa dup:all", "“raqqa”, copies of a text by themselves"),
    ("raqqa in:all", "“raqqa”, also in folded parts"),
    ("raqqa sort:-date", "“raqqa”, the newest first"),
    ("raqqa -tag:x -dam", "“raqqa”, not tagged “x” and without “dam”"),
    ("raqqa\n\tsiege", "“raqqa” and “siege”"),
]


@pytest.mark.parametrize(("text", "words"), FORMS)
def test_every_form_is_said_in_words(text: str, words: str) -> None:
    query = parse(text)
    assert query.words() == words
    assert not query.problems
    assert parse(str(query)).words() == words


@pytest.mark.parametrize("text", [text for text, _ in FORMS])
def test_no_form_fails_while_it_is_typed_letter_by_letter(text: str) -> None:
    for end in range(len(text)):
        query = parse(text[:end])
        for problem in query.problems:
            # A value that is only begun may not be one yet; nothing else is wrong by then.
            assert ":" in text[problem.start : problem.end]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("raqqa or mosul or x", "“or” was read as a word: OR in capitals means either."),
        ("foo:bar", "“foo:” is not a field, so it was read as text."),
        ("tag:", "“tag:” waits for its value, as in tag:place/Syria."),
        ("Source: the Guardian", "“source:” was read as a word: its value stands right behind"),
        ("raqqa * dam", "“*” stands for letters of a word, as in bomb*"),
        ("tabqa NEAR/8", "“NEAR/8” waits for what is to be near"),
        ("tabqa NEAR dam", "“NEAR” was read as text"),
        ("= IS", "“=” waits for a word right behind it"),
        ("raqqa -sort:date", "“-sort:date” was left out"),
        (
            "is:unread|reading",
            "“reading” was read as a word of its own: write is:(unread | reading)",
        ),
        ("((" * 41, "Brackets inside more than 40 others were left out."),
    ],
)
def test_what_was_read_otherwise_is_said_once(text: str, says: str) -> None:
    query = parse(text)
    assert not query.problems
    assert [note for note in query.notes if note.startswith(says)] == list(query.notes)
    assert len(query.notes) == 1


def test_a_bar_between_whole_parts_needs_no_word() -> None:
    for text in ("is:unread | raqqa", "is:unread|is:read", "raqqa|mosul", "is:(unread|reading)"):
        assert parse(text).notes == ()
    assert parse("is:(unread|reading)").tree == parse("is:unread OR is:reading").tree


@pytest.mark.parametrize(
    "title",
    [
        "Syria’s “dying” city: the siege of Raqqa – part 2 (with maps), U.S. says",
        "What now? 10 questions | The Guardian",
        "IS: 5 things — and why they matter",
        "https://www.example.org/news/2016/mar/25/isis-(leader)?x=1&y=%20",
        "Chulov, Martin (25 March 2016). “Inside Raqqa”. p. 12–14",
        "C:\\Users\\me\\report*final*.docx",
        "Re: [list] NEAR the end...",
        "“It’s over,” she said; 'no' -- \"yes",
    ],
)
def test_a_pasted_title_or_address_is_text(title: str) -> None:
    query = parse(title)
    assert not query.problems
    assert query.parts()


def test_a_long_pasted_text_is_read_at_once() -> None:
    text = "The siege of Raqqa (2016-03) began: “no one” said -- what? " * 5_000
    assert len(parse(text).parts()) > 10_000
    for letters in (
        "-",
        "|",
        "is:b|",
        "(",
        "NOT ",
        "a NEAR/2 ",
        '"',
        "=",
        "~",
        "a:",
        "#",
        "same:passage(",
        "*",
        "\\",
    ):
        assert parse(letters * 20_000).words()
