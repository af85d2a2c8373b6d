"""``python -m kiosk`` is the command ``threat-level-kiosk``."""

import sys

from kiosk.cli import main

sys.exit(main())
