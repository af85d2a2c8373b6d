"""The Common Alerting Protocol: the level in a configured parameter of the message that is in force.

CAP's ``severity`` names no level: its Severe is not the United Kingdom's SEVERE. What counts are messages with
the status Actual and the scope Public that are no test by their event code or their words. ``Update`` replaces
and ``Cancel`` withdraws what they refer to. Which messages were withdrawn is noted and kept on disk, because a
feed may go on listing them when the message that withdrew them is gone.

Without references nothing says that one message replaces another. So two in force with different levels are
refused, whichever is newer.

Exercises are disregarded like tests: a drill is begun by a person at the venue, never by a message.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kiosk.core.model import Problem, Reading
from kiosk.errors import Refused
from kiosk.formats.ask import Ask
from kiosk.formats.cap_documents import alerts, linked
from kiosk.formats.cap_message import Key, Message, message_of
from kiosk.formats.text import FLAGS, statement_of
from kiosk.formats.words import level_of

_AHEAD = timedelta(minutes=2)  # of a sender's clock before ours
_MOST_NOTED = 500  # withdrawn messages; years of a threat level's

_WITHDRAWING = frozenset(("Update", "Cancel"))
_TRIAL = re.compile(r"\b(?:tests?|testing|exercises?|drill|rehearsal)\b", FLAGS)


@dataclass(frozen=True, slots=True)
class _Stated:
    """The value of the parameter in a block of a message, and when it ends."""

    words: str
    until: datetime
    message: Message


@dataclass(frozen=True, slots=True)
class _Known:
    """What earlier documents of the source told: the message that stated the level, and which were withdrawn.

    Both as digests, in the order in which they came; as a note "stated|withdrawn,withdrawn".
    """

    stated: str
    withdrawn: tuple[str, ...]

    @classmethod
    def noted(cls, note: str) -> "_Known":
        stated, _, withdrawn = note.partition("|")
        return cls(stated, tuple(filter(None, withdrawn.split(","))))

    def note(self) -> str:
        return f"{self.stated}|{','.join(self.withdrawn)}"

    def after(self, actual: Iterable[Message]) -> "_Known":
        """With what these messages replace or cancel; of very many the oldest are forgotten."""
        keys = (key for message in actual if message.kind in _WITHDRAWING for key in sorted(message.references))
        withdrawn = dict.fromkeys((*self.withdrawn, *map(_digest, keys)))
        return _Known(self.stated, tuple(withdrawn)[-_MOST_NOTED:])


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
    actual = [message for message in found if _is_actual(message, ask)]
    if any(message.sent > ask.now + _AHEAD for message in actual):
        raise Refused(
            Problem.NOT_ACTUAL, "A message was sent in the future; check this machine's clock, then its publisher."
        )
    known = _Known.noted(ask.note).after(actual)
    standing = [message for message in actual if message.kind in {"Alert", "Update"}]
    in_force = [message for message in standing if _digest(message.key) not in known.withdrawn]
    stated = [one for message in in_force for one in _stated(message, ask)]
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
        note=replace(known, stated=_digest(newest.message.key)).note(),
    )


def _agreed(current: list[_Stated], ask: Ask, known: _Known) -> str:
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


def _digest(key: Key) -> str:
    return hashlib.blake2b("\n".join(key).encode(), digest_size=9).hexdigest()


def _stated(message: Message, ask: Ask) -> Iterator[_Stated]:
    """What the blocks of a message state; blocks about other areas, or that begin later, state nothing."""
    for info in message.infos:
        if ask.areas and not set(info.areas) & set(ask.areas):
            continue
        if info.effective and info.effective > ask.now + _AHEAD:
            continue
        until = info.expires or message.sent + ask.expires_after
        yield from (_Stated(words, until, message) for name, words in info.parameters if name == ask.parameter)


def _nothing(
    found: list[Message], actual: list[Message], in_force: list[Message], stated: list[_Stated], known: _Known
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
