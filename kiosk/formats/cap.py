"""The Common Alerting Protocol: the level in a configured parameter of the message that is in force.

CAP's ``severity`` names no level: its Severe is not the United Kingdom's SEVERE. What counts are messages with
the status Actual and the scope Public that are no test by their event code or their words. ``Update`` replaces
and ``Cancel`` withdraws what they refer to. Which messages were withdrawn is noted and kept on disk, because a
feed may go on listing them when the message that withdrew them is gone.

Without references nothing says that one message replaces another. So two in force with different levels are
refused, whichever is newer.

Exercises are disregarded like tests, but for a source that asks for them (``kiosk.formats.cap_exercises``).
"""

import re

from msgspec import Struct
from msgspec.structs import replace

from kiosk.core.model import Problem, Reading
from kiosk.errors import Refused
from kiosk.formats.ask import Ask
from kiosk.formats.cap_documents import alerts, linked
from kiosk.formats.cap_exercises import drills, ended_by
from kiosk.formats.cap_message import Message, message_of
from kiosk.formats.cap_statements import AHEAD, Stated, digest, withdrawn_by
from kiosk.formats.cap_statements import stated as stated_in
from kiosk.formats.text import FLAGS, statement_of
from kiosk.formats.words import level_of

_TRIAL = re.compile(r"\b(?:tests?|testing|exercises?|drill|rehearsal)\b", FLAGS)


class _Known(Struct, frozen=True):
    """What earlier documents of the source told: the message that stated the level, and which were withdrawn.

    All as digests, in the order in which they came; as a note "stated|withdrawn,withdrawn|ended,ended", the last
    part of exercises.
    """

    stated: str
    withdrawn: tuple[str, ...]
    ended: tuple[str, ...] = ()

    @classmethod
    def noted(cls, note: str) -> "_Known":
        stated, withdrawn, ended = (*note.split("|"), "", "")[:3]
        return cls(stated, tuple(filter(None, withdrawn.split(","))), tuple(filter(None, ended.split(","))))

    def note(self) -> str:
        return "|".join((self.stated, ",".join(self.withdrawn), *([",".join(self.ended)] if self.ended else ())))


def links(document: bytes, _ask: Ask) -> tuple[str, ...]:
    """The messages that an Atom or RSS index names."""
    return linked(document)


def decode(document: bytes, ask: Ask) -> Reading:
    """The level in ``ask.parameter``; ``changed`` and ``issued`` are when the message was sent, UTC.

    In an index, which may lose its newest message without being older, ``issued`` is left out; there the
    references and the note keep what is replaced from coming back.
    """
    found = [message_of(alert) for alert in alerts(document, ask.linked)]
    if ask.parameter is None:
        raise Refused(Problem.NO_LEVEL, "The source has no “parameter”; add the name of the one with the level.")
    known = _Known.noted(ask.note)
    if not ask.exercise_screen:
        return _read(found, ask, known)
    known = replace(known, ended=ended_by(found, known.ended))
    asked_for = drills(found, ask, known.ended)
    try:
        return replace(_read(found, ask, known), drills=asked_for)
    except Refused as refusal:
        told, withdrawn = refusal.note, refusal.withdrawn
        raise Refused(refusal.problem, str(refusal), note=told, withdrawn=withdrawn, drills=asked_for) from None


def _read(found: list[Message], ask: Ask, known: _Known) -> Reading:
    actual = [message for message in found if _is_actual(message, ask)]
    if any(message.sent > ask.now + AHEAD for message in actual):
        raise Refused(
            Problem.NOT_ACTUAL, "A message was sent in the future; check this machine's clock, then its publisher."
        )
    known = replace(known, withdrawn=withdrawn_by(actual, known.withdrawn))
    standing = [message for message in actual if message.kind in {"Alert", "Update"}]
    in_force = [message for message in standing if digest(message.key) not in known.withdrawn]
    stated = [one for message in in_force for one in stated_in(message, ask)]
    current = [one for one in stated if one.until > ask.now]
    if not current:
        raise _nothing(found, actual, in_force, stated, known)
    level = _agreed(current, ask, known)
    newest = max(current, key=lambda one: (one.until, one.message.sent))
    sent = newest.message.sent
    return Reading(
        level,
        ask.area,
        statement_of(f"{ask.parameter}: {newest.words}"),
        changed=sent.date(),
        issued=sent if len(found) == 1 and not ask.linked else None,
        until=newest.until,
        note=replace(known, stated=digest(newest.message.key)).note(),
    )


def _agreed(current: list[Stated], ask: Ask, known: _Known) -> str:
    """The one level of all that is in force; what the messages withdraw is noted even where they disagree."""
    try:
        levels = {level_of(one.words, ask) for one in current}
    except Refused as refusal:
        raise Refused(refusal.problem, str(refusal), note=known.note()) from None
    if len(levels) > 1:
        raise Refused(
            Problem.AMBIGUOUS,
            "Messages or areas in force state different levels; set “areas”, or ask the publisher for updates.",
            note=known.note(),
        )
    return levels.pop()


def _is_actual(message: Message, ask: Ask) -> bool:
    """Whether a message is meant in earnest and for everybody; what is not may not withdraw either."""
    blocked = {code.upper() for code in ask.test_events}
    return (
        message.status == "Actual"
        and message.scope == "Public"
        and not any(info.events & blocked or _TRIAL.search(info.wording) for info in message.infos)
    )


def _nothing(
    found: list[Message], actual: list[Message], in_force: list[Message], stated: list[Stated], known: _Known
) -> Refused:
    """Why no message states a level: the nearest reason of those that hold."""
    withdrawn = known.stated in known.withdrawn
    if withdrawn:
        known = replace(known, stated="")
    if stated:
        problem, why = Problem.EXPIRED, "The message with the level has expired; ask its publisher."
    elif in_force:
        problem, why = (
            Problem.NO_LEVEL,
            "No message in force carries the level now; check the source's “parameter” and “areas”.",
        )
    elif actual:
        problem, why = (
            Problem.NO_LEVEL,
            "The message was cancelled, or replaced by one that has gone; the next message will state a level.",
        )
    elif found:
        problem, why = (
            Problem.NOT_ACTUAL,
            "The message is a test, an exercise, a draft, or not for the public; it is no news.",
        )
    else:
        problem, why = Problem.NO_LEVEL, "The index lists no message; the next message will state a level."
    return Refused(problem, why, note=known.note(), withdrawn=withdrawn)
