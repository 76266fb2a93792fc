"""Random lines as a person, a pasted page or a cat on the keys would type them."""

from __future__ import annotations

import random

PIECES = [
    "raqqa", "Mosul", "état", "al-Adnani", "don't", "OR", "or", "AND", "NOT", "|", "-", "--",
    "(", ")", '"', "“", "”", "’", "–", "*", "bomb*", "title:", "text:", "tag:", "tag:=", "#", "#isis",
    "tag:none", 'tag:"thesis ch3"::siege', "author:", "source:the", "date:2016", "date:2016-13",
    "date:03/04/2016", "after:9999", "before:0001", "is:unread", "is:red", "lang:en", "type:html",
    "foo:bar", "https://example.org/a_(b)?c=d", " ", "  ", "\n", "\\", '\\"', "::", "/", "℡", "𝐎𝐑",
    "İ", "ß", "=", "~", "NEAR/8", "~8", "\ud800", "\0", ":", "has:date", "added:7d", "=IS", "~2", "?",
    "NEAR/0", "BEFORE/3", "NEAR/1001", "NEAR/99999999999999999999", "NEAR", "NEAR/", "BEFORE",
    "near/8", "adnani~", "adnani~3", '"tabqa dam"~8', '"a b"~', '"a"~3', "al-adnani~2", "bomb*~",
    "organi?ation", "*bomb", "b*m?b", "??", "wom?n's", '="Islamic State"', "=al-Adnani", "=bomb*",
    "name:", "name:tabqa", 'name:"abu bakr"', "name:(", "note:", "quote:x", "doctag:a/b", "hltag:none",
    "file:report", "words:>800", "words:800..5", "highlights:>=3", "is:duplicate", "find:passages",
    "find:x", "dup:all", "dup:", "sort:-date", "sort:x", "sort:title", "in:all", "in:x", "in:",
    "same:passage(", "same:passage", "same:x", "½", "⁇", "（", "：", "＝", "＊", "x＊y", "title:(", "tag:(",
    "e\u0301", "𝐍𝐄𝐀𝐑/8", "ﷺ", "title:=IS", "text:https://a.b?c", "date:March", "ﬀ*", "Ⅳ", "_x_",
]  # fmt: skip


def random_text(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.5:
        return " ".join(chance.choices(PIECES, k=chance.randint(0, 9)))
    if kind < 0.8:
        return "".join(chance.choices(PIECES, k=chance.randint(0, 8)))
    if kind < 0.9:
        text = list(" ".join(chance.choices(PIECES, k=chance.randint(1, 20))))
        for _ in range(chance.randint(1, 6)):
            text[chance.randrange(len(text))] = chance.choice(["", "(", ")", '"', ":", "~", "x"])
        return "".join(text)
    limits = (0x7F, 0x3000, 0x10FFFF)
    return "".join(
        chr(chance.randint(32, chance.choice(limits))) for _ in range(chance.randint(0, 30))
    )
