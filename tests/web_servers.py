"""A real nginx on loopback that serves a folder, with a configuration of its own and workers without rights."""

import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Self

from tests.servers import unused_port

_PATIENCE = 20.0
_CONFIGURATION = """
daemon off;
pid {folder}/nginx.pid;
error_log stderr;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {root};
    }}
}}
"""


class WebServer:
    """Serves the folder ``root``, which anybody may read.

    Attributes:
        root: what is served.
        port: on which.
    """

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="nginx-")
        folder = Path(self._folder.name)
        folder.chmod(0o755)
        self.root = folder / "www"
        self.root.mkdir()
        with unused_port() as port:
            self.port = port
        configuration = folder / "nginx.conf"
        configuration.write_text(_CONFIGURATION.format(folder=folder, root=self.root, port=self.port))
        command = ["nginx", "-e", "stderr", "-p", str(folder), "-c", str(configuration)]
        self._log = (folder / "log").open("w+b")
        self._process = subprocess.Popen(command, stdout=self._log, stderr=self._log)
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                assert self._process.poll() is None, (folder / "log").read_text()
                assert time.monotonic() < end
                time.sleep(0.01)
            else:
                return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(_PATIENCE)
        self._log.close()
        self._folder.cleanup()

    def url(self, name: str) -> str:
        """The url of a file below the root."""
        return f"http://127.0.0.1:{self.port}/{name}"
