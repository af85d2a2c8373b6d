"""Two weeks of an unattended kiosk: ``python -m tests.fire.fortnight FOLDER DAYS SEED`` prints it as JSON.

The simulated machine of ``tests.fire.days``, judged each minute by the same log of truth, and beside that:
somebody edits the configuration, well and badly, and its logo; the program crashes, and is in safe mode for it; a
part of it floods the log; every picture that changes is painted. After each day, or fourteenth of less, it is
measured what the process and its folder have grown to.
"""

import json
import logging
import sys
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from kiosk import logs
from kiosk.core.fold import Reconfigured, fold
from kiosk.core.model import Clock
from kiosk.core.screen import Scene
from kiosk.crashes import Crashes
from kiosk.editions.kept import Kept
from kiosk.editions.origin import FileOrigin
from kiosk.errors import ConfigError
from kiosk.large_blocks import give_back_large_blocks
from kiosk.last_resort import keep
from kiosk.memory import scope
from kiosk.stage import Stage
from kiosk.store import Store
from kiosk.ui.board import Board
from kiosk.ui.logo import reread
from kiosk.ui.render import board
from tests.fire.days import Days, size

_LOOKS = 1440  # in a day
_MEASURED = 14  # times
_SOURCE = '[[source]]\nname = "S"\nurl = "https://level.example/"\nformat = "mi5"\n'
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect fill="{}" width="9" height="9"/></svg>'
_logger = logging.getLogger("kiosk.fortnight")


class Fortnight(Days):
    """A kiosk whose configuration is a file that people edit."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.path = folder / "kiosk.toml"
        self.logo = folder / "logo.svg"
        self.kept = Kept(folder / "state")
        self.board: Board | None = None
        self.timeless: Scene | None = None
        self.painted = self.plain = 0
        self.code = ""
        self.logo.write_text(_SVG.format("#1d70b8"))
        self.write(0)
        super().__init__(folder / "state", seed, datetime(2026, 11, 24, 12, tzinfo=UTC))
        self.origin = FileOrigin(self.path)
        self._reload()

    def write(self, number: int, more: str = "") -> None:
        """The configuration of that number: each differs from the one before."""
        languages = ('["en"]', '["cy", "en"]', '["en", "ar"]')[number % 3]
        venue = f'[venue]\nlogo = "logo.svg"\nnotice = "Notice {number}"\n' if number % 2 else ""
        text = f'place = "Hall {number}"\nlanguages = {languages}\nnight = "22:00-06:00"\n{more}{_SOURCE}{venue}'
        beside = self.path.with_suffix(".new")
        beside.write_text(text)
        beside.replace(self.path)

    def _begin(self) -> None:
        super()._begin()
        for handler in tuple(logging.getLogger().handlers):  # a real end takes the file of the last words along
            if type(handler).__module__ == Crashes.__module__:
                logging.getLogger().removeHandler(handler)
                handler.close()
        self.crashes = Crashes(self.folder / "state", self.store, lambda: self.clock().boot)
        self.code = self.crashes.code
        self.stage = Stage(self.config, self.state, self.clock, self._drawn, lambda *_: None, self._seen)
        self.stage.remark(code=self.code)

    def restart(self, *, power: bool = False, clean: bool = False) -> None:
        """Ends the program, as it was told to or not."""
        if clean:
            self.crashes.end()
        super().restart(power=power)

    def minute(self) -> None:
        super().minute()
        self.crashes.healthy(lambda: self.stage.remark(code=""))
        self.plain += bool(self.crashes.code)

    def happens(self) -> None:
        super().happens()
        kind = self.chance.choice(("good", "good", "bad", "logo", "crashes", "flood", "clean", "nothing"))
        self.events[kind] = self.events.get(kind, 0) + 1
        if kind == "good":
            self.write(self.events["good"])
            self._reload()
        elif kind == "bad":
            self.write(0, "plaice = 1\n")
            self._reload()
        elif kind == "logo":
            self.logo.write_text(_SVG.format(f"#{self.chance.randrange(0x303030):06x}"))
            self._reload()
        elif kind == "crashes":
            for _ in range(4):
                self.true += 20
                self.restart()
        elif kind == "flood":
            for number in range(2000):
                _logger.warning("The same trouble again.")
                _logger.warning("Trouble number %d of %s, at length: %s.", number, self.true, "x" * 1000)
        elif kind == "clean":
            self.restart(clean=True)

    def _reload(self) -> None:
        try:
            edition = self.origin.read()
            reread(edition.config.venue.logo)
            self.stage.rehearse(edition.config)
        except ConfigError:
            self.stage.remark(older=True)
            return
        state = fold(self.stage.state, Reconfigured(edition.config.policy()), self.clock(), self.policy)
        self.config, self.policy = edition.config, edition.config.policy()
        self.recorder.turn_to(scope(self.config), self.policy.shortest_live)
        self.state = self._saved(state)
        self.stage.take_over(self.config, self.state)
        self.stage.remark(older=False)
        self.kept.keep(edition)
        keep(self.config, self.folder / "state", (800, 480))

    def _drawn(self, scene: Scene) -> None:
        """Paints it, where it is more than another minute."""
        timeless = Scene(
            tuple(replace(screen, clock="", age="", summary="") for screen in scene.screens), step=scene.step
        )
        if timeless == self.timeless:
            return
        self.timeless = timeless
        if self.board is None:
            self.board = board(scene, 800, 480)
        self.board.show_scene(scene)
        self.board.grab()
        self.painted += 1


def disk(folder: Path) -> dict[str, int]:
    """Bytes in the folder of the state without the display log, which grows by what was shown; and of the log."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {
        "logs": sum(path.stat().st_size for path in files if path.name.startswith("kiosk.log")),
        "display log": sum(path.stat().st_size for path in files if path.name.startswith("kiosk.sqlite")),
        "other": sum(
            path.stat().st_size for path in files if not path.name.startswith(("kiosk.log", "kiosk.sqlite"))
        ),
        "files": len(files),
    }


def main() -> None:
    folder, days, seed = Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    folder.mkdir(parents=True)
    clock: list[Clock] = []
    give_back_large_blocks()  # as the program does
    logs.begin(folder / "state" / "kiosk.log")
    for handler in logging.getLogger().handlers:
        handler.filters[:] = [logs.Bounded(lambda: clock[0].boot if clock else 0.0)]
    simulated = Fortnight(folder, seed)
    minutes = 0
    daily: list[dict[str, object]] = []
    every = round(days * _LOOKS / _MEASURED)
    while minutes < _MEASURED * every:
        simulated.minute()
        clock[:] = [simulated.clock()]
        minutes += 1
        if minutes % every == 0:
            memory, descriptors, threads = size()
            measured: dict[str, object] = {"MiB": round(memory, 1), "descriptors": descriptors, "threads": threads}
            daily.append(measured | disk(folder / "state"))
    assert Store(folder / "state").verify().broken is None
    told = {"minutes": minutes, "painted": simulated.painted, "plain": simulated.plain, "events": simulated.events}
    print(json.dumps(told | {"days": daily}))  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
