"""Walk through the tokens of RTF: what is text, how it is set, and where it belongs.

The walk is a flat loop with a stack of its own, so that no nesting can exhaust it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from desktop_app.core.text import Block, SpanKind
from desktop_app.formats.extract import Refused
from desktop_app.formats.limits import Limits, too_large
from desktop_app.formats.office.body import DEEPEST_FLOW, Body, Form
from desktop_app.formats.office.fields import hides_address, target_of_field
from desktop_app.formats.office.notes import comment_mark, noted
from desktop_app.formats.office.rtf.letters import Letters
from desktop_app.formats.office.rtf.pictures import picture_in
from desktop_app.formats.office.rtf.state import Field, State, longer
from desktop_app.formats.office.rtf.tables import Fonts, Styles
from desktop_app.formats.office.rtf.tokens import Mark, Token, Tokens
from desktop_app.formats.office.rtf.words import CHARACTERS, INFO, KNOWN, PASSED, SKIPPED, SYMBOLS
from desktop_app.formats.office.styles import level_of_outline
from desktop_app.formats.sentences import LEFT
from desktop_app.formats.text.pictures import Pictures

_DEEPEST = 500_000
_TRAILER = 500  # bytes; more than that is text behind a bracket too many


@dataclass(slots=True)
class Walk:
    """The state of a walk through a file; `run` takes it in, `end` gives its blocks.

    lost: how many characters could not be decoded.
    """

    tokens: Tokens
    limits: Limits
    pictures: Pictures
    state: State = field(default_factory=State)
    stack: list[tuple[State, Callable[[], None] | None]] = field(default_factory=list)
    at_close: Callable[[], None] | None = None
    fonts: Fonts = field(default_factory=Fonts)
    styles: Styles = field(default_factory=Styles)
    info: dict[str, str] = field(default_factory=dict)
    bodies: list[Body] = field(default_factory=lambda: [Body()])
    notes: list[Block] = field(default_factory=list)
    numbers: int = 0
    comments: int = 0
    initials: str = ""
    commenter: str = ""
    marker: str | None = None
    letters: Letters = field(default_factory=Letters)
    fresh: bool = False  # a group was just opened
    starred: bool = False  # it may be ignored where its word is not known
    lost: int = 0
    left_out: int = 0  # letters marked as deleted
    hidden: int = 0
    objects: int = 0  # embedded files and the like
    length: int = 0
    cut_short: bool = False  # groups were still open at the end

    def run(self) -> None:
        while token := self.tokens.take():
            mark = token.mark
            if mark in (Mark.TEXT, Mark.BYTES):
                self.starred = self.fresh = False
                self.letters.take(token.raw)
                continue
            if mark is Mark.WORD and token.name == "u":
                if text := self.letters.unicode(token.number or 0, self._charset):
                    self.emit(text)
                self.letters.skip = self.state.fallback
                continue
            if mark is Mark.WORD and token.name not in KNOWN and not self.starred:
                self.letters.skip = 0
                self.fresh = False
                continue  # how it looks on paper
            if self.letters.skip and (token.name in CHARACTERS or token.name in SYMBOLS):
                self.letters.skip -= 1
                continue
            self.letters.skip = 0
            self._flush()
            fresh, self.fresh = self.fresh, False
            if mark is Mark.OPEN:
                self._open()
            elif mark is Mark.CLOSE:
                self._close()
                if not self.stack and self.tokens.left < _TRAILER:
                    break  # what follows the document is no part of it
            elif mark is Mark.SYMBOL:
                self._symbol(token.name, fresh=fresh)
            else:
                self._word(token)
        self._flush()
        self.cut_short = bool(self.stack)

    def _flush(self) -> None:
        if text := self.letters.flush(self._charset):
            self.emit(text)

    @property
    def _charset(self) -> str:
        return self.state.charset or self.fonts.usual_charset

    def emit(self, text: str) -> None:
        """Send text to where it goes."""
        state = self.state
        into = state.into
        if into == "body":
            if state.deleted or state.hidden:
                count = len(text.strip())
                self.left_out += count if state.deleted else 0
                self.hidden += 0 if state.deleted else count
                return
            self.length += len(text)
            if self.length > self.limits.text_bytes:
                raise too_large(self.limits.text_bytes, what="Its text")
            self.lost += text.count("\ufffd")
            if state.field:
                state.field.shown.append(text)
            self.bodies[-1].add(text, state.kinds)
        elif into == "instruction":
            if state.field:
                state.field.instruction.append(text)
        elif into == "marker":
            self.marker = longer(self.marker or "", text)
        elif into == "fonts":
            self.fonts.name(text)
        elif into == "styles":
            self.styles.name(text)
        elif into == "initials":
            self.initials = longer(self.initials, text)
        elif into == "commenter":
            self.commenter = longer(self.commenter, text)
        elif into in INFO:
            self.info[into] = longer(self.info.get(into, ""), text)

    def _open(self) -> None:
        if len(self.stack) >= _DEEPEST:
            raise Refused("Its groups are nested without end, as no document’s are.", LEFT)
        self.stack.append((self.state, self.at_close))
        self.at_close = None
        self.fresh = True

    def _close(self) -> None:
        if self.at_close:
            self.at_close()
        if self.stack:
            self.state, self.at_close = self.stack.pop()
        else:
            self.at_close = None

    def _symbol(self, character: str, *, fresh: bool) -> None:
        if character == "*":
            self.starred = fresh
        elif character in "\r\n":
            self._end_paragraph()
        elif text := SYMBOLS.get(character):
            self.emit(text)

    def _word(self, token: Token) -> None:
        name, number = token.name, token.number
        starred, self.starred = self.starred, False
        if text := CHARACTERS.get(name):
            self.emit(text)
        elif self._begin_destination(name):
            pass
        elif name in SKIPPED or (starred and name not in PASSED):
            if name == "nesttableprops":
                self.emit(" ")
            self.objects += name == "objdata"
            self.tokens.skip_group()
        elif self.state.into == "fonts":
            self.fonts.word(name, number)
        elif self.state.into == "styles" and name in ("s", "cs", "ds", "outlinelevel"):
            self.styles.word(name, number)
        elif self.state.into == "creatim" and name in ("yr", "mo", "dy"):
            self.info[name] = str(number or "")
        elif name in ("par", "sect", "page", "column"):
            self._end_paragraph()
        elif name in ("cell", "row", "nestcell"):
            self._end_in_table(name)
        else:
            self._set_by(name, number)

    def _set(self, **changes: object) -> None:
        state = self.state
        if any(getattr(state, name) != changes[name] for name in changes):
            self.state = state._replace(**changes)  # type: ignore[arg-type]

    def _set_by(self, name: str, number: int | None) -> None:
        """What a word says about the letters and paragraphs behind it."""
        on = number != 0
        if name == "b":
            self._kind(SpanKind.BOLD, on)
        elif name == "i":
            self._kind(SpanKind.ITALIC, on)
        elif name in ("strike", "striked"):
            self._kind(SpanKind.STRUCK, on)
        elif name == "super":
            self._kind(SpanKind.SUPERSCRIPT, on)
        elif name == "sub":
            self._kind(SpanKind.SUBSCRIPT, on)
        elif name == "nosupersub":
            self._kind(SpanKind.SUPERSCRIPT, False)
            self._kind(SpanKind.SUBSCRIPT, False)
        elif name == "v":
            self._set(hidden=on)
        elif name == "deleted":
            self._set(deleted=on)
        elif name == "plain":
            kept = tuple(kind for kind in self.state.kinds if kind[0] is SpanKind.LINK)
            self._set(kinds=kept, hidden=False, deleted=False, charset="")
        elif name == "f":
            self._set(charset=self.fonts.charset(number or 0))
        elif name == "uc":
            self._set(fallback=min(max(number or 0, 0), 100))
        elif name == "pard":
            self._set(style=0, outline=None, in_table=False, depth=1)
        elif name == "intbl":
            self._set(in_table=on)
        elif name == "s":
            self._set(style=number or 0)
        elif name == "outlinelevel":
            self._set(outline=number)
        elif name == "ilvl":
            self._set(depth=(number or 0) + 1)
        elif name in ("ansi", "mac", "pc", "pca", "ansicpg"):
            self.fonts.of_file(name, number)

    def _kind(self, kind: SpanKind, on: bool) -> None:
        kinds = tuple(one for one in self.state.kinds if one[0] is not kind)
        if on:
            kinds = (*kinds, (kind, None))
        if kinds != self.state.kinds:
            self._set(kinds=kinds)

    def _begin_destination(self, name: str) -> bool:
        """Turn to where the text of this group goes; False for a word that is none of these."""
        if name == "fonttbl":
            self._set(into="fonts")
        elif name == "stylesheet":
            self._set(into="styles")
        elif name == "info":
            self._set(into="info")
        elif name in INFO and self.state.into == "info":
            self._set(into=name)
        elif name == "upr":  # what is said twice: in bytes, and behind it in Unicode
            self._set(into="nothing", before=self.state.into)
        elif name == "ud":
            self._set(into=self.state.before)
        elif self.state.into != "body":
            return False
        elif name == "field":
            self._begin_field()
        elif name == "fldinst":
            self._set(into="instruction")
        elif name == "fldrslt":
            self._link()
        elif name in ("listtext", "pntext"):
            self.marker = ""
            self._set(into="marker")
        elif name == "pict":
            self._picture()
        elif name in ("shptxt", "dptxbxtext"):
            self._begin_flow(self._end_box)
        elif name == "footnote":
            self._begin_note()
        elif name == "annotation":
            self._begin_comment()
        elif name == "atnid":
            self.initials = ""
            self._set(into="initials")
        elif name == "atnauthor":
            self.commenter = ""
            self._set(into="commenter")
        else:
            return False
        return True

    def end(self) -> list[Block]:
        """All blocks, those of notes last; also of a file that is cut short within one."""
        while len(self.bodies) > 1:
            blocks = self.bodies.pop().end(Form())
            self.bodies[-1].beside += blocks
        return [*self.bodies[0].end(self._form()), *self.notes]

    def _form(self) -> Form:
        state = self.state
        heading = self.styles.heading(state.style) or level_of_outline(state.outline)
        marker, self.marker = self.marker, None
        return Form(heading, state.in_table, state.depth, marker)

    def _end_paragraph(self) -> None:
        if self.state.into != "body":
            return
        body = self.bodies[-1]
        body.end_paragraph(self._form())
        self.limits.check_blocks(len(body.blocks))

    def _end_in_table(self, name: str) -> None:
        if self.state.into != "body":
            return
        body = self.bodies[-1]
        self.marker = None
        if name == "cell":
            body.end_cell()
        elif name == "row":
            body.end_row()
            self.limits.check_blocks(len(body.blocks))
        else:
            body.add(" ")

    def _begin_field(self) -> None:
        begun = Field()
        self._set(field=begun)
        self.at_close = lambda: self._end_field(begun)

    def _link(self) -> None:
        """Set what a field shows as a link, where it is one."""
        begun = self.state.field
        target = target_of_field("".join(begun.instruction)) if begun else None
        if target:
            kinds = tuple(kind for kind in self.state.kinds if kind[0] is not SpanKind.LINK)
            self._set(kinds=(*kinds, (SpanKind.LINK, target)))

    def _end_field(self, ended: Field) -> None:
        """Spell out an address that is shown in another form than it has."""
        target = target_of_field("".join(ended.instruction))
        shown = "".join(ended.shown).strip()
        self.state = self.state._replace(into=self.stack[-1][0].into if self.stack else "body")
        if target and hides_address(shown, target):
            self.bodies[-1].add(f" ({target})", ((SpanKind.LINK, target),))

    def _picture(self) -> None:
        raw = self.tokens.skip_group()
        if not (self.state.hidden or self.state.deleted):
            shown, words = picture_in(raw, self.pictures)
            self.bodies[-1].picture(shown, words)

    def _begin_flow(self, end: Callable[[], None]) -> None:
        """Begin a text of its own: a note's or a box's."""
        if len(self.bodies) > DEEPEST_FLOW:
            return
        self.bodies.append(Body())
        self.state = State(fallback=self.state.fallback)
        self.at_close = end

    def _end_box(self) -> None:
        blocks = self.bodies.pop().end(self._form())
        self.bodies[-1].beside += blocks

    def _begin_note(self) -> None:
        self.numbers += 1
        number = self.numbers
        label = f"note-{number}"
        self.bodies[-1].mark(f"[{number}]", label)
        self._begin_flow(lambda: self._end_note(label, number, ""))

    def _begin_comment(self) -> None:
        self.comments += 1
        label = f"comment-{self.comments}"
        by = self.commenter.strip()
        self.bodies[-1].mark(comment_mark(self.comments, self.initials, by), label)
        self.initials = self.commenter = ""
        self._begin_flow(lambda: self._end_note(label, None, by))

    def _end_note(self, label: str, number: int | None, by: str) -> None:
        blocks = self.bodies.pop().end(self._form())
        self.notes += noted(blocks, label, number=number, by=by)
