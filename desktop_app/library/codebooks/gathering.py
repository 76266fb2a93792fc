"""A tag collection of a library as a codebook, to be written to a file or compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from desktop_app.core.codebook import Codebook, CodebookTag, CodedPassage, Coding
from desktop_app.core.model import LinkKind, Tag, TagCollection
from desktop_app.library.tags.checks import tags_of
from desktop_app.store.codings import coded_documents, marked_passages
from desktop_app.store.store import Snapshot


def codebook_of(
    snapshot: Snapshot, collection: TagCollection, *, codings: bool = False
) -> Codebook:
    """Everything that is said of a collection and its tags; with codings also what carries them.

    Documents in the trash are left out. The counts are of documents that carry the tag itself, or
    have a highlight that does.
    """
    tree = tags_of(snapshot)
    tags = [tag for top in tree.children(None, collection.id) for tag in (top, *tree.below(top.id))]
    own = snapshot.tags.own_counts().documents
    said = _Said(snapshot, tags)
    uuids = {tag.id: tag.uuid for tag in tags}
    return Codebook(
        name=collection.name,
        uuid=collection.uuid,
        description=collection.description,
        author=collection.author,
        licence=collection.licence,
        version=collection.version,
        scheme=collection.scheme,
        tags=tuple(map(said.written, tags)),
        codings=tuple(_codings(snapshot, uuids)) if codings else (),
        counts={tag.uuid: own.get(tag.id, 0) for tag in tags},
    )


class _Said:
    """What hangs on the tags of a collection beside their own rows, by uuids."""

    def __init__(self, snapshot: Snapshot, tags: list[Tag]) -> None:
        self._uuids = {tag.id: tag.uuid for tag in tags}
        self._formerly: defaultdict[int, list[str]] = defaultdict(list)
        for uuid, tag in sorted(snapshot.tag_links.redirects().items()):
            self._formerly[tag].append(uuid)
        self._linked: defaultdict[tuple[int, LinkKind], list[str]] = defaultdict(list)
        for link in snapshot.tag_links.all():
            # What is linked with a tag of another collection cannot be said without that one.
            if link.one in self._uuids and link.other in self._uuids:
                self._linked[link.one, link.kind].append(self._uuids[link.other])
                self._linked[link.other, link.kind].append(self._uuids[link.one])

    def written(self, tag: Tag) -> CodebookTag:
        return CodebookTag(
            uuid=tag.uuid,
            name=tag.name,
            parent=None if tag.parent is None else self._uuids[tag.parent],
            colour=tag.colour,
            aliases=tag.aliases,
            key=tag.key,
            pattern=tag.pattern,
            letters=tag.letters,
            definition=tag.definition,
            use_when=tag.use_when,
            not_when=tag.not_when,
            examples=tag.examples,
            archived=tag.archived,
            formerly=tuple(self._formerly[tag.id]),
            related=tuple(sorted(self._linked[tag.id, LinkKind.RELATED])),
            opposite=tuple(sorted(self._linked[tag.id, LinkKind.OPPOSITE])),
        )


def _codings(snapshot: Snapshot, uuids: dict[int, str]) -> Iterator[Coding]:
    """Every use of tags, in an order that does not hang on the library's own numbers."""
    order = {tag: number for number, tag in enumerate(uuids)}
    documents = sorted(
        coded_documents(snapshot.connection, list(uuids)),
        key=lambda each: (
            order[each.tag],
            each.title,
            each.file_name,
            each.digest,
            each.original,
        ),
    )
    for each in documents:
        yield Coding(
            uuids[each.tag], each.digest, each.title, each.file_name, original=each.original
        )
    passages = sorted(
        marked_passages(snapshot.connection, list(uuids)),
        key=lambda one: (
            order[one.tag],
            one.title,
            one.file_name,
            one.digest,
            one.original,
            one.start,
            one.end,
            one.uuid,
        ),
    )
    for one in passages:
        passage = CodedPassage(
            one.quote, one.start, one.end, one.before, one.after, one.colour, one.note, one.uuid
        )
        yield Coding(uuids[one.tag], one.digest, one.title, one.file_name, passage, one.original)
