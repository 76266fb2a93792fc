"""The one table of actions: menus, shortcuts, the palette and the list of keys all read it.

What an action does is said by whoever joins the parts; when it can be done is said here, from the
Situation alone.
"""

from __future__ import annotations

from desktop_app.ui.actions.concordance import CONCORDANCE_ACTIONS
from desktop_app.ui.actions.highlights import HIGHLIGHT_ACTIONS, VIEW_ACTIONS
from desktop_app.ui.actions.marking import MARK_ACTIONS
from desktop_app.ui.actions.pages import PAGE_ACTION, PAGE_ACTIONS
from desktop_app.ui.actions.printing import PRINT_ACTIONS
from desktop_app.ui.actions.row import Action, Situation
from desktop_app.ui.actions.searching import MENU as _SEARCH
from desktop_app.ui.actions.searching import SEARCH_ACTIONS
from desktop_app.ui.actions.tag_views import TAG_VIEW_ACTIONS
from desktop_app.ui.actions.tagging import TAGGING_ACTIONS
from desktop_app.ui.actions.tags import TAG_ACTIONS, TAGS_MENU

__all__ = ("ACTIONS", "MENUS", "Action", "Situation")


def _writable(situation: Situation) -> bool:
    return not situation.read_only


def _selected(situation: Situation) -> bool:
    return situation.selected > 0


def _changeable(situation: Situation) -> bool:
    return situation.selected > 0 and not situation.read_only


def _listed(situation: Situation) -> bool:
    return situation.listed > 0


def _open(situation: Situation) -> bool:
    return situation.document_open


_FILE, _EDIT, _DOCUMENT = "File", "Edit", "Document"
_MARK, _VIEW, _HELP = "Mark", "View", "Help"

MENUS = (_FILE, _EDIT, _SEARCH, _DOCUMENT, _MARK, TAGS_MENU, _VIEW, _HELP)

