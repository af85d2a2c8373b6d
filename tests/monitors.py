"""A real Prometheus on loopback, with a configuration, a port and a folder of its own."""

import json
import subprocess
import time
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode
from urllib.request import urlopen

from tests.servers import unused_port

_PATIENCE = 30.0


class Prometheus:
    """Runs with the configuration that is given, in its own folder.

    Args:
        folder: for its data.
        configuration: in YAML; its files are named from the folder.
    """

    def __init__(self, folder: Path, configuration: str) -> None:
        self._folder = folder / "prometheus"
        self._folder.mkdir()
        (self._folder / "prometheus.yml").write_text(configuration)
        with unused_port() as port:
            self.port = port

    def __enter__(self) -> Self:
        command = ["prometheus", f"--web.listen-address=127.0.0.1:{self.port}", "--log.level=warn"]
        self._log = (self._folder / "log").open("ab")
        self._process = subprocess.Popen(
            [*command, "--config.file=prometheus.yml", "--storage.tsdb.path=data"],
            cwd=self._folder,
            stdout=self._log,
            stderr=self._log,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(_PATIENCE)
        self._log.close()

    def query(self, expression: str) -> list[dict[str, Any]]:
        """The samples of an instant query; AssertionError where Prometheus refuses it."""
        answer = self._asked("query", query=expression)
        assert answer["status"] == "success", (expression, answer)
        return list(answer["data"]["result"])

    def value(self, expression: str) -> float | None:
        """The value of a query with one sample; None without any."""
        samples = self.query(expression)
        return float(samples[0]["value"][1]) if samples else None

    def until(self, expression: str, wanted: float) -> None:
        """Waits until a query has this value."""
        end = time.monotonic() + _PATIENCE
        value: float | None = None
        while time.monotonic() < end:
            try:
                value = self.value(expression)
            except OSError:
                assert self._process.poll() is None, (self._folder / "log").read_text()
            if value == wanted:
                return
            time.sleep(0.1)
        raise AssertionError(f"{expression} is {value}, not {wanted}: {self._targets()}")

    def rules(self) -> list[dict[str, Any]]:
        """Every rule that is loaded, with its health."""
        return [rule for group in self._asked("rules")["data"]["groups"] for rule in group["rules"]]

    def _targets(self) -> object:
        return [(one["scrapeUrl"], one["lastError"]) for one in self._asked("targets")["data"]["activeTargets"]]

    def _asked(self, what: str, **parameters: str) -> dict[str, Any]:
        url = f"http://127.0.0.1:{self.port}/api/v1/{what}?{urlencode(parameters)}"
        with urlopen(url, timeout=_PATIENCE) as answer:
            found: dict[str, Any] = json.loads(answer.read())
        return found
