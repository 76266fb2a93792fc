"""What tags are to each other beside one being above the other, and which uuids lead to which tag."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, insert, or_, select

from desktop_app.core.model import LinkKind, TagLink
from desktop_app.store.columns import among
from desktop_app.store.tables import tag, tag_link, tag_redirect

_LEADING = select(tag_redirect.c.uuid).where(tag_redirect.c.tag == bindparam("this"))
_LED = select(tag_redirect.c.tag).where(tag_redirect.c.uuid == bindparam("this"))
_REMOVE = delete(tag_link).where(
    tag_link.c.one == bindparam("from_one"),
    tag_link.c.other == bindparam("to_other"),
    tag_link.c.kind == bindparam("of_kind"),
)


class ReadTagLinks:
    """Links and redirects as one snapshot has them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[TagLink]:
        """All links, sorted."""
        rows = select(tag_link).order_by(tag_link.c.one, tag_link.c.other, tag_link.c.kind)
        return [
            TagLink(row.one, row.other, LinkKind(row.kind))
            for row in self._connection.execute(rows)
        ]

    def of(self, tags: Iterable[int]) -> set[TagLink]:
        """The links that have any of these tags at an end."""
        wanted = sorted(set(tags))
        ends = or_(among(tag_link.c.one, wanted), among(tag_link.c.other, wanted))
        rows = self._connection.execute(select(tag_link).where(ends))
        return {TagLink(row.one, row.other, LinkKind(row.kind)) for row in rows}

    def redirects(self) -> dict[str, int]:
        """The uuids of tags that went up in others, and the tags that these are."""
        rows = select(tag_redirect.c.uuid, tag_redirect.c.tag)
        return {row.uuid: row.tag for row in self._connection.execute(rows)}

    def led(self, uuid: str) -> int | None:
        """The tag that the uuid of one that went up in another leads to; None for none."""
        found: int | None = self._connection.execute(_LED, {"this": uuid}).scalar()
        return found

    def leading_to(self, tag_id: int) -> list[str]:
        """The uuids of tags that went up in a tag, sorted."""
        return sorted(self._connection.execute(_LEADING, {"this": tag_id}).scalars())

    def by_uuid(self, uuid: str) -> int | None:
        """The tag that a uuid means, its own or one that leads to it; None where there is none."""
        own = select(tag.c.id).where(tag.c.uuid == uuid)
        redirected = select(tag_redirect.c.tag).where(tag_redirect.c.uuid == uuid)
        for rows in (own, redirected):
            found: int | None = self._connection.execute(rows).scalar()
            if found is not None:
                return found
        return None


class TagLinks(ReadTagLinks):
    """Links and redirects that can be changed inside a transaction."""

    def add(self, link: TagLink) -> bool:
        """Link two tags that are there; False where they are linked so already."""
        if link in self.of([link.one]):
            return False
        values = {"one": link.one, "other": link.other, "kind": link.kind.value}
        self._connection.execute(insert(tag_link).values(values))
        return True

    def remove(self, link: TagLink) -> bool:
        """Take a link away; False where it is not there."""
        gone = self._connection.execute(
            delete(tag_link).where(
                tag_link.c.one == link.one,
                tag_link.c.other == link.other,
                tag_link.c.kind == link.kind.value,
            )
        )
        return gone.rowcount > 0

    def add_many(self, links: Iterable[TagLink]) -> None:
        """Link tags that are there and not linked so yet."""
        rows = [{"one": each.one, "other": each.other, "kind": each.kind.value} for each in links]
        if rows:
            self._connection.execute(insert(tag_link), rows)

    def remove_many(self, links: Iterable[TagLink]) -> None:
        """Take links away."""
        rows = [
            {"from_one": each.one, "to_other": each.other, "of_kind": each.kind.value}
            for each in links
        ]
        if rows:
            self._connection.execute(_REMOVE, rows)

    def lead(self, uuid: str, tag_id: int | None) -> None:
        """Let a uuid lead to a tag from now on; None: nowhere."""
        self._connection.execute(delete(tag_redirect).where(tag_redirect.c.uuid == uuid))
        if tag_id is not None:
            self._connection.execute(insert(tag_redirect).values(uuid=uuid, tag=tag_id))
