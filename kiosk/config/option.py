"""What is declared of an option."""

from typing import Any

from msgspec import Struct

from kiosk.config.kinds import Kind


class Option(Struct, frozen=True):
    """One option.

    Attributes:
        default: as TOML gives it; None means that there is none.
        required: whether its table is of no use without it.
        formats: the formats that it is for; empty for all.
        schemes: the url schemes that it is for; empty for all.
        example: a line of TOML behind the ``=``.
        help: what it does, in sentences for the person who edits the file.
    """

    key: str
    kind: Kind
    help: str
    example: str
    default: Any = None
    required: bool = False
    formats: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
