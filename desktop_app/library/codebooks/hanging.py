"""What hangs on the tags of a codebook when it is laid over a library: links, and former uuids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_app.core.model import LinkKind, Tag
from desktop_app.library.codebooks.plan_lines import Choice, LineKind, PlanLine
from desktop_app.store.store import Snapshot


class Hanging:
    """The links and redirects that an import makes.

    stands: the tag that each tag of the codebook is from then on, by uuid. here: the tags that the
    library will have, by uuid. own: the uuids of the codebook's tags. notes: what is to be known.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        stands: Mapping[str, int],
        here: Mapping[str, Tag],
        own: set[str],
        notes: list[str],
    ) -> None:
        self._linked = set(snapshot.tag_links.all())
        self._redirects = snapshot.tag_links.redirects()
        self._stands = stands
        self._here = here
        self._own = own
        self._notes = notes

    def links(self, lines: Sequence[PlanLine]) -> tuple[tuple[int, int, LinkKind], ...]:
        """The links that are made: not between two tags that are both to stay as they are."""
        stays = {
            line.tag.uuid
            for line in lines
            if line.chosen is Choice.KEEP and line.kind is not LineKind.SAME
        }
        known = {(link.one, link.other, link.kind) for link in self._linked}
        made: dict[tuple[int, int, LinkKind], None] = {}
        for line in lines:
            for kind, others in (
                (LinkKind.RELATED, line.tag.related),
                (LinkKind.OPPOSITE, line.tag.opposite),
            ):
                for other in others:
                    one, two = self._stands.get(line.tag.uuid), self._stands.get(other)
                    if one is None or two is None or one == two:
                        continue
                    link = (min(one, two), max(one, two), kind)
                    if link not in known and not (line.tag.uuid in stays and other in stays):
                        made[link] = None
        return tuple(made)

    def redirects(self, lines: Sequence[PlanLine]) -> tuple[tuple[str, int], ...]:
        """The uuids of merged tags that lead on from now on, so that older files still fit."""
        made: dict[str, int] = {}
        taken = self._here
        for line in lines:
            if line.stands is None:
                continue
            for uuid in line.tag.formerly:
                if uuid in taken and uuid not in self._own:
                    other = taken[uuid]
                    if other.id != line.stands:
                        self._notes.append(
                            f"In the file, “{other.name}” went up in “{line.tag.name}”; "
                            "here both stay, and can be merged."
                        )
                elif uuid not in taken and uuid not in self._redirects:
                    made.setdefault(uuid, line.stands)
        return tuple(made.items())
