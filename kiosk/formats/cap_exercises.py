"""CAP messages with the status Exercise, for a source whose ``exercise_screen`` is on.

They put a drill on the screen and never a level: what they state is kept apart from what is stated in earnest,
on its whole way. A drill ends with its message, with the message that cancels or replaces it, and four hours
after it was sent at the latest; one that was cancelled does not come back. A message in earnest may end a drill,
never the other way round.
"""

from collections.abc import Iterable
from contextlib import suppress

from kiosk.core.local import LONGEST_EXERCISE
from kiosk.core.model import Drill
from kiosk.errors import Refused
from kiosk.formats.ask import Ask
from kiosk.formats.cap_message import Message
from kiosk.formats.cap_statements import AHEAD, digest, stated, withdrawn_by
from kiosk.formats.text import statement_of
from kiosk.formats.words import level_of

_PUBLIC = "Public"


def ended_by(messages: Iterable[Message], before: tuple[str, ...]) -> tuple[str, ...]:
    """The digests of the drills that are over by message; ``before`` are those of earlier documents."""
    heard = (
        message for message in messages if message.scope == _PUBLIC and message.status in {"Exercise", "Actual"}
    )
    return withdrawn_by(heard, before)


def drills(messages: Iterable[Message], ask: Ask, ended: tuple[str, ...]) -> tuple[Drill, ...]:
    """The drill in force, or none; none where messages contradict each other or name a level that is none."""
    found = [
        one
        for message in messages
        if message.status == "Exercise"
        and message.scope == _PUBLIC
        and message.kind in {"Alert", "Update"}
        and message.sent <= ask.now + AHEAD
        and digest(message.key) not in ended
        for one in stated(message, ask)
    ]
    current = [
        Drill(level, statement_of(one.message.infos[0].wording), until)
        for one in found
        if (until := min(one.until, one.message.sent + LONGEST_EXERCISE)) > ask.now
        for level in _known(one.words, ask)
    ]
    agreed = len({drill.level for drill in current}) == 1
    return (max(current, key=lambda drill: drill.until),) if agreed else ()


def _known(words: str, ask: Ask) -> tuple[str, ...]:
    with suppress(Refused):
        return (level_of(words, ask),)
    return ()
