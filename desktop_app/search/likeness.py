"""Words of the library that are like one being typed, each with how many documents hold it.

Counted is what the word itself finds, in title, text and notes, outside folded parts; documents in
the trash are counted too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from heapq import nsmallest

from desktop_app.core.words import fold
from desktop_app.search.schema import BODY, NOTES, TITLE
from desktop_app.search.segment import Segment
from desktop_app.search.vocabulary import Vocabulary

_FIELDS = (TITLE, BODY, NOTES)


def near_spellings(
    form: str, limit: int, segments: Sequence[Segment], vocabulary: Vocabulary
) -> list[tuple[str, int]]:
    """Words that may be other spellings of a word, the likest first."""
    near: list[tuple[str, int]] = []
    # Some of the vocabulary may stand nowhere any more.
    for each, _ in vocabulary.near(fold(form), 4 * limit):
        count = documents(each, segments)
        if count:
            near.append((each, count))
            if len(near) == limit:
                break
    return near


def beginning_with(
    beginning: str, limit: int, segments: Sequence[Segment]
) -> list[tuple[str, int]]:
    """The words that begin so, those of most documents first."""
    wanted = fold(beginning)
    there: Counter[str] = Counter()
    for segment in segments:
        for field in _FIELDS:
            for word, postings in segment.beginning_with(field, wanted):
                there[word] += postings.count
    # At least as many documents as hold it: a few more than wanted, and these counted.
    likely = nsmallest(2 * limit, there.items(), key=lambda pair: (-pair[1], pair[0]))
    counted = [(word, documents(word, segments)) for word, _ in likely]
    counted.sort(key=lambda pair: (-pair[1], pair[0]))
    return [pair for pair in counted if pair[1]][:limit]


def documents(form: str, segments: Sequence[Segment]) -> int:
    """How many documents hold a word."""
    count = 0
    for segment in segments:
        standing = [
            postings for field in _FIELDS if (postings := segment.postings(field, form)) is not None
        ]
        if len(standing) == 1 and not segment.deleted:
            count += standing[0].count
        elif standing:
            held = {document for postings in standing for document in postings.documents()}
            count += len(held - segment.deleted)
    return count
