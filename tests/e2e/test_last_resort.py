"""The picture for when the program can't start, as the real compositor and the real viewer show it."""

import os
import re
import shlex
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.commands import ROOT
from tests.displays import VirtualScreen
from tests.e2e.kiosks import PATIENCE, Kiosk, configuration
from tests.e2e.pictures import until_read
from tests.servers import Answer, DocumentServer

UNIT = ROOT / "packaging" / "debian" / "threat-level-kiosk.threat-level-kiosk-picture.service"


@contextmanager
def compositor(screen: VirtualScreen, folder: Path) -> Iterator[dict[str, str]]:
    """Weston as the package's unit runs it, in a window without a frame; the environment of its clients."""
    folder.mkdir(mode=0o700)
    environment = screen.environment() | {"XDG_RUNTIME_DIR": str(folder)}
    size = ("--width=1280", "--height=720")
    config = f"--config={ROOT}/packaging/linux/weston.ini"
    command = ["weston", "--backend=x11-backend.so", *size, config, "--shell=kiosk-shell.so", "--socket=screen"]
    with (folder / "log").open("wb") as log:
        weston = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        end = time.monotonic() + PATIENCE
        while not (folder / "screen").exists():
            assert weston.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < end
            time.sleep(0.05)
        yield environment | {"WAYLAND_DISPLAY": "screen", "QT_QPA_PLATFORM": "wayland"}
    finally:
        weston.terminate()
        weston.wait(PATIENCE)


def viewer(state: Path) -> list[str]:
    """The command of the unit, with another state directory."""
    (line,) = re.findall(r"^ExecStart=((?:.*\\\n)*.*)$", UNIT.read_text(), re.MULTILINE)
    return shlex.split(line.replace("\\\n", " ").replace("/var/lib/threat-level-kiosk", str(state)))


def until_colour(screen: VirtualScreen, *wanted: str) -> None:
    end = time.monotonic() + PATIENCE
    while (seen := screen.colour_at(0.95, 0.03)) not in wanted:
        assert time.monotonic() < end, seen
        time.sleep(0.05)


def test_what_the_program_drew_of_its_own_configuration_is_shown_where_it_is_gone(tmp_path: Path) -> None:
    config = configuration(tmp_path, "http://127.0.0.1:9/", more='languages = ["cy", "en"]')
    with VirtualScreen(1280, 720) as screen, DocumentServer() as server:
        server.answer = Answer(503)
        with compositor(screen, tmp_path / "runtime") as environment:
            until_colour(screen, "#ffffff")  # not red, as it is without our entry
            supervised = environment | {"NOTIFY_SOCKET": str(tmp_path / "notify")}
            state = tmp_path / "state"
            with Kiosk(supervised, state, "--config", str(config)) as kiosk:
                kiosk.until_shown(None, "unknown")
                kiosk.until(lambda _: (state / "not-confirmed.png").exists())
                kiosk.process.kill()
            image = subprocess.Popen(viewer(state), env=os.environ | environment)
            try:
                until_colour(screen, "#2b3236")
                until_read(screen.picture, "No source has confirmed a level.")
                # The program that is back stands before it, whichever of them is older.
                with Kiosk(environment, state, "--config", str(config)) as kiosk:
                    kiosk.until_shown(None, "unknown")
                    end = time.monotonic() + PATIENCE
                    while screen.colour_at(0.3, 0.7) == "#2b3236":
                        assert time.monotonic() < end
                        time.sleep(0.05)
                    kiosk.end()
            finally:
                image.kill()
                image.wait(PATIENCE)
