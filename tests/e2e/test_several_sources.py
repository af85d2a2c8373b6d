"""Two sources that publish one after the other, as the screen shows it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.control import ask_running
from tests.displays import VirtualScreen
from tests.e2e.kiosks import configuration, mi5_document
from tests.e2e.test_kiosk import COLOURS, started, wait_for_colour
from tests.servers import Answer, DocumentServer

pytestmark = pytest.mark.xdist_group("screen-2")


@pytest.fixture
def servers() -> Iterator[tuple[DocumentServer, DocumentServer]]:
    with DocumentServer(mi5_document("SEVERE")) as one, DocumentServer(mi5_document("SEVERE")) as other:
        yield one, other


def test_a_level_that_two_must_state_is_told_when_one_states_it_and_shown_when_both_do(
    screen: VirtualScreen, servers: tuple[DocumentServer, DocumentServer], tmp_path: Path
) -> None:
    one, other = servers
    config = configuration(tmp_path, one.url(), other.url(), more="agree = 2")
    with started(screen, tmp_path, config) as kiosk:
        kiosk.until_shown("SEVERE", "live")
        wait_for_colour(screen, COLOURS["SEVERE"])
        one.answer = Answer(body=mi5_document("CRITICAL"))
        assert kiosk.until(lambda status: status["marks"] == ["conflict"])["level"] == "SEVERE"
        assert screen.colour_at(0.95, 0.25) == COLOURS["SEVERE"]
        other.answer = Answer(body=mi5_document("CRITICAL"))
        assert kiosk.until_shown("CRITICAL", "live")["marks"] == []
        wait_for_colour(screen, COLOURS["CRITICAL"])
        assert kiosk.end()[2] == ""


def test_a_source_that_lags_is_a_disagreement_after_the_time_of_grace_and_then_named(
    screen: VirtualScreen, servers: tuple[DocumentServer, DocumentServer], tmp_path: Path
) -> None:
    one, other = servers
    config = configuration(tmp_path, one.url(), other.url(), trust='grace = "12 s"')
    with started(screen, tmp_path, config) as kiosk:
        kiosk.until(lambda status: all(source["ok"] for source in status["sources"]))
        one.answer = Answer(body=mi5_document("CRITICAL"))
        rise = kiosk.until_shown("CRITICAL", "live")
        assert rise["marks"] == [], "a rise is shown at once and is no disagreement yet"
        assert kiosk.until(lambda status: status["marks"] == ["conflict"])["level"] == "CRITICAL"
        assert "while CRITICAL is shown" in " ".join(ask_running(kiosk.folder).notes)
        assert kiosk.end()[2] == ""
