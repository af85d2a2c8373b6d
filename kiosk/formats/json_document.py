"""JSON as strictly as the standard has it: UTF-8, no NaN, each name once in an object, bounded."""

import json

from kiosk.core.model import Problem
from kiosk.errors import Refused
from kiosk.formats.html import is_page, not_a_feed
from kiosk.formats.text import decoded

_STARTS = tuple('{["-0123456789tfn')


def load(document: bytes) -> object:
    """The value of a JSON document, as ``json.loads`` gives it.

    Raises:
        Refused: too-big; not-a-feed for a web page or other text; ambiguous where an object has a name
            twice, because readers differ in which one they take; malformed for everything else.
    """
    if is_page(document):
        raise not_a_feed("JSON")
    text = decoded(document)
    if not text.lstrip().startswith(_STARTS):
        raise not_a_feed("JSON")
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Refused(
            Problem.MALFORMED, "The JSON is cut off or broken; open the source's address in a browser."
        ) from None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Refused(
            Problem.AMBIGUOUS,
            "An object in the JSON has the same name twice; ask the publisher to repair it.",
        )
    return found


def _no_constant(name: str) -> object:
    raise ValueError(name)
