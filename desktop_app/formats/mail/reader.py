"""Read mail: its text with who wrote to whom and when above it, and what is attached.

Of a text that is given twice, plain and as a page, the plain one is taken unless the page says
more. Forwarded mails are read like the mail itself. Nothing is fetched: pictures are shown where
they came with the mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from desktop_app.core.model import FactName
from desktop_app.core.text import Block, BlockKind, SpanKind, block_of_runs, clean
from desktop_app.formats.extract import Proposal, Refused
from desktop_app.formats.facts.first_lines import from_first_lines
from desktop_app.formats.file import File
from desktop_app.formats.finish import Reading
from desktop_app.formats.html.blocks import blocks_of
from desktop_app.formats.html.tree import parse
from desktop_app.formats.limits import Limits, too_large
from desktop_app.formats.mail.attached import MOST, attached_to, attachments, is_text
from desktop_app.formats.mail.facts import facts_of_mail, language_of_mail
from desktop_app.formats.mail.header import Header
from desktop_app.formats.mail.parts import (
    MESSAGES,
    Part,
    parts_of,
    plain_address,
    start_among,
    uuencoded,
)
from desktop_app.formats.mail.sealed import SEALED
from desktop_app.formats.mail.text import mail_blocks
from desktop_app.formats.sentences import CUT_SHORT, joined, lost_in
from desktop_app.formats.text.charset import decode, known_charset
from desktop_app.formats.text.pictures import Pictures

EXTRACTOR = "mail-1"
ENCRYPTED = Refused(
    "It is encrypted, and only its reader’s key opens it.",
    "Decrypt it in your mail program, save it there without encryption, and import that.",
)
PARTLY_ENCRYPTED = "A part of the mail is encrypted and was left out."
TOO_DEEP = "Parts that are nested too deep were not looked into; they are among what is attached."
NO_BODY = "The mail holds no text."
ONLY_ATTACHED = "The mail holds no text of its own, only what is attached to it."
NOT_A_TEXT = "A part of the mail calls itself text and is none; it was left out."

# Above the text: what the reader must know of the header. The subject is the title.
_SHOWN = ("from", "to", "cc", "bcc", "reply-to", "newsgroups", "date")
_LABELS = {"cc": "Cc", "bcc": "Bcc", "reply-to": "Reply-To"}
_PAGE = re.compile(r"\s*<(?:!doctype\s+html|html|head|body|div|table|font|p)\b[^<>]*>", re.I)
_ADDRESS = re.compile(r"<?https?://\S+")
_WORD = re.compile(r"\w+")
_OF_THE_FORM = re.compile(r"(?i)multi-?\s?part|MIME|mail (?:reader|client|program)")
_ARMOUR = re.compile(r"-----BEGIN PGP MESSAGE-----.*?(?:-----END PGP MESSAGE-----|\Z)", re.DOTALL)
_TAGS = re.compile(r"<[^<>]{0,200}>")
_REPORTS = frozenset(
    {
        "message/delivery-status", "message/disposition-notification", "message/feedback-report",
        "text/rfc822-headers",
    }
)  # fmt: skip
# The plain text beside a page counts as the whole of it from this share of the page's words on.
_ENOUGH = 0.4


def read_mail(file: File, limits: Limits) -> Reading:
    """Read a mail; raises Refused for one that is encrypted and says nothing else."""
    mail = parts_of(file.content, limits)
    attached = list(attached_to(mail))
    reader = _Mail(mail, limits)
    reader.read()
    if reader.encrypted and not reader.blocks:
        raise ENCRYPTED
    names = [one.name for one in attached if one.part not in reader.shown]
    blocks = [*_head(mail.header, names), *reader.blocks]
    warnings: list[str | None] = []
    if not reader.blocks:
        warnings.append(ONLY_ATTACHED if attached else NO_BODY)
    warnings += [*reader.warnings, lost_in(reader.blocks)]
    if mail.header.cut:
        warnings.append(
            f"The header is longer than {limits.header_bytes:,} bytes; the rest of it was not read."
        )
    if len(attached) > MOST:
        warnings.append(f"Of {len(attached):,} attachments only {MOST:,} can be taken out.")
    warnings.append(reader.pictures.say())
    return Reading(
        blocks,
        [*facts_of_mail(mail.header), *_said_in(reader.blocks)],
        EXTRACTOR,
        joined(*warnings),
        language_of_mail(mail.header),
        pictures=reader.pictures.files(blocks),
        attachments=attachments(attached),
    )


def attachment_of_mail(file: File, limits: Limits, number: int) -> tuple[str, bytes]:
    """Take an attachment out, counted as read_mail lists them; raises Refused if there is none."""
    for count, one in enumerate(attached_to(parts_of(file.content, limits))):
        if count == number and count < MOST:
            return one.name, one.content()
    raise Refused("The mail has no such attachment.", "Import it again to see what it holds.")


class _Mail:
    """The text of a mail, as it is gathered. shown: the parts that are shown as pictures."""

    def __init__(self, mail: Part, limits: Limits) -> None:
        self._mail = mail
        self._limits = limits
        self.blocks: list[Block] = []
        self.pictures = Pictures(limits)
        self.shown: list[Part] = []
        self.warnings: list[str] = []
        self.encrypted = False
        self._by_address = _by_address(mail)

    def read(self) -> None:
        """Gather the text of all parts."""
        self.blocks = self._of(self._mail)
        if not self.blocks and not self.encrypted:
            # Some programs send their only text as if it were a file.
            for part in self._mail.leaves():
                if part.kind.startswith("text/"):
                    self.blocks = self._text(part)
                if self.blocks:
                    break
        if self.encrypted and self.blocks:
            self.warnings.append(PARTLY_ENCRYPTED)

    def _of(self, part: Part) -> list[Block]:
        """The blocks of a part."""
        if part.cut_short and part is self._mail:
            self.warnings.append(CUT_SHORT)
        if part.too_deep:
            self.warnings.append(TOO_DEEP)
            return []
        if part.kind in MESSAGES and part.parts:
            inner = part.parts[0]
            names = [one.name for one in attached_to(inner) if inner.parts]
            return [*_head(inner.header, names, subject=True), *self._of(inner)]
        if part.kind == "multipart/alternative":
            return self._alternative(part)
        if part.kind == "multipart/encrypted":
            self.encrypted = True
            return []
        if part.kind == "multipart/related":
            return self._related(part)
        if part.parts:
            return [
                *self._around(part.before),
                *self._each(part.parts[:1] if part.kind == "multipart/signed" else part.parts),
                *self._around(part.after),
            ]
        return self._leaf(part)

    def _each(self, parts: Iterable[Part]) -> list[Block]:
        blocks: list[Block] = []
        for part in parts:
            blocks += self._of(part)
            self._limits.check_blocks(len(blocks))
        return blocks

    def _related(self, part: Part) -> list[Block]:
        return self._of(start_among(part, part.parts) or part.parts[0])

    def _alternative(self, part: Part) -> list[Block]:
        """Of several ways to say the same, the plain one, unless another says more."""
        plain = next((one for one in part.parts if one.kind == "text/plain"), None)
        rich = next(
            (
                one
                for one in reversed(part.parts)
                if any(leaf.kind == "text/html" and is_text(leaf) for leaf in one.leaves())
            ),
            None,
        )
        said = self._of(plain) if plain else []
        if rich is None:
            return said or self._each(one for one in part.parts if one is not plain)
        before = len(self.shown)
        try:
            page = self._of(rich)
        except Refused:
            # A page beyond the limits; its plain text is as good.
            if not said:
                raise
            return said
        more = len(self.shown) > before or _count(said) < _ENOUGH * _count(page)
        if said and not more:
            return said
        return page or said

    def _leaf(self, part: Part) -> list[Block]:
        if part.kind in SEALED:
            self.encrypted = True
            return []
        if part.kind.startswith("image/"):
            return self._image(part)
        return self._text(part) if is_text(part) else []

    def _image(self, part: Part) -> list[Block]:
        """A picture between the texts, as some programs send them."""
        if part.disposition == "attachment" or part in self.shown:
            return []
        taken = self.pictures.take(part.body())
        if taken is None:
            return []
        self.shown.append(part)
        return [Block(BlockKind.IMAGE, "", picture=taken)]

    def _text(self, part: Part) -> list[Block]:
        body = part.body()
        is_page = part.kind in ("text/html", "text/x-amp-html", "text/watch-html")
        most = self._limits.html_bytes if is_page else self._limits.text_bytes
        if len(body) > most:
            raise too_large(most, what="The text of the mail")
        if part.kind == "text/plain" and b"\nend" in body:
            body = _without_files(body)
        try:
            text = _decoded(body, part.charset)
        except Refused:
            self.warnings.append(NOT_A_TEXT)
            return []
        if is_page or (not part.header.first("content-type") and _PAGE.match(text)):
            return self._page(text)
        if part.kind in ("text/enriched", "text/richtext"):
            text = _TAGS.sub("", text.replace("<<", "‹")).replace("‹", "<")
        if part.kind in _REPORTS:
            said = clean(text).strip()
            return [Block(BlockKind.PREFORMATTED, said)] if said else []
        if "-----BEGIN PGP MESSAGE-----" in text:
            self.encrypted = True
            text = _ARMOUR.sub("", text)
        flowed = part.parameters.get("format", "").lower() == "flowed"
        joined = part.parameters.get("delsp", "").lower() == "yes"
        blocks: list[Block] = []
        for block in mail_blocks(text, flowed=flowed, joined=joined):
            blocks.append(block)
            self._limits.check_blocks(len(blocks))
        return blocks

    def _page(self, text: str) -> list[Block]:
        tree = parse(text, self._limits)
        if tree is None:
            return []
        blocks: list[Block] = []
        for block in blocks_of(tree, pictures=self.pictures, find=self._find):
            blocks.append(block)
            self._limits.check_blocks(len(blocks))
        return blocks

    def _find(self, address: str) -> bytes | None:
        """The picture that a page names, where it came with the mail."""
        part = self._by_address.get(plain_address(address))
        if part is None:
            return None
        if part not in self.shown:
            self.shown.append(part)
        return part.body()

    def _around(self, raw: bytes) -> list[Block]:
        """What stands before or behind the parts; mailing lists put their footers there."""
        if not raw.strip() or len(raw) > self._limits.text_bytes:
            return []
        try:
            text = _decoded(raw, None)
        except Refused:
            return []
        if len(text) < 500 and _OF_THE_FORM.search(text):
            return []
        return list(mail_blocks(text))


def _by_address(mail: Part) -> dict[str, Part]:
    """The parts by the addresses that pages name them by."""
    found: dict[str, Part] = {}
    waiting = [mail]
    while waiting:
        part = waiting.pop()
        waiting.extend(part.parts)
        if part.kind.startswith("text/") or part.parts:
            continue
        if part.content_id:
            found.setdefault(f"cid:{part.content_id}", part)
        for address in (part.location, part.name):
            if address:
                found.setdefault(address, part)
    return found


def _head(header: Header, attached: Sequence[str], *, subject: bool = False) -> list[Block]:
    """Who wrote to whom and when, and the names of what is attached, as one block."""
    lines: list[tuple[str, str]] = []
    for name in ("subject", *_SHOWN) if subject else _SHOWN:
        said = header.text(name)
        if said and not (name == "reply-to" and said == header.text("from")):
            lines.append((_LABELS.get(name, name.capitalize()), said))
    if attached:
        lines.append(("Attached", ", ".join(attached[:MOST])))
    runs: list[tuple[str, Sequence[tuple[SpanKind, str | None]]]] = []
    for number, (label, said) in enumerate(lines):
        runs.append((f"{label}:", [(SpanKind.BOLD, None)]))
        runs.append((f" {said}" + ("\n" if number + 1 < len(lines) else ""), []))
    return [block_of_runs(BlockKind.PARAGRAPH, runs)] if runs else []


def _said_in(blocks: Sequence[Block]) -> list[Proposal]:
    """ "Source: The Guardian" in the text, and its first line; the header knows the rest better."""
    lines = [line for block in blocks[:2_000] for line in block.text.split("\n")]
    found = from_first_lines(lines)
    return [one for one in found if one.fact in (FactName.SOURCE, FactName.TITLE)]


def _decoded(raw: bytes, charset: str | None) -> str:
    """Decode by the named charset first where it looks like ASCII but is not."""
    codec = known_charset(charset) if charset else None
    if codec and codec.startswith(("iso2022", "hz", "utf-7", "utf_7", "utf-16", "utf-32", "cp037")):
        return raw.decode(codec, "replace")
    return decode(raw, declared=charset).text


def _without_files(body: bytes) -> bytes:
    """A text without the files that are written into it."""
    kept: list[bytes] = []
    end = 0
    for start, stop, _, _ in uuencoded(body):
        kept.append(body[end:start])
        end = stop
    return b"".join([*kept, body[end:]])


def _count(blocks: Iterable[Block]) -> int:
    return sum(len(_WORD.findall(_ADDRESS.sub("", block.text))) for block in blocks)
