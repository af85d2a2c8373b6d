"""Which sentences of an authority's prose state the current level: a few exact shapes, whole sentences only.

A sentence has to name whose level it is (the UK's, Northern Ireland's, or by JTAC) and has to end with the
level, or with that level's meaning. Speculation, denial, conditions, questions, the past and other subjects
fit none of the shapes.
"""

import re

from msgspec import Struct

from kiosk.core.model import Scale
from kiosk.formats import uk
from kiosk.formats.dates import MONTH, WEEKDAY
from kiosk.formats.moves import MOVED, check_move
from kiosk.formats.text import FLAGS, level_at

_LEAD = (
    rf"(?:today(?: \((?P<today>(?:{WEEKDAY},? )?\d{{1,2}}(?:st|nd|rd|th)? (?:{MONTH})(?: \d{{4}})?)\))?,? "
    r"|this (?:morning|afternoon|evening),? )?"
)
_AUTHORITY = (
    r"(?:the )?(?:(?:independent )?joint terrorism analysis centre(?: \(jtac\))?|jtac|mi5"
    r"|security service(?: \(mi5\))?|home secretary|home office|(?:uk )?government)"
)
_REPORTED = rf"(?:{_AUTHORITY} (?:has |have )?(?:today )?(?:confirmed|announced)(?: today)? that )?"
_KIND = r"(?:current |national |uk(?:['\u2019]s)? |united kingdom(?:['\u2019]s)? |terrorism |terrorist |terror )*"
_SUBJECT = (
    rf"(?:(?P<ni>{uk.NI_SUBJECT})"
    rf"|(?:the )?{_KIND}threat level(?: (?:to|for|in) {uk.WHOLE})?"
    rf"(?: from {uk.ALL_TERRORISM}(?: (?:to|for|in) {uk.WHOLE})?)?"
    rf"|the (?:current )?threat to {uk.WHOLE} from {uk.ALL_TERRORISM})"
)
_PLACE = r"(?P<level>[^\s,.;:?!]+)"
_CHANGE = rf"(?: from (?P<previous>[^\s,.;:?!]+),?)? to {_PLACE}"
_BY = rf"(?: by {_AUTHORITY})?"
# Names have capital letters: "never" and "wrongly" have none.
_ANNOUNCED = (
    rf"(?:, {_AUTHORITY}(?-i:(?: [A-Z][A-Za-z'\u2019-]+){{0,3}}) (?:has |have )?(?:today )?"
    r"(?:confirmed|announced)(?: today)?)?"
)
_END = rf"{uk.MEANT}{_ANNOUNCED}\.?"

_SHAPES = (
    rf"{_LEAD}{_REPORTED}{_SUBJECT} (?:is|remains|stays|stands)(?: now| currently)?(?: at)? {_PLACE}{_END}",
    rf"{_LEAD}{_REPORTED}{_SUBJECT} has(?: today| now)?(?: been)? (?P<move>{MOVED}){_CHANGE}{_BY}{_END}",
    rf"{_LEAD}{_AUTHORITY} (?:has|have)(?: today| now)? (?P<move>{MOVED}) {_SUBJECT}{_CHANGE}{_END}",
)
_PATTERNS = tuple(re.compile(shape, FLAGS) for shape in _SHAPES)

# Not "national": every nation has such a level. Not MI5: it sets Northern Ireland's level, so its bare "the
# threat level" could be that one.
_WHOSE = re.compile(r"\b(?:uk|united kingdom|jtac|joint terrorism analysis centre)\b", FLAGS)
_QUOTED_WORD = re.compile(r"(?<!\w)[\"'\u201c\u2018](\w+)[\"'\u201d\u2019]")


class Claim(Struct, frozen=True):
    """One sentence that states a level; ``today`` is the date that it calls today, as written."""

    area: str
    level: str
    previous: str | None
    today: str | None
    sentence: str


def unquoted_words(text: str) -> str:
    """The text without quotation marks around single words: the authority sets levels in them."""
    return _QUOTED_WORD.sub(r"\1", text)


def claim_of(sentence: str, scale: Scale) -> Claim | None:
    """What a cleaned sentence states about the current level, or None.

    Raises:
        Refused: unknown-level for a word that is not on the scale, ambiguous for an impossible move.
    """
    plain = unquoted_words(sentence)
    found = next(filter(None, (pattern.fullmatch(plain) for pattern in _PATTERNS)), None)
    if found is None or not (found["ni"] or _WHOSE.search(sentence)):
        return None
    parts = found.groupdict()
    level = level_at(found["level"], scale)
    previous = level_at(parts["previous"], scale) if parts.get("previous") else None
    if move := parts.get("move"):
        check_move(move, previous, level, scale, sentence)
    area = uk.NORTHERN_IRELAND if found["ni"] else uk.NATIONAL
    return Claim(area, level, previous, found["today"], sentence)
