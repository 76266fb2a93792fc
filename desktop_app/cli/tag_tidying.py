"""`postil tag` where tags become fewer or more: merged, split, deleted and brought back."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from desktop_app.cli.call import Call, Output, reading, writing
from desktop_app.cli.tags_named import in_order, known, on_tag, say_done, say_tag
from desktop_app.core.errors import BadUsage
from desktop_app.core.tag_names import checked_name

if TYPE_CHECKING:
    from desktop_app.core.model import Binned
    from desktop_app.library.library import Library
    from desktop_app.library.tags.previews import Overlap


def tag_merge(call: Call) -> int:
    """Make one tag of two, or only count what that would come to."""
    from desktop_app.library.tags.tidying import MergeTags

    parser = call.parser("Make one tag of two; the first one's name stays as an alias.")
    parser.add_argument("tag", metavar="LOSER")
    parser.add_argument("winner", metavar="WINNER")
    parser.add_argument("--preview", action="store_true", help="only count, and change nothing")
    options = call.read(parser)
    if options.preview:
        return _preview(options)
    return on_tag(
        call,
        parser,
        lambda tree, tag, given: MergeTags(tag.id, known(tree, given.winner).id),
        shown="winner",
    )


def _preview(options: argparse.Namespace) -> int:
    out = Output(json=options.json)
    with reading(options.library) as library:
        if library is None:
            raise BadUsage(f"There is no library in {options.library}.")
        tree = library.tag_tree(counted=False)
        loser, winner = known(tree, options.tag), known(tree, options.winner)
        found = library.merge_preview(loser.id, winner.id)
        keys = ("loser", "winner", "both", "after")
        out.answer(
            {
                "loser": tree.path(loser.id),
                "winner": tree.path(winner.id),
                "documents": {key: getattr(found.documents, key) for key in keys},
                "highlights": {key: getattr(found.highlights, key) for key in keys},
                "tags_below": found.tags_below,
                "aliases_gained": list(found.aliases_gained),
                "texts_cut": list(found.texts_cut),
            },
            "\n".join(
                [
                    f"documents   {_sum(found.documents)}",
                    f"highlights  {_sum(found.highlights)}",
                    f"tags below that go over: {found.tags_below:,}",
                    f"aliases gained: {', '.join(found.aliases_gained) or 'none'}",
                ]
            ),
        )
        if found.texts_cut and not options.json:
            names = ", ".join(found.texts_cut)
            out.note(f"Together too long for one tag, so that the end is cut off: {names}.")
    return 0


def _sum(found: Overlap) -> str:
    return f"{found.loser:,} + {found.winner:,}, {found.both:,} in common: {found.after:,}"


def tag_split(call: Call) -> int:
    """Let some of what carries a tag carry a new one beside it."""
    from desktop_app.library.tags.splitting import SplitTag

    parser = call.parser(
        "Let documents and highlights carry a new tag beside theirs instead of it; `postil tag "
        "lines TAG` lists what carries it."
    )
    parser.add_argument("tag", metavar="TAG")
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("--document", action="append", type=int, default=[], metavar="ID")
    parser.add_argument("--highlight", action="append", type=int, default=[], metavar="ID")
    parser.add_argument(
        "--existing", action="store_true", help="the tag beside it that has the name already"
    )
    options = call.read(parser)
    out = Output(json=options.json)
    with writing(options.library) as library:
        tree = library.tag_tree(counted=False)
        tag = known(tree, options.tag)
        carrying = library.tag_lines(tag.id)
        missing = [
            *_missing("document", options.document, {line.id for line in carrying.documents}),
            *_missing("highlight", options.highlight, {line.id for line in carrying.highlights}),
        ]
        for what in missing:
            out.note(f"{what} does not carry the tag “{tag.name}”.")
        changes = library.run(
            SplitTag(
                tag.id,
                options.name,
                tuple(options.document),
                tuple(options.highlight),
                options.existing,
            )
        )
        say_done(library, bool(changes), out)
        after = library.tag_tree()
        say_tag(after.by_id[tag.id], after, out)
        made = after.sibling(checked_name(options.name), tag.parent, tag.collection)
        assert made is not None
        say_tag(made, after, out)
    return 1 if missing else 0


def _missing(what: str, named: list[int], there: set[int]) -> list[str]:
    return [f"The {what} {each}" for each in dict.fromkeys(named) if each not in there]


def tag_delete(call: Call) -> int:
    """Put a tag into the trash of tags."""
    from desktop_app.library.tags.tidying import DeleteTag

    parser = call.parser(
        "Put a tag and those inside it into the trash of tags; what carries them stays."
    )
    parser.add_argument("tag", metavar="TAG")
    return on_tag(call, parser, lambda tree, tag, given: DeleteTag(tag.id), shown="")


def tag_bin(call: Call) -> int:
    """List the trash of tags, bring something back from it, or empty it."""
    verbs = {"list": _bin_list, "restore": _bin_restore, "forget": _bin_forget}
    verb = call.words[0] if call.words else ""
    if verb in ("-h", "--help"):
        print("postil tag bin list | restore ID | forget ID... | forget --all")
        return 0
    if verb not in verbs:
        raise BadUsage(f"`postil tag bin` needs one of these after it: {', '.join(verbs)}.")
    return verbs[verb](Call(f"tag bin {verb}", call.words[1:], call.library))


def _bin_list(call: Call) -> int:
    options = call.read(call.parser("List the deleted tags and collections, newest first."))
    out = Output(json=options.json)
    with reading(options.library) as library:
        for binned in library.tag_bin() if library is not None else ():
            at = binned.deleted_at.isoformat(timespec="seconds")
            out.answer(
                {
                    "id": binned.id,
                    "name": binned.name,
                    "collection": binned.collection or None,
                    "tags": binned.tags,
                    "documents": binned.documents,
                    "highlights": binned.highlights,
                    "deleted_at": at,
                },
                f"{binned.id:>6}  {_binned_words(binned)}  {at}",
            )
    return 0


def _binned_words(binned: Binned) -> str:
    name = f"{binned.collection}::{binned.name}" if binned.collection else f"{binned.name}::"
    counts = f"{binned.tags:,} tags, {binned.documents:,} documents"
    return f"{name}  ({counts}, {binned.highlights:,} highlights)"


def _bin_restore(call: Call) -> int:
    from desktop_app.library.tags.trash import RestoreBinned

    parser = call.parser("Bring a deleted tag or collection back, as far as it still fits.")
    parser.add_argument("id", type=int, metavar="ID")
    options = call.read(parser)
    out = Output(json=options.json)
    with writing(options.library) as library:
        before = library.tag_tree(counted=False).by_id
        library.run(RestoreBinned(options.id))
        say_done(library, True, out)
        tree = library.tag_tree()
        for tag in in_order(tree, tree.collections):
            if tag.id not in before:
                say_tag(tag, tree, out)
    return 0


def _bin_forget(call: Call) -> int:
    from desktop_app.library.tags.trash import ForgetBinned

    parser = call.parser("Take deleted tags and collections out of the trash for good.")
    parser.add_argument("ids", nargs="*", type=int, metavar="ID")
    parser.add_argument("--all", action="store_true", help="everything that is there")
    options = call.read(parser)
    if bool(options.ids) == options.all:
        raise BadUsage("Name what to forget by its number, or --all.")
    out = Output(json=options.json)
    with writing(options.library) as library:
        ids = _all_binned(library) if options.all else tuple(options.ids)
        changes = library.run(ForgetBinned(ids)) if ids else None
        say_done(library, bool(changes), out)
    return 0


def _all_binned(library: Library) -> tuple[int, ...]:
    return tuple(binned.id for binned in library.tag_bin())
