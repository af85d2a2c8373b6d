"""Combined screens before the judges: a sample in the suite, 600 of them with ``make screens``."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

COUNT, WITNESSED = (600, 150) if os.environ.get("KIOSK_SCREENS") == "all" else (24, 4)
SHARES = {"1": 12, "1.5": 3, "2": 3, "3": 2} if COUNT == 600 else dict.fromkeys(("1", "1.5", "2", "3"), 1)
"""Of each scale, how many parts are judged apart: they go to whichever processor is free."""
SECONDS = 600


@pytest.mark.parametrize(
    ("scale", "part"), [(scale, part) for scale, parts in SHARES.items() for part in range(parts)]
)
def test_combined_screens_satisfy_every_judge(scale: str, part: int) -> None:
    numbers = [str(number) for number in (COUNT, WITNESSED, scale, part, SHARES[scale])]
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.trial", *numbers],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "QT_SCALE_FACTOR": scale},
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    result = json.loads(done.stdout)
    assert result["judged"] > 0
    assert result["complaints"] == [], "\n".join(result["complaints"])
