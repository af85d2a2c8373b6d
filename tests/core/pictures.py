"""Displays of every state, and the picture that the UK profile makes of them in London."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from kiosk.core.model import Display, LocalSetting, Problem, SourceReport, StateName
from kiosk.core.present import Occasion, present
from kiosk.core.screen import Screen
from kiosk.core.venue import Venue
from kiosk.profiles import load_profile, load_words

UK = load_profile("uk")
WORDS = {language: load_words(language) for language in UK.languages}
LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 22, 14, 32, tzinfo=UTC)

LIVE = Display(
    StateName.LIVE,
    (),
    "SEVERE",
    4,
    5,
    "UK",
    previous="SUBSTANTIAL",
    changed=date(2026, 4, 30),
    confirmed=NOW - timedelta(minutes=2),
    age=timedelta(minutes=2),
    attempted=NOW,
    source="MI5",
    statement="Current threat level: SEVERE",
    sources=(SourceReport("MI5", True, "SEVERE", None, None),),
)
STALE = replace(
    LIVE,
    state=StateName.STALE,
    confirmed=NOW - timedelta(hours=3),
    age=timedelta(hours=3),
    sources=(SourceReport("MI5", False, None, Problem.TIMEOUT, "MI5 did not answer."),),
)
LAST_KNOWN = replace(STALE, state=StateName.LAST_KNOWN, confirmed=NOW - timedelta(days=5), age=timedelta(days=5))
UNKNOWN = Display(StateName.UNKNOWN, (), None, None, 5, "UK")
TOO_OLD = replace(UNKNOWN, confirmed=NOW - timedelta(days=40), age=timedelta(days=40))
LOCAL = LocalSetting("Ann", "a drill", NOW.replace(hour=18, minute=0))
OPERATOR = Display(StateName.OPERATOR, (), "SEVERE", 4, 5, "UK", attempted=NOW, local=LOCAL)
EXERCISE = replace(OPERATOR, state=StateName.EXERCISE, level="CRITICAL", rank=5)
DISPLAYS = {
    "live": LIVE,
    "stale": STALE,
    "restarted": replace(STALE, attempted=None),
    "checking": replace(STALE, sources=(SourceReport("MI5", True, "SUBSTANTIAL", None, None),)),
    "unusable": replace(STALE, sources=(SourceReport("MI5", False, None, Problem.NOT_A_FEED, "A page came."),)),
    "last-known": LAST_KNOWN,
    "unknown": UNKNOWN,
    "too-old": TOO_OLD,
    "operator": OPERATOR,
    "exercise": EXERCISE,
}


def in_london(moment: datetime) -> datetime:
    """The venue's own time."""
    return moment.astimezone(LONDON)


def picture(display: Display, language: str = "en", *, now: datetime = NOW, demonstration: bool = False) -> Screen:
    """What the screen shows of it."""
    occasion = Occasion(now, in_london, Venue("Riverside Hall"), demonstration)
    return present(display, UK, WORDS[language], occasion)


def texts(screen: Screen) -> list[str]:
    """Everything that a person could read or hear, but the labels of the ladder."""
    parts = [
        screen.strip,
        screen.strip_end,
        screen.place,
        screen.clock,
        screen.heading,
        screen.lead,
        screen.level,
        screen.meaning,
        screen.change,
        screen.guidance_heading,
        *screen.guidance,
        *(text for contact in screen.contacts for text in (contact.label, contact.number)),
        screen.qr,
        screen.qr_label,
        screen.age,
        screen.origin,
        *screen.marks,
        screen.watermark,
        screen.summary,
    ]
    return [part for part in parts if part]
