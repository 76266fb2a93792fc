"""Where links lead, whatever kind of file they stand in."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from desktop_app.formats.extract import LINK_SCHEMES

_NOWHERE = re.compile(r"\w+:/*")
_LONGEST_TARGET = 4_000


def target_of(href: str | None, base: str | None) -> str | None:
    """Where a link leads; None for places in the file, scripts and relative ways to nowhere.

    base: the address that relative links are seen from.
    """
    if not href:
        return None
    href = href.strip()
    if href.startswith("#") or _NOWHERE.fullmatch(href):
        return None
    try:
        target = urljoin(base, href) if base else href
    except ValueError:
        return None
    target = "".join(target.split())
    lowered = target[:8].lower()
    if not lowered.startswith(LINK_SCHEMES) or len(target) > _LONGEST_TARGET:
        return None
    scheme, _, rest = target.partition(":")
    if not target.isprintable() or not rest.strip("/"):
        return None
    return f"{scheme.lower()}:{rest}"
