"""How the United Kingdom's authorities name the two levels: the subjects of their sentences, by area.

Two areas, two levels, never merged. Each pattern is a fragment for a larger one that is anchored at both
ends; what only nearly fits is no statement.
"""

import re

from kiosk.core.model import Problem, Scale
from kiosk.errors import Refused
from kiosk.formats.text import FLAGS, named_levels

NATIONAL = "UK"
NORTHERN_IRELAND = "NI"

WHOLE = (
    r"the (?:uk|united kingdom)"
    r"(?: \((?:england, wales, scotland,? and northern ireland|great britain and northern ireland)\))?"
)
ALL_TERRORISM = r"(?:all forms of |international )?terrorism"
# U+2010 and U+2011 are the hyphens that content systems put in.
NI_TERRORISM = r"northern ireland[-\u2010\u2011 ]related terrorism"
NI_SUBJECT = (
    rf"the (?:current )?(?:threat(?: level)? (?:to|in|for) northern ireland(?: from {NI_TERRORISM})?"
    rf"|threat level (?:for|from) {NI_TERRORISM} in northern ireland"
    rf"|{NI_TERRORISM} threat level in northern ireland)"
)
_MEANING = (
    r"(?:highly )?(?:unlikely|likely)|highly likely in the near future|possible,? but not likely"
    r"|a strong possibility|expected imminently"
)
MEANING = rf"an? (?:terrorist )?attack is (?:{_MEANING})"
MEANT = rf"(?:(?:,| [-\u2013\u2014]) (?:meaning|which means)(?: that)? {MEANING})?"
"""What a level means, said behind it; these words name no level."""

PLACE = rf"(?P<level>.+?){MEANT}\.?"
"""Where the level stands: all the rest of the sentence but its meaning, so that nothing can follow unseen."""

_DEFINITION = re.compile(rf"\W*\w+(?: (?:means|indicates)(?: that)?| ?[-:\u2013\u2014]) {MEANING}[.;]?\W*", FLAGS)


def is_definition(sentence: str, scale: Scale) -> bool:
    """Whether the sentence only says what one level means, or lists each level of the scale once."""
    named = named_levels(sentence, scale)
    if len(named) == 1:
        return bool(_DEFINITION.fullmatch(sentence))
    return len(named) == len(set(named)) == len(scale)


def check_area(area: str) -> None:
    """Refuses the question for an area of which these publishers state nothing."""
    if area not in {NATIONAL, NORTHERN_IRELAND}:
        raise Refused(
            Problem.NO_LEVEL,
            f"This source states no level for “{area}”; set the area to {NATIONAL} or {NORTHERN_IRELAND}.",
        )
