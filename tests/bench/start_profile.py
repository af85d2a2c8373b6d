"""``make start-profile``: where the time of a start goes, with a source on this machine."""

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

from tests.bench.contenders import LEVEL, Bench, configuration
from tests.displays import VirtualScreen
from tests.e2e.kiosks import mi5_document
from tests.servers import DocumentServer

_ROUNDS = 9
_SHOWN = 25  # modules
_MODULE = re.compile(r"import time:\s*(\d+) \|\s*\d+ \|\s*(\S+)")


def main() -> None:
    """Prints the steps with their medians, and then what each import takes by itself."""
    parser = argparse.ArgumentParser(prog="make start-profile", description=__doc__)
    parser.add_argument("--python", type=Path, default=Path(sys.executable), help="of the installed kiosk")
    python = parser.parse_args().python.absolute()
    with tempfile.TemporaryDirectory(prefix="kiosk-start-") as name, ExitStack() as stack:
        bench = Bench(python, None, Path(name))
        bench.remember(LEVEL)
        server = stack.enter_context(DocumentServer(mi5_document(LEVEL)))
        screen = stack.enter_context(VirtualScreen())
        script = [str(Path(__file__).with_name("phases.py")), str(configuration(bench.folder, server.url()))]

        def run(*options: str) -> subprocess.CompletedProcess[str]:
            command = [str(python), *options, *script, str(bench.folder / "state"), str(time.monotonic())]
            return subprocess.run(
                command, env=screen.environment(), cwd=bench.folder, capture_output=True, text=True, check=True
            )

        rounds = [json.loads(run().stdout) for _ in range(_ROUNDS)]
        imports = run("-X", "importtime").stderr
    _print_steps(rounds)
    _print_imports(imports)


def _print_steps(rounds: list[dict[str, float]]) -> None:
    steps = {step: statistics.median(taken[step] for taken in rounds) for step in rounds[0]}
    print(f"Steps to the first picture, medians of {len(rounds)}:")
    for step, took in steps.items():
        print(f"{took:8.1f} ms  {step}")
    print(f"{sum(steps.values()):8.1f} ms  together\n")


def _print_imports(told: str) -> None:
    """Python tells of each module what it took without those that it imports; telling slows it down."""
    modules = [(int(took) / 1000, name) for took, name in _MODULE.findall(told)]
    groups: Counter[str] = Counter()
    for took, name in modules:
        groups[_group(name)] += took  # type: ignore[assignment]  # its hints know whole numbers only
    print("Imports, also those of the worker:")
    for group, took in groups.most_common():
        print(f"{took:8.1f} ms  {group}")
    print(f"\nThe {_SHOWN} modules that take longest by themselves:")
    for took, name in sorted(modules, reverse=True)[:_SHOWN]:
        print(f"{took:8.1f} ms  {name}")


def _group(module: str) -> str:
    top = module.partition(".")[0]
    if top == "kiosk":
        return "kiosk"
    if top in {"PySide6", "shiboken6", "shibokensupport", "signature_bootstrap"}:
        return "PySide6"
    return "Python's own library" if top in sys.stdlib_module_names else top


if __name__ == "__main__":
    main()
