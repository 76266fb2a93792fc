"""What hangs at the end of a scraped page: the readers' comments, and lists of other articles.

A tail goes to the end of the text or is none: long prose in it that nothing marks as a comment
means that the article goes on, and then the rule keeps its hands off.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop_app.core.lines import Line

_HEAD = re.compile(
    r"(?:(?:#|no|join|the|leave|post|add|write|submit|view|show|hide|all|most|recent|latest|top|reader"
    r"|readers|s|user|your|our|a|an|new|one|two|three) ){0,4}"
    r"(?:comments?|replies|(?:leave|post|write) (?:a|your) reply|responses?|thoughts|leserkommentare|kommentare?|commentaires?"
    r"|comentarios?|commenti|reacties|discussion)"
    r"(?: (?:#|closed|policy|section|(?:are|is|have|has) .{0,60}|(?:on|to|for|about|zu|sur|sobre|su)"
    r" .{1,170}))?"
)
_MARK = re.compile(
    r"(?:reply(?: to .{1,40})?|report(?: abuse| comment| this comment| as inappropriate| spam)?"
    r"|flag(?: as inappropriate| comment)?|(?:log in|login|sign in) to (?:reply|comment)"
    r"|permalink reply|upvote|downvote|like(?: #)? reply|# likes? reply|reply quote"
    r"|reply share|share reply|in reply to .{1,40}|recommend(?: #)?|# recommends?|edited"
    r"|# points? .{0,40}ago|.{1,40} (?:says?|said|wrote|commented)(?: (?:on )?.{0,40}#.{0,30})?"
    r"|antworten|kommentar melden|melden|repondre|signaler(?: un abus)?|responder|denunciar"
    r"|rispondi|segnala|beantwoorden|reageer|denuncie|report abuse reply|reply report abuse)"
)
_REPLY = re.compile(
    r"(?:reply(?: to .{1,40})?|report(?: abuse| comment| this comment)?|flag.{0,20}"
    r"|(?:log in|login|sign in) to reply|like(?: #)?(?: reply)?|antworten|repondre|responder|rispondi"
    r"|beantwoorden|(?:reply )?share(?: reply)?)"
)
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_WHEN = re.compile(
    rf"(?:.{{1,40}} )?(?:# (?:sec(?:ond)?s?|min(?:ute)?s?|h(?:ou)?rs?|h|days?|d|w(?:eek)?s?|mo(?:nth)?s?"
    rf"|y(?:ea)?rs?) ago(?: edited)?|(?:{_MONTH}) #(?: at #)?(?: [ap]m)?(?: #)?|# (?:{_MONTH}) #"
    rf"(?: (?:at )?#(?: [ap]m)?)?|vor # (?:minuten?|stunden?|tage?n?)|il y a # \w+|hace # \w+"
    rf"|# \w+ geleden|# \w+ fa)(?: reply| permalink)?"
)
_RELATED_HEAD = re.compile(
    r"(?:related(?: articles?| stories| posts?| content| news| topics| links| coverage)?|more (?:from .{1,60}|on this(?: story| topic)?"
    r"|stories|news|like this)|recommended(?: for you| reading| stories| articles)?|most (?:read|popular|viewed)"
    r"|you (?:may|might) also (?:like|be interested in)|read (?:more|next|also)|latest (?:news|stories|posts|articles)"
    r"|(?:popular|recent|similar|other) (?:posts?|articles?|stories|news)|top stories|trending(?: now)?|what to read next"
    r"|around the web|from (?:around )?the web|from our partners|promoted (?:stories|content)|mehr zum thema"
    r"|das konnte sie auch interessieren|auch interessant|sur le meme sujet|noticias relacionadas"
    r"|articulos relacionados|articoli correlati|gerelateerde artikelen|about the authors?)"
)

_PROSE = 100  # letters of a line that is prose rather than a label
_GAP = 1_800  # letters of prose without any mark of a comment
_UNMARKED = 400  # letters of a tail in which nothing marks a comment
_TITLE = 170  # letters of a line in a list of other articles


def comments_from(lines: Sequence[Line], taken: Sequence[bool]) -> int | None:
    """The number of the line with which the readers' comments begin; None where there are none.

    taken: which lines are folded already.
    """
    marks = [bool(line.line) and _is_mark(line) for line in lines]
    threads = _threads(lines, marks)
    head: int | None = None
    prose_before = prose_since = 0
    for number, line in enumerate(lines):
        if (
            prose_before >= _PROSE
            and line.line
            and _HEAD.fullmatch(line.line)
            and threads[number + 1]
        ):
            # One above the article leads to the one below it: prose without a mark lies between.
            if head is None or prose_since:
                head, prose_since = number, 0
        elif head is not None and marks[number]:
            return head
        if not taken[number] and len(line.text) >= _PROSE:
            prose_before += len(line.text)
            prose_since += len(line.text)
    if head is not None:
        return head
    return _thread_without_head(lines, marks, threads)


def _is_mark(line: Line) -> bool:
    text = line.line
    return len(text) <= 110 and (
        _MARK.fullmatch(text) is not None or _WHEN.fullmatch(text) is not None
    )


def _threads(lines: Sequence[Line], marks: Sequence[bool]) -> list[bool]:
    """For each line, and for the end, whether what begins there is comments up to the end."""
    found = [True]
    letters = gap = widest = 0
    marked = prose = False
    for line, mark in zip(reversed(lines), reversed(marks), strict=True):
        if mark:
            gap, marked = 0, True
        else:
            letters += len(line.text)
            gap += len(line.text)
            widest = max(widest, gap)
            prose = prose or len(line.text) >= _PROSE
        found.append(widest <= _GAP and (marked or (letters <= _UNMARKED and not prose)))
    return found[::-1]


def _thread_without_head(
    lines: Sequence[Line], marks: Sequence[bool], threads: Sequence[bool]
) -> int | None:
    """Find comments that no heading announces: at least three with the same link below each."""
    first: dict[str, tuple[int, int]] = {}
    for number, line in enumerate(lines):
        if marks[number] and _REPLY.fullmatch(line.line):
            start, count = first.get(line.line, (number, 0))
            first[line.line] = (start, count + 1)
    starts = [start for start, count in first.values() if count >= 3]
    if not starts:
        return None
    start = min(starts)
    if not threads[start]:
        return None
    begin = start
    for number in range(start - 1, max(start - 8, -1), -1):
        if marks[number]:
            begin = number
            if number and _is_name(lines[number - 1]) and _WHEN.fullmatch(lines[number].line):
                begin = number - 1
    before = sum(len(line.text) for line in lines[:begin] if len(line.text) >= _PROSE)
    return begin if before >= _PROSE else None


def _is_name(line: Line) -> bool:
    return len(line.text) <= 40 and not line.text.endswith((".", "!", "?", ":", "”", '"'))


def related_from(lines: Sequence[Line], end: int, taken: Sequence[bool]) -> int | None:
    """The number of the line with which a list of other articles begins that ends the text.

    end: the number of the line where the comments begin, or how many lines there are.
    """
    for number in range(end - 1, -1, -1):
        line = lines[number]
        if taken[number]:
            continue
        if len(line.text) > _TITLE or _is_prose(line.text):
            return None
        if line.line and _RELATED_HEAD.fullmatch(line.line):
            before = sum(len(one.text) for one in lines[:number] if len(one.text) >= _PROSE)
            return number if before >= 2 * _PROSE else None
    return None


def _is_prose(text: str) -> bool:
    return len(text) > 60 and text.rstrip("”\"'’)»").endswith((".", "!", "?", "…", ":"))
