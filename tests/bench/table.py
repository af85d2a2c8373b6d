"""The figures as a table for people."""

from collections.abc import Iterable, Sequence

from tests.bench.goals import COLUMNS, Goal, Row, met

_NAMES = {"bare": "bare Qt", "kiosk": "kiosk", "chromium": "Chromium", "packaged": "packaged"}
_LONGEST_FAILURE = 80  # characters; the JSON has all of it
_VERDICTS = {True: "met", False: "NOT MET", None: "not judged"}


def table(rows: Iterable[Row]) -> str:
    """Markdown: a line for each figure, with its ratios beside the goals."""
    lines = [("figure", *(_NAMES[name] for name in COLUMNS), "goals")]
    for row in rows:
        figure = row.figure
        numbers = (_number(row.medians.get(name)) for name in COLUMNS)
        told = "; ".join(_judged(row, goal) for goal in figure.goals)
        if row.failure:
            told = f"FAILED: {row.failure[:_LONGEST_FAILURE]}"
        lines.append((f"{figure.what}, {figure.unit}".rstrip(", "), *numbers, told))
    lines.insert(1, ("---", *("--:" for _ in COLUMNS), "---"))
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(_line(line, widths) for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (
        cell.ljust(width) if column in {0, len(cells) - 1} else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return f"| {' | '.join(padded)} |"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}" if abs(value) < 100 else f"{value:,.0f}"


def _judged(row: Row, goal: Goal) -> str:
    ratio = row.ratio(goal)
    whose = "packaged " if goal.program == "packaged" else ""
    of = f" x {_NAMES[goal.of]}" if goal.of else f" {row.figure.unit}"
    found = "" if ratio is None else f"{ratio:.3g} "
    return f"{whose}{found}of at most {goal.most:g}{of}: {_VERDICTS[met(row, goal)]}"
