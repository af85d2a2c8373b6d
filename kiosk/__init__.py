"""A full-screen display of the current terrorism threat level, truthful when offline."""

__version__ = "0.1.0"
