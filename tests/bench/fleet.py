"""What a fleet costs: 500 simulated presences at one real Mosquitto, 20 real kiosks before one real Prometheus.

The presences are connections of the code that a kiosk's child runs, many in one process; the kiosks are whole
ones, each on a screen of its own, each with endpoint and presence.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain
from pathlib import Path

from tests.bench.presences import GONE
from tests.brokers import Broker, Dashboard
from tests.commands import ROOT
from tests.displays import VirtualScreen
from tests.e2e.kiosks import Kiosk, mi5_document
from tests.monitors import Prometheus
from tests.servers import DocumentServer, unused_port

_PRESENCES, _PROCESSES, _KIOSKS = 500, 10, 20
_STEADY = 30.0  # seconds
_PATIENCE = 180.0
_SIZE = (1280, 720)

Figures = dict[str, str]


def main() -> None:
    """Measures, prints, and writes the figures as JSON where that was asked for."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--json", type=Path, help="where to write the figures")
    options.add_argument("--presences", type=int, default=_PRESENCES)
    options.add_argument("--kiosks", type=int, default=_KIOSKS)
    chosen = options.parse_args()
    figures: Figures = {}
    with tempfile.TemporaryDirectory(prefix="fleet-") as name:
        for found in chain(_presences(Path(name), chosen.presences), _kiosks(Path(name), chosen.kiosks)):
            print("{}: {}".format(*found), flush=True)
            figures |= (found,)
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1, ensure_ascii=False))


# ------------------------------------------------------------------ presences


def _presences(folder: Path, many: int) -> Iterator[tuple[str, str]]:
    with Broker(folder) as broker, broker.dashboard("fleet/#") as dashboard, _crowd(broker, many) as crowd:
        began = time.monotonic()
        yield f"{many} presences are online after", _since(began, lambda: _online(dashboard, 0) == many)
        crowd.publish(1)
        began = time.monotonic()
        yield "a change on every screen is seen after", _since(began, lambda: _online(dashboard, 1) == many)
        began = time.monotonic()
        with broker.dashboard("fleet/#") as late:
            yield "a dashboard that opens knows all after", _since(began, lambda: len(late.newest()) == many)
        before, began = _cpu(broker.process.pid), time.monotonic()
        time.sleep(_STEADY)
        used = (_cpu(broker.process.pid) - before) / (time.monotonic() - began)
        yield "Mosquitto at rest", f"{used:.2%} of a core, {_pss(broker.process.pid) / 1e6:.1f} MB"
        yield "a status has", f"{len(dashboard.seen('fleet/0/status')[-1].payload)} bytes"
        broker.kill()
        broker.start()
        began = time.monotonic()
        with broker.dashboard("fleet/#") as again:
            yield "all are back after a broker's restart in", _since(began, lambda: _online(again, 1) == many)
            crowd.kill()
            began = time.monotonic()
            yield "all are known to be gone after", _since(began, lambda: _gone(again) == many)


class _Crowd:
    def __init__(self, processes: list[subprocess.Popen[str]]) -> None:
        self._processes = processes

    def publish(self, number: int) -> None:
        for process in self._processes:
            assert process.stdin
            process.stdin.write(f"{number}\n")
            process.stdin.flush()

    def kill(self) -> None:
        for process in self._processes:
            process.kill()


