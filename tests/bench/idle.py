"""What the programs do while nothing happens: all at once, each on a screen of its own."""

import time
from contextlib import ExitStack

from tests.bench.contenders import LEVEL, Bench, alive, colour, configuration, running
from tests.bench.eye import eye
from tests.bench.family import counted, seconds
from tests.bench.page import Page
from tests.displays import VirtualScreen
from tests.e2e.kiosks import mi5_document
from tests.servers import DocumentServer

_SETTLING = 5.0  # seconds


def idle(bench: Bench, length: float) -> dict[str, dict[str, list[float]]]:
    """Seconds of CPU and context switches in ``length`` seconds; a kiosk polls at least once in them."""
    cpu: dict[str, list[float]] = {}
    switches: dict[str, list[float]] = {}
    with ExitStack() as stack:
        page = stack.enter_context(Page({LEVEL: bench.picture(LEVEL)}, fade=False).served())
        server = stack.enter_context(DocumentServer(mi5_document(LEVEL)))
        processes = {}
        for program in bench.programs():
            screen = stack.enter_context(VirtualScreen())
            watching = stack.enter_context(eye(screen))
            bench.remember(LEVEL)
            # The pause between two polls is up to a tenth longer, by chance.
            config = configuration(bench.folder, server.url(), every=f"{int(length * 0.8)} s")
            command = bench.command(program, config, page.url)
            if program in bench.kiosks():
                command[-1] += f"-{program}"  # two kiosks must not share a memory
            began = time.perf_counter()
            processes[program] = stack.enter_context(running(command, screen))
            watching.complete(began, colour(LEVEL), alive(processes[program]))
        time.sleep(_SETTLING)
        before = {program: seconds(process.pid) for program, process in processes.items()}
        with ExitStack() as counting:
            counts = {name: counting.enter_context(counted(process.pid)) for name, process in processes.items()}
            time.sleep(length)
        for program, process in processes.items():
            alive(process)()
            cpu[program] = [seconds(process.pid) - before[program]]
            switches[program] = [float(counts[program].total)]
    return {"idle.cpu": cpu, "idle.switches": switches}
