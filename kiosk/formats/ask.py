"""What a format is asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kiosk.core.model import Reading, Scale


@dataclass(frozen=True, slots=True)
class Ask:
    """The question to a document: which level, of which scale, for which area.

    Attributes:
        scale: the words that are levels; every other word is refused.
        area: the area whose level is wanted; another area's level is no answer.
        level_path, changed_path: JMESPath expressions, for formats that are told where to look.
        values: the document's words -> the scale's; empty means that the scale's own words are expected.
    """

    scale: Scale
    area: str
    level_path: str | None = None
    changed_path: str | None = None
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


Format = Callable[[bytes, Ask], Reading]
"""Raises ``kiosk.errors.Refused`` and nothing else."""
