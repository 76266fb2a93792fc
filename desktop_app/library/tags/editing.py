"""What is said of a tag: several fields of it changed at once, its links, and putting it away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from desktop_app.core.errors import BadUsage
from desktop_app.core.model import LinkKind, Tag, TagLink
from desktop_app.core.tag_aliases import Alias, is_language
from desktop_app.core.tag_looks import MOST_LETTERS, Pattern
from desktop_app.core.tag_names import checked_name
from desktop_app.core.text import one_line
from desktop_app.core.words import name_key
from desktop_app.library.steps import Taking
from desktop_app.library.tags.checks import (
    changeable_tag,
    checked_colour,
    checked_key,
    checked_text,
    free_key,
    refuse_taken,
    tags_of,
)
from desktop_app.library.tags.many_steps import TagsStep
from desktop_app.library.tags.steps import TagLinkStep, TagStep


@dataclass(frozen=True, slots=True)
class TagEdit:
    """What is to become of the fields of a tag; None leaves one as it is.

    key: 0 takes the digit off. letters: "" for those of the name.
    """

    name: str | None = None
    colour: str | None = None
    pattern: Pattern | None = None
    letters: str | None = None
    key: int | None = None
    aliases: tuple[Alias, ...] | None = None
    definition: str | None = None
    use_when: str | None = None
    not_when: str | None = None
    examples: str | None = None

    def of(self, tag: Tag) -> Tag:
        """The tag as it is to be; BadUsage where a field cannot be so."""
        name = tag.name if self.name is None else checked_name(self.name)

        def text(field: str, what: str) -> str:
            wanted: str | None = getattr(self, field)
            kept: str = getattr(tag, field)
            return kept if wanted is None else checked_text(wanted, what=what)

        return replace(
            tag,
            name=name,
            colour=tag.colour if self.colour is None else checked_colour(self.colour),
            pattern=self.pattern or tag.pattern,
            letters=tag.letters if self.letters is None else checked_letters(self.letters),
            key=tag.key if self.key is None else checked_key(self.key) if self.key else None,
            aliases=tag.aliases if self.aliases is None else checked_aliases(self.aliases, name),
            definition=text("definition", "definition"),
            use_when=text("use_when", "text on when to use the tag"),
            not_when=text("not_when", "text on when not to use the tag"),
            examples=text("examples", "text of the examples"),
        )


@dataclass(frozen=True, slots=True)
class EditTag:
    """Change what is said of a tag, all at once; BadUsage where anything of it cannot be so."""

    tag: int
    edit: TagEdit

    def do(self, taking: Taking) -> str:
        tag = changeable_tag(taking.work, self.tag)
        changed = self.edit.of(tag)
        if name_key(changed.name) != name_key(tag.name):
            refuse_taken(taking.work, tag.collection, tag.parent, changed.name, but=tag.id)
        if changed.key != tag.key:
            free_key(taking, tag.collection, changed.key, but=tag.id)
        if changed != tag:
            taking.take(TagStep(tag, changed))
        return f"Change the tag “{tag.name}”"


def checked_letters(letters: str) -> str:
    """The letters that stand for a tag, "" for those of its name; BadUsage for too many."""
    letters = "".join(one_line(letters).split())
    if len(letters) > MOST_LETTERS:
        raise BadUsage(
            f"“{letters}” is more than {MOST_LETTERS} letters.", "Nothing has been changed."
        )
    return letters


def checked_aliases(aliases: Iterable[Alias], name: str) -> tuple[Alias, ...]:
    """The aliases of a tag of that name, each once; blank ones and the name itself go."""
    known = {name_key(name)}
    checked: list[Alias] = []
    for alias in aliases:
        if not one_line(alias.name):
            continue
        called = checked_name(alias.name, what="alias")
        language = one_line(alias.language)
        if not is_language(language):
            raise BadUsage(
                f"“{language}” is not the code of a language.", "Write it like “ar” or “ckb”."
            )
        if name_key(called) not in known:
            known.add(name_key(called))
            checked.append(replace(alias, name=called, language=language))
    return tuple(checked)


@dataclass(frozen=True, slots=True)
class LinkTags:
    """Say that two tags are related, or opposite."""

    tag: int
    other: int
    kind: LinkKind

    def do(self, taking: Taking) -> str:
        tag = changeable_tag(taking.work, self.tag)
        other = changeable_tag(taking.work, self.other)
        if tag.id == other.id:
            raise BadUsage(
                f"The tag “{tag.name}” cannot be linked with itself.", "Nothing has been changed."
            )
        link = TagLink.between(tag.id, other.id, self.kind)
        if link not in taking.work.tag_links.of([tag.id]):
            taking.take(TagLinkStep(link, True))
        return f"Link the tags “{tag.name}” and “{other.name}” as {self.kind}"


@dataclass(frozen=True, slots=True)
class UnlinkTags:
    """Take the link of two tags away; kind: None for every link between them."""

    tag: int
    other: int
    kind: LinkKind | None = None

    def do(self, taking: Taking) -> str:
        tag = changeable_tag(taking.work, self.tag)
        other = changeable_tag(taking.work, self.other)
        kinds = tuple(LinkKind) if self.kind is None else (self.kind,)
        known = taking.work.tag_links.of([tag.id])
        for link in (TagLink.between(tag.id, other.id, kind) for kind in kinds):
            if link in known:
                taking.take(TagLinkStep(link, False))
        return f"Unlink the tags “{tag.name}” and “{other.name}”"


@dataclass(frozen=True, slots=True)
class ArchiveTag:
    """Put a tag and all below it away, or take them out again.

    It is no longer offered then, while what carries it keeps it, and is found by it. Taken out, it
    brings those above it along, so that it stands where it stood.
    """

    tag: int
    archived: bool = True

    def do(self, taking: Taking) -> str:
        tag = changeable_tag(taking.work, self.tag)
        tree = tags_of(taking.work)
        wanted = [tag, *tree.below(tag.id)]
        if not self.archived:
            wanted += tree.above(tag.id)
        changing = [each for each in wanted if each.archived != self.archived]
        if changing:
            put_away = ((each, replace(each, archived=self.archived)) for each in changing)
            taking.take(TagsStep(tuple(put_away)))
        below = sum(each.id != tag.id for each in changing)
        also = f" and {below:,} more" if below else ""
        if self.archived:
            return f"Archive the tag “{tag.name}”{also}"
        return f"Take the tag “{tag.name}”{also} out of the archive"
