"""The actions of the pages of a PDF, for the table of actions."""

from __future__ import annotations

from desktop_app.ui.actions.row import Action, Situation

_DOCUMENT, _VIEW = "Document", "View"


def _open(now: Situation) -> bool:
    return now.document_open


def _in_pages(now: Situation) -> bool:
    return now.in_pages


PAGE_ACTION = Action(
    "document.page",
    "Page or text",
    _DOCUMENT,
    3,
    ("O",),
    "document",
    _open,
    more="pdf original pages layout as printed",
)

PAGE_ACTIONS: tuple[Action, ...] = (
    Action(
        "view.fit_width",
        "Fit the width of the page",
        _VIEW,
        3,
        ("Ctrl+2",),
        "",
        _in_pages,
        checkable=True,
        more="zoom pdf pages",
    ),
    Action(
        "view.fit_page",
        "Fit the whole page",
        _VIEW,
        3,
        ("Ctrl+3",),
        "",
        _in_pages,
        checkable=True,
        more="zoom pdf pages",
    ),
    Action(
        "view.two_up",
        "Two pages side by side",
        _VIEW,
        3,
        ("Ctrl+4",),
        "",
        _in_pages,
        checkable=True,
        more="pdf pages spread double facing",
    ),
    Action(
        "view.turn_pages",
        "Turn the pages to the right",
        _VIEW,
        3,
        ("Ctrl+R",),
        "",
        _in_pages,
        more="rotate pdf pages sideways scan",
    ),
    Action(
        "view.dim_pages",
        "Dim white pages in dark colours",
        _VIEW,
        3,
        (),
        "",
        _in_pages,
        checkable=True,
        more="pdf pages night glare",
    ),
    Action(
        "view.go_to_page",
        "Go to page…",
        _VIEW,
        4,
        ("Ctrl+G",),
        "",
        lambda now: now.has_pages,
        more="number jump",
    ),
)
