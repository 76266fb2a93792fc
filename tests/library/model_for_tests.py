"""A library as plain dicts and sets: what every change to documents and tags must come to.

Written from the rules of the product alone; nothing here looks into a library. What a library
would refuse raises Refused. Things are known by the ids that the library gave them: whoever makes
something is handed those as `fresh`.
"""

from __future__ import annotations

import copy
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any


class Refused(Exception):
    """The library must refuse it, and be as it was."""


def folded(name: str) -> str:
    """A name as siblings are compared: case and accents aside."""
    apart = unicodedata.normalize("NFKD", " ".join(name.split()).casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


@dataclass(slots=True)
class Fresh:
    """The ids of what a change makes, in the order in which it is made."""

    tags: Iterator[int]
    collections: Iterator[int]
    binned: Iterator[int]


@dataclass
class Model:
    """documents, collections, tags, marks: by id. tagged: (tag, document); marked: (tag, mark)."""

    documents: dict[int, dict[str, Any]] = field(default_factory=dict)
    collections: dict[int, dict[str, Any]] = field(default_factory=dict)
    tags: dict[int, dict[str, Any]] = field(default_factory=dict)
    marks: dict[int, dict[str, Any]] = field(default_factory=dict)
    tagged: set[tuple[int, int]] = field(default_factory=set)
    marked: set[tuple[int, int]] = field(default_factory=set)
    links: set[tuple[int, int, str]] = field(default_factory=set)
    leads: dict[int, int] = field(default_factory=dict)  # of a tag that went up in another
    binned: dict[int, Model] = field(default_factory=dict)  # what was deleted, on its own
    rest: dict[str, Any] = field(default_factory=dict)  # what no change to tags may touch

    def copy(self) -> Model:
        return copy.deepcopy(self)

    # Looking

    def active(self) -> int:
        return next(each for each, one in self.collections.items() if one["active"])

    def children(self, collection: int, parent: int | None) -> list[int]:
        here = ((one["collection"], one["parent"], each) for each, one in self.tags.items())
        return sorted(each for home, above, each in here if (home, above) == (collection, parent))

    def with_below(self, tag: int) -> list[int]:
        """A tag and all below it, parents first."""
        found = [tag]
        for each in found:
            found += self.children(self.tags[each]["collection"], each)
        return found

    def sibling(self, collection: int, parent: int | None, name: str) -> int | None:
        named = (
            each
            for each in self.children(collection, parent)
            if folded(self.tags[each]["name"]) == folded(name)
        )
        return next(named, None)

    def carried(self, tags: Iterable[int]) -> set[int]:
        """The documents outside the trash that carry any of the tags, or have a mark that does."""
        wanted = set(tags)
        found = {document for tag, document in self.tagged if tag in wanted}
        found |= {self.marks[mark]["document"] for tag, mark in self.marked if tag in wanted}
        return {document for document in found if not self.documents[document]["trashed"]}

    def marks_of(self, tags: Iterable[int]) -> set[int]:
        """The marks of documents outside the trash that carry any of the tags."""
        wanted = set(tags)
        found = {mark for tag, mark in self.marked if tag in wanted}
        return {m for m in found if not self.documents[self.marks[m]["document"]]["trashed"]}

    # Documents

    def set_all(self, documents: Iterable[int], **values: object) -> None:
        for document in documents:
            self.documents[document].update(values)

    def delete_mark(self, mark: int) -> None:
        del self.marks[mark]
        self.marked = {pair for pair in self.marked if pair[1] != mark}

    # Tags

    def unlocked(self, collection: int) -> None:
        if self.collections[collection]["locked"]:
            raise Refused

    def create(
        self,
        names: tuple[str, ...],
        fresh: Fresh,
        *,
        collection: int | None = None,
        parent: int | None = None,
        documents: Iterable[int] = (),
    ) -> None:
        if not names:
            raise Refused
        if parent is not None:
            collection = self.tags[parent]["collection"]
        home = self.active() if collection is None else collection
        for name in names:
            known = self.sibling(home, parent, name)
            if known is None:
                self.unlocked(home)
                known = next(fresh.tags)
                self.tags[known] = {
                    "collection": home,
                    "parent": parent,
                    "name": " ".join(name.split()),
                    "key": self.free_key(home) if parent is None else None,
                    "also": [],
                    "archived": False,
                    "definition": "",
                }
            parent = known
        assert parent is not None
        self.tagged |= {(parent, document) for document in documents}

    def free_key(self, collection: int) -> int | None:
        taken = {one["key"] for one in self.tags.values() if one["collection"] == collection}
        return next((key for key in range(1, 10) if key not in taken), None)

    def tag(self, tag: int, documents: Iterable[int], *, on: bool) -> None:
        pairs = {(tag, document) for document in documents}
        if on:
            self.tagged |= pairs
            return
        if not pairs & self.tagged:
            there = {document for _, document in pairs}
            if any(t == tag and self.marks[m]["document"] in there for t, m in self.marked):
                raise Refused  # it is on a passage, not on the whole
        self.tagged -= pairs

    def tag_marks(self, tag: int, marks: Iterable[int], *, on: bool) -> None:
        pairs = {(tag, mark) for mark in marks}
        self.marked = self.marked | pairs if on else self.marked - pairs

    def change(self, tag: int, **values: object) -> None:
        one = self.tags[tag]
        self.unlocked(one["collection"])
        name = values.get("name", one["name"])
        assert isinstance(name, str)
        if not name.strip():
            raise Refused
        taken = self.sibling(one["collection"], one["parent"], name)
        if taken not in (None, tag):
            raise Refused
        one.update(values)

    def archive(self, tag: int, away: bool) -> None:
        self.unlocked(self.tags[tag]["collection"])
        for each in self.with_below(tag):
            self.tags[each]["archived"] = away
        above = self.tags[tag]["parent"]
        while above is not None and not away:
            self.tags[above]["archived"] = False
            above = self.tags[above]["parent"]

    def link(self, one: int, other: int, kind: str, *, on: bool) -> None:
        for each in (one, other):
            self.unlocked(self.tags[each]["collection"])
        if one == other and on:
            raise Refused
        link = {(min(one, other), max(one, other), kind)}
        self.links = self.links | link if on else self.links - link

    def move(self, tag: int, parent: int | None, collection: int | None = None) -> None:
        one = self.tags[tag]
        self.unlocked(one["collection"])
        if parent is not None:
            if parent in self.with_below(tag):
                raise Refused
            collection = self.tags[parent]["collection"]
        home = one["collection"] if collection is None else collection
        self.unlocked(home)
        taken = self.sibling(home, parent, one["name"])
        if taken not in (None, tag):
            raise Refused
        if home != one["collection"]:
            taken_keys = {o["key"] for o in self.tags.values() if o["collection"] == home}
            for each in self.with_below(tag):
                self.tags[each]["collection"] = home
                if self.tags[each]["key"] in taken_keys:
                    self.tags[each]["key"] = None
        one["parent"] = parent

    def merge(self, loser: int, winner: int) -> None:
        self.unlocked(self.tags[loser]["collection"])
        self.unlocked(self.tags[winner]["collection"])
        if winner in self.with_below(loser):
            raise Refused
        if self.tags[loser]["collection"] != self.tags[winner]["collection"]:
            raise Refused
        self.go_up(loser, winner)

    def go_up(self, loser: int, winner: int) -> None:
        one, other = self.tags[loser], self.tags[winner]
        for child in sorted(
            self.children(one["collection"], loser),
            key=lambda each: folded(self.tags[each]["name"]),
        ):
            twin = self.sibling(other["collection"], winner, self.tags[child]["name"])
            if twin is None:
                self.tags[child]["parent"] = winner
            else:
                self.go_up(child, twin)
        self.tagged = {(winner if t == loser else t, d) for t, d in self.tagged}
        self.marked = {(winner if t == loser else t, m) for t, m in self.marked}
        links = set()
        for a, b, kind in self.links:
            ends = {winner if end == loser else end for end in (a, b)}
            if len(ends) == 2:
                links.add((min(ends), max(ends), kind))
        self.links = links
        known = [folded(other["name"]), *map(folded, other["also"])]
        for name in (one["name"], *one["also"]):
            if folded(name) not in known:
                known.append(folded(name))
                other["also"].append(name)
        if other["key"] is None:
            other["key"] = one["key"]
        if one["definition"] and one["definition"] not in other["definition"]:
            both = (other["definition"], one["definition"])
            other["definition"] = "\n\n".join(each for each in both if each)
        self.leads = {uuid: winner if to == loser else to for uuid, to in self.leads.items()}
        self.leads[loser] = winner
        del self.tags[loser]

    def split(
        self, tag: int, name: str, fresh: Fresh, documents: Iterable[int], marks: Iterable[int]
    ) -> None:
        one = self.tags[tag]
        self.unlocked(one["collection"])
        if not name.strip() or self.sibling(one["collection"], one["parent"], name) is not None:
            raise Refused
        going = {(tag, document) for document in documents} & self.tagged
        going_marks = {(tag, mark) for mark in marks} & self.marked
        if not going and not going_marks:
            raise Refused
        new = next(fresh.tags)
        bare = {"name": name, "key": None, "also": [], "definition": ""}
        self.tags[new] = {**one, **bare}
        self.tagged = self.tagged - going | {(new, document) for _, document in going}
        self.marked = self.marked - going_marks | {(new, mark) for _, mark in going_marks}

    def delete(self, tag: int, fresh: Fresh) -> None:
        self.unlocked(self.tags[tag]["collection"])
        self.bin(self.with_below(tag), fresh)

    def bin(self, tags: list[int], fresh: Fresh, *, collection: int | None = None) -> None:
        """Take tags out, and keep all that hung on them."""
        going = set(tags)
        gone = Model(
            tags={each: self.tags.pop(each) for each in tags},
            tagged={pair for pair in self.tagged if pair[0] in going},
            marked={pair for pair in self.marked if pair[0] in going},
            links={link for link in self.links if {link[0], link[1]} & going},
            leads={uuid: to for uuid, to in self.leads.items() if to in going},
        )
        self.tagged -= gone.tagged
        self.marked -= gone.marked
        self.links -= gone.links
        for uuid in gone.leads:
            del self.leads[uuid]
        if collection is not None:
            gone.collections[collection] = {**self.collections.pop(collection), "active": False}
        self.binned[next(fresh.binned)] = gone

    def restore(self, binned: int) -> None:
        """Bring back what was deleted, as far as what it hung on is still there."""
        gone = self.binned.pop(binned)
        for each, one in gone.collections.items():
            if any(folded(c["name"]) == folded(one["name"]) for c in self.collections.values()):
                raise Refused
            self.collections[each] = one
        taken = {(one["collection"], one["key"]) for one in self.tags.values() if one["key"]}
        for each, one in gone.tags.items():
            if one["collection"] not in self.collections:
                one["collection"] = self.active()
            self.unlocked(one["collection"])
            above = one["parent"]
            if above not in self.tags or self.tags[above]["collection"] != one["collection"]:
                one["parent"] = None
            if self.sibling(one["collection"], one["parent"], one["name"]) is not None:
                raise Refused
            if (one["collection"], one["key"]) in taken:
                one["key"] = None
            self.tags[each] = one
        self.tagged |= {pair for pair in gone.tagged if pair[1] in self.documents}
        self.marked |= {pair for pair in gone.marked if pair[1] in self.marks}
        self.links |= {link for link in gone.links if {link[0], link[1]} <= set(self.tags)}
        self.leads |= gone.leads

    # Collections

    def named(self, name: str, *, but: int | None = None) -> None:
        keys = (folded(one["name"]) for each, one in self.collections.items() if each != but)
        if not name.strip() or folded(name) in keys:
            raise Refused

    def create_collection(self, name: str, fresh: Fresh) -> None:
        self.named(name)
        made = next(fresh.collections)
        self.collections[made] = {"name": name, "active": True, "locked": False, "archived": False}
        self.use(made)

    def use(self, collection: int) -> None:
        for each, one in self.collections.items():
            one["active"] = each == collection

    def delete_collection(self, collection: int, fresh: Fresh) -> None:
        self.unlocked(collection)
        others = [each for each in self.collections if each != collection]
        if not others:
            raise Refused
        if self.collections[collection]["active"]:
            self.use(min(others, key=lambda each: folded(self.collections[each]["name"])))
        tops = self.children(collection, None)
        self.bin(
            [tag for top in tops for tag in self.with_below(top)], fresh, collection=collection
        )
