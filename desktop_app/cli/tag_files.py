"""`postil tag export` and `postil tag import`: tag collections as files, in and out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.cli.call import Call, Output, reading, writing
from desktop_app.core.errors import BadUsage

if TYPE_CHECKING:
    from desktop_app.core.codebook import Codebook
    from desktop_app.library.codebooks.plan import Choice, Plan, PlanLine
    from desktop_app.library.codebooks.reading import Read

_FORMATS = "The ending says the format: .tagset.json (Postil’s own), .csv or .qdc (REFI-QDA)."
_MOST_TEXTS = 20  # that are named one by one


def tag_export(call: Call) -> int:
    """Write a collection to a file."""
    from desktop_app.library.codebooks.writing import check_ending, write_codebook

    parser = call.parser(f"Write a tag collection to a file. {_FORMATS}")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--collection", metavar="NAME", help="else the one in use")
    parser.add_argument(
        "--taggings", action="store_true", help="also what the tags are on (.tagset.json only)"
    )
    parser.add_argument("--taguette", action="store_true", help="a .csv as Taguette reads it")
    options = call.read(parser)
    form = check_ending(options.file, taguette=options.taguette)
    if options.taggings and not form.holds_codings:
        raise BadUsage(
            f"A {form.ending} file has no room for what the tags are on.",
            "Write a .tagset.json, or leave --taggings away.",
        )
    out = Output(json=options.json)
    with reading(options.library) as library:
        if library is None:
            raise BadUsage(f"There is no library in {options.library}.")
        tree = library.tag_tree(counted=False)
        named = options.collection
        collection = tree.collection_named(named) if named else tree.active_collection
        codebook = library.codebook(collection.id, codings=options.taggings)
    written = write_codebook(codebook, options.file, taguette=options.taguette)
    uses = f" and {written.codings:,} uses of them" if options.taggings else ""
    out.answer(
        {
            "path": str(options.file),
            "collection": codebook.name,
            "tags": written.tags,
            "taggings": written.codings,
            "left_out": list(written.left_out),
        },
        f"{written.tags:,} tags of “{codebook.name}”{uses} written to {options.file}",
    )
    if not options.json:
        for sentence in written.left_out:
            out.note(sentence)
    return 0


def tag_import(call: Call) -> int:
    """Bring a collection in from a file, or show what that would come to."""
    from desktop_app.library.codebooks.applying import ImportCodebook
    from desktop_app.library.codebooks.plan import NEW_COLLECTION
    from desktop_app.library.codebooks.reading import read_codebook

    parser = call.parser(
        "Bring in a tag collection from a file: .tagset.json, .csv (also Taguette’s) or .qdc. "
        "What is here stays as it is unless --choose says otherwise."
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--preview", action="store_true", help="change nothing, say what would be")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--into", metavar="NAME", help="a collection that is here")
    where.add_argument("--new", action="store_true", help="a new one, whatever there is")
    parser.add_argument("--tags-only", action="store_true", help="not what the tags are on")
    parser.add_argument(
        "--choose",
        action="append",
        default=[],
        metavar="WHICH=CHOICE",
        help="for a tag, or for all that are new, same, renamed, conflict or merged: add, keep, "
        "fill-in, take, add-beside or leave-out, as far as the preview offers it",
    )
    options = call.read(parser)
    out = Output(json=options.json)
    read = read_codebook(options.file)
    (codebook,) = read.codebooks
    codings = bool(codebook.codings) and not options.tags_only
    place = reading(options.library) if options.preview else writing(options.library, make=True)
    with place as library:
        for sentence in read.notes:
            out.note(sentence)
        if library is None:
            raise BadUsage(
                f"There is no library in {options.library}, so there is nothing to compare with.",
                "Without --preview the import makes one.",
            )
        into = NEW_COLLECTION if options.new else None
        if options.into:
            into = library.tag_tree(counted=False).collection_named(options.into).id
        plan = library.plan_codebook(codebook, into=into, codings=codings)
        if options.choose:
            chosen = _choices(plan, options.choose)
            plan = library.plan_codebook(codebook, chosen, into=into, codings=codings)
            _check_taken(plan, chosen)
        for sentence in (*plan.notes, *_of_texts(plan)):
            out.note(sentence)
        if options.preview:
            _show(plan, out)
            return 0
        changes = library.run(ImportCodebook(codebook, plan.chosen, into, codings))
        if not options.json:
            nothing = "All of it is here already; nothing was changed."
            out.note(f"{library.undo_name()}." if changes else nothing)
    _say_done(options.file, read, codebook, plan, out)
    return 0


def _choices(plan: Plan, given: Sequence[str]) -> dict[str, Choice]:
    """What `--choose` says, by uuid: the later wins, a tag over all of its kind."""
    from desktop_app.library.codebooks.plan import Choice, LineKind

    words = {_word(choice): choice for choice in Choice}
    kinds = {kind.value: kind for kind in LineKind}
    of_kinds: dict[str, Choice] = {}
    of_tags: dict[str, Choice] = {}
    for each in given:
        which, _, word = each.rpartition("=")
        choice = words.get(word.strip().lower())
        if not which or choice is None:
            raise BadUsage(
                f"“{each}” is not written as a choice.",
                f"It is like `conflict=take` or `place/Syria=keep`; there are: {', '.join(words)}.",
            )
        if kind := kinds.get(which.strip().lower()):
            lines = [line for line in plan.lines if line.kind is kind and choice in line.choices]
            of_kinds.update((line.tag.uuid, choice) for line in lines)
            continue
        line = next((line for line in plan.lines if line.path == which.strip()), None)
        if line is None:
            raise BadUsage(
                f"There is no tag “{which}” in the file.", "`--preview` shows what is in it."
            )
        if choice not in line.choices:
            raise BadUsage(
                f"“{word}” cannot be chosen for “{which}”.",
                f"It can be: {', '.join(map(_word, line.choices))}.",
            )
        of_tags[line.tag.uuid] = choice
    return {**of_kinds, **of_tags}


def _check_taken(plan: Plan, chosen: dict[str, Choice]) -> None:
    """One choice may leave no room for another: said rather than passed over."""
    for line in plan.lines:
        wanted = chosen.get(line.tag.uuid)
        if wanted is not None and wanted is not line.chosen:
            raise BadUsage(
                f"“{_word(wanted)}” can no longer be chosen for “{line.path}”, after the other "
                "choices.",
                f"It can be: {', '.join(map(_word, line.choices))}.",
            )


def _word(choice: Choice) -> str:
    return choice.value.replace(" ", "-")


def _show(plan: Plan, out: Output) -> None:
    from desktop_app.library.codebooks.plan import LineKind

    for line in plan.lines:
        out.answer(_record(line), _words(line))
    for sentence in plan.problems:
        out.note(sentence)
    counts = ", ".join(
        f"{plan.count(kind):,} {kind.value}" for kind in LineKind if plan.count(kind)
    )
    name = plan.collection.name
    where = f"the new collection “{name}”" if plan.before is None else f"“{name}”"
    out.note("" if out.json else f"Into {where}: {counts or 'no tags'}. Nothing has been changed.")


def _record(line: PlanLine) -> dict[str, object]:
    return {
        "kind": line.kind.value,
        "path": line.path,
        "known": line.known.name if line.known is not None else None,
        "says": line.says,
        "choices": [_word(choice) for choice in line.choices],
        "chosen": _word(line.chosen),
    }


def _words(line: PlanLine) -> str:
    others = [_word(choice) for choice in line.choices if choice is not line.chosen]
    also = f" (or {', '.join(others)})" if others else ""
    return f"{line.kind.value:>8}  {line.path}\n          {line.says} → {_word(line.chosen)}{also}"


def _of_texts(plan: Plan) -> list[str]:
    """What of the uses of tags finds no place here."""
    fit = plan.fit
    said = [
        f"“{absent.title}” {why}: {_uses(absent.codings)} left out."
        for why, texts in (
            ("is not in this library", fit.absent),
            ("does not say what was marked in it", fit.unfound),
        )
        for absent in texts
    ]
    more = len(said) - _MOST_TEXTS
    if more > 0:
        said = [*said[:_MOST_TEXTS], f"So it is with {more:,} other texts."]
    if fit.notes_cut:
        notes = "1 note is" if fit.notes_cut == 1 else f"{fit.notes_cut:,} notes are"
        said.append(f"{notes} longer than a highlight can hold; the end is left out.")
    return said


def _uses(count: int) -> str:
    return "1 use of a tag is" if count == 1 else f"{count:,} uses of tags are"


def _say_done(file: Path, read: Read, codebook: Codebook, plan: Plan, out: Output) -> None:
    name = plan.collection.name
    out.answer(
        {
            "path": str(file),
            "format": read.format.value,
            "collection": name,
            "tags": len(codebook.tags),
            "new": plan.made,
            "changed": plan.changed,
            "taggings": plan.fit.new_codings,
        },
        f"{len(codebook.tags):,} tags of “{name}” brought in: {plan.made:,} new, "
        f"{plan.changed:,} changed",
    )
