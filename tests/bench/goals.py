"""What is measured, what is to be reached, and what counts as worse than before: pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median

BARE, KIOSK, CHROMIUM, PACKAGED = "bare", "kiosk", "chromium", "packaged"
COLUMNS = (BARE, KIOSK, CHROMIUM, PACKAGED)
"""A bare window of Qt with one label, the installed kiosk, Chromium with its picture, and the frozen kiosk."""

SLACK = 0.15
"""How much a ratio may grow against the recorded one before it is a regression."""


@dataclass(frozen=True, slots=True)
class Goal:
    """At most ``most`` times the figure of the program ``of``; of nobody, at most ``most`` itself."""

    most: float
    of: str | None = None
    program: str = KIOSK


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table.

    Attributes:
        key: in the JSON; what stands before its dot is the measurement that takes it.
        what: for people.
        unit: of the numbers.
        goals: those of issue 8.
    """

    key: str
    what: str
    unit: str
    goals: tuple[Goal, ...] = ()


FIGURES = (
    Figure(
        "start.warm",
        "exec to complete first picture, warm",
        "ms",
        (Goal(1.15, BARE), Goal(0.40, CHROMIUM), Goal(1.00, BARE, PACKAGED)),
    ),
    Figure("start.cold", "the same, nothing in the page cache", "ms"),
    Figure("live", "exec to the live level of a local server", "ms", (Goal(1.8, BARE),)),
    Figure("memory.peak", "peak PSS", "MB"),
    Figure(
        "memory.steady",
        "steady PSS, after an hour's worth of polls",
        "MB",
        (Goal(1.6, BARE), Goal(0.20, CHROMIUM)),
    ),
    Figure("idle.cpu", "idle, polls included: CPU", "s", (Goal(0.05, CHROMIUM),)),
    Figure("idle.switches", "idle, polls included: context switches", "", (Goal(0.03, CHROMIUM),)),
    Figure("push.file", "changed file to changed pixel", "ms", (Goal(25), Goal(2, CHROMIUM))),
    Figure("push.broker", "published at a broker to changed pixel", "ms", (Goal(25), Goal(2, CHROMIUM))),
    Figure("paint.1080p", "full repaint at 1920x1080: CPU", "ms"),
    Figure("paint.4k", "full repaint at 3840x2160: CPU", "ms", (Goal(16),)),
    Figure("paint.other", "another level at 1920x1080, arranged and painted: CPU", "ms"),
    Figure("fade", "another level in a cross-fade of 400 ms: CPU", "ms", (Goal(0.25, CHROMIUM),)),
    Figure("changes.each", "each of 10,000 changes of the level", "ms"),
    Figure("changes.growth", "growth of memory after the first 1,000 of them", "MB", (Goal(1),)),
    Figure("size", "installed size", "MB"),
)

MEASUREMENTS = tuple(dict.fromkeys(figure.key.partition(".")[0] for figure in FIGURES))

Taken = Mapping[str, list[float]]
"""What one measurement found for one figure: the single values of each program."""


@dataclass(frozen=True, slots=True)
class Row:
    """A figure as it was measured: the median of each program, or why there is none."""

    figure: Figure
    medians: Mapping[str, float]
    failure: str = ""

    def ratio(self, goal: Goal) -> float | None:
        """The program's share of the other's figure; of nobody, the figure itself; None where one is missing."""
        ours = self.medians.get(goal.program)
        theirs = 1.0 if goal.of is None else self.medians.get(goal.of)
        return None if ours is None or not theirs else ours / theirs


def row(figure: Figure, taken: Taken, failure: str = "") -> Row:
    """The medians of what was taken; a program of which nothing was taken has none."""
    return Row(figure, {program: median(values) for program, values in taken.items() if values}, failure)


def met(row: Row, goal: Goal) -> bool | None:
    """Whether a goal is reached; None where it could not be judged."""
    ratio = row.ratio(goal)
    return None if ratio is None else ratio <= goal.most


def ratios(rows: list[Row]) -> dict[str, float]:
    """What is recorded and compared: of each figure and program its share of the bare window's, or of Chromium's.

    Only shares are the same on another machine, so a figure with neither is left out.
    """
    found = {}
    for row in rows:
        base = next((program for program in (BARE, CHROMIUM) if row.medians.get(program)), None)
        for program in (KIOSK, PACKAGED):
            if base and program in row.medians:
                found[f"{row.figure.key} {program}/{base}"] = round(row.medians[program] / row.medians[base], 4)
    return found


def regressions(now: Mapping[str, float], recorded: Mapping[str, float]) -> Iterator[str]:
    """One sentence for each ratio that grew by more than ``SLACK``; what was not measured is not judged."""
    for name in sorted(now.keys() & recorded.keys()):
        if now[name] > recorded[name] * (1 + SLACK):
            yield f"{name} was {recorded[name]:.3g} and is {now[name]:.3g}."
