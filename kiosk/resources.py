"""Where the files that ship with the program are."""

from pathlib import Path


def assets() -> Path:
    """The assets folder: inside the package once installed, beside it in a checkout."""
    installed = Path(__file__).parent / "assets"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "assets"
