"""The things a library holds, as plain values. Ids are the library's own whole numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from desktop_app.core.dates import PartialDate
from desktop_app.core.tag_aliases import Alias
from desktop_app.core.tag_looks import FIRST_SCHEME, Pattern


class ReadState(StrEnum):
    """How far the reader has come with a document."""

    UNREAD = "unread"
    READING = "reading"
    READ = "read"


class FactName(StrEnum):
    """The facts about a document that are proposed by a file and can be set by hand."""

    TITLE = "title"
    AUTHORS = "authors"
    SOURCE = "source"
    URL = "url"
    PUBLISHED = "published"
    LANGUAGE = "language"


class OriginKind(StrEnum):
    """Who says so."""

    FILE = "file"  # the file names it as such
    GUESSED = "guessed"  # concluded from the text, the file name or the like
    YOU = "you"  # set by hand, never overwritten


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fact comes from. place: in words ("first lines"). confidence: 0 to 1."""

    kind: OriginKind
    place: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about a document as a publication; None and () where it is not known."""

    title: str
    authors: tuple[str, ...] = ()
    source: str | None = None
    url: str | None = None
    published: PartialDate | None = None
    language: str | None = None  # ISO 639-1, or 639-3 where there is no shorter one
    origins: Mapping[FactName, Origin] = field(default_factory=dict)  # only of known facts


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a file says or lets guess about itself.

    value: a tuple of names for the authors, ISO text for the date (`2016-03`), text for the rest.
    """

    fact: FactName
    value: str | tuple[str, ...]
    origin: Origin


class TextRole(StrEnum):
    """What a text is to its document."""

    MAIN = "main"  # what the reader is shown first
    WHOLE = "whole"  # all of a web page of which main is the article
    OLD = "old"  # made by an earlier reader, kept because something hangs on it


class PartRole(StrEnum):
    """What a part is to its document."""

    COMPANION = "companion"  # a file of a saved page's folder, its name the way to it
    PICTURE = "picture"  # made from the original; its name is empty
    ATTACHMENT = "attachment"  # lies inside the original, and is not kept beside it


@dataclass(frozen=True, slots=True)
class Part:
    """What belongs to a document beside its original and its texts.

    number: from 0 among the parts of its role. original: SHA-256 of the kept bytes, None for an
    attachment.
    """

    role: PartRole
    number: int
    name: str
    media_type: str
    size_bytes: int
    original: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document without its text.

    file_name: as it was called when it came, for showing only (bytes that are not UTF-8 escaped).
    original: SHA-256 of the kept bytes, hexadecimal. text_version: of the text in use.
    position: where reading stopped, a code point of the canonical text. progress: 0 to 1.
    tags: ids, sorted, no repeats. trashed_at: None unless it lies in the trash. Times are UTC.
    """

    id: int
    facts: Facts
    media_type: str
    file_name: str
    original: str
    text_version: str
    words: int
    state: ReadState
    progress: float
    position: int
    starred: bool
    added_at: datetime
    changed_at: datetime
    trashed_at: datetime | None = None
    tags: tuple[int, ...] = ()

    @property
    def title(self) -> str:
        return self.facts.title


@dataclass(frozen=True, slots=True)
class TagCollection:
    """A set of tags with a name of its own. Exactly one collection is active and gets new tags.

    scheme: the colours that new tags get, a name of core/tag_looks.py. shown: it stands in the
    sidebar and its tags are offered. locked: its tags can be given and taken, but neither they nor
    the collection can be changed. archived: put away; what it is on keeps it, and finds it.
    """

    id: int
    uuid: str
    name: str
    active: bool
    description: str = ""
    author: str = ""
    licence: str = ""
    version: str = ""
    scheme: str = FIRST_SCHEME
    shown: bool = True
    locked: bool = False
    archived: bool = False

    @property
    def offered(self) -> bool:
        """Whether its tags are offered where one tags."""
        return self.active or (self.shown and not self.archived)


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag in a collection. parent: None at the top. colour: `#rrggbb`.

    key: the digit 1-9 that gives this tag while its collection is active; None for no digit.
    letters: up to two that stand for it, "" for those of its name (tag_looks.letters_of).
    definition, use_when, not_when, examples: text of any length, "" where nothing is said.
    archived: put away: no longer offered, while what carries it keeps it.
    """

    id: int
    uuid: str
    collection: int
    parent: int | None
    name: str
    colour: str
    aliases: tuple[Alias, ...] = ()
    key: int | None = None
    pattern: Pattern = Pattern.PLAIN
    letters: str = ""
    definition: str = ""
    use_when: str = ""
    not_when: str = ""
    examples: str = ""
    archived: bool = False

    @property
    def also_called(self) -> tuple[str, ...]:
        """The names of its aliases."""
        return tuple(alias.name for alias in self.aliases)


class LinkKind(StrEnum):
    """How two tags stand to each other, beside one being above the other."""

    RELATED = "related"
    OPPOSITE = "opposite"


@dataclass(frozen=True, slots=True, order=True)
class TagLink:
    """Two tags that stand to each other in some way. one < other: the link has no direction."""

    one: int
    other: int
    kind: LinkKind

    @classmethod
    def between(cls, tag: int, other: int, kind: LinkKind) -> TagLink:
        """The link of two tags, whichever is named first."""
        return cls(min(tag, other), max(tag, other), kind)


@dataclass(frozen=True, slots=True)
class Binned:
    """A deleted tag, or a deleted collection, in the trash of tags.

    name: the tag's path or the collection's name. collection: where the tag was, "" for a
    collection. tags, documents, highlights: how many went with it. steps: JSON, what brings it back;
    the library's to write and to read.
    """

    id: int
    name: str
    collection: str
    tags: int
    documents: int
    highlights: int
    deleted_at: datetime
    steps: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many documents each part of the sidebar holds; only `trash` counts those in the trash.

    highlights: of documents outside the trash; review and lost are those of them that somebody has
    to look at.
    """

    all: int = 0
    inbox: int = 0  # unread and untagged
    reading: int = 0
    read: int = 0
    starred: int = 0
    untagged: int = 0
    trash: int = 0
    highlights: int = 0
    review: int = 0
    lost: int = 0

    @property
    def to_review(self) -> int:
        """How many highlights somebody has to look at."""
        return self.review + self.lost


class Sort(StrEnum):
    """The order of a list of documents; ties go by newest id first."""

    RELEVANCE = "relevance"
    DATE_NEWEST = "-date"
    DATE_OLDEST = "date"
    TITLE = "title"
    ADDED_NEWEST = "-added"
    ADDED_OLDEST = "added"
