"""The settings that the rules of truth depend on."""

from datetime import datetime, timedelta

from msgspec import Struct

from kiosk.core.model import Scale


class Trust(Struct, frozen=True):
    """How long a statement may be shown how; ``[trust]`` of the configuration."""

    live: timedelta = timedelta(minutes=30)
    stale: timedelta = timedelta(hours=24)
    last_known: timedelta = timedelta(days=28)
    confirm_fall: timedelta = timedelta(seconds=60)
    grace: timedelta = timedelta(minutes=15)


class SourcePlan(Struct, frozen=True):
    """A source as far as the rules care: its name and how often it is asked."""

    name: str
    every: timedelta


class Policy(Struct, frozen=True):
    """Everything that fold and derive need to know beside the state and the clock.

    Attributes:
        sources: in the order of the configuration; the first that states the held level is named.
        agree: how many sources must state a level before it counts.
        two_person: whether a level that a person sets waits until another person confirms it.
        not_before: no true clock shows less than this (UTC): the day on which the profile was reviewed.
    """

    scale: Scale
    area: str
    sources: tuple[SourcePlan, ...]
    not_before: datetime
    trust: Trust = Trust()
    agree: int = 1
    two_person: bool = False

    @property
    def shortest_live(self) -> timedelta:
        """The least of the live limits of all sources."""
        return min(self.live_limit(plan.name) for plan in self.sources)

    def live_limit(self, source: str) -> timedelta:
        """How old a confirmation by this source may be and still be live: three polls, at least ``live``."""
        every = next((plan.every for plan in self.sources if plan.name == source), timedelta())
        return max(self.trust.live, 3 * every)
