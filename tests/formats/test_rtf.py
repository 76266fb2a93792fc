"""RTF: what a person would see in it comes out, whatever wrote it."""

import random

import pytest

from desktop_app.core.model import FactName
from desktop_app.core.text import BlockKind, SpanKind, canonical_of
from desktop_app.core.words import words
from desktop_app.formats.extract import Refused
from desktop_app.formats.file import File
from desktop_app.formats.limits import Limits
from desktop_app.formats.office.rtf.reader import read_rtf
from desktop_app.formats.sentences import CUT_SHORT
from tests.formats.office_for_tests import PNG

LIMITS = Limits()


def reading(inner):
    raw = inner.encode("latin-1") if isinstance(inner, str) else inner
    return read_rtf(File(b"{\\rtf1\\ansi " + raw + b"}", "a.rtf"), LIMITS)


def text(inner):
    return canonical_of(reading(inner).blocks)[0]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (r"one\par two\line three", "one\ntwo\nthree"),
        (r"\'fcber", "über"),
        (r"\ansicpg1251 \'ef\'f0\'e8\'e2\'e5\'f2", "привет"),
        (r"{\fonttbl{\f0\fcharset238 Arial CE;}}\f0 \'f8", "ř"),
        (r"{\fonttbl\f0\fcharset161 Arial;}\f0 \'e1", "α"),
        (r"{\fonttbl{\f0\fcharset128 MS;}}\f0 \'83e\'83X", "テス"),
        (r"{\fonttbl{\f0\fcharset134 S;}}\f0 \'d6\'d0\'ce\'c4", "中文"),
        (r"{\fonttbl{\f0\fcharset129 B;}}\f0 \'c7\'d1", "한"),
        (r"{\fonttbl{\f0\fcharset2 Symbol;}}\f0 abg", "αβγ"),
        (r"{\fonttbl{\f0\fcharset2 Wingdings;}}\f0\'fc", "✓"),
        (r"\u8212?a", "—a"),
        (r"\uc2\u24180\'94\'4e!", "年!"),
        (r"\uc0\u233 a{\uc1\u233 e}", "éaé"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"\u-3913?", "•"),
        ("raw \xc3\xa9 in UTF-8", "raw é in UTF-8"),
        ("raw \xe9 in Latin", "raw é in Latin"),
        (r"\{a\}\\b\~c\_d", "{a}\\b\xa0c\u2011d"),
        (r"\ldblquote x\rdblquote\emdash y", "“x”—y"),
        (r"a{\*\unknown b}c", "ac"),
        (r"a\*\cs7 b", "ab"),
        (r"{\upr{x}{\*\ud{y}}}", "y"),
        (r"a{\v b}c{\deleted d}e", "ace"),
        (r"{\header h}a{\footer f}", "a"),
        ("a\\\nb", "a\nb"),
        (r"a\bin3 }}}b", "ab"),
    ],
)
def test_text_is_decoded_as_whoever_wrote_it_meant(inner, expected):
    assert text(inner) == expected


def test_letters_that_cannot_be_read_are_shown_and_said():
    found = reading(r"a\u-10240?b")
    assert found.blocks[0].text == "a\ufffdb"
    assert found.warning == "One character could not be read and is shown as \ufffd."


def test_what_is_left_out_is_said():
    assert "deleted was left out" in (reading(r"a{\deleted b}").warning or "")
    assert "Hidden text was left out" in (reading(r"a{\v b}").warning or "")


def test_letters_are_set_as_they_are():
    (block,) = reading(r"{\b bold} {\i it\b both} x{\super 2} \b c\plain d").blocks
    assert block.text == "bold itboth x2 cd"
    spans = {(s.kind, block.text[s.start : s.end]) for s in block.spans}
    assert (SpanKind.BOLD, "bold") in spans
    assert (SpanKind.ITALIC, "itboth") in spans
    assert (SpanKind.BOLD, "both") in spans
    assert (SpanKind.SUPERSCRIPT, "2") in spans
    assert (SpanKind.BOLD, "c") in spans


def test_headings_are_told_by_their_style_and_level():
    found = reading(
        r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 Eigene;}{\s2 heading 2;}{\cs3 Strong;}}"
        r"\pard\s1 One\par\pard\s2{\b Two}\par\pard\outlinelevel2 Three\par\pard\s0 Text\par"
    )
    levels = [(block.kind, block.level, block.text) for block in found.blocks]
    heading = BlockKind.HEADING
    assert levels[:3] == [(heading, 1, "One"), (heading, 2, "Two"), (heading, 3, "Three")]
    assert levels[3][0] is BlockKind.PARAGRAPH
    assert not found.blocks[1].spans


