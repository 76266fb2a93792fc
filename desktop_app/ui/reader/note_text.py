"""Markdown of a note as text that can be drawn: made by a cursor from tokens, never from HTML.

Nothing in a note is loaded or followed: a picture is shown as its words, a link as its words and
where it leads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextList,
    QTextListFormat,
    QTextOption,
)

from desktop_app.ui.look import fonts
from desktop_app.ui.look.theme import Theme
from desktop_app.ui.reader.laid import RIGHT_TO_LEFT

NOTE_PX = 13
LINE_PX = 18
LONGEST_FORMATTED = 8_000  # code points; a longer note is shown as it was typed
# The parser takes squared time for many opening brackets.
MOST_BRACKETS = 400
_DEEPEST = 20
_INDENT_PX = 14

# Where a note has none of these it is the same with Markdown and without, and far sooner set.
_MARKUP = re.compile(
    r"[*_`<\[&\\]|~~|^[ \t]*(?:[-+>#=]|\d+[.)])|^(?: {4}| {0,3}\t)|  $", re.MULTILINE
)

_LIST_STYLES = (
    QTextListFormat.Style.ListDisc,
    QTextListFormat.Style.ListCircle,
    QTextListFormat.Style.ListSquare,
)


class NoteDocument(QTextDocument):
    """A text that asks for nothing outside itself."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Give nothing, whatever is asked for."""
        return None


@dataclass(slots=True)
class _List:
    """A list that is being written. made: None until its first item stands."""

    style: QTextListFormat
    made: QTextList | None = None


def note_document(note: str, theme: Theme, *, plain: bool = False) -> NoteDocument:
    """Set a note; its width and the colour of plain letters are for whoever draws it.

    plain: as it was typed, without a look for Markdown.
    """
    document = NoteDocument()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setDefaultFont(fonts.interface(NOTE_PX))
    document.setIndentWidth(_INDENT_PX)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)
    writer = _Writer(document, theme)
    if plain or len(note) > LONGEST_FORMATTED:
        writer.write_plain(note)
    elif _MARKUP.search(note) is None:
        writer.write_paragraphs(note)
    elif (tokens := _tokens(note)) is not None:
        writer.write(tokens)
    else:
        writer.write_plain(note)
    return document


def _tokens(note: str) -> list[Token] | None:
    """The Markdown of a note; None where it is to be shown as it was typed."""
    if note.count("[") > MOST_BRACKETS:
        return None
    tokens = _parser().parse(note)
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        return None  # the parser leaves out what lies deeper
    return tokens


@cache
def _parser() -> MarkdownIt:
    options = {"html": False, "linkify": False, "maxNesting": _DEEPEST}
    return MarkdownIt("commonmark", options).enable(["strikethrough"]).disable(["html_block"])


