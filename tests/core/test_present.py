"""Every word and colour of a picture: exact sentences, and what no picture may ever say."""

import re
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.core.model import Display, LocalSetting, Mark, Problem, SourceReport, StateName
from kiosk.core.present import Occasion, present
from kiosk.core.screen import Pattern, Sign
from kiosk.core.venue import OwnContact, Venue
from kiosk.formats.text import named_levels
from tests.core.pictures import (
    DISPLAYS,
    EXERCISE,
    LAST_KNOWN,
    LIVE,
    NOW,
    OPERATOR,
    STALE,
    TOO_OLD,
    UK,
    UNKNOWN,
    WORDS,
    in_london,
    picture,
    texts,
)

SENTENCES = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text("utf-8"))
MARKS = SENTENCES.pop("marks")
TEXTS = ("strip", "strip_end", "lead", "level", "meaning", "change", "age", "origin")


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("name", SENTENCES)
def test_every_state_says_its_sentences_and_no_others(name: str, language: str) -> None:
    screen = picture(DISPLAYS[name], language)
    found = {text: getattr(screen, text) for text in TEXTS}
    assert {text: said for text, said in found.items() if said} == SENTENCES[name][language]
    assert (screen.language, screen.clock, screen.place) == (language, "14:32", "Riverside Hall")


@pytest.mark.parametrize("display", DISPLAYS.values(), ids=DISPLAYS)
def test_a_summary_says_what_the_picture_says(display: Display) -> None:
    screen = picture(display)
    for part in (screen.strip, screen.lead, screen.heading, screen.level, screen.meaning.rstrip("."), screen.age):
        assert (part or "") in screen.summary


@pytest.mark.parametrize(
    ("previous", "changed", "told", "rising"),
    [
        ("CRITICAL", True, "Lowered from Critical, 30 April 2026", False),
        ("CRITICAL", False, "Lowered from Critical", False),
        ("LOW", False, "Raised from Low", True),
        (None, True, "Statement of 30 April 2026", None),
        ("SEVERE", True, "Statement of 30 April 2026", None),
        (None, False, None, None),
    ],
)
def test_the_change_says_no_more_than_is_known(
    previous: str | None,
    changed: bool,  # noqa: FBT001 - a column of the table above
    told: str | None,
    rising: bool | None,  # noqa: FBT001 - as above
) -> None:
    display = replace(LIVE, previous=previous, changed=LIVE.changed if changed else None)
    screen = picture(display)
    assert (screen.change, screen.rising) == (told, rising)


# ---------------------------------------------------------------- ages and times


@pytest.mark.parametrize(
    ("age", "told"),
    [
        (timedelta(seconds=59), "Confirmed just now"),
        (timedelta(seconds=60), "Confirmed 1 minute ago"),
        (timedelta(minutes=59, seconds=59), "Confirmed 59 minutes ago"),
        (timedelta(minutes=119, seconds=59), "Confirmed 1 hour ago"),
        (timedelta(hours=23, minutes=59), "Confirmed 23 hours ago"),
        (timedelta(hours=47), "Confirmed 1 day ago"),
        (timedelta(days=6, hours=23), "Confirmed 6 days ago"),
        (timedelta(days=7), "Confirmed 22 November 2026, 14:30"),
        (None, "Confirmed 22 November 2026, 14:30"),
    ],
)
def test_an_age_is_rounded_down_and_from_a_week_on_a_date(age: timedelta | None, told: str) -> None:
    assert picture(replace(LIVE, age=age)).age == told


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("display", [LIVE, STALE, replace(STALE, attempted=None)], ids=["live", "stale", "new"])
def test_with_a_clock_that_cannot_be_trusted_dates_are_told_and_no_ago_and_no_time_of_day(
    display: Display, language: str
) -> None:
    screen = picture(replace(display, marks=(Mark.CLOCK,)), language)
    assert "2026" in screen.age
    assert not re.search(r"\bago\b|yn ôl|nawr|just now", " ".join(texts(screen)))
    assert screen.clock == ""


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (datetime(2026, 7, 1, 12, 0, tzinfo=UTC), "1 July 2026, 13:00"),
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), "31 December 2026, 23:59"),
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "1 July 2026, 00:30"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "25 October 2026, 01:30"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "25 October 2026, 01:30"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "29 March 2026, 02:00"),
    ],
)
def test_a_time_is_the_venues_own_with_the_offset_of_its_own_day(moment: datetime, told: str) -> None:
    assert told in picture(replace(LAST_KNOWN, confirmed=moment)).age


