"""Read Word documents (docx, docm, dotx): text, lists, tables, notes, comments, pictures."""

from __future__ import annotations

from desktop_app.core.text import Block
from desktop_app.formats.containers.zips import Zip
from desktop_app.formats.file import File
from desktop_app.formats.finish import Reading
from desktop_app.formats.limits import Limits
from desktop_app.formats.office.docx.package import Package, value
from desktop_app.formats.office.docx.styles import Styles, numbering_of
from desktop_app.formats.office.docx.walk import Notes, Walk
from desktop_app.formats.office.facts import facts_of_text
from desktop_app.formats.sentences import DELETED, HIDDEN, embedded, warning_of
from desktop_app.formats.text.pictures import Pictures
from desktop_app.formats.text.xml_tree import local

EXTRACTOR = "docx-1"


def read_docx(file: File, limits: Limits) -> Reading:
    """Read a document; its headers and footers only where it has no other text."""
    package = Package(Zip(file.content, limits), limits)
    walk = Walk(
        package,
        Styles(package.optional("styles")),
        numbering_of(package.optional("numbering")),
        limits,
        Pictures(limits),
        package.relations,
        _notes(package, "footnote"),
        _notes(package, "endnote"),
        _notes(package, "comment"),
    )
    blocks = walk.read(package.root(package.main))
    if not any(block.text for block in blocks):
        blocks += _around(walk)
    limits.check_blocks(len(blocks))
    stated, languages = package.proposals()
    by_facts = [p for p in stated if p.origin.confidence > 0.5]
    unsure = [p for p in stated if p.origin.confidence <= 0.5]
    objects = sum("/embeddings/" in f"/{name.lower()}" for name in package.archive.names)
    warning = warning_of(
        blocks,
        DELETED if walk.deleted else None,
        HIDDEN if walk.hidden else None,
        embedded(objects + walk.chunks),
        walk.pictures.say(),
    )
    return Reading(
        blocks,
        [*by_facts, *facts_of_text(blocks), *unsure],
        EXTRACTOR,
        warning,
        languages,
        pictures=walk.pictures.files(blocks),
    )


def _notes(package: Package, name: str) -> Notes:
    """The notes of one kind."""
    kind = f"{name}s"
    root = package.optional(kind)
    part = next(package.related(kind), None)
    if root is None or part is None:
        return Notes()
    by_id = {value(one, "id") or "": one for one in root if local(one) == name}
    return Notes(by_id, package.relations_of(part))


def _around(walk: Walk) -> list[Block]:
    """The text of headers and footers, each part once."""
    found: list[Block] = []
    for kind in ("header", "footer"):
        for name in dict.fromkeys(walk.package.related(kind)):
            walk.relations = walk.package.relations_of(name)
            walk.bodies[:] = [type(walk.bodies[0])()]
            walk.notes.clear()
            found += walk.read(walk.package.root(name))
    return found
