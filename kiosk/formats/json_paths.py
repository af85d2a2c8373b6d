"""JSON of any shape: the configuration points to the level, and translates its words."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

from kiosk.core.model import Problem, Reading
from kiosk.errors import Refused
from kiosk.formats import json_document
from kiosk.formats.ask import Ask
from kiosk.formats.text import excerpt, statement_of
from kiosk.formats.words import level_of

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?", re.ASCII)

# Beside its own errors (ValueErrors) jmespath lets through what its functions run into: a slice step of 0,
# a float that overflows, an operand of another type, an expression nested too deep.
_FAILURES = (ValueError, TypeError, ArithmeticError, LookupError, AttributeError, RecursionError)


def decode(document: bytes, ask: Ask) -> Reading:
    """The level at ``ask.level_path``, for the area that was asked for.

    The value is text or a whole number. ``ask.values`` translates it exactly as it is written; without them
    it has to be a level's word. ``changed`` is the day at ``ask.changed_path``, in the zone it is written in;
    ``issued`` is the moment at ``ask.issued_path``, which has to have a zone.
    """
    if ask.level_path is None:
        raise Refused(Problem.NO_LEVEL, "The source has no “level”; add the path to the level to it.")
    content = json_document.load(document)
    value = _search(ask.level_path, content)
    if value is None:
        raise Refused(
            Problem.NO_LEVEL, f"There is nothing at “{excerpt(ask.level_path)}”; check the source's “level”."
        )
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Refused(
            Problem.MALFORMED,
            f"At “{excerpt(ask.level_path)}” is neither a text nor a whole number; check the source's “level”.",
        )
    words = str(value).strip()
    changed = _day(ask.changed_path, content) if ask.changed_path else None
    issued = _moment(ask.issued_path, content) if ask.issued_path else None
    return Reading(level_of(words, ask), ask.area, statement_of(words), changed=changed, issued=issued)


def check_path(expression: str) -> str | None:
    """A sentence that says why the JMESPath expression can't be used, or None if it can."""
    try:
        _follower(expression)
    except _FAILURES:
        return f"“{excerpt(expression)}” is not a JMESPath expression; write one such as “threat.current”."
    return None


def _day(path: str, content: object) -> date | None:
    """The day at the path; None where there is nothing.

    Raises:
        Refused: malformed, because an administrator who asks for a date wants to know that it is none.
    """
    value = _search(path, content)
    if value is None:
        return None
    try:
        if isinstance(value, str) and _ISO.fullmatch(value):
            return datetime.fromisoformat(value).date()
    except ValueError:
        pass
    raise Refused(
        Problem.MALFORMED, f"At “{excerpt(path)}” is no date such as 2024-03-05; check the source's “changed”."
    )


def _moment(path: str, content: object) -> datetime:
    """The moment at the path (UTC).

    Raises:
        Refused: malformed where there is none; a document without it would be believed more than an old one.
    """
    value = _search(path, content)
    try:
        if isinstance(value, str) and _ISO.fullmatch(value) and (moment := datetime.fromisoformat(value)).tzinfo:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise Refused(
        Problem.MALFORMED,
        f"At “{excerpt(path)}” is no time with its zone such as 2024-03-05T09:30:00Z;"
        " check the source's “issued”.",
    )


def _search(path: str, content: object) -> object:
    try:
        return _follower(path)(content)
    except _FAILURES:
        raise Refused(
            Problem.MALFORMED,
            f"“{excerpt(path)}” can't be followed in this document; check the source's paths.",
        ) from None


def _follower(expression: str) -> Callable[[object], object]:
    import jmespath  # 30 ms of every start, and most kiosks have no source of this format

    return jmespath.compile(expression).search
