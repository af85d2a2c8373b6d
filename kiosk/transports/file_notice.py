"""Word from the kernel that a file was written or renamed into place, so that nobody has to look.

Linux only, and only for this machine's own disks: of a change that another machine makes on a share the kernel
hears nothing. So the watcher looks each second all the same, and everything here may fail in silence.
"""

import os
import select
import threading
from collections.abc import Callable
from contextlib import suppress

from kiosk.errors import Unobtainable
from kiosk.transports.file import path_of

_AGAIN = 60.0  # seconds: the folder may be another one by now, such as behind a link that was switched
_PAUSE = 1.0  # seconds before the next attempt where there is no folder to watch
_PATIENCE = 0.5  # seconds


class FileNotice:
    """Calls ``changed`` from a thread of its own whenever a writer closed a file, or renamed another to its name.

    The folder is watched and not the file: that one is replaced by each publisher who does it well. A writer who
    is in the middle of it says nothing, and a share that hangs holds up this thread only.
    """

    def __init__(self, url: str, changed: Callable[[], None]) -> None:
        self._url = url
        self._changed = changed
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="file notice", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._near, self._far = os.pipe()
        self._thread.start()

    def stop(self) -> None:
        """End the thread; one that hangs is left behind."""
        self._ending.set()
        os.close(self._far)
        self._thread.join(_PATIENCE)
        if not self._thread.is_alive():
            os.close(self._near)

    def _run(self) -> None:
        while not self._ending.is_set():
            with suppress(OSError, ValueError, Unobtainable):
                self._listen()
            self._ending.wait(_PAUSE)

    def _listen(self) -> None:
        from inotify_simple import INotify, flags

        path = path_of(self._url)
        with INotify() as kernel:
            while not self._ending.is_set():
                kernel.add_watch(path.parent, flags.CLOSE_WRITE | flags.MOVED_TO | flags.ONLYDIR)
                ready, _, _ = select.select([kernel, self._near], [], [], _AGAIN)
                events = kernel.read(0) if kernel in ready else []
                if any(event.name == path.name for event in events):
                    self._changed()
                if any(event.mask & flags.IGNORED for event in events):  # the folder is gone
                    return
