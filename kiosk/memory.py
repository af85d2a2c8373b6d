"""What an earlier run left for this configuration."""

import logging

from kiosk.config.model import Config
from kiosk.core.fold import Saved, fold
from kiosk.core.model import Clock
from kiosk.core.state import State, beginning, fitted
from kiosk.errors import StoreError
from kiosk.store import Store

_logger = logging.getLogger(__name__)


def remembered(store: Store, config: Config, now: Clock) -> State:
    """What an earlier run stored, or the beginning; a disk that can't be read is marked, and not the end."""
    policy = config.policy()
    try:
        memory = store.load(scope(config))
    except StoreError as error:
        _logger.warning("The last level can't be read: %s", error)
        return fold(beginning(policy), Saved(ok=False), now, policy)
    return fitted(memory, policy) if memory else beginning(policy)


def scope(config: Config) -> str:
    """What a memory is for: a level of another profile or area is never taken for this one's."""
    return f"{config.profile_name}/{config.area}"
