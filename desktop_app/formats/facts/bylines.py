"""Names of people and of outlets, as they stand in bylines."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PARTICLES = re.compile(
    "van|von|der|den|de|del|della|di|da|dos|du|la|le|el|al|bin|ibn|bint|abu|ben|y|ter|ten|zu"
)
_OUTLET = re.compile(
    r"\b(?:Reuters|AFP|AP|BBC|CNN|NPR|UPI|DPA|dpa|EFE|ANSA|TASS|Xinhua|Bellingcat|Al Jazeera|Press"
    r"|Agency|Agence|News|Newsroom|Times|Post|Guardian|Telegraph|Independent|Tribune|Herald|Journal"
    r"|Gazette|Chronicle|Daily|Weekly|Magazine|Review|Observer|Network|Institute|Foundation|Centre"
    r"|Center|University|Zeitung|Spiegel|Monde|Figaro)\b"
)
_DESK = re.compile(
    r"(?i)\b(?:team|staff|editors?|editorial|desk|reporters?|correspondents?|board)\b"
)
_NOBODY = frozenset(
    {
        "",
        "admin",
        "administrator",
        "staff",
        "editor",
        "editors",
        "webmaster",
        "user",
        "guest",
        "author",
        "editorial",
    }
)
_ROLE = re.compile(
    r"(?i)\b(?:writer|reporter|editor|correspondent|columnist|contributor|author|ph\.?d)\b"
)
_BETWEEN = re.compile(r"\s*(?:[,;&]|\b(?:and|und|et|y)\b)\s*")
_BEHIND = re.compile(
    r"\s+(?:in|at|for|on|from|of|aus|pour|à|with|contributed|is|was|has|reports?|updated|published)\b"
    r"|\s*[|•·:()\[\]]|\s+[-–—]+\s|\d|https?:|@"
)
_WORD = re.compile(r"[^\W\d_][\w.'’-]*\.?", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote it, and for whom; empty and None where the line does not say."""

    people: tuple[str, ...] = ()
    outlet: str | None = None


def read_byline(text: str) -> Byline:
    """Read what follows "By": names up to the first piece that is none."""
    people: list[str] = []
    outlet: str | None = None
    cut = _BEHIND.search(text)
    for piece in _BETWEEN.split(text[: cut.start()] if cut else text):
        name = piece.strip().rstrip(".") if not piece.strip().endswith("Jr.") else piece.strip()
        if not name:
            continue
        if is_outlet(name):
            outlet = outlet or outlet_of(name)
            if _DESK.search(name) and not people:
                people.append(name)
        elif is_person(name):
            people.append(calm(name))
        else:
            break
    return Byline(tuple(people), outlet)


def is_person(name: str) -> bool:
    """Tell whether this could be somebody's name: one to five words with capitals."""
    words = name.split()
    if _ROLE.search(name):
        return False
    if not 1 <= len(words) <= 6 or len(name) > 60 or is_nobody(name):
        return False
    proper = 0
    for word in words:
        if not _WORD.fullmatch(word):
            return False
        if word[0].isupper() or not word[0].islower():
            proper += 1
        elif not _PARTICLES.fullmatch(word.lower()) and not re.match(
            r"(?:al|el|as|ad|ash|an)-\w|d['’]", word
        ):
            return False
    return proper >= 1


def is_nobody(name: str) -> bool:
    """Tell whether this is the name of an account rather than of a person: "admin", "kevin-r"."""
    return name.lower() in _NOBODY or (name.isascii() and name.islower() and " " not in name)


def is_outlet(name: str) -> bool:
    """Tell whether this is the name of a paper, an agency, or of somebody's team."""
    if _OUTLET.search(name):
        return True
    desk = _DESK.search(name)
    return bool(desk and desk.start() > 0 and name[0].isupper() and len(name.split()) <= 5)


def outlet_of(name: str) -> str | None:
    """The outlet itself: "ICSR Team" and "AP Sports Writer" to ICSR and AP.

    None where a desk stands alone.
    """
    if _ROLE.search(name):
        found = _OUTLET.search(name)
        return found[0] if found else None
    return _DESK.sub("", name).strip(" ,-") or None


def calm(name: str) -> str:
    """Write JANE DOE in the manner of everybody else; short all-capital names are left."""
    if name.isupper() and " " in name:
        return " ".join(part.capitalize() if len(part) > 2 else part for part in name.split())
    return name
