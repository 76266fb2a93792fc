"""XML from foreign files: what it says comes out, what it wants is not done."""

import pytest

from desktop_app.formats.extract import Refused
from desktop_app.formats.limits import Limits
from desktop_app.formats.text.xml_tree import attribute, local, parse_xml

LIMITS = Limits()


def text_of(content):
    return "".join(parse_xml(content, LIMITS).itertext())


def test_elements_are_parsed_without_comments():
    root = parse_xml(
        b'<?xml version="1.0"?><!-- x --><a:b xmlns:a="u" a:c="d">e<!-- y --></a:b>', LIMITS
    )
    assert (local(root), attribute(root, "c"), "".join(root.itertext())) == ("b", "d", "e")
    assert attribute(root, "other") is None


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<a>é</a>".encode(), "é"),
        ("\ufeff<a>é</a>".encode(), "é"),
        ("<a>é</a>".encode("utf-16"), "é"),
        ('<?xml version="1.0" encoding="UTF-16"?><a>é</a>'.encode("utf-16-be"), "é"),
        ('<?xml version="1.0" encoding="windows-1250"?><a>ř</a>'.encode("cp1250"), "ř"),
        ('<?xml version="1.0" encoding="nonsense"?><a>é</a>'.encode(), "é"),
    ],
)
def test_it_is_decoded_as_it_says_or_shows(content, text):
    assert text_of(content) == text


def test_what_is_not_well_formed_is_forgiven():
    assert text_of(b"<a><b>one</a>two & three</b>").startswith("one")
    assert text_of(b"<a>one\x01two</a>") == "onetwo"
    assert text_of(b"<a>cut <b>sh") == "cut sh"


def test_names_that_html_has_become_characters():
    content = b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://x/y.dtd"><a>1&nbsp;&lt;2&hellip;</a>'
    assert text_of(content) == "1\xa0<2…"


def test_an_unknown_name_stays_as_it_stands():
    assert text_of(b"<a>AT&amp;T &unknown; <![CDATA[&nbsp;]]></a>") == "AT&T &unknown; &nbsp;"


def test_a_plain_entity_of_the_file_is_put_in():
    content = (
        b'<!DOCTYPE a [<!-- " --> <!ENTITY who "Postil &#38; co"><!ELEMENT a ANY>]><a>&who;</a>'
    )
    assert text_of(content) == "Postil & co"


def test_entities_that_multiply_are_refused():
    lines = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    content = f'<!DOCTYPE a [<!ENTITY e0 "ha">{lines}]><a>&e9;</a>'.encode()
    with pytest.raises(Refused, match="entities that refer to one another"):
        parse_xml(content, LIMITS)


def test_one_long_entity_named_often_is_refused():
    content = f'<!DOCTYPE a [<!ENTITY e "{"a" * 1_000}">]><a>{"&e;" * 10_000}</a>'.encode()
    with pytest.raises(Refused, match="entities"):
        parse_xml(content, LIMITS)


@pytest.mark.parametrize(
    "declared",
    ['<!ENTITY e SYSTEM "file:///etc/passwd">', '<!ENTITY % e PUBLIC "x" "http://host/x"> %e;'],
)
def test_entities_that_are_other_files_are_refused(declared):
    with pytest.raises(Refused, match="other files"):
        parse_xml(f"<!DOCTYPE a [{declared}]><a>&e;</a>".encode(), LIMITS)


def test_a_document_type_that_never_ends_opens_nothing(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    content = f'<!DOCTYPE a [ <!ENTITY e SYSTEM "{secret.as_uri()}"> "<a>&e;</a>'.encode()
    try:
        text = text_of(content)
    except Refused:
        return
    assert "secret" not in text.replace(secret.as_uri(), "")


def test_elements_nested_without_end_are_refused():
    for depth in (300, 100_000):
        with pytest.raises(Refused, match="nested more than 256 deep"):
            parse_xml(b"<a>" * depth + b"</a>" * depth, LIMITS)
    assert parse_xml(b"<a>" * 250 + b"</a>" * 250, LIMITS).tag == "a"


@pytest.mark.parametrize("content", [b"", b"no tags", b"\x00\x01\x02", b"<?xml version='1.0'?>"])
def test_what_holds_no_element_is_refused(content):
    with pytest.raises(Refused, match="damaged"):
        parse_xml(content, LIMITS)


def test_many_comments_in_an_unclosed_document_type_take_no_time():
    assert text_of(b"<!DOCTYPE a [" + b"<!-- x -->" * 50_000 + b"]><a>1</a>") == "1"
    with pytest.raises(Refused):
        parse_xml(b"<!DOCTYPE a [" + b"<!-- '" * 50_000, LIMITS)
