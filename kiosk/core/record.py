"""When what is shown is a new line of the display log."""

from kiosk.core.model import Display


def differs(one: Display, other: Display) -> bool:
    """Whether two displays are different statements to a visitor; growing older alone is not."""
    return _statement(one) != _statement(other)


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
