"""A batch of what was read: made durable in one round of files and one transaction.

The documents, what was told of them, and the history of the import are there together or not at
all, so that being durable does not cost the rate and a killed import knows where it was.
"""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Callable, Mapping, Sequence

from desktop_app.core.errors import Problem
from desktop_app.core.file_names import shown_name
from desktop_app.core.model import Document, Part, PartRole
from desktop_app.formats.extract import Extract
from desktop_app.formats.facts.proposals import facts_from
from desktop_app.library.import_items import Item
from desktop_app.library.outcomes import OutcomeKind
from desktop_app.store.documents import NewDocument
from desktop_app.store.import_runs import Told
from desktop_app.store.store import Snapshot, Store


class Batches:
    """The batches of one import. run: its id in the history, which also says the tag for them all.

    fold: what is done to each new document before it is kept.
    """

    def __init__(
        self,
        store: Store,
        run: int,
        *,
        fold: Callable[[NewDocument], NewDocument] = lambda new: new,
    ) -> None:
        self._store = store
        self._fold = fold
        self._run = run
        self._refusals: dict[tuple[str, str], Problem] = {}

    def refused(self, item: Item, problem: Problem) -> None:
        """Refuse an item, and with it those of the same kind that come behind it."""
        self._refusals[item.kind] = problem
        item.refuse(problem)

    def keep(self, items: Sequence[Item]) -> list[int]:
        """Make items durable, each settled or the twin of one before; ids of the new documents.

        Afterwards each item has its outcome, which is in the history.
        """
        coming = self._without_twins([item for item in items if item.extract])
        kept = [kept for item in coming for kept in _originals(item).items()]
        self._store.originals.keep(kept)
        new = [self._fold(_new_document(item)) for item in coming]
        with self._store.write() as work:
            ids = work.documents.add_many(new)
            # Asked each time: the tag may have been deleted, or have gone up in another.
            tag = work.imports.tag(self._run)
            if tag is not None and ids:
                work.taggings.add(tag, ids)
            # Settled before the transaction ends, and told only after it.
            for item, document, made in zip(coming, ids, new, strict=True):
                _settle_new(item, document, made.facts.title)
            for item in items:
                if item.outcome is None:
                    self._settle_twin(item, work)
            work.imports.tell(self._run, [_told(item) for item in items])
        return ids

    def settle_known(self, item: Item, document: Document) -> None:
        """Say which document it is; where that has lost its original, these bytes take its place."""
        item.in_trash = document.trashed_at is not None
        where = ", in the trash" if item.in_trash else ""
        reason = f"It is here already{where}, as document {document.id}: “{document.title}”."
        if item.content and not self._store.originals.holds(item.digest, item.content):
            self._store.originals.keep([(item.digest, item.content)])
            reason += " Its original was missing or damaged, and has been put back."
        item.settle(OutcomeKind.KNOWN, document.id, document.title, reason=reason)

    def _without_twins(self, items: Sequence[Item]) -> list[Item]:
        """Leave out those whose bytes came a moment ago under a name of another kind."""
        twins = [item.digest for item in items if item.twin]
        known: set[str] = set()
        if twins:
            with self._store.read() as snapshot:
                known.update(snapshot.documents.by_originals(twins))
        new: list[Item] = []
        for item in items:
            if item.digest in known:
                item.drop()
            else:
                known.add(item.digest)
                new.append(item)
        return new

    def _settle_twin(self, item: Item, snapshot: Snapshot) -> None:
        """The outcome of a file whose bytes came a moment ago under another name."""
        # First what became of the same kind of name: the bytes may be durable under another kind
        # by now or not, as the batches fall.
        if refusal := self._refusals.get(item.kind):
            item.refuse(refusal)
        else:
            self.settle_known(item, snapshot.documents.by_originals([item.digest])[item.digest])


def _settle_new(item: Item, document: int, title: str) -> None:
    assert item.extract is not None
    said = [item.extract.warning or ""]
    if item.companions:
        files = "1 file" if len(item.companions) == 1 else f"{len(item.companions):,} files"
        said.append(f"{files} of the page’s folder came with it.")
    if item.left_out:
        files = "1 file" if item.left_out == 1 else f"{item.left_out:,} files"
        said.append(f"{files} of the page’s folder could not be read or went beyond its limit.")
    warned = item.extract.warning or item.left_out
    kind = OutcomeKind.WARNING if warned else OutcomeKind.IMPORTED
    item.settle(kind, document, title, reason=" ".join(filter(None, said)))


def _originals(item: Item) -> Mapping[str, bytes]:
    """Everything of an item that is kept as it is, by its hash."""
    assert item.extract is not None
    kept = {item.digest: item.content}
    kept.update((sha256_of(content), content) for content in item.companions.values())
    kept.update((picture.hash, picture.content) for picture in item.extract.pictures)
    return kept


def _new_document(item: Item) -> NewDocument:
    extract = item.extract
    assert extract is not None
    companions = tuple(
        Part(
            PartRole.COMPANION,
            number,
            shown_name(way),
            mimetypes.guess_type(way)[0] or "",
            len(content),
            sha256_of(content),
        )
        for number, (way, content) in enumerate(item.companions.items())
    )
    return NewDocument(
        facts=facts_from(extract.proposals, shown_name(item.name)),
        media_type=extract.media_type,
        file_name=shown_name(item.name),
        original=item.digest,
        size_bytes=len(item.content),
        text=extract.text,
        extractor=extract.extractor,
        words=extract.words,
        whole=extract.whole,
        parts=(*companions, *parts_of(extract)),
        proposals=extract.proposals,
        lines=extract.lines,
        folded_as=extract.folded_as,
    )


def parts_of(extract: Extract) -> tuple[Part, ...]:
    """The pictures and attachments that a reader found."""
    pictures = (
        Part(PartRole.PICTURE, number, "", p.media_type, len(p.content), p.hash)
        for number, p in enumerate(extract.pictures)
    )
    attachments = (
        Part(PartRole.ATTACHMENT, number, a.name, a.media_type, a.size_bytes)
        for number, a in enumerate(extract.attachments)
    )
    return (*pictures, *attachments)


def sha256_of(content: bytes) -> str:
    """The hash by which bytes are kept."""
    return hashlib.sha256(content).hexdigest()


def _told(item: Item) -> Told:
    outcome = item.outcome
    assert outcome is not None
    return Told(item.place, outcome.kind.value, outcome.document, outcome.title, outcome.reason)
