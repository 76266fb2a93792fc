import gzip
import random

import pytest

from desktop_app.formats.containers.gzipped import gunzip
from desktop_app.formats.extract import Refused

LIMIT = 50_000_000


def test_parts_behind_each_other_are_unpacked_as_one():
    packed = gzip.compress(b"one ") + gzip.compress(b"two") + b"\x00" * 10
    assert gunzip(packed, LIMIT) == b"one two"


def test_a_file_that_is_cut_short_is_refused():
    packed = gzip.compress(random.Random(1).randbytes(5_000))
    with pytest.raises(Refused, match="cut short"):
        gunzip(packed[:-2_000], LIMIT)


def test_damaged_data_are_refused():
    packed = bytearray(gzip.compress(random.Random(1).randbytes(5_000)))
    packed[-6] ^= 0xFF
    with pytest.raises(Refused, match="damaged"):
        gunzip(bytes(packed), LIMIT)


def test_what_unpacks_to_hundreds_of_times_its_size_is_refused():
    with pytest.raises(Refused, match="hundreds of times"):
        gunzip(gzip.compress(b"a" * 20_000_000), LIMIT)


def test_what_unpacks_beyond_the_limit_is_refused():
    with pytest.raises(Refused, match="larger than 1 MB"):
        gunzip(gzip.compress(random.Random(1).randbytes(1_500_000)), 1_000_000)
