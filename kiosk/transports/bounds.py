"""What a child process may use up, and the exit code of one that took too long."""

import contextlib

OVERDUE = 75
"""EX_TEMPFAIL of sysexits.h."""

MEMORY = 512 * 1024 * 1024
"""Bytes: an ordinary fetch maps 190 MB at most, nearly all of it never touched; a packet of a broker's may
announce 256 MB, whatever we told the broker."""


def bound(resource_name: str, most: int) -> None:
    """Lowers a limit of this process, such as RLIMIT_AS.

    Windows has no such limits, and macOS knows RLIMIT_AS and refuses to set it: there deadlines and capped reads
    are the bound.
    """
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        kind: int = getattr(resource, resource_name)
        _, hard = resource.getrlimit(kind)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (allowed, allowed))
