"""What is on the screen now: the display side of the way of the data, on Qt's thread but without Qt.

Each state and each tick ends in one ``Display`` and its ``Screen``. A mistake in between must not leave an old
picture standing as if it were current: then the picture that claims nothing is shown.
"""

import logging
from collections.abc import Callable

from msgspec.structs import replace

from kiosk.config.model import Config
from kiosk.core.announce import Urgency, urgency
from kiosk.core.derive import derive
from kiosk.core.fold import Faulted, Passed, Shown, Stated, fold
from kiosk.core.judgement import confidence
from kiosk.core.model import Clock, Confidence, Display, Reading
from kiosk.core.present import Occasion, told
from kiosk.core.record import differs
from kiosk.core.screen import Scene
from kiosk.core.state import Held, State, beginning
from kiosk.core.turns import STEP_EVERY, is_night, reading_time
from kiosk.timekeeping import local_time

_logger = logging.getLogger(__name__)

_NO_PICTURE = "The picture could not be made; the log tells more."


class Stage:
    """Keeps the state that is shown, and decides when another picture is due.

    Args:
        draw: shows a picture on every window.
        announce: tells a sentence aloud to people who can't see the picture.
        report: is told what is shown whenever that is another statement, how sure it was at best, and of which
            accepted statement.
    """

    def __init__(
        self,
        config: Config,
        state: State,
        clock: Callable[[], Clock],
        draw: Callable[[Scene], None],
        announce: Callable[[str, Urgency], None],
        report: Callable[[Display, Confidence, Held | None], None],
        *,
        demonstration: bool = False,
    ) -> None:
        self._config = config
        self._policy = config.policy()
        self._state = state
        self._clock = clock
        self._draw = draw
        self._announce = announce
        self._report = report
        self._demonstration = demonstration
        self._shown: Display | None = None
        self._told: Held | None = None
        self._scene: Scene | None = None
        self._turn = 0
        self._turned = clock().boot
        self._broken = False
        self._older, self._code = False, ""
        self._nothing = self._claiming_nothing()

    @property
    def display(self) -> Display | None:
        """What is shown now; None before the first picture."""
        return self._shown

    @property
    def config(self) -> Config:
        """The configuration that rules."""
        return self._config

    @property
    def plain(self) -> bool:
        """Whether the plain picture is shown."""
        return bool(self._code)

    @property
    def state(self) -> State:
        """What the display is derived from."""
        return self._state

    def take(self, state: State) -> None:
        """Shows a new state of the watcher's.

        The watcher may not know yet how far confidence has sunk here, which only a newer confirmation undoes,
        nor of a fault on this side, which only a restart does.
        """
        self._state = self._followed(state)
        self.tick()

    def rehearse(self, config: Config) -> None:
        """Makes the words of every level of another configuration; whatever is raised, it can't be shown."""
        now, policy = self._clock(), config.policy()
        occasion = Occasion(now.wall, local_time, config.venue)
        source = policy.sources[0].name
        for level in policy.scale.levels:
            state = fold(beginning(policy), Stated(source, Reading(level, policy.area, level)), now, policy)
            told(derive(state, now, policy), config.profile, config.words, occasion)
        told(derive(beginning(policy), now, policy), config.profile, config.words, occasion)

    def take_over(self, config: Config, state: State) -> None:
        """Lets another configuration rule, with the state that the watcher has made fit for it."""
        state = self._followed(state)
        self._config, self._policy = config, config.policy()
        self._state = state
        self._turn = 0
        self._nothing = self._claiming_nothing()
        self.tick()

    def remark(self, *, older: bool | None = None, code: str | None = None) -> None:
        """Tells in the footer that the settings are not the newest, or shows the plain picture with a fault code.

        Args:
            older: None for as it is.
            code: of what went wrong; "" for nothing any more, None for as it is.
        """
        before = self._older, self._code
        self._older = self._older if older is None else older
        self._code = self._code if code is None else code
        if (self._older, self._code) != before:
            self._nothing = self._claiming_nothing()
        self.tick()

    def _followed(self, state: State) -> State:
        now = self._clock()
        if state.held == self._state.held:
            state = fold(state, Shown(self._state.floor), now, self._policy)
        if self._state.fault:
            state = fold(state, Faulted(self._state.fault), now, self._policy)
        return state

    def fault(self, sentence: str) -> None:
        """Shows that a part of the program failed."""
        self._state = fold(self._state, Faulted(sentence), self._clock(), self._policy)
        self.tick()

    def tick(self) -> None:
        """Looks at the clock and shows what is true now."""
        try:
            now = self._clock()
            self._state = fold(self._state, Passed(), now, self._policy)
            display = derive(self._state, now, self._policy)
            self._show(self._pictured(display, now))
            self._broken = False
        except Exception:  # whatever it is, the picture may be old by now
            if not self._broken:
                _logger.exception("The picture could not be made; the screen shows that nothing is confirmed.")
            self._broken = True
            # A picture that works again shows no more than this one until a source confirms anew.
            self._state = replace(self._state, floor=Confidence.UNKNOWN, fault=_NO_PICTURE)
            display, scene = self._nothing
            self._show(scene)
            self._note(display, Confidence.UNKNOWN)
            return
        self._note(display, confidence(self._state, now, self._policy))

    def _note(self, display: Display, sure: Confidence) -> None:
        # What is shown of a newer statement is told, too, where it is less than sure: it stays no surer than that.
        newer = sure is not Confidence.LIVE and self._state.held != self._told
        if self._shown is None or newer or differs(self._shown, display):
            self._told = self._state.held
            self._report(display, sure, self._state.held)
        # The first picture is no news: a screen reader reads a window when it comes.
        pressing = urgency(self._shown, display) if self._shown else None
        self._shown = display
        if pressing and self._scene:
            self._announce(self._scene.summary, pressing)

    def _claiming_nothing(self) -> tuple[Display, Scene]:
        """Made at the start, while everything works: the picture for when no other can be made."""
        now = self._clock()
        state = fold(beginning(self._policy), Faulted(_NO_PICTURE), now, self._policy)
        display = derive(state, now, self._policy)
        timeless = (replace(screen, clock="") for screen in self._pictured(display, now).screens)
        return display, Scene(tuple(timeless))

    def _pictured(self, display: Display, now: Clock) -> Scene:
        config = self._config
        night = is_night(local_time(now.wall), config.night)
        occasion = Occasion(
            now.wall, local_time, config.venue, self._demonstration, night, self._older, self._code
        )
        scene = told(display, config.profile, config.words, occasion)
        if len(scene.screens) == 1:
            self._turned = now.boot  # nobody waits for a turn, and to count words takes as long as to derive
        elif now.boot - self._turned >= reading_time(scene.screens[self._turn]):
            self._turn, self._turned = (self._turn + 1) % len(scene.screens), now.boot
        return replace(scene, turn=self._turn, step=int(now.boot / STEP_EVERY.total_seconds()))

    def _show(self, scene: Scene) -> None:
        if scene != self._scene:
            self._draw(scene)
            self._scene = scene
