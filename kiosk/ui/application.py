"""The one QApplication of the process."""

import os

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication

from kiosk.ui import accessible, fonts

_INPUT_METHODS = ",".join(f"zwp_text_input_manager_v{number}" for number in (1, 2, 3))


def application(*, offscreen: bool = False) -> QApplication:
    """The application, made on the first call.

    Args:
        offscreen: draw into memory, on machines without a display; only the first call decides.

    Raises:
        KioskError: the font can't be loaded.
    """
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    if offscreen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # Nothing is typed here that an input method could help with, and none may pop up over the picture.
    os.environ.setdefault("QT_WAYLAND_DISABLED_INTERFACES", _INPUT_METHODS)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DisableSessionManager)
    app = QApplication(["threat-level-kiosk"])
    app.setApplicationName("threat-level-kiosk")
    app.setApplicationDisplayName("Threat Level Kiosk")
    # Screens come and go with televisions; the program outlives its windows.
    app.setQuitOnLastWindowClosed(False)
    fonts.load()
    accessible.install()
    return app
