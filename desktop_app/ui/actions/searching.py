"""The actions about searching and what it finds, for the table of actions."""

from __future__ import annotations

from desktop_app.ui.actions.row import Action, Situation

MENU = "Search"


def _listed(now: Situation) -> bool:
    return now.listed > 0


SEARCH_ACTIONS: tuple[Action, ...] = (
    Action(
        "search.filters",
        "Filters…",
        MENU,
        0,
        ("Ctrl+Shift+F",),
        "filter",
        more="facets tags sources years types languages state narrow",
    ),
    Action(
        "search.advanced",
        "Search by a form…",
        MENU,
        0,
        ("Ctrl+Alt+F",),
        "form",
        more="advanced fields all any without phrase near dates",
    ),
    Action(
        "search.parts",
        "Parts of the search",
        MENU,
        0,
        ("Ctrl+Shift+L",),
        "search",
        more="explain counts switch off remove",
    ),
    Action(
        "search.stop",
        "Stop the search",
        MENU,
        0,
        (),
        "stop",
        lambda now: now.searching,
        more="cancel counting matches",
    ),
    Action(
        "search.save",
        "Save this search…",
        MENU,
        0,
        ("Ctrl+D",),
        "star",
        lambda now: now.asked and not now.read_only,
        more="saved searches bookmark star smart list keep",
    ),
    Action(
        "search.spellings",
        "Similar words…",
        MENU,
        0,
        ("Ctrl+Shift+E",),
        "find",
        more="spellings names family transliteration fuzzy join",
    ),
    Action(
        "search.forget",
        "Forget what was searched for before",
        MENU,
        0,
        (),
        "delete",
        lambda now: not now.read_only,
        more="history recent searches clear",
    ),
    Action(
        "search.next_result",
        "Next result",
        MENU,
        1,
        ("Alt+Down",),
        "down",
        _listed,
        more="document match found",
    ),
    Action(
        "search.previous_result",
        "Previous result",
        MENU,
        1,
        ("Alt+Up",),
        "up",
        _listed,
        more="document match found",
    ),
    Action(
        "search.copies",
        "Show or hide copies",
        MENU,
        1,
        (),
        "merge",
        lambda now: now.has_copies,
        more="duplicates same text folded dup",
    ),
)
