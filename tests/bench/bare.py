"""The least that Qt can show from Python: one window over the screen, with one label."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

app = QApplication(sys.argv)
label = QLabel("SEVERE")
label.setAlignment(Qt.AlignmentFlag.AlignCenter)
label.setStyleSheet(f"background: {sys.argv[1]}; color: black; font-size: 200px")
label.setGeometry(app.primaryScreen().geometry())
label.showFullScreen()
app.exec()
