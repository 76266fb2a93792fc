import os
import signal

import pytest

from desktop_app.core.model import FactName
from desktop_app.formats.extract import Extract, Refused
from desktop_app.formats.limits import Limits
from desktop_app.formats.worker import Worker

ARTICLE = """Siege of the old town enters its second week

3 March 2016 | By Jane Doe

{}
""".format("The convoy waited at the bridge while the negotiators argued over the list. " * 5).encode()


@pytest.fixture
def worker():
    with Worker() as worker:
        yield worker


def test_a_document_is_read_in_the_child(worker):
    extract = worker.extract(ARTICLE, "siege.txt")
    assert extract.text.canonical.startswith("Siege of the old town")
    assert extract.media_type == "text/plain"
    assert {proposal.fact for proposal in extract.proposals} >= {
        FactName.TITLE,
        FactName.AUTHORS,
        FactName.PUBLISHED,
        FactName.LANGUAGE,
    }
    assert worker.process_id != os.getpid()


def test_answers_come_in_the_order_of_submission(worker):
    for key in range(30):
        worker.submit(key, ARTICLE if key % 3 else b"", "a.txt")
    answers = [worker.answer(30) for _ in range(30)]
    assert [key for key, _ in answers] == list(range(30))
    assert [isinstance(outcome, Refused) for _, outcome in answers] == [
        key % 3 == 0 for key in range(30)
    ]
    assert worker.unanswered == 0
    assert worker.answer() is None


def test_a_child_that_is_killed_while_idle_is_started_again(worker):
    worker.extract(ARTICLE, "a.txt")
    os.kill(worker.process_id, signal.SIGKILL)
    assert isinstance(worker.extract(ARTICLE, "a.txt"), Extract)


def test_a_document_that_takes_too_long_is_refused_and_those_behind_it_are_read():
    slow = b"<html><body>" + b"<p>word</p>" * 100_000
    with Worker(limits=Limits(base_s=0.3, per_mb_s=0)) as worker:
        for key, content in enumerate([ARTICLE, slow, ARTICLE]):
            worker.submit(key, content, "a.html" if content is slow else "a.txt")
        outcomes = [worker.answer(60)[1] for _ in range(3)]
    assert isinstance(outcomes[0], Extract)
    assert isinstance(outcomes[1], Refused)
    assert "longer than" in outcomes[1].message
    assert isinstance(outcomes[2], Extract)
