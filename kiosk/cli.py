"""The command line: what was asked for, and the one sentence where it can't be done."""

import argparse
import io
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from kiosk import __version__
from kiosk.config.load import load_config
from kiosk.config.model import Config
from kiosk.config.paths import config_path, state_dir
from kiosk.core.model import StateName
from kiosk.errors import ConfigError, KioskError, OrderRefused
from kiosk.exit_codes import DONE, OTHER, USAGE

_DEMONSTRATION_PICTURE = Path("threat-level-kiosk-demo.png")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit code; errors go to stderr in one plain sentence."""
    _write_utf8()
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.INFO)
    options = _parser().parse_args(arguments)
    try:
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


def _do(options: argparse.Namespace) -> int:
    match options.command or "run":
        case "run":
            return _run(options)
        case "check" | "doctor" | "publish":
            return _ask(options)
        case "status":
            from kiosk.commands.status import status

            return status(_folder(options), _config(options), json_wanted=options.json)
        case "history":
            from kiosk.commands.history import history

            return history(_config(options), _folder(options), options)
        case "render":
            from kiosk.commands.render import render

            return render(_config(options), _folder(options), options)
        case _:
            return {"config": _configuration, "setup": _setup}.get(options.command, _order)(options)


def _run(options: argparse.Namespace) -> int:
    from kiosk.displays import display_missing

    missing = display_missing()
    if options.demo:
        from kiosk.commands.demo import demo

        return demo(windowed=options.windowed, missing=missing, picture=_DEMONSTRATION_PICTURE)
    config = _config(options)
    if missing:
        raise KioskError(f"{missing}; start the kiosk on a display, or make a picture with: render.")
    from kiosk.app import run

    return run(config, _folder(options), windowed=options.windowed)


def _setup(options: argparse.Namespace) -> int:
    from kiosk.displays import display_missing

    if missing := display_missing():
        raise KioskError(f"{missing}; write the configuration in a text editor, begun with: config init.")
    from kiosk.commands.setup import setup

    return setup(config_path(options.config))


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
        case "show":
            return configuration.show(_config(options))
        case _:
            return configuration.check(_config(options, thorough=True))


def _config(options: argparse.Namespace, *, thorough: bool = False) -> Config:
    return load_config(config_path(options.config), thorough=thorough)


def _folder(options: argparse.Namespace) -> Path:
    return state_dir(options.state_dir)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="threat-level-kiosk",
        description="Shows the current terrorism threat level, full screen and truthful when offline.",
    )
    _add_common(parser)
    _add_run(parser)
    parser.set_defaults(config=None, state_dir=None, windowed=False, demo=False)
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def command(name: str, summary: str) -> argparse.ArgumentParser:
        return _add_common(commands.add_parser(name, help=summary, description=summary))

    _add_run(command("run", "the kiosk (also with no command)"))
    check = command("check", "ask every source once and print what would be shown")
    check.add_argument("--json", action="store_true", help="as one JSON object")
    status = command("status", "what the running kiosk shows now")
    status.add_argument("--json", action="store_true", help="as one JSON object")
    _add_history(command("history", "what was shown when, and why"))
    command("doctor", "look at sources, clock, disk, font and display, and say what to do")
    publish = command("publish", "write what the sources state as a signed document, for other kiosks")
    publish.add_argument("--out", type=Path, required=True, metavar="F.json", help="the document")
    publish.add_argument("--key", type=Path, required=True, metavar="F.key", help="minisign's secret key")
    publish.add_argument("--valid", default="24 h", metavar="TIME", help="how long it holds (24 h)")
    _add_render(command("render", "the exact screen as a PNG; no display is needed"))
    _add_orders(command("level", "set a level on the running kiosk, confirm another's, or clear it"))
    _add_drill(command("exercise", "start or stop a drill on the running kiosk"))
    command("setup", "a window for the configuration, with a preview")
    _add_config(command("config", "check, show or write the configuration"))
    return parser


def _add_history(history: argparse.ArgumentParser) -> None:
    form = history.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="as a JSON array")
    form.add_argument("--csv", action="store_true", help="as a table for spreadsheets")
    form.add_argument("--picture", type=Path, metavar="F.png", help="as a picture of levels and states over time")
    form.add_argument("--verify", action="store_true", help="follow the log's chain of digests instead")
    time = '"2026-11-14", "2026-11-14 18:00", or how long ago as in "14 d"'
    history.add_argument("--since", metavar="TIME", help=f"from then on, by the venue's clock: {time}")
    history.add_argument("--until", metavar="TIME", help="until then; a day counts as a whole")
    history.add_argument("--size", default="1600x900", metavar="WxH", help="of the picture, in pixels (1600x900)")


def _add_render(render: argparse.ArgumentParser) -> None:
    render.add_argument("--out", type=Path, required=True, metavar="F.png", help="the picture")
    render.add_argument("--size", required=True, metavar="WxH", help="in pixels, such as 1920x1080")
    render.add_argument("--at", metavar="ISO-TIME", help="what the screen showed or would show then")
    render.add_argument("--level", metavar="ID", help="a preview of this level, with --state")
    render.add_argument("--state", choices=[str(name) for name in StateName], help="a preview of this state")
    render.add_argument("--language", metavar="xx", help="in this language of the profile")
    render.add_argument(
        "--frame", action="store_true", help="print the picture's digest, as the display log has it"
    )
    render.add_argument("--layout", type=Path, metavar="F.json", help="where every text was drawn")


def _add_orders(level: argparse.ArgumentParser) -> None:
    acts = level.add_subparsers(dest="act", metavar="COMMAND", required=True)
    summary = "show a level until a time, at most 7 days away"
    put = _add_common(acts.add_parser("set", help=summary, description=summary))
    put.add_argument("level", metavar="ID", help="a level of the profile, such as SEVERE")
    _add_who_and_when(put)
    put.add_argument("--reason", required=True, metavar="TEXT", help="why; it stands on the screen")
    summary = "confirm the level that another person set, where the configuration wants two"
    confirm = _add_common(acts.add_parser("confirm", help=summary, description=summary))
    confirm.add_argument("--by", required=True, metavar="NAME", help="who confirms; not who set it")
    summary = "take back the level that was set"
    _add_who(_add_common(acts.add_parser("clear", help=summary, description=summary)))


def _add_drill(exercise: argparse.ArgumentParser) -> None:
    acts = exercise.add_subparsers(dest="act", metavar="COMMAND", required=True)
    summary = "show a drill until a time, at most 4 hours away"
    start = _add_common(acts.add_parser("start", help=summary, description=summary))
    start.add_argument("--level", required=True, metavar="ID", help="the level of the drill, such as CRITICAL")
    _add_who_and_when(start)
    start.add_argument("--reason", default="an exercise", metavar="TEXT", help="what for; the log keeps it")
    start.add_argument("--yes-exercise", action="store_true", help="instead of typing the word EXERCISE")
    summary = "end the drill"
    _add_who(_add_common(acts.add_parser("stop", help=summary, description=summary)))


def _add_who_and_when(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by", required=True, metavar="NAME", help="who orders it; it stands on the screen")
    parser.add_argument(
        "--until", required=True, metavar="TIME", help='"2 h", "18:00", "tomorrow 08:30" or "2026-11-24 18:00"'
    )


def _add_who(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by", metavar="NAME", help="who orders it, for the log; without it the user's account")


def _add_config(config: argparse.ArgumentParser) -> None:
    commands = config.add_subparsers(dest="config_command", metavar="COMMAND", required=True)
    for name, summary in (
        ("check", "say what is wrong with it, all at once"),
        ("show", "print what is in effect"),
        ("reference", "print every option"),
    ):
        _add_common(commands.add_parser(name, help=summary, description=summary))
    init = commands.add_parser("init", help="write a commented example", description="write a commented example")
    init.add_argument("file", type=Path, nargs="?", help="where; without it the platform's usual place")


def _add_common(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """The options of every command, before it and behind it.

    Each parser has its own: shared through ``parents``, a default of one would undo what another has read.
    """
    parser.add_argument("--config", type=Path, default=argparse.SUPPRESS, metavar="FILE", help="the configuration")
    parser.add_argument(
        "--state-dir", type=Path, default=argparse.SUPPRESS, metavar="DIR", help="where memory and log are kept"
    )
    return parser


def _add_run(parser: argparse.ArgumentParser) -> None:
    for option, what in (
        ("--windowed", "in an ordinary window"),
        ("--demo", "recorded levels instead of today's"),
    ):
        parser.add_argument(option, action="store_true", default=argparse.SUPPRESS, help=what)


if __name__ == "__main__":
    sys.exit(main())
