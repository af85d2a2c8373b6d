"""GOV.UK's guide: one sentence for each area, and never a word from the list of all levels."""

from datetime import UTC, datetime

import pytest

from kiosk.core.model import Reading
from kiosk.formats.govuk import decode
from tests.formats.documents import BODY, DEFINITIONS, NI_ALONE, WHOLE_UK, as_json, asking, guide, problem_of

UPDATED = datetime(2024, 3, 6, 11, 30, tzinfo=UTC)


def test_each_area_has_its_sentence() -> None:
    assert decode(guide(), asking()) == Reading("SEVERE", "UK", f"{WHOLE_UK}severe.", issued=UPDATED)
    assert decode(guide(), asking("NI")) == Reading("MODERATE", "NI", f"{NI_ALONE}moderate.", issued=UPDATED)


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{WHOLE_UK}SEVERE</p>",
        f"<p>{WHOLE_UK.upper()}<b>SEVERE</b>.</p>",
        "<p>The threat to the UK from all forms of terrorism is severe.</p>",
        "<p>The current threat level to the United Kingdom from terrorism is severe.</p>",
        f"<P CLASS='a>b'>{WHOLE_UK.replace(' ', '&nbsp;')}\n<em>severe</em>.</P>",
        f"<p>{WHOLE_UK}severe.</p><p>{WHOLE_UK}severe.</p>",
        f"{DEFINITIONS}<p>Check before you travel. {WHOLE_UK}severe. It can change at any time.</p>",
        f"<del><p>{WHOLE_UK}low.</p></del><p>{WHOLE_UK}severe.</p>",
        f"<p>{WHOLE_UK}sev\u00ad\u200bere.</p>",
        f"<p>{WHOLE_UK}severe, meaning an attack is highly likely.</p>",
        f"<p>{WHOLE_UK}severe, which means an attack is highly likely.</p><p>{NI_ALONE}low.</p>",
        f"<p>{WHOLE_UK}currently severe.</p>",
        "<p>The national threat level is severe.</p>",
        f"<p>The national threat level is severe.</p><p>{WHOLE_UK}severe.</p>{DEFINITIONS}",
        f"<p class='govuk-!-display-none'>{WHOLE_UK}low.</p><p>{WHOLE_UK}severe.</p>",
    ],
)
def test_the_sentence_is_read_in_every_markup(body: str) -> None:
    assert decode(guide(body), asking()).level == "SEVERE"


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("", "no-level"),
        (DEFINITIONS, "no-level"),
        (f"<p>The levels are:</p>{DEFINITIONS}<p>severe</p>", "no-level"),
        (f"<p>{NI_ALONE}severe.</p>", "no-level"),
        (f"<p>{WHOLE_UK.replace(' is ', ' was ')}severe.</p>", "no-level"),
        (f"<p>{WHOLE_UK.replace(' is ', ' may be ')}severe.</p>", "no-level"),
        (f"<p>It is not true that {WHOLE_UK}severe.</p>", "no-level"),
        (f"<p>It is not true that<br>{WHOLE_UK}severe.</p>", "no-level"),
        (f"<p>It is not true that\n{WHOLE_UK}severe.</p>", "no-level"),
        (f"<p>A newspaper wrote <q>{WHOLE_UK}severe.</q></p>", "no-level"),
        (f"<p>A newspaper wrote \u201c{WHOLE_UK}severe.\u201d</p>", "no-level"),
        (f"<p hidden>{WHOLE_UK}severe.</p>", "no-level"),
        (f"<div style='display: none'><p>{WHOLE_UK}severe.</p></div>", "no-level"),
        (f"<script><p>{WHOLE_UK}severe.</p></script>", "no-level"),
        (f"<template><p>{WHOLE_UK}severe.</p></template>", "no-level"),
        (f"<!-- <p>{WHOLE_UK}severe.</p> -->", "no-level"),
        (f"<p>{WHOLE_UK.replace('UK', 'US')}severe.</p>", "no-level"),
        (f"<p>{WHOLE_UK.replace('terrorism', 'flooding')}severe.</p>", "no-level"),
        (f"<p>{WHOLE_UK.replace('terrorism', 'cyber attack')}severe.</p>", "no-level"),
        (f"<p>The national threat level is low.</p><p>{WHOLE_UK}severe.</p>", "ambiguous"),
        ("<p>The international threat level is severe.</p>", "no-level"),
        (f"<p class='govuk-!-display-none'>{WHOLE_UK}severe.</p>", "no-level"),
        (f"<p class='govuk-visually-hidden'>{WHOLE_UK}severe.</p>", "no-level"),
        (f"<p>Until 24 July 2019 this page said:</p><p>{WHOLE_UK}severe.</p>", "no-level"),
        (f"<p>{WHOLE_UK}severe.</p><p>Elsewhere they say:</p><p>{WHOLE_UK}low.</p>", "ambiguous"),
        (f"<p>{WHOLE_UK}severe.</p><p>The UK threat level was raised to critical in May.</p>", "ambiguous"),
        (f"<p>{WHOLE_UK}severe.</p><p>This is no longer the case.</p>", "ambiguous"),
        (f"<p>{WHOLE_UK}severe.</p><p>It has since been lowered.</p>", "ambiguous"),
        (f"<h2>Example of a statement</h2><p>{WHOLE_UK}severe.</p>", "not-actual"),
        (f"<p>{WHOLE_UK}severe, meaning an attack is critical.</p>", "ambiguous"),
        (f"<p>{WHOLE_UK}<del>severe</del>.</p>", "unknown-level"),
        (f"<p>{WHOLE_UK}elevated.</p>", "unknown-level"),
        (f"<p>{WHOLE_UK}s\u0435vere.</p>", "unknown-level"),
        (f"<p>{WHOLE_UK}severe?</p>", "unknown-level"),
        (f"<p>{WHOLE_UK}very high.</p>", "unknown-level"),
        (f"<p>{WHOLE_UK}no longer severe.</p>", "ambiguous"),
        (f"<p>{WHOLE_UK}severe, but may change.</p>", "ambiguous"),
        (f"<p>{WHOLE_UK}severe or critical.</p>", "ambiguous"),
        (f"<p>{WHOLE_UK}low.</p><p>{WHOLE_UK}severe.</p>", "ambiguous"),
        (f"<p>{WHOLE_UK}severe.<", "malformed"),
        (f"<p>{WHOLE_UK}severe.</p><p class='", "malformed"),
        (None, "malformed"),
        (["severe"], "malformed"),
        ({"content": BODY}, "malformed"),
    ],
)
def test_a_part_that_doesnt_state_the_level_is_refused(body: object, problem: str) -> None:
    assert problem_of(decode, guide(body), asking()) == problem


