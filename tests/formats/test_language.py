import tempfile

import pytest

from desktop_app.formats.facts import language
from desktop_app.formats.facts.language import language_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The convoy waited at the bridge while the negotiators argued over the list."),
        (
            "de",
            "Die Regierung hat gestern beschlossen, dass die Grenze vorerst geschlossen bleibt.",
        ),
        ("fr", "Le gouvernement a décidé hier que la frontière resterait fermée jusqu'à la fin."),
        ("ar", "قررت الحكومة أمس إغلاق الحدود حتى نهاية المفاوضات"),
        ("ja", "政府は昨日、交渉が終わるまで国境を閉鎖することを決めた。"),
    ],
)
def test_languages_are_told(language, text):
    told, sure = language_of(text)
    assert told == language
    assert 0.95 <= sure <= 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "OK",
        "12 13 14 " * 50,
        "xqz vvk jjw " * 3,
        "Adnani Raqqa Tabqa Mosul Deir Falluja Ramadi Kobane Idlib Hama",
    ],
)
def test_what_is_short_or_no_language_is_not_told(text):
    assert language_of(text) is None


def test_a_full_disk_costs_the_language_and_nothing_else(monkeypatch):
    def full(**_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    language._identifier.cache_clear()
    try:
        assert language_of("The convoy waited at the bridge while the negotiators argued.") is None
    finally:
        language._identifier.cache_clear()
