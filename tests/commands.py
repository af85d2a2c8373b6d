"""Runs the real command in a process of its own, as a shell would."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did: its exit code and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON value that it wrote, and nothing beside it."""
        assert self.err == ""
        return json.loads(self.out)

    def refused(self, code: int) -> str:
        """The one plain sentence with which it refused."""
        assert self.code == code, self.err
        assert self.out == ""
        assert self.err.endswith((".\n", "?\n"))
        assert self.err.count("\n") == 1, self.err
        assert "Traceback" not in self.err
        return self.err.rstrip("\n")


def command(*arguments: object, **environment: str) -> Ran:
    """Runs ``threat-level-kiosk`` with these arguments."""
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)