@contextmanager
def _crowd(broker: Broker, many: int) -> Iterator[_Crowd]:
    each = -(-many // _PROCESSES)
    command = [sys.executable, "-m", "tests.bench.presences", broker.url("fleet")]
    processes = [
        subprocess.Popen(
            [*command, str(first), str(min(each, many - first))], cwd=ROOT, stdin=subprocess.PIPE, text=True
        )
        for first in range(0, many, each)
    ]
    crowd = _Crowd(processes)
    try:
        yield crowd
    finally:
        crowd.kill()
        for process in processes:
            process.communicate()


def _online(dashboard: Dashboard, number: int) -> int:
    return sum(status.get("number") == number for status in dashboard.newest().values())


def _gone(dashboard: Dashboard) -> int:
    return sum(status == json.loads(GONE) for status in dashboard.newest().values())


# ------------------------------------------------------------------ kiosks


def _kiosks(folder: Path, many: int) -> Iterator[tuple[str, str]]:
    with ExitStack() as stack:
        broker = stack.enter_context(Broker(folder))
        source = stack.enter_context(DocumentServer(mi5_document("SEVERE")))
        dashboard = stack.enter_context(broker.dashboard("#"))
        ports = [_port() for _ in range(many)]
        kiosks = []
        for number, port in enumerate(ports):
            config = folder / f"{number}.toml"
            config.write_text(_configuration(source, broker, number, port))
            screen = stack.enter_context(VirtualScreen(*_SIZE))
            kiosk = Kiosk(screen.environment(), folder / f"state-{number}", "--config", str(config))
            kiosks.append(stack.enter_context(kiosk))
        for kiosk in kiosks:
            kiosk.until_shown("SEVERE", "live")
        time.sleep(10)
        quiet = _load(kiosks)
        targets = ", ".join(f'"127.0.0.1:{port}"' for port in ports)
        prometheus = stack.enter_context(Prometheus(folder, _SCRAPES.format(targets=targets)))
        began = time.monotonic()
        yield f"{many} kiosks are scraped after", _since(began, lambda: _value(prometheus, "sum(up)") == many)
        scraped = _load(kiosks)
        for what, expression, told in _ASKED:
            yield what, told.format(prometheus.value(expression) or 0)
        yield "one kiosk at rest, and scraped every 5 s", f"{quiet:.1%} and {scraped:.1%} of a core"
        pss = [sum(map(_pss, kiosk.family())) / 1e6 for kiosk in kiosks]
        alone = [_pss(kiosk.process.pid) / 1e6 for kiosk in kiosks]
        yield "one kiosk with its presence", f"{_mean(pss):.0f} MB, {_mean(alone):.0f} MB of it the kiosk"
        online = sum(bool(status.get("online")) for status in dashboard.newest().values())
        yield "real presences that are online", str(online)
        for kiosk in kiosks:
            kiosk.process.kill()
        began = time.monotonic()
        yield "all are known to be gone at the broker after", _since(began, lambda: _gone(dashboard) == many)
        yield "and at Prometheus after", _since(began, lambda: _value(prometheus, "sum(up)") == 0)


_SCRAPES = """
scrape_configs:
  - job_name: threat-level-kiosk
    scrape_interval: 5s
    scrape_timeout: 5s
    static_configs: [targets: [{targets}]]
"""
_ASKED = (
    ("a scrape takes", "avg(avg_over_time(scrape_duration_seconds[30s])) * 1000", "{:.0f} ms on the average"),
    ("the slowest scrape took", "max(max_over_time(scrape_duration_seconds[30s])) * 1000", "{:.0f} ms"),
    ("a scrape has", "avg(scrape_samples_scraped)", "{:.0f} samples"),
    ("scrapes that failed", "sum(count_over_time(up[1m])) - sum(sum_over_time(up[1m]))", "{:.0f}"),
    ("pictures that are verified", "sum(threat_level_kiosk_frame_ok)", "{:.0f}"),
    ("levels that are live", "sum(threat_level_kiosk_confirmation_ok)", "{:.0f}"),
    ("the oldest verified picture", "max(max_over_time(threat_level_kiosk_frame_age_seconds[30s]))", "{:.1f} s"),
)


def _configuration(source: DocumentServer, broker: Broker, number: int, port: int) -> str:
    return (
        f'[[source]]\nname = "MI5"\nurl = "{source.url()}"\nformat = "mi5"\nevery = "10 s"\n'
        f'[endpoint]\naddress = "127.0.0.1:{port}"\n'
        f'[presence]\nurl = "{broker.url("").rstrip("/")}"\ntopic = "lobby/{number}/status"\n'
    )


def _load(kiosks: list[Kiosk]) -> float:
    """The share of a core that one kiosk takes, its children included."""
    before, began = sum(_cpu(kiosk.process.pid) for kiosk in kiosks), time.monotonic()
    time.sleep(_STEADY)
    used = sum(_cpu(kiosk.process.pid) for kiosk in kiosks) - before
    return used / (time.monotonic() - began) / len(kiosks)


def _value(prometheus: Prometheus, expression: str) -> float | None:
    try:
        return prometheus.value(expression)
    except OSError:  # it does not listen yet
        return None


# ------------------------------------------------------------------ figures


def _since(began: float, reached: Callable[[], bool]) -> str:
    while not reached():
        assert time.monotonic() - began < _PATIENCE
        time.sleep(0.02)
    return f"{time.monotonic() - began:.2f} s"


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _port() -> int:
    with unused_port() as port:
        return port


def _cpu(process: int) -> float:
    """Seconds of a process and of those of its children that have ended."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / 100


def _pss(process: int) -> float:
    """Bytes of memory, shared ones in proportion."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    return next(float(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:"))


if __name__ == "__main__":
    main()