def test_list_items_have_their_numbers_and_depth():
    found = reading(
        r"\pard{\listtext\tab 1.\tab}\ls1 one\par{\listtext 2.\tab}two\par"
        r"\pard\ilvl1{\listtext iv.\tab}four\par\pard{\pntext\'b7\tab}dot\par\pard none\par"
    )
    assert [(b.kind, b.level, b.number, b.text) for b in found.blocks] == [
        (BlockKind.LIST_ITEM, 1, 1, "one"),
        (BlockKind.LIST_ITEM, 1, 2, "two"),
        (BlockKind.LIST_ITEM, 2, 4, "four"),
        (BlockKind.LIST_ITEM, 1, None, "dot"),
        (BlockKind.PARAGRAPH, 0, None, "none"),
    ]


def test_a_table_is_rows_of_cells():
    found = reading(
        r"before\par\trowd\cellx1\cellx2\pard\intbl a\par b\cell c\line d\cell\row"
        r"\trowd\pard\intbl\cell x\cell\row\pard after\par"
    )
    assert [(b.kind, b.text) for b in found.blocks] == [
        (BlockKind.PARAGRAPH, "before"),
        (BlockKind.TABLE_ROW, "a b\tc d"),
        (BlockKind.TABLE_ROW, "\tx"),
        (BlockKind.PARAGRAPH, "after"),
    ]


def test_a_table_in_a_cell_stays_in_the_cell():
    (block,) = reading(
        r"\pard\intbl a {\pard\intbl\itap2 b\nestcell c\nestcell{\*\nesttableprops\nestrow}"
        r"{\nonesttables\par}}\pard\intbl d\cell\row"
    ).blocks
    assert block.kind is BlockKind.TABLE_ROW
    assert block.text.split() == ["a", "b", "c", "d"]


def test_notes_stand_behind_the_text_and_are_marked_in_it():
    found = reading(
        r"Said{\super\chftn}{\footnote\pard\chftn  The note.\par Its end.} once.\par Next.\par"
    )
    first, second, *notes = found.blocks
    assert (first.text, second.text) == ("Said[1] once.", "Next.")
    assert [(b.text, b.note, b.number) for b in notes] == [
        ("The note.", "note-1", 1),
        ("Its end.", "note-1", None),
    ]
    mark = next(span for span in first.spans if span.kind is SpanKind.NOTE)
    assert (first.text[mark.start : mark.end], mark.target) == ("[1]", "note-1")


def test_a_comment_says_who_made_it():
    found = reading(
        r"Text{\*\atnid MM}{\*\atnauthor Mary}\chatn{\*\annotation{\*\atndate 1}Why?} goes.\par"
    )
    assert [(b.text, b.note) for b in found.blocks] == [
        ("Text[MM1] goes.", None),
        ("Mary:", "comment-1"),
        ("Why?", "comment-1"),
    ]


def test_links_lead_where_they_lead_and_a_shortened_address_is_spelled_out():
    inner = r'{\field{\*\fldinst{HYPERLINK "https://e.org/x"}}{\fldrslt{\ul %s}}} end'
    (words,) = reading(inner % "here").blocks
    (shown,) = reading(inner % "good.org").blocks
    assert words.text == "here end"
    assert words.spans[0].target == "https://e.org/x"
    assert shown.text == "good.org (https://e.org/x) end"


def test_a_text_box_stands_behind_its_paragraph():
    found = reading(
        r"a{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt in\par box\par}}{\shprslt in}}b\par c\par"
    )
    assert [block.text for block in found.blocks] == ["ab", "in", "box", "c"]


def test_pictures_are_taken_and_drawings_are_placeholders():
    found = reading(
        r"a{\pict{\*\picprop{\sp{\sn wzDescription}{\sv A lamp}}}\pngblip\picw9\pich9 "
        + PNG.hex()
        + r"}\par{\pict\wmetafile8 0102}b\par{\nonshppict{\pict\pngblip 00}}"
    )
    kinds = [(b.kind, b.text, b.picture) for b in found.blocks]
    assert kinds[0][:2] == (BlockKind.PARAGRAPH, "a")
    assert kinds[1][:2] == (BlockKind.IMAGE, "A lamp")
    assert kinds[1][2].hash == found.pictures[0].hash
    assert kinds[3][2].hash is None
    assert len(found.pictures) == 1
    assert found.warning is None


