"""Simulated days of a kiosk: ``python -m tests.fire.days FOLDER DAYS SEED START`` prints what it saw as JSON.

The real stage, rules, recorder, store and format run on clocks that are set by hand. Each simulated minute the
screen is looked at. The source changes its level, fails and talks nonsense; the machine sleeps, restarts,
loses its power; its clock jumps by minutes and years, forwards and back.
"""

import json
import logging
import random
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.config.load import parse_config
from kiosk.core.fold import Failed, Stated, fold
from kiosk.core.model import Clock, Display, Problem
from kiosk.core.record import why
from kiosk.core.schedule import next_delay
from kiosk.core.state import State
from kiosk.errors import Refused
from kiosk.formats import FORMATS
from kiosk.memory import remembered, scope
from kiosk.recorder import Recorder
from kiosk.stage import Stage
from kiosk.store import Store
from tests.e2e.kiosks import mi5_document
from tests.fire.truth_log import LEVELS, Statement, TruthLog

_CONFIG = '[[source]]\nname = "S"\nurl = "https://level.example/"\nformat = "mi5"\n'
_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_NONSENSE = (b"error code: 1022", b"", b"<html>Just a moment...</html>", mi5_document("PURPLE"), b"\x00" * 100)


class Days:
    """A kiosk, its source and its machine."""

    def __init__(self, folder: Path, seed: int, start: datetime) -> None:
        self.config = parse_config(_CONFIG, "the simulation")
        self.policy = self.config.policy()
        self.store = Store(folder)
        self.chance = random.Random(seed)  # noqa: S311 - it chooses what happens
        self.start, self.offset = start, timedelta()
        self.true, self.boot, self.boot_began, self.run = 0.0, 0, 0.0, 0
        self.truth = TruthLog(self.policy.not_before)
        self.published, self.answering, self.failures = "SEVERE", "well", 0
        self.boots = {"boot 0": 0.0}
        self.events: dict[str, int] = {}
        self._begin()

    def clock(self) -> Clock:
        wall = self.start + timedelta(seconds=self.true) + self.offset
        return Clock(wall, self.true - self.boot_began, f"boot {self.boot}", f"run {self.run}")

    def now(self) -> Statement:
        return Statement(self.true, self.clock().wall, self.boot, self.run)

    def _begin(self) -> None:
        state = remembered(self.store, self.config, self.clock())
        self.recorder = Recorder(self.store, scope(self.config), timedelta(minutes=30))
        self.state = state
        self.due = self.true
        self.stage = Stage(self.config, state, self.clock, lambda _: None, lambda *_: None, self._seen)
        self.stage.tick()
        self.truth.shows(self.now())

    def _seen(self, display: Display, *_: object) -> None:
        self.recorder.show(display, self.clock().wall, why(display, None))

    def restart(self, *, power: bool = False) -> None:
        before, stored = self.truth.said, self.store.load(scope(self.config))
        self.run += 1
        if power:
            self.boot, self.boot_began = self.boot + 1, self.true
            self.boots[f"boot {self.boot}"] = self.true
        held = stored.held if stored else None
        if before is not None:
            assert held, "an accepted level is lost"
            stamp = held.confirmed
            true, run = self.boots[stamp.boot_id] + stamp.boot, int(stamp.run.split()[1])
            assert before.true - 16 * _MINUTE <= true <= before.true, "the disk is further behind than it may be"
            before = Statement(true, stamp.wall, int(stamp.boot_id.split()[1]), run)
        self.truth.restarts(before)
        self._begin()

    def poll(self) -> None:
        event = self._answer()
        self.failures = self.failures + 1 if isinstance(event, Failed) else 0
        self._take(event)
        every = self.config.sources[0].every
        self.due = (
            self.true + next_delay(every, failures=self.failures, chance=self.chance.random()).total_seconds()
        )

    def _answer(self) -> Stated | Failed:
        if self.answering == "silent":
            return Failed("S", Problem.TIMEOUT, "It kept silent.")
        document = mi5_document(self.published)
        if self.answering == "nonsense":
            document = self.chance.choice(_NONSENSE)
        try:
            reading = FORMATS["mi5"]()(document, self.config.ask(self.config.sources[0], self.clock().wall, ""))
        except Refused as refusal:
            return Failed("S", refusal.problem, str(refusal))
        self.truth.hears(reading.level, self.now())
        return Stated("S", reading)

    def _take(self, event: Stated | Failed) -> None:
        self.state = self._saved(fold(self.stage.state, event, self.clock(), self.policy))
        self.stage.take(self.state)

    def _saved(self, state: State) -> State:
        assert self.recorder.save(state) in {True, None}
        return state

    def minute(self) -> None:
        self.true += _MINUTE
        if self.true >= self.due:
            self.poll()
        self.stage.tick()
        self._saved(self.stage.state)
        self.truth.shows(self.now())
        display = self.stage.display
        assert display
        expected = self.truth.lines[-1]
        assert (str(display.state), display.level) == expected, f"at {self.true} s: {display} is not {expected}"
        if self.chance.random() < 1 / 90:
            self.happens()

    def happens(self) -> None:
        """Something does, every hour and a half or so."""
        kind = self.chance.choice(
            (
                "level",
                "silent",
                "nonsense",
                "well",
                "well",
                "well",
                "sleep",
                "kill",
                "power",
                "step",
                "year",
                "right",
            )
        )
        self.events[kind] = self.events.get(kind, 0) + 1
        if kind == "level":
            self.published = self.chance.choice(LEVELS)
        elif kind in {"silent", "nonsense", "well"}:
            self.answering = kind
        elif kind == "sleep":
            self.true += self.chance.choice((5 * _MINUTE, 3 * _HOUR, 2 * _DAY))
        elif kind in {"kill", "power"}:
            self.true += self.chance.randrange(10 * _MINUTE)
            self.restart(power=kind == "power")
        elif kind == "step":
            self.offset += timedelta(minutes=self.chance.randint(-300, 300))
        elif kind == "year":
            # Back as far as a clock without a battery, and forth as far as 32 bits of seconds don't reach.
            self.offset = datetime(
                self.chance.choice((1970, 2000, 2028, 2039)), 2, 28, tzinfo=self.start.tzinfo
            ) - (self.start + timedelta(seconds=self.true))
        else:
            self.offset = timedelta()


def size() -> tuple[float, int, int]:
    """Resident memory in MiB, open descriptors, threads."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 / 2**20, len(list(Path("/proc/self/fd").iterdir())), threading.active_count()


def main() -> None:
    folder, days, seed = Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    logging.disable()
    simulated = Days(folder, seed, datetime.fromisoformat(sys.argv[4]))
    early = size()
    minutes = 0
    while simulated.true < days * _DAY:
        simulated.minute()
        minutes += 1
        if simulated.true < days * _DAY / 5:
            early = size()
    logged: list[tuple[str, str | None]] = []
    for line in simulated.store.lines():
        shown = (str(line.display.state), line.display.level)
        if not logged or logged[-1] != shown:
            logged.append(shown)
    # What the truth has and the log has not, or the other way round.
    for number, (told, true) in enumerate(zip(logged, simulated.truth.lines, strict=False)):
        context = logged[number - 3 : number + 3], simulated.truth.lines[number - 3 : number + 3]
        assert told == true, f"line {number} says {told} where the truth was {true}: {context}"
    assert len(logged) == len(simulated.truth.lines)
    assert simulated.store.verify().broken is None
    answer = {"minutes": minutes, "lines": len(logged), "events": simulated.events}
    print(json.dumps(answer | {"early": early, "late": size()}))  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
