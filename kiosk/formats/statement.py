"""A statement in prose by the UK's authorities, as plain text.

Prose names levels for many reasons. Every sentence that names one has to be accounted for: it states the
current level in one of the exact shapes of ``statement_grammar``, or only explains what a level means. One
sentence that does neither, and nothing is read from the whole statement.
"""

import re
from collections.abc import Iterator
from datetime import date

from kiosk.core.model import Problem, Reading, Scale
from kiosk.errors import Refused
from kiosk.formats import uk
from kiosk.formats.ask import Ask
from kiosk.formats.dates import MONTH, WEEKDAY, iso_day, midnight, month_number
from kiosk.formats.html import is_page, not_a_feed
from kiosk.formats.statement_grammar import Claim, claim_of, unquoted_words
from kiosk.formats.text import FLAGS, clean, decoded, excerpt, named_levels, opening, sentences, statement_of

_DATED = re.compile(r"\s*date:? (\d{4}-\d{2}-\d{2})\b[.,:]?\s*", FLAGS)
_TODAY = re.compile(rf"(?P<weekday>{WEEKDAY})?,? ?(?P<day>\d+)\w* (?P<month>{MONTH}) ?(?P<year>\d+)?", FLAGS)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CONSEQUENCE = re.compile(r"\W*the threat level moving to \w+ means\b[^.?!]*\.?\W*", FLAGS)

_NOT_ACTUAL = re.compile(
    r"\b(?:exercises?|drill|rehearsal|simulat\w+|training|tests?|draft|embargo\w*|hypothetical\w*|fiction\w*"
    r"|scenarios?|template|withdrawn|superseded|archived?|obsolete|out of date|expired|no longer in force)\b",
    FLAGS,
)
_DOUBT = re.compile(
    r"\b(?:rumou?rs?|untrue|not true|false\w*|fake|hoax|(?:mis|dis)information|incorrect\w*|retract\w*"
    r"|erroneous\w*|in error|by mistake|satir\w+|parody|spoof|speculat\w+|alleged\w*|unconfirmed"
    r"|den(?:y|ies|ied))\b",
    FLAGS,
)
# Whose level it is, somewhere: other nations have a "national threat level", too.
_WHOSE = re.compile(r"\b(?:UK|United Kingdom|JTAC|Joint Terrorism Analysis Centre|MI5|Northern Ireland)\b")
_QUOTES = '\u201c\u201d"«»„\u2018'


def decode(document: bytes, ask: Ask) -> Reading:
    """The level of the area UK or NI that the statement gives as the current one.

    ``changed`` and ``issued`` come from a date at the start of the document ("date 2021-11-15") or from a
    full date after "Today"; where the two differ, from neither.
    """
    uk.check_area(ask.area)
    text = _prose(document)
    dated = _DATED.match(text)
    body = text[dated.end() :] if dated else text
    claims, loose = _sorted_out(body, ask.scale)
    claims = [claim for claim in claims if claim.area == ask.area]
    _check_circumstances(body, claims, loose)
    previous = {claim.previous for claim in claims} - {None}
    if len({claim.level for claim in claims}) > 1 or len(previous) > 1:
        raise _ambiguous("The statement gives two different levels")
    day = _day(iso_day(dated[1]) if dated else None, claims)
    return Reading(
        level=claims[0].level,
        area=ask.area,
        statement=statement_of(claims[0].sentence),
        previous=previous.pop() if previous else None,
        changed=day,
        issued=midnight(day),
    )


def _prose(document: bytes) -> str:
    if is_page(document) or opening(document).startswith((b"<", b"{", b"[")):
        raise not_a_feed("a plain text")
    text = decoded(document)
    # A last line that was cut off could go on in any way ("is low" - "er than last year").
    return text if text.endswith("\n") or text.rstrip('"\u201d\u2019)').endswith((".", "!", "?")) else text + " …"


def _sorted_out(text: str, scale: Scale) -> tuple[list[Claim], list[str]]:
    """The sentences that state a level, and those that name one without stating or explaining it."""
    claims: list[Claim] = []
    loose: list[str] = []
    for sentence, quoted in _sentences(text):
        claim = None if quoted else claim_of(sentence, scale)
        if claim:
            claims.append(claim)
        elif named_levels(sentence, scale) and not uk.is_definition(unquoted_words(sentence), scale):
            loose.append(sentence)
    levels = {claim.level for claim in claims}
    return claims, [sentence for sentence in loose if not _only_follows(sentence, levels, scale)]


def _only_follows(sentence: str, levels: set[str], scale: Scale) -> bool:
    """Whether the sentence explains what the level that was just stated means for people."""
    return set(named_levels(sentence, scale)) <= levels and bool(_CONSEQUENCE.fullmatch(sentence))


def _sentences(text: str) -> Iterator[tuple[str, bool]]:
    """Each sentence, and whether it may be somebody's words: quoted in its paragraph, or after a colon.

    A quotation that isn't closed goes on in the next paragraph.
    """
    still_open, before = False, ""
    for paragraph in re.split(r"\n[ \t\r]*\n", text):
        line = clean(paragraph)
        marks = [character for character in unquoted_words(line) if character in _QUOTES]
        for sentence in sentences(line):
            yield sentence, still_open or bool(marks) or before.endswith(":")
            before = sentence
        if marks:
            still_open = marks[-1] in "\u201c«„\u2018" or marks.count('"') % 2 == 1


def _check_circumstances(text: str, claims: list[Claim], loose: list[str]) -> None:
    """Refuses what surrounds the claims, or that there are none."""
    if found := _NOT_ACTUAL.search(text):
        raise Refused(
            Problem.NOT_ACTUAL,
            f"The statement speaks of “{excerpt(found[0])}”, so it may not be in earnest; read it yourself.",
        )
    if not claims or not _WHOSE.search(text):
        raise Refused(
            Problem.NO_LEVEL, "The statement doesn't say plainly what the level now is; read it yourself."
        )
    if loose:
        raise _ambiguous(f"The statement also says “{excerpt(loose[0])}”")
    if found := _DOUBT.search(text):
        raise _ambiguous(f"The statement speaks of “{excerpt(found[0])}”")


def _ambiguous(what: str) -> Refused:
    return Refused(Problem.AMBIGUOUS, f"{what}, so the level is not certain; read it yourself.")


def _day(dated: date | None, claims: list[Claim]) -> date | None:
    """The day of the statement, or None where its dates are missing, impossible or differ."""
    days = {_today(claim.today, dated) for claim in claims if claim.today}
    if dated:
        days.add(dated)
    return days.pop() if len(days) == 1 else None


def _today(words: str, dated: date | None) -> date | None:
    """The day that "Monday, 15 November" is, with the year of the document's date where it has none."""
    found = _TODAY.fullmatch(words)
    year = found and (int(found["year"]) if found["year"] else dated and dated.year)
    if not found or not year:
        return None
    try:
        day = date(year, month_number(found["month"]), int(found["day"]))
    except ValueError:
        return None
    weekday = _WEEKDAYS[day.weekday()]
    return day if (found["weekday"] or weekday).lower().startswith(weekday) else None
