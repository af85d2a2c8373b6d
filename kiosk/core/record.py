"""When what is shown is a new line of the display log, and what the line says."""

from kiosk.core.model import Display


def differs(one: Display, other: Display) -> bool:
    """Whether two displays are different statements to a visitor; growing older alone is not."""
    return _statement(one) != _statement(other)


def why(display: Display, fault: str | None) -> str:
    """Why the screen shows this: a fault, who set it, what last went wrong, or what was last stated."""
    if fault:
        return fault
    if display.local:
        return f"Set by {display.local.by}: {display.local.reason}"
    troubles = [report.message for report in display.sources if report.message]
    return " ".join(troubles) or display.statement or "No source has stated a level."


def _statement(display: Display) -> tuple[object, ...]:
    return (
        display.state,
        display.marks,
        display.level,
        display.area,
        display.previous,
        display.changed,
        display.source,
        display.local,
    )