def test_the_end_of_a_local_level_names_its_day_unless_that_is_today_at_the_venue() -> None:
    late = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)  # 23:30 in London
    local = LocalSetting("Ann", "a drill", late + timedelta(hours=1))
    screen = picture(replace(EXERCISE, local=local), now=late)
    assert screen.strip_end == "Ends 2 July 2026, 00:30"
    screen = picture(replace(OPERATOR, local=local), now=late)
    assert screen.strip == "Set locally by Ann until 2 July 2026, 00:30"


# ---------------------------------------------------------------- colours, ladder, signs


def test_only_a_level_that_may_be_believed_has_its_colour() -> None:
    severe = UK.looks["SEVERE"]
    for display in (LIVE, STALE, OPERATOR):
        colours = picture(display).colours
        assert (colours.banner, colours.banner_ink, colours.accent) == (severe.colour, severe.ink, severe.accent)
    levels_colours = {colour for look in UK.looks.values() for colour in (look.colour, look.accent)}
    for display in (LAST_KNOWN, UNKNOWN, TOO_OLD):
        colours = picture(display).colours
        assert not {colours.banner, colours.accent, colours.footer, colours.strip} & levels_colours


def test_a_state_is_told_apart_without_colour() -> None:
    shapes = {display.state: (picture(display).pattern, picture(display).sign) for display in DISPLAYS.values()}
    assert shapes == {
        StateName.LIVE: (Pattern.PLAIN, Sign.CONFIRMED),
        StateName.STALE: (Pattern.HATCHED, Sign.WARNING),
        StateName.LAST_KNOWN: (Pattern.PLAIN, Sign.WARNING),
        StateName.UNKNOWN: (Pattern.PLAIN, Sign.WARNING),
        StateName.OPERATOR: (Pattern.PLAIN, Sign.WARNING),
        StateName.EXERCISE: (Pattern.EXERCISE, Sign.WARNING),
    }


def test_the_ladder_is_filled_up_to_a_level_in_force_and_points_only_at_a_last_known_one() -> None:
    def ladder(display: Display) -> tuple[list[bool], list[bool]]:
        steps = picture(display).ladder
        return [step.reached for step in steps], [step.current for step in steps]

    fourth = [False, False, False, True, False]
    assert ladder(LIVE) == ([True, True, True, True, False], fourth)
    assert ladder(LAST_KNOWN) == ([False] * 5, fourth)
    assert ladder(UNKNOWN) == ([False] * 5, [False] * 5)


def test_guidance_for_a_level_goes_with_its_colour_and_the_hotlines_stay_for_ever() -> None:
    own = UK.words["en"].guidance["SEVERE"]
    always = UK.words["en"].guidance_always
    assert picture(LIVE).guidance == own + always
    for display in (LAST_KNOWN, UNKNOWN):
        screen = picture(display)
        assert screen.guidance == always
        assert [contact.number for contact in screen.contacts] == ["999", "0800 789 321", "gov.uk/ACT"]


# ---------------------------------------------------------------- strips and marks


def test_a_demonstration_says_so_over_everything_in_every_state() -> None:
    for display in DISPLAYS.values():
        screen = picture(display, demonstration=True)
        assert screen.strip
        assert screen.watermark
        assert screen.strip in screen.summary
    assert picture(LIVE, demonstration=True).watermark == "DEMONSTRATION"
    assert picture(LIVE, "cy", demonstration=True).watermark == "ARDDANGOSIAD"
    assert picture(EXERCISE, demonstration=True).watermark == "EXERCISE"
    assert picture(LIVE).watermark is None


def test_every_mark_is_a_sentence_in_both_languages() -> None:
    for language, sentences in MARKS.items():
        assert list(picture(replace(LIVE, marks=tuple(Mark)), language).marks) == sentences


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        (("CRITICAL",), "The public source states a higher level: Critical."),
        (("LOW", "CRITICAL"), "The public source states a higher level: Critical."),
        (("LOW",), "The public source last stated a higher level."),
        ((), "The public source last stated a higher level."),
    ],
)
def test_under_an_operators_level_only_a_higher_one_is_called_higher(stated: tuple[str, ...], told: str) -> None:
    sources = tuple(SourceReport(level, True, level, None, None) for level in stated)
    assert picture(replace(OPERATOR, marks=(Mark.CONFLICT,), sources=sources)).marks == (told,)


# ---------------------------------------------------------------- whatever comes

