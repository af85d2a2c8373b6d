"""What ``doctor`` finds about screens and power: the running kiosk alone knows what it holds."""

from collections.abc import Iterator
from pathlib import Path

from kiosk.commands.finding import Finding
from kiosk.control import Machine, machine_of_running
from kiosk.errors import KioskError


def machine_findings(folder: Path) -> Iterator[Finding]:
    """One finding for each thing; where no kiosk answers, that this can't be told."""
    try:
        machine = machine_of_running(folder)
    except KioskError:
        yield Finding(True, "screens", "no kiosk answers here; while one runs, it tells what keeps them awake.")
        return
    yield _screens(machine)
    yield _awake(machine)
    if machine.scheduled:
        yield _power(machine)


def _screens(machine: Machine) -> Finding:
    if not machine.screens:
        return Finding(
            False, "screens", "none is connected, or it names no size; look at its cable and its input."
        )
    if machine.missing:
        return Finding(False, "screens", machine.missing)
    used = ", ".join(
        f"{screen.name} ({screen.width}x{screen.height})" for screen in machine.screens if screen.used
    )
    return Finding(True, "screens", f"the kiosk is shown on {used}.")


def _awake(machine: Machine) -> Finding:
    took = [f"{held.name}: {held.sentence}" for held in machine.awake if held.took]
    if took:
        return Finding(True, "awake", f"{'; '.join(took)}.")
    if not machine.awake:
        return Finding(True, "awake", "nothing was tried yet, or this display never sleeps.")
    reasons = "; ".join(f"{held.name}: {held.sentence}" for held in machine.awake)
    return Finding(
        False, "awake", f"nothing keeps the screen awake ({reasons}); switch blanking and sleep off by hand."
    )


def _power(machine: Machine) -> Finding:
    if machine.trouble:
        return Finding(
            False, "power", f"the screens can't be switched at the opening hours and stay on: {machine.trouble}."
        )
    return Finding(True, "power", f"the screens follow the opening hours; their power is {machine.power} now.")
