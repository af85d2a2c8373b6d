"""The kiosk's side of the faults: a process of its own that asks as the watcher does, and is measured.

It starts clean, so that what the kernel says of its memory and of its children's is of these questions alone.
"""

import ctypes
import multiprocessing
import os
import resource
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kiosk.asking import Outcome, ask
from kiosk.config.load import parse_config
from kiosk.transports.payload import Validators
from tests.formats.documents import NOW

_CLONE_NEWNS = 0x00020000  # sched.h


@dataclass(frozen=True)
class Heard:
    """How a question ended.

    Attributes:
        outcome: what the watcher would fold.
        seconds: how long it took.
        kiosk: most memory that the asking process ever held, in MiB.
        child: most memory that any fetching process ever held, in MiB.
    """

    outcome: Outcome
    seconds: float
    kiosk: float
    child: float


class Asker:
    """Asks one question at a time in the other process."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self._pool = pool

    def __call__(self, configuration: str, validators: Validators | None = None) -> Heard:
        """Asks the first source of a configuration, at the fixtures' time."""
        return self._pool.submit(_asked, configuration, validators).result()


@contextmanager
def asker(folder: Path, name_server: str | None) -> Iterator[Asker]:
    """An asker that trusts ``folder/authorities.pem`` and asks this name server, where there is one."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, spawn, _begin, (folder, name_server)) as pool:
        yield Asker(pool)


def may_have_own_mounts() -> bool:
    """Whether a process of ours can have its own view of ``/etc``; in a chroot not even root can."""
    probe = ["/usr/bin/env", "unshare", "-m", "mount", "--bind", "/etc/hosts", "/etc/hosts"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def _begin(folder: Path, name_server: str | None) -> None:
    os.environ["SSL_CERT_FILE"] = str(folder / "authorities.pem")
    os.environ["SSL_CERT_DIR"] = str(folder / "none")
    if name_server is None:
        return
    view = folder / "resolv.conf"
    view.write_text(f"nameserver {name_server}\noptions timeout:30 attempts:2\n")
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWNS):
        raise OSError(ctypes.get_errno(), "no mount namespace")
    for command in (["--make-rprivate", "/"], ["--bind", str(view), "/etc/resolv.conf"]):
        subprocess.run(["mount", *command], check=True)


def _most_memory() -> float:
    """Of this program; what ``getrusage`` tells goes back to the process that it was started from."""
    status = Path("/proc/self/status").read_text("ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


def _asked(configuration: str, validators: Validators | None) -> Heard:
    config = parse_config(configuration, "the test")
    begun = time.monotonic()
    outcome = ask(config.sources[0], config, threading.Event(), NOW, validators=validators)
    seconds = time.monotonic() - begun
    ours = _most_memory()
    theirs = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return Heard(outcome, seconds, ours, theirs)
