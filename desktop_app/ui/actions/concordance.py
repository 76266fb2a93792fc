"""The actions about the concordance, for the table of actions."""

from __future__ import annotations

from desktop_app.ui.actions.row import Action, Situation

MENU = "Search"
INSIDE = "Lines of the concordance"


def _shown(now: Situation) -> bool:
    return now.lines > 0


def _chosen(now: Situation) -> bool:
    return now.lines_chosen > 0


def _markable(now: Situation) -> bool:
    return now.lines_chosen > 0 and not now.read_only


CONCORDANCE_ACTIONS: tuple[Action, ...] = (
    Action(
        "search.concordance",
        "Concordance",
        MENU,
        2,
        ("Ctrl+Shift+K",),
        "lines",
        checkable=True,
        more="kwic keyword context every match lines mentions",
    ),
    *(
        Action(f"lines.{name}", text, MENU, 2, (), icon, enabled, inside=INSIDE, more=more)
        for name, text, icon, enabled, more in (
            ("open", "Open at the match", "reading", _chosen, "reader go"),
            ("seen", "Seen, or not seen", "check", _markable, "done review mark"),
            ("irrelevant", "Irrelevant, or not", "close", _markable, "reject review mark"),
            ("tag", "Highlight and tag…", "tag", _markable, "code mark"),
            ("export", "Save the lines as a table…", "save", _shown, "csv export spreadsheet"),
        )
    ),
)
