"""dev.py: what it looks for, and what it says, before anything is downloaded."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", PROJECT / "dev.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def bare(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A Linux without one of Qt's libraries, and the commands that were run on it."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(dev, "QT_LIBRARIES", {"libnot-there.so.9": "libnot-there9"})
    run: list[list[str]] = []

    def ran(command: list[str], **_named: object) -> bool:
        run.append([str(word) for word in command])
        return True

    monkeypatch.setattr(dev, "_ran", ran)
    return run


def _programs(monkeypatch: pytest.MonkeyPatch, dev: ModuleType, *names: str) -> None:
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/bin/{name}" if name in names else None)


def test_a_missing_library_is_named_in_a_line_to_copy_before_anything_is_downloaded(
    dev: ModuleType, bare: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _programs(monkeypatch, dev, "apt-get")
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000)
    said = dev.set_up(dev.RUN_LOCK, display=False)
    assert "sudo apt-get update && sudo apt-get install -y --no-install-recommends libnot-" in said
    assert bare == []


def test_root_installs_the_missing_library_and_looks_again(
    dev: ModuleType, bare: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _programs(monkeypatch, dev, "apt-get")
    monkeypatch.setattr(dev.os, "geteuid", lambda: 0)
    said = dev.set_up(dev.RUN_LOCK, display=False)
    assert [words[:2] for words in bare] == [["apt-get", "update"], ["apt-get", "install"]]
    assert said == "These libraries are still missing: libnot-there.so.9."


def test_sudo_without_a_password_is_used_where_there_is_one(
    dev: ModuleType, bare: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _programs(monkeypatch, dev, "apt-get", "sudo")
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000)
    dev.set_up(dev.RUN_LOCK, display=False)
    assert bare[1][:3] == ["/bin/sudo", "-n", "apt-get"]


@pytest.mark.parametrize("manager", ["dnf", "zypper"])
def test_other_systems_are_told_their_own_line(
    dev: ModuleType, bare: list[list[str]], monkeypatch: pytest.MonkeyPatch, manager: str
) -> None:
    _programs(monkeypatch, dev, manager)
    said = dev.set_up(dev.RUN_LOCK, display=False)
    assert f"sudo {manager} install 'libnot-there.so.9()(64bit)'" in said


def test_a_system_without_a_known_installer_is_told_the_files(
    dev: ModuleType, bare: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _programs(monkeypatch, dev)
    assert dev.set_up(dev.RUN_LOCK, display=False).endswith(": libnot-there.so.9")


def test_a_python_without_venv_is_said_in_a_sentence(
    dev: ModuleType, bare: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "QT_LIBRARIES", {})
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda name: None)
    _programs(monkeypatch, dev)
    assert "can make no virtual environment" in dev.set_up(dev.RUN_LOCK, display=False)
    _programs(monkeypatch, dev, "apt-get")
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000)
    assert "python3-venv" in dev.set_up(dev.RUN_LOCK, display=False)


def test_what_is_set_up_is_not_set_up_again(
    dev: ModuleType, bare: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(dev, "QT_LIBRARIES", {})
    monkeypatch.setattr(dev, "VENV", tmp_path)
    assert dev.set_up(dev.TEST_LOCK, display=False) == ""
    assert any("--require-hashes" in words for words in bare)
    bare.clear()
    assert dev.set_up(dev.TEST_LOCK, display=False) == ""
    assert dev.set_up(dev.RUN_LOCK, display=False) == ""
    assert bare == []


def test_a_changed_lock_file_is_installed_again(
    dev: ModuleType, bare: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lock = tmp_path / "some.lock"
    lock.write_text("one", encoding="utf-8")
    monkeypatch.setattr(dev, "QT_LIBRARIES", {})
    monkeypatch.setattr(dev, "VENV", tmp_path)
    dev.set_up(lock, display=False)
    lock.write_text("two", encoding="utf-8")
    bare.clear()
    dev.set_up(lock, display=False)
    assert bare != []


def test_where_there_is_no_display_the_whole_way_is_gone_headless(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    became: list[list[str]] = []
    monkeypatch.setattr(dev, "set_up", lambda lock, display: "")
    monkeypatch.setattr(dev, "_hand_over", lambda command: became.append(command[2:]) or 0)
    monkeypatch.setattr(dev, "has_display", lambda: False)
    assert dev.main(["run"]) == 0
    assert became == [["desktop_app", "self-check", "--"]]
    assert "no display" in capsys.readouterr().out


def test_files_after_run_open_in_the_window(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    became: list[list[str]] = []
    monkeypatch.setattr(dev, "set_up", lambda lock, display: "")
    monkeypatch.setattr(dev, "_hand_over", lambda command: became.append(command[2:]) or 0)
    monkeypatch.setattr(dev, "has_display", lambda: True)
    dev.main(["run", str(tmp_path)])
    dev.main(["run", "--self-check", str(tmp_path)])
    dev.main(["run"])
    assert became == [
        ["desktop_app", "--", str(tmp_path)],
        ["desktop_app", "self-check", "--", str(tmp_path)],
        ["desktop_app"],
    ]


def test_every_check_runs_and_the_failed_ones_are_named(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run: list[list[str]] = []

    def ran(command: list[str], environment: dict[str, str]) -> bool:
        assert environment["QT_QPA_PLATFORM"] == "offscreen"
        assert "PYTHONDONTWRITEBYTECODE" not in environment
        run.append([str(word) for word in command[1:]])
        return "mypy" not in command

    monkeypatch.setattr(dev, "set_up", lambda lock, display: "")
    monkeypatch.setattr(dev, "_ran", ran)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert dev.main(["test"]) == 1
    assert capsys.readouterr().err == "Failed: mypy.\n"
    assert run[-1] == [*dev.PYTEST, "-m", "not long"]
    dev.main(["test", "--all"])
    assert run[-1] == dev.PYTEST


def test_it_needs_nothing_but_the_standard_library() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", PROJECT / "dev.py"], capture_output=True, text=True, check=True
    )
    assert "dev.py run" in done.stdout


def test_what_it_does_not_know_is_an_error(dev: ModuleType) -> None:
    assert dev.main(["fly"]) == 2
    assert dev.main(["run", "--fast"]) == 1
    assert dev.main(["run", "no such file"]) == 1
