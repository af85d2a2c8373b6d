"""Caches that answer in the source's place, and sources that go back: nothing old is shown as current."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from kiosk.core.fold import Failed, Stated, StillStated
from kiosk.core.model import Mark, StateName
from kiosk.formats import FORMATS
from kiosk.transports.payload import Validators
from tests.fire.asking import Asker, asker
from tests.fire.conftest import PART_FAULTS as PART
from tests.fire.conftest import Count
from tests.fire.extent import some
from tests.fire.sources import BEFORE, LINKED, PATH, Screen, configuration
from tests.formats.documents import feed, guide, rss, rss_item
from tests.formats.fixtures import FIXTURES, STATED
from tests.servers import Answer, DocumentServer

HOUR, DAY = 3600, 86400
EVERY_FORM = pytest.mark.parametrize("form", some(tuple(FORMATS), 3))


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    with asker(tmp_path_factory.mktemp("caches"), None) as asking:
        yield asking


@pytest.fixture
def server() -> Iterator[DocumentServer]:
    with DocumentServer() as running:
        running.answers |= {path: Answer(body=document) for path, document in LINKED.items()}
        yield running


AGES = [
    ("0", StateName.LIVE),
    ("290", StateName.LIVE),
    (str(2 * HOUR), StateName.STALE),
    ("60, 7200", StateName.STALE),
    (str(2 * DAY), StateName.LAST_KNOWN),
    (str(40 * DAY), StateName.UNKNOWN),
    ("999999999999999999", StateName.UNKNOWN),
]


@EVERY_FORM
def test_an_answer_out_of_a_cache_is_as_old_as_the_cache_says(
    form: str, server: DocumentServer, ask: Asker, proves: Count
) -> None:
    entry = proves(PART, "What lay in a cache is shown as old as it is, and confirms nothing newer")
    text = configuration(form, server.url(PATH), "10 s")
    for age, state in AGES:
        server.answer = Answer(headers={"Age": age}, body=FIXTURES[form])
        screen = Screen(text)
        screen.hears(ask(text).outcome.event)
        shown = screen.shows()
        assert (shown.state, shown.level) == (state, None if state is StateName.UNKNOWN else STATED[form]), age
        entry.count("cases")


@EVERY_FORM
def test_an_answer_is_as_old_as_its_date(form: str, server: DocumentServer, ask: Asker, proves: Count) -> None:
    """A cache that is broken, or keeps quiet, tells no age and keeps the date of what it kept."""
    entry = proves(PART, "What lay in a cache is shown as old as it is, and confirms nothing newer")
    text = configuration(form, server.url(PATH), "10 s")
    for age, state in [(0, StateName.LIVE), (60, StateName.LIVE), (-DAY, StateName.LIVE), *map(_aged, AGES[2:6])]:
        date = format_datetime(datetime.now(UTC) - timedelta(seconds=age), usegmt=True)
        server.answer = Answer(headers={"Date": date}, body=FIXTURES[form])
        screen = Screen(text)
        screen.hears(ask(text).outcome.event)
        assert screen.shows().state is state, date
        entry.count("cases")


def _aged(row: tuple[str, StateName]) -> tuple[int, StateName]:
    return int(row[0].rpartition(",")[2]), row[1]


@pytest.mark.parametrize(
    "date", ["", "yesterday", "Tue, 31 Feb 2026 10:00:00 GMT", "Thu, 01 Jan 99999 00:00:00 GMT"]
)
def test_a_date_that_is_none_is_none(date: str, server: DocumentServer, ask: Asker) -> None:
    server.answer = Answer(headers={"Date": date}, body=FIXTURES["mi5"])
    text = configuration("mi5", server.url(PATH), "10 s")
    screen = Screen(text)
    screen.hears(ask(text).outcome.event)
    assert screen.shows().state is StateName.LIVE


@pytest.mark.parametrize("age", ["", "-7200", "7200.5", "soon", "\u00b2"])
def test_an_age_that_is_none_is_none(age: str, server: DocumentServer, ask: Asker) -> None:
    server.answer = Answer(headers={"Age": age}, body=FIXTURES["mi5"])
    text = configuration("mi5", server.url(PATH), "10 s")
    screen = Screen(text)
    screen.hears(ask(text).outcome.event)
    assert screen.shows().state is StateName.LIVE


def test_a_cache_that_confirms_from_memory_confirms_nothing_new(server: DocumentServer, ask: Asker) -> None:
    """A 304 that lay in a cache for two hours is no confirmation of now."""
    text = configuration("mi5", server.url(PATH), "10 s")
    screen = Screen(text, "SEVERE")
    server.answer = Answer(304, {"Age": str(2 * HOUR)})
    event = ask(text, Validators('"1"')).outcome.event
    assert isinstance(event, StillStated)
    screen.hears(event, 29 * 60)
    assert screen.shows(29 * 60).state is StateName.LIVE
    assert screen.shows(31 * 60).state is StateName.STALE


def test_an_old_fall_out_of_a_cache_lowers_nothing(server: DocumentServer, ask: Asker) -> None:
    """The same old answer twice is one statement, however far apart it was asked for."""
    text = configuration("mi5", server.url(PATH), "10 s")
    screen = Screen(text, "CRITICAL")
    for minutes in (0, 10, 20):
        server.answer = Answer(headers={"Age": str(HOUR + 60 * minutes)}, body=FIXTURES["mi5"])
        screen.hears(ask(text).outcome.event, 60 * minutes)
        shown = screen.shows(60 * minutes + 1)
        assert (shown.level, shown.state) == ("CRITICAL", StateName.LIVE)
    assert screen.shows(31 * 60).state is StateName.STALE


def _dated(form: str, level: str, day: int) -> bytes:
    if form == "mi5":
        date = f"Tuesday, March {day:02}, 2024 -  02:52"
        return feed(f"Current threat level: {level}", f"The current national threat level is {level}.", date=date)
    if form == "govuk":
        whole = "<p>The threat to the UK (England, Wales, Scotland and Northern Ireland) from terrorism is "
        return guide(f"{whole}{level.lower()}.</p>", public_updated_at=f"2024-03-{day:02}T11:30:00.000+00:00")
    return rss(rss_item("x", f"The threat level in Xland is {level}.", f"Tue, {day:02} Mar 2026 10:00:00 GMT"))


@pytest.mark.parametrize("form", ["mi5", "govuk", "rss"])
def test_a_document_that_comes_back_from_before_is_no_news(
    form: str, server: DocumentServer, ask: Asker, tmp_path: Path
) -> None:
    text = configuration(form, server.url(PATH), "10 s")
    screen = Screen(text)
    server.answer = Answer(body=_dated(form, "SEVERE", 17))
    screen.hears(ask(text).outcome.event)
    assert screen.shows().level == "SEVERE"
    server.answer = Answer(body=_dated(form, "LOW", 10))
    for minutes in (10, 20, 31):
        screen.hears(ask(text).outcome.event, 60 * minutes)
    shown = screen.shows(31 * 60)
    assert (shown.level, shown.state) == ("SEVERE", StateName.STALE)
    assert Mark.CONFLICT in shown.marks
    assert shown.sources[0].problem == "rollback"


@EVERY_FORM
def test_nothing_changed_since_a_document_that_was_refused_confirms_nothing(
    form: str, server: DocumentServer, ask: Asker
) -> None:
    text = configuration(form, server.url(PATH), "10 s")
    server.answer = Answer(headers={"ETag": '"1"'}, body=b"error code: 1022")
    refused = ask(text).outcome
    assert isinstance(refused.event, Failed)
    assert refused.validators is None
    server.answer = Answer(304, {"ETag": '"1"'})
    screen = Screen(text, BEFORE[form])
    event = ask(text, refused.validators).outcome.event
    assert isinstance(event, Failed)
    screen.hears(event)
    assert screen.shows().sources[0].problem == "http-status"
    assert screen.shows(31 * 60).state is StateName.STALE


def test_the_cases_are_real(server: DocumentServer, ask: Asker) -> None:
    server.answer = Answer(body=FIXTURES["mi5"])
    assert isinstance(ask(configuration("mi5", server.url(PATH), "10 s")).outcome.event, Stated)
