"""The one style sheet of the window, made of a theme.

Widgets say what they are by a property, never by a colour:
`surface` (window, sidebar, list, page, bar, popup), `tone` of a label (muted, small, section,
title, problem), `kind` of a button (primary, link, chip, part), `ring` off where the widget draws its
own focus.
"""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

from desktop_app import paths

if TYPE_CHECKING:
    from desktop_app.ui.look.theme import Theme

_SHEET = """
* { outline: none; }
QMainWindow, QDialog, *[surface="window"] { background: $window; }
*[surface="sidebar"] { background: $sidebar; border: none; }
*[surface="list"] { background: $list; border: none; }
*[surface="page"] { background: $page; border: none; }
QFrame[surface="bar"] { background: $window; border: none; border-bottom: 1px solid $line; }
QFrame[surface="popup"] { background: $list; border: 1px solid $line; border-radius: 8px; }

QLabel { background: transparent; color: $ink; }
QLabel[tone="muted"] { color: $muted; }
QLabel[tone="small"] { color: $muted; font-size: 13px; }
QLabel[tone="mode"] { color: $accent; font-size: 13px; font-weight: 600; }
QLabel[tone="section"] { color: $muted; font-size: 12px; font-weight: 600; letter-spacing: 0.5px; }
QLabel[tone="title"] { font-weight: 600; font-size: 15px; }
QLabel[tone="problem"] { color: $problem; }
QLabel:disabled { color: $muted; }

QLineEdit, QPlainTextEdit, QSpinBox, QDoubleSpinBox, QDateEdit {
    background: $page; color: $ink; border: 1px solid $line; border-radius: 6px;
    padding: 4px 8px; selection-background-color: $text_selection; selection-color: $ink;
    placeholder-text-color: $muted; }
QLineEdit:focus, QPlainTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QDateEdit:focus,
QComboBox:focus { border: 1px solid $accent; }
QLineEdit[problem="true"] { border: 1px solid $problem; }
QLineEdit:disabled { background: $window; color: $muted; }
QTextEdit { background: $page; color: $ink; border: none;
    selection-background-color: $text_selection; selection-color: $ink; }

QPushButton { background: $list; color: $ink; border: 1px solid $line; border-radius: 6px;
    padding: 5px 14px; }
QPushButton:hover { background: $selection; }
QPushButton:pressed { background: $accent_soft; }
QPushButton:focus { border: 1px solid $accent; }
QPushButton:disabled { color: $muted; background: $window; }
QPushButton[kind="primary"], QPushButton:default { background: $accent; color: $on_accent;
    border: 1px solid $accent; font-weight: 600; }
QPushButton[kind="primary"]:focus { border: 2px solid $ink; padding: 4px 13px; }
QPushButton[kind="primary"]:disabled { background: $accent_soft; color: $muted;
    border: 1px solid $line; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: $accent;
    padding: 2px 4px; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 1px solid $accent; }
QPushButton[kind="chip"] { background: $accent_soft; color: $accent; border: 1px solid transparent;
    border-radius: 6px; padding: 1px 7px; font-size: 13px; }
QPushButton[kind="chip"]:focus { border: 1px solid $accent; }
QPushButton[kind="chip"][off="true"] { background: transparent; color: $muted;
    border: 1px dashed $muted; text-decoration: line-through; }
QPushButton[kind="chip"][off="true"]:focus { border: 1px solid $accent; }
QPushButton[kind="chip"][wrong="true"] { background: $problem_soft; color: $problem; }
QPushButton[kind="chip"][chosen="true"] { background: $accent; color: $on_accent; }
QPushButton[kind="part"] { background: transparent; color: $ink; border: 1px solid transparent;
    border-radius: 4px; padding: 0 2px; font-size: 13px; text-align: left; }
QPushButton[kind="part"]:hover { background: $accent_soft; border: 1px solid $accent; }
QPushButton[kind="part"]:focus { border: 1px solid $accent; }
QPushButton[kind="part"][wrong="true"] { color: $problem; }
QPushButton[kind="part"][off="true"] { color: $muted; text-decoration: line-through; }

QToolButton { background: transparent; color: $muted; border: 1px solid transparent;
    border-radius: 6px; padding: 3px 6px; }
QToolButton:hover { background: $selection; color: $ink; }
QToolButton:pressed, QToolButton:checked { background: $accent_soft; color: $ink; }
QToolButton:focus { border: 1px solid $accent; }
QToolButton::menu-indicator { image: none; }
QToolButton[kind="choice"] { border: 1px solid $line; color: $ink; padding: 4px 10px; }
QToolButton[kind="choice"]:checked { border: 1px solid $accent; }
QToolButton[kind="choice"]:focus { border: 2px solid $ink; padding: 3px 9px; }

QComboBox { background: $page; color: $ink; border: 1px solid $line; border-radius: 6px;
    padding: 4px 8px; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { width: 0; height: 0; border-left: 4px solid $page;
    border-right: 4px solid $page; border-top: 5px solid $muted; margin-right: 4px; }
QCheckBox::indicator, QAbstractItemView::indicator, QRadioButton::indicator { width: 14px;
    height: 14px; background: $page; border: 1px solid $muted; border-radius: 4px; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { background: $accent;
    border: 1px solid $accent; image: url("$tick"); }
QRadioButton::indicator { border-radius: 8px; }
QRadioButton::indicator:checked { width: 6px; height: 6px; background: $on_accent;
    border: 5px solid $accent; border-radius: 8px; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border: 1px solid $line; }

QAbstractItemView { background: $list; color: $ink; border: 1px solid $line;
    selection-background-color: $accent_soft; selection-color: $ink; }
QCheckBox, QRadioButton { color: $ink; background: transparent; spacing: 7px;
    border: 1px solid transparent; border-radius: 4px; }
QCheckBox:focus, QRadioButton:focus { border: 1px solid $accent; }

QAbstractItemView { background: $list; color: $ink; border: none;
    selection-background-color: $selection; selection-color: $ink; alternate-background-color: $list; }
QTreeView, QListView, QTableView { background: $list; }
QDialog QTreeWidget, QDialog QListWidget { border: 1px solid $line; border-radius: 4px; }
QDialog QTreeWidget:focus, QDialog QListWidget:focus { border: 1px solid $accent; }
QTreeView[surface="sidebar"], QListView[surface="sidebar"] { background: $sidebar; }
QTreeView::item, QListView::item { min-height: 24px; border-radius: 6px; color: $ink; }
QTreeView::item:hover, QListView::item:hover { background: $selection; }
QTreeView::item:selected, QListView::item:selected { background: $accent_soft; color: $ink; }
QHeaderView::section { background: $window; color: $muted; border: none;
    border-bottom: 1px solid $line; padding: 5px 8px; font-weight: 600; font-size: 13px; }
QTableView { gridline-color: $line; }
QTreeView[kind="table"]::item { padding: 0 5px; border-radius: 0; }
QTableView::item { padding: 0 5px; border: none; }
QTableView::item:selected { background: $selection; color: $ink; }

QMenuBar { background: $window; color: $ink; border: none; }
QMenuBar::item { background: transparent; padding: 4px 9px; border-radius: 5px; }
QMenuBar::item:selected { background: $selection; }
QMenu { background: $list; color: $ink; border: 1px solid $line; padding: 5px; }
QMenu::item { padding: 5px 26px 5px 12px; border-radius: 5px; background: transparent; }
QMenu::item:selected { background: $accent_soft; }
QMenu::item:disabled { color: $muted; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $line; margin: 5px 6px; }
QToolTip { background: $list; color: $ink; border: 1px solid $line; padding: 4px 7px; }

QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QStatusBar { background: $window; color: $muted; border-top: 1px solid $line; font-size: 13px; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $muted; font-size: 13px; }
QTabBar::tab { background: transparent; color: $muted; padding: 6px 12px; border: none;
    border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $ink; border-bottom: 2px solid $accent; }
QTabBar::tab:focus { color: $accent; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QGroupBox { border: 1px solid $line; border-radius: 6px; margin-top: 10px; padding: 8px; }
QGroupBox::title { subcontrol-origin: margin; left: 10px; color: $muted; }

QProgressBar { background: $groove; border: none; border-radius: 2px; max-height: 4px;
    min-height: 4px; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QSlider::groove:horizontal { background: $groove; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal { background: $accent; width: 14px; height: 14px; margin: -5px 0;
    border-radius: 7px; }
QSlider::handle:horizontal:focus { border: 2px solid $ink; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; border: none; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; border: none; }
QScrollBar::handle { background: $handle; border-radius: 4px; margin: 2px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""

# Where shades are few, what has the keys and what is chosen are told by thick lines.
_STRONG = """
QLineEdit:focus, QPlainTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QDateEdit:focus,
QComboBox:focus { border: 3px solid $accent; padding: 2px 6px; }
QPushButton:focus { border: 3px solid $accent; padding: 3px 12px; }
QPushButton[kind="primary"]:focus { border: 3px solid $ink; padding: 3px 12px; }
QPushButton[kind="link"]:focus { border: 2px solid $accent; padding: 1px 3px; }
QPushButton[kind="link"] { text-decoration: underline; }
QPushButton[kind="chip"] { border: 1px solid $accent; }
QPushButton[kind="chip"]:focus { border: 2px solid $accent; padding: 0 6px; }
QPushButton[kind="part"]:focus { border: 2px solid $accent; padding: 0 1px; }
QToolButton:focus { border: 2px solid $accent; padding: 2px 5px; }
QToolButton:checked { border: 2px solid $ink; padding: 2px 5px; }
QToolButton[kind="choice"]:checked { border: 3px solid $accent; padding: 2px 8px; }
QToolButton[kind="choice"]:focus { border: 3px solid $ink; padding: 2px 8px; }
QDialog QTreeWidget:focus, QDialog QListWidget:focus { border: 2px solid $accent; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid $accent; }
QMenu::item:selected, QMenuBar::item:selected { background: $accent; color: $on_accent; }
QTreeView::item:selected, QListView::item:selected { border: 2px solid $accent; }
QScrollBar::handle { border-radius: 2px; margin: 1px; }
"""


def stylesheet(theme: Theme) -> str:
    """Write the style sheet of a theme."""
    colours = {
        name: value
        for name in type(theme).__slots__
        if isinstance(value := getattr(theme, name), str)
    }
    tick = paths.resources() / "icons" / f"tick-{'dark' if theme.dark else 'light'}.svg"
    colours["handle"] = "#4a4f55" if theme.dark else "#c9c3b5"
    colours["groove"] = theme.line
    if theme.strong:
        colours["handle"], colours["groove"] = theme.muted, theme.selection
    sheet = _SHEET + _STRONG if theme.strong else _SHEET
    return Template(sheet).substitute(colours, tick=tick.as_posix())
