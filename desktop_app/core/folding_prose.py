"""Tell a sentence of an author from a line that a phrase of the product with a star stands for.

A star takes any words, so a sentence that begins as boilerplate does would be folded with it.
"""

from __future__ import annotations

import re

from desktop_app.core.folding_phrases import BUILT_IN
from desktop_app.core.folding_rules import ADVERT, COOKIES, COPYRIGHT, CREDIT, Phrase

_BUILT_IN = frozenset(phrase.phrase for phrase in BUILT_IN)
_MOST_TAKEN = 3  # words that stars may take of any sentence
_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*$")
_WORD = re.compile(r"[^\W_]+")
_SAID = re.compile(
    r"\b(?:said|says|told|wrote|added|warned|announced|claimed|insisted|declared|urged|explained"
    r"|replied|recalled|testified)\b",
    re.IGNORECASE,
)
# What speaks to the reader of a page, or of the page itself.
_TO_THE_READER = re.compile(
    r"@|\b(?:you|your|our|us|we|me|my|here|below|above|page|site|website|article|newsletters?|inbox"
    r"|e-?mails?|mailing|subscribers?|subscriptions?|unsubscri\w+|sign|log|please|click|download\w*"
    r"|browser|app|comm?ent\w*|kommentar\w*|podcasts?|twitter|facebook|instagram"
    r"|advert\w*|sie|ihre?n?|uns\w*|vous|votre|vos|nous|notre|nos|tu|te|tus|nuestr\w+|vostr\w+"
    r"|nostr\w+|je|jouw|uw|ons|onze|voc[eê]|seus?|suas?|noss\w+)\b",
    re.IGNORECASE,
)
_ALL_RIGHTS = re.compile(r"(?i:\brights reserved\b)(?!\s*(?:$|[^\w\s]|[A-Z©\d]))")
_UNTOUCHED = frozenset({COOKIES, CREDIT, ADVERT})


def is_prose(text: str, phrase: Phrase) -> bool:
    """Whether a line that a phrase stands for is a sentence of the text after all."""
    if "*" not in phrase.phrase or phrase.phrase not in _BUILT_IN or phrase.kind in _UNTOUCHED:
        return False
    text = text.strip()
    if phrase.kind == COPYRIGHT:
        return bool(_ALL_RIGHTS.search(text))
    if not _SENTENCE.search(text):
        return False
    if _SAID.search(text):
        return True
    taken = len(_WORD.findall(text)) - len(_WORD.findall(phrase.phrase))
    if taken <= _MOST_TAKEN:
        return False
    # A label before a headline: headlines end with no full stop.
    return phrase.phrase.endswith(": *") or not _TO_THE_READER.search(text)
