"""The one worker: asks the sources, folds what they say, stores it, and publishes the next state.

One thread owns the state and reads one inbox. Each poll runs in a thread of its own that lives as long as its
fetch and only ever posts its outcome, so that a source that hangs holds up neither the others nor the log.
"""

import logging
import queue
import random
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from kiosk.asking import Outcome, ask
from kiosk.config.model import Config
from kiosk.core.clocks import earlier
from kiosk.core.derive import derive
from kiosk.core.fold import Event, Faulted, Passed, Reconfigured, Saved, Shown, Stated, fold
from kiosk.core.judgement import fall_pending
from kiosk.core.model import Clock, Confidence, Display
from kiosk.core.record import why
from kiosk.core.schedule import next_delay
from kiosk.core.state import Held, State, succeeding
from kiosk.durations import lasted
from kiosk.errors import OrderRefused
from kiosk.exit_codes import DONE, OTHER
from kiosk.recorder import Recorder
from kiosk.tracks import Track, Tracks

if TYPE_CHECKING:
    from kiosk.control import Order, Receipt

_logger = logging.getLogger(__name__)

# A source that answers "not changed" for ever proves little; now and then the whole document is read again.
_LONGEST_ON_VALIDATORS = timedelta(hours=6).total_seconds()
_FILE_LOOK = 1.0  # seconds between two looks at a watched file
_LONGEST_REST = 900.0  # seconds without anything to do, until the log is given a sign of life


class Answered(Struct, frozen=True):
    """A poll of the watcher's, and when it began.

    Its answer counts from there: it may have waited in a socket while this machine slept.
    """

    outcome: Outcome
    asked: Clock
    track: Track


class Seen(Struct, frozen=True):
    """The screen shows this display now; it was no better than this confidence in what was ``held`` then."""

    display: Display
    confidence: Confidence
    held: Held | None


class Pictured(Struct, frozen=True):
    """The picture of what was shown last has this digest."""

    digest: str


class Ordered(Struct, frozen=True):
    """A person ordered something; ``answer`` is told how it ended, once, from the watcher's thread."""

    order: "Order"
    answer: "Callable[[Receipt], None]"


class Succession(Struct, frozen=True):
    """Another configuration rules from now on.

    Attributes:
        scope: the name of its memory.
        memory: what was stored under that name; None where the name is the same as before.
        renewed: the names of sources whose secrets changed, which have to be asked with the new ones.
        told: is called from the watcher's thread with the state that follows, before any later state is published.
    """

    config: Config
    scope: str
    memory: Callable[[Clock], State] | None
    renewed: frozenset[str]
    told: Callable[[State], None]


Message = Answered | Seen | Pictured | Ordered | Faulted | Succession | None
"""What arrives in the inbox; None asks the thread to look what is to do, or that it shall end."""


