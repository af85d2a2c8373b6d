"""The display side without a display: clocks set by hand, and lists in the place of windows and watcher."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

import pytest
from msgspec.structs import replace

from kiosk.config.load import parse_config
from kiosk.config.model import Config
from kiosk.core.announce import Urgency
from kiosk.core.fold import Event, Passed, Stated, fold
from kiosk.core.model import Clock, Confidence, Display, Reading, StateName
from kiosk.core.screen import Scene, Screen
from kiosk.core.state import Held, beginning
from kiosk.core.turns import reading_time
from kiosk.core.wording import Words
from kiosk.stage import Stage
from tests.memories import NOW, later


class Phrases(Mapping[str, str]):
    """The phrases of a language, from which one may be torn out."""

    def __init__(self, phrases: Mapping[str, str]) -> None:
        self._phrases = phrases
        self.torn: str | None = None

    def __getitem__(self, key: str) -> str:
        if key == self.torn:
            raise KeyError(key)
        return self._phrases[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._phrases)

    def __len__(self) -> int:
        return len(self._phrases)


class Theatre:
    """A stage, its clock, and what was drawn and reported.

    Attributes:
        now: what the stage's clock shows.
        state: what a watcher would hold.
    """

    def __init__(self, config: Config, *, demonstration: bool = False) -> None:
        self.config = config
        self.now = NOW
        self.state = beginning(config.policy())
        self.scenes: list[Scene] = []
        self.reports: list[tuple[Display, Confidence]] = []
        self.of: list[Held | None] = []
        self.told: list[tuple[str, Urgency]] = []
        self.stage = Stage(
            config,
            self.state,
            lambda: self.now,
            self.scenes.append,
            lambda sentence, pressing: self.told.append((sentence, pressing)),
            self._report,
            demonstration=demonstration,
        )

    def _report(self, display: Display, sure: Confidence, held: Held | None) -> None:
        self.reports.append((display, sure))
        self.of.append(held)

    @property
    def screens(self) -> list[Screen]:
        """The screen whose turn it was in each picture."""
        return [scene.due for scene in self.scenes]

    def hear(self, event: Event) -> None:
        """The watcher folds an event and publishes its state."""
        self.state = fold(self.state, event, self.now, self.config.policy())
        self.stage.take(self.state)

    def states(self, level: str, age: timedelta = timedelta()) -> None:
        """The source, or a cache in its place, answers with a level."""
        self.hear(Stated("MI5", Reading(level, "UK", f"It is {level}"), age))

    def wait(self, seconds: float) -> None:
        """Time passes and the stage looks at its clock."""
        self.now = replace(self.now, wall=self.now.wall + timedelta(seconds=seconds), boot=self.now.boot + seconds)
        self.stage.tick()

    def shown(self) -> tuple[StateName, str | None, str]:
        """The display's state and level, and the largest word of the picture."""
        display = self.stage.display
        assert display
        return display.state, display.level, self.screens[-1].level


@pytest.fixture
def config() -> Config:
    return parse_config("", "k.toml")


@pytest.fixture
def theatre(config: Config) -> Theatre:
    return Theatre(config)


# ---------------------------------------------------------------- what is drawn and reported


def test_nothing_is_drawn_before_the_first_look_at_the_clock(theatre: Theatre) -> None:
    assert theatre.stage.display is None
    assert theatre.screens == []
    theatre.stage.tick()
    assert theatre.shown() == (StateName.UNKNOWN, None, "Not confirmed")


def test_a_newer_statement_that_is_less_than_sure_is_reported_too(theatre: Theatre) -> None:
    theatre.states("SEVERE", timedelta(hours=2))
    theatre.wait(60)
    assert [sure for _, sure in theatre.reports] == [Confidence.STALE]
    theatre.states("SEVERE", timedelta(hours=1))
    theatre.wait(60)
    assert [sure for _, sure in theatre.reports] == [Confidence.STALE, Confidence.STALE]
    assert theatre.of[-1] == theatre.state.held != theatre.of[0]
    theatre.states("SEVERE")
    theatre.wait(60)
    theatre.states("SEVERE")
    assert [sure for _, sure in theatre.reports][2:] == [Confidence.LIVE], "a level that is sure is reported once"


