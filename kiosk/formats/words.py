"""A document's own word for a level, translated as the configuration says."""

from kiosk.core.model import Problem
from kiosk.errors import Refused
from kiosk.formats.ask import Ask
from kiosk.formats.text import excerpt, level_at


def level_of(words: str, ask: Ask) -> str:
    """The level that the words mean: exactly as ``ask.values`` has them; without values a level's own word.

    Raises:
        Refused: unknown-level, or ambiguous where a level's word has company.
    """
    if not ask.values:
        return level_at(words, ask.scale)
    level = ask.values.get(words)
    if level is None or level not in ask.scale:
        raise Refused(
            Problem.UNKNOWN_LEVEL,
            f"The document's level is “{excerpt(words)}”, which “values” doesn't translate; check “values”.",
        )
    return level
