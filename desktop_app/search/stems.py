"""Which words stand in the library, by language and stem.

A word that is asked for finds the other forms of its stem, in documents of the language whose
stemmer says so. The table is kept beside the index in one file that only grows: a line for each
form that was new in its language, without a stem where the language has none. Forms of documents
that are gone stay; they find nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from whoosh.lang import stemmer_for_language

from desktop_app import durable
from desktop_app.search.schema import STEMMED
from desktop_app.search.vocabulary import Vocabulary

FILE_NAME = "forms"


@cache
def stemmer(language: int) -> Callable[[str], str]:
    """The stemmer of a language by its number; 0 has none."""
    stem: Callable[[str], str] = stemmer_for_language(STEMMED[language])
    return stem


class Stems:
    """The table of stems and forms, and how much of its file is part of the index."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self.path = folder / FILE_NAME
        self.bytes = 0
        self._hash = hashlib.blake2b(key=key, digest_size=32)
        self._known: list[set[str]] = [set() for _ in STEMMED]
        self._forms: list[dict[str, list[str]]] = [{} for _ in STEMMED]
        self._new: list[tuple[int, str, str]] = []
        self.vocabulary = Vocabulary()

    @property
    def digest(self) -> str:
        return self._hash.hexdigest() if self.bytes else ""

    def load(self, size: int) -> None:
        """Read the first `size` bytes of the file, which were checked before."""
        if not size:
            return
        with self.path.open("rb") as file:
            content = file.read(size)
        self._hash.update(content)
        self.bytes = len(content)
        for line in content.decode().splitlines():
            language, stem, form = line.split("\t")
            self._take(int(language), stem, form)
        self.vocabulary.add(set[str]().union(*self._known))

    def _take(self, language: int, stem: str, form: str) -> None:
        self._known[language].add(form)
        if language:
            self._forms[language].setdefault(stem, []).append(form)

    def add(self, language: int, forms: Iterable[str]) -> None:
        """Take in the forms of a document; they are in the file after the next save."""
        new = set(forms).difference(self._known[language])
        if not new:
            return
        self.vocabulary.add(new.difference(*self._known))
        for form in new:
            stemmed = stemmer(language)(form) if language else ""
            self._take(language, stemmed, form)
            self._new.append((language, stemmed, form))

    def save(self) -> None:
        """Bring the new forms to the disk, behind those that count already."""
        if not self._new:
            return
        lines = "".join(f"{language}\t{stem}\t{form}\n" for language, stem, form in self._new)
        content = lines.encode()
        with self.path.open("r+b" if self.path.exists() else "w+b") as file:
            file.truncate(self.bytes)
            file.seek(self.bytes)
            file.write(content)
            file.flush()
            durable.sync_file(file.fileno(), "index-forms")
        self._hash.update(content)
        self.bytes += len(content)
        self._new.clear()

    def forms(self, form: str) -> dict[int, tuple[str, ...]]:
        """The other forms of a word's stem, by the number of the language that says so."""
        found: dict[int, tuple[str, ...]] = {}
        for language, by_stem in enumerate(self._forms):
            if by_stem:
                others = tuple(f for f in by_stem.get(stemmer(language)(form), ()) if f != form)
                if others:
                    found[language] = others
        return found
