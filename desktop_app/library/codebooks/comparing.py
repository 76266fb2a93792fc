"""Two people's tags on the same texts: where they agree, and where only one of them tagged.

Each side is a codebook with its codings, be it of a collection of this library or of a file. Texts
are those of this library where it has them, and known by their digests where it has not; passages
are compared in the text in use.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from desktop_app.core.codebook import Codebook, Coding
from desktop_app.library.codebooks.agreement import (
    Agreement,
    check,
    in_common,
    joined,
    kappa_of,
    letters_in,
    paired,
)
from desktop_app.library.codebooks.fitting import placed
from desktop_app.library.codebooks.matching import matched, paths_of
from desktop_app.library.codebooks.nearest import Passages, Range
from desktop_app.store.codings import lengths_of
from desktop_app.store.store import Snapshot


class Side(StrEnum):
    """Whose it is."""

    A = "a"
    B = "b"


@dataclass(frozen=True, slots=True)
class Lone:
    """What only one of the two tagged: a passage, or with no quote a whole text.

    tag: its path. document: None for a text that is not in this library. share: how much the
    nearest passage of the other has in common with it, from 0 to 1; too little to agree.
    """

    tag: str
    side: Side
    title: str
    document: int | None
    start: int = 0
    end: int = 0
    quote: str = ""
    note: str = ""
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class ComparedTag:
    """A tag, and how far the two agree on it, passage by passage and text by text.

    only_in: the side whose tags it is among alone; the other could not use it.
    """

    path: str
    colour: str
    passages: Agreement
    texts: Agreement
    only_in: Side | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of it. names: of A and of B. total: of all tags that both have.

    texts: how many are compared. tagged_by_both, only_a, only_b: how many texts each tagged at all.
    away: compared texts that are not in this library. unfound: passages whose words the text in use
    does not say, which are not compared. measured: whether kappa of passages is of all compared
    texts, none of them of unknown length.
    """

    names: tuple[str, str]
    tags: tuple[ComparedTag, ...]
    total: ComparedTag
    lone: tuple[Lone, ...]
    texts: int
    tagged_by_both: int
    only_a: int
    only_b: int
    away: int
    unfound: int
    measured: bool


Key = tuple[int | None, str]  # a document of this library, or the digest or name of a text


@dataclass(slots=True)
class _Used:
    """What one side did with one tag in one text."""

    whole: bool = False
    passages: list[tuple[Range, Coding]] = field(default_factory=list)


@dataclass(slots=True)
class _Done:
    """What one side did: by tag and text."""

    uses: dict[str, dict[Key, _Used]] = field(default_factory=dict)
    texts: set[Key] = field(default_factory=set)
    unfound: int = 0


def compared(
    snapshot: Snapshot,
    one: Codebook,
    other: Codebook,
    *,
    names: tuple[str, str] | None = None,
    every_text: bool = False,
    stop: threading.Event | None = None,
) -> Comparison:
    """Compare what two codebooks were used for.

    names: of the two, where those of the codebooks would not tell them apart. every_text: also
    texts that only one of the two tagged at all, as if the other had read them and tagged nothing.
    Stopped where stop is set before the end.
    """
    match = matched(one, other)
    titles: dict[Key, str] = {}
    done_a = _done(snapshot, one, {tag.uuid: tag.uuid for tag in one.tags}, titles)
    check(stop)
    done_b = _done(snapshot, other, match, titles)
    texts = done_a.texts | done_b.texts if every_text else done_a.texts & done_b.texts
    lengths = lengths_of(snapshot.connection, [key[0] for key in texts if key[0] is not None])
    comparing = _Comparing(done_a, done_b, texts, titles, lengths, stop=stop)
    also = set(match.values())
    of_one = {tag.uuid for tag in one.tags}
    tags: list[ComparedTag] = []
    for tag, path in paths_of(one):
        only = None if tag.uuid in also else Side.A
        tags.append(comparing.tag(tag.uuid, path, tag.colour, only))
    for tag, path in paths_of(other):
        if match[tag.uuid] == tag.uuid and tag.uuid not in of_one:
            tags.append(comparing.tag(tag.uuid, path, tag.colour, Side.B))
    return Comparison(
        names or (one.name, other.name),
        tuple(tags),
        _total([tag for tag in tags if tag.only_in is None], comparing),
        tuple(comparing.lone),
        len(texts),
        len(done_a.texts & done_b.texts),
        len(done_a.texts - done_b.texts),
        len(done_b.texts - done_a.texts),
        sum(1 for key in texts if key[0] is None),
        done_a.unfound + done_b.unfound,
        all(key[0] in lengths for key in texts),
    )