ACTIONS: tuple[Action, ...] = (
    Action("file.import_files", "Import files…", _FILE, 0, ("Ctrl+I",), "import", _writable),
    Action(
        "file.import_folder", "Import a folder…", _FILE, 0, ("Ctrl+Shift+I",), "folder", _writable
    ),
    Action(
        "file.import_list",
        "Imports",
        _FILE,
        0,
        ("Ctrl+J",),
        "document",
        more="history outcomes refused imported what",
    ),
    Action(
        "file.watch", "Watch folders…", _FILE, 0, (), "folder", more="inbox automatic new files"
    ),
    Action("file.stop_import", "Stop the import", _FILE, 0, (), "stop", lambda now: now.importing),
    *PRINT_ACTIONS,
    Action("file.backup", "Back up…", _FILE, 1, ("Ctrl+Shift+B",), "backup", _writable),
    Action("file.restore", "Restore…", _FILE, 1, (), "restore", _writable),
    Action(
        "file.verify", "Verify the library…", _FILE, 1, (), "verify", more="check repair damage"
    ),
    Action(
        "file.read_again",
        "Read the originals again…",
        _FILE,
        1,
        (),
        "retry",
        lambda now: not now.read_only and now.listed + now.trash > 0,
        more="reindex extract newer readers reread",
    ),
    Action(
        "file.empty_trash",
        "Empty the trash…",
        _FILE,
        2,
        (),
        "trash",
        lambda now: now.trash > 0 and not now.read_only,
    ),
    Action(
        "file.own_library",
        "Open my own library",
        _FILE,
        3,
        (),
        "all",
        lambda now: not now.own_library,
    ),
    Action("file.quit", "Quit", _FILE, 3, ("Ctrl+Q",), "", more="close exit"),
    Action(
        "edit.undo",
        "Undo",
        _EDIT,
        0,
        ("Ctrl+Z",),
        "undo",
        lambda now: now.undo_name is not None and not now.read_only,
    ),
    Action(
        "edit.redo",
        "Redo",
        _EDIT,
        0,
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        "redo",
        lambda now: now.redo_name is not None and not now.read_only,
    ),
    Action(
        "edit.history",
        "History…",
        _EDIT,
        0,
        ("Ctrl+Alt+Z",),
        "restore",
        more="what was done steps undo back log",
    ),
    Action("edit.select_all", "Select all documents", _EDIT, 1, ("Ctrl+A",), "", _listed),
    Action("edit.search", "Search", _EDIT, 2, ("Ctrl+L",), "search", more="find query"),
    Action(
        "edit.find", "Search for words in this document", _EDIT, 2, ("Ctrl+F",), "search", _open
    ),
    Action("edit.clear_search", "Clear the search", _EDIT, 2, (), "close", more="all everything"),
    Action(
        "edit.palette",
        "All actions and tags",
        _EDIT,
        3,
        ("Ctrl+K",),
        "palette",
        more="palette commands",
    ),
    *SEARCH_ACTIONS,
    *CONCORDANCE_ACTIONS,
    Action("document.open", "Open", _DOCUMENT, 0, (), "reading", _selected),
    Action(
        "document.next",
        "Next document",
        _DOCUMENT,
        0,
        ("J",),
        "down",
        _listed,
        more="result",
    ),
    Action(
        "document.previous",
        "Previous document",
        _DOCUMENT,
        0,
        ("K",),
        "up",
        _listed,
        more="result",
    ),
    Action(
        "document.next_match",
        "Next match",
        _DOCUMENT,
        1,
        ("F3",),
        "next",
        lambda now: now.matches > 0,
    ),
    Action(
        "document.previous_match",
        "Previous match",
        _DOCUMENT,
        1,
        ("Shift+F3",),
        "previous",
        lambda now: now.matches > 0,
    ),
    Action(
        "document.tag", "Tag…", _DOCUMENT, 2, ("T",), "tag", _changeable, more="tags label code"
    ),
    Action(
        "document.star", "Star", _DOCUMENT, 2, ("S",), "star", _changeable, more="unstar favourite"
    ),
    Action("document.read", "Mark as read or unread", _DOCUMENT, 2, ("M",), "read", _changeable),
    Action(
        "document.reading", "Mark as reading", _DOCUMENT, 2, ("Shift+M",), "reading", _changeable
    ),
    Action(
        "document.details",
        "Details",
        _DOCUMENT,
        3,
        ("I",),
        "details",
        checkable=True,
        more="title author date source url language edit",
    ),
    Action(
        "document.check_facts",
        "Check facts…",
        _DOCUMENT,
        3,
        ("Shift+I",),
        "verify",
        _changeable,
        more="accept proposals metadata title author date source",
    ),
    Action(
        "document.attachments",
        "Attachments…",
        _DOCUMENT,
        3,
        (),
        "attachment",
        lambda now: now.selected == 1,
        more="mail files enclosed",
    ),
    Action(
        "document.note",
        "Note on the document…",
        _DOCUMENT,
        3,
        ("Shift+N",),
        "note",
        lambda now: now.document_open and not now.read_only,
        more="comment annotate summary whole",
    ),
    Action(
        "document.boilerplate",
        "Boilerplate…",
        _DOCUMENT,
        3,
        (),
        "fold",
        more="folds phrases share bar newsletter never always",
    ),
    Action(
        "document.folds",
        "Show or hide folded parts",
        _DOCUMENT,
        3,
        ("B",),
        "",
        _open,
        more="boilerplate",
    ),
    Action(
        "document.whole",
        "Whole page or article",
        _DOCUMENT,
        3,
        ("W",),
        "",
        lambda now: now.two_texts and not now.read_only,
        more="web page text extract",
    ),
    PAGE_ACTION,
    Action("document.original", "Save the original file…", _DOCUMENT, 3, (), "save", _open),
    Action(
        "document.trash",
        "Move to the trash",
        _DOCUMENT,
        4,
        ("Delete",),
        "trash",
        lambda now: _changeable(now) and not now.in_trash,
        more="delete remove",
    ),
    Action(
        "document.restore",
        "Put back from the trash",
        _DOCUMENT,
        4,
        (),
        "restore",
        lambda now: _changeable(now) and now.in_trash,
        more="undelete restore",
    ),
    *MARK_ACTIONS,
    *HIGHLIGHT_ACTIONS,
    *TAG_ACTIONS,
    *TAGGING_ACTIONS,
    *TAG_VIEW_ACTIONS,
    *VIEW_ACTIONS,
    Action(
        "view.back",
        "Back to what was read",
        _VIEW,
        0,
        ("Alt+Left",),
        "back",
        lambda now: now.back,
        more="previous place history",
    ),
    Action(
        "view.forward",
        "Forward again",
        _VIEW,
        0,
        ("Alt+Right",),
        "forward",
        lambda now: now.forward,
        more="next place history",
    ),
    Action("view.sidebar", "Sidebar", _VIEW, 0, ("F9",), "sidebar", checkable=True),
    Action(
        "view.contents",
        "Contents",
        _VIEW,
        0,
        ("C",),
        "contents",
        lambda now: now.contents,
        checkable=True,
        more="chapters headings pages outline go to",
    ),
    Action(
        "view.reader_alone",
        "Reader alone",
        _VIEW,
        0,
        ("F11",),
        "reading",
        checkable=True,
        more="full screen focus",
    ),
    Action(
        "view.theme_system",
        "Colours of the desktop",
        _VIEW,
        1,
        (),
        "colour",
        checkable=True,
        group="theme",
        more="theme",
    ),
    Action(
        "view.theme_light",
        "Paper",
        _VIEW,
        1,
        (),
        "colour",
        checkable=True,
        group="theme",
        more="theme light",
    ),
    Action(
        "view.theme_sepia",
        "Sepia",
        _VIEW,
        1,
        (),
        "colour",
        checkable=True,
        group="theme",
        more="theme",
    ),
    Action(
        "view.theme_dark",
        "Dark",
        _VIEW,
        1,
        (),
        "colour",
        checkable=True,
        group="theme",
        more="theme night",
    ),
    Action(
        "view.theme_contrast",
        "High contrast",
        _VIEW,
        1,
        (),
        "colour",
        checkable=True,
        group="theme",
        more="theme black white accessibility",
    ),
    Action(
        "view.text_larger", "Larger text", _VIEW, 2, ("Ctrl++", "Ctrl+="), "text", more="zoom in"
    ),
    Action("view.text_smaller", "Smaller text", _VIEW, 2, ("Ctrl+-",), "text", more="zoom out"),
    Action("view.text_normal", "Usual text size", _VIEW, 2, ("Ctrl+0",), "text", more="zoom reset"),
    *PAGE_ACTIONS,
    Action("help.keys", "Keys", _HELP, 0, ("F1", "?"), "keys", more="shortcuts help"),
    Action(
        "help.welcome",
        "Open the starter library…",
        _HELP,
        0,
        (),
        "welcome",
        more="manual guide welcome",
    ),
    Action("help.diagnostics", "Diagnostics", _HELP, 1, (), "settings", more="log network version"),
    Action("help.about", "About Postil", _HELP, 1, (), "details", more="licence version"),
)
