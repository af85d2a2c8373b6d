"""One question to one source: obtain, follow an index, decode. Whatever happens is an outcome."""

import hashlib
import logging
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from kiosk.config.model import Config, SourceConfig
from kiosk.core.fold import Failed, Recalled, Stated, StillStated
from kiosk.core.model import Problem, Reading
from kiosk.errors import Refused, SourceError, Unobtainable
from kiosk.formats import FORMATS, LINKS
from kiosk.transports import PUSHED, transport_for
from kiosk.transports.linked import obtain_linked
from kiosk.transports.payload import Broker, Request, Transport, Validators

if TYPE_CHECKING:
    from kiosk.transports.mqtt import Subscription

_logger = logging.getLogger(__name__)


class Outcome(Struct, frozen=True):
    """How one poll ended; ``since`` as in ``Payload``."""

    source: str
    event: Stated | StillStated | Recalled | Failed
    validators: Validators | None = None
    retry_after: timedelta | None = None
    since: float | None = None


def is_pushed(source: SourceConfig) -> bool:
    """Whether the source speaks without being asked."""
    return urlsplit(source.url).scheme in PUSHED


def subscribed(source: SourceConfig, quiet: timedelta, arrived: Callable[[], None]) -> "Subscription":
    """A subscription to a source that speaks by itself; its ``obtain`` is the transport for ``ask``."""
    from kiosk.transports.mqtt import Subscription

    return Subscription(_request(source), quiet, arrived)


def ask(
    source: SourceConfig,
    config: Config,
    stop: threading.Event,
    now: datetime,
    note: str = "",
    validators: Validators | None = None,
    transport: Transport | None = None,
) -> Outcome:
    """Asks one source once, and returns within its deadline.

    Args:
        source: what to ask.
        config: what it is asked for.
        stop: ends the question.
        now: the time of day at which it is asked (UTC).
        note: what the source's format noted before.
        validators: of the last answer that was accepted.
        transport: how to obtain the document, where that is not up to the url.
    """
    obtain, request = transport or transport_for(source.url), _request(source, validators)
    try:
        return _answer(source, config, request, obtain, stop, now, note)
    except Refused as refusal:
        failed = Failed(
            source.name, refusal.problem, str(refusal), refusal.note, refusal.withdrawn, refusal.drills
        )
        return Outcome(source.name, failed)
    except SourceError as error:
        retry_after = error.retry_after if isinstance(error, Unobtainable) else None
        return Outcome(source.name, Failed(source.name, error.problem, str(error)), retry_after=retry_after)
    except Exception:  # the last net: a fault of ours must not look like an answer, nor end the watch
        _logger.exception("Reading %s failed for a reason that lies in this program.", source.name)
        message = f"{source.name} could not be read because of a fault in this program; its log tells more."
        return Outcome(source.name, Failed(source.name, Problem.UNREADABLE, message))


def _request(source: SourceConfig, validators: Validators | None = None) -> Request:
    return Request(
        source.url,
        deadline=source.deadline,
        redirect_hosts=source.redirect_hosts,
        insecure=source.insecure,
        validators=validators,
        broker=Broker(source.username, source.password_file, source.ca_file),
    )


def _answer(
    source: SourceConfig,
    config: Config,
    request: Request,
    transport: Transport,
    stop: threading.Event,
    now: datetime,
    note: str,
) -> Outcome:
    end = time.monotonic() + source.deadline.total_seconds()
    # Loaded now and not behind the answer: at a start the process that fetches loads its own library meanwhile.
    decode = FORMATS[source.format]()
    payload = transport(request, stop)
    if payload.document is None:
        return Outcome(source.name, StillStated(source.name, payload.age), payload.validators)
    question = config.ask(source, now, note)
    addresses = LINKS[source.format]()(payload.document, question) if source.format in LINKS else ()
    if payload.beside is None:
        linked = obtain_linked(addresses, request, transport, stop, end)
    else:
        linked = {f"{question.name}.{ending}": document for ending, document in payload.beside.items()}
    reading = decode(payload.document, replace(question, linked=linked))
    reading = replace(reading, document=_summed(payload.document, linked))
    # Of what a broker kept nobody says how old it is.
    event = Recalled(source.name, reading) if payload.kept else Stated(source.name, reading, payload.age)
    return Outcome(source.name, event, _lasting(payload.validators, reading, addresses), since=payload.since)


def _summed(document: bytes, linked: Mapping[str, bytes]) -> str:
    """The SHA-256 of the document as it was received, as ``sha256sum`` prints it.

    Where the level stands in documents that an index names, or a signature came beside it, it is the one of all
    their sums, a line each: the first document's, then the others' in the order of their addresses.
    """
    own = hashlib.sha256(document).hexdigest()
    if not linked:
        return own
    sums = [own, *(hashlib.sha256(linked[address]).hexdigest() for address in sorted(linked))]
    return hashlib.sha256("".join(f"{each}\n" for each in sums).encode()).hexdigest()


def _lasting(validators: Validators | None, reading: Reading, addresses: tuple[str, ...]) -> Validators | None:
    """The validators, unless "not changed" would say nothing: of what ends by itself, or stands elsewhere."""
    return None if reading.until or addresses else validators
