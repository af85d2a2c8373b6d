"""The option table as a reference for people and as an example file."""

from collections.abc import Iterator

from kiosk.config.option import Option
from kiosk.config.options import REPEATED, TABLES

_TITLES = {
    "": "The top of the file",
    "venue": "[venue]",
    "source": "[[source]], once for each source",
    "trust": "[trust]",
    "endpoint": "[endpoint]",
    "presence": "[presence]",
    "screen": "[[screen]], once for each screen",
    "lock": "[lock]",
    "power": "[power]",
}
_NOTES = {
    "": "",
    "venue": "What the venue itself puts on the screen. Plain text; one text for all languages, or a table "
    "with one for each.",
    "source": "Without any source the profile's public ones are asked. All are asked, and where they "
    "disagree the screen shows the higher level and says so. Their order is their priority: of several that state "
    "the level, the first is named. How many must state it: agree, at the top.",
    "trust": 'How long a statement is shown how. Times are written as in "90 s", "10 min", "24 h" or "28 d".',
    "endpoint": "With this table the kiosk tells how it is: /health, /metrics (Prometheus), /status.json and "
    "/screen.png. Without it nothing listens.",
    "presence": "With this table the kiosk publishes how it is as a retained message at an MQTT 5 broker, which "
    "says by itself when the kiosk is gone.",
    "screen": "Without any, the kiosk is shown on every screen. With some, on those only; but where none of them "
    "is connected, on all that are.",
    "lock": "Keys, mouse and touch do nothing on the screen, but for one chord and its PIN.",
    "power": "When the screens are switched off.",
}
_WIDTH = 100


def reference() -> str:
    """The reference of the configuration file, in Markdown."""
    return "\n".join(_reference_lines()) + "\n"


def example() -> str:
    """A configuration in which every option is explained and commented out: it changes nothing as it is."""
    return "\n".join(_example_lines()) + "\n"


def _reference_lines() -> Iterator[str]:
    yield "# Configuration"
    for table, options in TABLES.items():
        yield from ("", f"## {_TITLES[table]}", "")
        if _NOTES[table]:
            yield from (_NOTES[table], "")
        yield from ("| option | value | default | meaning |", "|---|---|---|---|")
        for option in options:
            yield f"| `{option.key}` | {option.kind.name} | {_default(option)} | {option.help} |"


def _default(option: Option) -> str:
    if option.required:
        return "required"
    if option.default is None or option.default in ("", (), {}):
        return "none"
    if isinstance(option.default, int):
        return f"`{str(option.default).lower()}`"
    return f"`{option.example}`" if f'"{option.default}"' == option.example else f'`"{option.default}"`'


def _example_lines() -> Iterator[str]:
    yield "# Threat Level Kiosk. Every option stands here with an example; take away the # to use it."
    yield "# As it is, this file changes nothing: the United Kingdom's level from its public sources."
    for table, options in TABLES.items():
        yield ""
        if table:
            yield from _wrapped(_NOTES[table])
            yield f"#[[{table}]]" if table in REPEATED else f"#[{table}]"
        for option in options:
            yield from ("", *_wrapped(option.help), f"#{option.key} = {option.example}")


def _wrapped(text: str) -> Iterator[str]:
    line = "#"
    for word in text.split():
        if len(line) + 1 + len(word) > _WIDTH:
            yield line
            line = "#"
        line += f" {word}"
    yield line
