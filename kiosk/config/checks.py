"""What no single option can know: whether the entries of a table fit together."""

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from urllib.parse import urlsplit

from kiosk.config.model import SourceConfig
from kiosk.config.option import Option
from kiosk.config.source_options import SOURCE
from kiosk.core.model import Scale
from kiosk.core.policy import Trust
from kiosk.durations import written
from kiosk.formats import FORMATS
from kiosk.formats.text import clean
from kiosk.transports import PUSHED, SCHEMES
from kiosk.transports.urls import is_loopback, masked, topic_of

_HOST = re.compile(r"[A-Za-z0-9._:%-]+")  # names in other scripts are written as xn--..., addresses with colons
_NEEDED = {
    "json": ("level", '"the.path", where the level is in the document'),
    "signed": ("public_keys", '["the second line of minisign.pub"]'),
    "rss": ("pattern", "'its sentence with (?P<level>...)', how the feed states the level"),
    "cap": ("parameter", '"its name", the parameter that carries the level'),
}
_SHORTEST_ELSEWHERE = timedelta(seconds=60)


def plain_host(host: str) -> bool:
    """Whether the host of a url is a name or an address in plain letters."""
    return _HOST.fullmatch(host) is not None


def trust_mistakes(trust: Trust) -> Iterator[str]:
    """One sentence for each limit that comes before the one that it should follow."""
    limits = (("live", trust.live), ("stale", trust.stale), ("last_known", trust.last_known))
    for (sooner, short), (later, long) in pairwise(limits):
        if short > long:
            yield f"{sooner} ({written(short)}) must not be longer than {later} ({written(long)})."


def source_mistakes(source: SourceConfig, scale: Scale) -> Iterator[tuple[str, str]]:
    """The entry at fault and a sentence, for each thing in a source that can't work."""
    if source.format not in FORMATS:
        yield "format", f'"{source.format}" is not a format; use {", ".join(FORMATS)}.'
    yield from _address(source)
    yield from _belonging(source)
    if source.format == "json":
        from kiosk.formats.json_paths import check_path

        for key, path in (("level", source.level), ("changed", source.changed), ("issued", source.issued)):
            if path and (reason := check_path(path)):
                yield key, f"{key}: {reason}"
    if source.format in {"rss", "html"}:
        yield from _places(source, scale)
    if source.public_keys:
        yield from _keys(source)
    for word, level in source.values.items():
        if level not in scale:
            levels = ", ".join(scale.levels)
            yield (
                "values",
                f'values maps "{clean(word)}" to "{clean(level)}", which is no level; the levels are {levels}.',
            )


def _keys(source: SourceConfig) -> Iterator[tuple[str, str]]:
    from kiosk.formats.signed import check_key

    for key in source.public_keys:
        if reason := check_key(key):
            yield "public_keys", f"public_keys: {reason}"


def _belonging(source: SourceConfig) -> Iterator[tuple[str, str]]:
    """What is said to a format that doesn't ask for it, and the one thing that a format can't do without."""
    for option in SOURCE:
        if not option.formats or source.format not in FORMATS:
            continue
        given = getattr(source, option.key)
        if source.format in option.formats:
            if not given and (needed := _NEEDED.get(source.format)) and option.key == needed[0]:
                yield "", f"a {source.format} source needs {option.key} = {needed[1]}."
        elif given and given not in (option.default, _read(option)):
            known = " and ".join(option.formats)
            yield option.key, f"{option.key} is for {known} sources only; {source.format} does without it."


def _places(source: SourceConfig, scale: Scale) -> Iterator[tuple[str, str]]:
    """Where in a feed or a page the level stands."""
    if source.format == "html" and not (source.pattern or source.select):
        yield "", 'an html source needs select = "a CSS selector" or a pattern, where the level is in the page.'
    if source.pattern:
        from kiosk.formats.patterns import check_pattern

        if reason := check_pattern(source.pattern, (*scale.levels, *source.values)):
            yield "pattern", f"pattern: {reason}"
    if source.select:
        from kiosk.formats.web_page import check_selector

        if reason := check_selector(source.select):
            yield "select", f"select: {reason}"


def _read(option: Option) -> object:
    return option.kind.read(option.default) if isinstance(option.default, str) else option.default


def _address(source: SourceConfig) -> Iterator[tuple[str, str]]:
    try:
        parts = urlsplit(source.url)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        yield "url", f'"{masked(source.url)}" is not an address: {error}.'
        return
    if parts.scheme not in SCHEMES:
        yield (
            "url",
            f'"{masked(source.url)}" begins with none of {", ".join(f"{name}:" for name in sorted(SCHEMES))}.',
        )
        return
    yield from _login(source, parts.scheme)
    if parts.scheme == "file":
        if not parts.path.startswith("/") or host not in {"", "localhost"}:
            yield "url", f'"{masked(source.url)}" must name a file of this machine: file:///the/whole/path.'
        return
    if not plain_host(host):
        yield "url", f'"{clean(masked(source.url))}" names no host in plain letters.'
        return
    pushed = parts.scheme in PUSHED
    if pushed:
        yield from _broker(source)
    if is_loopback(source.url):
        return
    if parts.scheme in {"http", "mqtt"} and not source.insecure:
        plain = parts.scheme
        yield "url", f"plain {plain} can be changed by anybody on the way; use {plain}s, or set insecure = true."
    if source.every < _SHORTEST_ELSEWHERE and not pushed:
        yield "every", f"another machine is asked once in {written(_SHORTEST_ELSEWHERE)} at most."


def _broker(source: SourceConfig) -> Iterator[tuple[str, str]]:
    """What can be wrong with the address of a topic."""
    parts = urlsplit(source.url)
    if "@" in parts.netloc:
        yield "url", "a password in a url is seen by many; write username and password_file instead."
    if parts.query or parts.fragment:
        yield "url", f'"{masked(source.url)}" contains ? or #; write them as %3F and %23.'
    try:
        topic_of(source.url)
    except ValueError as error:
        yield "url", f'"{clean(masked(source.url))}" {error}.'


def _login(source: SourceConfig, scheme: str) -> Iterator[tuple[str, str]]:
    """What is said of a broker to a source that has none, and half a login."""
    for option in SOURCE:
        if option.schemes and scheme not in option.schemes and getattr(source, option.key):
            yield option.key, f"{option.key} is for {' and '.join(option.schemes)} sources only."
    if source.password_file and not source.username:
        yield "password_file", "password_file needs username beside it."
