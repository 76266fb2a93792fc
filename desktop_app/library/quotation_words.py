"""Quotations written out: the passage, who wrote it, where, when, and where it stands.

A quotation gives the words as they were marked. Of a lost one it gives them too, and says so.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.core.highlights import Highlight, Standing
from desktop_app.core.model import Document
from desktop_app.core.typed_dates import in_words

_MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]<>&~|])")
_MARKDOWN_STARTS = re.compile(r"^(#{1,6}(?=\s|$)|[-+=]|(?:\d{1,9})(?=[.)](?:\s|$)))", re.M)


class QuotationForm(StrEnum):
    """How quotations are written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A highlight with what one needs to quote it.

    tags: their paths, sorted. paragraph: the block with text that it begins in, counted from 1;
    None where the text it was marked in is gone. page: from 1, None where there are no pages.
    """

    highlight: Highlight
    document: Document
    tags: tuple[str, ...] = ()
    paragraph: int | None = None
    page: int | None = None

    @property
    def passage(self) -> str:
        """The words as they were marked."""
        return self.highlight.anchor.quote


def write(quotations: Iterable[Quotation], form: QuotationForm) -> str:
    """Write quotations, those of one document together; "" for none."""
    groups = by_document(quotations)
    match form:
        case QuotationForm.TEXT:
            return "\n\n".join(_as_text(group) for group in groups)
        case QuotationForm.MARKDOWN:
            return "\n\n".join(_as_markdown(group) for group in groups)
        case QuotationForm.HTML:
            return "\n".join(_as_html(group) for group in groups)


def by_document(quotations: Iterable[Quotation]) -> list[list[Quotation]]:
    """Quotations by document, documents as they come first, quotations as they come."""
    groups: dict[int, list[Quotation]] = defaultdict(list)
    for each in quotations:
        groups[each.document.id].append(each)
    return list(groups.values())


def byline(document: Document) -> list[str]:
    """Who wrote a document, what it is called, where and when it came out; what is known of it."""
    facts = document.facts
    parts = [_listed(facts.authors), f"“{facts.title}”", facts.source or ""]
    parts.append(in_words(facts.published) if facts.published else "")
    return [part for part in parts if part]


def where(quotation: Quotation) -> str:
    """Where a passage stands, and what is to be known of that: `p. 34`, `para. 4, to be reviewed`."""
    parts = []
    if quotation.page is not None:
        parts.append(f"p. {quotation.page}")
    elif quotation.paragraph is not None:
        parts.append(f"para. {quotation.paragraph}")
    match quotation.highlight.standing:
        case Standing.LOST:
            parts.append("lost: its words are not in the text in use")
        case Standing.REVIEW:
            parts.append("to be reviewed")
        case Standing.PLACED:
            pass
    return ", ".join(parts)


def markdown_text(text: str) -> str:
    """Write plain text so that Markdown shows it as it is."""
    signs = _MARKDOWN_SIGNS.sub(r"\\\1", text)
    return _MARKDOWN_STARTS.sub(_unstarted, signs)


def markdown_quote(passage: str) -> str:
    """Write a passage as a quotation in Markdown, every line of it a paragraph."""
    lines = []
    for line in passage.split("\n"):
        bare = line.lstrip()
        blanks = "&nbsp;" * (len(line) - len(bare))  # else it would be taken for code
        lines.append(f"> {blanks}{markdown_text(bare)}".rstrip())
    return "\n>\n".join(lines)


def _unstarted(found: re.Match[str]) -> str:
    start = found[1]
    return f"{start}\\" if start.isdigit() else f"\\{start}"


def _as_text(group: Sequence[Quotation]) -> str:
    names = ", ".join(byline(group[0].document))
    if len(group) == 1:
        said = ", ".join(part for part in (names, where(group[0])) if part)
        return f"“{group[0].passage}”\n— {said}"
    passages = [f"“{each.passage}”{_in_brackets(where(each))}" for each in group]
    return "\n\n".join([*passages, f"— {names}"])


def _as_markdown(group: Sequence[Quotation]) -> str:
    document = group[0].document
    title = f"“{document.title}”"
    names = ", ".join(
        f"*{markdown_text(document.title)}*" if part == title else markdown_text(part)
        for part in byline(document)
    )
    if len(group) == 1:
        said = ", ".join(part for part in (names, where(group[0])) if part)
        return f"{markdown_quote(group[0].passage)}\n>\n> — {said}"
    passages = [f"{markdown_quote(each.passage)}{_last_line(where(each))}" for each in group]
    return "\n\n".join([*passages, f"— {names}"])


def _as_html(group: Sequence[Quotation]) -> str:
    document = group[0].document
    title = f"“{document.title}”"
    names = ", ".join(
        f"<cite>{html.escape(document.title)}</cite>" if part == title else html.escape(part)
        for part in byline(document)
    )
    address = document.facts.url or ""
    named = address.startswith(("https://", "http://"))
    cite = f' cite="{html.escape(address)}"' if named else ""
    parts = []
    for each in group:
        lines = "<br>".join(html.escape(line) for line in each.passage.split("\n"))
        place = html.escape(_in_brackets(where(each))) if len(group) > 1 else ""
        parts.append(f'<blockquote{cite}><p dir="auto">{lines}{place}</p></blockquote>')
    last = html.escape(where(group[0])) if len(group) == 1 else ""
    parts.append(f'<p dir="auto">— {", ".join(part for part in (names, last) if part)}</p>')
    return "\n".join(parts)


def _in_brackets(words: str) -> str:
    return f" ({words})" if words else ""


def _last_line(words: str) -> str:
    return f"\n>\n> ({words})" if words else ""


def _listed(names: Sequence[str]) -> str:
    """Names as one reads them: `A`, `A and B`, `A, B and C`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
