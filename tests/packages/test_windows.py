"""The installers for Windows under wine: what they write and what they leave. The program is a stand-in."""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.displays import VirtualScreen

PROGRAM = Path("Program Files/Threat Level Kiosk")
CONFIGURATION = Path("ProgramData/threat-level-kiosk/kiosk.toml")
UNINSTALL = r"HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall\threat-level-kiosk"
RUN = r"HKLM\Software\Microsoft\Windows\CurrentVersion\Run"
STAGED = ("threat-level-kiosk.exe", "threat-level-kioskw.exe", "lib/python311.dll", "licences/NOTICE")
PATIENCE = 120.0  # seconds


class Windows:
    """A Windows of wine's, fresh from its first start."""

    def __init__(self, folder: Path, screen: VirtualScreen) -> None:
        self.disk = folder / "drive_c"
        self._environment = dict(os.environ) | {
            "WINEPREFIX": str(folder), "WINEARCH": "win64", "WINEDEBUG": "-all", "DISPLAY": screen.name,
        }  # fmt: skip

    def run(self, *command: str | Path) -> str:
        """What a program prints; AssertionError where it fails."""
        done = self.ask(*command)
        assert done.returncode == 0, f"{command}: {done.returncode} {done.stdout} {done.stderr}"
        return str(done.stdout)

    def ask(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        line: list[str | Path] = ["wine", *command]
        return subprocess.run(
            line, env=self._environment, capture_output=True, text=True, timeout=PATIENCE, check=False
        )

    def end(self) -> None:
        subprocess.run(["wineserver", "--kill", "--wait"], env=self._environment, timeout=PATIENCE, check=False)

    def until_gone(self, path: Path) -> None:
        """The uninstaller copies itself elsewhere and goes on there."""
        end = time.monotonic() + PATIENCE
        while (self.disk / path).exists():
            assert time.monotonic() < end, list((self.disk / path).rglob("*"))
            time.sleep(0.1)

    def installed(self) -> set[str]:
        folder = self.disk / PROGRAM
        return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def windows(tmp_path: Path, screen: VirtualScreen) -> Iterator[Windows]:
    started = Windows(tmp_path / "wine", screen)
    first = started.ask("wineboot", "--init")
    if first.returncode:
        started.end()
        pytest.skip(f"REFUSED: wine does not start here. It said: {first.stderr[-800:]}")
    yield started
    started.end()


@pytest.fixture(scope="module")
def installers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with both installers in version 1.0.0 and in 1.1.0, where a file is gone and another has come."""
    folder = tmp_path_factory.mktemp("installers")
    for version, files in (("1.0.0", (*STAGED, "lib/old.dll")), ("1.1.0", (*STAGED, "lib/new.dll"))):
        staged = folder / version
        for name in files:
            (staged / name).parent.mkdir(parents=True, exist_ok=True)
            (staged / name).write_text(f"{name} of {version}")
        subprocess.run(["packaging/windows/make-installers", staged, version, folder], check=True)
    return folder


def test_the_installer_is_silent_upgrades_and_goes(windows: Windows, installers: Path) -> None:
    windows.run(installers / "threat-level-kiosk-1.0.0-setup.exe", "/S")
    assert windows.installed() == {*STAGED, "lib/old.dll", "uninstall.exe"}
    assert "1.0.0" in windows.run("reg", "query", UNINSTALL, "/v", "DisplayVersion")
    assert windows.ask("reg", "query", RUN, "/v", "threat-level-kiosk").returncode
    assert "config reference" in (windows.disk / CONFIGURATION).read_text()

    (windows.disk / CONFIGURATION).write_text("# ours\n")
    windows.run(installers / "threat-level-kiosk-1.1.0-setup.exe", "/S", "/AUTOSTART")
    assert windows.installed() == {*STAGED, "lib/new.dll", "uninstall.exe"}
    assert (windows.disk / PROGRAM / "threat-level-kiosk.exe").read_text().endswith("of 1.1.0")
    assert "threat-level-kioskw.exe" in windows.run("reg", "query", RUN, "/v", "threat-level-kiosk")

    windows.run(windows.disk / PROGRAM / "uninstall.exe", "/S")
    windows.until_gone(PROGRAM)
    assert windows.ask("reg", "query", UNINSTALL).returncode
    assert windows.ask("reg", "query", RUN, "/v", "threat-level-kiosk").returncode
    assert (windows.disk / CONFIGURATION).read_text() == "# ours\n"


def test_the_msi_is_silent_upgrades_and_goes(windows: Windows, installers: Path) -> None:
    (windows.disk / CONFIGURATION).parent.mkdir()
    (windows.disk / CONFIGURATION).write_text("# ours\n")
    windows.run("msiexec", "/i", installers / "threat-level-kiosk-1.0.0.msi", "/qn")
    assert windows.installed() == {*STAGED, "lib/old.dll"}
    assert windows.ask("reg", "query", RUN, "/v", "threat-level-kiosk").returncode, (
        "autostart is asked for by name"
    )

    newer = installers / "threat-level-kiosk-1.1.0.msi"
    windows.run("msiexec", "/i", newer, "/qn", "ADDLOCAL=Main,Autostart")
    assert windows.installed() == {*STAGED, "lib/new.dll"}
    assert "threat-level-kioskw.exe" in windows.run("reg", "query", RUN, "/v", "threat-level-kiosk")

    windows.run("msiexec", "/x", newer, "/qn")
    assert windows.installed() == set()
    assert windows.ask("reg", "query", RUN, "/v", "threat-level-kiosk").returncode
    assert (windows.disk / CONFIGURATION).read_text() == "# ours\n"
