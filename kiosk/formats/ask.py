"""What a format is asked for, and what it may use to answer."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from msgspec import Struct, field

from kiosk.core.model import Reading, Scale


class Ask(Struct, frozen=True):
    """The question to a document: which level, of which scale, for which area.

    Attributes:
        scale: the words that are levels; every other word is refused.
        area: the area whose level is wanted; another area's level is no answer.
        now: the time at which the source was asked (UTC), for formats whose statements begin and end. A format
            has no clock of its own.
        note: what this format noted when it last read a document of this source (``Reading.note``); empty at
            first. It is kept on disk.
        linked: the documents that the format's ``links`` asked for, each by the address as the index has it.
        level_path, changed_path, issued_path: JMESPath expressions, for formats that are told where to look.
        values: the document's words -> the scale's; empty means that the scale's own words are expected.
        parameter: the name of the CAP parameter that carries the level.
        areas: names of CAP areas; only what is said of one of them counts. Empty means that all of it does.
        expires_after: how long a CAP message without an end of its own holds.
        test_events: CAP event codes of test messages.
        pattern: an expression (RE2) for the whole sentence that states the level, with a group ``level``.
        name: the last part of the document's address; its signature stands beside it.
        public_keys: of minisign, whose signatures are believed.
        exercise_screen: whether CAP's exercises are wanted too, for the screen of drills.
        select: a CSS selector of the one element that holds the level, or the sentence.
    """

    scale: Scale
    area: str
    now: datetime
    note: str = ""
    linked: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
    level_path: str | None = None
    changed_path: str | None = None
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    parameter: str | None = None
    areas: tuple[str, ...] = ()
    expires_after: timedelta = timedelta(hours=24)
    test_events: tuple[str, ...] = ()
    pattern: str | None = None
    select: str | None = None
    name: str = ""
    public_keys: tuple[str, ...] = ()
    issued_path: str | None = None
    exercise_screen: bool = False


Format = Callable[[bytes, Ask], Reading]
"""Raises ``kiosk.errors.Refused`` and nothing else."""

Links = Callable[[bytes, Ask], tuple[str, ...]]
"""The addresses that a document refers to for its statement, as written; raises ``Refused`` and nothing else."""
