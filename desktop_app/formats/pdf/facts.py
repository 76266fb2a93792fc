"""What a PDF says about itself: XMP, the information dictionary, and its first page.

Programs fill in titles and authors that nobody chose: names of files, of templates, of whoever
was logged in. Such values are proposed, but last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from desktop_app.core.dates import PartialDate
from desktop_app.core.model import FactName
from desktop_app.core.text import one_line
from desktop_app.formats.extract import Proposal
from desktop_app.formats.facts.bylines import calm, is_nobody, is_outlet, is_person, read_byline
from desktop_app.formats.facts.first_lines import from_first_lines
from desktop_app.formats.facts.proposals import guessed, stated
from desktop_app.formats.limits import Limits
from desktop_app.formats.pdf.blocks import Placed, largest_heading
from desktop_app.formats.pdf.document import OpenPdf, language_told, told
from desktop_app.formats.pdf.xmp import Said, xmp_of

_INFO = "PDF information"
_PAGE = "first page"
_LINES = 40  # of the first page
_DATE = re.compile(r"(?:D:)?\s*(\d{4})(?:-?(\d\d)(?:-?(\d\d))?)?")
_JUNK = re.compile(
    r"(?i)microsoft (?:word|powerpoint|excel)\b|powerpoint presentation|presentation\d*$"
    r"|untitled|document\d*$|unnamed|no ?title|title$|slide \d+|layout \d|page \d+$|print\b"
    r"|(?:https?|file):|about:blank|.*\.(?:docx?|odt|rtf|pdf|indd|qxd|qxp|fm|tex|dvi|ps|html?|pptx?"
    r"|xlsx?|wpd|p65|cdr|ai|eps|txt|jpe?g|tiff?|png)$|[\W\d_]*$|[a-z]?\d[\w.-]*$|\S*_\S*$"
)
_PART = re.compile(
    r"(?i)(?:\d+\.?\s+)?(?:(?:table of )?contents|introduction|abstract|summary|foreword|preface|appendix"
    r"|inhalt(?:sverzeichnis)?|einleitung|sommaire|table des mati[eè]res|r[eé]sum[eé])\W*"
)
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>{}|\\^`]{2,200})")
_ARXIV = re.compile(r"\barXiv:(\d{4}\.\d{4,5})(?:v\d+)?\b")
_NOTE_MARKS = re.compile(r"(?<=[^\W\d_])\s?[\d*†‡§¶∗,]+(?=\s|$|,)|[*†‡§¶∗]")
_URL = re.compile(r"https?://\S+", re.IGNORECASE)


def facts_of_pdf(
    document: OpenPdf, content: bytes, placed: Sequence[Placed], limits: Limits
) -> list[Proposal]:
    """Gather what a document says about itself, best first for each fact."""
    xmp = xmp_of(content, limits)
    first = next((one.block.page for one in placed if one.block.text), None)
    page = [one for one in placed if one.block.page == first and one.block.text]
    lines = [one.block.text for one in page if not one.apart]
    shown = from_first_lines(lines[:_LINES], place=_PAGE)
    return [
        *_titles(document, xmp, placed, shown),
        *_authors(document, xmp, page, shown),
        *_dates(document, xmp, shown),
        *_sources(xmp, shown),
        *_addresses(xmp, [one.block.text for one in page], shown),
    ]


def language_of_pdf(document: OpenPdf) -> list[Proposal]:
    """The language that the document states."""
    short = re.match(r"([a-zA-Z]{2,3})(?:[-_]|$)", language_told(document).strip())
    return stated(FactName.LANGUAGE, short[1].lower(), "PDF language") if short else []


def date_in(text: str) -> str | None:
    """A date as PDFs write it, `D:20160325...` or ISO, as partial as it is; None for none."""
    found = _DATE.match(text.strip())
    if not found:
        return None
    for parts in ((1, 2, 3), (1, 2), (1,)):
        numbers = [int(found[part] or 0) for part in parts]
        try:
            date = PartialDate(*numbers)
        except ValueError:
            continue
        return str(date) if 1400 < date.year < 2200 else None
    return None


def is_junk(title: str) -> bool:
    """Tell a title that a program made up from one that somebody wrote."""
    return len(title) < 3 or bool(_JUNK.match(title)) or "\ufffd" in title


def _titles(
    document: OpenPdf, xmp: Said, placed: Sequence[Placed], shown: Sequence[Proposal]
) -> Iterator[Proposal]:
    said = [(value, "XMP dc:title") for value in xmp.get("dc:title", ())[:1]]
    said.append((told(document, "Title"), _INFO))
    said = [(one_line(value), place) for value, place in said]
    for value, place in said:
        if not is_junk(value):
            yield from stated(FactName.TITLE, value, place)
    heading = largest_heading(placed)
    if heading and not _PART.fullmatch(heading.block.text):
        text = heading.block.text
        confidence = 0.7 if not is_junk(text) else 0.3
        yield from guessed(FactName.TITLE, text, "largest letters on the first page", confidence)
    for proposal in shown:
        if proposal.fact is FactName.TITLE and not _PART.fullmatch(str(proposal.value)):
            yield from guessed(FactName.TITLE, proposal.value, _PAGE, 0.5)
    for value, place in said:
        if value and is_junk(value):
            yield from guessed(FactName.TITLE, value, f"{place}, made by a program", 0.1)


def _authors(
    document: OpenPdf, xmp: Said, page: Sequence[Placed], shown: Sequence[Proposal]
) -> Iterator[Proposal]:
    creators = xmp.get("dc:creator", ())
    names = [*_people(creators)]
    doubtful: list[tuple[list[str], str]] = []
    for found, place in (
        (names, "XMP dc:creator"),
        (list(_people([told(document, "Author")])), _INFO),
    ):
        if found and any(is_person(name) and " " in name for name in found):
            yield from stated(FactName.AUTHORS, found, place)
        elif found:
            doubtful.append((found, place))
    yield from (proposal for proposal in shown if proposal.fact is FactName.AUTHORS)
    yield from guessed(FactName.AUTHORS, _below_title(page), f"{_PAGE}, below the title", 0.4)
    for found, place in doubtful:
        yield from guessed(FactName.AUTHORS, found, place, 0.2)


def _people(values: Sequence[str]) -> Iterator[str]:
    """The names in fields of authors, which may hold several each."""
    for value in values:
        for part in re.split(r"\s*[;|]\s*|\s+(?:and|und|et|&)\s+", one_line(value)):
            pieces = [piece.strip() for piece in part.split(",")]
            several = len(pieces) > 1 and all(len(piece.split()) > 1 for piece in pieces)
            for name in pieces if several else [part.strip()]:
                if name and not is_nobody(name) and len(name) < 200:
                    yield calm(name)


def _below_title(page: Sequence[Placed]) -> list[str]:
    """Names that stand under the title of a paper, without the marks of their notes."""
    title = largest_heading(page)
    if title is None:
        return []
    at = page.index(title)
    names: list[str] = []
    for one in page[at + 1 : at + 6]:
        text = _NOTE_MARKS.sub("", one.block.text)
        people = read_byline(text).people if len(text) < 160 else ()
        letters = sum(map(len, people))
        whole = len(text) > 0 and letters >= 0.75 * len(re.sub(r"\W|\band\b", "", text))
        named = [name for name in people if 2 <= len(name.split()) <= 4 and not is_outlet(name)]
        if not people or not whole or len(named) < len(people):
            break
        names += named
    return names


def _dates(document: OpenPdf, xmp: Said, shown: Sequence[Proposal]) -> Iterator[Proposal]:
    for name in ("prism:publicationDate", "prism:coverDate", "prism:coverDisplayDate", "dc:date"):
        for value in xmp.get(name, ())[:1]:
            if date := date_in(value):
                yield from stated(FactName.PUBLISHED, date, f"XMP {name}")
    yield from (proposal for proposal in shown if proposal.fact is FactName.PUBLISHED)
    for value, place in (
        *((value, "XMP xmp:CreateDate") for value in xmp.get("xmp:CreateDate", ())[:1]),
        (told(document, "CreationDate"), f"{_INFO}, day the file was made"),
    ):
        # When a file was made is a good guess at most at when its text was published.
        if date := date_in(value):
            yield from guessed(FactName.PUBLISHED, date, place, 0.4)


def _sources(xmp: Said, shown: Sequence[Proposal]) -> Iterator[Proposal]:
    for name in ("prism:publicationName", "dc:publisher", "dc:source"):
        for value in xmp.get(name, ())[:1]:
            if not _URL.match(value) and len(value) < 200:
                yield from stated(FactName.SOURCE, value, f"XMP {name}")
    yield from (proposal for proposal in shown if proposal.fact is FactName.SOURCE)


def _addresses(xmp: Said, lines: Sequence[str], shown: Sequence[Proposal]) -> Iterator[Proposal]:
    for name in ("prism:doi", "crossmark:DOI", "pdfx:doi", "dc:identifier"):
        for value in xmp.get(name, ())[:1]:
            if doi := _DOI.search(value):
                yield from stated(FactName.URL, _of_doi(doi[1]), f"XMP {name}")
    for name in ("prism:url", "dc:identifier", "dc:source"):
        for value in xmp.get(name, ())[:1]:
            if _URL.fullmatch(value.strip()):
                yield from stated(FactName.URL, _small(value.strip()), f"XMP {name}")
    yield from (proposal for proposal in shown if proposal.fact is FactName.URL)
    for line in lines:
        if doi := _DOI.search(line):
            yield from guessed(FactName.URL, _of_doi(doi[1]), f"DOI on the {_PAGE}", 0.6)
            break
        if paper := _ARXIV.search(line):
            address = f"https://arxiv.org/abs/{paper[1]}"
            yield from guessed(FactName.URL, address, f"number on the {_PAGE}", 0.7)
            break


def _of_doi(doi: str) -> str:
    return f"https://doi.org/{doi.rstrip('.,;:)]')}"


def _small(address: str) -> str:
    """An address with its scheme in small letters."""
    scheme, mark, rest = address.partition(":")
    return f"{scheme.lower()}{mark}{rest}"
