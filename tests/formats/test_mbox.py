import io

import pytest

from desktop_app.formats.extract import Refused
from desktop_app.formats.limits import Limits
from desktop_app.formats.mbox import split_mbox

FROM = b"From jane@example.org Mon Jul 20 01:01:07 2015\n"
HEADER = b"From: Jane <jane@example.org>\nSubject: The bridge\n\n"


def split(content, limits=None):
    return list(split_mbox(io.BytesIO(content), limits or Limits()))


def test_each_message_is_given_without_the_line_before_it_and_the_blank_one_behind_it():
    mailbox = FROM + HEADER + b"One.\n\n" + FROM + HEADER + b"Two.\n\n"
    assert split(mailbox) == [HEADER + b"One.\n", HEADER + b"Two.\n"]


def test_line_ends_of_windows_and_a_mark_at_the_start_do_not_matter():
    mailbox = (FROM + HEADER + b"One.\n\n" + FROM + HEADER + b"Two.\n").replace(b"\n", b"\r\n")
    messages = split(b"\xef\xbb\xbf" + mailbox)
    assert messages == [(HEADER + body).replace(b"\n", b"\r\n") for body in (b"One.\n", b"Two.\n")]


@pytest.mark.parametrize(
    "line",
    [
        b"From - Mon Jul 20 01:01:07 2015\n",
        b"From 1507412345@xxx Mon Jul 20 01:01:07 +0000 2015\n",
        b"From jane at example.org  Mon Jul 20 01:01:07 2015\n",
        b"From MAILER-DAEMON Mon Jul  2 1:01 CEST 2015 remote from x\n",
    ],
)
def test_the_lines_of_all_mail_programs_start_a_message(line):
    assert len(split(line + HEADER + b"One.\n\n" + line + HEADER + b"Two.\n")) == 2


@pytest.mark.parametrize(
    "body",
    [
        b"From here on the road is closed.\nIt rains.\n",
        b"Dear all\nFrom jane@example.org Mon Jul 20 01:01:07 2015\nwe heard nothing.\n",
        b"She left.\n\nFrom Tabqa to Raqqa it is an hour: 40 km, in 2015 it took four.\n",
        b"She left.\n\nFrom Tabqa\n",
    ],
)
def test_a_sentence_that_begins_with_from_starts_no_message(body):
    assert split(FROM + HEADER + body) == [HEADER + body]


def test_a_quoted_line_of_the_body_is_unquoted_and_one_of_the_header_is_not():
    message = b"Subject: x\nFrom: y\n>From old\n\n>From here\n>>From there\n> From afar\n"
    assert split(FROM + message) == [
        b"Subject: x\nFrom: y\n>From old\n\nFrom here\n>From there\n> From afar\n"
    ]


def test_a_length_in_the_header_is_not_believed():
    header = b"From: Jane\nContent-Length: 100000\n\n"
    assert len(split(FROM + header + b"One.\n\n" + FROM + header + b"Two.\n")) == 2


def test_a_message_that_does_not_say_who_and_when_keeps_the_line_that_does():
    assert split(FROM + b"\nTest\n") == [FROM + b"\nTest\n"]
    assert split(FROM + b"Received: x\n\nDate: x\n") == [FROM + b"Received: x\n\nDate: x\n"]
    assert split(FROM + b"Date: x\n\nTest\n") == [b"Date: x\n\nTest\n"]


def test_a_message_that_is_too_large_is_refused_and_the_others_are_not():
    large = FROM + HEADER + b"word " * 100_000 + b"\n\n"
    small = FROM + HEADER + b"One.\n\n"
    first, second, third = split(small + large + small, Limits(file_bytes=10_000))
    assert (first, third) == (HEADER + b"One.\n", HEADER + b"One.\n")
    assert isinstance(second, Refused)
    assert "larger than" in second.message


def test_nothing_is_held_of_a_large_message_but_what_the_limit_allows():
    class Endless(io.RawIOBase):
        """Two hundred megabytes without a line end."""

        left = 200
        head = FROM

        def readline(self, size=-1):
            if self.head:
                head, self.head = self.head, b""
                return head
            self.left -= 1
            return b"x" * size if self.left >= 0 else b""

    (only,) = split_mbox(Endless(), Limits(file_bytes=1_000_000))
    assert isinstance(only, Refused)


def test_a_mailbox_with_nothing_in_it_gives_nothing():
    assert split(b"") == []
    assert split(b"\n\n") == []


def test_what_stands_before_the_first_message_is_not_lost():
    assert split(b"Notes\n\n" + FROM + HEADER + b"One.\n") == [b"Notes\n", HEADER + b"One.\n"]
