"""A display as JSON and as text, for ``check``, ``status`` and ``history``."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from kiosk.core.model import Display, SourceReport
from kiosk.core.profile import Profile


def as_json(display: Display, profile: Profile) -> dict[str, Any]:
    """The object of DESIGN section 3; times in UTC to the second."""
    return {
        "state": display.state,
        "marks": list(display.marks),
        "level": display.level,
        "rank": display.rank,
        "of": display.of,
        "area": display.area,
        "meaning": meaning_of(display, profile),
        "previous": display.previous,
        "changed": display.changed.isoformat() if display.changed else None,
        "confirmed": _stamp(display.confirmed) if display.confirmed else None,
        "source": display.source,
        "statement": display.statement,
        "sources": [_source(report) for report in display.sources],
    }


def as_text(display: Display, meaning: str | None) -> Iterator[str]:
    """The same for people, line by line; ``meaning`` is that of the level."""
    marks = f" ({', '.join(display.marks)})" if display.marks else ""
    if display.level:
        yield f"{display.level}, {display.rank} of {display.of}, {display.area}: {meaning or 'of another profile'}"
    else:
        yield f"Not confirmed, {display.area}"
    yield f"State: {display.state}{marks}"
    if display.local:
        yield f"Set by {display.local.by} until {_stamp(display.local.until)}: {display.local.reason}"
    if display.confirmed:
        yield f"Confirmed: {_stamp(display.confirmed)} by {display.source or 'a source'}"
    if display.statement:
        yield f"Statement: {display.statement}"
    for report in display.sources:
        yield f"{report.name}: {report.level or report.message or 'not asked yet'}" + (
            f" [{report.problem}]" if report.problem else ""
        )


def meaning_of(display: Display, profile: Profile) -> str | None:
    """What the level means, in the profile's first language.

    None without a level, and for one of another profile, as in a log from before the configuration changed.
    """
    return profile.words[profile.languages[0]].meaning.get(display.level) if display.level else None


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _source(report: SourceReport) -> dict[str, Any]:
    return {
        "name": report.name,
        "ok": report.ok,
        "level": report.level,
        "problem": report.problem,
        "message": report.message,
    }
