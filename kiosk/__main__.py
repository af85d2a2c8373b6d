"""``python -m kiosk`` is the command ``threat-level-kiosk``."""

import sys

from kiosk.start import main

sys.exit(main())
