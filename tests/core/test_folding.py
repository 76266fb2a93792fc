"""What is folded, what stays open, and that a fold is always a sound range."""

from __future__ import annotations

import random
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.folding import FoldRules, Phrase, PhraseRefused, Phrases, folds_of, rule_line
from desktop_app.core.folding_phrases import BUILT_IN_PHRASES
from desktop_app.core.lines import key_of, normalised
from desktop_app.core.text import Block, BlockKind, Fold, canonical_of, make_text

PROSE = (
    "Nine days before the attacks the leaders of the group gathered in the small town west of the "
    "city to talk about what was coming next, and two of them told of it later on."
)
RULES = FoldRules(BUILT_IN_PHRASES)


def blocks(*texts: str, kind: BlockKind = BlockKind.PARAGRAPH) -> list[Block]:
    return [Block(kind, text) for text in texts]


def folds(
    made: list[Block], title: str | None = None, rules: FoldRules = RULES
) -> tuple[Fold, ...]:
    return folds_of(made, canonical_of(made)[1], title=title, rules=rules)


def folded(
    made: list[Block], title: str | None = None, rules: FoldRules = RULES
) -> list[tuple[str, str]]:
    canonical = canonical_of(made)[0]
    return [(f.kind, canonical[f.start : f.end]) for f in folds(made, title, rules)]


def in_article(*lines: str) -> list[tuple[str, str]]:
    return folded(blocks(PROSE, *lines, f"Then {PROSE}"))


# Headline


def test_both_copies_of_a_doubled_headline_become_one_fold() -> None:
    made = blocks("Siege of the town", "Siege of the Town", "3 May 2015", "The convoy waited.")
    assert folded(made, "Siege of the town") == [
        ("headline", "Siege of the town\nSiege of the Town")
    ]


def test_copies_apart_become_two_folds() -> None:
    made = blocks("Siege", "3 May 2015", "Siege", "The convoy waited.")
    assert folded(made, "Siege") == [("headline", "Siege"), ("headline", "Siege")]


def test_a_first_sentence_that_serves_as_title_stays() -> None:
    assert folded(blocks("The convoy waited.", "Then it went on."), "The convoy waited.") == []


def test_nothing_is_folded_where_nothing_would_be_left() -> None:
    assert folded(blocks("Siege", "Siege"), "Siege") == []
    assert folded(blocks("Siege", "Text"), None) == []
    assert folded([], "Siege") == []
    assert folded(blocks("Share on Facebook", "Sign up for our newsletter")) == []


def test_a_mention_far_down_is_not_the_headline() -> None:
    made = blocks("Kicker", *(f"Paragraph {n}" for n in range(9)), "Siege")
    assert folded(made, "Siege") == []


# Lines


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Share on Facebook", "share bar"),
        ("Facebook Twitter Email Print", "share bar"),
        ("12 shares", "share bar"),
        ("Sign up for our free weekly newsletter", "newsletter"),
        ("Want to know more? Sign up to our mailing list here.", "newsletter"),
        ("Continue reading…", "continue reading"),
        ("Read more: How the dam was held", "related"),
        ("Related: The siege in pictures", "related"),
        ("Listen to this article", "audio player"),
        ("4 min listen", "audio player"),
        ("This website uses cookies to improve your experience.", "cookies"),
        ("Photograph: Ann Example/Getty", "photo credit"),
        ("Image: Ann Example", "photo credit"),
        ("(AP Photo/Ann Example)", "photo credit"),
        ("Ann Example/AFP/Getty Images", "photo credit"),
        ("Report abuse", "comments"),
        ("ADVERTISEMENT", "advertisement"),
        ("© 2016 The Daily Example. All rights reserved.", "copyright"),
        ("Artikel teilen", "share bar"),
        ("Lire aussi : Le siège", "related"),
        ("Seguir leyendo", "continue reading"),
        ("Iscriviti alla newsletter", "newsletter"),
        ("Lees meer", "continue reading"),
        ("Leia mais", "continue reading"),
        ("Share | Tweet | Email", "share bar"),
        ("FacebookTwitterEmailPrint", "share bar"),
        ("00:00 / 04:31", "audio player"),
        ("© 2016 The Daily Example", "copyright"),
        ("Show 25 more comments", "comments"),
        ("Teilen Twittern Mailen", "share bar"),
        ("Share this story on Facebook", "share bar"),
        ("Subscribe to our channel for more stories like this every single week.", "newsletter"),
        ("All rights reserved. No part of this may be copied.", "copyright"),
    ],
)
def test_a_line_of_boilerplate_is_folded(line: str, kind: str) -> None:
    assert in_article(line) == [(kind, line)]


