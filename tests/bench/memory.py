"""Megabytes at the most and in the long run, and on the disk."""

import json
import statistics
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path

from tests.bench.contenders import LEVEL, OLD_LEVEL, Bench, alive, colour, configuration, running
from tests.bench.eye import eye
from tests.bench.family import pss
from tests.bench.goals import BARE, CHROMIUM, KIOSK, PACKAGED
from tests.bench.page import Page
from tests.displays import VirtualScreen
from tests.e2e.kiosks import mi5_document
from tests.servers import DocumentServer

_POLLS = 6
"""Those of an hour, at the default of one in ten minutes; here one each second."""

_CLOSURE = """
import json, re
from importlib.metadata import PackageNotFoundError, distribution
found, names = {}, ["%s"]
while names:
    name = re.match(r"[\\w.-]+", names.pop()).group()
    if name in found:
        continue
    try:
        parts = distribution(name)
    except PackageNotFoundError:
        continue
    found[name] = sum(file.locate().stat().st_size for file in parts.files or () if file.locate().is_file())
    names += [need for need in parts.requires or () if "extra ==" not in need]
print(json.dumps(found))
"""


def memory(bench: Bench, rounds: int) -> dict[str, dict[str, list[float]]]:
    """PSS of all processes together: while it starts and polls, and afterwards."""
    peak: dict[str, list[float]] = {}
    steady: dict[str, list[float]] = {}
    with ExitStack() as stack:
        screen = stack.enter_context(VirtualScreen())
        watching = stack.enter_context(eye(screen))
        page = stack.enter_context(Page({LEVEL: bench.picture(LEVEL)}, fade=False).served())
        server = stack.enter_context(DocumentServer(mi5_document(OLD_LEVEL)))
        config = configuration(bench.folder, server.url(), every="1 s", more="reduced_motion = false")
        for program in bench.programs():
            server.answer = type(server.answer)(body=mi5_document(OLD_LEVEL))
            bench.remember(OLD_LEVEL)
            with running(bench.command(program, config, page.url), screen) as process:
                found = _sampled(process.pid, 3)
                server.answer = type(server.answer)(body=mi5_document(LEVEL))
                found += _sampled(process.pid, _POLLS + 1)
                watching.complete(time.perf_counter(), colour(LEVEL), alive(process))
                peak[program] = [max(found)]
                # A fetch is a process of its own for a third of a second; between two of them is the long run.
                steady[program] = [statistics.median(_sampled(process.pid, 4))]
    return {"memory.peak": peak, "memory.steady": steady}


def size(bench: Bench, rounds: int) -> dict[str, dict[str, list[float]]]:
    """Megabytes of the files that each program needs beside Debian's own Python and libraries."""
    found = {
        BARE: _installed(bench.python, "PySide6-Essentials"),
        KIOSK: _installed(bench.python, "threat-level-kiosk"),
    }
    asked = ["dpkg-query", "--show", "--showformat", "${Installed-Size}\n", "chromium", "chromium-common"]
    sizes = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    found[CHROMIUM] = sum(map(int, sizes.split())) / 1024
    if bench.package:
        found[PACKAGED] = (
            sum(file.lstat().st_size for file in bench.package.rglob("*") if file.is_file()) / 1024**2
        )
    return {"size": {program: [value] for program, value in found.items()}}


def _installed(python: Path, name: str) -> float:
    told = subprocess.run([python, "-c", _CLOSURE % name], check=True, capture_output=True, text=True).stdout
    return float(sum(json.loads(told).values())) / 1024**2


def _sampled(process: int, seconds: float) -> list[float]:
    """The memory of a family, looked at a few times a second."""
    end, found = time.monotonic() + seconds, []
    while time.monotonic() < end:
        found.append(pss(process))
        time.sleep(0.1)
    return found
