"""``cap``: which message counts, what its level is, and what is forgotten of it only when it should be."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import xmlschema
from msgspec.structs import replace

from kiosk.formats import cap
from tests.formats.cap_messages import (
    ASK,
    HOUR,
    alert,
    atom,
    info,
    outcome,
    read,
    reference,
    stamp,
)
from tests.formats.documents import NOW

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"

# ---------------------------------------------------------------- status x msgType x scope x expires x references

GONE, AHEAD, NEVER = "gone", "ahead", "never"
ANOTHER, SELF, NONE = "another", "self", "none"

# status, msgType, scope, expires, what it refers to: what a screen makes of that message alone
VARIANTS = {
    ("Actual", "Alert", "Public", AHEAD, NONE): "SEVERE",
    ("Actual", "Alert", "Public", NEVER, NONE): "SEVERE",
    ("Actual", "Alert", "Public", GONE, NONE): "expired",
    ("Actual", "Alert", "Public", AHEAD, ANOTHER): "SEVERE",
    ("Actual", "Alert", "Public", GONE, ANOTHER): "expired",
    ("Actual", "Alert", "Public", AHEAD, SELF): "malformed",
    ("Actual", "Alert", "Restricted", AHEAD, NONE): "not-actual",
    ("Actual", "Alert", "Private", AHEAD, NONE): "not-actual",
    ("Actual", "Alert", "Restricted", GONE, NONE): "not-actual",
    ("Actual", "Update", "Public", AHEAD, ANOTHER): "SEVERE",
    ("Actual", "Update", "Public", NEVER, ANOTHER): "SEVERE",
    ("Actual", "Update", "Public", GONE, ANOTHER): "expired",
    ("Actual", "Update", "Public", AHEAD, NONE): "malformed",
    ("Actual", "Update", "Public", AHEAD, SELF): "malformed",
    ("Actual", "Update", "Restricted", AHEAD, ANOTHER): "not-actual",
    ("Actual", "Update", "Private", AHEAD, ANOTHER): "not-actual",
    ("Actual", "Cancel", "Public", AHEAD, ANOTHER): "no-level",
    ("Actual", "Cancel", "Public", NEVER, ANOTHER): "no-level",
    ("Actual", "Cancel", "Public", GONE, ANOTHER): "no-level",
    ("Actual", "Cancel", "Public", AHEAD, NONE): "malformed",
    ("Actual", "Cancel", "Private", AHEAD, ANOTHER): "not-actual",
    ("Actual", "Ack", "Public", AHEAD, ANOTHER): "no-level",
    ("Actual", "Ack", "Public", AHEAD, NONE): "no-level",
    ("Actual", "Error", "Public", AHEAD, ANOTHER): "no-level",
    ("Exercise", "Alert", "Public", AHEAD, NONE): "not-actual",
    ("Exercise", "Update", "Public", AHEAD, ANOTHER): "not-actual",
    ("Exercise", "Cancel", "Public", AHEAD, ANOTHER): "not-actual",
    ("Exercise", "Alert", "Restricted", NEVER, NONE): "not-actual",
    ("Test", "Alert", "Public", AHEAD, NONE): "not-actual",
    ("Test", "Update", "Public", AHEAD, ANOTHER): "not-actual",
    ("Test", "Cancel", "Public", NEVER, ANOTHER): "not-actual",
    ("Test", "Alert", "Public", GONE, NONE): "not-actual",
    ("Draft", "Alert", "Public", AHEAD, NONE): "not-actual",
    ("Draft", "Update", "Public", NEVER, ANOTHER): "not-actual",
    ("Draft", "Alert", "Private", GONE, NONE): "not-actual",
    ("System", "Alert", "Public", AHEAD, NONE): "not-actual",
    ("System", "Ack", "Public", NEVER, ANOTHER): "not-actual",
    ("System", "Cancel", "Public", AHEAD, ANOTHER): "not-actual",
    ("actual", "Alert", "Public", AHEAD, NONE): "malformed",
    ("", "Alert", "Public", AHEAD, NONE): "malformed",
    ("Actual", "Alarm", "Public", AHEAD, NONE): "malformed",
    ("Actual", "", "Public", AHEAD, NONE): "malformed",
    ("Actual", "Alert", "public", AHEAD, NONE): "malformed",
    ("Actual", "Alert", "", AHEAD, NONE): "malformed",
}


def variant(status: str, kind: str, scope: str, expires: str, refers: str) -> str:
    ends = {GONE: {"expires": stamp(-HOUR / 2)}, AHEAD: {"expires": stamp(HOUR)}, NEVER: {}}[expires]
    references = {ANOTHER: reference("earlier", -2 * HOUR), SELF: reference(), NONE: ""}[refers]
    return alert(info(**ends), status=status, kind=kind, scope=scope, references=references)


@pytest.mark.parametrize("kind", VARIANTS, ids=" ".join)
def test_the_table_of_variants(kind: tuple[str, str, str, str, str]) -> None:
    assert len(VARIANTS) >= 40
    assert outcome(variant(*kind)) == VARIANTS[kind]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the official schema is not in this checkout")
def test_the_messages_of_these_tests_are_valid_by_the_official_schema() -> None:
    schema = xmlschema.XMLSchema(SAMPLES / "CAP-v1.2.xsd")
    for kind, outcome_of in VARIANTS.items():
        if outcome_of != "malformed":
            schema.validate(variant(*kind))
    for message in (
        alert(info(headline="x")),
        alert(info(code="TOR", effective=stamp(-HOUR), expires=stamp(HOUR)), info("LOW", language="cy")),
        alert(kind="Cancel", references=f"{reference()} {reference('B')}"),
    ):
        schema.validate(message)
    assert not schema.is_valid(alert(status="Actuality"))


# ---------------------------------------------------------------- one message


def test_the_level_is_the_value_of_the_configured_parameter_with_its_day_and_its_end() -> None:
    reading = read(alert(info(expires=stamp(HOUR))))
    assert (reading.level, reading.area, reading.statement) == ("SEVERE", "UK", "ThreatLevel: SEVERE")
    assert (reading.issued, reading.until) == (NOW - HOUR, NOW + HOUR)
    assert reading.changed == date(2026, 11, 24)


def test_severity_event_and_headline_never_name_the_level() -> None:
    words = info(None, headline="Threat level CRITICAL").replace("Extreme", "Severe")
    assert outcome(alert(words)) == "no-level"
    assert outcome(alert(info("LOW", headline="SEVERE"))) == "LOW"
    assert outcome(alert(), replace(ASK, parameter="severity")) == "no-level"
    assert outcome(alert(), replace(ASK, parameter=None)) == "no-level"
    assert outcome(alert(), replace(ASK, parameter="threatlevel")) == "no-level"


def test_a_message_without_an_end_holds_as_long_as_configured() -> None:
    assert read(alert()).until == NOW - HOUR + timedelta(hours=24)
    assert outcome(alert(), replace(ASK, expires_after=HOUR / 2)) == "expired"
    assert outcome(alert(info(expires=""))) == "SEVERE", "an empty element is an absent one"


def test_the_very_moment_of_the_end_is_over() -> None:
    assert outcome(alert(info(expires=stamp(timedelta())))) == "expired"
    assert outcome(alert(info(expires=stamp(timedelta(seconds=1))))) == "SEVERE"


def test_a_message_from_the_future_is_refused_and_a_clock_that_differs_a_little_is_not() -> None:
    assert outcome(alert(sent=HOUR)) == "not-actual"
    assert outcome(alert(sent=timedelta(minutes=1))) == "SEVERE"
    assert outcome(atom(alert(), alert(identifier="B", sent=HOUR))) == "not-actual", "nor does another stand in"
    assert outcome(atom(alert(), alert(identifier="B", sent=HOUR, status="Test"))) == "SEVERE"


def test_a_block_that_begins_later_states_nothing_yet() -> None:
    assert outcome(alert(info(effective=stamp(HOUR), expires=stamp(2 * HOUR)))) == "no-level"
    assert outcome(alert(info("LOW"), info("SEVERE", effective=stamp(HOUR)))) == "LOW"


@pytest.mark.parametrize("code", ["RMT", "RWT", "OPR", "DMO", "dmo"])
def test_a_test_marked_only_by_its_event_code_is_no_news(code: str) -> None:
    assert outcome(alert(info(code=code))) == "not-actual"
    assert outcome(alert(info(code=code)), replace(ASK, test_events=())) == "SEVERE"
    assert outcome(alert(info(code="CEM"))) == "SEVERE"


@pytest.mark.parametrize("words", ["THIS IS A TEST", "Exercise only", "Monthly drill"])
def test_a_test_marked_only_by_its_words_is_no_news(words: str) -> None:
    assert outcome(alert(info(headline=words))) == "not-actual"
    assert outcome(alert(info(event=words))) == "not-actual"


def test_languages_of_one_message_agree_or_it_is_refused() -> None:
    ask = replace(ASK, values={"severe": "SEVERE", "difrifol": "SEVERE", "isel": "LOW"})
    assert outcome(alert(info("severe"), info("difrifol", language="cy")), ask) == "SEVERE"
    assert outcome(alert(info("severe"), info("isel", language="cy")), ask) == "ambiguous"
    assert outcome(alert(info("severe"), info(None, language="fr")), ask) == "SEVERE"


def test_areas_with_levels_of_their_own_need_a_choice() -> None:
    message = alert(info("SEVERE", area="Great Britain"), info("LOW", area="Northern Ireland"))
    assert outcome(message) == "ambiguous"
    assert outcome(message, replace(ASK, areas=("Northern Ireland",))) == "LOW"
    assert outcome(message, replace(ASK, areas=("Great Britain",))) == "SEVERE"
    assert outcome(message, replace(ASK, areas=("northern ireland",))) == "no-level"


def test_a_block_that_has_expired_gives_way_to_one_that_has_not() -> None:
    assert outcome(alert(info("LOW", expires=stamp(-HOUR / 2)), info("SEVERE", expires=stamp(HOUR)))) == "SEVERE"


def test_words_are_translated_exactly_and_any_other_is_refused() -> None:
    ask = replace(ASK, values={"4": "SEVERE", "orange": "SEVERE", "9": "NINE"})
    assert outcome(alert(info("4")), ask) == "SEVERE"
    for word in ("SEVERE", "5", "Orange", "9", "", "4 4"):
        assert outcome(alert(info(word)), ask) == "unknown-level", word
    for word in ("RED", "", "S\u0415VERE"):
        assert outcome(alert(info(word))) == "unknown-level", word
    assert outcome(alert(info("not SEVERE"))) == "ambiguous"
    assert outcome(alert(info("LOW or SEVERE"))) == "ambiguous"


def test_a_parameter_twice_with_two_values_is_refused() -> None:
    twice = "<parameter><valueName>ThreatLevel</valueName><value>LOW</value></parameter><area>"
    assert outcome(alert(info().replace("<area>", twice, 1))) == "ambiguous"


# ---------------------------------------------------------------- the recovered messages


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the recovered documents are not in this checkout")
def test_the_first_example_of_the_standard_is_orange_while_it_is_young() -> None:
    document = (SAMPLES / "cap-oasis-hsas.xml").read_bytes()
    sent = NOW.replace(year=2003, month=4, day=2, hour=19, minute=39, second=1)
    ask = replace(ASK, parameter="HSAS", values={"ORANGE": "SEVERE"}, now=sent + HOUR)
    assert cap.decode(document, ask).level == "SEVERE"
    assert outcome(document.decode(), replace(ask, now=sent + 25 * HOUR)) == "expired"
    assert outcome(document.decode(), replace(ask, values={})) == "unknown-level"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the recovered documents are not in this checkout")
@pytest.mark.parametrize(
    ("file", "problem"),
    [
        ("cap-oasis-amber.xml", "no-level"),
        ("cap-canada-en-fr.xml", "no-level"),
        ("cap-cancel-without-info.xml", "no-level"),
        ("cap-invalid.xml", "malformed"),
        ("cap-xxe-attack.xml", "malformed"),
        ("ntas-alerts.xml", "not-a-feed"),
        ("mi5-2024-03-05-substantial.xml", "malformed"),
    ],
)
def test_each_recovered_document_gives_what_it_should(file: str, problem: str) -> None:
    assert outcome((SAMPLES / file).read_text("utf-8")) == problem


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the recovered documents are not in this checkout")
def test_the_recovered_index_names_its_messages() -> None:
    document = (SAMPLES / "cap-index-nws.atom").read_bytes()
    links = cap.links(document, ASK)
    assert links
    assert all(link.startswith("http://www.weather.gov/alerts-beta/wwacapget.php") for link in links)
