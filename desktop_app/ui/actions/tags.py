"""The actions about tags and their collections, for the table of actions.

Those that are about one tag mean the one that the sidebar's keys are at, and ask for one where they
are at none.
"""

from __future__ import annotations

from desktop_app.ui.actions.row import Action, Situation

TAGS_MENU = "Tags"


def _writable(now: Situation) -> bool:
    return not now.read_only


def _any(now: Situation) -> bool:
    return now.tags > 0


def _changeable(now: Situation) -> bool:
    return now.tags > 0 and not now.read_only


def _mergeable(now: Situation) -> bool:
    return now.tags > 1 and not now.read_only


TAG_ACTIONS: tuple[Action, ...] = (
    Action(
        "tags.new", "New tag…", TAGS_MENU, 0, ("Ctrl+T",), "add", _writable, more="create add code"
    ),
    *(
        Action(f"tags.{name}", text, TAGS_MENU, part, (), icon, enabled, more=more)
        for name, text, part, icon, enabled, more in (
            ("edit", "Edit a tag…", 1, "form", _any, "definition colour pattern letters aliases"),
            ("rename", "Rename a tag", 1, "rename", _changeable, "name title F2"),
            ("move", "Move a tag…", 1, "move", _changeable, "parent below collection place"),
            ("merge", "Merge a tag into another…", 1, "merge", _mergeable, "join combine"),
            (
                "archive",
                "Archive a tag, or take it out",
                2,
                "archive",
                _changeable,
                "put away hide",
            ),
            ("delete", "Delete a tag", 2, "delete", _changeable, "remove trash"),
        )
    ),
    Action(
        "tags.switch",
        "Change the collection in use…",
        TAGS_MENU,
        4,
        ("Ctrl+Shift+T",),
        "collection",
        _writable,
        more="active codebook switch choose",
    ),
    Action(
        "tags.collections",
        "Tag collections…",
        TAGS_MENU,
        4,
        (),
        "collection",
        more="codebook describe lock duplicate archive show",
    ),
    Action(
        "tags.bin",
        "Trash of tags…",
        TAGS_MENU,
        4,
        (),
        "trash",
        more="deleted restore undelete recover",
    ),
    Action(
        "tags.highlights",
        "Count highlights in the sidebar",
        TAGS_MENU,
        5,
        checkable=True,
        more="numbers documents tags",
    ),
    Action(
        "tags.archived",
        "Show archived tags in the sidebar",
        TAGS_MENU,
        5,
        checkable=True,
        more="hidden put away",
    ),
    Action(
        "tags.import",
        "Import tags…",
        TAGS_MENU,
        6,
        (),
        "import",
        _writable,
        more="codebook csv qdc tagset taguette file read",
    ),
    Action(
        "tags.export",
        "Export tags…",
        TAGS_MENU,
        6,
        (),
        "save",
        more="codebook csv qdc tagset taguette file save",
    ),
    Action(
        "tags.compare",
        "Compare two people’s tags…",
        TAGS_MENU,
        6,
        (),
        "",
        _any,
        more="agreement kappa intercoder reliability difference coders",
    ),
)
