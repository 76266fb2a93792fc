"""Where the column stands in the window, and the room beside it for cards of notes.

The room is kept whether there are notes or not, so that the page never jumps when the first one
is written.
"""

from __future__ import annotations

MARGIN_PX = 47
LEAST_MARGIN_PX = 24
NOTES_PX = 194  # room that is kept at the right of the column where there is any

GAP_PX = 26  # between the column and the cards
LEAST_GAP_PX = 16
EDGE_PX = 4  # between the cards and the edge of the window
LEAST_CARD_PX = 116
MOST_CARD_PX = 250
_LEAST_ROOM_PX = LEAST_GAP_PX + LEAST_CARD_PX + EDGE_PX


def left_of_column(spare: int) -> int:
    """Where the column starts: near the left edge, with the room for notes at the right.

    spare: what the window is wider than the column. Where cards fit only just, the left margin
    gives way to them.
    """
    usual = max(MARGIN_PX, (spare - NOTES_PX) // 2)
    if spare >= LEAST_MARGIN_PX + _LEAST_ROOM_PX:
        return min(usual, spare - _LEAST_ROOM_PX)
    return max(LEAST_MARGIN_PX, min(usual, spare // 2))


def cards_beside(room: int) -> tuple[int, int] | None:
    """How far from the column's right edge cards start, and how wide they are.

    room: from that edge to the end of the window. None: there is no room for cards.
    """
    if room < _LEAST_ROOM_PX:
        return None
    gap = min(max(room - EDGE_PX - LEAST_CARD_PX, LEAST_GAP_PX), GAP_PX)
    return gap, min(room - gap - EDGE_PX, MOST_CARD_PX)
