"""The picture of a span of the display log: its words, colours and places; ``kiosk.ui.timeline`` draws that."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from kiosk.core.axis import Tick, ticks
from kiosk.core.model import Display, Mark, StateName
from kiosk.core.profile import Profile
from kiosk.core.theme import DAY
from kiosk.core.timeline import Stretch
from kiosk.core.wording import Words


class Fill(StrEnum):
    """How a bar is filled: a state is told by its pattern, without any colour."""

    PLAIN = "plain"
    HATCHED = "hatched"
    NEUTRAL = "neutral"
    EMPTY = "empty"
    FRAMED = "framed"
    DRILL = "drill"
    OFF = "off"
    UNKNOWN = "unknown"


class Lane(Struct, frozen=True):
    """One row of the chart: its word, and the level's colours where it is that of a level."""

    label: str
    colour: str
    ink: str


class Bar(Struct, frozen=True):
    """A stretch in a lane, or over all lanes where ``lane`` is None; places are shares of the span, 0 to 1.

    Attributes:
        labels: what may stand in it, the longest first.
    """

    lane: int | None
    begin: float
    end: float
    fill: Fill
    colour: str
    ink: str
    labels: tuple[str, ...] = ()


class Flag(Struct, frozen=True):
    """A stretch with a mark: the sources disagreed, or the clock was in doubt."""

    mark: Mark
    begin: float
    end: float


class Key(Struct, frozen=True):
    """One entry of the legend: how a fill or a mark looks, and what it means."""

    look: Fill | Mark
    label: str


class Chart(Struct, frozen=True):
    """One chart in one language.

    Attributes:
        title, place, heading, span: the lines over it; the place may be empty.
        lanes: from the top.
        axes: the marks of the time axis, the most detailed first; the first that fits is drawn.
    """

    language: str
    right_to_left: bool
    title: str
    place: str
    heading: str
    span: str
    lanes: tuple[Lane, ...]
    bars: tuple[Bar, ...]
    flags: tuple[Flag, ...]
    axes: tuple[tuple[Tick, ...], ...]
    keys: tuple[Key, ...]


_FILLS = {
    StateName.LIVE: Fill.PLAIN,
    StateName.STALE: Fill.HATCHED,
    StateName.LAST_KNOWN: Fill.NEUTRAL,
    StateName.UNKNOWN: Fill.EMPTY,
    StateName.OPERATOR: Fill.FRAMED,
    StateName.EXERCISE: Fill.DRILL,
}
_SAYS = {
    Fill.PLAIN: "history_live",
    Fill.HATCHED: "history_stale",
    Fill.NEUTRAL: "last_known",
    Fill.EMPTY: "unknown",
    Fill.FRAMED: "history_operator",
    Fill.DRILL: "exercise_word",
    Fill.OFF: "history_off",
    Fill.UNKNOWN: "history_lost",
}
_MARKS = {Mark.CONFLICT: "history_conflict", Mark.CLOCK: "history_clock"}


def chart(
    found: Sequence[Stretch],
    profile: Profile,
    area: str,
    place: str,
    words: Words,
    local: Callable[[datetime], datetime],
) -> Chart:
    """The chart of stretches that follow each other without a gap, at least one."""
    since, until = found[0].begin, found[-1].end
    whole = max((until - since) / timedelta(seconds=1), 1.0)

    def share(moment: datetime) -> float:
        return (moment - since) / timedelta(seconds=1) / whole

    country = profile.words[words.language]
    neutral, neutral_ink = DAY.neutral
    levels = profile.scale.levels[::-1]
    lanes = [
        Lane(country.level[level].upper(), profile.looks[level].colour, profile.looks[level].ink)
        for level in levels
    ]
    rows: dict[str | None, int] = {level: row for row, level in enumerate(levels)}
    rows[None] = len(lanes)
    lanes.append(Lane(words.say("unknown"), DAY.page[0], DAY.page[1]))
    drills = any(stretch.display and stretch.display.state is StateName.EXERCISE for stretch in found)
    if drills:
        lanes.append(Lane(words.say("exercise_word"), *DAY.strip))

    def bar(stretch: Stretch) -> Bar:
        begin, end, shown = share(stretch.begin), share(stretch.end), stretch.display
        if shown is None:
            fill = Fill.OFF if stretch.known else Fill.UNKNOWN
            return Bar(None, begin, end, fill, *DAY.page[:2], (words.say(_SAYS[fill]),))
        fill = _FILLS[shown.state]
        lane = len(lanes) - 1 if fill is Fill.DRILL else rows[shown.level]
        colour, ink = (neutral, neutral_ink) if fill is Fill.NEUTRAL else (lanes[lane].colour, lanes[lane].ink)
        return Bar(lane, begin, end, fill, colour, ink, _labels(shown, fill, profile, words))

    bars = tuple(_joined(map(bar, found)))
    flags = tuple(
        Flag(mark, share(stretch.begin), share(stretch.end))
        for stretch in found
        for mark in _MARKS
        if stretch.display and mark in stretch.display.marks
    )
    looks: list[Fill | Mark] = [fill for fill in Fill if any(bar.fill is fill for bar in bars)]
    looks += [mark for mark in _MARKS if any(flag.mark is mark for flag in flags)]
    says: dict[Fill | Mark, str] = dict((*_SAYS.items(), *_MARKS.items()))
    return Chart(
        language=words.language,
        right_to_left=words.right_to_left,
        title=words.say("history_title"),
        place=words.apart(place),
        heading=country.heading[area],
        span=words.span(local(since), local(until)),
        lanes=tuple(lanes),
        bars=bars,
        flags=flags,
        axes=ticks(since, until, words, local),
        keys=tuple(Key(look, words.say(says[look])) for look in looks),
    )


def _joined(bars: Iterable[Bar]) -> Iterator[Bar]:
    """Bars that go on as another that looks the same, such as where a mark began, as one."""
    last: Bar | None = None
    for bar in bars:
        if last and replace(last, begin=bar.begin, end=bar.end) == bar and last.end == bar.begin:
            last = replace(last, end=bar.end)
            continue
        if last:
            yield last
        last = bar
    if last:
        yield last


def _labels(shown: Display, fill: Fill, profile: Profile, words: Words) -> tuple[str, ...]:
    """What may stand in a bar: the level and how sure it is, the level, or nothing."""
    state = words.say(_SAYS[fill])
    if shown.level is None:
        return (state,)
    level = profile.words[words.language].level[shown.level].upper()
    if fill is Fill.DRILL:
        return (f"{state} · {level}", state)
    return (level,) if fill is Fill.PLAIN else (f"{level} · {state}", level)
