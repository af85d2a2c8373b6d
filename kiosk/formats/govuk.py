"""GOV.UK's guide on terrorism, from its content API: one known sentence for each area, and no other.

The same page explains all levels, so words are never searched for; a level stands at the end of its sentence
or there is none.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import cast

from kiosk.core.model import Problem, Reading
from kiosk.errors import Refused
from kiosk.formats import json_document, uk
from kiosk.formats.ask import Ask
from kiosk.formats.html import visible_lines
from kiosk.formats.text import FLAGS, level_at, sentences, statement_of

_BASE_PATH = "/terrorism-national-emergency"
_PART = "terrorism-threat-levels"

_SENTENCES: Mapping[str, re.Pattern[str]] = MappingProxyType({
    uk.NATIONAL: re.compile(
        rf"the (?:current )?threat(?: level)? to {uk.WHOLE} from {uk.ALL_TERRORISM} is {uk.PLACE}", FLAGS
    ),
    uk.NORTHERN_IRELAND: re.compile(
        rf"the (?:current )?threat(?: level)? (?:to|in) northern ireland"
        rf" from {uk.NI_TERRORISM} is {uk.PLACE}",
        FLAGS,
    ),
})  # fmt: skip


def decode(document: bytes, ask: Ask) -> Reading:
    """The level of the area UK or NI; ``issued`` is the page's, and ``changed`` is not known from it."""
    uk.check_area(ask.area)
    page = _guide(json_document.load(document))
    found = _stated(_body(page), _SENTENCES[ask.area])
    levels = {level_at(place, ask.scale) for place in found}
    if not levels:
        raise Refused(
            Problem.NO_LEVEL,
            "The GOV.UK page doesn't have the sentence that states this level; read the page.",
        )
    if len(levels) > 1:
        raise Refused(Problem.AMBIGUOUS, "The GOV.UK page states two levels for this area; read the page.")
    words = statement_of(next(iter(found.values())))
    return Reading(levels.pop(), ask.area, words, issued=_moment(page.get("public_updated_at")))


def _guide(value: object) -> dict[str, object]:
    """The content item, if it is this guide and in force."""
    page = _mapping(value)
    details = _mapping(page.get("details"))
    if not isinstance(details.get("parts"), list) or page.get("base_path", _BASE_PATH) != _BASE_PATH:
        raise Refused(Problem.NOT_A_FEED, "This is not GOV.UK's guide on terrorism; check the source's address.")
    if page.get("withdrawn_notice"):
        raise Refused(Problem.NOT_ACTUAL, "GOV.UK has withdrawn the page; choose another source.")
    return page


def _body(page: dict[str, object]) -> str:
    parts = cast("list[object]", _mapping(page["details"])["parts"])
    found = [part for part in map(_mapping, parts) if part.get("slug") == _PART]
    if not found:
        raise Refused(
            Problem.NO_LEVEL, "The GOV.UK guide has no part about threat levels; read the page on the web."
        )
    if len(found) > 1:
        raise Refused(
            Problem.AMBIGUOUS, "The GOV.UK guide has two parts about threat levels; read the page on the web."
        )
    body = found[0].get("body")
    if not isinstance(body, str):
        raise Refused(Problem.MALFORMED, "The GOV.UK guide has changed its shape; look for a newer version.")
    return body


def _stated(body: str, pattern: re.Pattern[str]) -> dict[str, str]:
    """The words in the level's place, and the sentence of each."""
    matches = (pattern.fullmatch(sentence) for line in visible_lines(body) for sentence in sentences(line))
    return {match["level"]: match[0] for match in matches if match}


def _mapping(value: object) -> dict[str, object]:
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}


def _moment(value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
