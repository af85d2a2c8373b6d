"""``setup``: a window for the configuration. What it shows and does is decided here; it writes the same TOML."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Event
from typing import Any

from kiosk.asking import ask
from kiosk.commands.render import preview
from kiosk.config.edit import Draft, text_of
from kiosk.config.kinds import flag, mapping, texts
from kiosk.config.lines import Place
from kiosk.config.load import judged
from kiosk.config.model import Config
from kiosk.config.option import Option
from kiosk.config.options import TABLES
from kiosk.config.paths import usual_config_path
from kiosk.core.fold import Failed, Recalled, Stated
from kiosk.core.present import Occasion, told
from kiosk.core.screen import Scene
from kiosk.durations import written
from kiosk.errors import ConfigError, KioskError, ProfileError
from kiosk.exit_codes import DONE
from kiosk.formats import FORMATS
from kiosk.pins import hashed, refusal
from kiosk.profiles import built_in, is_path, load_profile, load_words
from kiosk.timekeeping import local_time
from kiosk.ui.setup.contract import Answer, Choice, Country, Field, Sort

_SEEN = ("profile", "area", "place", "languages", "venue")
_UNSEEN = {"url": "file:///", "format": "statement"}
_FILES = frozenset({"logo", "password_file", "ca_file"})
_SPOKEN = frozenset({"notice", "contact", "qr_label"})


def setup(path: Path | None) -> int:
    """Opens the window and returns when it is closed; ConfigError where the file can't be read as TOML."""
    desk = SetupDesk(Draft(path or usual_config_path()))

    from kiosk.ui.setup.window import show

    show(desk)
    return DONE


def _now() -> datetime:
    return datetime.now(UTC)


class SetupDesk:
    """Implements ``kiosk.ui.setup.contract.Desk`` for one file."""

    def __init__(self, draft: Draft, now: Callable[[], datetime] = _now) -> None:
        self._draft = draft
        self._now = now
        self.fields: Mapping[str, tuple[Field, ...]] = {
            table: tuple(map(_field, options)) for table, options in TABLES.items()
        }
        self.profiles = tuple(Choice(name, _name(name)) for name in built_in())
        self.formats = tuple(FORMATS)

    @property
    def path(self) -> str:
        """Where the file is."""
        return str(self._draft.path)

    @property
    def unsaved(self) -> bool:
        """As ``Desk.unsaved``."""
        return self._draft.unsaved

    @property
    def exists(self) -> bool:
        """As ``Desk.exists``."""
        return self._draft.path.exists()

    @property
    def changed_elsewhere(self) -> bool:
        """As ``Desk.changed_elsewhere``."""
        return self._draft.changed_elsewhere

    def values(self) -> dict[str, Any]:
        """As ``Desk.values``."""
        return self._draft.values()

    def put(self, place: Place, value: Any) -> None:
        """As ``Desk.put``."""
        self._draft.put(place, value)

    def add(self, table: str, values: Mapping[str, Any]) -> None:
        """As ``Desk.add``."""
        self._draft.add(table, values)

    def remove(self, table: str, index: int) -> None:
        """As ``Desk.remove``."""
        self._draft.remove(table, index)

    def reload(self) -> None:
        """As ``Desk.reload``."""
        self._draft.reload()

    def save(self, path: str | None = None) -> None:
        """As ``Desk.save``."""
        self._draft.save(Path(path) if path else None)

    def country(self) -> Country | None:
        """As ``Desk.country``; a profile of somebody's own may be written at the same time."""
        name = self._profile()
        return _country(name) if is_path(name) else _built_in(name)

    def public_sources(self) -> tuple[Mapping[str, str], ...]:
        """As ``Desk.public_sources``."""
        try:
            found = load_profile(self._profile(), ()).sources
        except ProfileError:
            return ()
        return tuple(
            {"name": source.name, "url": source.url, "format": source.format, "every": written(source.every)}
            for source in found
        )

    def mistakes(self) -> tuple[tuple[Place, str], ...]:
        """As ``Desk.mistakes``: those of ``config check``, and what it would tell next of what can be seen."""
        _, mistakes = self._judged(self._draft.text)
        seen, more = self._judged(self._seen())
        if seen and seen.venue.logo and (fault := _fault_of(seen.venue.logo)):
            more = ((("venue", 0, "logo"), fault),)
        visible = tuple(mistake for mistake in more if mistake[0][0] != "source" and mistake not in mistakes)
        return mistakes + visible

    def scene(self, level: str, state: str) -> Scene | None:
        """As ``Desk.scene``: mistakes in what can't be seen are no reason not to show the rest."""
        config, _ = self._judged(self._seen())
        if config is None:
            return None
        now = self._now()
        shown = level if level in config.profile.scale else config.profile.scale.levels[-1]
        occasion = Occasion(now, local_time, config.venue)
        return told(preview(config, shown, state, now), config.profile, config.words, occasion)

    def ask(self, index: int, stop: Event) -> Answer:
        """As ``Desk.ask``: of the file only that source and its country count, so that others may be wrong."""
        values = self._draft.values()
        entry = values["source"][index] if "source" in values else self.public_sources()[index]
        alone = {key: values[key] for key in ("profile", "area") if key in values} | {"source": [entry]}
        config, mistakes = self._judged(text_of(alone))
        if config is None:
            return Answer(good=False, sentence=" ".join(sentence for _, sentence in mistakes))
        source = config.sources[0]
        event = ask(source, config, stop, datetime.now(UTC)).event
        if stop.is_set():
            return Answer(good=False, sentence="Cancelled.")
        return _answer(source.name, event, config)

    def hashed_pin(self, pin: str) -> Answer:
        """As ``Desk.hashed_pin``."""
        reason = refusal(pin)
        return Answer(good=reason is None, sentence=reason or hashed(pin))

    def _seen(self) -> str:
        """The file without what can't be seen on the screen, and with a source that is none."""
        values = self._draft.values()
        seen = {key: values[key] for key in _SEEN if key in values}
        return text_of(seen | {"source": [_UNSEEN | {"name": self._first_name()}]})

    def _first_name(self) -> str:
        sources = self._draft.values().get("source") or self.public_sources()
        first = sources[0] if isinstance(sources, list | tuple) and sources else {}
        return str(first.get("name") or "a source")[:40] if isinstance(first, Mapping) else "a source"

    def _judged(self, text: str) -> tuple[Config | None, tuple[tuple[Place, str], ...]]:
        return judged(text, self.path, self._draft.path.parent)

    def _profile(self) -> str:
        name = str(self._draft.values().get("profile", "uk"))
        return str(self._draft.path.parent / name) if is_path(name) else name


