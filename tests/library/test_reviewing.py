"""What one needs to decide about a highlight that did not stay where it was marked."""

from __future__ import annotations

from desktop_app.core.highlights import Anchor
from desktop_app.library.reviewing import likely_place

_OLD = (
    "The market at the quay opened late, since the ferry had been held up by fog on the sound."
    " By noon every stall was set, and the fishwives called their prices over the winches."
    " Nobody spoke of the yard that would be moved, although everyone had read the notice."
)


def anchor(quote: str) -> Anchor:
    start = _OLD.index(quote)
    end = start + len(quote)
    return Anchor("v", start, end, quote, _OLD[max(start - 32, 0) : start], _OLD[end : end + 32])


def test_a_lost_passage_is_looked_for_between_what_stood_around_it() -> None:
    lost = anchor("every stall was set")
    new = _OLD.replace("every stall was set", "they were ready")
    found = likely_place(lost, _OLD, new)
    assert found is not None
    assert new[found.start : found.end] == "they were ready"


def test_without_the_old_text_its_surroundings_tell() -> None:
    lost = anchor("every stall was set")
    new = "A line more. " + _OLD.replace("every stall was set", "they were ready")
    found = likely_place(lost, None, new)
    assert found is not None
    assert found.start <= new.index("they were ready") < found.end + 1


def test_where_nothing_tells_no_place_is_offered() -> None:
    assert likely_place(anchor("every stall was set"), None, "Something else altogether.") is None
    assert likely_place(anchor("every stall was set"), _OLD, "") is None
