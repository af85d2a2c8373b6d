"""Judges a share of the combined screens in a process of its own: the scale of a process is settled at its start.

Usage: python -m tests.ui.trial COUNT WITNESSED SCALE PART PARTS. Prints a JSON object: how many screens were
judged, how many of them were read by the witness, and the complaints.
"""

import json
import sys
from collections.abc import Iterator, Sequence

from tests.ui.combinations import Case, cases, draw, keep
from tests.ui.judges import judge_contrast, judge_places, judge_sizes
from tests.ui.ocr import judge_readability
from tests.ui.sights import SIGHTS, pixels


def judge(case: Case, sights: Sequence[str], *, again: bool) -> Iterator[str]:
    """The complaints about one screen; the witness reads it with each of the sights."""
    drawn = draw(case)
    seen = pixels(drawn.picture)
    found = [*judge_places(drawn.report), *judge_sizes(drawn.report), *judge_contrast(drawn.report, seen)]
    if sights:
        found += judge_readability(drawn.report, seen, sights)
    if again and draw(case).picture != drawn.picture:
        found.append("the same screen gives another picture the second time")
    if found:
        kept = keep(case, drawn.picture)
        yield from (f"{' '.join(case)}: {complaint} ({case.command()}; see {kept})" for complaint in found)


def main(count: int, witnessed: int, scale: float, part: int, parts: int) -> None:
    """Every case of one scale whose number falls to this part."""
    chosen = [(number, case) for number, case in enumerate(cases(count)) if case.scale == scale][part::parts]
    every = count // witnessed
    complaints: list[str] = []
    for number, case in chosen:
        turn, rest = divmod(number, every)
        # Everything in colour, and every screen in one of the other sights: reading takes most of the time.
        sights = () if rest else (SIGHTS[0], SIGHTS[1 + turn % (len(SIGHTS) - 1)])
        complaints += judge(case, sights, again=number % 5 == 0)
    read = sum(number % every == 0 for number, _ in chosen)
    print(json.dumps({"judged": len(chosen), "read": read, "complaints": complaints}))  # noqa: T201 - the result


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