def test_a_state_is_drawn_and_reported_once(theatre: Theatre) -> None:
    theatre.states("SEVERE")
    for _ in range(3):
        theatre.stage.tick()
    assert theatre.shown() == (StateName.LIVE, "SEVERE", "SEVERE")
    assert len(theatre.screens) == 1
    assert [(display.level, sure) for display, sure in theatre.reports] == [("SEVERE", Confidence.LIVE)]


def test_a_minute_that_passes_is_drawn_but_is_no_line_of_the_log(theatre: Theatre) -> None:
    theatre.states("SEVERE")
    theatre.wait(60)
    assert theatre.screens[-1].age == "Confirmed 1 minute ago"
    assert len(theatre.reports) == 1


def test_the_first_look_after_a_suspend_shows_how_old_the_level_is(theatre: Theatre) -> None:
    theatre.states("SEVERE")
    theatre.wait(3 * 3600)
    assert theatre.shown() == (StateName.STALE, "SEVERE", "SEVERE")
    theatre.wait(30 * 86400)
    assert theatre.shown() == (StateName.UNKNOWN, None, "Not confirmed")
    assert [sure for _, sure in theatre.reports] == [Confidence.LIVE, Confidence.STALE, Confidence.UNKNOWN]


def test_a_state_of_before_the_suspend_that_comes_late_does_not_bring_confidence_back(theatre: Theatre) -> None:
    theatre.states("SEVERE")
    late = theatre.state
    theatre.wait(3 * 86400)
    assert theatre.shown()[0] is StateName.LAST_KNOWN
    theatre.now = later(10)  # a boot clock that went back, which none should: the floor holds all the same
    theatre.stage.take(late)
    assert theatre.shown()[0] is StateName.LAST_KNOWN
    theatre.states("SEVERE")
    assert theatre.shown()[0] is StateName.LIVE


def test_a_demonstration_is_marked_on_every_picture(config: Config) -> None:
    theatre = Theatre(config, demonstration=True)
    theatre.stage.tick()
    theatre.states("SEVERE")
    theatre.wait(86400)
    assert [screen.watermark for screen in theatre.screens] == ["DEMONSTRATION"] * 3


def test_languages_take_turns_and_a_turn_is_no_line_of_the_log() -> None:
    theatre = Theatre(parse_config('languages = ["cy", "en"]', "k.toml"))
    theatre.states("SEVERE")
    heard: list[tuple[str, float]] = []
    for _ in range(100):
        theatre.wait(1)
        language = theatre.screens[-1].language
        if not heard or heard[-1][0] != language:
            heard.append((language, theatre.now.boot))
    assert [language for language, _ in heard] == ["cy", "en", "cy"]
    english = next(screen for screen in theatre.screens if screen.language == "en")
    assert 0 <= heard[2][1] - heard[1][1] - reading_time(english) < 2, "and the age grows by a word"
    assert {tuple(screen.language for screen in scene.screens) for scene in theatre.scenes} == {("cy", "en")}
    assert len(theatre.reports) == 1


def test_a_fault_is_shown_and_outlives_the_watchers_next_state(theatre: Theatre) -> None:
    theatre.states("SEVERE")
    theatre.stage.fault("A part of the program failed.")
    theatre.states("CRITICAL")
    assert theatre.shown()[1] == "CRITICAL"
    assert theatre.screens[-1].marks == ("This screen has a fault. Please tell a member of staff.",)


# ---------------------------------------------------------------- a picture that can't be made


@pytest.fixture
def broken(config: Config) -> tuple[Theatre, Phrases]:
    """A theatre that shows SEVERE, and the phrases of its language."""
    (words,) = config.words
    phrases = Phrases(words.phrases)
    theatre = Theatre(replace(config, words=(Words(words.language, words.calendar, phrases),)))
    theatre.states("SEVERE")
    return theatre, phrases


