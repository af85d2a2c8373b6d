"""Why a broker gives no document, as a problem and a sentence that a person can act on; never with a password."""

from paho.mqtt.reasoncodes import ReasonCode

from kiosk.core.model import Problem
from kiosk.errors import Unobtainable
from kiosk.transports.network_faults import NETWORK, SYSTEMS_STORE, Row, explained
from kiosk.transports.payload import Request
from kiosk.transports.urls import named, printable, topic_of

_LONGEST = 120  # characters of what is quoted in a sentence
_SPEAKS_ANOTHER = "Unsupported protocol version"
_BAD_LOGIN = frozenset({"Bad user name or password", "Not authorized"})

_ROWS: tuple[Row, ...] = (
    (
        MemoryError,
        Problem.TOO_BIG,
        "A message of {host} needs more memory than any document should; check the topic of {entry}.",
    ),
    *NETWORK,
    (OSError, Problem.CONNECT, "{host} can't be reached; check this machine's network."),
    (Exception, Problem.MALFORMED, "{host} did not speak correct MQTT 5; check the port in {entry}'s url."),
)


def meaning(error: Exception, request: Request) -> Unobtainable:
    """The error for an exception on the way to the broker."""
    authority = f"the authority in {request.entry}'s ca_file; name the one that signed it there"
    return explained(
        error, request.url, _ROWS, authority if request.broker.ca_file else SYSTEMS_STORE, request.entry
    )


def refused(request: Request, reason: ReasonCode) -> Unobtainable:
    """The broker refuses the connection."""
    host, user = named(request.url), request.broker.username
    if reason.getName() == _SPEAKS_ANOTHER:
        sentence = f"{host} does not speak MQTT 5; update the broker."
    elif reason.getName() not in _BAD_LOGIN:
        sentence = f"{host} refuses the connection ({reason}); ask its operator."
    elif user:
        known = f"{host} refuses the user “{_quoted(user)}” ({reason})"
        sentence = f"{known}; check username and password_file of {request.entry}."
    else:
        sentence = (
            f"{host} refuses a connection without a user; set username and password_file of {request.entry}."
        )
    return Unobtainable(Problem.CONNECT, sentence)


def unsubscribed(request: Request, reason: ReasonCode) -> Unobtainable:
    """The broker refuses the topic."""
    return Unobtainable(
        Problem.CONNECT,
        f"{named(request.url)} refuses the topic “{_topic(request)}” ({reason}); check the topic in this source's"
        " url, and what its user may read.",
    )


def unpublished(request: Request, reason: ReasonCode) -> Unobtainable:
    """The broker does not take what is published."""
    return Unobtainable(
        Problem.CONNECT,
        f"{named(request.url)} refuses what is published on the topic “{_topic(request)}” ({reason}); check the"
        f" topic of {request.entry}, and what its user may write.",
    )


def shared(request: Request, reason: str) -> Unobtainable:
    """The connection ended whose name belongs to its topic: perhaps because another one took the name."""
    return Unobtainable(
        Problem.CONNECT,
        f"The connection to {named(request.url)} broke ({printable(reason, _LONGEST)}) and is made again; if that"
        f" stays, check the broker, the network, and whether another screen has the topic “{_topic(request)}”.",
    )


def nothing_came(request: Request, seconds: float) -> Unobtainable:
    """The broker is there, and nothing is published."""
    return Unobtainable(
        Problem.TIMEOUT,
        f"{named(request.url)} answers, but nothing came on the topic “{_topic(request)}” for {seconds:.0f} s;"
        " check the topic, what this source's user may read, and whether its publisher runs.",
    )


def broken(request: Request, reason: str) -> Unobtainable:
    """The connection ended."""
    return Unobtainable(
        Problem.CONNECT,
        f"The connection to {named(request.url)} broke ({printable(reason, _LONGEST)}) and is made again;"
        " check the broker and the network if that stays.",
    )


def unreadable(what: str, path: str, error: Exception) -> Unobtainable:
    """A file that the configuration names can't be used."""
    reason = (error.strerror if isinstance(error, OSError) else None) or "it is not what it should be"
    return Unobtainable(
        Problem.UNREADABLE,
        f"{what} {printable(path, _LONGEST)} can't be read ({reason}); check the path and who may read it.",
    )


def _topic(request: Request) -> str:
    return _quoted(topic_of(request.url))


def _quoted(text: str) -> str:
    return printable(text, _LONGEST)
