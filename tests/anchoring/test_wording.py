"""What is word for word the same in the texts of two readers, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.anchoring.letters import Letters, letters
from desktop_app.anchoring.wording import same_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("two words", "two  \n words"),
        ("two words", "two\u00a0words"),
        ("a line\nand the next", "a lineand the next"),
        ("The end.\nA new one", "The end.A new one"),
        ("a word, and more", "a word , and more"),
        ("international", "inter-\nnational"),
        ("international", "inter- national"),
        ("international", "inter\u00adnational"),
        ("well-known men", "well-\nknown men"),
        ("well-known men", "well‑known men"),
        ("2014–2016", "2014-2016"),
        ("so – he said – it is", "so—he said—it is"),
        ("“So it is,” she said", "«So it is,» she said"),
        ("the city's gate", "the city’s gate"),
        ("the final office", "the ﬁnal oﬃce"),
        ("and so on...", "and so on…"),
        ("One thing\nAnother", "One thing\n- Another"),
        ("One thing\nAnother", "One thing\n• Another"),
        ("誰も見なかった。橋は", "誰も見\nなかった。 橋は"),
        ("سلام", "\ufeb3\ufefc\ufee1"),
    ],
)
def test_readers_differ_in_these_and_the_words_are_the_same(one: str, other: str) -> None:
    assert same_words(one, other) and same_words(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the rapist", "therapist"),
        ("5-10 men", "510 men"),
        ("1 000", "1000"),
        ("12\n5", "125"),
        ("re-sign", "resign"),
        ("man-eating", "man eating"),
        ("he said “never”", "he said never"),
        ("its gate", "it's gate"),
        ("one thing - another", "one thing another"),
        ("Turkey", "turkey"),
        ("café", "cafe"),
        ("a b", "a"),
        ("12-\n5", "125"),
    ],
)
def test_these_are_other_words(one: str, other: str) -> None:
    assert not same_words(one, other) and not same_words(other, one)


_LETTERS = st.text(st.sampled_from(list("ab. \n-“'é漢👍\u0301\u200d\u00adﬁ…")), max_size=2_000)


@given(_LETTERS, st.data())
def test_a_place_found_by_its_letters_is_the_code_point_that_gave_them(
    text: str, data: st.DataObject
) -> None:
    of_text = Letters(text)
    assert of_text.bytes == letters(text)
    place = data.draw(st.integers(0, len(text)))
    offset = of_text.offset(place)
    assert offset == len(letters(text[:place]))
    if place < len(text) and letters(text[place]):
        assert of_text.place(offset) == place
        assert of_text.place(of_text.offset(place + 1) - 1) == place
