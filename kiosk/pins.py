"""The PIN of the exit chord: kept as a salted scrypt hash, and refused where anybody would guess it.

The cost (16 MiB and some 50 ms a guess) is no shelter for so few digits once the hash is known: it slows down
whoever has read the file, and the file is to be readable by the kiosk and root only.
"""

import base64
import binascii
import hashlib
import os
import re
from itertools import pairwise

SHORTEST, LONGEST = 6, 12
_COST, _BLOCK, _LANES = 2**14, 8, 1
_MOST_COST, _MOST_BLOCK, _MOST_LANES = 2**16, 16, 4
_STORED = re.compile(
    r"scrypt\$(\d{1,6})\$(\d{1,2})\$(\d)\$([A-Za-z0-9+/=]{16,88})\$([A-Za-z0-9+/=]{24,88})", re.ASCII
)
_LONGEST_REPEAT = 3
_MEMORY = 2**28  # bytes: the most that the bounds above can ask for


def hashed(pin: str) -> str:
    """What is written into the configuration for a PIN."""
    salt = os.urandom(16)
    digest = _digest(pin, salt, _COST, _BLOCK, _LANES, 32)
    return "$".join(
        (
            "scrypt",
            str(_COST),
            str(_BLOCK),
            str(_LANES),
            *(base64.b64encode(part).decode() for part in (salt, digest)),
        )
    )


def matches(pin: str, stored: str) -> bool:
    """Whether a PIN is the one that was hashed; ``stored`` has passed ``check_stored``."""
    import hmac

    cost, block, lanes, salt, digest = _parts(stored)
    return hmac.compare_digest(_digest(pin, salt, cost, block, lanes, len(digest)), digest)


def check_stored(stored: str) -> str | None:
    """Why a text is no hashed PIN, as a sentence; None where it is one."""
    try:
        cost, block, lanes, _, _ = _parts(stored)
    except ValueError:
        return "it is no hashed PIN; write the line that config pin prints"
    if not (
        1 < cost <= _MOST_COST and cost & (cost - 1) == 0 and 0 < block <= _MOST_BLOCK and 0 < lanes <= _MOST_LANES
    ):
        return "its cost is out of bounds; write the line that config pin prints"
    return None


def refusal(pin: str) -> str | None:
    """Why a new PIN is not taken, in one sentence; None where it is."""
    if not (pin.isascii() and pin.isdecimal() and SHORTEST <= len(pin) <= LONGEST):
        return f"A PIN has {SHORTEST} to {LONGEST} digits and nothing else."
    if any(pin == (pin[:length] * len(pin))[: len(pin)] for length in range(1, _LONGEST_REPEAT + 1)):
        return "That PIN repeats itself; take another."
    steps = {(int(later) - int(sooner)) % 10 for sooner, later in pairwise(pin)}
    if steps in ({1}, {9}):
        return "That PIN counts up or down; take another."
    return None


def _parts(stored: str) -> tuple[int, int, int, bytes, bytes]:
    found = _STORED.fullmatch(stored)
    if not found:
        raise ValueError(stored)
    cost, block, lanes = (int(part) for part in found.groups()[:3])
    try:
        salt, digest = (base64.b64decode(part, validate=True) for part in found.groups()[3:])
    except binascii.Error:
        raise ValueError(stored) from None
    return cost, block, lanes, salt, digest


def _digest(pin: str, salt: bytes, cost: int, block: int, lanes: int, length: int) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=cost, r=block, p=lanes, dklen=length, maxmem=_MEMORY)
