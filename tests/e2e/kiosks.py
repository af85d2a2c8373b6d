"""A real kiosk process, and the documents that a source serves it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from kiosk.control import ask_running
from kiosk.errors import KioskError

PATIENCE = 20.0  # seconds; far more than anything here needs, so that only a hang is a failure


def mi5_document(
    level: str, northern_ireland: str = "SUBSTANTIAL", day: str = "Thursday, April 30, 2026"
) -> bytes:
    """A document in the shape of MI5's feed."""
    return (
        '<rss version="2.0"><channel><title>Threat Level</title><description>The Current UK Threat Level'
        f"</description><item><title>Current threat level: {level}</title><description>The current national "
        f"threat level is {level}. The threat to Northern Ireland from Northern Ireland-related terrorism is "
        f"{northern_ireland}.</description><pubDate>{day} -  06:09</pubDate></item></channel></rss>"
    ).encode()


def configuration(folder: Path, *urls: str, trust: str = "", more: str = "") -> Path:
    """A configuration file with one MI5 source for each url, asked every second."""
    sources = "".join(
        f'[[source]]\nname = "Source {number}"\nurl = "{url}"\nformat = "mi5"\nevery = "1 s"\n'
        for number, url in enumerate(urls, 1)
    )
    path = folder / "kiosk.toml"
    path.write_text(f"{more}\n{sources}\n[trust]\n{trust}\n")
    return path


class Kiosk:
    """A kiosk in a process of its own, from start to a clean end; ``environment`` says where it shows itself."""

    def __init__(self, environment: dict[str, str], folder: Path, *arguments: str) -> None:
        self.folder = folder
        self._command = [sys.executable, "-m", "kiosk", "run", "--state-dir", str(folder), *arguments]
        self._environment = environment

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            self._command,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.started = time.monotonic()
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        if self.process.stdout and not self.process.stdout.closed:
            self.process.communicate()

    def status(self) -> dict[str, Any]:
        """What the kiosk says that it shows; empty while it does not answer."""
        try:
            answer: dict[str, Any] = json.loads(bytes(ask_running(self.folder).printed))
        except KioskError:
            return {}
        return answer

    def until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first status for which ``wanted`` holds."""
        end = time.monotonic() + PATIENCE
        status: dict[str, Any] = {}
        while time.monotonic() < end:
            status = self.status()
            if status and wanted(status):
                return status
            assert self.process.poll() is None, self.process.communicate()
            time.sleep(0.02)
        raise AssertionError(f"not within {PATIENCE} s; the status is {status}")

    def until_shown(self, level: str | None, state: str) -> dict[str, Any]:
        """The first status with this level and state."""
        return self.until(lambda status: (status["level"], status["state"]) == (level, state))

    def end(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, float, str]:
        """Ends it by a signal: the exit code, the seconds it took, and what it wrote to stderr."""
        told = time.monotonic()
        self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, time.monotonic() - told, errors

    def family(self) -> list[int]:
        """The processes of the kiosk's session, itself included."""
        return [
            int(entry.name)
            for entry in Path("/proc").iterdir()
            if entry.name.isdigit() and _session(entry) == self.process.pid
        ]


def _session(process: Path) -> int | None:
    try:
        return os.getsid(int(process.name))
    except ProcessLookupError:
        return None
