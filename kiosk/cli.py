"""The command line: what was asked for, and the one sentence where it can't be done."""

import argparse
import gc
import io
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk import logs
from kiosk.arguments import parser
from kiosk.config.paths import state_dir
from kiosk.errors import ConfigError, KioskError, OrderRefused
from kiosk.exit_codes import DONE, OTHER, USAGE

if TYPE_CHECKING:
    from kiosk.config.model import Config
    from kiosk.editions.origin import Origin

_DEMONSTRATION_PICTURE = Path("threat-level-kiosk-demo.png")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit code; errors go to stderr in one plain sentence."""
    _write_utf8()
    options = parser().parse_args(arguments)
    try:
        _begin_log(options)
        if options.command not in {None, "run"}:  # the kiosk does so behind its first picture
            gc.enable()
        code = _do(options)
        print(end="", flush=True)
    except ConfigError as error:
        print(error, file=sys.stderr)
        return USAGE
    except OrderRefused as error:
        print(error, file=sys.stderr)
        return error.code
    except KioskError as error:
        print(error, file=sys.stderr)
        return OTHER
    except KeyboardInterrupt:  # before the kiosk takes the signal over, or in a command that asks the sources
        return OTHER
    except BrokenPipeError:  # `history | head`: nobody reads on, and Python's own last flush must not fail aloud
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return code


def _write_utf8() -> None:
    """JSON is UTF-8 for whoever reads it, and no sentence fails on a character that the locale lacks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _begin_log(options: argparse.Namespace) -> None:
    """To the file that was named; without a console, as on Windows, to one beside the memory."""
    if sys.stderr is None:
        logs.file_instead_of_stderr(options.log_file or _folder(options) / "kiosk.log")
    else:
        logs.begin(options.log_file)


def _do(options: argparse.Namespace) -> int:
    match options.command or "run":
        case "run":
            return _run(options)
        case "check" | "doctor" | "publish":
            return _ask(options)
        case "status":
            return _status(options)
        case "history":
            from kiosk.commands.history import history

            return history(_config(options), _folder(options), options)
        case "render" | "screens":
            return _look(options)
        case _:
            return {"config": _configuration, "setup": _setup}.get(options.command, _order)(options)


def _status(options: argparse.Namespace) -> int:
    from kiosk.commands.status import status

    try:
        return status(_folder(options), json_wanted=options.json)
    except KioskError:
        _config(options)  # where no kiosk answers, a mistake in it may be the reason
        raise


def _run(options: argparse.Namespace) -> int:
    from kiosk.displays import display_missing

    missing = display_missing()
    if options.demo:
        from kiosk.commands.demo import demo

        return demo(windowed=options.windowed, missing=missing, picture=_DEMONSTRATION_PICTURE)
    from kiosk.transports import asks_server, prepared

    folder = _folder(options)
    with ExitStack() as ready:
        # Nearly every kiosk asks a server. So the first fetch's process loads its library from here on, while this
        # one reads the configuration and loads Qt.
        ready.enter_context(prepared())
        from kiosk.editions.begin import begin
        from kiosk.editions.kept import Kept

        begun = begin(_origin(options, runs=True), Kept(folder))
        if missing:
            raise KioskError(f"{missing}; start the kiosk on a display, or make a picture with: render.")
        if not any(asks_server(source.url) for source in begun.edition.config.sources):
            ready.close()
        from kiosk.app import run

        return run(begun.edition.config, folder, windowed=options.windowed, begun=begun)


def _setup(options: argparse.Namespace) -> int:
    from kiosk.displays import display_missing

    if missing := display_missing():
        raise KioskError(f"{missing}; write the configuration in a text editor, begun with: config init.")
    from kiosk.commands.setup import setup

    origin = _origin(options)
    if origin.location and origin.file is None:
        raise KioskError(f"{origin.location} is signed elsewhere; change it there, or name a file with --config.")
    return setup(origin.file)


def _ask(options: argparse.Namespace) -> int:
    """The commands that ask the sources."""
    if options.command == "publish":
        from kiosk.commands.publish import publish

        return publish(_config(options), options.key, options.out, options.valid)
    if options.command == "doctor":
        from kiosk.commands.doctor import doctor

        return doctor(_config(options), _folder(options))
    from kiosk.commands.check import check

    return check(_config(options), _folder(options), json_wanted=options.json)


def _look(options: argparse.Namespace) -> int:
    """The commands about what can be seen."""
    config, folder = _config(options), _folder(options)
    if options.command == "screens":
        from kiosk.commands.screens import screens

        return screens(config, folder, json_wanted=options.json, identify=options.identify)
    from kiosk.commands.render import render

    return render(config, folder, options)


def _order(options: argparse.Namespace) -> int:
    from kiosk.commands.orders import account, confirm_exercise, order
    from kiosk.control import ClearLevel, ConfirmLevel, Order, SetLevel, StartExercise, StopExercise

    wanted: Order
    match options.command, options.act:
        case "level", "set":
            wanted = SetLevel(options.level, options.by, options.reason, options.until)
        case "level", "confirm":
            wanted = ConfirmLevel(options.by)
        case "level", _:
            wanted = ClearLevel(options.by or account())
        case _, "start":
            confirm_exercise(yes=options.yes_exercise)
            wanted = StartExercise(options.level, options.by, options.reason, options.until)
        case _:
            wanted = StopExercise(options.by or account())
    return order(_folder(options), wanted)


def _configuration(options: argparse.Namespace) -> int:
    from kiosk.commands import configuration

    match options.config_command:
        case "init":
            return configuration.init(options.file)
        case "reference":
            return configuration.print_reference()
        case "sign":
            return configuration.sign(options.file, options.key)
        case "show":
            return configuration.show(_config(options))
        case "pin":
            from kiosk.commands.pin import pin

            return pin()
        case _:
            return configuration.check(_config(options, thorough=True))


def _config(options: argparse.Namespace, *, thorough: bool = False) -> "Config":
    from kiosk.editions.choose import newest

    return newest(_origin(options), thorough=thorough).config


def _origin(options: argparse.Namespace, *, runs: bool = False) -> "Origin":
    from kiosk.editions.choose import chosen

    return chosen(options.config, options.config_key, _folder(options), runs=runs)


def _folder(options: argparse.Namespace) -> Path:
    return state_dir(options.state_dir)


if __name__ == "__main__":
    sys.exit(main())