@pytest.mark.parametrize(
    "line",
    [
        "By Ann Example",
        "25 March 2016",
        "Published on Monday, 3 May 2015 at 7:12 pm",
        "Source: The Daily Example",
        "He read more about it in the library that evening.",
        "Share prices fell on Monday.",
        "The photographs were published on Facebook and Twitter.",
        "“Print it,” she said.",
        "Two of them had signed up for the newsletter of the movement.",
        "The comments were made in March.",
        "Introduction",
        "Sign up for a second term, they told him.",
        "Click here and the lights go out.",
        "Copyright law was not what he had in mind.",
        "See more of the town than its walls.",
        "It was said (ap, they told me).",
        "“Listen to this,” she said.",
        "“Sign up for our cause,” he told them.",
        "Share this burden with your neighbours, the imam said.",
        "Share this burden with your neighbours.",
        "Subscribe to this doctrine or leave, the group told residents.",
        "Subscribe to this doctrine or leave.",
        "Related: the 2015 attacks in Paris killed 130 people.",
        "All rights reserved to refugees under the convention were denied.",
        "Never miss a prayer, the preacher warned the men of the town.",
        "Read on the walls of the prison were the names of those who had died.",
    ],
)
def test_facts_and_sentences_stay_open(line: str) -> None:
    assert in_article(line) == []


@pytest.mark.parametrize("kind", [BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW])
def test_a_word_that_is_all_of_a_heading_an_item_or_a_row_is_folded_in_company_only(
    kind: BlockKind,
) -> None:
    made = [*blocks(PROSE), Block(kind, "Print"), *blocks(f"Then {PROSE}")]
    assert folded(made) == []
    made = [*blocks(PROSE), Block(kind, "Print"), *blocks("Share on Facebook", f"Then {PROSE}")]
    assert folded(made) == [("share bar", "Print\nShare on Facebook")]


def test_neighbours_of_one_kind_join_and_others_do_not() -> None:
    found = in_article("Share on Facebook", "Tweet", "Email", "Sign up for our newsletter")
    assert found == [
        ("share bar", "Share on Facebook\nTweet\nEmail"),
        ("newsletter", "Sign up for our newsletter"),
    ]


def test_what_hangs_at_the_end_of_prose_is_folded_alone() -> None:
    assert in_article(f"{PROSE} [Continue reading…]") == [
        ("continue reading", "[Continue reading…]")
    ]
    assert in_article(f"{PROSE} Read more »") == [("continue reading", "Read more »")]
    assert in_article(f"{PROSE} (AP Photo/Ann Example)") == [
        ("photo credit", "(AP Photo/Ann Example)")
    ]
    assert in_article(f"{PROSE} [as he said]") == []


def test_what_hangs_at_the_ends_of_neighbours_leaves_the_prose_between_open() -> None:
    found = folded(blocks(*[f"{PROSE} Read more »"] * 3, PROSE))
    assert found == [("continue reading", "Read more »")] * 3


# Comments


def thread(count: int) -> list[str]:
    lines: list[str] = []
    for number in range(count):
        lines += [
            f"Reader {number}",
            f"March {number + 1}, 2016 at 7:12 pm",
            f"I think that this is so, and {PROSE.lower()}",
            "Reply",
        ]
    return lines


def test_comments_from_their_heading_to_the_end_are_one_fold() -> None:
    comments = [
        "4 comments on “The siege”",
        *thread(4),
        "Leave a Reply",
        "View our comment policy.",
    ]
    found = folded(blocks(PROSE, PROSE, *comments))
    assert found == [("comments", "\n".join(comments))]


def test_comments_without_a_heading_are_found_by_what_stands_under_each() -> None:
    found = folded(blocks(PROSE, PROSE, *thread(3)))
    assert found == [("comments", "\n".join(thread(3)))]


