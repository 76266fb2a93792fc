"""Taguette's table of tags, `.csv`: the columns `tag` and `description`, and how often each is used.

Taguette has no tags in tags, but a full stop in a name is taken for a step down: `people.family`.
When it is read, a name is divided there where the part before it is a tag of the file, too, or
begins several; otherwise the stop belongs to the name. What Postil says of a tag beside its
definition stands in the description (see describing.py).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from desktop_app.core.codebook import Codebook, CodebookTag
from desktop_app.core.text import clean
from desktop_app.library.codebooks import fields
from desktop_app.library.codebooks.describing import Described, from_one_text, in_one_text
from desktop_app.library.codebooks.remarks import Remarks
from desktop_app.library.codebooks.sheet import Sheet, written_sheet
from desktop_app.library.codebooks.soundness import (
    TOO_LONG,
    TWICE,
    Unsound,
    arranged,
    joined,
    shortened,
)
from desktop_app.library.codebooks.table import names_of

COLUMNS = ("tag", "description", "number of documents")
LONGEST_TAG = 200
LONGEST_DESCRIPTION = 102_400

# A stop between two letters; one between digits is of a number, one before a blank of a sentence.
_STEP = re.compile(r"(?<=[^\s.])\.(?=[^\s.])(?!(?<=\d\.)\d)")


def is_taguette(sheet: Sheet) -> bool:
    """Whether a table has the columns of Taguette's."""
    return "tag" in sheet.columns and not sheet.columns & {"path", "name", "parent"}


def written_taguette(codebook: Codebook) -> bytes:
    """Write the tags of a collection as Taguette reads them."""
    names = names_of(codebook)
    rows = [
        [".".join(names[tag.uuid]), described(tag), codebook.counts.get(tag.uuid, "")]
        for tag in codebook.tags
    ]
    # The mark lets Taguette know the letters for certain. Cells that a spreadsheet could take for
    # formulas stay as they are: Taguette would keep what is put before them.
    return written_sheet(COLUMNS, rows, free=True).encode("utf-8-sig", "replace")


def described(tag: CodebookTag) -> str:
    """All that is said of a tag in one text."""
    return in_one_text(
        Described(tag.definition, tag.use_when, tag.not_when, tag.examples, tag.aliases)
    )


def too_much(codebook: Codebook) -> Iterator[str]:
    """Say what Taguette takes for something else, or refuses."""
    if stops := [tag.name for tag in codebook.tags if _STEP.search(tag.name)]:
        yield (
            f"full stops in the names of {len(stops):,} tags are steps down in Taguette (the first "
            f"is “{stops[0]}”)"
        )
    paths = Counter(".".join(names) for names in names_of(codebook).values())
    if twice := [path for path, times in paths.items() if times > 1]:
        yield f"“{twice[0]}” is the path of more than one tag, which are one in Taguette"
    if long := sum(len(path) > LONGEST_TAG for path in paths):
        yield (
            f"Taguette refuses paths longer than {LONGEST_TAG} characters, as {long:,} of these tags "
            "have"
        )
    if long := sum(len(described(tag)) > LONGEST_DESCRIPTION for tag in codebook.tags):
        yield (
            f"Taguette refuses descriptions longer than {LONGEST_DESCRIPTION:,} characters, as "
            f"{long:,} of these tags have"
        )


def read_taguette(sheet: Sheet, name: str, text: str, remarks: Remarks) -> Codebook:
    """Read such a table. name, text: as for read_table."""
    seed = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    lines = list(sheet.lines)
    paths = {line["tag"].strip() for line in lines}
    begun = Counter(above for path in paths for above in _above(path))
    nodes = {path: fields.made_up(seed, path) for path in paths}
    for path, times in begun.items():
        if times > 1 and path not in nodes:
            nodes[path] = fields.made_up(seed, path)
            remarks.add(
                "The tag “{name}” has no line of its own, and was made, since others begin with it.",
                "{count} tags have no lines of their own, and were made, since others begin with "
                "them; the first is “{name}”.",
                path,
            )
    tags = [
        (path, _tag(path, "", nodes[path], nodes, remarks)) for path in nodes if path not in paths
    ]
    counts: dict[str, int] = {}
    met: set[str] = set()
    for line in lines:
        path = line["tag"].strip()
        if not path:
            raise Unsound(f"line {line.number:,} names no tag.")
        again = path in met
        met.add(path)
        uuid = fields.made_up(seed, f"{path}\n{line.number}") if again else nodes[path]
        tags.append((path, _tag(path, line["definition"], uuid, nodes, remarks)))
        said = (line["count"] or line["highlights"]).strip()
        if not again and said.isascii() and said.isdigit() and len(said) < 16:
            counts[uuid] = int(said)
    # The path of a parent is a part of its child's, so that the shorter stands first.
    tags.sort(key=lambda placed: len(placed[0]))
    once, twice = joined(tag for _, tag in tags)
    for each in twice:
        remarks.add(*TWICE, each)
    settled = fields.settled(arranged(once), remarks)
    there = {tag.uuid for tag in settled}
    counts = {uuid: count for uuid, count in counts.items() if uuid in there}
    return Codebook(name, tags=tuple(settled), counts=counts, own_uuids=False)


def _above(path: str) -> Iterator[str]:
    """The parts of a path before each of its steps, the longest first."""
    steps = [step.start() for step in _STEP.finditer(path)]
    return (path[:step] for step in reversed(steps))


def _tag(
    path: str, description: str, uuid: str, nodes: Mapping[str, str], remarks: Remarks
) -> CodebookTag:
    above = next((each for each in _above(path) if each in nodes), None)
    rest = path if above is None else path[len(above) + 1 :]
    name, whole = shortened(rest, f"the tag “{path[:60]}”")
    if whole:
        remarks.add(*TOO_LONG, name)
    said = from_one_text(clean(description).strip(), name, remarks)
    return CodebookTag(
        uuid,
        name,
        nodes[above] if above is not None else None,
        aliases=said.aliases,
        definition="\n\n".join(filter(None, (whole, said.definition))),
        use_when=said.use_when,
        not_when=said.not_when,
        examples=said.examples,
    )
