"""Moves from one level to another: their verbs, and which of them can be."""

from kiosk.core.model import Problem, Scale
from kiosk.errors import Refused
from kiosk.formats.text import excerpt

_UP = frozenset(("raised", "increased", "upgraded", "heightened"))
_DOWN = frozenset(("lowered", "reduced", "downgraded", "decreased"))

MOVED = "|".join(sorted(_UP | _DOWN | {"changed", "moved"}))
"""A fragment of a pattern: the participles that tell a move."""


def check_move(move: str, previous: str | None, level: str, scale: Scale, sentence: str) -> None:
    """Refuses "raised from severe to substantial", and a rise to the lowest level (ambiguous)."""
    verb = move.lower()
    reached = scale.rank(level)
    left = scale.rank(previous) if previous else None
    rose = reached > (left or 1)
    fell = reached < (left or len(scale))
    if (verb in _UP and not rose) or (verb in _DOWN and not fell) or left == reached:
        raise Refused(
            Problem.AMBIGUOUS,
            f"The document says “{excerpt(sentence)}”, a move that can't be; read the source yourself.",
        )
