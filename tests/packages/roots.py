"""Fresh root folders of Debian releases, and what happens in them."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

_LINUX = Path(__file__).parents[2] / "packaging" / "linux"
_PATIENCE = 600.0  # seconds: packages come over a network
ARCHITECTURE = os.environ.get("KIOSK_ARCHITECTURE", "amd64")
SUITES = {"amd64": ["bookworm", "trixie"], "arm64": ["trixie"]}[ARCHITECTURE]
"""The releases on which the package has to run; another architecture than the machine's is emulated."""


class Root:
    """A root folder with nothing in it but Debian's smallest system.

    Attributes:
        suite: the release.
        folder: where it lies on this machine.
    """

    def __init__(self, suite: str, folder: Path, *packages: str) -> None:
        self.suite, self.folder = suite, folder
        command: list[str | Path] = [_LINUX / "new-root", suite, folder, *packages]
        environment = dict(os.environ) | {"ARCHITECTURE": ARCHITECTURE}
        subprocess.run(command, check=True, timeout=_PATIENCE, env=environment)

    def command(self, *command: str, bind: str | None = None, **environment: str) -> list[str]:
        """The command line that runs a command inside; ``bind`` is "/folder:/folder-inside"."""
        settings = [f"{name}={value}" for name, value in environment.items()]
        bound = ["--bind", bind] if bind else []
        return [str(_LINUX / "inside"), *bound, str(self.folder), "env", *settings, *command]

    def run(self, *command: str, environment: Mapping[str, str] | None = None) -> str:
        """What a command inside prints; AssertionError where it fails."""
        line = self.command(*command, **(environment or {}))
        done = subprocess.run(line, capture_output=True, text=True, timeout=_PATIENCE, check=False)
        printed: str = done.stdout
        assert done.returncode == 0, f"{command}: exit code {done.returncode}\n{printed}\n{done.stderr}"
        return printed

    def install(self, package: Path) -> None:
        """As an administrator does: `apt install ./package`."""
        self.put(package.read_bytes(), f"root/{package.name}")
        self.run("apt-get", "update", "--quiet=2")
        self.run("apt-get", "install", "--yes", "--quiet=2", "--no-install-recommends", f"/root/{package.name}")

    def put(self, content: bytes, path: str) -> None:
        """Writes a file inside; the path has no leading slash."""
        (self.folder / path).write_bytes(content)

    def files(self) -> set[str]:
        """The names of everything that is inside, without what belongs to the run itself."""
        passing = (
            "proc",
            "dev",
            "sys",
            "run",
            "tmp",
            "root",
            "var/cache",
            "var/log",
            "var/lib/apt",
            "var/lib/dpkg",
        )
        listed = subprocess.run(
            ["find", ".", "-xdev", "-printf", "%P\n"], cwd=self.folder, check=True, capture_output=True, text=True
        )
        return {name for name in listed.stdout.splitlines() if not name.startswith(passing)}
