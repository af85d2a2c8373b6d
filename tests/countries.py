"""The countries that ship, and the picture of any level of theirs in any of their languages."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from kiosk.core.model import Display, Problem, SourceReport, StateName
from kiosk.core.present import Occasion, present
from kiosk.core.screen import Screen
from kiosk.core.venue import Venue
from kiosk.profiles import built_in, load_profile, load_words
from tests.core.pictures import NOW, in_london

COUNTRIES = {name: load_profile(name) for name in built_in()}
every_country = pytest.mark.parametrize("name", built_in())
every_language = pytest.mark.parametrize(
    ("name", "language"),
    [(name, language) for name, country in COUNTRIES.items() for language in country.languages],
)


def display(name: str, level: str | None, state: StateName, area: str | None = None) -> Display:
    """A display of that country, with everything that a picture of the state tells."""
    country = COUNTRIES[name]
    rank = country.scale.rank(level) if level else None
    shown = Display(state, (), level, rank, len(country.scale), area or country.areas[0])
    if level is None:
        return shown
    ages = {StateName.LIVE: timedelta(minutes=2), StateName.STALE: timedelta(hours=3)}
    age = ages.get(state, timedelta(days=5))
    previous = next(other for other in country.scale.levels if other != level)
    failed = SourceReport("Head office", False, None, Problem.TIMEOUT, "It did not answer.")
    return replace(
        shown,
        previous=previous,
        changed=NOW.date(),
        confirmed=NOW - age,
        age=age,
        attempted=NOW,
        source="Head office",
        sources=(failed,) if state is StateName.STALE else (),
    )


def picture(name: str, language: str, shown: Display) -> Screen:
    return present(shown, COUNTRIES[name], load_words(language), Occasion(NOW, in_london, Venue("Riverside Hall")))
