"""Lines of a text: what stands around a match, and what a line is known again by."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.concordance import KNOWN_BY, lines_of
from desktop_app.core.words import words


def _spans(text: str, wanted: str) -> list[tuple[int, int]]:
    found, start = [], text.find(wanted)
    while start >= 0:
        found.append((start, start + len(wanted)))
        start = text.find(wanted, start + 1)
    return found


def test_a_line_is_the_text_around_its_match_as_it_stands() -> None:
    text = "The old quay\nat Halmar, the new quay."
    first, second = lines_of(text, _spans(text, "quay"), width=8)
    assert (first.left, first.match, first.right) == ("The old ", "quay", "\nat Halm")
    assert (second.left, second.match, second.right) == ("the new ", "quay", ".")
    assert first.before == ("old", "the") and first.behind == ("at", "halmar", "the")
    assert second.before == ("new", "the", "halmar") and second.behind == ()


def test_equal_lines_of_a_document_are_known_apart_by_their_number() -> None:
    text = "\n".join(["a b c d e quay f g h i j"] * 3)
    keys = [line.key for line in lines_of(text, _spans(text, "quay"))]
    assert len(set(keys)) == 3
    shorter = "\n".join(["a b c d e quay f g h i j"] * 2)
    assert [line.key for line in lines_of(shorter, _spans(shorter, "quay"))] == keys[:2]


def test_a_line_keeps_its_key_where_its_words_are_set_otherwise() -> None:
    one = "Far before. one two three four five QUAY six seven eight nine ten. Far behind."
    other = "Else. One, two: three\n\nfour «five» quay (six) seven; eight nine ten? Other end"
    (first,) = lines_of(one, _spans(one, "QUAY"))
    (second,) = lines_of(other, _spans(other, "quay"))
    assert first.key == second.key
    changed = other.replace("three", "3")
    (third,) = lines_of(changed, _spans(changed, "quay"))
    assert third.key != first.key


def test_the_key_does_not_follow_from_how_much_is_shown() -> None:
    text = "one two three four five six quay seven eight nine ten eleven twelve"
    spans = _spans(text, "quay")
    assert {line.key for width in (0, 3, 80) for line in lines_of(text, spans, width=width)} == {
        next(iter(lines_of(text, spans))).key
    }


@given(st.text(alphabet="ab é\u0301ß,\n-", max_size=300), st.data())
def test_the_words_around_a_match_are_the_nearest_ones(text: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(text)))
    # A match stands between edges of words.
    whole = f"{text[:cut]} quay {text[cut:]}"
    start = len(text[:cut]) + 1
    (line,) = lines_of(whole, [(start, start + 4)])
    before, behind = words(whole[:start]), words(whole[start + 4 :])
    assert list(line.before) == before[::-1][: len(line.before)]
    assert list(line.behind) == behind[: len(line.behind)]
    assert len(line.before) == min(3, len(before))
    assert len(line.behind) == min(3, len(behind))
    assert KNOWN_BY == 5