moments = st.datetimes(datetime(1971, 1, 1), datetime(2900, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
levels = st.sampled_from(UK.scale.levels)
reports = st.builds(
    SourceReport, st.text(max_size=9), st.booleans(), st.none() | levels, st.none() | st.sampled_from(Problem)
    , st.none() | st.text(max_size=9),
)  # fmt: skip


@st.composite
def displays(draw: st.DrawFn) -> Display:
    """Any display that keeps what ``test_derive`` proves of every one."""
    state = draw(st.sampled_from(StateName))
    level = None if state is StateName.UNKNOWN else draw(levels)
    local = None
    if state in {StateName.OPERATOR, StateName.EXERCISE}:
        local = LocalSetting(draw(st.text(max_size=9)), draw(st.text(max_size=9)), draw(moments))
    return Display(
        state=state,
        marks=tuple(draw(st.sets(st.sampled_from(Mark)))),
        level=level,
        rank=UK.scale.rank(level) if level else None,
        of=5,
        area=draw(st.sampled_from(UK.areas)),
        previous=draw(st.none() | levels),
        changed=draw(st.none() | st.dates()),
        confirmed=draw(st.none() | moments),
        age=draw(st.none() | st.timedeltas(timedelta(), timedelta(days=99999))),
        attempted=draw(st.none() | moments),
        source=draw(st.none() | st.text(max_size=9)),
        statement=draw(st.none() | st.text(max_size=9)),
        local=local,
        sources=tuple(draw(st.lists(reports, max_size=3))),
    )


@given(display=displays(), language=st.sampled_from(UK.languages), now=moments, demonstration=st.booleans())
def test_any_display_has_a_picture(display: Display, language: str, now: datetime, *, demonstration: bool) -> None:
    screen = picture(display, language, now=now, demonstration=demonstration)
    assert screen.level
    assert screen.is_level == (display.level is not None)
    assert len(screen.ladder) == 5
    assert sum(step.current for step in screen.ladder) == (display.level is not None)
    assert (screen.pattern is Pattern.EXERCISE) == (display.state is StateName.EXERCISE)
    if display.state is StateName.LAST_KNOWN:
        assert screen.lead == WORDS[language].phrases["last_known"]


@given(display=displays(), language=st.sampled_from(UK.languages))
def test_where_nothing_is_confirmed_no_text_names_a_level(display: Display, language: str) -> None:
    nothing = replace(display, state=StateName.UNKNOWN, level=None, rank=None, local=None, source=None)
    screen = present(nothing, UK, WORDS[language], Occasion(NOW, in_london))
    for text in texts(screen):
        assert named_levels(text, UK.scale) == []
        for spoken, words in UK.words.items():
            edge = "" if spoken == "zh" else r"\b"  # Chinese has no spaces
            for word in words.level.values():
                assert not re.search(f"{edge}{word}{edge}", text, re.IGNORECASE), text


# ---------------------------------------------------------------- several sources


def test_a_higher_level_that_too_few_sources_state_is_told() -> None:
    reports = (SourceReport("A", True, "SEVERE", None, None), SourceReport("B", True, "CRITICAL", None, None))
    marks = picture(replace(LIVE, marks=(Mark.CONFLICT,), sources=reports)).marks
    assert marks == ("The public source states a higher level: Critical.",)


def test_a_source_that_still_states_the_level_is_not_said_to_state_another() -> None:
    reports = (
        SourceReport("A", True, "SEVERE", None, None),
        SourceReport("B", False, None, Problem.TIMEOUT, "B did not answer."),
    )
    assert "another level" not in picture(replace(STALE, sources=reports)).age


def test_what_the_venue_wrote_keeps_its_own_direction_on_a_screen_of_the_other() -> None:
    venue = Venue(
        "Tŵr, Hall.",
        notice={"": ("Desk, 9 to 5.", "مكتب الاستقبال.")},
        contact=OwnContact({"": "Desk, floor 1."}, "1234"),
    )
    occasion = Occasion(NOW, in_london, venue)
    told = {language: present(LIVE, UK, WORDS[language], occasion) for language in ("ar", "en")}
    isolated = "\u2068{}\u2069".format
    assert (told["ar"].place, told["en"].place) == (isolated("Tŵr, Hall."), "Tŵr, Hall.")
    assert told["ar"].notice == (isolated("Desk, 9 to 5."), "مكتب الاستقبال.")
    assert told["en"].notice == ("Desk, 9 to 5.", isolated("مكتب الاستقبال."))
    assert [screen.contacts[-2].label for screen in told.values()] == [
        isolated("Desk, floor 1."),
        "Desk, floor 1.",
    ]
