"""Statements in prose: what is an explicit statement of the current level, and all that only looks like one."""

from datetime import UTC, date, datetime

import pytest

from kiosk.core.model import Reading
from kiosk.formats.statement import decode
from tests.formats.documents import NI_ALONE, WHOLE_UK, asking, problem_of
from tests.formats.prose import (
    CONDITION,
    DENIAL,
    FALL,
    LEVELS,
    NOTHING,
    OTHER_SUBJECT,
    PAST,
    PLAIN,
    QUESTION,
    QUOTATION,
    QUOTE,
    RISE,
    SPECULATION,
)


def read(text: str, area: str = "UK") -> Reading:
    return decode(text.encode(), asking(area))


def problem(text: str, area: str = "UK") -> str:
    return problem_of(decode, text.encode(), asking(area))


def test_an_announced_rise_gives_level_previous_level_and_date() -> None:
    assert read(f" date 2021-11-15 {RISE}\n\n{QUOTE}\n") == Reading(
        "SEVERE",
        "UK",
        RISE,
        previous="SUBSTANTIAL",
        changed=date(2021, 11, 15),
        issued=datetime(2021, 11, 15, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("text", "level", "previous"),
    [
        (PLAIN, "SEVERE", None),
        ("The UK national threat level is SEVERE\n", "SEVERE", None),
        ("UK threat level remains at substantial.", "SUBSTANTIAL", None),
        ("The UK\u2019s terrorism threat level is now CRITICAL.", "CRITICAL", None),
        ("The terrorism threat level for the UK stands at \u201csevere\u201d.", "SEVERE", None),
        (f"{WHOLE_UK}substantial.", "SUBSTANTIAL", None),
        (f"{WHOLE_UK}substantial.\n\n{NI_ALONE}moderate.\n\n{LEVELS}\n", "SUBSTANTIAL", None),
        ("JTAC has lowered the threat level to SUBSTANTIAL.", "SUBSTANTIAL", None),
        (
            "JTAC has today raised the threat level from terrorism from substantial to severe.",
            "SEVERE",
            "SUBSTANTIAL",
        ),
        ("The UK terrorism threat level has been reduced from CRITICAL to SEVERE.", "SEVERE", "CRITICAL"),
        ("Today, JTAC announced that the threat level has been changed from low to critical.", "CRITICAL", "LOW"),
        (
            "The Home Secretary has announced that the UK threat level has been raised to critical.",
            "CRITICAL",
            None,
        ),
        ("The UK threat level has been increased from low to severe by JTAC.", "SEVERE", "LOW"),
        ("The UK threat level is SEVERE, meaning an attack is highly likely.", "SEVERE", None),
        (
            "The UK threat level is SEVERE \u2013 which means that a terrorist attack is highly likely.",
            "SEVERE",
            None,
        ),
        (f"{PLAIN} SEVERE means an attack is highly likely.", "SEVERE", None),
        (f"{PLAIN} The levels are low, moderate, substantial, severe and critical.", "SEVERE", None),
        (f"{RISE}\n\n{PLAIN}", "SEVERE", "SUBSTANTIAL"),
        ("The UK national\nterrorism threat level\nis SEVERE.\r\n\r\nBe alert.", "SEVERE", None),
        ("The UK national threat level is SEVERE.", "SEVERE", None),
        ("The UK national threat level is SEVERE.\n\nSEVERE means an attack is highly likely.", "SEVERE", None),
        ("The UK's terrorism threat level has increased from substantial to severe.", "SEVERE", "SUBSTANTIAL"),
        (FALL, "SUBSTANTIAL", "SEVERE"),
        (f"{PLAIN}\n\nFrance has a level of its own.", "SEVERE", None),
        (f"date 2021-11-15 15 November 2021\n\n{PLAIN}", "SEVERE", None),
        ("\ufeffThe UK national threat level\u00a0is SEVERE.", "SEVERE", None),
        (f"{PLAIN}\n\n\u201cPlease stay alert,\u201d an officer said.\n\nThank you.", "SEVERE", None),
    ],
)
def test_explicit_statements_are_read(text: str, level: str, previous: str | None) -> None:
    reading = read(text)
    assert (reading.level, reading.previous) == (level, previous)


@pytest.mark.parametrize(
    "text",
    [
        f"{NI_ALONE}moderate.",
        f"{PLAIN}\n\n{NI_ALONE}MODERATE.",
        "MI5 has lowered the threat level in Northern Ireland from severe to moderate.",
        "The threat level for Northern Ireland-related terrorism in Northern Ireland has been moved to moderate.",
        "The Northern Ireland-related terrorism threat level in Northern Ireland is MODERATE.",
    ],
)
def test_northern_irelands_level_needs_its_own_statement(text: str) -> None:
    assert read(text, "NI").level == "MODERATE"
    if PLAIN not in text:
        assert problem(text) == "no-level"


@pytest.mark.parametrize(
    "text",
    [
        *(*SPECULATION, *DENIAL, *CONDITION, *QUESTION, *QUOTATION),
        *(*PAST, *OTHER_SUBJECT, *NOTHING),
    ],
)
def test_what_is_no_statement_of_the_current_level_is_refused(text: str) -> None:
    assert problem(text) == "no-level"
    assert problem(text, "NI") == "no-level"


@pytest.mark.parametrize("text", [*SPECULATION, *DENIAL, *PAST])
def test_it_also_spoils_a_good_statement_beside_it(text: str) -> None:
    assert problem(f"{PLAIN}\n\n{text}") == "ambiguous"


@pytest.mark.parametrize(
    "text",
    [
        f"{PLAIN} The UK threat level is LOW.",
        f"{PLAIN}\n\nJTAC has lowered the threat level to SUBSTANTIAL.",
        f"{PLAIN}\n\nIt is now substantial.",
        f"{PLAIN}\n\nSubstantial.",
        f"{PLAIN}\n\nThis may become critical.",
        f"{PLAIN}\n\n\u201cThe threat level moving to critical means more patrols.\u201d",
        f"{PLAIN}\n\nThe levels are low, moderate, substantial, severe and critical, now critical.",
        f"{PLAIN}\n\nThe levels are severe and critical.",
        f"{PLAIN}\n\nThese rumours are false.",
        f"{PLAIN}\n\nThis report has been denied.",
        f"{PLAIN}\n\nCorrection: the above was issued in error.",
        f"{PLAIN} It has since been lowered.",
        f"{PLAIN} It was lowered yesterday.",
        f"{PLAIN} Ministers reduced it an hour later.",
        f"{PLAIN} It is now one step down.",
        f"{PLAIN} We apologise.",
        f"{PLAIN} Not!",
        f"Last year's statement.\n\n{PLAIN}",
        f"{PLAIN} The level has been reduced by one step.",
        f"{PLAIN} This is no longer the case.",
        f"{PLAIN}\n\nCorrection: we made a slip.",
        f"{PLAIN}\n\nWe were wrong.",
        f"{PLAIN} This has not been decided.",
        f"Suppose this.\n\n{PLAIN}",
        f"Myth.\n\n{PLAIN}",
        f"{PLAIN}\n\nFact. It can change.",
        f"This is what people wrote online.\n\n{PLAIN}",
        f"On this day in 2017\n\n{PLAIN}",
        f"A history of terrorism\n\n{PLAIN}",
        f"29 August 2014\n\n{PLAIN}",
        f"date 2021-11-15 29 August 2014\n\n{PLAIN}",
        "In Sweden they met.\n\nJTAC has lowered the threat level to SUBSTANTIAL.",
        "JTAC has lowered the threat level to SUBSTANTIAL.\n\nThe Dutch NCTV agrees.",
        "The UK terrorism threat level has increased from severe to substantial.",
        "The UK threat level is SEVERE/CRITICAL.",
        "The UK threat level has been raised from severe to substantial.",
        "The UK threat level has been lowered from low to critical.",
        "The UK threat level has been raised from severe to severe.",
        "The UK threat level has been changed from severe to severe.",
        "The UK threat level has been raised to LOW.",
        "JTAC has lowered the threat level to CRITICAL.",
        f"{RISE}\n\nJTAC has raised the threat level from moderate to severe.",
    ],
)
def test_contradictions_are_ambiguous(text: str) -> None:
    assert problem(text) == "ambiguous"


@pytest.mark.parametrize(
    "text",
    [
        "The UK threat level is ELEVATED.",
        "The UK threat level is SEVRE.",
        "The UK threat level is \u201celevated\u201d.",
        "The UK threat level is S\u0415VERE.",
        "The UK threat level is \uff33\uff25\uff36\uff25\uff32\uff25.",
        "The UK threat level is SEVERE-ish.",
        "The UK threat level is 4.",
        "The UK threat level has been raised from amber to severe.",
        "JTAC has raised the threat level from substantial to red.",
    ],
)
def test_a_word_off_the_scale_is_an_unknown_level(text: str) -> None:
    assert problem(text) == "unknown-level"


@pytest.mark.parametrize(
    "text",
    [
        f"EXERCISE EXERCISE EXERCISE\n\n{PLAIN}",
        f"{PLAIN}\n\nThis is a test.",
        f"DRAFT - not for publication\n\n{PLAIN}",
        f"{PLAIN} This is a hypothetical scenario.",
        f"This statement has been withdrawn.\n\n{PLAIN}",
        f"Archived page\n\n{PLAIN}",
        f"NOT FOR RELEASE BEFORE 18:00\n\n{PLAIN}",
        f"Under embargo until 18:00\n\n{PLAIN}",
        f"{PLAIN} This takes effect at 6pm on Monday.",
        f"{PLAIN} The change is with effect from Monday.",
        f"{PLAIN} It comes into force on Monday.",
        f"Example of a statement\n\n{PLAIN}",
    ],
)
def test_what_is_not_in_earnest_is_not_actual(text: str) -> None:
    assert problem(text) == "not-actual"


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (b"", "malformed"),
        (b"\n \n", "malformed"),
        (PLAIN.encode("utf-16"), "malformed"),
        (PLAIN.replace(".", "\u201d").encode("cp1252"), "malformed"),
        (PLAIN.encode() + b" " * 1024 * 1024, "too-big"),
        (f"<html><body><p>{PLAIN}</p></body></html>".encode(), "not-a-feed"),
        (f"<!DOCTYPE html><p>{PLAIN}".encode(), "not-a-feed"),
        (f"<p>{PLAIN}</p>".encode(), "not-a-feed"),
        (f"<rss>{PLAIN}</rss>".encode(), "not-a-feed"),
        (f'{{"statement": "{PLAIN}"}}'.encode(), "not-a-feed"),
        (b"error code: 1022", "not-a-feed"),
    ],
)
def test_what_is_no_plain_text_is_refused(document: bytes, expected: str) -> None:
    assert problem_of(decode, document, asking()) == expected


