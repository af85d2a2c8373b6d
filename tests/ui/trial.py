"""Judges a share of the combined screens in a process of its own: the scale of a process is settled at its start.

Usage: python -m tests.ui.trial COUNT WITNESSED SCALE PART PARTS. Prints a JSON object: how many screens were
judged, how many of them were read by the witness, and the complaints.
"""

import json
import sys
from collections.abc import Iterator

from tests.ui.combinations import Case, cases, draw, keep
from tests.ui.judges import judge_contrast, judge_places, judge_sizes
from tests.ui.ocr import judge_readability
from tests.ui.sights import pixels


def judge(case: Case, *, witness: bool, again: bool) -> Iterator[str]:
    """The complaints about one screen."""
    drawn = draw(case)
    seen = pixels(drawn.picture)
    found = [*judge_places(drawn.report), *judge_sizes(drawn.report), *judge_contrast(drawn.report, seen)]
    if witness:
        found += judge_readability(drawn.report, seen)
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
        complaints += judge(case, witness=number % every == 0, again=number % 5 == 0)
    read = sum(number % every == 0 for number, _ in chosen)
    print(json.dumps({"judged": len(chosen), "read": read, "complaints": complaints}))  # noqa: T201 - the result


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
