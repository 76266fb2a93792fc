"""A tag collection as a table, `.csv`: a line for each tag, its path first.

The first six columns are for people; the others hold the rest of what is said of a tag. What only
a tag of its own file could know, its uuid and those that lead to it, stands in the last ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from desktop_app.core.codebook import Codebook, CodebookTag
from desktop_app.core.tag_looks import Pattern
from desktop_app.core.tag_paths import join_tag_path, split_tag_path
from desktop_app.core.text import clean
from desktop_app.core.words import name_key
from desktop_app.library.codebooks import fields
from desktop_app.library.codebooks.describing import aliases_from, in_one_cell
from desktop_app.library.codebooks.remarks import Remarks
from desktop_app.library.codebooks.sheet import Line, Sheet, written_sheet
from desktop_app.library.codebooks.soundness import DEEPEST, Unsound, arranged, sound_name

COLUMNS = (
    *("path", "name", "colour", "definition", "aliases", "count"),
    *("use_when", "not_when", "examples", "key", "pattern", "letters", "archived"),
    *("uuid", "formerly", "related", "opposite"),
)
_YES = {"yes", "true", "1", "y", "x", "archived"}
_NO = {"", "no", "false", "0", "n"}

_Names = tuple[str, ...]


def written_table(codebook: Codebook) -> bytes:
    """Write the tags of a collection so that read_table reads the same from them."""
    names = names_of(codebook)
    rows = (_row(tag, names[tag.uuid], codebook.counts.get(tag.uuid)) for tag in codebook.tags)
    # The mark at its start tells spreadsheets that it is UTF-8.
    return written_sheet(COLUMNS, rows, free=False).encode("utf-8-sig", "replace")


def names_of(codebook: Codebook) -> dict[str, _Names]:
    """The names from the top down to each tag, by its uuid."""
    names: dict[str, _Names] = {}
    for tag in codebook.tags:
        above = names[tag.parent] if tag.parent is not None else ()
        names[tag.uuid] = (*above, tag.name)
    return names


def read_table(sheet: Sheet, name: str, text: str, remarks: Remarks) -> Codebook:
    """Read a table with a column of paths, or of names with or without one of parents.

    name: what the collection is to be called. text: the file, from which uuids are made up where it
    has none.
    """
    seed = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    lines: dict[tuple[str, ...], tuple[Line, _Names]] = {}
    for line, names in _placed(sheet, remarks):
        place = tuple(map(name_key, names))
        if len(place) > DEEPEST:
            raise Unsound(f"line {line.number:,} names a tag more than {DEEPEST} deep.")
        if (before := lines.setdefault(place, (line, names))[0]) is not line:
            raise Unsound(
                f"line {line.number:,} names the tag “{join_tag_path(names)}” that is in line "
                f"{before.number:,} already."
            )
    uuids = {place: _uuid(line, seed, remarks) for place, (line, _) in lines.items()}
    tags: dict[tuple[str, ...], CodebookTag] = {}
    counts: dict[str, int] = {}
    for place, (line, names) in lines.items():
        for depth in range(1, len(place)):
            above = place[:depth]
            if above not in lines and above not in tags:
                remarks.add(
                    "The tag “{name}” has no line of its own, and was made, "
                    "since others stand in it.",
                    "{count} tags have no lines of their own, and were made, since others stand in "
                    "them; the first is “{name}”.",
                    join_tag_path(names[:depth]),
                )
                uuids[above] = fields.made_up(seed, "\n".join(above))
                parent = uuids[place[: depth - 1]] if depth > 1 else None
                tags[above] = CodebookTag(uuids[above], names[depth - 1], parent)
        parent = uuids.get(place[:-1])
        tags[place] = _tag(line, uuids[place], names[-1], parent, remarks)
        if (count := _count(line, names[-1], remarks)) is not None:
            counts[uuids[place]] = count
    settled = fields.settled(arranged(list(tags.values())), remarks)
    own = "uuid" in sheet.columns and any(line["uuid"].strip() for line, _ in lines.values())
    return Codebook(name, tags=tuple(settled), counts=counts, own_uuids=own)


def _placed(sheet: Sheet, remarks: Remarks) -> Iterator[tuple[Line, _Names]]:
    if "path" in sheet.columns:
        for line in sheet.lines:
            # A path of a table never begins with the name of a collection.
            names = split_tag_path(f"::{line['path']}")[1]
            said = line["name"].strip()
            if not names:
                raise Unsound(f"line {line.number:,} names no tag.")
            if said and name_key(said) != name_key(names[-1]):
                remarks.add(
                    "The path and the name in the line of “{name}” do not agree; the path was "
                    "taken.",
                    "The paths and the names in {count} lines do not agree; the paths were taken. "
                    "The first is “{name}”.",
                    join_tag_path(names),
                )
            yield line, _sound(names, line)
        return
    column = "name" if "name" in sheet.columns else "tag"
    if "parent" not in sheet.columns:
        for line in sheet.lines:
            yield line, _sound((line[column],), line)
        return
    yield from _by_parents(list(sheet.lines), column)


def _by_parents(lines: list[Line], column: str) -> Iterator[tuple[Line, _Names]]:
    """Where a line names the tag that its own stands in: by its path, or by its name alone."""
    by_name: dict[str, list[Line]] = {}
    for line in lines:
        by_name.setdefault(name_key(line[column]), []).append(line)

    known: dict[int, _Names] = {}

    def above(line: Line, passed: int) -> _Names:
        if line.number not in known:
            known[line.number] = found_above(line, passed)
        return known[line.number]

    def found_above(line: Line, passed: int) -> _Names:
        parent = line["parent"].strip()
        if not parent:
            return ()
        if passed > DEEPEST:
            raise Unsound(f"the tag of line {line.number:,} stands inside itself, or too deep.")
        found = by_name.get(name_key(parent), [])
        if len(found) > 1:
            raise Unsound(f"line {line.number:,} stands in “{parent}”, of which there are several.")
        if found:
            return (*above(found[0], passed + 1), found[0][column])
        names = split_tag_path(f"::{parent}")[1]
        if len(names) < 2:
            raise Unsound(f"line {line.number:,} stands in “{parent}”, which is not in the file.")
        return names

    for line in lines:
        yield line, _sound((*above(line, 0), line[column]), line)


def _sound(names: _Names, line: Line) -> _Names:
    return tuple(sound_name(name, f"the tag of line {line.number:,}") for name in names)


def _uuid(line: Line, seed: str, remarks: Remarks) -> str:
    raw = line["uuid"].strip()
    found = fields.uuid_of(raw) if raw else None
    if raw and found is None:
        remarks.add(
            "The uuid in line {name} is none, and was left out.",
            "The uuids in {count} lines are none, and were left out; the first is in line {name}.",
            f"{line.number:,}",
        )
    return found or fields.made_up(seed, str(line.number))


def _tag(line: Line, uuid: str, name: str, parent: str | None, remarks: Remarks) -> CodebookTag:
    return CodebookTag(
        uuid,
        name,
        parent,
        fields.colour_of(line["colour"], name, remarks),
        aliases_from(line["aliases"], name, remarks),
        fields.key_of(line["key"], name, remarks),
        fields.pattern_of(line["pattern"], name, remarks),
        fields.letters_of(line["letters"], name, remarks),
        clean(line["definition"]),
        clean(line["use_when"]),
        clean(line["not_when"]),
        clean(line["examples"]),
        _archived(line, name, remarks),
        _uuids(line, "formerly", name, remarks),
        _uuids(line, "related", name, remarks),
        _uuids(line, "opposite", name, remarks),
    )


def _archived(line: Line, name: str, remarks: Remarks) -> bool:
    said = line["archived"].strip().casefold()
    if said not in _YES and said not in _NO:
        remarks.add(
            "Whether “{name}” is archived is neither yes nor no; it was taken for no.",
            "Whether {count} tags are archived is neither yes nor no; it was taken for no. "
            "The first is “{name}”.",
            name,
        )
    return said in _YES


def _uuids(line: Line, column: str, name: str, remarks: Remarks) -> tuple[str, ...]:
    found = [fields.uuid_of(each) for each in line[column].replace(";", " ").split()]
    if None in found:
        remarks.add(
            "A link of “{name}” is no uuid, and was left out.",
            "Links of {count} tags are no uuids, and were left out; the first is of “{name}”.",
            name,
        )
    return tuple(each for each in found if each is not None)


def _count(line: Line, name: str, remarks: Remarks) -> int | None:
    said = (line["count"] or line["highlights"]).strip()
    if not said:
        return None
    if said.isascii() and said.isdigit() and len(said) < 16:
        return int(said)
    remarks.add(
        "The count of “{name}” is no number, and was left out.",
        "The counts of {count} tags are no numbers, and were left out; the first is of “{name}”.",
        name,
    )
    return None


def _row(tag: CodebookTag, names: _Names, count: int | None) -> list[object]:
    written: Mapping[str, object] = {
        "path": join_tag_path(names),
        "name": tag.name,
        "colour": tag.colour,
        "definition": tag.definition,
        "aliases": in_one_cell(tag.aliases),
        "count": "" if count is None else count,
        "use_when": tag.use_when,
        "not_when": tag.not_when,
        "examples": tag.examples,
        "key": "" if tag.key is None else tag.key,
        "pattern": "" if tag.pattern is Pattern.PLAIN else tag.pattern.value,
        "letters": tag.letters,
        "archived": "yes" if tag.archived else "",
        "uuid": tag.uuid,
        "formerly": " ".join(tag.formerly),
        "related": " ".join(tag.related),
        "opposite": " ".join(tag.opposite),
    }
    return [written[column] for column in COLUMNS]
