"""The one way from the worker thread to the screen."""

from contextlib import suppress

from PySide6.QtCore import QObject, Signal


class Bridge(QObject):
    """Carries frozen values from any thread to the thread that made the bridge.

    Signals:
        changed: the value, on the bridge's own thread. Declared as ``object``, which carries a Python object
            as it is; a ``dict`` would be converted on its way, and big numbers in it lost.
    """

    changed = Signal(object)

    def publish(self, value: object) -> None:
        """Deliver a frozen value; from any thread.

        After the bridge is gone, at the end of the program, the value goes nowhere: there is no screen left
        to show it, and the worker shall finish in peace.
        """
        with suppress(RuntimeError):
            self.changed.emit(value)
