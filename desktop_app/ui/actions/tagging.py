"""The actions that put tags on what was found or chosen, for the table of actions."""

from __future__ import annotations

from desktop_app.ui.actions.row import Action, Situation
from desktop_app.ui.actions.tags import TAGS_MENU


def takes_tags(now: Situation) -> bool:
    """Whether there is something that a key could tag: documents, highlights, a text."""
    chosen = now.selected > 0 or now.table_chosen > 0 or now.tag_page_chosen > 0
    return (chosen or now.document_open) and not now.read_only


def _listed(now: Situation) -> bool:
    return now.listed > 0 and not now.read_only


TAGGING_ACTIONS: tuple[Action, ...] = (
    Action(
        "tags.repeat",
        "Repeat the last tags",
        TAGS_MENU,
        0,
        ("R",),
        "retry",
        takes_tags,
        more="again same tag code",
    ),
    Action(
        "tags.all",
        "Tag all that was found…",
        TAGS_MENU,
        0,
        ("Ctrl+Shift+A",),
        "tag",
        _listed,
        more="whole result bulk every document label code",
    ),
    Action(
        "tags.split",
        "Split a tag…",
        TAGS_MENU,
        1,
        (),
        "fold",
        lambda now: now.tags > 0 and not now.read_only,
        more="divide part lines pick two",
    ),
    Action(
        "tags.twins",
        "Tags that may be one…",
        TAGS_MENU,
        3,
        (),
        "merge",
        lambda now: now.tags > 1,
        more="twins alike duplicates double same spelling plural accent tidy",
    ),
)
