"""``history``: the display log, what was shown when and why."""

import json
import sys

from kiosk.config.model import Config
from kiosk.exit_codes import DONE, OTHER
from kiosk.report import as_json
from kiosk.store import Line, Store
from kiosk.timekeeping import local_time


def history(store: Store, config: Config, *, json_wanted: bool, verify: bool) -> int:
    """Prints the log, oldest line first, or the outcome of following its chain."""
    if verify:
        return _verify(store)
    lines = list(store.lines())
    if json_wanted:
        entries = [
            {"at": line.at.isoformat(), "why": line.why, **as_json(line.display, config.profile)} for line in lines
        ]
        print(json.dumps(entries, ensure_ascii=False))
        return DONE
    for line in lines:
        print(_written(line))
    if not lines:
        print("Nothing has been shown yet.")
    return DONE


def _verify(store: Store) -> int:
    verdict = store.verify()
    if verdict.broken is None:
        print(f"The chain of {verdict.sound} lines is unbroken.")
        return DONE
    print(
        f"{store.path}: line {verdict.broken} of the log was changed or lines before it were removed; "
        "do not rely on it from there on.",
        file=sys.stderr,
    )
    return OTHER


def _written(line: Line) -> str:
    shown = line.display
    marks = f" ({', '.join(shown.marks)})" if shown.marks else ""
    return (
        f"{local_time(line.at):%Y-%m-%d %H:%M:%S %z}  {shown.state:<10} {shown.level or '-':<12}{marks} {line.why}"
    )
