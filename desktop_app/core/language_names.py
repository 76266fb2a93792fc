"""The English names of the languages that documents are likely to be in."""

from __future__ import annotations

import re

from desktop_app.core.words import fold

NAMES = {
    "am": "Amharic",
    "ar": "Arabic",
    "az": "Azerbaijani",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "bs": "Bosnian",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "ga": "Irish",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "hy": "Armenian",
    "id": "Indonesian",
    "is": "Icelandic",
    "it": "Italian",
    "ja": "Japanese",
    "ka": "Georgian",
    "kk": "Kazakh",
    "ko": "Korean",
    "ku": "Kurdish",
    "la": "Latin",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mk": "Macedonian",
    "ms": "Malay",
    "nb": "Norwegian Bokmål",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "ps": "Pashto",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "so": "Somali",
    "sq": "Albanian",
    "sr": "Serbian",
    "sv": "Swedish",
    "sw": "Swahili",
    "ta": "Tamil",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "uz": "Uzbek",
    "vi": "Vietnamese",
    "zh": "Chinese",
}

_CODES = {fold(name): code for code, name in NAMES.items()} | {
    "bokmal": "nb",
    "farsi": "fa",
    "mandarin": "zh",
    "norwegian bokmal": "nb",
}
_CODE = re.compile(r"[a-z]{2,3}")


def language_name(code: str) -> str:
    """The name of a language; its code where no name is known here."""
    return NAMES.get(code, code)


def language_code(typed: str) -> str:
    """The code of a language given by name or code; ValueError with a sentence for anything else."""
    key = fold(typed.strip())
    if key in _CODES:
        return _CODES[key]
    if _CODE.fullmatch(key):
        return key
    raise ValueError(f"“{typed.strip()[:40]}” is no language known here. Write English, or en.")
