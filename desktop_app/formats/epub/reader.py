"""Read EPUB books: their documents in reading order, with pictures, notes and table of contents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from desktop_app.core.model import FactName
from desktop_app.core.text import Block
from desktop_app.formats.containers.zips import Zip, damaged
from desktop_app.formats.epub.facts import facts_of_book
from desktop_app.formats.epub.package import Package, open_package, resolve
from desktop_app.formats.epub.parts import Part, marks_of, named_by, parts_of
from desktop_app.formats.epub.toc import Line, toc_of_nav, toc_of_ncx
from desktop_app.formats.extract import Refused
from desktop_app.formats.file import File
from desktop_app.formats.finish import Reading
from desktop_app.formats.html.blocks import blocks_of
from desktop_app.formats.html.notes import notes_of
from desktop_app.formats.limits import Limits
from desktop_app.formats.office.facts import facts_of_text
from desktop_app.formats.sentences import lost_in, warning_of
from desktop_app.formats.text.pictures import Pictures
from desktop_app.formats.text.xml_tree import parse_xml

EXTRACTOR = "epub-1"


@dataclass(slots=True)
class _Notes:
    """Notes that stand in another document than their marks.

    marks: by part, link as written -> label. wanted: by part, ids of what is a note.
    """

    marks: dict[str, dict[str, str]] = field(default_factory=dict)
    wanted: dict[str, set[str]] = field(default_factory=dict)


def read_epub(file: File, limits: Limits) -> Reading:
    """Read a book; raises Refused for one that is locked or has no part that can be read."""
    archive = Zip(file.content, limits)
    package = open_package(archive, limits)
    parsed = list(parts_of(archive, package.spine, limits))
    parts = [part for part in parsed if part is not None]
    if not parts:
        raise damaged()
    notes = _notes_elsewhere(archive, parts)
    pictures = Pictures(limits)
    blocks: list[Block] = []
    places: dict[str, int] = {}
    inside: dict[tuple[str, str], int] = {}
    for part in parts:
        start = len(blocks)
        places[part.path] = start
        ids: dict[str, int] = {}
        own = notes_of(
            part.root,
            prefix=part.prefix,
            marks=notes.marks.get(part.path),
            wanted=notes.wanted.get(part.path, ()),
        )
        find = _finder(archive, part.path)
        for block in blocks_of(part.root, pictures=pictures, find=find, notes=own, places=ids):
            blocks.append(block)
            limits.check_blocks(len(blocks))
        inside.update(((part.path, name), start + index) for name, index in ids.items())
    chapters = list(_chapters(_toc(archive, package, limits), archive, places, inside))
    proposals, languages = facts_of_book(package.metadata)
    if not any(proposal.fact is FactName.TITLE for proposal in proposals):
        proposals += [p for p in facts_of_text(blocks) if p.fact is FactName.TITLE]
    missing = package.missing + parsed.count(None)
    warning = warning_of(blocks, _missing(missing), lost_in(blocks), pictures.say())
    return Reading(
        blocks,
        proposals,
        EXTRACTOR,
        warning,
        languages,
        chapters=chapters,
        pictures=pictures.files(blocks),
    )


def _missing(count: int) -> str | None:
    if count == 1:
        return "One part of the book is missing or cannot be read."
    return f"{count:,} parts of the book are missing or cannot be read." if count else None


def _finder(archive: Zip, base: str) -> Callable[[str], bytes | None]:
    """Gives the bytes under an address of a document; none of what cannot be unpacked."""

    def find(source: str) -> bytes | None:
        path, _ = resolve(archive, base, source)
        if path is None:
            return None
        try:
            return archive.read(path)
        except Refused:
            return b""

    return find


def _notes_elsewhere(archive: Zip, parts: Sequence[Part]) -> _Notes:
    """Tell the marks that lead to notes in other documents: said to be ones, or linked back."""
    found = _Notes()
    by_path = {part.path: part for part in parts}
    named: dict[str, frozenset[str]] = {}
    for part in parts:
        name = part.path.rpartition("/")[2]
        for href, said in marks_of(part):
            path, fragment = resolve(archive, part.path, href)
            if path is None or path == part.path or not fragment or path not in by_path:
                continue
            target = by_path[path]
            if path not in named:
                named[path] = named_by(target)
            if said or name in named[path]:
                found.marks.setdefault(part.path, {})[href] = f"{target.prefix}{fragment}"[:200]
                found.wanted.setdefault(path, set()).add(fragment)
    return found


def _toc(archive: Zip, package: Package, limits: Limits) -> list[tuple[str, Line]]:
    """The lines of the table of contents, each with the file that it stands in."""
    for path, read in ((package.nav, toc_of_nav), (package.ncx, toc_of_ncx)):
        if path is None:
            continue
        try:
            lines = read(parse_xml(archive.read(path), limits))
        except Refused:
            continue  # the text is there without it
        if lines:
            return [(path, line) for line in lines]
    return []


def _chapters(
    lines: Sequence[tuple[str, Line]],
    archive: Zip,
    places: Mapping[str, int],
    inside: Mapping[tuple[str, str], int],
) -> Iterator[tuple[int, str, int]]:
    """Level, title and block of each line; one that leads nowhere stands before the next."""
    waiting: list[Line] = []
    for base, line in lines:
        path, fragment = resolve(archive, base, line.href) if line.href else (None, "")
        if path is None or path not in places:
            waiting = [*(one for one in waiting if one.level < line.level), line]
            continue
        index = inside.get((path, fragment), places[path])
        for one in waiting:
            if one.level < line.level:
                yield one.level, one.title, index
        waiting.clear()
        yield line.level, line.title, index