def test_a_picture_that_cannot_be_made_gives_way_to_one_that_claims_nothing(
    broken: tuple[Theatre, Phrases], caplog: pytest.LogCaptureFixture
) -> None:
    theatre, phrases = broken
    phrases.torn = "qr"
    for _ in range(3):
        theatre.wait(60)
    assert theatre.shown() == (StateName.UNKNOWN, None, "Not confirmed")
    screen = theatre.screens[-1]
    assert screen.marks == ("This screen has a fault. Please tell a member of staff.",)
    assert screen.clock == "", "a time of day that stands still would be believed"
    assert [contact.number for contact in screen.contacts][:1] == ["999"]
    assert theatre.reports[-1][1] is Confidence.UNKNOWN
    assert len(caplog.records) == 1, "told once, and not every second for a month"
    assert caplog.records[0].exc_info


def test_a_picture_that_works_again_shows_the_level_only_when_a_source_confirms_it(
    broken: tuple[Theatre, Phrases], caplog: pytest.LogCaptureFixture
) -> None:
    theatre, phrases = broken
    phrases.torn = "confirmed"
    theatre.wait(60)
    theatre.wait(1)
    assert theatre.shown() == (StateName.UNKNOWN, None, "Not confirmed"), "no need of the torn phrase any more"
    assert len(theatre.screens[-1].marks) == 1
    phrases.torn = None
    theatre.wait(1)
    assert theatre.shown() == (StateName.UNKNOWN, None, "Not confirmed")
    theatre.hear(Passed())
    assert theatre.shown() == (StateName.UNKNOWN, None, "Not confirmed")
    theatre.states("SEVERE")
    assert theatre.shown() == (StateName.LIVE, "SEVERE", "SEVERE")
    phrases.torn = "confirmed"
    theatre.wait(60)
    assert len(caplog.records) == 2, "another break is told again"


def test_a_clock_that_fails_gives_way_to_the_picture_that_claims_nothing(
    config: Config, caplog: pytest.LogCaptureFixture
) -> None:
    failing = False

    def clock() -> Clock:
        if failing:
            raise OSError("The clock is gone.")
        return NOW

    scenes: list[Scene] = []
    policy = config.policy()
    state = fold(beginning(policy), Stated("MI5", Reading("SEVERE", "UK", "It is SEVERE")), NOW, policy)
    stage = Stage(config, state, clock, scenes.append, lambda *_: None, lambda *_: None)
    stage.tick()
    failing = True
    stage.tick()
    assert [scene.due.level for scene in scenes] == ["SEVERE", "Not confirmed"]


def test_a_window_that_fails_once_is_drawn_again(config: Config, caplog: pytest.LogCaptureFixture) -> None:
    scenes: list[Scene] = []
    refusals = iter([True])

    def draw(scene: Scene) -> None:
        if next(refusals, False):
            raise RuntimeError("The window is gone.")
        scenes.append(scene)

    stage = Stage(config, beginning(config.policy()), lambda: NOW, draw, lambda *_: None, lambda *_: None)
    stage.tick()
    stage.tick()
    assert [scene.due.level for scene in scenes] == ["Not confirmed", "Not confirmed"]
    assert [bool(scene.due.clock) for scene in scenes] == [False, True]


# ---------------------------------------------------------------- told aloud


def test_another_level_or_state_is_told_aloud_once_and_minutes_and_languages_are_not() -> None:
    theatre = Theatre(parse_config('languages = ["cy", "en"]', "k.toml"))
    for level in ("SUBSTANTIAL", "SEVERE"):
        theatre.states(level)
        for _ in range(40):
            theatre.wait(10)
    assert len({screen.language for screen in theatre.screens}) == 2
    ((sentence, pressing),) = theatre.told
    assert sentence in {scene.summary for scene in theatre.scenes if scene.due.rising}
    assert all(word in sentence for word in ("DIFRIFOL", "SEVERE"))
    assert pressing is Urgency.ASSERTIVE
    theatre.wait(3 * 3600)
    assert [urgent for _, urgent in theatre.told] == [Urgency.ASSERTIVE, Urgency.ASSERTIVE]
