"""The sidebar with real clicks and keys."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QToolButton

from desktop_app.core.model import Counts, Tag, TagCollection
from desktop_app.core.query import tag_text
from desktop_app.library.commands import SetStarred, SetTrashed
from desktop_app.library.tags.collection_commands import ShowCollection, UseCollection
from desktop_app.library.tags.commands import CreateTag, MoveTag, RecolourTag, RenameTag, SetTagKey
from desktop_app.library.tags.editing import ArchiveTag
from desktop_app.library.tags.tidying import DeleteTag
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.look import theme
from desktop_app.ui.models.drag import documents_mime
from desktop_app.ui.models.tag_names import tag_query
from desktop_app.ui.panes.colour_swatches import ColourMenu
from desktop_app.ui.panes.name_editor import NameEditor
from desktop_app.ui.panes.sidebar import Sidebar
from desktop_app.ui.panes.sidebar_views import ViewList
from desktop_app.ui.panes.tag_menu import TagMenuAsks, delete_words, tag_menu
from desktop_app.ui.panes.tag_tree_view import TagTreeView

COLLECTIONS = (
    TagCollection(1, "a", "Field notes", True),
    TagCollection(2, "b", "Thesis & notes", False, shown=False),
)


def tag(ident: int, name: str, parent: int | None = None, *, collection: int = 1) -> Tag:
    return Tag(ident, str(ident), collection, parent, name, "#4580b5")


PLACES = (tag(1, "place"), tag(2, "Syria", 1), tag(3, "Iraq", 1), tag(4, "claim"))


def tree_of(*tags: Tag) -> TagTree:
    shown = tags or PLACES
    counts = {tag.id: 2 for tag in shown}
    return TagTree(COLLECTIONS, shown, counts, counts)


class Probe:
    """The sidebar, what it asked for, and where its parts are."""

    def __init__(self, sidebar: Sidebar) -> None:
        self.sidebar = sidebar
        self.commands: list[object] = []
        self.views: list[tuple[str, str]] = []
        sidebar.command.connect(self.commands.append)
        sidebar.view_chosen.connect(lambda query, title: self.views.append((query, title)))
        self.tree = sidebar.findChild(TagTreeView)
        self.model = self.tree.model()
        self.library, self.trash = sidebar.findChildren(ViewList)

    def middle(self, view: ViewList | TagTreeView, index: QModelIndex) -> QPoint:
        return view.visualRect(index).center()

    def editor(self) -> NameEditor:
        return self.tree.findChild(NameEditor)

    def chosen(self) -> list[str]:
        views = (self.library, self.tree, self.trash)
        return [index.data() for view in views for index in view.selectedIndexes()]


@pytest.fixture
def probe(qtbot) -> Probe:
    sidebar = Sidebar()
    qtbot.addWidget(sidebar)
    sidebar.resize(240, 800)
    sidebar.set_counts(Counts(12, 3, 1, 0, 2, 4, 1))
    sidebar.set_tags(tree_of())
    sidebar.show()
    qtbot.waitExposed(sidebar)
    made = Probe(sidebar)
    made.tree.collapseAll()
    return made


LEFT = Qt.MouseButton.LeftButton


def test_a_click_on_a_view_asks_for_its_documents(probe: Probe, qtbot) -> None:
    inbox = probe.library.model().index(1, 0)
    qtbot.mouseClick(probe.library.viewport(), LEFT, pos=probe.middle(probe.library, inbox))
    assert probe.views == [("is:unread is:untagged", "Inbox")]
    assert probe.chosen() == ["Inbox"]


def test_a_click_on_a_tag_asks_for_its_documents_and_frees_the_view(probe: Probe, qtbot) -> None:
    at = probe.middle(probe.tree, probe.model.index_of(1))
    qtbot.mouseClick(probe.tree.viewport(), LEFT, pos=at)
    assert probe.views == [(tag_text(["place"], collection="Field notes"), "place")]
    assert probe.chosen() == ["place"]


def test_arrow_keys_walk_through_views_tags_and_trash(probe: Probe, qtbot) -> None:
    probe.library.setFocus()
    probe.library.setCurrentIndex(probe.library.model().index(6, 0))
    with qtbot.waitSignal(probe.sidebar.view_chosen) as asked:
        qtbot.keyClick(probe.library, Qt.Key.Key_Down)
    assert asked.args[1] == "claim"
    qtbot.keyClick(probe.tree, Qt.Key.Key_Down)
    with qtbot.waitSignal(probe.sidebar.view_chosen) as asked:
        qtbot.keyClick(probe.tree, Qt.Key.Key_Down)
    assert asked.args == ["is:trash", "Trash"]
    with qtbot.waitSignal(probe.sidebar.view_chosen) as asked:
        qtbot.keyClick(probe.trash, Qt.Key.Key_Up)
    assert asked.args[1] == "place"
    assert [title for _, title in probe.views] == ["claim", "Trash", "place"], (
        "a row that was only passed is not asked for"
    )


def test_choosing_by_query_marks_and_does_not_ask(probe: Probe) -> None:
    assert probe.sidebar.choose("is:trash")
    assert probe.chosen() == ["Trash"]
    assert not probe.sidebar.choose("tag:nothing")
    assert probe.chosen() == []
    assert probe.views == []


def test_a_renamed_tag_is_asked_for_by_its_new_name(probe: Probe, qtbot) -> None:
    at = probe.middle(probe.tree, probe.model.index_of(4))
    qtbot.mouseClick(probe.tree.viewport(), LEFT, pos=at)
    probe.sidebar.set_tags(tree_of(*PLACES[:3], tag(4, "assertion")))
    assert probe.views[-1][1] == "assertion"
    assert probe.chosen() == ["assertion"]


def test_where_the_chosen_tag_is_deleted_all_documents_are_shown(probe: Probe, qtbot) -> None:
    at = probe.middle(probe.tree, probe.model.index_of(4))
    qtbot.mouseClick(probe.tree.viewport(), LEFT, pos=at)
    probe.sidebar.set_tags(tree_of(*PLACES[:3]))
    assert probe.views[-1] == ("", "All documents")
    assert probe.chosen() == ["All documents"]


def test_f2_renames_in_place(probe: Probe, qtbot) -> None:
    probe.tree.setFocus()
    probe.tree.setCurrentIndex(probe.model.index_of(4))
    qtbot.keyClick(probe.tree, Qt.Key.Key_F2)
    editor = probe.editor()
    assert editor.text() == "claim"
    editor.selectAll()
    qtbot.keyClicks(editor, "assertion")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(probe.commands))
    assert probe.commands == [RenameTag(4, "assertion")]


def test_a_bad_name_is_said_and_enter_keeps_the_field_open(probe: Probe, qtbot) -> None:
    probe.sidebar.rename_tag(4)
    editor = probe.editor()
    editor.selectAll()
    editor.setText("n" * 300)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.isVisible()
    assert "300 characters" in editor.accessibleDescription()
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert probe.commands == []


def test_a_name_that_is_taken_is_said_and_enter_offers_the_merge(probe: Probe, qtbot) -> None:
    probe.sidebar.rename_tag(4)
    editor = probe.editor()
    editor.selectAll()
    qtbot.keyClicks(editor, "Place")
    assert "already a tag “place”" in editor.accessibleDescription()
    assert "merge" in editor.accessibleDescription()
    with qtbot.waitSignal(probe.sidebar.merge_offered) as offered:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert (offered.args, probe.commands) == ([4, 1], [])


def test_a_refresh_leaves_the_name_that_is_being_typed(probe: Probe, qtbot) -> None:
    probe.sidebar.rename_tag(4)
    editor = probe.editor()
    editor.selectAll()
    qtbot.keyClicks(editor, "half a na")
    probe.sidebar.set_tags(tree_of(*PLACES, tag(5, "a new one")))
    assert editor.isVisible()
    assert editor.text() == "half a na"
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(probe.commands))
    assert probe.commands == [RenameTag(4, "half a na")]


def test_delete_asks_for_the_tag_to_go(probe: Probe, qtbot) -> None:
    probe.tree.setFocus()
    probe.tree.setCurrentIndex(probe.model.index_of(4))
    qtbot.keyClick(probe.tree, Qt.Key.Key_Delete)
    assert probe.commands == [DeleteTag(4)]


def test_delete_in_the_tags_is_not_the_windows_delete(probe: Probe, qtbot) -> None:
    trashed: list[bool] = []
    trash = QAction(probe.sidebar)
    trash.setShortcut(QKeySequence("Del"))
    trash.triggered.connect(lambda: trashed.append(True))
    probe.sidebar.addAction(trash)
    probe.tree.setFocus()
    probe.tree.setCurrentIndex(probe.model.index_of(4))
    qtbot.keyClick(probe.tree, Qt.Key.Key_Delete)
    assert (trashed, probe.commands) == ([], [DeleteTag(4)])


def test_a_new_tag_gets_name_colour_and_place(probe: Probe, qtbot) -> None:
    probe.sidebar.new_tag(1)
    field = next(f for f in probe.sidebar.findChildren(QLineEdit) if f.isVisible())
    qtbot.keyClicks(field, "syria")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert probe.commands == []
    assert "already" in field.accessibleDescription()
    field.clear()
    qtbot.keyClicks(field, "Lebanon")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert probe.commands == [CreateTag("Lebanon", parent=1)]
    assert not field.isVisible()
    probe.sidebar.set_tags(tree_of(*PLACES, tag(6, "Lebanon", 1)))
    assert probe.tree.isExpanded(probe.model.index_of(1)), "the way to the new tag is open"


def test_escape_closes_the_card(probe: Probe, qtbot) -> None:
    probe.sidebar.new_tag()
    field = next(f for f in probe.sidebar.findChildren(QLineEdit) if f.isVisible())
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not field.isVisible()
    assert probe.commands == []


def test_documents_dropped_on_a_view_are_starred_or_trashed(probe: Probe) -> None:
    copy = Qt.DropAction.CopyAction
    library, trash = probe.library.model(), probe.trash.model()
    assert library.dropMimeData(documents_mime([5]), copy, -1, -1, library.index(4, 0))
    assert trash.dropMimeData(documents_mime([5]), copy, -1, -1, trash.index(0, 0))
    assert not library.canDropMimeData(documents_mime([5]), copy, -1, -1, library.index(1, 0))
    assert probe.commands == [SetStarred((5,), True), SetTrashed((5,), True)]


def test_the_menu_of_a_tag_offers_what_can_be_done_to_it(probe: Probe) -> None:
    asked: list[object] = []
    asks = TagMenuAsks(asked.append, asked.append, asked.append)
    tree = tree_of()
    menu = tag_menu(tree, tree.by_id[2], asks, probe.sidebar)
    actions = {action.text(): action for action in menu.actions() if action.text()}
    actions["Move to the top"].trigger()
    menu.findChild(ColourMenu).actions()[2].trigger()
    next(action for text, action in actions.items() if text.startswith("Delete")).trigger()
    assert asked == [MoveTag(2, None), RecolourTag(2, "#5b964f"), DeleteTag(2)]
    again = tag_menu(tree, tree.by_id[1], asks, probe.sidebar)
    top = next(action for action in again.actions() if action.text() == "Move to the top")
    assert not top.isEnabled()
    assert delete_words(tree, tree.by_id[1]) == "Delete with 2 below it (on 2 documents)"


def test_the_menu_of_a_tag_gives_it_a_digit_and_names_who_has_it_now(probe: Probe) -> None:
    asked: list[object] = []
    asks = TagMenuAsks(asked.append, asked.append, asked.append)
    tree = tree_of(replace(tag(1, "place"), key=1), tag(2, "ports"))
    menu = tag_menu(tree, tree.by_id[2], asks, probe.sidebar)
    (inner,) = [each for each in menu.findChildren(QMenu) if each.title() == "Key"]
    entries = [action for action in inner.actions() if not action.isSeparator()]
    assert entries[0].text() == "1  now “place”"
    assert [action.text() for action in entries if action.isChecked()] == ["No key"]
    entries[0].trigger()
    entries[3].trigger()
    entries[-1].trigger()
    assert asked == [SetTagKey(2, 1), SetTagKey(2, 4), SetTagKey(2, None)]


def test_the_heading_changes_the_collection(probe: Probe) -> None:
    menu = probe.sidebar.tags.heading.menu()
    assert [action.text() for action in menu.actions()][:2] == ["Field notes", "Thesis && notes"]
    menu.actions()[1].trigger()
    assert probe.commands == [UseCollection(2)]


def test_few_tags_are_open_at_first_and_stay_closed_once_they_were_closed(probe: Probe) -> None:
    one = probe.model.index_of(1)
    probe.sidebar.set_tags(tree_of(*PLACES, tag(5, "new")))
    assert not probe.tree.isExpanded(probe.model.index_of(1))
    other = tuple(replace(c, active=not c.active, shown=False) for c in COLLECTIONS)
    probe.sidebar.set_tags(TagTree(other, (*PLACES, tag(8, "top", collection=2)), {}, {}))
    probe.sidebar.set_tags(tree_of())
    assert probe.tree.isExpanded(probe.model.index_of(1))
    assert one.data() == "place"


def test_a_chosen_row_has_round_corners_in_the_tree_too(probe: Probe, qapp: QApplication) -> None:
    theme.apply(qapp, theme.LIGHT)
    probe.sidebar.choose(tag_query(tree_of(), 4))
    row = probe.tree.visualRect(probe.model.index_of(4))
    image = probe.tree.viewport().grab().toImage()
    middle = row.center().y()
    qapp.setStyleSheet("")
    ground, edge = image.pixelColor(2, middle).name(), image.pixelColor(12, middle).name()
    assert (ground, edge) == (theme.LIGHT.sidebar, theme.LIGHT.selection)


def test_the_menu_of_a_tag_holds_the_verbs_that_others_bring(probe: Probe) -> None:
    asked: list[int] = []
    asks = TagMenuAsks(
        probe.commands.append, asked.append, asked.append, {"tags.merge": asked.append}
    )
    menu = tag_menu(tree_of(), tree_of().by_id[4], asks, probe.sidebar)
    next(action for action in menu.actions() if action.text() == "Merge into…").trigger()
    next(action for action in menu.actions() if action.text() == "Archive").trigger()
    assert (asked, probe.commands) == ([4], [ArchiveTag(4, True)])


def test_the_menu_of_a_tag_says_that_its_collection_is_locked(probe: Probe) -> None:
    tree = replace(tree_of(), collections=(replace(COLLECTIONS[0], locked=True), COLLECTIONS[1]))
    menu = tag_menu(tree, tree.by_id[4], TagMenuAsks(print, print, print), probe.sidebar)
    assert menu.actions()[0].text() == "“Field notes” is locked"
    assert not any(action.isEnabled() for action in menu.actions() if not action.isSeparator())


def test_a_locked_collection_takes_no_new_tags_by_the_plus(probe: Probe) -> None:
    locked = (replace(COLLECTIONS[0], locked=True), COLLECTIONS[1])
    probe.sidebar.set_tags(replace(tree_of(), collections=locked))
    plus = next(
        each for each in probe.sidebar.findChildren(QToolButton) if "tag" in each.accessibleName()
    )
    assert not plus.isEnabled()
    assert "Unlock" in plus.toolTip()


SEVERAL = (COLLECTIONS[0], replace(COLLECTIONS[1], shown=True))
OTHERS = (*PLACES, tag(8, "theory", collection=2), tag(9, "method", collection=2))


def test_the_row_of_another_collection_opens_and_closes_by_click_and_key(
    probe: Probe, qtbot
) -> None:
    probe.sidebar.set_tags(TagTree(SEVERAL, OTHERS, {}, {}))
    heading = probe.model.heading_of(2)
    assert probe.tree.isExpanded(heading), "few tags are open at first"
    at = probe.middle(probe.tree, heading)
    qtbot.mouseClick(probe.tree.viewport(), LEFT, pos=at)
    assert not probe.tree.isExpanded(heading)
    assert probe.views == [], "no documents are asked for"
    probe.tree.setFocus()
    probe.tree.setCurrentIndex(probe.model.index_of(4))
    qtbot.keyClick(probe.tree, Qt.Key.Key_Down)
    qtbot.keyClick(probe.tree, Qt.Key.Key_Down)
    assert probe.tree.currentIndex() == heading
    qtbot.keyClick(probe.tree, Qt.Key.Key_Return)
    assert probe.tree.isExpanded(heading)


def test_a_click_on_a_tag_of_another_collection_asks_for_it_by_its_collection(
    probe: Probe, qtbot
) -> None:
    probe.sidebar.set_tags(TagTree(SEVERAL, OTHERS, {}, {}))
    method = probe.model.index_of(9)
    qtbot.waitUntil(lambda: probe.tree.viewport().rect().contains(probe.tree.visualRect(method)))
    at = probe.middle(probe.tree, method)
    qtbot.mouseClick(probe.tree.viewport(), LEFT, pos=at)
    query = tag_text(["method"], collection="Thesis & notes")
    assert probe.views == [(query, "method")]
    assert probe.sidebar.tag_at_hand() == 9
    assert probe.sidebar.choose(query)
    assert probe.chosen() == ["method"]


def test_the_menu_of_the_heading_shows_and_hides_other_collections(probe: Probe) -> None:
    probe.sidebar.set_tags(TagTree(SEVERAL, OTHERS, {}, {}))
    menu = probe.sidebar.tags.heading.menu()
    (inner,) = [each for each in menu.findChildren(QMenu) if each.title() == "Show as well"]
    (entry,) = inner.actions()
    assert (entry.text(), entry.isChecked()) == ("Thesis && notes", True)
    entry.trigger()
    assert probe.commands == [ShowCollection(2, False)]


def test_a_tag_that_is_made_elsewhere_is_seen_at_once(probe: Probe) -> None:
    probe.sidebar.set_tags(tree_of(tag(1, "place")))
    probe.sidebar.set_tags(tree_of(tag(1, "place"), tag(2, "Syria", 1), tag(3, "Tabqa", 2)))
    tree = probe.sidebar.findChild(TagTreeView)
    place = tree.model().index(0, 0)
    assert tree.isExpanded(place)
    assert tree.isExpanded(tree.model().index(0, 0, place))
