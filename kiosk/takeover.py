"""Another configuration takes over while the kiosk runs: the one path from a file that changed to the screen."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from kiosk.config.model import Config
from kiosk.core.model import Clock
from kiosk.core.state import State
from kiosk.editions.begin import Beginning
from kiosk.editions.edition import Edition
from kiosk.editions.ruling import Ruling
from kiosk.errors import FAULT, ConfigError
from kiosk.last_resort import keep
from kiosk.memory import remembered, scope
from kiosk.stage import Stage
from kiosk.store import Store
from kiosk.ui.logo import reread
from kiosk.ui.wall import Wall
from kiosk.watcher import Succession, Watcher


class TakeOver:
    """Brings editions that were found to everybody who goes by the configuration, in the right order.

    An edition is tried first, on Qt's thread: its logo and the words of its pictures. Then the watcher makes the
    state fit for it, and only with that state does the picture change. Whatever is wrong before that refuses the
    edition, and nothing has changed.

    Args:
        begun: what the start found; None for a configuration that never changes.
        folder: the state directory.
        back: has something called on Qt's thread, behind every state that was published before; from any thread.
    """

    def __init__(
        self,
        begun: Beginning | None,
        folder: Path,
        store: Store,
        back: Callable[[Callable[[], None]], None],
    ) -> None:
        self._folder = folder
        self._store = store
        self._back = back
        self._ruling = Ruling(begun, self._offer, self._remark) if begun else None
        self._pictured = False

    def start(self, stage: Stage, watcher: Watcher, wall: Wall, follow: Callable[[Config], None]) -> None:
        """Begins to look for other editions; stage and watcher go by them, and then whatever ``follow`` tells."""
        self._stage, self._watcher, self._wall, self._follow = stage, watcher, wall, follow
        if self._ruling:
            self._ruling.start()

    def stop(self) -> None:
        """Ends that."""
        if self._ruling:
            self._ruling.stop()

    def ask(self) -> None:
        """Looks at once."""
        if self._ruling:
            self._ruling.ask()

    @property
    def older(self) -> bool:
        """Whether what rules is older than what was last seen."""
        return self._ruling is not None and self._ruling.refused

    def notes(self) -> Iterable[str]:
        """What ``status`` tells of the configuration."""
        return self._ruling.notes() if self._ruling else ()

    def picture(self, *, wanted: bool) -> None:
        """Draws the picture for when the program can't start, and from now on for each configuration.

        Args:
            wanted: whether there is somebody who shows it.
        """
        self._pictured = wanted
        if wanted and self._ruling:
            keep(self._stage.config, self._folder, self._wall.size)

    def _offer(self, edition: Edition, ruling: Ruling) -> None:
        self._back(partial(self._try, edition, ruling))

    def _remark(self, older: bool) -> None:  # noqa: FBT001 - it is what it tells
        self._back(partial(self._stage.remark, older=older))

    def _try(self, edition: Edition, ruling: Ruling) -> None:
        config = edition.config
        try:
            reread(config.venue.logo)
            self._stage.rehearse(config)
        except ConfigError as error:
            ruling.turned_down(error.mistakes)
            return
        except Exception as error:  # noqa: BLE001 - such as a brace too many in somebody's own words
            ruling.turned_down((f"{config.origin}: its pictures can't be made ({error!r}).",))
            return
        if not self._watcher.alive:
            ruling.turned_down((FAULT,))
            return
        same = scope(config) == scope(self._stage.config)

        def memory(now: Clock) -> State:
            return remembered(self._store, config, now)

        renewed = edition.renewed(ruling.edition)
        self._watcher.succeed(
            Succession(
                config,
                scope(config),
                None if same else memory,
                renewed,
                lambda state: self._back(partial(self._take, edition, ruling, state)),
            )
        )

    def _take(self, edition: Edition, ruling: Ruling, state: State) -> None:
        self._stage.take_over(edition.config, state)
        self._follow(edition.config)
        ruling.taken(edition)
        self.picture(wanted=self._pictured)
