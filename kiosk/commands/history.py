"""``history``: the display log, what was shown when and why; as a table, JSON, CSV or a picture."""

import argparse
import csv
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from kiosk.config.model import Config
from kiosk.display_log import LIMIT, OVER, Break, Line, Verdict
from kiosk.errors import ConfigError
from kiosk.exit_codes import DONE, OTHER
from kiosk.moments import beginning
from kiosk.report import as_json
from kiosk.store import Store
from kiosk.timekeeping import local_time

_COLUMNS = (
    "line", "at", "kind", "state", "marks", "level", "rank", "of", "area", "changed", "confirmed", "source", "by",
    "why", "document", "frame", "digest",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t")
"""What a text that came from outside must not begin with in a spreadsheet."""
_BROKEN = {
    Break.CHANGED: "was changed",
    Break.REMOVED: "does not follow the line before it: one was put in or taken out there",
    Break.START_CUT: "is missing, and it was not the kiosk that gave it up to keep the log short",
    Break.END_CUT: "is missing: the end of the log was cut off",
    Break.UNREADABLE: "can't be read: the file is damaged",
}


class Span(NamedTuple):
    """From when until when (UTC); None for no bound."""

    since: datetime | None
    until: datetime | None

    def cut(self, lines: list[Line]) -> list[Line]:
        """The lines of the span, and the one before them, which still stood when it began."""
        since, until = self
        kept = [line for line in lines if until is None or line.at <= until]
        if since is None:
            return kept
        before = [line for line in kept if line.at < since]
        return before[-1:] + [line for line in kept if line.at >= since]


def history(config: Config, folder: Path, options: argparse.Namespace) -> int:
    """Prints the log, oldest line first, or draws it, or tells the outcome of following its chain."""
    store = Store(folder)
    if options.verify:
        return _verify(store)
    span = _span(options)
    if options.picture:
        from kiosk.commands.timeline import draw

        return draw(config, folder, span, options.picture, options.size)
    lines = span.cut(list(store.lines()))
    if options.json:
        print(json.dumps([_entry(line, config) for line in lines], ensure_ascii=False))
    elif options.csv:
        _print_csv(lines, config)
    else:
        print("\n".join(_table(lines)))
    return DONE


def _span(options: argparse.Namespace) -> Span:
    now, moments = datetime.now(UTC), []
    for name, written in (("--since", options.since), ("--until", options.until)):
        try:
            moments.append(beginning(written, now, local_time, end=name == "--until") if written else None)
        except ValueError as error:
            raise ConfigError((f"{name}: {error}",)) from None
    since, until = moments
    if since and until and since >= until:
        raise ConfigError(("--since must be before --until.",))
    return Span(since, until)


def _entry(line: Line, config: Config) -> dict[str, Any]:
    shown = as_json(line.display, config.profile) | {"document": line.display.document}
    if line.kind in OVER:
        shown = dict.fromkeys(shown)
    return {
        "line": line.number,
        "at": line.at.isoformat(),
        "kind": line.kind,
        "why": line.why,
        **shown,
        "frame": line.frame,
        "digest": line.digest,
    }


def _print_csv(lines: list[Line], config: Config) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for line in lines:
        local = line.display.local
        cells = _entry(line, config) | {
            "at": local_time(line.at).isoformat(timespec="seconds"),
            "marks": " ".join(line.display.marks) if line.kind not in OVER else None,
            "by": local.by if local else None,
        }
        writer.writerow([_cell(cells[column]) for column in _COLUMNS])


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _table(lines: list[Line]) -> Iterator[str]:
    if not lines:
        yield "Nothing has been shown yet."
        return
    for line in lines:
        shown = line.display
        marks = f" ({', '.join(shown.marks)})" if shown.marks else ""
        state, level = (line.kind, None) if line.kind in OVER else (shown.state, shown.level)
        source = f" [{shown.source}]" if shown.source and level else ""
        at = f"{local_time(line.at):%Y-%m-%d %H:%M:%S %z}"
        yield f"{at}  {state:<10} {level or '-':<12}{marks} {line.why}{source}"


def _verify(store: Store) -> int:
    verdict = store.verify()
    if verdict.broken is None:
        print(" ".join(_sound(verdict)))
        return DONE
    print(
        f"{store.path}: line {verdict.broken} of the log {_BROKEN[verdict.how or Break.CHANGED]}"
        f"{_when(verdict.at)}; do not rely on it from there on. The {verdict.sound} lines before it hold.",
        file=sys.stderr,
    )
    return OTHER


def _sound(verdict: Verdict) -> Iterator[str]:
    yield f"The chain of {verdict.sound} lines is unbroken."
    if verdict.given_up:
        bound = LIMIT // 1024 // 1024
        yield f"{verdict.given_up} lines before them were given up by the kiosk, which keeps {bound} MiB."
    if verdict.head:
        yield f"The last line's digest is {verdict.head}."


def _when(text: str) -> str:
    """When a broken line says that it is from; it may say anything."""
    try:
        return f" (of {local_time(datetime.fromisoformat(text)):%Y-%m-%d %H:%M:%S})"
    except (ValueError, OverflowError):
        return ""
