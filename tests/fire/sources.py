"""How each format's fixture is published and asked for in a configuration, and what a screen makes of it."""

from datetime import timedelta

from kiosk.config.load import parse_config
from kiosk.config.model import Config
from kiosk.core.derive import derive
from kiosk.core.fold import News, Passed, Stated, fold
from kiosk.core.model import Clock, Display, Reading
from kiosk.core.state import State, beginning
from kiosk.formats import FORMATS
from tests.formats.documents import NOW
from tests.formats.fixtures import PUBLIC_KEY, SIGNATURE

LINKED = {"/d.minisig": SIGNATURE}
PATH = "/d"
BEFORE = dict.fromkeys(FORMATS, "MODERATE") | {"ntas": "BULLETIN"}
"""What the screen showed before: lower than what the fixtures state, so that a rise is seen at once."""

_OPTIONS = {
    "json": 'level = "threat.level"\nchanged = "threat.since"',
    "cap": 'parameter = "ThreatLevel"',
    "rss": r"pattern = 'the threat level (?:in|for) \w+ is (?P<level>\w+)'",
    "html": 'select = "#level"',
    "signed": f'public_keys = ["{PUBLIC_KEY}"]',
}


def configuration(form: str, url: str, deadline: str) -> str:
    """A configuration with one source, named S."""
    return (
        f'profile = "{"us" if form == "ntas" else "uk"}"\n[[source]]\nname = "S"\nurl = "{url}"\n'
        f'format = "{form}"\ndeadline = "{deadline}"\ninsecure = true\n{_OPTIONS.get(form, "")}\n'
    )


def clock(seconds: float = 0) -> Clock:
    """The clocks, some seconds after the question."""
    return Clock(NOW + timedelta(seconds=seconds), 10_000 + seconds, "boot", "run")


class Screen:
    """A screen that is told how a question to its one source ended.

    Attributes:
        config: its configuration.
    """

    def __init__(self, text: str, before: str | None = None) -> None:
        """``before`` is the level that the source confirmed a minute before; None for a new screen."""
        self.config: Config = parse_config(text, "the test")
        self._policy = self.config.policy()
        self._state: State = beginning(self._policy)
        if before:
            self.hears(Stated("S", Reading(before, self._policy.area, f"It is {before}")), -60)

    def hears(self, event: News, seconds: float = 0) -> None:
        self._state = fold(self._state, event, clock(seconds), self._policy)

    def shows(self, seconds: float = 1) -> Display:
        """What is shown so many seconds after the question."""
        self._state = fold(self._state, Passed(), clock(seconds), self._policy)
        return derive(self._state, clock(seconds), self._policy)
