"""The fields of a tag as files say them: taken as they are, or remarked on and left out."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Collection, Sequence
from dataclasses import replace

from desktop_app.core.codebook import CodebookTag
from desktop_app.core.errors import BadUsage
from desktop_app.core.tag_aliases import Alias, AliasKind, is_language
from desktop_app.core.tag_looks import MOST_LETTERS, Pattern
from desktop_app.core.tag_names import LONGEST_NAME, checked_name
from desktop_app.core.text import one_line
from desktop_app.core.words import name_key
from desktop_app.library.codebooks.remarks import Remarks

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_COLOUR = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})")


def uuid_of(raw: str) -> str | None:
    """A uuid in its usual form, also of one in braces or in capitals; None for what is none."""
    if _UUID.fullmatch(raw):
        return raw
    try:
        return str(uuid.UUID(raw.strip()))
    except ValueError:
        return None


def made_up(content: str, place: str) -> str:
    """A uuid for a tag of a file that names none: the same for the same place of the same file."""
    digest = hashlib.sha256(f"{content}\0{place}".encode("utf-8", "replace")).digest()
    return str(uuid.UUID(bytes=digest[:16], version=4))


def colour_of(raw: str, name: str, remarks: Remarks) -> str:
    """A colour as `#rrggbb`, "" where there is none. name: of the tag."""
    colour = raw.strip().lower()
    if not _COLOUR.fullmatch(colour):
        if colour:
            remarks.add(
                "The colour of “{name}” is not written like #4580b5, and was left out.",
                "The colours of {count} tags are not written like #4580b5, and were left out; "
                "the first is that of “{name}”.",
                name,
            )
        return ""
    return colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:])


def pattern_of(raw: str, name: str, remarks: Remarks) -> Pattern:
    """A pattern; plain where it is not said, or not known."""
    said = raw.strip().lower()
    if not said or said in set(Pattern):
        return Pattern(said or Pattern.PLAIN)
    remarks.add(
        "The pattern of “{name}” is not known here, and was left out.",
        "The patterns of {count} tags are not known here, and were left out; "
        "the first is that of “{name}”.",
        name,
    )
    return Pattern.PLAIN


def letters_of(raw: str, name: str, remarks: Remarks) -> str:
    """The letters that stand for a tag; "" for those of its name."""
    letters = one_line(raw)
    if len(letters) <= MOST_LETTERS:
        return letters
    remarks.add(
        "The letters of “{name}” are more than two, and were left out.",
        "The letters of {count} tags are more than two, and were left out; "
        "the first are those of “{name}”.",
        name,
    )
    return ""


def key_of(raw: str, name: str, remarks: Remarks) -> int | None:
    """The digit that gives a tag; None for none."""
    said = raw.strip()
    if not said or (len(said) == 1 and said in "123456789"):
        return int(said) if said else None
    remarks.add(
        "The key of “{name}” is not a digit from 1 to 9, and was left out.",
        "The keys of {count} tags are not digits from 1 to 9, and were left out; "
        "the first is that of “{name}”.",
        name,
    )
    return None


def alias_of(raw: str, kind: str, language: str, name: str, remarks: Remarks) -> Alias | None:
    """Another name of a tag; None for a blank one, and for one that cannot be a name."""
    try:
        alias = checked_name(raw)
    except BadUsage:
        if one_line(raw):
            remarks.add(
                f"An alias of “{{name}}” is longer than {LONGEST_NAME} characters or has no letter, "
                "and was left out.",
                f"{{count}} aliases are longer than {LONGEST_NAME} characters or have no letter, "
                "and were left out; the first is one of “{name}”.",
                name,
            )
        return None
    if not is_language(language):
        remarks.add(
            "The language of an alias of “{name}” is not written like “ar” or “ckb”, and was left "
            "out.",
            "The languages of {count} aliases are not written like “ar” or “ckb”, and were left "
            "out; the first is of one of “{name}”.",
            name,
        )
        language = ""
    if kind not in set(AliasKind):
        remarks.add(
            "What an alias of “{name}” is to it is not known here; it is a plain alias now.",
            "What {count} aliases are to their tags is not known here; they are plain ones now. "
            "The first is one of “{name}”.",
            name,
        )
        return Alias(alias, language=language)
    return Alias(alias, AliasKind(kind), language)


def once_each(aliases: Sequence[Alias | None]) -> tuple[Alias, ...]:
    """The aliases that there are, each name once."""
    found: dict[str, Alias] = {}
    for alias in aliases:
        if alias is not None:
            found.setdefault(name_key(alias.name) or alias.name, alias)
    return tuple(found.values())


def settled(tags: Sequence[CodebookTag], remarks: Remarks) -> list[CodebookTag]:
    """Take out what leads nowhere: links to tags that are not there, and a digit given twice."""
    known = {tag.uuid for tag in tags}
    keys: set[int] = set()
    formerly: set[str] = set()
    done: list[CodebookTag] = []
    for tag in tags:
        key = tag.key
        if key is not None and key in keys:
            remarks.add(
                "The key of “{name}” is that of another tag, and was left out.",
                "The keys of {count} tags are those of others, and were left out; "
                "the first is that of “{name}”.",
                tag.name,
            )
            key = None
        elif key is not None:
            keys.add(key)
        former = tuple(each for each in tag.formerly if each not in known and each not in formerly)
        formerly.update(former)
        related = _there(tag.related, tag.uuid, known)
        opposite = _there(tag.opposite, tag.uuid, known)
        if (former, related, opposite) != (tag.formerly, tag.related, tag.opposite):
            remarks.add(
                "What “{name}” is linked to is not all in the file; those links were left out.",
                "What {count} tags are linked to is not all in the file; those links were left "
                "out. The first is “{name}”.",
                tag.name,
            )
        done.append(replace(tag, key=key, formerly=former, related=related, opposite=opposite))
    return done


def _there(links: Sequence[str], own: str, known: Collection[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in links if each in known and each != own))
