"""The rules for colours, told once more and apart from the code that they judge."""

from collections.abc import Mapping
from itertools import combinations

from coloraide import Color

from kiosk.core.profile import Look

SIGHTS = ("normal", "protan", "deutan", "tritan")


def seen(colour: str, sight: str) -> Color:
    """A colour as that sight sees it."""
    return Color(colour) if sight == "normal" else Color(colour).filter(sight)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    return Color(one).contrast(Color(other), method="wcag21")


def apart(one: Look, other: Look, sight: str) -> float:
    """How far apart the colours of two levels are to that sight, in dE2000."""
    return seen(one.colour, sight).delta_e(seen(other.colour, sight), method="2000")


def every_rule_holds(looks: Mapping[str, Look]) -> bool:
    """Whether all texts can be read, all marks seen, and all levels told apart."""
    return (
        all(contrast(look.ink, look.colour) >= 7 for look in looks.values())
        and all(contrast(look.accent, "white") >= 3 for look in looks.values())
        and all(apart(*pair, sight) >= 15 for pair in combinations(looks.values(), 2) for sight in SIGHTS)
    )
