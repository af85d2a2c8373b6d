"""Every option, declared once. The loader, the reference and the example file all read this table."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from kiosk.config.kinds import Kind, count, flag, length_of_time, mapping, night, spoken, text, texts

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Option:
    """One option.

    Attributes:
        default: as TOML gives it; None means that there is none.
        required: whether its table is of no use without it.
        formats: the formats that it is for; empty for all.
        example: a line of TOML behind the ``=``.
        help: what it does, in sentences for the person who edits the file.
    """

    key: str
    kind: Kind
    help: str
    example: str
    default: Any = None
    required: bool = False
    formats: tuple[str, ...] = ()


TOP = (
    Option(
        "profile",
        text(500),
        "The country: a built-in profile by name, or the path of your own profile file. Its translations stand "
        "beside it: ours.cy.toml for ours.toml.",
        '"uk"',
        "uk",
    ),
    Option(
        "area",
        text(20),
        "The area of the profile whose level is shown. A level of one area is never shown for another. "
        "Without it the profile's first area is taken.",
        '"UK"',
    ),
    Option("place", text(200), "The venue's name, at the top of the screen.", '"Riverside Hall"', ""),
    Option(
        "languages",
        texts(),
        "The languages of the screen, any that the profile lists, in reading order. Two are shown together where "
        "both fit, else they take turns. Where Welsh is shown, put it first. Without this entry the profile's "
        "first language is taken.",
        '["cy", "en"]',
    ),
    Option(
        "agree",
        count(1, 9),
        "How many sources must state a level before it counts: for a rise, for a fall and for each confirmation. "
        "A higher level that fewer state is told on the screen, and not shown as the level.",
        "1",
        1,
    ),
    Option(
        "two_person",
        flag(),
        "Whether a level that a person sets on the kiosk (level set) is shown only after another person confirmed "
        "it (level confirm) within 15 minutes.",
        "true",
        default=False,
    ),
    Option(
        "night",
        night(),
        "From when until when the screen is dark, by the venue's own clock. Texts keep their contrast.",
        '"22:00-06:30"',
    ),
    Option(
        "reduced_motion",
        flag(),
        "Changes the level at once instead of in a cross-fade of less than half a second.",
        "false",
        default=False,
    ),
)

VENUE = (
    Option(
        "logo",
        text(500),
        "The venue's logo, a PNG or SVG of at most 1 MiB: the path from this file. It stands on the page, "
        "and is refused where it can't be seen on white or on black.",
        '"logo.svg"',
    ),
    Option(
        "notice",
        spoken(400, 4),
        "A notice of the venue's own below the guidance, at most four lines.",
        '"Please show your pass at the desk."',
    ),
    Option(
        "contact",
        spoken(40),
        "Whom to call in the house. It stands among the hotlines, with contact_number.",
        '{ cy = "Desg ddiogelwch", en = "Security desk" }',
    ),
    Option("contact_number", text(24), "The number of that contact.", '"020 7946 0018"'),
    Option(
        "qr",
        text(300),
        "An https address for the QR code instead of the profile's, with qr_label.",
        '"https://www.riverside.example/report"',
    ),
    Option(
        "qr_label",
        spoken(40),
        "What stands under that code.",
        '{ cy = "Sganiwch i adrodd i ni", en = "Scan to report to us" }',
    ),
)

SOURCE = (
    Option(
        "name",
        text(40),
        "What the screen and the log call the source; each source has its own name.",
        '"Head office"',
        required=True,
    ),
    Option(
        "url",
        text(2000),
        "Where the document is. https, file, or http (to this machine, or with insecure = true).",
        '"https://intranet.example/level.json"',
        required=True,
    ),
    Option(
        "format",
        text(20),
        "How the document is read: mi5 (MI5's feed), govuk (GOV.UK's content API), json (your own, see level), "
        "cap (Common Alerting Protocol, see parameter), ntas (the United States' alerts), "
        "rss (any RSS or Atom feed, see pattern), html (a page, see select), signed (your own, see "
        "public_keys) or statement (the authority's prose).",
        '"json"',
        required=True,
    ),
    Option(
        "every",
        length_of_time(_SECOND, timedelta(days=1)),
        "How often the source is asked. At least 60 s for other machines, 1 s for this machine and for files.",
        '"10 min"',
        "10 min",
    ),
    Option(
        "deadline",
        length_of_time(_SECOND, timedelta(seconds=30)),
        "When an answer that is not complete is given up, whatever the other side does.",
        '"30 s"',
        "30 s",
    ),
    Option(
        "redirect_hosts",
        texts(),
        "Other hosts to which the source may redirect, and on which messages of an index may be. Without it only "
        "the url's own host is followed.",
        '["cdn.intranet.example"]',
        (),
    ),
    Option(
        "insecure",
        flag(),
        "Allows plain http to another machine. Anybody on the way can then change the level.",
        "false",
        default=False,
    ),
    Option(
        "level",
        text(500),
        "For json: the JMESPath of the level in the document.",
        '"threat.current"',
        formats=("json",),
    ),
    Option(
        "changed",
        text(500),
        "For json: the JMESPath of the ISO date on which the level changed.",
        '"threat.since"',
        formats=("json",),
    ),
    Option(
        "values",
        mapping(),
        "For json, cap, rss, html and signed: the document's words on the left, the profile's levels on the "
        "right. Any other word is refused. Without it the profile's own words are expected.",
        '{ "4" = "SEVERE", "5" = "CRITICAL" }',
        {},
        formats=("json", "cap", "rss", "html", "signed"),
    ),
    Option(
        "parameter",
        text(200),
        "For cap: the valueName of the parameter that carries the level. CAP's severity never does.",
        '"ThreatLevel"',
        formats=("cap",),
    ),
    Option(
        "areas",
        texts(),
        "For cap: the areaDesc of the areas that count, exactly as written. Without it every area does, and "
        "areas with different levels are refused.",
        '["Northern Ireland"]',
        (),
        formats=("cap",),
    ),
    Option(
        "expires_after",
        length_of_time(_SECOND, timedelta(days=366)),
        "For cap: how long a message that names no end of its own holds.",
        '"24 h"',
        "24 h",
        formats=("cap",),
    ),
    Option(
        "test_events",
        texts(),
        "For cap: the event codes of test messages, which are sent with the status Actual.",
        '["RMT", "RWT", "OPR", "DMO"]',
        ("RMT", "RWT", "OPR", "DMO"),
        formats=("cap",),
    ),
    Option(
        "pattern",
        text(500),
        "For rss and html: a regular expression (RE2) for the whole sentence that states the level, without its "
        "full stop, whatever the case of its letters. The group named level is the level's word; words of the "
        "sentence have to stand around it.",
        "'The threat level is (?P<level>\\w+)'",
        formats=("rss", "html"),
    ),
    Option(
        "select",
        text(500),
        "For html: the CSS selector of the one element whose whole text is the level, or, with a pattern, in "
        "which the sentence stands.",
        '"#threat-level .value"',
        formats=("html",),
    ),
    Option(
        "public_keys",
        texts(),
        "For signed: the minisign keys whose signatures are believed, each the second line of a minisign.pub. To "
        "change keys, list the new one beside the old one, sign with it, and take the old one away.",
        '["RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"]',
        (),
        formats=("signed",),
    ),
)

_LONGEST = timedelta(days=366)

TRUST = (
    Option(
        "live",
        length_of_time(_SECOND, _LONGEST),
        "How old a confirmation may be and still count as current. Three polls, if those are longer.",
        '"30 min"',
        "30 min",
    ),
    Option(
        "stale",
        length_of_time(_SECOND, _LONGEST),
        "How old a level may be and still be shown in its colour, hatched and with its age.",
        '"24 h"',
        "24 h",
    ),
    Option(
        "last_known",
        length_of_time(_SECOND, _LONGEST),
        'How old a level may be and still be named as the last known one. After that: "Not confirmed".',
        '"28 d"',
        "28 d",
    ),
    Option(
        "confirm_fall",
        length_of_time(_SECOND, timedelta(days=1)),
        "How far apart two confirmations must be before a lower level is shown. A rise is shown at once.",
        '"60 s"',
        "60 s",
    ),
    Option(
        "grace",
        length_of_time(_SECOND, timedelta(days=1)),
        "How long sources that agreed may differ after one of them moved, before the screen says that they "
        "disagree. A rise is shown at once all the same.",
        '"15 min"',
        "15 min",
    ),
)

TABLES: dict[str, tuple[Option, ...]] = {"": TOP, "venue": VENUE, "source": SOURCE, "trust": TRUST}
"""Every table of the file by its name; the first is the file's own top."""
