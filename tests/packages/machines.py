"""A root folder booted by systemd-nspawn: a machine with systemd, on this machine's network."""

import os
import subprocess
import time
from pathlib import Path
from typing import Self

import pytest

from tests.packages.roots import Root

_BOOT = 60.0  # seconds
_INSIDE = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "SYSTEMD_COLORS": "0"}


class Machine:
    """A booted root folder; where this machine refuses to boot one, the test is skipped and says why."""

    def __init__(self, root: Root) -> None:
        self._root = root
        self._log = root.folder.parent / "boot.log"

    def __enter__(self) -> Self:
        command = ["systemd-nspawn", "--quiet", "--boot", "--register=no", "--keep-unit", "--console=pipe"]
        # Two machines must not share a name, nor a folder that somebody boots at the same time.
        command += [f"--machine=kiosk-{os.getpid()}", f"--directory={self._root.folder}"]
        with self._log.open("wb") as log:
            self._nspawn = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        end = time.monotonic() + _BOOT
        while "running" not in (state := self._state()) and "degraded" not in state:
            if self._nspawn.poll() is not None or time.monotonic() > end:
                self._nspawn.kill()
                self._nspawn.wait()
                said = self._log.read_text(errors="replace")[-800:]
                pytest.skip(f"REFUSED: this machine boots nothing with systemd-nspawn. It said: {said}")
            time.sleep(0.2)
        return self

    def __exit__(self, *_: object) -> None:
        self.ask("systemctl", "poweroff")
        try:
            self._nspawn.wait(30)
        except subprocess.TimeoutExpired:
            self._nspawn.kill()
            self._nspawn.wait()

    def run(self, *command: str) -> str:
        """What a command inside prints; AssertionError where it fails."""
        done = self.ask(*command)
        assert done.returncode == 0, f"{command}: {done.stdout}\n{done.stderr}"
        printed: str = done.stdout
        return printed

    def ask(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Runs a command inside, whatever comes of it."""
        settings = [f"{name}={value}" for name, value in _INSIDE.items()]
        spaces = ("--mount", "--uts", "--ipc", "--pid", "--root", "--wd")
        return subprocess.run(
            ["nsenter", "--target", str(self._init()), *spaces, "env", "-i", *settings, *command],
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip

    def shown(self, unit: str, name: str) -> str:
        """A property of a unit."""
        return self.run("systemctl", "show", "--value", f"--property={name}", unit).strip()

    def _state(self) -> str:
        return self.ask("systemctl", "is-system-running").stdout if self._init() else ""

    def _init(self) -> int:
        """The container's process 1, as this machine counts; 0 while there is none."""
        children = Path(f"/proc/{self._nspawn.pid}/task/{self._nspawn.pid}/children")
        for child in children.read_text().split() if children.exists() else ():
            if Path(f"/proc/{child}/comm").read_text().strip() == "systemd":
                return int(child)
        return 0
