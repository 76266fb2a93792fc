"""The letters of the fonts that have symbols in the places of letters: Symbol, Wingdings."""

from __future__ import annotations

from typing import Final

_SIGNS: Final = {
    0x20: " ", 0x4A: "☺", 0x4C: "☹", 0xA8: "☐", 0xD5: "⌫", 0xD8: "➢", 0xDF: "←", 0xE0: "→",
    0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip

# Adobe's symbol encoding, which the font "Symbol" follows.
_SYMBOLS: Final = dict(
    zip(
        [*range(0x20, 0x7F), *range(0xA0, 0xF0), *range(0xF1, 0xFF)],
        " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
        "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"
        "〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
        strict=True,
    )
)


def in_symbol(raw: bytes) -> str:
    """What bytes set in the font Symbol show."""
    return "".join(_SYMBOLS.get(byte, "") for byte in raw)


def in_signs(raw: bytes) -> str:
    """What bytes set in Wingdings and the like show, as far as there are such letters."""
    return "".join(_SIGNS.get(byte, "•") for byte in raw)


def symbol(code: int) -> str | None:
    """The letter of a code in the private area that Word gives to symbols; None for others."""
    return _SYMBOLS.get(code - 0xF000) if 0xF000 <= code <= 0xF0FF else None
