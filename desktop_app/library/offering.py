"""What a library offers for what is being typed: fields, values, tags, names, words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from desktop_app.core.language_names import language_name
from desktop_app.core.query import parse
from desktop_app.core.query_directives import VALUES
from desktop_app.core.query_fields import FIELD_HINTS, VALUE_HINTS
from desktop_app.core.query_tree import Fact, Place, Said, Word, quoted, straighten
from desktop_app.core.query_typing import Typing
from desktop_app.core.query_values import MEDIA_TYPES, TAG_FIELDS, read_value
from desktop_app.core.words import fold, name_key, words
from desktop_app.library.families import Families
from desktop_app.library.hearing import Hearing, Index
from desktop_app.library.suggestion import Suggestion, SuggestionKind
from desktop_app.library.tags.tree import TagTree
from desktop_app.store import known_names
from desktop_app.store.store import Store

MOST = 12
FEW = 3
_WORDS = 6
_SHORTEST = 2  # letters of a plain word before anything but fields and searches is offered
_WORD_FIELDS = frozenset({"title", "text", "note", "quote"})


class Words(Index, Protocol):
    """An index that also knows the words of a library."""

    def beginning_with(self, prefix: str, limit: int) -> Sequence[tuple[str, int]]: ...


@dataclass(frozen=True, slots=True)
class Offering:
    """What a library offers for what is being typed."""

    typing: Typing
    store: Store
    index: Words
    tags: TagTree
    families: Families

    def make(
        self,
        kind: SuggestionKind,
        label: str,
        insert: str | None = None,
        *,
        documents: int | None = None,
        hint: str = "",
    ) -> Suggestion:
        insert = label if insert is None else insert
        start, end = self.typing.start, self.typing.end
        return Suggestion(kind, label, insert, start, end, documents, hint)

    def anything(self) -> Iterator[Suggestion]:
        """What a word may become: a field, or a value that names its own field, or a longer word."""
        typed = self.typing.typed.strip()
        if not typed:
            return
        if not self.typing.field:
            yield from islice(self.fields(with_colon=True), FEW)
        if len(typed) < _SHORTEST:
            return
        if not self.typing.field:
            yield from islice(self.of_tags("tag", with_field=True), FEW)
            yield from self.of_sources(with_field=True, limit=FEW)
            yield from self.of_authors(with_field=True, limit=FEW)
        yield from self.words()

    def fields(self, *, with_colon: bool) -> Iterator[Suggestion]:
        """The fields whose names begin so."""
        typed = self.typing.typed.lower()
        for name, hint in FIELD_HINTS.items():
            if typed and name.startswith(typed):
                insert = f"{name}:" if with_colon else name
                if name == "same" and with_colon:
                    insert = "same:passage("
                elif with_colon and len(VALUES.get(name, ())) == 1:
                    insert = f"{name}:{VALUES[name][0]}"
                yield self.make(SuggestionKind.FIELD, insert, insert, hint=hint)

    def values(self) -> Iterator[Suggestion]:
        """The values of the field before it."""
        match self.typing.field:
            case "tag" | "doctag" | "hltag":
                yield from self.of_tags(self.typing.field, with_field=False)
            case "author":
                yield from self.of_authors(with_field=False, limit=MOST)
            case "source":
                yield from self.of_sources(with_field=False, limit=MOST)
            case "date" | "after" | "before":
                yield from self.of_years()
            case "lang":
                yield from self.of_languages()
            case "type":
                yield from self.of_types()
            case "name":
                yield from self.of_families()
                yield from self.words()
            case field if field in _WORD_FIELDS:
                yield from self.words()
        yield from self.of_fixed()

    def of_fixed(self) -> Iterator[Suggestion]:
        typed = self.typing.typed.lower()
        for value, hint in VALUE_HINTS.get(self.typing.field, {}).items():
            if value.startswith(typed):
                yield self.make(SuggestionKind.VALUE, value, hint=hint)

    def of_tags(self, field: str, *, with_field: bool) -> Iterator[Suggestion]:
        """Tags of whose name, path or alias a word begins so; those with most documents first."""
        typed = name_key(straighten(self.typing.typed.rpartition("::")[2]))
        found: list[tuple[bool, int, str, int]] = []
        paths: dict[str, int] = {}
        for tag in self.tags.tags:
            path = self.tags.path(tag.id)
            paths[name_key(path)] = paths.get(name_key(path), 0) + 1
            keys = [name_key(name) for name in (tag.name, path, *tag.also_called)]
            begins = any(key.startswith(typed) for key in keys)
            if begins or any(f" {typed}" in key for key in keys):
                found.append((not begins, -self.tags.with_children.get(tag.id, 0), path, tag.id))
        for _, _, path, tag_id in sorted(found):
            written = self.tags.full_path(tag_id) if paths[name_key(path)] > 1 else path
            value = _written(field, written)
            documents = None
            if field == "tag":
                documents = self.tags.with_children.get(tag_id, 0)
            insert = f"{field}:{value}" if with_field else value
            label = f"{field}:{written}" if with_field else written
            yield self.make(SuggestionKind.TAG, label, insert, documents=documents)

    def of_sources(self, *, with_field: bool, limit: int) -> Iterator[Suggestion]:
        with self.store.read() as snapshot:
            found = known_names.sources_like(snapshot.connection, self.typing.typed, limit)
        yield from self.of_names(SuggestionKind.SOURCE, found, with_field=with_field)

    def of_authors(self, *, with_field: bool, limit: int) -> Iterator[Suggestion]:
        with self.store.read() as snapshot:
            found = known_names.authors_like(snapshot.connection, self.typing.typed, limit)
        yield from self.of_names(SuggestionKind.AUTHOR, found, with_field=with_field)

    def of_names(
        self, kind: SuggestionKind, found: Iterable[known_names.KnownName], *, with_field: bool
    ) -> Iterator[Suggestion]:
        before = f"{kind.value}:" if with_field else ""
        for known in found:
            value = _written(kind.value, straighten(known.name))
            label = f"{before}{known.name}"
            yield self.make(kind, label, f"{before}{value}", documents=known.documents)

    def of_years(self) -> Iterator[Suggestion]:
        typed = self.typing.typed
        if typed and not (typed.isascii() and typed.isdigit()):
            return
        counted = self.typing.field == "date"
        with self.store.read() as snapshot:
            found = known_names.years_like(snapshot.connection, typed, MOST // 2)
        for known in found:
            documents = known.documents if counted else None
            yield self.make(SuggestionKind.VALUE, known.name, documents=documents)

    def of_languages(self) -> Iterator[Suggestion]:
        typed = fold(self.typing.typed)
        with self.store.read() as snapshot:
            found = known_names.languages_known(snapshot.connection)
        for known in found:
            name = language_name(known.name)
            if known.name.startswith(typed) or fold(name).startswith(typed):
                yield self.make(
                    SuggestionKind.VALUE, known.name, documents=known.documents, hint=name
                )

    def of_types(self) -> Iterator[Suggestion]:
        typed = fold(self.typing.typed)
        with self.store.read() as snapshot:
            found = {
                known.name: known.documents
                for known in known_names.types_known(snapshot.connection)
            }
        for short, full in MEDIA_TYPES.items():
            many = sum(found.get(each, 0) for each in full)
            if many and short.startswith(typed):
                yield self.make(SuggestionKind.VALUE, short, documents=many)

    def of_families(self) -> Iterator[Suggestion]:
        """Spellings of names that were joined."""
        typed = " ".join(words(self.typing.typed))
        for family in self.families.all():
            for spelling in family.spellings:
                if spelling.startswith(typed):
                    value = spelling if spelling.isalnum() else quoted(spelling)
                    hint = ", ".join(each for each in family.spellings if each != spelling)
                    yield self.make(SuggestionKind.NAME, spelling, value, hint=hint)
                    break

    def words(self) -> Iterator[Suggestion]:
        """Longer words of the library that begin so, each with the documents that it would find."""
        forms = words(self.typing.typed)
        if len(forms) != 1 or len(forms[0]) < _SHORTEST:
            return
        place = Place(self.typing.field if self.typing.field in _WORD_FIELDS else "")
        longer = [form for form, _ in self.index.beginning_with(forms[0], _WORDS + 1)]
        longer = [form for form in longer if form != forms[0]][:_WORDS]
        asked = [Said((Word(form),), place) for form in longer]
        heard = Hearing(self.store, self.index, None).hear(asked, ()) if asked else None
        if heard is None:
            return
        with self.store.read() as snapshot:
            there = snapshot.documents.all_ids()
        counts = {
            form: len(there.intersection(heard.documents[part].ids))
            for form, part in zip(longer, asked, strict=True)
        }
        for form in sorted(longer, key=lambda form: -counts[form]):
            if counts[form]:
                yield self.make(SuggestionKind.WORD, form, documents=counts[form])


def _written(field: str, value: str) -> str:
    """A value so that it is read back as it is, in quotes where it needs them."""
    name, meant = read_value(field, value, quoted=True, exact=False)
    parts = parse(f"{field}:{value}").parts()
    if len(parts) == 1 and parts[0] == Fact(name, meant) and name in TAG_FIELDS:
        return value
    if len(parts) == 1 and parts[0] == Fact(name, meant) and value.isalnum():
        return value
    return quoted(value)
