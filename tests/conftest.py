"""Rules for the whole suite: it stays silent, and it never touches the machine it runs on."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Before Qt is imported anywhere: no test needs this machine's display, and those that need one start their own.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.pop("DISPLAY", None)
os.environ.pop("WAYLAND_DISPLAY", None)


# A busy machine is no defect of ours.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


@pytest.fixture(autouse=True)
def _silent_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test on a warning in the log, unless it asks for ``caplog`` and so judges the log itself."""
    listener = _Listener()
    logging.getLogger().addHandler(listener)
    yield
    logging.getLogger().removeHandler(listener)
    if "caplog" not in request.fixturenames:
        assert listener.heard == [], "an unexpected line in the log"


@pytest.fixture(autouse=True)
def _own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Configuration and state of the machine's own kiosk, if there is one, are out of reach."""
    monkeypatch.setenv("THREAT_LEVEL_KIOSK_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.delenv("THREAT_LEVEL_KIOSK_CONFIG", raising=False)
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
