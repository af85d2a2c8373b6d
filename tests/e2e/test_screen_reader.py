"""The kiosk to somebody who can't see it: read back over AT-SPI by another process, on a bus of its own."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.displays import VirtualScreen
from tests.e2e.kiosks import Kiosk, configuration, mi5_document
from tests.servers import Answer, DocumentServer

pytestmark = pytest.mark.xdist_group("screen")

DEBIAN_PYTHON = "/usr/bin/python3"
READER = Path(__file__).with_name("screen_reader.py")


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[str]:
    """The address of a session bus that knows the accessibility services and nothing of this machine's session."""
    with subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as daemon:
        assert daemon.stdout
        yield daemon.stdout.readline().strip()
        daemon.terminate()


class Reader:
    """What the screen reader tells, line by line."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def next(self, kind: str) -> Any:
        assert self._process.stdout
        line = json.loads(self._process.stdout.readline() or "{}")
        assert list(line) == [kind], line
        return line[kind]


@contextmanager
def reader(environment: dict[str, str]) -> Iterator[Reader]:
    with subprocess.Popen(
        [DEBIAN_PYTHON, str(READER)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # GLib's remarks about a machine without a desktop
        text=True,
    ) as process:
        try:
            yield Reader(process)
        finally:
            process.kill()


def test_a_screen_reader_finds_the_level_its_age_and_the_numbers_and_hears_a_change(
    bus: str, tmp_path: Path
) -> None:
    with VirtualScreen(1366, 768) as screen, DocumentServer(mi5_document("SUBSTANTIAL")) as server:
        environment = screen.environment() | {
            "DBUS_SESSION_BUS_ADDRESS": bus,
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "XDG_RUNTIME_DIR": str(tmp_path),
            "HOME": os.environ.get("HOME", "/root"),
        }
        config = configuration(tmp_path, server.url(), more='place = "Riverside Hall"')
        with Kiosk(environment, tmp_path / "state", "--config", str(config)) as kiosk:
            kiosk.until_shown("SUBSTANTIAL", "live")
            with reader(environment) as listener:
                nodes = [(role, name) for role, name, _ in listener.next("nodes")]
                texts = [name for _, name in nodes]
                assert "Threat Level Kiosk" in texts
                assert ("heading", "UK terrorism threat level") in nodes
                assert ("heading", "SUBSTANTIAL") in nodes
                order = ["SUBSTANTIAL", "An attack is likely", "Be alert, not alarmed", "999", "0800 789 321"]
                assert [text for text in texts if text in order] == order
                assert any(text.startswith("Confirmed ") for text in texts)
                assert any("UK terrorism threat level: SUBSTANTIAL" in text for text in texts), "the summary"
                assert "Scan to report" in texts
                listener.next("listening")
                server.answer = Answer(body=mi5_document("CRITICAL"))
                kiosk.until_shown("CRITICAL", "live")
                assert "CRITICAL. An attack is highly likely in the near future" in listener.next("announcement")
            code, _, errors = kiosk.end()
            # The bus may ask for something that Qt's adaptor does not know, and Qt says so.
            assert (code, [line for line in errors.splitlines() if "GetApplicationBusAddress" not in line]) == (
                0,
                [],
            )