def _done(
    snapshot: Snapshot, codebook: Codebook, match: Mapping[str, str], titles: dict[Key, str]
) -> _Done:
    found = placed(snapshot, codebook.codings, in_use=True)
    unfound = set(found.unfound)
    done = _Done(unfound=len(unfound))
    for number, coding in enumerate(codebook.codings):
        if number in unfound or coding.tag not in match:
            continue
        spot = found.spots.get(number)
        document = spot.document if spot else found.documents.get(number)
        key: Key = (document, "")
        if document is None:
            key = (None, coding.digest or f"{coding.file_name}\n{coding.title}")
        titles.setdefault(key, coding.title or coding.file_name)
        done.texts.add(key)
        used = done.uses.setdefault(match[coding.tag], {}).setdefault(key, _Used())
        if coding.passage is None:
            used.whole = True
            continue
        place = (coding.passage.start, coding.passage.end)
        used.passages.append(((spot.start, spot.end) if spot else place, coding))
    return done


class _Comparing:
    """Two sides while they are compared tag by tag."""

    def __init__(
        self,
        done_a: _Done,
        done_b: _Done,
        texts: set[Key],
        titles: Mapping[Key, str],
        lengths: Mapping[int, int],
        *,
        stop: threading.Event | None,
    ) -> None:
        self._a, self._b = done_a.uses, done_b.uses
        self._texts = texts
        self._titles = titles
        self._lengths = lengths
        self._stop = stop
        measured = (document for document, _ in texts if document is not None)
        self._letters = sum(lengths.get(document, 0) for document in measured)
        self.lone: list[Lone] = []
        # Over all tags that both have: letters that both, one or the other, or neither marked.
        self.letters = [0, 0, 0, 0]

    def tag(self, uuid: str, path: str, colour: str, only: Side | None) -> ComparedTag:
        """Compare what was done with one tag."""
        here_a, here_b = self._a.get(uuid, {}), self._b.get(uuid, {})
        passages = [0, 0, 0]
        texts = [0, 0, 0]
        letters = [0, 0, 0]
        used = (here_a.keys() | here_b.keys()) & self._texts
        for key in sorted(
            used, key=lambda key: (self._titles[key].casefold(), key[1], key[0] or 0)
        ):
            check(self._stop)
            a, b = here_a.get(key), here_b.get(key)
            texts[0 if a and b else 1 if a else 2] += 1
            ones, others = (a or _Used()).passages, (b or _Used()).passages
            pairs = paired(
                [place for place, _ in ones], [place for place, _ in others], stop=self._stop
            )
            passages[0] += len(pairs)
            passages[1] += len(ones) - len(pairs)
            passages[2] += len(others) - len(pairs)
            self._note((path, Side.A, key), a, b, set(pairs))
            self._note((path, Side.B, key), b, a, set(pairs.values()))
            if key[0] in self._lengths:
                one, other = joined(p for p, _ in ones), joined(p for p, _ in others)
                common = in_common(one, other)
                letters[0] += common
                letters[1] += letters_in(one) - common
                letters[2] += letters_in(other) - common
        neither = max(self._letters - sum(letters), 0)
        if only is None:
            self.letters = [
                before + now for before, now in zip(self.letters, (*letters, neither), strict=True)
            ]
        unused = len(self._texts) - sum(texts)
        return ComparedTag(
            path,
            colour,
            Agreement(
                passages[0],
                passages[1],
                passages[2],
                None,
                kappa_of(letters[0], letters[1], letters[2], neither),
            ),
            Agreement(
                texts[0], texts[1], texts[2], unused, kappa_of(texts[0], texts[1], texts[2], unused)
            ),
            only,
        )

    def _note(
        self,
        where: tuple[str, Side, Key],
        ours: _Used | None,
        theirs: _Used | None,
        agreed: set[int],
    ) -> None:
        """Keep what only one side tagged."""
        if ours is None:
            return
        path, side, key = where
        title = self._titles[key]
        if ours.whole and theirs is None and not ours.passages:
            self.lone.append(Lone(path, side, title, key[0]))
        near = Passages([place for place, _ in theirs.passages] if theirs is not None else [])
        alone = [each for number, each in enumerate(ours.passages) if number not in agreed]
        for (start, end), coding in sorted(alone, key=lambda each: each[0]):
            assert coding.passage is not None
            check(self._stop)
            nearest = near.nearest((start, end))
            self.lone.append(
                Lone(
                    path,
                    side,
                    title,
                    key[0],
                    start,
                    end,
                    coding.passage.quote,
                    coding.passage.note,
                    nearest[0] if nearest is not None else 0.0,
                )
            )


def _total(tags: Sequence[ComparedTag], comparing: _Comparing) -> ComparedTag:
    def summed(each: Sequence[Agreement], kappa: float | None) -> Agreement:
        neither = [one.neither for one in each]
        counted = None if None in neither else sum(one or 0 for one in neither)
        return Agreement(
            sum(one.both for one in each),
            sum(one.only_a for one in each),
            sum(one.only_b for one in each),
            counted,
            kappa,
        )

    texts = summed([tag.texts for tag in tags], None)
    both, only_a, only_b, neither = comparing.letters
    return ComparedTag(
        "",
        "",
        summed([tag.passages for tag in tags], kappa_of(both, only_a, only_b, neither)),
        summed(
            [tag.texts for tag in tags],
            kappa_of(texts.both, texts.only_a, texts.only_b, texts.neither or 0),
        ),
    )
