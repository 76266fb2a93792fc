"""What verifying says: findings in sentences, and what would put each right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Mending(StrEnum):
    """What puts a finding right."""

    INDEXES = "indexes"
    TRIGGERS = "triggers"
    KEYS = "keys"
    NAME_KEYS = "name keys"
    ORIGINAL_ROWS = "original rows"
    UNUSED_ROWS = "unused rows"
    TAGGINGS = "taggings"
    LEFTOVERS = "leftovers"
    ACTIVE = "active"
    TAG_PLACES = "tag places"
    TAG_LOOKS = "tag looks"
    TAG_LINKS = "tag links"
    TAG_COUNTS = "tag counts"
    HIGHLIGHTS = "highlights"
    PLACES = "places"
    DIGESTS = "digests"
    SEARCHES = "searches"
    FAMILIES = "families"
    CONCORDANCES = "concordances"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be. what, hint: whole sentences.

    mending: what would put it right, None where nothing can without a loss.
    """

    what: str
    hint: str
    mending: Mending | None = None

    @property
    def repairable(self) -> bool:
        return self.mending is not None


def there_are(number: int, thing: str) -> str:
    """Begin a sentence about so many things."""
    return f"There is 1 {thing}" if number == 1 else f"There are {number:,} {thing}s"
