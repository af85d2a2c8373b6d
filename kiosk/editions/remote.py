"""A configuration from an https address, believed for its signature and not for where it came from.

The signature of minisign stands beside the document. Its signed comment says that this is a configuration and when
it was signed (``config sign`` writes it), so that neither another document of the same key nor an older
configuration can be put in its place. What was believed last is kept in the state directory, checked again
whenever it is read, and used while the address can't be reached.
"""

import logging
import re
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from kiosk.core.model import Problem
from kiosk.editions.edition import Edition, edition
from kiosk.editions.kept import replace
from kiosk.errors import ConfigError, Refused, Unobtainable
from kiosk.formats.minisign import public_key, signed
from kiosk.transports import transport_for
from kiosk.transports.payload import Payload, Request, Validators
from kiosk.transports.urls import is_loopback, masked

_logger = logging.getLogger(__name__)

SUFFIX = ".minisig"
COMMENT = "threat-level-kiosk configuration, signed {moment}"
_COMMENT = re.compile(r"threat-level-kiosk configuration, signed (\S+)")
_FILE = "configuration.fetched"
_EVERY = 300.0  # seconds between two times at which it is asked for
_DEADLINE = timedelta(
    seconds=12
)  # for each of the two documents; a start has to be done before systemd gives it up
_LARGEST = 256 * 1024
_AHEAD = timedelta(minutes=2)  # of the signer's clock before ours
_PAUSE = 2.0  # seconds until a document is fetched once more whose signature does not fit
_LONGEST_PATH = 1000


class _Fetched(msgspec.Struct, frozen=True):
    """What was believed last, as it came, and what a request for a newer one says of it."""

    url: str
    document: bytes
    signature: bytes
    etag: str | None = None
    last_modified: str | None = None


class RemoteOrigin:
    """An https address; plain http is for this machine only.

    Args:
        url: of the document.
        keys: minisign's public keys, of which one has to have signed it.
        state: the state directory.
        folder: what the paths in the document are relative to.
        keeps: whether what is fetched is kept there, which is the running kiosk's business.

    Raises:
        ConfigError: nothing could be believed of it, or anybody on the way could change it.
    """

    every: float | None = _EVERY
    file: Path | None = None

    def __init__(self, url: str, keys: tuple[str, ...], state: Path, folder: Path, *, keeps: bool) -> None:
        self.location = masked(url)
        self._url = url
        self._keys = keys
        self._path = state / _FILE
        self._keeps = keeps
        self._folder = folder
        self._stop = threading.Event()
        self._unkept: _Fetched | None = None
        if urlsplit(url).scheme == "http" and not is_loopback(url):
            raise ConfigError((f"{self.location}: plain http can be changed by anybody on the way. Use https.",))
        if not keys:
            raise ConfigError((f"{self.location}: needs the key that signs it. Give it with --config-key.",))

    def read(self, *, thorough: bool = False) -> Edition:
        """See ``Origin``."""
        before = self._believed()
        try:
            newest = self._fetched(before) or before
        except Refused as refusal:
            raise self._mistake(str(refusal)) from refusal
        if newest is None:
            raise self._mistake("its server says that nothing changed, and this machine has never had it.")
        return self._edition(newest, thorough=thorough)

    def remembered(self) -> Edition | None:
        """See ``Origin``: what was believed last."""
        before = self._believed()
        return self._edition(before) if before else None

    def end(self) -> None:
        """See ``Origin``."""
        self._stop.set()

    def _fetched(self, before: _Fetched | None) -> _Fetched | None:
        """What is there now, believed and kept; None where nothing changed."""
        for last in (False, True):
            payload = self._obtained(self._url, before)
            if payload.document is None:
                return None
            found = _Fetched(self._url, payload.document, self._signature(), *_marks(payload.validators))
            try:
                moment = self._moment(found)
            except Refused:
                # For a moment a new document may stand beside the signature of the one before.
                if last or self._stop.wait(_PAUSE):
                    raise
                continue
            self._require_newer(found, moment, before)
            self._keep(found)
            return found
        return None

    def _obtained(self, url: str, before: _Fetched | None = None) -> Payload:
        validators = Validators(before.etag, before.last_modified) if before else None
        request = Request(url, _DEADLINE, _LARGEST, validators=validators)
        return transport_for(url)(request, self._stop)

    def _signature(self) -> bytes:
        parts = urlsplit(self._url)
        try:
            found = self._obtained(parts._replace(path=parts.path + SUFFIX).geturl()).document
        except Unobtainable as error:
            if error.problem is not Problem.HTTP_STATUS:
                raise
            raise Refused(
                Problem.UNSIGNED, f"There is no signature beside it ({error}) Sign it with: config sign."
            ) from error
        return found or b""

    def _moment(self, found: _Fetched) -> datetime:
        """When the document was signed; Refused where that is not certain."""
        comment = _COMMENT.fullmatch(signed(found.document, found.signature, self._keys).comment)
        try:
            moment = datetime.fromisoformat(comment[1]) if comment else None
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise Refused(
                Problem.UNSIGNED, "Its signature is not that of a configuration; sign it with: config sign."
            )
        return moment

    def _require_newer(self, found: _Fetched, moment: datetime, before: _Fetched | None) -> None:
        """Refuses what was signed before the document that was believed last, or beside it, or in the future."""
        if moment > datetime.now(UTC) + _AHEAD:
            raise Refused(
                Problem.NOT_ACTUAL, f"It was signed in the future ({moment}); check this machine's clock."
            )
        if before is None:
            return
        reached = self._moment(before)
        if moment < reached or (moment == reached and found.document != before.document):
            raise Refused(
                Problem.ROLLBACK,
                f"It was signed at {moment}, and one of {reached} was believed before; sign it anew.",
            )

    def _believed(self) -> _Fetched | None:
        """What was believed last, if its key is still one of those that are trusted."""
        try:
            found = self._unkept or msgspec.msgpack.decode(self._path.read_bytes(), type=_Fetched)
            self._moment(found)
        except (OSError, msgspec.MsgspecError, Refused):
            return None
        return found if found.url == self._url else None

    def _keep(self, found: _Fetched) -> None:
        if not self._keeps:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            replace(self._path, msgspec.msgpack.encode(found))
            self._unkept = None
        except OSError as error:
            if self._unkept is None:
                _logger.warning("The fetched configuration can't be kept (%s); check the disk.", error.strerror)
            self._unkept = found

    def _edition(self, found: _Fetched, *, thorough: bool = False) -> Edition:
        return edition(found.document, self.location, self._folder, thorough=thorough)

    def _mistake(self, sentence: str) -> ConfigError:
        return ConfigError((f"{self.location}: {sentence}",))


def trusted_keys(given: str) -> tuple[str, ...]:
    """The public keys in a file of minisign's, or the one that was given itself; ConfigError for anything else."""
    try:
        text = Path(given).read_text("utf-8") if len(given) < _LONGEST_PATH and Path(given).is_file() else given
    except (OSError, ValueError) as error:
        raise ConfigError(
            (f"The key {given} can't be read; name the file minisign.pub, or its second line.",)
        ) from error
    keys = tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("untrusted"))
    try:
        for key in keys:
            public_key(key)
    except ValueError:
        keys = ()
    if not keys:
        raise ConfigError((f"The key {given} is none; name the file minisign.pub, or its second line.",))
    return keys


def _marks(validators: Validators | None) -> tuple[str | None, str | None]:
    return (validators.etag, validators.last_modified) if validators else (None, None)
