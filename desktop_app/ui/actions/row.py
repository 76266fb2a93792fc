"""What an action is, and what the window can tell about now for enabling actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Situation:
    """What the window can tell about now, for enabling actions.

    selected: documents that an action would act on. listed: documents in the list. asked: words
    or a view are searched for. searching: a search or the counting of its matches is under way.
    has_copies: the document at hand in the list has others of the same text under it, or stands
    under one. contents: the open document has chapters, headings or pages. two_texts: it has an
    article and a whole page.
    in_pages: its pages are shown rather than its text. has_pages: it has pages to be gone to.
    mark_chosen: a highlight of the open document is chosen. marks: how many it has.
    table_chosen: highlights chosen in the table of all highlights, 0 while it is not shown.
    lines, lines_chosen: rows of the concordance, and those that are chosen, 0 while it is not shown.
    reviewed: a highlight of the list of those to review is at hand. puttable: and a passage is
    selected that it can be put on.
    tags: how many there are in all collections. tag_page_chosen: rows that are chosen on the page of
    a tag, 0 while it is not shown. together: the table of tags that occur together is shown.
    undo_name, redo_name: of the step that would be undone or done again; None: there is none.
    """

    selected: int = 0
    listed: int = 0
    asked: bool = False
    searching: bool = False
    has_copies: bool = False
    in_trash: bool = False
    trash: int = 0
    document_open: bool = False
    matches: int = 0
    contents: bool = False
    back: bool = False
    forward: bool = False
    two_texts: bool = False
    in_pages: bool = False
    has_pages: bool = False
    mark_chosen: bool = False
    marks: int = 0
    table_chosen: int = 0
    lines: int = 0
    lines_chosen: int = 0
    reviewed: bool = False
    puttable: bool = False
    tags: int = 0
    tag_page_chosen: int = 0
    together: bool = False
    importing: bool = False
    read_only: bool = False
    own_library: bool = True
    undo_name: str | None = None
    redo_name: str | None = None


def always(situation: Situation) -> bool:
    """Whatever is shown."""
    return True


@dataclass(frozen=True, slots=True)
class Action:
    """An action as it stands in the table.

    id: its name for the program. text: in a menu and in the palette, without a mnemonic.
    menu: the menu that it stands in; "" for none. part: a line is drawn between parts of a menu.
    inside: the menu within that menu that it stands in; "" for none.
    keys: in Qt's portable writing; the first one is shown. more: words that the palette also finds
    it by. group: of the actions in a group, one is checked. in_reader: its keys act only while the
    reader has the keys.
    """

    id: str
    text: str
    menu: str = ""
    part: int = 0
    keys: tuple[str, ...] = ()
    icon: str = ""
    enabled: Callable[[Situation], bool] = always
    checkable: bool = False
    group: str = ""
    more: str = ""
    inside: str = ""
    in_reader: bool = False
