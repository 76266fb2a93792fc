"""A marked passage is found again in another text, or said to be lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.anchoring.finding import Finder, Found
from desktop_app.core.highlights import Anchor, How, anchor_at, whole_letters

_STORY = (
    "Reports from the town say that the siege began on a Monday.\n"
    "Nobody had seen the convoy leave, and the bridge was still guarded by six men.\n"
    "The spokesman, Abu Muhammad al-Adnani, denied that any of them had been taken alive.\n"
    "By the evening the market had closed, and the only light came from the mosque.\n"
    "A teacher who lives near the old mill counted eleven trucks before midnight.\n"
    "In the morning the bridge was gone."
)


def mark(text: str, quote: str, nth: int = 0) -> Anchor:
    at = -1
    for _ in range(nth + 1):
        at = text.index(quote, at + 1)
    return anchor_at("1", text, at, at + len(quote))


def found_in(new: str, old: str, quote: str, nth: int = 0) -> tuple[str, How] | None:
    found = Finder(new).find(mark(old, quote, nth), old)
    return None if found is None else (new[found.start : found.end], found.how)


def place_in(new: str, old: str, quote: str, nth: int = 0) -> Found | None:
    return Finder(new).find(mark(old, quote, nth), old)


def test_in_the_same_text_a_passage_stands_where_it_stood() -> None:
    assert found_in(_STORY, _STORY, "the", 4) == ("the", How.POSITION)


def test_what_stands_in_front_moves_a_passage_and_nothing_else() -> None:
    new = f"Home\nWorld\nOpinion\n{_STORY}"
    for nth in range(_STORY.count("the")):
        found = place_in(new, _STORY, "the", nth)
        assert found is not None and found.how is How.CONTEXT
        assert found.start == mark(_STORY, "the", nth).start + 19


def test_a_passage_before_an_edit_stands_where_it_stood() -> None:
    new = _STORY.replace("eleven trucks", "twelve lorries")
    assert found_in(new, _STORY, "the convoy leave") == ("the convoy leave", How.POSITION)


def test_a_passage_is_found_through_other_blanks_quote_marks_and_line_ends() -> None:
    old = _STORY.replace("taken alive", "“taken” alive")
    quote = "spokesman, Abu Muhammad al-Adnani, denied that any of them had been “taken”"
    now = (
        'spokes\u00adman, Abu Muhammad al-Adnani, de-\nnied that any of them\nhad\u00a0been "taken"'
    )
    new = old.replace(quote, now)
    assert found_in(new, old, quote) == (now, How.QUOTE)


def test_joined_blocks_and_ligatures_are_the_same_words() -> None:
    old = f"{_STORY}\nThe final office\nfiled its report on the flood."
    new = f"{_STORY}\nThe ﬁnal oﬃce filed its report on the ﬂood."
    assert found_in(new, old, "final office\nfiled its report on the flood") == (
        "ﬁnal oﬃce filed its report on the ﬂood",
        How.QUOTE,
    )


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("about 5-10 of the houses here", "about 510 of the houses here"),
        ("called the rapist by the paper", "called therapist by the paper"),
        ("a man-eating tiger was seen there", "a man eating tiger was seen there"),
        ("he said “never” to the reporter", "he said never to the reporter"),
        ("it cost 1 000 in the first year", "it cost 1000 in the first year"),
        ("They met Bush at the old gates", "They met bush at the old gates"),
    ],
)
def test_what_is_not_word_for_word_is_never_moved_unseen(was: str, now: str) -> None:
    old, new = f"{_STORY}\n{was}.\n{_STORY[:200]}", f"{_STORY}\n{now}.\n{_STORY[:200]}"
    found = place_in(new, old, was)
    assert found is not None and found.how is How.CLOSE
    assert new[found.start : found.end] == now


def test_an_edit_inside_a_long_passage_brings_it_to_review_with_exact_ends() -> None:
    new = _STORY.replace("denied that any of them", "would not confirm that any of those men")
    quote = "Abu Muhammad al-Adnani, denied that any of them had been taken alive"
    assert found_in(new, _STORY, quote) == (
        "Abu Muhammad al-Adnani, would not confirm that any of those men had been taken alive",
        How.CLOSE,
    )


def test_changed_words_at_the_ends_of_a_passage_are_taken_in() -> None:
    new = _STORY.replace("eleven trucks before midnight", "eleven trucks before daybreak")
    quote = "near the old mill counted eleven trucks before midnight"
    assert found_in(new, _STORY, quote) == (
        "near the old mill counted eleven trucks before daybreak",
        How.CLOSE,
    )


def test_a_passage_of_less_than_twenty_characters_never_moves_by_closeness() -> None:
    new = _STORY.replace("eleven trucks", "eleven lorries")
    assert len("eleven trucks before") == 20
    assert found_in(new, _STORY, "eleven trucks before") == ("eleven lorries before", How.CLOSE)
    assert found_in(new, _STORY, "eleven trucks befor") is None
    assert found_in(new, _STORY, "counted eleven trucks") is not None


def test_a_short_word_is_not_taken_for_another_at_its_old_place() -> None:
    old = "The river rose.\nAll of the town was under water by noon.\n" + _STORY
    new = "The mayor left.\nHalf of the men had gone with him already.\nNothing else is known."
    assert new[16:].index("the") and found_in(new, old, "the", 0) is None
    assert found_in(new, old, "of the") is None


def test_a_name_whose_own_place_is_gone_is_not_moved_to_another_mention() -> None:
    old = f"{_STORY}\nTwo days later Tabqa fell without a shot.\nThe council of Tabqa met at noon."
    new = old.replace("Two days later Tabqa fell without a shot.\n", "")
    assert found_in(new, old, "Tabqa", 0) is None
    assert found_in(new, old, "Tabqa", 1) == ("Tabqa", How.QUOTE)


def test_of_repeated_boilerplate_each_passage_stays_with_its_neighbours() -> None:
    parts = [f"{line}\nReply\nReport this comment to the moderators" for line in _STORY.split("\n")]
    old = "\n".join(parts)
    new = "\n".join(["Share this", *parts[:2], *parts[3:]])
    phrase = "Report this comment to the moderators"
    for nth in (0, 3, 4, 5):
        found = place_in(new, old, phrase, nth)
        assert found is not None and found.how is How.CONTEXT
        assert new[: found.start].count(phrase) == (nth if nth < 2 else nth - 1)
    # Of the two around the line that was cut out, either may be the one that stayed.
    for nth in (1, 2):
        found = place_in(new, old, phrase, nth)
        assert found is None or found.how is How.CLOSE


def test_which_of_many_equal_lines_was_cut_out_is_not_guessed() -> None:
    old = f"{_STORY}\n" + "Yes\n" * 40 + f"{_STORY[::-1]}"
    new = old.replace("Yes\nYes\n", "Yes\n", 1)
    assert found_in(new, old, "Yes", 20) is None


def test_a_context_that_agrees_on_one_side_only_here_and_on_the_other_there_is_not_enough() -> None:
    old = _STORY.replace("By the evening", "He saw the army leave. By the evening")
    new = _STORY.replace(
        "By the evening", "He saw the police with their dogs and the army leave. By the evening"
    )
    at = old.index("saw the army") + 4
    assert Finder(new).find(anchor_at("1", old, at, at + 3), old) is None


def test_what_was_marked_and_is_also_quoted_elsewhere_is_shown_for_review_once_it_changed() -> None:
    sentence = "Nobody had seen the convoy leave, and the bridge was still guarded by six men."
    changed = "Nobody had seen the convoy leave, and the bridge was still guarded by nine men."
    new = f"{_STORY.replace(sentence, changed)}\nAn earlier version said: {sentence} We regret it."
    found = place_in(new, _STORY, sentence)
    assert found is not None and found.how is How.CLOSE
    assert new[found.start : found.end] == changed


def test_a_paragraph_that_was_moved_is_found_where_it_stands_now() -> None:
    lines = _STORY.split("\n")
    new = "\n".join([lines[4], lines[0], lines[1], lines[2], lines[3], lines[5]])
    found = place_in(new, _STORY, lines[4])
    assert found is not None and found.how is How.QUOTE and found.start == 0


def test_a_text_without_blanks_between_words_is_no_different() -> None:
    old = (
        "市場は朝早くから開いていたが、橋はまだ六人の男に守られていた。誰も車列が出るのを見なかった。"
        * 2
    )
    old += "夕方には市場は閉まり、明かりはモスクからだけ届いた。古い水車の近くに住む教師は十一台を数えた。"
    new = "目次\n" + old.replace("夕方には", "夕方\nには").replace("十一台", "十二台")
    assert found_in(new, old, "夕方には市場は閉まり、明かりは") == (
        "夕方\nには市場は閉まり、明かりは",
        How.QUOTE,
    )
    quote = "古い水車の近くに住む教師は十一台を数えた"
    assert found_in(new, old, quote) == ("古い水車の近くに住む教師は十二台を数えた", How.CLOSE)


def test_letters_of_several_code_points_are_never_cut() -> None:
    old = f"{_STORY}\nShe wrote 👩‍👩‍👧 and x̂ beneath the photograph of the bridge 🇸🇾."
    new = f"Photo\n{old}"
    for quote in ("👩‍👩‍👧", "x̂", "🇸🇾", "wrote 👩‍👩‍👧 and x̂"):
        assert found_in(new, old, quote) in ((quote, How.QUOTE), (quote, How.CONTEXT))
    longer = old.replace("x̂", "x̂̃")
    found = place_in(longer, old, "and x̂ beneath the photograph of")
    assert found is not None and found.how is How.CLOSE
    assert longer[found.start : found.end] == "and x̂̃ beneath the photograph of"


def test_a_passage_without_letters_is_found_by_what_is_around_it_unchanged() -> None:
    old = _STORY.replace("leave, and", "leave — and")
    assert found_in(f"Home\n{old}", old, "—") == ("—", How.CONTEXT)
    assert found_in(_STORY, old, "—") is None


def test_quote_marks_at_the_ends_of_a_passage_belong_to_it() -> None:
    old = _STORY.replace("taken alive", "“taken alive”")
    new = "Home\n" + _STORY.replace("taken alive", "«taken alive»")
    assert found_in(new, old, "“taken alive”") == ("«taken alive»", How.QUOTE)
    assert found_in(new, old, "taken alive") == ("taken alive", How.QUOTE)


@pytest.mark.parametrize("new", ["", " ", "\n\n", "x", "—", "the"])
def test_in_a_text_of_next_to_nothing_everything_is_lost(new: str) -> None:
    for quote in ("the", "Abu Muhammad al-Adnani, denied", "."):
        assert found_in(new, _STORY, quote) is None
        assert Finder(new).find(mark(_STORY, quote)) is None


def test_a_text_that_changed_wholly_loses_its_passages_or_shows_them() -> None:
    new = (
        "The committee approved the budget for schools by nine votes to four.\n"
        "Parents who had waited outside the hall since noon went home disappointed.\n"
        "A second reading of the proposal is planned for the last week of October."
    ) * 3
    for start in range(0, len(_STORY) - 60, 7):
        for length in (3, 12, 30, 60):
            anchor = anchor_at("1", _STORY, start, start + length)
            for old in (_STORY, None):
                found = Finder(new).find(anchor, old)
                assert found is None or found.how is How.CLOSE


def test_without_the_old_text_the_words_around_a_passage_must_agree() -> None:
    new = f"Home\n{_STORY}"
    finder = Finder(new)
    found = finder.find(mark(_STORY, "the bridge was still guarded"))
    assert found == Found(new.index("the bridge was"), new.index(" by six"), How.QUOTE)
    assert finder.find(mark(_STORY, "the", 5)).start == mark(_STORY, "the", 5).start + 5  # type: ignore[union-attr]
    elsewhere = Anchor("1", 0, 5, "siege", "nothing that stands there ", " or anywhere else at all")
    assert finder.find(elsewhere) is None
    wrong_old = Finder(new).find(mark(_STORY, "the bridge was still guarded"), "Another text.")
    assert wrong_old == found


def test_where_patience_ends_passages_are_lost_and_none_is_guessed() -> None:
    new = _STORY.replace("eleven trucks before midnight", "twelve trucks before daybreak")
    finder = Finder(new, patience=0)
    assert finder.find(mark(_STORY, "counted eleven trucks before midnight"), _STORY) is None
    found = finder.find(mark(_STORY, "Nobody had seen the convoy leave"), _STORY)
    assert found is None or found.how is How.POSITION


def test_ten_thousand_passages_of_one_text_are_found() -> None:
    lines = [f"Line {number} tells of {number * 7919 % 10_007} boats." for number in range(10_000)]
    old = "\n".join(lines)
    new = "\n".join(["A new heading", *lines[:5_000], "Something in between", *lines[5_000:]])
    finder = Finder(new)
    at = 0
    for number, line in enumerate(lines):
        found = finder.find(anchor_at("1", old, at, at + len(line)), old)
        by = 14 if number < 5_000 else 35
        assert found is not None and (found.start, found.end) == (at + by, at + by + len(line))
        assert found.how is not How.CLOSE
        at += len(line) + 1


_TEXTS = st.text(
    st.sampled_from(list("aaab bc  \n.-“”'’é漢字👍\u0301\u200d\u00adﬁ🇸🇾")), max_size=120
)


@settings(max_examples=300, deadline=None)
@given(_TEXTS, _TEXTS, st.data())
def test_whatever_the_texts_a_place_is_whole_letters_of_the_new_one(
    old: str, new: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    anchor = anchor_at("1", old, start, end)
    finder = Finder(new)
    for known in (old, None):
        found = finder.find(anchor, known)
        if found is None:
            continue
        assert 0 <= found.start < found.end <= len(new)
        assert found.how is not How.CLOSE or len(anchor.quote) >= 20
        if known != new:
            assert whole_letters(new, found.start, found.end) == (found.start, found.end)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.data())
def test_in_an_unchanged_text_every_passage_stands_where_it_stood(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = Finder(text).find(anchor_at("1", text, start, end), text)
    if text[start:end].strip():
        assert found == Found(start, end, How.POSITION)
    else:
        assert found is None


def test_a_very_long_passage_with_an_edit_inside_comes_to_review_with_both_of_its_ends() -> None:
    lines = [f"On day {number} the ship made {number * 7919 % 997} miles." for number in range(900)]
    old = f"{_STORY}\n" + "\n".join(lines) + "\nThe log ends here, on the last page of the book."
    new = old.replace("On day 400 the ship made", "On the day after, they say, she made")
    start, end = old.index("On day 5 "), old.index("On day 895 ") - 1
    found = Finder(new).find(anchor_at("1", old, start, end), old)
    assert found is not None and found.how is How.CLOSE
    assert (found.start, found.end) == (start, end + len(new) - len(old))


def test_what_stands_where_a_very_long_passage_stood_is_not_taken_for_it() -> None:
    old = f"{_STORY}\n" + "\n".join(f"Line {number} of the list." for number in range(900))
    new = f"{_STORY}\nThe list was taken out."
    start = len(_STORY) + 1
    found = Finder(new).find(anchor_at("1", old, start, len(old)), old)
    assert found is None


def test_what_was_put_into_a_passage_is_shown_for_review_as_a_part_of_it() -> None:
    caption = "Photograph: the old mill at dusk, seen from the eastern bank of the river (AFP)"
    lines = _STORY.split("\n")
    new = "\n".join([*lines[:3], caption, *lines[3:]])
    quote = _STORY[_STORY.index("denied that") : _STORY.index(" had closed")]
    found = place_in(new, _STORY, quote)
    assert found is not None and found.how is How.CLOSE
    now = new[found.start : found.end]
    assert now.startswith("denied that") and now.endswith("the market") and caption in now


def test_words_that_are_now_the_end_of_a_longer_word_are_not_the_passage_unseen() -> None:
    old = f"{_STORY}\nrest of the army is camped beyond the hills to the north of the town"
    new = f"{_STORY}\nforest of the army is camped beyond the hills to the north of the town"
    found = place_in(new, old, "rest of the army is camped beyond")
    assert found is not None and found.how is How.CLOSE


def test_a_correction_right_behind_a_changed_sentence_is_not_taken_for_it() -> None:
    sentence = "Nobody had seen the convoy leave, and the bridge was still guarded by six men."
    changed = "Nobody had seen the convoy leave, and the bridge was still guarded by nine men."
    new = _STORY.replace(sentence, f"{changed} (Earlier this said: {sentence} We regret it.)")
    found = place_in(new, _STORY, sentence)
    assert found is not None and found.how is How.CLOSE
    assert new[found.start : found.end] in (changed, sentence)


def test_where_a_full_stop_more_or_less_would_decide_nothing_is_moved_unseen() -> None:
    notice = "Copyright 2019 Harbour Press and its partners."
    old = f"{_STORY}\nThis has been sent to\n{notice} All rights reserved.\nThis copy is for you."
    new = (
        f"{_STORY}\nTerms of use\n{notice} All rights reserved.\nHarbour weekly\n"
        f"{notice} All rights reserved\nThis copy is for you."
    )
    for quote in ("rights", "partners", "All rights"):
        assert found_in(new, old, quote) is None


def test_a_changed_passage_is_looked_for_in_its_place_before_its_twin_elsewhere() -> None:
    notice = "The opinions given here are those of the author and of nobody else."
    changed = "The opinions given here are those of nobody but the writer alone."
    lines = _STORY.split("\n")
    old = "\n".join([lines[0], notice, *lines[1:], notice, "Printed in the harbour."])
    new = "\n".join([lines[0], changed, *lines[1:], notice, "Printed in the harbour."])
    found = place_in(new, old, notice, 0)
    assert found is not None and found.how is How.CLOSE
    assert new[found.start : found.end].startswith("The opinions given here are those of nobody")
    kept = place_in(new, old, notice, 1)
    assert kept is not None and kept.how is How.QUOTE
