"""Lengths of time as people write them: "10 min", "24 h", "28 d", "90 s"."""

import re
from datetime import timedelta

_UNITS = {"s": "seconds", "min": "minutes", "h": "hours", "d": "days"}
_WRITTEN = re.compile(r"\s*(\d{1,9}(?:\.\d{1,3})?)\s*(s|min|h|d)\s*", re.ASCII)


def duration(text: str) -> timedelta:
    """The length of time that a text means; ValueError with a sentence for anything else."""
    match = _WRITTEN.fullmatch(text)
    if not match:
        raise ValueError(f'"{text}" is no length of time; write it as in "90 s", "10 min", "24 h" or "28 d".')
    number, unit = match.groups()
    return timedelta(**{_UNITS[unit]: float(number)})


def written(length: timedelta) -> str:
    """The shortest way to write a length of time in one unit: 600 seconds are "10 min"."""
    seconds = length.total_seconds()
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size and seconds % size == 0:
            return f"{seconds / size:g} {unit}"
    return f"{seconds:.12g} s"


def lasted(begin: float, end: float) -> str:
    """For how long something was, for the log: whole minutes, or seconds where it was less; as in "90 min"."""
    seconds = max(0, round(end - begin))
    return written(timedelta(seconds=seconds if seconds < 120 else seconds // 60 * 60))  # noqa: PLR2004 - two minutes
