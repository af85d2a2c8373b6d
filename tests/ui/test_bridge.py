"""The way from the worker thread to the screen."""

import threading

from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from kiosk.core.model import Display, Mark, StateName
from kiosk.ui.bridge import Bridge

DISPLAY = Display(StateName.LIVE, (Mark.CONFLICT,), "SEVERE", 4, 5, "UK", statement="x" * 200)


def test_a_value_published_by_a_worker_arrives_unchanged_on_the_main_thread(qtbot: QtBot) -> None:
    bridge = Bridge()
    arrived: list[tuple[object, bool]] = []
    main = QThread.currentThread()
    bridge.changed.connect(lambda value: arrived.append((value, QThread.currentThread() is main)))
    worker = threading.Thread(target=bridge.publish, args=(DISPLAY,))
    worker.start()
    worker.join()
    assert arrived == []
    qtbot.waitUntil(lambda: bool(arrived))
    assert arrived == [(DISPLAY, True)]
    assert arrived[0][0] is DISPLAY


def test_values_arrive_in_the_order_in_which_they_were_published(qtbot: QtBot) -> None:
    bridge = Bridge()
    arrived: list[object] = []
    bridge.changed.connect(arrived.append)

    def publish_all() -> None:
        for number in range(500):
            bridge.publish(number)

    worker = threading.Thread(target=publish_all)
    worker.start()
    qtbot.waitUntil(lambda: len(arrived) == 500)
    worker.join()
    assert arrived == list(range(500))


def test_a_late_value_does_not_hurt_the_worker(qtbot: QtBot) -> None:
    bridge = Bridge()
    with qtbot.waitSignal(bridge.destroyed):
        bridge.deleteLater()
    failures: list[BaseException] = []

    def late() -> None:
        try:
            bridge.publish(DISPLAY)
        except RuntimeError as error:
            failures.append(error)

    worker = threading.Thread(target=late)
    worker.start()
    worker.join()
    assert failures == []
