"""MI5's feed: every good shape, every bad one, and the two levels never mixed up."""

from datetime import UTC, date, datetime

import pytest

from kiosk.core.model import Reading
from kiosk.formats.mi5 import decode
from tests.formats.documents import NATIONAL, NORTHERN_IRELAND, asking, feed, problem_of, rss, rss_item

DAY = date(2024, 3, 5)
MIDNIGHT = datetime(2024, 3, 5, tzinfo=UTC)
GOOD = "Current threat level: SEVERE"


def test_the_title_states_the_national_level() -> None:
    assert decode(feed(), asking()) == Reading("SEVERE", "UK", GOOD, changed=DAY, issued=MIDNIGHT)


def test_the_description_states_northern_irelands_level() -> None:
    expected = Reading("MODERATE", "NI", NORTHERN_IRELAND, changed=DAY, issued=MIDNIGHT)
    assert decode(feed(), asking("NI")) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Current Threat Level: SEVERE",
        "CURRENT THREAT LEVEL: severe",
        "Current threat level: Severe",
        "Current threat level : SEVERE",
        "Current threat level:SEVERE",
        "Current threat level - SEVERE",
        "Current threat level \u2013 SEVERE",
        "Current national threat level is SEVERE",
        "The current national threat level is SEVERE.",
        "Threat level: SEVERE",
        "UK threat level: SEVERE",
        "Current UK terrorism threat level: SEVERE",
        "  Current\n threat\tlevel:\u00a0SEVERE  ",
        "Current threat level:&nbsp;<strong>SEVERE</strong>",
    ],
)
def test_the_title_is_read_in_every_wording(title: str) -> None:
    assert decode(feed(title), asking()).level == "SEVERE"


@pytest.mark.parametrize(
    "description",
    [
        f"{NATIONAL} {NORTHERN_IRELAND}",
        f"<p>{NATIONAL}</p><p>{NORTHERN_IRELAND}</p>",
        f"<p>{NATIONAL.replace('SEVERE', '<strong>SEVERE</strong>')}&nbsp;</p>\n"
        + NORTHERN_IRELAND.replace(" ", "&nbsp;"),
        f"<div><p><span class='x'>{NATIONAL}</span><br/>{NORTHERN_IRELAND}</p></div>",
        f"{NATIONAL.rstrip('.')}\n<p>{NORTHERN_IRELAND.rstrip('.')}",
        f"{NATIONAL.upper()} {NORTHERN_IRELAND.lower()}",
        f"The threat to the UK from international terrorism is severe. {NORTHERN_IRELAND}",
        f"The threat level for international terrorism in the UK is SEVERE. {NORTHERN_IRELAND}",
        f"{NORTHERN_IRELAND.replace('Northern Ireland from', 'Great Britain from')} {NATIONAL} {NORTHERN_IRELAND}",
        f"{NATIONAL} SEVERE means an attack is highly likely. {NORTHERN_IRELAND}",
        f"The threat level for the UK from terrorism is set by JTAC. {NATIONAL} {NORTHERN_IRELAND}",
        f"<!-- threat level: LOW -->{NATIONAL} {NORTHERN_IRELAND.replace('-related', chr(0x2011) + 'related')}",
        f"{NATIONAL} It was last reviewed on 5 March. {NORTHERN_IRELAND}",
        f"{NATIONAL[:-1]}, meaning an attack is highly likely. {NORTHERN_IRELAND}",
        f"{NATIONAL} {NORTHERN_IRELAND[:-1]}, which means that an attack is possible but not likely.",
        f"The UK national threat level has been raised from SUBSTANTIAL to SEVERE. {NORTHERN_IRELAND}",
    ],
)
def test_the_description_is_read_in_every_markup(description: str) -> None:
    document = feed(description=description)
    assert [decode(document, asking(area)).level for area in ("UK", "NI")] == ["SEVERE", "MODERATE"]


def test_a_title_alone_is_enough_for_the_national_level() -> None:
    assert decode(feed(description=""), asking()).level == "SEVERE"
    assert decode(rss(rss_item(GOOD, None)), asking()).level == "SEVERE"


