"""Where a frozen program begins: there ``sys.executable`` is the kiosk itself, not Python."""

import os
import sys
from contextlib import suppress

from kiosk.config.paths import CONFIG_VARIABLE, KEY_VARIABLE, STATE_VARIABLE
from kiosk.transports.child import HTTP_CHILD, MQTT_CHILD, PRESENCE_CHILD

_POLICY = r"SOFTWARE\Policies\threat-level-kiosk"


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
    from kiosk.start import main as command

    return command()


if sys.platform == "win32":

    def _follow_policy() -> None:
        """Lets the policy key name the configuration and the state directory, over everything but options.

        Group policy and Intune write there, and an ordinary user can't.
        """
        import winreg

        named = (("Config", CONFIG_VARIABLE), ("ConfigKey", KEY_VARIABLE), ("StateDir", STATE_VARIABLE))
        for value, variable in named:
            with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _POLICY) as key:
                os.environ[variable] = str(winreg.QueryValueEx(key, value)[0])
