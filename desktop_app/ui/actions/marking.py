"""The actions of the Mark menu, and caret browsing, for the table of actions."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.core.highlights import MARK_COLOURS, MarkStyle
from desktop_app.ui.actions.row import Action, Situation
from desktop_app.ui.actions.tagging import takes_tags

MENU = "Mark"
DIGITS = range(1, 10)

STYLES = {
    MarkStyle.FILL: "Filled",
    MarkStyle.UNDERLINE: "Underlined",
    MarkStyle.BAR: "Bar beside",
}

# What Shift with an arrow does to a highlight that is chosen.
RESIZES = {
    "mark.end_right": ("End one letter to the right", "Shift+Right"),
    "mark.end_left": ("End one letter to the left", "Shift+Left"),
    "mark.end_word_right": ("End one word to the right", "Ctrl+Shift+Right"),
    "mark.end_word_left": ("End one word to the left", "Ctrl+Shift+Left"),
    "mark.start_right": ("Start one letter to the right", "Alt+Shift+Right"),
    "mark.start_left": ("Start one letter to the left", "Alt+Shift+Left"),
    "mark.start_word_right": ("Start one word to the right", "Ctrl+Alt+Shift+Right"),
    "mark.start_word_left": ("Start one word to the left", "Ctrl+Alt+Shift+Left"),
}

# These may be held down; of all others that mark, a key that is held asks once.
REPEATED = frozenset((*RESIZES, "mark.next", "mark.previous"))


def _writable(now: Situation) -> bool:
    return now.document_open and not now.read_only


def _chosen(now: Situation) -> bool:
    return _writable(now) and now.mark_chosen


def _marked(now: Situation) -> bool:
    return now.document_open and now.marks > 0


def _row(
    action: str,
    text: str,
    part: int,
    key: str = "",
    icon: str = "",
    *,
    inside: str = "",
    more: str = "",
    only_chosen: bool = False,
    group: str = "",
    in_reader: bool = True,
    enabled: Callable[[Situation], bool] | None = None,
) -> Action:
    return Action(
        action,
        text,
        MENU,
        part,
        (key,) if key else (),
        icon,
        enabled or (_chosen if only_chosen else _writable),
        checkable=bool(group),
        group=group,
        more=more,
        inside=inside,
        in_reader=in_reader,
    )


MARK_ACTIONS: tuple[Action, ...] = (
    _row("mark.highlight", "Highlight", 0, "H", "highlight", more="mark passage selection colour"),
    _row("mark.note", "Note on the passage…", 0, "N", "note", more="comment annotate margin"),
    _row("mark.tags", "Tags of the highlight…", 0, "", "tag", more="T tag passage code"),
    *(
        _row(
            f"mark.tag_{n}",
            f"Tag with key {n}",
            1,
            str(n),
            "tag",
            inside="Tag",
            more="digit",
            enabled=takes_tags,
        )
        for n in DIGITS
    ),
    *(
        _row(
            f"mark.sticky_{n}",
            f"Tag all that I select with key {n}",
            1,
            f"Shift+{n}",
            "tag",
            inside="Sticky tag",
            more="keep until Esc",
            enabled=takes_tags,
        )
        for n in DIGITS
    ),
    *(
        _row(
            f"mark.match_{n}",
            f"Mark the current match with key {n}",
            1,
            f"Ctrl+Alt+{n}",
            "tag",
            inside="Mark the match",
            more="found search selection",
            in_reader=False,  # one may have gone to the match from the list
        )
        for n in DIGITS
    ),
    *(
        _row(
            f"mark.colour_{name}",
            name.capitalize(),
            2,
            inside="Colour",
            group="mark_colour",
            more="colour of the highlight mark",
        )
        for name in MARK_COLOURS
    ),
    *(
        _row(
            f"mark.style_{style}",
            name,
            2,
            inside="Style",
            group="mark_style",
            more="style of the highlight mark",
        )
        for style, name in STYLES.items()
    ),
    *(
        _row(action, text, 2, key, inside="Resize", only_chosen=True, more="highlight move")
        for action, (text, key) in RESIZES.items()
    ),
    Action(
        "mark.next",
        "Next highlight",
        MENU,
        3,
        ("]",),
        "next",
        _marked,
        more="mark choose",
        in_reader=True,
    ),
    Action(
        "mark.previous",
        "Previous highlight",
        MENU,
        3,
        ("[",),
        "previous",
        _marked,
        more="mark choose",
        in_reader=True,
    ),
    Action(
        "view.caret",
        "Move by keys in the text",
        MENU,
        3,
        ("F7",),
        "caret",
        lambda now: now.document_open,
        checkable=True,
        more="caret browsing cursor keyboard select",
    ),
    _row("mark.delete", "Delete the highlight", 4, "Delete", "delete", only_chosen=True),
)
