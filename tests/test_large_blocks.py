"""What becomes of the memory of pictures, in a process of its own."""

import subprocess
import sys

import pytest

from tests.commands import ROOT

_PICTURES = """
import ctypes, sys
from pathlib import Path
from kiosk.large_blocks import give_back_large_blocks
c = ctypes.CDLL(None)
c.malloc.restype, c.malloc.argtypes, c.free.argtypes = ctypes.c_void_p, [ctypes.c_size_t], [ctypes.c_void_p]
def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6
def picture():
    block = c.malloc(8_000_000)
    ctypes.memset(block, 1, 8_000_000)
    return block
c.free(picture())  # what makes glibc change its habit
if "give back" in sys.argv:
    give_back_large_blocks()
before, pictures = resident(), []
for _ in range(3):
    pictures.append(picture())
    c.malloc(50_000)  # stays behind it
for block in pictures:
    c.free(block)
print(resident() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's habit")
def test_pictures_that_are_gone_take_no_memory() -> None:
    def kept(*words: str) -> float:
        command = [sys.executable, "-c", _PICTURES, *words]
        return float(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)

    assert kept() > 8
    assert kept("give back") < 1
