"""Where every command begins."""

from kiosk.garbage import search_later


def main() -> int:
    """Loads the command line and runs it; returns the exit code."""
    search_later()
    from kiosk.cli import main as command_line

    return command_line()
