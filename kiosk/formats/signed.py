"""An organisation's own JSON with a minisign signature beside it, under the rules of The Update Framework (TUF).

The signature is checked before the document is parsed. Then a document has to be in earnest, not from the future
and not past its end (a freeze ends with it), and no older than what was accepted before:

- Each key has its own highest sequence. A lower one is a rollback, an equal one with other content is a change
  that nobody made, and one that is very far ahead is a fast-forward, after which no true one would be accepted.
- Over all keys the time of issue never goes back, so that what an earlier key signed can't be served again.
- What a key has reached is forgotten when it leaves ``public_keys``: that is how a stolen key is healed.

What was reached is noted, and is on the disk before the level is shown. A document that is authentic counts for
that even where it states no level for us, such as an exercise.
"""

import hashlib
import re
from datetime import UTC, date, datetime, timedelta
from typing import cast

from msgspec import Struct

from kiosk.core.model import Problem, Reading
from kiosk.errors import Refused
from kiosk.formats import json_document
from kiosk.formats.ask import Ask
from kiosk.formats.minisign import public_key, signer
from kiosk.formats.text import check_size, excerpt, statement_of
from kiosk.formats.words import level_of

SUFFIX = ".minisig"
LONGEST_VALID = timedelta(days=7)
"""From issue to end: as long could somebody on the way keep a newer document from a screen."""

_AHEAD = timedelta(minutes=2)  # of the publisher's clock before ours
_HIGHEST = 2**53 - 1  # what every reader of JSON reads exactly
_FARTHEST_STEP = 10**9  # sequences are seconds where `publish` counts them: thirty years
_NOTED = re.compile(r"([0-9a-f]{16}),(\d{1,16}),(-?\d{1,12}),([0-9a-f]{32})", re.ASCII)


class _Reached(Struct, frozen=True):
    """What one key has reached: sequence, time of issue (UTC, seconds since 1970) and the document's digest."""

    key: str
    sequence: int
    issued: int
    digest: str


class _Document(Struct, frozen=True):
    """The checked fields of a document."""

    sequence: int
    issued: datetime
    expires: datetime
    status: str
    area: str
    level: str
    statement: str
    changed: date | None


def links(_document: bytes, ask: Ask) -> tuple[str, ...]:
    """The signature, beside the document."""
    return (ask.name + SUFFIX,)


def decode(document: bytes, ask: Ask) -> Reading:
    """The level of a signed document; ``issued``, ``changed`` and ``until`` are its own."""
    check_size(document)
    key = signer(document, ask.linked.get(ask.name + SUFFIX, b""), ask.public_keys)
    fields = _fields(json_document.load(document))
    if fields.issued > ask.now + _AHEAD:
        raise Refused(Problem.NOT_ACTUAL, "The document was issued in the future; check this machine's clock.")
    digest = hashlib.blake2b(document, digest_size=16).hexdigest()
    note = _advanced(_Reached(key, fields.sequence, int(fields.issued.timestamp()), digest), ask)
    if fields.status != "Actual":
        raise Refused(
            Problem.NOT_ACTUAL,
            f"The document has the status “{excerpt(fields.status)}”; it is no news.",
            note=note,
        )
    if fields.expires <= ask.now:
        raise Refused(
            Problem.EXPIRED, "The document has expired; see whether its publisher still runs.", note=note
        )
    if fields.area != ask.area:
        raise Refused(
            Problem.NO_LEVEL, f"The document is about “{excerpt(fields.area)}” and not {ask.area}.", note=note
        )
    level = level_of(fields.level, ask)
    return Reading(
        level,
        ask.area,
        statement_of(fields.statement or fields.level),
        changed=fields.changed,
        issued=fields.issued,
        until=fields.expires,
        note=note,
    )


def check_key(text: str) -> str | None:
    """A sentence that says why it is no public key, or None if it is one."""
    try:
        public_key(text)
    except ValueError:
        return f"“{excerpt(text)}” is no minisign public key; copy the second line of minisign.pub."
    return None


def _advanced(now: _Reached, ask: Ask) -> str:
    """The note after this document.

    Raises:
        Refused: rollback, where a key's sequence or the time of issue goes back, or jumps.
    """
    known = {public_key(key).name for key in ask.public_keys}
    reached = {entry.key: entry for entry in _noted(ask.note) if entry.key in known}
    before = reached.get(now.key)
    if before and now.sequence < before.sequence:
        raise _rollback(f"has the sequence {now.sequence}, and {before.sequence} was accepted before")
    if before and now.sequence == before.sequence and now.digest != before.digest:
        raise _rollback(f"differs from another one with the sequence {now.sequence}")
    if before and now.sequence > before.sequence + _FARTHEST_STEP:
        raise _rollback(f"jumps from the sequence {before.sequence} to {now.sequence}")
    if any(now.issued < entry.issued for entry in reached.values()):
        raise _rollback("was issued before one that was accepted already")
    entries = (reached | {now.key: now}).values()
    return " ".join(f"{entry.key},{entry.sequence},{entry.issued},{entry.digest}" for entry in entries)


def _noted(note: str) -> list[_Reached]:
    """What was noted; what another format noted, before the source was given this one, is passed over."""
    entries = (found.groups() for found in map(_NOTED.fullmatch, note.split()) if found)
    return [_Reached(key, int(sequence), int(issued), digest) for key, sequence, issued, digest in entries]


def _fields(value: object) -> _Document:
    if not isinstance(value, dict):
        raise _malformed("is no object")
    fields = cast("dict[str, object]", value)
    sequence = fields.get("sequence")
    if isinstance(sequence, bool) or not isinstance(sequence, int) or not 0 <= sequence <= _HIGHEST:
        raise _malformed("has no sequence, a whole number")
    issued, expires = _moment(fields, "issued"), _moment(fields, "expires")
    if not issued < expires <= issued + LONGEST_VALID:
        raise _malformed(f"is not valid for at most {LONGEST_VALID.days} days")
    texts = {name: _text(fields, name) for name in ("status", "area", "level")}
    changed, statement = fields.get("changed"), fields.get("statement", "")
    if not isinstance(statement, str):
        raise _malformed("has a statement that is no text")
    return _Document(sequence, issued, expires, **texts, statement=statement, changed=_day(changed))


def _text(fields: dict[str, object], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not value:
        raise _malformed(f"has no {name}")
    return value


def _moment(fields: dict[str, object], name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(_text(fields, name))
        if moment.tzinfo:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise _malformed(f"has no time with its zone in {name}")


def _day(value: object) -> date | None:
    try:
        return None if value is None else date.fromisoformat(str(value))
    except ValueError:
        raise _malformed("has no day such as 2026-04-30 in changed") from None


def _malformed(what: str) -> Refused:
    return Refused(Problem.MALFORMED, f"The signed document {what}; ask its publisher.")


def _rollback(what: str) -> Refused:
    return Refused(Problem.ROLLBACK, f"The signed document {what}; the newer one is kept.")
