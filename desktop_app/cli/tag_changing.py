"""`postil tag` where one tag is made or changed: what it is called, says, and stands under."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from desktop_app.cli.call import Call, Output, Parser, writing
from desktop_app.cli.tags_named import known, on_tag, say_done, say_tag
from desktop_app.core.errors import BadUsage
from desktop_app.core.model import LinkKind
from desktop_app.core.tag_aliases import Alias, AliasKind
from desktop_app.core.tag_looks import Pattern
from desktop_app.core.tag_paths import split_tag_path
from desktop_app.core.words import name_key

if TYPE_CHECKING:
    from desktop_app.core.model import Tag
    from desktop_app.library.commands import Command
    from desktop_app.library.tags.tree import TagTree

_TOP = "/"


def tag_new(call: Call) -> int:
    """Make a tag that nothing carries yet."""
    from desktop_app.library.tags.commands import CreateTag

    parser = call.parser("Make a tag, and those above it that its path names.")
    parser.add_argument("tag", metavar="TAG")
    parser.add_argument("--colour", metavar="#RRGGBB", help="else one of the collection's scheme")
    options = call.read(parser)
    out = Output(json=options.json)
    with writing(options.library, make=True) as library:
        changes = library.run(CreateTag(options.tag, colour=options.colour))
        say_done(library, bool(changes), out)
        tree = library.tag_tree()
        say_tag(known(tree, options.tag), tree, out)
    return 0


def tag_edit(call: Call) -> int:
    """Change what is said of a tag."""
    from desktop_app.library.tags.editing import EditTag, TagEdit

    parser = call.parser("Change what is said of a tag; what is not named stays.")
    parser.add_argument("tag", metavar="TAG")
    parser.add_argument("--name", metavar="TEXT")
    parser.add_argument("--colour", metavar="#RRGGBB")
    parser.add_argument("--pattern", choices=[each.value for each in Pattern])
    parser.add_argument("--letters", metavar="XY", help="two letters; '' for those of the name")
    parser.add_argument("--key", metavar="DIGIT", help="1 to 9, or none")
    for field, what in (
        ("definition", "what the tag means"),
        ("use-when", "when to use it"),
        ("not-when", "when not to use it"),
        ("examples", "passages it fits"),
    ):
        parser.add_argument(f"--{field}", metavar="TEXT", help=f"{what}; '' for nothing")
    _take_aliases(parser)

    def making(tree: TagTree, tag: Tag, given: argparse.Namespace) -> Command:
        edit = TagEdit(
            name=given.name,
            colour=given.colour,
            pattern=Pattern(given.pattern) if given.pattern else None,
            letters=given.letters,
            key=_key(given.key),
            aliases=_aliases(tag, given),
            definition=given.definition,
            use_when=given.use_when,
            not_when=given.not_when,
            examples=given.examples,
        )
        if edit == TagEdit():
            raise BadUsage("Nothing is named that should change.", f"See `{parser.prog} --help`.")
        return EditTag(tag.id, edit)

    return on_tag(call, parser, making)


def _take_aliases(parser: Parser) -> None:
    kinds = (
        ("alias", "NAME", "another name"),
        ("abbreviation", "NAME", "a short name"),
        ("former", "NAME", "an earlier name"),
        ("language", "CODE=NAME", "the name in another language: ar=حصار"),
    )
    for option, takes, what in kinds:
        parser.add_argument(
            f"--{option}", action="append", default=[], metavar=takes, help=f"add {what}"
        )
    parser.add_argument(
        "--drop-alias", action="append", default=[], metavar="NAME", help="no longer called so"
    )


def _aliases(tag: Tag, given: argparse.Namespace) -> tuple[Alias, ...] | None:
    dropped = {name_key(name) for name in given.drop_alias}
    for name in given.drop_alias:
        if name_key(name) not in map(name_key, tag.also_called):
            raise BadUsage(f"“{tag.name}” is not called “{name}” as well.")
    added = [Alias(name) for name in given.alias]
    added += [Alias(name, AliasKind.ABBREVIATION) for name in given.abbreviation]
    added += [Alias(name, AliasKind.FORMER) for name in given.former]
    for said in given.language:
        code, found, name = said.partition("=")
        if not found or not code.strip() or not name.strip():
            raise BadUsage(f"--language {said} names no language.", "Write it like ar=حصار.")
        added.append(Alias(name, AliasKind.LANGUAGE, code))
    if not added and not dropped:
        return None
    kept = [alias for alias in tag.aliases if name_key(alias.name) not in dropped]
    return (*kept, *added)


def _key(said: str | None) -> int | None:
    if said is None:
        return None
    if said == "none":
        return 0
    if not (said.isascii() and said.isdigit() and 1 <= int(said) <= 9):
        raise BadUsage("--key needs a digit from 1 to 9, or none.")
    return int(said)


def tag_rename(call: Call) -> int:
    """Give a tag another name."""
    from desktop_app.library.tags.commands import RenameTag

    parser = call.parser("Give a tag another name.")
    parser.add_argument("tag", metavar="TAG")
    parser.add_argument("name", metavar="NAME")
    return on_tag(call, parser, lambda tree, tag, given: RenameTag(tag.id, given.name))


def tag_move(call: Call) -> int:
    """Put a tag somewhere else."""
    from desktop_app.library.tags.commands import MoveTag

    parser = call.parser(
        f"Put a tag inside another, or at the top, which is `{_TOP}`; `Collection::` is the top of "
        "another collection."
    )
    parser.add_argument("tag", metavar="TAG")
    parser.add_argument("parent", metavar="PARENT")

    def making(tree: TagTree, tag: Tag, given: argparse.Namespace) -> Command:
        if given.parent == _TOP:
            return MoveTag(tag.id, None)
        collection, names = split_tag_path(given.parent)
        if collection is not None and not names:
            return MoveTag(tag.id, None, tree.collection_named(collection).id)
        return MoveTag(tag.id, known(tree, given.parent).id)

    return on_tag(call, parser, making)


def tag_link(call: Call) -> int:
    """Link two tags."""
    from desktop_app.library.tags.editing import LinkTags

    parser = call.parser("Say that two tags are related, or opposite.")
    _take_two(parser)
    parser.add_argument("--kind", choices=list(LinkKind), default=LinkKind.RELATED)
    return on_tag(
        call,
        parser,
        lambda tree, tag, given: LinkTags(
            tag.id, known(tree, given.other).id, LinkKind(given.kind)
        ),
    )


def tag_unlink(call: Call) -> int:
    """Unlink two tags."""
    from desktop_app.library.tags.editing import UnlinkTags

    parser = call.parser("Take the links of two tags away.")
    _take_two(parser)
    parser.add_argument("--kind", choices=list(LinkKind), help="else links of every kind")
    return on_tag(
        call,
        parser,
        lambda tree, tag, given: UnlinkTags(
            tag.id, known(tree, given.other).id, LinkKind(given.kind) if given.kind else None
        ),
    )


def _take_two(parser: Parser) -> None:
    parser.add_argument("tag", metavar="TAG")
    parser.add_argument("other", metavar="OTHER")


def tag_archive(call: Call) -> int:
    """Put a tag away."""
    return _archive(call, "Put a tag and those inside it away; what carries them keeps them.", True)


def tag_unarchive(call: Call) -> int:
    """Take a tag out of the archive."""
    return _archive(call, "Take a tag and those inside it out of the archive.", False)


def _archive(call: Call, what: str, archived: bool) -> int:
    from desktop_app.library.tags.editing import ArchiveTag

    parser = call.parser(what)
    parser.add_argument("tag", metavar="TAG")
    return on_tag(call, parser, lambda tree, tag, given: ArchiveTag(tag.id, archived))
