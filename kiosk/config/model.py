"""A configuration that has been checked: everything in it can be used as it is."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlsplit

from msgspec import Struct

from kiosk.core.hours import PowerPlan
from kiosk.core.policy import Policy, SourcePlan, Trust
from kiosk.core.profile import Profile
from kiosk.core.venue import Venue
from kiosk.core.walls import ScreenPlan
from kiosk.core.wording import Words
from kiosk.formats.ask import Ask
from kiosk.transports.payload import Broker


class SourceConfig(Struct, frozen=True):
    """One ``[[source]]``; see the reference for each entry."""

    name: str
    url: str
    format: str
    every: timedelta
    deadline: timedelta
    redirect_hosts: tuple[str, ...]
    insecure: bool
    level: str | None
    changed: str | None
    values: Mapping[str, str]
    parameter: str | None
    areas: tuple[str, ...]
    expires_after: timedelta
    test_events: tuple[str, ...]
    pattern: str | None
    select: str | None
    public_keys: tuple[str, ...]
    issued: str | None
    username: str | None
    password_file: str | None
    ca_file: str | None
    exercise_screen: bool


class EndpointConfig(Struct, frozen=True):
    """Where the kiosk listens, and the file with the token that it wants to see; None for none."""

    host: str
    port: int
    token_file: str | None

    @property
    def url(self) -> str:
        """Its address as a url without a path."""
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"


class PresenceConfig(Struct, frozen=True):
    """Where the status is published: the url names broker and topic; and how often at least."""

    url: str
    broker: Broker
    insecure: bool
    every: timedelta


class Config(Struct, frozen=True):
    """The whole configuration.

    Attributes:
        origin: the file it was read from, or that it is the built-in one; for people.
        profile_name: a built-in profile's name, or the absolute path of another.
        venue: what the venue itself puts on the screen.
        words: the screen's own words, one for each language, in the order in which they are shown.
        agree: how many sources must state a level before it counts; not more than there are.
        two_person: whether a level that a person sets takes another person's confirmation.
        night: from when until when, in the venue's own time, the screen is dark; None for never.
        reduced_motion: whether even the quiet cross-fade is too much.
        endpoint: where the kiosk listens for whoever asks how it is; None for nowhere.
        presence: where it publishes how it is; None for nowhere.
        screens: those that show the kiosk; none for all.
        pin: what ends the kiosk at its keyboard, hashed; None for nothing.
        power: the opening hours of the screens; None for always on.
    """

    origin: str
    profile_name: str
    profile: Profile
    area: str
    venue: Venue
    words: tuple[Words, ...]
    sources: tuple[SourceConfig, ...]
    trust: Trust
    agree: int
    two_person: bool
    night: tuple[time, time] | None
    reduced_motion: bool
    endpoint: EndpointConfig | None
    presence: PresenceConfig | None
    screens: tuple[ScreenPlan, ...]
    pin: str | None
    power: PowerPlan | None

    def __repr__(self) -> str:
        return f"Config({self.origin!r})"  # never the PIN

    def policy(self) -> Policy:
        """What the rules of truth need of it."""
        return Policy(
            scale=self.profile.scale,
            area=self.area,
            sources=tuple(SourcePlan(source.name, source.every) for source in self.sources),
            not_before=datetime.combine(self.profile.reviewed, time(), UTC),
            trust=self.trust,
            agree=self.agree,
            two_person=self.two_person,
        )

    def ask(self, source: SourceConfig, now: datetime, note: str) -> Ask:
        """The question that the source's format is asked; see ``Ask``."""
        return Ask(
            self.profile.scale,
            self.area,
            now,
            note,
            level_path=source.level,
            changed_path=source.changed,
            values=source.values,
            parameter=source.parameter,
            areas=source.areas,
            expires_after=source.expires_after,
            test_events=source.test_events,
            pattern=source.pattern,
            select=source.select,
            name=urlsplit(source.url).path.rpartition("/")[2],
            public_keys=source.public_keys,
            issued_path=source.issued,
            exercise_screen=source.exercise_screen,
        )
