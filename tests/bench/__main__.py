"""``make bench``: the kiosk beside a bare window of Qt and beside Chromium, in turns within one run."""

import argparse
import json
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from tests.bench.contenders import Bench
from tests.bench.goals import FIGURES, MEASUREMENTS, SLACK, Row, ratios, regressions, row
from tests.bench.idle import idle
from tests.bench.memory import memory, size
from tests.bench.picture import changes, fade, paint
from tests.bench.push import push
from tests.bench.start import live, start
from tests.bench.table import table

_RECORDED = Path(__file__).with_name("recorded.json")

Measure = Callable[[Bench], dict[str, dict[str, list[float]]]]


def main() -> int:
    """Measures, prints, writes JSON; 1 where a ratio is worse than the recorded one, unless it only reports."""
    options = _options()
    wanted = options.only.split(",") if options.only else list(MEASUREMENTS)
    if unknown := set(wanted) - set(MEASUREMENTS):
        print(f"There is no {', '.join(sorted(unknown))}; choose from {', '.join(MEASUREMENTS)}.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as name:
        bench = Bench(options.python.absolute(), options.package and options.package.absolute(), Path(name))
        rows = _rows(bench, wanted, options)
    machine = f"{datetime.now(UTC):%Y-%m-%d}, {platform.processor() or platform.machine()}, {_cpu()}"
    print(f"\n{machine}\n\n{table(rows)}\n")
    now = ratios(rows)
    figures = {row.figure.key: row.failure or row.medians for row in rows}
    options.json.write_text(json.dumps({"machine": machine, "figures": figures, "ratios": now}, indent=1) + "\n")
    if options.record:
        before = json.loads(_RECORDED.read_text()) if _RECORDED.exists() else {}
        _RECORDED.write_text(json.dumps(before | now, indent=1, sort_keys=True) + "\n")
        return 0
    worse = list(regressions(now, json.loads(_RECORDED.read_text()))) if _RECORDED.exists() else []
    for sentence in worse:
        print(f"Worse by more than {SLACK:.0%}: {sentence}", file=sys.stderr)
    return 1 if worse and not options.report else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--only", help=f"some of {','.join(MEASUREMENTS)}")
    parser.add_argument("--rounds", type=int, default=9, help="of each start, push and fade (9)")
    parser.add_argument("--idle", type=float, default=300, help="seconds of doing nothing (300)")
    parser.add_argument("--changes", type=int, default=10_000, help="of the level (10000)")
    parser.add_argument("--python", type=Path, default=Path(sys.executable), help="of the installed kiosk")
    parser.add_argument("--package", type=Path, help="the frozen folder, measured too")
    parser.add_argument("--json", type=Path, default=Path("bench.json"), help="where the figures go (bench.json)")
    parser.add_argument("--report", action="store_true", help="tell what is worse, and fail nothing")
    parser.add_argument("--record", action="store_true", help="keep these ratios, to be compared with from now on")
    return parser.parse_args()


def _rows(bench: Bench, wanted: list[str], options: argparse.Namespace) -> list[Row]:
    measures: dict[str, Measure] = {
        "start": partial(start, rounds=options.rounds),
        "live": partial(live, rounds=options.rounds),
        "memory": partial(memory, rounds=options.rounds),
        "idle": partial(idle, length=options.idle),
        "push": partial(push, rounds=options.rounds),
        "paint": partial(paint, rounds=options.rounds),
        "fade": partial(fade, rounds=options.rounds),
        "changes": partial(changes, number=options.changes),
        "size": partial(size, rounds=options.rounds),
    }
    rows = []
    for name in MEASUREMENTS:
        figures = [figure for figure in FIGURES if figure.key.partition(".")[0] == name and name in wanted]
        if not figures:
            continue
        began = time.monotonic()
        try:
            taken, failure = measures[name](bench), ""
        except Exception as error:  # noqa: BLE001 - one measurement that fails is one row that says so
            taken, failure = {}, " ".join([repr(error), *getattr(error, "__notes__", ())]).replace("\n", " ")
        print(f"{name}: {time.monotonic() - began:.0f} s{' FAILED' if failure else ''}", flush=True)
        rows += [row(figure, taken.get(figure.key, {}), failure) for figure in figures]
    return rows


def _cpu() -> str:
    """What the processor is called, and how many there are."""
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{len(names)} x {names[0]}" if names else "unknown processor"


if __name__ == "__main__":
    sys.exit(main())
