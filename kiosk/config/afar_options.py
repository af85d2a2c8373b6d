"""The options of ``[endpoint]`` and ``[presence]``: how the kiosk is seen from afar. Each is declared once."""

from datetime import timedelta

from kiosk.config.kinds import flag, length_of_time, text
from kiosk.config.option import Option

ENDPOINT = (
    Option(
        "address",
        text(200),
        "Where it listens: an address of this machine and a port. Other than loopback only with token_file.",
        '"127.0.0.1:9155"',
        "127.0.0.1:9155",
    ),
    Option(
        "token_file",
        text(500),
        "The file whose one line of 16 or more letters and digits everybody has to send as a bearer token: the "
        "path from this file. Let nobody but the kiosk read it.",
        '"endpoint.token"',
    ),
)

PRESENCE = (
    Option(
        "source",
        text(40),
        "The name of a source at a broker: the status goes to the same broker with the same login. Or else url.",
        '"Control room"',
    ),
    Option(
        "url",
        text(2000),
        "The broker: mqtts://broker.example, or mqtt (to this machine, or with insecure = true). Or else source.",
        '"mqtts://broker.example"',
    ),
    Option(
        "topic",
        text(200),
        "The topic of this screen alone. {host} stands for this machine's name and {place} for the venue's, or "
        "the machine's where there is none.",
        '"threat-level-kiosk/{host}/status"',
        "threat-level-kiosk/{host}/status",
    ),
    Option(
        "every",
        length_of_time(timedelta(seconds=1), timedelta(days=1)),
        "How often the status is published again where nothing changed. The broker forgets it after three times "
        "that long.",
        '"5 min"',
        "5 min",
    ),
    Option("username", text(200), "With url: the user that this screen is to the broker.", '"lobby"'),
    Option(
        "password_file",
        text(500),
        "With url: the file whose one line is that user's password: the path from this file. Let nobody but the "
        "kiosk read it.",
        '"presence.password"',
    ),
    Option(
        "ca_file",
        text(500),
        "With an mqtts url: the broker's certificate authority (PEM), where it is not in the operating system's "
        "store: the path from this file.",
        '"presence-ca.pem"',
    ),
    Option(
        "insecure",
        flag(),
        "Allows plain mqtt to another machine. Anybody on the way can then read and change the status.",
        "false",
        default=False,
    ),
)
