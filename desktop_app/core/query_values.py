"""What may stand behind the colon of a field, and what is said when something else does."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from desktop_app.core.query_days import read_added, read_after, read_before, read_date
from desktop_app.core.query_refused import ValueRefused
from desktop_app.core.query_tree import (
    Amount,
    Choice,
    FactField,
    FactValue,
    Name,
    Special,
    TagValue,
)
from desktop_app.core.tag_paths import split_tag_path
from desktop_app.core.words import fold, words

STATES = (
    "unread", "reading", "read", "starred", "tagged", "untagged", "inbox", "duplicate", "lost",
    "trash",
)  # fmt: skip
POSSESSIONS = ("date", "author", "source", "url", "language", "tag", "highlight", "note")

MEDIA_TYPES: Mapping[str, frozenset[str]] = {
    "text": frozenset({"text/plain"}),
    "markdown": frozenset({"text/markdown"}),
    "html": frozenset({"text/html", "application/xhtml+xml"}),
    "pdf": frozenset({"application/pdf"}),
    "epub": frozenset({"application/epub+zip"}),
    "docx": frozenset({"application/vnd.openxmlformats-officedocument.wordprocessingml.document"}),
    "odt": frozenset({"application/vnd.oasis.opendocument.text"}),
    "rtf": frozenset({"text/rtf"}),
    "mail": frozenset({"message/rfc822"}),
    "mhtml": frozenset({"multipart/related"}),
}
_TYPE_ALIASES = {
    "txt": "text", "plain": "text", "md": "markdown", "htm": "html", "xhtml": "html",
    "word": "docx", "doc": "docx", "eml": "mail", "email": "mail", "mbox": "mail", "mht": "mhtml",
}  # fmt: skip

_LANGUAGES = {
    "arabic": "ar", "chinese": "zh", "danish": "da", "dutch": "nl", "english": "en",
    "finnish": "fi", "french": "fr", "german": "de", "hebrew": "he", "hungarian": "hu",
    "italian": "it", "kurdish": "ku", "norwegian": "no", "persian": "fa", "polish": "pl",
    "portuguese": "pt", "romanian": "ro", "russian": "ru", "spanish": "es", "swedish": "sv",
    "turkish": "tr", "ukrainian": "uk",
}  # fmt: skip

_CODE = re.compile(r"[a-z]{2,3}")
_NUMBER = re.compile(r"[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3}")
_COMPARED = re.compile(r"(>=|<=|>|<|=)(.*)")


def read_value(name: str, value: str, *, quoted: bool, exact: bool) -> tuple[FactField, FactValue]:
    """Read the value of a known field.

    quoted: whether any of it stood in quotes. exact: whether it starts with a bare equals sign.

    Raises ValueRefused.
    """
    field, reader = _READERS[name]
    if field in TAG_FIELDS:
        return field, _read_tag(name, value, quoted=quoted, exact=exact)
    return field, reader(name, value.strip(), quoted)


def _read_tag(name: str, value: str, *, quoted: bool, exact: bool) -> FactValue:
    if value == "none" and not quoted:
        return Special.NONE
    collection, names = split_tag_path(value[1:] if exact else value)
    if not names:
        raise ValueRefused(f"“{name}:” needs the name of a tag, such as {name}:place/Syria.")
    return TagValue(names, collection, exact)


def _read_name(name: str, value: str, quoted: bool) -> FactValue:
    if value == "none" and not quoted:
        return Special.NONE
    return _read_words(name, value, quoted)


def _read_words(name: str, value: str, quoted: bool) -> FactValue:
    if "*" in value[:-1] and not quoted:
        raise ValueRefused(
            f"“{name}:{value}”: * stands only at the end of what “{name}:” looks for, "
            f"as in {EXAMPLES[name]}*; words in the middle of it are found without."
        )
    forms = tuple(words(value))
    if not forms:
        raise ValueRefused(f"“{name}:” needs a name, such as {name}:guardian.")
    return Name(forms, prefix=value.endswith("*") and not quoted)


def _read_amount(name: str, value: str, quoted: bool) -> FactValue:
    if compared := _COMPARED.fullmatch(value):
        number = _read_number(name, value, compared[2])
        return {
            ">=": Amount(number, None),
            ">": Amount(number + 1, None),
            "<=": Amount(None, number),
            "<": Amount(None, number - 1),
            "=": Amount(number, number),
        }[compared[1]]
    least, found, most = value.partition("..")
    if not found:
        number = _read_number(name, value, value)
        return Amount(number, number)
    if not (least or most):
        raise ValueRefused(f"“{name}:..” has no number at either end: {_amounts(name)}.")
    first = _read_number(name, value, least) if least else None
    last = _read_number(name, value, most) if most else None
    if first is not None and last is not None and first > last:
        raise ValueRefused(f"“{name}:{value}” ends before it begins: write {name}:{most}..{least}.")
    return Amount(first, last)


def _read_number(name: str, value: str, digits: str) -> int:
    if not _NUMBER.fullmatch(digits.strip()):
        raise ValueRefused(f"“{name}:{value}” is not a number: {_amounts(name)}.")
    return int(digits.strip().replace(",", ""))


def _amounts(name: str) -> str:
    return f"write {name}:>800, {name}:<=800, {name}:500..800 or {name}:3"


def _read_state(name: str, value: str, quoted: bool) -> FactValue:
    return _choose(name, fold(value), STATES)


def _read_possession(name: str, value: str, quoted: bool) -> FactValue:
    return _choose(name, fold(value), POSSESSIONS)


def _read_language(name: str, value: str, quoted: bool) -> FactValue:
    code = fold(value)
    if code == Special.NONE:
        return Special.NONE
    code = _LANGUAGES.get(code, code).partition("-")[0]
    if not _CODE.fullmatch(code):
        raise ValueRefused(
            f"“{name}:{value}” is not a language: write lang:en, lang:de or lang:none."
        )
    return Choice(code)


def _read_type(name: str, value: str, quoted: bool) -> FactValue:
    kind = fold(value)
    kind = _TYPE_ALIASES.get(kind, kind)
    for short, full in MEDIA_TYPES.items():
        if kind in full:
            kind = short
    return _choose(name, kind, tuple(MEDIA_TYPES), typed=value)


def _choose(name: str, value: str, choices: tuple[str, ...], *, typed: str | None = None) -> Choice:
    if value in choices:
        return Choice(value)
    listed = ", ".join(f"{name}:{choice}" for choice in choices[:-1])
    raise ValueRefused(
        f"“{name}:{value if typed is None else typed}” is not known: "
        f"write {listed} or {name}:{choices[-1]}."
    )


_READERS: Mapping[str, tuple[FactField, Callable[[str, str, bool], FactValue]]] = {
    "author": (FactField.AUTHOR, _read_name),
    "source": (FactField.SOURCE, _read_name),
    "tag": (FactField.TAG, _read_name),
    "doctag": (FactField.DOCTAG, _read_name),
    "hltag": (FactField.HLTAG, _read_name),
    "file": (FactField.FILE, _read_words),
    "words": (FactField.WORDS, _read_amount),
    "highlights": (FactField.HIGHLIGHTS, _read_amount),
    "date": (FactField.DATE, read_date),
    "after": (FactField.DATE, read_after),
    "before": (FactField.DATE, read_before),
    "added": (FactField.ADDED, read_added),
    "is": (FactField.IS, _read_state),
    "has": (FactField.HAS, _read_possession),
    "lang": (FactField.LANG, _read_language),
    "type": (FactField.TYPE, _read_type),
}

TAG_FIELDS = frozenset({FactField.TAG, FactField.DOCTAG, FactField.HLTAG})
FACT_FIELDS = frozenset(_READERS)
EXAMPLES: Mapping[str, str] = {
    "author": "author:chulov", "source": "source:guardian", "tag": "tag:place/Syria",
    "date": "date:2016-03", "after": "after:2016-03", "before": "before:2016", "added": "added:7d",
    "is": "is:unread", "has": "has:date", "lang": "lang:en", "type": "type:html",
    "title": "title:raqqa", "text": "text:raqqa", "note": "note:check", "quote": "quote:raqqa",
    "name": "name:tabqa", "doctag": "doctag:place/Syria", "hltag": "hltag:place/Syria",
    "file": "file:report", "words": "words:>800", "highlights": "highlights:>=3",
}  # fmt: skip
