"""``ntas``: alerts in force, ended ones, none at all, and documents made to break it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.core.model import Scale
from kiosk.errors import Refused
from kiosk.formats import ntas
from kiosk.formats.ask import Ask
from kiosk.profiles import load_profile
from tests.formats.documents import NOW

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
ASK = Ask(load_profile("us").scale, "US", NOW)
BEGAN, ENDS, ENDED = "2026/11/01 00:00", "2026/11/24 12:01", "2026/11/24 12:00"


def alert(kind: str = "Elevated Threat", start: str = BEGAN, end: str | None = ENDS) -> str:
    ends = f' end="{end}"' if end is not None else ""
    return (
        f'<alert start="{start}"{ends} type="{kind}" link="https://h.example/x.pdf"><summary><![CDATA[x]]></summary>'
        "<details><![CDATA[<p>An Imminent Threat</p>]]></details><locations/><sectors/><duration/>"
        "<detail_sections/></alert>"
    )


def line(href: str = "a", start: str = BEGAN, end: str | None = ENDS, more: str = "") -> str:
    ends = f" end='{end}'" if end is not None else ""
    return f"<alert start='{start}'{ends} href='{href}' {more}/>"


def index(*lines: str) -> str:
    return f"<alerts>\n{''.join(lines)}</alerts>"


def outcome(document: str, ask: Ask = ASK, **linked: str) -> str:
    """The level, or the problem."""
    fetched = {address: text.encode() for address, text in linked.items()}
    try:
        return ntas.decode(document.encode(), replace(ask, linked=fetched)).level
    except Refused as refused:
        return refused.problem


def test_no_alert_is_a_level_and_not_a_failure() -> None:
    for document in ("<alerts/>", "<alerts></alerts>", index()):
        assert outcome(document) == "NONE"
        assert ntas.links(document.encode(), ASK) == ()


@pytest.mark.parametrize(
    ("kind", "level"),
    [
        ("Bulletin", "BULLETIN"),
        ("Elevated Threat", "ELEVATED"),
        ("ElevatedThreat", "ELEVATED"),
        ("Elevated", "ELEVATED"),
        ("Imminent Threat", "IMMINENT"),
        ("IMMINENT", "IMMINENT"),
    ],
)
def test_each_type_is_a_level_alone_and_behind_an_index(kind: str, level: str) -> None:
    assert outcome(alert(kind)) == level
    assert outcome(index(line()), a=alert(kind)) == level
    assert ntas.links(index(line()).encode(), ASK) == ("a",)


def test_a_reading_has_the_day_of_its_beginning_and_its_end_in_gmt() -> None:
    reading = ntas.decode(alert().encode(), ASK)
    assert (reading.changed, reading.until) == (date(2026, 11, 1), datetime(2026, 11, 24, 12, 1, tzinfo=UTC))
    assert ntas.decode(alert(end=None).encode(), ASK).until is None
    assert ntas.decode(alert(end="").encode(), ASK).until is None


def test_an_alert_that_has_ended_is_in_force_no_more_and_not_fetched() -> None:
    assert ntas.links(index(line(end=ENDED)).encode(), ASK) == ()
    assert outcome(index(line(end=ENDED))) == "NONE"
    assert outcome(alert(end=ENDED)) == "expired", "one alert alone does not say that there is no other"


def test_of_several_the_highest_that_is_in_force_is_the_level() -> None:
    two = index(line("a"), line("b"))
    assert outcome(two, a=alert("Bulletin"), b=alert("Imminent Threat")) == "IMMINENT"
    assert outcome(two, a=alert("Elevated"), b=alert("Bulletin")) == "ELEVATED"
    assert outcome(index(line("a"), line("b", end=ENDED)), a=alert("Bulletin")) == "BULLETIN"


def test_an_index_and_its_alerts_say_the_same_or_nothing() -> None:
    assert outcome(index(line()), a=alert(end=None)) == "ambiguous"
    assert outcome(index(line()), a=alert(start="2026/11/02 00:00")) == "ambiguous"
    assert outcome(index(line(more="type='Bulletin'")), a=alert()) == "ambiguous"
    assert outcome(index(line(more="type='Elevated Threat'")), a=alert()) == "ELEVATED"
    assert outcome(index(line())) == "malformed"
    assert outcome(index(line()), a="<alerts/>") == "malformed"
    assert outcome(index(line()), a="<html/>") == "not-a-feed"


def test_it_answers_for_the_united_states_and_on_their_scale_only() -> None:
    assert outcome("<alerts/>", replace(ASK, area="UK")) == "no-level"
    uk = replace(ASK, scale=Scale(("LOW", "SEVERE")))
    assert outcome("<alerts/>", uk) == outcome(alert(), uk) == "unknown-level"


HOSTILE = {
    "a word for none": "<alerts>none</alerts>",
    "text behind an alert": f"<alerts>{line(end=ENDED)}Imminent</alerts>",
    "an attribute of the index": "<alerts count='1'/>",
    "another element": "<alerts><bulletin/></alerts>",
    "an element of another namespace": f"<alerts><alert xmlns='urn:x' start='{BEGAN}' href='a'/></alerts>",
    "an index of another namespace": "<alerts xmlns='urn:x'/>",
    "an alert without an address": f"<alerts><alert start='{BEGAN}'/></alerts>",
    "an alert with an empty address": index(line("")),
    "an alert without a beginning": "<alerts><alert href='a'/></alerts>",
    "an unknown attribute": index(line(more="status='test'")),
    "a capital tag": "<Alerts/>",
    "CAP's wrapper": "<alerts xmlns='urn:oasis:names:tc:emergency:cap:1.2'/>",
    "an empty RSS feed": "<rss version='2.0'><channel/></rss>",
    "a page": "<html><body>There are no current alerts</body></html>",
    "a page in XML": "<div>No current alerts</div>",
    "nothing": "",
    "no end": "<alerts>",
    "a DOCTYPE": "<!DOCTYPE alerts><alerts/>",
    "XML 1.1": "<?xml version='1.1'?><alerts/>",
    "JSON": '{"alerts": []}',
    "many": index(*[line(str(number)) for number in range(21)]),
    "a future alert": index(line(start="2026/12/01 00:00", end=None)),
    "an end before its beginning": index(line(start=ENDS, end=BEGAN)),
    "an end at its beginning": index(line(start=BEGAN, end=BEGAN)),
    "a day that is none": index(line(start="2026/02/30 00:00")),
    "an hour that is none": index(line(start="2026/02/20 24:00")),
    "a time with dashes": index(line(start="2026-11-01 00:00")),
    "a time without an hour": index(line(start="2026/11/01")),
    "a time with seconds": index(line(start="2026/11/01 00:00:00")),
    "a time in American order": index(line(start="11/01/2026 00:00")),
    "a time in words": index(line(end="until further notice")),
    "an unknown type": alert("Severe"),
    "no type": alert(""),
    "two types": alert("Elevated Imminent"),
    "a negated type": alert("Not Imminent"),
    "a type in markup": alert("&lt;b&gt;Imminent&lt;/b&gt;"),
    "a type with a look-alike": alert("\u0406mminent"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_document_that_was_made_to_break_it_states_nothing_not_even_none(what: str) -> None:
    assert outcome(HOSTILE[what], a=alert()) not in ASK.scale


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the recovered documents are not in this checkout")
def test_the_recovered_alerts_are_over_and_were_in_force_once() -> None:
    single, listed = ((SAMPLES / name).read_text("utf-8") for name in ("ntas-alert.xml", "ntas-alerts.xml"))
    assert outcome(listed) == "NONE"
    assert outcome(single) == "expired"
    then = replace(ASK, now=datetime(2012, 1, 1, tzinfo=UTC))
    assert outcome(single, then) == "ELEVATED"
    assert outcome(listed, then) == "not-actual"
    during = replace(ASK, now=datetime(2013, 5, 1, tzinfo=UTC))
    assert ntas.links(listed.encode(), during) == ("https://www.dhs.gov/ntas/samplealert.xml",)
