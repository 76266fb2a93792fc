"""Real mail, mailboxes and saved pages from outside, read where foreign files are read."""

import pytest

from desktop_app.core.model import FactName
from desktop_app.formats.extract import Refused
from desktop_app.formats.file import File
from desktop_app.formats.limits import Limits
from desktop_app.formats.process.unpacking import is_container, split_mbox
from desktop_app.formats.process.worker import Worker
from desktop_app.formats.sniff import MediaType, head_of

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def worker():
    with Worker() as worker:
        yield worker


def files_in(folder):
    """Each file as an import would hand it over: messages one by one."""
    for path in sorted(folder.iterdir()):
        content = path.read_bytes()
        if is_container(head_of(content), path.name) is not MediaType.MBOX:
            yield path.name, File(content, path.name)
            continue
        with path.open("rb") as stream:
            for number, message in enumerate(split_mbox(stream, Limits()), 1):
                assert not isinstance(message, Refused)
                yield f"{path.name}!/{number}", File(message, f"{number}.eml")


def test_every_mail_is_read_and_its_attachments_are_what_they_say(worker, corpus):
    count = 0
    for name, file in files_in(corpus / "eml"):
        extract = worker.extract(file)
        count += 1
        assert extract.media_type == "message/rfc822", name
        assert extract.text.canonical, name
        for number, listed in enumerate(extract.attachments):
            given, content = worker.attachment(file, number)
            assert (given, len(content)) == (listed.name, listed.size_bytes), name
    assert count == 52


def test_nearly_every_mail_has_its_title_author_and_day(worker, corpus):
    missing = dict.fromkeys((FactName.TITLE, FactName.AUTHORS, FactName.PUBLISHED), 0)
    for _, file in files_in(corpus / "eml"):
        said = {proposal.fact for proposal in worker.extract(file).proposals}
        for fact in missing:
            missing[fact] += fact not in said
    assert missing == {FactName.TITLE: 0, FactName.AUTHORS: 0, FactName.PUBLISHED: 2}


def test_every_message_of_a_mailbox_is_read(worker, corpus):
    read = {name: worker.extract(file) for name, file in files_in(corpus / "mbox")}
    assert len(read) == 6
    assert all(extract.words for extract in read.values())
    assert read["tika-simple.mbox!/2"].text.canonical.endswith("Test content 2")


def test_saved_pages_are_read(worker, corpus):
    read = {name: worker.extract(file) for name, file in files_in(corpus / "mhtml")}
    assert len(read) == 2
    page = read["tika-testMHTMLFirefox.mhtml"]
    assert page.words > 300
    assert any(one.value == "http://aperture.sourceforge.net/" for one in page.proposals)
    assert page.pictures
