"""The lines of a plan: a tag of a codebook, what is known of it here, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.core.codebook import CodebookTag
from desktop_app.core.model import Tag
from desktop_app.library.codebooks.differences import Difference


class LineKind(StrEnum):
    """What a tag of a codebook is to this library."""

    NEW = "new"
    SAME = "same"  # nothing that is said here is said otherwise there
    RENAMED = "renamed"  # the same tag by another name
    CONFLICT = "conflict"  # something is said otherwise, or the name is another tag's
    MERGED = "merged"  # it went up in another tag, here or there


class Choice(StrEnum):
    """What is to become of a tag of a codebook."""

    ADD = "add"
    LEAVE = "leave out"
    KEEP = "keep"  # the library's stays as it is
    FILL = "fill in"  # and gets what it says nothing of
    TAKE = "take"  # what the codebook says takes the place of what is here
    BESIDE = "add beside"  # both stay, the codebook's by a name of its own


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A tag of a codebook. known: the tag here that it is, or stands in its way.

    says: what it is, a sentence. choices: the first is the one that is taken where nothing is
    chosen. after: the tag as it will be (of an id below 0 where it is made), None where no tag is
    made or changed. stands: the id of the tag that it is from then on; None where it is left out.
    """

    kind: LineKind
    tag: CodebookTag
    path: str
    known: Tag | None
    says: str
    choices: tuple[Choice, ...]
    chosen: Choice
    differences: tuple[Difference, ...] = ()
    after: Tag | None = None
    stands: int | None = None


def listed(words: Sequence[str]) -> str:
    """Write words one after another, “and” before the last."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
