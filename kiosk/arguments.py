"""What the command line takes: every command with its options and what they are for."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kiosk import __version__


def parser() -> argparse.ArgumentParser:
    """Of every command."""
    whole = argparse.ArgumentParser(
        prog="threat-level-kiosk",
        description="Shows the current terrorism threat level, full screen and truthful when offline.",
    )
    _add_common(whole)
    _add_run(whole)
    whole.set_defaults(config=None, config_key=None, state_dir=None, log_file=None, windowed=False, demo=False)
    whole.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Late)

    def command(name: str, summary: str, *fill: _Fill) -> None:
        commands.add_parser(name, help=summary, description=summary, fill=(_add_common, *fill))

    command("run", "the kiosk (also with no command)", _add_run)
    command("check", "ask every source once and print what would be shown", _add_json)
    command("status", "what the running kiosk shows now", _add_json)
    command("history", "what was shown when, and why", _add_history)
    command("doctor", "look at sources, clock, disk, font, screens and power, and say what to do")
    command("screens", "list the screens, and show which is which", _add_screens)
    command("publish", "write what the sources state as a signed document, for other kiosks", _add_publish)
    command("render", "the exact screen as a PNG; no display is needed", _add_render)
    command("level", "set a level on the running kiosk, confirm another's, or clear it", _add_orders)
    command("exercise", "start or stop a drill on the running kiosk", _add_drill)
    command("setup", "a window for the configuration, with a preview")
    command("config", "check, show or write the configuration", _add_config)
    return whole


_Fill = Callable[[argparse.ArgumentParser], object]


class _Late(argparse.ArgumentParser):
    """A command's parser, made when somebody first looks at anything in it.

    To make those of all commands takes as long as to read the configuration, and a start needs one or none.

    Args:
        fill: what adds its arguments.
    """

    def __init__(self, *, fill: tuple[_Fill, ...] = (), **named: Any) -> None:
        self._late = fill, named

    def __getattr__(self, name: str) -> Any:
        """Called for what is not there yet: everything."""
        if "_late" not in vars(self):
            raise AttributeError(name)
        fill, named = vars(self).pop("_late")
        super().__init__(**named)
        for add in fill:
            add(self)
        return getattr(self, name)


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="as one JSON object")


def _add_publish(publish: argparse.ArgumentParser) -> None:
    publish.add_argument("--out", type=Path, required=True, metavar="F.json", help="the document")
    publish.add_argument("--key", type=Path, required=True, metavar="F.key", help="minisign's secret key")
    publish.add_argument("--valid", default="24 h", metavar="TIME", help="how long it holds (24 h)")


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
    from kiosk.core.model import StateName

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