def _country(name: str) -> Country | None:
    try:
        profile = load_profile(name, ())
    except ProfileError:
        return None
    words = profile.words[profile.languages[0]]
    return Country(
        areas=tuple(Choice(area, f"{area} \N{EN DASH} {words.heading[area]}") for area in profile.areas),
        languages=tuple(Choice(language, _language(language)) for language in profile.languages),
        levels=tuple(Choice(level, words.level[level]) for level in profile.scale.levels),
    )


@cache
def _built_in(name: str) -> Country | None:
    return _country(name)


def _answer(name: str, event: object, config: Config) -> Answer:
    if isinstance(event, Failed):
        return Answer(good=False, sentence=f"{event.message} [{event.problem}]")
    if not isinstance(event, Stated | Recalled):
        return Answer(good=False, sentence=f"{name} did not send its document.")
    reading = event.reading
    since = f", since {reading.changed:%d %B %Y}" if reading.changed else ""
    kept = " The broker kept this message; it counts once it is published again." * isinstance(event, Recalled)
    words = config.profile.words[config.profile.languages[0]]
    level = words.level[reading.level].upper()
    return Answer(
        good=True, sentence=f"{name} states {level} for {reading.area}{since}: “{reading.statement}”{kept}"
    )


def _field(option: Option) -> Field:
    default = option.default
    return Field(
        option.key,
        _sort(option),
        option.help,
        option.example.strip("\"'"),
        default if isinstance(default, str) else "" if default in (None, (), {}) else str(default).lower(),
        option.formats,
        option.schemes,
    )


def _sort(option: Option) -> Sort:
    if option.key in _FILES:
        return Sort.FILE
    if option.key in _SPOKEN:
        return Sort.SPOKEN
    if isinstance(option.default, int) and not isinstance(option.default, bool):
        return Sort.COUNT
    if option.key == "on":  # opening hours are a list where there are several
        return Sort.LINES
    named = {flag().name: Sort.FLAG, texts().name: Sort.LINES, mapping().name: Sort.LEVELS}
    return named.get(option.kind.name, Sort.TEXT)


@cache
def _name(profile: str) -> str:
    try:
        return load_profile(profile, ()).name
    except ProfileError:
        return profile


@cache
def _language(code: str) -> str:
    """A language's own name, and its code; a language that the screen can't speak is said to be so."""
    try:
        own = load_words(code).calendar.name
    except ProfileError:
        return f"{code} (the screen has no words in it)"
    return f"{own[:1].upper()}{own[1:]} ({code})"


def _fault_of(logo: str) -> str | None:
    from kiosk.ui.render import check_logo

    try:
        check_logo(logo)
    except (ConfigError, KioskError) as error:
        return str(error)
    return None
