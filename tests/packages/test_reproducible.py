"""Whoever builds the packages again gets the same ones, to the bit."""

import subprocess
import sys
from pathlib import Path

from tests.packages.conftest import DIST


def test_a_second_build_is_the_same(tmp_path: Path) -> None:
    subprocess.run(["packaging/linux/build", sys.executable, tmp_path], check=True, timeout=1800)
    assert (tmp_path / "SHA256SUMS").read_text() == (DIST / "SHA256SUMS").read_text()
