"""Libraries and codebooks for the tests of what goes from one to the other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop_app.core.codebook import Codebook, CodebookTag
from desktop_app.library import undoing
from desktop_app.library.codebooks.applying import ImportCodebook
from desktop_app.library.codebooks.gathering import codebook_of
from desktop_app.library.codebooks.plan import Choice, Plan, planned
from desktop_app.library.commands import AddTag, Command
from desktop_app.library.highlight_commands import AddHighlight
from desktop_app.library.tags.checks import tags_of
from desktop_app.library.tags.commands import CreateTag
from desktop_app.library.tags.tree import TagTree
from desktop_app.store.store import Store
from tests.store.conftest import bring, make

BODY = "Siege\nThe dam at Tabqa was held. The dam at Tabqa fell in May.\nNobody came to the river."


def uuid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012}"


def tag(number: int, name: str, parent: int | None = None, **said: object) -> CodebookTag:
    above = None if parent is None else uuid(parent)
    return CodebookTag(uuid(number), name, above, **said)  # type: ignore[arg-type]


def book(*tags: CodebookTag, name: str = "Field notes", **said: object) -> Codebook:
    return Codebook(name, uuid(999), tags=tags, **said)  # type: ignore[arg-type]


class Shelf:
    """A library without an index, in which commands are done and undone."""

    def __init__(self, folder: Path) -> None:
        self.store = Store.open(folder)

    def do(self, command: Command) -> str:
        """Carry a command out; return what the undo menu calls it, "" where it came to nothing."""
        before = len(undoing.history(self.store, 1_000))
        undoing.do(self.store, command)
        done = undoing.history(self.store, 1_000)
        return done[0].name if len(done) > before else ""

    def undo(self) -> None:
        report = undoing.undo(self.store)
        assert report is not None and report.refused is None

    def redo(self) -> None:
        report = undoing.redo(self.store)
        assert report is not None and report.refused is None

    def tree(self) -> TagTree:
        with self.store.read() as snapshot:
            return tags_of(snapshot)

    def paths(self) -> list[str]:
        tree = self.tree()
        return sorted(tree.full_path(tag.id) for tag in tree.tags)

    def tag_id(self, path: str) -> int:
        found = self.tree().find(path)
        assert found is not None, path
        return found.id

    def plan(self, codebook: Codebook, into: int | None = None, **choices: Choice) -> Plan:
        """choices: by the names of the codebook's tags."""
        named = {tag.name: tag.uuid for tag in codebook.tags}
        by_uuid = {named[name]: choice for name, choice in choices.items()}
        with self.store.read() as snapshot:
            return planned(snapshot, codebook, by_uuid, into=into)

    def take_in(
        self,
        codebook: Codebook,
        into: int | None = None,
        *,
        codings: bool = True,
        **choices: Choice,
    ) -> str:
        plan = self.plan(codebook, into, **choices)
        return self.do(ImportCodebook(codebook, plan.chosen, into, codings))

    def book(self, name: str | None = None) -> Codebook:
        """A collection with what carries it, the active one where none is named."""
        tree = self.tree()
        found = tree.collection_named(name) if name else tree.active_collection
        with self.store.read() as snapshot:
            return codebook_of(snapshot, found, codings=True)

    def text(self, title: str = "Siege", body: str = BODY) -> int:
        (document,) = bring(self.store, make(title, body))
        return document

    def create(self, path: str, *documents: int) -> int:
        self.do(CreateTag(path))
        found = self.tag_id(path)
        if documents:
            self.do(AddTag(found, documents))
        return found

    def mark(self, document: int, words: str, *tags: int, note: str = "", nth: int = 0) -> None:
        with self.store.read() as snapshot:
            version, canonical, _ = snapshot.texts.ground(document)
        start = -1
        for _ in range(nth + 1):
            start = canonical.index(words, start + 1)
        end = start + len(words)
        self.do(AddHighlight(document, version, start, end, note=note, tags=tags, colour="green"))

    def marked(self, document: int) -> list[tuple[str, int, str, list[str]]]:
        """The highlights of a document: quote, place, note, and names of tags."""
        names = {tag.id: tag.name for tag in self.tree().tags}
        with self.store.read() as snapshot:
            found = snapshot.highlights.of_document(document)
        return [
            (each.anchor.quote, each.anchor.start, each.note, sorted(names[t] for t in each.tags))
            for each in found
        ]

    def carrying(self, path: str) -> set[int]:
        with self.store.read() as snapshot:
            return snapshot.taggings.of_tag(self.tag_id(path))


def plain(codebook: Codebook) -> Codebook:
    """A codebook without its counts, which follow from the codings."""
    return replace(codebook, counts={})
