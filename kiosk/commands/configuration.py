"""``config``: check, show, init and reference."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from kiosk.afar.token import read_secret
from kiosk.config.load import load_config
from kiosk.config.model import Config, EndpointConfig, PresenceConfig, SourceConfig
from kiosk.config.paths import usual_config_path
from kiosk.config.reference import example, reference
from kiosk.config.source_options import SOURCE
from kiosk.core.hours import write_hours
from kiosk.core.venue import Spoken, Venue
from kiosk.durations import written
from kiosk.errors import KioskError
from kiosk.exit_codes import DONE
from kiosk.formats.text import clean
from kiosk.transports.urls import masked, topic_of


def check(config: Config) -> int:
    """Says that the configuration is in order; mistakes were told when it was read.

    Raises:
        ConfigError: the venue's logo is none that can be shown, or the endpoint's token none that can be used; the
            kiosk would go without.
    """
    if config.venue.logo:
        from kiosk.ui.render import check_logo

        check_logo(config.venue.logo)
    if config.endpoint and config.endpoint.token_file:
        read_secret(config.endpoint.token_file)
    sources = ", ".join(source.name for source in config.sources)
    print(f"{config.origin} is in order: {config.profile.name}, area {config.area}, sources {sources}.")
    return DONE


def sign(path: Path, key: Path) -> int:
    """Signs a configuration for screens that fetch it from an address; the signature tells when.

    Raises:
        ConfigError: the configuration is wrong, and no screen would take it. Files that it names are looked for
            where it is; on each screen they have to be in the folder of its own configuration.
        KioskError: it can't be signed.
    """
    from kiosk.commands.signing import sign as minisign
    from kiosk.editions.remote import COMMENT, SUFFIX

    load_config(path, thorough=True)
    beside = path.with_name(path.name + SUFFIX)
    moment = datetime.now(UTC).replace(microsecond=0)
    try:
        with tempfile.TemporaryDirectory(dir=path.absolute().parent, prefix=f".{path.name}.") as folder:
            signature = Path(folder) / beside.name
            minisign(path, signature, key, COMMENT.format(moment=moment.isoformat()))
            signature.replace(beside)
    except OSError as error:
        raise KioskError(
            f"{beside} can't be written ({error.strerror}); copy the configuration elsewhere."
        ) from error
    print(f"Signed {path}: put it and {beside.name} on the server, the signature first.")
    return DONE


def show(config: Config) -> int:
    """Prints the configuration in effect as TOML, defaults included."""
    print("\n".join(_toml(config)))
    return DONE


def init(path: Path | None) -> int:
    """Writes the commented example to a file that does not exist yet."""
    target = path or usual_config_path()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8") as file:
            file.write(example())
    except FileExistsError:
        raise KioskError(f"{target} exists and is left as it is; name another file.") from None
    except OSError as error:
        raise KioskError(f"{target} can't be written ({error.strerror}); name another file.") from error
    print(f"Wrote {target}.")
    return DONE


def print_reference() -> int:
    """Prints every option with its meaning, in Markdown."""
    print(reference(), end="")
    return DONE


def _toml(config: Config) -> Iterator[str]:
    yield f"# {clean(config.origin)}"
    yield f"profile = {_text(config.profile_name)}"
    yield f"area = {_text(config.area)}"
    yield f"place = {_text(config.venue.place)}"
    yield f"languages = {_texts(tuple(words.language for words in config.words))}"
    if config.night:
        yield f"night = {_text('-'.join(f'{moment:%H:%M}' for moment in config.night))}"
    yield f"reduced_motion = {_flag(config.reduced_motion)}"
    yield from _venue(config.venue)
    for source in config.sources:
        yield from ("", "[[source]]", *_source(source))
    yield from ("", "[trust]")
    for key in config.trust.__struct_fields__:
        yield f"{key} = {_text(written(getattr(config.trust, key)))}"
    if config.endpoint:
        yield from ("", "[endpoint]", *_endpoint(config.endpoint))
    if config.presence:
        yield from ("", "[presence]", *_presence(config.presence))
    yield from _machine(config)


def _machine(config: Config) -> Iterator[str]:
    for screen in config.screens:
        yield from ("", "[[screen]]", f"name = {_text(screen.name)}", f"rotation = {screen.rotation}")
    if config.pin:
        yield from ("", "[lock]", "# pin is set, and not shown")
    if config.power:
        hours = _texts(tuple(map(write_hours, config.power.on)))
        yield from ("", "[power]", f"on = {hours}", f"rise = {_text(written(config.power.rise))}")


def _venue(venue: Venue) -> Iterator[str]:
    entries: dict[str, str] = {}
    if venue.logo:
        entries["logo"] = _text(venue.logo)
    if venue.notice:
        entries["notice"] = _spoken({language: "\n".join(lines) for language, lines in venue.notice.items()})
    if venue.contact:
        entries |= {"contact": _spoken(venue.contact.label), "contact_number": _text(venue.contact.number)}
    if venue.code:
        entries |= {"qr": _text(venue.code.url), "qr_label": _spoken(venue.code.label)}
    if entries:
        yield from ("", "[venue]", *(f"{key} = {value}" for key, value in entries.items()))


def _endpoint(endpoint: EndpointConfig) -> Iterator[str]:
    yield f"address = {_text(urlsplit(endpoint.url).netloc)}"
    if endpoint.token_file:
        yield f"token_file = {_text(endpoint.token_file)}"


def _presence(presence: PresenceConfig) -> Iterator[str]:
    parts = urlsplit(presence.url)
    yield f"url = {_text(f'{parts.scheme}://{parts.netloc}')}"
    yield f"topic = {_text(topic_of(presence.url))}"
    yield f"every = {_text(written(presence.every))}"
    yield f"insecure = {_flag(presence.insecure)}"
    for key in ("username", "password_file", "ca_file"):
        if value := getattr(presence.broker, key):
            yield f"{key} = {_text(value)}"


def _source(source: SourceConfig) -> Iterator[str]:
    yield f"name = {_text(source.name)}"
    yield f"url = {_text(masked(source.url))}"
    yield f"format = {_text(source.format)}"
    yield f"every = {_text(written(source.every))}"
    yield f"deadline = {_text(written(source.deadline))}"
    yield f"redirect_hosts = {_texts(source.redirect_hosts)}"
    yield f"insecure = {_flag(source.insecure)}"
    for option in SOURCE:
        if source.format in option.formats and (value := getattr(source, option.key)):
            yield f"{option.key} = {_value(value)}"


def _value(value: str | timedelta | tuple[str, ...] | Mapping[str, str]) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, timedelta):
        return _text(written(value))
    if isinstance(value, tuple):
        return _texts(value)
    return f"{{ {', '.join(f'{_text(word)} = {_text(level)}' for word, level in value.items())} }}"


def _spoken(texts: Spoken[str]) -> str:
    if "" in texts:
        return _text(texts[""])
    return f"{{ {', '.join(f'{_text(language)} = {_text(text)}' for language, text in texts.items())} }}"


def _flag(value: bool) -> str:  # noqa: FBT001 - turns one into text
    return str(value).lower()


def _texts(values: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_text, values))}]"


def _text(value: str) -> str:
    """A TOML string: JSON's escapes are a part of TOML's, which wants one for DEL as well."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
