"""A tag collection as it goes from one library to another: by uuids and texts, never by ids.

A codebook is what a file of any format is read into and written from. It says no more than the file
does: what a format cannot hold is empty here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop_app.core.tag_aliases import Alias
from desktop_app.core.tag_looks import Pattern


@dataclass(frozen=True, slots=True)
class CodebookTag:
    """A tag of a codebook; see Tag for what the fields mean.

    uuid: unique in the codebook; one made up by the reader where the file has none (then the
    codebook says so, by `own_uuids`). parent: the uuid of a tag that stands before it in the
    codebook, None at the top. colour: `#rrggbb`, "" where the file says none. formerly: the uuids
    that lead to it. related, opposite: uuids.
    """

    uuid: str
    name: str
    parent: str | None = None
    colour: str = ""
    aliases: tuple[Alias, ...] = ()
    key: int | None = None
    pattern: Pattern = Pattern.PLAIN
    letters: str = ""
    definition: str = ""
    use_when: str = ""
    not_when: str = ""
    examples: str = ""
    archived: bool = False
    formerly: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    opposite: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodedPassage:
    """A passage that somebody marked. Offsets are code points of the text of that digest."""

    quote: str
    start: int
    end: int
    before: str = ""  # up to 32 characters
    after: str = ""
    colour: str = ""
    note: str = ""
    uuid: str = ""


@dataclass(frozen=True, slots=True)
class Coding:
    """One use of a tag: on a document as a whole, or on a passage of it.

    digest: of the document's canonical text (see core/text.py), "" where it is not known. title and
    file_name: to name the document by; file_name finds it where nothing else does. original: SHA-256
    of the file it came from, which finds it where another version read another text from it.
    """

    tag: str  # uuid
    digest: str
    title: str = ""
    file_name: str = ""
    passage: CodedPassage | None = None
    original: str = ""


@dataclass(frozen=True, slots=True)
class Codebook:
    """A tag collection with what is said of it.

    uuid: "" where the file has none. tags: a parent stands before its children, siblings by name.
    codings: () unless they were asked for. counts: by the uuid of a tag, what the file itself says
    of how often it is used. own_uuids: whether the tags' uuids are the file's own, so that the same
    tag is known again by them.
    """

    name: str
    uuid: str = ""
    description: str = ""
    author: str = ""
    licence: str = ""
    version: str = ""
    scheme: str = ""
    tags: tuple[CodebookTag, ...] = ()
    codings: tuple[Coding, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    own_uuids: bool = True
