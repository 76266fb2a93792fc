import json
import os
import select
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from desktop_app.core.model import FactName
from desktop_app.formats.extract import Extract, Refused
from desktop_app.formats.file import File
from desktop_app.formats.limits import Limits
from desktop_app.formats.process.answers import read_answer
from desktop_app.formats.process.worker import _AHEAD, Worker
from tests.formats import mails_for_tests

ARTICLE = """Siege of the old town enters its second week

3 March 2016 | By Jane Doe

{}
""".format(
    "The convoy waited at the bridge while the negotiators argued over the list. " * 5
).encode()
# Its article is not found for many seconds.
SLOW = b"<html><body><p>" + b"<b>x</b>" * 60_000
QUICK = Limits(base_s=0.4, per_mb_s=0)

needs_pidfd = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="no process handles here")


@pytest.fixture
def worker():
    with Worker() as worker:
        yield worker


def wait_for_end(process_id, timeout_s=30):
    """Wait until a process has ended; process_id may be of a child of a child."""
    try:
        handle = os.pidfd_open(process_id)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], timeout_s)[0])
    finally:
        os.close(handle)


def wait_for_another_child(worker, process_id=None):
    while worker.process_id in (None, process_id):
        assert worker.answer(0.05) is None
    return worker.process_id


def test_a_document_is_read_in_the_child(worker):
    extract = worker.extract(File(ARTICLE, "siege.txt"))
    assert extract.text.canonical.startswith("Siege of the old town")
    assert extract.media_type == "text/plain"
    assert {proposal.fact for proposal in extract.proposals} >= {
        FactName.TITLE,
        FactName.AUTHORS,
        FactName.PUBLISHED,
        FactName.LANGUAGE,
    }
    assert worker.process_id != os.getpid()


def test_a_refusal_is_raised_with_its_reason(worker):
    with pytest.raises(Refused, match="PDF"):
        worker.extract(File(b"%PDF-1.7", "name\udcff.txt"))


def test_answers_come_in_the_order_of_submission(worker):
    for key in range(30):
        worker.submit(key, File(ARTICLE if key % 3 else b"", "a.txt"))
    assert worker.unanswered == 30
    answers = [worker.answer(30) for _ in range(30)]
    assert [key for key, _ in answers] == list(range(30))
    assert [isinstance(outcome, Refused) for _, outcome in answers] == [
        key % 3 == 0 for key in range(30)
    ]
    assert worker.unanswered == 0
    assert worker.answer() is None


def test_there_is_room_until_enough_is_waiting(worker):
    count = 0
    while worker.has_room:
        worker.submit(count, File(ARTICLE, "a.txt"))
        count += 1
    assert count == _AHEAD
    assert worker.answer(30)[0] == 0
    assert worker.has_room
    worker.forget()
    worker.submit(0, File(b"x" * 40_000_000, "a.txt"))
    assert not worker.has_room


def test_a_child_that_is_killed_while_idle_is_started_again(worker):
    worker.extract(File(ARTICLE, "a.txt"))
    os.kill(worker.process_id, signal.SIGKILL)
    assert isinstance(worker.extract(File(ARTICLE, "a.txt")), Extract)


def test_a_document_that_takes_too_long_is_refused_and_those_behind_it_are_read():
    with Worker(limits=QUICK) as worker:
        for key, content in enumerate([ARTICLE, SLOW, ARTICLE, b"", ARTICLE]):
            worker.submit(key, File(content, "a.html" if content is SLOW else "a.txt"))
        outcomes = [worker.answer(60)[1] for _ in range(5)]
    assert isinstance(outcomes[1], Refused)
    assert "longer than" in outcomes[1].message
    assert [isinstance(outcome, Extract) for outcome in outcomes] == [
        True,
        False,
        True,
        False,
        True,
    ]


def test_a_document_that_needs_too_much_memory_is_refused_and_those_behind_it_are_read():
    with Worker(limits=Limits(memory_bytes=400_000_000)) as worker:
        worker.submit(0, File("ü".encode() * 20_000_000, "a.txt"))
        worker.submit(1, File(ARTICLE, "a.txt"))
        outcomes = [worker.answer(60)[1] for _ in range(2)]
    assert isinstance(outcomes[0], Refused)
    assert "memory" in outcomes[0].message
    assert isinstance(outcomes[1], Extract)


def test_a_document_on_which_two_children_end_is_refused_and_one_end_costs_nothing(worker):
    worker.submit(0, File(SLOW, "a.html"))
    worker.submit(1, File(ARTICLE, "a.txt"))
    first = wait_for_another_child(worker)
    os.kill(first, signal.SIGKILL)
    second = wait_for_another_child(worker, first)
    os.kill(second, signal.SIGKILL)
    key, outcome = worker.answer(60)
    assert key == 0
    assert "crashed on it" in outcome.message
    assert isinstance(worker.answer(60)[1], Extract)


