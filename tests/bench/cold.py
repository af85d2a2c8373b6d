"""A start as after the machine's own: nothing of a program in the page cache."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def forget(files: Iterable[Path]) -> None:
    """Ask the kernel to forget files; what another process has mapped stays, and nobody else is slowed down."""
    for path in files:
        with suppress(OSError):
            descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
            try:
                os.fsync(descriptor)  # what is not on the disk yet would stay, too
                os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(descriptor)


def files_of(processes: Iterable[int], folders: Iterable[Path]) -> set[Path]:
    """The files that processes have mapped, and everything in folders."""
    found = {path for folder in folders for path in folder.rglob("*")}
    for process in processes:
        with suppress(OSError):
            lines = Path(f"/proc/{process}/maps").read_text("utf-8", "replace").splitlines()
            found |= {Path(line.split(maxsplit=5)[5]) for line in lines if "/" in line}
    return {path for path in found if path.is_file() and not path.is_relative_to("/dev")}
