import pytest

from desktop_app.formats.process import child as wire
from desktop_app.formats.process.answers import read_answer


@pytest.mark.parametrize(
    "raw", [b"", b"E", b"E{}", b"Rnull", b'R["one"]', b"R[1,2]", b"F[]", b"?", b"E\xff", b"R["]
)
def test_an_answer_that_is_not_sound_is_not_taken(raw):
    if raw == b'R["one"]':
        assert "could not be read" in read_answer(raw).message
        return
    with pytest.raises(ValueError):
        read_answer(raw)


def test_a_failing_reader_costs_one_file_and_its_error_is_told_by_name():
    refused = read_answer(wire.FAILED + b'["KeyError", "reader.py:3 read"]')
    assert refused.message == "It could not be read: an error in Postil, KeyError."
