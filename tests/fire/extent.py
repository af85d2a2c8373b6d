"""How much of each proof is run: a short form in every suite, the full one where ``KIOSK_TRUTH`` says ``full``."""

import os
import random
from collections.abc import Sequence
from typing import TypeVar

FULL = os.environ.get("KIOSK_TRUTH") in {"full", "long"}
LONG = os.environ.get("KIOSK_TRUTH") == "long"
SEED = int(os.environ.get("KIOSK_TRUTH_SEED", "20261124"))

T = TypeVar("T")


def extent(short: int, full: int, long: int | None = None) -> int:
    """The number of cases to try."""
    if LONG and long is not None:
        return long
    return full if FULL else short


def some(cases: Sequence[T], short: int) -> Sequence[T]:
    """All cases in the full form, else so many of them, the same at each run."""
    if FULL or short >= len(cases):
        return cases
    return random.Random(SEED).sample(cases, short)  # noqa: S311 - it chooses tests