def test_what_the_file_says_about_itself_is_proposed():
    found = reading(
        r"{\info{\title A \'fcber title}{\author Doe; Poe}{\creatim\yr2011\mo9\dy7\hr1}}Text\par"
    )
    said = {}
    for proposal in found.proposals:
        said.setdefault(proposal.fact, proposal)
    assert said[FactName.TITLE].value == "A über title"
    assert said[FactName.AUTHORS].value == ("Doe", "Poe")
    assert said[FactName.PUBLISHED].value == "2011-09-07"
    assert said[FactName.PUBLISHED].origin.confidence < 0.5


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (r"\yr2011\mo9\dy0", "2011-09"),
        (r"\yr2011", "2011"),
        (r"\yr\mo9\dy7", None),
        (r"\yr-1\mo9", None),
        (r"\yr2011\mo13\dy7", None),
    ],
)
def test_a_date_that_is_not_whole_stays_so_and_an_impossible_one_is_none(written, expected):
    found = reading(rf"{{\info{{\creatim{written}}}}}Text\par").proposals
    assert next((p.value for p in found if p.fact is FactName.PUBLISHED), None) == expected


def test_what_is_embedded_is_said():
    found = reading(r"a{\object\objemb{\*\objdata 0102}{\result b}}\par")
    assert canonical_of(found.blocks)[0] == "ab"
    assert found.warning == "An object that is embedded in it was not read."


@pytest.mark.parametrize("opening", ["{", r"{\*\foo", r"{\footnote a", r"{\shptxt a", r"{\info"])
def test_groups_nested_without_end_exhaust_nothing(opening):
    inner = opening * 100_000 + "deep" + "}" * 100_000
    assert len(reading(inner).blocks) <= 100_001


def test_a_million_groups_are_refused():
    with pytest.raises(Refused, match="nested without end"):
        reading("{" * 1_000_000)


def test_what_follows_the_document_is_no_part_of_it_unless_it_is_long():
    assert canonical_of(read_rtf(File(b"{\\rtf1 a}trailer", "a.rtf"), LIMITS).blocks)[0] == "a"
    long = b"{\\rtf1 a}\\par " + b"text " * 200 + b"}"
    assert "text" in canonical_of(read_rtf(File(long, "a.rtf"), LIMITS).blocks)[0]


def damaged(count):
    sound = (
        rb"{\rtf1\ansi{\fonttbl{\f0\fcharset128 MS;}}{\info{\title T}}\f0 a\'83e\u8212?{\b b}"
        rb"\par\intbl c\cell d\cell\row{\footnote n}{\field{\*\fldinst HYPERLINK x}{\fldrslt y}}"
        rb"{\pict\pngblip 8950}{\shp{\*\shpinst{\shptxt z\par}}}\bin2 ab\par}"
    )
    chance = random.Random(1)
    for _ in range(count):
        content = bytearray(sound[: chance.randint(6, len(sound))])
        for _ in range(chance.randint(0, 4)):
            content[chance.randrange(len(content))] = chance.choice(b"{}\\'\x00\xff u-9*bin")
        yield bytes(content)


def survives(count):
    for content in damaged(count):
        try:
            found = read_rtf(File(content, "a.rtf"), LIMITS)
        except Refused:
            continue
        canonical_of(found.blocks)


def test_damaged_copies_are_read_or_refused():
    survives(300)


@pytest.mark.long
def test_many_damaged_copies_are_read_or_refused():
    survives(20_000)


@pytest.mark.corpus
def test_the_words_are_those_that_are_expected(corpus):
    scores = []
    for path in sorted((corpus / "rtf").glob("*.rtf")):
        expected = path.with_suffix(".txt")
        found = read_rtf(File(path.read_bytes(), path.name), LIMITS)
        if expected.exists() and "encoding" not in path.name:
            ours = words(canonical_of(found.blocks)[0])
            theirs = words(expected.read_bytes().decode("utf-8", "replace"))
            scores.append(_f1(ours, theirs))
    assert len(scores) == 15
    assert sum(scores) / len(scores) >= 0.99


def _f1(ours, theirs):
    rest = list(theirs)
    shared = 0
    for word in ours:
        if word in rest:
            rest.remove(word)
            shared += 1
    return 2 * shared / ((len(ours) + len(theirs)) or 1)


@pytest.mark.parametrize(("end", "cut"), [("}", False), ("", True), ("}}", False)])
def test_a_file_that_is_cut_short_says_so(end, cut):
    content = (r"{\rtf1\ansi The ferry left the quay at dawn.\par And came back." + end).encode()
    reading = read_rtf(File(content, "a.rtf"), Limits())
    assert (CUT_SHORT in (reading.warning or "")) is cut
    assert "came back" in reading.blocks[-1].text
