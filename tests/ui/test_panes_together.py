"""What holds for every pane and dialog: names for screen readers, contrast, large type, themes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QWidget,
)

from desktop_app.core.folding import FoldRule, Verdict
from desktop_app.core.model import (
    Counts,
    Document,
    FactName,
    Facts,
    Origin,
    OriginKind,
    Part,
    PartRole,
    Proposal,
    ReadState,
    Tag,
    TagCollection,
)
from desktop_app.library.outcomes import Outcome, OutcomeKind
from desktop_app.library.tags.carrying import Carriers
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.dialogs.about import AboutDialog
from desktop_app.ui.dialogs.attachments import AttachmentsDialog
from desktop_app.ui.dialogs.backups import BackupsDialog
from desktop_app.ui.dialogs.boilerplate import BoilerplateDialog
from desktop_app.ui.dialogs.check_facts import CheckFactsDialog
from desktop_app.ui.dialogs.collections import CollectionsDialog
from desktop_app.ui.dialogs.duplicate import DuplicateDialog
from desktop_app.ui.dialogs.keys import KeysDialog
from desktop_app.ui.dialogs.merge import MergeDialog
from desktop_app.ui.dialogs.read_again import ReadAgainDialog
from desktop_app.ui.dialogs.tag_editor import TagEditor
from desktop_app.ui.dialogs.watched_folders import WatchedFoldersDialog, WatchedRow
from desktop_app.ui.dialogs.welcome import WelcomeDialog
from desktop_app.ui.look import theme
from desktop_app.ui.models.fact_rows import rows_of_facts
from desktop_app.ui.models.import_outcomes import rows_of
from desktop_app.ui.models.read_again import ReadRow
from desktop_app.ui.models.tag_lookup import TagLookup
from desktop_app.ui.panes.details import DetailsPane
from desktop_app.ui.panes.import_list import ImportList
from desktop_app.ui.panes.palette import Palette
from desktop_app.ui.panes.problem_bar import ProblemBar
from desktop_app.ui.panes.sidebar import Sidebar
from desktop_app.ui.panes.tag_picker import TagPicker

TREE = TagTree(
    (TagCollection(1, "a", "Field notes", True),),
    (Tag(1, "1", 1, None, "place", "#c77d2e"), Tag(2, "2", 1, 1, "Halmar", "#c77d2e")),
    {1: 4, 2: 96},
    {1: 100, 2: 96},
)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
DOCUMENT = Document(
    1, Facts("How the quay was rebuilt", url="https://example.org"), "text/plain", "a.txt", "0", "0",
    900, ReadState.UNREAD, 0, 0, False, NOW, NOW, None, (2,),
)  # fmt: skip


def sidebar(host: QWidget) -> QWidget:
    made = Sidebar(host)
    made.set_counts(Counts(1248, 37, 6, 0, 12, 84, 4))
    made.set_tags(TREE)
    made.new_tag(1)
    return made


def details(host: QWidget) -> QWidget:
    made = DetailsPane(host)
    made.set_tags(TREE)
    made.set_documents([DOCUMENT])
    return made


def import_list(host: QWidget) -> QWidget:
    made = ImportList(host)
    made.begin()
    made.add_rows(rows_of([Outcome("/a.bin", OutcomeKind.REFUSED, None, "", "It is not a text.")]))
    return made


def picker(host: QWidget) -> QWidget:
    made = TagPicker(host)
    made.open_for(Carriers((DOCUMENT.id,), {}, DOCUMENT.title), TagLookup(TREE))
    return made


def palette(host: QWidget) -> QWidget:
    made = Palette(host)
    made.open_with([], TREE)
    return made


def problem_bar(host: QWidget) -> QWidget:
    made = ProblemBar(host)
    made.show_message("3 documents moved to the trash.", "Undo", "undo")
    return made


def check_facts(host: QWidget) -> QWidget:
    made = CheckFactsDialog(host)
    proposals = (Proposal(FactName.TITLE, "Another title", Origin(OriginKind.FILE, "html meta")),)
    made.set_rows(rows_of_facts([DOCUMENT], {DOCUMENT.id: proposals}))
    return made


def boilerplate(host: QWidget) -> QWidget:
    made = BoilerplateDialog(host)
    made.set_said([], [FoldRule("Harbour View", "more from the harbour", Verdict.ALWAYS)])
    return made


def watched_folders(host: QWidget) -> QWidget:
    made = WatchedFoldersDialog(host)
    made.set_folders([WatchedRow(Path("/home/ana/incoming"), "place/Syria", "Today")])
    return made


def attachments(host: QWidget) -> QWidget:
    made = AttachmentsDialog(host)
    part = Part(PartRole.ATTACHMENT, 0, "report.pdf", "application/pdf", 120_000)
    made.set_attachments(DOCUMENT, [part], "")
    return made


def read_again(host: QWidget) -> QWidget:
    made = ReadAgainDialog(host)
    made.offer(3, 1)
    made.finish("Done: 3 documents read again.", [ReadRow(1, "A letter", "It is damaged.")])
    return made


MAKERS: tuple[Callable[[QWidget], QWidget], ...] = (
    sidebar, details, import_list, picker, palette, problem_bar, AboutDialog, BackupsDialog,
    CollectionsDialog, KeysDialog, WelcomeDialog, lambda host: MergeDialog(TREE, 2, host),
    check_facts, boilerplate, watched_folders, attachments, read_again,
    lambda host: TagEditor(TREE, 2, host),
    lambda host: DuplicateDialog(TREE, TREE.active_collection, host),
)  # fmt: skip


@pytest.fixture
def host(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def themed(qapp: QApplication) -> Iterator[Callable[[theme.Theme], None]]:
    yield lambda wanted: theme.apply(qapp, wanted)
    qapp.setStyleSheet("")


@pytest.mark.parametrize("make", MAKERS)
def test_every_control_has_a_name_for_a_screen_reader(make, host: QWidget) -> None:
    pane = make(host)
    kinds = (QAbstractButton, QLineEdit, QAbstractItemView, QComboBox)
    nameless = [
        widget
        for widget in pane.findChildren(QWidget)
        if isinstance(widget, kinds)
        and not isinstance(widget, QHeaderView)
        and not widget.isHidden()
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert nameless == []


@pytest.mark.parametrize("make", MAKERS)
def test_no_name_or_sentence_from_outside_is_read_as_markup(make, host: QWidget) -> None:
    labels = [label for label in make(host).findChildren(QLabel) if label.text()]
    assert [label.text() for label in labels if label.textFormat().name != "PlainText"] == []


@pytest.mark.parametrize("make", MAKERS)
def test_type_twice_as_large_finds_its_room(make, host: QWidget, themed, qapp, qtbot) -> None:
    themed(theme.LIGHT)
    double = re.sub(
        r"font-size: (\d+)px", lambda m: f"font-size: {int(m[1]) * 2}px", qapp.styleSheet()
    )
    qapp.setStyleSheet(double)
    pane = make(host)
    pane.resize(700, 650)
    pane.show()
    qtbot.waitExposed(pane)
    qapp.processEvents()
    for label in pane.findChildren(QLabel):
        if label.isVisible() and label.text():
            needed = (
                label.heightForWidth(label.width())
                if label.wordWrap()
                else label.sizeHint().height()
            )
            assert label.height() + 2 >= needed, label.text()


def lightness(colour: QColor) -> float:
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
             for part in (colour.redF(), colour.greenF(), colour.blueF())]  # fmt: skip
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((lightness(one), lightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def strongest(image: QImage) -> float:
    """The contrast between the ground and what stands out most from it: the core of the letters."""
    ground = image.pixelColor(1, image.height() // 2)
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return max(contrast(ground, pixel) for pixel in pixels)


@pytest.mark.parametrize("wanted", theme.THEMES.values(), ids=lambda one: one.name)
def test_counts_and_details_that_are_painted_can_be_read(wanted, host, themed, qtbot) -> None:
    themed(wanted)
    pane = sidebar(host)
    pane.resize(240, 700)
    pane.show()
    card = picker(host)
    qtbot.waitExposed(pane)
    inbox = pane._library_list
    row = inbox.visualRect(inbox.model().index(1, 0))
    count = inbox.viewport().grab(row.adjusted(row.width() - 50, 0, -8, 0)).toImage()
    # Thin letters are softened at their edges, so their core comes out a little below the colour.
    assert strongest(count) >= 4.0
    rows = card.list
    first = rows.visualRect(rows.model().index(0, 0))
    detail = rows.viewport().grab(first.adjusted(120, 0, 0, 0)).toImage()
    assert strongest(detail) >= 4.0
    trash = pane._trash_list
    name = trash.viewport().grab(trash.visualRect(trash.model().index(0, 0)).adjusted(8, 0, -60, 0))
    assert strongest(name.toImage()) >= 4.0
