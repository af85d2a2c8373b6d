"""Where the configuration and the memory are when nobody says otherwise."""

import os
import sys
from pathlib import Path

from kiosk.errors import KioskError

NAME = "threat-level-kiosk"
CONFIG_VARIABLE = "THREAT_LEVEL_KIOSK_CONFIG"
KEY_VARIABLE = "THREAT_LEVEL_KIOSK_CONFIG_KEY"
STATE_VARIABLE = "THREAT_LEVEL_KIOSK_STATE_DIR"


def config_path(given: Path | None) -> Path | None:
    """The file to read: as given, from the environment, or the platform's if it exists; else None."""
    if given:
        return given
    if named := os.environ.get(CONFIG_VARIABLE):
        return Path(named)
    usual = usual_config_path()
    return usual if usual.is_file() else None


def usual_config_path() -> Path:
    """Where an administrator puts the configuration on this platform."""
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / NAME / "kiosk.toml"
    if sys.platform == "darwin":
        return Path("/Library/Application Support") / NAME / "kiosk.toml"
    return Path("/etc") / NAME / "kiosk.toml"


def state_dir(given: Path | None) -> Path:
    """The folder of memory and log: as given, from the environment, or the platform's for this user.

    A machine set up as a kiosk has /var/lib/threat-level-kiosk; anybody else keeps it in the home folder.
    KioskError where there is none.
    """
    if given:
        return given
    if named := os.environ.get(STATE_VARIABLE):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / NAME / "state"
    if sys.platform == "darwin":
        return _home() / "Library" / "Application Support" / NAME
    system = Path("/var/lib") / NAME
    if system.is_dir() and os.access(system, os.W_OK):
        return system
    states = os.environ.get("XDG_STATE_HOME")
    return (Path(states) if states else _home() / ".local" / "state") / NAME


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:  # a user without an entry in the list of users, as a container may have
        raise KioskError("This user has no home folder for the memory; name a folder with --state-dir.") from None
