"""Names that fall together stay apart, and keep their suffixes."""

import time

from desktop_app.formats.free_names import FreeNames


def given(*names):
    free = FreeNames()
    return [free.take(name) for name in names]


def test_a_name_that_comes_again_gets_a_number_before_its_suffix():
    assert given("a.txt", "a.txt", "b", "b", "a.txt") == [
        "a.txt",
        "a (2).txt",
        "b",
        "b (2)",
        "a (3).txt",
    ]


def test_a_dot_in_a_folder_is_no_suffix():
    assert given("a.b/c", "a.b/c") == ["a.b/c", "a.b/c (2)"]


def test_a_number_that_is_taken_is_passed_over():
    assert given("a (2).txt", "a.txt", "a.txt") == ["a (2).txt", "a.txt", "a (3).txt"]


def test_ten_thousand_alike_take_no_longer_each_than_a_few():
    free = FreeNames()
    began = time.process_time()
    for _ in range(10_000):
        free.take("a.txt")
    assert time.process_time() - began < 1