def test_long_prose_behind_a_comments_heading_keeps_it_open() -> None:
    made = blocks(PROSE, "3 comments", *[PROSE] * 20)
    assert folded(made) == [("comments", "3 comments")]
    made = blocks(PROSE, "Comments", *thread(3), *[PROSE] * 20)
    assert PROSE not in "".join(text for _, text in folded(made))


def test_a_link_to_the_comments_above_a_short_article_folds_nothing_but_itself() -> None:
    made = blocks(PROSE, "12 Comments", f"Then {PROSE}", f"So {PROSE}", "12 comments", *thread(3))
    comments = "\n".join(["12 comments", *thread(3)])
    assert folded(made) == [("comments", "12 Comments"), ("comments", comments)]
    made = blocks(PROSE, "Comments (12)", f"Then {PROSE}", f"So {PROSE}")
    assert folded(made) == [("comments", "Comments (12)")]


# Lines that a source repeats, and what the user says


def test_a_repeated_line_is_folded_whatever_its_numbers_but_no_fact_and_no_long_prose() -> None:
    lines = ["The Beacon stands 12 times a year", "By Ann Example", "3 May 2015", PROSE * 2]
    keys = frozenset(key_of(normalised(line)) for line in lines)
    made = blocks(PROSE, "The Beacon stands 40 times a year", *lines[1:], f"Then {PROSE}")
    found = folded(made, None, FoldRules(repeated=keys))
    assert found == [("repeated line", "The Beacon stands 40 times a year")]


def test_a_repeated_heading_over_prose_stays_open() -> None:
    made = [
        *blocks(PROSE),
        Block(BlockKind.HEADING, "Conclusion", 2),
        *blocks(PROSE),
        Block(BlockKind.HEADING, "Our desk", 2),
        *blocks("Written with care"),
    ]
    keys = frozenset(map(key_of, ("conclusion", "our desk", "written with care")))
    found = folded(made, None, FoldRules(repeated=keys))
    assert found == [("repeated line", "Our desk\nWritten with care")]


def test_a_line_that_is_never_folded_stays_open_to_its_last_word() -> None:
    line = "Want to stay updated about the work of the harbour board? Sign up for our newsletter."
    made = blocks(PROSE, line, PROSE)
    assert [words for _, words in folded(made, None)] == [line]
    never = FoldRules(BUILT_IN_PHRASES, never=frozenset({normalised(line)}))
    assert folded(made, None, never) == []


def test_never_wins_over_everything_and_always_over_all_but_never() -> None:
    made = blocks(PROSE, "Share on Facebook", "A line of its own", PROSE)
    never = FoldRules(BUILT_IN_PHRASES, never=frozenset({"share on facebook"}))
    assert folded(made, None, never) == []
    always = FoldRules(BUILT_IN_PHRASES, always=frozenset({"a line of its own"}))
    assert ("line you chose", "A line of its own") in folded(made, None, always)
    both = FoldRules(
        never=frozenset({"a line of its own"}), always=frozenset({"a line of its own"})
    )
    assert folded(made, None, both) == []


def test_what_the_reader_passes_for_a_fold_opens_it() -> None:
    credit = f"{PROSE} (AP Photo/Ann Example)"
    more = f"{PROSE} [Continue reading…]"
    lines_ = ("Photo: Ann Example", credit, more, PROSE, "3 comments", *thread(3))
    made = blocks(PROSE, "Tweet", "Share on Facebook", *lines_)
    text = make_text(made, "x 1", folds=folds(made))
    lines = {part for fold in text.folds for part in rule_line(text, fold).split("\n")}
    never = frozenset(line if line.startswith("kind:") else normalised(line) for line in lines)
    assert {"kind:comments", "kind:photo credit", "continue reading", "tweet"} <= never
    assert folded(made, None, FoldRules(BUILT_IN_PHRASES, never=never)) == []


# Pages


