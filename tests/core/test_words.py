from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.words import fold, fold_with_places, placed_words, words

# Letters that fold to several, to none, to capitals, to others in another order, or to themselves.
ODD = "…½ßﬁİé“”’ \u0301\u0300ℋ𝐀ΣςأإΆﷺ™ᎠꭰⒶ"
LETTERS = st.one_of(st.sampled_from("abc DEF."), st.sampled_from(ODD), st.characters())


def plainly(text: str) -> tuple[str, list[int]]:
    """Fold letter by letter, with the place of each."""
    folded: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for part in unicodedata.normalize("NFKD", letter.casefold()):
            if not unicodedata.combining(part):
                folded.append(part)
                places.append(place)
    return "".join(folded), places


def agrees(text: str) -> None:
    folded, places = fold_with_places(text)
    assert fold(text) == folded
    assert (folded, list(range(len(folded)) if places is None else places)) == plainly(text)


@given(st.text())
def test_folding_by_letters_is_folding_the_text(text: str) -> None:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    assert fold(text) == "".join(c for c in decomposed if not unicodedata.combining(c))
    agrees(text)
    assert [word.form for word in placed_words(text)] == words(text)


@given(st.lists(LETTERS, min_size=1, max_size=20).map("".join), st.integers(0, 900))
def test_long_texts_fold_as_short_ones_do(odd: str, where: int) -> None:
    plain = "The Siege of Raqqa, as told. " * 30
    agrees(plain[:where] + odd + plain[where:])
    agrees(plain[:where] + odd + plain[where:] + odd * 50)


def test_capitals_without_small_letters_that_fold_to_them_stay() -> None:
    long = "of Raqqa " * 100
    assert fold(f"{long}ℋ™Ꭰꭰ") == f"{long.lower()}HTMᎠᎠ"
