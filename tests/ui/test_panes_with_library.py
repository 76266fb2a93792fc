"""What panes ask for, carried out by a real library and shown by the panes again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.core.dates import PartialDate
from desktop_app.core.model import FactName, OriginKind
from desktop_app.library.commands import AddTag, SetStarred, SetState, SetTrashed
from desktop_app.library.library import Library
from desktop_app.library.tags.collection_commands import CreateCollection
from desktop_app.library.tags.commands import CreateTag
from desktop_app.ui.models.drag import documents_mime
from desktop_app.ui.models.tag_lookup import TagLookup
from desktop_app.ui.models.tag_names import tag_query
from desktop_app.ui.panes.details import DetailsPane
from desktop_app.ui.panes.fact_field import FactField
from desktop_app.ui.panes.sidebar import Sidebar
from desktop_app.ui.panes.sidebar_views import LIBRARY_VIEWS, TRASH_VIEW
from desktop_app.ui.panes.tag_picker import TagPicker
from tests.worker_for_tests import one_worker


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library of three documents, shared: each test undoes what it does."""
    folder: Path = tmp_path_factory.mktemp("panes")
    files = folder / "files"
    files.mkdir()
    for name in ("one", "two", "three"):
        (files / f"{name}.txt").write_text(f"The text {name}.\n\nIt says {name} and no more.")
    made = Library.open(
        folder / "library", cache=folder / "cache", index="inline", worker=one_worker()
    )
    made.import_files([files], stop=None, on_outcome=lambda _: None, on_progress=lambda _: None)
    made.forget_history()
    yield made
    made.close()


@pytest.fixture
def library(filled: Library) -> Iterator[Library]:
    yield filled
    while filled.undo() is not None:
        pass


@pytest.fixture
def host(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 800)
    made.show()
    qtbot.waitExposed(made)
    return made


ODD = (
    "a/b",
    'say "so"',
    "a::b",
    "a:b",
    "back\\slash",
    "-no",
    "OR",
    "(x)",
    "*",
    "#tag",
    "Ünï",
    "‘q’",
)


@pytest.mark.parametrize("several", [False, True])
def test_the_view_of_any_tag_gives_its_documents(library: Library, several: bool) -> None:
    first, second, _ = sorted(library.search("").ids)
    if several:
        library.run(CreateCollection('Thesis "3": a/b'))
    for name in ODD:
        path = name.replace("\\", "\\\\").replace("/", "\\/")
        library.run(CreateTag(f"{library.tag_tree().active_collection.name}::odd/{path}"))
    tree = library.tag_tree()
    tags = [tag for tag in tree.tags if tag.name in ODD]
    assert len(tags) == len(ODD)
    for tag in tags:
        library.run(AddTag(tag.id, (first,)))
        answer = library.search("", within=tag_query(tree, tag.id))
        assert list(answer.ids) == [first], tag.name
        assert not answer.errors
        library.undo()
    library.run(AddTag(tags[0].id, (second,)))
    above = tags[0].parent
    assert above is not None
    assert list(library.search("", within=tag_query(tree, above)).ids) == [second]


def test_every_view_of_the_sidebar_holds_as_many_documents_as_it_says(library: Library) -> None:
    one, two, three = sorted(library.search("").ids)
    library.run(SetState((one,), library.documents([one])[0].state.READING))
    library.run(SetState((two,), library.documents([two])[0].state.READ))
    library.run(SetStarred((one, three), True))
    library.run(CreateTag("claim", documents=(one,)))
    library.run(SetTrashed((two,), True))
    counts = library.counts()
    for view in (*LIBRARY_VIEWS, TRASH_VIEW):
        answer = library.search("", within=view.query)
        assert answer.total == getattr(counts, view.count), view.title
        assert not answer.errors, view.title


def test_a_tag_goes_on_by_the_picker_is_shown_and_undone(library: Library, host, qtbot) -> None:
    picker, sidebar = TagPicker(host), Sidebar(host)
    ids = sorted(library.search("").ids)

    def run(command: object) -> None:
        library.run(command)
        refresh()

    def refresh() -> None:
        tree = library.tag_tree()
        sidebar.set_tags(tree)
        sidebar.set_counts(library.counts())
        picker.open_for(library.carriers(ids), TagLookup(tree))

    picker.command.connect(run)
    refresh()
    qtbot.keyClicks(picker.field, "place/Syria")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    tree = library.tag_tree()
    syria = tree.find("place/Syria")
    assert syria is not None
    assert tree.with_children[syria.id] == 3
    assert library.undo_name() is not None
    library.undo()
    refresh()
    assert library.tag_tree().find("place") is None


def test_documents_dropped_and_tags_moved_arrive(library: Library, host) -> None:
    one = min(library.search("").ids)
    library.run(CreateTag("place"))
    library.run(CreateTag("Syria"))
    sidebar = Sidebar(host)
    sidebar.set_tags(library.tag_tree())
    sidebar.command.connect(library.run)
    tree = library.tag_tree()
    place, syria = tree.find("place"), tree.find("Syria")
    assert place is not None
    assert syria is not None
    model = sidebar._tags
    copy = Qt.DropAction.CopyAction
    model.dropMimeData(
        model.mimeData([model.index_of(syria.id)]), copy, -1, -1, model.index_of(place.id)
    )
    model.dropMimeData(documents_mime([one]), copy, -1, -1, model.index_of(syria.id))
    after = library.tag_tree()
    assert after.path(syria.id) == "place/Syria"
    assert after.with_children[place.id] == 1
    assert after.own.get(place.id, 0) == 0


def test_a_fact_set_by_hand_is_kept_and_says_so(library: Library, host, qtbot) -> None:
    ids = sorted(library.search("").ids)
    pane = DetailsPane(host)
    pane.show()
    pane.command.connect(library.run)
    pane.set_documents(library.documents(ids))
    fields = {field.fact: field for field in pane.findChildren(FactField)}
    date: QLineEdit = fields[FactName.PUBLISHED].line
    date.setFocus()
    qtbot.keyClicks(date, "25 March 2016")
    qtbot.keyClick(date, Qt.Key.Key_Return)
    found = library.documents(ids)
    assert {document.facts.published for document in found} == {PartialDate(2016, 3, 25)}
    assert found[0].facts.origins[FactName.PUBLISHED].kind is OriginKind.YOU
    assert len({document.title for document in found}) == 3, "untouched fields stay"
    pane.set_documents(found)
    assert fields[FactName.PUBLISHED].origin == "set by you"
