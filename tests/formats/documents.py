"""Documents in the shapes that publishers use, made of the parts that a test cares about."""

import json
from datetime import UTC, datetime
from html import escape

from kiosk.core.model import Scale
from kiosk.errors import Refused
from kiosk.formats.ask import Ask, Format

SCALE = Scale(("LOW", "MODERATE", "SUBSTANTIAL", "SEVERE", "CRITICAL"))

NATIONAL = "The current national threat level is SEVERE."
NORTHERN_IRELAND = "The threat to Northern Ireland from Northern Ireland-related terrorism is MODERATE."


NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def asking(area: str = "UK", level: str | None = None, changed: str | None = None, **values: str) -> Ask:
    return Ask(SCALE, area, NOW, level_path=level, changed_path=changed, values=values)


def problem_of(decode: Format, document: bytes, ask: Ask) -> str:
    """The problem of a refusal, whose message has to be one sentence for a person; else what was read."""
    try:
        reading = decode(document, ask)
    except Refused as refusal:
        message = str(refusal)
        assert message.endswith(".")
        assert message.isprintable()
        assert len(message) < 220
        return refusal.problem
    return f"read as {reading}"


def rss_item(title: str, description: str | None, date: str | None = "Tuesday, March 05, 2024 -  02:52") -> str:
    parts = [f"<title>{escape(title)}</title>", "<link>https://feed.example/levels</link>"]
    if description is not None:
        parts.append(f"<description>{escape(description)}</description>")
    if date is not None:
        parts.append(f"<pubDate>{date}</pubDate>")
    return f"<item>{''.join(parts)}</item>"


def rss(*items: str) -> bytes:
    channel = "<title>Threat Level</title><description>The Current UK Threat Level</description><ttl>20</ttl>"
    return f'<rss version="2.0"><channel>{channel}{"".join(items)}</channel></rss>\n'.encode()


def feed(title: str = "Current threat level: SEVERE", description: str | None = None, **item: str | None) -> bytes:
    """MI5's feed; without a description the usual two sentences, with "" an empty one."""
    text = f"{NATIONAL} {NORTHERN_IRELAND}" if description is None else description
    return rss(rss_item(title, text, **item))


DEFINITIONS = (
    "<ul><li>low - an attack is highly unlikely</li><li>moderate - an attack is possible but not likely</li>"
    "<li>substantial - an attack is likely</li><li>severe - an attack is highly likely</li>"
    "<li>critical - an attack is highly likely in the near future</li></ul>"
)
WHOLE_UK = "The threat to the UK (England, Wales, Scotland and Northern Ireland) from terrorism is "
NI_ALONE = "The threat to Northern Ireland from Northern Ireland-related terrorism is "
BODY = (
    "<p>The threat level indicates the likelihood of a terrorist attack in the UK.</p>"
    f"<h2>National threat level</h2><p>{WHOLE_UK}<strong>severe</strong>.</p>"
    f"<p>{NI_ALONE}<strong>moderate</strong>.</p><h2>Threat levels</h2><p>There are 5 levels of threat:</p>"
    f'{DEFINITIONS}<p>Read <a href="https://levels.example/">more</a>.</p>'
)


def guide(body: object = BODY, details: object = None, **changes: object) -> bytes:
    """GOV.UK's content item of the guide on terrorism; a change to ``...`` leaves the name out."""
    parts = [
        {"title": "Terrorism threat levels", "slug": "terrorism-threat-levels", "body": body},
        {"title": "Counter-terrorism", "slug": "counter-terrorism", "body": f"<p>{WHOLE_UK}low.</p>"},
    ]
    item: dict[str, object] = {
        "base_path": "/terrorism-national-emergency",
        "document_type": "guide",
        "public_updated_at": "2024-03-06T11:30:00.000+00:00",
        "withdrawn_notice": {},
        "details": {"parts": parts} if details is None else details,
    }
    return as_json({name: value for name, value in (item | changes).items() if value is not ...})


def as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