class Watcher:
    """Watches the sources from ``start`` to ``stop``.

    ``publish`` is called from the worker's thread with each new state, after it was stored.
    """

    def __init__(
        self,
        config: Config,
        recorder: Recorder,
        state: State,
        clock: Callable[[], Clock],
        publish: Callable[[State], None],
    ) -> None:
        self._config = config
        self._policy = config.policy()
        self._recorder = recorder
        self._state = state
        self._clock = clock
        self._publish = publish
        self._inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._tracks = Tracks(lambda: clock().boot, lambda: self._inbox.put(None))
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)

    def start(self) -> None:
        """Begins to watch; every source is asked at once."""
        self._thread.start()

    def stop(self, patience: float = 2.0) -> bool:
        """Ends every fetch and the thread; False if it outlived ``patience`` seconds."""
        self._stop.set()
        self._inbox.put(None)
        self._thread.join(patience)
        return not self._thread.is_alive()

    @property
    def alive(self) -> bool:
        """Whether the thread runs."""
        return self._thread.is_alive()

    def seen(self, display: Display, confidence: Confidence, held: Held | None) -> None:
        """Takes note of what the screen shows; safe from any thread, returns at once."""
        self._inbox.put(Seen(display, confidence, held))

    def pictured(self, digest: str) -> None:
        """Takes the digest of the picture that was reported last; safe from any thread, returns at once."""
        self._inbox.put(Pictured(digest))

    def order(self, order: "Order", answer: "Callable[[Receipt], None]") -> None:
        """Has an order carried out, on disk before ``answer`` is told; safe from any thread, returns at once."""
        self._inbox.put(Ordered(order, answer))

    def fault(self, sentence: str) -> None:
        """Puts a fault on the screen; safe from any thread, returns at once."""
        self._inbox.put(Faulted(sentence))

    def succeed(self, succession: Succession) -> None:
        """Lets another configuration rule; safe from any thread, returns at once."""
        self._inbox.put(succession)

    def _run(self) -> None:
        try:
            self._tracks.follow(self._config)
            while not self._stop.is_set():
                self._begin_polls()
                try:
                    message = self._inbox.get(timeout=self._patience())
                except queue.Empty:
                    message = None
                if message is not None:
                    self._take(message)
                if self._inbox.empty() and not self._stop.is_set():
                    self._recorder.rest(self._clock().wall)
        finally:
            self._stop.set()
            self._tracks.leave_all()
            self._recorder.end(self._clock().wall)

    def _begin_polls(self) -> None:
        now = self._clock().boot
        for track in self._tracks:
            if track.asking is None and track.wants(now):
                if now - track.full_answer > _LONGEST_ON_VALIDATORS:
                    track.validators = None
                name = track.config.name
                note = self._state.source(name).note
                track.asking = threading.Thread(
                    target=self._ask, args=(track, self._config, note), name=f"ask {name}"
                )
                track.asking.start()

    def _patience(self) -> float:
        """Seconds until something is due, at most: suspend does not count, but the screen's report wakes us."""
        now = self._clock().boot
        polled = [track for track in self._tracks if track.subscription is None]
        waiting = [_LONGEST_REST, *(track.due - now for track in polled if track.asking is None)]
        if any(track.watched for track in self._tracks):
            waiting.append(_FILE_LOOK)
        return max(0.0, min(waiting))

    def _ask(self, track: Track, config: Config, note: str) -> None:
        asked = self._clock()
        transport = track.subscription.obtain if track.subscription else None
        outcome = ask(track.config, config, track.stop, asked.wall, note, track.validators, transport)
        if outcome.since is not None:
            asked = earlier(asked, outcome.since)
        self._inbox.put(Answered(outcome, asked, track))

    def _take(self, message: Answered | Seen | Pictured | Ordered | Faulted | Succession) -> None:
        now = self._clock()
        if isinstance(message, Answered):
            if self._stop.is_set() or message.track.stop.is_set():
                return  # a fetch that we ended ourselves says nothing of its source
            self._advance(message.outcome.event, message.asked)
            self._reschedule(message.outcome, message.track, now)
            self._recorder.flush()  # lines that a full disk refused go out as soon as it takes them
        elif isinstance(message, Seen):
            # A confirmation that came in between is not lowered by what was shown before it.
            if message.held == self._state.held:
                self._advance(Shown(message.confidence), now)
            written = self._recorder.show(message.display, now.wall, why(message.display, self._state.fault))
            if written == self._state.unsaved:
                self._advance(Saved(written), now)
        elif isinstance(message, Pictured):
            self._recorder.frame(message.digest)
        elif isinstance(message, Ordered):
            message.answer(self._carried_out(message.order, now))
        elif isinstance(message, Succession):
            self._take_over(message, now)
        else:
            self._advance(message, now)

    def _take_over(self, succession: Succession, now: Clock) -> None:
        """Rules by another configuration."""
        policy = succession.config.policy()
        # What is on its way may name a level that the new scale doesn't have.
        another = succession.memory is not None or policy.scale != self._policy.scale
        state = fold(self._state, Passed(), now, self._policy)
        if succession.memory is None:
            state = fold(state, Reconfigured(policy), now, self._policy)
        else:
            state = succeeding(succession.memory(now), state, policy)
        self._config, self._policy = succession.config, policy
        self._recorder.turn_to(succession.scope, policy.shortest_live)
        self._tracks.follow(succession.config, succession.renewed, anew=another)
        self._state = state
        saved = self._recorder.save(state)
        if saved is not None:
            self._state = fold(state, Saved(saved), now, policy)
        succession.told(self._state)

    def _carried_out(self, order: "Order", now: Clock) -> "Receipt":
        """The log has it before the memory does: who ordered is known even if the power goes in between."""
        from kiosk.control import Receipt
        from kiosk.orders import decided

        state = fold(self._state, Passed(), now, self._policy)
        try:
            decision = decided(order, state, now, self._policy)
        except OrderRefused as refusal:
            return Receipt(refusal.code, str(refusal))
        noted = self._recorder.note(derive(state, now, self._policy), now.wall, decision.what)
        self._advance(decision.event, now)
        if noted and not self._state.unsaved:
            return Receipt(DONE, f"{decision.what} {decision.effect}")
        lost = "It could not be saved, and a restart undoes it; look at the disk of the state directory."
        return Receipt(OTHER, f"{decision.what} {decision.effect} {lost}")

    def _advance(self, event: Event, now: Clock) -> None:
        """Folds, stores where something worth it changed, and publishes."""
        before = self._state
        self._state = fold(before, event, now, self._policy)
        saved = self._recorder.save(self._state)
        if saved is not None:
            self._state = fold(self._state, Saved(saved), now, self._policy)
        if self._state != before:
            self._publish(self._state)

    def _reschedule(self, outcome: Outcome, track: Track, now: Clock) -> None:
        track.asking = None
        source = self._state.source(outcome.source)
        if source.problem is None:
            if track.failures:
                _logger.info("%s answers again, after %s.", outcome.source, lasted(track.failing_since, now.boot))
            track.failures = 0
            track.validators = outcome.validators
            if isinstance(outcome.event, Stated):
                track.full_answer = now.boot
        else:
            if not track.failures:
                _logger.warning("%s gives no level (%s): %s", outcome.source, source.problem, source.message)
                track.failing_since = now.boot
            track.failures += 1
            track.validators = None
        delay = next_delay(
            track.config.every,
            failures=track.failures,
            chance=random.random(),  # noqa: S311 - it spreads load and guards nothing
            retry_after=outcome.retry_after,
            fall_pending=fall_pending(self._state, outcome.source, now, self._policy),
        )
        if track.subscription is None:
            track.due = now.boot + delay.total_seconds()
