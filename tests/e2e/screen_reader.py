"""What a screen reader learns of the kiosk over AT-SPI: run by Debian's own Python, which has pyatspi.

Prints a line of JSON with what is on the screen when it starts, then one for each announcement that it hears until
its standard input ends.
"""

import json
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import pyatspi

APPLICATION = "threat-level-kiosk"
PATIENCE = 20.0

Node = tuple[str, str, str]


def found() -> list[Node]:
    """The kiosk among the applications of this session; waits until it is there with its texts."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for application in pyatspi.Registry.getDesktop(0):
            if application and application.name in {APPLICATION, "Threat Level Kiosk"}:
                nodes = list(walked(application))
                if any(role == "heading" for role, _, _ in nodes):
                    return nodes
        time.sleep(0.1)
    raise SystemExit("no kiosk is on the accessibility bus")


def walked(node: Any) -> Iterator[Node]:
    """Role, name and description of everything below a node that can be seen, in reading order."""
    for child in node:
        if child is None:
            continue
        yield child.getRoleName(), child.name, child.description
        yield from walked(child)


def tell(kind: str, value: object) -> None:
    print(json.dumps({kind: value}, ensure_ascii=False), flush=True)  # noqa: T201 - the result


def heard(event: Any) -> None:
    tell("announcement", event.any_data)


def wait_for_the_end() -> None:
    sys.stdin.read()
    pyatspi.Registry.stop()


tell("nodes", found())
pyatspi.Registry.registerEventListener(heard, "object:announcement")
tell("listening", True)
threading.Thread(target=wait_for_the_end, daemon=True).start()
pyatspi.Registry.start()
