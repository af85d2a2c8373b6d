"""What is inside the packages, and what must not be."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.packages import figures
from tests.packages.conftest import DIST, only

MEGABYTE = 1_000_000
# Debian 12's. What runs on it runs on every newer one; for RHEL 9 (2.34) the build would have to run there.
GLIBC = (2, 36)
PLUGINS = {
    "platforms/libqoffscreen.so",
    "platforms/libqwayland.so",
    "platforms/libqxcb.so",
    "wayland-shell-integration/libxdg-shell.so",
}


@pytest.fixture(scope="module")
def lean(deb: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the Debian package installs."""
    folder = tmp_path_factory.mktemp("deb")
    subprocess.run(["dpkg-deb", "--extract", deb, folder], check=True)
    return folder


@pytest.fixture(scope="module")
def fat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the archive for other distributions unpacks to."""
    folder = tmp_path_factory.mktemp("archive")
    archive = only("threat-level-kiosk-*-linux-x86_64.tar.xz")
    subprocess.run(["tar", "--extract", "--file", archive, "--directory", folder], check=True)
    (unpacked,) = folder.iterdir()
    return unpacked


@pytest.fixture(params=["lean", "fat"])
def tree(request: pytest.FixtureRequest) -> Path:
    folder = request.getfixturevalue(request.param)
    assert isinstance(folder, Path)
    return folder


def binaries(tree: Path) -> list[Path]:
    return [path for path in tree.rglob("*") if path.is_file() and path.read_bytes()[:4] == b"\x7fELF"]


def printed(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_sizes(deb: Path, lean: Path) -> None:
    packed = deb.stat().st_size / MEGABYTE
    unpacked = sum(path.lstat().st_size for path in lean.rglob("*") if not path.is_dir()) / MEGABYTE
    figures.take(".deb", f"{packed:.1f} MB", "30 MB")
    figures.take("installed", f"{unpacked:.1f} MB", "100 MB")
    assert packed <= 30
    assert unpacked <= 100


def test_only_the_plugins_that_are_meant_to_be_there(tree: Path) -> None:
    (plugins,) = tree.rglob("Qt/plugins")
    assert {str(path.relative_to(plugins)) for path in plugins.rglob("*.so")} == PLUGINS


def test_no_link_leads_nowhere(tree: Path) -> None:
    # The links of /usr/bin and /usr/share are the package's own, and absolute.
    assert [path for path in tree.rglob("*.so*") if path.is_symlink() and not path.exists()] == []


def test_libraries_find_each_other_from_where_they_lie(tree: Path) -> None:
    for path in binaries(tree):
        for found in re.findall(r"(?:RUNPATH|RPATH)\s+(\S+)", printed("objdump", "-p", path)):
            assert all(part.startswith("$ORIGIN") for part in found.split(":")), (path, found)


def test_nothing_asks_for_a_newer_system_than_debian_12(tree: Path) -> None:
    for path in binaries(tree):
        for major, minor in re.findall(r"GLIBC_(\d+)\.(\d+)", printed("objdump", "-T", path)):
            assert (int(major), int(minor)) <= GLIBC, path


def test_no_path_of_the_machine_that_built_it_stays(tree: Path) -> None:
    here = [str(Path.cwd()).encode(), str(Path.home()).encode() + b"/"]
    for path in tree.rglob("*"):
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            assert not [name for name in here if name in content], path


def test_only_the_languages_of_the_screen(tree: Path) -> None:
    (words,) = tree.rglob("assets/words")
    (calendars,) = tree.rglob("assets/calendars")
    assert {path.stem for path in calendars.glob("*.json")} == {path.stem for path in words.glob("*.toml")}
    assert not list(tree.rglob("babel"))


def test_every_part_has_its_licence_and_is_in_the_bill(tree: Path) -> None:
    (notice,) = tree.rglob("licences/NOTICE")
    bill = json.loads((notice.parent / "sbom.cdx.json").read_text())
    names = {component["name"] for component in bill["components"]}
    assert {"qt", "icu", "libssl3", "libpython3.11", "pyside6-essentials", "requests", "cldr"} <= names
    for name in names - {"qt", "icu", "pyside6-essentials", "shiboken6"}:
        assert [text for text in (notice.parent / name).iterdir() if text.stat().st_size > 100], name
    assert "GNU LESSER" in (notice.parent / "LGPL-3.txt").read_text()


def test_the_checksums_are_those_of_the_files() -> None:
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=DIST, check=True)
