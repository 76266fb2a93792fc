"""Words just as they are written, told by their letters where the index only knows candidates."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.matching import Matcher
from desktop_app.core.query_tree import Said, Word, WordKind
from desktop_app.library.looking_sure import _cased

# A mark that joins a letter, one that joins none, a letter of two, one of none, and ends of words.
_TEXTS = st.text(alphabet="ISi_ =\u0301\u0f73ß½\u00ad-", max_size=24)


@given(_TEXTS, st.sampled_from(["IS", "I", "IiS"]))
@settings(max_examples=2_000, deadline=None)
def test_words_as_written_are_those_that_the_matcher_finds(text: str, form: str) -> None:
    matcher = Matcher((Said((Word(form, WordKind.CASED),)),))
    assert any(_cased(text, form, ())) == bool(matcher.spans(text))


def test_letters_in_a_fold_are_not_found() -> None:
    assert list(_cased("IS it IS, IS", "IS", [(0, 2), (6, 8)])) == [False, False, True]


def test_a_run_without_a_blank_however_long_is_gone_through_once() -> None:
    assert sum(_cased("xIS=1&" * 50_000 + "IS", "IS", ())) == 1
