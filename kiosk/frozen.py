"""Where a frozen program begins: there ``sys.executable`` is the kiosk itself, not Python."""

import os
import sys
from contextlib import suppress

from kiosk.config.paths import CONFIG_VARIABLE, STATE_VARIABLE, state_dir
from kiosk.transports.child import HTTP_CHILD, MQTT_CHILD, PRESENCE_CHILD

_POLICY = r"SOFTWARE\Policies\threat-level-kiosk"
_LONGEST_LOG = 1_000_000  # bytes; the one before it is kept as well


def main() -> int:
    """A child's work where the command line is a child's, else the command; returns the exit code."""
    if sys.argv[1:] == list(HTTP_CHILD[1:]):
        from kiosk.transports.http_child import main as fetch

        fetch()
        return 0
    if sys.argv[1:] == list(MQTT_CHILD[1:]):
        from kiosk.transports.mqtt_child import main as listen

        listen()
        return 0
    if sys.argv[1:] == list(PRESENCE_CHILD[1:]):
        from kiosk.transports.presence_child import main as publish

        publish()
        return 0
    if sys.platform == "win32":
        _follow_policy()
        _log_without_a_console()
    from kiosk.cli import main as command

    return command()


if sys.platform == "win32":

    def _follow_policy() -> None:
        """Lets the policy key name the configuration and the state directory, over everything but options.

        Group policy and Intune write there, and an ordinary user can't.
        """
        import winreg

        for value, variable in (("Config", CONFIG_VARIABLE), ("StateDir", STATE_VARIABLE)):
            with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _POLICY) as key:
                os.environ[variable] = str(winreg.QueryValueEx(key, value)[0])

    def _log_without_a_console() -> None:
        """Gives the windowless program a file to write to: it has no output, and nobody would see it."""
        if sys.stderr is not None:
            return
        log = state_dir(None) / "kiosk.log"
        with suppress(OSError):
            log.parent.mkdir(parents=True, exist_ok=True)
            if log.exists() and log.stat().st_size > _LONGEST_LOG:
                log.replace(log.with_suffix(".log.1"))
            sys.stdout = sys.stderr = log.open("a", encoding="utf-8", buffering=1)
