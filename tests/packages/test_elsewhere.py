"""The archive and the rpm for other distributions, on a Debian 13 without a single package of ours."""

import subprocess
from pathlib import Path

import pytest

from tests.packages.conftest import only
from tests.packages.roots import Root

PICTURE = ["render", "--out", "/root/picture.png", "--size", "800x480", "--level", "LOW", "--state", "live"]


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Root:
    """A Debian with what every machine with a screen has: OpenGL's loader and the configuration of fonts."""
    packages = ("libgl1", "libegl1", "fontconfig-config")
    return Root("trixie", tmp_path_factory.mktemp("elsewhere") / "root", *packages)


def test_the_archive_runs_from_wherever_it_was_unpacked(bare: Root) -> None:
    archive = only("threat-level-kiosk-*-linux-x86_64.tar.xz")
    place = bare.folder / "opt" / "a place with spaces"
    place.mkdir()
    subprocess.run(
        ["tar", "--extract", "--file", archive, "--directory", place, "--strip-components=1"], check=True
    )
    kiosk = "/opt/a place with spaces/threat-level-kiosk"
    assert bare.run(kiosk, "--version").startswith("threat-level-kiosk ")
    bare.run(kiosk, *PICTURE)
    assert (bare.folder / "root" / "picture.png").stat().st_size > 10_000


def test_the_rpm_installs_runs_and_goes(bare: Root) -> None:
    rpm = only("threat-level-kiosk-*.x86_64.rpm")

    def manage(*options: str | Path) -> str:
        line: list[str | Path] = ["rpm", "--root", bare.folder, "--dbpath", "/var/lib/rpm"]
        done = subprocess.run([*line, *options], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return str(done.stdout)

    # Debian has none of the packages that the rpm asks for by name, and no users are made in a folder.
    manage("--install", "--nodeps", "--noscripts", rpm)
    assert manage("--verify", "--nodeps", "--noscripts", "threat-level-kiosk") == ""
    bare.run("threat-level-kiosk", *PICTURE)
    assert "kiosk.toml" in manage("--query", "--configfiles", "threat-level-kiosk")
    manage("--erase", "--noscripts", "threat-level-kiosk")
    assert not (bare.folder / "usr/lib/threat-level-kiosk").exists()
