"""Signatures by the program minisign, with a key that has no password."""

import subprocess
from pathlib import Path

from kiosk.errors import KioskError

_PATIENCE = 20.0  # seconds; a key with a password waits for it


def sign(document: Path, signature: Path, key: Path, comment: str = "") -> None:
    """Writes the signature of a document; a comment is signed as well.

    Without one minisign notes the time and the name of the file.

    Raises:
        KioskError: minisign is missing, or can't sign with this key.
    """
    command = ["minisign", "-S", "-s", str(key), "-x", str(signature), "-m", str(document)]
    command += ["-t", comment] if comment else []
    try:
        # S603: fixed arguments. The input is closed, so that a password is not waited for.
        done = subprocess.run(  # noqa: S603
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_PATIENCE, check=False
        )
    except FileNotFoundError:
        raise KioskError("minisign is not installed; install it (on Debian: apt-get install minisign).") from None
    except subprocess.TimeoutExpired:
        raise KioskError(f"minisign did not end; make {key} a key without a password: minisign -G -W.") from None
    if done.returncode or not signature.is_file():
        said = " ".join(done.stderr.decode(errors="replace").split()) or "no reason given"
        raise KioskError(f"minisign can't sign with {key} ({said}); is it a key without a password?")
