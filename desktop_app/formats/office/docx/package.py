"""The parts of a Word document and how they refer to one another."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from desktop_app.core.text import one_line
from desktop_app.formats.containers.zips import Zip, damaged, zip_kind
from desktop_app.formats.extract import Proposal, Refused
from desktop_app.formats.html.tree import inner_text
from desktop_app.formats.limits import Limits
from desktop_app.formats.office.facts import (
    PROPERTIES,
    authors_stated,
    language_stated,
    made_on,
    title_stated,
)
from desktop_app.formats.text.xml_tree import attribute, local, parse_xml

_MAIN = ("wordprocessingml", "ms-word.")


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to. kind: the last word of its type. target: the archive's name of a part,
    or an address where outside.
    """

    kind: str
    target: str
    outside: bool


class Package:
    """An open document. Raises Refused for what is no whole one."""

    def __init__(self, archive: Zip, limits: Limits) -> None:
        self.archive = archive
        self._limits = limits
        self.main = self._main()
        self.relations = self.relations_of(self.main)

    def root(self, name: str) -> etree._Element:
        """A part's XML."""
        return parse_xml(self.archive.read(name), self._limits)

    def related(self, kind: str) -> Iterator[str]:
        """The names of the parts of a kind that the main part refers to."""
        for relation in self.relations.values():
            if relation.kind == kind and not relation.outside:
                yield relation.target

    def optional(self, kind: str) -> etree._Element | None:
        """The XML of a part that the text can do without; None where it is missing or damaged."""
        for name in self.related(kind):
            try:
                return self.root(name)
            except Refused:
                continue
        return None

    def relations_of(self, part: str) -> Mapping[str, Relation]:
        """What a part refers to, by id; empty where that is missing or damaged."""
        folder, _, name = part.replace("\\", "/").rpartition("/")
        path = self.archive.find(posixpath.join(folder, "_rels", f"{name}.rels"))
        if path is None:
            return {}
        try:
            root = self.root(path)
        except Refused:
            return {}
        found: dict[str, Relation] = {}
        for element in root.iter():
            if local(element) != "Relationship":
                continue
            kind = (element.get("Type") or "").rpartition("/")[2]
            target = (element.get("Target") or "").strip()
            outside = (element.get("TargetMode") or "").lower() == "external"
            if not outside:
                joined = target if target.startswith("/") else posixpath.join(folder, target)
                target = self.archive.find(posixpath.normpath(joined).lstrip("/")) or ""
            if target:
                found[element.get("Id") or ""] = Relation(kind, target, outside)
        return found

    def proposals(self) -> tuple[list[Proposal], list[Proposal]]:
        """What the document's properties say, and those for its language."""
        name = next(
            (one.target for one in self.relations_of("").values() if one.kind == "core-properties"),
            self.archive.find("docProps/core.xml"),
        )
        said: dict[str, str] = {}
        if name is not None:
            try:
                root = self.root(name)
            except Refused:
                return [], []
            for element in root:
                said.setdefault(local(element), one_line(inner_text(element)))
        proposals = [
            *title_stated(said.get("title", ""), PROPERTIES),
            *authors_stated([said.get("creator", "")], PROPERTIES),
        ]
        return [*proposals, *made_on(said.get("created", ""), PROPERTIES)], language_stated(
            said.get("language", ""), PROPERTIES
        )

    def _main(self) -> str:
        """The name of the main part: what the package names, or where it always is."""
        for relation in self.relations_of("").values():
            if relation.kind == "officeDocument" and not relation.outside:
                return relation.target
        types = self.archive.find("[Content_Types].xml")
        if types is not None:
            for element in self.root(types):
                kind = element.get("ContentType") or ""
                part = self.archive.find((element.get("PartName") or "").lstrip("/"))
                if part and kind.endswith("main+xml") and any(one in kind for one in _MAIN):
                    return part
        found = self.archive.find("word/document.xml")
        if found is None:
            zip_kind(self.archive.names)  # says so if it is a workbook or the like
            raise damaged()
        return found


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """An attribute of an element that may be missing."""
    return None if element is None else attribute(element, name)


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The element at a path of names, whatever their namespace; None where there is none."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if local(one) == name), None)
    return element


def is_on(element: etree._Element | None) -> bool:
    """Whether a property is set: there, and not said to be off."""
    return element is not None and value(element) not in ("0", "false", "off", "none")
