"""What is shipped: the wheel, really built and installed, and the lock files."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
RUN_LOCK = PROJECT / "packaging" / "requirements.lock"
TEST_LOCK = PROJECT / "packaging" / "requirements-test.lock"
_PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")


def _build(kind: str, out: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", out],
        cwd=PROJECT,
        check=True,
        capture_output=True,
    )
    (made,) = out.iterdir()
    return made


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that a wheel of this checkout was installed into."""
    wheel = _build("wheel", tmp_path_factory.mktemp("wheel"))
    target = tmp_path_factory.mktemp("installed")
    subprocess.run(
        [*_PIP, "install", "--quiet", "--no-deps", "--no-index", "--target", target, wheel],
        check=True,
        capture_output=True,
    )
    return target


def _in_installed(installed: Path, elsewhere: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        cwd=elsewhere,
        env={"PYTHONPATH": str(installed), "PATH": "", "HOME": str(elsewhere)},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def test_an_installed_wheel_finds_its_resources_and_seeds(installed: Path, tmp_path: Path) -> None:
    code = (
        "import json; from desktop_app import paths;"
        "print(json.dumps([str(paths.__file__), str(paths.resources()), str(paths.seeds())]))"
    )
    module, resources, seeds = map(Path, json.loads(_in_installed(installed, tmp_path, "-c", code)))
    assert module.is_relative_to(installed)
    assert resources.is_relative_to(installed)
    assert (resources / "icons" / "postil.svg").is_file()
    shipped = {path.name for path in seeds.iterdir()}
    assert shipped == {path.name for path in (PROJECT / "seeds").iterdir()}


def test_an_installed_wheel_answers_in_a_terminal(installed: Path, tmp_path: Path) -> None:
    assert "postil import PATH..." in _in_installed(
        installed, tmp_path, "-m", "desktop_app", "--help"
    )
    assert (installed / "bin" / "postil").is_file()


def test_a_source_package_holds_what_a_wheel_is_made_of(tmp_path: Path) -> None:
    with tarfile.open(_build("sdist", tmp_path)) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "README.md", "LICENSE", "dev.py"} <= names
    for folder in ("desktop_app", "resources", "seeds", "packaging", "tests"):
        assert any(name.startswith(f"{folder}/") for name in names), folder


def _locked(lock: Path) -> dict[str, str]:
    found = re.findall(r"(?m)^([A-Za-z0-9._-]+)==(\S+)", lock.read_text(encoding="utf-8"))
    return {_plain(name): version for name, version in found}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_dependency_is_locked_with_hashes() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {_plain(re.match(r"[\w.-]+", each)[0]) for each in project["dependencies"]}  # type: ignore[index]
    tests = {
        _plain(re.match(r"[\w.-]+", each)[0])  # type: ignore[index]
        for each in project["optional-dependencies"]["test"]
    }
    assert wanted <= _locked(RUN_LOCK).keys(), "run packaging/lock.sh"
    assert wanted | tests <= _locked(TEST_LOCK).keys(), "run packaging/lock.sh"
    for lock in (RUN_LOCK, TEST_LOCK):
        for entry in re.split(r"(?m)^(?=[A-Za-z])", lock.read_text(encoding="utf-8"))[1:]:
            assert "--hash=sha256:" in entry, entry.splitlines()[0]


def test_the_checks_run_with_the_very_packages_that_are_shipped() -> None:
    shipped, checked = _locked(RUN_LOCK), _locked(TEST_LOCK)
    assert {name: checked.get(name) for name in shipped} == shipped


def test_nothing_that_reaches_a_network_is_shipped_by_name() -> None:
    text = RUN_LOCK.read_text(encoding="utf-8").lower()
    for name in ("requests==", "httpx==", "aiohttp==", "pyside6==", "pyside6-addons=="):
        assert name not in text


def test_the_lock_files_name_no_place_of_the_machine_that_made_them() -> None:
    for lock in (RUN_LOCK, TEST_LOCK):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        assert "--find-links" not in text
        assert "--index-url" not in text
