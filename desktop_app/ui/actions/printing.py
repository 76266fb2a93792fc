"""The actions that put a document on paper, for the table of actions."""

from __future__ import annotations

from desktop_app.ui.actions.row import Action, Situation


def _open(now: Situation) -> bool:
    return now.document_open


PRINT_ACTIONS: tuple[Action, ...] = (
    Action(
        "file.export_pdf",
        "Save the page as PDF…",
        "File",
        5,
        ("Ctrl+Shift+S",),
        "save",
        _open,
        more="export highlights notes marks paper",
    ),
    Action(
        "file.export_pages",
        "Save the pages with highlights as PDF…",
        "File",
        5,
        (),
        "save",
        lambda now: now.has_pages and now.marks > 0,
        more="export annotations copy pdf marks",
    ),
    Action("file.print", "Print…", "File", 5, ("Ctrl+P",), "document", _open, more="paper printer"),
)
