"""The actions about the views of tags: the page of one, and the tags that occur together."""

from __future__ import annotations

from desktop_app.ui.actions.row import Action, Situation

_MENU = "Tags"
_INSIDE = "On the page of a tag"


def _any(now: Situation) -> bool:
    return now.tags > 0


def _several(now: Situation) -> bool:
    return now.tags > 1


def _listed(now: Situation) -> bool:
    return now.tag_page_chosen > 0


def _changeable(now: Situation) -> bool:
    return now.tag_page_chosen > 0 and not now.read_only


TAG_VIEW_ACTIONS: tuple[Action, ...] = (
    Action(
        "tags.page",
        "Page of a tag…",
        _MENU,
        3,
        ("Shift+T",),
        "details",
        _any,
        more="definition about what carries quotations passages open",
    ),
    Action(
        "tags.together",
        "Tags together",
        _MENU,
        3,
        (),
        "sidebar",
        _several,
        checkable=True,
        more="occur matrix crosstab co-occurrence table pairs",
    ),
    Action(
        "together.save",
        "Save tags together as a table…",
        _MENU,
        3,
        (),
        "save",
        lambda now: now.together,
        more="csv export matrix spreadsheet",
    ),
    *(
        Action(f"tagged.{name}", text, _MENU, 3, (), icon, enabled, inside=_INSIDE, more=more)
        for name, text, icon, enabled, more in (
            ("open", "Open what is chosen", "reading", _listed, "reader go document highlight"),
            ("tags", "Change the tags…", "tag", _changeable, "code label"),
            ("off", "Take the tag off", "minus", _changeable, "remove untag"),
        )
    ),
)
