"""The picture. Only this package imports Qt."""

import builtins

# PySide replaces Python's import by one that reads the source of each module that is imported from then on, for a
# feature that nobody here uses. It costs more than the imports themselves.
_plain_import = builtins.__import__
import PySide6.QtCore  # noqa: E402, F401

builtins.__import__ = _plain_import
