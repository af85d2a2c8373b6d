"""The secret of the endpoint: read from its file, kept as a digest, never told."""

import hashlib
import hmac
import os
import re
import stat
import sys
from pathlib import Path

from kiosk.errors import ConfigError

_LONGEST = 4096  # bytes
_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]{16,}=*", re.ASCII)  # RFC 6750, and long enough not to be guessed
_SCHEME = "bearer "


class Token:
    """What a request has to bring. What the file says is compared in a time that tells nothing of it."""

    def __init__(self, secret: str) -> None:
        self._digest = _digest(secret)

    def opens(self, authorization: str | None) -> bool:
        """Whether the value of an Authorization header has it."""
        given = authorization or ""
        secret = given[len(_SCHEME) :].strip() if given[: len(_SCHEME)].lower() == _SCHEME else ""
        return hmac.compare_digest(_digest(secret), self._digest)


def read_secret(path: str) -> str:
    """The token in a file; ConfigError with a sentence where it can't be used or isn't secret."""
    try:
        with Path(path).open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            content = file.read(_LONGEST)
    except OSError as error:
        raise _mistake(path, f"can't be read ({error.strerror}); make one with: openssl rand -hex 32") from error
    if sys.platform != "win32" and mode & stat.S_IRWXO:
        raise _mistake(path, "can be read by every user of this machine; take that away with: chmod o-rwx")
    text = content.decode("utf-8-sig", "replace").strip()
    if not _TOKEN.fullmatch(text):
        reason = "is empty" if not text else "is no token of 16 or more letters and digits on one line"
        raise _mistake(path, f"{reason}; make one with: openssl rand -hex 32")
    return text


def _mistake(path: str, sentence: str) -> ConfigError:
    return ConfigError((f"token_file {path} {sentence}.",))


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()
