"""What is in packaging/monitoring, before a real Prometheus that scrapes a real kiosk."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.commands import ROOT
from tests.displays import VirtualScreen
from tests.e2e.kiosks import Kiosk, configuration, mi5_document
from tests.endpoints import asked, until_told
from tests.monitors import Prometheus
from tests.servers import DocumentServer, unused_port

pytestmark = pytest.mark.xdist_group("screen-5")

MONITORING = ROOT / "packaging" / "monitoring"
SECRET = "0123456789abcdef"  # noqa: S105 - of a throw-away file
METRIC = re.compile(r"\b(?:threat_level_kiosk|process)_[a-z_]+\b")
# What a healthy kiosk has no sample for.
SILENT = ("source_problem", "power_ok", "== 0)")


def promtool(*arguments: str | Path) -> str:
    done = subprocess.run(["promtool", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def scrapes(port: int, token: Path) -> str:
    """The shipped configuration, for one kiosk of this machine and at the pace of a test."""
    text = (MONITORING / "prometheus.yml").read_text()
    for shipped, here in (
        ("[alerts.yml]", f"[{MONITORING / 'alerts.yml'}]"),
        ("/etc/prometheus/threat-level-kiosk.token", str(token)),
        ('["lobby-1.example:9155", "lobby-2.example:9155"]', f'["127.0.0.1:{port}"]'),
        ("scrape_interval: 30s", "scrape_interval: 1s"),
        ("scrape_timeout: 10s", "scrape_timeout: 1s"),
    ):
        assert shipped in text
        text = text.replace(shipped, here)
    return f"global: {{evaluation_interval: 1s}}\n{text}"


def expressions(panels: list[dict[str, Any]]) -> Iterator[str]:
    """Every query of the dashboard as Grafana would send it."""
    for panel in panels:
        for target in panel["targets"]:
            filled = target["expr"].replace("$__rate_interval", "1m")
            yield filled.replace("$job", "threat-level-kiosk").replace("$instance", ".*")


def test_the_rules_are_rules_and_raise_what_they_should() -> None:
    assert "14 rules found" in promtool("check", "rules", MONITORING / "alerts.yml")
    promtool("check", "config", "--syntax-only", MONITORING / "prometheus.yml")
    promtool("test", "rules", Path(__file__).parent / "alerts.test.yml")


def test_a_real_prometheus_scrapes_a_real_kiosk_and_knows_every_query_of_the_dashboard(tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text(f"{SECRET}\n")
    token.chmod(0o600)
    dashboard = json.loads((MONITORING / "dashboard.json").read_text())
    with unused_port() as port:
        pass
    with DocumentServer(mi5_document("SEVERE")) as server, VirtualScreen() as screen:
        more = f'[endpoint]\naddress = "0.0.0.0:{port}"\ntoken_file = "token"\n'
        config = configuration(tmp_path, server.url(), more=more)
        with (
            Kiosk(screen.environment(), tmp_path / "state", "--config", str(config)) as kiosk,
            Prometheus(tmp_path, scrapes(port, token)) as prometheus,
        ):
            right = {"Authorization": f"Bearer {SECRET}"}
            until_told(port, "/health", 200, right)
            exposition = asked(port, "/metrics", headers=right).body.decode()
            told = {line.split()[2] for line in exposition.splitlines() if line.startswith("# TYPE")}
            prometheus.until('up{job="threat-level-kiosk"}', 1)
            prometheus.until("threat_level_kiosk_frame_ok", 1)
            assert prometheus.value('threat_level_kiosk_level{level="SEVERE"}') == 1
            assert prometheus.value("threat_level_kiosk_level_rank") == 4
            prometheus.until("count(count_over_time(process_cpu_seconds_total[1m]) > 1)", 1)

            for expression in expressions(dashboard["panels"]):
                assert set(METRIC.findall(expression)) <= told, expression
                samples = prometheus.query(expression)
                assert samples or any(silent in expression for silent in SILENT), expression
            rules = prometheus.rules()
            assert len(rules) == 14
            for rule in rules:
                assert set(METRIC.findall(rule["query"])) <= told, rule["query"]
            prometheus.until('count(ALERTS{alertname!=""}) or vector(0)', 0)

            kiosk.process.kill()
            prometheus.until('up{job="threat-level-kiosk"}', 0)
            prometheus.until('ALERTS{alertname="KioskUnreachable", alertstate="pending"}', 1)
            assert {rule["health"] for rule in prometheus.rules()} == {"ok"}
            dead = 'count(up{job="threat-level-kiosk", instance=~".*"} == 0) or vector(0)'
            assert dead in set(expressions(dashboard["panels"]))
            assert prometheus.value(dead) == 1
