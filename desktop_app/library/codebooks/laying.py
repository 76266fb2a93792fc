"""A codebook laid over the tags of a collection: what each of its tags is, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from desktop_app.core.codebook import Codebook, CodebookTag
from desktop_app.core.errors import BadUsage
from desktop_app.core.model import Tag, TagCollection
from desktop_app.core.tag_looks import scheme_of
from desktop_app.core.tag_names import checked_name
from desktop_app.core.tag_paths import join_tag_path
from desktop_app.library.codebooks.differences import Difference, Field, differences, with_these
from desktop_app.library.codebooks.ground import Ground
from desktop_app.library.codebooks.hanging import Hanging
from desktop_app.library.codebooks.plan_lines import Choice, LineKind, PlanLine, listed
from desktop_app.library.tags.tree import TagTree
from desktop_app.store.store import Snapshot

_TOP = "the top"


class Laying:
    """A codebook while it is laid over the tags of a collection, parents first."""

    def __init__(
        self,
        snapshot: Snapshot,
        tree: TagTree,
        codebook: Codebook,
        before: TagCollection | None,
        choices: Mapping[str, Choice],
    ) -> None:
        self._snapshot = snapshot
        self._tree = tree
        self._codebook = codebook
        self._choices = choices
        self._collection = 0 if before is None else before.id
        here = [tag for tag in tree.tags if before is not None and tag.collection == before.id]
        self._ground = Ground(_parents_first(here))
        self._elsewhere = {tag.uuid: tag for tag in tree.tags if tag.collection != self._collection}
        self._redirects = snapshot.tag_links.redirects()
        self._own = {tag.uuid for tag in codebook.tags}
        self._stands: dict[str, int] = {}
        self._claimed: set[int] = set()  # tags here that a tag of the codebook is, or was made of
        self._names: dict[str, tuple[str, ...]] = {}
        self._colours = scheme_of(before.scheme if before else codebook.scheme)
        self._tops = 0
        self.notes: list[str] = []

    def line(self, tag: CodebookTag) -> PlanLine:
        """Find what a tag is, and what becomes of it by what is chosen."""
        tag = replace(tag, name=checked_name(tag.name), colour=tag.colour.lower())
        above = () if tag.parent is None else self._names.get(tag.parent)
        if above is None or tag.uuid in self._names:
            raise BadUsage(
                f"The tag “{tag.name}” stands twice in the file, or before the tag above it.",
                "Nothing has been imported.",
            )
        self._names[tag.uuid] = (*above, tag.name)
        left_out = tag.parent is not None and tag.parent not in self._stands
        parent = None if left_out or tag.parent is None else self._stands[tag.parent]
        known, how = self._known(tag, parent, left_out=left_out)
        if known is None:
            line = self._new(tag, parent, left_out=left_out)
        elif how is LineKind.CONFLICT:
            line = self._in_the_way(tag, parent, known)
        elif how is LineKind.MERGED:
            line = self._merged(tag, parent, known, left_out=left_out)
        else:
            line = self._compared(tag, parent, known, left_out=left_out)
        if line.after is not None:
            self._ground.put(line.after)
        if line.stands is not None:
            self._stands[tag.uuid] = line.stands
            if line.kind is not LineKind.MERGED or line.stands < 0:
                self._claimed.add(line.stands)
        return line

    def hanging(self) -> Hanging:
        """What hangs on the tags, once every line is laid."""
        here = {**self._ground.by_uuid, **self._elsewhere}
        return Hanging(self._snapshot, self._stands, here, self._own, self.notes)

    def _known(
        self, tag: CodebookTag, parent: int | None, *, left_out: bool
    ) -> tuple[Tag | None, LineKind | None]:
        ground = self._ground
        if self._codebook.own_uuids:
            if found := ground.by_uuid.get(tag.uuid):
                return found, None
            led = self._redirects.get(tag.uuid)
            if led is not None and led in ground.by_id:
                found = ground.by_id[led]
                same = not left_out and ground.at(parent, tag.name) == found
                return found, None if same else LineKind.MERGED
            for uuid in tag.formerly:
                if uuid not in self._own and (found := ground.by_uuid.get(uuid)):
                    return found, LineKind.MERGED
        if left_out:
            return None, None
        if found := ground.at(parent, tag.name):
            # A tag that is another one of the codebook, or has become one, only has its name.
            another = found.id in self._claimed or (
                self._codebook.own_uuids and found.uuid in self._own
            )
            return found, LineKind.CONFLICT if another else None
        if found := ground.also_called(parent, tag.name):
            return found, LineKind.MERGED
        return None, None

    def _chosen(self, tag: CodebookTag, offered: tuple[Choice, ...]) -> Choice:
        wanted = self._choices.get(tag.uuid)
        return wanted if wanted in offered else offered[0]

    def _new(self, tag: CodebookTag, parent: int | None, *, left_out: bool) -> PlanLine:
        if left_out:
            offered: tuple[Choice, ...] = (Choice.LEAVE,)
            says = "Left out with the tag above it."
        else:
            offered = (Choice.ADD, Choice.LEAVE)
            says = "Not here yet."
            if self._codebook.own_uuids and tag.uuid in self._elsewhere:
                where = self._tree.full_path(self._elsewhere[tag.uuid].id)
                says = f"It is here as “{where}” too; in this collection it is not."
        return self._decided(LineKind.NEW, tag, None, says, offered, parent=parent)

    def _in_the_way(self, tag: CodebookTag, parent: int | None, known: Tag) -> PlanLine:
        says = (
            f"“{known.name}” is another tag here; it would be added as "
            f"“{self._ground.free_name(parent, tag.name)}”."
        )
        offered = (Choice.BESIDE, Choice.LEAVE)
        return self._decided(LineKind.CONFLICT, tag, known, says, offered, parent=parent)

    def _merged(
        self, tag: CodebookTag, parent: int | None, known: Tag, *, left_out: bool
    ) -> PlanLine:
        offered: tuple[Choice, ...] = (Choice.KEEP,)
        if tag.uuid in self._redirects:
            says = f"It went up in “{known.name}” here."
        elif known.uuid in tag.formerly:
            says = f"In the file, your “{known.name}” went up in it."
            offered = (Choice.KEEP, Choice.TAKE)
        else:
            says = f"It is another name of “{known.name}” here."
        if not left_out:
            offered = (*offered, Choice.BESIDE)
        found = self._differences(tag, parent, known, left_out=left_out)
        return self._decided(LineKind.MERGED, tag, known, says, offered, parent=parent, found=found)

    def _compared(
        self, tag: CodebookTag, parent: int | None, known: Tag, *, left_out: bool
    ) -> PlanLine:
        found = self._differences(tag, parent, known, left_out=left_out)
        against = [each for each in found if not each.fills]
        fills = [each.field for each in found if each.fills]
        more = f"the file adds {listed(fills)}" if fills else ""
        renamed = next((each for each in against if each.field is Field.NAME), None)
        if not against:
            says = f"The same; {more}." if more else "The same as here."
            offered = (Choice.FILL, Choice.KEEP) if fills else (Choice.KEEP,)
            return self._decided(
                LineKind.SAME, tag, known, says, offered, parent=parent, found=found
            )
        others = [each.field for each in against if each is not renamed]
        parts = [f"“{renamed.here}” here is “{renamed.there}” in the file"] if renamed else []
        if others:
            parts.append(f"{'also ' if renamed else ''}not the same: {listed(others)}")
        says = "; ".join((*parts, more) if more else parts)
        offered = (Choice.KEEP, *((Choice.FILL,) if fills else ()), Choice.TAKE)
        if not left_out:
            offered = (*offered, Choice.BESIDE)
        kind = LineKind.RENAMED if renamed else LineKind.CONFLICT
        says = f"{says[0].upper()}{says[1:]}."
        return self._decided(kind, tag, known, says, offered, parent=parent, found=found)

    def _differences(
        self, tag: CodebookTag, parent: int | None, known: Tag, *, left_out: bool
    ) -> tuple[Difference, ...]:
        here = self._place(known.parent)
        # Where a tag would stand below one that is left out, its place is no question.
        there = here if left_out or parent == known.parent else self._place(parent)
        return differences(known, tag, place_here=here, place_there=there)

    def _place(self, parent: int | None) -> str:
        return f"in {join_tag_path(self._ground.names(parent))}" if parent is not None else _TOP

    def _decided(
        self,
        kind: LineKind,
        tag: CodebookTag,
        known: Tag | None,
        says: str,
        offered: tuple[Choice, ...],
        *,
        parent: int | None,
        found: tuple[Difference, ...] = (),
    ) -> PlanLine:
        chosen = self._chosen(tag, offered)
        after: Tag | None = None
        stands: int | None = None
        if chosen in (Choice.ADD, Choice.BESIDE):
            after = self._made(tag, parent)
            stands = after.id
        elif known is not None and chosen is not Choice.LEAVE:
            stands = known.id
            after = self._changed(tag, parent, known, chosen=chosen, found=found)
        return PlanLine(
            kind,
            tag,
            join_tag_path(self._names[tag.uuid]),
            known,
            says,
            offered,
            chosen,
            found,
            after,
            stands,
        )

    def _made(self, tag: CodebookTag, parent: int | None) -> Tag:
        # A uuid names one tag of a library.
        free = tag.uuid not in self._ground.by_uuid and tag.uuid not in self._elsewhere
        uuid = tag.uuid if free and tag.uuid not in self._redirects else ""
        key = tag.key
        if key is not None and self._ground.has_digit(key):
            self.notes.append(f"“{tag.name}” gets no key: {key} gives another tag here.")
            key = None
        blank = Tag(
            id=self._ground.next_id(),
            uuid=uuid,
            collection=self._collection,
            parent=parent,
            name=tag.name,
            colour=tag.colour or self._colour(parent),
            aliases=(),
        )
        said = with_these(blank, tag, set(Field) - {Field.NAME, Field.COLOUR})
        return replace(said, name=self._ground.free_name(parent, tag.name), key=key)

    def _colour(self, parent: int | None) -> str:
        if parent is not None:
            return self._ground.by_id[parent].colour
        self._tops += 1
        return self._colours[(self._tops - 1) % len(self._colours)]

    def _changed(
        self,
        tag: CodebookTag,
        parent: int | None,
        known: Tag,
        *,
        chosen: Choice,
        found: tuple[Difference, ...],
    ) -> Tag | None:
        if chosen is Choice.KEEP:
            return None
        fields = {each.field for each in found if chosen is Choice.TAKE or each.fills}
        ground = self._ground
        if tag.key is not None and Field.KEY in fields and ground.has_digit(tag.key, but=known.id):
            fields.discard(Field.KEY)
            self.notes.append(f"“{known.name}” keeps its key: {tag.key} gives another tag here.")
        where = parent if Field.PLACE in fields else known.parent
        if ground.is_below(where, known.id):
            where = known.parent
            self.notes.append(f"“{known.name}” stays where it is: it cannot stand inside itself.")
        name = tag.name if Field.NAME in fields else known.name
        taken = ground.at(where, name)
        if taken is not None and taken.id != known.id:
            where = known.parent
            fields.discard(Field.NAME)
            self.notes.append(
                f"“{known.name}” keeps its name and place: “{taken.name}” has that name there."
            )
        changed = replace(with_these(known, tag, fields), parent=where)
        return changed if changed != known else None


def _parents_first(tags: list[Tag]) -> list[Tag]:
    by_parent: dict[int | None, list[Tag]] = {}
    for tag in tags:
        by_parent.setdefault(tag.parent, []).append(tag)
    found: list[Tag] = []
    waiting: list[int | None] = [None]
    while waiting:
        below = by_parent.get(waiting.pop(), [])
        found += below
        waiting += [tag.id for tag in below]
    return found
