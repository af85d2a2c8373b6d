"""The options of a ``[[source]]``, each declared once."""

from datetime import timedelta

from kiosk.config.kinds import flag, length_of_time, mapping, text, texts
from kiosk.config.option import Option

_SECOND = timedelta(seconds=1)

SOURCE = (
    Option(
        "name",
        text(40),
        "What the screen and the log call the source; each source has its own name.",
        '"Head office"',
        required=True,
    ),
    Option(
        "url",
        text(2000),
        "Where the document is. https, file, mqtts://broker/topic, or http and mqtt (to this machine, or with "
        "insecure = true).",
        '"https://intranet.example/level.json"',
        required=True,
    ),
    Option(
        "format",
        text(20),
        "How the document is read: mi5 (MI5's feed), govuk (GOV.UK's content API), json (your own, see level), "
        "cap (Common Alerting Protocol, see parameter), ntas (the United States' alerts), "
        "rss (any RSS or Atom feed, see pattern), html (a page, see select), signed (your own, see "
        "public_keys) or statement (the authority's prose).",
        '"json"',
        required=True,
    ),
    Option(
        "every",
        length_of_time(_SECOND, timedelta(days=1)),
        "How often the source is asked. At least 60 s for other machines, 1 s for this machine and for files. For "
        "mqtt and mqtts: how often its publisher publishes again at the latest.",
        '"10 min"',
        "10 min",
    ),
    Option(
        "deadline",
        length_of_time(_SECOND, timedelta(seconds=30)),
        "When an answer that is not complete is given up, whatever the other side does.",
        '"30 s"',
        "30 s",
    ),
    Option(
        "redirect_hosts",
        texts(),
        "Other hosts to which the source may redirect, and on which messages of an index may be. Without it only "
        "the url's own host is followed.",
        '["cdn.intranet.example"]',
        (),
    ),
    Option(
        "insecure",
        flag(),
        "Allows plain http or mqtt to another machine. Anybody on the way can then change the level.",
        "false",
        default=False,
    ),
    Option(
        "level",
        text(500),
        "For json: the JMESPath of the level in the document.",
        '"threat.current"',
        formats=("json",),
    ),
    Option(
        "changed",
        text(500),
        "For json: the JMESPath of the ISO date on which the level changed.",
        '"threat.since"',
        formats=("json",),
    ),
    Option(
        "issued",
        text(500),
        "For json: the JMESPath of the ISO time, with its zone, at which the document was published. An older one "
        "is refused then, and a message that a broker kept counts if it is recent.",
        '"threat.published"',
        formats=("json",),
    ),
    Option(
        "values",
        mapping(),
        "For json, cap, rss, html and signed: the document's words on the left, the profile's levels on the "
        "right. Any other word is refused. Without it the profile's own words are expected.",
        '{ "4" = "SEVERE", "5" = "CRITICAL" }',
        {},
        formats=("json", "cap", "rss", "html", "signed"),
    ),
    Option(
        "parameter",
        text(200),
        "For cap: the valueName of the parameter that carries the level. CAP's severity never does.",
        '"ThreatLevel"',
        formats=("cap",),
    ),
    Option(
        "areas",
        texts(),
        "For cap: the areaDesc of the areas that count, exactly as written. Without it every area does, and "
        "areas with different levels are refused.",
        '["Northern Ireland"]',
        (),
        formats=("cap",),
    ),
    Option(
        "expires_after",
        length_of_time(_SECOND, timedelta(days=366)),
        "For cap: how long a message that names no end of its own holds.",
        '"24 h"',
        "24 h",
        formats=("cap",),
    ),
    Option(
        "test_events",
        texts(),
        "For cap: the event codes of test messages, which are sent with the status Actual.",
        '["RMT", "RWT", "OPR", "DMO"]',
        ("RMT", "RWT", "OPR", "DMO"),
        formats=("cap",),
    ),
    Option(
        "exercise_screen",
        flag(),
        "For cap: whether messages with the status Exercise put a drill on the screen, unmistakable and never a "
        "level. It ends with its message or the one that cancels it, after four hours at the latest.",
        "true",
        default=False,
        formats=("cap",),
    ),
    Option(
        "pattern",
        text(500),
        "For rss and html: a regular expression (RE2) for the whole sentence that states the level, without its "
        "full stop, whatever the case of its letters. The group named level is the level's word; words of the "
        "sentence have to stand around it.",
        "'The threat level is (?P<level>\\w+)'",
        formats=("rss", "html"),
    ),
    Option(
        "select",
        text(500),
        "For html: the CSS selector of the one element whose whole text is the level, or, with a pattern, in "
        "which the sentence stands.",
        '"#threat-level .value"',
        formats=("html",),
    ),
    Option(
        "public_keys",
        texts(),
        "For signed: the minisign keys whose signatures are believed, each the second line of a minisign.pub. To "
        "change keys, list the new one beside the old one, sign with it, and take the old one away.",
        '["RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"]',
        (),
        formats=("signed",),
    ),
    Option(
        "username",
        text(200),
        "For mqtt and mqtts: the user that this screen is to the broker.",
        '"lobby"',
        schemes=("mqtt", "mqtts"),
    ),
    Option(
        "password_file",
        text(500),
        "For mqtt and mqtts: the file whose one line is that user's password: the path from this file. Let nobody "
        "but the kiosk read it.",
        '"broker.password"',
        schemes=("mqtt", "mqtts"),
    ),
    Option(
        "ca_file",
        text(500),
        "For mqtts: the certificate authority (PEM) of the broker, where it is not in the operating system's "
        "store: the path from this file.",
        '"broker-ca.pem"',
        schemes=("mqtts",),
    ),
)