@pytest.mark.parametrize(("move", "previous"), [("raised", "SUBSTANTIAL"), ("lowered", "CRITICAL")])
def test_the_description_may_tell_the_move(move: str, previous: str) -> None:
    sentence = f"The UK national threat level has been {move} from {previous} to SEVERE."
    assert decode(feed(description=f"{sentence} {NATIONAL}"), asking()) == Reading(
        "SEVERE", "UK", GOOD, previous=previous, changed=DAY, issued=MIDNIGHT
    )


def test_other_items_of_the_channel_are_no_matter() -> None:
    news = rss_item("New building opened", "Levels of comfort are LOW.")
    assert decode(rss(news, rss_item(GOOD, NATIONAL)), asking()).level == "SEVERE"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "us-ascii", "UTF-8"])
def test_declared_encodings_are_read(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{name}"?>\n' + feed().decode()
    assert decode(text.encode(encoding), asking()).level == "SEVERE"


@pytest.mark.parametrize(
    "written",
    [
        "Tuesday, March 05, 2024 -  02:52",
        "Tue, 05 Mar 2024 02:52:25 +0000",
        "5 March 2024",
        "March 5, 2024",
        "2024-03-05T02:52:25Z",
        "2024-03-05",
        "Monday, March 05, 2024 - 11:59",
    ],
)
def test_only_the_day_of_a_publication_date_counts(written: str) -> None:
    reading = decode(feed(date=written), asking())
    assert (reading.changed, reading.issued) == (DAY, MIDNIGHT)


@pytest.mark.parametrize(
    "written",
    [
        None,
        "",
        "soon",
        "February 30, 2024",
        "05/03/2024",
        "March 2024",
        "5 March \u0662\u0660\u0662\u0664",
        "2024-13-01",
    ],
)
def test_an_unreadable_publication_date_is_no_date_and_no_refusal(written: str | None) -> None:
    reading = decode(feed(date=written), asking())
    assert (reading.level, reading.changed, reading.issued) == ("SEVERE", None, None)


@pytest.mark.parametrize(
    ("title", "problem"),
    [
        ("Current threat level: ELEVATED", "unknown-level"),
        ("Current threat level: SEVRE", "unknown-level"),
        ("Current threat level: SEVERE-ish", "unknown-level"),
        ("Current threat level: SEVEREST", "unknown-level"),
        ("Current threat level: S\u0415V\u0415R\u0415", "unknown-level"),
        ("Current threat level: \uff33\uff25\uff36\uff25\uff32\uff25", "unknown-level"),
        ("Current threat level: \u017fevere", "unknown-level"),
        ("Current threat level: S\u0336E\u0336VERE", "unknown-level"),
        ("Current threat level: \u202eEREVES", "unknown-level"),
        ("Current threat level: UNKNOWN", "unknown-level"),
        ("Current threat level: to be confirmed", "unknown-level"),
        ("Current threat level: 4", "unknown-level"),
        ("Current threat level: SEVERE?", "unknown-level"),
        ("Current threat level: S E V E R E", "unknown-level"),
        ("Current threat level: not SEVERE", "ambiguous"),
        ("Current threat level: no longer SEVERE", "ambiguous"),
        ("Current threat level: was SEVERE", "ambiguous"),
        ("Current threat level: may become SEVERE", "ambiguous"),
        ("Current threat level: SEVERE or CRITICAL", "ambiguous"),
        ("Current threat level: SEVERE/CRITICAL", "ambiguous"),
        ("Current threat level: SEVERE (raised from SUBSTANTIAL)", "ambiguous"),
        ("Current threat level: <del>SUBSTANTIAL</del> SEVERE", "ambiguous"),
        ("Current threat level: <del>SEVERE</del>", "unknown-level"),
        ("Current threat level: <span style='display:none'>SEVERE</span>", "unknown-level"),
        ("Threat level raised from SUBSTANTIAL to SEVERE", "ambiguous"),
        ("Threat level could be raised to SEVERE", "ambiguous"),
        ("Threat level expected to be SEVERE", "ambiguous"),
        ("Previous threat level: SEVERE", "ambiguous"),
        ("Current cyber threat level: SEVERE", "ambiguous"),
        ("Northern Ireland threat level: SEVERE", "ambiguous"),
        ("Current threat level was SEVERE", "ambiguous"),
        ("Is the current threat level SEVERE?", "ambiguous"),
        ("Current threat level:", "no-level"),
        ("Current threat level", "no-level"),
        ("Threat level under review", "no-level"),
        ("Severe weather warning", "no-level"),
        ("", "no-level"),
        ("a < b threat level: SEVERE", "malformed"),
    ],
)
def test_a_title_that_states_no_level_plainly_is_refused(title: str, problem: str) -> None:
    assert problem_of(decode, feed(title), asking()) == problem
    assert problem_of(decode, feed(title, description=""), asking()) == problem


@pytest.mark.parametrize(
    ("description", "problem"),
    [
        ("The current national threat level is SUBSTANTIAL.", "ambiguous"),
        (f"{NATIONAL} The current national threat level is CRITICAL.", "ambiguous"),
        ("The current national threat level is no longer SEVERE.", "ambiguous"),
        ("The current national threat level was SEVERE.", "ambiguous"),
        ("The current national threat level may be SEVERE.", "ambiguous"),
        ("The threat level has been lowered to SUBSTANTIAL.", "ambiguous"),
        (f"{NATIONAL} It is expected to be CRITICAL tomorrow.", "ambiguous"),
        (f"{NATIONAL} The threat level has since been lowered by one step.", "ambiguous"),
        (f"{NATIONAL} This is no longer the case.", "ambiguous"),
        (f"{NATIONAL[:-1]}, meaning an attack is CRITICAL.", "ambiguous"),
        ("The UK national threat level has been raised from CRITICAL to SEVERE.", "ambiguous"),
        ("The UK national threat level has been lowered from SEVERE to SUBSTANTIAL.", "ambiguous"),
        ("The UK national threat level has been raised from AMBER to SEVERE.", "unknown-level"),
        ("The current national threat level is SEVERE and the threat to Northern Ireland is LOW.", "ambiguous"),
        ("The current national threat level is SEVERE The threat to Northern Ireland is LOW", "ambiguous"),
        ("The current national threat level is ELEVATED.", "unknown-level"),
        ("The current national threat level is SEVER\u0395.", "unknown-level"),
        ("The current national threat level is SUBSTANTIAL-ish.", "unknown-level"),
        ("The current national threat level is <s>SEVERE</s>.", "unknown-level"),
        ("The current national threat level is very high.", "unknown-level"),
        ("The current national threat level is <b SEVERE.", "malformed"),
    ],
)
def test_a_description_that_doesnt_agree_is_refused(description: str, problem: str) -> None:
    assert problem_of(decode, feed(description=description), asking()) == problem


@pytest.mark.parametrize(
    "description",
    [
        "",
        NATIONAL,
        "The threat to Great Britain from Northern Ireland-related terrorism is SUBSTANTIAL.",
        "The threat level for Northern Ireland-related terrorism in Great Britain is SUBSTANTIAL.",
        "The threat to the UK (England, Wales, Scotland and Northern Ireland) from terrorism is SEVERE.",
        f"<blockquote>{NORTHERN_IRELAND}</blockquote>",
        f"<p hidden>{NORTHERN_IRELAND}</p>",
        f"<script>document.write('{NORTHERN_IRELAND}')</script>",
        f"<!-- {NORTHERN_IRELAND} -->",
    ],
)
def test_northern_irelands_level_comes_from_its_own_sentence_only(description: str) -> None:
    assert problem_of(decode, feed(description=description), asking("NI")) == "no-level"


def test_two_levels_for_northern_ireland_are_ambiguous() -> None:
    document = feed(description=f"{NORTHERN_IRELAND} {NORTHERN_IRELAND.replace('MODERATE', 'SEVERE')}")
    assert problem_of(decode, document, asking("NI")) == "ambiguous"


@pytest.mark.parametrize("area", ["", "GB", "uk", "FR", "Northern Ireland"])
def test_any_other_area_has_no_level(area: str) -> None:
    assert problem_of(decode, feed(), asking(area)) == "no-level"


ITEM = rss_item(GOOD, NATIONAL)


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        (b"", "malformed"),
        (b" \n ", "malformed"),
        (b"error code: 1022", "not-a-feed"),
        (b"error code: 520\n", "not-a-feed"),
        (b"Current threat level: SEVERE", "not-a-feed"),
        (b'{"title": "Current threat level: SEVERE"}', "not-a-feed"),
        (b"<!DOCTYPE html><title>Current threat level: SEVERE</title>", "not-a-feed"),
        (b"<!-- hello --> <HTML><meta x><p>Just a moment...", "not-a-feed"),
        ("<!doctype html><p>\u2026".encode("utf-16"), "not-a-feed"),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'a' 'b'><html/>", "not-a-feed"),
        (
            b"<feed xmlns='http://www.w3.org/2005/Atom'><title>Current threat level: SEVERE</title></feed>",
            "not-a-feed",
        ),
        (b"<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'/>", "not-a-feed"),
        (b"<alerts/>", "not-a-feed"),
        (feed().replace(b"<rss ", b"<rss xmlns='urn:x' "), "not-a-feed"),
        (b"<rss/>", "malformed"),
        (b"<rss><channel/></rss>", "no-level"),
        (b"<rss><channel/><channel/></rss>", "malformed"),
        (rss(rss_item("Weather", "Severe threat level of rain: CRITICAL.")), "no-level"),
        (rss(rss_item("", NATIONAL)), "no-level"),
        (rss(ITEM, ITEM), "ambiguous"),
        (rss(ITEM, rss_item("Threat level may rise", "")), "ambiguous"),
        (rss(ITEM.replace("</item>", "<title>Current threat level: LOW</title></item>")), "ambiguous"),
        (rss(ITEM.replace("</item>", "<description/></item>")), "ambiguous"),
        (rss(ITEM.replace("SEVERE</title>", "<b>SEVERE</b></title>")), "malformed"),
        (rss(ITEM.replace("<item>", "<item xmlns='urn:x'>")), "no-level"),
        (feed()[:-9], "malformed"),
        (feed() + b"<rss/>", "malformed"),
        (feed().replace(b"SEVERE", b"&nbsp;SEVERE"), "malformed"),
        (feed().replace(b"SEVERE", b"\x00SEVERE"), "malformed"),
        (feed().replace(b"SEVERE", b"SEV\xe9RE"), "malformed"),
        (b"<?xml version='1.1'?>" + feed(), "malformed"),
        (b"<?xml version='1.0' encoding='no-such'?>" + feed(), "malformed"),
        (b"<?xml version='1.0' encoding='shift_jis'?>" + feed(), "malformed"),
        (b"<?xml version='1.0' encoding='cp037'?>" + feed(), "malformed"),
        (b"<?xml version='1.0' encoding='windows-1251'?>" + feed(), "malformed"),
        (b"<?xml version='1.0' encoding='utf-16'?>" + feed(), "malformed"),
        (b"<!DOCTYPE rss>" + feed(), "malformed"),
        (b"<!DOCTYPE rss [<!ENTITY l 'SEVERE'>]>" + feed("Current threat level: &l;"), "malformed"),
        (b"<!DOCTYPE rss SYSTEM 'file:///etc/passwd'>" + feed(), "malformed"),
        (rss("<a>" * 40 + "</a>" * 40), "malformed"),
        (rss("<a/>" * 20_001), "malformed"),
        (rss("<a " + " ".join(f"a{n}=''" for n in range(65)) + "/>"), "malformed"),
        (feed() + b" " * 1024 * 1024, "too-big"),
    ],
)
def test_a_document_that_is_no_such_feed_is_refused(document: bytes, problem: str) -> None:
    assert problem_of(decode, document, asking()) == problem
    assert problem_of(decode, document, asking("NI")) == problem
