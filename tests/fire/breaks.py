"""Makes each break of ``breaks.toml`` in a copy of the project, and wants its test to fail."""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from tests.fire.trace import ROOT

_PARTS = ("kiosk", "assets", "tests", "pyproject.toml")


def main() -> int:
    """Exit code 1 where a break was caught by nothing."""
    breaks = tomllib.loads(Path(__file__).with_name("breaks.toml").read_text("utf-8"))["break"]
    uncaught = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for part in _PARTS:
            (shutil.copytree if (ROOT / part).is_dir() else shutil.copy)(ROOT / part, copy / part)
        for one in breaks:
            caught = _caught(copy, one)
            uncaught += not caught
            print(f"{'caught' if caught else 'NOT CAUGHT'}: {one['what']} ({one['test']})", flush=True)  # noqa: T201
    return 1 if uncaught else 0


def _caught(copy: Path, one: dict[str, Any]) -> bool:
    path = copy / one["file"]
    whole = path.read_text("utf-8")
    if whole.count(one["old"]) != 1:
        raise SystemExit(f"{one['file']} has changed; correct the break “{one['what']}” in breaks.toml.")
    path.write_text(whole.replace(one["old"], one["new"]), "utf-8")
    try:
        return _fails(copy, one["test"], "full" if one.get("full") else "short")
    finally:
        path.write_text(whole, "utf-8")


def _fails(copy: Path, test: str, extent: str) -> bool:
    """Whether the test fails, and not because there is none."""
    command = [sys.executable, "-m", "pytest", "--exitfirst", "-q", "--numprocesses", "0", *test.split(" ", 2)]
    environment = os.environ | {"KIOSK_TRUTH": extent, "PYTHONPATH": str(copy)}
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in {0, 1}:
        raise SystemExit(f"The test {test} did not run: {done.stdout}{done.stderr}")
    return done.returncode == 1


if __name__ == "__main__":
    raise SystemExit(main())
