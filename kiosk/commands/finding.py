"""What ``doctor`` finds."""

from msgspec import Struct


class Finding(Struct, frozen=True):
    """One thing that was looked at: whether it is well, and a sentence about it."""

    well: bool
    about: str
    sentence: str
