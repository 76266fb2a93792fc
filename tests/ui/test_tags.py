"""The tree of tags as a model: what it shows, what it asks for, what a refresh keeps."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QTreeView

from desktop_app.core.model import Tag, TagCollection
from desktop_app.library.commands import AddTag
from desktop_app.library.tags.commands import MoveTag, RenameTag
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.models.drag import DOCUMENTS_MIME, documents_mime, ids_of, tag_mime, tag_of
from desktop_app.ui.models.tag_places import TagsShown, number_of
from desktop_app.ui.models.tags import TagModel, TagRole


def tag(ident: int, name: str, parent: int | None = None, *, collection: int = 1) -> Tag:
    return Tag(ident, str(ident), collection, parent, name, "#4580b5")


def tree_of(
    *tags: Tag, counts: dict[int, int] | None = None, shown: bool = False, locked: bool = False
) -> TagTree:
    collections = (
        TagCollection(1, "a", "Field notes", True),
        TagCollection(2, "b", "Other", False, shown=shown, locked=locked),
    )
    return TagTree(collections, tags, counts or {}, counts or {})


PLACES = (tag(1, "place"), tag(2, "Syria", 1), tag(3, "Iraq", 1), tag(4, "claim"))


@pytest.fixture
def model(qapp) -> TagModel:
    made = TagModel()
    made.set_tree(tree_of(*PLACES, tag(9, "elsewhere", collection=2), counts={1: 5, 2: 3}))
    return made


def names(model: TagModel, parent: QModelIndex | None = None) -> list[str]:
    parent = parent or QModelIndex()
    return [model.index(row, 0, parent).data() for row in range(model.rowCount(parent))]


def test_the_active_collections_tags_stand_by_name(model: TagModel) -> None:
    assert names(model) == ["claim", "place"]
    assert names(model, model.index_of(1)) == ["Iraq", "Syria"]
    assert not model.index_of(9).isValid()
    assert model.index_of(1).data(TagRole.COUNT) == 5
    assert model.parent(model.index_of(2)) == model.index_of(1)


def test_the_model_keeps_qts_rules_through_every_refresh() -> None:
    model = TagModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    there = tag(9, "elsewhere", collection=2)
    for tags in (PLACES, PLACES[:1], (*PLACES, tag(5, "zone")), (), (*PLACES, there)):
        for shown in (True, False):
            model.set_tree(tree_of(*tags, shown=shown))
    assert tester.model() is model


def test_a_screen_reader_hears_name_and_count(model: TagModel) -> None:
    said = Qt.ItemDataRole.AccessibleTextRole
    assert model.index_of(1).data(said) == "place, 5 documents"


def test_a_refresh_keeps_what_is_open_chosen_and_scrolled_to(qtbot) -> None:
    many = [tag(100 + n, f"tag {n:03}") for n in range(200)]
    model, view = TagModel(), QTreeView()
    qtbot.addWidget(view)
    view.setModel(model)
    model.set_tree(tree_of(*PLACES, *many))
    view.resize(200, 300)
    view.expand(model.index_of(1))
    chosen = model.index_of(180)
    view.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    kept = QPersistentModelIndex(chosen)
    view.scrollTo(chosen)
    view.verticalScrollBar().setValue(40)
    # One goes away before the chosen one, one comes, one moves.
    moved = (tag(1, "place"), tag(2, "Syria", 1), tag(3, "Iraq"), tag(4, "a claim"))
    model.set_tree(tree_of(*moved, *many[10:], tag(7, "Aleppo", 1)))
    view.executeDelayedItemsLayout()
    assert view.isExpanded(model.index_of(1))
    assert names(model, model.index_of(1)) == ["Aleppo", "Syria"]
    assert [index.data(TagRole.ID) for index in view.selectedIndexes()] == [180]
    assert kept.data() == "tag 080"
    assert view.verticalScrollBar().value() == 40


def test_a_chosen_tag_that_goes_away_leaves_nothing_chosen(qtbot) -> None:
    model, view = TagModel(), QTreeView()
    qtbot.addWidget(view)
    view.setModel(model)
    model.set_tree(tree_of(*PLACES))
    view.setCurrentIndex(model.index_of(4))
    model.set_tree(tree_of(*PLACES[:3]))
    assert view.selectedIndexes() == []


def test_renaming_asks_and_changes_nothing_by_itself(model: TagModel, qtbot) -> None:
    with qtbot.waitSignal(model.command) as asked:
        assert model.setData(model.index_of(2), "  Sham ")
    assert asked.args == [RenameTag(2, "Sham")]
    assert model.index_of(2).data() == "Syria"


@pytest.mark.parametrize("name", ["", "  ", "iraq", "IRAQ", "n" * 300, "two\nlines", "Syria"])
def test_a_name_that_cannot_be_is_not_asked_for(model: TagModel, name: str, qtbot) -> None:
    with qtbot.assertNotEmitted(model.command):
        assert not model.setData(model.index_of(2), name)


def test_documents_dropped_on_a_tag_get_it(model: TagModel, qtbot) -> None:
    data, copy = documents_mime([7, 8]), Qt.DropAction.CopyAction
    assert model.canDropMimeData(data, copy, -1, -1, model.index_of(2))
    assert not model.canDropMimeData(data, copy, -1, -1, QModelIndex())
    with qtbot.waitSignal(model.command) as asked:
        assert model.dropMimeData(data, copy, -1, -1, model.index_of(2))
    assert asked.args == [AddTag(2, (7, 8))]


def test_a_tag_dropped_on_another_goes_below_it(model: TagModel) -> None:
    assert model.drop_command(tag_mime(4), 1) == MoveTag(4, 1)
    assert model.drop_command(tag_mime(2), None) == MoveTag(2, None)


def test_the_other_collections_that_are_shown_stand_below_with_their_tags(qapp) -> None:
    model = TagModel()
    model.set_tree(tree_of(*PLACES, tag(9, "elsewhere", collection=2), shown=True))
    assert names(model) == ["claim", "place", "Other"]
    heading = model.heading_of(2)
    assert names(model, heading) == ["elsewhere"]
    assert model.parent(model.index_of(9)) == heading
    assert model.tag_at(heading) is None
    assert heading.data(TagRole.COUNT) is None
    assert not heading.flags() & Qt.ItemFlag.ItemIsSelectable


def test_a_tag_is_dragged_into_another_collection_and_out_of_it(qapp) -> None:
    model = TagModel()
    model.set_tree(tree_of(*PLACES, tag(9, "elsewhere", collection=2), shown=True))
    assert model.drop_command(tag_mime(4), 9) == MoveTag(4, 9)
    assert model.drop_command(tag_mime(4), number_of(2)) == MoveTag(4, None, 2)
    assert model.drop_command(tag_mime(9), None) == MoveTag(9, None, 1)
    assert model.drop_command(tag_mime(9), number_of(2)) is None, "it is there already"
    assert model.drop_command(documents_mime([3]), 9) == AddTag(9, (3,))


def test_nothing_is_moved_into_or_out_of_a_locked_collection(qapp) -> None:
    model = TagModel()
    model.set_tree(tree_of(*PLACES, tag(9, "elsewhere", collection=2), shown=True, locked=True))
    assert model.drop_command(tag_mime(4), 9) is None
    assert model.drop_command(tag_mime(4), number_of(2)) is None
    assert model.drop_command(tag_mime(9), 1) is None
    assert not model.index_of(9).flags() & Qt.ItemFlag.ItemIsEditable
    assert model.drop_command(documents_mime([3]), 9) == AddTag(9, (3,)), "it can be given"


def test_archived_tags_are_shown_when_they_are_asked_for(model: TagModel) -> None:
    model.set_tree(tree_of(*PLACES[:3], replace(PLACES[3], archived=True)))
    assert names(model) == ["place"]
    model.show(TagsShown(archived=True))
    assert names(model) == ["claim", "place"]
    assert "archived" in model.index_of(4).data(Qt.ItemDataRole.AccessibleTextRole)


def test_highlights_are_counted_when_they_are_asked_for(model: TagModel) -> None:
    tree = replace(
        tree_of(*PLACES, counts={1: 5}), highlights={1: 2}, highlights_with_children={1: 7}
    )
    model.set_tree(tree)
    assert (model.index_of(1).data(TagRole.OWN), model.index_of(1).data(TagRole.COUNT)) == (None, 5)
    model.show(TagsShown(highlights=True))
    assert (model.index_of(1).data(TagRole.OWN), model.index_of(1).data(TagRole.COUNT)) == (2, 7)


def test_own_counts_stand_in_for_those_with_children_until_they_are_there(model: TagModel) -> None:
    model.set_tree(replace(tree_of(*PLACES, counts={1: 5}), with_children={}))
    assert model.index_of(1).data(TagRole.COUNT) == 5


def test_renaming_to_a_name_that_is_taken_offers_the_merge(model: TagModel, qtbot) -> None:
    with qtbot.assertNotEmitted(model.command), qtbot.waitSignal(model.merge_offered) as offered:
        assert not model.setData(model.index_of(2), "iraq")
    assert offered.args == [2, 3]


@pytest.mark.parametrize(("moved", "onto"), [(1, 1), (1, 2), (2, 1), (4, None), (77, 1)])
def test_a_tag_is_not_moved_where_it_is_or_cannot_be(
    model: TagModel, moved: int, onto: int | None
) -> None:
    assert model.drop_command(tag_mime(moved), onto) is None


def test_drags_carry_ids_and_refuse_what_is_none() -> None:
    assert ids_of(documents_mime([3, 1])) == [3, 1]
    assert tag_of(tag_mime(12)) == 12
    for bad in (b"", b"{}", b'["1"]', b"[true]", b"\xff"):
        data = QMimeData()
        data.setData(DOCUMENTS_MIME, bad)
        assert ids_of(data) == []
    assert tag_of(documents_mime([1])) is None


def test_five_thousand_tags_are_taken_in_quickly() -> None:
    tags = [tag(n, f"top {n}") for n in range(1, 101)]
    tags += [tag(n, f"below {n}", 1 + n % 100) for n in range(101, 5001)]
    model = TagModel()
    begin = time.process_time()
    model.set_tree(tree_of(*tags))
    model.set_tree(tree_of(*tags, counts={1: 4}))
    assert model.rowCount() == 100
    assert time.process_time() - begin < 1.0


def test_a_refresh_names_only_the_rows_that_changed(model: TagModel) -> None:
    told: list[tuple[str, str]] = []
    model.dataChanged.connect(lambda first, last, _roles: told.append((first.data(), last.data())))
    model.set_tree(tree_of(*PLACES, tag(9, "elsewhere", collection=2), counts={1: 6, 2: 3}))
    assert told == [("place", "place")]