def test_running_heads_and_page_numbers_are_folded_from_the_third_page_on() -> None:
    def pages(count: int) -> list[Block]:
        return [
            Block(BlockKind.PARAGRAPH, text, page=page)
            for page in range(1, count + 1)
            for text in ("Siege studies", f"{PROSE} {page}", f"{PROSE} again", f"Page {page}")
        ]

    assert folded(pages(2)) == []
    found = folded(pages(3))
    assert [kind for kind, _ in found] == ["running head", "page number"] * 3
    assert found[-1] == ("page number", "Page 3")


# Phrases


def test_a_phrase_knows_stars_numbers_either_or_and_brackets() -> None:
    phrases = Phrases([Phrase("related", "see (also) our/their guide * # times")])
    for text in ("See our guide, 3 times", "See ALSO their guide to sieges 12 times"):
        assert phrases.match_text(text) is not None, text
    for text in ("See our guide", "See his guide 3 times", "Do see our guide 3 times"):
        assert phrases.match_text(text) is None, text


@pytest.mark.parametrize("phrase", ["*", "", "a # *", "(open", "shut)", "((twice) over)"])
def test_a_phrase_that_means_nothing_or_everything_is_refused(phrase: str) -> None:
    with pytest.raises(PhraseRefused):
        Phrases([Phrase("related", phrase)])


def test_every_phrase_of_the_product_stands_for_a_line_of_its_own_words() -> None:
    from desktop_app.core.folding_phrases import BUILT_IN

    for phrase in BUILT_IN:
        plain = re.sub(r"\([^)]*\)", "", phrase.phrase).replace("*", "words").replace("#", "3")
        plain = re.sub(r"(\w+)(?:/\w+)+", r"\1", plain)
        assert BUILT_IN_PHRASES.match_text(plain) is not None, phrase.phrase


# Soundness

LINES = st.sampled_from(
    [PROSE, "Share on Facebook", "Tweet", "3 comments", "Reply", "Ann said", "• so it is", "Siege", "état\nTweet",
     "7 hours ago", f"{PROSE} Read more »", "e\u0301t", "12", "#", "Related", "A title of another article", "***"]
)  # fmt: skip
BLOCKS = st.lists(
    st.builds(
        Block,
        st.sampled_from([k for k in BlockKind if k is not BlockKind.PAGE_BREAK]),
        st.one_of(LINES, st.text("ab .#:•\n“é", max_size=30).map(str.strip)),
        page=st.sampled_from([None, None, 1, 2, 3, 4]),
    ),
    max_size=25,
)


@given(BLOCKS, st.sampled_from([None, "Siege", "état"]), st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_folds_are_sorted_inside_the_text_apart_and_always_the_same(
    made: list[Block], title: str | None, chance: random.Random
) -> None:
    canonical, starts = canonical_of(made)
    lines = [normalised(line) for line in canonical.split("\n")]
    some = [line for line in lines if chance.random() < 0.3]
    rules = FoldRules(
        BUILT_IN_PHRASES,
        frozenset(map(key_of, some)),
        frozenset(line for line in some if chance.random() < 0.2),
        frozenset(line for line in some if chance.random() < 0.2),
    )
    found = folds_of(made, starts, title=title, rules=rules)
    assert found == folds_of(list(made), tuple(starts), title=title, rules=rules)
    behind = 0
    for fold in found:
        assert behind <= fold.start < fold.end <= len(canonical)
        assert fold.kind and fold.rule and len(fold.kind) <= 40 and len(fold.rule) <= 200
        for edge in (fold.start, fold.end):
            inside = canonical[max(edge - 1, 0) : edge + 1]
            assert not (len(inside) == 2 and re.fullmatch(r"\w\w", inside)), "inside a word"
        behind = fold.end
    opened = "".join(
        letter
        for place, letter in enumerate(canonical)
        if not any(fold.start <= place < fold.end for fold in found)
    )
    assert not found or re.search(r"[^\W_]", opened)


@pytest.mark.parametrize(
    "text", ["a " * 500_000, "x" * 1_000_000, "[" * 1_000_000, "Share . " * 125_000, "\n".join(["Reply", "3 comments"] * 25_000)]
)  # fmt: skip
def test_a_megabyte_of_anything_takes_no_time_to_speak_of(text: str) -> None:
    began = time.process_time()
    folds(blocks(PROSE, text.strip(), PROSE))
    assert time.process_time() - began < 5
