"""Where the frozen program begins."""

import sys

from kiosk.frozen import main

sys.exit(main())
