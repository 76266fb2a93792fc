"""The actions about highlights of the whole library, for the table of actions."""

from __future__ import annotations

from desktop_app.core.highlights import MARK_COLOURS
from desktop_app.ui.actions.marking import MENU, STYLES
from desktop_app.ui.actions.row import Action, Situation

_VIEW = "View"
IN_TABLE = "Chosen in the table"
REVIEW = "Review"


def _in_table(now: Situation) -> bool:
    return now.table_chosen > 0 and not now.read_only


def _quotable(now: Situation) -> bool:
    return now.table_chosen > 0 or now.document_open


def _reviewed(now: Situation) -> bool:
    return now.reviewed


def _reviewed_writable(now: Situation) -> bool:
    return now.reviewed and not now.read_only


VIEW_ACTIONS: tuple[Action, ...] = (
    Action(
        "view.highlights",
        "All highlights",
        _VIEW,
        0,
        ("Ctrl+Shift+H",),
        "highlight",
        checkable=True,
        more="marks table quotes notes list",
    ),
    Action(
        "view.highlights_here",
        "Highlights of this document",
        _VIEW,
        0,
        (),
        "highlight",
        lambda now: now.document_open,
        more="marks table only",
    ),
    Action(
        "view.review",
        "Highlights to review",
        _VIEW,
        0,
        (),
        "verify",
        more="lost found close accept moved",
    ),
)

HIGHLIGHT_ACTIONS: tuple[Action, ...] = (
    Action(
        "mark.copy_quotation",
        "Copy as quotation",
        MENU,
        5,
        ("Ctrl+Shift+C",),
        "copy",
        _quotable,
        more="cite citation reference passage",
    ),
    Action(
        "mark.copy_markdown",
        "Copy as quotation in Markdown",
        MENU,
        5,
        (),
        "copy",
        _quotable,
        more="cite citation reference passage",
    ),
    Action(
        "mark.save_table",
        "Save highlights as a table…",
        MENU,
        5,
        (),
        "save",
        more="export csv markdown spreadsheet",
    ),
    Action(
        "table.tag",
        "Tag…",
        MENU,
        6,
        (),
        "tag",
        _in_table,
        inside=IN_TABLE,
        more="highlights many bulk untag",
    ),
    *(
        Action(
            f"table.colour_{colour}",
            f"Make {colour}",
            MENU,
            6,
            (),
            "",
            _in_table,
            inside=IN_TABLE,
            more="highlights many bulk colour",
        )
        for colour in MARK_COLOURS
    ),
    *(
        Action(
            f"table.style_{style}",
            name,
            MENU,
            6,
            (),
            "",
            _in_table,
            inside=IN_TABLE,
            more="highlights many bulk style make",
        )
        for style, name in STYLES.items()
    ),
    Action(
        "table.delete",
        "Delete",
        MENU,
        6,
        (),
        "delete",
        _in_table,
        inside=IN_TABLE,
        more="highlights many bulk remove",
    ),
    *(
        Action(f"review.{name}", text, MENU, 7, keys, icon, enabled, inside=REVIEW, more=more)
        for name, text, keys, icon, enabled, more in (
            ("accept", "Accept the place", (), "check", _reviewed_writable, "agree found"),
            ("accept_ticked", "Accept all ticked", (), "check", _reviewed_writable, "agree"),
            ("move", "Move by hand", (), "move", _reviewed_writable, "place lost"),
            (
                "put_here",
                "Put it here",
                ("Ctrl+Return",),
                "check",
                lambda now: now.puttable and not now.read_only,
                "move place selection",
            ),
            ("look", "Look at the likely place", (), "search", _reviewed, "nearest lost"),
            ("find", "Find its words in the document", (), "search", _reviewed, "lost search"),
            ("search", "Search its words in the library", (), "search", _reviewed, "lost"),
            ("delete", "Delete the highlight", (), "delete", _reviewed_writable, "remove"),
            ("next", "Next to review", (), "next", _reviewed, ""),
        )
    ),
)
