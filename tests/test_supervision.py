"""Telling a supervisor that is not there."""

from pathlib import Path

import pytest

from kiosk.supervision import Supervisor


def test_a_supervisor_that_is_gone_is_said_once_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    supervisor = Supervisor(str(tmp_path / "gone"))
    supervisor.ready()
    supervisor.alive()
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "No such file or directory" in caplog.text


def test_without_a_supervisor_nothing_is_said(caplog: pytest.LogCaptureFixture) -> None:
    Supervisor(None).ready()
    assert caplog.text == ""
