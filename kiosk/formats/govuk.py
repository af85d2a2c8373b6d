"""GOV.UK's guide on terrorism, from its content API: one known sentence for each area, and no other.

The same page explains all levels, so words are never searched for; a level stands at the end of its sentence
or there is none.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import cast

from kiosk.core.model import Problem, Reading, Scale
from kiosk.errors import Refused
from kiosk.formats import json_document, uk
from kiosk.formats.ask import Ask
from kiosk.formats.circumstances import check_certain, check_earnest
from kiosk.formats.html import visible_lines
from kiosk.formats.text import FLAGS, excerpt, level_at, named_levels, sentences, statement_of

_BASE_PATH = "/terrorism-national-emergency"
_PART = "terrorism-threat-levels"

# What a page in force has there, if it has the name at all.
_IN_FORCE: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "document_type": ("guide",),
    "schema_name": ("guide",),
    "publication_state": ("published",),
    "phase": ("live", "beta"),
})  # fmt: skip

_SENTENCES: Mapping[str, re.Pattern[str]] = MappingProxyType({
    uk.NATIONAL: re.compile(
        rf"(?:the (?:current )?threat(?: level)? to {uk.WHOLE} from {uk.ALL_TERRORISM}"
        rf"|the (?:current )?(?:uk )?national threat level) is (?:currently )?{uk.PLACE}",
        FLAGS,
    ),
    uk.NORTHERN_IRELAND: re.compile(
        rf"the (?:current )?threat(?: level)? (?:to|in) northern ireland"
        rf" from {uk.NI_TERRORISM} is (?:currently )?{uk.PLACE}",
        FLAGS,
    ),
})  # fmt: skip


def decode(document: bytes, ask: Ask) -> Reading:
    """The level of the area UK or NI; ``issued`` is the page's, and ``changed`` is not known from it."""
    uk.check_area(ask.area)
    page = _guide(json_document.load(document))
    lines = visible_lines(_body(page))
    check_earnest("\n".join(lines))
    stated, others = _stated(lines)
    found = stated[ask.area]
    levels = {level_at(place, ask.scale) for place, _ in found}
    if not levels:
        raise Refused(
            Problem.NO_LEVEL,
            "The GOV.UK page doesn't have the sentence that states this level; read the page.",
        )
    if len(levels) > 1:
        raise Refused(Problem.AMBIGUOUS, "The GOV.UK page states two levels for this area; read the page.")
    _check_others(others, ask.scale)
    words = statement_of(found[0][1])
    return Reading(levels.pop(), ask.area, words, issued=_moment(page.get("public_updated_at")))


def _guide(value: object) -> dict[str, object]:
    """The content item, if it is this guide and in force."""
    page = _mapping(value)
    if any(page.get(name, values[0]) not in values for name, values in _IN_FORCE.items()):
        raise Refused(Problem.NOT_ACTUAL, "GOV.UK's page is no guide in force; choose another source.")
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


def _stated(lines: list[str]) -> tuple[dict[str, list[tuple[str, str]]], list[str]]:
    """For each area the words in the level's place with their sentence, and all other sentences.

    After a colon a sentence may be anybody's words.
    """
    found: dict[str, list[tuple[str, str]]] = {area: [] for area in _SENTENCES}
    others: list[str] = []
    before = ""
    for sentence in (sentence for line in lines for sentence in sentences(line)):
        matches = ((area, pattern.fullmatch(sentence)) for area, pattern in _SENTENCES.items())
        area, match = next(((area, match) for area, match in matches if match), ("", None))
        if match and not before.endswith(":"):
            found[area].append((match["level"], sentence))
        else:
            others.append(sentence)
        before = sentence
    return found, others


def _check_others(others: list[str], scale: Scale) -> None:
    """Refuses a sentence that names a level without stating an area's or explaining what it means."""
    check_certain("\n".join(others))
    for sentence in others:
        if named_levels(sentence, scale) and not uk.is_definition(sentence, scale):
            raise Refused(
                Problem.AMBIGUOUS,
                f"The GOV.UK page also says “{excerpt(sentence)}”, so the level is not certain; read the page.",
            )


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
