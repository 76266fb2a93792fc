"""Files made to hurt: each has its outcome, and nothing but their own text comes of them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.library.library import Library
from desktop_app.library.outcomes import Outcome, OutcomeKind
from tests.benchmarks.volume import PROJECT
from tests.faults import small_documents as small
from tests.faults.hostile_files import CANARY, write_hostile

HOW_MANY = [
    pytest.param(1, 8, id="some"),
    pytest.param(12, 300, id="all", marks=[pytest.mark.long, pytest.mark.timeout(1_800)]),
]


def everything_in(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*")}


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("damaged", "mutated"), HOW_MANY)
def test_each_hostile_file_has_its_outcome_and_the_program_goes_on(
    tmp_path: Path, damaged: int, mutated: int
) -> None:
    files = tmp_path / "files"
    paths = write_hostile(
        files, tmp_path / "canary" / "canary.txt", damaged=damaged, mutated=mutated
    )
    sound = files / "zz-sound.txt"
    sound.write_bytes(small.txt("This one is sound."))
    before = everything_in(tmp_path)
    library = Library.open(tmp_path / "library", cache=tmp_path / "cache", index="inline")
    outcomes: list[Outcome] = []
    try:
        library.import_files([files], on_outcome=outcomes.append)
        said = {str(path): 0 for path in (*paths, sound)}
        for outcome in outcomes:
            said[outcome.path.split("!/", 1)[0]] += 1
            assert outcome.reason or outcome.kind is OutcomeKind.IMPORTED
            assert "Traceback" not in outcome.reason
        assert [path for path, count in said.items() if not count] == []
        members = {path for path in said if path.endswith((".zip", ".mbox"))}
        assert [path for path, count in said.items() if count > 1 and path not in members] == []
        assert len({outcome.path for outcome in outcomes}) == len(outcomes)
        assert outcomes[-1].kind is OutcomeKind.IMPORTED
        assert library.verify() == []
        ids = library.search("").ids
        assert all(CANARY not in library.text(id_).canonical for id_ in ids)
        assert library.import_files([sound]).known == 1
    finally:
        library.close()
    new = {path.parts[0] for path in everything_in(tmp_path) - before}
    assert new <= {"library", "cache"}


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace to see system calls")
@pytest.mark.timeout(900)
@pytest.mark.parametrize("deep", [False, pytest.param(True, marks=pytest.mark.long)])
def test_no_internet_socket_is_opened_and_no_file_but_the_documents_is_read(
    tmp_path: Path, deep: bool
) -> None:
    files, canary = tmp_path / "files", tmp_path / "canary" / "canary.txt"
    write_hostile(files, canary, damaged=1, mutated=3, deep=deep)
    for suffix, make in small.SMALL.items():
        (files / f"sound.{suffix}").write_bytes(make(small.SENTENCE))
    trace = tmp_path / "trace"
    calls = "trace=socket,connect,sendto,sendmsg,bind,open,openat,openat2,execve,creat"
    command = ["strace", "-f", "-qq", "-e", calls, "-o", str(trace), sys.executable]
    command += ["-m", "desktop_app", "--library", str(tmp_path / "library"), "import", "--json"]
    done = subprocess.run(
        [*command, str(files)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        env=os.environ | {"HOME": str(tmp_path / "home"), "XDG_CACHE_HOME": str(tmp_path / "c")},
        check=False,
    )
    assert done.returncode == 1, done.stderr
    imported = [line for line in map(json.loads, done.stdout.splitlines()) if line["id"]]
    assert {line["path"].rpartition("/")[2] for line in imported} >= {"sound.pdf", "sound.docx"}
    seen = trace.read_text("utf-8", "replace").splitlines()
    assert any("openat" in line for line in seen)
    assert [line for line in seen if re.search(r"\bAF_INET6?\b", line)] == []
    assert [line for line in seen if str(canary) in line or "escaped.txt" in line] == []
    # What could not even be tried without being seen: programs other than Python itself.
    programs = {match[1] for line in seen if (match := re.search(r'execve\("([^"]+)"', line))}
    assert all("python" in Path(program).name for program in programs)
