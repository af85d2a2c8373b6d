"""What a document proves that a broker kept for us, for a time that nobody tells.

A retained message may be a second old or three years. So it confirms nothing by itself, and a level in it is a
last known one at best. What proves more is in the document: where it says when it was published
(``Reading.issued``: CAP's sent, a signed document's issued, the time at a json source's ``issued``), and that is
no longer ago than a statement is live, then it was stated at that moment. A sequence, where a format has one, is
judged by the format: what is older than a document that was accepted before is refused there, and the time of
issue under the same signature tells the rest.

A level that something confirmed is never given up for one that nothing proves, but for a higher one in the place
of what the same source said before: then the screen claims neither of them.
"""

from datetime import timedelta

from msgspec.structs import replace

from kiosk.core.clocks import TOLERANCE, ago, credible
from kiosk.core.judgement import confidence, contemporaries
from kiosk.core.model import Clock, Confidence, Problem, Reading
from kiosk.core.policy import Policy
from kiosk.core.state import Held, State


def published(reading: Reading, now: Clock, limit: timedelta) -> Clock | None:
    """When the document was published, where it says so and that is at most ``limit`` ago; else None.

    A time ahead of our clock proves nothing, but for what two clocks may differ.
    """
    if reading.issued is None or reading.issued > now.wall + TOLERANCE:
        return None
    age = max(timedelta(), now.wall - reading.issued)
    return ago(now, age) if age <= limit else None


def proven(state: State, name: str, reading: Reading, now: Clock, policy: Policy) -> Clock | None:
    """As ``published``; an unsure clock proves nothing either."""
    return published(reading, now, policy.live_limit(name)) if credible(state, now, policy) else None


def recalled(state: State, name: str, reading: Reading, now: Clock, policy: Policy) -> State:
    """The state after a document of which nothing proves when it was published."""
    source = state.source(name)
    note = source.note if reading.note is None else reading.note
    newest, issued = source.newest, reading.issued
    if newest and issued and issued < newest:
        sentence = (
            f"The broker of {name} keeps a statement older than one that came before; the newer one is kept."
        )
        source = replace(source, attempted=now, problem=Problem.ROLLBACK, message=sentence, note=note)
        return state.with_source(source)
    if issued and issued <= now.wall:
        newest = issued
    sentence = (
        f"The broker of {name} kept a message that states {reading.level}, and nothing proves that it is new; it"
        " counts when its publisher publishes again."
    )
    source = replace(source, newest=newest, attempted=now, problem=Problem.NOT_ACTUAL, message=sentence, note=note)
    state = state.with_source(source)
    if not _is_the_last_known(state, name, reading, now, policy):
        return state
    held = Held(
        reading.level,
        name,
        reading.statement,
        reading.previous,
        reading.changed,
        now,
        reading.until,
        kept=True,
        document=reading.document,
    )
    return replace(state, held=held, floor=Confidence.LAST_KNOWN)


def _is_the_last_known(state: State, name: str, reading: Reading, now: Clock, policy: Policy) -> bool:
    """Whether nothing better is known than this."""
    held, rank = state.held, policy.scale.rank
    if policy.agree > 1 or (reading.until and reading.until <= now.wall):
        return False
    if held is None or confidence(state, now, policy) is Confidence.UNKNOWN:
        return True
    others = [claim for other, claim in contemporaries(state, now, policy) if other != name]
    return rank(reading.level) > rank(held.level) and not any(
        claim.reading.level == held.level for claim in others
    )