class _Writer:
    """Writes tokens into a document."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        self._theme = theme
        self._cursor = QTextCursor(document)
        self._begun = False
        self._quotes = 0
        self._lists: list[_List] = []
        self._item_begins = False
        self._styles: list[QTextCharFormat] = []

    def write_plain(self, note: str) -> None:
        """Write a note as it was typed, its lines as blocks."""
        self._begin_block(space=0)
        self._cursor.insertText(note)

    def write_paragraphs(self, note: str) -> None:
        """Write a note without any Markdown: blank lines part its paragraphs."""
        for paragraph in re.split(r"\n\s*\n", note.strip()):
            self._begin_block(space=6)
            lines = (line.strip() for line in paragraph.split("\n"))
            self._cursor.insertText("\u2028".join(lines))

    def write(self, tokens: Sequence[Token]) -> None:
        """Write the blocks of a note."""
        for token in tokens:
            match token.type:
                case "paragraph_open":
                    self._begin_block(space=0 if token.hidden else 6)
                case "heading_open":
                    self._begin_block(space=7)
                    self._push(weight=QFont.Weight.DemiBold)
                case "heading_close":
                    self._styles.pop()
                case "blockquote_open":
                    self._quotes += 1
                case "blockquote_close":
                    self._quotes -= 1
                case "bullet_list_open" | "ordered_list_open":
                    self._lists.append(_List(self._list_style(token)))
                case "bullet_list_close" | "ordered_list_close":
                    self._lists.pop()
                case "list_item_open":
                    self._item_begins = True
                case "fence" | "code_block":
                    self._write_code(token.content)
                case "hr":
                    self._begin_block(space=6)
                    self._cursor.insertText("———")
                case "inline":
                    self._write_inline(token.children or ())
                case "html_block":
                    self._begin_block(space=6)
                    self._cursor.insertText(token.content)

    def _write_inline(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            match token.type:
                case "text" | "text_special" | "html_inline":
                    self._insert(token.content)
                case "softbreak" | "hardbreak":
                    self._insert("\u2028")  # a note is read in the lines it was typed in
                case "code_inline":
                    self._push(mono=True)
                    self._insert(token.content)
                    self._styles.pop()
                case "strong_open":
                    self._push(weight=QFont.Weight.Bold)
                case "em_open":
                    self._push(italic=True)
                case "s_open":
                    self._push(struck=True)
                case "link_open":
                    self._push(link=str(token.attrs.get("href", "")))
                case "strong_close" | "em_close" | "s_close" | "link_close":
                    self._styles.pop()
                case "image":
                    words = token.content or str(token.attrs.get("src", ""))
                    self._insert(f"[{words}]")

    def _write_code(self, content: str) -> None:
        lines = content.rstrip("\n").split("\n")
        for number, line in enumerate(lines):
            self._begin_block(space=6 if number == 0 else 0, box=True)
            self._push(mono=True)
            self._insert(line)
            self._styles.pop()

    def _insert(self, text: str) -> None:
        style = self._styles[-1] if self._styles else QTextCharFormat()
        if style.fontItalic() and RIGHT_TO_LEFT.search(text):
            # These scripts have no leaning letters, and no font to draw them with is found.
            style = QTextCharFormat(style)
            style.setFontItalic(False)
            style.setFontWeight(QFont.Weight.DemiBold)
        self._cursor.insertText(text, style)

    def _begin_block(self, *, space: int, box: bool = False) -> None:
        block = QTextBlockFormat()
        block.setLineHeight(LINE_PX, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        if self._begun:
            block.setTopMargin(space)
        if self._quotes:
            block.setLeftMargin(10 * self._quotes)
            block.setBackground(QColor(self._theme.box))
        if box:
            block.setBackground(QColor(self._theme.box))
        if self._lists and not self._item_begins:
            block.setIndent(len(self._lists))  # a further paragraph of an item
        plain = QTextCharFormat()
        if self._begun:
            self._cursor.insertBlock(block, plain)
        else:
            self._cursor.setBlockFormat(block)
            self._begun = True
        if self._item_begins and self._lists:
            self._item_begins = False
            inside = self._lists[-1]
            if inside.made is None:
                inside.made = self._cursor.createList(inside.style)
            else:
                inside.made.add(self._cursor.block())

    def _list_style(self, token: Token) -> QTextListFormat:
        made = QTextListFormat()
        depth = len(self._lists)
        if token.type == "ordered_list_open":
            made.setStyle(QTextListFormat.Style.ListDecimal)
            made.setStart(int(token.attrs.get("start", 1)))
        else:
            made.setStyle(_LIST_STYLES[depth % len(_LIST_STYLES)])
        made.setIndent(depth + 1)
        return made

    def _push(
        self,
        *,
        weight: QFont.Weight | None = None,
        italic: bool = False,
        struck: bool = False,
        mono: bool = False,
        link: str = "",
    ) -> None:
        made = QTextCharFormat(self._styles[-1]) if self._styles else QTextCharFormat()
        if weight is not None:
            made.setFontWeight(weight)
        if italic:
            made.setFontItalic(True)
        if struck:
            made.setFontStrikeOut(True)
        if mono:
            face = fonts.mono(NOTE_PX - 1)
            made.setFontFamilies([face.family()])
            made.setProperty(QTextCharFormat.Property.FontPixelSize, face.pixelSize())
        if link:
            made.setAnchor(True)
            made.setAnchorHref(link)
            made.setToolTip(link)
            made.setForeground(QColor(self._theme.accent))
            made.setFontUnderline(True)
        self._styles.append(made)
