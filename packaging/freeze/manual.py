"""The manual page threat-level-kiosk(1), made from the options themselves: it can't tell of others than there are.

Usage: manual.py >threat-level-kiosk.1
"""

import argparse
import sys
from collections.abc import Iterator

from kiosk import __version__, arguments

_FIXED = r"""
.SH FILES
.TP
.I /etc/threat-level-kiosk/kiosk.toml
The configuration; without one the public sources of the United Kingdom are used.
.B threat\-level\-kiosk config reference
prints every option.
.TP
.I /var/lib/threat\-level\-kiosk
The memory, and the log of what was shown; for users who can't write there, ~/.local/state/threat\-level\-kiosk.
.TP
.I /usr/share/doc/threat\-level\-kiosk/licences
The licences of everything inside, and a bill of materials.
.SH ENVIRONMENT
THREAT_LEVEL_KIOSK_CONFIG and THREAT_LEVEL_KIOSK_STATE_DIR name the configuration and the state directory where no
option does; HTTPS_PROXY and NO_PROXY are honoured.
.SH EXIT STATUS
0 done (check: a level is confirmed); 2 usage or configuration; 3 no source states a level, or sources conflict; 1
anything else.
.SH SEE ALSO
.BR threat\-level\-kiosk\-setup (8)
"""


def main() -> None:
    """Writes the page to standard output."""
    parser = arguments.parser()
    write = sys.stdout.write
    write(f'.TH THREAT-LEVEL-KIOSK 1 "" "Threat Level Kiosk {__version__}" "User commands"\n')
    write(".SH NAME\nthreat\\-level\\-kiosk \\- full\\-screen display of the current terrorism threat level\n")
    write(".SH SYNOPSIS\n.B threat\\-level\\-kiosk\n[\\fIOPTION\\fR]... [\\fICOMMAND\\fR] [\\fIOPTION\\fR]...\n")
    write(f".SH DESCRIPTION\n{_plain(parser.description or '')}\n")
    write(".SH OPTIONS\n" + "".join(_options(parser)))
    write(".SH COMMANDS\n" + "".join(_commands(parser, "")))
    write(_FIXED)


def _commands(parser: argparse.ArgumentParser, before: str) -> Iterator[str]:
    for action in parser._actions:  # noqa: SLF001 - argparse shows them in no other way
        if not isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - as above
            continue
        for name, command in action.choices.items():
            path = f"{before}{name}"
            deeper = list(_commands(command, f"{path} "))
            if deeper:
                yield from deeper
            else:
                yield f".SS {_plain(path)}\n{_plain(command.description or '')}\n" + "".join(_options(command))


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:  # noqa: SLF001 - as above
        if isinstance(action, argparse._SubParsersAction | argparse._HelpAction):  # noqa: SLF001 - as above
            continue
        value = action.metavar or ("|".join(action.choices) if action.choices else action.dest.upper())
        named = ", ".join(action.option_strings)
        shown = f"\\fB{_plain(named)}\\fR" if named else ""
        if action.nargs != 0:
            shown = f"{shown} \\fI{_plain(str(value))}\\fR".strip()
        yield f".TP\n{shown}\n{_plain(action.help or '')}\n"


def _plain(text: str) -> str:
    return text.replace("\\", r"\e").replace("-", r"\-").replace("%(prog)s", "threat\\-level\\-kiosk")


if __name__ == "__main__":
    main()
