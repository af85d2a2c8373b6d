"""The short-lived child processes that speak with servers on the kiosk's behalf."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import kiosk
from kiosk.core.model import Problem
from kiosk.errors import Unobtainable
from kiosk.transports.urls import masked, named, printable

# `python -m` imports from the current directory first, which may be anybody's when an administrator
# types a command. The folder that this package was imported from is as trusted as the package.
_FOLDER = Path(kiosk.__file__).parent.parent

_LONGEST_WORDS = 200  # characters

if sys.platform == "win32":
    _FLAGS = subprocess.CREATE_NO_WINDOW  # else each fetch opens a console on the public screen
else:
    _FLAGS = 0


HTTP_CHILD = (sys.executable, "-m", "kiosk.transports.http_child")
MQTT_CHILD = (sys.executable, "-m", "kiosk.transports.mqtt_child")
PRESENCE_CHILD = (sys.executable, "-m", "kiosk.transports.presence_child")
"""The children's command lines. In a frozen program ``sys.executable`` is the kiosk itself, so its entry
point hands these arguments to the ``main`` of each."""


def last_words(errors: bytes, otherwise: str) -> str:
    """The last line that a crashed child wrote, without passwords; ``otherwise`` where it wrote none."""
    lines = errors.decode(errors="replace").strip().splitlines() or [otherwise]
    return printable(masked(lines[-1]), _LONGEST_WORDS)


_spare: dict[tuple[str, ...], subprocess.Popen[bytes]] = {}


@contextlib.contextmanager
def prepared(command: tuple[str, ...]) -> Iterator[None]:
    """Has a child wait for the first ``child_process`` with this command; unused, it goes with the block.

    To load Python and a library of the network takes as long as to load Qt, and both can be done at once.
    """
    with contextlib.suppress(OSError):  # who needs it tries again, and says why it can't be had
        _spare[command] = _begun(command)
    try:
        yield
    finally:
        _end(_spare.pop(command, None))


def _end(child: subprocess.Popen[bytes] | None) -> None:
    if child:
        child.kill()
        child.communicate()


def _begun(command: tuple[str, ...]) -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    return subprocess.Popen(  # noqa: S603 - fixed words, as the docstring of `child_process` demands
        command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=_FOLDER, creationflags=_FLAGS
    )


@contextlib.contextmanager
def child_process(command: tuple[str, ...], url: str) -> Iterator[subprocess.Popen[bytes]]:
    """A child process that is gone, with its pipes and their threads, when the block ends.

    Args:
        command: fixed words; what is secret or long goes through standard input.
        url: whom it will ask, for the sentence of a failure.

    Raises:
        kiosk.errors.Unobtainable: it could not be started.
    """
    child = _spare.pop(command, None)
    try:
        if child is None or child.poll() is not None:
            _end(child)
            child = _begun(command)
    except OSError as error:
        raise Unobtainable(
            Problem.CONNECT,
            f"This machine could not start the fetch from {named(url)}"
            f" ({error.strerror}); free memory or restart it.",
        ) from error
    with child:
        try:
            yield child
        finally:
            if child.returncode is None:
                _end(child)
