"""From exec to the complete picture, and to the live level."""

import socket
import sysconfig
import time
from contextlib import ExitStack
from pathlib import Path

from tests.bench.cold import files_of, forget
from tests.bench.contenders import LEVEL, OLD_LEVEL, Bench, alive, colour, configuration, running
from tests.bench.eye import Eye, eye
from tests.bench.family import family
from tests.bench.goals import BARE, CHROMIUM, KIOSK, PACKAGED
from tests.bench.page import Page
from tests.displays import VirtualScreen
from tests.e2e.kiosks import mi5_document
from tests.servers import DocumentServer, FaultServer

_SYSTEM = (Path("/usr/share/fonts"), Path("/var/cache/fontconfig"), Path("/etc/fonts"))


def start(bench: Bench, rounds: int) -> dict[str, dict[str, list[float]]]:
    """Milliseconds to the complete picture; the kiosk's is the last level, with a server that is silent."""
    warm: dict[str, list[float]] = {program: [] for program in bench.programs()}
    cold: dict[str, list[float]] = {program: [] for program in bench.programs()}
    with ExitStack() as stack:
        screen = stack.enter_context(VirtualScreen())
        watching = stack.enter_context(eye(screen))
        page = stack.enter_context(Page({LEVEL: bench.picture(LEVEL)}, fade=False).served())
        silent = stack.enter_context(FaultServer(_keep_silent))
        config = configuration(bench.folder, silent.url())
        bench.remember(LEVEL)
        commands = {program: bench.command(program, config, page.url) for program in bench.programs()}
        touched = {}
        for program, command in commands.items():  # once for nothing: profiles, caches, and what is mapped
            with running(command, screen) as process:
                watching.complete(time.perf_counter(), colour(LEVEL), alive(process))
                touched[program] = files_of(family(process.pid), _folders(bench, program))
        for number in range(rounds):
            for program, command in commands.items():
                warm[program].append(_once(command, screen, watching))
            if number % 2 == 0:
                for program, command in commands.items():
                    forget(touched[program])
                    cold[program].append(_once(command, screen, watching))
    return {"start.warm": warm, "start.cold": cold}


def live(bench: Bench, rounds: int) -> dict[str, dict[str, list[float]]]:
    """Milliseconds to the level that a server states, where memory has a lower one."""
    times: dict[str, list[float]] = {program: [] for program in (BARE, *bench.kiosks())}
    with ExitStack() as stack:
        screen = stack.enter_context(VirtualScreen())
        watching = stack.enter_context(eye(screen))
        server = stack.enter_context(DocumentServer(mi5_document(LEVEL)))
        config = configuration(bench.folder, server.url())
        for _ in range(rounds + 1):
            for program, found in times.items():
                bench.remember(OLD_LEVEL)
                found.append(_once(bench.command(program, config), screen, watching))
    return {"live": {program: found[1:] for program, found in times.items()}}


def _keep_silent(connection: socket.socket) -> None:
    while connection.recv(65536):
        pass


def _once(command: list[str], screen: VirtualScreen, watching: Eye) -> float:
    began = time.perf_counter()
    with running(command, screen) as process:
        return watching.complete(began, colour(LEVEL), alive(process))


def _folders(bench: Bench, program: str) -> tuple[Path, ...]:
    """Where a program's files are, beside those that it maps."""
    if program == CHROMIUM:
        return (*_SYSTEM, Path("/usr/lib/chromium"), Path("/usr/share/chromium"), bench.folder / "profile")
    if program == PACKAGED and bench.package:
        return (*_SYSTEM, bench.package)
    own = (bench.folder / "state",) if program == KIOSK else ()
    return (*_SYSTEM, bench.python.parents[1], Path(sysconfig.get_path("stdlib")), *own)
