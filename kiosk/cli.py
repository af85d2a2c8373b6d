"""The command line: what was asked for, and the one sentence where it can't be done."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from kiosk import __version__, logs
from kiosk.config.model import Config
from kiosk.config.paths import state_dir
from kiosk.core.model import StateName
from kiosk.editions.choose import chosen, newest
from kiosk.editions.origin import Origin
from kiosk.errors import ConfigError, KioskError, OrderRefused
from kiosk.exit_codes import DONE, OTHER, USAGE

_DEMONSTRATION_PICTURE = Path("threat-level-kiosk-demo.png")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit code; errors go to stderr in one plain sentence."""
    _write_utf8()
    options = _parser().parse_args(arguments)
    try:
        _begin_log(options)
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
            from kiosk.store import Store

            return history(
                Store(_folder(options)), _config(options), json_wanted=options.json, verify=options.verify
            )
        case "render" | "screens":
            return _look(options)
        case _:
            return (_configuration if options.command == "config" else _order)(options)


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
    from kiosk.editions.begin import begin
    from kiosk.editions.kept import Kept

    folder = _folder(options)
    begun = begin(_origin(options, runs=True), Kept(folder))
    if missing:
        raise KioskError(f"{missing}; start the kiosk on a display, or make a picture with: render.")
    from kiosk.app import run

    return run(begun.edition.config, folder, windowed=options.windowed, begun=begun)


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


def _config(options: argparse.Namespace, *, thorough: bool = False) -> Config:
    return newest(_origin(options), thorough=thorough).config


def _origin(options: argparse.Namespace, *, runs: bool = False) -> Origin:
    return chosen(options.config, options.config_key, _folder(options), runs=runs)


def _folder(options: argparse.Namespace) -> Path:
    return state_dir(options.state_dir)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="threat-level-kiosk",
        description="Shows the current terrorism threat level, full screen and truthful when offline.",
    )
    _add_common(parser)
    _add_run(parser)
    parser.set_defaults(config=None, config_key=None, state_dir=None, log_file=None, windowed=False, demo=False)
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def command(name: str, summary: str) -> argparse.ArgumentParser:
        return _add_common(commands.add_parser(name, help=summary, description=summary))

    _add_run(command("run", "the kiosk (also with no command)"))
    check = command("check", "ask every source once and print what would be shown")
    check.add_argument("--json", action="store_true", help="as one JSON object")
    status = command("status", "what the running kiosk shows now")
    status.add_argument("--json", action="store_true", help="as one JSON object")
    history = command("history", "what was shown when, and why")
    history.add_argument("--json", action="store_true", help="as a JSON array")
    history.add_argument("--verify", action="store_true", help="follow the log's chain of digests instead")
    command("doctor", "look at sources, clock, disk, font, screens and power, and say what to do")
    _add_screens(command("screens", "list the screens, and show which is which"))
    publish = command("publish", "write what the sources state as a signed document, for other kiosks")
    publish.add_argument("--out", type=Path, required=True, metavar="F.json", help="the document")
    publish.add_argument("--key", type=Path, required=True, metavar="F.key", help="minisign's secret key")
    publish.add_argument("--valid", default="24 h", metavar="TIME", help="how long it holds (24 h)")
    _add_render(command("render", "the exact screen as a PNG; no display is needed"))
    _add_orders(command("level", "set a level on the running kiosk, confirm another's, or clear it"))
    _add_drill(command("exercise", "start or stop a drill on the running kiosk"))
    _add_config(command("config", "check, show or write the configuration"))
    return parser


def _add_screens(screens: argparse.ArgumentParser) -> None:
    screens.add_argument("--json", action="store_true", help="as a JSON array")
    screens.add_argument(
        "--identify", nargs="?", type=_seconds, const=5.0, metavar="SECONDS",
        help="show a number on each, for 5 seconds or so many (60 at most)",
    )  # fmt: skip


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 1 <= seconds <= 60:  # noqa: PLR2004 - NaN fails it, too
        raise argparse.ArgumentTypeError("from 1 to 60 seconds")
    return seconds


def _add_render(render: argparse.ArgumentParser) -> None:
    render.add_argument("--out", type=Path, required=True, metavar="F.png", help="the picture")
    render.add_argument("--size", required=True, metavar="WxH", help="in pixels, such as 1920x1080")
    render.add_argument("--at", metavar="ISO-TIME", help="what the screen showed or would show then")
    render.add_argument("--level", metavar="ID", help="a preview of this level, with --state")
    render.add_argument("--state", choices=[str(name) for name in StateName], help="a preview of this state")
    render.add_argument("--language", metavar="xx", help="in this language of the profile")
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
        ("pin", "ask for the PIN that ends the kiosk at its keyboard, and print its line"),
    ):
        _add_common(commands.add_parser(name, help=summary, description=summary))
    summary = "sign it for screens that fetch it from an address"
    sign = _add_common(commands.add_parser("sign", help=summary, description=summary))
    sign.add_argument("file", type=Path, help="the configuration; its signature is written beside it")
    sign.add_argument("--key", type=Path, required=True, metavar="F.key", help="minisign's secret key")
    init = commands.add_parser("init", help="write a commented example", description="write a commented example")
    init.add_argument("file", type=Path, nargs="?", help="where; without it the platform's usual place")


def _add_common(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """The options of every command, before it and behind it.

    Each parser has its own: shared through ``parents``, a default of one would undo what another has read.
    """
    parser.add_argument(
        "--config", default=argparse.SUPPRESS, metavar="FILE", help="the configuration: a file or an https address"
    )
    parser.add_argument(
        "--config-key",
        default=argparse.SUPPRESS,
        metavar="KEY",
        help="whose signature a configuration from an address needs: minisign.pub, or its second line",
    )
    parser.add_argument(
        "--state-dir", type=Path, default=argparse.SUPPRESS, metavar="DIR", help="where memory and log are kept"
    )
    return parser


def _add_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--log-file", type=Path, default=argparse.SUPPRESS, metavar="FILE", help="the log, instead of on stderr"
    )
    for option, what in (
        ("--windowed", "in an ordinary window"),
        ("--demo", "recorded levels instead of today's"),
    ):
        parser.add_argument(option, action="store_true", default=argparse.SUPPRESS, help=what)


if __name__ == "__main__":
    sys.exit(main())