PART = {"slug": "terrorism-threat-levels", "body": BODY}


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        (guide(withdrawn_notice={"explanation": "<p>Old</p>", "withdrawn_at": "2025-01-01"}), "not-actual"),
        (guide(withdrawn_notice="yes"), "not-actual"),
        (guide(document_type="gone"), "not-actual"),
        (guide(schema_name="gone"), "not-actual"),
        (guide(schema_name=None), "not-actual"),
        (guide(document_type="gone", details={}), "not-actual"),
        (guide(publication_state="draft"), "not-actual"),
        (guide(phase="draft"), "not-actual"),
        (guide(base_path="/national-curriculum"), "not-a-feed"),
        (guide(base_path=None), "not-a-feed"),
        (guide(details={}), "not-a-feed"),
        (guide(details=[PART]), "not-a-feed"),
        (guide(details={"parts": PART}), "not-a-feed"),
        (guide(details={"parts": []}), "no-level"),
        (guide(details={"parts": [None, 1, "terrorism-threat-levels"]}), "no-level"),
        (guide(details={"parts": [PART | {"slug": "counter-terrorism"}]}), "no-level"),
        (guide(details={"parts": [PART, PART]}), "ambiguous"),
        (as_json([PART]), "not-a-feed"),
        (as_json("severe"), "not-a-feed"),
        (as_json({"error": "not found"}), "not-a-feed"),
        (as_json({"details": {"parts": [{"slug": "terrorism-threat-levels"}]}}), "malformed"),
        (b"", "malformed"),
        (b"<!DOCTYPE html><p>Sorry, we are experiencing technical difficulties", "not-a-feed"),
        (b"error code: 1022", "not-a-feed"),
        (f"{WHOLE_UK}severe.".encode(), "not-a-feed"),
        (b"<rss/>", "not-a-feed"),
        (guide()[:-1], "malformed"),
        (guide() + b"{}", "malformed"),
        (guide().replace(b'"guide"', b"NaN"), "malformed"),
        (guide().replace(b'"guide"', b"-Infinity"), "malformed"),
        (guide().replace(b'"guide"', b"[" * 100_000), "malformed"),
        (guide().replace(b'"guide"', b"9" * 5000), "malformed"),
        (guide().replace(b'"guide"', b'"\xff"'), "malformed"),
        (guide().decode().encode("utf-16"), "malformed"),
        (guide().replace(b'"document_type"', b'"base_path"'), "ambiguous"),
        (guide() + b" " * 1024 * 1024, "too-big"),
    ],
)
def test_a_document_that_is_no_such_guide_is_refused(document: bytes, problem: str) -> None:
    assert problem_of(decode, document, asking()) == problem
    assert problem_of(decode, document, asking("NI")) == problem


@pytest.mark.parametrize("area", ["", "GB", "FR"])
def test_any_other_area_has_no_level(area: str) -> None:
    assert problem_of(decode, guide(), asking(area)) == "no-level"


def test_what_need_not_be_there_may_be_missing() -> None:
    assert decode(guide(base_path=..., withdrawn_notice=..., document_type=...), asking()).level == "SEVERE"
    assert decode(guide(withdrawn_notice=None), asking()).level == "SEVERE"


@pytest.mark.parametrize("written", [..., None, 5, "", "yesterday", "2024-03-06T11:30:00", "2024-03-06"])
def test_a_publication_time_without_zone_or_sense_is_none(written: object) -> None:
    assert decode(guide(public_updated_at=written), asking()).issued is None


def test_a_byte_order_mark_is_no_matter() -> None:
    assert decode(b"\xef\xbb\xbf" + guide(), asking()).level == "SEVERE"
