"""One document of each format that states a level in its place and others elsewhere, and how it is asked for."""

from msgspec.structs import replace

from kiosk.formats.ask import Ask
from kiosk.profiles import load_profile
from tests.formats import signatures
from tests.formats.cap_messages import alert, atom, bare, reference
from tests.formats.documents import NOW, as_json, asking, feed, guide, rss, rss_item
from tests.formats.prose import LEVELS, PLAIN, QUOTE, RISE

SIGNED = signatures.document()
PUBLIC_KEY, SIGNATURE = signatures.signed_in_process(SIGNED)
ASKS = {
    "mi5": asking(),
    "govuk": asking(),
    "json": asking(level="threat.level", changed="threat.since"),
    "statement": asking(),
    "cap": replace(asking(), parameter="ThreatLevel"),
    "rss": replace(asking(), pattern=r"the threat level (?:in|for) \w+ is (?P<level>\w+)"),
    "html": replace(asking(), select="#level"),
    "signed": replace(asking(), name="d", linked={"d.minisig": SIGNATURE}, public_keys=(PUBLIC_KEY,)),
    "ntas": Ask(load_profile("us").scale, "US", NOW),
}
PROSE = f"date 2021-11-15 {RISE}\n\n{QUOTE}\n\n{PLAIN}\n\n{LEVELS}\n"
CAP = atom(alert(bare("LOW")), alert(bare("SEVERE"), identifier="B", kind="Update", references=reference()))
FIXTURES = {
    "mi5": feed(),
    "govuk": guide(),
    "json": as_json({"threat": {"level": "SEVERE", "since": "2024-03-05", "before": "LOW"}}),
    "statement": PROSE.encode(),
    "cap": CAP.encode(),
    "rss": rss(
        rss_item("x", "It was LOW.", "Tue, 03 Mar 2026 10:00:00 GMT"),
        rss_item("x", "The threat level in Xland is SEVERE.", "Wed, 04 Mar 2026 10:00:00 GMT"),
    ),
    "html": b'<html><h1>Levels</h1><p>LOW</p><div><p id="level">Severe</p></div><p>CRITICAL</p></html>',
    "signed": SIGNED,
    "ntas": b'<alert start="2011/04/14 14:39" type="Imminent Threat" link="x"><summary>Elevated</summary></alert>',
}
STATED = dict.fromkeys(FIXTURES, "SEVERE") | {"ntas": "IMMINENT"}
