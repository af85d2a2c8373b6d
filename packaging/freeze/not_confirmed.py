"""The picture that the package shows where the program can't start and has never run: not_confirmed.py FILE."""

import sys
from pathlib import Path

from kiosk.config.load import load_config
from kiosk.last_resort import nothing_confirmed
from kiosk.ui.render import render, save

save(render(nothing_confirmed(load_config(None)), 1920, 1080), Path(sys.argv[1]))
