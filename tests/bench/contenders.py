"""The programs that are compared, each started as a person or a system would start it."""

import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from kiosk.core.model import Clock
from kiosk.profiles import load_profile
from kiosk.store import Store
from tests.bench.goals import BARE, CHROMIUM, KIOSK, PACKAGED
from tests.displays import VirtualScreen
from tests.memories import SCOPE, state

LEVEL, OLD_LEVEL = "SEVERE", "LOW"
PROFILE = load_profile("uk")
_PATIENCE = 20.0
_CHROMIUM = (
    "chromium",
    "--kiosk",
    "--no-sandbox",  # which Chromium insists on where root starts it
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-default-apps",
    "--disable-breakpad",
    "--disable-domain-reliability",
    "--disable-features=Translate,OptimizationHints,MediaRouter",
    "--password-store=basic",
    "--noerrdialogs",
    "--disable-session-crashed-bubble",
    "--window-position=0,0",
    "--window-size=1920,1080",
)


def colour(level: str) -> str:
    """The banner's colour of a level."""
    return PROFILE.looks[level].colour


@dataclass(frozen=True, slots=True)
class Bench:
    """What is compared, and where.

    Attributes:
        python: of the environment in which the kiosk is installed.
        package: the frozen folder; None without one.
        folder: for everybody's files.
    """

    python: Path
    package: Path | None
    folder: Path

    def programs(self) -> tuple[str, ...]:
        """Who takes part."""
        return (BARE, KIOSK, CHROMIUM, *([PACKAGED] if self.package else []))

    def kiosks(self) -> tuple[str, ...]:
        """Those of them that are the kiosk."""
        return (KIOSK, *([PACKAGED] if self.package else []))

    def command(self, program: str, configuration: Path | None = None, url: str = "") -> list[str]:
        """How a program is started: a kiosk with a configuration, Chromium with the address of a page."""
        if program == BARE:
            return [str(self.python), str(Path(__file__).with_name("bare.py")), colour(LEVEL)]
        if program == CHROMIUM:
            return [*_CHROMIUM, f"--user-data-dir={self.folder / 'profile'}", url]
        begin = (
            [str(self.package / "threat-level-kiosk")]
            if program == PACKAGED and self.package
            else [str(self.python.with_name("threat-level-kiosk"))]
        )
        return [*begin, "--config", str(configuration), "--state-dir", str(self.folder / "state")]

    def remember(self, level: str) -> None:
        """Leave a level in the kiosk's memory, as an earlier run would have."""
        place = self.folder / "state"
        past = datetime.now(UTC) - timedelta(hours=1)
        memory = state(level, Clock(past, 1.0, "another boot", "another run"))
        source = replace(memory.sources[0], name="Office", newest=None, disputed=False)
        held = memory.held and replace(memory.held, source="Office")
        place.mkdir(exist_ok=True)
        Store(place).path.unlink(missing_ok=True)
        Store(place).save(SCOPE, replace(memory, sources=(source,), held=held, operator=None))

    def picture(self, level: str) -> Path:
        """The kiosk's own picture of a level, as a file."""
        out = self.folder / f"{level}.png"
        if not out.exists():
            command = [str(self.python), "-m", "kiosk", "render", "--out", str(out), "--size", "1920x1080"]
            environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
            subprocess.run(
                [*command, "--level", level, "--state", "live"], check=True, env=environment, cwd=self.folder
            )
        return out


def configuration(
    folder: Path, url: str, *, every: str = "10 min", more: str = "", source: str = 'format = "mi5"'
) -> Path:
    """A file for a kiosk with one source; without the cross-fade, unless ``more`` says otherwise."""
    path = folder / "kiosk.toml"
    path.write_text(
        f'{more or "reduced_motion = true"}\n[[source]]\nname = "Office"\nurl = "{url}"\n{source}\n'
        f'every = "{every}"\n[trust]\nconfirm_fall = "1 s"\n'
    )
    return path


@contextmanager
def running(command: list[str], screen: VirtualScreen) -> Iterator[subprocess.Popen[bytes]]:
    """A program with all its processes, gone when the block ends; what it says is in the failure."""
    with tempfile.TemporaryFile() as said, ExitStack() as clean_up:
        environment = screen.environment() | {"DBUS_SESSION_BUS_ADDRESS": "disabled:"}
        process = subprocess.Popen(command, env=environment, stdout=said, stderr=said, start_new_session=True)
        clean_up.callback(_end, process)
        try:
            yield process
        except Exception as error:
            said.seek(0)
            error.add_note(said.read()[-500:].decode(errors="replace"))
            raise


def alive(process: subprocess.Popen[bytes]) -> Callable[[], None]:
    """A function that raises where the program has ended."""

    def look() -> None:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode}")

    return look


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(_PATIENCE / 4)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(_PATIENCE)


def wait_until(happened: Callable[[], bool], what: str, every: float = 0.0002) -> None:
    """Wait for something to happen; TimeoutError with ``what`` did not."""
    end = time.monotonic() + _PATIENCE
    while not happened():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} within {_PATIENCE:g} seconds")
        time.sleep(every)


def document(level: str) -> bytes:
    """What an organisation publishes of a level as JSON."""
    return json.dumps({"level": level}).encode()