@pytest.mark.parametrize("area", ["", "GB", "FR"])
def test_any_other_area_has_no_level(area: str) -> None:
    assert problem(PLAIN, area) == "no-level"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"date 2021-11-15 {PLAIN}", date(2021, 11, 15)),
        (f"Date: 2021-11-15\n\n{PLAIN}", date(2021, 11, 15)),
        (f"date 2021-02-30 {PLAIN}", None),
        (f"{PLAIN} Issued in 2021.", None),
        (RISE, None),
        (RISE.replace("November", "November 2021"), date(2021, 11, 15)),
        (RISE.replace("November", "November 2022"), None),
        (RISE.replace("15 November", "31 November 2021"), None),
        (RISE.replace("Monday, 15 November", "15 November 2022"), date(2022, 11, 15)),
        (f"date 2021-11-15 {RISE}", date(2021, 11, 15)),
        (f"date 2021-11-16 {RISE}", None),
        (f"date 2022-11-15 {RISE}", None),
        (f"date 2021-11-15 {RISE.replace('November', 'November 2022')}", None),
    ],
)
def test_a_date_is_taken_where_the_document_is_plain_about_it(text: str, day: date | None) -> None:
    reading = read(text)
    assert reading.level == "SEVERE"
    assert reading.changed == day
    assert (reading.issued and reading.issued.date()) == day


def test_a_statement_is_cut_at_its_bound() -> None:
    lead = "The Independent Joint Terrorism Analysis Centre (JTAC) has announced today that "
    text = (
        f"{lead}{WHOLE_UK.lower()}severe, which means that a terrorist attack is highly likely in the near future."
    )
    statement = read(text).statement
    assert len(statement) == 200
    assert statement.endswith("\u2026")
