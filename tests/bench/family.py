"""A program and all its processes: memory, time and context switches, as Linux tells them."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_LOOK_EVERY = 0.1  # seconds between two looks at every thread


def family(root: int) -> list[int]:
    """A process, its descendants, and whoever else is in the session that it began."""
    parents: dict[int, int] = {}
    members = {root}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                fields = _stat(int(entry.name))
                parents[int(entry.name)] = int(fields[1])
                if int(fields[3]) == root:
                    members.add(int(entry.name))
    while grown := {child for child, parent in parents.items() if parent in members} - members:
        members |= grown
    return sorted(members)


def pss(root: int) -> float:
    """Megabytes of memory, each page shared out among those who use it."""
    total = 0
    for member in family(root):
        with suppress(OSError):
            for line in Path(f"/proc/{member}/smaps_rollup").read_text("ascii").splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
    return total / 1024


def seconds(root: int) -> float:
    """Seconds of CPU of the whole family, with those of its members that ended and were waited for."""
    total = 0
    for member in family(root):
        with suppress(OSError):
            total += sum(int(ticks) for ticks in _stat(member)[11:15])
    return total / _TICK


def _stat(process: int) -> list[str]:
    """The fields of /proc/PID/stat behind the name, which may contain anything: state, parent, ..."""
    return Path(f"/proc/{process}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()


@dataclass(slots=True)
class Switches:
    """Context switches of every thread of a family, whether it still lives or not.

    The kernel adds them up for nobody. So each thread is looked at ten times a second: what one does in its last
    tenth is not counted.
    """

    root: int
    _first: dict[str, int] = field(default_factory=dict)
    _last: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many there were between the first look and the last."""
        return sum(count - self._first.get(thread, 0) for thread, count in self._last.items())

    def look(self, *, first: bool = False) -> None:
        """Count once more; what a thread did before the ``first`` look does not count."""
        for member in family(self.root):
            for status in Path(f"/proc/{member}/task").glob("*/status"):
                with suppress(OSError):
                    self._last[str(status)] = _count(status.read_text("utf-8", "replace"))
        if first:
            self._first = dict(self._last)


def _count(status: str) -> int:
    return sum(int(line.split()[1]) for line in status.splitlines() if "ctxt_switches" in line)


@contextmanager
def counted(root: int) -> Iterator[Switches]:
    """Count the switches of a family while the block runs."""
    switches, over = Switches(root), threading.Event()
    switches.look(first=True)

    def watch() -> None:
        while not over.wait(_LOOK_EVERY):
            switches.look()

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield switches
    finally:
        over.set()
        watching.join()
        switches.look()
