"""One question to one source: obtain, follow an index, decode. Whatever happens is an outcome."""

import logging
import threading
import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kiosk.config.model import Config, SourceConfig
from kiosk.core.fold import Failed, Stated, StillStated
from kiosk.core.model import Problem, Reading
from kiosk.errors import Refused, SourceError, Unobtainable
from kiosk.formats import FORMATS, LINKS
from kiosk.transports import transport_for
from kiosk.transports.linked import obtain_linked
from kiosk.transports.payload import Request, Validators

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one poll ended."""

    source: str
    event: Stated | StillStated | Failed
    validators: Validators | None = None
    retry_after: timedelta | None = None


def ask(
    source: SourceConfig,
    config: Config,
    stop: threading.Event,
    now: datetime,
    note: str = "",
    validators: Validators | None = None,
) -> Outcome:
    """Asks one source once, and returns within its deadline.

    Args:
        source: what to ask.
        config: what it is asked for.
        stop: ends the question.
        now: the time of day at which it is asked (UTC).
        note: what the source's format noted before.
        validators: of the last answer that was accepted.
    """
    request = Request(
        source.url,
        deadline=source.deadline,
        redirect_hosts=source.redirect_hosts,
        insecure=source.insecure,
        validators=validators,
    )
    try:
        return _answer(source, config, request, stop, now, note)
    except Refused as refusal:
        failed = Failed(source.name, refusal.problem, str(refusal), refusal.note, refusal.withdrawn)
        return Outcome(source.name, failed)
    except SourceError as error:
        retry_after = error.retry_after if isinstance(error, Unobtainable) else None
        return Outcome(source.name, Failed(source.name, error.problem, str(error)), retry_after=retry_after)
    except Exception:  # the last net: a fault of ours must not look like an answer, nor end the watch
        _logger.exception("Reading %s failed for a reason that lies in this program.", source.name)
        message = f"{source.name} could not be read because of a fault in this program; its log tells more."
        return Outcome(source.name, Failed(source.name, Problem.UNREADABLE, message))


def _answer(
    source: SourceConfig, config: Config, request: Request, stop: threading.Event, now: datetime, note: str
) -> Outcome:
    transport = transport_for(source.url)
    end = time.monotonic() + source.deadline.total_seconds()
    payload = transport(request, stop)
    if payload.document is None:
        return Outcome(source.name, StillStated(source.name, payload.age), payload.validators)
    question = config.ask(source, now, note)
    addresses = LINKS[source.format](payload.document, question) if source.format in LINKS else ()
    question = replace(question, linked=obtain_linked(addresses, request, transport, stop, end))
    reading = FORMATS[source.format](payload.document, question)
    stated = Stated(source.name, reading, payload.age)
    return Outcome(source.name, stated, _lasting(payload.validators, reading, addresses))


def _lasting(validators: Validators | None, reading: Reading, addresses: tuple[str, ...]) -> Validators | None:
    """The validators, unless "not changed" would say nothing: of what ends by itself, or stands elsewhere."""
    return None if reading.until or addresses else validators
