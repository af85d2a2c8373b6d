"""``render``: the exact screen as a PNG, for a moment of the log, for now, or as a preview of any state."""

import argparse
import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from kiosk.commands.replay import shown_at
from kiosk.commands.sizes import size
from kiosk.config.model import Config
from kiosk.control import ask_running
from kiosk.core.derive import derive
from kiosk.core.model import Clock, Display, LocalSetting, StateName
from kiosk.core.present import Occasion, told
from kiosk.core.turns import is_night
from kiosk.errors import ConfigError, KioskError
from kiosk.exit_codes import DONE
from kiosk.memory import remembered
from kiosk.profiles import load_profile, load_words
from kiosk.store import Store
from kiosk.timekeeping import clock_of_this_run, local_time

_FIRST_YEAR, _LAST_YEAR = 1971, 2999  # every platform knows the time zone in between
_AGES = {
    StateName.LIVE: timedelta(minutes=2),
    StateName.STALE: timedelta(hours=3),
    StateName.LAST_KNOWN: timedelta(days=5),
}


def render(config: Config, folder: Path, options: argparse.Namespace) -> int:
    """Draws the picture, and with ``--layout`` writes down every text of it."""
    width, height = size(options.size)
    now = _moment(options.at)
    config = _in_language(config, options.language)
    if options.state or options.level:
        display = preview(config, options.level, options.state or StateName.LIVE, now)
    elif options.at:
        display = _at(config, folder, now)
    else:
        display = _now(config, folder)
    night = is_night(local_time(now), config.night)
    occasion = Occasion(now, local_time, config.venue, night=night)
    scene = told(display, config.profile, config.words, occasion)

    from kiosk.ui.frame import frame
    from kiosk.ui.render import board, image, save
    from kiosk.ui.report import layout_report

    drawn = board(scene, width, height)
    save(image(drawn), options.out)
    if options.frame:
        print(frame(drawn))
    if options.layout:
        report = json.dumps(layout_report(drawn, display.state), ensure_ascii=False, indent=1)
        try:
            options.layout.write_text(report + "\n", "utf-8")
        except OSError as error:
            raise KioskError(
                f"{options.layout} can't be written ({error.strerror}); name another file."
            ) from error
    return DONE


def preview(config: Config, level: str | None, state: str, now: datetime) -> Display:
    """A made-up display of a state: for pictures, never for a screen."""
    name, scale = StateName(state), config.profile.scale
    if name is StateName.UNKNOWN:
        return Display(name, (), None, None, len(scale), config.area)
    if level is None or level.upper() not in scale:
        raise ConfigError((f"--level must be one of {', '.join(scale.levels)}.",))
    level = level.upper()
    rank = scale.rank(level)
    shown = Display(name, (), level, rank, len(scale), config.area)
    if name in {StateName.OPERATOR, StateName.EXERCISE}:
        until = (now + timedelta(hours=3)).replace(minute=0, second=0, microsecond=0)
        return replace(shown, local=LocalSetting("the duty manager", "preview", until))
    source = config.sources[0].name
    neighbour = scale.levels[rank - 2] if rank > 1 else scale.levels[rank]
    return replace(
        shown,
        previous=neighbour,
        changed=local_time(now - timedelta(days=7)).date(),
        confirmed=now - _AGES[name],
        age=_AGES[name],
        attempted=now,
        source=source,
    )


def _now(config: Config, folder: Path) -> Display:
    """What the running kiosk says that it shows; without one, what it would start with."""
    try:
        return ask_running(folder).display
    except KioskError:
        return _from_memory(config, folder, clock_of_this_run()())


def _at(config: Config, folder: Path, moment: datetime) -> Display:
    """What the log says was shown then; for a time to come, what a start would show from memory."""
    if moment <= datetime.now(UTC):
        shown, remark = shown_at(config, folder, moment)
        if remark:
            print(remark, file=sys.stderr)
        return shown
    return _from_memory(config, folder, Clock(moment, 0.0, "render", "render"))


def _from_memory(config: Config, folder: Path, clock: Clock) -> Display:
    return derive(remembered(Store(folder), config, clock), clock, config.policy())


def _moment(text: str | None) -> datetime:
    if text is None:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        raise ConfigError((f'--at "{text}" is not a time; write it as in 2026-11-22T14:32:00Z.',)) from None
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise ConfigError((f"--at must be in a year from {_FIRST_YEAR} to {_LAST_YEAR}.",))
    return moment


def _in_language(config: Config, language: str | None) -> Config:
    """The configuration with that language alone, which need not be one that the screen shows."""
    if language is None:
        return config
    if language not in config.profile.languages:
        known = ", ".join(config.profile.languages)
        raise ConfigError((f'--language "{language}" is not in the profile, which has {known}.',))
    profile = load_profile(config.profile_name, (language,))
    return replace(config, profile=profile, words=(load_words(language),))
