"""From a display to a picture's words: every text, number and colour of a Screen, in one language."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from msgspec import Struct, field

from kiosk.core.model import Display, LocalSetting, Mark, Problem, StateName
from kiosk.core.plain import plain
from kiosk.core.profile import CountryWords, Profile
from kiosk.core.screen import Contact, Pattern, Scene, Screen, Sign, Step
from kiosk.core.theme import colours
from kiosk.core.venue import Venue, spoken
from kiosk.core.wording import LONGEST_AGO, Words

_NO_CHANGE = frozenset({StateName.LAST_KNOWN, StateName.UNKNOWN, StateName.OPERATOR, StateName.EXERCISE})

# The source was reached, and what it said states no level: "can't reach" would send people to the wrong cable.
_UNUSABLE = frozenset(
    {
        Problem.NOT_A_FEED,
        Problem.MALFORMED,
        Problem.NO_LEVEL,
        Problem.AMBIGUOUS,
        Problem.UNKNOWN_LEVEL,
        Problem.ROLLBACK,
        Problem.NOT_ACTUAL,
        Problem.EXPIRED,
    }
)


class Occasion(Struct, frozen=True):
    """What a picture depends on beside the display.

    Attributes:
        now: the moment of the picture (UTC).
        local: turns a moment into the venue's own time, with the offset that holds on that day.
        venue: what the venue itself puts on the screen.
        demonstration: whether recorded levels are shown.
        night: whether the colours of the night are due.
        older: whether newer settings were refused, and those before them rule.
        code: of the fault for which the picture is plain; empty in health.
    """

    now: datetime
    local: Callable[[datetime], datetime]
    venue: Venue = field(default_factory=Venue)
    demonstration: bool = False
    night: bool = False
    older: bool = False
    code: str = ""


def told(display: Display, profile: Profile, languages: Iterable[Words], occasion: Occasion) -> Scene:
    """The picture of a display in each language, in reading order."""
    return Scene(tuple(present(display, profile, words, occasion) for words in languages))


def present(display: Display, profile: Profile, words: Words, occasion: Occasion) -> Screen:
    """The picture of a display; the window draws it and decides nothing."""
    country = profile.words[words.language]
    shown = display.level if display.state is not StateName.LAST_KNOWN else None
    lead, level, meaning = _headline(display, country, words, occasion)
    heading = country.heading[display.area]
    age = _age(display, words, occasion)
    strip, strip_end, watermark = _strip(display, words, occasion)
    code = _code(country, words, occasion.venue) if watermark is None else None
    screen = Screen(
        language=words.language,
        colours=colours(display, profile, night=occasion.night),
        pattern=_pattern(display),
        strip=strip,
        strip_end=strip_end,
        place=words.apart(occasion.venue.place),
        clock=words.time(occasion.local(occasion.now)) if Mark.CLOCK not in display.marks else "",
        heading=heading,
        lead=lead,
        level=level,
        is_level=display.level is not None,
        meaning=meaning,
        change=_change(display, profile, country, words),
        rising=_rising(display, profile),
        ladder=_ladder(display.level, shown, profile, country) if profile.ladder else (),
        guidance_heading=country.guidance_heading,
        guidance=(country.guidance.get(shown, ()) if shown else ()) + country.guidance_always,
        notice=tuple(map(words.apart, spoken(occasion.venue.notice, words.language, ()))),
        contacts=_contacts(country, words, occasion.venue),
        qr=code.url if code else None,
        qr_label=code.label if code else "",
        sign=Sign.CONFIRMED if display.state is StateName.LIVE else Sign.WARNING,
        age=age,
        origin=" · ".join(part for part in (_origin(display, country, words), *_remarks(words, occasion)) if part),
        marks=tuple(_mark(mark, display, profile, country, words) for mark in display.marks),
        watermark=watermark,
        summary=words.say(
            "summary",
            heading=". ".join(part for part in (strip, heading, lead) if part),
            level=level,
            meaning=meaning.rstrip("."),
            age=age,
        ),
        right_to_left=words.right_to_left,
        logo=occasion.venue.logo,
    )
    return plain(screen) if occasion.code else screen


def _remarks(words: Words, occasion: Occasion) -> Iterator[str]:
    """What staff should know of this screen itself, said so that it troubles no visitor."""
    if occasion.older:
        yield words.say("older_settings")
    if occasion.code:
        yield words.say("fault_code", code=occasion.code)


def _ladder(level: str | None, shown: str | None, profile: Profile, country: CountryWords) -> tuple[Step, ...]:
    """The whole scale, filled up to the level that may be believed."""
    return tuple(
        Step(
            label=country.level[step],
            reached=shown is not None and profile.scale.rank(step) <= profile.scale.rank(shown),
            current=step == level,
        )
        for step in profile.scale.levels
    )


def _contacts(country: CountryWords, words: Words, venue: Venue) -> tuple[Contact, ...]:
    """The country's numbers, then the house's own, then the place to report to."""
    own = venue.contact
    desk = [Contact(words.apart(spoken(own.label, words.language, "")), own.number, link=False)] if own else []
    return (
        *(Contact(entry.label, entry.number, link=False) for entry in country.numbers),
        *desk,
        Contact(country.link.label, country.link.text, link=True),
    )


class _Code(Struct, frozen=True):
    label: str
    url: str


def _code(country: CountryWords, words: Words, venue: Venue) -> _Code:
    """Where the QR code leads. A drill or a demonstration has none: it would send people to a real report."""
    if venue.code:
        return _Code(spoken(venue.code.label, words.language, ""), venue.code.url)
    return _Code(country.link.scan or words.say("qr"), country.link.url)


def _headline(
    display: Display, country: CountryWords, words: Words, occasion: Occasion
) -> tuple[str | None, str, str]:
    """The line above the level, the level, and the sentence below it."""
    if display.level is None:
        return None, words.say("unknown"), words.say("unknown_meaning", where=country.where)
    level = country.level[display.level].upper()
    if display.state is StateName.LAST_KNOWN:
        when = _when(display.confirmed, words, occasion) if display.confirmed else None
        meaning = words.say("last_known_on", where=country.where, **when) if when else country.where
        return words.say("last_known"), level, meaning
    return None, level, country.meaning[display.level]


def _age(display: Display, words: Words, occasion: Occasion) -> str:
    """The footer: how old the statement is. With an unsure clock or a great age the date is told instead."""
    if display.local:
        key = "exercise_footer" if display.state is StateName.EXERCISE else "operator_footer"
        return words.say(key, by=display.local.by, reason=display.local.reason)
    if display.confirmed is None:
        return words.say("unknown_footer")
    when = _when(display.confirmed, words, occasion)
    if display.state is StateName.UNKNOWN:
        return words.say("unknown_since", **when)
    if display.state is StateName.LAST_KNOWN:
        return words.say("last_known_footer", **when)
    key = "confirmed"
    if display.state is StateName.STALE:
        key = "restarted" if display.attempted is None else "last_confirmed"
        if any(report.level not in {None, display.level} for report in display.sources):
            key = "checking"  # a lower level waits for its second confirmation
        elif display.sources and all(report.problem in _UNUSABLE for report in display.sources):
            key = "unusable"
    if display.age is None or display.age >= LONGEST_AGO or Mark.CLOCK in display.marks:
        return words.say(f"{key}_on", **when)
    return words.say(key, ago=words.ago(display.age))


def _when(moment: datetime, words: Words, occasion: Occasion) -> dict[str, str]:
    local = occasion.local(moment)
    return {"date": words.date(local.date()), "time": words.time(local)}


def _strip(display: Display, words: Words, occasion: Occasion) -> tuple[str | None, str | None, str | None]:
    """The line over the banner, its far end, and the word that is repeated over the whole picture."""
    local = display.local
    if local and display.state is StateName.EXERCISE:
        return words.say("exercise"), _until("ends", local, words, occasion), words.say("exercise_word")
    if occasion.demonstration:
        return words.say("demonstration"), None, words.say("demonstration_word")
    if local:
        return _until("operator", local, words, occasion, by=local.by), None, None
    return None, None, None


def _until(key: str, local: LocalSetting, words: Words, occasion: Occasion, **fill: str) -> str:
    """A phrase with an end: the time alone where it is today."""
    today = occasion.local(occasion.now).date() == occasion.local(local.until).date()
    return words.say(key if today else f"{key}_day", **fill, **_when(local.until, words, occasion))


def _change(display: Display, profile: Profile, country: CountryWords, words: Words) -> str | None:
    if display.state in _NO_CHANGE:
        return None
    date = words.date(display.changed) if display.changed else None
    rising = _rising(display, profile)
    if display.previous and rising is not None:
        key = "raised" if rising else "lowered"
        level = country.level[display.previous]
        return words.say(f"{key}_on", level=level, date=date) if date else words.say(key, level=level)
    return words.say("dated", date=date) if date else None


def _rising(display: Display, profile: Profile) -> bool | None:
    if display.previous in {None, display.level} or display.state in _NO_CHANGE:
        return None
    return profile.scale.rank(display.previous) < (display.rank or 0)


def _origin(display: Display, country: CountryWords, words: Words) -> str:
    if display.local:
        return words.say("exercise_origin" if display.state is StateName.EXERCISE else "operator_origin")
    set_by = country.set_by[display.area]
    return f"{set_by} · {words.say('source', name=display.source)}" if display.source else ""


def _mark(mark: Mark, display: Display, profile: Profile, country: CountryWords, words: Words) -> str:
    if mark is Mark.CONFLICT:
        # Above a level of the sources it is one that too few of them state.
        stated = [report.level for report in display.sources if report.level]
        highest = max(stated, key=profile.scale.rank, default=None)
        if highest and display.rank and profile.scale.rank(highest) > display.rank:
            return words.say("mark_operator", level=country.level[highest])
        if display.state is StateName.OPERATOR:
            return words.say("mark_operator_last")
    return words.say(f"mark_{mark.replace('-', '_')}")


def _pattern(display: Display) -> Pattern:
    if display.state is StateName.EXERCISE:
        return Pattern.EXERCISE
    return Pattern.HATCHED if display.state is StateName.STALE else Pattern.PLAIN
