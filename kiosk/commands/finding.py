"""What ``doctor`` prints."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: whether it is well, and a sentence about it."""

    well: bool
    about: str
    sentence: str
