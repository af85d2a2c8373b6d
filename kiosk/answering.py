"""What the running kiosk answers to the requests of commands."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import msgspec

from kiosk.control import Answer, AskMachine, Identify, Receipt, Status, requested
from kiosk.core.doubts import doubtful
from kiosk.core.model import Clock
from kiosk.errors import FAULT
from kiosk.exit_codes import OTHER, USAGE
from kiosk.orders import waiting
from kiosk.report import as_json
from kiosk.stage import Stage
from kiosk.surroundings import Surroundings
from kiosk.ui.bridge import Bridge
from kiosk.watcher import Watcher


class Counter:
    """Answers requests: at once what is shown, and an order when the watcher has carried it out.

    ``back`` brings the watcher's answers to Qt's thread, behind the state that they are about: who is told that
    an order is done can look at the screen.
    """

    def __init__(
        self,
        stage: Stage,
        watcher: Watcher,
        surroundings: Surroundings,
        notes: Callable[[], Iterable[str]],
        clock: Callable[[], Clock],
        back: Bridge,
    ) -> None:
        """Takes what else is to be told to people beside what the sources do, as sentences."""
        self._surroundings = surroundings
        self._stage = stage
        self._watcher = watcher
        self._more = notes
        self._clock = clock
        self._back = back
        back.changed.connect(lambda answer: answer())

    def take(self, line: bytes, answer: Callable[[bytes], None]) -> None:
        """Takes one request; ``answer`` is called once, on Qt's thread."""
        try:
            request = requested(line)
        except ValueError as error:
            answer(msgspec.json.encode(Receipt(USAGE, f"The kiosk does not know this request ({error}).")))
            return
        if isinstance(request, Status):
            answer(self._status())
        elif isinstance(request, AskMachine):
            answer(self._surroundings.tell())
        elif isinstance(request, Identify):
            answer(self._surroundings.identify(request))
        elif self._watcher.alive:
            self._watcher.order(
                request, lambda receipt: self._back.publish(partial(answer, msgspec.json.encode(receipt)))
            )
        else:
            answer(msgspec.json.encode(Receipt(OTHER, f"The kiosk takes no orders. {FAULT}")))

    def _status(self) -> bytes:
        display = self._stage.display
        if display is None:
            return b""
        printed = msgspec.Raw(msgspec.json.encode(as_json(display, self._stage.config.profile)))
        return msgspec.json.encode(Answer(printed, display, tuple(self._notes())))

    def _notes(self) -> Iterator[str]:
        yield from self._more()
        state = self._stage.state
        if note := waiting(state):
            yield note
        for _, sentence in doubtful(state, self._clock(), self._stage.config.policy()):
            yield sentence