def test_what_is_forgotten_is_not_answered(worker):
    worker.submit(0, File(SLOW, "a.html"))
    for key in range(1, 9):
        worker.submit(key, File(ARTICLE, "a.txt"))
    wait_for_another_child(worker)
    worker.forget()
    assert worker.unanswered == 0
    assert worker.answer() is None
    worker.submit(99, File(ARTICLE, "a.txt"))
    assert worker.answer(60)[0] == 99


@needs_pidfd
def test_closing_ends_a_busy_child_and_can_be_done_twice():
    worker = Worker()
    worker.submit(0, File(SLOW, "a.html"))
    process_id = wait_for_another_child(worker)
    worker.close()
    worker.close()
    assert wait_for_end(process_id)
    with pytest.raises(RuntimeError):
        worker.start()


def test_a_worker_that_was_never_used_starts_nothing():
    with Worker() as worker:
        assert worker.process_id is None
        assert worker.answer() is None


@needs_pidfd
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a busy child ends with its document")
@pytest.mark.parametrize("content", ["SLOW", "IDLE"])
def test_the_child_ends_with_a_parent_that_is_killed_and_holds_none_of_its_files(tmp_path, content):
    program = tmp_path / "parent.py"
    program.write_text(
        textwrap.dedent(
            """
            import os, sys
            from desktop_app.formats.file import File
            from desktop_app.formats.process.worker import Worker
            if __name__ == "__main__":
                held = open(sys.argv[1], "w")
                os.set_inheritable(held.fileno(), True)
                worker = Worker()
                worker.extract(File(b"first", "a.txt"))
                if sys.argv[2] == "SLOW":
                    worker.submit(0, File(b"<html><body><p>" + b"<b>x</b>" * 60_000, "a.html"))
                print(worker.process_id, flush=True)
                sys.stdin.read()
            """
        )
    )
    parent = subprocess.Popen(
        [sys.executable, str(program), str(tmp_path / "lock"), content],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    try:
        child = int(parent.stdout.readline())
        held = [handle.readlink().name for handle in Path(f"/proc/{child}/fd").iterdir()]
        assert "lock" not in held
        parent.kill()
        assert wait_for_end(child)
    finally:
        parent.kill()
        parent.wait()
        parent.stdin.close()
        parent.stdout.close()


def mail_with_attachment(name="../Straße?.pdf", content=b"%PDF-1.7"):
    message = mails_for_tests.mail()
    message.add_attachment(content, "application", "pdf", filename=name)
    return File(message.as_bytes(), "a.eml")


def test_an_attachment_is_taken_out_in_the_child(worker):
    file = mail_with_attachment()
    extract = worker.extract(file)
    assert [one.name for one in extract.attachments] == ["Straße_.pdf"]
    assert worker.attachment(file, 0) == ("Straße_.pdf", b"%PDF-1.7")
    assert worker.extract(file).attachments == extract.attachments


def test_an_attachment_that_is_not_there_is_refused(worker):
    with pytest.raises(Refused, match="no such attachment"):
        worker.attachment(mail_with_attachment(), 7)
    with pytest.raises(Refused, match="have no attachments"):
        worker.attachment(File(ARTICLE, "a.txt"), 0)


def test_a_large_attachment_is_given_out_whole(worker):
    content = bytes(range(256)) * 100_000
    assert worker.attachment(mail_with_attachment("a.bin", content), 0) == ("a.bin", content)


def test_no_attachment_is_taken_out_while_documents_are_read(worker):
    worker.submit(0, File(ARTICLE, "a.txt"))
    with pytest.raises(RuntimeError):
        worker.attachment(mail_with_attachment(), 0)


@pytest.mark.parametrize("name", ["", "../x", "a\nb", "a/b", "a\\b", ".", "x" * 5_000, 3, ["a"]])
def test_a_name_that_no_file_may_have_is_not_taken(name):
    said = json.dumps(name).encode()
    with pytest.raises(ValueError):
        read_answer(b"A" + len(said).to_bytes(4, "big") + said + b"content")


@pytest.mark.parametrize(
    "raw", [b"A", b"A\xff\xff\xff\xff", b"A\x00\x00\x00\x02{x", b"A\x00\x00\x00\x00"]
)
def test_an_attachment_that_is_cut_short_is_not_taken(raw):
    with pytest.raises(ValueError):
        read_answer(raw)
