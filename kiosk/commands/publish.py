"""``publish``: what the sources state, as a document signed with minisign, for kiosks that trust the key.

Run it again and again, from a timer: each run gives the document a new time of issue. Where no source confirms a
level, or sources conflict, the document is left as it is and ends by itself.
"""

import json
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.commands.check import ask_all
from kiosk.commands.signing import sign
from kiosk.config.model import Config
from kiosk.core.model import Display, Mark, StateName
from kiosk.durations import duration
from kiosk.errors import KioskError
from kiosk.exit_codes import DONE, NO_LEVEL
from kiosk.formats.signed import LONGEST_VALID, SUFFIX


def publish(config: Config, key: Path, out: Path, valid: str) -> int:
    """Writes the document and its signature; exit code 3 where nothing certain could be published.

    Args:
        config: the sources to ask.
        key: minisign's secret key, without a password (``minisign -G -W``).
        out: the document; its signature is written beside it.
        valid: how long the document holds, as people write it.
    """
    lasting = _lasting(valid)
    display = ask_all(config)
    if display.state is not StateName.LIVE or Mark.CONFLICT in display.marks or display.level is None:
        troubles = " ".join(report.message for report in display.sources if report.message)
        print(f"Nothing is published: {troubles or 'the sources disagree.'}")
        return NO_LEVEL
    now = datetime.now(UTC).replace(microsecond=0)
    # Seconds since 1970 rise even where the last document is lost.
    sequence = max(_sequence(out) + 1, int(now.timestamp()))
    _replace(_document(display, sequence, now, now + lasting), key, out)
    print(f"Published {display.level} as {out}, sequence {sequence}.")
    return DONE


def _lasting(text: str) -> timedelta:
    try:
        lasting = duration(text)
    except ValueError as error:
        raise KioskError(str(error)) from error
    if not timedelta(0) < lasting <= LONGEST_VALID:
        raise KioskError(f'"{text}" is no time for which a document may hold; write up to {LONGEST_VALID.days} d.')
    return lasting


def _document(display: Display, sequence: int, issued: datetime, expires: datetime) -> bytes:
    fields = {
        "sequence": sequence,
        "issued": issued.isoformat(),
        "expires": expires.isoformat(),
        "status": "Actual",
        "area": display.area,
        "level": display.level,
        "changed": display.changed.isoformat() if display.changed else None,
        "statement": display.statement or "",
        "source": display.source,
    }
    return json.dumps(fields, ensure_ascii=False, indent=1).encode() + b"\n"


def _sequence(out: Path) -> int:
    """The sequence of the document that is there; -1 for none. One that can't be read is not written over."""
    try:
        return int(json.loads(out.read_bytes())["sequence"])
    except FileNotFoundError:
        return -1
    except OSError as error:
        raise KioskError(f"{out} can't be read ({error.strerror}); name another file.") from error
    except (ValueError, LookupError, TypeError):
        raise KioskError(f"{out} is no published document and is left as it is; name another file.") from None


def _replace(document: bytes, key: Path, out: Path) -> None:
    """Puts document and signature in place, each whole. For a moment they may not fit, which kiosks refuse."""
    try:
        with tempfile.TemporaryDirectory(dir=out.absolute().parent, prefix=f".{out.name}.") as folder:
            new = Path(folder) / out.name
            new.write_bytes(document)
            signature = new.with_name(new.name + SUFFIX)
            sign(new, signature, key)
            signature.replace(out.with_name(out.name + SUFFIX))
            new.replace(out)
    except OSError as error:
        raise KioskError(f"{out} can't be written ({error.strerror}); name another file.") from error
