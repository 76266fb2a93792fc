"""Read the codebook of the REFI-QDA standard; see qdc.py."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from xml.parsers import expat

from desktop_app.core.codebook import Codebook, CodebookTag
from desktop_app.core.text import clean, one_line
from desktop_app.library.codebooks import fields
from desktop_app.library.codebooks.describing import from_one_text
from desktop_app.library.codebooks.qdc import NAMESPACE
from desktop_app.library.codebooks.remarks import Remarks
from desktop_app.library.codebooks.soundness import (
    DEEPEST,
    MOST_TAGS,
    TOO_LONG,
    TWICE,
    Unsound,
    arranged,
    joined,
    shortened,
)

_MOST_ELEMENTS = 500_000
_LONGEST_TEXT = 1_000_000
_PIECE = 1_000_000
_OLDER = re.compile(r"urn:qda-xml:codebook:[\d.:]+", re.I)
_TRUE = {"true", "1"}


@dataclass(slots=True)
class _Code:
    """A code as it is read. inside: where in the list the code stands that it is in."""

    uuid: str
    name: str
    inside: int | None
    colour: str
    text: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Set:
    name: str
    text: list[str] = field(default_factory=list)
    members: list[str] = field(default_factory=list)


def read_qdc(content: bytes, name: str, remarks: Remarks) -> Codebook:
    """Read a codebook; raises Unsound for what is none. name: what the collection is to be called."""
    reader = _Reader(content, remarks)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reader.doctype
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.letters
    try:
        for start in range(0, len(content), _PIECE):
            parser.Parse(content[start : start + _PIECE], False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Unsound(_why(error, content)) from error
    return reader.codebook(name)


def _why(error: Exception, content: bytes) -> str:
    if not isinstance(error, expat.ExpatError):
        return "its letters are written in a way that is not known here; save it as UTF-8."
    head = content[:200].lower()
    if b"encoding" not in head or b"utf-8" in head:
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            return "its letters are not written as it says, in UTF-8."
    said = expat.ErrorString(error.code) or "it ends too early"
    return f"it is not well-formed XML: line {error.lineno:,} ({said})."


class _Reader:
    """Takes down the codes and sets of a file as its elements come."""

    def __init__(self, content: bytes, remarks: Remarks) -> None:
        self._seed = hashlib.sha256(content).hexdigest()
        self._remarks = remarks
        self._path: list[str] = []
        self._open: list[int] = []
        self._elements = 0
        self._own = False
        self._codes: list[_Code] = []
        self._sets: list[_Set] = []
        self._taking: list[str] | None = None

    def doctype(self, *_: object) -> None:
        raise Unsound(
            "it declares a document type, as no codebook does; harmful files grow by one. "
            "It was not read any further."
        )

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        namespace, _, name = tag.rpartition(" ")
        self._elements += 1
        if self._elements > _MOST_ELEMENTS:
            raise Unsound(f"it has more than {_MOST_ELEMENTS:,} elements.")
        if not self._path:
            self._root(namespace, name)
        above = self._path[-1] if self._path else ""
        self._path.append(name)
        self._taking = None
        if len(self._path) > DEEPEST + 10:
            raise Unsound(f"its codes are nested more than {DEEPEST} deep.")
        if name == "Code" and above in ("Codes", "Code"):
            self._code(attributes)
        elif name == "Set" and above == "Sets":
            self._sets.append(_Set(one_line(attributes.get("name", ""))))
        elif name == "MemberCode" and above == "Set":
            self._sets[-1].members.append(fields.uuid_of(attributes.get("guid", "")) or "")
        elif name == "Description" and above in ("Code", "Set"):
            self._taking = self._codes[self._open[-1]].text if self._open else self._sets[-1].text
        elif (above, name) not in {("", "CodeBook"), ("CodeBook", "Codes"), ("CodeBook", "Sets")}:
            self._remarks.add(
                "What the file says as “{name}” is not known here, and was left out.",
                "What the file says in {count} places is not known here, and was left out; "
                "the first is called “{name}”.",
                name[:60],
            )

    def end(self, tag: str) -> None:
        name = self._path.pop()
        self._taking = None
        if name == "Code" and self._open and self._path[-1] in ("Codes", "Code"):
            self._open.pop()

    def letters(self, text: str) -> None:
        if self._taking is not None:
            self._taking.append(text)

    def _root(self, namespace: str, name: str) -> None:
        if name == "Project":
            raise Unsound("it is a whole project of REFI-QDA; export the codebook alone, as .qdc.")
        if name != "CodeBook":
            raise Unsound(f"it is XML, but no codebook: it begins with “{name[:60]}”.")
        if namespace != NAMESPACE and not _OLDER.fullmatch(namespace):
            self._remarks.add(
                "The file does not say that it follows the REFI-QDA standard; it was read as if "
                "it did."
            )

    def _code(self, attributes: dict[str, str]) -> None:
        if len(self._codes) >= MOST_TAGS:
            raise Unsound(f"it holds more than {MOST_TAGS:,} tags.")
        name = attributes.get("name", "")
        guid = attributes.get("guid", "").strip()
        uuid = fields.uuid_of(guid) if guid else None
        self._own = self._own or uuid is not None
        if uuid is None:
            self._remarks.add(
                "The code “{name}” has no guid that is one; it is known by its name only.",
                "{count} codes have no guids that are such; they are known by their names only. "
                "The first is “{name}”.",
                one_line(name)[:60],
            )
        if attributes.get("isCodable", "true").strip().lower() not in _TRUE:
            self._remarks.add(
                "“{name}” only holds other codes there; here it can be given as every tag can.",
                "{count} codes only hold others there; here they can be given as every tag can. "
                "The first is “{name}”.",
                one_line(name)[:60],
            )
        number = len(self._codes)
        self._codes.append(
            _Code(
                uuid or fields.made_up(self._seed, str(number)),
                name,
                self._open[-1] if self._open else None,
                attributes.get("color", ""),
            )
        )
        self._open.append(number)

    def codebook(self, name: str) -> Codebook:
        """What was read, as a codebook."""
        known: set[str] = set()
        for code in self._codes:
            if code.uuid in known:
                raise Unsound(f"the code “{one_line(code.name)[:60]}” has the guid of another.")
            known.add(code.uuid)
        grouped = self._grouped(known)
        once, twice = joined(map(self._tag, self._codes))
        for each in twice:
            self._remarks.add(*TWICE, each)
        return Codebook(
            name,
            tags=tuple(
                _in_sets(tag, grouped) for tag in fields.settled(arranged(once), self._remarks)
            ),
            own_uuids=self._own or not self._codes,
        )

    def _tag(self, code: _Code) -> CodebookTag:
        name, whole = shortened(code.name, f"the name of a code, “{code.name[:60]}”,")
        if whole:
            self._remarks.add(*TOO_LONG, name)
        text = "".join(code.text)
        if len(text) > _LONGEST_TEXT:
            raise Unsound(f"what it says of “{name}” has {len(text):,} characters.")
        said = from_one_text(clean(text).strip(), name, self._remarks)
        return CodebookTag(
            code.uuid,
            name,
            None if code.inside is None else self._codes[code.inside].uuid,
            fields.colour_of(code.colour, name, self._remarks),
            said.aliases,
            definition="\n\n".join(filter(None, (whole, said.definition))),
            use_when=said.use_when,
            not_when=said.not_when,
            examples=said.examples,
        )

    def _grouped(self, known: set[str]) -> dict[str, list[str]]:
        """The names of the sets that each code is in; what of them cannot be kept is said."""
        grouped: dict[str, list[str]] = defaultdict(list)
        for each in self._sets:
            members = dict.fromkeys(member for member in each.members if member in known)
            for member in members:
                grouped[member].append(each.name)
            if members:
                self._remarks.add(
                    "The set “{name}” is kept as a line in the definitions of its tags.",
                    "{count} sets are kept as lines in the definitions of their tags; "
                    "the first is “{name}”.",
                    each.name,
                )
            else:
                self._remarks.add(
                    "The set “{name}” has no codes, and was left out.",
                    "{count} sets have no codes, and were left out; the first is “{name}”.",
                    each.name,
                )
            if "".join(each.text).strip():
                self._remarks.add(
                    "What the file says of the set “{name}” itself was left out.",
                    "What the file says of {count} sets themselves was left out; "
                    "the first is “{name}”.",
                    each.name,
                )
        return grouped


def _in_sets(tag: CodebookTag, grouped: Mapping[str, list[str]]) -> CodebookTag:
    """The tag with the sets that it is in as a last line of its definition."""
    names = [name for uuid in (tag.uuid, *tag.formerly) for name in grouped.get(uuid, ())]
    if not names:
        return tag
    line = f"Sets: {'; '.join(dict.fromkeys(names))}"
    return replace(tag, definition="\n\n".join(filter(None, (tag.definition, line))))
