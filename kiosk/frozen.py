"""Where a frozen program begins: there ``sys.executable`` is the kiosk itself, not Python."""

import sys

from kiosk.transports.http import CHILD


def main() -> int:
    """The fetch where the command line is the fetch's, else the command; returns the exit code."""
    if sys.argv[1:] == list(CHILD[1:]):
        from kiosk.transports.http_child import main as fetch

        fetch()
        return 0
    from kiosk.cli import main as command

    return command()
