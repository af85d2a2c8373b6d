"""The size of a picture, as a person writes it."""

import re

from kiosk.errors import ConfigError

_SMALLEST, _LARGEST = 480, 8192  # pixels of a side: the smallest screen, and twice the largest one's height


def size(text: str) -> tuple[int, int]:
    """Width and height in pixels of a text such as 1920x1080; ConfigError for anything else."""
    match = re.fullmatch(r"(\d{1,5})x(\d{1,5})", text)
    sides = [int(side) for side in match.groups()] if match else []
    if not sides or not all(_SMALLEST <= side <= _LARGEST for side in sides):
        raise ConfigError((f"--size must be WxH, each from {_SMALLEST} to {_LARGEST}, such as 1920x1080.",))
    return sides[0], sides[1]
