"""The control words of RTF that stand for characters, and those that open what is no text."""

from __future__ import annotations

from typing import Final

CHARACTERS: Final = {
    "line": "\n", "lbr": "\n", "softline": "\n", "tab": " ", "emdash": "—", "endash": "–",
    "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005", "bullet": "•", "lquote": "‘",
    "rquote": "’", "ldblquote": "“", "rdblquote": "”", "zwj": "\u200d", "zwnj": "\u200c",
    "ltrmark": "\u200e", "rtlmark": "\u200f", "zwbo": "\u200b", "zwnbo": "\u2060",
}  # fmt: skip
SYMBOLS: Final = {
    "~": "\xa0", "-": "\xad", "_": "\u2011", "{": "{", "}": "}", "\\": "\\", "\t": " ",
}  # fmt: skip
# What holds no text of the document, or says again what stands elsewhere.
SKIPPED: Final = frozenset(
    {
        "colortbl", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr",
        "footerf", "nonshppict", "objdata", "objclass", "objname", "objtime", "bkmkstart",
        "bkmkend", "xe", "tc", "tcn", "txe", "rxe", "datafield", "filetbl", "listtable",
        "listoverridetable", "revtbl", "rsidtbl", "themedata", "colorschememapping",
        "latentstyles", "datastore", "sp", "sn", "sv", "shprslt", "ftnsep", "ftnsepc", "ftncn",
        "aftnsep", "aftnsepc", "aftncn", "template", "nonesttables", "pnseclvl", "private",
        "xmlnstbl", "mailmerge", "formfield", "background", "fldtype", "generator", "userprops",
        "docvar", "mctrlPr", "mdPr", "mfPr", "mrPr", "mnaryPr", "mradPr", "msSubPr",
        "msSupPr", "msSubSupPr", "mfuncPr", "mmathPr", "mtype", "mbegChr", "mendChr",
    }
)  # fmt: skip
PASSED: Final = frozenset(  # marked as safe to ignore, yet with text inside
    {"shppict", "shpinst", "do", "moMath", "moMathPara", "mmath", "listtext", "pntext"}
)
INFO: Final = frozenset({"title", "author", "creatim", "subject", "hlinkbase"})
# Every word that means something here; the others say how the text looks on paper.
KNOWN: Final = frozenset(
    {
        "u", "uc", "f", "fcharset", "cpg", "s", "cs", "ds", "outlinelevel", "yr", "mo", "dy", "par",
        "sect", "page", "column", "cell", "row", "nestcell", "b", "i", "strike", "striked", "super", "sub", "nosupersub",
        "v", "deleted", "plain", "pard", "intbl", "ilvl", "ansi", "mac", "pc", "pca", "ansicpg",
        "fonttbl", "stylesheet", "info", "field", "fldinst", "fldrslt", "listtext", "pntext",
        "pict", "shptxt", "dptxbxtext", "footnote", "annotation", "atnid", "atnauthor", "upr", "ud",
        "nesttableprops",
    }
    | CHARACTERS.keys()
    | SKIPPED
    | PASSED
    | INFO
)  # fmt: skip
