"""Every option, declared once. The loader, the reference and the example file all read this table."""

from datetime import timedelta

from kiosk.config.afar_options import ENDPOINT, PRESENCE
from kiosk.config.kinds import count, flag, length_of_time, night, spoken, text, texts
from kiosk.config.machine_options import LOCK, POWER, SCREEN
from kiosk.config.option import Option
from kiosk.config.source_options import SOURCE

_SECOND = timedelta(seconds=1)


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

TABLES: dict[str, tuple[Option, ...]] = {
    "": TOP,
    "venue": VENUE,
    "source": SOURCE,
    "trust": TRUST,
    "endpoint": ENDPOINT,
    "presence": PRESENCE,
    "screen": SCREEN,
    "lock": LOCK,
    "power": POWER,
}
"""Every table of the file by its name; the first is the file's own top."""

REPEATED = frozenset({"source", "screen"})
"""The tables that may stand several times."""
