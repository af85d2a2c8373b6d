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
from kiosk.formats.circumstances import check_certain, check_earnest, names_another_country
from kiosk.formats.dates import MONTH, WEEKDAY, iso_day, midnight, month_number
from kiosk.formats.html import is_page, not_a_feed
from kiosk.formats.statement_grammar import Claim, claim_of, unquoted_words
from kiosk.formats.text import FLAGS, clean, decoded, excerpt, named_levels, opening, sentences, statement_of

_DATED = re.compile(r"\s*date:? (\d{4}-\d{2}-\d{2})\b[.,:]?\s*", FLAGS)
_TODAY = re.compile(rf"(?P<weekday>{WEEKDAY})?,? ?(?P<day>\d+)\w* (?P<month>{MONTH}) ?(?P<year>\d+)?", FLAGS)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CONSEQUENCE = re.compile(r"\W*the threat level moving to \w+ means\b[^.?!]*\.?\W*", FLAGS)

# Whose level it is, somewhere: other nations have a "national threat level", too.
_WHOSE = re.compile(r"\b(?:UK|United Kingdom|JTAC|Joint Terrorism Analysis Centre|MI5|Northern Ireland)\b")
# What is threatened: bird flu has a national level, too.
_ABOUT = re.compile(r"\b(?:terror(?:ism|ists?)?|JTAC|Joint Terrorism Analysis Centre|MI5)\b", FLAGS)
_BY_NAME = re.compile(r"\b(?:UK|United Kingdom)\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b", FLAGS)
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
    stated, before, after = _sorted_out(body, ask.scale)
    claims = [claim for claim in stated if claim.area == ask.area]
    _check_circumstances(body, claims, before + after, ask.scale)
    previous = {claim.previous for claim in claims} - {None}
    if len({claim.level for claim in claims}) > 1 or len(previous) > 1:
        raise _ambiguous("The statement gives two different levels")
    day = _day(iso_day(dated[1]) if dated else None, claims)
    _check_years(before, day)
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


def _sorted_out(text: str, scale: Scale) -> tuple[list[Claim], list[str], list[str]]:
    """The sentences that state a level, and the others: before the first of these, and after it."""
    claims: list[Claim] = []
    before: list[str] = []
    after: list[str] = []
    for sentence, quoted in _sentences(text):
        if not quoted and (claim := claim_of(sentence, scale)):
            claims.append(claim)
        else:
            (after if claims else before).append(sentence)
    return claims, before, after


def _explains(sentence: str, levels: set[str], scale: Scale) -> bool:
    """Whether the sentence says what a level means, or what the level that is stated means for people."""
    return uk.is_definition(unquoted_words(sentence), scale) or (
        set(named_levels(sentence, scale)) <= levels and bool(_CONSEQUENCE.fullmatch(sentence))
    )


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


def _check_circumstances(text: str, claims: list[Claim], others: list[str], scale: Scale) -> None:
    """Refuses what surrounds the claims, or that there are none."""
    check_earnest(text)
    if not claims or not _WHOSE.search(text):
        raise _no_level()
    levels = {claim.level for claim in claims}
    others = [sentence for sentence in others if not _explains(sentence, levels, scale)]
    if loose := next((sentence for sentence in others if named_levels(sentence, scale)), None):
        raise _ambiguous(f"The statement also says “{excerpt(loose)}”")
    check_certain("\n".join(others))
    # Where nothing else is said, there is no other subject, either.
    if others and not _ABOUT.search(text):
        raise _no_level()
    bare = any(claim.area == uk.NATIONAL and not _BY_NAME.search(claim.sentence) for claim in claims)
    if bare and names_another_country(text):
        raise _ambiguous("The statement doesn't say plainly which country's level it gives")


def _check_years(before: list[str], day: date | None) -> None:
    """Refuses a year above the claims that isn't the statement's own: it may be an old statement."""
    for sentence in before:
        if any(not day or int(year) != day.year for year in _YEAR.findall(sentence)):
            raise _ambiguous(f"The statement begins with “{excerpt(sentence)}”")


def _no_level() -> Refused:
    return Refused(Problem.NO_LEVEL, "The statement doesn't say plainly what the level now is; read it yourself.")


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
