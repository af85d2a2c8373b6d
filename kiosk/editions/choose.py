"""Which configuration was asked for: by an option, by the environment, or by nobody."""

import os
from pathlib import Path

from kiosk.config.paths import CONFIG_VARIABLE, KEY_VARIABLE, config_path, usual_config_path
from kiosk.editions.edition import Edition
from kiosk.editions.kept import Kept
from kiosk.editions.origin import FileOrigin, Origin
from kiosk.errors import ConfigError, Unobtainable


def chosen(given: str | None, key: str | None, state: Path, *, runs: bool = False) -> Origin:
    """The origin of the configuration.

    Args:
        given: a path or an address; None for what the environment says, or the platform's usual place.
        key: a file with public keys, or one itself; None for what the environment says.
        state: the state directory.
        runs: whether the kiosk itself asks: then a usual file that was there and is gone is missed, and what is
            fetched is kept.

    Raises:
        ConfigError: an address from which nothing could be believed.
    """
    named = given or os.environ.get(CONFIG_VARIABLE) or ""
    if named.startswith(("https:", "http:")):
        from kiosk.editions.remote import RemoteOrigin, trusted_keys

        trusted = key or os.environ.get(KEY_VARIABLE)
        keys = trusted_keys(trusted) if trusted else ()
        return RemoteOrigin(named, keys, state, usual_config_path().parent, keeps=runs)
    path = config_path(Path(given) if given else None)
    if path is None and runs and Kept(state).has(str(usual_config_path())):
        path = usual_config_path()
    return FileOrigin(path)


def newest(origin: Origin, *, thorough: bool = False) -> Edition:
    """What a command goes by: what the kiosk of this machine fetched last, or else what the origin has now.

    Raises:
        ConfigError: lists every mistake, or says that it can't be had.
    """
    try:
        return (None if thorough else origin.remembered()) or origin.read(thorough=thorough)
    except Unobtainable as error:
        raise ConfigError((f"{origin.location}: can't be fetched. {error}",)) from error
