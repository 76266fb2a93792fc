"""A comparison as two tables: how far the two agree on each tag, and what only one tagged."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QPalette

from desktop_app.core.model import Tag
from desktop_app.core.text import one_line
from desktop_app.library.codebooks.agreement import Agreement
from desktop_app.library.codebooks.comparing import ComparedTag, Comparison, Lone, Side
from desktop_app.ui.look.tag_mark import tag_icon
from desktop_app.ui.panes.fields import short
from desktop_app.ui.panes.sidebar_painting import theme_palette

Index = QModelIndex | QPersistentModelIndex

TAG, BOTH, ONLY_A, ONLY_B, NEITHER, SHARE, KAPPA = range(7)
LONE_TAG, WHO, TEXT, PASSAGE, COMMON = range(5)

_LETTERS = 14  # of a name in the head of a column

_TOP = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Unit(StrEnum):
    """What is counted."""

    PASSAGES = "Passages"
    TEXTS = "Texts"


class AgreementTable(QAbstractTableModel):
    """A row for each tag, above them one for all that both have."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._comparison: Comparison | None = None
        self._rows: list[ComparedTag] = []
        self._unit = Unit.PASSAGES
        self._sorted = (TAG, Qt.SortOrder.AscendingOrder)

    def set_comparison(self, comparison: Comparison | None) -> None:
        """Show what came of a comparison; None: nothing yet."""
        self.beginResetModel()
        self._comparison = comparison
        self._order()
        self.endResetModel()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, TAG, KAPPA)

    def set_unit(self, unit: Unit) -> None:
        """Count passages, or texts."""
        self.beginResetModel()
        self._unit = unit
        self._order()
        self.endResetModel()

    def path_at(self, row: int) -> str | None:
        """The path of the tag in a row; None in the row of all."""
        return self._rows[row].path or None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.beginResetModel()
        self._sorted = (column, order)
        self._order()
        self.endResetModel()

    def _order(self) -> None:
        if self._comparison is None:
            self._rows = []
            return
        column, order = self._sorted
        tags = list(self._comparison.tags)
        down = order == Qt.SortOrder.DescendingOrder
        if column == TAG:
            tags = tags[::-1] if down else tags
        else:
            known = [tag for tag in tags if self._value(tag, column) is not None]
            known.sort(key=lambda tag: self._value(tag, column) or 0, reverse=down)
            tags = known + [tag for tag in tags if self._value(tag, column) is None]
        self._rows = [self._comparison.total, *tags] if tags else []

    def _agreement(self, tag: ComparedTag) -> Agreement:
        return tag.passages if self._unit is Unit.PASSAGES else tag.texts

    def _value(self, tag: ComparedTag, column: int) -> float | None:
        found = self._agreement(tag)
        return (
            0,
            found.both,
            found.only_a,
            found.only_b,
            found.neither,
            found.share,
            found.kappa,
        )[column]

    # What Qt asks.

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else KAPPA + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section != TAG:
            return _RIGHT
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        a, b = self._comparison.names if self._comparison is not None else ("A", "B")
        if role == Qt.ItemDataRole.DisplayRole:
            a, b = short(a, _LETTERS), short(b, _LETTERS)
        return (
            self.tr("Tag"),
            self.tr("Both"),
            self.tr("Only {0}").format(a),
            self.tr("Only {0}").format(b),
            self.tr("Neither"),
            self.tr("Agreement"),
            self.tr("Kappa"),
        )[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        tag, column = self._rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._text(tag, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._note(tag) or self._text(tag, column)
            case Qt.ItemDataRole.TextAlignmentRole if column != TAG:
                return _RIGHT
            case Qt.ItemDataRole.DecorationRole if column == TAG and tag.colour:
                return tag_icon(Tag(0, "", 0, None, tag.path, tag.colour))
            case Qt.ItemDataRole.ForegroundRole if tag.only_in is not None:
                return theme_palette().brush(QPalette.ColorRole.PlaceholderText)
        return None

    def _text(self, tag: ComparedTag, column: int) -> str:
        if column == TAG:
            return tag.path or self.tr("All tags that both have")
        value = self._value(tag, column)
        if value is None:
            return "–"
        if column == SHARE:
            return f"{value:.0%}"
        return f"{value:.2f}" if column == KAPPA else f"{value:,.0f}"

    def _note(self, tag: ComparedTag) -> str:
        if tag.only_in is None or self._comparison is None:
            return ""
        other = self._comparison.names[tag.only_in is Side.A]
        return self.tr("“{0}” has no such tag, so that it is left out of all.").format(other)


class LoneTable(QAbstractTableModel):
    """What only one of the two tagged, of all tags or of some, by both or by one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._comparison: Comparison | None = None
        self._tags: frozenset[str] | None = None
        self._side: Side | None = None
        self.shown: Sequence[Lone] = ()

    def set_comparison(self, comparison: Comparison | None) -> None:
        """Show what came of a comparison."""
        self.beginResetModel()
        self._comparison = comparison
        self._look()
        self.endResetModel()

    def narrow(self, tags: frozenset[str] | None, side: Side | None) -> None:
        """Show only what was tagged with some tags, by one side; None: with any, by either."""
        self.beginResetModel()
        self._tags, self._side = tags, side
        self._look()
        self.endResetModel()

    def _look(self) -> None:
        lone = self._comparison.lone if self._comparison is not None else ()
        self.shown = [
            each
            for each in lone
            if (self._tags is None or each.tag in self._tags)
            and (self._side is None or each.side is self._side)
        ]

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else COMMON + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self.tr("Tag"),
            self.tr("Tagged only by"),
            self.tr("Text"),
            self.tr("Passage"),
            self.tr("In common"),
        )[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.shown):
            return None
        each, column = self.shown[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(each, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            if column == COMMON:
                return self.tr("With the nearest passage of the other; half makes them agree.")
            note = f"\n\n{each.note}" if each.note and column == PASSAGE else ""
            quote = each.quote[:1_000] if column == PASSAGE else ""
            return f"{quote}{note}" or self._text(each, column)
        if role == Qt.ItemDataRole.ForegroundRole and each.document is None:
            return theme_palette().brush(QPalette.ColorRole.PlaceholderText)
        return None

    def _text(self, each: Lone, column: int) -> str:
        match column:
            case 0:
                return each.tag
            case 1:
                assert self._comparison is not None
                return self._comparison.names[each.side is Side.B]
            case 2:
                return each.title if each.document is not None else f"{each.title} (not here)"
            case 3:
                return one_line(each.quote[:400]) if each.quote else self.tr("The whole text")
        return f"{each.share:.0%}" if each.share else ""
